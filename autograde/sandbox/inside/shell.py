"""An IPython shell that runs the cells of a notebook and keeps what they show."""

import ast
import contextlib
import linecache
import traceback
import warnings
from typing import Any

from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograde.limits import OutOfTime, run_within
from autograde.quiet import Sink

MOST_OUTPUTS = 100  # of one cell
LONGEST_ERROR = 2_000  # characters


class Shell:
    """Runs cells one after the other in one namespace, ``names``."""

    def __init__(self) -> None:
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        self.shell: Any = InteractiveShell.instance(config=config)
        for quiet in ("showtraceback", "showsyntaxerror", "showindentationerror"):
            setattr(self.shell, quiet, lambda *args, **options: None)
        self.names: dict[str, Any] = self.shell.user_ns
        self.transform: Any = self.shell.transform_cell
        setattr(self.shell, "transform_cell", self._transformed)  # noqa: B010
        for source in ("1", "%pwd"):  # the first cells take longer than all others
            self.run(source, 60.0, 0)

    def _transformed(self, source: str) -> str:
        """Plain Python, as most cells are, without looking for IPython's own commands, which takes longest.

        A single line may be one all the same: ``pwd``.
        """
        if "\n" not in source.strip():
            return str(self.transform(source))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # they come when it is compiled
                ast.parse(source)
        except Exception:
            return str(self.transform(source))
        return source if source.endswith("\n") else f"{source}\n"

    def run(self, source: str, seconds: float, room: int) -> list[Any]:
        """The error's name, or "" where the cell ran to its end, and what it showed: (kind, text) pairs.

        room: characters of text that are kept.
        """
        printed, outputs = Sink(), list[Any]()
        self.shell.display_trap.hook = CapturingDisplayHook(self.shell, outputs)
        self.shell.display_pub = CapturingDisplayPublisher()
        error: BaseException | None = None
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                result = run_within(seconds, self.shell.run_cell, source)
                error = result.error_before_exec or result.error_in_exec
            except BaseException as raised:  # OutOfTime above all
                error = raised
        shown = [["stream", printed.getvalue()[:room]]]
        for output in [*self.shell.display_pub.outputs, *outputs][:MOST_OUTPUTS]:
            shown.append(["shown", str(output.get("data", {}).get("text/plain", ""))[:room]])
        if error is not None:
            shown.append(["error", "the cell took too long" if isinstance(error, OutOfTime) else _text(error)])
        return [type(error).__name__ if error else "", [pair for pair in shown if pair[1]]]


def _text(error: BaseException) -> str:
    """The traceback without the shell's own part, as a notebook shows it."""
    with contextlib.suppress(BaseException):
        lines = traceback.TracebackException.from_exception(error, limit=-5)
        lines.stack = traceback.StackSummary.from_list([f for f in lines.stack if "site-packages" not in f.filename])
        linecache.checkcache()
        return "".join(lines.format())[-LONGEST_ERROR:]
    return type(error).__name__
