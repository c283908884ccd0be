"""The exercises of notebook 08: what a report earns, and what is said of networks that don't read."""

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.exercises.support.rescued import TIERS, digits, learning, rightly
from autograde.judging.diagnosis.repair.search import is_looked_into
from autograde.judging.exercise import variant
from autograde.judging.judge import HIDDEN_SEED, PUBLIC_SEED, judge
from mlp_reference import findings, reader

TRUTH = findings()


def report(said):
    return judge(CATALOGUE["findings"], lambda: said)


@pytest.mark.parametrize("word", reader.FAULTS)
def test_a_report_that_says_the_same_of_all_earns_nothing(word):
    assert report(dict.fromkeys(TRUTH, word)).share == 0


def test_each_word_earns_its_share():
    assert report(TRUTH).share == 1
    for part in TRUTH:
        lost = 1 - report(TRUTH | {part: "order"}).share
        assert lost == pytest.approx(1 / 8)
    two_wrong = report(TRUTH | {"two_parts": "right", "through_tanh": "right"})
    assert two_wrong.share == pytest.approx(1 - 2 / 8)
    assert two_wrong.failure.diagnosis == "two_parts is called right"


def test_what_is_right_counts_for_whoever_has_found_faults():
    said = dict.fromkeys(TRUTH, "right") | {"two_parts": "order"}
    assert report(said).share == 0
    shares = []
    for part, word in TRUTH.items():
        said[part] = word
        shares.append(report(said).share)
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_who_accuses_what_is_right_pays_for_it():
    accused = report(TRUTH | {"forward": "transpose", "backward": "slope", "batches": "leak"})
    assert accused.share == pytest.approx(5 / 8)


def test_what_is_not_asked_for_costs_nothing():
    assert report(TRUTH | {"train": "right", "read": "right"}).share == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (TRUTH | {"two_parts": "leek"}, "'leek' is none of the eight words"),
        (TRUTH | {"two_part": "leak"}, "'two_part' is none of the eight functions"),
        ([*TRUTH], "a dictionary from names to words should come back"),
        (TRUTH | {"batches": None}, "None is none of the eight words"),
    ],
)
def test_what_is_no_report_is_told(said, told):
    assert told in report(said).failure.advice


@cache  # each trains networks for seconds
def rescued(*edits, seed=PUBLIC_SEED):
    exercise = CATALOGUE["rescue"]
    return judge(exercise, exercise.compile(variant(exercise.alternates[0], *edits)), seed=seed)


@pytest.mark.parametrize("seed", [PUBLIC_SEED, HIDDEN_SEED])
def test_what_is_not_trained_earns_nothing(seed):
    found = rescued(("range(15)", "range(0)"), seed=seed)
    assert found.share == 0
    assert found.failure.diagnosis == "nothing is learned from the labels"


@pytest.mark.slow
def test_a_second_mean_is_seen_whatever_the_network_reads():
    """In grading; the catalogue holds this answer, which is proven on the numbers that learners see."""
    found = rescued(("h.T @ G", "h.T @ G / len(y)"), seed=HIDDEN_SEED)
    assert found.share <= 1 / 3
    assert found.failure.diagnosis == "the weights move too little beside the biases"


@pytest.mark.slow
def test_one_epoch_is_not_enough():
    assert rescued(("range(15)", "range(1)")).share <= 2 / 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "step", ["p -= lr * np.clip(g, -1, 1)", "p -= lr * (g + 1e-4 * p)", "p -= 0.002 * (1 - epoch / 15) * np.sign(g)"]
)
def test_steps_of_weights_and_biases_fit_together_whatever_is_made_of_gradients(step):
    exercise = CATALOGUE["rescue"]
    answer = exercise.compile(variant(exercise.alternates[0], ("p -= lr * g", step)))
    sizes = [64, *[12] * 29, 10]
    assert learning(answer, sizes, np.random.default_rng(0)) == rightly(small=True)


def test_who_standardizes_once_more_is_right():
    exercise = CATALOGUE["rescue"]
    more = ("    Ws = [", "    X = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-3); Ws = [")
    answer = exercise.compile(variant(exercise.alternates[0], more))
    assert learning(answer, [64, *[12] * 29, 10], np.random.default_rng(0)) == rightly(small=True)


@pytest.mark.slow
def test_a_result_of_luck_is_not_looked_into():
    """A line that is right would be told to be wrong, where a training that was made anew came out better."""
    found = rescued(("range(15)", "range(1)"))
    assert found.failure.trial.case.chance
    assert not is_looked_into(replace(found.failure, diagnosis=""))
    assert is_looked_into(replace(found.failure, diagnosis="", trial=found.trials[0]))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.slow
def test_a_training_by_the_recipe_reads(seed):
    """``rescued`` says how often; here the reference itself, which ``check`` never trains."""
    (X, y), (X_new, y_new) = digits()
    Ws, bs = reader.rescue(X, y, [64, *[56] * 29, 10], np.random.default_rng(seed))
    H = X_new
    for W, b in zip(Ws, bs, strict=True):
        Z = H @ W + b
        H = np.tanh(Z)
    assert 100 * (Z.argmax(axis=1) == y_new).mean() >= TIERS[-1]


def _wandering(rng: np.random.Generator, order: Any, sizes: list[int], y: Any) -> Any:
    """Weights of these sizes that depend on a generator, on an order and on the labels."""
    pairs = [*pairwise(sizes)]
    shift = float(np.dot(order, y)) + 1
    return [rng.normal(size=pair) / shift for pair in pairs], [np.ones(d) / shift for _, d in pairs]


@pytest.mark.parametrize(
    ("order", "weights", "said"),
    [
        (lambda rng: rng, lambda rng: rng, "from rng"),
        (lambda _: np.random, lambda rng: rng, "not from rng"),
        (lambda rng: rng, lambda _: np.random, "not from rng"),
        (lambda _: np.random.default_rng(), lambda rng: rng, "not from rng"),
        (lambda _: np.random.default_rng(8), lambda _: np.random.default_rng(8), "don't depend on rng"),
    ],
)
def test_numbers_from_elsewhere_are_seen_wherever_they_are_drawn(order, weights, said):
    def rescue(X, y, sizes, rng):
        return _wandering(weights(rng), order(rng).permutation(len(y)), sizes, y)

    assert learning(rescue, [64, *[12] * 29, 10], np.random.default_rng(0))["random numbers"] == said
