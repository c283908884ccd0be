"""The rows of one submission in nbgrader's gradebook, as nbgrader's own autograding would leave them."""

import functools
import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
    new_uuid,
)
from sqlalchemy import Connection, Table, bindparam, insert, select, update

from autograde.gradebook.results import SubmissionResult
from autograde.notebook import NotebookCell, read_notebook

# Rows are written without nbgrader's classes: each Grade that they load costs several subqueries.
STUDENT, _SUBMISSION, _NOTEBOOK, _GRADE, _COMMENT = (
    model.__table__ for model in (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment)
)


@dataclass(frozen=True)
class Plan:
    """What the gradebook knows of an assignment: ids of rows, by the names of cells.

    tests: id, points, and whether a person marks it.  questions: id, points and text.  answers: id, and the text before
    it is answered.
    """

    assignment_id: str
    notebook_id: str
    notebook: str
    tests: Mapping[str, tuple[str, float, bool]]
    questions: Mapping[str, tuple[str, float, str]]
    answers: Mapping[str, tuple[str, str]]

    def check(self, result: SubmissionResult) -> None:
        """Raises: ValueError where scores are not what this assignment can give."""
        where = f"{result.student}/{result.assignment}"
        expected = {name for name, (_, _, by_hand) in self.tests.items() if not by_hand}
        if not expected <= result.tests.keys() <= self.tests.keys():
            got, names = ", ".join(result.tests) or "none", ", ".join(sorted(expected))
            raise ValueError(f"{where}: got scores of the tests {got}, expected those of {names}: prepare it again")
        for name, score in result.tests.items():
            _check_score(f"{where}: the score of {name}", score, self.tests[name][1])
        for name, found in result.exercises.items():
            _check_score(f"{where}: the score of exercise {name}", found.score, found.max_score)


def _check_score(what: str, score: Any, points: float) -> None:
    number = isinstance(score, int | float) and not isinstance(score, bool)
    if not (number and math.isfinite(score) and 0 <= score <= points):
        raise ValueError(f"{what} is {score!r}, expected a number from 0 to {points:g}: the test is wrong")


def load_plan(db: Connection, assignment: str) -> Plan | None:
    """What the gradebook knows of an assignment; None where it was never registered."""
    query = select(Assignment.id, Notebook.id, Notebook.name)
    query = query.join(Notebook, Notebook.assignment_id == Assignment.id).where(Assignment.name == assignment)
    others_last = (Notebook.name != assignment.partition("_")[2], Notebook.name)
    if (found := db.execute(query.order_by(*others_last)).first()) is None:
        return None
    assignment_id, notebook_id, notebook = found
    texts = select(SourceCell.name, SourceCell.source).where(SourceCell.notebook_id == notebook_id)
    said = {name: source or "" for name, source in db.execute(texts)}
    answers = select(SolutionCell.__table__.c.id, BaseCell.name).select_from(_cells_of(SolutionCell))
    stubs = {name: (cell, said.get(name, "")) for cell, name in db.execute(answers.where(_in(notebook_id)))}
    kind = GradeCell.__table__.c
    tests = select(kind.id, BaseCell.name, kind.max_score, kind.cell_type).select_from(_cells_of(GradeCell))
    task = TaskCell.__table__.c
    questions = select(task.id, BaseCell.name, task.max_score).select_from(_cells_of(TaskCell))
    return Plan(
        assignment_id,
        notebook_id,
        notebook,
        {n: (i, points, t != "code" or n in stubs) for i, n, points, t in db.execute(tests.where(_in(notebook_id)))},
        {n: (cell, points, said.get(n, "")) for cell, n, points in db.execute(questions.where(_in(notebook_id)))},
        stubs,
    )


def _cells_of(kind: type[BaseCell]) -> Any:
    return BaseCell.__table__.join(kind.__table__, kind.__table__.c.id == BaseCell.__table__.c.id)


def _in(notebook_id: str) -> Any:
    return BaseCell.__table__.c.notebook_id == notebook_id


