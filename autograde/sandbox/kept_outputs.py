"""What a submission's cells show, as much of it as is kept: texts and small pictures."""

import io
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

MOST_SHOWN = 150  # outputs of a cell
ROOM = 20  # times the output kept of a cell is kept of a notebook
PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG"}
LARGEST_PICTURE, PICTURES_IN_ALL = 1_000_000, 8_000_000  # bytes
MOST_PIXELS = 20_000_000  # of one picture, which a browser draws whole


@dataclass(frozen=True)
class Shown:
    """One output of a cell; kind: "stream", "shown" or "error".  pictures: bytes by media type."""

    kind: str
    text: str
    pictures: dict[str, bytes] = field(default_factory=dict)


class Album:
    """Keeps what a notebook shows, up to so many characters of a cell."""

    def __init__(self, output: int) -> None:
        self.output, self.room, self.picture_room = output, ROOM * output, PICTURES_IN_ALL

    def kept(self, shown: Any) -> list[Shown]:
        """As much of what a cell has shown as there is room for: it may be no worker that has sent it.

        Raises: ValueError, TypeError where it is no list of outputs.
        """
        return [self._one(*entry) for entry in shown[:MOST_SHOWN]]

    def _one(self, kind: Any, text: Any, pictures: Any) -> Shown:
        if not (isinstance(kind, str) and isinstance(text, str)):
            raise TypeError(f"got an output of {type(kind).__name__} and {type(text).__name__}, expected texts")
        text = text[: min(self.output, self.room)]
        self.room -= len(text)
        return Shown(kind, text, {media: data for media, data in pictures[: len(PICTURES)] if self._fits(media, data)})

    def _fits(self, media: Any, data: Any) -> bool:
        if media not in PICTURES or not isinstance(data, bytes) or len(data) > min(LARGEST_PICTURE, self.picture_room):
            return False
        if not _is_picture(data, PICTURES[media]):
            return False
        self.picture_room -= len(data)
        return True


def _is_picture(data: bytes, form: str) -> bool:
    """Whether its head is that of a picture of a size that can be drawn; the rest is for who looks at it."""
    try:
        with Image.open(io.BytesIO(data), formats=[form]) as image:
            return image.width * image.height <= MOST_PIXELS
    except Exception:  # whatever the bytes of a stranger make of it
        return False
