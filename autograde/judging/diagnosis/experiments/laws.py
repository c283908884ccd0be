"""Laws that the right results keep and an answer's break: add 1 to everything, turn the rows, double the examples.

Nobody wrote them down either: a law is tried on the right answer, in many calls, before it is held against another one.
"""

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograde.judging.compare import Tolerance, as_numbers, same
from autograde.judging.diagnosis.experiments.changes import (
    Change,
    Make,
    along,
    are_floats,
    formula,
    listed,
    on,
    turned,
    twice,
    words_of,
)
from autograde.judging.diagnosis.experiments.domain import Axis, dims, form_of, is_floats, is_number
from autograde.judging.diagnosis.experiments.lab import Lab, is_finite, is_rounded, short
from autograde.judging.diagnosis.experiments.simpler import changed
from autograde.judging.diagnosis.other_arguments import exchanged, leaves
from autograde.judging.exercise import Arguments, Formula
from autograde.judging.trials import Trial

Array = np.ndarray[Any, Any]

_MOST = 5  # calls in which the right answer must keep a law
_FEWEST = 3
_MOST_PAIRED = 5  # arguments of which two are changed at once
_LARGE = Tolerance(1e-3, 1e-3)  # ten times that is no rounding, no small number that was added
_POWERS = {
    -2.0: "1/4 of it",
    -1.0: "half of it",
    1.0: "twice as large",
    2.0: "4 times as large",
    3.0: "8 times as large",
}


@dataclass(frozen=True)
class Relation:
    """How a result may follow a change.  holds: (result before, after) -> whether it does.  words: what it does then."""

    words: str
    holds: Callable[[Any, Any, Tolerance], bool]


def _every(how: Callable[[Array], Array]) -> Callable[[Any, Any, Tolerance], bool]:
    def holds(before: Any, after: Any, tol: Tolerance) -> bool:
        old, new = [*leaves(before)], [*leaves(after)]
        return bool(old) and len(old) == len(new) and all(_alike(how(a), b, tol) for a, b in zip(old, new, strict=True))

    return holds


def _alike(a: Array, b: Array, tol: Tolerance) -> bool:
    """Whether two results are the same, up to what rounding on the way can do."""
    if a.shape != b.shape:
        return False
    size = float(np.abs(a[np.isfinite(a)]).max(initial=1e-5))
    return bool(np.allclose(a, b, rtol=10 * tol.relative, atol=max(10 * tol.absolute * size, 1e-11), equal_nan=True))


def _keeps(before: Any, after: Any, tol: Tolerance) -> bool:
    if as_numbers(before) is None and not [*leaves(before)]:
        return same(before, after)
    return _every(lambda a: a)(before, after, tol)


STAYS = Relation("stays the same", _keeps)
_OPPOSITE = Relation("has the opposite sign, and is as large as before", _every(lambda a: -a))
_TURNED = Relation("is turned in the same way", _every(lambda a: np.roll(a, 1, axis=0) if a.ndim else a))
_TURNED_ACROSS = Relation(
    "has its columns turned in the same way", _every(lambda a: np.roll(a, 1, axis=-1) if a.ndim > 1 else a)
)
_COMPLEMENT = Relation("becomes what it lacks to 1", _every(lambda a: 1 - a))
_TWICE = Relation("is twice as large", _every(lambda a: 2 * a))
_SHIFTED = Relation("grows by 1, too", _every(lambda a: a + 1))
_SCALED = [Relation(f"is {word}", _every(functools.partial(np.multiply, 2.0**p))) for p, word in _POWERS.items()]


def about_laws(lab: Lab) -> str:
    """A sentence on the first law of the right results that the wrong ones break; "" where there is none."""
    calls = [t for t in spread(lab) if form_of(t.args) == form_of(lab.trial.args)]
    for change, relations in _laws(lab):
        if not lab.goes_on:
            return ""
        after = _after(lab, change)
        before = lab.both(lab.trial)[1]
        broken = [r for r in relations if after is not None and _breaks(r, before, after)]
        kept = _kept_by_all(lab, change, broken, calls) if broken else None
        if kept is not None:
            return _told(lab, change, kept, before, after)
    return ""


def _breaks(law: Relation, before: Any, after: Any) -> bool:
    """Whether an answer breaks a law by more than what is small."""
    size = max((float(np.abs(v).max(initial=0.0)) for value in (before, after) for v in leaves(value)), default=0.0)
    rounded = size > 0 and all(is_rounded(v) for value in (before, after) for v in leaves(value))
    return not law.holds(
        before, after, replace(_LARGE, absolute=max(_LARGE.absolute, 0.005 / size)) if rounded else _LARGE
    )


def _told(lab: Lab, change: Change, law: Relation, before: Any, after: Any) -> str:
    small = all(np.ndim(v) == 0 and not isinstance(v, (list, tuple, dict)) for v in (before, after))
    yours = f"yours goes from {short(before)} to {short(after)}" if small else "yours behaves otherwise"
    return f"{change.words}{lab.condition}: the right {lab.name} {law.words}; {yours}. {change.ask}"


def spread(lab: Lab) -> list[Trial]:
    """The call that is shown, then one of each case, then further ones."""
    seen: dict[int, int] = {}
    order = [(0, lab.trial)]
    for t in [*lab.trials, *(t for t in lab.wrong if not any(t is trial for trial in lab.trials))]:
        seen[id(t.case)] = seen.get(id(t.case), 0) + 1
        if t is not lab.trial and t.expected.error is None and lab.part(t.expected.value) is not None:
            order.append((seen[id(t.case)], t))
    return [t for _, t in sorted(order, key=lambda pair: pair[0])]


