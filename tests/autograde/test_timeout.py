"""Time limits within time limits."""

import gc
import sys
import time
from typing import Any

import pytest

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
