"""Whether a result is right: by structure, kind, shape and value, never by how it was computed."""

import builtins
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograde.judging.as_code import number
from autograde.runtime.values import Opaque


@dataclass(frozen=True)
class Tolerance:
    """Accepted deviation: ``relative`` of each value plus ``absolute`` times the size of the expected values."""

    relative: float = 1e-6
    absolute: float = 1e-9


DOUBLE = Tolerance()
SINGLE = Tolerance(1e-3, 1e-4)
ROUNDING = Tolerance(1e-7, 0.0)


@dataclass(frozen=True)
class Difference:
    """Where and how a result differs.  kind: type, dtype, length, shape, nan or value; path: indices to the part.

    key: its name, where it is a part of a dict.
    """

    kind: str
    message: str
    path: tuple[int, ...] = ()
    got: Any = None
    expected: Any = None
    key: str = ""


def tolerance_for(args: Sequence[Any]) -> Tolerance:
    """The tolerance that the precision of the inputs allows."""
    return SINGLE if any(getattr(a, "dtype", None) == np.float32 for a in _leaves(args)) else DOUBLE


def compare(got: Any, expected: Any, tol: Tolerance = DOUBLE, path: tuple[int, ...] = ()) -> Difference | None:
    """The first difference that matters, or None where the result is right.

    Lists and tuples stand for each other, any integer type for an int, 0-d arrays and NumPy scalars for numbers.
    """
    if isinstance(expected, str):
        return _compare_text(got, expected, path)
    if expected is None:
        return None if got is None else _wrong_type(got, expected, path)
    if isinstance(expected, (list, tuple)):
        return _compare_sequence(got, expected, tol, path)
    if isinstance(expected, dict):
        return _compare_dict(got, expected, tol, path)
    return _compare_numbers(got, np.asarray(expected), tol, path)


def right_value(got: Any, expected: Any, tol: Tolerance = DOUBLE) -> tuple[bool, bool]:
    """Whether a result has the right value, whatever kind of numbers it consists of, and whether it is of that kind."""
    difference = compare(got, expected, tol)
    if difference is None or difference.kind != "dtype":
        return difference is None, True
    return _compare_values(difference.got, difference.expected, tol, ()) is None, False


def has_entries(expected: Any) -> bool:
    """Whether an expected result is several values: a tuple, a dict, a list of arrays; not a list of numbers."""
    if isinstance(expected, dict | tuple):
        return bool(expected)
    return isinstance(expected, list) and bool(expected) and not _are_numbers(expected)


def _are_numbers(expected: Any) -> bool:
    return isinstance(expected, list) and bool(expected) and all(isinstance(e, (int, float)) for e in expected)


def same(a: Any, b: Any, tol: Tolerance = ROUNDING, *, kinds: bool = True) -> bool:
    """Whether two values are alike in structure, kind and (to rounding) value; NaN is like NaN.

    kinds: whether integers differ from floats, and an array of one entry from a number.
    """
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(same(x, y, tol, kinds=kinds) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k], tol, kinds=kinds) for k in a)
    x, y = as_numbers(a), as_numbers(b)
    if x is None or y is None:
        return type(a) is type(b) and _same_other(a, b)
    if x.shape != y.shape and (kinds or not x.size == y.size == 1):
        return False
    return not (kinds and x.dtype.kind != y.dtype.kind) and _near(x.reshape(y.shape), y, tol)


def _near(x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], tol: Tolerance) -> bool:
    """Nearly ``np.allclose`` with NaN like NaN, for small arrays in a fraction of its time."""
    equal = x == y
    if equal.all():
        return True
    x, y = x.astype(np.float64), y.astype(np.float64)
    finite = np.isfinite(y)
    with np.errstate(all="ignore"):
        limit = tol.relative * np.abs(y)
        if tol.absolute:
            limit += tol.absolute * (np.abs(y[finite]).max(initial=0.0) or 1.0)  # as the verdict does
        near = (np.abs(x - y) <= limit) & finite | equal
    return bool(near.all()) or bool((near | np.isnan(x) & np.isnan(y)).all())


