"""Parts of the arguments that a wrong answer never looks at, though they matter."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograde.judging.compare import same
from autograde.judging.diagnosis.experiments.changes import Change, Make, are_floats, on
from autograde.judging.diagnosis.experiments.domain import dims, is_arrays, is_floats
from autograde.judging.diagnosis.experiments.lab import Lab, is_finite, says_something
from autograde.judging.diagnosis.other_arguments import NUDGES
from autograde.judging.exercise import Arguments
from autograde.judging.trials import Trial

Array = np.ndarray[Any, Any]
Mask = Callable[[Array, int], Array]
_FEWEST = 2
_SEVERAL = 4  # calls in which the right answer changes
_MOST = 12  # calls in which arrays are changed
_SIZES = (1e-6, 1e-3, 1e3, 1e6)


def about_unread(lab: Lab) -> str:
    """A sentence where some entries of an argument make no difference; "" where all do."""
    if len(lab.wrong) < _FEWEST or not says_something([lab.both(t)[1] for t in lab.wrong]):
        return ""
    floats = [j for j, a in enumerate(lab.trial.args) if are_floats(a) or isinstance(a, float)]
    seen = any(_moves(lab, _whole(j), t.args) for j in floats for t in lab.wrong)
    if not seen and len(floats) > 1:  # what is stuck at a limit sees nothing at all
        return ""
    for change in _parts(lab, lab.trial.args):
        if not lab.goes_on:
            return ""
        if all(_is_unread(lab, change, t.args) for t in lab.wrong) and _sees_the_rest(lab, change):
            begin = change.words[0].upper() + change.words[1:]
            return f"{begin} makes no difference for your {lab.name}, and should. {change.ask}"
    return ""


def _sees_the_rest(lab: Lab, change: Change) -> bool:
    """Whether an answer sees the rest of an argument: else what stands in a part of it is the least of it."""
    return change.other is None or any(_moves(lab, change.other, t.args) for t in lab.wrong)


def _moves(lab: Lab, make: Make, args: Arguments) -> bool:
    new = make((1.0, *args))
    before, after = lab.own(args), None if new is None else lab.own(new)
    return after is not None and not same(before, after)


def about_unread_limit(lab: Lab) -> str:
    """A sentence where an argument decides over words or truth values, and never does so in the answer."""
    if not isinstance(lab.both(lab.trial)[0], (str, bool, np.bool_)):
        return ""
    trials = [*lab.wrong, *lab.trials]
    for i, name in enumerate(lab.exercise.parameters):
        numbers = [t for t in trials if len(t.args) > i and isinstance(t.args[i], float)]
        arrays = [t for t in trials[:_MOST] if len(t.args) > i and are_floats(t.args[i])]
        changes = [_decides(lab, i, t.args[i] * size, t) for t in numbers for size in _SIZES if lab.goes_on]
        changes += [_decides(lab, i, _nudged_by(how, t.args[i]), t) for t in arrays for how in NUDGES if lab.goes_on]
        if sum(right for right, _ in changes) >= _SEVERAL and not any(own for _, own in changes):
            return (
                f"With another `{name}` the right answer is another one in some calls, and yours never changes: where "
                "should it come in?"
            )
    return ""


def _nudged_by(how: Callable[[Any], Any], value: Any) -> Any:
    new = on(0, how)((value,))
    return new[0] if new else value


def _decides(lab: Lab, i: int, value: Any, trial: Trial) -> tuple[bool, bool]:
    """Whether another number for an argument makes another word of the right one, and of the answer's."""
    args = (*trial.args[:i], value, *trial.args[i + 1 :])
    if trial.got.error is not None or trial.expected.error is not None:
        return False, False
    (right, own), after = lab.both(trial), (lab.right(args), lab.own(args))
    if after[0] is None or after[1] is None:
        return False, True
    return not same(right, after[0]), not same(own, after[1])


def _is_unread(lab: Lab, change: Change, args: Arguments) -> bool:
    """Whether two changes of these entries leave an answer as it is, and the right one not."""
    for size in (1.0, -0.7, 0.0):
        new = change.make((size, *args))
        if new is None:
            return False
        before, after = lab.own(args), lab.own(new)
        if before is None or after is None or not same(before, after):
            return False
        before, after = lab.right(args), lab.right(new)
        if before is None or after is None or not is_finite(after) or same(before, after):
            return False
    return True


