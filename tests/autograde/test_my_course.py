"""What was solved in earlier notebooks can be imported: the learner's where it passes, the reference's elsewhere."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mlp_reference
from autograde import check
from autograde.exercises import ASSIGNMENTS, CATALOGUE, STARRED
from autograde.learner import my_course
from autograde.learner.reference_use import borrowed
from autograde.learner.state import progress_file

STEP = "def sgd_step(params, grads, lr):\n    {}\n    for p, g in zip(params, grads):\n        p -= lr * g\n"
PLAIN = STEP.format("")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder of notebooks, with Python at work in that of notebook 08."""
    monkeypatch.setenv("MLP_COURSE_PROGRESS", str(tmp_path / "progress"))
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    (tmp_path / "08_rescue").mkdir()
    monkeypatch.chdir(tmp_path / "08_rescue")
    my_course._asked.clear()
    return tmp_path


def write(course: Path, *cells: tuple[str, str], solved: bool = True) -> None:
    """Notebook 07 with an answer's cell for each name, which is solved, and with a cell of the learner's own."""
    own = {"cell_type": "code", "metadata": {}, "source": ["raise SystemExit('a foreign cell was run')"]}
    answers = [
        {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": name, "solution": True}}, "source": source}
        for name, source in cells
    ]
    notebook = course / "07_training" / "training.ipynb"
    notebook.parent.mkdir(exist_ok=True)
    notebook.write_text(json.dumps({"cells": [own, *answers, own]}))
    for name, _ in cells:
        progress_file.note_check(name, float(solved))


def imported(name: str) -> Any:
    scope: dict[str, Any] = {}
    exec(f"from my_course import {name}", scope)
    return scope[name]


def owner(name: str) -> str:
    lines = repr(my_course.whose()).splitlines()
    return next(line for line in lines if line.startswith(f"{name} ")).split("  ")[-1]


@pytest.mark.parametrize(
    "source",
    [
        PLAIN,
        PLAIN.splitlines(keepends=True),
        f"import math\nSCALE = 1\n{PLAIN}",
        f"{PLAIN}\nprint('tried', sgd_step([np.ones(2)], [np.ones(2)], 0.1))\nraise SystemExit",
        "def move(p, g, lr):\n    p -= lr * g\n\ndef sgd_step(params, grads, lr):\n    for p, g in zip(params, grads):\n"
        "        move(p, g, lr)\n",
        "sgd_step = lambda params, grads, lr: [np.subtract(p, lr * g, out=p) for p, g in zip(params, grads)] and None\n",
    ],
)
def test_an_answer_that_passed_is_the_learners_own(course: Path, source: Any) -> None:
    write(course, ("sgd_step", source))
    step, p = imported("sgd_step"), np.ones(2)
    step([p], [np.ones(2)], 0.5)
    assert (p == 0.5).all()
    assert step is not mlp_reference.sgd_step
    assert owner("sgd_step") == "yours"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("def sgd_step(params, grads, lr):\n    raise NotImplementedError()\n", "does not pass any more"),
        (STEP.format("lr = 2 * lr"), "does not pass any more"),
        (STEP.format("lr = factor * lr"), "needs 'factor', which stands in another cell"),
        (f"%%time\n{PLAIN}", "no plain Python"),
        (f"SCALE = 1 / 0\n{PLAIN}", "ZeroDivisionError"),
        ("def other():\n    pass\n", "defines no sgd_step"),
    ],
)
def test_what_does_not_pass_alone_is_the_references(course: Path, source: str, why: str) -> None:
    write(course, ("sgd_step", source))
    assert imported("sgd_step") is mlp_reference.sgd_step
    assert why in owner("sgd_step")


def test_what_was_not_solved_is_not_run(course: Path) -> None:
    write(course, ("sgd_step", "raise SystemExit\n"), solved=False)
    assert imported("sgd_step") is mlp_reference.sgd_step
    assert owner("sgd_step") == "the reference's: not solved yet"


