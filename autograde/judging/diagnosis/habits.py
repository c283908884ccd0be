"""What an answer's text shows and its numbers don't: other defaults, chance, what outlives a call, no `return`."""

import ast
import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from autograde.judging.diagnosis.changes import changed_names
from autograde.judging.diagnosis.definition import definition_of
from autograde.judging.diagnosis.kinds import names_in
from autograde.judging.exercise import Exercise
from autograde.judging.report import Trial

_CHANCE = {"random", "default_rng", "rand", "randn", "randint", "shuffle", "permutation"}
_MUTABLE = ("list", "dict", "set", "Counter", "defaultdict", "deque", "OrderedDict", "zeros", "ones", "array")


def about_habits(exercise: Exercise, fn: Callable[..., Any]) -> str:
    """A sentence on another default, on chance where nothing is left to it, or on what is kept from call to call."""
    return _about_defaults(exercise, fn) or _about_chance(exercise, fn) or _about_memory(fn)


def about_way_out(trials: Sequence[Trial], trial: Trial) -> str:
    """A sentence where an answer returns nothing in this call, but something in others."""
    others = [t for t in trials if t.got.error is None and t.got.value is not None]
    if trial.got.error is not None or trial.got.value is not None or not others:
        return ""
    return (
        "In other calls your function returns something, in this one it comes to its end without a `return`: is there "
        "one for every case, also where no condition of an `if` holds?"
    )


def _about_defaults(exercise: Exercise, fn: Callable[..., Any]) -> str:
    """Where a parameter may be left out and has another default value than in the exercise."""
    given, own = _defaults(exercise.reference), _defaults(fn)
    for name, value in given.items():
        if isinstance(own.get(name), (int, float)) and own[name] != value:
            return (
                f"`{name}` is {own[name]} in your function where it is left out, and {value} in the exercise: keep the "
                "first line as it was given."
            )
    return ""


def _defaults(fn: Callable[..., Any]) -> dict[str, Any]:
    try:
        parameters = inspect.signature(fn).parameters.values()
    except Exception:  # builtins have none, and an object of the learner's may raise anything
        return {}
    return {p.name: p.default for p in parameters if type(p.default) in (int, float)}


def _about_chance(exercise: Exercise, fn: Callable[..., Any]) -> str:
    if "rng" in exercise.parameters or not _CHANCE & names_in(fn):
        return ""
    if any(name in source for source in exercise.alternates for name in ("random", "rng")):
        return ""
    return (
        "Your function draws random numbers, and nothing is left to chance here: where it starts and in which order it "
        "goes is in the text of the exercise."
    )


def _about_memory(fn: Callable[..., Any]) -> str:
    tree = definition_of(fn)
    if tree is None:
        return ""
    if outside := next(_set_outside(tree), ""):
        return (
            f"`{outside}` lives outside of your function and keeps its value from call to call: does the next call find "
            "there what belongs to another one? Whatever a call needs is made inside."
        )
    changed = changed_names(tree)
    name = next((name for name in _default_containers(tree) if name in changed), "")
    if not name:
        return ""
    return (
        f"The default value of `{name}` is made once, together with the function, and keeps what is put into it: does the "
        f"next call find there what belongs to another one? Take `{name}=None`, and make it inside where it is None."
    )


def _set_outside(tree: ast.AST) -> Iterator[str]:
    """The names that a function declares global, and sets."""
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            yield from (name for name in node.names if name in stored)


def _default_containers(tree: ast.AST) -> Iterator[str]:
    """The parameters whose default value is a list, a dict, a set or an array."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arguments):
            given = [*node.posonlyargs, *node.args]
            pairs = [*zip(given[len(given) - len(node.defaults) :], node.defaults, strict=True)]
            pairs += [(a, d) for a, d in zip(node.kwonlyargs, node.kw_defaults, strict=True) if d is not None]
            yield from (a.arg for a, default in pairs if _is_container(default))


def _is_container(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        return name in _MUTABLE
    return isinstance(node, (ast.List, ast.Dict, ast.Set))
