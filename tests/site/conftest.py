"""The site, built once for all its tests, and windows on it."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

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


@pytest.fixture
def visit(site: Path, site_browser: Browser) -> Iterator[Open]:
    """Opens a window on the site; at the end nothing may have been complained of."""
    opened: list[Visit] = []

    def open_window(width: int = 1024, dark: bool = False) -> Visit:
        context = site_browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", reduced_motion="reduce"
        )
        one = Visit(context.new_page(), site)
        opened.append(one)
        one.page.route("**/*", one.answer)
        one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
        one.page.on("console", lambda m: one.complaints.append(m.text) if m.type in ("error", "warning") else None)
        return one

    yield open_window
    for one in opened:
        one.page.context.close()
        assert one.complaints == []
