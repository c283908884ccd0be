"""A time limit around a call that may do anything, even catch every exception and go on."""

import _signal  # type: ignore[import-not-found]  # signal.signal makes enums of numbers, which takes its time
import _thread
import contextlib
import ctypes
import functools
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

AGAIN = 0.02  # seconds between two attempts to stop a call
FOR_IMPORTS = 60.0  # seconds that may come on top while something is imported: a library, on a busy machine
_IDLE = 20  # whoever computes less than that part of the time waits for something
_OURS = str(Path(__file__).parents[1])


class OutOfTime(BaseException):
    """Raised inside a call that takes too long; no Exception, so that ``except Exception`` lets it through."""


def run_within(seconds: float, call: Callable[..., Any], *args: Any, patience: float = 1.0) -> Any:
    """The value of ``call(*args)``.

    patience: how many times as long it may take on a busy machine, as long as it computes no more than ``seconds``.

    The clock does not count what is imported on the way: an import takes its time, and one that is stopped halfway
    leaves a library that can't be loaded again.
    What runs inside one call of C code, a huge matrix product say, can only be stopped after it.  Without signals (on
    Windows, and in threads that are not the main one) neither a sleep nor a loop around a bare ``except`` is stopped.
    Raises: OutOfTime, inside the call, once it has taken longer than ``seconds``.
    """
    in_main = threading.current_thread() is threading.main_thread()
    clock = _Clock(seconds, patience)
    try:
        with _Alarm(clock) if in_main and hasattr(signal, "setitimer") else _Watchdog(clock):
            value = _guarded(call, args)
    except Exception as error:
        if clock.is_over():  # the call has turned OutOfTime into something else
            raise OutOfTime().with_traceback(error.__traceback__) from None
        raise
    if clock.is_over():
        raise OutOfTime
    return value


class _Clock:
    """The time that a call has; it begins anew once an import is through, but not for ever."""

    def __init__(self, seconds: float, patience: float) -> None:
        self.seconds, self.longest = seconds, seconds * patience
        self.start, self.cpu, self.modules = time.perf_counter(), time.process_time(), len(sys.modules)
        self.end = self.start + seconds

    def is_over(self) -> bool:
        return time.perf_counter() > self.end and not self.more(None)

    def more(self, frame: FrameType | None) -> float:
        """The seconds after which to look again, 0 where time is up.  frame: what is running."""
        now = time.perf_counter()
        if now > self.start + self.seconds + FOR_IMPORTS:
            return 0.0
        if _is_importing(frame):
            return AGAIN
        if len(sys.modules) > self.modules:  # imported meanwhile
            self.modules, self.end = len(sys.modules), now + self.seconds
        return max(self.end - now, 0.0) or self._left_on_a_busy_machine(now - self.start)

    def _left_on_a_busy_machine(self, passed: float) -> float:
        """The seconds of computing that are left to who computes, but gets only a share of the processor."""
        computed = time.process_time() - self.cpu
        waits = computed < passed / _IDLE
        return 0.0 if waits or passed > self.longest else max(self.seconds - computed, 0.0)


def _is_importing(frame: FrameType | None) -> bool:
    """Whether the call that runs below the innermost limit is importing something."""
    while frame is not None and frame.f_code is not _guarded.__code__:
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            return True
        frame = frame.f_back
    return False


def _guarded(call: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """The call; OutOfTime is raised below this frame only, never in the code that waits for the call."""
    try:
        return call(*args)
    finally:
        _checkpoint()


def _checkpoint() -> None:
    """Entering a function is where Python delivers what is pending for this thread."""


def _is_guarded(frame: FrameType | None) -> bool:
    """Whether the innermost limit around this frame is still waiting for its call."""
    while frame is not None and frame.f_code not in (_guarded.__code__, run_within.__code__):
        frame = frame.f_back
    return frame is not None and frame.f_code is _guarded.__code__


class _Alarm:
    """The limit by a signal, which wakes sleeping code too; limits may be nested."""

    def __init__(self, clock: _Clock) -> None:
        self.clock, self.stopping = clock, False

    def __enter__(self) -> None:
        self.handler = _signal.signal(signal.SIGALRM, self._ring)
        self.trace, self.unraisable = sys.gettrace(), sys.unraisablehook
        sys.unraisablehook = functools.partial(_unless_out_of_time, self.unraisable)
        self.left = signal.setitimer(signal.ITIMER_REAL, self.clock.seconds, AGAIN)
        self.start = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.settrace(self.trace)
        sys.unraisablehook = self.unraisable
        _signal.signal(signal.SIGALRM, self.handler or _signal.SIG_DFL)
        if self.left[0]:
            left = self.left[0] - (time.perf_counter() - self.start)
            signal.setitimer(signal.ITIMER_REAL, max(left, AGAIN), self.left[1])
            if left <= 0:  # else many short calls would put off the outer limit for ever
                raise OutOfTime

    def _ring(self, number: int, frame: FrameType | None) -> None:
        more = 0.0 if self.stopping else self.clock.more(frame)
        if more:
            signal.setitimer(signal.ITIMER_REAL, more, AGAIN)
        else:
            self.stopping = True
            _ring(number, frame)


def _unless_out_of_time(hook: Callable[[Any], Any], unraisable: Any) -> None:
    """Say nothing of an alarm that met a finalizer, from where no exception gets out: the next one comes at once."""
    if unraisable.exc_type is not OutOfTime:
        hook(unraisable)


class _Pending:
    """``+_PENDING`` makes the next alarm pending; an operator, as after a call Python would deliver it at once."""

    __pos__ = staticmethod(functools.partial(_thread.interrupt_main, getattr(signal, "SIGALRM", signal.SIGINT)))


_PENDING = _Pending()


def _ring(_signal: int, frame: FrameType | None) -> None:
    """Stop the call.

    A loop around a bare ``except: pass`` swallows this.  The next alarm meets it as it jumps back, or, where Python
    counts that jump to the ``try`` (3.12), the trace function meets it at the line of its ``except``.
    """
    if not _is_guarded(frame) or (frame is not None and frame.f_code is _step.__code__):
        return
    sys.settrace(_step)
    while frame is not None and frame.f_code is not _guarded.__code__:
        if not frame.f_code.co_filename.startswith(_OURS):
            frame.f_trace = _step
        frame = frame.f_back
    _ = +_PENDING
    raise OutOfTime


def _step(frame: FrameType, event: str, _arg: object) -> Any:
    """Stop the call at its next line.  That ends the tracing, but another alarm is pending."""
    if event == "line" and _is_guarded(frame):
        _ = +_PENDING
        raise OutOfTime
    return _step if event == "exception" else None


class _Watchdog:
    """The limit by another thread; where none can start, as in WebAssembly, a call is found too slow afterwards."""

    def __init__(self, clock: _Clock) -> None:
        self.clock, self.done = clock, threading.Event()
        self.dog = threading.Thread(target=self._watch, args=(threading.get_ident(),), daemon=True)

    def __enter__(self) -> None:
        with contextlib.suppress(RuntimeError):
            self.dog.start()

    def __exit__(self, *_: object) -> None:
        self.done.set()
        if self.dog.ident:
            self.dog.join()

    def _watch(self, watched: int) -> None:
        wait, stopping = self.clock.seconds, False
        while not self.done.wait(wait):
            frame = sys._current_frames().get(watched)
            more = 0.0 if stopping else self.clock.more(frame)
            wait, stopping = more or AGAIN, not more
            if stopping and _is_guarded(frame):
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(watched), ctypes.py_object(OutOfTime))
