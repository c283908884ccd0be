"""What goes wrong for one kind of argument alone: integers among floats, a plain number among arrays."""

import ast
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograde.judging.call import Outcome, observe
from autograde.judging.compare import compare, tolerance_for
from autograde.judging.diagnosis.syntax.definition import definition_of, names_in
from autograde.judging.exercise import Arguments, Exercise
from autograde.judging.trials import Trial

_SECONDS = 1.0  # for a call that is made again
_TAKE_OVER = ("zeros_like", "empty_like", "ones_like", "full_like", "copy")
_MAKERS = {"array", "asarray", "asanyarray"}
_OF_NUMBERS = (AttributeError, TypeError, IndexError)  # what a number raises where an array is expected


def about_integers(exercise: Exercise, trials: Sequence[Trial], trial: Trial, fn: Callable[..., Any]) -> str:
    """A sentence where an answer is right as soon as the integers among its arguments are floats, else ""."""
    wrong = [t for t in trials if t.case is trial.case and t.problem is not None]
    for i, name in enumerate(exercise.parameters[: len(trial.args)]):
        concerned = [t for t in wrong if _has_integers(t.args[i])]
        if concerned == wrong and all(_right_with_floats(exercise, t, i, fn) for t in wrong):
            return _told_of_integers(name, names_in(fn))
    return ""


def _told_of_integers(name: str, used: set[str]) -> str:
    makers = [f"`np.{maker}`" if maker != "copy" else "`.copy()`" for maker in _TAKE_OVER if maker in used]
    subject = " and ".join(makers) or f"An array made after the pattern of `{name}`, or `{name}` itself,"
    verb = "take" if len(makers) > 1 else "takes"
    cause = f"{subject} {verb} over the integers" if makers else f"{subject} holds integers"
    return (
        f"With floats instead of the integers in `{name}` your function is right. {cause}, and what is stored there "
        "loses what stands behind the point: 0.88 becomes 0, and a step of 1e-5 is lost. Begin with "
        f"`{name} = np.array({name}, dtype=float)`, or ask for `dtype=float` where the array is made."
    )


def _right_with_floats(exercise: Exercise, trial: Trial, i: int, fn: Callable[..., Any]) -> bool:
    args: Arguments = (*trial.args[:i], _as_floats(trial.args[i]), *trial.args[i + 1 :])
    right, got = (observe(exercise, f, args, _SECONDS) for f in (exercise.reference, fn))
    return _is_right(got, right, args) and _is_right(right, trial.expected, args)


def _is_right(got: Outcome, right: Outcome, args: Arguments) -> bool:
    if got.error is not None or right.error is not None or got.changed:
        return False
    return compare(got.value, right.value, tolerance_for(args)) is None


def _has_integers(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(_has_integers(part) for part in value)
    return isinstance(value, np.ndarray) and value.dtype.kind in "iu"


def _as_floats(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(_as_floats(part) for part in value)
    return value.astype(float) if _has_integers(value) else value


def about_number(exercise: Exercise, trials: Sequence[Trial], trial: Trial, fn: Callable[..., Any]) -> str:
    """A sentence where an answer raises for a plain number alone, where arrays of any shape may stand, too."""
    if not isinstance(trial.got.error, _OF_NUMBERS) or trial.got.on_purpose or trial.expected.error is not None:
        return ""
    for i, name in enumerate(exercise.parameters[: len(trial.args)]):
        others = [t for t in trials if i < len(t.args) and np.ndim(_data(t.args[i])) > 0]
        if _is_number(trial.args[i]) and others and not any(isinstance(t.got.error, _OF_NUMBERS) for t in others):
            begin = f"`{name}` is a plain number here, as it may be; your function is written for arrays."
            if _made_an_array(fn, i):
                return (
                    f"{begin} The array that you make of it has no axes: no `len`, no rows, no index; and what is computed "
                    "from it is a plain number again. Which step asks for more, and what works with any number of axes?"
                )
            if _goes_through(fn, i):
                return (
                    f"{begin} It goes through the entries one by one, and a number has none to go through. Compute with the "
                    f"whole array at once, or use `np.vectorize`, or let `np.ndindex(np.shape({name}))` give the places: "
                    "these take any number of axes, and none."
                )
            return (
                f"{begin} Begin with `{name} = np.asarray({name}, dtype=float)`: that makes an array of a number, too, "
                "one without axes, which has a `.shape` and takes masks."
            )
    return ""


def _made_an_array(fn: Callable[..., Any], i: int) -> bool:
    """Whether a function makes an array of one of its parameters already."""
    tree = definition_of(fn)
    own = next((n.args.args for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)), []) if tree else []
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and n.args] if tree and i < len(own) else []
    makers = [n for n in calls if isinstance(n.func, ast.Attribute) and n.func.attr in _MAKERS]
    return any(isinstance(n.args[0], ast.Name) and n.args[0].id == own[i].arg for n in makers)


def _goes_through(fn: Callable[..., Any], i: int) -> bool:
    """Whether a loop of a function runs over one of its parameters, or over as many numbers as it has entries."""
    tree = definition_of(fn)
    own = next((n.args.args for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)), []) if tree else []
    loops = (
        [n.iter for n in ast.walk(tree) if isinstance(n, (ast.For, ast.comprehension))] if tree and i < len(own) else []
    )
    plain = [one for one in loops for n in ast.walk(one) if isinstance(n, ast.Name) and n.id == own[i].arg]
    return any(isinstance(one, ast.Name) or (isinstance(one, ast.Call) and _counts(one.func)) for one in plain)


def _counts(name: ast.expr) -> bool:
    return isinstance(name, ast.Name) and name.id in ("enumerate", "zip", "range", "list", "map", "reversed")


def _is_number(value: Any) -> bool:
    return np.ndim(_data(value)) == 0 and isinstance(value, (int, float, np.ndarray, np.generic))


def _data(value: Any) -> Any:
    return value if isinstance(value, (np.ndarray, np.generic, int, float)) else None
