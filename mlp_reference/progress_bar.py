"""A progress bar (tqdm's) around a loop; in a notebook it is text, which a saved notebook shows as it ended."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")


def progress_bar(items: Sequence[Item], what: str, unit: str, show: bool | None = None) -> Iterable[Item]:
    """``items``, with a bar that follows whoever goes through them; None shows it in a terminal and in a notebook."""
    notebook = _in_notebook()
    if not (notebook or sys.stderr.isatty() if show is None else show):
        return items
    from tqdm import tqdm

    bar: Iterable[Item] = tqdm(items, desc=what, unit=unit, **({"file": _Output(), "ncols": 80} if notebook else {}))
    return bar


def _in_notebook() -> bool:
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return type(shell).__name__ == "ZMQInteractiveShell"


class _Output:
    """A stream whose last line stands in the output of the cell."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self._shown: Any = None

    def write(self, text: str) -> int:
        """Put a line in the place of the one before."""
        if line := text.strip("\r\n"):
            self._show({"text/plain": line})
        return len(text)

    def flush(self) -> None:
        """Nothing: each line is shown at once."""

    def _show(self, data: dict[str, str]) -> None:
        from IPython.display import display

        if self._shown is None:
            self._shown = display(data, raw=True, display_id=True)
        else:
            self._shown.update(data, raw=True)
