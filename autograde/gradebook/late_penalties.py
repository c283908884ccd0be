"""What is taken off for being late: what nbgrader's plugin says, brought up to date with all that it depends on."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from nbgrader.api import Assignment, Grade, SubmittedAssignment, SubmittedNotebook
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Connection, Select, bindparam, func, select, update
from traitlets.config import Config

from autograde.gradebook.database import PENALTIES, RESULTS, GradebookError

_SUBMISSION, _NOTEBOOK = SubmittedAssignment.__table__, SubmittedNotebook.__table__


class LatePenalties:
    """The penalties of nbgrader's LateSubmissionPlugin, or of the one that the course's configuration names.

    Raises: GradebookError where there is no such plugin.
    """

    def __init__(self, config: Config) -> None:
        try:
            self._step = AssignLatePenalties(config=config)
            self._step.init_plugin()
        except Exception as error:  # the plugin is somebody's program
            raise GradebookError(f"the plugin for late penalties can't be used: {_said(error)}: mend it") from error
        plugin = self._step.plugin_inst
        self.any = not (type(plugin) is LateSubmissionPlugin and plugin.penalty_method == "none")

    def of(self, student: str, score: float, seconds_late: float) -> float | None:
        """What is taken off, from 0 to ``score``; None where nothing is.

        Raises: GradebookError where the plugin fails.
        """
        if seconds_late <= 0 or not self.any:
            return None
        try:
            penalty = self._step.plugin_inst.late_submission_penalty(student, score, seconds_late)
            return None if penalty is None else min(max(float(penalty), 0.0), score)
        except Exception as error:
            raise GradebookError(
                f"the plugin for late penalties fails for {student}: {_said(error)}: mend it"
            ) from error


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def bring_up_to_date(db: Connection, late: LatePenalties, assignments: Sequence[str] = ()) -> int:
    """Set the penalties of all submissions that this project has graded; returns how many were others.

    Where the configuration takes nothing off, what somebody else has put there stays.
    """
    rows = db.execute(_graded(assignments)).all()
    wanted = {row.id: late.of(row.student_id, row.score, seconds_late(row)) for row in rows}
    if not late.any:
        rows = [row for row in rows if row.ours is not None and _same(row.ours, row.penalty)]
    changed = [{"this": row.id, "penalty": wanted[row.id]} for row in rows if not _same(wanted[row.id], row.penalty)]
    if changed:
        this = _NOTEBOOK.c.id == bindparam("this")
        db.execute(update(_NOTEBOOK).where(this).values(late_submission_penalty=bindparam("penalty")), changed)
    _remember(db, [row for row in rows if not _same(wanted[row.id], row.ours)], wanted)
    return len(changed)


def _same(one: float | None, other: float | None) -> bool:
    """Whether two penalties are the same; a database may round them."""
    return one is other if one is None or other is None else math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6)


def seconds_late(row: Any) -> float:
    """How late a submission was, negative where it was early."""
    if row.duedate is None or row.timestamp is None:
        return 0.0
    due: datetime = row.duedate + (row.extension or timedelta())
    return (row.timestamp - due).total_seconds()


def _graded(assignments: Sequence[str]) -> Select[Any]:
    """Time, score and penalty of each notebook of a submission that this project has graded."""
    ours = (RESULTS.c.student == _SUBMISSION.c.student_id) & (RESULTS.c.assignment == Assignment.name)
    query = select(
        _NOTEBOOK.c.id, _SUBMISSION.c.student_id, Assignment.duedate, _SUBMISSION.c.timestamp, _SUBMISSION.c.extension,
        _NOTEBOOK.c.late_submission_penalty.label("penalty"), PENALTIES.c.penalty.label("ours"),
        func.coalesce(func.sum(Grade.score), 0.0).label("score"),
    )  # fmt: skip
    query = query.select_from(_NOTEBOOK).join(_SUBMISSION, _SUBMISSION.c.id == _NOTEBOOK.c.assignment_id)
    query = query.join(Assignment, Assignment.id == _SUBMISSION.c.assignment_id).join(RESULTS, ours)
    query = query.outerjoin(Grade, Grade.notebook_id == _NOTEBOOK.c.id)
    query = query.outerjoin(PENALTIES, PENALTIES.c.notebook == _NOTEBOOK.c.id)
    if assignments:
        query = query.where(Assignment.name.in_(assignments))
    return query.group_by(
        _NOTEBOOK.c.id, _SUBMISSION.c.student_id, Assignment.duedate, _SUBMISSION.c.timestamp, _SUBMISSION.c.extension,
        _NOTEBOOK.c.late_submission_penalty, PENALTIES.c.penalty,
    )  # fmt: skip


def _remember(db: Connection, rows: Sequence[Any], wanted: dict[str, float | None]) -> None:
    """Keep which penalties are ours: with another configuration they are taken back."""
    if not rows:
        return
    db.execute(PENALTIES.delete().where(PENALTIES.c.notebook == bindparam("this")), [{"this": row.id} for row in rows])
    if kept := [{"notebook": row.id, "penalty": wanted[row.id]} for row in rows if wanted[row.id] is not None]:
        db.execute(PENALTIES.insert(), kept)
