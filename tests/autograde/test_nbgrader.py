"""The course in the hands of an instructor: nbgrader's own commands on submissions of every kind."""

import csv
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import indent

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograde import cli
from autograde.exercises import ASSIGNMENTS
from autograde.gradebook.book import Book
from tests.autograde.answers import MISTAKES, STUB, earned, misconception
from tests.autograde.books import ASSIGNMENT, NAME, POINTS, QUESTION
from tests.autograde.handed_in import FULL, marks
from tests.autograde.stock import Course, cell_named
from tests.support.paths import ROOT
from tests.support.programs import require_program

pytestmark = [pytest.mark.nbgrader, pytest.mark.timeout(900)]

Edit = Callable[[NotebookNode], None]


def answer(**sources: str) -> Edit:
    """Replace the answers to the named exercises."""

    def edit(notebook: NotebookNode) -> None:
        for name, source in sources.items():
            cell_named(notebook, name).source = source

    return edit


def delete(grade_id: str) -> Edit:
    return lambda notebook: notebook.cells.remove(cell_named(notebook, grade_id))


def split(notebook: NotebookNode) -> None:
    """As JupyterLab splits a cell: both halves keep the metadata."""
    second = cell_named(notebook, "perceptron_predict")
    first: NotebookNode = nbformat.from_dict(
        {**second, "id": "first-half", "source": "def _sums(X, w, b):\n    return X @ w + b"}
    )
    second.source = "def perceptron_predict(X, w, b):\n    return (_sums(X, w, b) > 0).astype(int)"
    notebook.cells.insert(notebook.cells.index(second), first)


def forge_test(notebook: NotebookNode) -> None:
    """A wrong answer, and a test cell rewritten to like it."""
    cell_named(notebook, "perceptron_predict").source = misconception("perceptron_predict", NO_BIAS)
    cell_named(notebook, "test_perceptron_predict").source = "2.0"


def crash_at_the_top(notebook: NotebookNode) -> None:
    notebook.cells.insert(0, nbformat.v4.new_code_cell("1 / 0"))


NO_BIAS = "the bias is left out"
NOISY = """import logging, sys, warnings
def perceptron_predict(X, w, b):
    warnings.warn("a library is talking")
    logging.error("so is another")
    print("and this one, too", file=sys.stderr)
    return (X @ w + b > 0).astype(int)"""
NAN = "def mistake_bound(X, y, w_star, b_star):\n    return float('nan')"
# Loops that leave the processor to others.
ENDLESS_CELL = "import time\nwhile True:\n    time.sleep(0.01)"
ENDLESS = "def perceptron_fit(X, y, max_epochs=100, eta=1.0):\n" + indent(ENDLESS_CELL, "    ")


def write_html(notebook: NotebookNode) -> None:
    """A text that would run on the page of the person who grades."""
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(HTML))


HTML = """**Dear grader**, <script>steal()</script> <img src="x" onerror="steal()"> [look](javascript:steal())

<iframe srcdoc="<script>steal()</script>"></iframe> $a < b$"""

WRONG: dict[str, str | float] = {name: misconception(name, title) for name, title in MISTAKES.items()}


def several(*edits: Edit) -> Edit:
    """All of these edits."""

    def edit(notebook: NotebookNode) -> None:
        for one in edits:
            one(notebook)

    return edit


# name of the student: what is done to the instructor's notebook, and the exercises that don't get full points, with
# the wrong answer that is graded, or points.  What concerns different exercises is done to one notebook: each takes
# nbgrader some seconds.
STUDENTS: dict[str, tuple[Edit, dict[str, str | float]]] = {
    "whole": (crash_at_the_top, {}),
    "wrong_answers": (answer(**{name: str(wrong) for name, wrong in WRONG.items()}), WRONG),
    "spoiled": (
        several(
            forge_test,
            delete("test_perceptron_step"),
            delete("perceptron_fit"),
            answer(**{n: STUB.format(n) for n in ("mistake_bound", "certifies_nonseparable")}),
        ),
        {
            "perceptron_predict": misconception("perceptron_predict", NO_BIAS),
            **dict.fromkeys(("perceptron_fit", "mistake_bound", "certifies_nonseparable"), 0.0),
        },
    ),
    "odd_answers": (
        several(split, answer(perceptron_fit=ENDLESS, mistake_bound=NAN, certifies_nonseparable=ENDLESS_CELL)),
        dict.fromkeys(("perceptron_fit", "mistake_bound", "certifies_nonseparable"), 0.0),
    ),
    "talks": (several(write_html, answer(perceptron_predict=NOISY)), {}),
}


