"""Notebooks as honest people hand them in: every answer right, and around it at random what is done to notebooks."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

from autograde.exercises import ASSIGNMENTS, CATALOGUE
from autograde.reading import read_source
from autograde.submission import notebook_name
from tests.autograde.books import ROOT
from tests.autograde.handed_in import Notebook, cell_of, code, grade_id, right

Change = Callable[[Notebook, random.Random, str], None]

OWN = [
    "print('Grüße', 1 / 3)", "1 / 0", "raise KeyboardInterrupt", "x = [", "%%time\nsum(range(1000))", "!ls", "%timeit -n1 -r1 1 + 1",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.show()", "%%capture\nprint('hidden')", "not_defined",
    "import threading\nt = threading.Thread(target=print, args=(1,))\nt.start()\nt.join()", "%load_ext autoreload",
    "from multiprocessing.pool import ThreadPool\nwith ThreadPool(2) as pool:\n    print(pool.map(abs, [-1, 2]))",
    "import time\ntime.sleep(0.2)", "import pandas_that_nobody_has as pd", "%pip install pandas_that_nobody_has", "_",
    "import asyncio\nawait asyncio.sleep(0)", "assert False, 'a test of my own'", "help(len)", "X = y = w = b = eps = None",
    "from scipy.special import expit, softmax", "%%writefile notes.txt\nsome notes", "get_ipython().run_line_magic('pwd', '')",
    "!pip install pandas_that_nobody_has", "import urllib.request\nurllib.request.urlopen('http://example.org', timeout=1)",
    "exit()", "import sys; sys.exit()", "import os; os._exit(0)", "rng = np.random.default_rng(1)\nrng.normal(size=3)",
    "data_set = {'a': [1, 2]}\nfor key, value in data_set.items():\n    print(key, value)", "class Note:\n    text = 'x'",
]  # fmt: skip
NEEDED = {needed for exercise in CATALOGUE.values() for needed in exercise.needs}  # they and their users fit together
ABOVE = ["%%time", "# Task 1, by me", "import math", "from math import sqrt", "%time 1", "print('here')", "seen = []"]
BELOW = ["print('done')", "# checked: passes", "del_me = 1", "%time 1"]


def _own_cell(notebook: Notebook, rng: random.Random, _: str) -> None:
    notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), code(rng.choice(OWN)))


def _markdown(notebook: Notebook, rng: random.Random, _: str) -> None:
    cell = {"cell_type": rng.choice(["markdown", "raw"]), "metadata": {}, "source": "My *notes*: $x^2$ ü"}
    notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), cell)


def _alternate(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """Another right answer."""
    name = rng.choice(ASSIGNMENTS[assignment])
    if not CATALOGUE[name].needs and name not in NEEDED:
        cell_of(notebook, name)["source"] = rng.choice(CATALOGUE[name].alternates)


def _around(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """Lines above and below an answer, magics among them."""
    cell = cell_of(notebook, rng.choice(ASSIGNMENTS[assignment]))
    above = rng.choice(ABOVE)
    if "from __future__" not in cell["source"] and not cell["source"].startswith("%%"):
        cell["source"] = "\n".join([above, cell["source"], rng.choice(BELOW)])


def _stub(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """A copy of the empty exercise, with or without its marks, anywhere."""
    name = rng.choice(ASSIGNMENTS[assignment])
    stub = copy.deepcopy(_released(assignment)[name])
    if rng.random() < 0.3 and grade_id(notebook["cells"][-1]):
        notebook["cells"].append(stub | {"metadata": {}})  # a scratch cell, run last
    else:
        notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), stub)


def _older(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """An older, wrong version of an answer, above or below the right one."""
    name = rng.choice(ASSIGNMENTS[assignment])
    at = notebook["cells"].index(cell_of(notebook, name))
    old = copy.deepcopy(notebook["cells"][at]) | {"source": f"def {name}(*args, **options):\n    return 0.5"}
    if rng.random() < 0.5:
        old["metadata"] = {}
    last = max(i for i, c in enumerate(notebook["cells"]) if grade_id(c) in (name, f"test_{name}"))
    notebook["cells"].insert(rng.choice([0, at, last + 1, len(notebook["cells"])]), old)


def _move(notebook: Notebook, rng: random.Random, _: str) -> None:
    """A text or a test goes elsewhere."""
    cells = notebook["cells"]
    at = rng.choice([i for i, c in enumerate(cells) if c["cell_type"] != "code" or grade_id(c).startswith("test_")])
    cells.insert(rng.randrange(len(cells)), cells.pop(at))


def _answer_last(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """An answer stands at the end, in its own cell or in a new one."""
    cell = cell_of(notebook, rng.choice(ASSIGNMENTS[assignment]))
    if rng.random() < 0.5:
        notebook["cells"].append(code(cell["source"]))
        cell["source"] = _released(assignment)[grade_id(cell)]["source"]
    else:
        notebook["cells"].remove(cell)
        notebook["cells"].append(cell)


def _split(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    cell = cell_of(notebook, rng.choice(ASSIGNMENTS[assignment]))
    first = copy.deepcopy(cell) | {"source": rng.choice(["import numpy as np", "helper = 1", "# nothing"])}
    notebook["cells"].insert(notebook["cells"].index(cell), first)


def _merge(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """A cell and the next one of its kind in one, with the marks of the first."""
    cells = notebook["cells"]
    pairs = [i for i in range(len(cells) - 1) if cells[i]["cell_type"] == cells[i + 1]["cell_type"]]
    pairs = [
        i
        for i in pairs
        if not cells[i + 1]["source"].startswith("%%") and grade_id(cells[i]) and grade_id(cells[i + 1])
    ]
    if pairs:
        at = rng.choice(pairs)
        cells[at]["source"] += "\n\n" + cells.pop(at + 1)["source"]


def _delete(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """A test, the setup or a question goes."""
    gone = [c for c in notebook["cells"] if grade_id(c) and grade_id(c) not in ASSIGNMENTS[assignment]]
    if gone:
        notebook["cells"].remove(rng.choice(gone))


def _edit_test(notebook: Notebook, rng: random.Random, _: str) -> None:
    tests = [c for c in notebook["cells"] if grade_id(c).startswith("test_")]
    if tests:
        cell = rng.choice(tests)
        cell["source"] = rng.choice([cell["source"] + "\nprint('ok')", "", "pass", "%%time\n" + cell["source"]])


def _setup(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """Imports of one's own in the setup cell, which an answer uses."""
    if any(grade_id(c) == "setup" for c in notebook["cells"]):
        cell_of(notebook, "setup")["source"] += "\nimport functools as ft"
        name = rng.choice(ASSIGNMENTS[assignment])
        cell = cell_of(notebook, name)
        if not cell["source"].startswith("%%"):
            cell["source"] = "ft.partial(print)\n" + cell["source"]


