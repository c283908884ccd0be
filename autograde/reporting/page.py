"""The page with the feedback on one submission, as HTML in which nothing that a learner wrote can do anything."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from autograde.gradebook.results import ExerciseResult
from autograde.judging.card import inline

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
_VERDICTS = {"passed": "✓", "partly": "◐", "failed": "✗", "not counted": "○", "not run": "–"}


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
    """A written question; ``score`` is None until a person has marked it."""

    title: str
    max_score: float
    score: float | None = None
    answers: Sequence[Answer] = ()
    comment: str = ""


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


def sections(found: ExerciseResult) -> list[tuple[str, str, bool]]:
    """Heading, text and whether it is code, in reading order; none where all is right."""
    if found.outcome == "passed":
        return []
    parts = [
        ("First to fail", found.case, False),
        ("Diagnosis", found.diagnosis, False),
        ("" if found.diagnosis else "What to see", found.advice, False),
        ("Your line", found.line, True),
        ("Call", found.call, True),
        ("Got", found.got, True),
        ("Expected", found.expected, True),
        ("It printed", found.printed, True),
    ]
    return [part for part in parts if part[1]]


def cases(found: ExerciseResult) -> Mapping[str, str]:
    """The cases with their verdicts; before anything is written they would only be noise."""
    return {} if found.outcome == "missing" else found.cases


_TEMPLATE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ page.title|visible }}: {{ page.student|visible }}</title>
<style>
:root { color-scheme: light dark }
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif }
section { border-left: 4px solid #8886; padding: 0 1rem; margin: 1.5rem 0 }
section.passed { border-color: #1a7f37 } section.partial { border-color: #9a6700 }
section.failed, section.error, section.timeout, section.crashed { border-color: #b3261e }
h2 { font-size: 1.15rem; margin: 0 } p { margin: .4rem 0 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #8882; padding: .5rem; margin: .2rem 0 }
pre, code, h1, .student { unicode-bidi: isolate; overflow-wrap: anywhere }
img { max-width: 100% }
ul { list-style: none; padding: 0; margin: .4rem 0 }
.total { font-size: 1.25rem }
</style>
</head>
<body>
<h1>{{ page.title|visible }}</h1>
<p class="student">{{ page.student|visible }}</p>
{% if page.error %}<section class="failed"><h2>This version could not be graded</h2>
<pre>{{ page.error|visible }}</pre></section>
{% endif %}
{% if page.score is not none %}<p class="total"><b>{{ points(page.score, page.max_score) }}</b>
{%- if page.error %}, from an earlier version{% endif %}</p>
{% endif %}
{% if page.penalty %}<p>{{ amount(page.penalty) }} taken off because it was late.</p>
{% endif %}
{% if page.questions|selectattr("score", "none")|list and page.score is not none %}
<p>A written answer has not been read yet; its points are not in the total.</p>
{% endif %}
{% for item in page.exercises %}<section class="{{ item.found.outcome }}">
<h2><code>{{ item.name|visible }}</code> · {{ titles.get(item.found.outcome, item.found.outcome) }} ·
{{ points(item.score, item.found.max_score) }}{% if item.by_hand %}, given by a person{% endif %}</h2>
{% for label, verdict in cases(item.found).items() %}{% if loop.first %}<ul>{% endif %}
<li>{{ verdicts.get(verdict, "") }} {{ label|visible }} <small>({{ verdict }})</small></li>
{% if loop.last %}</ul>{% endif %}{% endfor %}
{% for heading, text, is_code in sections(item.found) %}
{% if is_code %}<p><b>{{ heading }}:</b></p><pre>{{ text|visible }}</pre>
{% else %}<p>{% if heading %}<b>{{ heading }}:</b> {% endif %}{{ text|visible|prose }}</p>
{% endif %}{% endfor %}
{% if item.comment %}<p><b>Comment:</b></p><pre>{{ item.comment|visible }}</pre>{% endif %}
{% if item.code %}<p><b>Your code:</b></p><pre>{{ item.code|visible }}</pre>{% endif %}
</section>
{% endfor %}
{% for item in page.questions %}<section>
<h2>{{ item.title|visible }} ·
{% if item.score is none %}not read yet, {{ amount(item.max_score) }} at most
{% else %}{{ points(item.score, item.max_score) }}{% endif %}</h2>
{% for answer in item.answers %}{% if loop.first %}<p><b>Your answer:</b></p>{% endif %}
<pre>{{ answer.text|visible }}</pre>{% for address in answer.pictures %}
<img alt="A picture in your answer" src="{{ address }}">{% endfor %}
{% else %}<p>There is no answer.</p>{% endfor %}
{% if item.comment %}<p><b>Comment:</b></p><pre>{{ item.comment|visible }}</pre>{% endif %}
</section>
{% endfor %}
{% for text in page.repaired %}{% if loop.first %}<section><h2>Mended in your notebook before grading</h2><ul>
{% endif %}<li>{{ text|visible|prose }}</li>{% if loop.last %}</ul></section>{% endif %}
{% endfor %}
</body>
</html>
"""
_environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
_environment.filters |= {"visible": visible, "prose": _prose}
_environment.globals |= {"amount": amount, "points": points, "sections": sections, "cases": cases}
_environment.globals |= {"titles": _TITLES, "verdicts": _VERDICTS}
_template = _environment.from_string(_TEMPLATE)


def render(page: Page) -> str:
    """The page as HTML."""
    return _template.render(page=page)
