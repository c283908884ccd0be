"""Wrong answers whose cards tell of other arguments, and random arguments for them."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.exercises import CATALOGUE
from autograde.judging.exercise import Case, Exercise, Formula, compile_answer
from autograde.judging.judge import judge

Maker = Callable[[np.random.Generator], tuple[Any, ...]]


def said(answer: str, reference: Callable[..., Any], *makers: Maker, outputs: tuple[str, ...] = ()) -> str:
    """What is told of an answer ``return ...`` to an exercise without misconceptions, beside the numbers."""
    names = ", ".join(Exercise(reference, []).parameters)
    exercise = Exercise(reference, [Case("numbers", [make], times=4) for make in makers], "answer", outputs=outputs)
    failure = judge(exercise, compile_answer(f"def answer({names}):\n    {answer}", "answer")).failure
    assert failure is not None
    return failure.advice


def told(name: str, *edits: tuple[str, str]) -> str:
    """The same of the first right answer of an exercise, edited, as if the catalogue knew no wrong one."""
    source = CATALOGUE[name].alternates[0]
    for old, new in edits:
        assert old in source
        source = source.replace(old, new)
    exercise = CATALOGUE[name]
    unknown = Exercise(
        exercise.reference,
        exercise.cases,
        exercise.name,
        outputs=exercise.outputs,
        probe=exercise.probe,
        patience=exercise.patience,
        given=exercise.given,
        integers=exercise.integers,
    )
    failure = judge(unknown, compile_answer(source, name, exercise.needs)).failure
    assert failure is not None
    return failure.advice


def rows(rng: np.random.Generator) -> tuple[Any, ...]:
    return (rng.normal(size=(int(rng.integers(3, 7)), 3)),)


def table(rng: np.random.Generator) -> tuple[Any, ...]:
    return (rng.normal(size=(int(rng.integers(3, 7)), int(rng.integers(3, 6)))),)


def entries(rng: np.random.Generator) -> tuple[Any, ...]:
    return (rng.normal(size=int(rng.integers(4, 8))),)


def two(rng: np.random.Generator) -> tuple[Any, ...]:
    return rng.normal(size=4), rng.normal(size=4)


def labelled(rng: np.random.Generator) -> tuple[Any, ...]:
    n = int(rng.integers(4, 8))
    return rng.normal(size=n), rng.permutation(np.arange(n) % 2)


def number(rng: np.random.Generator) -> tuple[Any, ...]:
    return rng.normal(size=3), float(rng.uniform(0.3, 3))


def count(rng: np.random.Generator) -> tuple[Any, ...]:
    return (int(rng.integers(4, 2000)),)


def formula(rng: np.random.Generator) -> tuple[Any, ...]:
    return (Formula(f"np.tanh({float(rng.choice([0.75, 1.25, 1.5, 0.5]))} * x)"),)