def _strip(notebook: Notebook, rng: random.Random, _: str) -> None:
    """All marks are gone, as Colab and cleaning tools leave it."""
    for cell in notebook["cells"]:
        cell["metadata"] = rng.choice([{}, {"id": "x"}, {"colab": {"base_uri": "x"}, "id": "abc"}])


def _reflag(notebook: Notebook, rng: random.Random, _: str) -> None:
    role = rng.choice(notebook["cells"]).get("metadata", {}).get("nbgrader", {})
    role |= {rng.choice(["points", "locked", "grade", "schema_version", "checksum"]): rng.choice([None, 1, True, "x"])}


def _nulls(notebook: Notebook, rng: random.Random, _: str) -> None:
    for cell in notebook["cells"]:
        cell |= {"id": rng.choice([None, "same"]), "execution_count": None}
        if rng.random() < 0.3:
            cell.pop("outputs", None)
        if not cell["metadata"] and rng.random() < 0.5:
            cell["metadata"] = None
    notebook["cells"].insert(0, {"cell_type": "code", "source": None, "metadata": None, "outputs": None})


def _outputs(notebook: Notebook, rng: random.Random, _: str) -> None:
    junk = [{"output_type": "display_data", "data": {"image/png": "x"}}, {"output_type": "error"}, None, "text", {}]
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = rng.choice([junk, None, "none", [float("nan")]])


