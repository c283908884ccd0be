"""``hint``: nudges, one after the other."""

from html import escape
from typing import Any

from autograde.exercises import CATALOGUE
from autograde.judging.card import heading, inline
from autograde.learner.pages.page import Page
from autograde.learner.state import facts, progress_file

own_slips: dict[str, str] = {}  # what the last check of an exercise has found in the learner's own code


def hint(exercise: Any, number: int | None = None) -> Page:
    """The next hint of an exercise with those before it; ``number`` shows one of them again.

    Raises: ValueError for an unknown exercise or number.
    """
    name = exercise if isinstance(exercise, str) else getattr(exercise, "__name__", str(exercise))
    if name in facts.course()["questions"]:
        from autograde.learner.reviews import hint_of

        return hint_of(name)
    if name not in CATALOGUE:
        raise ValueError(f"hint({name!r}): no such exercise; choose one of {', '.join(CATALOGUE)}")
    hints = CATALOGUE[name].hints
    if number is not None:
        if number not in range(1, len(hints) + 1):
            raise ValueError(f"hint({name!r}, {number}): this exercise has hints 1 to {len(hints)}")
        return _hints_page(name, {number: hints[number - 1]}, len(hints))
    facts.visit(facts.notebook_of(name))
    count = progress_file.note_hint(name, len(hints))
    return _hints_page(name, {i + 1: hints[i] for i in range(count)}, len(hints), own_slips.get(name, ""))


def _hints_page(name: str, shown: dict[int, str], total: int, own: str = "") -> Page:
    more = "" if max(shown) == total else " Run this again for the next one."
    note = f"Hints for {name}: {max(shown)} of {total}.{more}"
    items = "".join(f"<p><b>{i}.</b> {inline(text)}</p>" for i, text in shown.items())
    text = "\n".join([note, *(f"  {i}. {t}" for i, t in shown.items()), *[f"  In your own code: {own}"] * bool(own)])
    items += f"<p><b>In your own code:</b> {inline(own)}</p>" if own else ""
    return Page(f"<div style='max-width:52rem'>{heading(f'<i>{escape(note)}</i>')}{items}</div>", text)
