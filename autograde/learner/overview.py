"""``progress``: one page on what is done and what is next; it also takes the state to another machine, or from one."""

import json
from html import escape
from pathlib import Path
from typing import Any

from autograde.exercises import ASSIGNMENTS, STARRED, is_starred
from autograde.judging.card import heading
from autograde.learner.pages.next_step import as_html, next_in
from autograde.learner.pages.page import SHOWN, Page, sentence
from autograde.learner.state import facts, progress_file


def progress(*, export: str | Path | None = None, merge: str | Path | None = None) -> Page:
    """What you have done: this notebook first, then the others.

    export: a file to write all of it to.  merge: such a file, from another machine, to put together with what is here.
    Raises: ValueError for a file that holds no progress, OSError where one can't be read or written.
    """
    if export is not None:
        Path(export).write_text(json.dumps(progress_file.read(), indent=1, ensure_ascii=False), encoding="utf-8")
        return sentence(f'Your progress is in `{export}`. On another machine, `progress(merge="…")` adds it there.')
    if merge is not None:
        _merge(Path(merge))
    state, here = progress_file.read(), facts.here()
    others = [name for name in facts.course()["notebooks"] if name != here]
    return Page(_html(here, others, state), _text([here, *others], state))


def _merge(path: Path) -> None:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        stored = None
    other = progress_file.usable(stored)
    if not any(other.values()):
        raise ValueError(f"{path}: got a file without progress in it, expected one that progress(export=...) wrote")
    with progress_file.change() as state:
        state.update(progress_file.merged(state, other))


def _numbers(notebook: str, state: progress_file.State) -> dict[str, str]:
    """The lines of a notebook: what is counted, and how much there is."""
    course, records = facts.course(), state["exercises"]
    names = ASSIGNMENTS.get(notebook, [])
    worth = {name: course["points"].get(name, 0) for name in names}
    earned = sum(round(worth[name] * records.get(name, {"share": 0})["share"], 2) for name in names)
    guesses = [name for name, entry in course["predictions"].items() if entry["notebook"] == notebook]
    kept = [state["predictions"][name] for name in guesses if name in state["predictions"]]
    made = [entry for entry in kept if entry["stage"] in ("kept", "compared")]
    verdicts = [verdict for entry in made for verdict in entry["verdict"] if verdict is not None]
    lines = {
        "points": f"{round(earned, 2):g} of {sum(worth.values()):g}",
        "predictions": f"{len(made)} of {len(guesses)} made"
        + f", {sum(verdicts)} of {len(verdicts)} right" * bool(verdicts),
    }
    for name, entry in course["questions"].items():
        if entry["notebook"] == notebook:
            lines["question"] = _question(name, entry, state)
    seconds = state["time"].get(notebook, {"seconds": 0})["seconds"]
    minutes = max(1, round(seconds / 60))
    return lines | ({"time": f"about {minutes} minute{'s' * (minutes > 1)}"} if seconds else {})


def _question(name: str, entry: dict[str, Any], state: progress_file.State) -> str:
    if "rubric" not in entry:
        return f"{entry['points']:g} points, read by a person"
    if name not in state["questions"]:
        return f'open: review("{name}")'
    points = facts.self_assessed(entry, state["questions"][name]["ticked"])
    return f"{points:g} of {entry['points']:g} points, self-assessed"


def _html(here: str, others: list[str], state: progress_file.State) -> str:
    words, link = next_in(here, state)
    top = f"<div style='margin:2px 0 6px'><b>Next:</b> {as_html(words, link)}</div>"
    folds = "".join(
        f"<details><summary>{escape(_title(name))} · {escape(_numbers(name, state)['points'])} points</summary>"
        f"{_table(name, state)}<a href='{escape(facts.link_to(name))}'>open {escape(_title(name))}</a></details>"
        for name in others
    )
    return f"<div style='{SHOWN}'>{heading(f'<b>{escape(_title(here))}</b>')}{top}{_table(here, state)}{folds}</div>"


def _title(notebook: str) -> str:
    return str(facts.course()["notebooks"][notebook])


def _table(notebook: str, state: progress_file.State) -> str:
    look = "text-align:left;padding:1px 14px 1px 0;vertical-align:top"
    cell, name_cell = f"style='{look}'", f"style='{look};font-weight:normal'"
    rows = "".join(
        f"<tr><th scope='row' {cell}>{escape(what)}</th><td {cell}>{escape(words)}</td></tr>"
        for what, words in _numbers(notebook, state).items()
    )
    rows += "".join(
        f"<tr><th scope='row' {name_cell}><code>{escape(name)}</code></th><td {cell}>{_said(_state(name, state))}</td></tr>"
        for name in (*ASSIGNMENTS.get(notebook, []), *STARRED.get(notebook, []))
    )
    return f"<table style='margin:2px 0 6px'>{rows}</table>"


def _said(state: str) -> str:
    """A state as HTML, in which its sign is only seen: the words say the same."""
    sign, _, words = state.partition(" ")
    spoken = "role='img' aria-label='starred'" if sign == "★" else "aria-hidden='true'"
    return f"<span {spoken}>{sign}</span> {escape(words)}"


def _state(name: str, state: progress_file.State) -> str:
    """Where an exercise stands; a starred one shines when it is solved, and has no points."""
    record = progress_file.Record(**state["exercises"].get(name, {}))
    hints = f", {record.hints} hint{'s' * (record.hints > 1)}" if record.hints else ""
    if is_starred(name):
        return f"★ solved{hints}" if record.share == 1.0 else f"☆ starred, no points{hints}"
    if record.share == 1.0:
        return f"✓ solved{hints}"
    if record.share > 0:
        return f"◐ {record.share:.0%}{hints}"
    return f"✗ tried{hints}" if record.checks else f"○ open{hints}"


def _text(notebooks: list[str], state: progress_file.State) -> str:
    lines = [f"Next: {next_in(notebooks[0], state)[0]}"]
    for notebook in notebooks:
        lines += ["", _title(notebook), *(f"  {what}: {words}" for what, words in _numbers(notebook, state).items())]
        names = (*ASSIGNMENTS.get(notebook, []), *STARRED.get(notebook, []))
        lines += [f"  {name:26} {_state(name, state)}" for name in names]
    return "\n".join(lines)
