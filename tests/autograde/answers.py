"""Answers to the exercises of the first notebook, wrong ones among them, and the points that each earns."""

import random
from functools import cache

from autograde.exercises import CATALOGUE
from autograde.judging.exercise import compile_answer
from autograde.judging.judge import HIDDEN_SEED, judge
from tests.autograde.books import POINTS

STUB = "def {0}(*args, **kwargs):\n    raise NotImplementedError()"
MISTAKES = {  # of each exercise a wrong answer, most of which earn something
    "perceptron_predict": "the boundary counts as class 1",
    "perceptron_step": "the caller's weights are changed in place",
    "perceptron_fit": "one epoch more than max_epochs",
    "mistake_bound": "the quotient is not squared",
    "certifies_nonseparable": "weights that are all zero are accepted",
}
_WRONG_PER_EXERCISE = 4


def misconception(name: str, title: str) -> str:
    """The wrong answer of the catalogue that has a title."""
    return next(m.wrong for m in CATALOGUE[name].misconceptions if m.name == title)


@cache
def earned(name: str, source: str) -> float:
    """The points that the catalogue gives to an answer, without a sandbox; the grade must be the same."""
    share = judge(CATALOGUE[name], compile_answer(source, name), seed=HIDDEN_SEED).share
    return round(POINTS[name] * share, 2)


def wrong_answers(name: str) -> list[str]:
    """Answers to an exercise that are not right, or none at all."""
    sources = [m.wrong for m in CATALOGUE[name].misconceptions]
    return [*random.Random(name).sample(sources, _WRONG_PER_EXERCISE), STUB.format(name)]


def answers(student: str) -> tuple[dict[str, str], dict[str, float]]:
    """What a student wrote instead of the right answers, and the points of all tests."""
    rng = random.Random(student)
    wrong = {name: rng.choice(wrong_answers(name)) for name in POINTS if rng.random() < 0.4}
    points = {f"test_{name}": earned(name, wrong[name]) if name in wrong else full for name, full in POINTS.items()}
    return wrong, points
