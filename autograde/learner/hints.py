"""``hint`` and ``progress``: the learner's other two helpers."""

from html import escape
from typing import Any

from autograde.exercises import ASSIGNMENTS, CATALOGUE
from autograde.judging.card import inline, printable
from autograde.learner import progress_file

own_slips: dict[str, str] = {}  # what the last check of an exercise has found in the learner's own code


class Page:
    """A piece of HTML with a plain-text twin."""

    def __init__(self, html: str, text: str) -> None:
        self._html, self._text = html, text

    def __repr__(self) -> str:
        return printable(self._text)

    def _repr_html_(self) -> str:
        return self._html


def hint(exercise: Any, number: int | None = None) -> Page:
    """The next hint of an exercise with those before it; ``number`` shows one of them again.

    Raises: ValueError for an unknown exercise or number.
    """
    name = exercise if isinstance(exercise, str) else getattr(exercise, "__name__", str(exercise))
    if name not in CATALOGUE:
        raise ValueError(f"hint({name!r}): no such exercise; choose one of {', '.join(CATALOGUE)}")
    hints = CATALOGUE[name].hints
    if number is not None:
        if number not in range(1, len(hints) + 1):
            raise ValueError(f"hint({name!r}, {number}): this exercise has hints 1 to {len(hints)}")
        return _hints_page(name, {number: hints[number - 1]}, len(hints))
    with progress_file.alone():
        record = progress_file.load(name)
        record.hints = min(record.hints + 1, len(hints))
        progress_file.save(name, record)
    return _hints_page(name, {i + 1: hints[i] for i in range(record.hints)}, len(hints), own_slips.get(name, ""))


def progress() -> Page:
    """A table of all exercises, by notebook, with what is solved; it survives a restart of the kernel."""
    rows = [(assignment, name, progress_file.load(name)) for assignment, names in ASSIGNMENTS.items() for name in names]
    solved = sum(record.share == 1.0 for _, _, record in rows)
    title = f"{solved} of {len(rows)} exercises solved"
    left = "style='text-align:left'"
    cells = "".join(
        f"<tr><td {left}>{escape(assignment)}</td><td {left}><code>{escape(name)}</code></td>"
        f"<td {left}>{_state(record)}</td><td>{record.checks}</td><td>{record.hints}</td></tr>"
        for assignment, name, record in rows
    )
    head = "".join(f"<th scope='col'>{h}</th>" for h in ("notebook", "exercise", "state", "checks", "hints"))
    html = f"<b>{title}</b><table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table>"
    text = "\n".join([title, *(f"  {a:24} {n:26} {_state(r)}" for a, n, r in rows)])
    return Page(html, text)


def _hints_page(name: str, shown: dict[int, str], total: int, own: str = "") -> Page:
    more = "" if max(shown) == total else " Run this again for the next one."
    note = f"Hints for {name}: {max(shown)} of {total}.{more}"
    items = "".join(f"<p><b>{i}.</b> {inline(text)}</p>" for i, text in shown.items())
    text = "\n".join([note, *(f"  {i}. {t}" for i, t in shown.items()), *[f"  In your own code: {own}"] * bool(own)])
    items += f"<p><b>In your own code:</b> {inline(own)}</p>" if own else ""
    return Page(f"<div style='max-width:52rem'><i>{escape(note)}</i>{items}</div>", text)


def _state(record: progress_file.Record) -> str:
    if record.share == 1.0:
        return "✓ solved"
    if record.share > 0:
        return f"◐ {record.share:.0%}"
    return "✗ tried" if record.checks else "○ open"
