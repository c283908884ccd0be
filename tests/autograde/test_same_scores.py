"""Stock nbgrader and ``autograde grade`` on the same submissions of all notebooks: the same points, test by test.

On many submissions of the first notebook they are compared in test_nbgrader.
"""

import json
import sqlite3
from pathlib import Path

import pytest

from autograde import cli
from autograde.exercises import ASSIGNMENTS, CATALOGUE
from autograde.gradebook.book import Book
from autograde.judging.exercise import compile_answer
from autograde.judging.judge import HIDDEN_SEED, judge
from tests.autograde.books import ASSIGNMENT
from tests.autograde.handed_in import cell_of, hand_in, right
from tests.autograde.stock import Course
from tests.support.paths import ROOT
from tests.support.programs import require_program

pytestmark = [pytest.mark.nbgrader, pytest.mark.timeout(600)]
OTHERS = {assignment: names for assignment, names in ASSIGNMENTS.items() if assignment != ASSIGNMENT}


def partly_wrong(name: str) -> str:
    """The first wrong answer of the catalogue that earns something all the same, else the first of all.

    Of what trains long the first of all, whatever it earns.
    """
    exercise = CATALOGUE[name]
    for mistake in exercise.misconceptions if exercise.patience <= 5 else ():
        report = judge(exercise, compile_answer(mistake.wrong, name, exercise.needs), seed=HIDDEN_SEED)
        if 0 < report.share < 1:
            return mistake.wrong
    return exercise.misconceptions[0].wrong


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """One submission of each other notebook: every other answer is right, the others are wrong in part."""
    course = Course(tmp_path_factory.mktemp("all"))
    for assignment, names in OTHERS.items():
        notebook = right(assignment)
        for name in names[1::2]:
            if not CATALOGUE[name].needs:
                cell_of(notebook, name)["source"] = partly_wrong(name)
        hand_in(course.folder, "ada", json.dumps(notebook).encode(), assignment)
    commands = [f"{command} {name}" for name in OTHERS for command in ("generate_assignment", "autograde")]
    course.nbgrader(*commands)
    return course


def test_the_release_is_the_committed_one(course: Course) -> None:
    places = [place for name in OTHERS for place in (ROOT / "notebooks" / name).glob("*.ipynb")]
    assert len(places) == len(OTHERS)
    for place in places:
        assert course.folder.joinpath(*place.parts[-3:]).read_bytes() == place.read_bytes()
    assert not list((course.folder / "notebooks").rglob("*.py")), "no source leaks"


def scores(gradebook: Path) -> dict[tuple[str, str], float]:
    """The points of each test, by assignment and name."""
    order = (
        "SELECT a.name, b.name, g.auto_score FROM grade g JOIN base_cell b ON b.id = g.cell_id"
        " JOIN notebook n ON n.id = b.notebook_id JOIN assignment a ON a.id = n.assignment_id"
    )
    db = sqlite3.connect(gradebook)
    rows = db.execute(order).fetchall()
    db.close()
    return {(assignment, name): points for assignment, name, points in rows}


def test_the_same_points(course: Course, tmp_path: Path) -> None:
    require_program("bwrap", "bubblewrap")
    ours = Course(tmp_path / "ours")
    (course.folder / "submitted").rename(ours.folder / "submitted")
    assert cli.main(["grade", "--course", str(ours.folder)]) == 0
    with Book(ours.folder, create=False) as book:
        assert [result.status for result in book.results()] == ["graded"] * len(OTHERS)
    expected, found = scores(course.folder / "gradebook.db"), scores(ours.folder / "gradebook.db")
    assert found == expected
    assert len(expected) >= sum(map(len, OTHERS.values()))
    earned = [points for points in expected.values() if points]
    assert len(set(earned)) > 5, "some are partly right"
