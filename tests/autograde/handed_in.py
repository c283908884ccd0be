"""Submissions for tests of grading: small notebooks with right answers, and ways to spoil them."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from autograde.course import notebook_name, source_path
from autograde.exercises import ASSIGNMENTS
from autograde.gradebook.book import Book
from autograde.gradebook.results import SubmissionResult
from tests.autograde.books import ASSIGNMENT, POINTS
from tests.support.paths import ROOT

Notebook = dict[str, Any]
Edit = Callable[[Notebook], None]
FULL = sum(POINTS.values())


@cache
def _right(assignment: str, whole: bool) -> str:
    """What a learner got, with the instructor's answers in it; cells that are no part of the assignment on demand."""
    released = json.loads((ROOT / "notebooks" / assignment / f"{notebook_name(assignment)}.ipynb").read_text("utf-8"))
    answers = {grade_id(c): c["source"] for c in json.loads(source_path(assignment).read_text("utf-8"))["cells"]}
    released["cells"] = [cell for cell in released["cells"] if whole or grade_id(cell)]
    for cell in released["cells"]:
        if grade_id(cell) in ASSIGNMENTS[assignment]:
            cell["source"] = answers[grade_id(cell)]
        cell["source"] = "".join(cell["source"])
    return json.dumps(released)


def grade_id(cell: Notebook) -> str:
    """The name of a cell in nbgrader's metadata, or ""."""
    name: str = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
    return name


def right(assignment: str = ASSIGNMENT, whole: bool = False) -> Notebook:
    """A notebook that earns all points; ``whole``: with the course's figures and demonstrations, which take time."""
    notebook: Notebook = json.loads(_right(assignment, whole))
    return notebook


def cell_of(notebook: Notebook, name: str) -> Notebook:
    """The cell of a name."""
    return next(cell for cell in notebook["cells"] if grade_id(cell) == name)


def code(source: str) -> Notebook:
    """A cell of a learner's own."""
    return {"cell_type": "code", "id": "own", "metadata": {}, "source": source, "execution_count": None, "outputs": []}


def written(edit: Edit | None = None, **answers: str) -> bytes:
    """The file of a notebook with other answers, and edited."""
    notebook = right()
    for name, source in answers.items():
        cell_of(notebook, name)["source"] = source
    if edit is not None:
        edit(notebook)
    return json.dumps(notebook).encode()


def hand_in(course: Path, student: str, data: bytes, assignment: str = ASSIGNMENT, name: str = "") -> Path:
    """Put a notebook where ``autograde grade`` looks for it."""
    place = course / "submitted" / student / assignment / f"{name or notebook_name(assignment)}.ipynb"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place


def results(course: Path, url: str | None = None) -> dict[str, SubmissionResult]:
    """What the gradebook of a course holds, by student."""
    with Book(course, url, create=False, defaults=ROOT) as book:
        return {result.student: result for result in book.results() if result.assignment == ASSIGNMENT}


def marks(less: dict[str, float]) -> dict[str, float]:
    """The points of all tests: the full ones, but for the exercises given."""
    return {f"test_{name}": less.get(name, points) for name, points in POINTS.items()}
