"""Notebook 02 as a learner meets it: in JupyterLab, by keyboard and mouse, while a network is training."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from tests.browser.explorer import cell_with, moves, picture
from tests.browser.lab import Notebook

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
    assert pictures.count() >= 9
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


def test_explorers_by_keyboard_and_mouse(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    _the_bias_slider_moves_both_spaces(notebook)
    _the_playground_trains_pauses_steps_and_resets(notebook)
    assert notebook.complaints == []


def _the_bias_slider_moves_both_spaces(notebook: Notebook) -> None:
    explorer = cell_with(notebook, "explorers.feature_space()")
    notebook.run(explorer)
    output = notebook.output(explorer)
    output.locator(".noUi-handle").nth(2).focus()
    moves(notebook, output, lambda: notebook.page.keyboard.press("ArrowLeft"))
    assert "-0.1 is positive where it is orange" in output.inner_text()


def _the_playground_trains_pauses_steps_and_resets(notebook: Notebook) -> None:
    explorer = cell_with(notebook, "explorers.playground()")
    notebook.run(explorer)
    output = notebook.output(explorer)
    _until(notebook, lambda: _is_sharp(output))
    first = picture(output)
    _press(output, "Train")
    _until(notebook, lambda: _step(output) >= 100)
    _press(output, "Pause")
    _until(notebook, lambda: "Paused." in output.inner_text())
    paused = _step(output)
    notebook.page.wait_for_timeout(500)
    assert _step(output) == paused < 5000, "a paused network goes on training"
    _press(output, "Step")
    _until(notebook, lambda: _step(output) == paused + 1)
    _press(output, "Train")  # and reset in the middle of it
    _until(notebook, lambda: _step(output) >= paused + 100)
    _press(output, "Reset")
    _until(notebook, lambda: _step(output) == 0)
    _until(notebook, lambda: _is_sharp(output))
    assert _step(output) == 0 and picture(output) == first


def _press(output: Locator, name: str) -> None:
    output.get_by_role("button", name=name).click()


def _step(output: Locator) -> int:
    """The number beside the slider of steps, the last one."""
    return int(output.locator(".widget-readout").last.inner_text().replace(",", ""))


def _is_sharp(output: Locator) -> bool:
    """Whether the picture has two pixels for each CSS pixel, as it has when it rests."""
    return bool(output.locator("img").first.evaluate("image => image.naturalWidth > 1000"))


def _until(notebook: Notebook, condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        notebook.page.wait_for_timeout(50)
    raise AssertionError("it did not happen within ten seconds")
