"""Other numbers in the arrays that a test draws: whole ones beside floats, zeros, large and tiny ones, one array twice."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.exercises.support.batches import Maker, whole
from autograde.exercises.support.drawing import Rng
from autograde.judging.exercise import Arguments

LARGE, TINY = 2.0**10, 2.0**-20


def each_whole(make: Maker, *places: int) -> list[Maker]:
    """For each of these places: what ``make`` makes, with integers there, and floats elsewhere as they were."""

    def at(place: int) -> Maker:
        def made(rng: Rng) -> Arguments:
            args = make(rng)
            return *args[:place], whole(args[place]), *args[place + 1 :]

        return made

    return [at(place) for place in places]


def whole_but(make: Maker, place: int) -> Maker:
    """What ``make`` makes, with integers everywhere but at this place: the sum of whole numbers and this one is not whole."""

    def made(rng: Rng) -> Arguments:
        args = make(rng)
        return *whole(args[:place]), args[place], *whole(args[place + 1 :])

    return made


def with_zeros(make: Maker, *places: int) -> Maker:
    """What ``make`` makes, with zeros: the first row and the last column of tables, the first entry of vectors.

    places: where, by default everywhere.
    """
    return lambda rng: tuple(_changed(a, _zeros) if not places or i in places else a for i, a in enumerate(make(rng)))


def sized(make: Maker, *places: int) -> list[Maker]:
    """What ``make`` makes, once with large and once with tiny numbers at these places."""

    def times(factor: float) -> Maker:
        def made(rng: Rng) -> Arguments:
            return tuple(_changed(a, lambda x: x * factor) if i in places else a for i, a in enumerate(make(rng)))

        return made

    return [times(LARGE), times(TINY)]


def _changed(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(_changed(part, change) for part in value)
    return change(value) if isinstance(value, np.ndarray) and value.dtype.kind == "f" else value


def _zeros(a: Any) -> Any:
    a = a.copy()
    a[:1] = 0.0
    if a.ndim > 1:
        a[..., -1:] = 0.0
    return a
