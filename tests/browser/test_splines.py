"""Notebook 03 as a learner meets it: in JupyterLab, by keyboard and mouse."""

import functools
from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect

from tests.browser.explorer import at_rest, cell_with, comes_back, moves
from tests.browser.lab import Notebook

pytestmark = pytest.mark.browser
PATH = "03_relu_splines/relu_splines.ipynb"
Open = Callable[[str], Notebook]

ANSWER = """def relu_spline(t, v):
    if not np.all(np.diff(t) > 0):
        raise ValueError(t)
    slope = np.diff(v) / np.diff(t)
    return np.ones(len(slope)), -t[:-1], {weights}, v[0]"""


def test_untouched_notebook_runs_through(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run_all()
    page = notebook.page
    errors = page.locator('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]').all_inner_texts()
    assert len(errors) == 2, "two cells use functions that are not written yet"
    assert all("NotImplementedError" in text.strip().splitlines()[-1] for text in errors)
    assert "Not yet" in notebook.output("test_sawtooth_net").inner_text()
    page.wait_for_selector("mjx-container")
    assert page.locator("mjx-merror, [data-mml-node=merror]").count() == 0
    pictures = page.locator(".jp-OutputArea img")
    assert pictures.count() >= 9
    assert all(image.get_attribute("alt") or image.get_attribute("title") for image in pictures.all())
    assert notebook.complaints == []


def test_card_names_the_mistake_and_draws_both_functions(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    cards = []
    for weights in ("slope", "np.diff(slope, prepend=0)"):
        notebook.write("relu_spline", ANSWER.format(weights=weights))
        notebook.run("relu_spline")
        notebook.run("test_relu_spline")
        cards.append(notebook.output("test_relu_spline").inner_text())
        if len(cards) == 1:
            assert notebook.output("test_relu_spline").locator("img").count() == 1
    assert "slopes instead of changes of slope" in cards[0] and "2.4 of 4 points" in cards[0]
    assert "Passed" in cards[1] and "4 of 4 points" in cards[1]
    assert notebook.complaints == []


def test_explorers_move_by_keyboard_and_mouse_and_reset(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    for call in ("explorers.spline_builder()", "explorers.width_vs_depth()"):
        explorer = cell_with(notebook, call)
        notebook.run(explorer)
        output = notebook.output(explorer)
        first = at_rest(notebook, output)
        handle = output.locator(".noUi-handle").first
        handle.focus()
        moves(notebook, output, lambda: notebook.page.keyboard.press("ArrowRight"))
        box = handle.bounding_box()
        assert box is not None

        def drag(box: FloatRect = box) -> None:
            mouse = notebook.page.mouse
            mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            mouse.down()
            mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=3)
            mouse.up()

        moves(notebook, output, drag)
        for menu in output.locator("select").all()[-1:]:  # where knots are placed, in the first explorer
            moves(notebook, output, functools.partial(menu.select_option, "greedy"))
            assert "greedy knots" in output.inner_text()
        output.get_by_role("button", name="Reset").click()
        comes_back(notebook, output, first)
    assert notebook.complaints == []
