"""Judging whatever stands under an exercise's name, with the other answers that it takes to judge it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from autograde.judging.exercise import Exercise, Together
from autograde.judging.judge import judge
from autograde.judging.report import Failure, Report

Lookup = Callable[[str], Any]


def nowhere(name: str) -> None:
    """The lookup of who has no other answers."""


def judge_anything(
    exercise: Exercise,
    answer: Any,
    seed: int,
    catalogue: Mapping[str, Exercise],
    lookup: Lookup = nowhere,
    by: Callable[..., Report] = judge,
) -> Report:
    """The report on ``answer``, be it a function or not.

    catalogue: where the exercises that this one needs are found.
    lookup: name -> the learner's answer to another exercise, None where there is none.  What an exercise needs of
    another is taken from the learner's own answer; where that one is not right, from the reference too, and the better
    report counts, so that a mistake is charged once.
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
        needed = judge_anything(catalogue[name], fn[name], seed, catalogue, lookup, by)
        if needed.failure is not None:
            return _judge_beside(exercise, fn, needed, seed, by)
    return by(exercise, fn, seed=seed)


def _judge_beside(exercise: Exercise, fn: Together, needed: Report, seed: int, by: Callable[..., Report]) -> Report:
    """The better report of two: beside the learner's own answer to ``needed``, which is not right, or a right one."""
    assert isinstance(exercise.reference, Together)
    given = Together(exercise.name, {**exercise.reference, exercise.name: fn[exercise.name]})
    found = by(exercise, given, seed=seed)
    found.remark = f"Tried with a right `{needed.exercise}` in the place of yours, which is not right yet."
    if callable(fn[needed.exercise]) and needed.outcome not in ("missing", "timeout") and found.share < 1:
        # what the other one changes is charged there
        patient = replace(exercise, changes=(*exercise.changes, *needed.changed))
        own = by(patient, fn, seed=seed)
        own.remark = f"Tried with your own `{needed.exercise}`, though that one is not right yet."
        found = own if own.share >= found.share else found
    if found.share > 0 or found.outcome == "missing":
        return found
    return _blocked(exercise, needed)


def unjudged(exercise: Exercise, failure: Failure) -> Report:
    """The report where no case could be tried."""
    return Report(exercise.name, {case.label: "not run" for case in exercise.cases}, 0.0, failure)


def _blocked(exercise: Exercise, needed: Report) -> Report:
    """The report where an answer that is needed is not right, and nothing can be found out beside it."""
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
