"""``autograde feedback``: a page for each submission that tells its learner what was found."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from autograde.course import COURSE
from autograde.files import path_component, why, write_atomically
from autograde.gradebook.book import Book, with_penalties
from autograde.gradebook.database import GradebookError
from autograde.gradebook.exchange import make_returnable
from autograde.gradebook.results import SubmissionResult
from autograde.gradebook.rows import Mark, Marks, Plan, load_marks
from autograde.gradebook.settings import find_course
from autograde.notebook import NotebookCell, read_notebook
from autograde.reporting.page import Answer, Exercise, Page, Question, render
from autograde.reporting.summary import terminal_safe

READABLE = 0o644  # nbgrader copies it with its permissions, and learners must be able to read it


@dataclass(frozen=True)
class Source:
    """What the course itself wrote.  texts: its cells without a role.  questions: the headings, by name."""

    title: str
    texts: frozenset[str] = frozenset()
    questions: dict[str, str] = field(default_factory=dict)


def read_source(root: Path, plan: Plan, assignment: str) -> Source:
    """What is needed of the instructor's notebook; little where it is gone."""
    cells = _cells(root / "solutions" / assignment / f"{plan.notebook}.ipynb")
    title = next((line[2:] for cell in cells for line in cell.source.split("\n") if line.startswith("# ")), assignment)
    headings = {c.name: c.source.strip().split("\n")[0].lstrip("# ") for c in cells if c.name in plan.questions}
    return Source(title, frozenset(cell.source.strip() for cell in cells if not cell.role), headings)


def _cells(path: Path) -> list[NotebookCell]:
    try:
        return read_notebook(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []


def page_of(result: SubmissionResult, marks: Marks | None, plan: Plan, source: Source, notebook: Path) -> Page:
    """What a learner is told: the result, with what people have marked in place of what the tests gave."""
    cells = _cells(notebook)
    known: Mapping[str, Mark] = marks.cells if marks else {}
    code = {cell.name: cell.source for cell in cells if cell.role.get("solution")}
    total = sum(points for _, points, _ in plan.tests.values()) + sum(
        points for _, points, _ in plan.questions.values()
    )
    return Page(
        title=source.title,
        student=result.student,
        score=marks.score if marks else None,
        max_score=total,
        penalty=marks.penalty if marks else 0.0,
        error=result.error,
        exercises=[
            Exercise(
                name, found, *_points(name, found.score, known), code.get(name, ""), known.get(name, Mark()).comment
            )
            for name, found in result.exercises.items()
        ],
        questions=list(_questions(plan, source, known, cells)) if marks else [],
        repaired=result.repaired,
    )


def _points(name: str, score: float, marks: Mapping[str, Mark]) -> tuple[float, bool]:
    """The points of an exercise as they count, and whether a person has given them."""
    tests = [mark for test, mark in marks.items() if re.fullmatch(rf"test_{re.escape(name)}(_\d+)?", test)]
    by_hand = any(mark.by_hand for mark in tests)
    return (sum(mark.score for mark in tests), True) if by_hand else (score, False)


def _questions(
    plan: Plan, source: Source, marks: Mapping[str, Mark], cells: Sequence[NotebookCell]
) -> Iterator[Question]:
    for name, (_, points, _) in plan.questions.items():
        mark = marks.get(name, Mark(waiting=True))
        answers = list(_written_below(name, cells, source.texts))
        score = None if mark.waiting and not mark.by_hand else mark.score
        title = source.questions.get(name, name)
        yield Question(title, points, score, answers, mark.comment, outdated=mark.waiting and mark.by_hand)


def _written_below(name: str, cells: Sequence[NotebookCell], texts: frozenset[str]) -> Iterator[Answer]:
    """The learner's own cells between a question and the next cell with a role; the question has the rubric in it."""
    names = [cell.name for cell in cells]
    for cell in cells[names.index(name) + 1 :] if name in names else ():
        if cell.role:
            return
        if (text := cell.source.strip()) and text not in texts:
            yield Answer(text, cell.pictures)


def write_pages(book: Book, assignments: Sequence[str], root: Path) -> tuple[int, list[str]]:
    """Write the page of every submission; returns how many, and sentences on those that could not be written."""
    sources: dict[str, tuple[Plan, Source]] = {}
    problems: list[str] = []
    written = 0
    for result in _shown(book, assignments):
        try:
            path_component(result.student, "student"), path_component(result.assignment, "assignment")
            if result.assignment not in sources:
                plan = book.plan(result.assignment)
                sources[result.assignment] = plan, read_source(root, plan, result.assignment)
            _write_page(book, result, *sources[result.assignment])
            written += 1
        except OSError as error:
            problems.append(f"{result.student}: {result.assignment}: {why(error)}")
        except ValueError as error:
            problems.append(f"{result.student}: {result.assignment}: {error}")
    return written, problems


def _write_page(book: Book, result: SubmissionResult, plan: Plan, source: Source) -> None:
    """Write one page, and beside it what the exchange needs to return it."""
    with book.reading() as db:
        marks = load_marks(db, plan, result.student)
    graded, folder = (book.settings.place(s, result.student, result.assignment) for s in ("autograded", "feedback"))
    page = page_of(result, marks, plan, source, graded / f"{plan.notebook}.ipynb")
    make_returnable(folder, graded)
    write_atomically(folder / f"{plan.notebook}.html", render(page), READABLE)


def _shown(book: Book, assignments: Sequence[str]) -> Iterator[SubmissionResult]:
    """The results to be told, with a progress bar where a person looks on."""
    with tqdm(book.results(), total=book.count(), unit=" pages", disable=None, leave=False) as bar:
        yield from (result for result in bar if not assignments or result.assignment in assignments)


def main(assignments: Sequence[str], course: Path | None, url: str | None) -> int:
    """Exit status: 0 all pages were written, 1 some could not be, 2 there is nothing to write from."""
    folder, root = find_course(course), COURSE
    try:
        with Book(folder, url, create=False, defaults=root) as book:
            pages = folder / book.settings.folder("feedback")
            known = book.assignments()
            if unknown := [name for name in assignments if name not in known]:
                names = ", ".join(known) or "none"
                print(f"autograde feedback: no assignment {unknown[0]!r}: the gradebook has {names}", file=sys.stderr)
                return 2
            if warning := with_penalties(book, assignments):
                print(f"autograde feedback: {warning}", file=sys.stderr)
            written, problems = write_pages(book, assignments, root)
    except GradebookError as error:
        print(f"autograde feedback: {error}", file=sys.stderr)
        return 2
    for problem in problems:
        print(terminal_safe(f"autograde feedback: {problem}"), file=sys.stderr)
    print(f"wrote {written} pages to {pages}")
    return 1 if problems else 0
