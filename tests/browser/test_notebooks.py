"""Each notebook as a learner meets it in JupyterLab: its pictures seen, its explorers moved, wrong and right answers typed.

The first is run there as a whole, untouched.  The others, whose cells a kernel runs as well without a page, are opened
as they would be saved after that.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from autograde.exercises import ASSIGNMENTS, CATALOGUE
from autograde.judging.judge import judge
from tests.browser import predictions
from tests.browser.lab import Notebook, Server, cell_with
from tests.support.executed_notebooks import saved
from tests.support.paths import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]  # of the first test of a notebook, which runs it whole

_WIDER_THAN_THEIR_CELL = """() => [...document.querySelectorAll(".jp-OutputArea-output img")]
    .filter(image => image.width > image.closest(".jp-Cell").clientWidth).length"""
# Formulas and tables of the text, as they are seen; what MathJax says for screen readers takes no room.
_CUT_BY_THEIR_CELL = """() => [...document.querySelectorAll(
    ".jp-RenderedMarkdown mjx-container[display=true] mjx-math, .jp-RenderedMarkdown tbody, .jp-OutputArea .widget-vbox > *")]
    .map(e => [e.getBoundingClientRect(), e.closest(".jp-RenderedMarkdown, .jp-Cell-outputArea").getBoundingClientRect(), e])
    .filter(([seen, room]) => seen.width > room.width || seen.right > room.right + 1).map(([, , e]) => e.textContent)"""
FEWEST_PICTURES = 6


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def notebook(request: pytest.FixtureRequest, lab_page: Page, server: Server) -> Iterator[Notebook]:
    """A learner notebook that was run from top to bottom as it is; its tests follow each other."""
    path = f"{request.param}/{request.param.partition('_')[2]}.ipynb"
    here = request.param == next(iter(ASSIGNMENTS))
    opened = Notebook(lab_page, server, server.copy(path) if here else server.put(path, saved(request.param)))
    if here:
        opened.run_all(300)
    else:
        opened.run("setup")
    yield opened
    opened.close()


@pytest.fixture
def assignment(request: pytest.FixtureRequest) -> str:
    name: str = request.node.callspec.params["notebook"]
    return name


def cells_of(assignment: str) -> list[dict[str, str]]:
    topic = assignment.partition("_")[2]
    text = (ROOT / "notebooks" / assignment / f"{topic}.ipynb").read_text(encoding="utf-8")
    return [c | {"source": "".join(c["source"])} for c in json.loads(text)["cells"]]


def test_untouched_notebook_runs_through(notebook: Notebook, assignment: str) -> None:
    page = notebook.page
    errors = page.locator('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]').all_inner_texts()
    assert all("NotImplementedError" in text.strip().splitlines()[-1] for text in errors), errors
    for cell in cells_of(assignment):
        if cell["id"].startswith("test_"):
            assert "Not yet" in notebook.output(cell["id"]).inner_text()
    page.wait_for_selector("mjx-container")
    assert page.locator("mjx-merror, [data-mml-node=merror]").count() == 0
    pictures = page.locator(".jp-OutputArea img")
    assert pictures.count() + page.locator(".mlpx").count() >= FEWEST_PICTURES
    assert pictures.evaluate_all("pictures => pictures.every((one) => one.alt || one.title)")
    assert page.evaluate(_WIDER_THAN_THEIR_CELL) == 0
    assert notebook.complaints == []


def test_on_a_small_screen_nothing_is_cut(notebook: Notebook) -> None:
    page = notebook.page
    size = page.viewport_size
    page.set_viewport_size({"width": 1024, "height": 900})
    page.evaluate("() => document.querySelectorAll('.jp-Notebook details').forEach(fold => { fold.open = true })")
    page.wait_for_timeout(300)
    cut = page.evaluate(_CUT_BY_THEIR_CELL)
    page.evaluate("() => document.querySelectorAll('.jp-Notebook details').forEach(fold => { fold.open = false })")
    page.set_viewport_size(size or {"width": 1400, "height": 1000})
    assert cut == []


def test_its_explorers_move(notebook: Notebook) -> None:
    assert notebook.move_explorers() > 0
    assert notebook.complaints == []


def test_cards_and_predictions_follow_what_a_learner_types(notebook: Notebook, server: Server, assignment: str) -> None:
    STORIES[assignment](notebook)
    for tell in predictions.STORIES.get(assignment, ()):
        tell(notebook, server)
    assert notebook.complaints == []


def card(notebook: Notebook, name: str, source: str) -> str:
    """The card after an answer was typed, and run with its test."""
    notebook.write(name, source)
    notebook.run(name)
    notebook.run(f"test_{name}")
    return notebook.output(f"test_{name}").inner_text()


def earned(name: str, source: str, points: float) -> str:
    """What an answer is worth, as it is shown."""
    scope: dict[str, Any] = {"np": np}
    exec(source, scope)
    return f"{round(points * judge(CATALOGUE[name], scope[name]).share, 2):g} of {points:g} points"


def perceptron(notebook: Notebook) -> None:
    predict = "def perceptron_predict(X, w, b):\n    "
    tie = predict + "return (X @ w + b >= 0).astype(int)"
    wrong = card(notebook, "perceptron_predict", tie)
    assert "the boundary counts as class 1" in wrong and earned("perceptron_predict", tie, 2) in wrong
    right = card(notebook, "perceptron_predict", predict + "return (X @ w + b > 0).astype(int)")
    assert "Passed" in right and "2 of 2 points" in right
    endless = card(notebook, "perceptron_predict", predict + "while True:\n        pass")
    assert "did not finish" in endless
    assert "Your line" in endless and ("while True:" in endless or "pass" in endless)
    assert "perceptron_predict is not defined yet" in card(notebook, "perceptron_predict", "del perceptron_predict")


def xor_basis_functions(notebook: Notebook) -> None:
    assert "100%" in notebook.output(cell_with(notebook, "figures.xor.success_rates()")).inner_text()
    naive = card(notebook, "sigmoid", "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))")
    assert "the exponential of a large number overflows" in naive
    assert "RuntimeWarning: overflow encountered in exp" in naive
    right = card(notebook, "sigmoid", "def sigmoid(z):\n    return (1 + np.tanh(z / 2)) / 2")
    assert "Passed" in right and "2 of 2 points" in right


def relu_splines(notebook: Notebook) -> None:
    answer = """def relu_spline(t, v):
    if not np.all(np.diff(t) > 0):
        raise ValueError(t)
    slope = np.diff(v) / np.diff(t)
    return np.ones(len(slope)), -t[:-1], {weights}, v[0]"""
    slopes = answer.format(weights="slope")
    wrong = card(notebook, "relu_spline", slopes)
    assert "slopes instead of changes of slope" in wrong and earned("relu_spline", slopes, 4) in wrong
    assert notebook.output("test_relu_spline").locator("img").count() == 1, "both functions, drawn"
    right = card(notebook, "relu_spline", answer.format(weights="np.diff(slope, prepend=0)"))
    assert "Passed" in right and "4 of 4 points" in right


def backprop_graphs(notebook: Notebook) -> None:
    value = CATALOGUE["Value"].alternates[0]
    last = card(notebook, "Value", value.replace("parent.grad += local", "parent.grad = local"))
    assert "the last path wins" in last and "points" in last
    right = card(notebook, "Value", value)
    assert "Passed" in right and "6 of 6 points" in right
    training, picture = cell_with(notebook, "def network(x1, x2)"), cell_with(notebook, "def plane(P)")
    notebook.run(training)
    assert "after" in notebook.output(training).inner_text()
    notebook.run(picture)
    assert notebook.output(picture).locator("img").count() == 1
    vjp = "def softmax_vjp(P, G):\n    return np.array([(np.diag(p) - np.outer(p, p)) @ g for p, g in zip(P, G)])"
    dear = card(notebook, "softmax_vjp", vjp)
    assert "Passed" in dear and "3 of 3 points" in dear and "a Jacobian was built on the way" in dear


def backprop_mlp(notebook: Notebook) -> None:
    forward = "def affine_forward(X, W, b):\n    return X @ W{bias}, (X, W)"
    backward = "def affine_backward(G, cache):\n    X, W = cache\n    return G @ W.T, X.T @ G{extra}, G.sum(axis=0)"
    card(notebook, "affine_forward", forward.format(bias=""))
    spared = card(notebook, "affine_backward", backward.format(extra=""))
    assert "Tried with a right affine_forward in the place of yours" in spared and "3 of 3 points" in spared
    card(notebook, "affine_forward", forward.format(bias=" + b"))
    wrong = card(notebook, "affine_backward", backward.format(extra=" / len(X)"))
    assert "dW is divided by n" in wrong and "Partly right" in wrong and "3 of 3 points" not in wrong
    passed = card(notebook, "affine_backward", backward.format(extra=""))
    assert "Passed" in passed and "3 of 3 points" in passed


def initialization(notebook: Notebook) -> None:
    answer = """def init_weights(fan_in, fan_out, scheme, rng):
    variances = {{"lecun": 1 / fan_in, "he": 2 / fan_in}}
    variances["xavier"] = variances["xavier_uniform"] = 2 / (fan_in + fan_out)
    if scheme not in variances:
        raise ValueError(scheme)
    v, shape = variances[scheme], (fan_in, fan_out)
    if scheme == "xavier_uniform":
        return (3 * v)**0.5 * rng.uniform(-1, 1, shape)
    return {size} * rng.standard_normal(shape)"""
    wrong = card(notebook, "init_weights", answer.format(size="v"))
    assert "the variance is taken for the standard deviation" in wrong and "3 of 3 points" not in wrong
    right = card(notebook, "init_weights", answer.format(size="v**0.5"))
    assert "Passed" in right and "3 of 3 points" in right


def training(notebook: Notebook) -> None:
    step = "def sgd_step(params, grads, lr):\n    for p, g in zip(params, grads):\n        {line}"
    unseen = card(notebook, "sgd_step", step.format(line="p = p - lr * g"))
    assert "a new array moves, the caller's own stays as it was" in unseen and "0 of 2 points" in unseen
    right = card(notebook, "sgd_step", step.format(line="p -= lr * g"))
    assert "Passed" in right and "2 of 2 points" in right


def rescue(notebook: Notebook) -> None:
    report = """def findings():
    names = "two_parts first_weights forward cross_entropy layer_gradients through_tanh backward batches"
    words = ["leak", "variance", "right", "{word}", "mean twice", "slope", "right", "right"]
    return dict(zip(names.split(), words))"""
    partly = card(notebook, "findings", report.format(word="right"))
    assert "cross_entropy is called right" in partly and "4 of 4 points" not in partly
    right = card(notebook, "findings", report.format(word="overflow"))
    assert "Passed" in right and "4 of 4 points" in right


STORIES: dict[str, Callable[[Notebook], None]] = {
    name: globals()[name.partition("_")[2]] for name in ASSIGNMENTS
}  # each notebook has a story of its own
