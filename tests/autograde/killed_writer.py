"""Writes results, is killed at random moments, and goes on: run by a test in a process of its own."""

import os
import random
import signal
import sys
import time
from pathlib import Path

from sqlalchemy import func, select

from autograde.exercises import STARRED
from autograde.gradebook.book import Book
from autograde.gradebook.database import RESULTS
from autograde.gradebook.rows import _COMMENT, _GRADE, _NOTEBOOK, _SUBMISSION, STUDENT
from tests.autograde.books import ASSIGNMENT, POINTS, open_book, result
from tests.support.paths import ROOT

COUNT = 200
CELLS = len(POINTS) + 1  # with points: tests, and the question
ANSWERS = CELLS + len(STARRED[ASSIGNMENT])  # which nbgrader comments on


def write_what_is_missing(course: Path, url: str | None, done: int) -> None:
    """Tells of each result by a byte."""
    with open_book(course, url) as book:
        for number in range(COUNT):
            student = f"s{number:03d}"
            if book.fingerprint(student, ASSIGNMENT) is None:
                book.write(result(student, notebook='{"cells": []}'), "the same")
                os.write(done, b".")


def stored(course: Path, url: str | None) -> int:
    """How many results there are; fails where rows are missing, or there twice."""
    with Book(course, url, create=False, defaults=ROOT) as book, book.reading() as db:
        tables = (RESULTS, STUDENT, _SUBMISSION, _NOTEBOOK, _GRADE, _COMMENT)
        done, *rows = [db.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]
    assert rows == [done, done, done, done * CELLS, done * ANSWERS], (done, rows)
    return int(done)


def main(course: Path, url: str | None) -> None:
    moments, kills, halves = random.Random(0), 0, 0
    with open_book(course, url):
        pass
    while stored(course, url) < COUNT:
        listening, telling = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(listening)
            write_what_is_missing(course, url, telling)
            os._exit(0)
        os.close(telling)
        for _ in range(moments.randint(1, 30)):  # counted, not timed: a busy machine makes no difference
            os.read(listening, 1)
        time.sleep(moments.uniform(0.0, 0.01))
        os.kill(child, signal.SIGKILL)
        kills += os.waitpid(child, 0)[1] == signal.SIGKILL
        os.close(listening)
        halves += 0 < stored(course, url) < COUNT
    print(kills, halves)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] or None)
