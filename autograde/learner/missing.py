"""Cells that need an answer which is not written yet: one line in the place of a traceback."""

import os
import sys
from types import TracebackType
from typing import Any

from IPython.core.getipython import get_ipython

from autograde.exercises import CATALOGUE
from autograde.submissions.needed_cells import definitions

_waiting: dict[str, str] = {}  # names that a cell would have set, and the answer it needed


def explain_missing_answers() -> None:
    """Let IPython say in a line which answer a cell needs; other errors stay as they are."""
    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((NotImplementedError, NameError), _on_error)


def _on_error(shell: Any, kind: Any, error: Any, tb: Any, tb_offset: Any = None) -> None:
    """The error stays an error, for graders and for who runs all cells; only its picture changes."""
    needed = _stub(tb) if kind is NotImplementedError else _waiting.get(getattr(error, "name", None) or "", "")
    if needed and not os.environ.get("NBGRADER_EXECUTION"):
        _waiting.update(dict.fromkeys(_assigned(tb), needed))
        sys.stdout.write(f"needs your `{needed}`: write it above, or go on\n")
        return
    shell.showtraceback((kind, error, tb), tb_offset=tb_offset)
    name = getattr(error, "name", None)
    if kind is NameError and name in CATALOGUE:
        sys.stdout.write(
            f"{name} is not defined yet: run the cell in which you write it (Shift+Enter), then this one again. "
            "After a restart of the kernel all cells above must be run again.\n"
        )


def _stub(tb: TracebackType | None) -> str:
    """The exercise whose stub raised, "" where something else did."""
    while tb is not None and tb.tb_next is not None:
        tb = tb.tb_next
    name = tb.tb_frame.f_code.co_qualname.partition(".")[0] if tb else ""
    return name if name in CATALOGUE else ""


def _assigned(tb: TracebackType | None) -> list[str]:
    """The names that the cell would have set."""
    import linecache

    while tb is not None and tb.tb_frame.f_code.co_name != "<module>":
        tb = tb.tb_next
    if tb is None:
        return []
    stored = definitions("".join(linecache.getlines(tb.tb_frame.f_code.co_filename)))
    return [name for name in stored if name not in tb.tb_frame.f_globals or name in _waiting]
