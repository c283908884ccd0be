"""The site, built once, and a browser that gets its pages without a network: what is not on the site can't be had."""

import mimetypes
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser.lab import CHROMIUM_ARGS
from tests.support.paths import ROOT
from tests.support.web import web_tools

ADDRESS = "https://site.test/course/"
REPOSITORY = "someone/mlp"


@dataclass
class Visit:
    """A page of the site in a browser.  sent: bytes by address; complaints: what the console says, what is missing."""

    page: Page
    folder: Path
    sent: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        address = route.request.url
        path = unquote(re.sub("[?#].*", "", address).removeprefix(ADDRESS))
        file = self.folder / (path or "index.html")
        if not address.startswith(ADDRESS) or not file.is_file():
            self.complaints.append(f"asked for {address}")
            route.abort()
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self.sent[address] = file.stat().st_size
        route.fulfill(body=file.read_bytes(), content_type=kind)

    def go(self, address: str) -> Page:
        """Open a page of the site."""
        self.page.goto(ADDRESS + address, wait_until="load")
        return self.page


Open = Callable[..., Visit]


def until(page: Page, expression: str, arg: object = None, seconds: float = 60) -> None:
    """Wait until a condition holds; Playwright's own way evaluates text in the page, which the site forbids."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        assert time.monotonic() < deadline, f"not within {seconds} s: {expression}"
        page.wait_for_timeout(50)


@pytest.fixture(scope="session")
def web() -> Path:
    return web_tools()


@pytest.fixture(scope="session")
def site(web: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole site; notebooks that have been executed already are not executed again."""
    folder = tmp_path_factory.mktemp("site") / "course"
    command = [sys.executable, str(ROOT / "site"), str(folder), "--repository", REPOSITORY]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


@pytest.fixture(scope="session")
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
