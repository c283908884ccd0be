"""What a cell shows, in order: printed text, values as text and pictures, and nothing that could run in a page."""

import base64
import binascii
import io
import time
from typing import Any

from IPython.core.formatters import DisplayFormatter
from IPython.core.pylabtools import print_figure

TEXT, PICTURES = "text/plain", ("image/png", "image/jpeg")
MOST = 100  # outputs of one cell
LARGEST_PICTURE = 1_000_000  # bytes
FIGURES = {"bbox_inches": "tight", "dpi": 80}  # how figures are drawn
DRAWING, DRAWING_IN_ALL = 4.0, 20.0  # seconds that a cell and a notebook may take to draw figures


class Outputs:
    """Records up to ``room`` characters."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.entries: list[list[Any]] = []
        self.named: dict[Any, list[Any]] = {}  # those that may be updated
        self.stream = _Stream(self)

    def write(self, text: str) -> None:
        """Add to what is printed."""
        if self.entries and self.entries[-1][0] == "stream":
            kept = text[: self.room]
            self.entries[-1][1].write(kept)
            self.room -= len(kept)
        elif text and self.room > 0:
            self.entries.append(["stream", io.StringIO(), []])
            self.write(text)

    def show(self, data: Any, name: Any = None, update: bool = False) -> None:
        """Add a value by its forms, or change one that was shown under a name."""
        entry = self.named.get(name)
        if update and entry is None:
            return
        kept = self._text(data.get(TEXT, ""))
        pictures = [[kind, picture] for kind in PICTURES if (picture := _bytes(data.get(kind)))]
        if entry is not None and update:
            entry[1:] = [kept, pictures]
            return
        self.entries.append(["shown", kept, pictures])
        if name is not None:
            self.named[name] = self.entries[-1]

    def add(self, kind: str, text: str) -> None:
        """Add an entry of another kind."""
        self.entries.append([kind, text, []])

    def clear(self) -> None:
        """Forget what was shown; the room that it took stays taken."""
        self.entries.clear()
        self.named.clear()

    def shown(self) -> list[list[Any]]:
        """Entries as kind, text and pictures; the last ones where there are too many of them."""
        entries = [
            [kind, text if isinstance(text, str) else text.getvalue(), *rest] for kind, text, *rest in self.entries
        ]
        return [entry for entry in entries if entry[1] or entry[2]][-MOST:]

    def _text(self, text: Any) -> str:
        kept = str(text)[: max(self.room, 0)]
        self.room -= len(kept)
        return kept


class _Stream(io.TextIOBase):
    """A stream that a notebook prints to."""

    encoding = "UTF-8"

    def __init__(self, outputs: Outputs) -> None:
        self.outputs = outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.outputs.write(text)
        return len(text)


_DisplayFormatter: Any = DisplayFormatter  # without types


class PictureFormatter(_DisplayFormatter):
    """Forms of a value that a graded notebook keeps; figures are drawn small, and not for ever."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.active_types = [TEXT, *PICTURES]
        self.cell: Any = None
        self.used = self.used_in_all = 0.0

    def format(self, obj: Any, include: Any = None, exclude: Any = None) -> Any:
        if not _is_figure(obj):
            return super().format(obj, include, exclude)
        if self._out_of_time():
            return super().format(obj, include, {*(exclude or ()), *PICTURES})
        begin = time.perf_counter()
        data, metadata = super().format(obj, include, exclude)
        if not any(kind in data for kind in PICTURES):  # the notebook asked for SVG or PDF
            data["image/png"] = print_figure(obj, "png", base64=True, **FIGURES)
        self.used += time.perf_counter() - begin
        return data, metadata

    def _out_of_time(self) -> bool:
        if self.cell is not self.parent.outputs:
            self.cell, self.used_in_all, self.used = self.parent.outputs, self.used_in_all + self.used, 0.0
        return self.used > DRAWING or self.used_in_all + self.used > DRAWING_IN_ALL


def _is_figure(value: Any) -> bool:
    return any(c.__module__ == "matplotlib.figure" and c.__name__ == "Figure" for c in type(value).__mro__)


def _bytes(picture: Any) -> bytes:
    """A picture's bytes; none of one that is too large or no picture's."""
    if isinstance(picture, str):
        try:
            picture = base64.b64decode(picture)
        except (binascii.Error, ValueError):
            return b""
    return picture if isinstance(picture, bytes) and len(picture) <= LARGEST_PICTURE else b""
