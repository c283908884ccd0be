"""Notebooks as honest people hand them in: every answer right, and around it at random what is done to notebooks."""

import copy
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograde.course import notebook_name
from autograde.exercises import ASSIGNMENTS, CATALOGUE
from autograde.submissions.reading import read_source
from tests.autograde.handed_in import Notebook, cell_of, code, grade_id, right
from tests.support.paths import ROOT

Change = Callable[[Notebook, random.Random, str], None]

OWN = [
    "print('Grüße', 1 / 3)", "1 / 0", "raise KeyboardInterrupt", "x = [", "%%time\nsum(range(1000))", "!ls",
    "%timeit -n1 -r1 1 + 1", "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.show()", "not_defined",
    "import threading\nt = threading.Thread(target=print, args=(1,))\nt.start()\nt.join()", "%load_ext autoreload",
    "from multiprocessing.pool import ThreadPool\nwith ThreadPool(2) as pool:\n    print(pool.map(abs, [-1, 2]))",
    "import time\ntime.sleep(0.2)", "import pandas_that_nobody_has as pd", "%pip install pandas_that_nobody_has", "_",
    "import asyncio\nawait asyncio.sleep(0)", "assert False, 'a test of my own'", "help(len)", "%%capture\nprint('x')",
    "from scipy.special import expit, softmax", "%%writefile notes.txt\nsome notes", "X = y = w = b = eps = None",
    "get_ipython().run_line_magic('pwd', '')", "!pip install pandas_that_nobody_has", "%matplotlib inline",
    "import urllib.request\nurllib.request.urlopen('http://example.org', timeout=1)", "%matplotlib widget",
    "exit()", "import sys; sys.exit()", "import os; os._exit(0)", "rng = np.random.default_rng(1)\nrng.normal(size=3)",
    "data_set = {'a': [1, 2]}\nfor key, value in data_set.items():\n    print(key, value)", "class Note:\n    x = 1",
    "%config InlineBackend.figure_format = 'retina'", "import ipywidgets\nipywidgets.IntSlider()", "%who", "%%bash\nls",
]  # fmt: skip
NEEDED = {needed for exercise in CATALOGUE.values() for needed in exercise.needs}  # they and their users fit together
ABOVE = [
    "%%time", "%%capture", "%matplotlib inline", "%matplotlib inline\nimport matplotlib.pyplot as plt",
    "# Task 1, by me", "import math", "from math import sqrt", "%time 1", "print('here')", "seen = []",
    "!pip install pandas_that_nobody_has", "!ls", "from __future__ import annotations",
]  # fmt: skip
BELOW = ["print('done')", "# checked: passes", "del_me = 1", "%time 1"]


def _answer(notebook: Notebook, rng: random.Random, assignment: str) -> Notebook:
    """The cell of an exercise, one that was not merged into another."""
    return rng.choice([cell for cell in notebook["cells"] if grade_id(cell) in ASSIGNMENTS[assignment]])


def _own_cell(notebook: Notebook, rng: random.Random, _: str) -> None:
    notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), code(rng.choice(OWN)))


def _markdown(notebook: Notebook, rng: random.Random, _: str) -> None:
    cell = {"cell_type": rng.choice(["markdown", "raw"]), "metadata": {}, "source": "My *notes*: $x^2$ ü"}
    notebook["cells"].insert(rng.randrange(len(notebook["cells"]) + 1), cell)


