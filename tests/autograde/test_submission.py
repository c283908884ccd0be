"""Grading one submission: what a mishap costs, and that nothing done to a notebook's cells changes an honest score."""

import copy
import json
import random
from dataclasses import replace
from typing import Any

import pytest

from autograde.gradebook.results import FAILED, GRADED, SubmissionResult
from autograde.grading import submission
from autograde.grading.submission import MOST_RESTARTS, Job, fingerprint, grade
from autograde.sandbox.session import Limits, Session, Zygotes
from autograde.submissions.reading import Step
from tests.autograde.handed_in import ASSIGNMENT, FULL, POINTS, Notebook, cell_of, code, grade_id, marks, right, written

pytestmark = pytest.mark.slow

NAMES = list(POINTS)
LIMITS = Limits(call=1.0, cell=2.0, memory=2**31)


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


PREDICT = "def perceptron_predict(X, w, b):\n    return (X @ w + b > 0).astype(int)"
# what an answer's cell holds: the error that is told, the line, what to do
BROKEN = {
    f"import no_such_module as m\n{PREDICT}": (
        "ModuleNotFoundError",
        "import no_such_module as m",
        "not there in grading",
    ),
    f"{PREDICT}\nx = (": ("SyntaxError", "x = (", "run all cells"),
    f"<<<<<<< HEAD\n{PREDICT}\n=======\n>>>>>>> b": ("SyntaxError", "<<<<<<< HEAD", "marks of a merge"),
    PREDICT.replace("    ", "\xa0" * 4): ("SyntaxError", "return (X @ w", "no-break spaces"),
    f"table[0] = 1\n{PREDICT}": ("NameError: name 'table' is not defined", "table[0] = 1", "run all cells"),
}


@pytest.mark.parametrize("source", BROKEN, ids=[error for error, _, _ in BROKEN.values()])
def test_an_error_in_an_answers_cell_is_told(zygotes: Zygotes, source: str) -> None:
    error, line, advice = BROKEN[source]
    found = graded(zygotes, written(perceptron_predict=source))
    assert dict(found.tests) == marks({"perceptron_predict": 0.0})
    told = found.exercises["perceptron_predict"]
    assert told.outcome == "error"
    assert told.diagnosis.startswith(f"Your cell raised {error}")
    assert told.diagnosis.endswith(", so `perceptron_predict` was never defined.")
    assert line in told.line
    assert advice in told.advice
    (attention,) = found.attention
    assert attention.startswith(f"perceptron_predict: cell 2, which defines perceptron_predict, raised {error}")
    assert "so `perceptron_predict` was never defined" in found.notebook, "the card says so, too"


def own_cells(*sources: str) -> Any:
    """Puts cells of a learner's own at the top, in this order."""

    def edit(notebook: Notebook) -> None:
        notebook["cells"][:0] = map(code, sources)

    return edit


def test_the_first_of_several_errors_is_told(zygotes: Zygotes) -> None:
    helper = "import no_such_module\ndef above(z):\n    return z > 0"
    answer = "def perceptron_predict(X, w, b):\n    return above(X @ w + b).astype(int)"
    used = graded(zygotes, written(own_cells(helper), perceptron_predict=answer))
    assert "raised ModuleNotFoundError" in used.exercises["perceptron_predict"].diagnosis
    assert used.exercises["perceptron_predict"].diagnosis.endswith("so `above` was never defined.")
    needed = graded(zygotes, written(own_cells(helper), perceptron_predict=f"above(1)\n{PREDICT}"))
    told = needed.exercises["perceptron_predict"]
    assert "Your cell raised NameError: name 'above' is not defined" in told.diagnosis
    assert "an earlier cell of yours, which raised ModuleNotFoundError" in told.diagnosis


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("import numpy\n!pip install no_such_package", "!pip install no_such_package"),
        ("%pip install -q no_such_package", "%pip install -q no_such_package"),
        ("import urllib.request as u\nu.urlopen('http://example.org')", "u.urlopen('http://example.org')"),
        ("import socket\nsocket.create_connection(('1.1.1.1', 80), 1)", "import socket"),
    ],
)
def test_what_wants_the_network_costs_nothing_and_is_named(zygotes: Zygotes, source: str, line: str) -> None:
    found = graded(zygotes, written(own_cells(source)))
    assert found.score == FULL
    assert found.attention == (f"cell 1 wanted the network, which grading has not: {line}",)


def test_an_error_that_costs_nothing_is_not_told(zygotes: Zygotes) -> None:
    assert graded(zygotes, written(own_cells("1 / 0", "x = ["))).attention == ()


LOOP = "while True: pass"
DEAF = "sum(range(10**12))"  # which no signal stops
SHORT = Limits(call=0.5, cell=1.5, notebook=2.0, memory=2**31)


def in_short(zygotes: Zygotes, data: bytes) -> SubmissionResult:
    return grade(Job("ada", ASSIGNMENT, data, limits=SHORT), zygotes)


def test_slow_cells_of_ones_own_cost_nothing(zygotes: Zygotes) -> None:
    found = in_short(zygotes, written(own_cells(*["import time\ntime.sleep(1)"] * 4)))
    assert found.score == FULL
    (told,) = found.attention
    assert told.startswith("the 2 seconds for the cells were used up, most of them by cell ")


