"""nbgrader's database: connections whose transactions are whole, and errors that say what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from nbgrader.api import Base
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from autograde.files import LONGEST_NAME

# Our own tables beside nbgrader's.  answers: digests of what the learner wrote, by the cell that it is about.
_OURS = MetaData()
RESULTS = Table(
    "autograde_results",
    _OURS,
    Column("student", String(LONGEST_NAME), primary_key=True),
    Column("assignment", String(LONGEST_NAME), primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("result", Text, nullable=False),
)
# What we have taken off for being late; any other penalty was given by somebody else.
PENALTIES = Table(
    "autograde_penalties",
    _OURS,
    Column("notebook", String(32), primary_key=True),
    Column("penalty", Float, nullable=False),
)
_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), nullable=False))
_EXPECTED = "expected sqlite:////folder/gradebook.db or postgresql://user:password@host/name"


class GradebookError(RuntimeError):
    """The gradebook can't be used; the message says why, and what to do."""


def connect(url: str, patience: float) -> Engine:
    """An engine for a database; ``patience``: seconds to wait where SQLite is locked.

    Raises: GradebookError.
    """
    try:
        where = make_url(url)
        sqlite = where.get_backend_name() == "sqlite"
        engine = create_engine(where, connect_args={"timeout": patience} if sqlite else {})
    except (ArgumentError, ValueError) as error:
        raise GradebookError(f"got the database {url!r}, {_EXPECTED}: correct it") from error
    except ModuleNotFoundError as error:
        needed = f"the Python package {error.name} is missing: pip install 'mlp-course[postgres]'"
        raise GradebookError(f"{shown(where)} can't be reached: {needed}") from error
    if sqlite:
        _whole_transactions(engine)
    return engine


def _whole_transactions(engine: Engine) -> None:
    """Let SQLAlchemy, not Python's sqlite3, begin transactions: else changes of tables would not be part of them."""

    @event.listens_for(engine, "connect")
    def leave_it_alone(connection: Any, _: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its lock at once: one that first reads could find it taken, and waiting would not help then.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def shown(url: URL) -> str:
    """A database as messages name it: its file, or its address without the password."""
    return url.database or "memory" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what a database raises into a GradebookError."""
    try:
        yield
    except DBAPIError as error:
        raise GradebookError(f"{shown(url)}: {_explanation(error)}") from error


def _explanation(error: DBAPIError) -> str:
    said = " ".join(str(error.orig).split()) or type(error.orig).__name__
    known = {
        "database is locked": "another program keeps the gradebook locked: close it, or wait for it, then run this "
        "again; the submission at hand was not stored, all that was stored before is safe",
        "unable to open database file": "the file can't be opened: name an existing folder that you may write to",
        "database or disk is full": "the disk is full: make room, then run this again; what was stored before is safe",
        "attempt to write a readonly database": "it may not be written to: change its permissions, or make a copy",
        "disk I/O error": "the disk can't be read or written: mend it, or move the gradebook, then run this again",
        "file is not a database": "the file is no gradebook: move it away, or name another one with --db",
        "no such column": "another version of nbgrader made it: make a copy of it, then run `nbgrader db upgrade`",
    }
    return next((advice for sign, advice in known.items() if sign in said), f"the database says: {said}")


def create_tables(connection: Connection) -> None:
    """Make what is missing of nbgrader's tables and of ours, as part of a transaction.

    Raises: GradebookError where an older or newer nbgrader made the tables.
    """
    head = ScriptDirectory(ALEMBIC_DIR).get_current_head()
    names = inspect(connection).get_table_names()
    if _VERSION.name in names:
        found = connection.execute(select(_VERSION.c.version_num)).scalar()
        if found != head:
            advice = "make a copy of it, then run `nbgrader db upgrade`"
            raise GradebookError(f"{shown(connection.engine.url)}: got version {found}, expected {head}: {advice}")
    Base.metadata.create_all(connection)
    if not names:
        _VERSION.create(connection)
        connection.execute(insert(_VERSION).values(version_num=head))
    _OURS.create_all(connection)


def default_url(course: Path) -> str:
    """nbgrader's default: ``gradebook.db`` in the course's folder."""
    return URL.create("sqlite", database=str(course.absolute() / "gradebook.db")).render_as_string()
