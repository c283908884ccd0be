"""Time limits within time limits."""

import gc
import importlib
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograde.judging.exercise import Case, Exercise, compile_answer
from autograde.judging.judge import judge
from autograde.runtime import timeout
from autograde.runtime.timeout import OutOfTime, run_within


def _many_short_ones() -> None:
    while True:
        run_within(5.0, time.sleep, 0.02)


def test_limit_holds_around_limits() -> None:
    """Each inner one sets the alarm anew; where they forgot the outer one, this would not end."""
    with pytest.raises(OutOfTime):
        run_within(0.3, _many_short_ones)


class _SlowFinalizer:
    def __del__(self) -> None:
        time.sleep(0.3)


def _collect() -> None:
    del_me: Any = _SlowFinalizer()
    del_me.itself = del_me
    del del_me
    gc.collect()
    time.sleep(5)


def test_alarm_inside_a_finalizer_is_not_printed_and_stops_the_call(capsys: pytest.CaptureFixture[str]) -> None:
    hook = sys.unraisablehook
    sys.unraisablehook = sys.__unraisablehook__
    try:
        with pytest.raises(OutOfTime):
            run_within(0.1, _collect)
        assert sys.unraisablehook is sys.__unraisablehook__
    finally:
        sys.unraisablehook = hook
    assert capsys.readouterr().err == ""


SLOW = "import time\nstart = time.perf_counter()\nwhile time.perf_counter() - start < 0.4: pass\nvalue = 7\n"


@pytest.fixture
def slow_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A module that takes longer to import than a call may take."""
    (tmp_path / "loads_slowly.py").write_text(SLOW)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "loads_slowly"
    sys.modules.pop("loads_slowly", None)


def _import_late(name: str, then: float = 0.0) -> int:
    value: int = importlib.import_module(name).value
    end = time.perf_counter() + then
    while time.perf_counter() < end:
        pass
    return value


def _elsewhere(*args: Any) -> list[Any]:
    """What comes of a limited call in a thread that is not the main one, where a watchdog stops it."""
    found: list[Any] = []

    def call() -> None:
        try:
            found.append(run_within(*args))
        except OutOfTime:
            found.append(OutOfTime)

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    return found


def test_an_import_takes_no_time_off_a_call(slow_module: str) -> None:
    assert run_within(0.15, _import_late, slow_module, 0.05) == 7
    del sys.modules[slow_module]
    assert _elsewhere(0.15, _import_late, slow_module, 0.05) == [7]


def test_a_call_that_goes_on_after_its_import_is_stopped(slow_module: str) -> None:
    with pytest.raises(OutOfTime):
        run_within(0.1, _import_late, slow_module, 60.0)
    del sys.modules[slow_module]
    assert _elsewhere(0.1, _import_late, slow_module, 60.0) == [OutOfTime]


def test_an_import_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "never_there.py").write_text("while True: pass")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(timeout, "FOR_IMPORTS", 0.3)
    with pytest.raises(OutOfTime):
        run_within(0.1, _import_late, "never_there")


def test_an_answer_that_imports_late_is_right(slow_module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograde.judging.judge.SECONDS_PER_CHECK", 0.35)
    exercise = Exercise(lambda x: 7 * x, [Case("numbers", [lambda rng: (float(rng.normal()),)])], "sevenfold")
    answer = compile_answer(
        f"def sevenfold(x):\n    from {slow_module} import value\n    return value * x", "sevenfold"
    )
    assert judge(exercise, answer, seconds=0.1).outcome == "passed"
