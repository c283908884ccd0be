"""``from my_course import worst_gradient``: what a learner has solved, the reference's answer where they have not.

Answers are read from the notebooks that lie beside the one at work, each from its own cell, if their check has passed
and passes still.  No other cell of the learner's is run, nor what an answer's cell does besides defining things.
"""

import ast
import builtins
import contextlib
import importlib
import json
import linecache
import os
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import mlp_reference
from autograde.exercises import CATALOGUE
from autograde.global_names import global_names_of
from autograde.judging.answer import judge_anything
from autograde.judging.call import SECONDS_PER_CALL
from autograde.judging.judge import PUBLIC_SEED
from autograde.learner.pages.page import SHOWN, Page
from autograde.learner.state import facts, progress_file
from autograde.runtime.silence import quiet
from autograde.runtime.timeout import OutOfTime, run_within
from autograde.submissions.needed_cells import definitions

_DEFINES = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
# what the first cell of a notebook imports, and an answer may use
_SETUP = {"np": "numpy", "time": "time", "data": "mlp_reference.data", "plots": "mlp_reference.viz.plots",
          "figures": "mlp_reference.viz.figures", "style": "mlp_reference.viz.style"}  # fmt: skip
_asked: dict[str, str] = {}  # name -> why it is not the learner's own, "" where it is
_loading: list[str] = []


class _NotUsable(Exception):
    """The learner's own answer can't be taken; the text says why."""


def __getattr__(name: str) -> Any:
    if name not in CATALOGUE or name in _loading:
        raise AttributeError(f"my_course has no {name!r}: it holds the exercises of the course, {', '.join(CATALOGUE)}")
    try:
        answer, _asked[name] = _own(name), ""
    except _NotUsable as reason:
        if not hasattr(mlp_reference, name):
            raise AttributeError(f"{name!r} is a starred problem, for which nothing stands in: {reason}") from None
        answer, _asked[name] = getattr(mlp_reference, name), str(reason)
    return answer


def __dir__() -> list[str]:
    return [*CATALOGUE, "whose"]


def whose() -> Page:
    """Which of the functions imported so far are the learner's own."""
    rows = [(name, f"notebook {facts.notebook_of(name)[:2]}", why) for name, why in _asked.items()]
    said = [(name, where, "yours" if not why else f"the reference's: {why}") for name, where, why in rows]
    left = "style='text-align:left;font-weight:normal'"
    cells = "".join(
        f"<tr><th scope='row' {left}><code>{name}</code></th><td>{where}</td><td {left}>{escape(owner)}</td></tr>"
        for name, where, owner in said
    )
    text = "\n".join(f"{name:20} {where}  {owner}" for name, where, owner in said)
    return Page(f"<div style='{SHOWN}'><table>{cells}</table></div>", text or "nothing imported from my_course yet")


def _own(name: str) -> Any:
    """The learner's answer.

    Raises: _NotUsable.
    """
    if progress_file.is_grading():
        raise _NotUsable("while grading")
    if progress_file.load(name).share < 1:
        raise _NotUsable("not solved yet")
    source = _source(name)
    _loading.append(name)
    try:
        with quiet():
            answer = run_within(SECONDS_PER_CALL, _made, name, source)
        report = judge_anything(CATALOGUE[name], answer, PUBLIC_SEED, CATALOGUE, _beside)
    except _NotUsable:
        raise
    except (Exception, OutOfTime) as error:  # a cell may raise anything
        raise _NotUsable(f"your cell raises {type(error).__name__}: {error}") from error
    finally:
        _loading.pop()
    if report.share < 1:
        raise _NotUsable("your cell has changed, and does not pass any more")
    return answer


def _beside(name: str) -> Any:
    return None if name in _loading else __getattr__(name)


def _source(name: str) -> str:
    """The text of an answer's cell in the learner's notebook."""
    for path in _places(facts.notebook_of(name)):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                about = cell["metadata"].get("nbgrader", {})
                if cell["cell_type"] == "code" and about.get("grade_id") == name and about.get("solution"):
                    return "".join(cell["source"])
    raise _NotUsable("your notebook with it does not lie beside this one")


def _places(notebook: str) -> Iterator[Path]:
    """Where a notebook may lie: beside the folder of the one at work, or below the folder that Python works in."""
    file = f"{notebook}/{notebook.partition('_')[2]}.ipynb"
    session = Path(os.environ.get("JPY_SESSION_NAME", ""))  # Jupyter's server says which file a kernel belongs to
    if session.is_absolute():
        yield session.parent.parent / file
    for folder in (Path.cwd().parent, Path.cwd(), Path.cwd() / "notebooks"):
        yield folder / file


def _made(name: str, source: str) -> Any:
    """What a cell defines under a name, run alone."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise _NotUsable("your cell is no plain Python") from error
    tree.body = [step for step in tree.body if isinstance(step, _DEFINES)]
    file = f"<your {name}>"
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file  # for tracebacks
    scope = {"__name__": "my_course.yours"} | {free: _given(free) for free in _free_names(tree)}
    exec(compile(tree, file, "exec"), scope)
    if name not in scope:
        raise _NotUsable(f"your cell defines no {name}")
    return scope[name]


def _free_names(tree: ast.Module) -> set[str]:
    """The names that a cell reads and that nothing in it defines."""
    own = definitions(ast.unparse(tree))
    return {*global_names_of(tree)} - own - {*dir(builtins), "__name__"}


def _given(name: str) -> Any:
    """What a notebook gives to all cells, or another answer of the course."""
    if name in _SETUP:
        return importlib.import_module(_SETUP[name])
    if name in CATALOGUE and name not in _loading:
        return __getattr__(name)
    raise _NotUsable(f"your cell needs {name!r}, which stands in another cell of yours")
