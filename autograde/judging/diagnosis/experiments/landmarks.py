"""Arguments for which the right results are all one number and an answer's are not, or the other way round."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograde.judging.diagnosis.experiments.changes import Change, formula, simpler, zeros
from autograde.judging.diagnosis.experiments.domain import arrays_in, form_of
from autograde.judging.diagnosis.experiments.lab import Lab, short
from autograde.judging.diagnosis.experiments.laws import spread
from autograde.judging.diagnosis.experiments.simpler import changed
from autograde.judging.diagnosis.other_arguments import leaves
from autograde.judging.exercise import Arguments, Formula

_MOST, _FEWEST = 5, 3  # calls in which the right results must be that number
_FEWEST_OWN = 2  # calls in which those of the answer must be
_NEAR, _LARGE = 1e-9, 1e-3  # what counts as the same number, and what as another one
_PLAIN = (0.0, 1.0, -1.0)


def about_landmarks(lab: Lab) -> str:
    """A sentence on arguments with which the result should be one number everywhere, or is, and should not."""
    for change in _changes(lab):
        if not lab.goes_on:
            return ""
        if told := _right_is_level(lab, change) or _own_is_level(lab, change):
            return told
    return ""


def _changes(lab: Lab) -> Iterator[Change]:
    for i, a in enumerate(lab.trial.args):
        if isinstance(a, Formula):
            name = f"`{lab.exercise.parameters[i]}`"
            yield Change(f"a function that is 1 everywhere in the place of {name}", formula(i, "1 + 0 * ({})"))
            yield Change(f"a function that is 0 everywhere in the place of {name}", formula(i, "0 * ({})"))
    yield from zeros(lab.domain, lab.trial.args)
    yield from simpler(lab.domain, lab.trial.args)


def _right_is_level(lab: Lab, change: Change) -> str:
    """Where all right results are one number after a change, in calls that were not alike before it."""
    own = _after(lab, change, lab.own, lab.trial.args)
    if own is None or isinstance(own, (str, bool, np.bool_)) or not _finite(own):
        return ""
    levels, befores, others = list[float | None](), set[str](), set[str]()
    for trial in spread(lab):
        if len(levels) >= _MOST or not lab.goes_on:
            break
        right = _after(lab, change, lab.right, trial.args) if form_of(trial.args) == form_of(lab.trial.args) else None
        if right is not None:
            levels.append(_level(right))
            befores.add(str(lab.part(trial.expected.value)))
            others.add(_unchanged_in(change, trial.args))
        if levels and (levels[-1] is None or levels[-1] != levels[0]):
            return ""
    level = levels[0] if levels else None
    if level is None or len(levels) < _FEWEST or len(befores) < _FEWEST or len(others) < _FEWEST:
        return ""
    off = [float(np.abs(v - level).max()) for v in leaves(own)]
    if max(off, default=0.0) <= _LARGE * max(1.0, abs(level)):
        return ""
    single = sum(v.size for v in leaves(own)) == 1
    subject = f"the right {lab.name} is" if single else f"all entries of the right {lab.name} are"
    yours = f"yours is {short(own)}" if single else "yours are not"
    begin = f"With {change.words} {subject} {short(level)}, in each call{lab.condition}"
    return f"{begin}; {yours}. Which step should see to that?"


def _own_is_level(lab: Lab, change: Change) -> str:
    """Where an answer's results are all 0, or 1, after a change, and the right ones differ."""
    owns = [_after(lab, change, lab.own, t.args) for t in lab.alike]
    if len(owns) < _FEWEST_OWN or any(own is None for own in owns):
        return ""
    levels = {_level(own) for own in owns}
    level = levels.pop()
    if levels or level not in _PLAIN or any(_level(lab.both(t)[1]) == level for t in lab.alike):
        return ""
    rights = [_after(lab, change, lab.right, t.args) for t in lab.alike]
    if any(right is None or not _finite(right) or _holds(right, level) for right in rights):
        return ""
    several = any(v.size > 1 for own in owns for v in leaves(own))
    subject = f"all entries of your {lab.name} are" if several else f"your {lab.name} is"
    other = "the right ones are not" if several else "the right one is not"
    return f"With {change.words} {subject} {short(level)}{lab.condition}; {other}. Which step makes it so?"


def _after(lab: Lab, change: Change, answer: Callable[[Arguments], Any], args: Arguments) -> Any:
    """A result after a change; None where the change tells nothing."""
    new = changed(lab, change, args)
    return None if new is None else answer(new)


def _unchanged_in(change: Change, args: Arguments) -> str:
    """The numbers among the arguments that a change leaves as they are, and all formulas."""
    new = change.make(args) or args
    kept = [b for a, b in zip(args, new, strict=True) if a is b or (isinstance(a, (int, float)) and a == b)]
    numbers = [str([v.tolist() for v in arrays_in(a)]) for a in kept]
    return str([*numbers, *(a.__name__ for a in args if isinstance(a, Formula))])


def _level(value: Any) -> float | None:
    """The number that stands everywhere in a result; None where there are several, or none."""
    found = [*leaves(value)]
    numbers: Sequence[float] = np.concatenate([v.ravel() for v in found]).tolist() if found else []
    if not numbers or not np.isfinite(numbers).all() or np.ptp(numbers) > _NEAR * max(1.0, abs(numbers[0])):
        return None
    return float(f"{numbers[0]:.9g}") + 0.0 if abs(numbers[0]) > _NEAR else 0.0


def _finite(value: Any) -> bool:
    return all(np.isfinite(v).all() for v in leaves(value)) and bool([*leaves(value)])


def _holds(value: Any, level: float) -> bool:
    """Whether a result is near enough to one number to be it but for rounding."""
    return all(bool((np.abs(v - level) <= _LARGE).all()) for v in leaves(value))
