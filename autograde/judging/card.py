"""The card that ``check`` shows: a report as HTML for notebooks and as text for everything else."""

import base64
import io
import re
import sys
from html import escape
from typing import Any

from autograde.judging.exercise import Exercise
from autograde.judging.report import Failure, Report


def _tinted(colour: str) -> str:
    """The colour, so near to that of the text around it that it can be read on whatever the text can be read."""
    return f"color-mix(in srgb, {colour} 60%, currentColor)"


# JupyterLab's colours of the present theme, others where it isn't there.
_GREEN, _AMBER = _tinted("var(--jp-success-color1, #2da44e)"), _tinted("var(--jp-warn-color1, #bf8700)")
_RED, _GREY = _tinted("var(--jp-error-color1, #cf222e)"), _tinted("var(--jp-ui-font-color2, #848d97)")
MARKS = {
    "passed": ("✓", _GREEN),
    "partly": ("◐", _AMBER),
    "failed": ("✗", _RED),
    "not counted": ("○", _GREY),
    "not run": ("–", _GREY),
}
_TITLES = {
    "passed": ("Passed", _GREEN),
    "partial": ("Partly right", _AMBER),
    "missing": ("Not yet", _GREY),
    "failed": ("Not right yet", _RED),
    "error": ("It raised an error", _RED),
    "timeout": ("It did not finish", _RED),
}
MORE = "If that is not enough"
_STRESSED = re.compile(r"(?<![\w*])\*(\w[^*\n]*?)\*(?![\w*])")
_PRE = (
    "margin:2px 0 6px 0;padding:6px 8px;background:rgba(128,128,128,.12);white-space:pre-wrap;overflow-wrap:anywhere;"
)


class Card:
    """Shows one report: rich in a notebook, plain text elsewhere."""

    def __init__(self, report: Report, exercise: Exercise | None = None, note: str = "") -> None:
        picture = picture_of(exercise, report.failure) if exercise else None
        self._text, self._html = _sendable(as_text(report, note)), _sendable(as_html(report, note, picture))

    def __repr__(self) -> str:
        return printable(self._text)

    def _repr_html_(self) -> str:
        return self._html


def _sendable(text: str) -> str:
    """Without lone surrogates: they can't be encoded, so a notebook could not show the card."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def printable(text: str) -> str:
    """The text with what the terminal's encoding lacks replaced, so that printing it can't fail."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except (UnicodeError, LookupError):
        return text.translate(_PLAINMARKS).encode("ascii", errors="replace").decode("ascii")
    return text


_PLAINMARKS = str.maketrans({"✓": "+", "✗": "x", "◐": "~", "○": "o", "–": "-", "·": "-", "…": "..."})


def as_text(report: Report, note: str = "") -> str:
    """The card as plain text."""
    lines = [f"{report.exercise}: {_TITLES[report.outcome][0]}{f' ({note})' if note else ''}"]
    lines += [f"  {MARKS[verdict][0]} {label}" for label, verdict in _rows(report)]
    for heading, text, is_code in _sections(report.failure):
        body = text.replace("\n", "\n      ")
        body = body if is_code else _unstressed(body)
        lines.append(f"  {heading}:\n      {body}" if is_code else f"  {heading + ': ' if heading else ''}{body}")
    lines += [f"  {MORE}: {_unstressed(report.failure.slip)}"] if report.failure and report.failure.slip else []
    return "\n".join(lines + [f"  Remark: {report.remark}"] * bool(report.remark))


