"""Diagnosis by repair in grading: told to learner and instructor, once for each answer, and never in the way of grades."""

import ast
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograde import cli
from autograde.grading import wrong_answers
from autograde.grading.wrong_answers import WrongAnswer, parts_of, wrong_answer
from autograde.judging.call import attempt
from autograde.sandbox.connection import Ended
from autograde.sandbox.session import Limits, Zygotes
from tests.autograde.handed_in import ASSIGNMENT, hand_in, results, written
from tests.support.programs import require_program

pytestmark = [pytest.mark.timeout(300), pytest.mark.slow]
IMPORT = "import numpy as np"
SLIP = """def perceptron_step(x, y, w, b, eta=1.0):
    yhat = 1 if x @ w + b > 0 else 0
    delta = eta * (y - yhat)
    return w + delta * x, b + delta * {}"""


@pytest.fixture(autouse=True)
def sandbox() -> None:
    require_program("bwrap", "bubblewrap")


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrong_answers, "SECONDS", 30.0)  # a busy machine


def test_the_line_is_told_to_learner_and_instructor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for student in ("ada", "bob", "cleo"):
        hand_in(tmp_path, student, written(perceptron_step=SLIP.format("eta")))
    hand_in(tmp_path, "dora", written())
    assert cli.main(["grade", ASSIGNMENT, "--course", str(tmp_path), "--workers", "1"]) == 0
    assert "3 of 4  perceptron_step: a term too many, in the line of a `return`" in capsys.readouterr().out
    assert cli.main(["feedback", "--course", str(tmp_path)]) == 0
    page = next((tmp_path / "feedback" / "ada").rglob("*.html")).read_text(encoding="utf-8")
    assert "Where to look:" in page
    assert "Line 4" in page
    assert "<details><summary>If that is not enough</summary>" in page


def test_an_answer_is_looked_into_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = []
    monkeypatch.setattr(wrong_answers, "MOST_SECONDS", 0.0)  # no time: the command for feedback goes on with it
    for student in ("ada", "bob"):
        hand_in(tmp_path, student, written(perceptron_step=SLIP.format("eta")))
    arguments = [ASSIGNMENT, "--course", str(tmp_path)]
    assert cli.main(["grade", *arguments, "--workers", "1"]) == 0
    assert not results(tmp_path)["ada"].exercises["perceptron_step"].looked_into
    monkeypatch.setattr(wrong_answers, "MOST_SECONDS", 60.0)
    into = wrong_answers.look_into

    def counted(book, names, do, limits):  # type: ignore[no-untyped-def]
        return into(book, names, lambda answers: do(done.append(a) or a for a in answers), limits)

    monkeypatch.setattr("autograde.grading.run.look_into", counted)
    assert cli.main(["feedback", *arguments]) == 0
    hand_in(tmp_path, "cleo", written(perceptron_step=SLIP.format("eta")))
    assert cli.main(["grade", *arguments, "--workers", "1"]) == 0
    assert {r.exercises["perceptron_step"].brief for r in results(tmp_path).values()} == {
        "a term too many, in the line of a `return`"
    }
    assert len(done) == 1


def test_two_known_mistakes_are_named(zygotes: Zygotes) -> None:
    """After the grades: to put all pairs of mistakes together takes longer than to judge an answer."""
    text = """def mistake_bound(X, y, w_star, b_star):
    X1 = np.column_stack([X, np.ones(len(X))])
    margins = (2 * y - 1) * (X @ w_star)
    gamma = margins.min() / np.linalg.norm(np.append(w_star, b_star))
    if gamma <= 0:
        return float("inf")
    return (np.linalg.norm(X1, axis=1).max() / gamma) ** 2"""
    told = WrongAnswer(ASSIGNMENT, "mistake_bound", (IMPORT, text), (text,)).done(zygotes)
    assert set(told.diagnosis.split("; and ")) == {
        "the bias is left out of the margin", "returns nan or inf instead of raising",
    }  # fmt: skip
    assert told.news["advice"].startswith("Two mistakes.")


BOUND = """def mistake_bound(X, y, w_star, b_star):
    gamma = ((2 * y - 1) * (X @ w_star + b_star)).min()
    if gamma <= 0:
        raise ValueError("no separator")
    R = 0
    for row in X:{}
        R = max(R, sum(abs(row)) + 1)
    gamma = gamma / (abs(b_star) + sum(abs(w_star)))
    return (R / gamma) ** 2"""


def looked_into(text: str, zygotes: Zygotes) -> wrong_answers.Told:
    return WrongAnswer(ASSIGNMENT, "mistake_bound", (IMPORT, text), (text,), seconds=0.5).done(zygotes)


def test_where_no_change_mends_it_other_arguments_are_tried(zygotes: Zygotes) -> None:
    told = looked_into(BOUND.format(""), zygotes)
    assert (told.slip, told.diagnosis) == ("", "")
    assert told.question.startswith("In all 28 calls that go wrong your result is too large")
    assert told.news["question"] == told.question


def test_of_a_process_that_ended_when_it_was_tried_nothing_is_told(
    zygotes: Zygotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(_exercise: object, _trials: object, _failure: object, fn: Any) -> str:
        tried.append(attempt(fn, (np.full((2, 2), 1e6), np.ones(2), np.ones(2), 0.0)).error)
        return "It does nothing."

    tried = list[Any]()
    monkeypatch.setattr(wrong_answers, "what_others_show", shown)
    trap = "\n        if abs(row[0]) > 1e5:\n            import os; os._exit(3)"
    assert looked_into(BOUND.format(trap), zygotes).question == ""
    assert isinstance(tried[0], Ended)
    assert looked_into(BOUND.format(""), zygotes).question == "It does nothing."


@pytest.mark.parametrize("trap", [
    "import os; os._exit(3)", "while True: pass", "raise SystemExit", "globals().clear()",
])  # fmt: skip
def test_an_answer_that_ends_its_process_is_given_up(trap: str, zygotes: Zygotes) -> None:
    text = f"calls = []\n{SLIP.format('eta')}".replace(
        "    yhat", f"    calls.append(0)\n    if len(calls) > 40: {trap}\n    yhat", 1
    )
    answer = WrongAnswer(ASSIGNMENT, "perceptron_step", (IMPORT, text), (text,), seconds=2.0)
    assert answer.done(zygotes).key == answer.key


def test_what_an_answer_needs_is_found_and_the_course_is_not_the_learner() -> None:
    cells = [IMPORT, "def helper(v):\n    return v > 0", "print(1)", "def perceptron_step(x): return helper(np.abs(x))"]
    answer = wrong_answer(ASSIGNMENT, "perceptron_step", cells, {cells[1]}, Limits())
    assert answer is not None
    assert answer.own == (cells[0], cells[3])
    assert answer.texts == (cells[0], cells[1], cells[3])
    assert [part.name for part in parts_of(answer.own, "perceptron_step", ())] == ["perceptron_step"]


def test_code_that_is_nested_deeply_is_left_alone() -> None:
    text = "def perceptron_step(x):\n    return " + "-" * 5_000 + "x"
    with pytest.raises((RecursionError, MemoryError, SyntaxError)):
        ast.unparse(ast.parse(text))
    zygotes = Zygotes()
    try:
        assert WrongAnswer(ASSIGNMENT, "perceptron_step", (text,), (text,)).done(zygotes).question == ""
    finally:
        zygotes.close()