def _parts(lab: Lab, args: Arguments) -> Iterator[Change]:
    for i, a in enumerate(args):
        name = f"`{lab.exercise.parameters[i]}`"
        ask = f"Which entries of {name} does your code reach, and what are those multiplied by?"
        if are_floats(a):
            yield Change(f"what stands in {name}", _whole(i), "Where should it come in?")
        if is_arrays(a) and len(a) > 1 and are_floats(a):
            for place, at in {"first": 0, "last": -1}.items():
                yield Change(f"what stands in the {place} array of {name}", _entry(i, at), ask, _entry(i, -1 - at))
        elif is_floats(a) and dims(a) in (1, 2):
            for axis, kind in enumerate(("row", "column") if dims(a) == 2 else ("entry",)):
                yield _of_part(f"what stands in {name} from its third {kind} on", i, _from_third, axis, ask)
                yield _of_part(f"what stands in the first {kind} of {name}", i, _first, axis, ask)
                yield _of_part(f"what stands in the last {kind} of {name}", i, _last, axis, ask)
            words = f"how large the negative entries of {name} are"
            yield Change(words, _signed(i, -1), "What becomes of them?", _signed(i, 1))
        if is_floats(a) and dims(a) == 2:
            yield _of_part(f"what stands on the diagonal of {name}", i, lambda v, _: np.eye(*v.shape) > 0, 0, ask)
            yield _of_part(f"what stands beside the diagonal of {name}", i, lambda v, _: np.eye(*v.shape) == 0, 0, ask)
        yield from _by_labels(lab, args, i)


def _by_labels(lab: Lab, args: Arguments, i: int) -> Iterator[Change]:
    """The rows or entries of an argument that have one of the labels 0 and 1 in another one."""
    names, a = lab.exercise.parameters, args[i]
    for j, y in enumerate(args):
        labels = isinstance(y, np.ndarray) and y.dtype.kind in "iu" and y.ndim == 1
        if labels and is_floats(a) and dims(a) and len(y) == len(a):
            for label in (0, 1):
                words = f"what stands in `{names[i]}` where `{names[j]}` is {label}"
                ask = "What becomes of these?"
                yield Change(words, _labelled(i, j, label), ask, _labelled(i, j, 1 - label))


def _from_third(a: Array, axis: int) -> Array:
    return _along(a, axis) >= 2


def _first(a: Array, axis: int) -> Array:
    return _along(a, axis) == 0


def _last(a: Array, axis: int) -> Array:
    return _along(a, axis) == a.shape[axis] - 1


def _along(a: Array, axis: int) -> Array:
    return np.broadcast_to(np.indices(a.shape)[axis], a.shape)


def _nudged(a: Array, where: Array, size: float) -> Array:
    steps = (1 + 0.3 * np.cos(np.arange(a.size))).reshape(a.shape)
    return np.where(where, a + size * steps if size else steps / 2, a).astype(a.dtype)


def _of_part(words: str, i: int, mask: Mask, axis: int, ask: str) -> Change:
    """A change of some entries of an argument, and of those that are left."""
    return Change(words, _masked(i, mask, axis), ask, _masked(i, lambda a, along: ~mask(a, along), axis))


def _masked(i: int, mask: Mask, axis: int) -> Callable[[Arguments], Arguments | None]:
    """Nudges some entries of an argument; the first of the arguments that it takes is by how much."""

    def make(given: Arguments) -> Arguments | None:
        size, *args = given
        where = mask(args[i], axis)
        if not where.any() or where.all():
            return None
        return (*args[:i], _nudged(args[i], where, size), *args[i + 1 :])

    return make


def _signed(i: int, sign: int) -> Callable[[Arguments], Arguments | None]:
    def make(given: Arguments) -> Arguments | None:
        size, *args = given
        a = args[i]
        if not (a < 0).any() or not (a > 0).any():
            return None
        return (*args[:i], np.where(a * sign > 0, a * (1.5 + size / 2), a), *args[i + 1 :])

    return make


def _labelled(i: int, j: int, label: int) -> Callable[[Arguments], Arguments | None]:
    def make(given: Arguments) -> Arguments | None:
        size, *args = given
        rows = args[j] == label
        if not rows.any() or rows.all():
            return None
        where = np.broadcast_to(rows.reshape(-1, *[1] * (np.ndim(args[i]) - 1)), args[i].shape)
        return (*args[:i], _nudged(args[i], where, size), *args[i + 1 :])

    return make


def _whole(i: int) -> Callable[[Arguments], Arguments | None]:
    def make(given: Arguments) -> Arguments | None:
        size, *args = given
        return on(i, lambda a: _nudged(a, np.ones(np.shape(a), dtype=bool), size))(tuple(args))

    return make


def _entry(i: int, at: int) -> Callable[[Arguments], Arguments | None]:
    def make(given: Arguments) -> Arguments | None:
        size, *args = given
        new = [*args[i]]
        if len(new) < 2:
            return None
        new[at] = _nudged(new[at], np.ones(new[at].shape, dtype=bool), size)
        return (*args[:i], new, *args[i + 1 :])

    return make