def expected(student: str) -> dict[str, float]:
    """The points of a student's tests."""
    less = STUDENTS[student][1]
    return marks({name: earned(name, wrong) if isinstance(wrong, str) else wrong for name, wrong in less.items()})


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Assignment released, all submissions graded, feedback made, grades exported."""
    course = Course(tmp_path_factory.mktemp("course"))
    course.nbgrader(f"generate_assignment {ASSIGNMENT}")
    release = course.read("notebooks")
    course.submit("untouched", without_figures(release))
    for student, (edit, _) in STUDENTS.items():
        notebook = solved(release, course.read("solutions"))
        if student != "whole":
            notebook = without_figures(notebook)
        edit(notebook)
        course.submit(student, notebook)
    course.nbgrader(f"autograde {ASSIGNMENT} --Execute.timeout=7", f"generate_feedback {ASSIGNMENT}", "export")
    return course


def without_figures(notebook: NotebookNode) -> NotebookNode:
    """The cells that nbgrader knows: the others take time."""
    made: NotebookNode = nbformat.from_dict(notebook)
    made.cells = [cell for cell in made.cells if "nbgrader" in cell.metadata]
    return made


def solved(release: NotebookNode, source: NotebookNode) -> NotebookNode:
    """The learner's notebook with the right answers filled in."""
    notebook = nbformat.from_dict(release)
    for name in ASSIGNMENTS[ASSIGNMENT]:
        cell_named(notebook, name).source = cell_named(source, name).source
    return notebook


def test_every_submission_was_graded(course: Course) -> None:
    rows = list(csv.DictReader((course.folder / "grades.csv").read_text().splitlines()))
    assert {row["student_id"] for row in rows} == {"untouched", *STUDENTS}
    assert {float(row["max_score"]) for row in rows} == {FULL + 4}


def test_the_release_is_the_committed_one(course: Course) -> None:
    release = course.folder / "notebooks" / ASSIGNMENT / f"{NAME}.ipynb"
    assert release.read_bytes() == (ROOT / "notebooks" / ASSIGNMENT / f"{NAME}.ipynb").read_bytes()


def test_untouched_notebook_earns_nothing(course: Course) -> None:
    assert course.scores("untouched") == {f"test_{name}": 0.0 for name in POINTS}


@pytest.mark.parametrize("student", STUDENTS)
def test_score(course: Course, student: str) -> None:
    assert course.scores(student) == expected(student)


def test_autograde_grade_gives_the_same_scores_one_by_one(course: Course, tmp_path: Path) -> None:
    require_program("bwrap", "bubblewrap")
    shutil.copytree(course.folder / "submitted", tmp_path / "submitted")
    assert cli.main(["grade", ASSIGNMENT, "--course", str(tmp_path), "--call-seconds", "2", "--cell-seconds", "3"]) == 0
    with Book(tmp_path, create=False) as book:
        found = {result.student: result for result in book.results()}
    assert set(found) == {*STUDENTS, "untouched"}
    for student, result in found.items():
        assert dict(result.tests) == course.scores(student), student


def test_wrong_answers_differ_in_what_they_earn() -> None:
    """The expected scores above are no row of zeros: partial credit is in them."""
    partial = {name: earned(name, misconception(name, title)) for name, title in MISTAKES.items()}
    assert sum(0 < partial[name] < POINTS[name] for name in MISTAKES) >= len(MISTAKES) - 1


def test_feedback_names_each_mistake(course: Course) -> None:
    html = (course.folder / "feedback" / "wrong_answers" / ASSIGNMENT / f"{NAME}.html").read_text()
    assert [mistake for mistake in MISTAKES.values() if mistake not in html] == []


def test_person_who_grades_sees_the_rubric_and_learners_do_not(course: Course) -> None:
    def question(notebook: NotebookNode) -> str:
        return str(cell_named(notebook, QUESTION).source)

    assert "Rubric" in question(course.read("autograded", "whole"))
    assert "Rubric" not in question(course.read("notebooks"))


def test_formgrader_shows_the_question_with_its_rubric_and_runs_nothing_of_the_learners(course: Course) -> None:
    """The page on which a person grades by hand, as the server delivers it."""
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission_notebook(NAME, ASSIGNMENT, "talks")
        assert submission.needs_manual_grade
        submission_id = submission.id
    page = course.page(f"/formgrader/submissions/{submission_id}/")
    assert "Rubric" in page
    assert re.search(r'<input[^>]*class="[^"]*score[^"]*"', page), "there is no field for the points"
    assert "<strong>Dear grader</strong>" in page
    assert "&lt;script&gt;steal()" in page
    for active in ("<script>steal", "onerror", "javascript:steal", "<iframe"):
        assert active not in page


def test_validate_accepts_the_learner_notebook(course: Course) -> None:
    notebook = course.folder / "submitted" / "talks" / ASSIGNMENT / f"{NAME}.ipynb"
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", "validate", str(notebook)], capture_output=True, text=True, cwd=course.folder
    )
    assert run.returncode == 0, run.stderr
    assert "Success" in run.stdout
