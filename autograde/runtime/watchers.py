"""What watches each step of a program: calls of tests are made without it, or they would take several times as long."""

import cProfile
import functools
import gc
import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

_DEFAULT_GC, _SWITCH = gc.get_threshold(), sys.getswitchinterval()


class Watchers:
    """Those that a learner's cells have started: ``stop`` them before calls, ``start`` them again before a cell."""

    def __init__(self) -> None:
        self.stopped: list[Callable[[], Any]] | None = None

    def stop(self) -> None:
        """Stop them; nothing where that was done."""
        if self.stopped is None:
            self.stopped = [*_memory(), *_profile(), *_collector(), *_switching(), *_monitoring()]

    def start(self) -> None:
        """Let them go on as they were, but for a profile, which can't be taken up again."""
        for start in self.stopped or []:
            start()
        self.stopped = None


def _memory() -> list[Callable[[], Any]]:
    if not tracemalloc.is_tracing():
        return []
    frames = tracemalloc.get_traceback_limit()
    tracemalloc.stop()
    return [functools.partial(tracemalloc.start, frames)]


def _profile() -> list[Callable[[], Any]]:
    """A function that is told of each call; one for each line ends with its cell (see ``timeout``)."""
    hook: Any = sys.getprofile()
    sys.setprofile(None)
    return [] if hook is None or isinstance(hook, cProfile.Profile) else [functools.partial(sys.setprofile, hook)]


def _collector() -> list[Callable[[], Any]]:
    """The garbage collector: how often it works, what is called then, and what it prints."""
    threshold, flags, called = gc.get_threshold(), gc.get_debug(), list(gc.callbacks)
    again: list[Callable[[], Any]] = []
    if threshold != _DEFAULT_GC:
        gc.set_threshold(*_DEFAULT_GC)
        again.append(functools.partial(gc.set_threshold, *threshold))
    if flags:
        gc.set_debug(0)
        again.append(functools.partial(gc.set_debug, flags))
    if called:
        gc.callbacks.clear()
        again.append(functools.partial(gc.callbacks.extend, called))
    return again


def _switching() -> list[Callable[[], Any]]:
    seconds = sys.getswitchinterval()
    if seconds == _SWITCH:
        return []
    sys.setswitchinterval(_SWITCH)
    return [functools.partial(sys.setswitchinterval, seconds)]


def _monitoring() -> list[Callable[[], Any]]:
    """The events of sys.monitoring, which Python has from 3.12 on."""
    monitoring: Any = getattr(sys, "monitoring", None)
    again: list[Callable[[], Any]] = []
    for tool in range(6) if monitoring else ():
        events = monitoring.get_events(tool) if monitoring.get_tool(tool) else 0
        if events:
            monitoring.set_events(tool, 0)
            again.append(functools.partial(monitoring.set_events, tool, events))
    return again
