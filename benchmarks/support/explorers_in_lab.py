"""A notebook of explorers, one in each cell, in a JupyterLab and a Chromium of their own."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Page, sync_playwright

from tests.browser.lab import CHROMIUM_ARGS, Notebook, serve
from tests.support.programs import require_program

_NOTEBOOK = "bench.ipynb"
_ALL_DRAWN = "n => [...document.querySelectorAll('.mlpx')].filter(e => e.explorer.draws > 0).length === n"


@contextmanager
def explorers_in_lab(names: Sequence[str], others: Sequence[str] = ()) -> Iterator[Page]:
    """The page of a notebook that has run: a cell for each explorer, then one for each of the ``others``' code."""
    calls = [f"from mlp_reference.viz import explorers\nexplorers.{name}()" for name in names]
    chromium = require_program("chromium", "chromium-browser", "google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home, place = Path(folder), Path(folder, "notebooks")
        place.mkdir()
        _write(place / _NOTEBOOK, [*calls, *others])
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        with serve(place, home) as server:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            Notebook(page, server, _NOTEBOOK).run_all(180)
            page.wait_for_function(_ALL_DRAWN, arg=len(names), timeout=180_000)
            yield page
            browser.close()


def _write(place: Path, sources: Sequence[str]) -> None:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), place)
