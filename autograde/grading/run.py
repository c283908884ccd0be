"""``autograde grade``: every submission of a course gets its grade in nbgrader's gradebook."""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from autograde.course import COURSE, source_path
from autograde.exercises import ASSIGNMENTS
from autograde.files import why, write_atomically
from autograde.gradebook.book import Book
from autograde.gradebook.database import GradebookError
from autograde.gradebook.exchange import TIMESTAMP
from autograde.gradebook.results import FAILED, SubmissionResult
from autograde.gradebook.scores import Change, changes
from autograde.gradebook.settings import load_settings
from autograde.gradebook.timestamps import UnclearTimeError, time_in
from autograde.grading.collect import Found, collect, odd_names, places, problems
from autograde.grading.pool import Pool, PoolError, Where, cluster, local
from autograde.grading.submission import Job, fingerprint, fingerprint_of_tests
from autograde.grading.wrong_answers import Told, WrongAnswer, look_into
from autograde.reporting.progress_bar import Progress
from autograde.reporting.summary import MOST_NAMES, summary, tallies, terminal_safe
from autograde.sandbox.session import Limits

NOTHING_NEW = "nothing was new or changed: all grades are those of earlier runs"


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


@dataclass(frozen=True)
class _Pending:
    """What is to be stored with a result.  found: without its data.  when: the time of the submission."""

    fingerprint: str
    found: Found
    when: datetime | None


class Run:
    """One run over the submissions of a course.

    changed: grades that are others than before.  untimed: what is wrong with the time of a submission.
    reopened: what a person has marked and is asked to mark again.  news: how many submissions were new or changed.
    Raises: UsageError, PoolError, GradebookError where it can't start.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.settings = load_settings(options.course, COURSE)
        self.submitted = options.course / self.settings.folder("submitted")
        self.notes: list[str] = []
        self.names = self._assignments()
        self.notes += odd_names(self.submitted)
        self.problems: list[str] = problems(self.submitted)
        self.changed: list[Change] = []
        self.untimed: dict[tuple[str, str], str] = {}
        self.reopened: dict[tuple[str, str], list[str]] = {}
        self.news = 0
        self._pending: dict[tuple[str, str], _Pending] = {}
        self._retimed: dict[tuple[str, str], datetime] = {}

    def grade(self) -> None:
        """Grade what is new or changed; write it to the gradebook as it comes."""
        total = sum(1 for _ in self._places())
        with self._pool() as pool:
            self.notes += pool.prove()
            with self._book() as book, Progress(total, "submissions") as bar:
                before = book.scores(self.names)
                self._register(book)
                try:
                    for result in pool.run(self._jobs(book, bar)):
                        self._write(book, bar, result)
                finally:  # no later run can say what has changed in this one, be it stopped
                    book.set_timestamps(self._retimed)
                    book.update_penalties(self.names)
                    self.changed = changes(before, book.scores(self.names))
                self._explain(book, pool.run)

    def explain(self) -> None:
        """Look into wrong answers of results that are there, where ``grade`` had no time for it.

        Raises: PoolError, GradebookError.
        """
        with (
            Book(self.options.course, self.options.db, create=False, defaults=COURSE) as book,
            self._pool() as pool,
        ):
            self._explain(book, pool.run)

    def _explain(self, book: Book, do: Callable[[Iterable[WrongAnswer]], Iterator[Told]]) -> None:
        """Search wrong answers for the line of a slip; it comes after all grades, which don't depend on it."""
        left = look_into(book, self.names, do, self.options.limits)
        if left:
            told = "wrong answers were not searched for the line of a slip for lack of time"
            self.notes.append(f"{left} {told}: `autograde feedback` goes on with it")

    def _where(self) -> Where:
        tests = tuple((name, fingerprint_of_tests(name)) for name in self.names)
        course, hidden = self.options.course, tuple(map(str, self._hidden()))
        forbidden = tuple(str(place.resolve()) for place in (self.submitted, course / "gradebook.db", course))
        return Where(hidden, forbidden, self.options.confined, tests)

    def _hidden(self) -> list[Path]:
        """The folders that submissions must not see."""
        return sorted({self.options.course.resolve(), self.submitted.resolve()})

    def results(self) -> Iterator[SubmissionResult]:
        """All results of these assignments for submissions that are there, those of earlier runs too."""
        there = set(self._places())
        with self._book() as book:
            yield from (r for r in book.results() if (r.student, r.assignment) in there)

    def _book(self) -> Book:
        return Book(self.options.course, self.options.db, defaults=COURSE)

    def _register(self, book: Book) -> None:
        """Bring the assignments up to date that somebody has submitted, or that are in the gradebook already."""
        wanted = {assignment for _, assignment in self._places()} | set(book.assignments())
        for name in self.names:
            if name in wanted:
                book.prepare(name, source_path(name))

    def _jobs(self, book: Book, bar: Progress) -> Iterator[Job]:
        times = book.timestamps()
        for found in collect(self.submitted, self.names):
            data = found.data or b""
            job = Job(found.student, found.assignment, data, self.options.seed, self.options.limits, found.files)
            print_ = fingerprint(job) if found.data is not None else _digest(found)
            key, when = (found.student, found.assignment), self._time_of(found)
            if not self.options.force and book.fingerprint(*key) == print_:
                if when is not None and times.get(key, when) != when:
                    self._retimed[key] = when
                bar.step()
                continue
            self._pending[key] = _Pending(print_, replace(found, data=b"", files=()), when)
            if found.data is None:
                self._write(book, bar, SubmissionResult(*key, FAILED, error=found.problem))
            else:
                yield job

    def _time_of(self, found: Found) -> datetime | None:
        """When a submission was handed in; a time that can't be read is noted for a person."""
        if found.folder is None:
            return None
        try:
            return time_in(found.folder / TIMESTAMP, self.settings.config.Exchange.get("timezone"))
        except UnclearTimeError as error:
            self.untimed[found.student, found.assignment] = f"{TIMESTAMP}: {error}"
            return None

    def _write(self, book: Book, bar: Progress, result: SubmissionResult) -> None:
        pending = self._pending.pop((result.student, result.assignment))
        repaired, attention = pending.found.ignored, pending.found.attention
        result = replace(result, repaired=(*result.repaired, *repaired), attention=(*attention, *result.attention))
        self.news += 1
        try:
            if reopened := book.write(result, pending.fingerprint, pending.when):
                self.reopened[result.student, result.assignment] = reopened
        except (ValueError, OSError) as error:
            lost = isinstance(error, OSError)  # which says nothing about the submission: the next run tries again
            said = f"its graded notebook can't be stored: {why(error)}" if isinstance(error, OSError) else str(error)
            result = replace(result, status=FAILED, error=said, notebook="")
            book.write(result, "" if lost else pending.fingerprint)
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
        absent = [name for name in ASSIGNMENTS if not source_path(name).is_file()]
        for name in self.options.assignments:
            if name in absent:
                raise UsageError(f"the tests of {name} are missing: there is no {source_path(name)}; bring it back")
        if absent and not self.options.assignments:
            self.notes.append(f"{', '.join(absent)}: not graded, as the notebooks are not in {COURSE / 'solutions'}")
        return list(dict.fromkeys(self.options.assignments)) or [n for n in ASSIGNMENTS if n not in absent]

    def _pool(self) -> Pool:
        """Raises: PoolError where a cluster does not answer."""
        if self.options.scheduler is None:
            workers = self.options.workers or os.cpu_count() or 1
            return Pool(self._where(), partial(local, workers), workers)
        executor, workers = cluster(self.options.scheduler)
        return Pool(self._where(), lambda: executor, workers)

    def report(self) -> dict[str, Any]:
        """The JSON report."""
        students: dict[str, dict[str, Any]] = {}
        for result in self.results():
            students.setdefault(result.student, {})[result.assignment] = result.report()
        untimed = [{"student": s, "assignment": a, "problem": problem} for (s, a), problem in self.untimed.items()]
        reopened = [{"student": s, "assignment": a, "cells": names} for (s, a), names in self.reopened.items()]
        changed = [asdict(change) for change in self.changed]
        return {"students": students, "changed": changed, "reopened": reopened, "timestamps": untimed}

    def told(self) -> str:
        """What else a person should know after the summary of the results."""
        same = "" if self.news or not any(self._places()) else NOTHING_NEW
        untimed = [f"{student}: {assignment}: {problem}" for (student, assignment), problem in self.untimed.items()]
        unclear = listed("need a person: when they were handed in is not clear, they are taken as in time", untimed)
        return "\n\n".join(filter(None, (same, self.differences(), unclear)))

    def differences(self) -> str:
        """What this run has changed; all of it, as a later run doesn't know of it."""
        changed = [f"{c.student}  {c.assignment}  {c.before:g} -> {c.after:g}" for c in self.changed]
        reopened = [
            f"{student}: {assignment}: {', '.join(names)}" for (student, assignment), names in self.reopened.items()
        ]
        blocks = [
            listed("grades that are others than before", changed, whole=True),
            listed("to be marked again, as what was marked by hand has changed since", reopened, whole=True),
        ]
        return "\n\n".join(filter(None, blocks))


