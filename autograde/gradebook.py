"""nbgrader's gradebook as the one place where results are kept: one writer, one transaction for each submission."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from nbgrader import utils
from nbgrader.api import Assignment
from sqlalchemy import Connection, func, inspect, select, tuple_
from sqlalchemy.orm import Session
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograde.database import RESULTS, GradebookError, connect, create_tables, default_url, explained, shown
from autograde.files import path_component, write_atomically
from autograde.grades import STUDENT, LatePenalties, Plan, Written, ensure, load_plan, put, put_penalty
from autograde.results import GRADED, SubmissionResult
from autograde.root import NoCourseError, find_root

CONFIG = "nbgrader_config.py"
TIMESTAMP = "timestamp.txt"
_FIRST = "run `autograde grade` first, or name the course's folder with --course or its database with --db"
_PAGE = 100  # results read at once
_log = logging.getLogger(__name__)


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
        self.course, self.config = course, load_config(course, defaults)
        settings = self.config.CourseDirectory
        self._engine = connect(url or settings.get("db_url") or default_url(course), patience)
        self._writer = self._engine.execution_options(writes=True)
        self._plans: dict[str, Plan] = {}
        self._late = LatePenalties(self.config)
        try:
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
        Raises: GradebookError where a cell is gone for which a person has given marks.
        """
        from autograde.register import register  # late: it loads nbconvert, which readers don't need

        path_component(assignment, "assignment")
        self._plans.pop(assignment, None)
        course_id = self.config.CourseDirectory.get("course_id") or "default_course"
        with self._writing() as db, Session(db) as session:
            register(session, course_id, assignment, source, self.config)
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

    def write(self, result: SubmissionResult, fingerprint: str, timestamp: datetime | str | None = None) -> None:
        """Store a result: its notebook in ``autograded``, then grades, result and fingerprint in one transaction.

        timestamp: when it was submitted, by default what timestamp.txt beside the submission says.
        A failed result is kept as a result only: grades of an earlier version stay, none are invented.
        Raises: ValueError, before anything is written, where a score or a name can't be stored.
        """
        path_component(result.student, "student")
        path_component(result.assignment, "assignment")
        if result.status != GRADED:
            with self._writing() as db:
                self._keep(db, result, fingerprint, self._digest(db, result))
            return
        plan, written = self.plan(result.assignment), Written.from_notebook(result.notebook)
        plan.check(result)
        when = utils.parse_utc(timestamp) if timestamp else self._submitted_at(result)
        self._save_notebook(plan, result, when)
        with self._writing() as db:
            changed = self._digest(db, result) not in ("", written.digest)
            self._keep(db, result, fingerprint, written.digest)
            notebook_id, score, seconds_late = put(db, plan, result, written, when, changed)
            if self._late.any:  # else what is there was given by a person
                put_penalty(db, notebook_id, self._late.of(result.student, score, seconds_late))

    def _digest(self, db: Connection, result: SubmissionResult) -> str:
        """The digest of what the learner wrote before; "" where that is unknown."""
        query = select(RESULTS.c.answers).where(*_of(result.student, result.assignment))
        return db.execute(query).scalar() or ""

    def _keep(self, db: Connection, result: SubmissionResult, fingerprint: str, digest: str) -> None:
        ensure(db, STUDENT, {"id": result.student})
        values = {"fingerprint": fingerprint, "answers": digest, "result": replace(result, notebook="").to_json()}
        ensure(db, RESULTS, {"student": result.student, "assignment": result.assignment}, values)

    def _submitted_at(self, result: SubmissionResult) -> datetime | None:
        path = self.course / "submitted" / result.student / result.assignment / TIMESTAMP
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            text = file.read(100).decode(errors="replace").strip()
        try:
            when: datetime | None = utils.parse_utc(text)
        except (ValueError, OverflowError):
            _log.warning("%s: got %r, expected a date and a time: it is taken as submitted in time", path, text)
            return None
        return when

    def _save_notebook(self, plan: Plan, result: SubmissionResult, when: datetime | None) -> None:
        if result.notebook:
            folder = self.course / "autograded" / result.student / result.assignment
            write_atomically(folder / f"{plan.notebook}.ipynb", result.notebook)
            if when is not None:  # nbgrader compares it with that of the submission
                write_atomically(folder / TIMESTAMP, f"{when.isoformat(' ')} UTC\n")


def _of(student: str, assignment: str) -> tuple[Any, Any]:
    return RESULTS.c.student == student, RESULTS.c.assignment == assignment


def find_course(given: Path | None) -> Path:
    """The folder of a course: the one given, else the project's.

    Raises: NoCourseError.
    """
    if given is not None and not given.is_dir():
        raise NoCourseError(f"got --course {given}, expected a folder with submitted/ and gradebook.db: correct it")
    return given or find_root()


def load_config(course: Path, defaults: Path | None = None) -> Config:
    """nbgrader's settings in a course's folder, else those in ``defaults``."""
    for folder in (course, defaults):
        if folder is not None and (folder / CONFIG).is_file():
            return PyFileConfigLoader(CONFIG, str(folder.absolute())).load_config()
    return Config()
