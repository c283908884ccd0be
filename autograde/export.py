"""``autograde export``: the grades of a course as a table for a spreadsheet, for Canvas or for Moodle."""

import csv
import io
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Grade, Student, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import Connection, Select, case, func, select

from autograde.database import GradebookError
from autograde.files import write_atomically
from autograde.gradebook import Book, find_course
from autograde.root import COURSE

Row = Sequence[object]

# A spreadsheet takes a cell for a formula that begins like this, whatever stands in front of it unseen.
_FORMULA = re.compile(r"[\s\x00-\x1f\ufeff']*[=+\-@＝＋－＠]")
_NBGRADER = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip


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
class Table:
    """The grades of a course.  students, assignments: in nbgrader's order.  grades: by their ids, of submissions."""

    students: Sequence[Any]
    assignments: Sequence[Any]
    grades: Mapping[tuple[str, str], Grades]


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: one apostrophe is put before it where it begins like one.

    ``original`` takes it away again; all other text stays as it is.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def original(text: str) -> str:
    """The text from which ``harmless`` made this one."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def read(db: Connection) -> Table:
    """All grades, with one query for each of the three."""
    student = Student.__table__
    students = select(student).order_by(student.c.last_name, student.c.first_name, student.c.id)
    assignments = select(Assignment.id, Assignment.name, Assignment.duedate, Assignment.max_score.label("max_score"))
    return Table(
        db.execute(students).all(),
        db.execute(assignments.order_by(Assignment.duedate, Assignment.name)).all(),
        {(row[0], row[1]): Grades(*row[2:]) for row in db.execute(_submissions())},
    )


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


def as_csv(table: Table) -> list[Row]:
    """The columns of nbgrader's own export; a student without a submission has 0 points there, too."""
    rows: list[Row] = [_NBGRADER]
    for assignment in table.assignments:
        for student in table.students:
            found = table.grades.get((assignment.id, student.id), Grades())
            rows.append(
                [assignment.name, assignment.duedate, found.timestamp, student.id, student.last_name]
                + [student.first_name, student.email, found.raw, found.penalty, found.score, assignment.max_score]
            )
    return rows


def as_canvas(table: Table) -> list[Row]:
    """Canvas's form for importing grades.

    Canvas finds a student by ``ID``, its own number, which nbgrader calls ``lms_user_id``; where that is empty, by
    ``SIS Login ID``, which is nbgrader's student id; else by name.  An empty score changes nothing there.
    """
    rows: list[Row] = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *(a.name for a in table.assignments)],
        ["    Points Possible", "", "", "", "", *(a.max_score for a in table.assignments)],
    ]
    for student in table.students:
        name = ", ".join(filter(None, [student.last_name, student.first_name])) or student.id
        number = student.lms_user_id or ""
        number = number if number.isascii() and number.isdigit() else ""  # Canvas would read other text as number 0
        rows.append([name, number, "", student.id, "", *_scores(table, student, "")])
    return rows


def as_moodle(table: Table) -> list[Row]:
    """A table for Moodle's grade import, in which a person chooses the column that identifies students.

    Without feedback: Moodle drops the grades of an activity when a column of feedback is chosen without them.
    """
    rows: list[Row] = [
        ["Username", "First name", "Last name", "ID number", "Email address", *(a.name for a in table.assignments)]
    ]
    for student in table.students:
        about = [student.id, student.first_name, student.last_name, student.lms_user_id, student.email]
        rows.append([*about, *_scores(table, student, "-")])  # what Moodle itself writes where there is no grade
    return rows


def _scores(table: Table, student: Any, nothing: str) -> Iterator[object]:
    """What counts for one student in each assignment, as exact as learning platforms show it."""
    for assignment in table.assignments:
        found = table.grades.get((assignment.id, student.id))
        yield nothing if found is None else round(found.score, 2)


FORMATS: Mapping[str, tuple[str, Callable[[Table], list[Row]]]] = {
    "csv": ("grades.csv", as_csv),
    "canvas": ("grades_canvas.csv", as_canvas),
    "moodle": ("grades_moodle.csv", as_moodle),
}


def as_text(rows: Sequence[Row]) -> str:
    """Rows as CSV in which no text is a formula."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(
        [harmless(cell) if isinstance(cell, str) and cell != "-" else cell for cell in row] for row in rows
    )
    return buffer.getvalue()


def main(form: str, course: Path | None, out: Path | None, url: str | None) -> int:
    """Write the grades; exit status 0, or 2 where there are none to be written."""
    folder, (name, make) = find_course(course), FORMATS[form]
    out = out or folder / name
    try:
        with Book(folder, url, create=False, defaults=COURSE) as book, book.reading() as db:
            table = read(db)
        write_atomically(out, as_text(make(table)))
    except (GradebookError, OSError) as error:
        print(f"autograde export: {error}", file=sys.stderr)
        return 2
    waiting = sum(bool(grades.needs_person) for grades in table.grades.values())
    print(f"wrote {out}: students {len(table.students)}, assignments {len(table.assignments)}")
    if waiting:
        print(
            f"autograde export: marks that a person gives are still missing in submissions: {waiting}", file=sys.stderr
        )
    return 0
