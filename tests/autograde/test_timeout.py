"""Time limits within time limits."""

import time

import pytest

from autograde.runtime.timeout import OutOfTime, run_within


def _many_short_ones() -> None:
    while True:
        run_within(5.0, time.sleep, 0.02)


def test_limit_holds_around_limits() -> None:
    """Each inner one sets the alarm anew; where they forgot the outer one, this would not end."""
    with pytest.raises(OutOfTime):
        run_within(0.3, _many_short_ones)
