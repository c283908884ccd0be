"""Running ``autograde grade`` again: what is new or changed is graded, the rest and what people did stays."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograde import cli
from autograde.gradebook.database import default_url
from autograde.grading import run
from tests.autograde import postgres
from tests.autograde.books import NAME, QUESTION
from tests.autograde.handed_in import ASSIGNMENT, FULL, POINTS, hand_in, results, written
from tests.support.paths import ROOT
from tests.support.programs import require_program

pytestmark = [pytest.mark.timeout(300), pytest.mark.slow]
WRONG = "def perceptron_step(*args, **options):\n    return 7.5"
LATE = """
c = get_config()
c.CourseDirectory.course_id = "mlp-course"
c.LateSubmissionPlugin.penalty_method = "zero"
"""


@pytest.fixture(autouse=True)
def sandbox() -> None:
    require_program("bwrap", "bubblewrap")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the courses of these tests lie, one after the other: grading processes are made for a place."""
    return tmp_path_factory.mktemp("rerun") / "course"


@pytest.fixture(scope="module")
def processes(place: Path) -> Iterator[Executor]:
    """A grading process for all that is graded at this place."""
    executor = run.local(1)
    yield executor
    executor.shutdown()


class _Lent(Executor):
    """A grading process that others go on using."""

    def __init__(self, owner: Executor) -> None:
        self.submit = owner.submit  # type: ignore[method-assign]


@pytest.fixture
def empty(place: Path, processes: Executor, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A course in which nothing is handed in yet."""
    monkeypatch.setattr(run, "local", lambda _: _Lent(processes))
    place.mkdir()
    yield place
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def graded(place: Path, processes: Executor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three submissions, graded in that place, and moved away from it."""
    for student in ("ada", "bob", "cleo"):
        hand_in(place, student, written())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "local", lambda _: _Lent(processes))
        assert grade(place) == 0
    return place.rename(tmp_path_factory.mktemp("graded") / "course")


@pytest.fixture
def course(graded: Path, empty: Path) -> Path:
    """Three submissions, graded."""
    shutil.copytree(graded, empty, dirs_exist_ok=True)
    return empty


def grade(course: Path, *arguments: str) -> int:
    """Exit status of ``autograde grade``."""
    return cli.main(["grade", ASSIGNMENT, "--course", str(course), "--workers", "1", *arguments])


def regraded(course: Path, before: dict[str, Any], url: str | None = None) -> set[str]:
    """Students whose result is another one; the seconds that grading takes are never the same twice."""
    return {student for student, found in results(course, url).items() if found != before.get(student)}


def test_a_stopped_run_says_what_has_changed_and_that_it_goes_on(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for student in ("ada", "bob", "cleo"):
        hand_in(course, student, written(perceptron_step=WRONG))
    whole = run.Pool.run

    def stopped(pool: run.Pool, jobs: Any) -> Iterator[Any]:
        yield from islice(whole(pool, jobs), 1)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(run.Pool, "run", stopped)
        capsys.readouterr()
        assert grade(course) == 130
    out, err = capsys.readouterr()
    assert "grades that are others than before: 1\n" in out
    assert err.endswith("autograde grade: stopped; what was graded is kept: run it again, and it goes on\n")
    assert grade(course) == 0
    assert "grades that are others than before: 2\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    "seconds", [0.2, 1.0, 1.8]
)  # in the midst of a grading process's imports, of its proof, of its work
def test_ctrl_c_is_told_in_one_line_from_the_start(tmp_path: Path, seconds: float) -> None:
    for number in range(30):
        hand_in(tmp_path, f"student{number}", written())
    command = [sys.executable, "-m", "autograde", "grade", ASSIGNMENT, "--course", str(tmp_path), "--workers", "1"]
    with subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=hear_interrupts
    ) as grader:
        children = Path(f"/proc/{grader.pid}/task/{grader.pid}/children")
        while not any("spawn_main" in command_of(child) for child in children.read_text().split()):
            time.sleep(0.01)
        time.sleep(seconds)
        os.killpg(grader.pid, signal.SIGINT)
        _, err = grader.communicate(timeout=60)
    assert grader.returncode == 130, err
    assert err.splitlines()[-1].startswith("autograde grade: stopped")
    assert all(" of 30 submissions, " in line for line in err.splitlines()[:-1])


