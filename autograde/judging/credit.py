"""Partial credit: the share of the points that an answer earns by the calls it gets right, fully or in part.

A case is worth its weight, and each value that it asks for earns a share of it, an equal one unless the case says what
is worth more: the value must be right, at its place, in all calls of the case, whatever else is wrong in them. So the
points never fall when one more value of one more call is put right, and they are full only where all is right.

What a whole case expects alike, False or 0 or a ValueError each time, could be had by always giving it. It counts only
for an answer that does not do so in most of the calls that expect something else. What all calls of the exercise
expect alike earns nothing by itself: it counts where the rest of its case is right.

Arguments that were changed, and right numbers of the wrong kind (bools for integers), take away as much of what was
earned as a case of weight 1 is worth.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograde.judging.call import Outcome
from autograde.judging.compare import Tolerance, as_numbers, has_entries, right_value
from autograde.judging.exercise import Case, Exercise
from autograde.judging.report import INPUTS_KEPT, KINDS_KEPT, Report
from autograde.judging.trials import Part, Path, Trial
from autograde.runtime.values import Opaque

_MISSING = Opaque("missing value")
_RAISES: Path = ("raises",)


class Score(float):
    """Points earned.  Its text is the bare number, from which nbgrader takes partial credit."""

    points: float

    def __new__(cls, value: float, points: float) -> "Score":
        if not (math.isfinite(value) and 0 <= value <= points):
            raise ValueError(f"a score must lie between 0 and {points}, got {value}")
        score = super().__new__(cls, value)
        score.points = points
        return score

    @classmethod
    def of(cls, report: Report, points: float) -> "Score":
        """What a report earns of the points, to two decimals; all of them only where all is right."""
        points = float(points)
        return cls(points if report.share == 1 else min(round(points * report.share, 2), points), points)

    def __repr__(self) -> str:
        return repr(float(self)).removesuffix(".0")  # all digits: rounded up it could exceed the points

    def _repr_html_(self) -> str:
        return f"<b>{float(self):g}</b> of {self.points:g} point{'' if self.points == 1 else 's'}"


class Starred(Score):
    """What a problem without points has of 1; a notebook shows no number for it."""

    def _repr_html_(self) -> str:
        return "★ solved; without points" if self == self.points else "☆ without points"


def parts_of(case: Case, got: Outcome, expected: Outcome, tol: Tolerance) -> dict[Path, Part]:
    """Of each value that a call is asked for, by its place, whether it is right; a call that raises gives none."""
    if expected.error is not None:
        return {_RAISES: Part(isinstance(got.error, type(expected.error)))}
    value = got.value if got.error is None else _MISSING
    return {
        path: Part(*right_value(found, wanted, tol), weight)
        for path, weight, found, wanted in _pairs(value, expected.value, case.worth)
    }


def share(exercise: Exercise, trials: Sequence[Trial], credits: dict[str, float]) -> float:
    """The share of the points, in [0, 1]: the mean of the cases' credits by their weights, less what care costs."""
    total = sum(case.weight for case in exercise.cases)
    if all(credit == 1 for credit in credits.values()):
        mean = 1.0  # not by a sum that rounds
    else:
        mean = sum(case.weight * credits[case.label] for case in exercise.cases) / total
    careless = sum(not all(kept(trial) for trial in trials) for kept in CARES.values())
    return mean * max(0.0, 1 - careless / (total + 1))


def credit(case: Case, trials: Sequence[Trial]) -> float:
    """The share in [0, 1] that is earned of a case.  trials: those of all cases."""
    own = [trial for trial in trials if trial.case is case]
    if len(own) < case.times:
        return 0.0
    if all(trial.problem is None for trial in trials):
        return 1.0
    right: dict[Path, bool] = {}
    for trial in own:
        for path, part in trial.parts.items():
            right[path] = right.get(path, True) and part.right
    found = {path: ok and _tells(path, own, trials) for path, ok in right.items()}
    if all(counts is not False for counts in found.values()):
        return 1.0
    return sum(part.weight for trial in own for path, part in trial.parts.items() if found[path]) / len(own)


def inputs_kept(trial: Trial) -> bool:
    """Whether the arguments are as they were."""
    return not trial.got.changed


def kinds_kept(trial: Trial) -> bool:
    """Whether integers came where integers were asked for, and so on."""
    return all(part.of_kind for part in trial.parts.values())


CARES = {INPUTS_KEPT: inputs_kept, KINDS_KEPT: kinds_kept}


def _tells(path: Path, own: Sequence[Trial], trials: Sequence[Trial]) -> bool | None:
    """Whether an answer tells the calls of a case from those that expect another value at this place.

    None where no call does, so that nobody can know.
    """
    alike = {_told(trial.expected, path) for trial in own if path in trial.parts}
    if len(alike) > 1:
        return True
    others = [t for t in trials if (path in t.parts or path == _RAISES) and _told(t.expected, path) not in alike]
    return 2 * sum(_told(t.got, path) in alike for t in others) <= len(others) if others else None


def _told(outcome: Outcome, path: Path) -> Any:
    """What stands at a place of a result, to six digits, in a form that can be looked up."""
    if path not in outcome.digits:
        outcome.digits[path] = _digits(outcome, path)
    return outcome.digits[path]


def _digits(outcome: Outcome, path: Path) -> Any:
    if path == _RAISES or outcome.error is not None:
        return isinstance(outcome.error, ValueError), path == _RAISES
    value = outcome.value
    for key in path:
        value = _entry(value, key)
    numbers = as_numbers(value)
    if numbers is None or numbers.size == 0:
        return repr(value)
    if np.all(numbers == numbers.flat[0]):
        return f"{float(numbers.flat[0]):.6g}"  # zeros of any shape
    size = np.abs(numbers, dtype=float).max()
    return numbers.shape, f"{size:.6g}", np.round(numbers / size, 6).tobytes()


def _pairs(
    got: Any, expected: Any, worth: Mapping[str, float], path: Path = (), weight: float = 1.0
) -> Iterator[tuple[Path, float, Any, Any]]:
    """Place and weight of each value that is expected, with what came there."""
    if not has_entries(expected):
        yield path, weight, got, expected
        return
    keys = list(expected) if isinstance(expected, dict) else range(len(expected))
    if isinstance(expected, tuple) and isinstance(got, int | float | np.number):
        got = (got,)  # the first value alone
    whole = got if _fits(got, expected) else _MISSING
    worths = [worth.get(str(key), 1.0) for key in keys]
    for key, its in zip(keys, worths, strict=True):
        yield from _pairs(_entry(whole, key), expected[key], worth, (*path, key), weight * its / sum(worths))


def _fits(got: Any, expected: Any) -> bool:
    """Whether entries of what came have the places of those that are expected; a few may be missing."""
    if isinstance(expected, dict):
        return isinstance(got, dict) and got.keys() <= expected.keys()
    return _is_sequence(got) and len(got) <= len(expected)


def _entry(value: Any, key: Any) -> Any:
    if isinstance(value, dict):
        return value.get(key, _MISSING)
    return value[key] if _is_sequence(value) and isinstance(key, int) and key < len(value) else _MISSING


def _is_sequence(value: Any) -> bool:
    return isinstance(value, (list, tuple)) or (isinstance(value, np.ndarray) and value.ndim > 0)
