"""Notebook 07 as a learner meets it: in JupyterLab, by keyboard and mouse."""

from collections.abc import Callable

import pytest

from tests.browser.lab import Notebook

pytestmark = pytest.mark.browser
PATH = "07_training/training.ipynb"
Open = Callable[[str], Notebook]

STEP = "def sgd_step(params, grads, lr):\n    for p, g in zip(params, grads):\n        {line}"


def test_untouched_notebook_runs_through(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run_all()
    page = notebook.page
    errors = page.locator('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]').all_inner_texts()
    assert len(errors) == 4, "four cells use a function that is not written yet"
    assert all("NotImplementedError" in text.strip().splitlines()[-1] for text in errors)
    assert "Not yet" in notebook.output("test_train").inner_text()
    page.wait_for_selector("mjx-container")
    assert page.locator("mjx-merror, [data-mml-node=merror]").count() == 0
    pictures = page.locator(".jp-OutputArea img")
    assert pictures.count() + page.locator(".mlpx").count() >= 9
    assert all(image.get_attribute("alt") or image.get_attribute("title") for image in pictures.all())
    assert notebook.complaints == []


def test_card_names_the_step_that_nobody_sees(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    cards = []
    for line in ("p = p - lr * g", "p -= lr * g"):
        notebook.write("sgd_step", STEP.format(line=line))
        notebook.run("sgd_step")
        notebook.run("test_sgd_step")
        cards.append(notebook.output("test_sgd_step").inner_text())
    assert "a new array moves, the caller's own stays as it was" in cards[0] and "0 of 2 points" in cards[0]
    assert "Passed" in cards[1] and "2 of 2 points" in cards[1]
    assert notebook.complaints == []


def test_its_explorers_move(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    assert notebook.move_explorers() == 2
    assert notebook.complaints == []
