"""The verdict: which cases pass, how many points that is, and when judging stops."""

import dataclasses
import time
from typing import Any

import numpy as np
import pytest

from autograde.judging import judge as judging
from autograde.judging.call import Outcome
from autograde.judging.compare import tolerance_for
from autograde.judging.exercise import Case, Exercise, compile_answer
from autograde.judging.judge import HIDDEN_SEED, PUBLIC_SEED, judge, questions
from autograde.judging.report import INPUTS_KEPT
from autograde.judging.trials import problem_of
from autograde.runtime.timeout import OutOfTime

FIRST, SECOND = "numbers of both signs", "another slope"


def verdict(toy: Exercise, source: str, **options: Any) -> tuple[float, str, dict[str, str]]:
    report = judge(toy, compile_answer(source, "ramp"), **options)
    return report.share, report.outcome, report.cases


def test_a_right_answer_passes(toy: Exercise) -> None:
    report = judge(toy, toy.reference)
    assert (report.share, report.outcome, report.failure) == (1.0, "passed", None)
    assert set(report.cases) == {FIRST, SECOND, INPUTS_KEPT}
    assert set(report.cases.values()) == {"passed"}
    assert 0 < report.seconds < 1


def test_points_follow_the_weights(toy: Exercise) -> None:
    share, outcome, cases = verdict(toy, "def ramp(x, slope=2.0): return np.maximum(2 * x, 0)")
    assert cases == {FIRST: "passed", SECOND: "failed", INPUTS_KEPT: "passed"}
    assert (share, outcome) == (1 / 3, "partial")  # weights 1 and 2


def test_no_case_is_decisive(toy: Exercise) -> None:
    share, outcome, cases = verdict(toy, "def ramp(x, slope=1.0): return slope * np.maximum(x, 0)")
    assert cases == {FIRST: "failed", SECOND: "passed", INPUTS_KEPT: "passed"}
    assert (share, outcome) == (2 / 3, "partial")


def test_changed_arguments_cost_their_part(toy: Exercise) -> None:
    source = "def ramp(x, slope=2.0):\n    y = slope * np.maximum(x, 0)\n    x[:] = 0\n    return y"
    share, outcome, cases = verdict(toy, source)
    assert cases == {FIRST: "passed", SECOND: "passed", INPUTS_KEPT: "failed"}
    assert (share, outcome) == (3 / 4, "partial")


def test_changes_that_an_exercise_allows_cost_nothing(toy: Exercise) -> None:
    allowed = dataclasses.replace(toy, changes=("x",))
    assert verdict(allowed, "def ramp(x, slope=2.0): x[x < 0] = 0; return slope * x")[0] == 1.0


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("raise NotImplementedError", "missing"),
        ("raise KeyError(1)", "error"),
        ("raise SystemExit", "error"),
        ("return None", "failed"),
    ],
)
def test_what_became_of_it(toy: Exercise, body: str, outcome: str) -> None:
    share, found, cases = verdict(toy, f"def ramp(x, slope=2.0): {body}")
    assert (share, found) == (0.0, outcome)
    assert "passed" not in {cases[FIRST], cases[SECOND]}


def test_a_stub_is_called_once(toy: Exercise) -> None:
    calls = []

    def stub(*args: Any) -> None:
        calls.append(args)
        raise NotImplementedError

    judge(toy, stub)
    assert len(calls) == 1


def test_the_second_call_that_does_not_end_is_the_last(toy: Exercise) -> None:
    calls = []

    def endless(*args: Any) -> None:
        calls.append(args)
        while True:
            pass

    report = judge(toy, endless, seconds=0.5)
    assert (report.outcome, report.share, len(calls)) == ("timeout", 0.0, 2)
    assert report.cases == {FIRST: "failed", SECOND: "failed", INPUTS_KEPT: "not run"}
    assert report.failure is not None
    assert "while True" in report.failure.line or "pass" in report.failure.line


def test_an_endless_loop_costs_its_case_alone(toy: Exercise) -> None:
    source = "def ramp(x, slope=2.0):\n    while slope == 2.0: pass\n    return slope * np.maximum(x, 0)"
    share, outcome, cases = verdict(toy, source, seconds=0.5)
    assert (share, outcome) == (2 / 3, "partial")
    assert cases == {FIRST: "failed", SECOND: "passed", INPUTS_KEPT: "not run"}


def test_slow_but_right_is_not_passed(toy: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "SECONDS_PER_CHECK", 1.0)

    def slow(*args: Any) -> Any:
        time.sleep(0.6)
        return toy.reference(*args)

    report = judge(toy, slow)
    assert (report.outcome, report.share) == ("timeout", 0.0)
    assert report.failure is not None
    assert "2 of 6" in report.failure.advice


def test_the_seed_decides_the_numbers(toy: Exercise) -> None:
    def numbers(seed: int) -> list[Any]:
        return [args[0].tolist() for _, args, _ in questions(toy, seed)]

    assert numbers(PUBLIC_SEED) == numbers(PUBLIC_SEED)
    assert numbers(PUBLIC_SEED) != numbers(HIDDEN_SEED)
    assert len({str(n) for n in numbers(PUBLIC_SEED)}) == 6


def test_an_answer_cannot_spoil_the_next_question(toy: Exercise) -> None:
    """Arguments are copied for each call, so that the reference and the later calls see what was drawn."""

    def spoils(x: np.ndarray, slope: float = 2.0) -> np.ndarray:
        right = toy.reference(x.copy(), slope)
        x.fill(np.nan)
        return right

    assert judge(toy, spoils).cases == {FIRST: "passed", SECOND: "passed", INPUTS_KEPT: "failed"}


SPECIAL = "class Special(ValueError): pass\n"
ROOTS = {
    "def root(x):\n    if x < 0: raise ValueError\n    return x**0.5": 1.0,
    SPECIAL + "def root(x):\n    if x < 0: raise Special\n    return x**0.5": 1.0,
    "def root(x):\n    if x < 0: raise TypeError\n    return x**0.5": 1 / 2,
    "def root(x): return abs(x)**0.5": 1 / 2,
    "def root(x):\n    if x < 0: raise ValueError\n    return x": 1 / 2,
    "def root(x): raise ValueError": 0.0,
    SPECIAL + "def root(x): raise Special": 0.0,
}


def test_an_error_that_is_wanted() -> None:
    def root(x: float) -> float:
        if x < 0:
            raise ValueError("negative")
        return x**0.5

    cases = [Case("positive", [lambda rng: (4.0,)]), Case("negative", [lambda rng: (-4.0,)])]
    exercise = Exercise(root, cases, name="root")
    share = {source: judge(exercise, compile_answer(source, "root")).share for source in ROOTS}
    assert share == ROOTS


def test_a_call_that_does_not_end_is_no_error_where_one_is_asked_for() -> None:
    got = Outcome(error=OutOfTime())
    for expected in (Outcome(value=1.0), Outcome(error=ValueError())):
        found = problem_of(got, expected, tolerance_for(()))
        assert found is not None
        assert found.kind == "timeout"
