"""The files by which nbgrader's exchange knows a submission, and finds the way back for its feedback."""

import secrets
from pathlib import Path

from autograde.files import read_beginning, write_atomically

TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
_LONGEST = 1_000  # bytes; nbgrader makes 128


def read_secret(folder: Path) -> str:
    """The secret that nbgrader put beside a submission; "" where there is none."""
    try:
        return read_beginning(folder / SECRET, _LONGEST).decode(errors="replace")  # nbgrader reads it as text
    except OSError:
        return ""


def secret_for(folder: Path, origin: Path) -> str:
    """The secret of a submission: that of the folder it comes from, else the one it has, else one that nobody knows.

    A submission that did not come through the exchange has none, and nobody asks for it there; but every page of
    feedback must have one.
    """
    return read_secret(origin) or read_secret(folder) or secrets.token_hex(64)


def make_returnable(feedback: Path, autograded: Path) -> None:
    """Put beside a page of feedback what ``nbgrader release_feedback`` wants to find with every page.

    Raises: OSError.
    """
    try:
        when = (autograded / TIMESTAMP).read_text(encoding="utf-8", errors="replace")
    except OSError:
        when = ""
    write_atomically(feedback / TIMESTAMP, when)
    write_atomically(feedback / SECRET, secret_for(feedback, autograded))