def _alternate(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """Another right answer."""
    cell = _answer(notebook, rng, assignment)
    exercise = CATALOGUE[grade_id(cell)]
    if not exercise.needs and exercise.name not in NEEDED and not cell.get("merged"):
        cell["source"] = rng.choice(exercise.alternates)


def _around(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """Lines above and below an answer, magics among them."""
    cell = _answer(notebook, rng, assignment)
    above = rng.choice(ABOVE)
    if "from __future__" not in cell["source"] and not cell["source"].startswith("%%"):
        above = above if not above.startswith("from __future__") else f"{above}\n"
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
    cell = _answer(notebook, rng, assignment)
    name, at = grade_id(cell), notebook["cells"].index(cell)
    old = copy.deepcopy(notebook["cells"][at]) | {"source": f"def {name}(*args, **options):\n    return 0.5"}
    if rng.random() < 0.5:
        old["metadata"] = {}
    last = max(i for i, c in enumerate(notebook["cells"]) if grade_id(c) in (name, f"test_{name}"))
    notebook["cells"].insert(rng.choice([0, at, last + 1, len(notebook["cells"])]), old)


def _put_away(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """A cell between an answer and its test puts the answer away."""
    cell = _answer(notebook, rng, assignment)
    name, at = grade_id(cell), notebook["cells"].index(cell)
    away = [f"del {name}", f"{name} = 3", f"{name} = {name}(1)", f"def {name}(*args):\n    return 0", "int = abs = 3"]
    notebook["cells"].insert(at + 1, code(rng.choice(away)))


def _move(notebook: Notebook, rng: random.Random, _: str) -> None:
    """A text or a test goes elsewhere."""
    cells = notebook["cells"]
    at = rng.choice([i for i, c in enumerate(cells) if c["cell_type"] != "code" or grade_id(c).startswith("test_")])
    cells.insert(rng.randrange(len(cells)), cells.pop(at))


def _answer_last(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """An answer stands at the end, in its own cell or in a new one."""
    cell = _answer(notebook, rng, assignment)
    if rng.random() < 0.5 and not cell.get("merged"):
        notebook["cells"].append(code(cell["source"]))
        cell["source"] = _released(assignment)[grade_id(cell)]["source"]
    else:
        notebook["cells"].remove(cell)
        notebook["cells"].append(cell)


def _split(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    cell = _answer(notebook, rng, assignment)
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
        cells[at] |= {"merged": True, "source": f"{cells[at]['source']}\n\n{cells.pop(at + 1)['source']}"}


def _delete(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """A test, the setup or a question goes."""
    gone = [c for c in notebook["cells"] if grade_id(c) and grade_id(c) not in ASSIGNMENTS[assignment]]
    gone = [c for c in gone if not c.get("merged")]
    if gone:
        notebook["cells"].remove(rng.choice(gone))


def _edit_test(notebook: Notebook, rng: random.Random, _: str) -> None:
    tests = [c for c in notebook["cells"] if grade_id(c).startswith("test_")]
    tests = [c for c in tests if not c.get("merged")]
    if tests:
        cell = rng.choice(tests)
        cell["source"] = rng.choice([cell["source"] + "\nprint('ok')", "", "pass", "%%time\n" + cell["source"]])


def _setup(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """Imports of one's own in the setup cell, which an answer uses."""
    if any(grade_id(c) == "setup" for c in notebook["cells"]):
        setup = cell_of(notebook, "setup")
        setup |= {"merged": True, "source": f"{setup['source']}\nimport functools as ft"}  # so that it isn't deleted
        cell = _answer(notebook, rng, assignment)
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
    notebook["metadata"] = rng.choice(KERNELS)


KERNELS: list[Any] = [
    {}, None, {"kernelspec": None}, {"colab": {}}, {"kernelspec": {"name": "0a1b2c"}},
    {"kernelspec": {"name": "pysparkkernel", "language": ""}, "language_info": {"name": "pyspark"}},
    {"kernelspec": {"name": "conda-env-mlp-py", "display_name": "Python [conda env:mlp]", "language": "python"}},
    {"kernelspec": {"name": "python2", "language": "python"}}, {"kernelspec": {"name": "ir", "language": "R"}},
    {"kernelspec": {"name": "sagemath", "language": "sage"}, "language_info": {"name": "text"}},
]  # fmt: skip


def _beside(notebook: Notebook, rng: random.Random, assignment: str) -> None:
    """Modules and data handed in beside the notebook, or written by it, which an answer needs."""
    cell = _answer(notebook, rng, assignment)
    if cell["source"].startswith("%%") or "from __future__" in cell["source"]:
        return
    name, text, line = rng.choice(
        [
            ("my_helper.py", "def same(x):\n    return x\n", "from my_helper import same\nsame(1)"),
            ("weights.txt", "1 2 3\n", "assert np.loadtxt('weights.txt').sum() == 6"),
            ("data/points.csv", "a,b\n1,2\n", "assert open('data/points.csv').read().startswith('a')"),
        ]
    )
    if rng.random() < 0.3 and "/" not in name:
        notebook["cells"].insert(0, code(f"%%writefile {name}\n{text}"))
    else:
        notebook.setdefault("beside", {})[name] = text.encode()
    cell["source"] = f"import numpy as np\n{line}\n{cell['source']}"


CHANGES: list[Change] = [
    _own_cell, _own_cell, _own_cell, _markdown, _alternate, _alternate, _around, _around, _beside, _stub, _stub, _older,
    _put_away, _move, _answer_last, _split, _merge, _delete, _edit_test, _setup, _strip, _reflag, _nulls, _outputs,
    _attachment, _kernel,
]  # fmt: skip
_LAST = [_strip, _nulls, _outputs]  # what is done to all cells


@dataclass
class Honest:
    """A notebook's file, what lies beside it, and what was done."""

    data: bytes
    files: tuple[tuple[str, bytes], ...]
    changes: list[str]


def _released(assignment: str) -> dict[str, Notebook]:
    steps = read_source(ROOT / "notebooks" / assignment / f"{notebook_name(assignment)}.ipynb")
    return {s.name: code(s.source) | {"metadata": {"nbgrader": dict(s.role)}} for s in steps if s.name}


def format_3(notebook: Notebook) -> Notebook:
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
        notebook = format_3(notebook)
    elif rng.random() < 0.5:
        notebook = notebook | {"nbformat": rng.choice([4, 4.0]), "nbformat_minor": rng.choice([0, 1, 2, 3, 4, 5])}
        for cell in notebook["cells"]:
            if rng.random() < 0.5 and isinstance(cell["source"], str):
                cell["source"] = cell["source"].splitlines(keepends=True)
    text = json.dumps(notebook, ensure_ascii=rng.random() < 0.3, indent=rng.choice([None, 1]))
    text = text.replace("\n", rng.choice(["\n", "\r\n"]))
    kind = rng.choice(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"])
    return text.encode(kind, errors="xmlcharrefreplace" if kind == "cp1252" else "strict")


def make(seed: int, assignment: str, changes: int = 6) -> Honest:
    """An honest notebook: up to so many changes of one in which every answer is right."""
    rng = random.Random(seed)
    notebook: dict[str, Any] = right(assignment)
    chosen = sorted(rng.choices(CHANGES, k=rng.randint(1, changes)), key=lambda change: change in _LAST)
    for change in chosen:
        change(notebook, rng, assignment)
    files = tuple(sorted(notebook.pop("beside", {}).items()))
    return Honest(encoded(notebook, rng), files, [change.__name__ for change in chosen])
