"""The page with the feedback on one submission, as HTML in which nothing that a learner wrote can do anything."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograde.gradebook.results import ExerciseResult
from autograde.judging.card import MARKS, MORE, inline, sections

_LONGEST = 20_000  # characters of one text that are shown
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_PICTURES = {c: 0x2400 + c for c in range(32) if chr(c) not in "\t\n"} | {127: 0x2421}
_TITLES = {
    "passed": "✓ passed",
    "partial": "◐ partly right",
    "missing": "– not there yet",
    "failed": "✗ not right yet",
    "error": "✗ it raised an error",
    "timeout": "✗ it did not finish",
    "crashed": "✗ it ended the whole program",
}
_VERDICTS = {verdict: mark for verdict, (mark, _) in MARKS.items()}


@dataclass(frozen=True)
class Exercise:
    """One exercise as shown.  score: as it counts.  by_hand: a person gave it.  code: the learner's own."""

    name: str
    found: ExerciseResult
    score: float
    by_hand: bool = False
    code: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Answer:
    """A cell that a learner wrote below a question, with its pictures as addresses that hold them."""

    text: str
    pictures: Sequence[str] = ()


@dataclass(frozen=True)
class Question:
    """A written question; ``score`` is None until a person has marked it.  outdated: an earlier version was marked."""

    title: str
    max_score: float
    score: float | None = None
    answers: Sequence[Answer] = ()
    comment: str = ""
    outdated: bool = False


@dataclass(frozen=True)
class Page:
    """All that a learner is told about a submission.

    score: what counts, None where nothing could be graded.  error: why the last version could not be graded, or "".
    """

    title: str
    student: str
    score: float | None
    max_score: float
    penalty: float = 0.0
    error: str = ""
    exercises: Sequence[Exercise] = ()
    questions: Sequence[Question] = ()
    repaired: Sequence[str] = ()


def visible(text: object) -> str:
    """Text without terminal colours, its control characters as little pictures, cut where it is very long."""
    shown = _ANSI.sub("", str(text).replace("\r\n", "\n")).translate(_PICTURES)
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "\n..."


def _prose(text: str) -> Markup:
    return Markup(inline(text))  # which escapes


def amount(points: float) -> str:
    """``1.5 points``."""
    return f"{round(points, 2):g} point{'' if points == 1 else 's'}"


def points(score: float, of: float) -> str:
    """``1.5 of 2 points``."""
    return f"{round(score, 2):g} of {amount(of)}"


def cases(found: ExerciseResult) -> Mapping[str, str]:
    """The cases with their verdicts; before anything is written they would only be noise."""
    return {} if found.outcome == "missing" else found.cases


_environment = Environment(
    loader=PackageLoader("autograde.reporting", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip
_environment.filters |= {"visible": visible, "prose": _prose}
_environment.globals |= {"amount": amount, "points": points, "sections": sections, "cases": cases}
_environment.globals |= {"titles": _TITLES, "verdicts": _VERDICTS, "more": MORE}
_template = _environment.get_template("page.html.jinja")


def render(page: Page) -> str:
    """The page as HTML."""
    return _template.render(page=page)
