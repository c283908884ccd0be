"""From a key press on a slider to changed pixels: our explorers, ``interact`` with ``plt.show``, and the floor.

    python benchmarks/slider_to_pixels.py [--moves 60] [--json FILE]

All variants are sliders in one notebook in one JupyterLab, in headless Chromium; their moves are interleaved, so that
what else the machine does hits all alike. The clock runs inside the page, from the key event on the slider's handle
until the browser says that it has presented the new picture (or label) on screen.
"""

import argparse
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import nbformat
import numpy as np
from playwright.sync_api import Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

# The same two panels, drawn by the same functions, the way most notebooks do it.
INTERACT = """\
%matplotlib inline
import ipywidgets, matplotlib.pyplot as plt, numpy as np
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.perceptron import signed_distances
from mlp_reference.viz.explorers.perceptron import HalfSpace
X, y = HalfSpace.X, HalfSpace.y
style.apply()
@ipywidgets.interact(w1=(-3.0, 3.0, 0.1), w2=(-3.0, 3.0, 0.1), b=(-4.0, 4.0, 0.1))
def show(w1=1.0, w2=0.5, b=0.5):
    w = np.array([w1, w2])
    figure, (plane, bars) = plt.subplots(1, 2, figsize=HalfSpace.size)
    plane.set(xlim=(-3.5, 3.5), ylim=(-3.5, 3.5), aspect="equal")
    plots.perceptron.half_plane(plane, w, b)
    plots.perceptron.points(plane, X, y)
    plots.perceptron.margin(plane, X, y, w, b)
    distance = signed_distances(X, y, w, b)
    for k in (0, 1):
        rows = np.flatnonzero(y == k)
        bars.hlines(rows, 0, distance[rows], color=style.CLASS_COLORS[k])
        plots.perceptron.points(bars, np.column_stack([distance[rows], rows]), np.full(len(rows), k))
    bars.axvline(distance.min(), color=style.PURPLE, linestyle="--")
    bars.text(distance.min(), -0.5, f"margin {distance.min():.2f}")
    bars.set(xlim=(-5, 5), ylim=(10.2, -1), xlabel="wrong side  ←  0  →  right side", ylabel="example")
    plt.show()
"""
HALF_SPACE = """\
from mlp_reference.viz import explorers
explorers.half_space()
"""
PERCEPTRON = """\
from mlp_reference.viz import explorers
steps = explorers.perceptron_steps()
steps.set(dataset="iris: versicolor / virginica")
steps
"""
FLOOR = """\
import ipywidgets
level, label = ipywidgets.FloatSlider(min=-3, max=3, step=0.1), ipywidgets.HTML("<div>0.0</div>")
level.observe(lambda change: setattr(label, "value", f"<div>{change.new:.1f}</div>"), "value")
ipywidgets.VBox([level, label])
"""
# name: (cell, which slider, what must change)
VARIANTS = {
    "interact + plt.show": (INTERACT, 0, "img"),
    "half_space()": (HALF_SPACE, 0, "img"),
    "perceptron_steps()": (PERCEPTRON, 1, "img"),
    "floor: label only": (FLOOR, 0, ".widget-html-content div"),
}

SETTLE = 500  # ms before each move: what the last one left behind (a sharper picture) is done