@dataclass(frozen=True)
class Written:
    """What a learner wrote, by cells.  answers: the texts of answer cells.  digests: change with what is marked."""

    answers: Mapping[str, str]
    digests: Mapping[str, str]

    @classmethod
    def from_notebook(cls, text: str, plan: Plan) -> "Written":
        """Raises: ValueError where the text is no notebook."""
        cells = read_notebook(text) if text else []
        answers = {cell.name: cell.source for cell in cells if cell.role.get("solution")}
        written = dict(answers) | {
            name: _written_for(name, asked, cells) for name, (_, _, asked) in plan.questions.items()
        }
        return cls(answers, {name: hashlib.sha256(repr(said).encode()).hexdigest() for name, said in written.items()})

    def changed(self, before: str) -> Callable[[str], bool]:
        """Whether what a cell's points are for differs from what an earlier ``to_text`` says; unknown is the same."""
        try:
            old = json.loads(before)
        except ValueError:
            old = None
        if not isinstance(old, dict):
            return lambda name: False
        return lambda name: old.get(self._about(name)) != self.digests.get(self._about(name))

    def to_text(self) -> str:
        """The digests as text."""
        return json.dumps(self.digests)

    def _about(self, name: str) -> str:
        """The answer of a test, and of anything else itself."""
        fits = [answer for answer in self.digests if re.fullmatch(rf"test_{re.escape(answer)}(_\d+)?", name)]
        return max(fits, key=len, default=name)


def _written_for(question: str, asked: str, cells: Sequence[NotebookCell]) -> list[str]:
    """A learner's text that a written question is about: what stands in its cell and below it, and text anywhere else.

    Code that belongs to an exercise, and what the course itself says in the question, are none of it.
    """
    texts, below = [], False
    for cell in cells:
        if cell.name == question:
            texts.append(cell.source.removeprefix(asked).strip() + cell.attachments)
        elif not cell.role and (below or cell.kind != "code"):
            texts.append(cell.source.strip() + cell.attachments)
        below = cell.name == question or (below and not cell.role)
    return texts


def ensure(db: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any] | None = None) -> Any:
    """The row with a key, with ``values`` set in it, made when missing."""
    values = values or {}
    find, make = _ensuring(table, tuple(key), tuple(values))
    sent = {f"key_{name}": value for name, value in key.items()} | dict(values)
    return db.execute(find, sent).first() or db.execute(make, {**key, **values}).one()


@functools.cache  # to build a statement takes longer than to run it
def _ensuring(table: Table, key: tuple[str, ...], values: tuple[str, ...]) -> tuple[Any, Any]:
    """The statement that finds a row by its key and sets values in it, and the one that makes it."""
    this = [table.c[name] == bindparam(f"key_{name}") for name in key]
    change = update(table).where(*this).values({name: bindparam(name) for name in values}).returning(*table.c)
    make = insert(table).values({name: bindparam(name) for name in key + values}).returning(*table.c)
    return (change if values else select(table).where(*this)), make


def put(
    db: Connection, plan: Plan, result: SubmissionResult, written: Written, when: datetime | None, before: str
) -> list[str]:
    """Store the grades of one submission; returns the cells that a person has marked and is asked to mark again.

    before: the digests of what was written when a person may have marked it.
    """
    key = {"assignment_id": plan.assignment_id, "student_id": result.student}
    submission = ensure(db, _SUBMISSION, key, {"timestamp": when} if when else None)
    notebook = ensure(db, _NOTEBOOK, {"assignment_id": submission.id, "notebook_id": plan.notebook_id})
    reopened = _put_grades(db, plan, result, notebook.id, written.changed(before))
    _put_comments(db, plan, written, notebook.id)
    return reopened


def load_timestamps(db: Connection) -> dict[tuple[str, str], datetime | None]:
    """When each submission was handed in, by student and assignment."""
    query = select(_SUBMISSION.c.student_id, Assignment.name, _SUBMISSION.c.timestamp)
    rows = db.execute(query.join(Assignment, Assignment.id == _SUBMISSION.c.assignment_id))
    return {(student, name): when for student, name, when in rows}


def set_timestamp(db: Connection, student: str, assignment: str, when: datetime) -> None:
    """Correct when a submission was handed in, where it has grades."""
    which = select(Assignment.id).where(Assignment.name == assignment).scalar_subquery()
    this = (_SUBMISSION.c.assignment_id == which) & (_SUBMISSION.c.student_id == student)
    db.execute(update(_SUBMISSION).where(this).values(timestamp=when))


