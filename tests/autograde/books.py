"""A course with results in its gradebook, for tests of what is made from them."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from autograde.gradebook.book import Book
from autograde.gradebook.results import GRADED, ExerciseResult, SubmissionResult
from tests.support.paths import ROOT

ASSIGNMENT, NAME, QUESTION = "01_perceptron", "perceptron", "stubborn_perceptron"
SOURCE = ROOT / "solutions" / ASSIGNMENT / f"{NAME}.ipynb"
POINTS = {
    "perceptron_predict": 2.0,
    "perceptron_step": 2.0,
    "perceptron_fit": 3.0,
    "mistake_bound": 2.0,
    "certifies_nonseparable": 3.0,
}


@cache
def released() -> str:
    return (ROOT / "notebooks" / ASSIGNMENT / f"{NAME}.ipynb").read_text(encoding="utf-8")


def answered(question: str = "", **answers: str) -> str:
    """The learner's notebook with answers written into it."""
    notebook: dict[str, Any] = json.loads(released())
    for position, cell in enumerate(notebook["cells"]):
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell["source"] = answers[name]
        if name == QUESTION and question:
            notebook["cells"][position + 1]["source"] = question
    return json.dumps(notebook)


def result(student: str = "ada", *, notebook: str | None = None, **changes: Any) -> SubmissionResult:
    """A result in which one test has full points, one half of them and the others none."""
    tests: Mapping[str, float] = {f"test_{n}": 0.0 for n in POINTS} | {
        "test_perceptron_predict": 2.0,
        "test_perceptron_step": 1.0,
    }
    exercises = {
        name: ExerciseResult(tests[f"test_{name}"], points, "failed", "the sign is lost", "Look at the sign.")
        for name, points in POINTS.items()
    }
    values = {"status": GRADED, "score": 3.0, "max_score": 12.0, "seconds": 0.2, "tests": tests, "exercises": exercises}
    notebook = released() if notebook is None else notebook
    return SubmissionResult(student, ASSIGNMENT, **values | {"notebook": notebook} | changes)


def open_book(course: Path, url: str | None = None, **options: Any) -> Book:
    """The gradebook of a course with the assignment registered."""
    book = Book(course, url, defaults=ROOT, **options)
    try:
        book.prepare(ASSIGNMENT, SOURCE)
    except BaseException:
        book.close()
        raise
    return book


def nbgraders(book: Book) -> Gradebook:
    """The same gradebook as nbgrader's own programs see it."""
    return Gradebook(book._engine.url.render_as_string(hide_password=False), "mlp-course")


def mark(book: Book, name: str, points: float, comment: str | None = None, student: str = "ada") -> None:
    """What formgrader does when a person gives points."""
    with nbgraders(book) as gradebook:
        grade = gradebook.find_grade(name, NAME, ASSIGNMENT, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        if comment is not None:
            gradebook.find_comment(name, NAME, ASSIGNMENT, student).manual_comment = comment
        gradebook.db.commit()