def as_html(report: Report, note: str = "", picture: str | None = None) -> str:
    """The card as HTML without scripts; every text of the learner's is escaped.  ``picture``: base64 PNG."""
    title, colour = _TITLES[report.outcome]
    rows = _rows(report)
    count = f" · {sum(v == 'passed' for _, v in rows)} of {len(rows)}" if rows else ""
    head = f"<b style='color:{colour}'>{title}</b>{count}{f' · {note}' if note else ''}"
    items = "".join(
        f"<li style='list-style:none'><span role='img' style='color:{MARKS[v][1]}' aria-label='{v}'>{MARKS[v][0]}</span> "
        f"{escape(label)}</li>"
        for label, v in rows
    )
    listed = f"<ul style='margin:4px 0;padding-left:4px'>{items}</ul>" if items else ""
    body = "".join(_section_html(*section) for section in _sections(report.failure))
    if report.failure and report.failure.slip:
        body += f"<details><summary>{MORE}</summary>{inline(report.failure.slip)}</details>"
    if report.remark:
        body += _section_html("Remark", report.remark, is_code=False)
    if picture:
        source = f"data:image/png;base64,{picture}"
        body += f"<img alt='Your result drawn beside the expected one' src='{source}' style='max-width:100%'>"
    name, style = escape(report.exercise), "padding:4px 12px;max-width:52rem;line-height:1.45"
    return (
        f"<div role='region' aria-label='{name}: {title}' style='border-left:4px solid {colour};{style}'>"
        f"{heading(f'<code>{name}</code> · {head}')}"
        f"{listed}{body}</div>"
    )


def _rows(report: Report) -> list[tuple[str, str]]:
    """The cases with their verdicts; before anything is written they would only be noise."""
    return [] if report.outcome == "missing" else list(report.cases.items())


def picture_of(exercise: Exercise, failure: Failure | None) -> str | None:
    """The exercise's drawing of a wrong result as a base64 PNG; None where there is none or it can't be drawn."""
    if exercise.picture is None or failure is None or failure.trial is None or failure.kind not in ("value", "nan"):
        return None
    trial = failure.trial
    try:
        figure = exercise.picture(trial.args, trial.got.value, trial.expected.value)
    except Exception:  # a drawing of odd values may fail; the card is complete without it
        return None
    return None if figure is None else _png(figure)


def _png(figure: Any) -> str:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=90)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def _sections(failure: Failure | None) -> list[tuple[str, str, bool]]:
    """Heading, text and whether it is code, in reading order: what was tried, what came, what it means."""
    if failure is None:
        return []
    if failure.kind in ("stub", "borrowed"):
        return [("", failure.advice, False)]
    return sections(failure)


def sections(found: Any) -> list[tuple[str, str, bool]]:
    """Those of a Failure, or of what else has its texts."""
    parts = [
        ("First to fail", found.case, False),
        ("Diagnosis", found.diagnosis, False),
        ("" if found.diagnosis else "What to see", "" if found.advice == found.diagnosis else found.advice, False),
        ("Your line", found.line, True),
        ("Call", found.call, True),
        ("Got", found.got, True),
        ("Expected", found.expected, True),
        ("It printed", found.printed, True),
        ("Where to look", found.question, False),
    ]
    return [part for part in parts if part[1]]


def _section_html(heading: str, text: str, is_code: bool) -> str:
    title = f"<b>{escape(heading)}:</b> " if heading else ""
    if is_code:
        return f"<div>{title}<pre style='{_PRE}'>{escape(text)}</pre></div>"
    return f"<div style='margin:2px 0'>{title}{inline(text)}</div>"


def heading(html: str) -> str:
    """What a screen reader finds as a heading; a heading element would stand in JupyterLab's table of contents."""
    return f"<div role='heading' aria-level='4'>{html}</div>"


def inline(text: str) -> str:
    """Escaped text in which `backticks` mark code and *stars* what is stressed."""
    pieces = escape(text).split("`")
    if len(pieces) % 2 == 0:
        return escape(text)
    return "".join(f"<code>{p}</code>" if i % 2 else _STRESSED.sub(r"<em>\1</em>", p) for i, p in enumerate(pieces))


def _unstressed(text: str) -> str:
    """A text for a place where no stress can be shown."""
    return "`".join(p if i % 2 else _STRESSED.sub(r"\1", p) for i, p in enumerate(text.split("`")))
