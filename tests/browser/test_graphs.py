"""Notebook 04 as a learner meets it: in JupyterLab, by keyboard and mouse."""

from collections.abc import Callable

import pytest

from autograde.exercises import CATALOGUE
from tests.browser.lab import Notebook, cell_with

pytestmark = pytest.mark.browser
PATH = "04_backprop_graphs/backprop_graphs.ipynb"
Open = Callable[[str], Notebook]

JACOBIANS = "def softmax_vjp(P, G):\n    return np.array([(np.diag(p) - np.outer(p, p)) @ g for p, g in zip(P, G)])"
_WIDER_THAN_THEIR_CELL = """() => [...document.querySelectorAll(".jp-OutputArea-output img")]
    .filter(image => image.width > image.closest(".jp-Cell").clientWidth).length"""


def test_untouched_notebook_runs_through(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run_all()
    page = notebook.page
    errors = page.locator('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]').all_inner_texts()
    assert len(errors) == 2, "two cells use a class that is not written yet"
    assert all("NotImplementedError" in text.strip().splitlines()[-1] for text in errors)
    assert "Not yet" in notebook.output("test_Value").inner_text()
    page.wait_for_selector("mjx-container")
    assert page.locator("mjx-merror, [data-mml-node=merror]").count() == 0
    pictures = page.locator(".jp-OutputArea img")
    assert pictures.count() + page.locator(".mlpx").count() >= 7
    assert all(image.get_attribute("alt") or image.get_attribute("title") for image in pictures.all())
    assert page.evaluate(_WIDER_THAN_THEIR_CELL) == 0
    assert notebook.complaints == []


def test_cards_name_a_mistake_remark_on_a_jacobian_and_a_typed_class_trains(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    cards = []
    VALUE = CATALOGUE["Value"].alternates[0]
    for source in (VALUE.replace("parent.grad += local", "parent.grad = local"), VALUE):
        notebook.write("Value", source)
        notebook.run("Value")
        notebook.run("test_Value")
        cards.append(notebook.output("test_Value").inner_text())
    assert "the last path wins" in cards[0] and "points" in cards[0]
    assert "Passed" in cards[1] and "6 of 6 points" in cards[1]
    training = cell_with(notebook, "def network(x1, x2)")
    notebook.run(training)
    assert "after" in notebook.output(training).inner_text()
    assert notebook.output(training).locator("img").count() == 1
    notebook.write("softmax_vjp", JACOBIANS)
    notebook.run("softmax_vjp")
    notebook.run("test_softmax_vjp")
    card = notebook.output("test_softmax_vjp").inner_text()
    assert "Passed" in card and "3 of 3 points" in card and "a Jacobian was built on the way" in card
    assert notebook.complaints == []


def test_its_explorers_move(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    assert notebook.move_explorers() == 2
    assert notebook.complaints == []
