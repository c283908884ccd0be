"""What a learner alone has: predictions kept, recall of what was missed, model answers after one's own, a calm error."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import autograde
from autograde import check, predict, progress, recall, review, solution
from autograde.exercises import ASSIGNMENTS, CATALOGUE, STARRED
from autograde.judging.card import as_text
from autograde.judging.judge import judge
from autograde.learner.pages import next_step
from autograde.learner.recalling import MOST, chosen, same_values
from autograde.learner.state import facts, progress_file

NOTEBOOKS = list(ASSIGNMENTS)


def missed(name: str) -> None:
    asks = facts.course()["predictions"][name]["asks"]
    entry = {"guess": ["x" for _ in asks], "stage": "compared", "verdict": [False for _ in asks]}
    progress_file.keep("predictions", name, entry)


def test_a_guess_is_kept_and_comes_back() -> None:
    sheet = predict("one_update")
    assert (sheet.stage, sheet.guess) == ("open", [])
    sheet.guess, sheet.stage = ["not always"], "kept"
    again = predict("one_update")
    assert (again.stage, again.guess) == ("kept", ["not always"])
    assert "predictions: 1 of 18 made" in repr(progress())
    assert "yes, no?" in repr(predict("false_certificate")), "words where no widget runs"


def test_a_guess_to_other_questions_than_now_is_not_shown() -> None:
    progress_file.keep("predictions", "one_update", {"guess": ["a", "b"], "stage": "kept", "verdict": []})
    assert predict("one_update").stage == "open"


@pytest.mark.parametrize("call", [predict, review, solution])
def test_unknown_names_are_told(call: Any) -> None:
    with pytest.raises(ValueError, match="choose one of"):
        call("nothing")


@pytest.mark.parametrize("number", [0, 99, "2", None])
def test_recall_of_a_notebook_that_is_not_there(number: Any) -> None:
    if number is None:
        assert recall().asks == []  # the first one has none before it
    else:
        with pytest.raises(ValueError, match="expected the number of a notebook"):
            recall(number)


@pytest.mark.parametrize("notebook", NOTEBOOKS[1:])
def test_recall_goes_back_at_growing_distance_and_mixes_kinds(notebook: str) -> None:
    items = chosen(notebook, progress_file.read())
    assert len(items) == MOST
    assert all(item.notebook < notebook for item in items)
    distances = [NOTEBOOKS.index(notebook) - NOTEBOOKS.index(item.notebook) for item in items]
    assert distances[0] == 1
    assert len({item.ask["kind"] for item in items}) >= 4
    if len({item.notebook for item in items}) > 1:
        assert max(distances) == min(NOTEBOOKS.index(notebook), MOST)


def test_what_was_missed_comes_first_and_what_is_right_goes_to_the_end() -> None:
    missed("one_update")
    first = [item.key for item in chosen(NOTEBOOKS[1], progress_file.read())]
    assert first[0].startswith("one_update")
    assert "Predicted in 01" in recall(2).asks[0]["label"]
    progress_file.keep("recall", first[0], {"right": True, "box": 1})
    for key in first[1:]:
        progress_file.keep("recall", key, {"right": True, "box": 1})
    second = [item.key for item in chosen(NOTEBOOKS[1], progress_file.read())]
    pool = len(facts.course()["recall"][NOTEBOOKS[0]])
    assert len(set(second) - set(first)) == min(MOST, pool - 4)
    progress_file.keep("recall", second[-1], {"right": False, "box": 0})
    assert chosen(NOTEBOOKS[1], progress_file.read())[0].key == second[-1]


def test_recall_keeps_what_was_right() -> None:
    sheet = recall(2)
    sheet.guess = [ask["answer"] if ask["kind"] == "code" else None for ask in sheet.asks]
    sheet.verdict = [None for _ in sheet.asks]
    sheet.stage = "compared"
    kinds = [ask["kind"] for ask in sheet.asks]
    assert [v for v, kind in zip(sheet.verdict, kinds, strict=True) if kind == "code"] == [True]
    assert [entry["box"] for entry in progress_file.read()["recall"].values()] == [1]


@pytest.mark.parametrize(
    ("guess", "right"),
    [
        ("np.maximum(0, y)", True),
        ("y * (y > 0)", True),
        ("(abs(y) + y) / 2", True),
        ("lambda y: np.clip(y, 0, None)", True),
        ("[max(t, 0) for t in y]", True),
        ("max(y, 0)", False),
        ("y", False),
        ("0", False),
        ("", False),
        ("y +", False),
        ("nothing", False),
        ("1 / 0 * y", False),
        ("[t for t in iter(int, 1)]", False),
        ("'y'", False),
    ],
)
def test_one_line_is_judged_by_its_values(guess: str, right: bool) -> None:
    assert same_values("np.maximum(y, 0)", guess) is right


def test_the_courses_own_lines_are_right() -> None:
    codes = [a["answer"] for asks in facts.course()["recall"].values() for a in asks if a["kind"] == "code"]
    assert len(codes) >= 5
    assert all(same_values(code, code) for code in codes)


def perceptron_predict(X, w, b):  # type: ignore[no-untyped-def]
    return (X @ w + b > 0).astype(int)


def test_a_model_answer_comes_after_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    text = repr(solution("perceptron_predict"))
    assert "has not passed yet" in text
    assert "has 3 more for you" in text
    assert "astype" not in text
    assert check(perceptron_predict) == 1.0
    assert "Next: the exercise perceptron_step" in capsys.readouterr().out
    page = solution(perceptron_predict)
    assert CATALOGUE["perceptron_predict"].alternates[0].strip() in repr(page)
    assert "One product for the whole batch" in page._repr_html_()


def test_every_exercise_says_what_is_elegant() -> None:
    assert [name for name, exercise in CATALOGUE.items() if not exercise.elegant] == []


def test_a_graded_course_shows_no_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    questions = {
        name: {"notebook": q["notebook"], "points": q["points"]} for name, q in facts.course()["questions"].items()
    }
    graded = facts.course() | {"graded": True, "questions": questions}
    monkeypatch.setattr(facts, "course", lambda: graded)
    progress_file.note_check("sigmoid", 1.0)
    assert "no model answers" in repr(solution("sigmoid"))
    assert "a person reads your answer" in repr(review("stubborn_perceptron"))
    assert "read by a person" in repr(progress())


def test_review_asks_for_an_answer_first_and_keeps_the_ticks() -> None:
    sheet = review("stubborn_perceptron")
    sheet.button.click()
    assert "<span role='alert'>Write your own answer first" in sheet.note.value
    assert progress_file.read()["questions"] == {}
    sheet.text.value = "It does not follow, since a narrow gap allows for very many mistakes. " * 2
    stays = sheet.children
    sheet.button.click()
    assert sheet.children[: len(stays)] == stays, "else the focus would be lost"
    sheet._tick(0, True)
    sheet._tick(2, True)
    sheet._tick(0, False)
    assert "<b>1 of 4 points</b>" in sheet.points.value
    assert review("stubborn_perceptron").ticked == {2}
    assert "1 of 4 points, self-assessed" in repr(progress())


@pytest.mark.slow
def test_a_cell_that_needs_an_answer_says_so_in_a_line(tmp_path: Path) -> None:
    code = """
