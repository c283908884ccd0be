"""Ways to change the arguments of a call, with their words."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograde.judging.diagnosis.experiments.domain import (
    Axis,
    Domain,
    arrays_in,
    dims,
    is_arrays,
    is_floats,
    is_number,
    is_numeric,
)
from autograde.judging.exercise import Arguments, Formula

Array = np.ndarray[Any, Any]
_AXES = {0: "rows", 1: "columns", -1: "arrays", -2: "rows and columns"}
_LARGE = 20.0
Make = Callable[[Arguments], Arguments | None]


@dataclass(frozen=True)
class Change:
    """words: what it does.  ask: the question where an answer is right after it.

    other: a change of the same kind, after which something else is right: else this one leaves nothing to get wrong.
    """

    words: str
    make: Make
    ask: str = ""
    other: Make | None = None


def on(i: int, how: Callable[[Any], Any]) -> Make:
    """A change of one argument, of a list of arrays each of them."""

    def make(args: Arguments) -> Arguments | None:
        a = args[i]
        if is_arrays(a):
            new: Any = [_like(how(part), part) for part in a]
        elif is_numeric(a):
            new = _like(how(a), a)
        else:
            return None
        return (*args[:i], new, *args[i + 1 :])

    return make


def _like(new: Any, old: Any) -> Any:
    return np.asarray(new).astype(old.dtype) if isinstance(old, np.ndarray) else type(old)(new)


def along(axes: Sequence[Axis], how: Callable[[Array, int], Array]) -> Make:
    """A change of all axes of a class.  how: (an array, its axis) -> the new one."""

    def make(args: Arguments) -> Arguments | None:
        new = list(args)
        for i, axis in axes:
            if axis >= 0:
                new[i] = how(new[i], axis)
            elif axis == -2:
                new[i] = [functools.reduce(how, range(part.ndim), part) for part in new[i]]
            else:
                order = how(np.arange(len(new[i])), 0)
                new[i] = [new[i][j] for j in order]
        return tuple(new)

    return make


def first(a: Array, axis: int) -> Array:
    """The first entry along an axis, which is kept."""
    return np.take(a, [0], axis=axis)


def turned(a: Array, axis: int) -> Array:
    """All entries one further along an axis, the last one in front."""
    return np.roll(a, 1, axis=axis)


def twice(a: Array, axis: int) -> Array:
    """The entries along an axis, and all of them again."""
    return np.concatenate([a, a], axis=axis)


def listed(words: Sequence[str]) -> str:
    """Words with commas and an "and"."""
    return " and ".join([*([", ".join(words[:-1])] if len(words) > 1 else []), *words[-1:]])


def words_of(axes: Sequence[Axis], domain: Domain) -> list[str]:
    """The axes of a class in words: "rows of `X`", "entries of `y`"."""
    names: dict[str, list[str]] = {}
    for i, axis in axes:
        many = axis < 0 or dims(domain.calls[0][i]) > 1
        kind = _AXES.get(axis, "layers") if many else "entries"
        names.setdefault(kind, []).append(f"`{domain.parameters[i]}`")
    return [f"{kind} of {listed(which)}" for kind, which in names.items()]


def are_floats(a: Any) -> bool:
    """Whether it is an array, or a list of arrays, of a floating-point type."""
    return all(map(is_floats, a)) if is_arrays(a) else is_floats(a) and dims(a) > 0


def _level(a: Array) -> Array:
    """The largest entry, everywhere."""
    return np.full_like(a, a.flat[np.argmax(np.abs(a))])


def _other_level(a: Array) -> Array:
    return _level(a) * 0.8


def simpler(domain: Domain, args: Arguments) -> Iterator[Change]:
    """Changes after which there is less to go wrong."""
    names = [f"`{name}`" for name in domain.parameters]
    numbered = list(zip(range(len(args)), names, args, strict=True))
    for i, name, a in numbered:
        if are_floats(a):
            yield Change(f"no negative entries in {name}", on(i, np.abs), "What becomes of the negative ones?")
            ask = "What becomes of what stands behind the point?"
            yield Change(f"nothing but whole numbers in {name}", on(i, np.ceil), ask)
        if is_floats(a) and dims(a) == 1:
            yield Change(f"the entries of {name} in rising order", on(i, np.sort), "Where does their order come in?")
        if are_floats(a):
            ask = "What becomes of the differences between its entries?"
            yield Change(f"one and the same number everywhere in {name}", on(i, _level), ask, on(i, _other_level))
            if any(np.abs(part).max() > _LARGE for part in arrays_in(a)):
                words = f"numbers a hundred times smaller in {name}"
                yield Change(words, on(i, lambda v: v / 100), "What becomes of large ones?")
            ask = f"Where does {name} come in, and as which power?"
            yield Change(f"ones everywhere in {name}", on(i, np.ones_like), ask, on(i, lambda v: np.full_like(v, 2)))
        elif is_number(a):
            ask = (
                f"Where does {name} come in, and as which power?"
                if isinstance(a, float)
                else "What is done with other values?"
            )
            yield Change(f"{name} = 1", on(i, lambda v: type(v)(1)), ask)
    for axes in domain.axes:
        of = words_of(axes, domain)
        one = listed([f"only the first of the {place}" for place in of])
        thing = of[0].split(" ")[0]
        ask = f"What goes over all {thing}: a sum, a mean, a loop, an index?"
        yield Change(one, along(axes, first), "What is done from the second one on?" if thing == "arrays" else ask)
    for i, name, a in numbered:
        if isinstance(a, np.ndarray) and a.dtype.kind in "iu":
            yield Change(f"nothing but 0 in {name}", on(i, np.zeros_like), "What becomes of the others?")
            yield Change(f"nothing but 1 in {name}", on(i, np.ones_like), "What becomes of the others?")
        elif isinstance(a, float):
            yield Change(f"{name} = 0", on(i, lambda v: v * 0), f"Where does {name} come in?")


def zeros(domain: Domain, args: Arguments) -> Iterator[Change]:
    """Changes after which an array is 0, which leaves least to go wrong."""
    for i, a in enumerate(args):
        name = f"`{domain.parameters[i]}`"
        if are_floats(a):
            yield Change(f"zeros in {name}", on(i, lambda v: v * 0), f"Where does {name} come in?")


def formula(i: int, pattern: str) -> Make:
    """A change of a function among the arguments: in the pattern its formula stands for {}."""

    def make(args: Arguments) -> Arguments | None:
        if not isinstance(args[i], Formula):
            return None
        head, _, body = args[i].__name__.partition(": ")
        return (*args[:i], Formula(pattern.format(body), head.removeprefix("lambda ")), *args[i + 1 :])

    return make
