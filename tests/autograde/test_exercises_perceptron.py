"""The exercises of notebook 01: random right answers pass, random wrong ones don't, on any numbers.

Answers are put together from pieces. Right pieces stand for each other, so all combinations are right; a wrong answer
has one piece that gives other values, by the contract, than the right ones.
"""

import itertools
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from autograde.exercises import CATALOGUE
from autograde.judging.exercise import compile_answer
from autograde.judging.judge import Question, judge, questions
from autograde.judging.trials import run_trials
from tests.support.properties import examples

SEEDS = st.integers(0, 10_000)
FACTORS = st.sampled_from([-2.0, -1.0, -0.5, 0.0, 0.5, 0.9, 1.0, 1.1, 2.0, 3.0])
ANSWERS = tomllib.loads((Path(__file__).parent / "perceptron_answers.toml").read_text(encoding="utf-8"))
RIGHT = {name: (answer["form"], answer["right"]) for name, answer in ANSWERS.items()}


def filled(form: str, pieces: Mapping[str, str]) -> str:
    """The form with its words in capitals replaced, also those inside other pieces."""
    for _ in range(3):
        for word, piece in pieces.items():
            form = form.replace(word, piece)
    return form


def plainest(name: str, other: Mapping[str, str] | None = None) -> str:
    """The answer of the first pieces, but for the ``other`` ones."""
    form, pieces = RIGHT[name]
    return filled(form, {word: options[0] for word, options in pieces.items()} | dict(other or {}))


@lru_cache(maxsize=64)
def asked(name: str, seed: int) -> list[Question]:
    """The questions of a test with the right answers, found once for all pieces."""
    return list(questions(CATALOGUE[name], seed))


def passes(name: str, source: str, seed: int) -> bool:
    """Whether all calls go well; the first that does not is enough, without a diagnosis."""
    trials = run_trials(CATALOGUE[name], compile_answer(source, name), asked(name, seed))
    return all(trial.problem is None and not trial.got.changed for trial in trials)


@pytest.mark.parametrize("name", RIGHT)
def test_every_right_piece_passes(name: str) -> None:
    """Each piece once, in the company of the first ones."""
    for word, options in ANSWERS[name]["right"].items():
        for option in options:
            source = plainest(name, {word: option})
            assert passes(name, source, 0), source


@pytest.mark.parametrize("name", RIGHT)
@given(data=st.data(), seed=SEEDS)
@examples(8)
def test_random_right_answers_pass(name: str, data: st.DataObject, seed: int) -> None:
    form, pieces = RIGHT[name]
    source = filled(form, {word: data.draw(st.sampled_from(options), label=word) for word, options in pieces.items()})
    assert passes(name, source, seed), source


PLANTED = [
    (name, word, piece)
    for name, answer in ANSWERS.items()
    for word, pieces in answer["wrong"].items()
    for piece in pieces
]


@pytest.mark.parametrize(("name", "word", "piece"), PLANTED)
def test_every_wrong_piece_is_caught(name: str, word: str, piece: str) -> None:
    source = plainest(name, {word: piece})
    assert [seed for seed in range(5) if passes(name, source, seed)] == [], source


@given(data=st.data(), seed=SEEDS)
@examples(50)
def test_random_wrong_answers_are_caught(data: st.DataObject, seed: int) -> None:
    name, word, piece = data.draw(st.sampled_from(PLANTED))
    form, pieces = RIGHT[name]
    chosen = {w: data.draw(st.sampled_from(options), label=w) for w, options in pieces.items()}
    source = filled(form, {**chosen, word: piece})
    report = judge(CATALOGUE[name], compile_answer(source, name), seed=seed)
    assert report.failure is not None, source
    assert report.share < 1
    assert report.failure.advice or report.failure.kind == "exception"


@given(weights=FACTORS, bias=FACTORS, seed=SEEDS)
@examples(25)
def test_a_step_of_any_other_length_is_caught(weights: float, bias: float, seed: int) -> None:
    source = plainest("perceptron_step")
    source = source.replace("d * x", f"{weights} * d * x").replace("b + d", f"b + {bias} * d")
    assert passes("perceptron_step", source, seed) == (weights == bias == 1)


@given(power=st.sampled_from([0.5, 1, 1.5, 2, 2.5, 3]), one=FACTORS, seed=SEEDS)
@examples(25)
def test_a_bound_with_another_power_or_another_1_is_caught(power: float, one: float, seed: int) -> None:
    source = plainest("mistake_bound")
    source = source.replace("** 2", f"** {power}").replace("(X**2).sum(1) + 1)", f"(X**2).sum(1) + {one})")
    assume(one >= 0)
    assert passes("mistake_bound", source, seed) == (power == 2 and one == 1)


def test_natural_single_precision_is_accepted() -> None:
    """Weights divided by their sum in float32, where the inputs are float32."""
    source = """
def certifies_nonseparable(X, y, lam):
    total = np.sum(lam)
    if not total > 0:
        return False
    p, s = lam / total, 2 * y - 1
    gap = np.append((p * s) @ X, (p * s).sum())
    return bool((p >= -1e-9).all() and np.abs(gap).max() <= 1e-9 * max(1, np.abs(X).max()))
"""
    assert all(passes("certifies_nonseparable", source, seed) for seed in range(20))


@pytest.mark.parametrize("name", RIGHT)
def test_the_cases_ask_for_different_things(name: str) -> None:
    """No two calls of a test are the same, and no array has as many rows as columns, where axes could be mixed up."""
    calls = [args for _, args, _ in questions(CATALOGUE[name], 0)]
    texts = [repr(args) for args in calls]
    assert len(set(texts)) >= 0.9 * len(texts)
    matrices = [a for args in calls for a in args if isinstance(a, np.ndarray) and a.ndim == 2]
    assert sum(m.shape[0] == m.shape[1] for m in matrices) <= len(matrices) / 4


def test_pieces_are_independent() -> None:
    """A word of a form must not be part of another one, or it would be replaced there too."""
    for form, pieces in RIGHT.values():
        assert all(word in form or any(word in p for options in pieces.values() for p in options) for word in pieces)
        assert not any(a in b for a, b in itertools.permutations(pieces, 2) if len(a) > 1)
