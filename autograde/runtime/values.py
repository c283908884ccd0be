"""Results as plain data: what a learner's code returns may be any object, what is judged and shown may not."""

import numbers
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

_DEEPEST, _LONGEST, _COPIED = 20, 100_000, 50_000_000  # levels of lists, entries of a list, bytes of an array
_ATOMS = (type(None), bool, int, float, complex, str, bytes)
_BYTES = (str, bytes, bytearray, memoryview)


@dataclass(frozen=True)
class Opaque:
    """Stands for an object that is no data: the name of its type, and what it looks like."""

    kind: str
    text: str = ""
    is_callable: bool = False


class Foreign:
    """Base of what stands for an object in another process.

    described: all there is to see of it.  definition: the text that defines it, where it is known.
    """

    described: Opaque

    def maker(self) -> Any:
        """The same, where what comes of its calls is used as an object, even if it is a list or a number, too."""
        return self

    def definition(self) -> str:
        """No text is known."""
        return ""


class Kept:
    """Base of data that stands for an object of a learner's class in another process.

    _key: its number there; None for what was computed from it here.
    """

    _key: int | None = None


def data_of(value: Any) -> Any:
    """The numbers, list, tuple or dict that an object is whose class inherits from one; None for all others."""
    kind = type(value)
    if issubclass(kind, np.ndarray):
        array = _plain_array(np.asarray(value))
        return array if isinstance(array, np.ndarray) and array.dtype.kind in "biufcUS" else None
    if issubclass(kind, np.generic):
        return None
    if issubclass(kind, (list, tuple)):
        return _kind_of(value, (list, tuple))(value) if len(value) <= _LONGEST else None
    if issubclass(kind, dict):
        return dict(value.items()) if len(value) <= _LONGEST else None
    return _kind_of(value, (float, int))(value) if issubclass(kind, (float, int)) else _other_data(value)


def _other_data(value: Any) -> Any:
    """What Python counts among numbers, sequences and mappings as one of its own: a Fraction, SymPy's numbers, a deque.

    None for all others, for what refuses, and for what is too long.
    """
    kind = type(value)
    try:
        if issubclass(kind, numbers.Number) and not issubclass(kind, np.generic):
            return int(value) if issubclass(kind, numbers.Integral) else float(value)
        if issubclass(kind, Mapping) and len(value) <= _LONGEST:
            return dict(value.items())
        if issubclass(kind, Sequence) and not issubclass(kind, _BYTES) and len(value) <= _LONGEST:
            return list(islice(value, _LONGEST))
    except Exception:  # a complex number, or one of the learner's own
        return None
    return None


def _kind_of(value: Any, kinds: tuple[Any, ...]) -> Any:
    return next(kind for kind in kinds if isinstance(value, kind))


def plain(value: Any, level: int = 0) -> Any:
    """Numbers, texts, arrays, lists, tuples and dicts as they are, copied; an Opaque for everything else.

    Runs code of the value's own class where it must look at it, so keep it where the learner's code runs.
    """
    kind = type(value)
    if kind in _ATOMS:
        return value
    if issubclass(kind, Foreign):
        found: Opaque = value.described
        return found
    if issubclass(kind, np.ndarray):
        return _plain_array(np.asarray(value))
    if issubclass(kind, str):  # one of NumPy's, of an Enum, of the learner's own class
        return str.__str__(value)
    if issubclass(kind, np.generic):
        return value
    if issubclass(kind, (bool, int, float)):  # a class of the learner's that inherits from a number
        return float(value) if issubclass(kind, float) else int(value)
    if issubclass(kind, (list, tuple)) and level < _DEEPEST:
        return _plain_sequence(value, level)
    if issubclass(kind, dict) and level < _DEEPEST and len(value) <= _LONGEST:
        return {_plain_key(k): plain(v, level + 1) for k, v in value.items()}
    if level < _DEEPEST and (data := _other_data(value)) is not None:
        return plain(data, level + 1)
    if kind is types.CoroutineType:
        value.close()  # else Python complains on stderr that nobody awaited it
    return Opaque(kind.__name__, _text(value), callable(value))


def _plain_array(array: np.ndarray[Any, Any]) -> Any:
    if array.dtype == object:
        try:
            found = np.array(array.tolist())
            if found.dtype == object:
                found = np.array([v if type(v) in _ATOMS else _other_data(v) for v in array.flat]).reshape(array.shape)
        except Exception:  # ragged lists, objects that refuse
            return Opaque("array of objects", _text(array))
        return found if found.dtype.kind in "biufc" else Opaque("array of objects", _text(array))
    return array.copy() if array.nbytes <= _COPIED else array


def _plain_sequence(value: Any, level: int) -> Any:
    if len(value) > _LONGEST:
        return Opaque(f"{type(value).__name__} of {len(value)}")  # nothing in the course returns so many, but in arrays
    parts = [plain(v, level + 1) for v in value]
    return tuple(parts) if issubclass(type(value), tuple) else parts


def _plain_key(key: Any) -> Any:
    if issubclass(type(key), str):
        return str.__str__(key)
    return key if type(key) in _ATOMS else Opaque(type(key).__name__)


def _text(value: Any) -> str:
    """What an object looks like, shortened; its class may fail at that.

    Of a method nothing of its object, which may be a graph with more paths than anybody can print.
    """
    if type(value) is types.MethodType:
        return f"<bound method {value.__name__}>"
    try:
        return repr(value)[:400]
    except Exception:
        return f"<{type(value).__name__}>"
