"""What an answer is must not count, only what it gives: right answers wrapped and handed over in odd forms all pass."""

import functools
import math
import random
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.exercise import Exercise, Together
from autograde.judging.judge import judge
from tests.support.exercises import SLOWEST, exercises

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
CLASSES = {"Value", "Dual"}
CACHES = {"affine_forward", "mlp_forward"}  # whose second value belongs to the answer
EXACT = (Fraction, Decimal)
INTEGERS = (np.int8, np.int16, np.uint32, np.int64, int)


def _holds(kind: Any, value: int) -> bool:
    return kind is int or np.iinfo(kind).min <= value <= np.iinfo(kind).max


def changed(value: Any, how: random.Random) -> Any:
    """The same value in another form that the text allows."""
    if isinstance(value, tuple | list):
        parts = [changed(part, how) for part in value]
        return how.choice((tuple, list))(parts)
    if isinstance(value, bool | np.bool_ | str) or value is None:
        return np.bool_(value) if isinstance(value, bool) and how.random() < 0.5 else value
    if isinstance(value, int | np.integer):
        return how.choice([kind for kind in INTEGERS if _holds(kind, int(value))])(value)
    if isinstance(value, float | np.floating):
        kept = (
            [float, np.asarray]
            if getattr(value, "dtype", None) == np.float32
            else [float, np.float64, np.asarray, np.longdouble, *EXACT * math.isfinite(value)]
        )
        return how.choice(kept)(value)
    if isinstance(value, np.ndarray) and value.ndim:
        return how.choice((np.asfortranarray, twice_as_large, sealed, np.ascontiguousarray))(value)
    return value


def twice_as_large(a: np.ndarray) -> np.ndarray:
    """A view of every second entry of a larger array."""
    wide = np.full((*a.shape[:-1], 2 * a.shape[-1]), 7, dtype=a.dtype)
    wide[..., ::2] = a
    return wide[..., ::2]


def sealed(a: np.ndarray) -> np.ndarray:
    a = a.copy()
    a.flags.writeable = False
    return a


def as_object(fn: Callable[..., Any]) -> Callable[..., Any]:
    class Answer:
        def __call__(self, *args: Any, **options: Any) -> Any:
            return fn(*args, **options)

    return Answer()


def as_method(fn: Callable[..., Any]) -> Callable[..., Any]:
    class Answers:
        def give(self, *args: Any, **options: Any) -> Any:
            return fn(*args, **options)

    return Answers().give


def as_decorated(fn: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(fn)
    def answer(*args: Any, **options: Any) -> Any:
        return fn(*args, **options)

    return answer


def as_lambda(fn: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **options: fn(*args, **options)


WRAPS: list[Wrap] = [as_object, as_method, as_decorated, as_lambda, functools.partial, np.errstate(all="ignore")]


def in_another_form(exercise: Exercise, source: str, how: random.Random) -> Any:
    answer = exercise.compile(source)
    if isinstance(answer, Together):
        own = other(answer[exercise.name], how, how.random() < 0.8)
        return Together(exercise.name, {**answer, exercise.name: own})
    return other(answer, how, exercise.name not in CACHES)


def other(fn: Callable[..., Any], how: random.Random, result: bool) -> Callable[..., Any]:
    form = how.choice(WRAPS)(fn)
    if not result:
        return form

    def answer(*args: Any, **options: Any) -> Any:
        return changed(form(*args, **options), how)

    return how.choice(WRAPS)(answer)


NAMES = [n for n in CATALOGUE if n not in CLASSES]


@pytest.mark.parametrize("name", exercises(NAMES))
def test_a_right_answer_passes_in_any_form(name: str) -> None:
    exercise, how = CATALOGUE[name], random.Random(name)
    for source in how.sample(list(exercise.alternates), 1 if name in SLOWEST else 3):
        report = judge(exercise, in_another_form(exercise, source, how))
        assert report.share == 1.0, (source, report.failure)
        assert report.failure is None
