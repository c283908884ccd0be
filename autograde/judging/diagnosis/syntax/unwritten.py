"""Uninitialized memory: entries of an array from ``np.empty`` that an answer never writes, but hands out."""

import ast
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.judging.call import observe
from autograde.judging.compare import same
from autograde.judging.exercise import Exercise
from autograde.judging.trials import Trial

_MOST = 0.5  # seconds that a call may have taken to be made once more
_MAKERS = ("empty", "empty_like")
_TOLD = (
    "`np.{}` makes an array without setting its values: what stands in entries that are never written is left over from "
    "something else. Which entries does your code not reach? `np.zeros` begins with zeros."
)


class _Marked:
    """NumPy, but for arrays without values: theirs are nan, or another value that shows."""

    def __getattr__(self, name: str) -> Any:
        made = getattr(np, name)
        return (lambda *args, **options: _marked(made(*args, **options))) if name in _MAKERS else made


def about_unwritten(exercise: Exercise, trial: Trial, fn: Callable[..., Any], tree: ast.AST) -> str:
    """A sentence where values that nobody has set reach the result of a call; "" where none do, or none can tell."""
    makers = [n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr in _MAKERS]
    if not makers or trial.got.error is not None or trial.got.seconds > _MOST or type(fn) is not types.FunctionType:
        return ""
    numpy_names = {name: _Marked() for name, value in fn.__globals__.items() if value is np}
    marked = types.FunctionType(fn.__code__, fn.__globals__ | numpy_names, fn.__name__, fn.__defaults__, fn.__closure__)
    marked.__kwdefaults__ = fn.__kwdefaults__
    first, again = (observe(exercise, marked, trial.args, 2 * _MOST) for _ in range(2))
    if first.error is not None or again.error is not None or same(first.value, trial.got.value, kinds=False):
        return ""
    alike = same(again.value, first.value, kinds=False)  # else it draws numbers, or keeps something from call to call
    return _TOLD.format(makers[0]) if alike else ""


def _marked(array: np.ndarray) -> np.ndarray:
    number = np.issubdtype(array.dtype, np.inexact)
    array[...] = np.nan if number else array.dtype.type(True) if array.dtype == bool else 77
    return array
