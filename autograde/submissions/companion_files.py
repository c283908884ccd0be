"""The files in a submission's folder: its notebook's bytes, and what was handed in beside it."""

import itertools
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograde.submissions.reading import LARGEST, UnreadableError

HUGEST = 500_000_000  # bytes of a notebook with its outputs
MOST_FILES, MOST_BYTES = 200, 20_000_000
DEEPEST, MOST_NAMED = 6, 400  # levels of folders, files that are handed on or named
SLIM_SECONDS = 120.0
_PIECE, _OVERLAP = 2**20, 2**10  # bytes
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # what may stand before a notebook in some encoding
# Files of nbgrader, editors and operating systems, which nobody has handed in.
_HARMLESS = {
    "timestamp.txt", "submission_secret.txt", "desktop.ini", "Thumbs.db", "thumbs.db", "__MACOSX", "__pycache__",
    "Icon\r", "feedback",
}  # fmt: skip


def is_harmless(name: str) -> bool:
    """Whether a file is there by itself."""
    return name in _HARMLESS or name.startswith(".") or name.endswith("~")


@dataclass(frozen=True)
class Beside:
    """What lies beside a notebook: files by relative name, and sentences on what was ignored."""

    files: tuple[tuple[str, bytes], ...] = ()
    ignored: tuple[str, ...] = ()


def look_beside(folder: Path, deep: bool = True) -> Beside:
    """What was handed in beside a notebook; ``deep``: in folders there, too."""
    files, ignored, room = list[tuple[str, bytes]](), list[str](), MOST_BYTES
    for name in itertools.islice(_names(folder, DEEPEST if deep else 0), MOST_NAMED + 1):
        if len(files) + len(ignored) == MOST_NAMED:
            ignored.append("there are more, which were ignored")
            break
        path = folder / name
        problem = _problem(path, name, room, len(files))
        if not problem:
            try:
                data = read_file(path, room)
                room -= len(data)
                files.append((name, data))
                continue
            except OSError as error:
                problem = error.strerror or str(error)
        ignored.append(f"{name!r:.120} was ignored: {problem}")
    return Beside(tuple(files), tuple(ignored))


def _names(folder: Path, depth: int) -> Iterator[str]:
    """Relative names of all but notebooks and what is harmless, folders only where they are not looked into.

    depth: levels of folders that are looked into.
    """
    entries = list[os.DirEntry[str]]()
    with suppress(OSError):  # a folder that may not be looked into
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    for entry in entries:
        if is_harmless(entry.name):
            continue
        if not entry.is_dir(follow_symlinks=False):
            if not entry.name.lower().endswith(".ipynb"):
                yield entry.name
        elif depth and entry.name.isprintable():
            yield from (f"{entry.name}/{name}" for name in _names(Path(entry), depth - 1))
        elif depth:
            yield entry.name


def _problem(path: Path, name: str, room: int, count: int) -> str:
    """Why a file can't be handed on, or ""."""
    kind = kind_of_file(path)
    if kind != "a file":
        return f"it is {kind}"
    if not name.isprintable() or "\\" in name:
        return "its name has characters that no name should have"
    if count >= MOST_FILES:
        return f"at most {MOST_FILES} files are handed on"
    if path.lstat().st_size > room:
        return f"at most {MOST_BYTES:,} bytes are handed on"
    return ""


def read_file(path: Path, most: int) -> bytes:
    """The content of a regular file, ``most`` bytes of it; links are not followed.

    Raises: OSError for anything else.
    """
    with os.fdopen(_opened(path), "rb") as file:
        return file.read(most)


def _opened(path: Path) -> int:
    if path.is_symlink():
        raise OSError(f"{path.name!r} can't be read: it is a link, expected a file")
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise OSError(f"{path.name!r} can't be read: {error.strerror or error}") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"{path.name!r} can't be read: it is {kind_of_file(path)}, expected a file")
    return descriptor


def read_notebook_file(path: Path) -> bytes:
    """The content of a notebook's file; a large one is read without its outputs, which are made anew anyway.

    Raises: OSError, UnreadableError.
    """
    with os.fdopen(_opened(path), "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size <= LARGEST:
            return file.read(LARGEST + 1)
        if size > HUGEST:
            raise UnreadableError(f"the notebook has {size:,} bytes, at most {HUGEST:,} are read: clear its outputs")
        return _without_outputs(file.fileno())


def pieces_of_notebook(path: Path) -> Iterator[bytes]:
    """What the file of a notebook holds, in pieces that overlap, without zeros; nothing of one that can't be one.

    Raises: OSError.
    """
    with os.fdopen(_opened(path), "rb") as file:
        piece = file.read(_PIECE) if os.fstat(file.fileno()).st_size <= HUGEST else b""
        if not piece.lstrip(_BEFORE).startswith(b"{"):
            return
        while piece:
            yield piece.replace(b"\0", b"")
            more = file.read(_PIECE)
            piece = piece[-_OVERLAP:] + more if more else b""


def _without_outputs(descriptor: int) -> bytes:
    """Made in a process of its own: it may take more memory than the grader can spare."""
    command = [sys.executable, "-m", "autograde.submissions.strip_outputs"]
    try:
        run = subprocess.run(command, stdin=descriptor, capture_output=True, timeout=SLIM_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("reading the notebook took too long: clear its outputs") from error
    if run.returncode:
        lines = run.stderr.decode(errors="replace").strip().splitlines() or ["reading it failed"]
        raise UnreadableError(f"{lines[-1][:300]}: clear the notebook's outputs")
    return run.stdout


def kind_of_file(path: Path) -> str:
    """``a file``, ``a link`` and so on."""
    mode = path.lstat().st_mode
    kinds = [(stat.S_ISLNK, "a link"), (stat.S_ISDIR, "a folder"), (stat.S_ISREG, "a file"), (stat.S_ISFIFO, "a pipe")]
    return next((word for test, word in kinds if test(mode)), "a device or socket")
