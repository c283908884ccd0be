"""What the wrong entries of a result have in common."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Named = tuple[Array, str]  # a mask of a result's shape, and where it is true, in words

_FEWEST = 5  # entries of a result in which a pattern is no coincidence


def where_wrong(wrong: Array, args: Sequence[Any], parameters: Sequence[str]) -> str:
    """A sentence on which entries are wrong, "" where nothing fits exactly.  wrong: a mask of the result's shape."""
    if wrong.size < _FEWEST or wrong.all() or not wrong.any():
        return ""
    for mask, words in _masks(wrong, args, parameters):
        if np.array_equal(mask, wrong):
            return f"It is wrong only {words}."
        if np.array_equal(~mask, wrong):
            return f"It is right only {words}."
    return ""


def _masks(wrong: Array, args: Sequence[Any], parameters: Sequence[str]) -> Iterator[Named]:
    named = [(name, np.asarray(a)) for name, a in zip(parameters, args, strict=False) if _is_numbers(a)]
    limits = [(name, float(a)) for name, a in named if a.ndim == 0]
    for name, a in named:
        if a.ndim and a.shape == wrong.shape:
            yield from _by_values(a, name, limits)
        elif a.ndim == 1 and wrong.ndim == 2 and len(a) == len(wrong):
            yield from _by_rows(a, name, wrong)
    yield from _by_place(wrong)


def _by_values(a: Array, name: str, limits: Sequence[tuple[str, float]]) -> Iterator[Named]:
    yield a == 0, f"where `{name}` is 0"
    yield a < 0, f"where `{name}` is below 0"
    yield a > 0, f"where `{name}` is above 0"
    for other, limit in limits:
        if limit > 0:
            yield np.abs(a) > limit, f"where `{name}` is, in size, above `{other}`"
            yield np.abs(a) >= limit, f"where `{name}` is, in size, at least `{other}`"
        yield a > limit, f"where `{name}` is above `{other}`"
        yield a < limit, f"where `{name}` is below `{other}`"
        yield a == limit, f"where `{name}` is exactly `{other}`"


def _by_rows(a: Array, name: str, wrong: Array) -> Iterator[Named]:
    for value in np.unique(a)[:4]:
        yield np.broadcast_to((a == value)[:, None], wrong.shape), f"in the rows where `{name}` is {value:g}"
    if a.dtype.kind in "iu" and a.min(initial=0) >= 0 and a.max(initial=0) < wrong.shape[1]:
        own = np.arange(wrong.shape[1]) == a[:, None]
        yield own, f"at the places of the labels: in each row, in the column that `{name}` tells"


def _by_place(wrong: Array) -> Iterator[Named]:
    if wrong.ndim == 2 and wrong.shape[0] == wrong.shape[1]:
        yield np.eye(len(wrong), dtype=bool), "on the diagonal"
        yield np.triu(np.ones_like(wrong), 1), "above the diagonal"
        yield np.tril(np.ones_like(wrong), -1), "below the diagonal"
    names = ("value",) if wrong.ndim == 1 else ("row", "column")
    for axis, name in enumerate(names if wrong.ndim in (1, 2) else ()):
        place = np.arange(wrong.shape[axis]).reshape([-1 if i == axis else 1 for i in range(wrong.ndim)])
        yield np.broadcast_to(place == 0, wrong.shape), f"in the first {name}"
        yield np.broadcast_to(place == wrong.shape[axis] - 1, wrong.shape), f"in the last {name}"
    if wrong.ndim == 1:
        yield np.arange(len(wrong)) >= int(np.argmax(wrong)), f"from index {int(np.argmax(wrong))} on"


def _is_numbers(a: Any) -> bool:
    if isinstance(a, bool) or not isinstance(a, (int, float, np.ndarray, np.number)):
        return False
    return not isinstance(a, np.ndarray) or a.dtype.kind in "iuf"
