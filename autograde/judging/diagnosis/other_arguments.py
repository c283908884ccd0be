"""Wrong results seen through the arguments: the right answer to other ones, and arguments that never matter."""

import ast
import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from autograde.judging.call import attempt
from autograde.judging.compare import as_numbers, same
from autograde.judging.diagnosis.syntax.definition import definition_of
from autograde.judging.exercise import Arguments, Exercise, Together
from autograde.judging.trials import Trial

Variant = tuple[str, Callable[[Arguments], Arguments | None]]

_MEASURES = ("shape", "size", "ndim")
_QUICK = 0.02  # seconds of a call that may be repeated a few dozen times
_MOST = 40  # variants


def _each_otherwise(a: Any) -> Any:
    """Numbers, each changed in its own way: what takes means away, or scales, would not see one way for all."""
    places = np.indices(np.shape(a)).sum(axis=0)  # the same for (i, j) and (j, i): a symmetric matrix stays one
    return a * (1.5 + 0.3 * np.cos(places)) + 0.25


NUDGES: tuple[Callable[[Any], Any], ...] = (
    _each_otherwise,
    lambda a: -a,
    lambda a: a * np.reshape(np.linspace(-3.0, 2.0, np.size(a)), np.shape(a)),
    lambda a: a * a + np.reshape(np.cos(np.arange(np.size(a))), np.shape(a)),
)


class _Endless(Exception):
    """A call with other arguments did not end: neither may the next one."""


def about_arguments(exercise: Exercise, trials: Sequence[Trial], trial: Trial, fn: Callable[..., Any]) -> str:
    """A sentence on what a wrong answer makes of its arguments; "" where nothing stands out."""
    wrong = [t for t in trials if t.case is trial.case and t.problem is not None]
    quickest = min(max(t.got.seconds, t.expected.seconds) for t in trials)  # a busy machine makes single calls slow
    if quickest > _QUICK or trial.got.error is not None:
        return ""
    with np.errstate(all="ignore"), suppress(_Endless):
        return _as_if(exercise, wrong, trial) or (_unused(exercise, wrong, fn) if may_be_tried(fn) else "")
    return ""


def may_be_tried(fn: Callable[..., Any]) -> bool:
    """Whether an answer may be called on arguments that no test asks for: one that says ``no_experiments`` may not.

    Nor may several functions together, where one of them says so.
    """
    parts = fn.values() if isinstance(fn, Together) else [fn]
    return not any(getattr(type(part), "no_experiments", False) for part in parts)


def _as_if(exercise: Exercise, wrong: Sequence[Trial], trial: Trial) -> str:
    """What the arguments would have to be for the results to be right."""
    if any(t.got.error is not None or t.expected.error is not None for t in wrong) or not _tells(wrong):
        return ""
    for words, change in list(_variants(exercise, trial.args))[:_MOST]:
        if all(_is_answer_to(exercise, t, change) for t in wrong):
            return f"It would be the right answer {words}{'' if words.endswith('?') else '.'}"
    return ""


def _tells(wrong: Sequence[Trial]) -> bool:
    """Whether agreement with the wrong results can't be a coincidence, as it can between zeros, ones and words."""
    values = [v for t in wrong for v in leaves(t.got.value)]
    return any(bool((np.isfinite(v) & (v != 0) & (np.abs(v) != 1) & (v != np.round(v))).any()) for v in values)


def _is_answer_to(exercise: Exercise, trial: Trial, change: Callable[[Arguments], Arguments | None]) -> bool:
    args = change(copy.deepcopy(trial.args))
    if args is None:
        return False
    told = attempt(lambda *a: exercise.observe(exercise.reference, a), args, exercise.parameters, 1.0)
    tol = trial.tolerance
    alike = told.error is None and same(told.value, trial.got.value, tol, kinds=False)
    return alike and not same(told.value, trial.expected.value, tol, kinds=False)


def _variants(exercise: Exercise, args: Arguments) -> Iterator[Variant]:
    """Other arguments, in words, and how they are made of those of a call."""
    names = exercise.parameters
    for i, (name, a) in enumerate(zip(names, args, strict=False)):
        if not _is_numeric(a):
            continue
        yield f"if `{name}` were 0: where does it come in?", _changed(i, lambda v: v * 0)
        yield f"if `{name}` had the opposite sign", _changed(i, lambda v: -v)
        if np.ndim(a) == 0:
            yield f"if `{name}` were 1: is it used everywhere?", _changed(i, lambda v: type(v)(1))
            continue
        yield f"for the absolute values of `{name}`", _changed(i, np.abs)
        yield f"if the rows of `{name}` stood in the opposite order", _changed(i, lambda v: v[::-1].copy())
        yield f"if each row of `{name}` were the one before it", _changed(i, lambda v: np.roll(v, 1, axis=0))
        if np.ndim(a) == 2:
            yield f"for the transpose of `{name}`", _changed(i, lambda v: v.T.copy() if v.shape == v.T.shape else None)
    for i, j in zip(range(len(args)), range(1, len(args)), strict=False):
        if _is_numeric(args[i]) and _is_numeric(args[j]) and np.shape(args[i]) == np.shape(args[j]):
            yield f"if `{names[i]}` and `{names[j]}` had changed places", exchanged(i, j)


