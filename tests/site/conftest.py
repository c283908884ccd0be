"""The site, built once for all its tests, and windows on it."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.lab import CHROMIUM_ARGS
from tests.site.visits import REPOSITORY, Open, Visit
from tests.support.paths import ROOT
from tests.support.web import web_tools


@pytest.fixture(scope="session")
def web() -> Path:
    return web_tools()


@pytest.fixture(scope="session")
def site(web: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole site, built once for all workers; notebooks that have been executed are not executed again."""
    base, workers = tmp_path_factory.getbasetemp(), "PYTEST_XDIST_WORKER" in os.environ
    folder = (base.parent if workers else base) / "site/course"
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build/site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            command = [sys.executable, str(ROOT / "site"), f"{folder}.part", "--repository", REPOSITORY]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr[-3000:]
            Path(f"{folder}.part").rename(folder)
    return folder


@pytest.fixture(scope="package")  # a worker can't have another browser while this one is there
def site_browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)


@pytest.fixture(scope="package")
def windows() -> list[Page]:
    """Windows of the browser that nobody uses now: each new one would be a new process."""
    return []


@pytest.fixture
def visit(site: Path, site_browser: Browser, windows: list[Page]) -> Iterator[Open]:
    """Opens a window on the site, of which the browser knows nothing; at the end nothing may have been complained of."""
    opened: list[Visit] = []

    def open_window(width: int = 1024) -> Visit:
        page = windows.pop() if windows else site_browser.new_context(reduced_motion="reduce").new_page()
        page.set_viewport_size({"width": width, "height": 900})
        opened.append(Visit(page, site))
        opened[-1].listen()
        return opened[-1]

    yield open_window
    for one in opened:
        one.leave()
        windows.append(one.page)
        assert one.complaints == []
