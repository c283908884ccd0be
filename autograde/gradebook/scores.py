"""What counts for each submission of a gradebook, and which of it a run has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbgrader.api import Assignment, Grade, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import Connection, Select, case, func, select


@dataclass(frozen=True)
class Grades:
    """What one student has in one assignment; as it is without a submission, 0 points.

    needs_person: whether a person has to mark something.
    """

    timestamp: object = ""
    raw: float = 0.0
    penalty: float = 0.0
    needs_person: bool = False

    @property
    def score(self) -> float:
        """What counts."""
        return max(0.0, self.raw - self.penalty)


@dataclass(frozen=True)
class Change:
    """A grade that is another one than before."""

    student: str
    assignment: str
    before: float
    after: float


def read_grades(db: Connection) -> dict[tuple[str, str], Grades]:
    """The grades of all submissions, by the assignment's id and the student's."""
    found = db.execute(_submissions())
    return {(row[0], row[1]): Grades(row[2], round(row[3], 6), round(row[4], 6), bool(row[5])) for row in found}


def read_scores(db: Connection, assignments: Sequence[str]) -> dict[tuple[str, str], float]:
    """What counts for each submission, by student and assignment."""
    names = {row.id: row.name for row in db.execute(select(Assignment.id, Assignment.name))}
    found = {(student, names[key]): grades.score for (key, student), grades in read_grades(db).items()}
    return {key: score for key, score in found.items() if key[1] in assignments}


def changes(before: Mapping[tuple[str, str], float], after: Mapping[tuple[str, str], float]) -> list[Change]:
    """The grades that were there before, and are others now."""
    both = sorted(before.keys() & after.keys(), key=lambda key: (key[1], key[0]))
    found = (Change(*key, round(before[key], 6), round(after[key], 6)) for key in both)
    return [change for change in found if change.before != change.after]


def _submissions() -> Select[Any]:
    """Assignment, student, time, score, penalty and whether a person has to mark something, of each submission."""
    mine, open_ = (
        SubmittedNotebook.assignment_id == SubmittedAssignment.id,
        case((Grade.needs_manual_grade, 1), else_=0),
    )
    scores = select(
        SubmittedNotebook.assignment_id, func.sum(Grade.score).label("score"), func.max(open_).label("open")
    )
    scores = scores.join(Grade, Grade.notebook_id == SubmittedNotebook.id).group_by(SubmittedNotebook.assignment_id)
    summed = scores.subquery()
    penalty = select(func.coalesce(func.sum(SubmittedNotebook.late_submission_penalty), 0.0)).where(mine)
    columns = SubmittedAssignment.assignment_id, SubmittedAssignment.student_id, SubmittedAssignment.timestamp
    points = func.coalesce(summed.c.score, 0.0), penalty.correlate(SubmittedAssignment).scalar_subquery()
    query = select(*columns, *points, func.coalesce(summed.c.open, 0))
    return query.outerjoin(summed, summed.c.assignment_id == SubmittedAssignment.id)
