"""Which assignment a folder or a notebook belongs to, by its name or by what is in it."""

import functools
import re
import unicodedata
from contextlib import suppress
from pathlib import Path

from autograde.exercises import ASSIGNMENTS
from autograde.submissions.companion_files import pieces_of_notebook


def assignment_of(path: Path) -> str | None:
    """The assignment of a notebook, by its name or by what is in it."""
    if (named := meant(path.stem)) is not None:
        return named
    with suppress(OSError):
        file = path.lstat()
        return _recognised(path, file.st_size, file.st_mtime_ns)
    return None


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKC", name).casefold())


@functools.lru_cache(maxsize=2**16)
def meant(name: str) -> str | None:
    """The assignment that a folder or file is named after, more or less; None where that is none or several."""
    found = [a for a in ASSIGNMENTS if _letters(a) in _letters(name)]
    return found[0] if len(found) == 1 else None


@functools.lru_cache(maxsize=2**16)
def _recognised(path: Path, size: int, changed: int) -> str | None:
    """The assignment of most of whose exercises a notebook speaks; None where that is none.

    size, changed: of the file, which is read once, and in pieces, however often it is asked for.
    """
    missing = {name.encode() for names in ASSIGNMENTS.values() for name in names}
    with suppress(OSError):
        for piece in pieces_of_notebook(path):
            missing -= {name for name in missing if name in piece}
    shares = {a: sum(n.encode() not in missing for n in names) / len(names) for a, names in ASSIGNMENTS.items()}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] > 0.5 else None
