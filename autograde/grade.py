"""``autograde grade``: every submission of a course gets its grade in nbgrader's gradebook."""

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from autograde.collect import Found, collect, odd_names, places, problems
from autograde.database import GradebookError
from autograde.exercises import ASSIGNMENTS
from autograde.files import write_atomically
from autograde.gradebook import Book
from autograde.pool import PoolError, Where, cluster, local, run_all
from autograde.progress_bar import Progress
from autograde.results import FAILED, SubmissionResult
from autograde.sandbox.confine import ConfinementError
from autograde.sandbox.places import PROJECT
from autograde.sandbox.proof import prove
from autograde.sandbox.session import Limits
from autograde.submission import Job, fingerprint, fingerprint_of_tests, source_path
from autograde.summary import harmless, summary, tallies


class UsageError(ValueError):
    """The command can't be carried out as it was typed."""


@dataclass(frozen=True)
class Options:
    """What ``autograde grade`` was asked to do."""

    course: Path
    assignments: Sequence[str] = ()
    db: str | None = None
    workers: int = 0
    scheduler: str | None = None
    seed: int | None = None
    force: bool = False
    confined: bool = True
    limits: Limits = field(default_factory=Limits)


class Run:
    """One run over the submissions of a course.

    Raises: UsageError, ConfinementError, PoolError, GradebookError where it can't start.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.submitted = options.course / "submitted"
        self.names = self._assignments()
        self.notes: list[str] = odd_names(self.submitted)
        self.problems: list[str] = problems(self.submitted)
        self.prints: dict[tuple[str, str], tuple[str, Found]] = {}

    def grade(self) -> None:
        """Grade what is new or changed; write it to the gradebook as it comes."""
        if self.options.confined:
            prove([self.options.course], [self.submitted, self.options.course / "gradebook.db", self.options.course])
        course = str(self.options.course.resolve())
        where = Where((course,), self.options.confined, tuple((n, fingerprint_of_tests(n)) for n in self.names))
        make, workers = self._executor()
        total = sum(1 for _ in self._places())
        with (
            Book(self.options.course, self.options.db, defaults=PROJECT) as book,
            Progress(total, "submissions") as bar,
        ):
            for name in self.names:
                book.prepare(name, source_path(name))
            for result in run_all(self._jobs(book, bar), where, make, workers):
                self._write(book, bar, result)

    def results(self) -> Iterator[SubmissionResult]:
        """All results of these assignments for submissions that are there, those of earlier runs too."""
        there = set(self._places())
        with Book(self.options.course, self.options.db, defaults=PROJECT) as book:
            yield from (r for r in book.results() if (r.student, r.assignment) in there)

    def _jobs(self, book: Book, bar: Progress) -> Iterator[Job]:
        for found in collect(self.submitted, self.names):
            data = found.data or b""
            job = Job(found.student, found.assignment, data, self.options.seed, self.options.limits, found.files)
            print_ = fingerprint(job) if found.data is not None else _digest(found)
            if not self.options.force and book.fingerprint(found.student, found.assignment) == print_:
                bar.step()
                continue
            self.prints[found.student, found.assignment] = print_, replace(found, data=b"", files=())
            if found.data is None:
                problem = SubmissionResult(found.student, found.assignment, FAILED, error=found.problem)
                self._write(book, bar, problem)
            else:
                yield job

    def _write(self, book: Book, bar: Progress, result: SubmissionResult) -> None:
        print_, found = self.prints.pop((result.student, result.assignment))
        attention = (*found.attention, *result.attention)
        result = replace(result, repaired=(*result.repaired, *found.ignored), attention=attention)
        try:
            book.write(result, print_)
        except ValueError as error:
            result = replace(result, status=FAILED, error=str(error), notebook="")
            book.write(result, print_)
        bar.step(problem=result.status == FAILED)

    def _places(self) -> Iterator[tuple[str, str]]:
        yield from ((place.student, place.assignment) for place in places(self.submitted, self.names))

    def _assignments(self) -> list[str]:
        if not self.submitted.is_dir():
            raise UsageError(
                f"got {self.options.course}, expected a folder with submitted/<student>/<assignment>/ in it"
            )
        unknown = [name for name in self.options.assignments if name not in ASSIGNMENTS]
        if unknown:
            raise UsageError(f"no assignment {unknown[0]!r}; choose from {', '.join(ASSIGNMENTS)}")
        return list(dict.fromkeys(self.options.assignments)) or list(ASSIGNMENTS)

    def _executor(self) -> tuple[Any, int]:
        if self.options.scheduler is None:
            workers = self.options.workers or os.cpu_count() or 1
            return partial(local, workers), workers
        executor, workers = cluster(self.options.scheduler)
        return lambda: executor, workers

    def report(self) -> dict[str, Any]:
        """The JSON report."""
        students: dict[str, dict[str, Any]] = {}
        for result in self.results():
            students.setdefault(result.student, {})[result.assignment] = result.report()
        return {"students": students}


def main(options: Options, json_path: Path | None) -> int:
    """Exit status: 0 all was graded, 1 a submission could not be, 2 the command can't be carried out."""
    try:
        run = Run(options)
        run.grade()
        found = tallies(run.results())
        if json_path is not None:
            write_atomically(json_path, json.dumps(run.report(), indent=1, ensure_ascii=False) + "\n")
    except (UsageError, ConfinementError, PoolError, GradebookError) as error:
        print(f"autograde grade: {error}", file=sys.stderr)
        return 2
    for note in (*run.problems, *run.notes):
        print(harmless(f"autograde grade: {note}"), file=sys.stderr)
    print(summary(found) or f"nothing was submitted in {run.submitted}")
    return 1 if run.problems or any(tally.failed for tally in found.values()) else 0


def _digest(found: Found) -> str:
    return hashlib.sha256(repr((found.problem, fingerprint_of_tests(found.assignment))).encode()).hexdigest()
