"""Notebook 01 as a learner meets it: in JupyterLab, by keyboard and mouse."""

from collections.abc import Callable

import pytest

from tests.browser.explorer import at_rest, cell_with, comes_back, moves
from tests.browser.lab import Notebook

pytestmark = pytest.mark.browser
PATH = "01_perceptron/perceptron.ipynb"
Open = Callable[[str], Notebook]

WRONG = "def perceptron_predict(X, w, b):\n    return (X @ w + b >= 0).astype(int)"
RIGHT = "def perceptron_predict(X, w, b):\n    return (X @ w + b > 0).astype(int)"
ENDLESS = "def perceptron_predict(X, w, b):\n    while True:\n        pass"

_PICTURES_WIDER_THAN_THEIR_CELL = """() => [...document.querySelectorAll(".jp-OutputArea-output img")]
    .filter(image => image.width > image.closest(".jp-Cell").clientWidth).length"""


def test_untouched_notebook_runs_through(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run_all()
    errors = notebook.page.locator(
        '[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]'
    ).all_inner_texts()
    assert errors, "the cell on real flowers uses functions that are not written yet"
    assert all("NotImplementedError" in text.strip().splitlines()[-1] for text in errors)
    assert "Not yet" in notebook.output("test_perceptron_fit").inner_text()
    _equations_and_pictures(notebook)
    assert notebook.complaints == []


def _equations_and_pictures(notebook: Notebook) -> None:
    page = notebook.page
    page.wait_for_selector("mjx-container")
    assert page.locator("mjx-merror, [data-mml-node=merror]").count() == 0
    pictures = page.locator(".jp-OutputArea img")
    assert pictures.count() >= 9
    assert all(image.get_attribute("alt") or image.get_attribute("title") for image in pictures.all())
    assert page.evaluate(_PICTURES_WIDER_THAN_THEIR_CELL) == 0


def test_card_turns_from_not_yet_over_a_diagnosis_to_passed(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    cards = []
    for source in (None, WRONG, RIGHT):
        if source is not None:
            notebook.write("perceptron_predict", source)
        notebook.run("perceptron_predict")
        notebook.run("test_perceptron_predict")
        cards.append(notebook.output("test_perceptron_predict").inner_text())
    assert "Not yet" in cards[0] and "0 of 2 points" in cards[0]
    assert "the boundary counts as class 1" in cards[1] and "1.5 of 2 points" in cards[1]
    assert "Passed" in cards[2] and "2 of 2 points" in cards[2]
    assert notebook.complaints == []


def test_endless_loop_and_missing_name_get_a_sentence(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    notebook.run("test_perceptron_predict")
    assert "perceptron_predict is not defined yet" in notebook.output("test_perceptron_predict").inner_text()
    notebook.write("perceptron_predict", ENDLESS)
    notebook.run("perceptron_predict")
    notebook.run("test_perceptron_predict")
    card = notebook.output("test_perceptron_predict").inner_text()
    assert "did not finish" in card
    assert "Your line" in card and ("while True:" in card or "pass" in card)


def test_slider_moves_the_picture_by_keyboard_and_by_mouse(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    explorer = cell_with(notebook, "explorers.half_space()")
    notebook.run(explorer)
    output = notebook.output(explorer)
    handle = output.locator(".noUi-handle").first
    handle.focus()
    moves(notebook, output, lambda: notebook.page.keyboard.press("ArrowRight"))

    box = handle.bounding_box()
    assert box is not None
    mouse = notebook.page.mouse

    def drag() -> None:
        mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        mouse.down()
        mouse.move(box["x"] + 40, box["y"] + box["height"] / 2, steps=3)
        mouse.up()

    moves(notebook, output, drag)
    assert notebook.complaints == []


def test_buttons_of_the_perceptron_explorer(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    explorer = cell_with(notebook, "explorers.perceptron_steps()")
    notebook.run(explorer)
    output = notebook.output(explorer)
    first = at_rest(notebook, output)
    for name in ("Step", "Run to the end"):
        moves(notebook, output, output.get_by_role("button", name=name, exact=True).click)
    output.get_by_role("button", name="Reset").click()
    comes_back(notebook, output, first)
