"""What an answer keeps from call to call, told where it has an effect: default values, variables outside, lost order."""

import ast
import linecache
import types
from collections.abc import Callable, Collection, Iterator
from typing import Any

import numpy as np

from autograde.judging.call import observe
from autograde.judging.compare import same
from autograde.judging.diagnosis.syntax.changes import changed_names
from autograde.judging.diagnosis.syntax.definition import definition_of, names_in, parsed
from autograde.judging.diagnosis.syntax.unwritten import about_unwritten
from autograde.judging.exercise import Exercise
from autograde.judging.trials import Trial

_AGAIN = 0.5  # seconds that a call may have taken to be made once more
_RANDOM = {"random", "default_rng"}  # who draws numbers of their own gets others each time, and knows
_REMEMBERS = (
    "Made once more, the same call gives something else: your function keeps something from call to call, in a list "
    "or a dictionary that is a default value (`def f(x, seen=[])`), or in a variable outside of the function. Make it "
    "anew inside, in each call."
)
_NO_ORDER = (
    "Made once more, the same call gives something else: a set has no order, and holds each thing once. What is to stay "
    "beside its partner, or may come twice, belongs in a list or a tuple."
)
_OUTSIDE = (
    "`{}` lives outside of your function and keeps its value from call to call: does the next call find there what "
    "belongs to another one? Whatever a call needs is made inside."
)
_DEFAULT = (
    "The default value of `{0}` is made once, together with the function, and keeps what is put into it: does the next "
    "call find there what belongs to another one? Take `{0}=None`, and make it inside where it is None."
)
_MUTABLE = ("list", "dict", "set", "Counter", "defaultdict", "deque", "OrderedDict", "zeros", "ones", "array")


def about_memory(exercise: Exercise, trial: Trial, fn: Callable[..., Any]) -> str:
    """A sentence where an answer keeps something from call to call: its text tells, or the same call made once more.

    What makes no difference for this call is not told.
    """
    if trial.got.timed_out:
        return ""
    tree = definition_of(fn)
    if tree is not None and (unwritten := about_unwritten(exercise, trial, fn, tree)):
        return unwritten
    told, outside = (outliving(tree, fn)) if tree is not None else ("", set())
    filled = not told and bool(outside)  # a container outside that is filled may hold what is needed there
    told = told or "".join(_OUTSIDE.format(name) for name in sorted(outside)[:1])
    if told and trial.got.error is None:
        alike = _gives_again(exercise, trial, _made_anew(fn, tree, outside))
        if alike is not None or not filled:
            return "" if alike else told
    if _gives_again(exercise, trial, fn) is not False:
        return ""
    return told or (_NO_ORDER if tree is not None and _makes_sets(tree) else _REMEMBERS)


def outliving(tree: ast.AST, fn: Any) -> tuple[str, set[str]]:
    """What a definition's text tells, "" where that is nothing, and the variables outside that it sets or fills."""
    changed = changed_names(tree)
    declared = {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own = (stored | {a.arg for a in ast.walk(tree) if isinstance(a, ast.arg)}) - declared
    space = getattr(fn, "__globals__", {})
    filled = {n for n in changed - own if isinstance(space.get(n), (list, dict, set, np.ndarray))}
    if name := min(declared & stored, default=""):
        return _OUTSIDE.format(name), declared & stored | filled
    name = next((name for name in _default_containers(tree) if name in changed), "")
    return _DEFAULT.format(name) if name else "", filled


def _gives_again(exercise: Exercise, trial: Trial, fn: Callable[..., Any] | None) -> bool | None:
    """Whether the same call gives the same of an answer that draws no numbers of its own; None where none can tell."""
    if fn is None or trial.got.seconds > _AGAIN or names_in(fn) & _RANDOM:
        return None
    again = observe(exercise, fn, trial.args, 2 * _AGAIN)
    if again.timed_out or (again.error is not None and not again.line):  # where the call was made is perhaps no more
        return None
    kinds = [type(outcome.error).__name__ for outcome in (again, trial.got)]  # some classes are made anew in the grader
    alike = kinds[0] == kinds[1] and again.message == trial.got.message
    return alike and same(again.value, trial.got.value, kinds=False)


def _made_anew(fn: Any, tree: ast.AST | None, outside: Collection[str]) -> Callable[..., Any] | None:
    """A function as it was before its first call; None where that can't be had."""
    if type(fn) is not types.FunctionType or fn.__code__.co_freevars or not isinstance(tree, ast.Module):
        return None
    filename = fn.__code__.co_filename
    first = dict(_literals(parsed("".join(linecache.getlines(filename)))))
    if not set(outside) <= set(first) or not isinstance(tree.body[0], ast.FunctionDef):
        return None
    space = fn.__globals__ | {name: first[name] for name in outside}
    try:
        exec(compile(tree, filename, "exec"), space)
    except Exception:  # its default values may be anything
        return None
    found: Callable[..., Any] = space[tree.body[0].name]
    return found


def _literals(tree: ast.Module | None) -> Iterator[tuple[str, Any]]:
    """The variables that a cell sets to numbers, texts and containers of them, with what they are."""
    for node in tree.body if tree else []:
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        value = node.value
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and not value.args:
            made = {"dict": dict, "list": list, "set": set}.get(value.func.id)
            if made:
                yield node.targets[0].id, made()
            continue
        try:
            yield node.targets[0].id, ast.literal_eval(value)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            continue


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


def _makes_sets(tree: ast.AST) -> bool:
    """Whether sets are made of something; one that is empty at first notes what was seen."""
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.args]
    names = {n.func.id for n in calls if isinstance(n.func, ast.Name)}
    return bool(names & {"set", "frozenset"}) or any(isinstance(n, (ast.Set, ast.SetComp)) for n in ast.walk(tree))
