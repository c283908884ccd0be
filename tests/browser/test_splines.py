"""Notebook 03 as a learner meets it: in JupyterLab, by keyboard and mouse."""

from collections.abc import Callable

import pytest

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
    assert pictures.count() + page.locator(".mlpx").count() >= 9
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


def test_its_explorers_move(open_notebook: Open) -> None:
    notebook = open_notebook(PATH)
    notebook.run("setup")
    assert notebook.move_explorers() == 2
    assert notebook.complaints == []