def hear_interrupts() -> None:
    """Whoever is started by a shell in the background ignores them, and so does all that it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def command_of(process: str) -> str:
    """The words that a process was started with; "" where it is gone."""
    file = Path(f"/proc/{process}/cmdline")
    return file.read_text(errors="replace") if file.exists() else ""


def test_all_changed_grades_are_listed_as_no_later_run_does(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for student in ("ada", "bob", "cleo"):
        hand_in(course, student, written(perceptron_step=WRONG))
    monkeypatch.setattr(run, "MOST_NAMES", 1)
    assert grade(course) == 0
    out = capsys.readouterr().out
    assert [out.count(f"  {student}  {ASSIGNMENT}  {FULL:g} -> ") for student in ("ada", "bob", "cleo")] == [1, 1, 1]


def test_what_is_new_or_changed_is_graded(course: Path) -> None:
    before = results(course)
    hand_in(course, "bob", written(perceptron_step=WRONG))
    hand_in(course, "dora", written())
    assert grade(course) == 0
    assert regraded(course, before) == {"bob", "dora"}
    assert results(course)["bob"].score == FULL - POINTS["perceptron_step"]


def test_on_demand_everything_is_graded(course: Path) -> None:
    before = results(course)
    assert grade(course, "--force") == 0
    assert regraded(course, before) == {"ada", "bob", "cleo"}
    assert {found.score for found in results(course).values()} == {FULL}


@pytest.mark.parametrize("option", [("--seed", "5"), ("--memory", "3")])
def test_another_seed_or_limit_is_another_test(course: Path, option: tuple[str, str]) -> None:
    before = results(course)
    assert grade(course, *option) == 0
    assert regraded(course, before) == {"ada", "bob", "cleo"}
    before = results(course)
    assert grade(course, *option) == 0
    assert regraded(course, before) == set()


def test_a_submission_that_became_unreadable_is_named_and_one_that_was_mended_is_graded(course: Path) -> None:
    place = hand_in(course, "ada", b"")
    assert grade(course) == 1
    assert results(course)["ada"].status == "failed"
    place.write_bytes(written())
    assert grade(course) == 0
    assert results(course)["ada"].score == FULL


def test_a_run_says_what_it_changed(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing new; a mark whose text has changed; a first grade for what could not be graded before."""
    hand_in(course, "dora", b"")
    capsys.readouterr()
    assert grade(course) == 1
    first = capsys.readouterr().out
    assert "could not be graded:\n    dora: " in first
    assert "nothing was new" not in first
    with Gradebook(default_url(course), "mlp-course") as book:
        _grade(book.find_submission_notebook(NAME, ASSIGNMENT, "ada"), "test_perceptron_step").manual_score = 1.0
        book.db.commit()
    assert grade(course) == 1
    again = capsys.readouterr().out
    assert "nothing was new or changed" in again
    assert "marked again" not in again
    hand_in(course, "ada", written(perceptron_step=WRONG))
    hand_in(course, "dora", written())
    assert grade(course, "--json", str(course / "r.json")) == 0
    out = capsys.readouterr().out
    assert (
        f"to be marked again, as what was marked by hand has changed since: 1\n  ada: {ASSIGNMENT}: test_perceptron_step"
        in out
    )
    assert f"  dora  {ASSIGNMENT}  0 -> {FULL:g}" in out
    assert "nothing was new" not in out
    reopened = json.loads((course / "r.json").read_text())["reopened"]
    assert reopened == [{"student": "ada", "assignment": ASSIGNMENT, "cells": ["test_perceptron_step"]}]


