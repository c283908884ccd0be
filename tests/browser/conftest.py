"""One browser and one JupyterLab server for all browser tests; each file of them has a page of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.lab import CHROMIUM_ARGS, Server, serve


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)


@pytest.fixture(scope="package")
def server(root: Path, tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(root / "notebooks", home / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    with serve(home / "notebooks", home) as running:
        yield running


@pytest.fixture(scope="module")
def lab_page(browser: Browser) -> Iterator[Page]:
    """A page for the notebooks of a file of tests, which are opened and closed in it one after the other."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, has_touch=True)
    yield context.new_page()
    context.close()
