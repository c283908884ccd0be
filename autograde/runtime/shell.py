"""A shell that runs the cells of a notebook as an ipykernel does, and keeps what they show."""

import ast
import asyncio
import builtins
import contextlib
import getpass
import linecache
import os
import sys
import traceback
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ipykernel import eventloops, zmqshell
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from traitlets.config import Config

from autograde.runtime.outputs import FIGURES, Outputs, PictureFormatter
from autograde.runtime.timeout import OutOfTime, run_within

LONGEST_ERROR = 2_000  # characters


_Hook: Any = DisplayHook  # all without types
_Publisher: Any = DisplayPublisher
_Shell: Any = zmqshell.ZMQInteractiveShell
_enable_gui: Any = eventloops.enable_gui


class Hook(_Hook):
    """Records the value of a cell's last expression; ``_`` and ``Out`` are kept as ever."""

    def start_displayhook(self) -> None:
        pass

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.shell.outputs.show(format_dict)

    def finish_displayhook(self) -> None:
        pass

    def set_parent(self, parent: Any) -> None:
        """Nothing: no message is sent."""


class Publisher(_Publisher):
    """Records what is displayed."""

    def publish(
        self, data: Any, metadata: Any = None, *, transient: Any = None, update: bool = False, **_: Any
    ) -> None:
        name = (transient or {}).get("display_id")
        self.shell.outputs.show(data, name, update)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear()

    def register_hook(self, hook: Any) -> None:
        """Nothing: no message is sent that a hook could change."""

    unregister_hook = set_parent = register_hook


class ZMQInteractiveShell(_Shell):
    """The shell of an ipykernel without a kernel; notebooks look for the name of this class."""

    displayhook_class = Hook
    display_pub_class = Publisher
    outputs = Outputs(0)

    def __init__(self, **options: Any) -> None:
        self.kernel = SimpleNamespace(
            shell=self, eventloop=None, comm_manager=None, get_parent=self.get_parent,
            do_shutdown=lambda restart=False: None,
        )  # fmt: skip
        super().__init__(**options)
        self.display_formatter = PictureFormatter(parent=self)

    def enable_gui(self, gui: Any = None) -> None:
        """Take note of it; there are no windows, but ``%matplotlib inline`` asks for none."""
        _enable_gui(gui, kernel=self.kernel)

    def ask_exit(self) -> None:
        """Nothing: what comes below in the notebook is run all the same."""

    def get_parent(self, *_: Any) -> Any:
        """What is asked for where a cell's messages shall go."""
        return {"header": {"msg_id": "cell"}}

    def showtraceback(self, exc_tuple: Any = None, *_: Any, **__: Any) -> None:
        """Keep it for ``%tb`` and ``%debug``; what a cell ended with is shown by who runs it."""
        self._get_exc_info(exc_tuple)

    def showsyntaxerror(self, *_: Any, **__: Any) -> None:
        """Keep it."""
        self.showtraceback()

    showindentationerror = showsyntaxerror

    def _format_exception_for_storage(self, *_: Any, **__: Any) -> Any:
        """Nothing: history keeps no errors here, and to format them takes longer than most cells."""
        return {}


class Shell:
    """Runs cells one after the other in one namespace, ``names``."""

    def __init__(self) -> None:
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        config.InlineBackend.print_figure_kwargs = FIGURES
        self.shell: Any = ZMQInteractiveShell.instance(config=config)
        self.names: dict[str, Any] = self.shell.user_ns
        self.loop: asyncio.AbstractEventLoop | None = None
        self.transform: Any = self.shell.transform_cell
        self.shell.transform_cell = self._transformed
        _surround()
        for source in ("1", "%pwd"):  # the first cells take longer than all others
            self.shell.run_cell(source)
        self.shell.displayhook.flush()
        for name in ("_", "__", "___"):  # else the shell takes them for names of the notebook's
            self.shell.user_ns_hidden[name] = self.names.get(name)

    def settle(self) -> None:
        """Take the present folder for the one in which the notebook lies."""
        self.names["_dh"][:] = [Path.cwd()]

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

    def run(self, source: str, seconds: float, room: int, passed_by: int = 0) -> list[Any]:
        """The error's name, or "" where the cell ran to its end, and what it showed: (kind, text, pictures).

        room: characters of text that are kept.  passed_by: cells above it that are not run here, tests say.
        """
        for _ in range(passed_by):
            self._pass_by()
        outputs = self.shell.outputs = Outputs(room)
        error: BaseException | None = None
        with contextlib.redirect_stdout(outputs.stream), contextlib.redirect_stderr(outputs.stream):
            try:
                result = run_within(seconds, self._run_in_a_loop, source)
                error = result.error_before_exec or result.error_in_exec
            except BaseException as raised:  # OutOfTime above all
                error = raised
        if error is not None:
            outputs.add("error", "the cell took too long" if isinstance(error, OutOfTime) else _text(error))
        return [type(error).__name__ if error else "", outputs.shown()]

    def _pass_by(self) -> None:
        """Count a cell, so that ``Out[5]``, ``_5`` and ``In[5]`` are those of the cell that has this number."""
        with contextlib.suppress(Exception):  # a learner may have put anything in the place of these
            self.shell.history_manager.store_inputs(self.shell.execution_count, "")
            self.shell.execution_count += 1

    def _run_in_a_loop(self, source: str) -> Any:
        """As in a kernel, there is an event loop, and it runs."""
        if self.loop is None:
            self.loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self.loop)
        try:
            return self.loop.run_until_complete(self._run(source))
        except BaseException:
            for task in asyncio.all_tasks(self.loop):
                task.cancel()  # else the next cell would go on with it
            raise

    async def _run(self, source: str) -> Any:
        if "await" not in source and "async" not in source:
            return self.shell.run_cell(source, store_history=True)
        try:
            transformed = self.shell.transform_cell(source)
        except Exception:  # the shell says what is wrong
            return self.shell.run_cell(source, store_history=True)
        if self.shell.should_run_async(source, transformed_cell=transformed):
            return await self._awaited(source, transformed)
        return self.shell.run_cell(source, store_history=True)

    async def _awaited(self, source: str, transformed: str) -> Any:
        result = None
        try:
            result = await self.shell.run_cell_async(source, store_history=True, transformed_cell=transformed)
        finally:
            self.shell.events.trigger("post_execute")
            self.shell.events.trigger("post_run_cell", result)
        return result


def _surround() -> None:
    """What a kernel's process looks like from a notebook."""
    sys.argv = ["ipykernel_launcher.py", "-f", "kernel.json"]
    builtins.input = getpass.getpass = _no_input
    os.getlogin = lambda: "learner"
    packages = [n for n, place in enumerate(sys.path) if place.endswith(("site-packages", "dist-packages"))]
    sys.path.insert(min(packages, default=len(sys.path)), "")  # the working directory, behind the standard library


def _no_input(*_: Any, **__: Any) -> str:
    raise StdinNotImplementedError("input was asked for, but nobody is there to give it")


def _text(error: BaseException) -> str:
    """The traceback without the shell's own part, as a notebook shows it."""
    with contextlib.suppress(BaseException):
        lines = traceback.TracebackException.from_exception(error, limit=-5)
        lines.stack = traceback.StackSummary.from_list([f for f in lines.stack if "site-packages" not in f.filename])
        linecache.checkcache()
        return "".join(lines.format())[-LONGEST_ERROR:]
    return type(error).__name__
