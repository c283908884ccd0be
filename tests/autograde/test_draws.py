"""The numbers of the tests: what ``check`` shows is what grading gives, for every wrong answer of the catalogue."""

import dataclasses
import itertools

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.grading.test_cell import mixed_order
from autograde.judging.call import Outcome
from autograde.judging.draws import HIDDEN_SEED, PUBLIC_SEED, can_be_counted, failures, questions
from autograde.judging.exercise import Exercise
from autograde.judging.judge import judge

OTHER_SEEDS = range(2, 6)
SLOW = {"train", "Value", "worst_gradient", "second_moment_gain", "init_weights", "activation_grad", "correlation_step",
        "rescue"}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in CATALOGUE if name not in SLOW])
def test_wrong_answers_fail_the_same_in_check_and_in_grading(name: str) -> None:
    """Of the exercises left out here `autograde verify` tells."""
    exercise = CATALOGUE[name]
    public, hidden = (failures(exercise, questions(exercise, seed)) for seed in (PUBLIC_SEED, HIDDEN_SEED))
    assert {(exercise.misconceptions[i].name, place) for i, place in public ^ hidden} == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, e in CATALOGUE.items() if not e.needs and e.probe is None])
def test_who_replays_the_public_results_by_the_shapes_of_arguments_earns_little(name: str) -> None:
    exercise = CATALOGUE[name]
    known = dict[str, Outcome]()
    for _, args, expected in questions(exercise, PUBLIC_SEED):
        known.setdefault(_shapes(args), expected)

    def replay(*args: object) -> object:
        found = known.get(_shapes(args), next(iter(known.values())))
        if found.error is not None:
            raise type(found.error)
        return found.value

    for seed in (HIDDEN_SEED, *OTHER_SEEDS):
        assert judge(exercise, replay, seed=seed).share <= 0.1, seed


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, e in CATALOGUE.items() if not e.needs and e.probe is None])
def test_who_counts_the_calls_earns_little(name: str) -> None:
    """The public results one after the other, whatever the arguments: they come in another order."""
    exercise = CATALOGUE[name]
    public, hidden = (list(questions(exercise, seed)) for seed in (PUBLIC_SEED, HIDDEN_SEED))
    results = itertools.cycle([expected for _, _, expected in public])

    def count(*args: object) -> object:
        found = next(results)
        if found.error is not None:
            raise type(found.error)
        return found.value

    order = np.random.default_rng(0).permutation(len(hidden)).tolist() if can_be_counted(public, hidden) else []
    assert judge(exercise, count, seed=HIDDEN_SEED, order=order).share <= 0.2


def test_the_order_can_not_be_known_without_the_seed() -> None:
    orders = {tuple(mixed_order(30, "the same answer", seed)) for seed in range(20)}
    assert len(orders) == 20
    assert mixed_order(30, "the same answer", 7) == mixed_order(30, "the same answer", 7)
    assert mixed_order(30, "another answer", 7) != mixed_order(30, "the same answer", 7)


@pytest.mark.slow
def test_an_order_changes_no_report_but_that_of_who_counts() -> None:
    exercise = CATALOGUE["classify_stationary"]
    for source in [*exercise.alternates, *(mistake.wrong for mistake in exercise.misconceptions)]:
        answer = exercise.compile(source)
        usual = judge(exercise, answer, seed=HIDDEN_SEED)
        mixed = judge(exercise, answer, seed=HIDDEN_SEED, order=range(len(usual.trials) - 1, -1, -1))
        assert (mixed.share, mixed.cases) == (usual.share, usual.cases), source


def _shapes(value: object) -> str:
    if isinstance(value, list | tuple):
        return str([_shapes(part) for part in value])
    return str(np.shape(value)) if isinstance(value, np.ndarray) else ""


@pytest.mark.slow
@pytest.mark.parametrize("name", CATALOGUE)
def test_numbers_are_as_a_learner_would_write_them(name: str) -> None:
    """`4**-1` is an error for NumPy's integers, and the card shows them as `4`."""
    for case in CATALOGUE[name].cases:
        for args in case.draw(np.random.default_rng(0)):
            assert not any(isinstance(a, np.integer | np.float64) for a in args), case.label


def test_the_reference_is_asked_once(toy: Exercise) -> None:
    calls: list[tuple[object, ...]] = []

    def reference(*args: object) -> object:
        calls.append(args)
        return toy.reference(*args)

    exercise = dataclasses.replace(toy, reference=reference, given=toy.parameters)
    first, second = list(questions(exercise, 0)), list(questions(exercise, 0))
    assert len(calls) == len(first) == len(second)
    assert len([*first, *questions(exercise, 1)]) == len(calls)
