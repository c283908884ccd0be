"""``solution``: after *Passed*, one way a good programmer writes it, beside the learner's own."""

import inspect
import sys
from html import escape
from typing import Any

from autograde.exercises import CATALOGUE
from autograde.judging.card import heading, inline
from autograde.learner.pages.page import SHOWN, Page, code, sentence
from autograde.learner.state import facts, progress_file


def solution(exercise: Any) -> Page:
    """A model answer and what is elegant in it; before an answer of your own has passed, a word on how to get there.

    Raises: ValueError for an unknown exercise.
    """
    name = exercise if isinstance(exercise, str) else getattr(exercise, "__name__", str(exercise))
    if name not in CATALOGUE:
        raise ValueError(f"solution({name!r}): no such exercise; choose one of {', '.join(CATALOGUE)}")
    if facts.course()["graded"]:
        return sentence("In this course answers are graded, so no model answers are shown here.")
    record = progress_file.load(name)
    if record.share < 1:
        shown = min(record.hints, len(CATALOGUE[name].hints))
        nudge = f'`hint("{name}")` has {len(CATALOGUE[name].hints) - shown} more for you.'
        if shown == len(CATALOGUE[name].hints):
            nudge = f'`hint("{name}", {shown})` shows the last hint again, which is nearly the answer.'
        return sentence(f"`{name}` has not passed yet, and your own way to it is worth more than ours. {nudge}")
    return _beside(name, _own_source(name))


def _beside(name: str, own: str) -> Page:
    answer, elegant = CATALOGUE[name].alternates[0].strip(), CATALOGUE[name].elegant
    title = heading(f"<b>One way to write <code>{escape(name)}</code></b>")
    html = f"<div style='{SHOWN}'>{title}{code(answer)}"
    html += f"<p style='margin:4px 0'>{inline(elegant)}</p>" if elegant else ""
    html += f"<details><summary>Yours, to compare</summary>{code(own)}</details>" if own else ""
    text = f"One way to write {name}:\n\n{answer}\n\n{elegant.replace('`', '')}" + (
        f"\n\nYours:\n\n{own}" if own else ""
    )
    return Page(f"{html}</div>", text)


def _own_source(name: str) -> str:
    """The learner's answer as it stands in the notebook, "" where it can't be found."""
    try:
        return inspect.getsource(getattr(sys.modules["__main__"], name)).strip()
    except (AttributeError, TypeError, OSError):
        return ""
