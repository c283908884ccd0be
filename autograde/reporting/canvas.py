"""Grades put into the columns of a table that Canvas has exported, so that Canvas finds its assignments again."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograde.reporting.summary import listed
from autograde.reporting.tables import Row, Table, canvas_id, scores

_ABOUT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section")
_POINTS = "Points Possible"


class CanvasError(ValueError):
    """The table is none of Canvas's, or has no column for an assignment; the text says what to do."""


def read_export(path: Path) -> list[list[str]]:
    """The rows of a table that Canvas has exported, all of the same length.

    Raises: OSError, CanvasError.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        first = text.partition("\n")[0]
        delimiter = ";" if first.count(";") > first.count(",") else ","
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise CanvasError(f"{path} is no table ({error}): export the grades from Canvas anew") from error
    if not rows or not {"Student", "ID"} <= set(rows[0]):
        raise CanvasError(f"{path} has no columns Student and ID: export the grades from Canvas anew")
    width = len(rows[0])
    return [(row + [""] * width)[:width] for row in rows]


def fill(rows: Sequence[Sequence[str]], table: Table, title: str | None = None) -> tuple[list[Row], list[str]]:
    """The rows with what tells students apart and our assignments' columns, and sentences on what does not fit.

    title: of the column of the only assignment, by default its name.  Other columns are left out: imported again, they
    would undo what was changed in Canvas since.  An empty score changes nothing there.
    Raises: CanvasError.
    """
    header = rows[0]
    columns = [(a, _column(header, title or a.name)) for a in table.assignments]
    found = [(a, column) for a, column in columns if column is not None]
    if not found:
        wanted = title or ", ".join(a.name for a in table.assignments)
        raise CanvasError(
            f"there is no column {wanted} in Canvas's table, it has {_titles(header)}: name one with --column"
        )
    about = [index for index, name in enumerate(header) if name in _ABOUT]
    students = [_student(dict(zip(header, row, strict=True)), table) for row in rows]
    shown = Table(table.students, [a for a, _ in found], table.grades)
    filled: list[Row] = []
    for number, (row, student) in enumerate(zip(rows, students, strict=True)):
        kept = [row[column] if number == 0 or _is_head(row) else "" for _, column in found]
        filled.append([*(row[index] for index in about), *(scores(shown, student, "") if student else kept)])
    notes = [f"Canvas's table has no column {a.name}: it was left out" for a, column in columns if column is None]
    if strangers := [s.id for s in table.students if s not in students]:
        notes.append(f"no row of Canvas's table is of {listed(strangers)}: add them there")
    return filled, notes + _other_points(rows, found)


def _column(header: Sequence[str], title: str) -> int | None:
    """Where the column of a title stands, with or without Canvas's number behind it."""
    fits = [i for i, name in enumerate(header) if name == title or re.fullmatch(rf"{re.escape(title)} \(\d+\)", name)]
    if len(fits) > 1:
        names = " and ".join(repr(header[i]) for i in fits)
        raise CanvasError(f"Canvas's table has the columns {names}: say which with --column")
    return fits[0] if fits else None


def _titles(header: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in header if name not in _ABOUT) or "none"


def _student(row: Mapping[str, str], table: Table) -> Any:
    """The student of a row: by Canvas's number, else by the login or number that is nbgrader's student id."""
    if not row["ID"] or row["ID"] == "ID":
        return None
    ids = [row.get(name, "") for name in ("SIS Login ID", "SIS User ID")]
    by_number = (s for s in table.students if canvas_id(s) == row["ID"])
    by_name = (s for s in table.students if not canvas_id(s) and s.id in ids)
    return next(by_number, None) or next(by_name, None)


def _is_head(row: Sequence[str]) -> bool:
    """Whether a row is one of those above the students."""
    return not row[0].strip() or row[0].strip() == _POINTS


def _other_points(rows: Sequence[Sequence[str]], found: Sequence[tuple[Any, int]]) -> list[str]:
    """Sentences on assignments that are worth something else in Canvas."""
    possible = next((row for row in rows if row[0].strip() == _POINTS), None)
    pairs = [(a, rows[0][i], possible[i].replace(",", ".")) for a, i in found] if possible else []
    return [
        f"{name} has {points} points possible in Canvas, {a.name} has {a.max_score:g}: change it there"
        for a, name, points in pairs
        if points.replace(".", "", 1).isdigit() and float(points) != a.max_score
    ]
