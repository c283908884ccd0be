"""What is taken off for being late is right after whatever was changed, and whoever looks at it."""

import itertools
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograde import cli
from autograde.gradebook.book import Book
from autograde.gradebook.database import GradebookError
from tests.autograde.books import ASSIGNMENT, NAME, QUESTION, SOURCE, mark, nbgraders, open_book, result

pytestmark = pytest.mark.slow

DUE = datetime(2026, 1, 2)
ZERO = "c = get_config()\nc.LateSubmissionPlugin.penalty_method = '{}'\n"


def stored(book: Book, student: str = "ada") -> tuple[float, float]:
    """Score and penalty of a submission, as nbgrader shows them."""
    with nbgraders(book) as gradebook:
        found = gradebook.find_submission(ASSIGNMENT, student)
        return found.score, found.late_submission_penalty


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Three submissions: in time, a day late, and at an unknown time."""
    (tmp_path / "nbgrader_config.py").write_text(ZERO.format("zero"))
    with open_book(tmp_path) as book:
        for student, when in (("ada", DUE), ("bob", DUE + timedelta(days=1)), ("cleo", None)):
            book.write(result(student), "f1", when)
    return tmp_path


def schedule(course: Path, due: datetime | None, extension: int = 0) -> None:
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mlp-course") as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=due)
        gradebook.grant_extension(ASSIGNMENT, "bob", days=extension)


def exported(course: Path) -> dict[str, float]:
    assert cli.main(["export", "--course", str(course)]) == 0
    rows = [line.split(",") for line in (course / "grades.csv").read_text().splitlines()[1:]]
    return {row[3]: float(row[9]) for row in rows}


def test_export_and_feedback_show_what_is_true_now(course: Path) -> None:
    """Due date, extension, marks of a person and policy, each changed after the grades were there."""
    assert exported(course) == {"ada": 3, "bob": 3, "cleo": 3}
    schedule(course, DUE)
    assert exported(course) == {"ada": 3, "bob": 0, "cleo": 3}
    with Book(course) as book:
        mark(book, QUESTION, 4, student="bob")
        assert stored(book, "bob") == (7, 3), "nbgrader's formgrader does not change it"
    assert exported(course) == {"ada": 3, "bob": 0, "cleo": 3}
    schedule(course, DUE, extension=2)
    assert cli.main(["feedback", "--course", str(course)]) == 0
    assert "taken off" not in (course / f"feedback/bob/{ASSIGNMENT}/{NAME}.html").read_text()
    schedule(course, DUE)
    assert cli.main(["feedback", "--course", str(course)]) == 0
    assert "7 points taken off" in (course / f"feedback/bob/{ASSIGNMENT}/{NAME}.html").read_text()
    (course / "nbgrader_config.py").write_text(ZERO.format("none"))
    assert exported(course) == {"ada": 3, "bob": 7, "cleo": 3}


def test_any_order_of_changes_ends_in_the_same(course: Path) -> None:
    """What counts depends on what is in force, not on the way there."""
    changes: list[Callable[[Book], object]] = [
        lambda book: schedule(course, DUE),
        lambda book: mark(book, QUESTION, 4, student="bob"),
        lambda book: book.set_timestamps({("bob", ASSIGNMENT): DUE + timedelta(days=3)}),
        lambda book: book.write(result("bob"), "f2"),
    ]
    for order in random.Random(0).sample(list(itertools.permutations(changes)), 6):
        with Book(course) as book:
            for change in order:
                change(book)
                book.update_penalties()
            assert (stored(book, "bob"), stored(book, "ada")) == ((7, 7), (3, 0))
            schedule(course, None)
            mark(book, QUESTION, 0, student="bob")


def test_what_cannot_be_brought_up_to_date_is_said(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def locked(*_: object) -> int:
        raise GradebookError("it is locked")

    monkeypatch.setattr(Book, "update_penalties", locked)
    assert exported(course)["bob"] == 3
    assert (
        "autograde export: what is taken off for being late may not be up to date: it is locked"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(("code", "said"), [("NoSuchClass", "can't be"), ("Broken", "ZeroDivisionError")])
def test_a_plugin_that_fails_is_said_in_a_sentence(tmp_path: Path, code: str, said: str) -> None:
    (tmp_path / "nbgrader_config.py").write_text(f"{BROKEN}c.AssignLatePenalties.plugin_class = {code}")
    with pytest.raises(GradebookError, match=said):
        _late(tmp_path)


def _late(course: Path) -> None:
    with open_book(course) as book:
        book.write(result(), "f1", DUE)
        with nbgraders(book) as gradebook:
            gradebook.update_or_create_assignment(ASSIGNMENT, duedate=DUE - timedelta(days=1))
        book.update_penalties()


BROKEN = """from nbgrader.plugins import LateSubmissionPlugin
class Broken(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1 / 0
NoSuchClass = "no.such.Class"
c = get_config()
"""


PENALTY = """from nbgrader.plugins import LateSubmissionPlugin
class Tenth(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return -1 if student_id == "negative" else 99 if student_id == "huge" else 0.1 * score
c = get_config()
c.AssignLatePenalties.plugin_class = Tenth
"""


def penalty(book: Book, student: str = "ada") -> float | None:
    with nbgraders(book) as gradebook:
        found: float | None = gradebook.find_submission_notebook(NAME, ASSIGNMENT, student).late_submission_penalty
        return found


def test_penalties_are_those_of_the_configured_plugin(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text(PENALTY)
    due = datetime(2026, 1, 2)
    with open_book(tmp_path) as book:
        with nbgraders(book) as gradebook:
            gradebook.update_or_create_assignment(ASSIGNMENT, duedate=due)
        book.prepare(ASSIGNMENT, SOURCE)
        for student in ("ada", "negative", "huge"):
            book.write(result(student), "f1", due + timedelta(seconds=1))
        assert book.update_penalties() == 3
        assert [penalty(book, student) for student in ("ada", "negative", "huge")] == [pytest.approx(0.3), 0, 3]
        mark(book, QUESTION, 4)
        book.write(result(), "f1")
        assert book.update_penalties() == 1
        assert penalty(book) == pytest.approx(0.7), "a later run without a time keeps the time, and counts marks"
        with nbgraders(book) as gradebook:
            gradebook.grant_extension(ASSIGNMENT, "ada", days=1)
        assert (book.update_penalties(), book.update_penalties()) == (1, 0)
        assert penalty(book) is None


def test_without_a_penalty_plugin_what_people_took_off_stays(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        book.write(result(), "f1", datetime(2026, 1, 2))
        with nbgraders(book) as gradebook:
            gradebook.find_submission_notebook(NAME, ASSIGNMENT, "ada").late_submission_penalty = 1.5
            gradebook.db.commit()
        book.write(result(), "f2", datetime(2026, 1, 3))
        assert book.update_penalties() == 0
        assert penalty(book) == 1.5
