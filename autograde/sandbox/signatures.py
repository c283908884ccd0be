"""What is told of a learner's functions and exceptions, made into signatures and exceptions of the grader's."""

import ast
import builtins
import inspect
from contextlib import suppress
from typing import Any

from autograde.runtime.tracebacks import Told


def signature(parameters: Any) -> inspect.Signature | None:
    """A signature from names, kinds and defaults' texts; None where there is none, or a made-up one."""
    try:
        return inspect.Signature([_parameter(*described) for described in parameters])
    except (TypeError, ValueError):
        return None


def _parameter(name: str, kind: int, default: str | None) -> inspect.Parameter:
    value = inspect.Parameter.empty if default is None else _Text(default)
    return inspect.Parameter(name, inspect._ParameterKind(kind), default=value)


class _Text:
    """A default value of which only the text is known."""

    def __init__(self, text: str) -> None:
        self.text = str(text)[:100]

    def __repr__(self) -> str:
        return self.text


def exception(base: str, name: str, text: str, where: str, line: str, on_purpose: bool) -> BaseException:
    """An exception of the learner's, of the same built-in class, or of a class made here that derives from it."""
    kind: Any = getattr(builtins, base, Exception)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind = Exception  # SystemExit and the like would end the grader
    if name != kind.__name__:
        kind = type(name, (kind,), {"__str__": lambda self: str(self.args[0])})
    argument: Any = text[:1_000]
    if kind is KeyError:
        with suppress(Exception):
            argument = ast.literal_eval(argument)  # its text is its argument's repr
    try:
        error = kind(argument)
    except TypeError:  # a class that wants more arguments
        error = Exception(argument)
    return with_told(error, where, line, on_purpose)


def with_told(error: BaseException, where: str, line: str, on_purpose: bool) -> BaseException:
    error.told = Told(str(where)[:200], str(line)[:400], bool(on_purpose))  # type: ignore[attr-defined]
    return error
