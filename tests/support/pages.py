"""Explorers in a bare page of a real browser, without a notebook and without a kernel, as a site shows them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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


@contextmanager
def explorer_page(
    browser: Browser, *names: str, screen: int = 1024, dark: bool = False, hash: str = "", **values: Any
) -> Iterator[Page]:
    """A page with these explorers, the first of them in the state ``values``. Complaints of the page fail the test."""
    page = browser.new_page(viewport={"width": screen, "height": 900})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    explorers = [[name, values if name == names[0] else {}] for name in names]
    html = HTML.format(
        paper="#111" if dark else "#fff", scheme="dark" if dark else "light", explorers=json.dumps(explorers),
        key=json.dumps(names[0] if hash else ""),
    )  # fmt: skip

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS).split("#")[0]
        file = STATIC / name
        if not name:
            route.fulfill(body=html, content_type="text/html")
        elif file.is_file():
            route.fulfill(body=file.read_text(encoding="utf-8"), content_type="text/javascript")
        else:
            route.fulfill(status=204, body="")  # a browser asks for an icon

    page.route("**/*", answer)
    page.goto(ADDRESS + hash)
    page.wait_for_function("window.ready && [...document.querySelectorAll('.mlpx')].every(e => e.explorer.draws > 0)")
    yield page
    page.close()
    assert complaints == [], complaints


def settle(page: Page) -> None:
    """Wait until the pictures have followed."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
