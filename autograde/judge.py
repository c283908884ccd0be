"""Judging an answer: the calls of an exercise's cases, the reference's results beside the answer's, the points."""

import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from autograde.attempt import SECONDS_PER_CALL, Outcome, observe
from autograde.compare import Difference, compare, tolerance_for
from autograde.diagnose import first_failure, too_slow
from autograde.exercise import Arguments, Case, Exercise
from autograde.report import INPUTS_KEPT, Report, Trial

Question = tuple[Case, Arguments, Outcome]

PUBLIC_SEED, HIDDEN_SEED = 0, 1
SECONDS_PER_CHECK = 20.0


def judge(
    exercise: Exercise,
    fn: Callable[..., Any],
    *,
    seed: int = PUBLIC_SEED,
    seconds: float = SECONDS_PER_CALL,
    asked: Sequence[Question] | None = None,
) -> Report:
    """The report on the answer ``fn``: a few dozen calls, ended at the first that takes longer than ``seconds``,
    times the exercise's patience.

    asked: the list of ``questions(exercise, seed)``, for who judges many answers.
    """
    start = time.perf_counter()
    trials: list[Trial] = []
    for trial in run_trials(exercise, fn, asked or questions(exercise, seed), seconds):
        trials.append(trial)
        late = time.perf_counter() - start > SECONDS_PER_CHECK
        if trial.got.timed_out or late or (len(trials) == 1 and trial.got.is_stub):
            break
    cases = verdicts(exercise, trials)
    failure = first_failure(exercise, trials, fn) or too_slow(exercise, len(trials))
    return Report(exercise.name, cases, share(exercise, cases), failure, time.perf_counter() - start)


def run_trials(
    exercise: Exercise, fn: Callable[..., Any], asked: Iterable[Question], seconds: float = SECONDS_PER_CALL
) -> Iterator[Trial]:
    """The trials of all cases in order, each made when it is asked for."""
    for case, args, expected in asked:
        got = observe(exercise, fn, args, seconds * exercise.patience)
        yield Trial(case, args, expected, got, _problem(got, expected, args))


def questions(exercise: Exercise, seed: int) -> Iterator[Question]:
    """Every call of the test with what the reference answers; the seed decides the numbers in it."""
    for index, case in enumerate(exercise.cases):
        rng = np.random.default_rng([zlib.crc32(exercise.name.encode()), index, seed])
        for args in case.draw(rng):
            expected = observe(exercise, exercise.reference, args, SECONDS_PER_CALL * exercise.patience)
            if not isinstance(expected.error, (ValueError, type(None))):
                raise RuntimeError(f"the reference of {exercise.name} fails in {case.label!r}") from expected.error
            yield case, args, expected


def verdicts(exercise: Exercise, trials: Sequence[Trial]) -> dict[str, str]:
    """passed, failed or not run, for each case and for the care taken of the arguments."""
    found = {}
    for case in exercise.cases:
        found[case.label] = _verdict([t.problem is None for t in trials if t.case is case], case.times)
    found[INPUTS_KEPT] = _verdict([not t.got.changed for t in trials], sum(case.times for case in exercise.cases))
    return found


def share(exercise: Exercise, found: dict[str, str]) -> float:
    """Weight of what passed, in [0, 1]; nothing without the first case, which every serious answer passes."""
    if found[exercise.cases[0].label] != "passed":
        return 0.0
    weights = {case.label: case.weight for case in exercise.cases} | {INPUTS_KEPT: 1.0}
    return sum(w for label, w in weights.items() if found[label] == "passed") / sum(weights.values())


def _verdict(rights: Sequence[bool], wanted: int) -> str:
    if not all(rights):
        return "failed"
    return "passed" if len(rights) == wanted else "not run"


def _problem(got: Outcome, expected: Outcome, args: Arguments) -> Difference | None:
    if expected.error is not None:
        if isinstance(got.error, type(expected.error)):
            return None
        kind = "no_error" if got.error is None else "exception"
        return Difference(kind, f"{type(expected.error).__name__} expected", got=got.value)
    if got.error is not None:
        return Difference("timeout" if got.timed_out else "exception", got.message)
    return compare(got.value, expected.value, tolerance_for(args))
