"""The global names that code reads, as Python itself tells: a name that a function around it binds is none.

In the body of a class, and at the top of a cell, a name that is bound there may be the global one until it is: it counts.
"""

import ast
import dis
import re
import types
from collections.abc import Iterator
from typing import Any

TAKES_GLOBAL = {"LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"}
_READS = TAKES_GLOBAL | {"DELETE_GLOBAL", "DELETE_NAME"}  # what is deleted must have been there
_PART = re.compile(r"(LOAD|STORE)_FAST")


def global_names_of(tree: ast.Module) -> list[str]:
    """The same as ``global_names`` for a text.

    Raises: SyntaxError, ValueError, RecursionError, MemoryError.
    """
    return global_names(compile(tree, "<text>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True))


def global_names(code: types.CodeType) -> list[str]:
    """The global names that a code, and all functions and classes in it, may read, each once."""
    names, todo = dict[str, None](), [code]
    while todo:
        code = todo.pop(0)
        names.update(dict.fromkeys(name for operation, name in steps(code) if operation in _READS))
        todo += inner_codes(code)
    return list(names)


def inner_codes(code: types.CodeType) -> list[types.CodeType]:
    """The functions, classes and comprehensions that are defined in a code."""
    return [const for const in code.co_consts if isinstance(const, types.CodeType)]


def steps(code: types.CodeType) -> Iterator[tuple[str, Any]]:
    """Its operations, each with what it is about; those that newer Pythons make of two are two."""
    for step in dis.get_instructions(code):
        parts = [f"{part}_FAST" for part in _PART.findall(step.opname)]
        if isinstance(step.argval, tuple) and len(parts) == len(step.argval) > 1:
            yield from zip(parts, step.argval, strict=True)
        else:
            yield step.opname, step.argval
