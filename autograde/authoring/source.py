"""Reads the py:percent source of a notebook: its cells, what each is for, and the line where each begins."""

import ast
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
from IPython.core.inputtransformer2 import TransformerManager
from jupytext.cell_reader import DoublePercentScriptCellReader

from autograde.authoring.asks import with_asks
from autograde.authoring.source_cell import Cell

ROLES = ("exercise", "test", "question")
_FORMAT = {"extension": ".py", "format_name": "percent"}
_MARKER = re.compile(r"# %%(?: |$)", re.MULTILINE)
_LAYOUT_KEYS = ("lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_marker")  # jupytext's notes on blank lines
_CELL_TYPE = {"exercise": "code", "test": "code", "question": "markdown", "setup": "code"}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a source file, and where."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class SourceError(ValueError):
    """All problems that were found in the sources of a course."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.path, p.line))
        super().__init__("\n".join(map(str, self.problems)))


def read_cells(path: Path, shown: Path) -> tuple[list[Cell], list[Problem]]:
    """The cells of a source file, those that ask for predictions among them, and what is wrong with their markers.

    shown: the path that problems name.
    """
    text = path.read_text(encoding="utf-8")
    if not _MARKER.match(text):
        first = text.split("\n", 1)[0]
        return [], [Problem(shown, 1, f"got {first!r}, expected a cell: begin the file with a line `# %% [markdown]`")]
    nodes = jupytext.reads(text, fmt="py:percent").cells
    cells, problems = [], []
    for node, line in zip(nodes, _marker_lines(text), strict=True):
        options = {k: v for k, v in node.metadata.items() if k not in _LAYOUT_KEYS}
        problems += [Problem(shown, line, text) for text in _marker_problems(options, node.cell_type)]
        cells.append(_cell(options, node, line))
    cells, found = with_asks(cells)
    return cells, problems + [Problem(shown, *finding) for finding in found]


def _marker_lines(text: str) -> Iterator[int]:
    """The line of each cell: jupytext does not tell, but its reader says how many lines a cell takes."""
    lines, at = text.splitlines(), 0
    while at < len(lines):
        yield at + 1
        at += DoublePercentScriptCellReader(_FORMAT, "python").read(lines[at:])[1]


def _role(options: dict[str, Any]) -> str:
    if options.get("title") == "setup":
        return "setup"
    return next((role for role in ROLES if role in options), "plain")


def _cell(options: dict[str, Any], node: Any, line: int) -> Cell:
    role, title = _role(options), options.get("title")
    tags = (title,) if title and role != "setup" else ()
    name = "setup" if role == "setup" else str(options.get(role, ""))
    return Cell(line, node.cell_type, role, name, node.source, options.get("points", 0), tags, "starred" in options)


def _marker_problems(options: dict[str, Any], cell_type: str) -> Iterator[str]:
    """What is wrong with the options of one ``# %%`` line."""
    garbled = options.get("incorrectly_encoded_metadata")
    if garbled is not None:
        yield f'got the cell options `{garbled}`, expected key="text" or key=number: correct the `# %%` line'
        return
    yield from _key_problems(options)
    yield from _title_problems(options)
    yield from _role_problems(options, cell_type)
    yield from _points_problems(options)
    yield from _star_problems(options)


def _key_problems(options: dict[str, Any]) -> Iterator[str]:
    known = (*ROLES, "points", "starred", "title")
    for key in options.keys() - set(known):
        yield f"unknown cell option {key!r}, expected one of {', '.join(known[:-1])}: correct or remove it"


def _title_problems(options: dict[str, Any]) -> Iterator[str]:
    title = options.get("title", "")
    if title in (*ROLES, "points"):
        yield f'`{title}` has no value: write `# %% {title}=...`, for example `# %% exercise="perceptron_step"`'
    elif len(title.split()) > 1:
        yield f"got the words {title!r} after `# %%`, expected one word, a cell tag: put prose into a markdown cell"


def _role_problems(options: dict[str, Any], cell_type: str) -> Iterator[str]:
    role = _role(options)
    given = [key for key in ("setup", *ROLES) if key in options or key == options.get("title")]
    if len(given) > 1:
        yield f"this cell is {' and '.join(given)} at once, expected one of them: make two cells of it"
    if cell_type not in ("code", "markdown"):
        yield f"got a {cell_type} cell, expected code or markdown: write `# %%` or `# %% [markdown]`"
    elif cell_type != _CELL_TYPE.get(role, cell_type):
        marker = "[markdown] " if role == "question" else ""
        yield f"got a {cell_type} cell, but {role} needs a {_CELL_TYPE[role]} cell: write `# %% {marker}{role}...`"
    name = options.get(role, "setup")
    if role in ROLES and not (isinstance(name, str) and name.isidentifier() and name.isascii() and len(name) <= 50):
        yield f"got {role}={name!r}, expected a Python name of at most 50 characters, in quotes: rename it"


def _points_problems(options: dict[str, Any]) -> Iterator[str]:
    role, points = _role(options), options.get("points")
    if role not in ("test", "question"):
        if "points" in options:
            yield "points on a cell that is neither test nor question: remove them, or move them to the test cell"
    elif "points" not in options:
        yield f'{role}="{options[role]}" has no points, expected a positive number: add for example `points=2`'
    elif isinstance(points, bool) or not isinstance(points, int | float) or not 0 < points < math.inf:
        yield f"got points={points!r}, expected a positive finite number: write for example `points=2`"


def _star_problems(options: dict[str, Any]) -> Iterator[str]:
    if "starred" in options and (_role(options) != "exercise" or options["starred"] is not True):
        yield 'only an exercise can be starred: write `# %% exercise="name" starred=true`, or remove it'


def parse(source: str) -> ast.Module:
    """The syntax tree of a code cell; magics and top-level ``await`` are understood as in a notebook.

    Raises: SyntaxError with the line inside the cell.
    """
    plain = source if source.endswith("\n") else source + "\n"
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        tree: ast.Module = compile(plain, "cell", "exec", flags)
    except SyntaxError:
        tree = compile(TransformerManager().transform_cell(plain), "cell", "exec", flags)
    return tree
