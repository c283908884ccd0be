"""Grading one submission: its cells run in the sandbox, its tests here, each when it is reached."""

import functools
import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autograde.course import PROJECT, source_path
from autograde.exercises import ASSIGNMENTS, CATALOGUE
from autograde.gradebook.results import FAILED, GRADED, ExerciseResult, SubmissionResult
from autograde.grading.graded_notebook import cell_as_graded, graded_notebook, output_of, outputs_of_test, stream
from autograde.grading.learner_errors import Mishap, Mishaps
from autograde.grading.test_cell import Verdict, WrongTest, run_test
from autograde.judging.report import Report
from autograde.sandbox.connection import Ended, TookTooLong
from autograde.sandbox.session import Limits, Session, Zygotes
from autograde.submissions.alone import cells_for, may_be_disturbed
from autograde.submissions.needed_cells import unneeded
from autograde.submissions.plan import Plan, make_plan, needed
from autograde.submissions.reading import Step, UnreadableError, read_source, read_submission

MOST_RESTARTS = 10  # fresh processes for what was to come after the end of one


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

    def done(self, zygotes: Zygotes) -> SubmissionResult:
        """The result."""
        return grade(self, zygotes)

    def failed(self, text: str) -> SubmissionResult:
        """The result where grading itself has failed."""
        return SubmissionResult(self.student, self.assignment, FAILED, error=text)


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
    contents = [(name, hashlib.sha256(data).hexdigest()) for name, data in (("", job.data), *job.files)]
    parts = (fingerprint_of_tests(job.assignment), contents, job.seed, str(job.limits))
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
        attention=tuple(run.attention),
        notebook=graded_notebook(run.cells),
    )


