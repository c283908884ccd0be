"""The course in the hands of an instructor: nbgrader's own commands on submissions of every kind."""

import csv
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograde import cli
from autograde.exercises import ASSIGNMENTS, CATALOGUE
from autograde.gradebook.book import Book
from autograde.judging.exercise import compile_answer
from autograde.judging.judge import HIDDEN_SEED, judge
from tests.browser.lab import free_port, wait_until_ready
from tests.conftest import require_program

pytestmark = [pytest.mark.nbgrader, pytest.mark.timeout(900)]
ASSIGNMENT, NAME, QUESTION = "01_perceptron", "perceptron", "stubborn_perceptron"
POINTS = {
    "perceptron_predict": 2,
    "perceptron_step": 2,
    "perceptron_fit": 3,
    "mistake_bound": 2,
    "certifies_nonseparable": 3,
}
FULL = float(sum(POINTS.values()))

Edit = Callable[[NotebookNode], None]


def cell_named(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


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


def endless_cell(notebook: NotebookNode) -> None:
    cell_named(notebook, "perceptron_fit").source = "while True:\n    pass"


def misconception(name: str, title: str) -> str:
    return next(m.wrong for m in CATALOGUE[name].misconceptions if m.name == title)


def earned(name: str, source: str) -> float:
    """The points that the catalogue gives to an answer; the grade must be the same."""
    share = judge(CATALOGUE[name], compile_answer(source, name), seed=HIDDEN_SEED).share
    return round(POINTS[name] * share, 2)


NO_BIAS = "the bias is left out"
MISTAKES = {
    "perceptron_predict": "the boundary counts as class 1",
    "perceptron_step": "the caller's weights are changed in place",
    "perceptron_fit": "one epoch more than max_epochs",
    "mistake_bound": "the quotient is not squared",
    "certifies_nonseparable": "weights that are all zero are accepted",
}
STUB = "def {0}(*args, **kwargs):\n    raise NotImplementedError()"
NOISY = """import logging, sys, warnings
def perceptron_predict(X, w, b):
    warnings.warn("a library is talking")
    logging.error("so is another")
    print("and this one, too", file=sys.stderr)
    return (X @ w + b > 0).astype(int)"""
NAN = "def mistake_bound(X, y, w_star, b_star):\n    return float('nan')"
ENDLESS = "def perceptron_fit(X, y, max_epochs=100, eta=1.0):\n    while True:\n        pass"


def write_html(notebook: NotebookNode) -> None:
    """A text that would run on the page of the person who grades."""
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(HTML))


HTML = """**Dear grader**, <script>steal()</script> <img src="x" onerror="steal()"> [look](javascript:steal())

<iframe srcdoc="<script>steal()</script>"></iframe> $a < b$"""

# name of the student: what is done to the instructor's notebook, and the exercises that don't get full points
STUDENTS: dict[str, tuple[Edit, dict[str, float]]] = {
    "full": (lambda notebook: None, {}),
    "half": (
        answer(**{n: STUB.format(n) for n in ("mistake_bound", "certifies_nonseparable")}),
        {"mistake_bound": 0.0, "certifies_nonseparable": 0.0},
    ),
    **{
        f"wrong_{name}": (answer(**{name: wrong}), {name: earned(name, wrong)})
        for name, title in MISTAKES.items()
        for wrong in [misconception(name, title)]
    },
    "deleted_test": (delete("test_perceptron_step"), {}),
    "deleted_answer": (delete("perceptron_step"), {"perceptron_step": 0.0}),
    "edited_test": (
        forge_test,
        {"perceptron_predict": earned("perceptron_predict", misconception("perceptron_predict", NO_BIAS))},
    ),
    "split_answer": (split, {}),
    "endless_answer": (answer(perceptron_fit=ENDLESS), {"perceptron_fit": 0.0}),
    "endless_cell": (endless_cell, {"perceptron_fit": 0.0}),
    "crash_at_the_top": (crash_at_the_top, {}),
    "noisy": (answer(perceptron_predict=NOISY), {}),
    "nan": (answer(mistake_bound=NAN), {"mistake_bound": 0.0}),
    "writes_html": (write_html, {}),
}  # fmt: skip


