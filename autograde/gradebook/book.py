"""nbgrader's gradebook as the one place where results are kept: one writer, one transaction for each submission."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from nbgrader.api import Assignment
from sqlalchemy import Connection, func, inspect, select, tuple_, update
from sqlalchemy.orm import Session

from autograde.files import path_component, write_atomically
from autograde.gradebook.database import RESULTS, GradebookError, connect, create_tables, default_url, explained, shown
from autograde.gradebook.exchange import SECRET, TIMESTAMP, secret_for
from autograde.gradebook.late_penalties import LatePenalties, bring_up_to_date
from autograde.gradebook.results import GRADED, SubmissionResult
from autograde.gradebook.rows import STUDENT, Plan, Written, ensure, load_plan, load_timestamps, put, set_timestamp
from autograde.gradebook.scores import read_scores
from autograde.gradebook.settings import load_settings

_FIRST = "run `autograde grade` first, or name the course's folder with --course or its database with --db"
_PAGE = 100  # results read at once


class NoGradebookError(GradebookError):
    """There is no gradebook yet."""


class Book:
    """The gradebook of the course in a folder, to be used in a ``with`` statement.

    url: where the database is, by default where nbgrader keeps it.  create: make it where there is none.
    patience: seconds to wait for a lock.  defaults: a folder whose nbgrader_config.py counts where ``course`` has none.
    Raises: GradebookError here and from every method where the database can't be used.
    """

    def __init__(
        self,
        course: Path,
        url: str | None = None,
        *,
        create: bool = True,
        patience: float = 30.0,
        defaults: Path | None = None,
    ) -> None:
        self.course, self.settings = course, load_settings(course, defaults)
        configured = self.settings.config.CourseDirectory.get("db_url")
        self._engine = connect(url or configured or default_url(course), patience)
        self._writer = self._engine.execution_options(writes=True)
        self._plans: dict[str, Plan] = {}
        try:
            self._late = LatePenalties(self.settings.config)
            with explained(self._engine.url):
                self._has_results = self._open(create)
        except BaseException:
            self.close()
            raise

    def _open(self, create: bool) -> bool:
        """Whether the database has our own table, after making what may be made."""
        url = self._engine.url
        if not create and url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
            raise NoGradebookError(f"there is no gradebook {shown(url)}: {_FIRST}")
        tables = inspect(self._engine).get_table_names()
        if not create and "assignment" not in tables:
            raise NoGradebookError(f"there is no gradebook in {shown(url)}: {_FIRST}")
        if not create or RESULTS.name in tables:
            return RESULTS.name in tables
        with self._writer.begin() as db:
            create_tables(db)
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with explained(self._engine.url), self._engine.begin() as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with explained(self._engine.url), self._writer.begin() as db:
            yield db

    def prepare(self, assignment: str, source: Path) -> None:
        """Register an assignment as ``nbgrader generate_assignment`` does, or bring it up to date.

        source: the instructor's notebook.  What people have marked, commented or scheduled stays.
        Raises: GradebookError where a cell is gone for which a person has given marks, or cells are another course's.
        """
        from autograde.gradebook.register import (
            check_own_version,
            register,
        )  # late: they load nbconvert, which readers don't need

        path_component(assignment, "assignment")
        self._plans.pop(assignment, None)
        course_id = self.settings.coursedir.course_id or "default_course"
        check_own_version(self.settings, assignment, source)
        with self._writing() as db, Session(db) as session:
            register(session, course_id, assignment, source, self.settings.config)
            session.flush()

    def plan(self, assignment: str) -> Plan:
        """What the gradebook knows of an assignment.

        Raises: ValueError where that is nothing.
        """
        if assignment not in self._plans:
            with self.reading() as db:
                plan = load_plan(db, assignment)
            if plan is None:
                raise ValueError(
                    f"assignment {assignment!r} is not in the gradebook: prepare it before writing results"
                )
            self._plans[assignment] = plan
        return self._plans[assignment]

    def fingerprint(self, student: str, assignment: str) -> str | None:
        """What was given with the last result written; None where there is none."""
        return self._stored(student, assignment, RESULTS.c.fingerprint)

    def result(self, student: str, assignment: str) -> SubmissionResult | None:
        """The last result written, without its notebook, which lies in ``autograded``; None where there is none."""
        text = self._stored(student, assignment, RESULTS.c.result)
        return None if text is None else SubmissionResult.from_json(text)

    def _stored(self, student: str, assignment: str, column: Any) -> str | None:
        if not self._has_results:
            return None
        with self.reading() as db:
            text: str | None = db.execute(select(column).where(*_of(student, assignment))).scalar()
        return text

    def count(self) -> int:
        """How many results there are."""
        if not self._has_results:
            return 0
        with self.reading() as db:
            return db.execute(select(func.count()).select_from(RESULTS)).scalar_one()

    def assignments(self) -> list[str]:
        """The names of all assignments that are registered."""
        with self.reading() as db:
            return list(db.scalars(select(Assignment.name).order_by(Assignment.name)))

    def results(self) -> Iterator[SubmissionResult]:
        """All results, sorted by student and assignment; between them other methods may be called."""
        key = tuple_(RESULTS.c.student, RESULTS.c.assignment)
        page = query = select(RESULTS).order_by(RESULTS.c.student, RESULTS.c.assignment).limit(_PAGE)
        while self._has_results:
            with self.reading() as db:
                rows = db.execute(page).all()
            yield from (SubmissionResult.from_json(row.result) for row in rows)
            if len(rows) < _PAGE:
                return
            page = query.where(key > tuple_(rows[-1].student, rows[-1].assignment))

    def scores(self, assignments: Sequence[str]) -> dict[tuple[str, str], float]:
        """What counts for each submission, by student and assignment; 0 for one that could never be graded."""
        found = ((r.student, r.assignment) for r in self.results() if r.status != GRADED)
        with self.reading() as db:
            return {key: 0.0 for key in found if key[1] in assignments} | read_scores(db, assignments)

    def write(self, result: SubmissionResult, fingerprint: str, timestamp: datetime | None = None) -> list[str]:
        """Store a result: its notebook in ``autograded``, then grades, result and fingerprint in one transaction.

        Returns the names of cells that a person has marked, and is asked to mark again as their text has changed.
        timestamp: when it was submitted, in UTC; None leaves what is known.
        A failed result is kept as a result only: grades of an earlier version stay, none are invented.
        Raises: ValueError, before anything is written, where a score or a name can't be stored; OSError where the
        notebook can't be.
        """
        path_component(result.student, "student")
        path_component(result.assignment, "assignment")
        if result.status != GRADED:
            with self._writing() as db:
                self._keep(db, result, fingerprint, self._written_before(db, result))
            return []
        plan = self.plan(result.assignment)
        written = Written.from_notebook(result.notebook, plan)
        plan.check(result)
        self._save_notebook(plan, result, timestamp)
        with self._writing() as db:
            before = self._written_before(db, result)
            self._keep(db, result, fingerprint, written.to_text())
            return put(db, plan, result, written, timestamp, before)

    def retell(self, result: SubmissionResult) -> None:
        """Put one that tells more in the place of a stored result; the grades stay as they are."""
        text = replace(result, notebook="").to_json()
        with self._writing() as db:
            db.execute(update(RESULTS).where(*_of(result.student, result.assignment)).values(result=text))

    def timestamps(self) -> dict[tuple[str, str], datetime | None]:
        """When each submission that has grades was handed in, by student and assignment."""
        with self.reading() as db:
            return load_timestamps(db)

    def set_timestamps(self, times: Mapping[tuple[str, str], datetime]) -> None:
        """Correct when submissions were handed in that were graded before, given by student and assignment."""
        with self._writing() as db:
            for (student, assignment), when in times.items():
                set_timestamp(db, student, assignment, when)
                with suppress(OSError):  # only nbgrader's own autograding looks there
                    self._save_timestamp(student, assignment, when)

    def update_penalties(self, assignments: Sequence[str] = ()) -> int:
        """Bring up to date what is taken off for being late; returns how many submissions that has changed."""
        if not self._has_results:
            return 0
        with self._writing() as db:
            create_tables(db)  # of a gradebook that an earlier version has made
            return bring_up_to_date(db, self._late, assignments)

    def _written_before(self, db: Connection, result: SubmissionResult) -> str:
        """The digests of what the learner wrote before; "" where that is unknown."""
        query = select(RESULTS.c.answers).where(*_of(result.student, result.assignment))
        return db.execute(query).scalar() or ""

    def _keep(self, db: Connection, result: SubmissionResult, fingerprint: str, digests: str) -> None:
        ensure(db, STUDENT, {"id": result.student})
        values = {"fingerprint": fingerprint, "answers": digests, "result": replace(result, notebook="").to_json()}
        ensure(db, RESULTS, {"student": result.student, "assignment": result.assignment}, values)

    def _save_notebook(self, plan: Plan, result: SubmissionResult, when: datetime | None) -> None:
        """Write the graded notebook, and beside it what nbgrader's next steps and its exchange look for."""
        if not result.notebook:
            return
        folder = self.settings.place("autograded", result.student, result.assignment)
        write_atomically(folder / f"{plan.notebook}.ipynb", result.notebook)
        if when is not None:
            self._save_timestamp(result.student, result.assignment, when)
        elif not (folder / TIMESTAMP).exists():
            write_atomically(folder / TIMESTAMP, "")
        submitted = self.settings.place("submitted", result.student, result.assignment)
        write_atomically(folder / SECRET, secret_for(folder, submitted))

    def _save_timestamp(self, student: str, assignment: str, when: datetime) -> None:
        """Write the time beside the graded notebook: nbgrader compares it with that of the submission."""
        place = self.settings.place("autograded", student, assignment) / TIMESTAMP
        write_atomically(place, f"{when.isoformat(' ')} UTC\n")


def _of(student: str, assignment: str) -> tuple[Any, Any]:
    return RESULTS.c.student == student, RESULTS.c.assignment == assignment


def with_penalties(book: Book, assignments: Sequence[str] = ()) -> str:
    """Bring the penalties up to date before they are shown; a sentence where they can't be, or "" """
    try:
        book.update_penalties(assignments)
    except GradebookError as error:
        return f"what is taken off for being late may not be up to date: {error}"
    return ""