def _put_grades(
    db: Connection, plan: Plan, result: SubmissionResult, notebook_id: str, changed: Callable[[str], bool]
) -> list[str]:
    """Points of tests and open questions; what people have given stays, and is asked for again where it is for a text
    that has changed.  (nbgrader always asks again for tests, and never for questions.)
    """
    present = {row.cell_id: row for row in db.execute(select(_GRADE).where(_GRADE.c.notebook_id == notebook_id))}
    wanted = {cell: (name, result.tests.get(name)) for name, (cell, _, _) in plan.tests.items()}
    wanted |= {cell: (name, None) for name, (cell, _, _) in plan.questions.items()}
    rows, reopened = [], []
    for cell, (name, score) in wanted.items():
        row = present.get(cell)
        open_ = score is None
        if row and row.manual_score is not None:
            open_ = changed(name) or row.needs_manual_grade
            reopened += [name] * (open_ and not row.needs_manual_grade)
        rows.append({"cell": cell, "auto_score": score, "needs_manual_grade": open_})
    _put_rows(db, _GRADE, notebook_id, present.keys(), rows)
    return reopened


def _put_comments(db: Connection, plan: Plan, written: Written, notebook_id: str) -> None:
    present = set(db.scalars(select(_COMMENT.c.cell_id).where(_COMMENT.c.notebook_id == notebook_id)))
    untouched = {cell: written.answers.get(name) == stub for name, (cell, stub) in plan.answers.items()}
    untouched |= dict.fromkeys((cell for cell, _, _ in plan.questions.values()), False)
    rows = [{"cell": cell, "auto_comment": "No response." if same else None} for cell, same in untouched.items()]
    _put_rows(db, _COMMENT, notebook_id, present, rows)


def _put_rows(db: Connection, table: Any, notebook_id: str, present: Any, rows: list[dict[str, Any]]) -> None:
    """Insert or update, in two statements at most."""
    if new := [row for row in rows if row["cell"] not in present]:
        made = [{"id": new_uuid(), "notebook_id": notebook_id, "cell_id": row["cell"]} | row for row in new]
        db.execute(insert(table), [{k: v for k, v in row.items() if k != "cell"} for row in made])
    if old := [row for row in rows if row["cell"] in present]:
        this = (table.c.notebook_id == notebook_id) & (table.c.cell_id == bindparam("cell"))
        db.execute(update(table).where(this), old)


@dataclass(frozen=True)
class Mark:
    """What stands in the gradebook for one cell.  by_hand: whether a person has given the points."""

    score: float = 0.0
    by_hand: bool = False
    waiting: bool = False
    comment: str = ""


@dataclass(frozen=True)
class Marks:
    """What stands in the gradebook for one submission: ``cells`` by name, and what is taken off for being late."""

    cells: Mapping[str, Mark]
    penalty: float

    @property
    def score(self) -> float:
        """What counts."""
        return max(0.0, sum(mark.score for mark in self.cells.values()) - self.penalty)


def load_marks(db: Connection, plan: Plan, student: str) -> Marks | None:
    """The marks of one submission, with comments of people only; None where nothing could be graded yet."""
    this = (_SUBMISSION.c.assignment_id == plan.assignment_id) & (_SUBMISSION.c.student_id == student)
    query = select(_NOTEBOOK.c.id, _NOTEBOOK.c.late_submission_penalty)
    query = query.join(_SUBMISSION, _SUBMISSION.c.id == _NOTEBOOK.c.assignment_id).where(this)
    if (found := db.execute(query.where(_NOTEBOOK.c.notebook_id == plan.notebook_id)).first()) is None:
        return None
    names = {cell: name for kind in (plan.tests, plan.questions, plan.answers) for name, (cell, *_) in kind.items()}
    said = select(_COMMENT.c.cell_id, _COMMENT.c.manual_comment).where(_COMMENT.c.notebook_id == found.id)
    comments = {names.get(cell, cell): text or "" for cell, text in db.execute(said)}
    cells = {name: Mark(comment=comment) for name, comment in comments.items()}
    for row in db.execute(select(_GRADE).where(_GRADE.c.notebook_id == found.id)):
        name, points = names.get(row.cell_id, row.cell_id), (row.manual_score, row.auto_score)
        score = next((value + (row.extra_credit or 0.0) for value in points if value is not None), 0.0)
        by_hand = row.manual_score is not None
        cells[name] = Mark(score, by_hand, row.needs_manual_grade, comments.get(name, ""))
    return Marks(cells, found.late_submission_penalty or 0.0)
