"""Runs ``autograde grade``, kills it at random moments and lets it go on: started by a test, in a process of its own.

It forks processes that have loaded the grader already; everything else happens as it does on the command line.
"""

import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path

import autograde.grading.run  # noqa: F401 (loaded before the fork)
from autograde import cli
from autograde.gradebook.results import SubmissionResult
from tests.autograde.answers import answers
from tests.autograde.handed_in import ASSIGNMENT, hand_in, results, written

KILLS, EACH = 50, 3  # so many submissions come between two kills
MARK = "MLP_COURSE_KILLED_GRADER"


def grade(course: Path) -> int:
    """The process number of a grader."""
    child = os.fork()
    if child == 0:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (1, 2):
            os.dup2(nowhere, number)
        os._exit(cli.main(["grade", ASSIGNMENT, "--course", str(course), "--workers", "1"]))
    return child


def left_over() -> list[str]:
    """The processes that graders have started and that are still there; a moment is allowed."""
    for _ in range(200):
        found = []
        for place in Path("/proc").iterdir():
            with suppress(OSError):
                other = place.name.isdigit() and int(place.name) != os.getpid()
                if other and f"{MARK}=1".encode() in (place / "environ").read_bytes():
                    found.append((place / "cmdline").read_text().replace("\0", " "))
        if not found:
            break
        time.sleep(0.05)
    return found


def check(course: Path, before: dict[str, SubmissionResult]) -> dict[str, SubmissionResult]:
    """The results that there are; fails where one of ``before`` is gone or another one, or one is not right."""
    found = results(course) if (course / "gradebook.db").exists() else {}
    for student, result in before.items():
        assert found.get(student) == result, f"{student} was graded twice, or lost"
    for student, result in found.items():
        assert dict(result.tests) == answers(student)[1], student
    return found


def main(course: Path) -> None:
    """Prints the number of kills, of those after which something was missing, and of submissions."""
    os.environ[MARK] = "1"
    moments, kept, students, missing = random.Random(1), dict[str, SubmissionResult](), list[str](), 0
    begin = time.monotonic()
    hand_in(course, "first", written(**answers("first")[0]))
    students.append("first")
    os.waitpid(grade(course), 0)
    whole = time.monotonic() - begin
    for kill in range(KILLS):
        for number in range(EACH):
            students.append(f"s{kill:02d}-{number}")
            hand_in(course, students[-1], written(**answers(students[-1])[0]))
        grader = grade(course)
        time.sleep(whole * moments.uniform(0.0, 1.3))
        os.kill(grader, signal.SIGKILL)
        os.waitpid(grader, 0)
        kept = check(course, kept)
        missing += len(kept) < len(students)
    assert os.waitstatus_to_exitcode(os.waitpid(grade(course), 0)[1]) == 0
    kept = check(course, kept)
    assert sorted(kept) == sorted(students)
    assert left_over() == []
    print(KILLS, missing, len(students))
