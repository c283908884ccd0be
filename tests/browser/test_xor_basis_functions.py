"""Notebook 02 as a learner meets it: in JupyterLab, by keyboard and mouse, while a network is training."""

from collections.abc import Callable

import pytest

from tests.browser.lab import Notebook, cell_with

pytestmark = pytest.mark.browser
PATH = "02_xor_basis_functions/xor_basis_functions.ipynb"
Open = Callable[[str], Notebook]

NAIVE = "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))"
RIGHT = "def sigmoid(z):\n    return (1 + np.tanh(z / 2)) / 2"


def test_untouched_notebook_runs_through(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run_all()
    page = notebook.page
    errors = page.locator('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]').all_inner_texts()
    assert len(errors) == 2, "two cells run functions that are not written yet"
    assert all("NotImplementedError" in text.strip().splitlines()[-1] for text in errors)
    assert "Not yet" in notebook.output("test_fit_logistic").inner_text()
    page.wait_for_selector("mjx-container")
    assert page.locator("mjx-merror, [data-mml-node=merror]").count() == 0
    pictures = page.locator(".jp-OutputArea img")
    assert pictures.count() + page.locator(".mlpx").count() >= 9
    assert all(image.get_attribute("alt") or image.get_attribute("title") for image in pictures.all())
    assert "100%" in notebook.output(cell_with(notebook, "figures.xor.success_rates()")).inner_text()
    assert notebook.complaints == []


def test_a_warning_is_diagnosed_and_the_right_answer_passes(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    cards = []
    for source in (NAIVE, RIGHT):
        notebook.write("sigmoid", source)
        notebook.run("sigmoid")
        notebook.run("test_sigmoid")
        cards.append(notebook.output("test_sigmoid").inner_text())
    assert "the exponential of a large number overflows" in cards[0]
    assert "RuntimeWarning: overflow encountered in exp" in cards[0]
    assert "Passed" in cards[1] and "2 of 2 points" in cards[1]
    assert notebook.complaints == []


def test_its_explorers_move(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    assert notebook.move_explorers() == 2
    assert notebook.complaints == []
