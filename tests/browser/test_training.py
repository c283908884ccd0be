"""Notebook 07 as a learner meets it: in JupyterLab, by keyboard and mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Locator

from tests.browser.explorer import at_rest, cell_with, comes_back, moves, picture
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
    assert pictures.count() >= 9
    assert all(image.get_attribute("alt") or image.get_attribute("title") for image in pictures.all())
    assert notebook.complaints == []


def test_card_names_the_step_that_nobody_sees_and_explorers_move_train_stop_and_reset(open_notebook: Open) -> None:
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
    _walk(notebook)
    _dashboard(notebook)
    assert notebook.complaints == []


def _walk(notebook: Notebook) -> None:
    output, page = _explorer(notebook, "explorers.optimizer_walk()"), notebook.page
    first = picture(output)
    handle = output.locator(".noUi-handle").last
    handle.focus()
    moves(notebook, output, lambda: page.keyboard.press("ArrowRight"))
    box = handle.bounding_box()
    assert box is not None

    def drag(box: FloatRect = box) -> None:
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=3)
        page.mouse.up()

    moves(notebook, output, drag)
    output.locator("select").first.select_option("saddle")
    output.get_by_text("A saddle at (0, 0)").wait_for()
    _resets(notebook, output, first)


def _dashboard(notebook: Notebook) -> None:
    output = _explorer(notebook, "explorers.training_dashboard()")
    first = picture(output)
    output.get_by_role("button", name="Train", exact=True).click()
    output.get_by_text("Training.").wait_for()
    moves(notebook, output, lambda: None)
    output.get_by_role("button", name="Stop").click()
    stopped = at_rest(notebook, output)
    notebook.page.wait_for_timeout(500)
    assert picture(output) == stopped != first
    output.locator(".noUi-handle").last.focus()
    moves(notebook, output, lambda: notebook.page.keyboard.press("ArrowLeft"))
    _resets(notebook, output, first)


def _resets(notebook: Notebook, output: Locator, first: str) -> None:
    output.get_by_role("button", name="Reset").click()
    comes_back(notebook, output, first)


def _explorer(notebook: Notebook, call: str) -> Locator:
    """The output of an explorer's cell, run, with its picture at rest."""
    explorer = cell_with(notebook, call)
    notebook.run(explorer)
    output = notebook.output(explorer)
    at_rest(notebook, output)
    return output