def same_bytes(a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> bool:
    """Whether two arrays are alike to the last bit: the quickest way to see that nothing has changed."""
    alike = a.shape == b.shape and a.dtype == b.dtype and not a.dtype.hasobject
    return alike and a.tobytes() == b.tobytes()


def _same_other(a: Any, b: Any) -> bool:
    """Of two values of one type that hold no real numbers."""
    if isinstance(a, Opaque):  # no data: a random generator that was used, a function
        return bool(a.kind == b.kind)
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and np.array_equal(a, b)
    return not isinstance(a, (str, bytes, complex)) or bool(a == b)


def as_numbers(value: Any) -> np.ndarray[Any, Any] | None:
    """The value as an array of real numbers or bools, or None where it is nothing of the kind."""
    if type(value) is np.ndarray and value.dtype.kind in "biuf":  # nearly always
        return value
    if not isinstance(value, (np.ndarray, np.generic, int, float, list, tuple)) or isinstance(value, (str, bytes)):
        return None
    try:
        array = np.asarray(value)
        if array.dtype == object:
            array = np.array(array.tolist())
        if array.dtype == object and all(type(entry) is int for entry in array.flat):  # beyond 64 bits
            array = array.astype(np.float64)
    except Exception:
        return None
    return array if array.dtype.kind in "biuf" else None


def is_exception(value: Any) -> bool:
    """Whether one of Python's exceptions, or a class of them, was returned."""
    if not isinstance(value, Opaque):
        return False
    found = re.fullmatch(r"<class '(\w+)'>", value.text)
    kind = getattr(builtins, found[1] if found and value.kind == "type" else value.kind, None)
    return isinstance(kind, type) and issubclass(kind, BaseException)


def kind_of(value: Any) -> str:
    """What a value is, in the words of a message: "a list of 3", "an array of bools of shape (4,)"."""
    if value is None:
        return "None (is a `return` missing?)"
    if is_exception(value):
        return f"a {value.kind} that is returned, not raised (write `raise`)"
    if isinstance(value, Opaque):
        return f"{'an' if value.kind[0] in 'aeiou' else 'a'} {value.kind}"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, np.ndarray):
        return f"an array of {_kind_name(value.dtype)} of shape {value.shape}"
    if isinstance(value, np.generic):
        return f"a NumPy {value.dtype}"
    names = {bool: "a bool", int: "an int", float: "a float", str: "a string", complex: "a complex number"}
    return names.get(type(value), f"a {type(value).__name__}")


def _compare_sequence(got: Any, expected: Sequence[Any], tol: Tolerance, path: tuple[int, ...]) -> Difference | None:
    if not isinstance(got, (list, tuple)) and not (isinstance(got, np.ndarray) and got.ndim > 0):
        return _wrong_type(got, expected, path)
    if _are_joined(got) and isinstance(expected, tuple) and any(map(_has_parts, expected)):
        return _wrong_type(got, expected, path)  # by chance as many numbers as there are results
    if _are_numbers(expected):
        if len(got) != len(expected):
            return Difference("length", f"of length {len(got)}, expected {len(expected)}", path, got, expected)
        if as_numbers(got) is None:
            return Difference("type", f"{kind_of(got)} that are not all numbers, expected numbers", path, got, expected)
        return _compare_numbers(got, np.array(expected, dtype=np.float64), tol, path)  # a list of counts or losses
    if len(got) != len(expected):
        message = f"{len(got)} values, expected {len(expected)}"
        return Difference("length", message, path, got, expected)
    parts = (compare(g, e, tol, (*path, i)) for i, (g, e) in enumerate(zip(got, expected, strict=True)))
    return next((d for d in parts if d is not None), None)


def _are_joined(got: Any) -> bool:
    return isinstance(got, np.ndarray) and got.ndim == 1 and got.dtype.kind != "O"


