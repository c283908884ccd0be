"""Takes the README's picture anew: notebook 01 in JupyterLab, its explorer in the middle of a run.

Run it as ``python -m docs.screenshot``; it needs Chromium.
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.lab import CHROMIUM_ARGS, Notebook, serve

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "notebook.png"
STEPS = 13


def main() -> None:
    """Write docs/images/notebook.png."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit(
            "docs.screenshot needs the program chromium; install it, on Debian with apt-get install chromium"
        )
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        shutil.copytree(ROOT / "notebooks", Path(home, "notebooks"))
        with serve(Path(home, "notebooks"), Path(home)) as server:
            browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
            page = browser.new_page(viewport={"width": 1180, "height": 1120}, device_scale_factor=1.5)
            notebook = Notebook(page, server, "01_perceptron/perceptron.ipynb")
            explorer = next(i for i in notebook.ids if "perceptron_steps" in notebook.cell(i).inner_text())
            notebook.run("setup")
            notebook.run(explorer)
            for _ in range(STEPS):
                notebook.output(explorer).get_by_role("button", name="Step", exact=True).click()
                page.wait_for_timeout(60)
            page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
            page.evaluate(
                "id => document.querySelectorAll('.jp-Notebook .jp-Cell')[id].scrollIntoView()",
                notebook.ids.index(explorer) - 1,
            )
            page.wait_for_timeout(1500)
            page.screenshot(path=PICTURE)
            browser.close()


if __name__ == "__main__":
    main()
