"""One run over 300 submissions: exact grades for what can be graded, a clear reason for what can't."""

import copy
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.autograde.answers import answers, wrong_answers
from tests.autograde.handed_in import ASSIGNMENT, FULL, POINTS, hand_in, results, written
from tests.support.paths import ROOT
from tests.support.programs import require_program

pytestmark = [pytest.mark.timeout(600), pytest.mark.slow]

HONEST = 285
STUDENTS = [f"s{number:03d}" for number in range(HONEST)]
Spoil = Callable[[bytes], bytes]


def _changed(**changes: Any) -> Spoil:
    return lambda data: json.dumps(json.loads(data) | changes).encode()


# what is done to a notebook, or the name it gets: what the reason must say
CORRUPT: dict[str, tuple[Spoil | str, str]] = {
    "truncated": (lambda data: data[: len(data) // 2], "cut off or no JSON"),
    "empty": (lambda data: b"", "empty"),
    "blank": (lambda data: b" \n\n ", "empty"),
    "in_r": (_changed(metadata={"kernelspec": {"name": "ir", "language": "R"}}, cells=[]), "kernel 'ir' (r), expected"),
    "julia": (_changed(metadata={"language_info": {"name": "julia"}}, cells=[]), "(julia), expected Python"),
    "null_cells": (_changed(cells=None), "format '4', expected 4"),
    "a_number": (lambda data: b"42", "format 'int', expected 4"),
    "no_notebook": ("", "there is no notebook 'perceptron.ipynb'; the folder is empty"),
    "old_format": (_changed(nbformat=3), "format '3', expected 4"),
    "future_format": (_changed(nbformat=5), "format '5', expected 4"),
    "no_format": (lambda data: b"{}", "format 'no format', expected 4"),
    "a_list": (lambda data: b"[1, 2]", "format 'list', expected 4"),
    "binary": (lambda data: bytes(range(256)) * 40, "binary"),
    "zipped": (lambda data: b"PK\x03\x04\x14\x00\x08\x08\xff\xfe" + data[:200], "binary"),
    "text": (lambda data: b"I had no time, sorry.", "cut off or no JSON"),
}


def _spoiled(course: Path, student: str) -> None:
    how, _ = CORRUPT[student]
    if not isinstance(how, str):
        hand_in(course, student, how(written()))
        return
    place = hand_in(course, student, written(), name=how or "gone")
    if not how:
        place.unlink()


def grade(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """``autograde grade`` as an instructor types it."""
    command = [sys.executable, "-m", "autograde", "grade", "--course", str(course), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500)


@dataclass
class Graded:
    """A course after a run."""

    course: Path
    run: subprocess.CompletedProcess[str]

    @property
    def students(self) -> dict[str, Any]:
        """The JSON report."""
        found = json.loads((self.course / "report.json").read_text())["students"]
        return {student: assignments[ASSIGNMENT] for student, assignments in found.items()}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    require_program("bwrap", "bubblewrap")
    course = tmp_path_factory.mktemp("many")
    for student in STUDENTS:
        hand_in(course, student, written(**answers(student)[0]))
    for student in CORRUPT:
        _spoiled(course, student)
    return Graded(course, grade(course, ASSIGNMENT, "--workers", "2", "--json", str(course / "report.json")))


def test_all_that_can_be_graded_is(many: Graded) -> None:
    assert many.run.returncode == 1, many.run.stderr
    assert set(many.students) == {*STUDENTS, *CORRUPT}
    assert len(CORRUPT) == 15
    assert {s for s, found in many.students.items() if found["status"] == "graded"} == set(STUDENTS)


def test_grades_are_exact(many: Graded) -> None:
    stored = results(many.course)
    for student in STUDENTS:
        points = answers(student)[1]
        assert dict(stored[student].tests) == points, student
        told = many.students[student]
        assert told["score"] == pytest.approx(sum(points.values()))
        assert told["max_score"] == FULL
        for name in POINTS:
            exercise = told["exercises"][name]
            assert exercise["score"] == points[f"test_{name}"]
            assert (
                (exercise["outcome"] == "passed") == (exercise["score"] == POINTS[name]) == (not exercise["diagnosis"])
            )
    assert len({found.score for found in stored.values()}) > 20, "they differ"
    given = {(name, source) for student in STUDENTS for name, source in answers(student)[0].items()}
    assert given == {(name, source) for name in POINTS for source in wrong_answers(name)}, "each is among them"


@pytest.mark.parametrize("student", CORRUPT)
def test_a_corrupt_submission_has_a_clear_reason(many: Graded, student: str) -> None:
    found = many.students[student]
    assert (found["status"], found["score"]) == ("failed", 0.0)
    assert CORRUPT[student][1] in found["error"]
    assert f"{student}: {found['error']}"[:200] in many.run.stdout, "the summary names it"


def test_the_summary_counts(many: Graded) -> None:
    assert f"{ASSIGNMENT}: 285 graded, mean " in many.run.stdout
    assert "15 could not be" in many.run.stdout
    stored = results(many.course)
    for name, points in POINTS.items():
        full = sum(found.tests.get(f"test_{name}") == points for found in stored.values())
        assert f"{full} of 285 all right" in many.run.stdout
    told = [
        e.diagnosis for f in stored.values() for n, e in f.exercises.items() if e.outcome not in ("passed", "missing")
    ]
    (often,) = sorted(set(told), key=told.count)[-1:]
    assert f"{told.count(often)} of 285" in many.run.stdout
    assert often[:60] in many.run.stdout


def test_progress_is_told_without_a_terminal(many: Graded) -> None:
    lines = many.run.stderr.strip().splitlines()
    assert lines[-1].startswith("300 of 300 submissions, ")
    assert lines[-1].endswith(" 0 s left, 15 problems")
    assert all("problems" in line for line in lines), many.run.stderr


def test_a_second_run_grades_nothing(many: Graded) -> None:
    before = results(many.course)
    again = grade(many.course, ASSIGNMENT)
    assert results(many.course) == before, "not even the seconds that it took"
    nothing = "\nnothing was new or changed: all grades are those of earlier runs\n"
    assert (again.returncode, again.stdout) == (1, many.run.stdout + nothing)


def test_any_number_of_workers_and_any_order_give_the_same(many: Graded, tmp_path: Path) -> None:
    """The same notebooks under other names, by which they come in another order."""
    chosen = random.Random(0).sample(STUDENTS, 40)
    renamed = {student: f"{os.urandom(4).hex()}-{student}" for student in chosen}
    for student, name in renamed.items():
        source = many.course / "submitted" / student / ASSIGNMENT / "perceptron.ipynb"
        hand_in(tmp_path, name, source.read_bytes())
    assert grade(tmp_path, "--workers", "3").returncode == 0
    one, other = results(many.course), results(tmp_path)
    for student, name in renamed.items():
        assert _told(one[student]) == _told(other[name])


def _told(found: Any) -> dict[str, Any]:
    told: dict[str, Any] = copy.deepcopy(found.report())
    del told["seconds"]
    return told | {"all": found.exercises}
