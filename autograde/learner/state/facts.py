"""What the course's sources say to its learners, and where a learner is."""

import functools
import json
import os
from importlib import resources
from typing import Any

from autograde.exercises import ASSIGNMENTS, STARRED
from autograde.learner.state import progress_file

_last: list[str] = []  # the notebook of the last call in this kernel


@functools.cache
def course() -> dict[str, Any]:
    """Predictions, questions, points and titles, as ``autograde build`` found them in the sources."""
    text = (resources.files("autograde.learner") / "course.json").read_text(encoding="utf-8")
    facts: dict[str, Any] = json.loads(text)
    return facts


def notebook_of(exercise: str) -> str:
    """The notebook an exercise stands in, "" for none."""
    held = (notebook for notebook in ASSIGNMENTS if exercise in (*ASSIGNMENTS[notebook], *STARRED[notebook]))
    return next(held, "")


def link_to(notebook: str) -> str:
    """The way from one notebook to another."""
    return f"../{notebook}/{notebook.partition('_')[2]}.ipynb"


def visit(notebook: str) -> None:
    """Remember that the learner is at work here."""
    if notebook in course()["notebooks"]:
        _last[:] = [notebook]
        progress_file.note_time(notebook)


def here() -> str:
    """The notebook the learner is in, as far as that can be known; else the first one."""
    names = list(course()["notebooks"])
    session = os.environ.get("JPY_SESSION_NAME", "")  # Jupyter's server says which file a kernel belongs to
    fitting = [name for name in names if f"/{name.partition('_')[2]}.ipynb" in f"/{session}"]
    return (fitting or _last or names)[0]


def self_assessed(entry: dict[str, Any], ticked: Any) -> float:
    """The points of what was ticked: each line of the rubric is worth the same."""
    return float(entry["points"] * len(set(ticked)) / len(entry["rubric"])) if entry.get("rubric") else 0.0


def numbered(number: int) -> str:
    """The name of a notebook by its number.

    Raises: ValueError where there is none.
    """
    found = [name for name in course()["notebooks"] if isinstance(number, int) and name.startswith(f"{number:02}_")]
    if not found:
        raise ValueError(f"got {number!r}, expected the number of a notebook, 1 to {len(course()['notebooks'])}")
    return found[0]