class Course:
    """A course folder in which nbgrader's commands run as an instructor would type them."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(root / "solutions", folder / "solutions")
        shutil.copy(root / "nbgrader_config.py", folder)

    def nbgrader(self, *arguments: str) -> str:
        env = os.environ | {
            "JUPYTER_CONFIG_DIR": str(self.folder / "jupyter"),
            "MLP_COURSE_PROGRESS": str(self.folder / "p"),
        }
        run = subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments], cwd=self.folder, env=env, capture_output=True, text=True
        )
        assert run.returncode == 0, f"nbgrader {arguments}:\n{run.stderr[-4000:]}"
        return run.stderr

    def submit(self, student: str, notebook: NotebookNode) -> None:
        place = self.folder / "submitted" / student / ASSIGNMENT / f"{NAME}.ipynb"
        place.parent.mkdir(parents=True)
        nbformat.write(notebook, place)

    def read(self, *parts: str) -> NotebookNode:
        return nbformat.read(self.folder.joinpath(*parts, ASSIGNMENT, f"{NAME}.ipynb"), as_version=4)

    def scores(self, student: str) -> dict[str, float]:
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            submission = gradebook.find_submission_notebook(NAME, ASSIGNMENT, student)
            return {grade.name: grade.auto_score for grade in submission.grades if grade.name.startswith("test_")}


@pytest.fixture(scope="module")
def course(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Assignment released, all submissions graded, feedback made, grades exported."""
    course = Course(root, tmp_path_factory.mktemp("course"))
    course.nbgrader("generate_assignment", ASSIGNMENT)
    release = course.read("notebooks")
    course.submit("untouched", release)
    for student, (edit, _) in STUDENTS.items():
        notebook = solved(release, course.read("solutions"))
        if student != "full":
            notebook.cells = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]  # figures take time
        edit(notebook)
        course.submit(student, notebook)
    course.nbgrader("autograde", ASSIGNMENT, "--Execute.timeout=20")
    course.nbgrader("generate_feedback", ASSIGNMENT)
    course.nbgrader("export")
    return course


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


def test_untouched_notebook_earns_nothing(course: Course) -> None:
    assert course.scores("untouched") == {f"test_{name}": 0.0 for name in POINTS}


@pytest.mark.parametrize("student", STUDENTS)
def test_score(course: Course, student: str) -> None:
    less = STUDENTS[student][1]
    assert course.scores(student) == {f"test_{name}": less.get(name, float(points)) for name, points in POINTS.items()}


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
    partial = {name: next(iter(less.values())) for name, (_, less) in STUDENTS.items() if name.startswith("wrong_")}
    assert sum(0 < partial[f"wrong_{name}"] < POINTS[name] for name in MISTAKES) >= len(MISTAKES) - 1


def test_feedback_names_the_mistake(course: Course) -> None:
    html = (course.folder / "feedback" / "wrong_perceptron_predict" / ASSIGNMENT / f"{NAME}.html").read_text()
    assert MISTAKES["perceptron_predict"] in html


def test_person_who_grades_sees_the_rubric_and_learners_do_not(course: Course) -> None:
    def question(notebook: NotebookNode) -> str:
        return str(cell_named(notebook, QUESTION).source)

    assert "Rubric" in question(course.read("autograded", "full"))
    assert "Rubric" not in question(course.read("notebooks"))


def test_formgrader_shows_the_question_with_its_rubric_and_runs_nothing_of_the_learners(course: Course) -> None:
    """The page on which a person grades by hand, as the server delivers it."""
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission_notebook(NAME, ASSIGNMENT, "writes_html")
        assert submission.needs_manual_grade
        submission_id = submission.id
    page = _formgrader_page(course.folder, f"/formgrader/submissions/{submission_id}/")
    assert "Rubric" in page
    assert re.search(r'<input[^>]*class="[^"]*score[^"]*"', page), "there is no field for the points"
    assert "<strong>Dear grader</strong>" in page
    assert "&lt;script&gt;steal()" in page
    for active in ("<script>steal", "onerror", "javascript:steal", "<iframe"):
        assert active not in page


def _formgrader_page(folder: Path, path: str) -> str:
    port = free_port()
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.port={port}",
        "--IdentityProvider.token=course", f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    env = os.environ | {"JUPYTER_CONFIG_DIR": str(folder / "jupyter"), "JUPYTER_RUNTIME_DIR": str(folder / "runtime")}
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
        try:
            wait_until_ready(port, "course", process, folder / "server.log")
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}{path}", headers={"Authorization": "token course"}
            )
            with urllib.request.urlopen(request, timeout=60) as response:
                text: Any = response.read().decode()
                return str(text)
        finally:
            process.terminate()
            process.wait(timeout=30)


def test_validate_accepts_the_learner_notebook(course: Course) -> None:
    notebook = course.folder / "submitted" / "full" / ASSIGNMENT / f"{NAME}.ipynb"
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", "validate", str(notebook)], capture_output=True, text=True, cwd=course.folder
    )
    assert run.returncode == 0, run.stderr
    assert "Success" in run.stdout
