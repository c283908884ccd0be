"""Notebook 06 as a learner meets it: in JupyterLab, by keyboard and mouse."""

from collections.abc import Callable

import pytest

from tests.browser.lab import Notebook

pytestmark = pytest.mark.browser
PATH = "06_initialization/initialization.ipynb"
Open = Callable[[str], Notebook]

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
    assert len(errors) == 7, "seven cells use functions that are not written yet"
    assert all("NotImplementedError" in text.strip().splitlines()[-1] for text in errors)
    assert "Not yet" in notebook.output("test_second_moment_gain").inner_text()
    page.wait_for_selector("mjx-container")
    assert page.locator("mjx-merror, [data-mml-node=merror]").count() == 0
    pictures = page.locator(".jp-OutputArea img")
    assert pictures.count() + page.locator(".mlpx").count() >= 8
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
    assert "the variance is taken for the standard deviation" in cards[0] and "3 of 3 points" not in cards[0]
    assert "Passed" in cards[1] and "3 of 3 points" in cards[1]
    assert notebook.complaints == []


def test_its_explorers_move(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    assert notebook.move_explorers() == 3
    assert notebook.complaints == []
