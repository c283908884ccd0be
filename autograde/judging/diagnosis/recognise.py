"""Which of the catalogue's wrong answers gives what the learner's answer gives."""

import contextlib
import functools
import linecache
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from typing import Any

import numpy as np

from autograde.judging.call import Outcome, observe
from autograde.judging.compare import DOUBLE, SINGLE, Tolerance, as_numbers, same
from autograde.judging.diagnosis.shapes import turned_alike
from autograde.judging.exercise import Arguments, Exercise, Misconception, compile_answer
from autograde.judging.trials import Trial

_SAME_MISTAKE = {DOUBLE: Tolerance(1e-7, 1e-12), SINGLE: Tolerance(1e-4, 1e-5)}  # however the numbers were computed
_SEVERAL = 3  # places of a result
_TELLING = 10  # calls with right results, which most wrong answers share, tell as much as one with a wrong result
SECONDS_PER_WRONG_ANSWER = 2.0  # a wrong answer of the catalogue that loops must not delay a message for long

_Remembered = dict[tuple[int, int], tuple[Outcome, Any, Any]]  # with what it is about, so that no id is used again
_remembered: ContextVar[_Remembered | None] = ContextVar("_remembered", default=None)
_Agrees = Callable[[Outcome, Trial], bool]


@contextlib.contextmanager
def wrong_outcomes_remembered() -> Iterator[None]:
    """Call each wrong answer of the catalogue once on the same arguments, however many answers are judged meanwhile."""
    token = _remembered.set({} if _remembered.get() is None else _remembered.get())
    try:
        yield
    finally:
        _remembered.reset(token)


def recognise(exercise: Exercise, trials: Sequence[Trial], trial: Trial) -> Misconception | None:
    """The misconception whose results agree with the answer's in every trial.

    Else, for an answer with several mistakes, one that agrees in the failing case and is right wherever the answer is,
    of several the one that agrees most; but only where agreement can't be a coincidence, as it can between zeros and
    ones.  First the results must be alike to the kind of numbers, then in what decides: an int may stand for a float,
    and an argument be changed besides.
    """
    near = [t for t in trials if t.case is trial.case]
    rest = [t for t in trials if t.case is not trial.case]
    with wrong_outcomes_remembered():
        return _first(exercise, near, rest, _gives) or _first(exercise, near, rest, gives_nearly)


def _first(exercise: Exercise, near: Sequence[Trial], rest: Sequence[Trial], agrees: _Agrees) -> Misconception | None:
    def all_agree(wrong: Callable[..., Any], some: Sequence[Trial]) -> bool:
        return all(agrees(_outcome_of(exercise, wrong, t.args), t) for t in some)

    missed = [t.case for t in rest if t.problem is not None]
    lucky = _words(near)  # where chance has its say, one call may come out right
    right = [t for t in rest if t.problem is None and not (lucky and t.case in missed)]
    quick_first = sorted([*near, *right], key=lambda t: t.got.seconds / (_TELLING if t.problem else 1))
    best, most = None, -1
    for misconception, wrong in wrong_answers(exercise):
        if not all_agree(wrong, quick_first):
            continue
        if agrees is gives_nearly and not any(errs(_outcome_of(exercise, wrong, t.args), t) for t in near):
            continue
        alike = sum(agrees(_outcome_of(exercise, wrong, t.args), t) for t in rest)
        if alike == len(rest):
            return misconception
        if alike > most:
            best, most = misconception, alike
    return best if best and tells(near) else None


def tells(trials: Sequence[Trial]) -> bool:
    """Whether the wrong results among these differ from the right ones in form, or in values other than 0, 1 or nan.

    Zeros and ones do where they stand at several places of one result.
    """
    problems = [t.problem for t in trials if t.problem is not None]
    if any(p.kind in ("type", "dtype", "length", "shape") for p in problems):
        return True
    if any(p.kind == "exception" and "shape" in p.message for p in problems):  # the same shapes that don't fit
        return True
    if _words(trials):
        return True
    if any(sum(not part.right for part in t.parts.values()) >= _SEVERAL for t in trials):
        return True
    found = [as_numbers(p.got) for p in problems if p.kind == "value"]
    return any(bool((np.isfinite(a) & (a != 0) & (a != 1)).any()) for a in found if a is not None)


def _words(trials: Sequence[Trial]) -> bool:
    """Whether what is compared is what a probe says of an answer, and not numbers."""
    problems = [t.problem for t in trials if t.problem is not None]
    return any(p.kind == "value" and p.key and isinstance(p.got, str) for p in problems)


@functools.lru_cache(maxsize=256)
def _compiled(name: str, source: str, needs: tuple[str, ...]) -> Callable[..., Any]:
    filename = f"<a wrong {name}: {hash(source)}>"
    linecache.cache[filename] = (
        len(source),
        None,
        source.splitlines(keepends=True),
        filename,
    )  # so that its lines are told
    return compile_answer(source, name, needs, filename)


def wrong_answers(exercise: Exercise) -> list[tuple[Misconception, Callable[..., Any]]]:
    """The wrong answers of an exercise's file, to be called."""
    return [(m, _compiled(exercise.name, m.wrong, exercise.needs)) for m in exercise.misconceptions]


def _gives(theirs: Outcome, trial: Trial) -> bool:
    """Whether a wrong answer does in this trial what the learner's answer did: value, error and changed arguments."""
    if theirs is trial.got:
        return True
    if theirs.changed != trial.got.changed or not _raises_alike(theirs, trial.got):
        return False
    return theirs.error is not None or same(theirs.value, trial.got.value, _SAME_MISTAKE[trial.tolerance])


def gives_nearly(theirs: Outcome, trial: Trial) -> bool:
    """The same, as tolerant as the verdict is; the learner's answer may change arguments besides."""
    if not set(theirs.changed) <= set(trial.got.changed) or not _raises_alike(theirs, trial.got):
        return False
    if theirs.error is not None:
        return True
    if trial.problem is None and same(theirs.value, trial.expected.value, trial.tolerance, kinds=False):
        return True  # both are right, however small what is left over is
    return same(theirs.value, trial.got.value, trial.tolerance, kinds=False)


def errs(theirs: Outcome, trial: Trial) -> bool:
    """Whether a wrong answer is wrong in this trial by more than the kind of its numbers."""
    if _class(theirs.error) != _class(trial.expected.error):
        return True
    return theirs.error is None and not same(theirs.value, trial.expected.value, trial.tolerance, kinds=False)


def _raises_alike(theirs: Outcome, got: Outcome) -> bool:
    """Whether both raise the same error, or none; slips of the same type can be different ones, by their messages."""
    if _class(theirs.error) != _class(got.error) or theirs.on_purpose != got.on_purpose:
        return False
    if theirs.error is None or got.on_purpose:
        return True
    return theirs.message == got.message and turned_alike(theirs.line, got.line)


def observe_once(exercise: Exercise, wrong: Callable[..., Any], args: Arguments, _seconds: float) -> Outcome:
    """The same as ``observe`` for one of the ``wrong_answers``, with their own time limit, and remembered."""
    return _outcome_of(exercise, wrong, args)


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
