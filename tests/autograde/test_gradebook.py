"""The gradebook: what is in it after grading, what people have put there, and what a kill leaves of it."""

import os
import re
import select
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import text

from autograde.exercises import STARRED
from autograde.files import path_component, write_atomically
from autograde.gradebook import database
from autograde.gradebook.book import Book, NoGradebookError
from autograde.gradebook.database import GradebookError, default_url
from autograde.gradebook.results import FAILED
from autograde.gradebook.settings import load_settings
from tests.autograde import postgres
from tests.autograde.books import (
    ASSIGNMENT,
    NAME,
    POINTS,
    QUESTION,
    SOURCE,
    answered,
    mark,
    nbgraders,
    open_book,
    result,
)
from tests.autograde.stock import Course, cell_named
from tests.support.paths import ROOT

pytestmark = pytest.mark.slow

ANSWER = "def perceptron_predict(X, w, b):\n    return (X @ w + b > 0).astype(int)"
Row = dict[str, Any]


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str | None:
    """Where the gradebook is: nbgrader's default, and a PostgreSQL database that is empty again."""
    if request.param == "sqlite":
        return None
    address: str = request.getfixturevalue("postgres_url")
    engine = database.connect(address, 1)
    with engine.begin() as db:
        db.execute(text("DROP SCHEMA public CASCADE"))
        db.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return address


def grades(book: Book, student: str = "ada") -> dict[str, Row]:
    keys = ("auto_score", "manual_score", "extra_credit", "max_score", "needs_manual_grade", "cell_type")
    with nbgraders(book) as gradebook:
        submitted = gradebook.find_submission_notebook(NAME, ASSIGNMENT, student)
        return {grade.name: {key: getattr(grade, key) for key in keys} for grade in submitted.grades}


def test_scores_arrive(tmp_path: Path, url: str | None) -> None:
    with open_book(tmp_path, url) as book:
        book.write(result(), "f1")
        found = grades(book)
        assert {name: row["auto_score"] for name, row in found.items()} == dict(result().tests) | {QUESTION: None}
        assert {n: r["max_score"] for n, r in found.items()} == {f"test_{n}": p for n, p in POINTS.items()} | {
            QUESTION: 4
        }
        assert [name for name, row in found.items() if row["needs_manual_grade"]] == [QUESTION]
        assert book.fingerprint("ada", ASSIGNMENT) == "f1"
        assert book.result("ada", ASSIGNMENT) == replace(result(), notebook="")
        with nbgraders(book) as gradebook:
            assert gradebook.find_submission(ASSIGNMENT, "ada").score == 3
            assert gradebook.find_assignment(ASSIGNMENT).max_score == 16
    assert (tmp_path / f"autograded/ada/{ASSIGNMENT}/{NAME}.ipynb").read_text() == result().notebook


