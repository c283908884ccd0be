"""Partial credit: it grows with every value that is right, is full where all are, and luck earns nothing."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.call import Outcome
from autograde.judging.compare import tolerance_for
from autograde.judging.credit import credit, parts_of, share
from autograde.judging.exercise import Case, Exercise, compile_answer
from autograde.judging.judge import PUBLIC_SEED, Question, judge, look_into, questions
from autograde.judging.report import INPUTS_KEPT, KINDS_KEPT
from autograde.judging.trials import Trial, run_trials
from autograde.judging.trials import problem_of as problem
from tests.support.exercises import exercises

QUICK = exercises(name for name in CATALOGUE if name != "train")


def points(exercise: Exercise, trials: Sequence[Trial]) -> float:
    return share(exercise, trials, {case.label: credit(case, trials) for case in exercise.cases})


def with_outcomes(asked: Sequence[Question], outcomes: Sequence[Outcome]) -> list[Trial]:
    """The trials of an answer of which these outcomes come."""
    trials = []
    for (case, args, expected), got in zip(asked, outcomes, strict=True):
        tol = tolerance_for(args)
        trials.append(Trial(case, args, expected, got, problem(got, expected, tol), parts_of(case, got, expected, tol)))
    return trials


def put_right(got: Any, expected: Any, rng: random.Random) -> Any:
    """The result with one of its wrong values, or all that it consists of, replaced by what is expected."""
    same_form = type(got) is type(expected) and isinstance(got, list | tuple) and len(got) == len(expected)
    if same_form and len(got) and rng.random() < 0.8:
        at = rng.randrange(len(got))
        parts = [put_right(g, e, rng) if i == at else g for i, (g, e) in enumerate(zip(got, expected, strict=True))]
        return type(got)(parts)
    if isinstance(got, dict) and isinstance(expected, dict) and got.keys() == expected.keys():
        at = rng.choice(list(got))
        return {k: expected[k] if k == at else v for k, v in got.items()}
    return expected


@pytest.mark.parametrize("name", QUICK)
def test_points_never_fall_when_one_more_value_is_put_right(name: str) -> None:
    exercise, rng = CATALOGUE[name], random.Random(name)
    asked = list(questions(exercise, PUBLIC_SEED))
    for mistake in rng.sample(list(exercise.misconceptions), min(3, len(exercise.misconceptions))):
        trials = list(run_trials(exercise, exercise.compile(mistake.wrong), asked, 0.3))
        look_into(trials)
        before = points(exercise, trials)
        order = rng.sample(range(len(trials)), len(trials))
        for i in order + order[::3]:
            old = trials[i]
            if old.problem is None and not old.got.changed:
                continue
            value = put_right(old.got.value, old.expected.value, rng) if old.got.error is None else old.expected.value
            got = replace(old.expected, value=value)
            tol = tolerance_for(old.args)
            parts = parts_of(old.case, got, old.expected, tol)
            trials[i] = Trial(old.case, old.args, old.expected, got, problem(got, old.expected, tol), parts)
            after = points(exercise, trials)
            assert after >= before - 1e-12, (mistake.name, i, old.case.label)
            assert (after == 1) == (
                len(trials) == len(asked) and all(t.problem is None and not t.got.changed for t in trials)
            )
            before = after


def filled(expected: Any, number: float) -> Any:
    """A result of the right form with one number everywhere."""
    if isinstance(expected, dict):
        return {key: filled(value, number) for key, value in expected.items()}
    if isinstance(expected, list | tuple):
        return type(expected)(filled(value, number) for value in expected)
    if expected is None or isinstance(expected, str):
        return None
    return np.full(np.shape(expected), number)


OBSERVED = {
    "init_weights",
    "minibatches",
    "train",
    "rescue",
}  # what is compared is said about the answer, not returned by it
CONSTANT = {"findings"}  # the answer is one report, of which each case asks for another part


@pytest.mark.parametrize("name", [name for name in QUICK if name.values[0] not in OBSERVED | CONSTANT])
def test_answers_that_look_at_nothing_earn_nothing(name: str) -> None:
    """Always the same result, whichever; zeros, ones of the right shape; an argument, or some; a ValueError."""
    exercise = CATALOGUE[name]
    asked = list(questions(exercise, 1))
    alike = [[Outcome(filled(expected.value, number)) for *_, expected in asked] for number in (0.0, 1.0, -1.0, 0.5)]
    alike += [[expected] * len(asked) for *_, expected in asked[::2]]
    alike += [[Outcome()] * len(asked), [Outcome(error=ValueError())] * len(asked)]
    most = max(len(args) for _, args, _ in asked)
    for count in (1, 2):
        for picked in itertools.permutations(range(most), count):
            given = [tuple(args[i] if i < len(args) else None for i in picked) for _, args, _ in asked]
            alike.append([Outcome(values if count > 1 else values[0]) for values in given])
    for outcomes in alike:
        assert points(exercise, with_outcomes(asked, outcomes)) == 0, outcomes[0]


# --- by hand


def moments(x: np.ndarray) -> tuple[float, float, list[np.ndarray]]:
    return float(x.mean()), float(x.var()), [x - 1, x + 1, 2 * x]


def _numbers(rng: np.random.Generator) -> tuple[Any, ...]:
    return (rng.normal(size=4),)


MOMENTS = Exercise(moments, [Case("some", [_numbers]), Case("others", [_numbers])], name="moments")


@pytest.mark.parametrize(
    ("returned", "earned"),
    [
        ("x.mean(), x.var(), [x - 1, x + 1, 2 * x]", 1),
        ("x.mean(), x.var(), [2 * x, x + 1, x - 1]", 2 / 3 + 1 / 9),
        ("x.mean(), x.var(), [x - 1, x + 1]", 2 / 3 + 2 / 9),
        ("x.mean(), x.var(), [x - 1, x + 1, 2 * x, x]", 2 / 3),
        ("x.mean(), x.var(), None", 2 / 3),
        ("x.mean(), x.var()", 2 / 3),
        ("x.mean()", 1 / 3),
        ("x.mean(), x.var()[None], [x - 1, x + 1, 2 * x]", 2 / 3),
        ("x.var(), x.mean(), [x - 1, x + 1, 2 * x]", 1 / 3),
        ("x.mean(), 0.0, []", 1 / 3),
        ("x.mean(), x.var(), [x - 1, x + 1, 2 * x], 0", 0),
        ("x", 0),
        ("x * 0", 0),
    ],
)
def test_each_value_at_its_place_earns_its_share(returned: str, earned: float) -> None:
    found = judge(MOMENTS, compile_answer(f"def moments(x): return {returned}", "moments")).share
    assert found == pytest.approx(earned)


def positive(x: np.ndarray) -> np.ndarray:
    return (x > 0).astype(int)


@pytest.mark.parametrize("kind", ["bool", "float"])
def test_numbers_of_another_kind_cost_a_case(kind: str) -> None:
    cases = [Case("some", [_numbers]), Case("others", [_numbers])]
    exercise = Exercise(positive, cases, name="positive", integers=True)
    report = judge(exercise, compile_answer(f"def positive(x): return (x > 0).astype({kind})", "positive"))
    assert report.cases == {"some": "passed", "others": "passed", INPUTS_KEPT: "passed", KINDS_KEPT: "failed"}
    assert (report.outcome, report.share) == ("partial", pytest.approx(2 / 3))
    assert report.failure is not None
    assert (report.failure.case, report.failure.kind) == (KINDS_KEPT, "dtype")
    both = compile_answer(f"def positive(x): x *= 2; return (x > 0).astype({kind})", "positive")
    assert judge(exercise, both).share == pytest.approx(1 / 3)


def is_sorted(x: np.ndarray) -> bool:
    return bool((np.diff(x) >= 0).all())


def _some(rng: np.random.Generator) -> tuple[Any, ...]:
    x = rng.normal(size=4)
    return (np.sort(x) if rng.random() < 0.5 else np.sort(x)[::-1],)


YES_NO = Exercise(
    is_sorted,
    [
        Case("both", [lambda rng: (np.sort(rng.normal(size=4)),), lambda rng: (-np.sort(rng.normal(size=4)),)], 4),
        Case("falling", [lambda rng: (-np.sort(rng.normal(size=4)),)], 4),
        Case("ends in order, middle not", [lambda rng: (np.array([1.0, 3, 2, 4]) + rng.normal(),)], 4),
    ],
    name="is_sorted",
)


@pytest.mark.parametrize(
    ("returned", "earned", "falling"),
    [
        ("bool((np.diff(x) >= 0).all())", 1, "passed"),
        ("False", 0, "not counted"),
        ("True", 0, "failed"),
        ("bool(x[0] <= x[-1])", 2 / 3, "passed"),
        ("bool(x[0] <= x[1])", 2 / 3, "passed"),
        ("bool((np.diff(x) <= 0).all())", 0, "failed"),
    ],
)
def test_what_a_case_always_expects_counts_for_who_tells_it_apart(returned: str, earned: float, falling: str) -> None:
    report = judge(YES_NO, compile_answer(f"def is_sorted(x): return {returned}", "is_sorted"))
    assert (report.share, report.cases["falling"]) == (pytest.approx(earned), falling)
