"""``autograde export``: the grades of a course as a table for a spreadsheet, for Canvas or for Moodle."""

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograde.course import COURSE
from autograde.files import why, write_atomically
from autograde.gradebook.book import Book, with_penalties
from autograde.gradebook.database import GradebookError
from autograde.gradebook.results import FAILED
from autograde.gradebook.settings import find_course
from autograde.reporting.canvas import CanvasError, fill, read_export
from autograde.reporting.summary import listed, terminal_safe
from autograde.reporting.tables import FORMATS, Row, Table, as_text, read


@dataclass(frozen=True)
class Options:
    """What ``autograde export`` was asked for.

    into: a table that Canvas has exported.  column: the title of the assignment in it.
    """

    assignments: Sequence[str] = ()
    form: str = "csv"
    course: Path | None = None
    out: Path | None = None
    db: str | None = None
    into: Path | None = None
    column: str | None = None


class UsageError(ValueError):
    """The command can't be carried out as it was typed."""


def main(options: Options) -> int:
    """Write the grades; exit status 0, or 2 where there are none to be written."""
    folder = find_course(options.course)
    out = options.out or folder / FORMATS["canvas" if options.into else options.form][0]
    try:
        table, failed = _table(options, folder)
        rows, notes = _rows(options, table)
        write_atomically(out, as_text(rows))
    except (GradebookError, CanvasError, UsageError) as error:
        _say(str(error))
        return 2
    except OSError as error:
        _say(why(error))
        return 2
    print(terminal_safe(f"wrote {out}: students {len(table.students)}, assignments {len(table.assignments)}"))
    for note in notes:
        _say(note)
    for note in _missing(table, failed):
        _say(note)
    return 0


def _missing(table: Table, failed: Sequence[str]) -> Iterator[str]:
    """What the table does not show of itself: points that are still to come, and people whom nobody knows."""
    names = {assignment.id for assignment in table.assignments}
    waiting = [student for (name, student), grades in table.grades.items() if name in names and grades.needs_person]
    if waiting:
        yield f"marks that a person gives are still missing in submissions: {len(waiting)} ({listed(waiting)})"
    if failed:
        yield f"submissions that could not be graded, and have no points from them: {listed(failed)}"
    most = {assignment.id: assignment.max_score for assignment in table.assignments}
    if above := {student for (name, student), grades in table.grades.items() if grades.raw > most.get(name, math.inf)}:
        yield f"more points than the assignment has, by extra credit or a slip: {listed([*above])}"
    nameless = [s.id for s in table.students if not (s.last_name or s.first_name or s.email or s.lms_user_id)]
    if 0 < len(nameless) < len(table.students):
        yield f"not in the roster, so perhaps folders with a mistyped name: {listed(nameless)}"


def _say(text: str) -> None:
    print(terminal_safe(f"autograde export: {text}"), file=sys.stderr)


def _table(options: Options, folder: Path) -> tuple[Table, list[str]]:
    """The grades, and whose submissions could not be graded."""
    with Book(folder, options.db, create=False, defaults=COURSE) as book:
        known = book.assignments()
        if unknown := [name for name in options.assignments if name not in known]:
            raise UsageError(f"no assignment {unknown[0]!r}: the gradebook has {', '.join(known) or 'none'}")
        if warning := with_penalties(book):
            _say(warning)
        wanted = options.assignments or known
        failed = [r.student for r in book.results() if r.status == FAILED and r.assignment in wanted]
        with book.reading() as db:
            return read(db, options.assignments), failed


def _rows(options: Options, table: Table) -> tuple[Sequence[Row], Sequence[str]]:
    if options.into is None:
        return FORMATS[options.form][1](table), ()
    if options.column is not None and len(table.assignments) != 1:
        raise UsageError(f"got --column for {len(table.assignments)} assignments, expected one: name it")
    return fill(read_export(options.into), table, options.column)
