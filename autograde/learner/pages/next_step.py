"""What comes next, in words and as a link."""

from html import escape

from autograde.exercises import ASSIGNMENTS
from autograde.judging.report import Report
from autograde.learner.pages.page import Page
from autograde.learner.state import facts, progress_file


def next_in(notebook: str, state: progress_file.State) -> tuple[str, str]:
    """The next open exercise of a notebook, or what comes after it, in words and as an address seen from there."""
    done = {name for name, entry in state["exercises"].items() if entry["share"] == 1.0}
    for name in ASSIGNMENTS.get(notebook, []):
        if name not in done:
            section = facts.course()["sections"].get(name, "")
            return f"the exercise {name}", f"#{section}" if section else ""
    questions = [q for q, entry in facts.course()["questions"].items() if entry["notebook"] == notebook]
    for question in questions:
        if question not in state["questions"]:
            return f"the written question {question}", ""
    later = [name for name in facts.course()["notebooks"] if name > notebook]
    if later:
        return f"notebook {later[0][:2]}, {later[0][3:].replace('_', ' ')}", facts.link_to(later[0])
    return "nothing: you have been through all of it", ""


def as_html(words: str, link: str) -> str:
    """The words, with a link where one leads there."""
    return f"<a href='{escape(link)}'>{escape(words)}</a>" if link else escape(words)


def after(report: Report, points: float) -> Page | None:
    """What to say below a card: what comes next after *Passed*, and where other points come from."""
    name = report.exercise
    if report.outcome == "passed":
        notebook = facts.notebook_of(name)
        words, link = next_in(notebook, progress_file.read())
        look = f'solution("{name}") shows how others write it. '
        html = f"<code>{escape(look.partition(' ')[0])}</code> {escape(look.partition(' ')[2])}Next: {as_html(words, link)}."
        return Page(f"<div style='padding:2px 16px'>{html}</div>", f"{look}Next: {words}.")
    text = _explained(report, points) if facts.course()["points"].get(name) else ""  # a starred problem has none
    return Page(f"<div style='padding:2px 16px;opacity:.85'>{escape(text)}</div>", text) if text else None


def _explained(report: Report, points: float) -> str:
    """Where odd points and dashes come from; "" where there are none."""
    earned = round(points * report.share, 2)
    parts = []
    if 0 < report.share < 1:
        parts.append(f"{earned:g} of {points:g} points: every ✓ earns its share of them, every ◐ a part of its share.")
    if "not run" in report.cases.values() and report.outcome != "missing":
        parts.append("– means: not tried, since what came before it did not end.")
    return " ".join(parts)
