"""The smallest call that an answer still gets wrong: one that can be followed step by step."""

import functools
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograde.judging.compare import same
from autograde.judging.diagnosis.experiments.changes import Change, Make, along, are_floats, first, formula, on
from autograde.judging.diagnosis.experiments.domain import arrays_in, is_arrays, is_number, is_numeric
from autograde.judging.diagnosis.experiments.lab import Lab, is_finite, short
from autograde.judging.diagnosis.experiments.simpler import changed
from autograde.judging.diagnosis.other_arguments import leaves
from autograde.judging.exercise import Arguments, Formula

Array = np.ndarray[Any, Any]

_MOST_NUMBERS = 6  # in a call that can be followed
_MOST_VALUES = 3
_POWER = re.compile(r"\de[+-]")  # in numbers that nobody computes by hand


def about_smallest(lab: Lab) -> str:
    """A sentence with the smallest call that is wrong and can be followed step by step; "" where none was found."""
    if not lab.wrong:
        return ""
    args, values = lab.trial.args, None
    for change in _shrinking(lab, args):
        if not lab.goes_on:
            break
        new = changed(lab, change, args)
        found = _both(lab, new) if new is not None else None
        if new is not None and found:
            args, values = new, found
    if values is None or not _is_small(args, values[1]):
        return ""
    given = ", ".join(f"`{name} = {short(a)}`" for name, a in zip(lab.exercise.parameters, args, strict=False))
    own, right = values
    return (
        f"A small call that is still wrong: with {given} your {lab.name} is {short(own)}, and the right one {short(right)}. "
        "Follow it step by step: where do they part?"
    )


def _both(lab: Lab, args: Arguments) -> tuple[Any, Any] | None:
    """What the answer gives, and what is right; None unless both are finite and differ by much."""
    own, right = lab.own(args), lab.right(args)
    if own is None or right is None or not _is_data(own) or not _is_data(right):
        return None
    if same(own, right, lab.trial.tolerance, kinds=False) or short(own) == short(right):
        return None
    return None if _POWER.search(short(own) + short(right)) else (own, right)


def _is_data(value: Any) -> bool:
    return isinstance(value, (str, bool, np.bool_)) or is_finite(value)


def _is_small(args: Arguments, right: Any) -> bool:
    numbers = [x for a in args for part in arrays_in(a) for x in np.asarray(part, dtype=float).ravel()]
    numbers += [x for a in args if _is_list(a) for x in a]
    simple = all(x == np.round(x, 3) for x in numbers)
    kinds = all(is_numeric(a) or is_arrays(a) or _is_list(a) or isinstance(a, (str, bool, Formula)) for a in args)
    return kinds and simple and len(numbers) <= _MOST_NUMBERS and sum(v.size for v in leaves(right)) <= _MOST_VALUES


def _shrinking(lab: Lab, args: Arguments) -> Iterator[Change]:
    """Changes to be made one after the other, each where the answer is still wrong after it."""
    for axes in lab.domain.axes:
        yield Change("", along(axes, first))
        yield Change("", along(axes, functools.partial(_some, 2)))
        yield Change("", along(axes, functools.partial(_some, 3)))
    formulas = [i for i, a in enumerate(args) if isinstance(a, Formula)]
    for i, a in enumerate(args):
        if is_number(a):
            for value in (0, 1, 2, 0.5, 0.1) if isinstance(a, float) else (1, 2, 3):
                yield Change("", _if_shorter(i, value))
        elif are_floats(a):
            for how in (np.zeros_like, np.ones_like, lambda v: np.round(v) + 0.0, lambda v: np.round(v, 1) + 0.0):
                yield Change("", on(i, how))
        elif _is_list(a):
            for count in (2, 3, 4, 5):
                yield Change("", _shortened(i, count))
        elif isinstance(a, np.ndarray):
            yield Change("", on(i, np.zeros_like))
        elif formulas == [i] and _is_for_each(a):
            for body in ("1 + 0 * x", "x", "x**2"):
                yield Change("", formula(i, body))


def _some(count: int, a: Array, axis: int) -> Array:
    return np.take(a, range(min(count, a.shape[axis])), axis=axis)


def _is_list(a: Any) -> bool:
    return isinstance(a, list) and bool(a) and all(map(is_number, a))


def _shortened(i: int, count: int) -> Make:
    """The beginning of a list of numbers; as it is once it is short."""
    return lambda args: (*args[:i], args[i][:count] if len(args[i]) > 5 or count == 5 else args[i], *args[i + 1 :])


def _if_shorter(i: int, value: float) -> Make:
    """A number for an argument, where that is not shorter."""
    return on(i, lambda v: value if len(f"{v:g}") > len(f"{value:g}") or abs(v) > abs(value) else v)


def _is_for_each(formula: Formula) -> bool:
    """Whether a formula takes each number by itself."""
    x = np.array([0.3, -0.4, 0.7])
    try:
        found = formula(x)
        return np.shape(found) == x.shape and all(np.isclose(formula(x[i : i + 1]), found[i]) for i in range(3))
    except Exception:
        return False