def test_a_changed_test_grades_everybody_anew(tmp_path: Path) -> None:
    """In a copy of the project, as the test is changed in its source."""
    project = tmp_path / "project"
    for name in ("autograde", "mlp_reference", "solutions"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, project)
    for student in ("ada", "bob"):
        hand_in(project, student, written())
    command = [sys.executable, "-m", "autograde", "grade", ASSIGNMENT, "--workers", "1"]

    def run() -> None:
        done = subprocess.run(
            command, cwd=project, env=os.environ | {"PYTHONPATH": "."}, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    run()
    before = results(project)
    source = project / "solutions" / ASSIGNMENT / f"{NAME}.ipynb"
    notebook = json.loads(source.read_text())
    (cell,) = (
        c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == "test_mistake_bound"
    )
    cell["source"] = "0.5"
    source.write_text(json.dumps(notebook))
    run()
    assert regraded(project, before) == {"ada", "bob"}
    assert {found.tests["test_mistake_bound"] for found in results(project).values()} == {0.5}


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Where the gradebook is; None is the default."""
    if request.param == "sqlite":
        yield None
        return
    with postgres.server() as url:
        yield url


def test_what_people_did_survives(empty: Path, database: str | None) -> None:
    """Points and comments given by hand, an extension, and penalties for being late."""
    (empty / "nbgrader_config.py").write_text(LATE)
    for student, day in (("ada", "01"), ("bob", "03"), ("cleo", "03")):
        place = hand_in(empty, student, written())
        (place.parent / "timestamp.txt").write_text(f"2026-01-{day} 12:00:00 UTC")
    options = ("--db", database) if database else ()
    assert grade(empty, *options) == 0
    url = database or default_url(empty)
    with Gradebook(url, "mlp-course") as book:
        book.update_or_create_assignment(ASSIGNMENT, duedate="2026-01-02 12:00:00 UTC")
        submission = book.find_submission_notebook(NAME, ASSIGNMENT, "ada")
        _grade(submission, QUESTION).manual_score = 3.0
        _grade(submission, "test_mistake_bound").manual_score = 0.5
        _grade(submission, "test_mistake_bound").extra_credit = 0.25
        next(c for c in submission.comments if c.name == QUESTION).manual_comment = "Well drawn."
        book.find_submission(ASSIGNMENT, "cleo").extension = timedelta(days=2)
        book.db.commit()
    hand_in(empty, "ada", written(perceptron_step=WRONG))
    assert grade(empty, "--force", *options) == 0
    with Gradebook(url, "mlp-course") as book:
        ada, bob, cleo = (book.find_submission(ASSIGNMENT, name) for name in ("ada", "bob", "cleo"))
        notebook = ada.notebooks[0]
        assert _grade(notebook, QUESTION).manual_score == 3.0
        assert next(c for c in notebook.comments if c.name == QUESTION).manual_comment == "Well drawn."
        by_hand = FULL - POINTS["perceptron_step"] - POINTS["mistake_bound"] + 0.5 + 0.25 + 3.0
        assert (ada.score, ada.late_submission_penalty) == (by_hand, 0.0)
        assert (bob.score, bob.late_submission_penalty) == (FULL, FULL), "a day late, which takes all of it"
        assert (cleo.score, cleo.late_submission_penalty) == (FULL, 0.0), "with two days more"


def test_a_run_brings_times_and_penalties_up_to_date_and_grades_nothing_again(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Times that were added later, one of them unclear, a due date and a policy: the list says whom they concern."""
    before = results(course)
    (course / "nbgrader_config.py").write_text(LATE)
    for student, when in (
        ("ada", "2026-01-01 12:30:00 +0100"),
        ("bob", "2026-01-03 12:00:00"),
        ("cleo", "03.01.2026 12:00"),
    ):
        (course / f"submitted/{student}/{ASSIGNMENT}/timestamp.txt").write_text(when)
    with Gradebook(default_url(course), "mlp-course") as book:
        book.update_or_create_assignment(ASSIGNMENT, duedate="2026-01-01 11:30:00 UTC")
    capsys.readouterr()
    assert grade(course, "--json", str(course / "r.json")) == 0
    assert regraded(course, before) == set()
    out = capsys.readouterr().out
    assert f"grades that are others than before: 1\n  bob  {ASSIGNMENT}  12 -> 0\n" in out
    assert f"they are taken as in time: 1\n  cleo: {ASSIGNMENT}: timestamp.txt: got '03.01.2026" in out
    report = json.loads((course / "r.json").read_text())
    assert report["changed"] == [{"student": "bob", "assignment": ASSIGNMENT, "before": 12.0, "after": 0.0}]
    assert [entry["student"] for entry in report["timestamps"]] == ["cleo"]
    assert (course / f"autograded/bob/{ASSIGNMENT}/timestamp.txt").read_text() == "2026-01-03 12:00:00 UTC\n"
    assert grade(course) == 0
    assert "others than before" not in capsys.readouterr().out


def test_what_can_not_be_stored_costs_one_submission(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is a file, on one run, and mended on the next."""
    before = results(course)
    shutil.rmtree(course / "autograded/bob")
    (course / "autograded/bob").touch()
    for student in before:
        hand_in(course, student, written(perceptron_step=WRONG))
    assert grade(course) == 1
    place = course / f"autograded/bob/{ASSIGNMENT}/{NAME}.ipynb"
    assert (
        f"bob: its graded notebook can't be stored: {place} can't be used: Not a directory" in capsys.readouterr().out
    )
    assert {s: f.status for s, f in results(course).items()} == {"ada": "graded", "bob": "failed", "cleo": "graded"}
    assert cli.main(["export", "--course", str(course), "--out", str(course / "autograded/bob/grades.csv")]) == 2
    (course / "feedback").mkdir()
    (course / "feedback/ada").touch()
    assert cli.main(["feedback", "--course", str(course)]) == 1
    said = capsys.readouterr().err
    assert f"autograde export: {course}/autograded/bob/grades.csv can't be used: Not a directory" in said
    assert f"autograde feedback: ada: {ASSIGNMENT}: {course}/feedback/ada" in said
    assert (course / f"feedback/cleo/{ASSIGNMENT}/{NAME}.html").is_file()
    (course / "autograded/bob").unlink()
    assert grade(course) == 0
    assert regraded(course, before) == {"ada", "bob", "cleo"}


def test_only_what_was_submitted_is_registered(course: Path) -> None:
    assert cli.main(["grade", "--course", str(course), "--workers", "1"]) == 0
    with Gradebook(default_url(course), "mlp-course") as book:
        assert [assignment.name for assignment in book.assignments] == [ASSIGNMENT]


def _grade(notebook: Any, name: str) -> Any:
    return next(grade for grade in notebook.grades if grade.name == name)