from IPython.testing.globalipapp import start_ipython
shell = start_ipython()
import autograde
autograde.check
for cell in [
    "def sigmoid(z):\\n    raise NotImplementedError()",
    "class Value:\\n    def __init__(self, data):\\n        raise NotImplementedError()",
    "print('before'); found = sigmoid(0.0)",
    "print(found + 1)",
    "x = Value(1)",
    "def own():\\n    raise NotImplementedError()\\nown()",
    "nowhere",
    "huber(1, 2)",
    "def helper():\\n    inside = 1\\noutside = sigmoid(0.0)",
    "outside",
    "inside",
]:
    print("%%%", shell.run_cell(cell).success)
"""
    env = {"MLP_COURSE_PROGRESS": str(tmp_path), "PATH": "", "IPYTHONDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, timeout=100)
    said = done.stdout.split("%%%")
    assert said[2].split("\n", 1)[1] == "before\nneeds your `sigmoid`: write it above, or go on\n", done.stderr
    assert said[3].split("\n", 1)[1] == "needs your `sigmoid`: write it above, or go on\n"
    assert said[4].split("\n", 1)[1] == "needs your `Value`: write it above, or go on\n"
    assert "NotImplementedError" in said[5]
    assert "NameError" in said[6]
    assert "huber is not defined yet" in said[7]
    assert "needs your `sigmoid`" in said[8] and "needs your `sigmoid`" in said[9]
    assert "needs your" not in said[10]  # a variable of a function's is not what the cell would have set
    assert [part.split()[0] for part in said[1:]] == ["True", "True", *["False"] * 9]


def test_what_speaks_to_learners_is_there_in_the_sandbox_and_does_nothing(root: Path) -> None:
    path = root / "autograde/sandbox/stand_ins/autograde/__init__.py"
    spec = importlib.util.spec_from_file_location("stand_in_of_autograde", path)
    assert spec is not None
    assert spec.loader is not None
    before = set(sys.modules)
    stand_in = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(stand_in)
    for name in set(autograde.__all__) - {"check"}:
        assert getattr(stand_in, name)("anything", 3, export="file") is None
    assert set(autograde.__all__) <= set(dir(stand_in))
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_no_answer_to_a_prediction_or_question_lies_in_what_a_sandbox_shows(root: Path) -> None:
    folders = [root / "autograde/runtime", root / "autograde/sandbox/stand_ins"]
    shown = "".join(p.read_text(encoding="utf-8") for folder in folders for p in folder.rglob("*.py"))
    assert "rubric" not in shown
    assert not [p for folder in folders for p in folder.rglob("*.json")]
    assert json.dumps(facts.course()["graded"]) == "false", "as it is committed"


def test_a_starred_problem_is_a_star_and_no_points() -> None:
    notebook, [name] = NOTEBOOKS[0], STARRED[NOTEBOOKS[0]]
    before = repr(progress())
    assert f"{name:26} ☆ starred, no points" in before
    progress_file.note_check(name, 1.0)
    after = repr(progress())
    assert f"{name:26} ★ solved" in after
    assert [line for line in after.splitlines() if "points:" in line] == [
        line for line in before.splitlines() if "points:" in line
    ]
    assert facts.notebook_of(name) == notebook and name not in facts.course()["points"]


def test_the_line_on_points_speaks_of_the_marks_of_the_card() -> None:
    report = judge(CATALOGUE["bce_with_logits"], lambda z, y: (np.mean(np.logaddexp(0, z) - y * z), z))
    card, line = as_text(report), repr(next_step.after(report, 3.0))
    assert 0 < report.share < 1
    assert line.startswith(f"{round(3 * report.share, 2):g} of 3 points: ")
    assert {mark for mark in "✓◐" if mark in line} >= {mark for mark in "✓◐" if mark in card}
