"""Learner notebooks with their outputs, each executed again only where something that it used has changed."""

import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from widgets import WIDGET

from mlp_reference.viz.explorers.page_module import STATIC

ROOT = Path(__file__).resolve().parent.parent
SECONDS_PER_CELL = 1200
_FORM = '<p class="needs">In the notebook a form opens here.</p>'
_VIEW = "application/vnd.jupyter.widget-view+json"
# The files of ours that the kernel has loaded: what else than the notebook can change its outputs.
_LOADED = """import json as _json, sys as _sys
print(_json.dumps(sorted({m.__file__ for m in list(_sys.modules.values())
    if getattr(m, "__name__", "").partition(".")[0] in ("autograde", "mlp_reference") and getattr(m, "__file__", None)})))
"""


def executed(paths: Sequence[Path], cache: Path, processes: int = 2) -> Iterator[NotebookNode]:
    """The notebooks with outputs that need no kernel, in the order of ``paths``.

    Raises: nbclient's CellExecutionError where a cell fails that is not marked as one that does.
    """
    with ThreadPoolExecutor(processes) as pool:
        yield from map(_without_kernel, pool.map(lambda path: saved(path, cache), paths))


def saved(path: Path, cache: Path) -> NotebookNode:
    """The notebook as JupyterLab would save it after all its cells were run.

    Raises: as ``executed``.
    """
    cache.mkdir(parents=True, exist_ok=True)
    kept, made_from = cache / path.name, cache / f"{path.stem}.lock.json"
    with (cache / f"{path.stem}.busy").open("w") as busy:
        fcntl.flock(busy, fcntl.LOCK_EX)  # who else wants it waits for it
        if not _holds(path, made_from) or not kept.is_file():
            print(f"executing {path.parent.name}", flush=True)
            notebook, files = _execute(path)
            nbformat.write(notebook, kept)
            used = [path, Path(__file__), ROOT / "constraints.txt", *files]
            made_from.write_text(json.dumps({_name(file): _digest(file) for file in used}, indent=1))
        return nbformat.read(kept, as_version=4)


def _holds(path: Path, lock: Path) -> bool:
    """Whether all that a notebook used is as it was when it was executed."""
    used: dict[str, str] = json.loads(lock.read_text()) if lock.is_file() else {}
    return _name(path) in used and all(_digest(ROOT / name) == was for name, was in used.items())


def _name(file: Path) -> str:
    return os.path.relpath(file, ROOT)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _execute(path: Path) -> tuple[NotebookNode, list[Path]]:
    """The notebook with its outputs, and the files of ours that it loaded."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(new_code_cell(_LOADED))
    with tempfile.TemporaryDirectory() as progress:
        client = NotebookClient(
            notebook, timeout=SECONDS_PER_CELL, kernel_name="python3", record_timing=False,
            resources={"metadata": {"path": str(path.parent)}}, extra_arguments=["--log-level=ERROR"],
        )  # fmt: skip
        kept = f"{progress}/progress"  # with a lock beside it
        client.execute(env=os.environ | {"MLP_COURSE_PROGRESS": kept})
    return notebook, [Path(file) for file in json.loads(notebook.cells.pop().outputs[0].text)]


def _without_kernel(notebook: NotebookNode) -> NotebookNode:
    """The same with widgets that need none."""
    states = notebook.metadata.pop("widgets", {}).get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            _make_static(output, states)
    return notebook


def _make_static(output: NotebookNode, states: dict[str, Any]) -> None:
    """Puts what an ES module needs to show a widget in the place of the kernel's reference to it."""
    view = output.get("data", {}).pop(_VIEW, None)
    held = states.get(view["model_id"], {}).get("state", {}) if view else {}
    if view and "_esm" not in held:  # drawn by ipywidgets, with Python behind every button
        output["data"] = NotebookNode({"text/html": _FORM})
    if "_esm" not in held:
        return
    modules = {file.read_text(encoding="utf-8"): file.stem for file in STATIC.glob("*.js")}
    values = {name: value for name, value in held.items() if not name.startswith(("_model", "_view", "_dom", "_any"))}
    loader, style = values.pop("_esm"), values.pop("_css", "")
    code = values.pop("_code", loader)
    for name in ("layout", "tabbable", "tooltip"):
        values.pop(name, None)
    shared = modules.get(code)
    output["data"][WIDGET] = {"values": values} | ({"module": shared} if shared else {"code": code, "style": style})