@pytest.mark.parametrize("loop", [LOOP, DEAF])
def test_the_cell_that_used_up_the_time_is_named_though_it_never_ended(zygotes: Zygotes, loop: str) -> None:
    found = in_short(zygotes, written(own_cells("import time\ntime.sleep(0.7)", loop, "time.sleep(0.7)")))
    assert found.score == FULL
    told = [text for text in found.attention if "most of them by" in text]
    assert told == [
        "the 2 seconds for the cells were used up, most of them by cell 2; the answers after that were run alone"
    ]


def test_slow_cells_cost_what_needs_them(zygotes: Zygotes) -> None:
    slow = "import time\ntime.sleep(1.2)\nabove = 0"
    answer = "def perceptron_predict(X, w, b):\n    return (X @ w + b > above).astype(int)"
    found = in_short(zygotes, written(own_cells(LOOP, slow), perceptron_predict=answer))
    assert found.score == FULL, "it fits into the time when the loop is left out"
    slow = slow.replace("1.2", "9")
    found = in_short(zygotes, written(own_cells(slow), perceptron_predict=answer))
    assert dict(found.tests) == marks({"perceptron_predict": 0.0})
    assert "Your cell was stopped, as it took too long, so `above`" in found.exercises["perceptron_predict"].diagnosis


@pytest.mark.parametrize("loop", [LOOP, "def {}(*args, **options):\n    while True: pass"])
def test_endless_loops_in_all_other_exercises_cost_one_nothing(zygotes: Zygotes, loop: str) -> None:
    for kept in (NAMES[0], NAMES[-1]):
        others = {name: loop.format(name) for name in NAMES if name != kept}
        found = in_short(zygotes, written(**others))
        assert dict(found.tests) == marks(dict.fromkeys(others, 0.0))
        assert {found.exercises[name].outcome for name in others} == {"timeout"}


@pytest.mark.parametrize("end", ["exit()", "import os; os._exit(0)", "import ctypes; ctypes.string_at(0)"])
def test_ends_of_the_process_in_ones_own_cells_cost_nothing(zygotes: Zygotes, end: str) -> None:
    found = graded(zygotes, written(own_cells(end, "helper = 1", end)))
    assert found.score == FULL


def test_a_process_can_not_be_started_without_end(zygotes: Zygotes, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = list[Any]()
    monkeypatch.setattr(submission, "Session", lambda *args: (opened.append(1), Session(*args))[1])
    deadly = {name: f"def {name}(*a, **k):\n    import os; os._exit(0)" for name in NAMES}
    found = graded(zygotes, written(own_cells(*["import os; os._exit(0)"] * 50), **deadly))
    assert found.score == 0
    assert len(opened) <= 1 + MOST_RESTARTS


def test_of_several_answers_the_better_counts(zygotes: Zygotes) -> None:
    wrong = "def perceptron_predict(X, w, b):\n    return 0"

    def around(notebook: Notebook) -> None:
        for at in (0, 99):
            notebook["cells"].insert(at, cell_of(right(), "perceptron_predict") | {"source": wrong})

    assert graded(zygotes, written(around)).score == FULL


@pytest.mark.parametrize("use", ["k = _5 + Out[5]", "exec(In[6])", "%save -f saved 6\nfrom saved import k"])
def test_cells_have_the_numbers_that_they_have_in_the_notebook(zygotes: Zygotes, use: str) -> None:
    """Tests count, though they are run elsewhere."""

    def edit(notebook: Notebook) -> None:
        notebook["cells"][4:4] = [code("17"), code("k = 17")]
        answer = cell_of(notebook, "perceptron_fit")
        answer["source"] = f"{use}\n" + answer["source"].replace("0.0, []", "0.0 * k, []")

    assert graded(zygotes, written(edit)).score == FULL


@pytest.mark.parametrize("between", ["%reset -f", "del {0}", "{0} = 3", "{0} = 1 and print({0}(1, 2, 3))", "int = 3"])
def test_a_cell_between_an_answer_and_its_test_costs_nothing(zygotes: Zygotes, between: str) -> None:
    def edit(notebook: Notebook) -> None:
        for name in (NAMES[-1], NAMES[1]):
            at = notebook["cells"].index(cell_of(notebook, f"test_{name}"))
            notebook["cells"].insert(at, code(between.format(name)))
            notebook["cells"].insert(at + 2, code("import numpy as np\nint = type(1)"))

    assert graded(zygotes, written(edit)).score == FULL


def test_pictures_and_attachments_arrive(zygotes: Zygotes) -> None:
    png = "iVBORw0KGgo="
    text = {"cell_type": "markdown", "metadata": {}, "source": "![](attachment:a.png)"}
    text["attachments"] = {"a.png": {"image/png": png}}

    def below(notebook: Notebook) -> None:
        notebook["cells"] += [text, code("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")]

    *_, pasted, drawn = json.loads(graded(zygotes, written(below)).notebook)["cells"]
    assert pasted["attachments"] == text["attachments"]
    assert any("image/png" in output.get("data", {}) for output in drawn["outputs"])


def test_files_beside_the_notebook_are_there(zygotes: Zygotes) -> None:
    answer = f"import mine\nimport numpy as np\nassert np.loadtxt('data/w.txt') == mine.x\n{PREDICT}"
    data = written(perceptron_predict=answer)
    job = Job("ada", ASSIGNMENT, data, files=(("data/w.txt", b"7"), ("mine.py", b"x = 7")))
    assert grade(job, zygotes).score == FULL
    assert fingerprint(job) != fingerprint(replace(job, files=()))


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
