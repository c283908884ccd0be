"""The cells of a notebook that a learner may have filled with anything."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class NotebookCell:
    """One cell.

    role: nbgrader's metadata, empty where there is none.  attachments: what was pasted into it, as text.
    pictures: what was pasted into it or came of it, as addresses that begin with ``data:image/``.
    """

    source: str
    role: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "code"
    attachments: str = ""
    pictures: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """nbgrader's id of the cell, or ""."""
        name = self.role.get("grade_id")
        return name if isinstance(name, str) else ""


def read_notebook(text: str) -> list[NotebookCell]:
    """The cells of a notebook file; what is no cell is left out.

    Raises: ValueError where the text is no notebook.
    """
    try:
        cells = json.loads(text)["cells"]
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"got {text[:40]!r}, expected the text of a notebook: {error}") from error
    return [_cell(cell) for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []


def _cell(cell: Mapping[str, Any]) -> NotebookCell:
    source, metadata = cell.get("source", ""), cell.get("metadata")
    lines = source if isinstance(source, list) else [source]
    role = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    text = "".join(line for line in lines if isinstance(line, str))
    attached = json.dumps(cell["attachments"], sort_keys=True) if cell.get("attachments") else ""
    role = role if isinstance(role, dict) else {}
    return NotebookCell(text, role, str(cell.get("cell_type")), attached, tuple(_pictures(cell)))


_KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp")  # which run nothing
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")


def _pictures(cell: Mapping[str, Any]) -> Iterator[str]:
    attachments, outputs = cell.get("attachments"), cell.get("outputs")
    pasted = attachments.values() if isinstance(attachments, dict) else ()
    came = [output.get("data") for output in outputs if isinstance(output, dict)] if isinstance(outputs, list) else []
    for bundle in (*pasted, *came):
        for kind in _KINDS if isinstance(bundle, dict) else ():
            data = bundle.get(kind)
            if isinstance(data, str) and _BASE64.fullmatch(data):
                yield f"data:{kind};base64,{''.join(data.split())}"
