"""Finding what was submitted: notebooks in their places, and what lies there that is none."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograde.files import path_component
from autograde.plan import LARGEST
from autograde.root import notebook_name

_HARMLESS = {".ipynb_checkpoints", "timestamp.txt", ".DS_Store", "Thumbs.db"}


@dataclass(frozen=True)
class Found:
    """One submission.  data: its notebook, or None with the reason in ``problem``.  ignored: what else lay there."""

    student: str
    assignment: str
    data: bytes | None
    problem: str = ""
    ignored: tuple[str, ...] = ()


def collect(submitted: Path, assignments: Sequence[str]) -> Iterator[Found]:
    """What lies in ``submitted/<student>/<assignment>``, in order; links are not followed."""
    for student in _folders(submitted):
        for assignment in assignments:
            place = submitted / student / assignment
            if os.path.lexists(place):
                yield _look(place, student, assignment)


def odd_names(submitted: Path) -> list[str]:
    """Sentences on what lies among the students' folders and is none."""
    known = set(_folders(submitted))
    return [
        f"{entry.name!r} in {submitted} is no student's folder: {_kind(Path(entry))}"
        for entry in sorted(os.scandir(submitted), key=lambda entry: entry.name)
        if entry.name not in known and entry.name not in _HARMLESS
    ]


def _folders(submitted: Path) -> list[str]:
    names = [entry.name for entry in os.scandir(submitted) if entry.is_dir(follow_symlinks=False)]
    return sorted(name for name in names if _is_name(name) and name not in _HARMLESS)


def _is_name(name: str) -> bool:
    try:
        path_component(name, "student")
    except ValueError:
        return False
    return True


def _look(place: Path, student: str, assignment: str) -> Found:
    if place.is_symlink() or not place.is_dir():
        return Found(student, assignment, None, f"the assignment's folder is {_kind(place)}, expected a folder")
    wanted = f"{notebook_name(assignment)}.ipynb"
    others = sorted(entry.name for entry in os.scandir(place) if entry.name not in {wanted, *_HARMLESS})
    ignored = tuple(f"{name!r:.120} was ignored: it is {_kind(place / name)}" for name in others)
    if not os.path.lexists(place / wanted):
        there = f"; the folder holds {', '.join(repr(n) for n in others[:5])}" if others else "; the folder is empty"
        return Found(student, assignment, None, f"there is no notebook {wanted!r}{there}", ignored)
    try:
        return Found(student, assignment, _read(place / wanted), ignored=ignored)
    except OSError as error:
        return Found(student, assignment, None, f"{wanted!r} can't be read: {error.strerror or error}", ignored)


def _read(path: Path) -> bytes:
    """The content of a regular file, a little more than the largest that is graded at most.

    Raises: OSError for anything else.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"it is {_kind(path)}, expected a file")
        return file.read(LARGEST + 1)


def _kind(path: Path) -> str:
    mode = path.lstat().st_mode
    kinds = [(stat.S_ISLNK, "a link"), (stat.S_ISDIR, "a folder"), (stat.S_ISREG, "a file"), (stat.S_ISFIFO, "a pipe")]
    return next((word for test, word in kinds if test(mode)), "a device or socket")
