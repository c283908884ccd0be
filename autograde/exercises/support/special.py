"""Arguments with special numbers: zeros instead of all, one zero among the others, the same number twice."""

from collections.abc import Callable
from typing import Any

from autograde.exercises.support.batches import Maker
from autograde.exercises.support.drawing import Array


def changed_at(make: Maker, change: Callable[[Any], Any], *places: int) -> Maker:
    """Makes what ``make`` makes, with the arguments at these places changed."""
    return lambda rng: tuple(change(a) if i in places else a for i, a in enumerate(make(rng)))


def zeros(arg: Any) -> Any:
    """Zeros instead of all its numbers."""
    return [zeros(a) for a in arg] if isinstance(arg, list) else 0 * arg


def each_zero(make: Maker, *places: int) -> list[Maker]:
    """For each of these places: what ``make`` makes, with zeros there, and the rest as it was."""
    return [changed_at(make, zeros, place) for place in places]


def with_ties(make: Maker, *places: int) -> Maker:
    """Makes what ``make`` makes, with a 0 among the numbers of these arrays, and the first one twice."""
    return changed_at(make, _tied, *places)


def _tied(a: Array) -> Array:
    tied = a.copy()
    tied.flat[-1], tied.flat[a.size // 2] = tied.flat[0], 0
    return tied
