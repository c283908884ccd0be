"""What a source asks its readers to guess: its markers become cells and data, and nothing else of the text changes."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograde.authoring.asks import ask, with_asks
from autograde.authoring.course_data import course_data
from autograde.authoring.number_marks import marks_of, without_marks
from autograde.authoring.source import read_cells
from autograde.authoring.source_cell import Cell
from autograde.exercises import ASSIGNMENTS

FOLD = "<details><summary><b>Compare</b></summary>\n\nNot always: 0.25.\n</details>"
TEXT = f"""**Predict:** is it so, for 0.5?
<!-- predict one: yes | *no -->

{FOLD}

More.
<!--
0.5 = 1 / 2
0.25 = 1 / 4
given 7
-->"""


def text(source: str, role: str = "plain") -> Cell:
    return Cell(3, "markdown", role, "", source)


def test_a_marker_becomes_a_cell_and_its_fold_has_its_name() -> None:
    cells, found = with_asks([text(TEXT)])
    assert found == []
    above, sheet, below = cells
    assert (sheet.cell_type, sheet.source, sheet.name) == ("code", 'predict("one")', "one")
    assert sheet.asks == ({"kind": "choice", "label": "your guess", "options": ["yes", "no"], "answer": "no"},)
    assert without_marks(above.source) == "**Predict:** is it so, for 0.5?"
    assert below.source.startswith('<details class="compare-one"><summary><b>Compare</b></summary>')
    assert [m.shown for m in marks_of(above.source)] == ["0.5"]
    assert [m.shown for m in marks_of(below.source)] == [
        "0.25",
        "7",
    ]  # one that speaks of nothing is still complained of


def test_the_fold_may_stand_in_a_later_cell() -> None:
    cells, found = with_asks([text("Guess.\n<!-- predict two: = 3 -->"), Cell(9, "code", "plain", "", "1"), text(FOLD)])
    assert found == []
    assert [cell.source[:25] for cell in cells] == ["Guess.", 'predict("two")', "1", '<details class="compare-t']


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (["<!-- predict a: = 3 -->"], "prediction 'a' has no fold"),
        (["<!-- predict a: = 3 -->\n<!-- predict b: = 3 -->", FOLD], "prediction 'a' has no fold"),
        ([f"<!-- predict a: = 3 -->\n{FOLD}"] * 2, "two predictions are called 'a'"),
        (["<!-- predict a: -->"], "a marker asks nothing"),
        (["<!-- predict : yes | *no -->"], "expected `<!-- predict id"),
        (["<!-- predict a: yes | no -->"], "got 0 right options"),
        (["<!-- predict a: *yes | *no -->"], "got 2 right options"),
        (["<!-- predict a: what now -->"], "got the question 'what now'"),
        (["<!-- predict a: = many -->"], "got 'many', expected a number"),
    ],
)
def test_what_is_wrong_with_a_marker_is_said(sources: list[str], said: str) -> None:
    assert said in str(with_asks([text(source) for source in sources])[1])


def test_only_plain_text_asks() -> None:
    assert "in plain text" in str(with_asks([text("<!-- predict a: = 3 -->", "question")])[1])


NUMBERS = [
    ("= 4", 3.5, 4.5),
    ("largest margin = 0.84 ± 0.1", 0.74, 0.94),
    ("cells = 4e93 × 1000", 4e90, 4e96),
    ("= 5 to 9", 5, 9),
    ("share = 22.5 % ± 8 %", 0.145, 0.305),
    ("slope = -0.5", -0.55, -0.45),
    ("new b for y = 1 = 1", 0.5, 1.5),
]


@pytest.mark.parametrize(("line", "low", "high"), NUMBERS)
def test_numbers_come_with_what_is_near_enough(line: str, low: float, high: float) -> None:
    found = ask(line)
    assert (found["low"], found["high"]) == (pytest.approx(low), pytest.approx(high))


def test_other_kinds() -> None:
    assert ask("X @ w = (7,)") == {"kind": "shape", "label": "X @ w", "answer": "(7,)"}
    assert ask("from below: order a < b < c") == {
        "kind": "order", "label": "from below", "options": ["c", "b", "a"], "answer": ["a", "b", "c"],
    }  # fmt: skip
    assert ask("why: text") == {"kind": "text", "label": "why"}
    assert ask("relu of y: code np.maximum(y, 0)")["answer"] == "np.maximum(y, 0)"
    drawn = ask("draw σ(z) over z, x -6 to 6, y 0 to 1: 1 / (1 + np.exp(-x))")
    assert (drawn["label"], drawn["x"], drawn["y"]) == ("σ(z) over z", [-6.0, 6.0], [0.0, 1.0])
    assert drawn["answer"][20] == [0.0, 0.5]


@given(st.lists(st.text(alphabet="ab c$0.5\n", min_size=1).filter(lambda t: t.strip()), min_size=2, max_size=4))
def test_no_word_of_a_text_is_lost(parts: list[str]) -> None:
    markers = [f"\n<!-- predict p{i}: yes | *no -->\n" for i in range(len(parts) - 1)] + [""]
    whole = "".join(part + marker for part, marker in zip(parts, markers, strict=True))
    cells, _ = with_asks([text(whole)])
    said = " ".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert said.split() == " ".join(parts).split()


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_each_prompt_of_the_course_takes_a_guess(root: Path, assignment: str) -> None:
    notebook = nbformat.read(root / "notebooks" / assignment / f"{assignment[3:]}.ipynb", as_version=4)
    at_first = next(i for i, c in enumerate(notebook.cells) if c.id == "setup")
    cells = notebook.cells[at_first:]
    for cell, following in pairwise(cells):
        if cell.cell_type == "markdown" and "**Predict" in cell.source:
            assert cell.source.count("**Predict") == 1, cell.source
            assert following.source.startswith("predict("), cell.source


def everything(root: Path, graded: bool) -> dict[str, Any]:
    sources = sorted((root / "solutions").glob("*/*.py"))
    data = json.loads(course_data([(s.parent.name, read_cells(s, s)[0]) for s in sources], graded))
    assert isinstance(data, dict)
    return data


@pytest.mark.slow
def test_graded_courses_keep_rubrics_and_model_answers(root: Path) -> None:
    """Neither a line of a rubric nor one of a model answer is in what learners get then."""
    open_, kept = everything(root, graded=False), everything(root, graded=True)
    assert len(open_["questions"]) == len(ASSIGNMENTS)
    lines = [line for q in open_["questions"].values() for line in (*q["rubric"], *q["model"].split("\n\n"))]
    assert len(lines) > 40
    given_out = json.dumps(kept, ensure_ascii=False)
    given_out += "".join(p.read_text(encoding="utf-8") for p in (root / "notebooks").glob("*/*.ipynb"))
    assert [line for line in lines if json.dumps(line, ensure_ascii=False)[1:60] in given_out] == []
    assert kept["graded"]
    assert {name: q["points"] for name, q in kept["questions"].items()} == {
        name: q["points"] for name, q in open_["questions"].items()
    }


def test_a_model_answer_reaches_no_learners_notebook(root: Path) -> None:
    notebooks = "".join(p.read_text(encoding="utf-8") for p in (root / "notebooks").glob("*/*.ipynb"))
    assert not re.search(r"Model answer|<!--", notebooks)
