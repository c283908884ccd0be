"""Reads a large notebook from standard input and writes it without its outputs, with a limit on the memory it takes."""

import json
import resource
import sys
from typing import Any

from autograde.submissions.reading import LARGEST, UnreadableError, read_json

MEMORY = 6 * 2**30  # bytes


def without_outputs(notebook: Any) -> Any:
    """A notebook without what its cells have shown, and without the state of widgets."""
    if not isinstance(notebook, dict):
        return notebook
    sheets = [sheet for sheet in notebook.get("worksheets") or () if isinstance(sheet, dict)]
    for holder in (notebook, *sheets):
        cells = holder.get("cells")
        for cell in cells if isinstance(cells, list) else ():
            if isinstance(cell, dict):
                cell.pop("outputs", None)
    if isinstance(notebook.get("metadata"), dict):
        notebook["metadata"].pop("widgets", None)
    return notebook


def main() -> int:
    """Exit status: 0 it was written, 1 it could not be."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        data = json.dumps(without_outputs(read_json(sys.stdin.buffer.read())), ensure_ascii=True).encode()
        if len(data) > LARGEST:
            told = f"the notebook has {len(data):,} bytes without its outputs, at most {LARGEST:,} are read"
            raise UnreadableError(told)
    except (UnreadableError, MemoryError) as error:
        print(error or "there was not enough memory for the notebook", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