class _Run:
    """One submission's way through its notebook: once from top to bottom, then on without what ended its process."""

    def __init__(self, job: Job, zygotes: Zygotes, plan: Plan) -> None:
        self.job, self.zygotes, self.steps, self.source = job, zygotes, plan.steps, source_of(job.assignment)
        self.points = {step.name: float(step.role.get("points", 0)) for step in self.steps if step.is_test}
        self.verdicts: dict[str, Verdict] = {}
        self.made, self.left_out = set[int](), set[int]()  # tests; cells that are not run again
        self.shown: dict[int, list[Any]] = {}
        self.took, self.began = dict[int, float](), time.monotonic()  # with the cell that was run last
        self.ends, self.gone = dict[int, Ended](), Ended("its process ended")
        self.mishaps, self.attention = Mishaps(), list(plan.attention)
        self.end = self.began + job.limits.total
        self._all()
        self._tell()
        self.tests = {name: verdict.score for name, verdict in self.verdicts.items()}
        self.cells = [cell_as_graded(s, self.shown.get(i, []), i) for i, s in enumerate(self.steps) if not s.again]

    def _all(self) -> None:
        """Run everything once, and what is left when the process has ended in fresh ones."""
        skipped = _not_needed(self.source, self.steps)
        self._pass([i for i, step in enumerate(self.steps) if step.is_test or _is_run(step, skipped)], again=False)
        for _ in range(MOST_RESTARTS):
            waiting = [i for i, s in enumerate(self.steps) if s.is_test and not s.again and i not in self.made]
            if not waiting or time.monotonic() > self.end or self.zygotes.any_ended():
                break
            self._pass(cells_for(waiting, self.source, self.steps, self.left_out, self.took), again=True)
        for name in self.points:
            self.verdicts.setdefault(name, Verdict(error=self.gone))
        if doubtful := [i for i, s in enumerate(self.steps) if s.is_test and not s.again and self._is_doubtful(i, s)]:
            self._pass(cells_for(doubtful, self.source, self.steps, self.left_out, self.took), again=True)

    def _is_doubtful(self, place: int, test: Step) -> bool:
        """Whether a test lacks points, which may be due to other cells than the answer's."""
        if self.verdicts[test.name].score == self.points[test.name] or self.ends or time.monotonic() > self.end:
            return False
        if may_be_disturbed(place, needed(self.source, self._origin(test)), self.steps, self.took.keys()):
            return True
        if not any(report.is_slow for report in self.verdicts[test.name].reports.values()):
            return False
        alone = cells_for([place], self.source, self.steps, self.left_out, self.took)
        return any(not self.steps[i].role for i in self.took.keys() - set(alone))  # one with a busy thread, say

    def _pass(self, places: Sequence[int], again: bool) -> None:
        """Run cells and tests in a fresh process until it ends.  again: it is not the first."""
        texts = [self.steps[i].source for i in places if not self.steps[i].is_test]
        try:
            session = Session(self.zygotes.fit_for(texts), self.job.limits, self.job.files, self.end)
        except Ended as ended:
            self.gone = ended
            return
        try:
            for place in places:
                if self.steps[place].is_test:
                    self._test(place, session, again)
                else:
                    self._run(place, session, again)
        except Ended as ended:
            if not self.steps[place].is_test:
                self._note_end(place, ended, session, again)
        finally:
            session.close()

    def _run(self, place: int, session: Session, again: bool) -> None:
        """Run a cell.

        Raises: Ended.
        """
        limits, self.began = self.job.limits, time.monotonic()
        unknown = again and place not in self.took  # an endless loop more must not cost what comes after it
        most = min(limits.call, limits.cell) if unknown else limits.cell
        number = sum(step.kind == "code" and not step.again for step in self.steps[: place + 1])
        error, shown = session.run(self.steps[place].source, most, number)
        self.took[place] = time.monotonic() - self.began
        if error == "OutOfTime" and (again or self.took[place] > min(limits.cell, limits.notebook / 2)):
            self.left_out.add(place)
        if place not in self.shown:
            self.shown[place] = [output_of(output) for output in shown]
            self.mishaps.look(self._number(place), self.steps[place], error, shown)

    def _test(self, place: int, session: Session, again: bool) -> None:
        """Make a test; of several times the best counts.

        Raises: Ended, where the process did.
        """
        step, points, before = self.steps[place], self.points[self.steps[place].name], None
        before = self.verdicts.get(step.name)
        if before is not None and before.score == points:
            self.made.add(place)
            return
        verdict = run_test(step.source, points, session, self.job.seed)
        gone = session.line.gone
        if gone is not None:
            verdict.error = type(gone)(f"the program ended while {step.name} was run: {gone}")
        if (
            gone is None or again
        ):  # else it may be what earlier cells have left: it is made once more, in a fresh process
            self.made.add(place)
            if before is None or (verdict.score, not step.again) > (before.score, False):
                self.verdicts[step.name] = verdict
        if gone is not None:
            raise gone

    def _note_end(self, place: int, ended: Ended, session: Session, again: bool) -> None:
        """What is known when the process has ended in a cell: this one is to blame, or all that took their time."""
        step, number = self.steps[place], self._number(place)
        if session.for_cells <= 0:
            self._note_time(place, ended, again)
            return
        self.left_out.add(place)
        where = f"the cell of {step.name}" if step.name else f"cell {number}"
        self.gone = self.ends[place] = type(ended)(f"the program ended in {where}: {ended}")
        self.mishaps.found.append(Mishap(number, step.source, f"ended the program: {ended}", step.name))
        self.attention.append(f"{self.gone}; the answers after it were run without it")
        self.shown.setdefault(place, [stream(f"{self.gone}\n")])

    def _note_time(self, place: int, ended: Ended, again: bool) -> None:
        """What is known when the cells have used up their time; where that happens twice the slowest is left out."""
        took = self.took | {place: max(self.took.get(place, 0.0), time.monotonic() - self.began)}  # it may never end
        slowest = max((i for i in took if not again or i not in self.left_out), key=took.__getitem__, default=0)
        self.left_out |= {slowest} if again else set()
        self.gone = ended
        used = f"the {self.job.limits.notebook:g} seconds for the cells were used up"
        told = f"{used}, most of them by cell {self._number(slowest)}; the answers after that were run alone"
        self.attention += [told] * (told not in self.attention)

    def _number(self, place: int) -> int:
        """As a reader counts the cells."""
        return place + 1 - sum(step.again for step in self.steps[:place])

    def _tell(self) -> None:
        """Explain what is missing by the cells that failed, to the learner and to the instructor."""
        for place, step in enumerate(self.steps):
            if not step.is_test or step.again:
                continue
            verdict, at = self.verdicts[step.name], needed(self.source, self._origin(step))[:1]
            ends = [end for i, end in self.ends.items() if self.steps[i].name in at]
            if ends and not verdict.score:
                verdict.error = verdict.error or ends[0]
            told = [self.mishaps.explain(report) for report in verdict.reports.values()]
            if verdict.score < self.points[step.name]:
                self.attention += [text for text in told if text and text not in self.attention]
            self.shown[place] = outputs_of_test(verdict)
        self.attention += self.mishaps.network

    def _origin(self, test: Step) -> int:
        return next(i for i, step in enumerate(self.source) if step.name == test.name)

    def exercises(self) -> dict[str, ExerciseResult]:
        """The result of each exercise, from all tests that are about it."""
        found = {}
        for name in ASSIGNMENTS[self.job.assignment]:
            tests = {t: v for t, v in self.verdicts.items() if t == f"test_{name}" or t.startswith(f"test_{name}_")}
            tests = {t: v for t, v in tests.items() if _about(t) == name}
            if not tests:  # the instructor has dropped it
                continue
            score, most = sum(self.tests[t] for t in tests), sum(self.points[t] for t in tests)
            found[name] = _result(name, list(tests.values()), score, most)
        return found


def _is_run(step: Step, skipped: set[str]) -> bool:
    """Whether a cell is run in the submission's process."""
    return step.kind == "code" and not step.idle and (bool(step.role) or step.source not in skipped)


def _not_needed(source: list[Step], steps: Sequence[Step]) -> set[str]:
    """The texts of the course's cells that nothing of the learner's needs."""
    course = {step.source for step in source if step.kind == "code" and not step.role}
    if course.isdisjoint(step.source for step in steps):
        return set()
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
    if (failure := report.failure) is None:
        return {}
    found = {name: getattr(failure, name) for name in ("advice", "case", "call", "got", "expected", "line", "printed")}
    return found | {"diagnosis": failure.diagnosis or failure.advice}