def _has_parts(value: Any) -> bool:
    return isinstance(value, (list, tuple, dict)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _compare_text(got: Any, expected: str, path: tuple[int, ...]) -> Difference | None:
    if isinstance(got, np.ndarray) and got.ndim == 0 and got.dtype.kind == "U":
        got = got.item()  # what np.select and np.where give
    if not isinstance(got, str):
        return _wrong_type(got, expected, path)
    return None if got == expected else Difference("value", f"{got!r}, expected {expected!r}", path, got, expected)


def _compare_dict(got: Any, expected: dict[Any, Any], tol: Tolerance, path: tuple[int, ...]) -> Difference | None:
    if not isinstance(got, dict):
        return _wrong_type(got, expected, path)
    if got.keys() != expected.keys():
        return Difference("length", f"the keys {list(got)}, expected {list(expected)}", path, got, expected)
    parts = ((k, compare(got[k], expected[k], tol, (*path, i))) for i, k in enumerate(expected))
    return next((replace(d, key=str(k)) for k, d in parts if d is not None), None)


def _compare_numbers(
    got: Any, expected: np.ndarray[Any, Any], tol: Tolerance, path: tuple[int, ...]
) -> Difference | None:
    array = as_numbers(got)
    if array is None:
        return _wrong_type(got, expected, path)
    if isinstance(got, (list, tuple)) and expected.ndim == 0:
        return _wrong_type(got, expected, path)
    if array.shape != expected.shape:
        return Difference("shape", f"shape {array.shape}, expected {expected.shape}", path, array, expected)
    if not _kind_fits(array, expected) and not (type(got) is int and expected.dtype.kind in "iu"):
        wanted, has = _kind_name(expected.dtype), _kind_name(array.dtype)
        return Difference("dtype", f"{has}, expected {wanted}", path, array, expected)
    return _compare_values(array, expected, tol, path)


def _compare_values(
    got: np.ndarray[Any, Any], expected: np.ndarray[Any, Any], tol: Tolerance, path: tuple[int, ...]
) -> Difference | None:
    if (got == expected).all():  # as most are; what follows takes ten times as long
        return None
    if expected.dtype.kind != "f":
        wrong = got != expected
    else:
        e, g = expected.astype(np.float64), got.astype(np.float64)
        finite = np.isfinite(e)
        size = np.abs(e[finite]).max(initial=0.0) or 1.0
        with np.errstate(all="ignore"):
            near = np.abs(g - e) <= tol.relative * np.abs(e) + tol.absolute * size
        wrong = ~np.where(finite, near, (g == e) | (np.isnan(g) & np.isnan(e)))
    if not wrong.any():
        return None
    has_nan = got.dtype.kind == "f" and bool((np.isnan(got) & wrong).any())
    at = tuple(int(i) for i in np.argwhere(wrong)[0])
    where = f" at index {list(at) if len(at) > 1 else at[0]}" if at else ""
    message = f"{number(got[at])}{where}, expected {number(expected[at])}"
    return Difference("nan" if has_nan else "value", message, path, got, expected)


def _kind_fits(got: np.ndarray[Any, Any], expected: np.ndarray[Any, Any]) -> bool:
    wanted = expected.dtype.kind
    if got.size == 0:
        return True
    return got.dtype.kind in {"b": "b", "i": "iu", "u": "iu", "f": "iuf"}[wanted]


def _kind_name(dtype: np.dtype[Any]) -> str:
    return {"b": "bools", "i": "integers", "u": "integers", "f": "floats", "c": "complex numbers"}.get(
        dtype.kind, f"{dtype} values"
    )


def _wrong_type(got: Any, expected: Any, path: tuple[int, ...]) -> Difference:
    had = "None" if got is None and path else kind_of(got)
    wanted = "a number" if isinstance(expected, np.ndarray) and expected.ndim == 0 else kind_of(expected)
    if expected is None:
        wanted = "None"
    if isinstance(expected, np.ndarray) and expected.ndim == 0 and expected.dtype.kind == "b":
        wanted = "True or False"
    return Difference("type", f"{had}, expected {wanted}", path, got, expected)


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, (list, tuple)):
        return [leaf for part in value for leaf in _leaves(part)]
    return [leaf for part in value.values() for leaf in _leaves(part)] if isinstance(value, dict) else [value]
