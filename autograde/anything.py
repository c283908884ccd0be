"""Judging whatever stands under an exercise's name, with the other answers that it takes to judge it."""

from collections.abc import Callable
from typing import Any

from autograde.exercise import Exercise
from autograde.exercises import CATALOGUE
from autograde.judge import judge, questions, run_trials
from autograde.report import Failure, Report
from autograde.together import Together

Lookup = Callable[[str], Any]


def nowhere(name: str) -> None:
    """The lookup of who has no other answers."""


def judge_anything(
    exercise: Exercise, answer: Any, seed: int, lookup: Lookup = nowhere, by: Callable[..., Report] = judge
) -> Report:
    """The report on ``answer``, be it a function or not.

    lookup: name -> the learner's answer to another exercise, None where there is none.  The answers that the exercise
    needs are judged first; while one of them is not right, this one can't be judged, and its report says so.
    by: judges one function, ``judge`` with limits of its own.
    """
    if not callable(answer):
        return unjudged(
            exercise, Failure("signature", "a function to call", advice=_about_no_function(exercise, answer))
        )
    if not exercise.needs:
        return by(exercise, answer, seed=seed)
    fn = Together(exercise.name, {name: lookup(name) for name in exercise.needs} | {exercise.name: answer})
    for name in exercise.needs:
        needed = judge_anything(CATALOGUE[name], fn[name], seed, lookup, by)
        if needed.failure is not None:
            return _blocked(exercise, fn, needed, seed)
    return by(exercise, fn, seed=seed)


def unjudged(exercise: Exercise, failure: Failure) -> Report:
    """The report where no case could be tried."""
    return Report(exercise.name, {case.label: "not run" for case in exercise.cases}, 0.0, failure)


def _blocked(exercise: Exercise, fn: Together, needed: Report, seed: int) -> Report:
    """The report where an answer that is needed is not right; unless this one is not written itself."""
    tried = needed.outcome in ("partial", "failed", "error") and callable(fn[needed.exercise])
    if tried and next(run_trials(exercise, fn, questions(exercise, seed))).got.is_stub:
        return judge(exercise, fn, seed=seed)
    missing = needed.outcome == "missing"
    state = "is not written yet: write" if missing else "is not right yet: mend"
    advice = (
        f"`{exercise.name}` is tried on what your own `{needed.exercise}` keeps for it, and that {state} "
        f"`{needed.exercise}` first (`check({needed.exercise})` tells more), then check this one again."
    )
    label = f"{needed.exercise}, which this one builds on"
    return unjudged(exercise, Failure("stub" if missing else "needs", label, advice=advice))


def _about_no_function(exercise: Exercise, answer: Any) -> str:
    if answer is None:
        return f"There is no function `{exercise.name}` yet: write it, and run its cell before this one."
    return (
        f"`{exercise.name}` is no function but of type {type(answer).__name__}: "
        f"pass the function itself, `check({exercise.name})`."
    )
