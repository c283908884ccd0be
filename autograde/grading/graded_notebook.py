"""The graded notebook: cells and what they showed in nbformat's form, for Formgrader, feedback and whoever marks."""

import base64
import json
from collections.abc import Sequence
from typing import Any

from autograde.grading.test_cell import Verdict
from autograde.judging.card import as_html, as_text
from autograde.sandbox.kept_outputs import Shown
from autograde.submissions.reading import Step

Cell = dict[str, Any]

_NOTEBOOK = {
    "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def graded_notebook(cells: Sequence[Cell]) -> str:
    """The text of a notebook with these cells."""
    return json.dumps(_NOTEBOOK | {"cells": list(cells)}, ensure_ascii=False)


def cell_as_graded(step: Step, outputs: list[Any], index: int) -> Cell:
    """A cell with its role, what was pasted into it, and its outputs."""
    kind = step.kind if step.kind in ("code", "markdown") else "raw"
    cell: Cell = {"cell_type": kind, "id": f"cell-{index}", "source": step.source}
    cell["metadata"] = {"nbgrader": dict(step.role)} if step.role else {}
    if step.attachments and kind != "code":
        cell["attachments"] = step.attachments
    return cell | {"execution_count": None, "outputs": outputs} if kind == "code" else cell


def outputs_of_test(verdict: Verdict) -> list[Any]:
    """What a test cell shows in the graded notebook: the cards, and the points, or what ended it."""
    shown = [_displayed("display_data", as_text(r), as_html(r)) for r in verdict.reports.values()]
    if verdict.error is not None:
        return [*shown, _error(type(verdict.error).__name__, str(verdict.error), [])]
    return [*shown, _displayed("execute_result", f"{verdict.score:g}") | {"execution_count": None}]


def _displayed(kind: str, text: str, html: str = "") -> dict[str, Any]:
    data = {"text/plain": text} | ({"text/html": html} if html else {})
    return {"output_type": kind, "data": data, "metadata": {}}


def stream(text: str) -> dict[str, Any]:
    """Text as a cell prints it."""
    return {"output_type": "stream", "name": "stdout", "text": text}


def _error(name: str, value: str, lines: list[str]) -> dict[str, Any]:
    return {"output_type": "error", "ename": name[:200], "evalue": value[:1_000], "traceback": lines}


def output_of(shown: Shown) -> dict[str, Any]:
    """What a cell showed, as nbformat keeps it."""
    if shown.pictures:
        pictures = {media: base64.b64encode(data).decode() for media, data in shown.pictures.items()}
        return {"output_type": "display_data", "data": {"text/plain": shown.text} | pictures, "metadata": {}}
    if shown.kind != "error":
        return stream(shown.text if shown.kind == "stream" else f"{shown.text}\n")
    name, _, value = shown.text.strip().rpartition("\n")[2].partition(":")
    return _error(name, value.strip(), shown.text.split("\n"))
