"""Data whose class is a learner's own, a named tuple say: the grader reads its values, and its object is kept there.

Where the grader hands it back, to another function or to an operator, the learner's code finds the very object again.
"""

import functools
from typing import Any

import numpy as np

from autograde.runtime.serialization import WireError
from autograde.runtime.values import Kept


class Operators:
    """Operators are computed where the object is."""

    _exchange: Any

    def __add__(self, other: Any) -> Any:
        return self._exchange.later("operate", "add", [self, other])

    def __radd__(self, other: Any) -> Any:
        return self._exchange.later("operate", "add", [other, self])

    def __sub__(self, other: Any) -> Any:
        return self._exchange.later("operate", "sub", [self, other])

    def __rsub__(self, other: Any) -> Any:
        return self._exchange.later("operate", "sub", [other, self])

    def __mul__(self, other: Any) -> Any:
        return self._exchange.later("operate", "mul", [self, other])

    def __rmul__(self, other: Any) -> Any:
        return self._exchange.later("operate", "mul", [other, self])

    def __neg__(self) -> Any:
        return self._exchange.later("operate", "neg", [self])


class Held(Kept):
    """Attributes that this kind of data has not are asked for where the object is."""

    _exchange: Any = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or self._key is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self._exchange.perform("get", self, name)


def held(exchange: Any, key: int, operates: bool, data: Any) -> Any:
    """Data that stands for the object with this key; ``operates``: whose class says what operators do.

    Raises: WireError for what is no such data.
    """
    kind: Any = type(data)
    if type(key) is not int or kind not in (tuple, list, dict, int, float, np.ndarray):
        raise WireError("an object that is no data, or without a number")
    made = _class(kind, operates is True and kind is not np.ndarray)
    value = data.view(made) if kind is np.ndarray else made(data)
    value._key, value._exchange = key, exchange
    return value


@functools.cache
def _class(kind: Any, operates: bool) -> Any:
    return type(kind.__name__, (Operators, Held, kind) if operates else (Held, kind), {})