def _after(lab: Lab, change: Change) -> Any:
    """What the answer gives after a change; None where that tells nothing."""
    args = changed(lab, change, lab.trial.args)
    own = None if args is None else lab.own(args)
    words = isinstance(own, (str, bool, np.bool_))
    return own if own is not None and (words or is_finite(own)) else None


def _kept_by_all(lab: Lab, change: Change, relations: Sequence[Relation], calls: Sequence[Trial]) -> Relation | None:
    """The first of the relations that the right results follow in all calls; enough of them must tell."""
    left, befores = [*relations], list[Any]()
    for trial in calls:
        if len(befores) >= _MOST or not left or not lab.goes_on:
            break
        args = changed(lab, change, trial.args)
        if args is None:
            if trial is lab.trial:
                return None
            continue
        before, after = lab.part(trial.expected.value), lab.right(args)
        if after is None:
            return None
        left = [r for r in left if r.holds(before, after, trial.tolerance)]
        if any(r is STAYS or not r.holds(before, before, trial.tolerance) for r in left):  # else it is nothing but 0
            befores.append(before)
    several = len({str(before) for before in befores}) > 1
    return left[0] if left and len(befores) >= _FEWEST and several else None


def _laws(lab: Lab) -> Iterator[tuple[Change, Sequence[Relation]]]:
    """Changes, each with what the right result may do then."""
    for axes in lab.domain.axes:
        yield from _of_axes(axes, words_of(axes, lab.domain))
    for i, a in enumerate(lab.trial.args):
        name = f"`{lab.exercise.parameters[i]}`"
        if are_floats(a) or isinstance(a, float):
            yield from _of_numbers(i, a, name)
        elif isinstance(a, Formula):
            yield from _of_function(i, name)
    numeric = [i for i, a in enumerate(lab.trial.args) if are_floats(a) or isinstance(a, (float, Formula))]
    for i, j in itertools.combinations(numeric, 2) if len(numeric) <= _MOST_PAIRED else ():
        yield from _of_two(lab, i, j)


def _of_axes(axes: Sequence[Axis], of: Sequence[str]) -> Iterator[tuple[Change, Sequence[Relation]]]:
    thing = of[0].split(" ")[0]
    also = ", all in the same way" if len(axes) > 1 else ""
    turn = Change(f"Put the last of the {listed(of)} first{also}", along(axes, turned), "Where does the order come in?")
    yield turn, [STAYS, _TURNED, _TURNED_ACROSS]
    ask = f"Where does the number of {thing} come in: a sum, a mean, a division?"
    yield Change(f"Take the {listed(of)} twice, one set behind the other", along(axes, twice), ask), [STAYS, _TWICE]


def _of_numbers(i: int, a: Any, name: str) -> Iterator[tuple[Change, Sequence[Relation]]]:
    if is_floats(a) and dims(a) == 2:
        ask = "Which step of yours sees it?"
        yield Change(f"Add a number of its own to each row of {name}", on(i, _by_rows), ask), [STAYS]
        yield Change(f"Add a number of its own to each column of {name}", on(i, _by_columns), ask), [STAYS]
    if are_floats(a):
        ask = "Which step of yours sees it?"
        yield Change(f"Add 1 to everything in {name}", on(i, lambda v: v + 1), ask), [STAYS, _SHIFTED]
    sign = "the sign" if is_number(a) else "all signs"
    ask = f"Where does the sign of {name} come in?"
    yield Change(f"Change {sign} in {name}", on(i, lambda v: -v), ask), [STAYS, _OPPOSITE, _COMPLEMENT]
    ask = "Which step of yours does not follow?"
    yield Change(f"Make {name} twice as large", on(i, lambda v: 2 * v), ask), [STAYS, *_SCALED]


_OF_TWO: dict[str, Callable[[Any], Any]] = {
    "Make {} twice as large": lambda v: 2 * v,
    "Change all signs in {}": lambda v: -v,
}


def _of_two(lab: Lab, i: int, j: int) -> Iterator[tuple[Change, Sequence[Relation]]]:
    """Changes of two arguments at once, and their exchange."""
    a, b = lab.trial.args[i], lab.trial.args[j]
    both = f"`{lab.exercise.parameters[i]}` and `{lab.exercise.parameters[j]}`"
    if all(are_floats(v) or isinstance(v, float) for v in (a, b)):
        ask = "Which step of yours does not follow?"
        for words, how in _OF_TWO.items():
            change = Change(words.format(both), _one_after_the_other(on(i, how), on(j, how)), ask)
            yield change, [STAYS, _OPPOSITE, _COMPLEMENT, *_SCALED]
    if type(a) is type(b) and (isinstance(a, (float, Formula)) or (are_floats(a) and dims(a) == dims(b))):
        yield (
            Change(f"Exchange {both}", exchanged(i, j), "Which step of yours sees which is which?"),
            [STAYS, _OPPOSITE],
        )


def _one_after_the_other(first: Make, second: Make) -> Make:
    def make(args: Arguments) -> Arguments | None:
        new = first(args)
        return None if new is None else second(new)

    return make


def _by_rows(a: Array) -> Array:
    return a + np.linspace(-1, 2, len(a))[:, None]


def _by_columns(a: Array) -> Array:
    return a + np.linspace(-1, 2, a.shape[1])


def _of_function(i: int, name: str) -> Iterator[tuple[Change, Sequence[Relation]]]:
    """Changes of a formula among the arguments."""
    ask = "Which step of yours does not follow?"
    kinds = {
        f"Take twice {name}": "2 * ({})",
        f"Take {name} with the opposite sign": "-({})",
        f"Add 1 to all values of {name}": "({}) + 1",
    }
    for words, pattern in kinds.items():
        yield Change(words, formula(i, pattern), ask), [STAYS, _OPPOSITE, _SHIFTED, *_SCALED]
