"""Output that any terminal takes, whatever its encoding."""

import contextlib
import sys


def print_anything() -> None:
    """From now on, print a replacement sign for what the encoding of the output has no letter for."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # a notebook's stream, or one that is closed
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
