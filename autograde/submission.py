"""Grading one submission: its cells run in the sandbox, its tests here, each when it is reached."""

import base64
import functools
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autograde.card import as_html, as_text
from autograde.exercises import ASSIGNMENTS, CATALOGUE
from autograde.plan import Plan, Step, UnreadableError, make_plan, read_source, read_submission
from autograde.report import Report
from autograde.results import FAILED, GRADED, ExerciseResult, SubmissionResult
from autograde.root import PROJECT, source_path
from autograde.sandbox.line import Ended, TookTooLong
from autograde.sandbox.session import Limits, Session, Zygotes
from autograde.sandbox.shown import Shown
from autograde.slicing import unneeded
from autograde.testcell import Verdict, WrongTest, run_test


@dataclass(frozen=True)
class Job:
    """One submission to be graded: all that grading it depends on.

    files: what lies beside the notebook, by names relative to it.
    """

    student: str
    assignment: str
    data: bytes
    seed: int | None = None
    limits: Limits = field(default_factory=Limits)
    files: tuple[tuple[str, bytes], ...] = ()


@functools.cache
def source_of(assignment: str) -> list[Step]:
    """The cells of the instructor's notebook; tests come from the project, wherever the submissions lie."""
    return read_source(source_path(assignment))


@functools.cache
def fingerprint_of_tests(assignment: str) -> str:
    """Changes with everything in the project that decides on a grade."""
    parts = [source_path(assignment), *sorted((PROJECT / "autograde").rglob("*.py"))]
    parts += sorted((PROJECT / "mlp_reference").glob("*.py"))
    digest = hashlib.sha256()
    for path in parts:
        digest.update(path.relative_to(PROJECT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def fingerprint(job: Job) -> str:
    """Changes with the submission, the tests, the seed and the limits: with whatever could change its grade."""
    files = [(name, hashlib.sha256(data).hexdigest()) for name, data in job.files]
    data = hashlib.sha256(job.data).hexdigest()
    parts = (fingerprint_of_tests(job.assignment), data, job.seed, str(job.limits), files)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def grade(job: Job, zygotes: Zygotes) -> SubmissionResult:
    """The result for one submission; what can't be graded gives one that says why."""
    start = time.monotonic()
    try:
        plan = make_plan(source_of(job.assignment), read_submission(job.data))
        run = _Run(job, zygotes, plan)
    except (UnreadableError, WrongTest) as error:
        return SubmissionResult(job.student, job.assignment, FAILED, seconds=time.monotonic() - start, error=str(error))
    exercises = run.exercises()
    return SubmissionResult(
        job.student,
        job.assignment,
        GRADED,
        score=round(sum(run.tests.values()), 6),
        max_score=float(sum(run.points.values())),
        seconds=time.monotonic() - start,
        exercises=exercises,
        tests=run.tests,
        repaired=tuple(plan.repaired),
        notebook=json.dumps(_NOTEBOOK | {"cells": run.cells}, ensure_ascii=False),
    )


_NOTEBOOK = {
    "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


class _Run:
    """One submission's way through its notebook."""

    def __init__(self, job: Job, zygotes: Zygotes, plan: Plan) -> None:
        self.job = job
        self.tests: dict[str, float] = {}
        self.points: dict[str, float] = {}
        self.verdicts: dict[str, Verdict] = {}
        self.ended: Ended | None = None
        self.cells: list[Any] = []
        self.skipped = _not_needed(source_of(job.assignment), plan.steps)
        zygote = zygotes.fit_for(step.source for step in plan.steps if self._is_run(step))
        self.session = Session(zygote, job.limits, job.files)
        try:
            for step in plan.steps:
                outputs = self._take(step)
                self.cells.append(_cell(step, outputs, len(self.cells)))
        finally:
            self.session.close()

    def _take(self, step: Step) -> list[Any]:
        """Run one cell; what it shows."""
        if step.is_test:
            return self._test(step)
        if self.ended is not None or not self._is_run(step):
            return []
        try:
            _, shown = self.session.run(step.source)
        except Ended as ended:
            self._end(ended, f"in the cell of {step.name}" if step.name else f"in cell {len(self.cells) + 1}")
            return [_stream(f"{self.ended}\n")]
        return [_output(output) for output in shown]

    def _is_run(self, step: Step) -> bool:
        """Whether a cell is run in the submission's process."""
        return step.kind == "code" and not step.is_test and (bool(step.role) or step.source not in self.skipped)

    def _test(self, step: Step) -> list[Any]:
        points = float(step.role.get("points", 0))
        self.points[step.name] = points
        if self.ended is not None:
            verdict = Verdict(error=self.ended)
        else:
            verdict = run_test(step.source, points, self.session, self.job.seed)
            if self.session.line.gone is not None:
                self._end(self.session.line.gone, f"while {step.name} was run")
                verdict.error = self.ended
        self.verdicts[step.name], self.tests[step.name] = verdict, verdict.score
        return _shown(verdict)

    def _end(self, reason: Ended, where: str) -> None:
        self.ended = type(reason)(f"the program ended {where}: {reason}")

    def exercises(self) -> dict[str, ExerciseResult]:
        """The result of each exercise, from all tests that are about it."""
        found = {}
        for name in ASSIGNMENTS[self.job.assignment]:
            tests = {t: v for t, v in self.verdicts.items() if t == f"test_{name}" or t.startswith(f"test_{name}_")}
            tests = {t: v for t, v in tests.items() if _about(t) == name}
            score, most = sum(self.tests[t] for t in tests), sum(self.points[t] for t in tests)
            found[name] = _result(name, list(tests.values()), score, most)
        return found


def _not_needed(source: list[Step], steps: Sequence[Step]) -> set[str]:
    """The texts of the course's cells that nothing of the learner's needs."""
    course = {step.source for step in source if step.kind == "code" and not step.role}
    own = [s.source for s in steps if s.kind == "code" and not s.role.get("locked") and s.source not in course]
    return unneeded(sorted(course), own)


def _about(test: str) -> str:
    """The exercise that a test is about: the longest name that fits."""
    fits = [name for name in CATALOGUE if test == f"test_{name}" or test.startswith(f"test_{name}_")]
    return max(fits, key=len, default="")


def _result(name: str, verdicts: list[Verdict], score: float, most: float) -> ExerciseResult:
    reports = [v.reports[name] for v in verdicts if name in v.reports]
    errors = [v.error for v in verdicts if v.error is not None]
    report = next((r for r in reports if r.failure is not None), reports[0] if reports else None)
    if errors:
        kind = (
            "timeout" if isinstance(errors[0], TookTooLong) else "crashed" if isinstance(errors[0], Ended) else "error"
        )
        told: dict[str, Any] = {"diagnosis": str(errors[0])[:500]}
        stopped = isinstance(errors[0], Ended)  # what a report says then is about that
        return ExerciseResult(score, most, kind, **(told if stopped or report is None else told | _told(report)))
    if report is None:
        outcome = "passed" if score == most else "partial" if score > 0 else "failed"
        return ExerciseResult(score, most, outcome)
    return ExerciseResult(score, most, report.outcome, cases=report.cases, **_told(report))


def _told(report: Report) -> dict[str, Any]:
    failure = report.failure
    if failure is None:
        return {}
    found = {name: getattr(failure, name) for name in ("advice", "case", "call", "got", "expected", "line", "printed")}
    return found | {"diagnosis": failure.diagnosis or failure.advice}


def _cell(step: Step, outputs: list[Any], index: int) -> dict[str, Any]:
    kind = step.kind if step.kind in ("code", "markdown") else "raw"
    cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{index}", "source": step.source}
    cell["metadata"] = {"nbgrader": dict(step.role)} if step.role else {}
    return cell | {"execution_count": None, "outputs": outputs} if kind == "code" else cell


def _shown(verdict: Verdict) -> list[Any]:
    """What a test cell shows in the graded notebook: the cards, and the points, or what ended it."""
    shown = [_displayed("display_data", as_text(r), as_html(r)) for r in verdict.reports.values()]
    if verdict.error is not None:
        return [*shown, _error(type(verdict.error).__name__, str(verdict.error), [])]
    return [*shown, _displayed("execute_result", f"{verdict.score:g}") | {"execution_count": None}]


def _displayed(kind: str, text: str, html: str = "") -> dict[str, Any]:
    data = {"text/plain": text} | ({"text/html": html} if html else {})
    return {"output_type": kind, "data": data, "metadata": {}}


def _stream(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def _error(name: str, value: str, lines: list[str]) -> dict[str, Any]:
    return {"output_type": "error", "ename": name[:200], "evalue": value[:1_000], "traceback": lines}


def _output(shown: Shown) -> dict[str, Any]:
    if shown.pictures:
        pictures = {media: base64.b64encode(data).decode() for media, data in shown.pictures.items()}
        return {"output_type": "display_data", "data": {"text/plain": shown.text} | pictures, "metadata": {}}
    if shown.kind != "error":
        return _stream(shown.text if shown.kind == "stream" else f"{shown.text}\n")
    name, _, value = shown.text.strip().rpartition("\n")[2].partition(":")
    return _error(name, value.strip(), shown.text.split("\n"))
