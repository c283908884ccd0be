"""A JupyterLab server on a copy of the learner notebooks, and a page of a real browser on it."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from playwright.sync_api import ConsoleMessage, Error, Locator, Page

from tests.support.servers import free_port, wait_until_ready

CHROMIUM_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HARMLESS = (  # what JupyterLab itself writes to the console with the course closed, too
    "favicon",
    "/api/contents/",  # 404 of a checkpoint or workspace that does not exist yet
    "ResizeObserver loop",
    "[anywidget] Failed to initialize model",  # said 2 s after it began, on a busy machine; what is drawn is drawn later
)

KERNEL_IS_IDLE = """() => {
    const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
    return kernel?.status === "idle" && kernel.connectionStatus === "connected";
}"""

_OPEN = "async path => { await window.jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' }) }"
_CLOSE = """async () => {
    const document = window.jupyterapp.shell.currentWidget;
    await document.sessionContext.shutdown();
    document.dispose();
}"""

_DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
_ALL_CELLS_WERE_RUN = """() => [...document.querySelectorAll(".jp-Notebook .jp-CodeCell .jp-InputPrompt")]
    .every(prompt => /\\[\\d+\\]/.test(prompt.textContent))"""


class Server:
    """A running JupyterLab; ``url(path)`` opens one file."""

    def __init__(self, port: int, token: str, folder: Path) -> None:
        self.port, self.token, self.folder, self.copies = port, token, folder, 0

    def url(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self.port}/lab/tree/{path}?token={self.token}&reset"

    def copy(self, path: str) -> str:
        """The path of a new copy of a notebook."""
        return self.put(path, nbformat.read(self.folder / path, as_version=4))

    def put(self, path: str, notebook: NotebookNode) -> str:
        """The path where a notebook lies now, in a new folder."""
        self.copies += 1
        target = Path(f"copy{self.copies}", path)
        (self.folder / target).parent.mkdir(parents=True)
        nbformat.write(notebook, self.folder / target)
        return target.as_posix()


@contextmanager
def serve(folder: Path, home: Path) -> Iterator[Server]:
    """Start JupyterLab on ``folder`` with settings and state below ``home``; it ends with the block."""
    server = Server(free_port(), "course", folder)
    _settings(home, "@jupyterlab/notebook-extension", "tracker", {"windowingMode": "none"})  # all cells in the page
    _settings(home, "@jupyterlab/apputils-extension", "notification", {"fetchNews": "false", "checkForUpdates": False})
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--LabApp.expose_app_in_browser=True",
        f"--ServerApp.port={server.port}", f"--IdentityProvider.token={server.token}",
        f"--ServerApp.root_dir={folder}", f"--LabApp.user_settings_dir={home / 'settings'}",
        f"--LabApp.workspaces_dir={home / 'workspaces'}",
    ]  # fmt: skip
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR", "MLP_COURSE_PROGRESS")
    env = os.environ | {name: str(home / name.lower()) for name in places}
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_until_ready(server.port, server.token, process, home / "server.log")
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)


class Notebook:
    """A notebook open in the browser, handled by cell ids and keys as a person would.

    A page that shows JupyterLab already, with no notebook in it, opens it there.
    """

    def __init__(self, page: Page, server: Server, path: str) -> None:
        self.page, self.complaints = page, list[str]()
        page.on("console", self._listen)
        page.on("pageerror", self._hear)
        if page.evaluate("'jupyterapp' in window"):
            page.evaluate(_OPEN, path)
        else:
            page.goto(server.url(path))
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        page.wait_for_function(KERNEL_IS_IDLE, timeout=60_000)
        cells = json.loads((server.folder / path).read_text(encoding="utf-8"))["cells"]
        self.ids = [c["id"] for c in cells]
        self.code = {c["id"]: "".join(c["source"]) for c in cells if c["cell_type"] == "code"}

    def close(self) -> None:
        """End its kernel and close it; the page stays."""
        self.page.evaluate(_CLOSE)
        self.page.wait_for_function("document.querySelector('.jp-Notebook') === null")
        self.page.remove_listener("console", self._listen)
        self.page.remove_listener("pageerror", self._hear)

    def cell(self, cell_id: str) -> Locator:
        """The cell with an id of the notebook file."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(self.ids.index(cell_id))

    def run_all(self, seconds: float = 120) -> None:
        """Run every cell; fails where one was not reached in time."""
        self.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }")
        # asked now and then: in each frame, which is the default, it would keep the page from anything else
        self.page.wait_for_function(_ALL_CELLS_WERE_RUN, timeout=seconds * 1000, polling=300)

    def run(self, cell_id: str, seconds: float = 60) -> None:
        """Select a cell and press Shift+Enter; wait for its new execution count."""
        cell = self.cell(cell_id)
        prompt = cell.locator(".jp-InputPrompt").first
        before = prompt.text_content()
        self._focus(cell_id)
        self.page.keyboard.press("Shift+Enter")
        deadline = time.monotonic() + seconds
        while (now := prompt.text_content() or "") == before or "*" in now:
            assert time.monotonic() < deadline, f"cell {cell_id} did not finish: prompt {now!r}"
            self.page.wait_for_timeout(50)

    def write(self, cell_id: str, source: str) -> None:
        """Replace the text of a code cell by typing."""
        self._focus(cell_id)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)

    def output(self, cell_id: str) -> Locator:
        return self.cell(cell_id).locator(".jp-Cell-outputArea")

    def move_explorers(self) -> int:
        """Run each cell that shows an explorer and move it by key; how many there were. Fails where nothing follows."""
        cells = [i for i, source in self.code.items() if re.search(r"^explorers\.\w+\(", source, re.M)]
        for cell in cells:
            self.run(cell)
            says = self.output(cell).locator(".says")
            says.wait_for()
            before = says.inner_text()
            for slider in self.output(cell).locator("input[type=range]").all():
                if slider.is_disabled():  # by what others were moved to
                    continue
                slider.focus()
                self.page.keyboard.press("Home" if slider.evaluate("e => e.value === e.max") else "End")
                self.page.evaluate(_DRAWN)
                if says.inner_text() != before:  # tests of bare pages move each to each of its ends
                    break
            self.page.wait_for_function("([p, before]) => p.innerText !== before", arg=[says.element_handle(), before])
        return len(cells)

    def _focus(self, cell_id: str) -> None:
        editor = self.cell(cell_id).locator(".cm-content").first
        editor.scroll_into_view_if_needed()
        editor.click()

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complain(f"{message.text} {message.location.get('url', '')}")

    def _hear(self, error: Error) -> None:
        self._complain(str(error))

    def _complain(self, text: str) -> None:
        if not any(word in text for word in HARMLESS):
            self.complaints.append(text)


def cell_with(notebook: Notebook, source: str) -> str:
    """The id of the first code cell in which a text stands."""
    return next(cell for cell, text in notebook.code.items() if source in text)


def _settings(home: Path, extension: str, name: str, values: dict[str, object]) -> None:
    place = home / "settings" / extension
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{name}.jupyterlab-settings").write_text(json.dumps(values), encoding="utf-8")
