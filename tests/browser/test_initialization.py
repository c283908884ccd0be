"""Notebook 06 as a learner meets it: in JupyterLab, by keyboard and mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from tests.browser.explorer import cell_with, comes_back, moves, picture
from tests.browser.lab import Notebook

pytestmark = pytest.mark.browser
PATH = "06_initialization/initialization.ipynb"
Open = Callable[[str], Notebook]
SHARP = "image => image.naturalWidth > 1000"  # what an explorer shows when nothing has moved for a while

ANSWER = """def init_weights(fan_in, fan_out, scheme, rng):
    variances = {{"lecun": 1 / fan_in, "he": 2 / fan_in}}
    variances["xavier"] = variances["xavier_uniform"] = 2 / (fan_in + fan_out)
    if scheme not in variances:
        raise ValueError(scheme)
    v, shape = variances[scheme], (fan_in, fan_out)
    if scheme == "xavier_uniform":
        return (3 * v)**0.5 * rng.uniform(-1, 1, shape)
    return {size} * rng.standard_normal(shape)"""


def test_untouched_notebook_runs_through(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run_all()
    page = notebook.page
    errors = page.locator('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]').all_inner_texts()
    assert len(errors) == 3, "three cells use functions that are not written yet"
    assert all("NotImplementedError" in text.strip().splitlines()[-1] for text in errors)
    assert "Not yet" in notebook.output("test_second_moment_gain").inner_text()
    page.wait_for_selector("mjx-container")
    assert page.locator("mjx-merror, [data-mml-node=merror]").count() == 0
    pictures = page.locator(".jp-OutputArea img")
    assert pictures.count() >= 8
    assert all(image.get_attribute("alt") or image.get_attribute("title") for image in pictures.all())
    assert notebook.complaints == []


def test_card_names_the_mistake_in_random_weights(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    cards = []
    for size in ("v", "v**0.5"):
        notebook.write("init_weights", ANSWER.format(size=size))
        notebook.run("init_weights")
        notebook.run("test_init_weights")
        cards.append(notebook.output("test_init_weights").inner_text())
    assert "the variance is taken for the standard deviation" in cards[0] and "2.52 of 3 points" in cards[0]
    assert "Passed" in cards[1] and "3 of 3 points" in cards[1]
    assert notebook.complaints == []


def test_explorers_move_by_keyboard_mouse_and_menu_and_reset(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    mouse = notebook.page.mouse
    for call, choice in (("explorers.activations()", "ReLU"), ("explorers.init_variance()", "sigmoid")):
        explorer = cell_with(notebook, call)
        notebook.run(explorer)
        output = notebook.output(explorer)
        output.locator(".noUi-handle").first.wait_for()  # before it stands a still picture, of fewer colours
        first = at_rest(notebook, output)
        handle = output.locator(".noUi-handle").first
        handle.focus()
        moves(notebook, output, lambda: notebook.page.keyboard.press("ArrowRight"))
        box = handle.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

        def drag(x: float = x, y: float = y) -> None:
            mouse.move(x, y)
            mouse.down()
            mouse.move(x + 50, y, steps=3)
            mouse.up()

        moves(notebook, output, drag)
        output.locator("select").first.select_option(choice)
        output.get_by_text(f"{choice}, ").wait_for()
        if "init" in call:
            output.get_by_role("button", name="healthy forwards, exploding backwards").click()
            output.get_by_text("tanh, σ² = 16.0").wait_for()
        output.get_by_role("button", name="Reset").click()
        output.get_by_text("σ² = 1.0, 50 layers" if "init" in call else "sigmoid, input variance 1.0").wait_for()
        comes_back(notebook, output, first)
    assert notebook.complaints == []


def at_rest(notebook: Notebook, output: Locator) -> str:
    """The explorer's picture once it is sharp."""
    notebook.page.wait_for_timeout(1500)
    for _ in range(100):
        if output.locator("img").first.evaluate(SHARP):
            break
        notebook.page.wait_for_timeout(100)
    return picture(output)
