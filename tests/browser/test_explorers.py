"""Explorers in JupyterLab: by mouse, keyboard and touch, twice in one notebook, after a restart and after reopening."""

from collections.abc import Iterator

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Locator, Page

from tests.browser.lab import KERNEL_IS_IDLE, Notebook, Server

pytestmark = pytest.mark.browser
CELLS = {
    "setup": "from mlp_reference.viz import explorers",
    "first": "e = explorers.activations(variance=2.0)\ne",
    "second": "explorers.init_variance(depth=20)",
    "ask": "",
}
MODULES = "() => globalThis[Symbol.for('mlp course: modules by their text')].size"


@pytest.fixture(scope="module")
def opened(lab_page: Page, server: Server) -> Iterator[Notebook]:
    """A notebook with two explorers, which stays open: to open one takes most of a test's time."""
    cells = [new_code_cell(source, id=name) for name, source in CELLS.items()]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    one = Notebook(lab_page, server, server.put("explorers.ipynb", notebook))
    yield one
    one.close()


@pytest.fixture
def notebook(opened: Notebook) -> Notebook:
    """The same after its cells were run once more."""
    opened.complaints.clear()
    for cell in ("setup", "first", "second"):
        opened.run(cell)
    return opened


def _says(output: Locator, words: str) -> None:
    """Wait until an explorer says so."""
    output.locator(".says", has_text=words).wait_for()


def test_keyboard_mouse_touch_and_python_move_the_same_state(notebook: Notebook) -> None:
    page, first, second = notebook.page, notebook.output("first"), notebook.output("second")
    _says(first, "sigmoid, input variance 2.0")
    slider = first.get_by_label("input variance", exact=True)
    slider.focus()
    page.keyboard.press("ArrowRight")
    _says(first, "input variance 2.1")
    box = slider.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    _says(first, "input variance 25.0")
    page.touchscreen.tap(box["x"] + 2, box["y"] + box["height"] / 2)
    _says(first, "input variance 0.1")
    first.get_by_label("activation", exact=True).select_option("ELU")
    page.wait_for_timeout(300)  # the kernel hears of it a moment later
    notebook.write("ask", "print(e.values)")
    notebook.run("ask")
    assert "'name': 'ELU', 'slope': 0.2, 'variance': 0.1" in notebook.output("ask").inner_text()
    notebook.write("ask", "e.set(name='ReLU', variance=4.0)")
    notebook.run("ask")
    _says(first, "ReLU, input variance 4.0")
    _says(second, "20 layers")
    first.get_by_role("button", name="Reset").click()
    _says(first, "sigmoid, input variance 2.0")
    assert notebook.complaints == []


def test_letters_typed_in_an_explorer_leave_the_notebook_alone(notebook: Notebook) -> None:
    page, first = notebook.page, notebook.output("first")
    cells = page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    first.get_by_label("activation", exact=True).focus()
    for key in ("x", "ArrowDown", "d", "d", "a"):
        page.keyboard.press(key)
    first.get_by_role("button", name="Reset").focus()
    for key in ("d", "d", "x"):
        page.keyboard.press(key)
    assert cells.count() == before
    assert first.get_by_role("button", name="Reset").evaluate("button => button === document.activeElement")


def test_running_a_cell_again_keeps_one_explorer(notebook: Notebook) -> None:
    page = notebook.page
    held_now = "len(ipywidgets.widget._instances), sum(isinstance(o, ipywidgets.DOMWidget) for o in Out.values())"
    notebook.write("ask", f"import ipywidgets; print('held:', {held_now})")

    def held() -> str:
        notebook.run("ask")
        return notebook.output("ask").inner_text()

    at_first, modules = held(), page.evaluate(MODULES)
    for _ in range(3):
        notebook.run("second")
    page.wait_for_timeout(500)
    assert page.locator(".mlpx").count() == 2
    assert held() == at_first
    assert page.evaluate(MODULES) == modules == 2, "a page keeps what it has imported"
    assert notebook.complaints == []


def test_a_restarted_kernel_leaves_explorers_moving_and_the_dark_theme_is_followed(notebook: Notebook) -> None:
    page, first = notebook.page, notebook.output("first")
    page.evaluate("window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    first.locator(".mlpx[data-theme=dark]").wait_for()
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    page.wait_for_function(KERNEL_IS_IDLE)
    slider = first.get_by_label("input variance", exact=True)
    slider.focus()
    page.keyboard.press("End")
    _says(first, "input variance 25.0")
    page.evaluate("window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'})")
    first.locator(".mlpx[data-theme=light]").wait_for()


def test_a_notebook_that_is_opened_again_shows_its_explorers_as_they_were_left(
    notebook: Notebook, server: Server, browser: Browser
) -> None:
    page, first = notebook.page, notebook.output("first")
    first.get_by_label("activation", exact=True).select_option("tanh")
    _says(first, "tanh, input variance 2.0")
    page.wait_for_timeout(300)
    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    path = page.evaluate("window.jupyterapp.shell.currentWidget.context.path")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    context = browser.new_context(viewport={"width": 1200, "height": 1000})
    again = Notebook(context.new_page(), server, path)
    output = again.output("first")
    _says(output, "tanh, input variance 2.0")
    slider = output.get_by_label("input variance", exact=True)
    slider.focus()
    again.page.keyboard.press("End")
    _says(output, "tanh, input variance 25.0")
    _says(again.output("second"), "20 layers")
    assert again.page.get_by_text("model not found").count() == 0
    assert again.complaints == []
    context.close()
