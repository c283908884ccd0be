"""From a move of a control to pixels: every control of every explorer, ``interact``, and an empty kernel round trip.

    python benchmarks/slider_to_pixels.py [EXPLORER ...] [--moves 20] [--json FILE]

All are cells of one notebook in one JupyterLab, in headless Chromium. The clock runs inside the page, from the event
on a control until the browser says that it has presented the frame with the new picture: a probe of text, put in when
the picture has been drawn, tells when that frame was shown (Element Timing). Then the trainings are timed: frames a
second with three layers of eight units in the playground, and of the dashboard.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.support.explorers_in_lab import explorers_in_lab
from mlp_reference.viz import explorers

# A picture of the size of ours, the way most notebooks do it.
INTERACT = """\
%matplotlib inline
import ipywidgets, matplotlib.pyplot as plt, numpy as np
x = np.linspace(-3, 3, 400)
@ipywidgets.interact(a=(-3.0, 3.0, 0.1))
def show(a=0.0):
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.8))
    left.plot(x, np.tanh(a * x))
    right.plot(x, 1 - np.tanh(a * x) ** 2)
    plt.show()
"""
ROUND_TRIP = """\
import ipywidgets
level, label = ipywidgets.FloatSlider(min=-3, max=3, step=0.1), ipywidgets.HTML("<div>0.0</div>")
level.observe(lambda change: setattr(label, "value", f"<div>{change.new:.1f}</div>"), "value")
ipywidgets.VBox([level, label])
"""
PEERS = {"interact + plt.show": (INTERACT, "img"), "empty kernel round trip": (ROUND_TRIP, ".widget-html-content div")}
FIELDS = {
    "playground",
    "init_variance",
    "edge_of_chaos",
    "folding",
    "feature_space",
    "training_dashboard",
}  # compute much
TARGETS = (20, 40)  # ms at the 95th percentile: where little is computed, where deep networks or fields are

SETTLE = 100  # ms before each move

PROBE = """
  const shown = (root) => new Promise((done, fail) => {
    const name = 'probe-' + Math.random(), probe = document.createElement('span');
    probe.setAttribute('elementtiming', name);
    probe.textContent = '.';
    probe.style.cssText = 'position:fixed;left:2px;bottom:2px;z-index:9999';
    const timing = new PerformanceObserver((list) => {
      const entry = list.getEntries().find((e) => e.identifier === name);
      if (entry) { timing.disconnect(); probe.remove(); done(entry.renderTime); }
    });
    timing.observe({type: 'element'});
    document.body.append(probe);
    setTimeout(() => fail(new Error('nothing new on screen within a minute')), 60000);
  });
