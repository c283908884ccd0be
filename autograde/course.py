"""Where the course lies."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent  # the packages' folder: that of a clone, or among other packages
_INSTALLED = PROJECT / "autograde" / "course_files"  # where setup.py puts it
COURSE = PROJECT if (PROJECT / "solutions").is_dir() or not _INSTALLED.is_dir() else _INSTALLED


class NoCourseError(FileNotFoundError):
    """No course was found above the working directory, nor around this package."""


def find_root(start: Path | None = None) -> Path:
    """The course's root: the nearest from ``start`` (the working directory) upwards, else the one of this package.

    Raises: NoCourseError.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents, PROJECT):
        if (folder / "nbgrader_config.py").is_file() and (folder / "solutions").is_dir():
            return folder
    raise NoCourseError(
        f"no course found: neither {start} nor a folder above it nor {PROJECT} holds nbgrader_config.py and "
        "solutions/; change into your clone of the course, or name a folder with submitted/ in it with --course, and "
        "try again"
    )


def source_path(assignment: str) -> Path:
    """Where the instructor's notebook of an assignment lies; tests come from the project, whatever is graded."""
    return COURSE / "solutions" / assignment / f"{notebook_name(assignment)}.ipynb"


def notebook_name(assignment: str) -> str:
    """The name of an assignment's notebook, without its number and ending."""
    return assignment.partition("_")[2]
