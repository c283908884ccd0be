"""Files that are whole or not there, and names that may become part of a path."""

import os
from pathlib import Path

LONGEST_NAME = 128  # characters, as wide as nbgrader's columns


def write_atomically(path: Path, text: str) -> None:
    """Write a file that other programs see either as it was or complete, whenever this one is killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.tmp")
    draft.unlink(missing_ok=True)  # of a run that was killed
    draft.write_bytes(text.encode("utf-8", errors="replace"))  # lone surrogates can't be encoded
    os.replace(draft, path)


def path_component(name: str, what: str) -> str:
    """``name`` itself, which can stand in a path and in the gradebook.

    Raises: ValueError.
    """
    if not isinstance(name, str) or not name or len(name) > LONGEST_NAME:
        raise ValueError(f"{what} {name!r:.80}: expected 1 to {LONGEST_NAME} characters: rename its folder")
    if name in (".", "..") or any(c in "/\\" or ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in name):
        raise ValueError(f"{what} {name!r}: expected the name of a folder, in valid Unicode: rename it")
    return name