def _changed(i: int, how: Callable[[Any], Any]) -> Callable[[Arguments], Arguments | None]:
    def change(args: Arguments) -> Arguments | None:
        new = how(args[i]) if _is_numeric(args[i]) else None
        return None if new is None else (*args[:i], new, *args[i + 1 :])

    return change


def exchanged(i: int, j: int) -> Callable[[Arguments], Arguments]:
    """How two arguments change places."""

    def change(args: Arguments) -> Arguments:
        new = list(args)
        new[i], new[j] = args[j], args[i]
        return tuple(new)

    return change


def _unused(exercise: Exercise, wrong: Sequence[Trial], fn: Callable[..., Any]) -> str:
    """An argument that makes no difference for the results, though it should."""
    values = [v for t in wrong for v in leaves(t.got.value) if np.isfinite(v).all()]
    if all(v.size == 1 and v == np.round(v) for v in values):  # none, or truth values and counts, which often stay
        return ""
    rounded = all((v == np.round(v, 4)).all() for v in values)  # counts, and what is rounded, often stay
    nudges = NUDGES if rounded else NUDGES[:1]
    for i, name in enumerate(exercise.parameters):
        concerned = [t for t in wrong if i < len(t.args) and _is_numeric(t.args[i])]
        found = [_matters(exercise, t, i, nudge, fn) for nudge in nudges for t in concerned]
        told = [pair for pair in found if pair is not None]
        if told and not any(does for _, does in told) and all(should for should, _ in told[: len(concerned)]):
            return f"Your result is the same whatever `{name}` is: {_question(fn, i, name)}"
    return ""


def _question(fn: Callable[..., Any], i: int, name: str) -> str:
    """Where to look for an argument that makes no difference: it may be left out, or get lost on the way."""
    tree = definition_of(fn)
    own = next((n.args.args for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)), []) if tree else []
    called = own[i].arg if i < len(own) else name
    measures = [n for n in ast.walk(tree) if isinstance(n, (ast.Attribute, ast.Call))] if tree else []
    measured = [n.value for n in measures if isinstance(n, ast.Attribute) and n.attr in _MEASURES]
    measured += [a for n in measures if isinstance(n, ast.Call) and _is_len(n.func) for a in n.args]
    uses = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == called] if tree else []
    if all(any(use is one for one in measured) for use in uses):
        return "where should it come in?"
    return "your function uses it, so what becomes of it on the way, is it replaced, multiplied by 0, never reached?"


def _is_len(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("len", "range", "enumerate")


def _matters(
    exercise: Exercise, trial: Trial, i: int, nudge: Callable[[Any], Any], fn: Callable[..., Any]
) -> tuple[bool, bool] | None:
    """Whether another value of an argument makes a difference for the right result, and for the answer's."""
    given = trial.args[i]
    if not _is_float(given):
        return None
    nudged = nudge(given).astype(given.dtype) if isinstance(given, np.ndarray) else float(nudge(given))
    args = (*trial.args[:i], nudged, *trial.args[i + 1 :])
    right = attempt(lambda *a: exercise.observe(exercise.reference, a), args, exercise.parameters, 1.0)
    got = attempt(lambda *a: exercise.observe(fn, a), args, exercise.parameters, 1.0)
    if got.timed_out:
        raise _Endless
    if right.error is not None or got.error is not None or not all(np.isfinite(v).all() for v in leaves(got.value)):
        return None
    return not same(right.value, trial.expected.value), not same(got.value, trial.got.value)


def leaves(value: Any) -> Iterator[np.ndarray[Any, Any]]:
    """The arrays of numbers in a result."""
    if (numbers := as_numbers(value)) is not None:
        yield numbers.astype(np.float64)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from leaves(part)


def _is_numeric(a: Any) -> bool:
    if isinstance(a, np.ndarray):
        return a.dtype.kind in "if" and a.size > 0
    return isinstance(a, (int, float)) and not isinstance(a, bool)


def _is_float(a: Any) -> bool:
    return isinstance(a, float) or (isinstance(a, np.ndarray) and a.dtype.kind == "f")
