"""``autograde check``: a learner's own score, by the tests that stand in the notebook."""

import contextlib
import sys
from pathlib import Path

from autograde.course import notebook_name
from autograde.exercises import ASSIGNMENTS
from autograde.gradebook.results import FAILED, SubmissionResult
from autograde.grading.submission import Job, grade
from autograde.judging.judge import PUBLIC_SEED
from autograde.reporting.summary import terminal_safe
from autograde.sandbox.confinement.bubblewrap import ConfinementError
from autograde.sandbox.session import Zygotes
from autograde.submissions.reading import UnreadableError, read_submission


def main(path: Path) -> int:
    """Exit status: 0 all points were earned, 1 some were not, or it can't be graded, 2 there is no such notebook."""
    try:
        data = path.read_bytes()
    except OSError as error:
        print(f"autograde check: {path} can't be read: {error.strerror}", file=sys.stderr)
        return 2
    assignment = assignment_of(data, path.stem)
    if assignment is None:
        expected = ", ".join(f"{notebook_name(name)}.ipynb" for name in ASSIGNMENTS)
        print(
            f"autograde check: got {path.name!r}, in which no exercise of the course has a cell, expected one of "
            f"{expected}: give it such a name",
            file=sys.stderr,
        )
        return 2
    result = _graded(Job("you", assignment, data, PUBLIC_SEED))
    if result.status == FAILED:
        print(terminal_safe(f"autograde check: {result.error}"), file=sys.stderr)
        return 1
    for note in result.repaired:
        print(terminal_safe(f"note: {note}"))
    for name, found in result.exercises.items():
        print(f"{found.score:6g} of {found.max_score:g}  {name}: {found.outcome}")
        if found.diagnosis:
            print(terminal_safe(f"            {found.diagnosis}"))
    print(f"{result.score:6g} of {result.max_score:g}  in all")
    return 0 if result.score == result.max_score else 1


def assignment_of(data: bytes, name: str) -> str | None:
    """The assignment that a notebook is about, whatever its file is called: most cells decide, else the name."""
    try:
        ids = {step.name for step in read_submission(data)}
    except UnreadableError:
        ids = set()
    known = {assignment: sum(exercise in ids for exercise in ASSIGNMENTS[assignment]) for assignment in ASSIGNMENTS}
    best = max(known, key=lambda assignment: known[assignment])
    return best if known[best] else next((a for a in ASSIGNMENTS if notebook_name(a) == name), None)


def _graded(job: Job) -> SubmissionResult:
    """Confined where that can be had; it is the learner's own code on the learner's own machine."""
    try:
        with contextlib.closing(Zygotes()) as zygotes:
            return grade(job, zygotes)
    except ConfinementError:
        with contextlib.closing(Zygotes(confined=False)) as zygotes:
            return grade(job, zygotes)
