"""What the learner's side knows of the sources: predictions, what is asked again, written questions, points."""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from autograde.authoring.number_marks import without_marks
from autograde.authoring.source_cell import Cell

DATA = Path("autograde/learner/course.json")
_SCHEME = re.compile(r"=== BEGIN MARK SCHEME ===(.*?)=== END MARK SCHEME ===", re.DOTALL)
_EXERCISE = re.compile(r"^### (Exercise: `(\w+)`.*)$", re.MULTILINE)
_MODEL = "**Model answer.**"


def course_data(notebooks: Iterable[tuple[str, Sequence[Cell]]], graded: bool) -> str:
    """The text of ``course.json``, made of the cells of each notebook, which come with its folder's name.

    graded: without rubrics and model answers, for learners whose answers a person will mark.
    """
    data: dict[str, Any] = {"graded": graded}
    data |= {key: {} for key in ("notebooks", "sections", "points", "predictions", "recall", "questions")}
    for assignment, cells in notebooks:
        title = next((c.source.split("\n")[0].lstrip("# ") for c in cells if c.source.startswith("# ")), assignment)
        data["notebooks"][assignment] = title
        for cell in cells:
            _add(data, assignment, cell, graded)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _add(data: dict[str, Any], assignment: str, cell: Cell, graded: bool) -> None:
    if heading := _EXERCISE.search(cell.source) if cell.cell_type == "markdown" else None:
        data["sections"][heading[2]] = heading[1].replace("`", "").strip().replace(" ", "-")
    if cell.asks and cell.cell_type == "code":
        data["predictions"][cell.name] = {"notebook": assignment, "asks": list(cell.asks)}
    elif cell.asks:
        data["recall"].setdefault(assignment, []).extend(cell.asks)
    elif cell.role == "test":
        data["points"][cell.name] = data["points"].get(cell.name, 0) + cell.points
    if cell.role == "question":
        question = {"notebook": assignment, "points": cell.points}
        data["questions"][cell.name] = question | ({} if graded else rubric_of(cell.source))


def rubric_of(text: str) -> dict[str, Any]:
    """The points of a question's rubric, and its model answer, both as markdown."""
    found = _SCHEME.search(text)
    scheme, _, model = without_marks(found[1]).partition(_MODEL) if found else ("", "", "")
    items = [" ".join(item.split()) for item in re.split(r"^- ", scheme, flags=re.MULTILINE)[1:]]
    return {"rubric": items, "model": model.strip()}
