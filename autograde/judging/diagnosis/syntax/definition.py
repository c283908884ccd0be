"""The syntax tree of an answer's definition, here or in another process."""

import ast
import inspect
import linecache
import textwrap
import types
import warnings
from collections.abc import Iterator
from typing import Any

from autograde.global_names import global_names_of
from autograde.judging.exercise import Together
from autograde.runtime.values import Foreign

_LONGEST = 100_000  # characters


def definition_of(fn: Any) -> ast.Module | None:
    """The tree of what defines a function or a class; None where its text is not at hand."""
    fn = fn[fn.name] if isinstance(fn, Together) else fn
    try:
        text = fn.definition() if isinstance(fn, Foreign) else _class_text(fn) or textwrap.dedent(inspect.getsource(fn))
    except Exception:  # typed into a console, built in
        return None
    return parsed(text) if text else None


def _class_text(kind: Any) -> str:
    """The text of a class of a cell, which Python itself does not find; "" for anything else."""
    methods = [m for m in vars(kind).values() if type(m) is types.FunctionType] if type(kind) is type else []
    texts = ["".join(linecache.getlines(m.__code__.co_filename)) for m in methods if m.__module__ == kind.__module__]
    return next((text for text in (last_definition(kind.__name__, [t]) for t in texts if t) if text), "")


def last_definition(name: str, texts: list[str]) -> str:
    """The text of the last definition of a name at the top of one of these cells; "" where none is found."""
    for text in reversed(texts):
        tree = parsed(text)
        if tree is None and name in text:  # it may be defined there
            return ""
        for node in reversed(tree.body if tree is not None else []):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
                return ast.get_source_segment(text, node) or ""
    return ""


def parsed(text: str) -> ast.Module | None:
    """The tree of a text that anybody may have written; None where it is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text) if len(text) <= _LONGEST else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def names_in(fn: Any) -> set[str]:
    """The global names and the attributes that a function uses, where its text or its code is at hand."""
    tree = definition_of(fn)
    if tree is None:
        fn = fn[fn.name] if isinstance(fn, Together) else fn
        return set(_names_of(fn.__code__)) if type(fn) is types.FunctionType else set()
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    try:
        return attributes | {*global_names_of(tree)}
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # it uses a variable of a function around it, say
        return attributes


def _names_of(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield from _names_of(const)
