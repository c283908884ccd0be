"""Results that a later call changes: each is right when it comes, and wrong for whoever keeps several of them.

In grading, as in any test of one call after the other, such an answer is right: it loses no points, and is told.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograde.judging.call import private_copy
from autograde.judging.compare import same
from autograde.judging.exercise import Exercise
from autograde.judging.trials import Trial
from autograde.runtime.values import plain

_QUICK = 0.05  # seconds of a call that is made again
_TOLD = (
    "The values are right, and the points are yours. But what one call has returned is another after the next call: "
    "your function fills the same array each time. Whoever keeps several results, as a network keeps one for each of "
    "its layers, finds the last one everywhere. Make a new array in each call."
)


def about_overwriting(exercise: Exercise, fn: Callable[..., Any], trials: Sequence[Trial]) -> str:
    """A sentence where a later call changes what an earlier one has returned, else ""."""
    if exercise.given or exercise.needs:  # the arguments of a case are not those of a call
        return ""
    kept: list[tuple[Any, Any]] = []
    for trial in trials:
        if trial.got.error is None and trial.got.seconds < _QUICK:
            kept += [(value, plain(value)) for value in _results(fn, trial.args)]
    return "" if all(same(plain(value), before) for value, before in kept) else _TOLD


def _results(fn: Callable[..., Any], args: Sequence[Any]) -> list[Any]:
    """What two calls give, the second on other numbers of the same shapes, where these can be answered."""
    found = [fn(*map(private_copy, args))]
    try:
        found.append(fn(*[_smaller(private_copy(a)) for a in args]))
    except Exception:  # they need not be what the exercise promises
        return found
    return found


def _smaller(value: Any) -> Any:
    if isinstance(value, list):
        return [_smaller(part) for part in value]
    return value / 2 if isinstance(value, np.ndarray) and value.dtype.kind == "f" else value
