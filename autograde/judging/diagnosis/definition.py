"""The syntax tree of an answer's definition, here or in another process."""

import ast
import inspect
import textwrap
import warnings
from typing import Any

from autograde.judging.exercise import Together
from autograde.runtime.values import Foreign

_LONGEST = 100_000  # characters


def definition_of(fn: Any) -> ast.Module | None:
    """The tree of what defines a function or a class; None where its text is not at hand."""
    fn = fn[fn.name] if isinstance(fn, Together) else fn
    try:
        text = fn.definition() if isinstance(fn, Foreign) else textwrap.dedent(inspect.getsource(fn))
    except Exception:  # typed into a console, built in
        return None
    return parsed(text) if text else None


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
