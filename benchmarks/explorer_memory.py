"""What page and kernel hold before and after 300 moves of an explorer's slider, and 20 more runs of its cell.

    python benchmarks/explorer_memory.py [EXPLORER ...] [--json FILE]

All are cells of one notebook in one JupyterLab, in headless Chromium; garbage is collected before each look.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.support.explorers_in_lab import explorers_in_lab

MOVES, RUNS, WARM_UP = 300, 20, 20
USUAL = ("activations", "training_dashboard")  # a small module and the largest
Held = dict[str, float]

MOVE = """async ([cell, many]) => {
  const stage = document.querySelectorAll('.jp-CodeCell')[cell].querySelector('.mlpx').explorer;
  const input = stage.controls.querySelector('input[type=range]:not([disabled])');
  for (let i = 0; i < many; i++) {
    if (i % 20 < 10) input.stepUp(); else input.stepDown();
    input.dispatchEvent(new Event('input', {bubbles: true}));
    await new Promise(requestAnimationFrame);
  }
}"""
RUN = """async ([cell, many]) => {
  const panel = window.jupyterapp.shell.currentWidget;
  for (let i = 0; i < many; i++) {
    panel.content.activeCellIndex = cell;
    await window.jupyterapp.commands.execute('notebook:run-cell');
    await new Promise((done) => setTimeout(done, 100));
  }
}"""
IN_KERNEL = """async (code) => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const future = kernel.requestExecute({code: '', silent: true, user_expressions: {found: code}});
  const reply = await future.done;
  return reply.content.user_expressions.found.data['text/plain'];
}"""
KERNEL_HOLDS = (
    "(lambda gc, psutil, ipywidgets: (gc.collect(),"
    " [len(ipywidgets.widget._instances), psutil.Process().memory_info().rss / 1e6])[1])"
    "(*map(__import__, ('gc', 'psutil', 'ipywidgets')))"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("explorers", nargs="*", default=[], metavar="EXPLORER", help=f"default: {' '.join(USUAL)}")
    parser.add_argument("--json", type=Path, help="write what was held here")
    options = parser.parse_args()
    names = options.explorers or list(USUAL)
    found: list[dict[str, Any]] = []
    with explorers_in_lab(names) as page:
        for cell, name in enumerate(names):
            for what, script, many in ((f"{MOVES} moves", MOVE, MOVES), (f"{RUNS} runs of the cell", RUN, RUNS)):
                page.evaluate(script, [cell, WARM_UP])  # what is made once is made now
                before = held(page)
                page.evaluate(script, [cell, many])
                after = held(page)
                found.append({"explorer": name, "after": what, "before": before, "held": after})
                changes = ", ".join(f"{of} {before[of]:g} -> {after[of]:g}" for of in before)
                print(f"{name}, {what}: {changes}", flush=True)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n")


def held(page: Page) -> Held:
    """Megabytes of page and kernel, and what there is of nodes, listeners and widgets."""
    client = page.context.new_cdp_session(page)
    page.wait_for_timeout(1500)
    for _ in range(3):
        client.send("HeapProfiler.collectGarbage")
    counts = client.send("Memory.getDOMCounters")
    heap = client.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    client.detach()
    widgets, resident = json.loads(page.evaluate(IN_KERNEL, KERNEL_HOLDS))
    return {
        "page MB": round(heap, 1), "nodes": counts["nodes"], "listeners": counts["jsEventListeners"],
        "kernel MB": round(resident, 1), "widgets": widgets,
    }  # fmt: skip


if __name__ == "__main__":
    main()
