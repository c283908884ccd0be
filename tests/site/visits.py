"""Visits of the site in a browser that has no network: what is not on the site can't be had."""

import mimetypes
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from playwright.sync_api import ConsoleMessage, Error, Page, Route

ADDRESS = "https://site.test/course/"
REPOSITORY = "someone/mlp"


@dataclass
class Visit:
    """A page of the site in a browser.  sent: bytes by address; complaints: what the console says, what is missing."""

    page: Page
    folder: Path
    sent: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Be the page's network, and hear what it complains of."""
        self.page.route("**/*", self.answer)
        self.page.on("pageerror", self.hear_error)
        self.page.on("console", self.hear_console)

    def hear_error(self, error: Error) -> None:
        self.complaints.append(str(error))

    def hear_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def leave(self) -> None:
        """Leave the window as a new one: empty, light, with nothing kept."""
        self.page.emulate_media(media="null", color_scheme="light")
        self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        self.page.goto("about:blank")
        self.page.remove_listener("pageerror", self.hear_error)
        self.page.remove_listener("console", self.hear_console)
        self.page.unroute("**/*")

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
