"""Makes README's moving picture anew: a small network that learns a ring.

Run it as ``python -m docs.loop``; it needs Chromium.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.lab import CHROMIUM_ARGS
from tests.support.pages import explorer_page, settle
from tests.support.programs import require_program

LOOP = Path(__file__).resolve().parent / "images" / "loop.webp"
WIDTH = 760
STEPS = [0, 60, 120, 180, 230, 270, 310, 350, 390, 430, 470, 510, 560, 620, 700, 800, 950, 1200, 1600, 2000]
STATE = {"dataset": "ring around a disc", "width": 4, "rate": 0.3}


def main() -> None:
    """Write docs/images/loop.webp."""
    chromium = require_program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        with explorer_page(browser, "playground", screen=820, **STATE) as page:
            frames = [_frame(page, step) for step in STEPS]
        browser.close()
    pauses = [900, *[160] * (len(frames) - 2), 2500]
    frames[0].save(LOOP, save_all=True, append_images=frames[1:], duration=pauses, loop=0, quality=70, method=6)


def _frame(page: Page, step: int) -> Image.Image:
    """The explorer after some steps of training."""
    page.evaluate("step => window.held.playground.model.set('step', step)", step)
    settle(page)
    page.wait_for_timeout(400)  # until nothing glides
    picture = Image.open(io.BytesIO(page.locator(".stage").screenshot())).convert("RGB")
    return picture.resize((WIDTH, round(WIDTH * picture.height / picture.width)))


if __name__ == "__main__":
    main()
