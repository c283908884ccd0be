"""What an answer's text shows and its numbers don't: other parameters, chance, what outlives a call, no `return`."""

import ast
import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from autograde.judging.call import observe
from autograde.judging.compare import Difference, same
from autograde.judging.diagnosis.changes import changed_names
from autograde.judging.diagnosis.definition import definition_of
from autograde.judging.diagnosis.kinds import names_in
from autograde.judging.exercise import Exercise, Together
from autograde.judging.report import Trial

_AGAIN = 0.5  # seconds that a call may have taken to be made once more
_RANDOM = {"random", "default_rng"}  # who draws numbers of their own gets others each time, and knows
_REMEMBERS = (
    "Made once more, the same call gives something else: your function keeps something from call to call, in a list "
    "or a dictionary that is a default value (`def f(x, seen=[])`), or in a variable outside of the function. Make it "
    "anew inside, in each call."
)
_CHANCE = {"random", "default_rng", "rand", "randn", "randint", "shuffle", "permutation"}
_MUTABLE = ("list", "dict", "set", "Counter", "defaultdict", "deque", "OrderedDict", "zeros", "ones", "array")


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
    return (
        not (isinstance(own, (int, float)) and isinstance(wanted, (int, float)) and own == wanted) and own is not wanted
    )


def _parameters(fn: Any) -> dict[str, Any]:
    """Names and default values; none where Python can't tell."""
    try:
        found = inspect.signature(fn[fn.name] if isinstance(fn, Together) else fn).parameters
        return {name: parameter.default for name, parameter in found.items()}
    except Exception:  # builtins have none, and an object of the learner's may raise anything
        return {}


def about_memory(exercise: Exercise, trial: Trial, fn: Callable[..., Any]) -> str:
    """A sentence where an answer keeps something from call to call: its text tells, or the same call made once more."""
    if trial.got.timed_out:
        return ""
    told = _outliving(fn)
    if told and trial.got.error is None:
        return told
    return (told or _REMEMBERS) if _is_another_when_made_again(exercise, trial, fn) else ""


def _is_another_when_made_again(exercise: Exercise, trial: Trial, fn: Callable[..., Any]) -> bool:
    """Whether the same call gives something else now, though the answer draws no numbers of its own."""
    if trial.got.seconds > _AGAIN or names_in(fn) & _RANDOM:
        return False
    again = observe(exercise, fn, trial.args, 2 * _AGAIN)
    if again.timed_out or (again.error is not None and not again.line):  # where the call was made is perhaps no more
        return False
    alike = type(again.error) is type(trial.got.error) and again.message == trial.got.message
    return not (alike and same(again.value, trial.got.value, kinds=False))


def _outliving(fn: Callable[..., Any]) -> str:
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
