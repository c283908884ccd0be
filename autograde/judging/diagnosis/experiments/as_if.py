"""A wrong part of a result that would be the right one for other arguments."""

import functools
import operator
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograde.judging.compare import same
from autograde.judging.diagnosis.experiments.changes import (
    Change,
    Make,
    along,
    are_floats,
    first,
    listed,
    on,
    turned,
    words_of,
)
from autograde.judging.diagnosis.experiments.domain import Axis, dims, is_arrays, is_number, is_numeric
from autograde.judging.diagnosis.experiments.lab import Lab, says_something
from autograde.judging.diagnosis.other_arguments import exchanged
from autograde.judging.exercise import Arguments

Array = np.ndarray[Any, Any]

_FEWEST = 2  # calls


def about_as_if(lab: Lab) -> str:
    """A sentence on the arguments for which the wrong values would be right, in all calls; "" where there are none."""
    owns = [lab.both(t)[1] for t in lab.wrong]
    if len(owns) < _FEWEST or not says_something(owns):
        return ""
    for change in _variants(lab, lab.trial.args):
        if not lab.goes_on:
            return ""
        if all(_is_right_answer(lab, change, t.args, t.tolerance, lab.both(t)) for t in lab.wrong):
            return f"Your {lab.name} would be right {change.words}. {change.ask}"
    return ""


def _is_right_answer(lab: Lab, change: Change, args: Arguments, tol: Any, both: tuple[Any, Any]) -> bool:
    try:
        new = change.make(args)
    except Exception:  # of other axes than the call that it was made for
        return False
    if new is None:
        return False
    expected, own = both
    right = lab.right(new)
    return right is not None and same(right, own, tol, kinds=False) and not same(right, expected, tol, kinds=False)


def _variants(lab: Lab, args: Arguments) -> Iterator[Change]:
    """Other arguments, in words."""
    names = [f"`{name}`" for name in lab.exercise.parameters]
    for i, a in enumerate(args):
        if isinstance(a, int) and is_number(a):
            yield from _counted(lab, i, names[i])
        yield from _of_one(i, a, names[i])
    for axes in lab.domain.axes:
        of = listed(words_of(axes, lab.domain))
        yield Change(f"with nothing but the first of the {of}", along(axes, first), "What becomes of the others?")
        yield Change(f"without the first of the {of}", along(axes, _without_first), "Where does your code begin?")
        yield Change(f"without the last of the {of}", along(axes, _without_last), "Where does your code end?")
        if len(axes) > 1:
            for axis in axes:
                i = axis[0]
                turn = Change(
                    f"if the {words_of([axis], lab.domain)[0]} stood one place further on", along([axis], turned)
                )
                yield Change(turn.words, turn.make, "Which of them belong together?")
    for i, a in enumerate(args):
        for j in range(i + 1, len(args)):
            if (is_numeric(a) and is_numeric(args[j]) and dims(a) == dims(args[j])) or (
                is_arrays(a) and is_arrays(args[j])
            ):
                yield Change(f"if {names[i]} and {names[j]} had changed places", exchanged(i, j), "Which is which?")
        for label in (0, 1) if isinstance(a, np.ndarray) and a.dtype.kind in "iu" and a.ndim == 1 else ():
            axes = next((axes for axes in lab.domain.axes if (i, 0) in axes), ())
            if axes:
                words = f"for the examples alone where {names[i]} is {label}"
                yield Change(words, _labelled(axes, i, label), "What becomes of the others?")


def _counted(lab: Lab, i: int, name: str) -> Iterator[Change]:
    """Whole numbers that are off by 1, where they count something: a label that is 2 is none."""
    for word, step in {"larger": 1, "smaller": -1}.items():
        change = on(i, functools.partial(operator.add, step))

        def make(args: Arguments, change: Make = change) -> Arguments | None:
            new = change(args)
            return new if new is not None and lab.domain.has(new) else None

        yield Change(f"if {name} were {word} by 1", make, "Where does your code begin to count?")


def _of_one(i: int, a: Any, name: str) -> Iterator[Change]:
    ask = f"Where does {name} come in, and in which form?"
    if are_floats(a) or isinstance(a, float):
        for words, how in _FORMS.items():
            yield Change(f"if {words} stood in the place of {name}", on(i, how), ask)
    if isinstance(a, float):
        yield Change(f"if {name} were 1", on(i, lambda v: 1.0), ask)
    if is_arrays(a):
        yield Change(f"if the arrays of {name} stood in the opposite order", _listwise(i, lambda v: v[::-1]), ask)
        yield Change(f"if the last array of {name} were the first", _listwise(i, lambda v: [v[-1], *v[:-1]]), ask)
        yield Change(f"if the first array of {name} were the last", _listwise(i, lambda v: [*v[1:], v[0]]), ask)
    if are_floats(a) and dims(a) == 2:
        yield Change(f"for the transpose of {name}", on(i, lambda v: v.T), "Which of its axes is which?")
    if are_floats(a) and dims(a) == 1:
        yield Change(f"if {name} stood in rising order", on(i, np.sort), "Which entries belong together?")
        yield Change(
            f"if {name} stood in the opposite order", on(i, lambda v: v[::-1]), "Which entries belong together?"
        )


_FORMS: dict[str, Callable[[Any], Any]] = {
    "0": lambda v: v * 0,
    "its negative": lambda v: -v,
    "its absolute value": np.abs,
    "its square": np.square,
    "its square root": lambda v: np.sqrt(np.abs(v)),
    "twice of it": lambda v: 2 * v,
    "half of it": lambda v: v / 2,
    "1 divided by it": lambda v: 1 / np.where(np.asarray(v) == 0, np.nan, v),
    "what it lacks to 1": lambda v: 1 - v,
    "its part above 0": lambda v: np.maximum(v, 0),
}


def _without_first(a: Array, axis: int) -> Array:
    return np.take(a, range(1, a.shape[axis]), axis=axis)


def _without_last(a: Array, axis: int) -> Array:
    return np.take(a, range(a.shape[axis] - 1), axis=axis)


def _listwise(i: int, how: Callable[[list[Any]], list[Any]]) -> Callable[[Arguments], Arguments]:
    return lambda args: (*args[:i], how(args[i]), *args[i + 1 :])


def _labelled(axes: tuple[Axis, ...], i: int, label: int) -> Callable[[Arguments], Arguments | None]:
    def make(args: Arguments) -> Arguments | None:
        some = np.flatnonzero(args[i] == label)
        return along(axes, lambda a, axis: np.take(a, some, axis=axis))(args) if 0 < len(some) < len(args[i]) else None

    return make
