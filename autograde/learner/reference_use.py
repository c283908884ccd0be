"""What an answer uses that grading does not have: the reference answers, and the catalogue that holds them."""

import builtins
import functools
import re
import sys
import types
from collections.abc import Iterator
from typing import Any

import numpy as np

import autograde
from autograde.global_names import TAKES_GLOBAL, inner_codes, steps

# packages that a notebook may use, and the one that stands around a running answer, also in grading
_GIVEN = ("mlp_reference", "autograde")
_GIVEN_WHOLE = ("mlp_reference.data", "mlp_reference.viz", "autograde.runtime")
_NOT_GIVEN = re.compile(r"(mlp_reference|autograde)(\.\w+)+|my_course(\.\w+)*")
_MOST = 2_000  # objects that are looked at
_ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM")
_TAKES_VARIABLE = ("LOAD_FAST", "LOAD_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF")


def borrowed(answer: Any) -> str:
    """The first thing an answer, or a function of the learner's that it uses, takes from there; "" where nothing is.

    Looks at the code, whether or not it is reached.
    """
    todo, seen = [answer], set[int]()
    while todo and len(seen) < _MOST:
        thing = todo.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if name := _forbidden(thing):
            return name
        todo += _uses(thing)
    return ""


def _forbidden(thing: Any) -> str:
    """The name of a thing that only exists outside of grading, or ""."""
    if isinstance(thing, str):
        return thing if _NOT_GIVEN.fullmatch(thing) and not _is_given(thing) else ""
    if isinstance(thing, types.ModuleType):
        return "" if _is_given(thing.__name__) else _forbidden(thing.__name__)
    named = thing if isinstance(thing, type | types.FunctionType) else type(thing)
    if _is_given(named.__module__) or _is_offered(thing):
        return ""
    name = f"{named.__module__}.{named.__qualname__}"
    return name if _NOT_GIVEN.fullmatch(name) else ""


def _is_offered(thing: Any) -> bool:
    return any(thing is one for one in [getattr(autograde, name) for name in autograde.__all__])


def _is_given(module: str) -> bool:
    return module in _GIVEN or any(f"{module}.".startswith(f"{package}.") for package in _GIVEN_WHOLE)


def _uses(thing: Any) -> list[Any]:
    """What a thing of the learner's may call or read."""
    if isinstance(thing, functools.partial):
        return [thing.func, *thing.args, *thing.keywords.values()]
    if isinstance(thing, types.MethodType):
        return [thing.__func__, thing.__self__]
    if isinstance(thing, types.FunctionType):
        return list(_used_by(thing)) if _is_own(thing) and not _is_offered(thing) else []
    if isinstance(thing, type):
        return [*thing.__bases__, *vars(thing).values()] if thing.__module__ not in ("builtins", "numpy") else []
    if isinstance(thing, staticmethod | classmethod | property):
        return [thing.fget if isinstance(thing, property) else thing.__func__]
    if isinstance(thing, dict | list | tuple):
        return list(thing.values() if isinstance(thing, dict) else thing)[:100]
    if isinstance(thing, np.vectorize):
        return [thing.pyfunc]
    # an object that is called
    return (
        [] if type(thing).__module__ in ("builtins", "numpy") or isinstance(thing, types.ModuleType) else [type(thing)]
    )


def _is_own(function: types.FunctionType) -> bool:
    return "site-packages" not in function.__code__.co_filename and "/lib/python3" not in function.__code__.co_filename


def _used_by(function: types.FunctionType) -> Iterator[Any]:
    yield from function.__defaults__ or ()
    yield from (function.__kwdefaults__ or {}).values()
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=False)
    closed = {name: cell.cell_contents for name, cell in cells if _is_full(cell)}
    yield from _named_in(function.__code__, vars(builtins) | function.__globals__, closed)


def _is_full(cell: Any) -> bool:
    try:
        return cell.cell_contents is not cell
    except ValueError:
        return False


def _named_in(code: types.CodeType, around: dict[str, Any], closed: dict[str, Any]) -> Iterator[Any]:
    """What names in a code stand for, ``module.part`` and ``from module import part`` included.

    around: the global names.  closed: what is known of the variables of functions around it.
    """
    known = dict(closed)  # and, of its own variables, modules that it imports itself
    stored = set[str]()
    thing: Any = None
    for operation, name in steps(code):
        if operation == "IMPORT_NAME":
            yield name
            thing = sys.modules.get(name)
        elif operation in TAKES_GLOBAL:
            thing = None if name in stored else around.get(name)
            yield thing
        elif operation.startswith(_TAKES_VARIABLE):
            thing = known.get(name)
            yield thing
        elif operation in _ATTRIBUTES and isinstance(thing, types.ModuleType):
            part = vars(thing).get(name)
            yield part
            thing = thing if operation == "IMPORT_FROM" else part
        elif operation in ("STORE_FAST", "STORE_DEREF") and isinstance(thing, types.ModuleType):
            known[name] = thing
        elif operation == "STORE_NAME":  # in the body of a class
            stored.add(name)
        elif operation == "LOAD_CONST" and isinstance(name, str) and name != code.co_consts[0]:
            yield name  # as in importlib.import_module("mlp_reference.layers")
        elif operation not in ("CACHE", "PUSH_NULL"):
            thing = None
    for inner in inner_codes(code):
        yield from _named_in(inner, around, {name: known[name] for name in inner.co_freevars if name in known})
