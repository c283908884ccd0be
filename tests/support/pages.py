"""Explorers in a bare page of a real browser, without a notebook and without a kernel, as a site shows them."""

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, Page, Route

from mlp_reference.viz.explorers.page_module import STATIC

ADDRESS = "http://explorers.test/"
HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An explorer</title></head>
<body style="margin: 12px; background: {paper}; color-scheme: {scheme}"><main></main>
<script type="module">
import {{ mount }} from "/host.js";
window.held = {{}};
for (const [name, values] of {explorers}) {{
  const module = (await import(`/${{name}}.js`)).default;
  const el = document.querySelector("main").appendChild(document.createElement("div"));
  window.held[name] = mount(el, module, {{ values, key: {key} }});
}}
window.ready = true;
</script></body></html>"""
_visits = itertools.count()
_idle: WeakKeyDictionary[Browser, list[Page]] = WeakKeyDictionary()


@contextmanager
def explorer_page(
    browser: Browser, *names: str, screen: int = 1024, dark: bool = False, hash: str = "", **values: Any
) -> Iterator[Page]:
    """A page with these explorers, the first of them in the state ``values``. Complaints of the page fail the test.

    A window that was left is used again: a new one is a new process of the browser.
    """
    idle = _idle.setdefault(browser, [])
    page = idle.pop() if idle else browser.new_page(reduced_motion="reduce")
    page.set_viewport_size({"width": screen, "height": 900})
    page.mouse.move(0, 0)
    complaints: list[str] = []
    heard = {
        "pageerror": lambda error: complaints.append(str(error)),
        "console": lambda message: complaints.append(message.text) if message.type == "error" else None,
    }
    explorers = [[name, values if name == names[0] else {}] for name in names]
    html = HTML.format(
        paper="#111" if dark else "#fff", scheme="dark" if dark else "light", explorers=json.dumps(explorers),
        key=json.dumps(names[0] if hash else ""),
    )  # fmt: skip

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS).split("#")[0].split("?")[0]
        file = STATIC / name
        if not name:
            route.fulfill(body=html, content_type="text/html")
        elif file.is_file():
            route.fulfill(body=file.read_text(encoding="utf-8"), content_type="text/javascript")
        else:
            route.fulfill(status=204, body="")  # a browser asks for an icon

    page.route("**/*", answer)
    for event, hear in heard.items():
        page.on(event, hear)  # type: ignore[call-overload]
    page.goto(f"{ADDRESS}?{next(_visits)}{hash}")  # each visit has an address of its own: a part of one loads nothing
    page.wait_for_function("window.ready && [...document.querySelectorAll('.mlpx')].every(e => e.explorer.draws > 0)")
    yield page
    page.unroute("**/*")
    for event, hear in heard.items():
        page.remove_listener(event, hear)
    idle.append(page)
    assert complaints == [], complaints


def settle(page: Page) -> None:
    """Wait until the pictures have followed."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
