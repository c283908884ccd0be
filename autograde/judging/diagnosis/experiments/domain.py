"""What the arguments of all calls of an exercise have in common, which experiments must leave as it is.

Probabilities add up to 1, knots increase, labels are below the number of classes: nobody wrote it down, but all calls
keep to it, and the right answer may be none where a call does not.
"""

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograde.judging.exercise import Arguments

Array = np.ndarray[Any, Any]
# an argument by its number and an axis of it: -1 is the length of a list of arrays, -2 all axes of its arrays at once
Axis = tuple[int, int]

_NEAR = 1e-6
_FEWEST = 3  # calls that tell what is common to all
_FEWEST_ORDERED = 4  # values of a number that tell that it is never above another: of a few rates one is the largest


def _sums(a: Array, axis: int) -> bool:
    return bool(np.allclose(a.sum(axis=axis), 1, atol=_NEAR))


_ADDED_UP = {"sum 1": 0, "rows of sum 1": 1, "columns of sum 1": 0}
_PROPERTIES: dict[str, Callable[[Array], bool]] = {
    "not negative": lambda a: bool((a >= 0).all()),
    "above 0": lambda a: bool((a > 0).all()),
    "at least 1": lambda a: bool((a >= 1).all()),
    "at least 2": lambda a: bool((a >= 2).all()),
    "not 0": lambda a: bool((a != 0).all()),
    "not all 0": lambda a: bool((a != 0).any()),
    "at most 1": lambda a: bool((a <= 1).all()),
    "below 1": lambda a: bool((a < 1).all()),
    "at least -1": lambda a: bool((a >= -1).all()),
    "whole": lambda a: bool((a == np.round(a)).all()),
    "increasing": lambda a: a.ndim == 1 and bool((np.diff(a) > 0).all()),
    "in order": lambda a: a.ndim == 1 and bool((np.diff(a) >= 0).all()),
    "different": lambda a: a.ndim == 1 and len(np.unique(a)) == a.size,
    "symmetric": lambda a: a.ndim == 2 and a.shape == a.T.shape and bool(np.allclose(a, a.T)),
    "sum 1": lambda a: a.ndim == 1 and _sums(a, 0),
    "rows of sum 1": lambda a: a.ndim == 2 and _sums(a, 1),
    "columns of sum 1": lambda a: a.ndim == 2 and _sums(a, 0),
    "mean 0": lambda a: a.ndim > 0 and a.size > 1 and bool(np.allclose(a.mean(axis=0), 0, atol=_NEAR)),
    "length 1": lambda a: a.ndim == 1 and bool(np.isclose(np.linalg.norm(a), 1)),
    "orthogonal": lambda a: a.ndim == 2 and bool(np.allclose(a.T @ a, np.eye(a.shape[1]))),
}


