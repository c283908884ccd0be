"""Numbers that are asked for within a tolerance: an integral, however it was computed."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.judging.compare import as_numbers
from autograde.judging.exercise import Arguments, Unusable
from autograde.runtime.values import plain

MEAN = (
    "so there is too much chance in it. A mean over m random numbers errs by their standard deviation divided by "
    "sqrt(m): take millions, or a sum over a fine grid"
)


def within(
    fn: Callable[..., Any],
    args: Arguments,
    right: float,
    close: float,
    chance: str = MEAN,
    seen: Callable[[float], str] = lambda _got: "",
    endless: str = "",
) -> Any:
    """What is judged: the right value where the answer is as close as that, else the answer, rounded.

    chance: what to tell where two calls differ.  seen: answer -> what can be seen of how it was computed, or ""; neither is
    told where arrays among the arguments were changed.  endless: what to tell where it is not finite.

    Rounded, because two answers with the same mistake need not agree in the last digits.
    Raises: Unusable for a value that is not finite, and where chance explains what is wrong.
    """
    untouched = [a.copy() if isinstance(a, np.ndarray) else a for a in args]
    value = plain(fn(*args))
    number = as_numbers(value)
    if number is None or isinstance(value, (list, tuple)) or number.size != 1 or number.dtype.kind == "b":
        return value
    got = float(number.reshape(()))
    if not np.isfinite(got):
        raise Unusable(f"a finite number should come back, got {got}{endless}")
    if abs(got - right) <= close:
        return np.full(number.shape, right)
    told = np.full(number.shape, round(got, 2 if abs(got - right) > 10 * close else 4))
    if any(not np.array_equal(a, b) for a, b in zip(args, untouched, strict=True) if isinstance(a, np.ndarray)):
        return told  # that the arguments are others now explains the rest
    again = as_numbers(plain(fn(*args)))
    if again is not None and again.size == 1 and abs(float(again.reshape(())) - got) > 0.1 * abs(got - right):
        raise Unusable(f"for the same arguments two calls gave {got:.4f} and {float(again.reshape(())):.4f}, {chance}")
    if reason := seen(got):
        raise Unusable(reason)
    return told
