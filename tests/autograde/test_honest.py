"""An honest notebook never gets a point less than stock nbgrader gives, and all points where every answer is right."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograde.course import notebook_name
from autograde.exercises import ASSIGNMENTS
from autograde.gradebook.book import Book
from autograde.gradebook.results import GRADED, SubmissionResult
from autograde.gradebook.rows import load_marks
from autograde.grading.submission import Job, grade
from autograde.sandbox.session import Limits, Zygotes
from tests.autograde.handed_in import ASSIGNMENT, POINTS
from tests.autograde.honest import Honest, make
from tests.autograde.stock import Course

pytestmark = [pytest.mark.timeout(600), pytest.mark.slow]
SMALL, STOCK = range(1_000, 1_030), range(2_000, 2_005)
OTHERS = list(ASSIGNMENTS)[1:]


def graded(zygotes: Zygotes, honest: Honest, assignment: str = ASSIGNMENT) -> SubmissionResult:
    return grade(Job("ada", assignment, honest.data, limits=Limits(cell=20), files=honest.files), zygotes)


@pytest.mark.parametrize("seed", SMALL)
def test_right_answers_have_full_marks(zygotes: Zygotes, seed: int) -> None:
    honest = make(seed, ASSIGNMENT)
    found = graded(zygotes, honest)
    assert (found.status, found.score) == (GRADED, sum(POINTS.values())), honest.changes


@pytest.mark.parametrize("assignment", OTHERS)
def test_right_answers_to_other_notebooks_have_full_marks(zygotes: Zygotes, assignment: str) -> None:
    honest = make(OTHERS.index(assignment), assignment)
    found = graded(zygotes, honest, assignment)
    assert (found.status, found.score) == (GRADED, found.max_score), honest.changes


@pytest.mark.nbgrader
def test_never_less_than_stock_nbgrader(zygotes: Zygotes, tmp_path: Path) -> None:
    """What stock can grade of some, several changes in each: no test has less here."""
    course = Course(tmp_path)
    made = {f"s{seed}": make(seed, ASSIGNMENT, 3) for seed in STOCK}
    for student, honest in made.items():
        folder = course.folder / "submitted" / student / ASSIGNMENT
        for name, data in ((f"{notebook_name(ASSIGNMENT)}.ipynb", honest.data), *honest.files):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    course.nbgrader(f"generate_assignment {ASSIGNMENT}")
    command = [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT]
    env = os.environ | {"JUPYTER_CONFIG_DIR": str(tmp_path / "jupyter")}
    subprocess.run(command, cwd=course.folder, env=env, capture_output=True, check=False)  # it fails for some
    compared = 0
    with Book(course.folder, create=False) as book, book.reading() as db:
        for student, honest in made.items():
            marks = load_marks(db, book.plan(ASSIGNMENT), student)
            ours = graded(zygotes, honest)
            for name, points in ours.tests.items():
                assert marks is None or points >= marks.cells[name].score, (student, honest.changes)
            compared += marks is not None
    assert compared > 1