"""
MOVE_EXPLORER = (
    "async ([cell, name, up]) => {"
    + PROBE
    + """
  const stage = document.querySelectorAll('.jp-CodeCell')[cell].querySelector('.mlpx').explorer;
  const input = document.getElementById(`${stage.id}-${name}`);
  await new Promise((done) => setTimeout(done, 20 * Math.random()));  // anywhere in a frame
  const start = performance.now();
  const drawn = new Promise((done, fail) => {
    stage.show = () => {  // the next picture, whatever it changes
      delete stage.show;
      stage.show();
      shown().then((at) => done(at - start), fail);
    };
    setTimeout(() => fail(new Error(`${name}: nothing was drawn within a minute`)), 60000);
  });
  if (input.tagName === 'SELECT') input.selectedIndex = (input.selectedIndex + 1) % input.options.length;
  else {
    const before = input.value;
    if (up) input.stepUp(); else input.stepDown();
    if (input.value === before) { if (up) input.stepDown(); else input.stepUp(); }  // it was at an end: back
  }
  input.dispatchEvent(new Event('input', {bubbles: true}));
  input.dispatchEvent(new Event('change', {bubbles: true}));
  return await drawn;
}"""
)
MOVE_WIDGET = (
    "async ([cell, selector, key]) => {"
    + PROBE
    + """
  const root = document.querySelectorAll('.jp-CodeCell')[cell], handle = root.querySelector('.noUi-handle');
  const look = () => root.querySelector('.jp-OutputArea-output ' + selector);
  const content = () => look() && (look().src || look().textContent);
  const before = content(), start = performance.now();
  handle.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
  return await new Promise((done, fail) => {
    const changes = new MutationObserver(() => {
      if (!content() || content() === before) return;
      changes.disconnect();
      shown().then((at) => done(at - start), fail);
    });
    changes.observe(root, {subtree: true, childList: true, characterData: true, attributeFilter: ['src']});
  });
}"""
)
FRAMES = """async ([cell, values]) => {
  const stage = document.querySelectorAll('.jp-CodeCell')[cell].querySelector('.mlpx').explorer;
  stage.set(values);
  await new Promise((done) => setTimeout(done, 500));
  stage.start();
  await new Promise((done) => setTimeout(done, 300));
  const from = stage.draws, start = performance.now();
  await new Promise((done) => setTimeout(done, 2000));
  const rate = (stage.draws - from) / (performance.now() - start) * 1000;
  stage.halt();
  return rate;
}"""
TRAININGS = {
    "playground": {"dataset": "two spirals", "depth": 3, "width": 8, "rate": 0.1},
    "training_dashboard": {"batch": 32, "depth": 2},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("explorers", nargs="*", default=[], metavar="EXPLORER", help="which (all where none is named)")
    parser.add_argument("--moves", type=int, default=20, help="moves of each control (default 20)")
    parser.add_argument("--json", type=Path, help="write all times here")
    options = parser.parse_args()
    names = options.explorers or explorers.__all__
    with explorers_in_lab(names, [code for code, _ in PEERS.values()]) as page:
        page.wait_for_selector(f".jp-CodeCell >> nth={len(names) + 1} >> .noUi-handle >> nth=0", timeout=60_000)
        page.wait_for_timeout(3000)
        times = measure(page, names, options.moves)
        rates = {name: page.evaluate(FRAMES, [names.index(name), v]) for name, v in TRAININGS.items() if name in names}
        for name, rate in rates.items():
            print(f"{name}: {rate:.0f} frames a second while training (at least 30 are wanted)", flush=True)
    print_summary(times)
    if options.json:
        report = {name: summary(ms) for name, ms in times.items()}
        written = {"unit": "ms", "summary": report, "frames a second": rates, "times": times}
        options.json.write_text(json.dumps(written, indent=1) + "\n")


def measure(page: Page, names: list[str], moves: int) -> dict[str, list[float]]:
    """Milliseconds of each move: "explorer control" -> list. The peers' moves come in between."""
    times: dict[str, list[float]] = {name: [] for name in PEERS}
    print(f"{'move to pixels, ms':34}{'moves':>6}{'median':>9}{'p95':>9}{'target':>8}")
    for cell, name in enumerate(names):
        page.locator(".jp-CodeCell").nth(cell).scroll_into_view_if_needed()
        view = f"document.querySelectorAll('.jp-CodeCell')[{cell}].querySelector('.mlpx')"
        for control in page.evaluate(f"Object.keys({view}.explorer.spec.controls)"):
            if page.evaluate(f"{view}.querySelector('[id$=\"-{control}\"]').disabled"):
                continue
            found = times[f"{name} {control}"] = []
            for move in range(-2, moves):  # the first two warm up
                page.wait_for_timeout(SETTLE)
                took = page.evaluate(MOVE_EXPLORER, [cell, control, move // 5 % 2 == 0])
                if move >= 0:
                    found.append(round(took, 2))
            page.evaluate(f"{view}.explorer.reset()")
            print_row(f"{name} {control}", found)
        for peer, (name_, (_, selector)) in enumerate(PEERS.items()):
            page.locator(".jp-CodeCell").nth(len(names) + peer).scroll_into_view_if_needed()
            for move in range(6):
                page.wait_for_timeout(SETTLE)
                key = "ArrowRight" if move % 2 == 0 else "ArrowLeft"
                times[name_].append(round(page.evaluate(MOVE_WIDGET, [len(names) + peer, selector, key]), 2))
    for name_ in PEERS:
        print_row(name_, times[name_])
    return times


def summary(ms: list[float]) -> dict[str, Any]:
    return {"moves": len(ms), "median": round(float(np.median(ms)), 1), "p95": round(float(np.percentile(ms, 95)), 1)}


def target(name: str) -> int | None:
    """Milliseconds that 95 of 100 moves may take."""
    return None if name in PEERS else TARGETS[name.split()[0] in FIELDS]


def print_row(name: str, ms: list[float]) -> None:
    row = summary(ms)
    print(f"{name:34}{row['moves']:6}{row['median']:9.1f}{row['p95']:9.1f}{target(name) or '':>8}", flush=True)


def print_summary(times: dict[str, list[float]]) -> None:
    p95 = {name: summary(ms)["p95"] for name, ms in times.items()}
    floor, ours = p95["empty kernel round trip"], [name for name in times if name not in PEERS]
    over = [f"{name} ({p95[name]} ms)" for name in ours if p95[name] > (target(name) or 0)]
    slower = [name for name in ours if p95[name] > floor]
    print(f"{len(ours)} controls; over their target: {', '.join(over) or 'none'}")
    print(f"slower than an empty kernel round trip ({floor} ms): {', '.join(slower) or 'none'}")


if __name__ == "__main__":
    main()
