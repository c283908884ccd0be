"""What the text of an answer shows that wrong numbers don't: chance, what outlives a call, a way out without `return`."""

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from autograde.judging.diagnosis.changes import changed_names
from autograde.judging.diagnosis.definition import definition_of
from autograde.judging.diagnosis.kinds import names_in
from autograde.judging.exercise import Exercise
from autograde.judging.report import Trial

_CHANCE = {"random", "default_rng", "rand", "randn", "randint", "shuffle", "permutation"}
_MUTABLE = ("list", "dict", "set", "Counter", "defaultdict", "deque", "OrderedDict")


def about_habits(exercise: Exercise, fn: Callable[..., Any]) -> str:
    """A sentence on chance where nothing is left to it, or on what is kept from call to call; "" where neither is."""
    return _about_chance(exercise, fn) or _about_memory(fn)


def about_way_out(trials: Sequence[Trial], trial: Trial) -> str:
    """A sentence where an answer returns nothing in this call, but something in others."""
    others = [t for t in trials if t.got.error is None and t.got.value is not None]
    if trial.got.error is not None or trial.got.value is not None or not others:
        return ""
    return (
        "In other calls your function returns something, in this one it comes to its end without a `return`: is there "
        "one for every case, also where no condition of an `if` holds?"
    )


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
    changed = changed_names(tree) if tree is not None else set()
    name = next((name for name in _default_containers(tree) if name in changed), "") if tree is not None else ""
    if not name:
        return ""
    return (
        f"The default value of `{name}` is made once, together with the function, and keeps what is put into it: does the "
        f"next call find there what belongs to another one? Take `{name}=None`, and make it inside where it is None."
    )


def _default_containers(tree: ast.AST) -> Iterator[str]:
    """The parameters whose default value is a list, a dict or a set."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arguments):
            given = [*node.posonlyargs, *node.args]
            pairs = [*zip(given[len(given) - len(node.defaults) :], node.defaults, strict=True)]
            pairs += [(a, d) for a, d in zip(node.kwonlyargs, node.kw_defaults, strict=True) if d is not None]
            yield from (a.arg for a, default in pairs if _is_container(default))


def _is_container(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _MUTABLE
    return isinstance(node, (ast.List, ast.Dict, ast.Set))
