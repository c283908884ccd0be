"""Grading one submission: what a mishap costs, and that nothing done to a notebook's cells changes an honest score."""

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest

from autograde import submission
from autograde.reading import Step
from autograde.results import FAILED, GRADED, SubmissionResult
from autograde.sandbox.session import Limits, Zygotes
from autograde.submission import Job, grade
from tests.autograde.handed_in import ASSIGNMENT, FULL, POINTS, Notebook, cell_of, code, grade_id, marks, written
from tests.conftest import require_program

NAMES = list(POINTS)
LIMITS = Limits(call=1.0, cell=2.0, memory=2**31)


@pytest.fixture(scope="module")
def zygotes() -> Iterator[Zygotes]:
    require_program("bwrap", "bubblewrap")
    zygotes = Zygotes()
    yield zygotes
    zygotes.close()


def graded(zygotes: Zygotes, data: bytes) -> SubmissionResult:
    return grade(Job("ada", ASSIGNMENT, data, limits=LIMITS), zygotes)


def test_all_points(zygotes: Zygotes) -> None:
    found = graded(zygotes, written())
    assert (found.status, found.score, found.max_score, found.repaired) == (GRADED, FULL, FULL, ())
    assert dict(found.tests) == marks({})
    assert {e.outcome for e in found.exercises.values()} == {"passed"}


# what is done in the cell of the third exercise: the outcome there
MISHAPS = {
    "import os; os._exit(3)": "crashed",
    "import ctypes; ctypes.string_at(0)": "crashed",
    "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})\nwhile True: pass": "timeout",
}


@pytest.mark.parametrize("source", MISHAPS)
def test_a_process_that_is_gone_costs_what_ended_it(zygotes: Zygotes, source: str) -> None:
    found = graded(zygotes, written(perceptron_fit=source))
    assert dict(found.tests) == marks({"perceptron_fit": 0.0})
    assert found.exercises["perceptron_fit"].outcome == MISHAPS[source]
    assert "in the cell of perceptron_fit" in found.exercises["perceptron_fit"].diagnosis


def test_a_call_that_ends_the_process_costs_its_exercise(zygotes: Zygotes) -> None:
    deep = "import sys; sys.setrecursionlimit(10**9)\ndef perceptron_fit(X, y, *a):\n    return perceptron_fit(X, y)"
    found = graded(zygotes, written(perceptron_fit=f"import ctypes\n{deep} + ctypes.string_at(0)"))
    assert dict(found.tests) == marks({"perceptron_fit": 0.0})
    assert "while test_perceptron_fit was run" in found.exercises["perceptron_fit"].diagnosis


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "hoard = [bytearray(2**24) for _ in range(10**6)]",
        "raise SystemExit",
        "1 / 0",
        "def (",
    ],
)
def test_a_cell_that_fails_costs_its_exercise(zygotes: Zygotes, source: str) -> None:
    found = graded(zygotes, written(perceptron_fit=source))
    assert {name: points for name, points in found.tests.items() if points == 0} == {"test_perceptron_fit": 0.0}
    assert found.score == FULL - POINTS["perceptron_fit"]


@pytest.mark.parametrize("source", ["while True: pass", "xs = [bytearray(2**24) for _ in range(10**6)]", "quit()"])
def test_a_call_that_fails_costs_its_exercise(zygotes: Zygotes, source: str) -> None:
    answer = f"def perceptron_fit(X, y, max_epochs=100, eta=1.0):\n    {source}"
    assert dict(graded(zygotes, written(perceptron_fit=answer)).tests) == marks({"perceptron_fit": 0.0})


def test_what_is_written_to_stderr_changes_nothing(zygotes: Zygotes) -> None:
    noisy = (
        "import logging, os, sys, warnings\ndef perceptron_predict(X, w, b):\n    warnings.warn('w')\n"
        "    logging.error('l')\n    print('p', file=sys.stderr)\n    os.write(2, b'x')\n"
        "    return (X @ w + b > 0).astype(int)"
    )
    assert graded(zygotes, written(perceptron_predict=noisy)).score == FULL


