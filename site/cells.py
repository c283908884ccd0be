"""A page's content from an executed learner notebook, by nbconvert and the template in ``templates/notebook``."""

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markup import to_html
from nbconvert.exporters import TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode
from traitlets.config import Config
from widgets import WIDGET, Widgets

from autograde.exercises import CATALOGUE

TEMPLATES = Path(__file__).parent / "templates"
SHOWN = [WIDGET, "text/html", "text/markdown", "image/png", "text/plain"]


_Template: Any = TemplateExporter  # without types


class _Exporter(_Template):
    output_mimetype = "text/html"


def content(notebook: NotebookNode, widgets: Widgets, link: Callable[[str], str]) -> str:
    """The HTML of all cells; formulas are still marks, pictures still in their addresses."""
    exporter = _Exporter(
        template_name="notebook", template_file="index.html.j2", extra_template_basedirs=[str(TEMPLATES)],
        config=Config({"NbConvertBase": {"display_data_priority": SHOWN}, "TemplateExporter": {"default_preprocessors": []}}),
    )  # fmt: skip
    filters: dict[str, Any] = {
        "role": role, "label": label, "hints": hints, "needed": needed, "live": widgets.live,
        "highlight_code": Highlight2HTML(pygments_lexer="python3"),
        "markdown": lambda text: to_html(text, link),
    }  # fmt: skip
    for name, call in filters.items():
        exporter.register_filter(name, call)
    text: str = exporter.from_notebook_node(_presentable(notebook))[0]
    return text


def _presentable(notebook: NotebookNode) -> NotebookNode:
    """Without the learner's progress: nothing has been solved by whom the pages are made."""
    cells = [c for c in notebook.cells if c.source.strip() != "progress()"]
    return NotebookNode(notebook | {"cells": cells})


def role(cell: NotebookNode) -> str:
    """Exercise, test, question or nothing of these."""
    about = cell.metadata.get("nbgrader", {})
    kinds = {"exercise": about.get("solution"), "test": about.get("grade"), "question": about.get("task")}
    return next((name for name, is_it in kinds.items() if is_it), "")


def label(cell: NotebookNode) -> str:
    """What a screen reader says of a piece of code."""
    return {"exercise": "Code: here you write", "test": "Code: the check"}.get(role(cell), "Code")


def hints(cell: NotebookNode) -> str:
    """The hints of an exercise but the last, which is nearly the answer; each is folded into the one before."""
    name = cell.metadata["nbgrader"]["grade_id"]
    *texts, _ = CATALOGUE[name].hints
    folded = f'<p>The last hint is in the notebook: <code>hint("{name}")</code> there shows one after the other.</p>'
    for number, text in reversed(list(enumerate(texts, start=1))):
        folded = f"<details><summary>Hint {number}</summary>{to_html(text)}{folded}</details>"
    return f'<div class="hints">{folded}</div>'


def needed(output: NotebookNode) -> str:
    """What a cell says that can't run before an exercise is solved."""
    if output.ename == "NotImplementedError":
        return "This cell runs your own answer: in the notebook it shows its result as soon as that is written."
    plain = re.sub(r"\x1b\[[0-9;]*m", "", f"{output.ename}: {output.evalue}")
    return f"<code>{html.escape(plain)}</code>"
