"""``check`` as learners and nbgrader meet it: in a plain Python process, and in a kernel."""

import functools
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient
from nbgrader.utils import determine_grade

from autograde import check
from autograde.exercises import CATALOGUE, STARRED
from autograde.judging.credit import Score
from autograde.learner.state import progress_file

pytestmark = pytest.mark.slow

RIGHT = "def perceptron_predict(X, w, b): return (X @ w + b > 0).astype(int)"
PARTIAL = "def perceptron_predict(X, w, b): return (X @ w + b >= 0).astype(int)"


def perceptron_predict(X: Any, w: Any, b: Any) -> Any:
    return (X @ w + b > 0).astype(int)


def perceptron_step(x: Any, y: Any, w: Any, b: Any, eta: float = 1.0) -> Any:
    miss = y - int(x @ w + b > 0)
    return w + eta * miss * x, b + eta * miss


# --- a diagnosis that fails


@pytest.mark.parametrize(
    ("module", "part"),
    [("autograde.judging.diagnosis.diagnose", "explain"), ("autograde.learner.check", "looked_into")],
)
def test_a_diagnosis_that_fails_takes_no_points(module: str, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    space: dict[str, Any] = {"np": np}
    exec(PARTIAL, space)
    expected = check(space["perceptron_predict"], points=2)

    def broken(*_: Any) -> None:
        raise IndexError("of ours")

    monkeypatch.setattr(sys.modules[module], part, broken)
    assert 0 < check(space["perceptron_predict"], points=2) == expected


# --- the points


@given(st.floats(1e-3, 1e3), st.floats(0, 1))
def test_the_text_of_a_score_is_a_number_between_0_and_the_points(points: float, share: float) -> None:
    score = Score(points * share, points)
    assert float(repr(score)) == float(score)
    assert 0 <= float(repr(score)) <= points


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), float("inf")])
def test_no_other_score_can_be(value: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Score(value, 1.0)


@pytest.mark.parametrize("points", [1, 2, 2.0, 2 / 3, 0.005, 0.015, 1e-6, np.float64(3), np.int64(3), 1e6])
def test_a_right_answer_earns_all_points(points: Any) -> None:
    score = check(perceptron_predict, points)
    assert (score, float(repr(score))) == (points, points)
    assert type(score) is Score


@pytest.mark.parametrize("points", [0, -1, float("nan"), float("inf"), "2", None, 1j])
def test_points_must_be_positive_numbers(points: Any) -> None:
    with pytest.raises(ValueError, match="points must be a positive number"):
        check(perceptron_predict, points)


def test_a_notebook_shows_points_in_words() -> None:
    assert Score(0.5, 1)._repr_html_() == "<b>0.5</b> of 1 point"
    assert Score(2, 2)._repr_html_() == "<b>2</b> of 2 points"
    assert (repr(Score(2, 2)), repr(Score(1.25, 2))) == ("2", "1.25")


@pytest.mark.parametrize("names", STARRED.values())
def test_a_starred_problem_shows_no_points(names: list[str]) -> None:
    for name in names:
        scope: dict[str, Any] = {"np": np}
        exec(CATALOGUE[name].alternates[0], scope)
        assert check(scope[name])._repr_html_() == "★ solved; without points"
        exec(f"def {name}(*_, **__): return None", scope)
        assert check(scope[name])._repr_html_() == "☆ without points"


# --- which exercise is meant


def both(*answers: Any) -> list[float]:
    return [check(answer) for answer in answers]


def test_the_function_is_known_by_its_name_or_by_the_one_it_is_called_by() -> None:
    other = perceptron_predict
    my_step = perceptron_step
    assert [check(other), check(my_step)] == [1.0, 1.0]
    assert both(perceptron_predict, perceptron_step) == [1.0, 1.0]
    assert check("perceptron_predict") == 1.0
    assert check(fn=perceptron_predict, points=2) == 2.0
    # fmt: off
    assert check(perceptron_predict) + check(perceptron_step) == 2.0; assert check(perceptron_step) == 1.0  # noqa: E702
    assert check(
        perceptron_step
    ) == 1.0
    # fmt: on


def test_names_written_in_the_call_win() -> None:
    scope = {"check": check, "np": np, "partial": functools.partial, "base": perceptron_predict}
    exec("perceptron_predict = lambda X, w, b: (X @ w + b > 0) * 1\nscore = check(perceptron_predict)", scope)
    assert scope["score"] == 1.0
    exec("perceptron_predict = partial(base)\nscore = check(perceptron_predict)", scope)
    assert scope["score"] == 1.0


class Hostile:
    def __getattr__(self, name: str) -> Any:
        raise SystemError(name)

    def __call__(self, X: Any, w: Any, b: Any) -> Any:
        return (X @ w + b > 0).astype(int)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "There is no function `perceptron_predict` yet"),
        (3, "no function but of type int"),
        ("abc", "no function but of type str"),
        (np.zeros(3), "no function but of type ndarray"),
    ],
)
def test_what_is_no_function_scores_nothing(answer: Any, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    perceptron_predict = answer
    assert check(perceptron_predict) == 0.0
    assert said in capsys.readouterr().out
    assert Hostile()(np.ones((1, 1)), np.ones(1), 0.0).tolist() == [1]


def test_an_object_that_raises_at_every_attribute_is_judged() -> None:
    perceptron_predict = Hostile()
    assert check(perceptron_predict) == 1.0


def test_a_name_without_function(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("perceptron_fit") == 0.0
    assert "There is no function `perceptron_fit` yet: write it" in capsys.readouterr().out


def test_what_is_no_exercise_is_refused() -> None:
    with pytest.raises(ValueError, match="no exercise of the course; its exercises are perceptron_predict"):
        check(len)
    with pytest.raises(ValueError, match="check\\('nonsense'\\)"):
        check("nonsense")


# --- what a check leaves behind


def test_checks_are_counted_but_not_hidden_ones_nor_stubs(progress_folder: Path) -> None:
    check(perceptron_predict, hidden=True)
    exec("def perceptron_step(*a): raise NotImplementedError\ncheck(perceptron_step)", {"check": check})
    assert not progress_folder.exists()
    check(perceptron_predict)
    assert (progress_file.load("perceptron_predict").checks, progress_file.load("perceptron_predict").share) == (1, 1.0)


def test_hidden_tests_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    check(perceptron_predict, hidden=True)
    assert "perceptron_predict: Passed (with other numbers)" in capsys.readouterr().out


def test_in_a_thread_and_nested() -> None:
    scores: list[float] = []
    thread = threading.Thread(target=lambda: scores.extend(both(perceptron_predict)))
    thread.start()
    thread.join(20)
    assert scores == [1.0]

    def nested(X: Any, w: Any, b: Any) -> Any:
        assert both(perceptron_step) == [1.0]
        return perceptron_predict(X, w, b)

    nested.__name__ = "perceptron_predict"
    assert both(nested) == [1.0]


NOISY = """
import logging, os, sys, warnings
import numpy as np
saved = sys.stderr
logging.basicConfig(stream=sys.stderr)
def perceptron_predict(X, w, b):
    warnings.warn("WARNED")
    np.log(-np.ones(2))
    logging.error("LOGGED")
    print("PRINTED", file=sys.stderr)
    print("SAVED", file=saved)
    os.write(2, b"DESCRIPTOR")
    sys.__stderr__.write("DUNDER")
    os.system("echo SHELL >&2")
    np.seterr(all="raise"); warnings.simplefilter("error"); sys.setrecursionlimit(200)
    sys.stdout = sys.stderr = None
    return (X @ w + b > 0).astype(int)
"""


def test_in_a_plain_process_nothing_is_written_to_stderr(progress_folder: Path, root: Path) -> None:
    code = f"from autograde import check\n{NOISY}\nprint('points', repr(check(perceptron_predict, 2)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, env=os.environ)
    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == "perceptron_predict: Passed"
    assert done.stdout.splitlines()[-1] == "points 2"


CELLS = {
    "setup": "import numpy as np\nfrom autograde import check",
    "missing": "check(perceptron_predict)",
    "untouched": "def perceptron_predict(X, w, b):\n    raise NotImplementedError()",
    "stub": "check(perceptron_predict, points=2)",
    "define noisy": NOISY,
    "noisy": "check(perceptron_predict, points=2)",
    "aftermath": "print(np.geterr()['divide'], type(sys.stdout).__name__)",
    "define partial": PARTIAL,
    "partial": "check(perceptron_predict, points=2)",
    "define draw": "import matplotlib.pyplot as plt\nfrom IPython.display import display\n"
    "def perceptron_predict(X, w, b):\n    display('SHOWN')\n    return (X @ w + b <= 0).astype(int)",
    "draw": "check(perceptron_predict, points=2)",
    "define several": RIGHT + "\nperceptron_step = None",
    "several": "check(perceptron_step); check(perceptron_predict, points=2)",
    "other error": "unknown_name",
}


@pytest.fixture(scope="module")
def cells(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The cells of one notebook, run in a kernel."""
    folder = tmp_path_factory.mktemp("notebook")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS.values()])
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook.metadata["kernelspec"] = kernel
    environment = {**os.environ, "MLP_COURSE_PROGRESS": str(folder), "PYTHONPATH": str(root)}
    client = NotebookClient(notebook, timeout=60, allow_errors=True, resources={"metadata": {"path": str(folder)}})
    client.execute(env=environment)
    return dict(zip(CELLS, notebook.cells, strict=True))


def grade(cell: Any, points: float = 2) -> float:
    """What nbgrader gives for a cell with these outputs."""
    cell.metadata["nbgrader"] = {"grade": True, "solution": False, "points": points}
    return determine_grade(cell, None)[0]


def outputs(cell: Any, kind: str) -> list[Any]:
    return [output for output in cell.outputs if output.output_type == kind]


def streams(cell: Any) -> dict[str, str]:
    return {output.name: output.text for output in outputs(cell, "stream")}


def html(cell: Any) -> str:
    return "".join(output.data.get("text/html", "") for output in outputs(cell, "display_data"))


def partial_points() -> float:
    scope: dict[str, Any] = {"np": np}
    exec(PARTIAL, scope)
    return float(check(scope["perceptron_predict"], points=2))


@pytest.mark.parametrize(
    ("name", "points"), [("missing", 0), ("stub", 0), ("noisy", 2), ("partial", None), ("draw", 0), ("several", 2)]
)
def test_nbgrader_reads_the_points(cells: dict[str, Any], name: str, points: float | None) -> None:
    assert grade(cells[name]) == (points if points is not None else partial_points())
    assert 0 < partial_points() < 2


def test_a_missing_name_is_explained_and_stays_an_error(cells: dict[str, Any]) -> None:
    assert outputs(cells["missing"], "error")[0].ename == "NameError"
    assert streams(cells["missing"])["stdout"].startswith("perceptron_predict is not defined yet: run the cell")
    assert streams(cells["other error"]) == {}
    assert outputs(cells["other error"], "error")[0].ename == "NameError"


def test_whatever_a_function_does_its_cell_has_no_stderr(cells: dict[str, Any]) -> None:
    assert streams(cells["noisy"]) == {}
    assert outputs(cells["noisy"], "execute_result")[0].data["text/plain"] == "2"
    assert "Passed" in html(cells["noisy"])
    assert streams(cells["aftermath"]) == {"stdout": "warn OutStream\n"}


def test_what_a_function_displays_is_dropped_but_the_card_is_shown(cells: dict[str, Any]) -> None:
    assert len(outputs(cells["draw"], "display_data")) == 1
    assert "SHOWN" not in str(cells["draw"].outputs)
    assert "Your result drawn" in html(cells["draw"]) or "Diagnosis" in html(cells["draw"])


def test_two_checks_on_one_line_are_two_exercises(cells: dict[str, Any]) -> None:
    shown = outputs(cells["several"], "display_data")
    first, second = (output for output in shown if "</code> · <b style" in output.data["text/html"])  # not what is next
    assert "<code>perceptron_step</code> · <b style" in first.data["text/html"]
    assert "<code>perceptron_predict</code> · <b style" in second.data["text/html"]
    assert first.data["text/plain"].startswith("perceptron_step: Not right yet")  # for who can't see HTML