def _attachment(notebook: Notebook, rng: random.Random, _: str) -> None:
    bundle = {"photo.png": {"image/png": "iVBORw0KGgo="}, "odd": None, "x.pdf": {"application/pdf": "JVBERg=="}}
    cell = {"cell_type": "markdown", "metadata": {}, "source": "![](attachment:photo.png)", "attachments": bundle}
    notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), cell)


def _kernel(notebook: Notebook, rng: random.Random, _: str) -> None:
    notebook["metadata"] = rng.choice(
        [
            {}, None, {"kernelspec": None}, {"kernelspec": {"name": "pysparkkernel", "language": ""}, "language_info": {"name": "pyspark"}},
            {"kernelspec": {"name": "conda-env-mlp-py", "display_name": "Python [conda env:mlp]", "language": "python"}},
            {"kernelspec": {"name": "0a1b2c"}}, {"kernelspec": {"name": "python2", "language": "python"}}, {"colab": {}},
        ]
    )  # fmt: skip


CHANGES: list[Change] = [
    _own_cell, _own_cell, _own_cell, _markdown, _alternate, _alternate, _around, _stub, _stub, _older, _move, _answer_last,
    _split, _merge, _delete, _edit_test, _setup, _strip, _reflag, _nulls, _outputs, _attachment, _kernel,
]  # fmt: skip


def _released(assignment: str) -> dict[str, Notebook]:
    steps = read_source(ROOT / "notebooks" / assignment / f"{notebook_name(assignment)}.ipynb")
    return {s.name: code(s.source) | {"metadata": {"nbgrader": dict(s.role)}} for s in steps if s.name}


def _format_3(notebook: Notebook) -> Notebook:
    cells = []
    for cell in notebook["cells"]:
        cell = {key: value for key, value in cell.items() if key != "id"}
        if cell["cell_type"] == "code":
            cell |= {"input": cell.pop("source"), "language": "python"}
        cells.append(cell)
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}


def encoded(notebook: Notebook, rng: random.Random) -> bytes:
    """The file, in a format and an encoding."""
    if rng.random() < 0.15:
        notebook = _format_3(notebook)
    elif rng.random() < 0.5:
        notebook = notebook | {"nbformat": rng.choice([4, 4.0]), "nbformat_minor": rng.choice([0, 1, 2, 3, 4, 5])}
        for cell in notebook["cells"]:
            if rng.random() < 0.5 and isinstance(cell["source"], str):
                cell["source"] = cell["source"].splitlines(keepends=True)
    text = json.dumps(notebook, ensure_ascii=rng.random() < 0.3, indent=rng.choice([None, 1]))
    text = text.replace("\n", rng.choice(["\n", "\r\n"]))
    kind = rng.choice(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"])
    return text.encode(kind, errors="xmlcharrefreplace" if kind == "cp1252" else "strict")


def make(seed: int, assignment: str, changes: int = 6) -> tuple[bytes, list[str]]:
    """An honest notebook, and what was done to it."""
    rng = random.Random(seed)
    notebook: dict[str, Any] = right(assignment)
    chosen = sorted(rng.choices(CHANGES, k=rng.randint(1, changes)), key=lambda c: c in _LAST)
    for change in chosen:
        change(notebook, rng, assignment)
    return encoded(notebook, rng), [change.__name__ for change in chosen]


_LAST = [_strip, _nulls, _outputs]  # what is done to all cells