@pytest.mark.parametrize(
    "text", ["float('nan')", "-1", "2.5", "float('inf')", "10**400", "'2'", "1j", "check('no_exercise')"]
)
def test_a_wrong_test_is_an_error_and_gives_no_marks(
    zygotes: Zygotes, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(submission, "source_of", lambda _: sources(text))
    found = graded(zygotes, written())
    assert (found.status, found.score, dict(found.tests)) == (FAILED, 0.0, {})
    assert "mend the test" in found.error


@pytest.mark.parametrize(("text", "score"), [("1.5", 1.5), ("True", 2.0), ("None", 2.0), ("assert 0", 0.0)])
def test_as_in_nbgrader_a_value_that_is_no_number_means_all_points(
    zygotes: Zygotes, monkeypatch: pytest.MonkeyPatch, text: str, score: float
) -> None:
    monkeypatch.setattr(submission, "source_of", lambda _: sources(text))
    assert graded(zygotes, written()).tests["test_perceptron_step"] == score


ORIGINAL = submission.source_of


def sources(text: str) -> list[Step]:
    """The instructor's notebook with another test."""
    steps = [copy.copy(step) for step in ORIGINAL(ASSIGNMENT)]
    next(step for step in steps if step.name == "test_perceptron_step").source = text
    return steps


def _tests(notebook: Notebook) -> list[Notebook]:
    return [cell for cell in notebook["cells"] if grade_id(cell).startswith("test_")]


def _remove(notebook: Notebook, rng: random.Random) -> None:
    notebook["cells"].remove(rng.choice(_tests(notebook) or notebook["cells"]))


def _copy(notebook: Notebook, rng: random.Random) -> None:
    notebook["cells"].insert(rng.randrange(99), copy.deepcopy(rng.choice(notebook["cells"])))


def _rewrite(notebook: Notebook, rng: random.Random) -> None:
    for cell in _tests(notebook)[:1]:
        cell["source"] = rng.choice(["", "100", "1 / 0", "check(perceptron_fit, points=1e9)", "import os; os._exit(1)"])


def _move(notebook: Notebook, rng: random.Random) -> None:
    cells = notebook["cells"]
    cells.insert(rng.randrange(99), cells.pop(rng.randrange(len(cells))))


def _split(notebook: Notebook, rng: random.Random) -> None:
    cell = cell_of(notebook, rng.choice(NAMES))
    first = copy.deepcopy(cell) | {"source": "import numpy as np"}
    notebook["cells"].insert(notebook["cells"].index(cell), first)


def _retype(notebook: Notebook, rng: random.Random) -> None:
    rng.choice(notebook["cells"])["cell_type"] = rng.choice(["markdown", "raw", "code", "heading"])


def _reflag(notebook: Notebook, rng: random.Random) -> None:
    role = rng.choice(notebook["cells"])["metadata"].get("nbgrader", {})
    role[rng.choice(["grade", "solution", "locked", "task"])] = rng.choice([True, False, None, 7])


def _reweight(notebook: Notebook, rng: random.Random) -> None:
    for cell in _tests(notebook):
        cell["metadata"]["nbgrader"]["points"] = rng.choice([0, 1000, -5, "many", None])


def _own_cell(notebook: Notebook, rng: random.Random) -> None:
    source = rng.choice(["1 / 0", "print(1)", "x = [", "import numpy as np", "raise KeyboardInterrupt"])
    notebook["cells"].insert(rng.randrange(99), code(source))


EDITS: list[Any] = [_remove, _copy, _rewrite, _move, _split, _retype, _reflag, _reweight, _own_cell]


@pytest.mark.parametrize("seed", range(40))
def test_edits_of_cells_keep_the_honest_score(zygotes: Zygotes, seed: int) -> None:
    """What is earned is what the answers are worth, whatever else was done to the notebook."""
    rng = random.Random(seed)
    wrong = rng.sample(NAMES, seed % 3)
    chosen = rng.choices(EDITS, k=1 + seed % 5)

    def edit(notebook: Notebook) -> None:
        for change in chosen:
            change(notebook, rng)

    answers = {name: f"def {name}(*args, **options):\n    return 7.5" for name in wrong}
    found = graded(zygotes, written(edit, **answers))
    assert dict(found.tests) == marks(dict.fromkeys(wrong, 0.0)), [change.__name__ for change in chosen]
