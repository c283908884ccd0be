"""Pictures that learners paste into their text: which are kept, in the graded notebook and on pages."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LARGEST, ROOM = 10_000_000, 20_000_000  # bytes of one picture, of all in a notebook
_BEGINNINGS = {
    "image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8", "image/webp": b"RIFF",
}  # fmt: skip


def kind_of(data: bytes) -> str:
    """The type of a picture that can be shown everywhere and runs nothing, from its first bytes; "" for all else."""
    return next((kind for kind, start in _BEGINNINGS.items() if data.startswith(start)), "")


@dataclass
class Album:
    """The attachments of a notebook's cells, as many as there is room for; ``left_out`` names the others."""

    room: int = ROOM
    left_out: list[str] = field(default_factory=list)

    def kept(self, attachments: Mapping[Any, Any]) -> dict[str, dict[str, str]]:
        """Those that are pictures, as nbformat wants them: by name, type and base64."""
        kept = {}
        for name, bundle in attachments.items():
            found = [data for data in map(_decoded, bundle.values()) if data] if isinstance(bundle, dict) else []
            problem = self._problem(found[0] if found else b"")
            if problem:
                self.left_out.append(f"the attachment {str(name)[:60]!r} was left out: {problem}")
            else:
                self.room -= len(found[0])
                kept[str(name)] = {kind_of(found[0]): base64.b64encode(found[0]).decode()}
        return kept

    def _problem(self, data: bytes) -> str:
        if not kind_of(data):
            return "it is no picture in PNG, JPEG, GIF or WebP"
        if len(data) > min(LARGEST, self.room):
            return f"it has {len(data):,} bytes, at most {LARGEST:,} are kept, and {ROOM:,} of a notebook"
        return ""


def _decoded(text: Any) -> bytes:
    try:
        return base64.b64decode("".join(text) if isinstance(text, list) else text)
    except (TypeError, ValueError, binascii.Error):
        return b""
