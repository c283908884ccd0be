"""Files that are whole or not there, and names that may become part of a path."""

import contextlib
import errno
import os
import stat
from pathlib import Path

LONGEST_NAME = 128  # characters, as wide as nbgrader's columns


def write_atomically(path: Path, text: str, mode: int | None = None) -> None:
    """Write a file that other programs see either as it was or complete, whenever this one is killed.

    mode: its permissions, by default those of any new file.
    Raises: OSError that names the file, whatever step it was that failed.
    """
    draft = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)  # of a run that was killed
        draft.write_bytes(text.encode("utf-8", errors="replace"))  # lone surrogates can't be encoded
        if mode is not None:
            draft.chmod(mode)
        os.replace(draft, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        reason = "Not a directory" if isinstance(error, FileExistsError) else error.strerror or str(error)
        raise OSError(error.errno, reason, str(path)) from error


def read_beginning(path: Path, most: int) -> bytes:
    """At most so many bytes of a regular file; links are not followed, and nothing waits for a pipe.

    Raises: OSError, also for what is no file.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no file", str(path))
        return os.read(descriptor, most)
    finally:
        os.close(descriptor)


def why(error: OSError) -> str:
    """What the system says about a file, with its name, as part of a sentence."""
    reason = error.strerror or str(error) or type(error).__name__
    return f"{error.filename} can't be used: {reason}" if error.filename else reason


def path_component(name: str, what: str) -> str:
    """``name`` itself, which can stand in a path and in the gradebook.

    Raises: ValueError.
    """
    if not isinstance(name, str) or not name or len(name) > LONGEST_NAME:
        raise ValueError(f"{what} {name!r:.80}: expected 1 to {LONGEST_NAME} characters: rename its folder")
    if name in (".", "..") or any(c in "/\\" or ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in name):
        raise ValueError(f"{what} {name!r}: expected the name of a folder, in valid Unicode: rename it")
    return name
