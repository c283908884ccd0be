"""``review``: the rubric and a model answer beside a written answer, to be ticked by who wrote it."""

import json
import os
from pathlib import Path
from typing import Any

from autograde.learner.pages.page import Page, sentence
from autograde.learner.state import facts

_EMPTY = "*Double-click here and replace this line by your answer.*"


def review(question: str) -> Any:
    """Your answer to a written question; once it is there, the rubric and a model answer beside it.

    Raises: ValueError where there is no such question.
    """
    known = facts.course()["questions"]
    if question not in known:
        raise ValueError(f"review({question!r}): no such question; choose one of {', '.join(known)}")
    facts.visit(known[question]["notebook"])
    if not known[question].get("rubric"):
        return sentence("In this course a person reads your answer: write it into the cell above, and hand it in.")
    from autograde.learner.pages.review_sheet import Review  # late: it loads widgets

    return Review(question, known[question], written(question))


def written(question: str) -> str:
    """The answer in the saved notebook, "" where it can't be found."""
    try:
        path = Path(os.environ["JPY_SESSION_NAME"])
        path = next(p for p in (path, Path(path.name)) if p.is_file())
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        at = next(i for i, c in enumerate(cells) if c["metadata"].get("nbgrader", {}).get("grade_id") == question)
        text = "".join(cells[at + 1]["source"]).strip()
    except (KeyError, OSError, ValueError, StopIteration, IndexError, TypeError):
        return ""
    return "" if text == _EMPTY else text


def hint_of(question: str) -> Page:
    """What to do with a written question, in a sentence."""
    return sentence(
        f"`{question}` is a written question, and has no hints: write your answer into the cell below it. "
        f'Then `review("{question}")` shows what a good one says.'
    )
