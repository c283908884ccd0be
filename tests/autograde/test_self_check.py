"""``autograde check``: what a learner is told is what grading will give for the public tests."""

import json
from pathlib import Path

import pytest

from autograde import cli
from autograde.course import notebook_name
from autograde.exercises import ASSIGNMENTS, CATALOGUE
from autograde.judging.exercise import compile_answer
from autograde.judging.judge import PUBLIC_SEED, judge
from tests.autograde.answers import wrong_answers
from tests.autograde.handed_in import FULL, POINTS, right, written

pytestmark = [pytest.mark.timeout(300), pytest.mark.slow]


def checked(place: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str], str]:
    """Status, lines and complaints of the command."""
    status = cli.main(["check", str(place)])
    out, err = capsys.readouterr()
    return status, out.splitlines(), err


def test_all_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "perceptron.ipynb"
    place.write_bytes(written())
    status, lines, err = checked(place, capsys)
    assert (status, err) == (0, "")
    assert [line.split() for line in lines] == [
        *([f"{points:g}", "of", f"{points:g}", f"{name}:", "passed"] for name, points in POINTS.items()),
        [f"{FULL:g}", "of", f"{FULL:g}", "in", "all"],
    ]


def test_wrong_answers_are_named_with_their_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "perceptron.ipynb"
    wrong = {name: wrong_answers(name)[0] for name in POINTS}
    place.write_bytes(written(**wrong))
    status, lines, _ = checked(place, capsys)
    assert status == 1
    total = 0.0
    for name, points in POINTS.items():
        report = judge(CATALOGUE[name], compile_answer(wrong[name], name), seed=PUBLIC_SEED)
        assert report.failure is not None
        score = round(points * report.share, 2)
        total += score
        at = next(n for n, line in enumerate(lines) if f" {name}: " in line)
        assert lines[at].split() == [f"{score:g}", "of", f"{points:g}", f"{name}:", report.outcome]
        assert lines[at + 1].strip() == (report.failure.diagnosis or report.failure.advice)
    assert lines[-1].split() == [f"{total:g}", "of", f"{FULL:g}", "in", "all"]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_an_untouched_notebook_has_no_points(
    assignment: str, tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = root / "notebooks" / assignment / f"{notebook_name(assignment)}.ipynb"
    status, lines, err = checked(place, capsys)
    assert (status, err) == (1, "")
    assert sum("missing" in line for line in lines) == len(ASSIGNMENTS[assignment])
    assert lines[-1].split()[0] == "0"


@pytest.mark.parametrize("name", ["perceptron (1).ipynb", "Übung 1.ipynb", "training.ipynb"])
def test_the_file_may_have_any_name(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / name
    place.write_bytes(written())
    status, lines, err = checked(place, capsys)
    assert (status, err, lines[-1].split()[0]) == (0, "", f"{FULL:g}")


def test_what_a_learner_has_changed_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, notebook = tmp_path / "perceptron.ipynb", right()
    notebook["cells"] = [c for c in notebook["cells"] if c["metadata"]["nbgrader"]["grade_id"] != "test_mistake_bound"]
    place.write_text(json.dumps(notebook))
    status, lines, _ = checked(place, capsys)
    assert status == 0
    assert lines[0].startswith("note: test_mistake_bound: the cell is missing")


@pytest.mark.parametrize(
    ("name", "content", "status", "said"),
    [
        ("homework.ipynb", "", 2, "in which no exercise of the course has a cell, expected one of perceptron.ipynb, "),
        ("homework.ipynb", None, 2, "can't be read: No such file or directory"),
        ("perceptron.ipynb", None, 2, "can't be read: No such file or directory"),
        ("perceptron.ipynb", "{}", 1, "the notebook has format 'no format', expected 4"),
        ("perceptron.ipynb", "", 1, "the file is no notebook: it is empty"),
    ],
)
def test_wrong_usage_is_one_sentence(
    name: str, content: str | None, status: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    found, lines, err = checked(tmp_path / name, capsys)
    assert (found, lines, err.count("\n")) == (status, [], 1)
    assert said in err
