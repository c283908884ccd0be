"""The calls of an exercise's cases, each with what the reference and the answer made of it."""

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from autograde.judging.call import SECONDS_PER_CALL, Outcome, observe
from autograde.judging.compare import Difference, Tolerance, compare, tolerance_for
from autograde.judging.exercise import Arguments, Case, Exercise, Unusable

Question = tuple[Case, Arguments, Outcome]  # what is asked, and what the reference says
Observer = Callable[[Exercise, Callable[..., Any], Arguments, float], Outcome]
Path = tuple[Any, ...]  # indices and keys that lead to a value in a result


@dataclass(frozen=True)
class Part:
    """One of the values that a call is asked for.  of_kind: whether its numbers are of the right kind.

    weight: its share of the call.
    """

    right: bool
    of_kind: bool = True
    weight: float = 1.0


@dataclass
class Trial:
    """One call of a case with what the reference and the answer made of it; ``problem`` is None where it is right.

    parts: the values that it is asked for, by their places in the result; none where no call went wrong.
    """

    case: Case
    args: Arguments
    expected: Outcome
    got: Outcome
    problem: Difference | None
    parts: dict[Path, Part] = field(default_factory=dict)

    @functools.cached_property
    def tolerance(self) -> Tolerance:
        """What the precision of the arguments allows."""
        return tolerance_for(self.args)


def run_trials(
    exercise: Exercise,
    fn: Callable[..., Any],
    asked: Iterable[Question],
    seconds: float = SECONDS_PER_CALL,
    observed: Observer = observe,
) -> Iterator[Trial]:
    """The trials of all cases in order, each made when it is asked for; of a case until one takes too long."""
    endless = set[str]()
    for case, args, expected in asked:
        if case.label in endless:
            continue
        got = observed(exercise, fn, args, seconds * exercise.patience)
        endless |= {case.label} if got.timed_out else set()
        yield Trial(case, args, expected, got, problem_of(got, expected, tolerance_for(args)))


def problem_of(got: Outcome, expected: Outcome, tol: Tolerance) -> Difference | None:
    """What is wrong with the outcome of a call, None where nothing is."""
    if expected.error is not None:
        if isinstance(got.error, type(expected.error)):
            return None
        kind = "no_error" if got.error is None else _kind_of_error(got)
        return Difference(kind, f"{type(expected.error).__name__} expected", got=got.value)
    if got.error is not None:
        return Difference(_kind_of_error(got), got.message)
    return compare(got.value, expected.value, tol)


def _kind_of_error(got: Outcome) -> str:
    if got.timed_out:
        return "timeout"
    return "unusable" if isinstance(got.error, Unusable) else "exception"