# Element Timing tells when the browser presented a new picture or text; a name of its own finds the right entry.
MEASURE = """
async ([cell, slider, selector, key]) => {
  const root = document.querySelectorAll('.jp-CodeCell')[cell];
  const handle = root.querySelectorAll('.noUi-handle')[slider];
  const look = () => root.querySelector('.jp-OutputArea-output ' + selector);
  const content = (node) => node && (node.src || node.textContent);
  const name = 'move-' + performance.now();
  const before = content(look());
  let changedAt = Infinity;
  const presented = new Promise((done, fail) => {
    const timing = new PerformanceObserver((list) => {
      // loadTime is 0 for text; a picture loaded before the change would be the old one, painted once more.
      const isNew = (entry) => entry.identifier === name && (!entry.loadTime || entry.loadTime >= changedAt);
      const entry = list.getEntries().find(isNew);
      if (entry) { timing.disconnect(); done(entry.renderTime); }
    });
    timing.observe({type: 'element'});
    const changes = new MutationObserver(() => {
      if (!content(look()) || content(look()) === before) return;
      changes.disconnect();
      changedAt = performance.now();
      look().setAttribute('elementtiming', name);
    });
    changes.observe(root, {subtree: true, childList: true, characterData: true, attributeFilter: ['src']});
    setTimeout(() => fail(new Error('nothing new on screen within 10 s in cell ' + cell)), 10000);
  });
  await new Promise(requestAnimationFrame);
  const start = performance.now();
  handle.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
  return (await presented) - start;
}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--moves", type=int, default=60, help="moves per variant (default 60)")
    parser.add_argument("--json", type=Path, help="write all times here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, lab(Path(folder)) as url, chromium_page() as page:
        times = measure(page, url, options.moves)
    report = {name: summary(ms) for name, ms in times.items()}
    print_table(report)
    if options.json:
        options.json.write_text(json.dumps({"unit": "ms", "summary": report, "times": times}, indent=1) + "\n")


def measure(page: Page, url: str, moves: int) -> dict[str, list[float]]:
    """Milliseconds of each move: name -> list. One move of each variant, then the next of each."""
    page.goto(url)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    page.wait_for_function("window.jupyterapp.shell.currentWidget?.sessionContext?.isReady", timeout=60_000)
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    times: dict[str, list[float]] = {name: [] for name in VARIANTS}
    for cell in range(len(VARIANTS)):
        page.wait_for_selector(f".jp-CodeCell >> nth={cell} >> .noUi-handle >> nth=0", timeout=60_000)
    page.wait_for_timeout(2000)
    for move in range(-3, moves):  # the first three warm up
        for cell, (name, (_, slider, selector)) in enumerate(VARIANTS.items()):
            # There and back again, except for the steps of a run, which only go forward.
            key = "ArrowRight" if name.startswith("perceptron") or move // 10 % 2 == 0 else "ArrowLeft"
            page.locator(".jp-CodeCell").nth(cell).locator(".noUi-handle").nth(slider).scroll_into_view_if_needed()
            page.wait_for_timeout(SETTLE)
            took = page.evaluate(MEASURE, [cell, slider, selector, key])
            if move >= 0:
                times[name].append(round(took, 2))
    return times


@contextmanager
def lab(folder: Path) -> Iterator[str]:
    """The address of the notebook in a JupyterLab of its own, stopped at the end."""
    cells = [nbformat.v4.new_code_cell(code) for code, _, _ in VARIANTS.values()]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "bench.ipynb")
    port, token = free_port(), secrets.token_hex(16)
    private = {f"JUPYTER_{kind}_DIR": str(folder / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--port-retries=0",
        f"--IdentityProvider.token={token}", "--expose-app-in-browser", f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=None", f"--LabApp.workspaces_dir={folder / 'workspaces'}",
    ]  # fmt: skip
    with (folder / "lab.log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, env={**os.environ, **private}, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/api/status?token={token}", server, folder / "lab.log")
            yield f"http://127.0.0.1:{port}/lab/tree/bench.ipynb?token={token}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            urlopen(url).close()
            return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError(f"JupyterLab did not start; its log ends with:\n{log.read_text()[-2000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def chromium_page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        try:
            yield browser.new_page(viewport={"width": 1280, "height": 900})
        finally:
            browser.close()


def summary(ms: list[float]) -> dict[str, Any]:
    return {"moves": len(ms), "median": round(float(np.median(ms)), 1), "p95": round(float(np.percentile(ms, 95)), 1)}


def print_table(report: dict[str, dict[str, Any]]) -> None:
    peer, floor = report["interact + plt.show"]["p95"], report["floor: label only"]["p95"]
    print(f"{'slider to pixels, ms':24}{'moves':>6}{'median':>9}{'p95':>9}{'p95/interact':>14}{'p95/floor':>11}")
    for name, row in report.items():
        ratios = f"{row['p95'] / peer:14.2f}{row['p95'] / floor:11.2f}"
        print(f"{name:24}{row['moves']:6}{row['median']:9.1f}{row['p95']:9.1f}{ratios}")


if __name__ == "__main__":
    main()
