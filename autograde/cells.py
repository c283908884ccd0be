"""The cells of a notebook that a learner may have filled with anything."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class NotebookCell:
    """One cell.  role: nbgrader's metadata, or empty.  attachments: pictures that were pasted into it, as text."""

    source: str
    role: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "code"
    attachments: str = ""

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
    return NotebookCell(text, role if isinstance(role, dict) else {}, str(cell.get("cell_type")), attached)
