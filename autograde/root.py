"""Where the course lies."""

from pathlib import Path


class NoCourseError(FileNotFoundError):
    """No course was found above the working directory, nor around this package."""


def find_root(start: Path | None = None) -> Path:
    """The course's root: the nearest from ``start`` (the working directory) upwards, else the one of this package.

    Raises: NoCourseError.
    """
    start = (start or Path.cwd()).resolve()
    home = Path(__file__).resolve().parent.parent
    for folder in (start, *start.parents, home):
        if (folder / "nbgrader_config.py").is_file() and (folder / "solutions").is_dir():
            return folder
    raise NoCourseError(
        f"no course found: neither {start} nor a folder above it nor {home} holds nbgrader_config.py and solutions/; "
        "change into your clone of the course and try again"
    )
