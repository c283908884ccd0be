"""From wrong results to a sentence: a known misconception that gives the same results, else what can be seen."""

import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from typing import Any

import numpy as np

from autograde.judging import error_messages, symptoms
from autograde.judging.call import Outcome, observe
from autograde.judging.compare import DOUBLE, SINGLE, Difference, Tolerance, as_numbers, same, tolerance_for
from autograde.judging.exercise import Arguments, Exercise, Misconception, Unusable, compile_answer
from autograde.judging.report import INPUTS_KEPT, KINDS_KEPT, Failure, Trial

_SAME_MISTAKE = {DOUBLE: Tolerance(1e-7, 1e-12), SINGLE: Tolerance(1e-4, 1e-5)}  # however the numbers were computed
SECONDS_PER_WRONG_ANSWER = 2.0  # a wrong answer of the catalogue that loops must not delay a message for long

_Remembered = dict[tuple[int, int], tuple[Outcome, Any, Any]]  # with what it is about, so that no id is used again
_remembered: ContextVar[_Remembered | None] = ContextVar("_remembered", default=None)


@contextlib.contextmanager
def wrong_outcomes_remembered() -> Iterator[None]:
    """Call each wrong answer of the catalogue once on the same arguments, however many answers are judged meanwhile."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def first_failure(exercise: Exercise, trials: Sequence[Trial], fn: Callable[..., Any]) -> Failure | None:
    """The first case that fails, shown by its smallest call; None where all is right."""
    failing = [t for t in trials if t.problem is not None]
    shown = [t for t in failing if t.case is failing[0].case] or [t for t in trials if t.got.changed]
    if not shown:
        return None
    trial = min(shown, key=lambda t: _bulk(t.args))
    label = trial.case.label if trial.problem else INPUTS_KEPT
    if trial.problem and trial.parts and all(part.right for part in trial.parts.values()):
        label = KINDS_KEPT  # nothing else is wrong
    problem = trial.problem or Difference("changed", "")
    diagnosis, advice = explain(exercise, trials, trial, problem, fn)
    return Failure(
        kind="stub" if trial.got.is_stub else problem.kind,
        case=label,
        call=exercise.show(trial.args),
        got=_got_text(trial),
        expected=_expected_text(trial),
        diagnosis=diagnosis,
        advice=advice,
        line=trial.got.line,
        printed=trial.got.printed,
        trial=trial,
    )


def too_slow(exercise: Exercise, made: int) -> Failure | None:
    """The failure of an answer that was right as far as it came, but did not get through in time."""
    wanted = sum(case.times for case in exercise.cases)
    if made >= wanted:
        return None
    advice = f"Right so far, but slow: time was up after {made} of {wanted} small calls. What takes so long in each?"
    return Failure("timeout", "answers in reasonable time", advice=advice)


def explain(
    exercise: Exercise, trials: Sequence[Trial], trial: Trial, problem: Difference, fn: Callable[..., Any]
) -> tuple[str, str]:
    """Name of the known misconception, or "", and the advice."""
    if trial.got.is_stub:
        return "", _about_stub(exercise, trial)
    if trial.got.timed_out:
        return "", "A loop that never ends? Look at what should make its condition false."
    parameters = exercise.parameters
    mismatch = symptoms.signature_mismatch(fn, parameters, trial.args) if exercise.probe is None else ""
    if mismatch and trial.got.error is not None:
        return "", mismatch
    known = recognise(exercise, trials, trial)
    if known is not None:
        return known.name, known.hint
    if problem.kind in ("exception", "no_error"):
        return "", _about_error(trial)
    told = symptoms.advice(problem, trial.args, parameters, exercise.outputs, trial.got.changed)
    return "", " ".join(part for part in (told, _always_alike(trials)) if part)


def _about_error(trial: Trial) -> str:
    """What to tell where something was raised that should not be, or the other way round."""
    wanted, raised = trial.expected.error, trial.got.error
    if raised is None:
        return f"These arguments can't be answered, and the function must say so: `raise {type(wanted).__name__}(...)`."
    if isinstance(raised, Unusable):
        return f"What came back can't be tried: {trial.got.message}."
    if wanted is not None:
        return f"To raise an error is right here, but it must be a {type(wanted).__name__}."
    if trial.got.on_purpose:
        return "Your own `raise` was reached, though these arguments can be answered: look at its condition."
    return error_messages.meaning(raised, trial.got.message)


def _always_alike(trials: Sequence[Trial]) -> str:
    """A sentence where the answer is the same single value, whatever it is asked."""
    values = [t.got.value for t in trials if t.got.error is None and t.expected.error is None]
    if len(values) < 4 or not isinstance(values[0], (bool, int, float, np.generic)):
        return ""
    if not all(same(v, values[0]) for v in values):
        return ""
    return f"Your function gives {symptoms.show(values[0])} in every call: which condition is never, or always, true?"


def _about_stub(exercise: Exercise, trial: Trial) -> str:
    inside = trial.got.where.partition(".")[0]
    if inside.isidentifier() and inside != exercise.name:
        return f"It calls `{inside}`, which is not written yet: write that one first."
    return "Replace the line that raises NotImplementedError by your own code, then run both cells again."


def recognise(exercise: Exercise, trials: Sequence[Trial], trial: Trial) -> Misconception | None:
    """The misconception whose results agree with the answer's in every trial.

    Else, for an answer with several mistakes, one that agrees in the failing case and is right wherever the answer is;
    but only where agreement can't be a coincidence, as it can between zeros and ones.
    """
    near = [t for t in trials if t.case is trial.case]
    rest = [t for t in trials if t.case is not trial.case]
    candidates = [(m, wrong) for m, wrong in _wrong_answers(exercise) if _agrees(exercise, wrong, near)]
    everywhere = next((m for m, wrong in candidates if _agrees(exercise, wrong, rest)), None)
    if everywhere is not None or not _tells(near):
        return everywhere
    right = [t for t in rest if t.problem is None and not t.got.changed]
    return next((m for m, wrong in candidates if _agrees(exercise, wrong, right)), None)


def _tells(trials: Sequence[Trial]) -> bool:
    """Whether the wrong results among these differ from the right ones in form, or in values other than 0, 1 or nan."""
    problems = [t.problem for t in trials if t.problem is not None]
    if any(p.kind in ("type", "dtype", "length", "shape") for p in problems):
        return True
    found = [as_numbers(p.got) for p in problems if p.kind == "value"]
    return any(bool((np.isfinite(a) & (a != 0) & (a != 1)).any()) for a in found if a is not None)


@functools.lru_cache(maxsize=256)
def _compiled(name: str, source: str, needs: tuple[str, ...]) -> Callable[..., Any]:
    return compile_answer(source, name, needs)


def _wrong_answers(exercise: Exercise) -> list[tuple[Misconception, Callable[..., Any]]]:
    return [(m, _compiled(exercise.name, m.wrong, exercise.needs)) for m in exercise.misconceptions]


def _agrees(exercise: Exercise, wrong: Callable[..., Any], trials: Sequence[Trial]) -> bool:
    return all(_gives(exercise, wrong, trial) for trial in trials)


def _gives(exercise: Exercise, wrong: Callable[..., Any], trial: Trial) -> bool:
    """Whether a wrong answer does in this trial what the learner's answer did: value, error and changed arguments."""
    theirs = _outcome_of(exercise, wrong, trial.args)
    if _class(theirs.error) != _class(trial.got.error) or theirs.changed != trial.got.changed:
        return False
    if theirs.on_purpose != trial.got.on_purpose:
        return False
    if theirs.error is None:
        return same(theirs.value, trial.got.value, _SAME_MISTAKE[tolerance_for(trial.args)])
    return trial.got.on_purpose or theirs.message == trial.got.message  # slips of the same type can be different ones


