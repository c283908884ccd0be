"""Notebook 05 as a learner meets it: in JupyterLab, by keyboard and mouse."""

from collections.abc import Callable

import pytest

from tests.browser.lab import Notebook

pytestmark = pytest.mark.browser
PATH = "05_backprop_mlp/backprop_mlp.ipynb"
Open = Callable[[str], Notebook]

FORWARD = """def affine_forward(X, W, b):
    return X @ W + b, (X, {kept})"""
BACKWARD = """def affine_backward(G, cache):
    X, W = cache
    return G @ W.T, X.T @ G{extra}, G.sum(axis=0)"""


def test_untouched_notebook_runs_through(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run_all()
    page = notebook.page
    errors = page.locator('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]').all_inner_texts()
    assert len(errors) == 5, "five cells use functions that are not written yet"
    assert all("NotImplementedError" in text.strip().splitlines()[-1] for text in errors)
    assert "Not yet" in notebook.output("test_softmax_xent").inner_text()
    assert "Not yet" in notebook.output("test_affine_backward").inner_text()
    page.wait_for_selector("mjx-container")
    assert page.locator("mjx-merror, [data-mml-node=merror]").count() == 0
    pictures = page.locator(".jp-OutputArea img")
    assert pictures.count() + page.locator(".mlpx").count() >= 6
    assert all(image.get_attribute("alt") or image.get_attribute("title") for image in pictures.all())
    assert notebook.complaints == []


def test_a_wrong_forward_is_charged_once_and_a_wrong_backward_is_named(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")

    def tried(forward: str, backward: str) -> str:
        for name, source in (("affine_forward", forward), ("affine_backward", backward)):
            notebook.write(name, source)
            notebook.run(name)
        notebook.run("test_affine_backward")
        return notebook.output("test_affine_backward").inner_text()

    right = FORWARD.format(kept="W")
    spared = tried("def affine_forward(X, W, b):\n    return X @ W, (X, W)", BACKWARD.format(extra=""))
    assert "Tried with a right affine_forward in the place of yours" in spared and "3 of 3 points" in spared
    wrong = tried(right, BACKWARD.format(extra=" / len(X)"))
    assert "dW is divided by n" in wrong and "Partly right" in wrong and "3 of 3 points" not in wrong
    passed = tried(right, BACKWARD.format(extra=""))
    assert "Passed" in passed and "3 of 3 points" in passed
    assert notebook.complaints == []


def test_its_explorers_move(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    assert notebook.move_explorers() == 1
    assert notebook.complaints == []
