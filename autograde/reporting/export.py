"""``autograde export``: the grades of a course as a table for a spreadsheet, for Canvas or for Moodle."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograde.course import COURSE
from autograde.files import why, write_atomically
from autograde.gradebook.book import Book, with_penalties
from autograde.gradebook.database import GradebookError
from autograde.gradebook.settings import find_course
from autograde.reporting.canvas import CanvasError, fill, read_export
from autograde.reporting.summary import terminal_safe
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
        table = _table(options, folder)
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
    names = {assignment.id for assignment in table.assignments}
    waiting = sum(bool(grades.needs_person) for (name, _), grades in table.grades.items() if name in names)
    if waiting:
        _say(f"marks that a person gives are still missing in submissions: {waiting}")
    return 0


def _say(text: str) -> None:
    print(terminal_safe(f"autograde export: {text}"), file=sys.stderr)


def _table(options: Options, folder: Path) -> Table:
    with Book(folder, options.db, create=False, defaults=COURSE) as book:
        known = book.assignments()
        if unknown := [name for name in options.assignments if name not in known]:
            raise UsageError(f"no assignment {unknown[0]!r}: the gradebook has {', '.join(known) or 'none'}")
        if warning := with_penalties(book):
            _say(warning)
        with book.reading() as db:
            return read(db, options.assignments)


def _rows(options: Options, table: Table) -> tuple[Sequence[Row], Sequence[str]]:
    if options.into is None:
        return FORMATS[options.form][1](table), ()
    if options.column is not None and len(table.assignments) != 1:
        raise UsageError(f"got --column for {len(table.assignments)} assignments, expected one: name it")
    return fill(read_export(options.into), table, options.column)
