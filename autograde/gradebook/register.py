"""An assignment in nbgrader's gradebook: its cells and their points, from the instructor's notebook."""

import json
import re
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import NotebookExporter
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Course,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    SourceCell,
    SubmittedNotebook,
    TaskCell,
)
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells
from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.orm import Session
from traitlets.config import Config

from autograde.exercises import CATALOGUE
from autograde.gradebook.database import RESULTS, GradebookError
from autograde.gradebook.settings import Settings

Fields = dict[str, Any]
Roles = dict[tuple[type[BaseCell], str], Fields]
_EXERCISE = re.compile(rf"(test_)?({'|'.join(map(re.escape, CATALOGUE))})(_\d+)?")


def register(session: Session, course_id: str, assignment: str, source: Path, config: Config) -> None:
    """Bring an assignment's rows up to date with the instructor's notebook ``source``; due dates and marks stay.

    Raises: GradebookError where a cell is gone for which a person has given marks.
    """
    notebook = as_registered(source, config)
    roles = _roles(notebook)
    if session.get(Course, course_id) is None:
        session.add(Course(id=course_id))
    row = session.scalar(select(Assignment).filter_by(name=assignment))
    if row is None:
        row = Assignment(name=assignment, course_id=course_id)
        session.add(row)
    session.flush()
    kept = session.scalar(select(Notebook).filter_by(name=source.stem, assignment_id=row.id))
    if kept is None:
        kept = Notebook(name=source.stem, assignment_id=row.id)
        session.add(kept)
    kept.kernelspec = json.dumps(notebook.metadata.get("kernelspec", {}))
    session.flush()
    _check_ours(session, assignment, kept.id, {name for _, name in roles})
    _sync_sources(session, kept.id, _sources(notebook))
    _sync_roles(session, kept.id, roles)


def check_own_version(settings: Settings, assignment: str, source: Path) -> None:
    """Raises: GradebookError where the course has a version of its own of the assignment's notebook.

    A copy of ``source`` is none, as long as its tests and questions are the same, and worth the same.
    """
    for folder in dict.fromkeys((settings.folder("source"), "source")):
        own = Path(settings.coursedir.format_path(folder, ".", assignment)) / source.name
        if own.is_file() and own.read_bytes() != source.read_bytes():
            _compare(own, source, settings.config)


def _compare(own: Path, source: Path, config: Config) -> None:
    theirs, ours = (_worth(path, config) for path in (own, source))
    if names := sorted(name for name in theirs.keys() | ours.keys() if theirs.get(name) != ours.get(name)):
        raise GradebookError(
            f"{own} is this course's own version of the assignment: its cells {', '.join(names[:5])} are others than "
            f"those of {source}, whose tests `autograde grade` runs; nothing was changed: grade it with "
            "`nbgrader autograde`, or make the two the same"
        )


def _worth(path: Path, config: Config) -> dict[str, Any]:
    """What each test and question of a notebook says and is worth, by name."""
    try:
        notebook = as_registered(path, config)
    except Exception as error:  # nbconvert raises what it likes
        raise GradebookError(f"{path} can't be read as an assignment ({error}): mend it".replace("\n", " ")) from error
    texts = {name: fields["source"].split() for name, fields in _sources(notebook).items()}
    return {name: (fields, fields and texts.get(name)) for (_, name), fields in _roles(notebook).items()}


def _check_ours(session: Session, assignment: str, notebook_id: str, wanted: set[str]) -> None:
    """Raises: GradebookError where cells would be forgotten that this project has never had."""
    graded = session.execute(select(RESULTS.c.student).where(RESULTS.c.assignment == assignment).limit(1)).first()
    present = set(session.scalars(select(BaseCell.name).filter_by(notebook_id=notebook_id)))
    others = sorted(name for name in present - wanted if not _EXERCISE.fullmatch(name))
    if others and graded is None:
        raise GradebookError(
            f"the gradebook has cells of {assignment} that the notebook here has not: {', '.join(others[:5])}; nothing "
            "was changed: if they are of another course, grade it with `nbgrader autograde` or name another gradebook "
            "with --db; if they were dropped here, run `nbgrader generate_assignment --force` first"
        )