def test_what_was_never_graded_has_no_result(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        assert book.fingerprint("ada", ASSIGNMENT) is None
        assert book.result("ada", ASSIGNMENT) is None
        assert list(book.results()) == []


def test_results_come_sorted_over_many_pages_while_others_are_written(tmp_path: Path, url: str | None) -> None:
    students = sorted(f"s{n * 7919 % 251:03d}" for n in range(251))
    with open_book(tmp_path, url) as book:
        for student in reversed(students):
            book.write(result(student, notebook=""), "f1")
        seen = []
        for found in book.results():
            seen.append(found.student)
            if len(seen) == 5:
                book.write(result("aaa", notebook=""), "f1")
        assert seen == students


def test_marks_of_people_survive_a_second_run(tmp_path: Path, url: str | None) -> None:
    with open_book(tmp_path, url) as book:
        book.write(result(), "f1")
        mark(book, QUESTION, 3.5, "Well argued")
        mark(book, "test_perceptron_fit", 1.0)
        again = dict(result().tests) | {"test_perceptron_fit": 3.0}
        book.write(result(tests=again), "f2")
        found = grades(book)
        assert found["test_perceptron_fit"]["auto_score"] == 3
        assert found["test_perceptron_fit"]["manual_score"] == 1
        assert not found["test_perceptron_fit"]["needs_manual_grade"], "the answer is the one that was marked"
        assert found[QUESTION]["manual_score"] == 3.5
        assert not found[QUESTION]["needs_manual_grade"], "the answer is the one that was marked"
        with nbgraders(book) as gradebook:
            assert gradebook.find_comment(QUESTION, NAME, ASSIGNMENT, "ada").comment == "Well argued"
        assert len(found) == len(POINTS) + 1


def test_what_the_instructor_changes_asks_for_nothing_again(tmp_path: Path, url: str | None) -> None:
    """Other points, other words in the question, an exercise that is dropped and comes back: the answer is the same."""
    text = _with_sources(answered(question="It follows.", perceptron_step=ANSWER), SOURCE, {})
    with open_book(tmp_path, url) as book:
        book.write(result(notebook=text), "f1")
        mark(book, QUESTION, 3.5)
        mark(book, "test_perceptron_fit", 1.0)
        for change in ({"test_perceptron_step": 5}, {"mistake_bound": None, "test_mistake_bound": None}, {}):
            source = edited_source(tmp_path / "s", **change)
            book.prepare(ASSIGNMENT, source)
            tests = {n: p for n, p in result().tests.items() if not (n in change and change[n] is None)}
            book.write(result(tests=tests, notebook=_with_sources(text, source, change)), "f2")
            found = grades(book)
            assert not found[QUESTION]["needs_manual_grade"], change
            assert not found["test_perceptron_fit"]["needs_manual_grade"], change
        again = answered(question="It follows.", perceptron_fit=ANSWER)
        book.write(result(notebook=_with_sources(again, SOURCE, {})), "f3")
        assert grades(book)["test_perceptron_fit"]["needs_manual_grade"]
        assert not grades(book)[QUESTION]["needs_manual_grade"], "it is not about code"


def _with_sources(text: str, source: Path, dropped: Mapping[str, object]) -> str:
    """A graded notebook: what is locked has the instructor's text, what was dropped is an ordinary cell."""
    notebook, given = nbformat.reads(text, as_version=4), nbformat.read(source, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in dropped and dropped[name] is None:
            del cell.metadata["nbgrader"]
        elif cell.metadata.get("nbgrader", {}).get("locked"):
            cell.source = cell_named(given, name).source
    return nbformat.writes(notebook)


def test_a_changed_answer_needs_to_be_read_again(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        book.write(result(notebook=answered(question="It follows.")), "f1")
        mark(book, QUESTION, 3.5)
        book.write(result(status=FAILED, error="no notebook", notebook=""), "f2")
        book.write(result(notebook=answered(question="It does not follow.")), "f3")
        assert grades(book)[QUESTION]["needs_manual_grade"]
        assert grades(book)[QUESTION]["manual_score"] == 3.5


def test_an_answer_that_was_left_as_it_was_gets_a_comment(tmp_path: Path) -> None:
    def comments() -> set[str]:
        with nbgraders(book) as gradebook:
            submitted = gradebook.find_submission_notebook(NAME, ASSIGNMENT, "ada")
            return {comment.name for comment in submitted.comments if comment.comment == "No response."}

    with open_book(tmp_path) as book:
        book.write(result(notebook=answered(perceptron_predict=ANSWER)), "f1")
        assert comments() == {*POINTS, *STARRED[ASSIGNMENT]} - {"perceptron_predict"}
        book.write(result(notebook=answered(perceptron_step=ANSWER)), "f2")
        assert comments() == {*POINTS, *STARRED[ASSIGNMENT]} - {"perceptron_step"}


def test_a_failed_submission_is_remembered_but_not_graded(tmp_path: Path) -> None:
    failed = result(status=FAILED, error="no notebook", tests={}, exercises={}, notebook="")
    with open_book(tmp_path) as book:
        book.write(failed, "f1")
        assert book.result("ada", ASSIGNMENT) == failed
        with nbgraders(book) as gradebook:
            assert [student.id for student in gradebook.students] == ["ada"]
            assert gradebook.assignment_submissions(ASSIGNMENT) == []
    assert not (tmp_path / "autograded").exists()


def test_a_failed_submission_keeps_the_grades_of_the_one_before(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        book.write(result(), "f1")
        before = grades(book)
        book.write(result(status=FAILED, error="no notebook", tests={}, notebook=""), "f2")
        assert grades(book) == before
        assert book.fingerprint("ada", ASSIGNMENT) == "f2"


@pytest.mark.parametrize("score", [float("nan"), float("inf"), -0.5, 2.5, "2", None, True])
def test_a_score_that_is_none_is_refused_before_anything_is_written(tmp_path: Path, score: Any) -> None:
    with open_book(tmp_path) as book:
        with pytest.raises(ValueError, match=r"ada/01_perceptron: the score of test_perceptron_step is .*0 to 2"):
            book.write(result(tests=dict(result().tests) | {"test_perceptron_step": score}), "f1")
        exercises = dict(result().exercises)
        exercises["perceptron_step"] = replace(exercises["perceptron_step"], score=score)
        with pytest.raises(ValueError, match="score of exercise perceptron_step"):
            book.write(result(exercises=exercises), "f1")
        assert list(book.results()) == []
    assert not (tmp_path / "autograded").exists()


@pytest.mark.parametrize("name", ["test_perceptron_step", "test_of_something_else"])
def test_the_tests_must_be_those_of_the_assignment(tmp_path: Path, name: str) -> None:
    tests = dict(result().tests)
    tests.pop(name, None) if name in tests else tests.update({name: 1.0})
    with open_book(tmp_path) as book, pytest.raises(ValueError, match="got scores of the tests"):
        book.write(result(tests=tests), "f1")


def test_an_assignment_must_be_prepared_first(tmp_path: Path) -> None:
    with Book(tmp_path) as book, pytest.raises(ValueError, match="prepare it before"):
        book.write(result(), "f1")


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "a\\b", "a\0b", "a\nb", "\udc80", "x" * 129])
def test_a_name_that_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    with open_book(tmp_path) as book:
        with pytest.raises(ValueError, match="rename"):
            book.write(result(name), "f1")
        assert list(book.results()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["gradebook.db"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=128))
def test_any_other_name_stays_as_it_is(name: str) -> None:
    if name not in (".", "..") and not {"/", "\\"} & set(name):
        assert path_component(name, "student") == name


def edited_source(folder: Path, **points: float | None) -> Path:
    """The instructor's notebook with other points for tests; None: the test is taken out."""
    notebook = nbformat.read(SOURCE, as_version=4)
    for name, value in points.items():
        if value is None:
            notebook.cells.remove(cell_named(notebook, name))
        else:
            cell_named(notebook, name).metadata.nbgrader["points"] = value
    folder.mkdir(exist_ok=True)
    nbformat.write(notebook, folder / f"{NAME}.ipynb")
    return folder / f"{NAME}.ipynb"


def test_changed_points_and_cells_leave_what_people_did(tmp_path: Path, url: str | None) -> None:
    due = datetime(2026, 1, 2, 3, 4)
    with open_book(tmp_path, url) as book:
        book.write(result(), "f1")
        mark(book, QUESTION, 3.5, "Well argued")
        with nbgraders(book) as gradebook:
            gradebook.update_or_create_assignment(ASSIGNMENT, duedate=due)
        book.prepare(ASSIGNMENT, edited_source(tmp_path / "s", test_perceptron_step=5, test_perceptron_fit=None))
        found = grades(book)
        assert found["test_perceptron_step"] | {"cell_type": ""} == {
            "auto_score": 1, "manual_score": None, "extra_credit": None, "max_score": 5, "needs_manual_grade": False,
            "cell_type": "",
        }  # fmt: skip
        assert "test_perceptron_fit" not in found
        assert found[QUESTION]["manual_score"] == 3.5
        with nbgraders(book) as gradebook:
            assert gradebook.find_assignment(ASSIGNMENT).duedate == due
            assert gradebook.find_comment(QUESTION, NAME, ASSIGNMENT, "ada").comment == "Well argued"
        book.prepare(ASSIGNMENT, SOURCE)
        assert grades(book)["test_perceptron_fit"]["auto_score"] is None
        assert grades(book)["test_perceptron_fit"]["needs_manual_grade"]
        book.write(result(), "f1")
        assert not grades(book)["test_perceptron_fit"]["needs_manual_grade"]


def test_a_cell_with_marks_of_people_is_not_forgotten(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        book.write(result(), "f1")
        mark(book, "test_perceptron_fit", 1.0)
        before = grades(book)
        with pytest.raises(GradebookError, match=r"test_perceptron_fit.*1 marks or comments.*put the cell back"):
            book.prepare(ASSIGNMENT, edited_source(tmp_path / "s", test_perceptron_step=5, test_perceptron_fit=None))
        assert grades(book) == before


def test_the_database_is_where_nbgrader_looks_for_it(tmp_path: Path) -> None:
    assert default_url(tmp_path) == f"sqlite:///{tmp_path}/gradebook.db"
    elsewhere = tmp_path / "else where? 100%"
    elsewhere.mkdir()
    (tmp_path / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.db_url = 'sqlite:///{tmp_path}/o.db'"
    )
    with open_book(tmp_path):
        assert (tmp_path / "o.db").is_file()
    with open_book(tmp_path, default_url(elsewhere)):
        assert (elsewhere / "gradebook.db").is_file()
    assert not (tmp_path / "gradebook.db").exists()


def test_settings_are_those_of_the_course_else_of_the_project(tmp_path: Path) -> None:
    assert load_settings(tmp_path, ROOT).coursedir.course_id == "mlp-course"
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'mine'")
    assert load_settings(tmp_path, ROOT).coursedir.course_id == "mine"


def test_a_locked_gradebook_is_said_in_a_sentence(tmp_path: Path) -> None:
    with open_book(tmp_path, patience=0.1) as book:
        other = sqlite3.connect(tmp_path / "gradebook.db")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(GradebookError, match=r"gradebook.db: another program keeps the gradebook locked: close it"):
            book.write(result(), "f1")
        other.rollback()
        other.close()
        book.write(result(), "f1")


def test_it_waits_for_a_short_lock(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        other = sqlite3.connect(tmp_path / "gradebook.db", check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.3, other.rollback)
        timer.start()
        book.write(result(), "f1")
        timer.join()
        other.close()
        assert book.fingerprint("ada", ASSIGNMENT) == "f1"


def test_readers_and_the_writer_do_not_disturb_each_other(tmp_path: Path, url: str | None) -> None:
    with open_book(tmp_path, url) as book:
        address = book._engine.url.render_as_string(hide_password=False)
        command = [sys.executable, "-c", _READER, address, ASSIGNMENT]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as reader:
            assert reader.stdout
            said, written = b"", 0
            while said.count(b"\n") < 5:
                book.write(result(f"s{written:05d}", notebook=""), "f1")
                written += 1
                if select.select([reader.stdout], [], [], 0)[0]:
                    news = os.read(reader.stdout.fileno(), 100)
                    assert news, "the reader has failed"
                    said += news
            reader.terminate()
    counts = [int(line) for line in said.split()]
    assert counts == sorted(counts)
    assert 0 < counts[-1] <= written
    assert len(set(counts)) > 2, "it never looked while something was written"


_READER = """
import sys
from nbgrader.api import Gradebook
while True:
    with Gradebook(sys.argv[1], "mlp-course") as gradebook:
        rows = gradebook.submission_dicts(sys.argv[2])
    assert all(row["score"] == 3 and row["max_score"] == 16 for row in rows)
    print(len(rows), flush=True)
"""


def test_other_programs_see_a_file_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise KeyboardInterrupt

    write_atomically(tmp_path / "a/b", "old")
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", broken)
        with pytest.raises(KeyboardInterrupt):
            write_atomically(tmp_path / "a/b", "new")
    assert (tmp_path / "a/b").read_text() == "old"
    write_atomically(tmp_path / "a/b", "newer \ud800")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    assert (tmp_path / "a/b").read_text() == "newer ?"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("nonsense", "got the database 'nonsense', expected sqlite:.*: correct it"),
        ("nosuch://x/y", "got the database 'nosuch://x/y', expected"),
        ("sqlite:////nowhere/at/all/gradebook.db", "/nowhere/at/all/gradebook.db: the file can't be opened"),
        ("postgresql://me:secret@/x?host=/nowhere", r"postgresql://me:\*\*\*@/x.*: the database says: "),
        ("mysql+pymysql://x/y", "the Python package pymysql is missing"),
    ],
)
def test_a_database_that_can_not_be_had_is_said_in_a_sentence(tmp_path: Path, address: str, sentence: str) -> None:
    with pytest.raises(GradebookError, match=sentence) as error:
        Book(tmp_path, address)
    assert "secret" not in str(error.value)


def test_a_file_that_is_no_gradebook_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "gradebook.db").write_text("my notes, " * 100)
    with pytest.raises(GradebookError, match="the file is no gradebook"):
        Book(tmp_path)
    assert (tmp_path / "gradebook.db").read_text().startswith("my notes")


def test_a_gradebook_of_another_nbgrader_is_said_in_a_sentence(tmp_path: Path) -> None:
    with open_book(tmp_path) as book, book._writer.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = 'old'"))
        db.execute(text("DROP TABLE autograde_results"))
    with pytest.raises(GradebookError, match=r"got version old, expected .* `nbgrader db upgrade`"):
        Book(tmp_path)


def test_readers_make_no_gradebook(tmp_path: Path, url: str | None) -> None:
    with pytest.raises(NoGradebookError, match=r"there is no gradebook.*run `autograde grade` first"):
        Book(tmp_path, url, create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_gradebook_that_nbgrader_made_is_taken_over(tmp_path: Path) -> None:
    with Gradebook(default_url(tmp_path), "mlp-course") as gradebook:
        gradebook.add_assignment(ASSIGNMENT, duedate="2026-01-02")
    with Book(tmp_path, create=False) as book:
        assert book.result("ada", ASSIGNMENT) is None
        assert list(book.results()) == []
    with open_book(tmp_path) as book:
        book.write(result(), "f1")
        assert len(grades(book)) == len(POINTS) + 1


def test_a_kill_at_any_moment_loses_nothing(tmp_path: Path, url: str | None) -> None:
    command = [sys.executable, "-m", "tests.autograde.killed_writer", str(tmp_path), url or ""]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert run.returncode == 0, run.stderr[-3000:]
    kills, halves = map(int, run.stdout.split())
    assert kills > 5
    assert halves > 3, "nearly always it was done, or had not begun"


def rows(course: Path, *orders: str) -> list[list[tuple[Any, ...]]]:
    """What queries find in a gradebook."""
    db = sqlite3.connect(course / "gradebook.db")
    found = [db.execute(order).fetchall() for order in orders]
    db.close()
    return found


ALL_ROWS = (
    "SELECT course.id FROM course JOIN assignment ON course_id = course.id",
    "SELECT name, duedate, course_id FROM assignment",
    "SELECT name, kernelspec FROM notebook",
    "SELECT name, type, g.max_score, g.cell_type, t.max_score, t.cell_type FROM base_cell LEFT JOIN grade_cells g"
    " USING (id) LEFT JOIN task_cells t USING (id) ORDER BY type, name",
    "SELECT name, cell_type, locked, source, checksum FROM source_cell ORDER BY name",
    "SELECT id, first_name, last_name, email, lms_user_id FROM student",
    "SELECT student_id, timestamp, extension FROM submitted_assignment",
    "SELECT flagged, late_submission_penalty FROM submitted_notebook",
    "SELECT name, auto_score, manual_score, extra_credit, needs_manual_grade FROM grade JOIN base_cell"
    " ON base_cell.id = cell_id ORDER BY name",
    "SELECT name, auto_comment, manual_comment FROM comment JOIN base_cell ON base_cell.id = cell_id ORDER BY name",
    "SELECT version_num FROM alembic_version",
)


HANDED_IN = datetime(2026, 1, 2, 3, 4, 5)


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course in which nbgrader itself has graded a submission."""
    course = Course(tmp_path_factory.mktemp("stock"))
    with (course.folder / "nbgrader_config.py").open("a") as config:
        config.write("\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    notebook = nbformat.reads(answered(perceptron_predict=ANSWER), as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]  # figures take time
    course.submit("ada", notebook)
    (course.folder / f"submitted/ada/{ASSIGNMENT}/timestamp.txt").write_text(f"{HANDED_IN} UTC")
    course.nbgrader(f"generate_assignment {ASSIGNMENT}", f"autograde {ASSIGNMENT}")
    return course


@pytest.fixture(scope="module")
def ours(stock: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The same course, with what nbgrader found out written by a Book."""
    course = Course(tmp_path_factory.mktemp("ours"))
    for name in ("nbgrader_config.py", "submitted"):
        source = stock.folder / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, course.folder / name)
    graded = stock.folder / f"autograded/ada/{ASSIGNMENT}/{NAME}.ipynb"
    with open_book(course.folder) as book:
        book.write(result(tests=stock.scores("ada"), exercises={}, notebook=graded.read_text()), "f1", HANDED_IN)
    return course


@pytest.mark.nbgrader
def test_the_rows_are_those_of_nbgrader(stock: Course, ours: Course) -> None:
    for order, theirs, found in zip(ALL_ROWS, rows(stock.folder, *ALL_ROWS), rows(ours.folder, *ALL_ROWS), strict=True):
        assert found == theirs, order
        assert found, order


@pytest.mark.nbgrader
def test_nbgrader_goes_on_from_here(ours: Course) -> None:
    """Its other steps accept the gradebook: registering again, feedback, export, and marking by hand."""
    ours.nbgrader(f"generate_assignment {ASSIGNMENT} --force", f"generate_feedback {ASSIGNMENT}", "export")
    assert "perceptron_predict" in (ours.folder / f"feedback/ada/{ASSIGNMENT}/{NAME}.html").read_text()
    assert ",ada,,,,2.0,0.0,2.0,16.0" in (ours.folder / "grades.csv").read_text()
    with Gradebook(default_url(ours.folder), "mlp-course") as gradebook:
        submission = gradebook.find_submission_notebook(NAME, ASSIGNMENT, "ada").id
    page = ours.page(f"/formgrader/submissions/{submission}/")
    assert "Rubric" in page
    assert re.search(r'<input[^>]*class="[^"]*score[^"]*"', page)
    listed = NbGraderAPI(CourseDirectory(root=str(ours.folder))).get_submissions(ASSIGNMENT)
    assert [(row["student"], row["autograded"], row["needs_manual_grade"]) for row in listed] == [("ada", True, True)]