def explain(course: Path, assignments: Sequence[str], db: str | None) -> list[str]:
    """Look into wrong answers that are waiting for it before they are told of; sentences on what could not be done."""
    try:
        run = Run(Options(course, assignments, db))
        run.explain()
    except UsageError:  # there are grades, but not what they were given for
        return []
    except (PoolError, GradebookError, OSError) as error:
        return [f"no line of a slip could be searched for: {error}"]
    return run.notes


def listed(title: str, entries: Sequence[str], whole: bool = False) -> str:
    """A list for a terminal, cut where it is long unless it is to be ``whole``; "" where there is nothing in it."""
    if not entries:
        return ""
    most = len(entries) if whole else MOST_NAMES
    more = [f"and {len(entries) - most} more: --json FILE writes all"] * (len(entries) > most)
    lines = [terminal_safe(f"  {entry:.300}") for entry in (*entries[:most], *more)]
    return "\n".join([f"{title}: {len(entries)}", *lines])


def main(options: Options, json_path: Path | None) -> int:
    """Exit status: 0 all was graded, 1 a submission could not be, 2 the command can't be carried out, 130 stopped."""
    try:
        run = Run(options)
        try:
            run.grade()
        except KeyboardInterrupt:
            if found_so_far := run.differences():
                print(found_so_far)
            print("autograde grade: stopped; what was graded is kept: run it again, and it goes on", file=sys.stderr)
            return 130
        found = tallies(run.results())
        for note in (*run.problems, *run.notes):
            print(terminal_safe(f"autograde grade: {note}"), file=sys.stderr)
        print(summary(found) or f"nothing was submitted in {run.submitted}")
        if more := run.told():
            print(f"\n{more}")
        if json_path is not None:
            write_atomically(json_path, json.dumps(run.report(), indent=1, ensure_ascii=False) + "\n")
    except (UsageError, PoolError, GradebookError) as error:
        print(f"autograde grade: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"autograde grade: {why(error)}", file=sys.stderr)
        return 2
    return 1 if run.problems or any(tally.failed for tally in found.values()) else 0


def _digest(found: Found) -> str:
    return hashlib.sha256(repr((found.problem, fingerprint_of_tests(found.assignment))).encode()).hexdigest()
