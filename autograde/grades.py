"""The rows of one submission in nbgrader's gradebook, as nbgrader's own autograding would leave them."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Connection, bindparam, insert, select, update
from traitlets.config import Config

from autograde.cells import read_notebook
from autograde.results import SubmissionResult

# Rows are written without nbgrader's classes: each Grade that they load costs several subqueries.
STUDENT, _SUBMISSION, _NOTEBOOK, _GRADE, _COMMENT = (
    model.__table__ for model in (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment)
)


@dataclass(frozen=True)
class Plan:
    """What the gradebook knows of an assignment: ids of rows, by the names of cells.

    tests: id, points, and whether a person marks it.  questions: id and points.  answers: id, and the text before it is
    answered.
    """

    assignment_id: str
    duedate: datetime | None
    notebook_id: str
    notebook: str
    tests: Mapping[str, tuple[str, float, bool]]
    questions: Mapping[str, tuple[str, float]]
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
    query = select(Assignment.id, Assignment.duedate, Notebook.id, Notebook.name)
    query = query.join(Notebook, Notebook.assignment_id == Assignment.id).where(Assignment.name == assignment)
    if (found := db.execute(query.order_by(Notebook.name)).first()) is None:
        return None
    assignment_id, duedate, notebook_id, notebook = found
    answers = select(SolutionCell.__table__.c.id, BaseCell.name, SourceCell.source)
    answers = answers.select_from(_cells_of(SolutionCell)).join(
        SourceCell, (SourceCell.notebook_id == BaseCell.notebook_id) & (SourceCell.name == BaseCell.name)
    )
    stubs = {name: (cell, source) for cell, name, source in db.execute(answers.where(_in(notebook_id)))}
    kind = GradeCell.__table__.c
    tests = select(kind.id, BaseCell.name, kind.max_score, kind.cell_type).select_from(_cells_of(GradeCell))
    task = TaskCell.__table__.c
    questions = select(task.id, BaseCell.name, task.max_score).select_from(_cells_of(TaskCell))
    return Plan(
        assignment_id,
        duedate,
        notebook_id,
        notebook,
        {n: (i, points, t != "code" or n in stubs) for i, n, points, t in db.execute(tests.where(_in(notebook_id)))},
        {name: (cell, points) for cell, name, points in db.execute(questions.where(_in(notebook_id)))},
        stubs,
    )


def _cells_of(kind: type[BaseCell]) -> Any:
    return BaseCell.__table__.join(kind.__table__, kind.__table__.c.id == BaseCell.__table__.c.id)


def _in(notebook_id: str) -> Any:
    return BaseCell.__table__.c.notebook_id == notebook_id


@dataclass(frozen=True)
class Written:
    """What a learner wrote.  answers: the text of answer cells by name.  digest: changes with any text of theirs."""

    answers: Mapping[str, str]
    digest: str

    @classmethod
    def from_notebook(cls, text: str) -> "Written":
        """Raises: ValueError where the text is no notebook."""
        cells = read_notebook(text) if text else []
        answers = {cell.name: cell.source for cell in cells if cell.role.get("solution")}
        sources = json.dumps([cell.source for cell in cells if not cell.role.get("locked")])
        return cls(answers, hashlib.sha256(sources.encode()).hexdigest())


class LatePenalties:
    """The penalties of nbgrader's LateSubmissionPlugin, or of the one that the course's configuration names."""

    def __init__(self, config: Config) -> None:
        self._step = AssignLatePenalties(config=config)
        self._step.init_plugin()
        plugin = self._step.plugin_inst
        self.any = not (type(plugin) is LateSubmissionPlugin and plugin.penalty_method == "none")

    def of(self, student: str, score: float, seconds_late: float) -> float | None:
        """What is taken off, from 0 to ``score``; None where nothing is."""
        if seconds_late <= 0:
            return None
        penalty = self._step.plugin_inst.late_submission_penalty(student, score, seconds_late)
        return None if penalty is None else min(max(float(penalty), 0.0), score)


def ensure(db: Connection, table: Any, key: Mapping[str, Any], values: Mapping[str, Any] | None = None) -> Any:
    """The row with a key, with ``values`` set in it, made when missing."""
    values = values or {}
    this = [table.c[name] == value for name, value in key.items()]
    update_it = update(table).where(*this).values(**values).returning(*table.c)
    found = db.execute(update_it if values else select(table).where(*this)).first()
    if found is None:
        found = db.execute(insert(table).values(**key, **values).returning(*table.c)).one()
    return found


def put(
    db: Connection, plan: Plan, result: SubmissionResult, written: Written, when: datetime | None, changed: bool
) -> tuple[str, float, float]:
    """Store the grades of one submission.  changed: since a person may have marked its questions.

    Returns the id of the submitted notebook, its score and the seconds it was late.
    """
    key = {"assignment_id": plan.assignment_id, "student_id": result.student}
    submission = ensure(db, _SUBMISSION, key, {"timestamp": when} if when else None)
    notebook = ensure(db, _NOTEBOOK, {"assignment_id": submission.id, "notebook_id": plan.notebook_id})
    score = _put_grades(db, plan, result, notebook.id, changed)
    _put_comments(db, plan, written, notebook.id)
    late = 0.0
    if plan.duedate is not None and submission.timestamp is not None:
        late = (submission.timestamp - plan.duedate - (submission.extension or timedelta())).total_seconds()
    return notebook.id, score, late


def _put_grades(db: Connection, plan: Plan, result: SubmissionResult, notebook_id: str, changed: bool) -> float:
    """Points of tests and open questions; what people have given stays.  Returns the score of the notebook."""
    present = {row.cell_id: row for row in db.execute(select(_GRADE).where(_GRADE.c.notebook_id == notebook_id))}
    wanted = {cell: result.tests.get(name) for name, (cell, _, _) in plan.tests.items()}
    questions = {cell for cell, _ in plan.questions.values()}
    wanted |= dict.fromkeys(questions)
    rows, total = [], 0.0
    for cell, score in wanted.items():
        row = present.get(cell)
        by_hand = row.manual_score if row else None
        # nbgrader asks again for every test that a person has marked; it never does for questions
        open_ = score is None or by_hand is not None
        if cell in questions and row and by_hand is not None:
            open_ = changed or row.needs_manual_grade
        rows.append({"cell": cell, "auto_score": score, "needs_manual_grade": open_})
        counted = score if by_hand is None else by_hand
        total += 0.0 if counted is None else counted + ((row.extra_credit if row else None) or 0.0)
    _put_rows(db, _GRADE, notebook_id, present.keys(), rows)
    return total


def _put_comments(db: Connection, plan: Plan, written: Written, notebook_id: str) -> None:
    present = set(db.scalars(select(_COMMENT.c.cell_id).where(_COMMENT.c.notebook_id == notebook_id)))
    untouched = {cell: written.answers.get(name) == stub for name, (cell, stub) in plan.answers.items()}
    untouched |= dict.fromkeys((cell for cell, _ in plan.questions.values()), False)
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


def put_penalty(db: Connection, notebook_id: str, penalty: float | None) -> None:
    """Store what is taken off a submitted notebook for being late."""
    db.execute(update(_NOTEBOOK).where(_NOTEBOOK.c.id == notebook_id).values(late_submission_penalty=penalty))


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