def _outcome_of(exercise: Exercise, wrong: Callable[..., Any], args: Arguments) -> Outcome:
    remembered, key = _remembered.get(), (id(wrong), id(args))
    if remembered is not None and key in remembered:
        return remembered[key][0]
    outcome = observe(exercise, wrong, args, SECONDS_PER_WRONG_ANSWER * exercise.patience)
    if remembered is not None:
        remembered[key] = outcome, wrong, args
    return outcome


def _class(error: BaseException | None) -> str:
    """An error's class by its name: one from another process is of a class made here."""
    return type(error).__name__


def _bulk(args: Sequence[Any]) -> int:
    lists = [_bulk(a) for a in args if isinstance(a, (list, tuple))]  # of arrays of different shapes, perhaps
    return sum(lists) + sum(a.size if isinstance(a, np.ndarray) else 1 for a in args)


def _got_text(trial: Trial) -> str:
    if trial.got.error is None:
        return symptoms.show(trial.got.value)
    if trial.got.timed_out:
        return "no answer within the time limit; the call was stopped"
    return f"{type(trial.got.error).__name__}: {trial.got.message}"


def _expected_text(trial: Trial) -> str:
    error = trial.expected.error
    return symptoms.show(trial.expected.value) if error is None else f"a {type(error).__name__} raised"