def as_registered(source: Path, config: Config) -> NotebookNode:
    """The notebook as it is when ``nbgrader generate_assignment`` stores it: without solutions, with hidden tests."""
    steps = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).preprocessors
    exporter = NotebookExporter(config=Config(config, Exporter=Config(default_preprocessors=[])))
    for step in takewhile(lambda step: step is not SaveCells, steps):
        exporter.register_preprocessor(step, enabled=True)
    resources = {"nbgrader": {"notebook": source.stem}}
    return nbformat.reads(exporter.from_filename(str(source), resources=resources)[0], as_version=4)


def _roles(notebook: NotebookNode) -> Roles:
    """The cells that earn points or are answered, by role and name."""
    roles: Roles = {}
    for cell in notebook.cells:
        settings = cell.metadata.get("nbgrader", {})
        worth = {"max_score": float(settings.get("points", 0)), "cell_type": cell.cell_type}
        if utils.is_grade(cell):
            roles[GradeCell, settings["grade_id"]] = worth
        if utils.is_solution(cell):
            roles[SolutionCell, settings["grade_id"]] = {}
        if utils.is_task(cell):
            roles[TaskCell, settings["grade_id"]] = worth
    return roles


def _sources(notebook: NotebookNode) -> dict[str, Fields]:
    """The text of every cell with a role or a lock, by name."""
    return {
        cell.metadata.nbgrader["grade_id"]: {
            "cell_type": cell.cell_type,
            "locked": utils.is_locked(cell),
            "source": cell.source,
            "checksum": cell.metadata.nbgrader.get("checksum"),
        }
        for cell in notebook.cells
        if any(has(cell) for has in (utils.is_grade, utils.is_solution, utils.is_locked, utils.is_task))
    }


def _sync_sources(session: Session, notebook_id: str, wanted: Mapping[str, Fields]) -> None:
    present = {cell.name: cell for cell in session.scalars(select(SourceCell).filter_by(notebook_id=notebook_id))}
    for name in present.keys() - wanted.keys():
        session.delete(present[name])
    for name, fields in wanted.items():
        if name in present:
            _update(present[name], fields)
        else:
            session.add(SourceCell(name=name, notebook_id=notebook_id, **fields))


def _sync_roles(session: Session, notebook_id: str, wanted: Roles) -> None:
    cells = session.scalars(select(BaseCell).filter_by(notebook_id=notebook_id))
    present = {(type(cell), cell.name): cell for cell in cells}
    for key in present.keys() - wanted.keys():
        _remove(session, present[key])
    new = []
    for key, fields in wanted.items():
        if key in present:
            _update(present[key], fields)
        else:
            new.append(key[0](name=key[1], notebook_id=notebook_id, **fields))
    session.add_all(new)
    session.flush()
    _open_rows(session, notebook_id, new)


def _update(row: Any, fields: Fields) -> None:
    for field, value in fields.items():
        if getattr(row, field) != value:
            setattr(row, field, value)


def _remove(session: Session, cell: BaseCell) -> None:
    """Forget a cell that the source no longer has, unless a person's work hangs on it."""
    marked = or_(Grade.manual_score.is_not(None), func.coalesce(Grade.extra_credit, 0) != 0)
    commented = func.coalesce(Comment.manual_comment, "") != ""
    held = session.scalar(select(func.count()).select_from(Grade).where(Grade.cell_id == cell.id, marked)) or 0
    held += session.scalar(select(func.count()).select_from(Comment).where(Comment.cell_id == cell.id, commented)) or 0
    if held:
        raise GradebookError(
            f"the notebook has no {type(cell).__name__} {cell.name!r} any more, but people gave {held} marks or "
            "comments for it: put the cell back, or clear these marks in nbgrader's formgrader first"
        )
    session.execute(delete(Grade).where(Grade.cell_id == cell.id))
    session.execute(delete(Comment).where(Comment.cell_id == cell.id))
    session.delete(cell)
    session.flush()  # a new cell may take the name


def _open_rows(session: Session, notebook_id: str, new: list[BaseCell]) -> None:
    """The rows to be filled in for new cells, in the submissions that are there already."""
    ids = session.scalars(select(SubmittedNotebook.id).filter_by(notebook_id=notebook_id)).all()
    pairs = [(cell, {"cell_id": cell.id, "notebook_id": submitted}) for cell in new for submitted in ids]
    if grades := [row for cell, row in pairs if isinstance(cell, GradeCell | TaskCell)]:
        session.execute(insert(Grade), grades)
    if comments := [row for cell, row in pairs if isinstance(cell, SolutionCell | TaskCell)]:
        session.execute(insert(Comment), comments)
