"""What an answer's text shows and its numbers don't: other parameters, chance, no `return`, a test that asks nothing."""

import ast
import inspect
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from autograde.judging.compare import Difference
from autograde.judging.diagnosis.syntax.definition import definition_of, names_in
from autograde.judging.exercise import Exercise, Together
from autograde.judging.trials import Trial

_CHANCE = {"random", "default_rng", "rand", "randn", "randint", "shuffle", "permutation"}


def about_way_out(trials: Sequence[Trial], trial: Trial) -> str:
    """A sentence where an answer returns nothing in this call, but something in others."""
    others = [t for t in trials if t.got.error is None and t.got.value is not None]
    if trial.got.error is not None or trial.got.value is not None or not others:
        return ""
    return (
        "In other calls your function returns something, in this one it comes to its end without a `return`: is there "
        "one for every case, also where no condition of an `if` holds?"
    )


def about_chance(exercise: Exercise, problem: Difference, fn: Callable[..., Any]) -> str:
    """A sentence where an answer with wrong values draws random numbers, and nothing is left to chance."""
    if problem.kind not in ("value", "length", "nan") or "rng" in exercise.parameters or not _CHANCE & names_in(fn):
        return ""
    if any(name in source for source in exercise.alternates for name in ("random", "rng")):
        return ""
    return (
        "Your function draws random numbers, and nothing is left to chance here: where it starts and in which order it "
        "goes is in the text of the exercise."
    )


def about_conditions(fn: Callable[..., Any]) -> str:
    """A sentence where a condition such as ``name == "a" or "b"`` holds whatever the name is."""
    tree = definition_of(fn)
    for test in (n.test for n in ast.walk(tree) if isinstance(n, (ast.If, ast.IfExp, ast.While))) if tree else ():
        if not isinstance(test, ast.BoolOp) or not isinstance(test.op, ast.Or):
            continue
        alone = next((v for v in test.values if isinstance(v, ast.Constant) and v.value), None)
        if alone is not None and any(isinstance(v, ast.Compare) for v in test.values):
            return (
                f"The condition `{ast.unparse(test)}` always holds. Between `or` stand whole conditions, and "
                f"{ast.unparse(alone)} by itself counts as true: write `a == x or a == y`, or `a in (x, y)`."
            )
    return ""


def about_parameters(exercise: Exercise, fn: Callable[..., Any]) -> str:
    """A sentence where an answer has the exercise's parameters in another order, or with other default values."""
    asked, own = _parameters(exercise.reference), _parameters(fn)
    if set(asked) != set(own):
        return ""
    if list(asked) != list(own):
        return (
            f"Arguments come by their places: your function takes ({', '.join(own)}), and the exercise has "
            f"({', '.join(asked)})."
        )
    for name, wanted in asked.items():
        if wanted is not inspect.Parameter.empty and _another(own[name], wanted):
            has = "no default value" if own[name] is inspect.Parameter.empty else f"the default value {own[name]!r}"
            return f"`{name}` has {has} in your function; where it is left out it should be {wanted!r}."
    return ""


def _another(own: Any, wanted: Any) -> bool:
    """Whether two default values differ; of one that lives in another process only the text is known."""
    if own is wanted or repr(own) == repr(wanted):
        return False
    with suppress(Exception):  # what is no number, nor the text of one
        return float(own if isinstance(own, (int, float)) else repr(own)) != float(wanted)
    return True


def _parameters(fn: Any) -> dict[str, Any]:
    """Names and default values; none where Python can't tell."""
    try:
        found = inspect.signature(fn[fn.name] if isinstance(fn, Together) else fn).parameters
        return {name: parameter.default for name, parameter in found.items()}
    except Exception:  # builtins have none, and an object of the learner's may raise anything
        return {}