@pytest.mark.parametrize("text", ["", "{", '{"cells": 3}', '{"cells": [{"metadata": []}]}', "[]"])
def test_a_notebook_that_can_not_be_read_is_no_error(course: Path, text: str) -> None:
    write(course, ("sgd_step", PLAIN))
    (course / "07_training" / "training.ipynb").write_text(text)
    assert imported("sgd_step") is mlp_reference.sgd_step
    assert "does not lie beside this one" in owner("sgd_step")


def test_an_answer_may_use_another_one(course: Path) -> None:
    source = "def momentum_step(params, grads, velocities, lr, beta=0.9):\n    for v, g in zip(velocities, grads):\n"
    source += "        v[...] = beta * v + g\n    sgd_step(params, velocities, lr)\n"
    write(course, ("momentum_step", source), ("sgd_step", PLAIN))
    imported("momentum_step")
    assert owner("momentum_step") == owner("sgd_step") == "yours"
    write(course, ("momentum_step", source), ("sgd_step", PLAIN.replace("-=", "+=")))
    imported("momentum_step")
    assert owner("momentum_step") == "yours"
    assert "reference" in owner("sgd_step")


def test_the_server_says_where_the_notebooks_are(course: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write(course, ("sgd_step", PLAIN))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    (course / "07_training").rename(course / "elsewhere" / "07_training")
    monkeypatch.setenv("JPY_SESSION_NAME", str(course / "elsewhere" / "08_rescue" / "rescue.ipynb"))
    imported("sgd_step")
    assert owner("sgd_step") == "yours"


@pytest.mark.parametrize("name", [names[0] for names in ASSIGNMENTS.values()])
def test_all_of_the_course_is_there(course: Path, name: str) -> None:
    assert imported(name) is getattr(mlp_reference, name)
    assert set(CATALOGUE) <= set(dir(sys.modules["my_course"]))
    with pytest.raises(ImportError):
        imported("no_such_name")


def test_a_grader_s_own_notebooks_are_not_read(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(course, ("sgd_step", PLAIN))
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert imported("sgd_step") is mlp_reference.sgd_step


@pytest.mark.parametrize(
    "source",
    [
        "from my_course import sgd_step as f",
        "from my_course import sgd_step\ndef f(p, g, lr): return sgd_step(p, g, lr)",
        "import my_course\ndef f(p, g, lr): return my_course.sgd_step(p, g, lr)",
        "def f(p, g, lr):\n    from my_course import sgd_step\n    return sgd_step(p, g, lr)",
        "def f(p, g, lr):\n    import my_course as mine\n    return mine.sgd_step(p, g, lr)",
    ],
)
def test_an_answer_that_leans_on_it_is_told_so(course: Path, source: str) -> None:
    """In grading nothing of it exists, be it the learner's own or the reference's."""
    write(course, ("sgd_step", PLAIN))
    scope: dict[str, Any] = {"__name__": "__main__"}
    exec(source, scope)
    assert borrowed(scope["f"])
    assert check("sgd_step") == 0
    write(course, ("sgd_step", PLAIN.replace("p -=", "p +=")))
    scope = {"__name__": "__main__"}
    exec(source, scope)
    assert borrowed(scope["f"])


def test_in_a_sandbox_every_name_is_there_and_does_nothing(root: Path) -> None:
    code = "from autograde import check, compete\nfrom my_course import sgd_step, Value\nimport my_course\n"
    code += "first, second = sgd_step([1], [2], lr=3)\nprint(first, my_course.whose(), compete('mine', sgd_step))"
    env = os.environ | {"PYTHONPATH": str(root / "autograde/sandbox/stand_ins")}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, cwd=root.parent)
    assert done.stdout == "(no figures while grading) (no figures while grading) None\n", done.stderr


@pytest.mark.parametrize("name", [name for names in STARRED.values() for name in names])
def test_nothing_stands_in_for_a_starred_problem(course: Path, name: str) -> None:
    with pytest.raises(AttributeError, match="a starred problem, for which nothing stands in: not solved yet"):
        getattr(my_course, name)
