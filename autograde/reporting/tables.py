"""The grades of a course as tables: nbgrader's own, Canvas's and Moodle's."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbgrader.api import Assignment, Student
from sqlalchemy import Connection, select

from autograde.gradebook.scores import Grades, read_grades

Row = Sequence[object]

# A spreadsheet takes a cell for a formula that begins like this, whatever stands in front of it unseen.
_FORMULA = re.compile(r"[\s\x00-\x1f\ufeff']*[=+\-@＝＋－＠]")
_NBGRADER = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip


@dataclass(frozen=True)
class Table:
    """The grades of a course.  students, assignments: in nbgrader's order.  grades: by their ids, of submissions."""

    students: Sequence[Any]
    assignments: Sequence[Any]
    grades: Mapping[tuple[str, str], Grades]


def formula_safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula: one apostrophe is put before it where it begins like one.

    ``original`` takes it away again; all other text stays as it is.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def original(text: str) -> str:
    """The text from which ``formula_safe`` made this one."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def read(db: Connection, names: Sequence[str] = ()) -> Table:
    """The grades in the assignments of these names, by default in all, with one query for each of the three."""
    student = Student.__table__
    students = select(student).order_by(student.c.last_name, student.c.first_name, student.c.id)
    assignments = select(Assignment.id, Assignment.name, Assignment.duedate, Assignment.max_score.label("max_score"))
    if names:
        assignments = assignments.where(Assignment.name.in_(names))
    return Table(
        db.execute(students).all(),
        db.execute(assignments.order_by(Assignment.duedate, Assignment.name)).all(),
        read_grades(db),
    )


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
        rows.append([name, canvas_id(student), "", student.id, "", *scores(table, student, "")])
    return rows


def canvas_id(student: Any) -> str:
    """Canvas's number of a student, or ""; other text Canvas would read as number 0."""
    number: str = student.lms_user_id or ""
    return number if number.isascii() and number.isdigit() else ""


def as_moodle(table: Table) -> list[Row]:
    """A table for Moodle's grade import, in which a person chooses the column that identifies students.

    Without feedback: Moodle drops the grades of an activity when a column of feedback is chosen without them.
    """
    rows: list[Row] = [
        ["Username", "First name", "Last name", "ID number", "Email address", *(a.name for a in table.assignments)]
    ]
    for student in table.students:
        about = [student.id, student.first_name, student.last_name, student.lms_user_id, student.email]
        rows.append([*about, *scores(table, student, "-")])  # what Moodle itself writes where there is no grade
    return rows


def scores(table: Table, student: Any, nothing: str) -> Iterator[object]:
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
        [formula_safe(cell) if isinstance(cell, str) and cell != "-" else cell for cell in row] for row in rows
    )
    return buffer.getvalue()