class Domain:
    """The common properties of the arguments of those calls that are of the form of one of them."""

    def __init__(self, calls: Sequence[Arguments], like: Arguments, parameters: Sequence[str]) -> None:
        self.calls = [args for args in calls if form_of(args) == form_of(like)]
        self.parameters = parameters[: len(like)]

    @functools.cached_property
    def _kept(self) -> list[set[str]]:
        return [self._common(i) - self._too_strict(i) for i in range(len(self.parameters))]

    def _common(self, i: int) -> set[str]:
        return {name for name, has in _PROPERTIES.items() if all(_has(args[i], has) for args in self.calls)}

    def _too_strict(self, i: int) -> set[str]:
        """What may be given up: a single label may well be 0, and so may a rate; a step may be the first one."""
        if self._is_whole(i):
            return {"not all 0"} | self._by_chance(i)
        if self._by_chance(i):
            return self._by_chance(i)
        if not all(is_number(args[i]) for args in self.calls):
            return set()
        rate = all(isinstance(args[i], float) and 0 <= args[i] < 1 for args in self.calls)
        return {"at least 2"} | ({"above 0", "not 0", "not all 0"} if rate else set())

    def _by_chance(self, i: int) -> set[str]:
        """What numbers of both signs keep to for no reason: no one draws a 0 among them, or the same one twice."""
        entries = [v for args in self.calls for v in arrays_in(args[i]) if v.ndim and v.dtype.kind == "f"]
        both = any((v < 0).any() for v in entries) and any((v > 0).any() for v in entries)
        return {"not 0", "not all 0", "different"} if both else set()

    def _is_whole(self, i: int) -> bool:
        return any(isinstance(args[i], np.ndarray) and args[i].dtype.kind in "iu" for args in self.calls)

    @functools.cached_property
    def axes(self) -> list[tuple[Axis, ...]]:
        """The classes of axes whose length varies from call to call."""
        return [axes for lengths, axes in self._classes.items() if len(set(lengths)) > 1 and min(lengths) > 0]

    @functools.cached_property
    def _classes(self) -> dict[tuple[int, ...], tuple[Axis, ...]]:
        found: dict[tuple[int, ...], tuple[Axis, ...]] = {}
        for i in range(len(self.parameters)):
            axes = [set(_axes_of(args[i])) for args in self.calls]
            for axis in sorted(set.intersection(*axes)) if axes else ():
                lengths = tuple(length(args[i], axis) for args in self.calls)
                found[lengths] = (*found.get(lengths, ()), (i, axis))
        return found

    @functools.cached_property
    def _orders(self) -> list[tuple[int, int]]:
        """Pairs of single numbers of which the first is never above the second one."""
        n = len(self.parameters)
        numbers = [i for i in range(n) if all(is_number(args[i]) for args in self.calls)]
        numbers = [i for i in numbers if len({args[i] for args in self.calls}) >= _FEWEST_ORDERED]
        pairs = [(i, j) for i in numbers for j in numbers if i != j]
        return [(i, j) for i, j in pairs if all(args[i] <= args[j] for args in self.calls)]

    @functools.cached_property
    def _labels(self) -> list[tuple[int, Axis]]:
        """Arrays of whole numbers that are always below the length of an axis: they may be indices."""
        n = len(self.parameters)
        whole = [i for i in range(n) if all(_is_labels(args[i]) for args in self.calls)]
        axes = [axes[0] for axes in self._classes.values()]
        return [(i, axis) for i in whole for axis in axes if self._are_indices(i, axis)]

    def _are_indices(self, i: int, axis: Axis) -> bool:
        """Whether whole numbers are below the length of an axis in all calls, and next to it in one."""
        nearest = any(args[i].max(initial=0) == length(args[axis[0]], axis[1]) - 1 for args in self.calls)
        return nearest and all(_below(args, i, axis) for args in self.calls)

    def restored(self, args: Arguments) -> Arguments:
        """The same with probabilities that add up to 1 again."""
        if len(self.calls) < _FEWEST or len(args) != len(self.parameters):
            return args
        return tuple(_with_sum_1(a, kept) for a, kept in zip(args, self._kept, strict=True))

    def has(self, args: Arguments) -> bool:
        """Whether these arguments have all that is common to the others."""
        if len(self.calls) < _FEWEST or form_of(args) != form_of(self.calls[0]):
            return False
        if not all(_has(a, _PROPERTIES[name]) for a, names in zip(args, self._kept, strict=True) for name in names):
            return False
        for lengths, axes in self._classes.items():
            now = {length(args[i], axis) for i, axis in axes}
            if len(now) > 1 or (len(set(lengths)) == 1 and now != {lengths[0]}):
                return False
        return all(args[i] <= args[j] for i, j in self._orders) and all(_below(args, *pair) for pair in self._labels)


def _has(value: Any, has: Callable[[Array], bool]) -> bool:
    if isinstance(value, (list, tuple)):
        return bool(value) and all(isinstance(part, np.ndarray) and _has(part, has) for part in value)
    return is_numeric(value) and has(np.asarray(value, dtype=np.float64))


def _with_sum_1(a: Any, kept: set[str]) -> Any:
    axis = next((axis for name, axis in _ADDED_UP.items() if name in kept), None)
    if axis is None or not isinstance(a, np.ndarray):
        return a
    total = np.asarray(a.sum(axis=axis, keepdims=True))
    return a if _sums(a, axis) or not (total > 0).all() else (a / total).astype(a.dtype)


def _axes_of(value: Any) -> tuple[int, ...]:
    if isinstance(value, np.ndarray):
        return tuple(range(value.ndim))
    if not is_arrays(value):
        return ()
    return (-1, -2) if len({n for part in value for n in part.shape}) == 1 else (-1,)


def form_of(args: Arguments) -> tuple[Any, ...]:
    """Of which types and numbers of axes arguments are; words as they are."""
    return tuple(a if isinstance(a, (str, bool)) else (type(a), dims(a)) for a in args)


def dims(value: Any) -> int:
    """The number of axes of an array or a number; 0 for all else."""
    return int(np.ndim(value)) if isinstance(value, np.ndarray) else 0


def length(value: Any, axis: int) -> int:
    """How long an axis is, of a list of arrays the list itself."""
    if axis >= 0:
        return int(value.shape[axis])
    return len(value) if axis == -1 else max((n for part in value for n in part.shape), default=0)


def _below(args: Arguments, i: int, axis: Axis) -> bool:
    return bool((args[i] < length(args[axis[0]], axis[1])).all())


def _is_labels(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "iu" and bool((value >= 0).all())


def is_numeric(value: Any) -> bool:
    """Whether it is an array of numbers or a number."""
    return is_number(value) or (isinstance(value, np.ndarray) and value.dtype.kind in "iuf" and value.size > 0)


def is_number(value: Any) -> bool:
    """Whether it is a single number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_floats(value: Any) -> bool:
    """Whether it is a number or an array of a floating-point type."""
    return isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size > 0)


def is_arrays(value: Any) -> bool:
    """Whether it is a list of arrays of numbers."""
    return isinstance(value, list) and bool(value) and all(isinstance(part, np.ndarray) for part in value)


def arrays_in(value: Any) -> Iterator[Array]:
    """Itself, or the arrays of a list."""
    yield from value if is_arrays(value) else [np.asarray(value)] if is_numeric(value) else []
