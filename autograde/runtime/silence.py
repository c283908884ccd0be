"""Silence around a learner's code: whatever it prints, warns, logs or switches, the notebook stays as it was.

nbgrader gives no points to a cell with anything on its stderr, so a warning must not get there.
"""

import contextlib
import io
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.getipython import get_ipython

KEPT_OUTPUT = 2_000  # characters
MOST_WARNINGS = 20  # of one call


class Sink(io.StringIO):
    """Keeps the beginning of what is written: an endless loop may print a lot in its seconds."""

    def write(self, text: str) -> int:
        room = KEPT_OUTPUT - self.tell()
        if room > 0:
            super().write(text[:room])
        return len(text)


@contextlib.contextmanager
def quiet(noted: list[warnings.WarningMessage] | None = None) -> Iterator[Sink]:
    """Keep what Python code prints, warns and logs; NumPy's error state and the recursion limit return as they were.

    noted: where to put the first RuntimeWarnings, a few, as a loop may give millions.
    """
    printed, disabled, limit = Sink(), logging.root.manager.disable, sys.getrecursionlimit()
    _disable_logging(max(disabled, logging.CRITICAL))
    try:
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
            warnings.catch_warnings(),
            np.errstate(divide="warn", over="warn", invalid="warn", under="ignore"),  # not what np.seterr has set
        ):
            if noted is None:
                warnings.simplefilter("ignore")
            else:
                warnings.simplefilter("always")
                warnings.showwarning = _Noted(noted)
            yield printed
    finally:
        sys.setrecursionlimit(limit)
        _disable_logging(disabled)


class _Noted:
    """Stands for ``warnings.showwarning``, and keeps the first RuntimeWarnings."""

    def __init__(self, found: list[warnings.WarningMessage]) -> None:
        self.found = found

    def __call__(self, message: Any, category: type[Warning], *place: Any, **more: Any) -> None:
        if issubclass(category, RuntimeWarning) and len(self.found) < MOST_WARNINGS:
            self.found.append(warnings.WarningMessage(message, category, *place[:2]))


def _disable_logging(level: int) -> None:
    if logging.root.manager.disable != level:  # it takes its time, also where it changes nothing
        logging.disable(level)


@contextlib.contextmanager
def sealed() -> Iterator[None]:
    """Quiet, down to the file descriptors and the streams that were saved elsewhere, and nothing global is changed."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(_state_kept())
        for stream in (sys.stdout, sys.stderr):
            stack.enter_context(_muted(stream))
        stack.enter_context(_displays_dropped())
        for number in (1, 2):
            stack.enter_context(_descriptor_muted(number))
        stack.enter_context(quiet())
        yield


@contextlib.contextmanager
def _state_kept() -> Iterator[None]:
    environment, random_state = dict(os.environ), np.random.get_state()  # noqa: NPY002 - learners use the old one too
    try:
        cwd = os.getcwd()
    except OSError:  # the folder was removed
        cwd = os.sep
    try:
        yield
    finally:
        np.random.set_state(random_state)  # noqa: NPY002
        if dict(os.environ) != environment:
            os.environ.clear()
            os.environ.update(environment)
        with contextlib.suppress(OSError):
            os.chdir(cwd)


@contextlib.contextmanager
def _muted(stream: Any) -> Iterator[None]:
    """A stream that a logging handler or a variable may hold writes nothing; a notebook's streams allow that."""
    try:
        stream.write = Sink().write
    except (AttributeError, TypeError):
        yield
        return
    try:
        yield
    finally:
        with contextlib.suppress(AttributeError):
            del stream.write


@contextlib.contextmanager
def _displays_dropped() -> Iterator[None]:
    """A function that draws is called dozens of times: its figures would fill the notebook."""
    shell: Any = get_ipython()
    if shell is None:
        yield
        return
    before = shell.display_pub
    shell.display_pub = CapturingDisplayPublisher()
    try:
        yield
    finally:
        shell.display_pub = before


@contextlib.contextmanager
def _descriptor_muted(number: int) -> Iterator[None]:
    """Writes to a file descriptor, as C code makes them, go nowhere; in a notebook they would appear in the cell."""
    stream = sys.__stdout__ if number == 1 else sys.__stderr__
    try:
        saved = os.dup(number)
    except OSError:  # closed: nothing to keep quiet
        yield
        return
    try:
        _flush(stream)
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), number)
        yield
    finally:
        _flush(stream)
        os.dup2(saved, number)
        os.close(saved)


def _flush(stream: Any) -> None:
    with contextlib.suppress(Exception):  # None without a console, or closed
        stream.flush()
