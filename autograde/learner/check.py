"""``check``: what a learner calls on an answer, and what nbgrader reads the points from."""

import ast
import inspect
import linecache
import math
from contextlib import suppress
from itertools import islice
from numbers import Real
from types import FrameType
from typing import Any

from IPython.display import display

from autograde.exercises import CATALOGUE, is_starred
from autograde.judging.answer import judge_anything
from autograde.judging.call import SECONDS_PER_CALL
from autograde.judging.card import Card
from autograde.judging.credit import Score, Starred
from autograde.judging.diagnosis.repair.search import looked_into
from autograde.judging.exercise import Exercise
from autograde.judging.judge import HIDDEN_SEED, PUBLIC_SEED
from autograde.judging.overwritten import about_overwriting
from autograde.judging.report import Failure, Report
from autograde.learner import hints
from autograde.learner.pages import next_step
from autograde.learner.reference_use import borrowed
from autograde.learner.state import facts, progress_file
from autograde.runtime.silence import sealed
from autograde.runtime.timeout import OutOfTime, run_within


def check(fn: Any, points: float = 1.0, hidden: bool = False) -> Score:
    """Try an answer, show what was found, and return the points it earns.

    fn: the function or class, or its name as a string.  hidden: with other numbers, as in grading.
    Raises: ValueError where ``fn`` is none of the course's exercises or ``points`` is no positive number.
    """
    if not (isinstance(points, Real) and math.isfinite(points) and points > 0):
        raise ValueError(f"points must be a positive number, got {points!r}")
    frame = inspect.currentframe()
    caller = frame.f_back if frame else None
    exercise = find_exercise(fn, caller)
    answer = _answer_named(exercise.name, caller) if isinstance(fn, str) and fn == exercise.name else fn
    with sealed():
        report = _report(exercise, answer, HIDDEN_SEED if hidden else PUBLIC_SEED, caller)
        if report.outcome == "passed" and not (hidden or report.remark):
            report.remark = _remark(exercise, answer) or _overwriting(exercise, answer, report)
        with suppress(Exception):  # whatever a search trips over, the verdict is known
            report.failure = looked_into(exercise, report)
        found = report.failure
        hints.own_slips[exercise.name] = f"{found.question} {found.slip}".strip() if found else ""
        card = Card(report, exercise, "with other numbers" if hidden else "")
    if not hidden and report.outcome != "missing":
        progress_file.note_check(exercise.name, report.share)
        facts.visit(facts.notebook_of(exercise.name))
    display(card)
    if not hidden and (more := next_step.after(report, points)):
        display(more)
    return (Starred if is_starred(exercise.name) else Score).of(report, points)


def _report(exercise: Exercise, answer: Any, seed: int, caller: FrameType | None) -> Report:
    """What grading would find: the reference answers are not there."""
    if name := _borrowed(answer):
        advice = (
            f"In grading `{name}` does not exist, and an answer that uses it earns nothing. "
            "Write that part yourself; only `mlp_reference.data` and `mlp_reference.viz` are there."
        )
        return Report(exercise.name, failure=Failure("borrowed", "an answer of your own", advice=advice))

    def lookup(other: str) -> Any:
        found = _answer_named(other, caller)
        return None if _borrowed(found) else found

    return judge_anything(exercise, answer, seed, CATALOGUE, lookup)


def _borrowed(answer: Any) -> str:
    """What an answer takes from the course's own; "" also where its class forbids to look."""
    try:
        return run_within(SECONDS_PER_CALL, borrowed, answer)
    except (Exception, OutOfTime):
        return ""


def _remark(exercise: Exercise, answer: Any) -> str:
    """What the exercise has to say on how a right answer does it; "" where that can't be found out."""
    if exercise.remark is None:
        return ""
    try:
        return run_within(SECONDS_PER_CALL, exercise.remark, answer)
    except OutOfTime:
        return (
            "The values are right, and the points are yours. How your function gets them could not be looked at: on a "
            f"single large input it took more than {SECONDS_PER_CALL:g} s. What does it do again and again?"
        )
    except Exception:  # it is tried on more than the tests have tried it on
        return ""


def _overwriting(exercise: Exercise, answer: Any, report: Report) -> str:
    """Whether results are changed by later calls; "" where that can't be found out."""
    try:
        return run_within(SECONDS_PER_CALL, about_overwriting, exercise, answer, report.trials)
    except (Exception, OutOfTime):
        return ""


def find_exercise(fn: Any, caller: FrameType | None) -> Exercise:
    """The exercise that a call of ``check`` is about: by the name given, written in the call, or of the function."""
    own = fn if isinstance(fn, str) else _own_name(fn)
    names = [_written_name(caller), own, *_bound_names(fn, caller)]
    for name in names:
        if isinstance(name, str) and name in CATALOGUE:
            return CATALOGUE[name]
    what = repr(fn) if isinstance(fn, str) else next((n for n in names if n), type(fn).__name__)
    raise ValueError(f"check({what}): this is no exercise of the course; its exercises are {', '.join(CATALOGUE)}")


def _written_name(caller: FrameType | None) -> str | None:
    """The ``name`` of a call written ``check(name, ...)``, where the caller's source is at hand."""
    try:
        call = ast.parse(_running_source(caller), mode="eval").body if caller else None
    except (SyntaxError, ValueError):
        return None
    first = call.args[0] if isinstance(call, ast.Call) and call.args else None
    return first.id if isinstance(first, ast.Name) else None


def _running_source(caller: FrameType) -> str:
    """The text of the call that a frame is in: a line may hold several, and one may span several lines."""
    positions = next(islice(caller.f_code.co_positions(), caller.f_lasti // 2, None), (None,) * 4)
    first, last, start, end = (p or 0 for p in positions)
    lines = [linecache.getline(caller.f_code.co_filename, n).encode() for n in range(first, last + 1)]
    if not first or not lines:
        return ""
    lines[-1] = lines[-1][:end]  # columns count bytes
    lines[0] = lines[0][start:]
    return b"".join(lines).decode(errors="replace")


def _own_name(fn: Any) -> str | None:
    try:
        name = fn.__name__
    except Exception:  # partials have none, and an object of the learner's may raise anything
        return None
    return name if isinstance(name, str) else None


def _bound_names(fn: Any, caller: FrameType | None) -> list[str]:
    """Exercise names under which the caller holds this very object: finds lambdas, partials and the like."""
    scope = {**caller.f_globals, **caller.f_locals} if caller else {}
    return [name for name in CATALOGUE if name in scope and scope[name] is fn]


def _answer_named(name: str, caller: FrameType | None) -> Any:
    return {**caller.f_globals, **caller.f_locals}.get(name) if caller else None
