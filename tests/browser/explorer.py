"""What browser tests ask of an explorer: does its picture move, come to rest, and come back."""

import time
from collections.abc import Callable

from playwright.sync_api import Locator

from tests.browser.lab import Notebook

RESTS = 1.5  # seconds without a change after which an explorer's picture is sharp
PATIENCE = 20.0  # seconds that a busy machine may take


def cell_with(notebook: Notebook, source: str) -> str:
    """The id of the first cell in which a text stands."""
    cells = notebook.page.locator(".jp-Notebook .jp-Cell").all()
    return next(i for i, cell in zip(notebook.ids, cells, strict=True) if source in cell.inner_text())


def moves(notebook: Notebook, output: Locator, act: Callable[[], object]) -> None:
    """The act must give another picture; how soon is measured by a benchmark, on a machine that is quiet."""
    before = picture(output)
    act()
    end = time.monotonic() + PATIENCE
    while picture(output) == before:
        assert time.monotonic() < end, "the picture did not change"
        notebook.page.wait_for_timeout(50)


def at_rest(notebook: Notebook, output: Locator) -> str:
    """The picture once it has not changed for a while: it becomes sharp a moment after it has moved."""
    seen, since = picture(output), time.monotonic()
    end = since + 30
    while (now := time.monotonic()) < min(since + RESTS, end):
        notebook.page.wait_for_timeout(100)
        if (shown := picture(output)) != seen:
            seen, since = shown, now
    return seen


def comes_back(notebook: Notebook, output: Locator, first: str) -> None:
    """The first picture must be seen again."""
    end = time.monotonic() + PATIENCE
    while picture(output) != first:
        assert time.monotonic() < end, "reset does not bring the first picture back"
        notebook.page.wait_for_timeout(100)


def picture(output: Locator) -> str:
    """The pixels of the explorer's image, drawn anew: its address is another one after every update."""
    image = output.locator("img").first
    image.wait_for()
    return str(
        image.evaluate(
            """async image => {
                // decode() is refused when the next picture arrives meanwhile: then that one is waited for
                for (let tries = 1; ; tries++) {
                    try { await image.decode(); break; } catch (refused) { if (tries === 50) throw refused; }
                    await new Promise(requestAnimationFrame);
                }
                const canvas = document.createElement("canvas");
                [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
                canvas.getContext("2d").drawImage(image, 0, 0);
                return canvas.toDataURL();
            }"""
        )
    )
