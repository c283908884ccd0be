"""Small programs with ``Value`` or ``Dual``: what a learner would type, run on the class that is judged."""

import functools
import re
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from autograde.judging.compare import kind_of
from autograde.judging.exercise import Arguments, Exercise, Unusable
from autograde.runtime.tracebacks import Told, own_line
from autograde.runtime.values import Foreign, plain

DIGITS = 10  # that matter: what is shown stays short, and mistakes that agree to rounding stay alike
DEPTH = 5_000  # nodes of the longest chain: far more than Python allows nested calls
ENDLESS = (
    "an operation calls itself without end. In `__radd__`, for one, `other + self` asks the plain number again, which "
    "asks your class again; write `self + other`"
)
TOO_DEEP = (
    "the graph is deeper than Python's stack: a function that calls itself once for each node in a chain gets about "
    "1,000 calls far. Keep the nodes that are still to do in a list"
)
PLAIN_OPERAND = (
    "a plain number stood where a node was needed. `other` may be a plain number: make it a Value first, as `Metres` "
    "does"
)
_METHODS = ("tanh", "relu", "exp", "backward")
_OPERATORS = {"+": "__add__", "*": "__mul__", "-": "__sub__"}
_WITH_PLAIN_NUMBER = re.compile(r"[-+*] -?\d|\d [-+*]")  # in the text of a program


class ProgramExercise(Exercise):
    """An exercise whose cases are programs, shown as they are.  Arguments of a case: its text, what is looked at."""

    def show(self, args: Arguments) -> str:
        text, watched = args
        return f"{text}\n({', '.join(watched)})"


@dataclass(frozen=True)
class Program:
    """Lines of code, and the numbers that they are about: drawn for each call."""

    text: str
    watched: Sequence[str]

    def __call__(self, numbers: dict[str, str]) -> Arguments:
        text = self.text
        for name, number in numbers.items():
            text = text.replace(f"<{name}>", number)
        return text, tuple(self.watched)


def outcome(fn: Callable[..., Any], text: str, watched: Sequence[str], name: str = "Value") -> dict[str, float]:
    """What the attributes named in ``watched`` are after the program: plain numbers, by their names.

    Raises: Unusable where one is no number, where a plain number is taken for a node, or where the program runs out
    of stack; NotImplementedError where a method is missing, by whose name it can be told.
    """
    names: dict[str, Any] = {name: fn.maker() if isinstance(fn, Foreign) else fn}
    try:
        exec(_compiled(text), names)
        return {what: _number(what, _attribute(names, what)) for what in watched}
    except RecursionError:
        raise Unusable(TOO_DEEP if str(DEPTH) in text else ENDLESS) from None
    except NotImplementedError as error:
        where, line = own_line(error)
        _, _, method = where.partition(".")
        if method.isidentifier():
            raise _not_written(method, line) from None
        raise
    except (AttributeError, TypeError) as error:
        if method := _missing_method(str(error)):
            raise _not_written(method) from None
        if re.match(r"'(int|float)' object has no attribute", str(error)) and _WITH_PLAIN_NUMBER.search(text):
            raise Unusable(PLAIN_OPERAND.replace("Value", name)) from None
        if told := _about_class(str(error), name) or ("" if own_line(error)[1] else _about_result(str(error), name)):
            raise Unusable(told) from None
        raise


@functools.lru_cache(maxsize=2_000)
def _compiled(text: str) -> types.CodeType:
    return compile(text, "<program>", "exec")


_NO_NODES = ("int", "float", "NoneType", "tuple", "list", "ndarray")


def _missing_method(message: str) -> str:
    """The name of the method without which a program can't run, from what Python says; "" for any other error."""
    if found := re.match(r"'.*' object has no attribute '(\w+)'", message):
        return found[1] if found[1] in _METHODS else ""
    if message.startswith("bad operand type for unary -: "):
        return "__neg__"
    found = re.match(r"unsupported operand type\(s\) for ([-+*]): '(\w+)' and '", message)
    return _OPERATORS[found[1]] if found and found[2] not in _NO_NODES else ""


def _about_class(message: str, name: str) -> str:
    """What an error says that comes of a plain number on the left of an operator; "" for any other."""
    found = re.match(rf"unsupported operand type\(s\) for ([-+*]): '(int|float)' and '{name}'", message)
    if not found:
        return ""
    method = _OPERATORS[found[1]].replace("__", "__r", 1)
    return (
        f"a plain number stood on the left of `{found[1]}`, and a {name} on the right: Python asks the right one for "
        f"`{method}`, and it has none. (Or was its `.data` meant?)"
    )


def _about_result(message: str, name: str) -> str:
    """What an error says that comes of using a result, in none of the learner's own lines; "" for any other."""
    if found := re.match(rf"'{name}' object has no attribute '(\w+)'", message):
        return f"a {name} has no attribute `{found[1]}`: set `self.{found[1]}` in `__init__`"
    kinds = "tuple|list|NoneType|ndarray|float|int"
    other = re.match(rf"'({kinds})' object has no attribute|can't multiply (sequence)", message)
    other = other or re.match(
        rf"unsupported operand type\(s\) for .{{1,3}}: '(NoneType|tuple|list)' and '{name}'", message
    )
    if not other:
        return ""
    kind = {"NoneType": "None (is a `return` missing?)", "ndarray": "an array", None: "a tuple or a list"}
    kind |= dict.fromkeys(("float", "int"), "a plain number")
    what = kind.get(other[1], f"a {other[1]}")
    return f"an operation gave {what} where a {name} is needed: each returns a new `{name}(...)`"


def _not_written(method: str, line: str = "") -> NotImplementedError:
    """The error of a stub, as if the method itself had raised it."""
    error = NotImplementedError(f"`{method}` is not written yet")
    error.told = Told(method, line, True)  # type: ignore[attr-defined]
    return error


def _attribute(names: dict[str, Any], dotted: str) -> Any:
    variable, attribute = dotted.split(".")
    return getattr(names[variable], attribute)


def _number(name: str, value: Any) -> float:
    try:
        return float(f"{float(value):.{DIGITS}g}")
    except (TypeError, ValueError):
        raise Unusable(f"`{name}` should be a plain number, got {kind_of(plain(value))}") from None
