"""Where an integral asks for its function's values: at a handful of places, at random ones that are always the same?"""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.exercises.support.drawing import Array
from autograde.judging.exercise import Arguments

_MOST = 2_000  # calls that are watched
_MANY = 1_000_000  # random numbers that are enough
_USUAL = 5.0  # times one over the root of their number: chance makes no larger errors


class _Enough(Exception):
    """Enough was seen."""


class Watched:
    """A function that notes where it is called."""

    def __init__(self, psi: Callable[[Any], Any]) -> None:
        self.psi, self.places = psi, list[Array]()

    def __call__(self, x: Any) -> Any:
        if len(self.places) == _MOST:
            raise _Enough
        self.places.append(np.array(x, dtype=float))
        return self.psi(x)


def about_places(fn: Callable[..., Any], psi: Callable[[Any], Any], rest: Arguments, error: float, few: int) -> str:
    """What is wrong with the places of a sum that errs by so much; "" where nothing is seen.

    few: fewer different places than this are no grid.
    """
    watched = Watched(psi)
    try:
        fn(watched, *rest)
    except Exception:  # `_Enough`, or what comes of it
        return ""
    found = np.unique(np.concatenate([p.ravel() for p in watched.places])) if watched.places else np.zeros(0)
    if 1 < len(found) < few:
        return (
            f"psi was asked at {len(found)} different places in all. That is too coarse where psi bends: lay a fine "
            "grid, with steps of 0.05 or less, from -6 to 6 at least"
        )
    drawn = {float(p[0]): p.size for p in watched.places if p.ndim == 1 and _is_random(p)}
    count = sum(drawn.values()) // (2 if rest else 1)  # with a correlation two numbers make one pair
    if 0 < count < _MANY and error < _USUAL / np.sqrt(count):
        return (
            f"this is a mean over {count:,} random numbers, the same in every call, as their seed is fixed: so the "
            "error is the same, too. It is about one over the root of their number: take millions, or a sum over a "
            "fine grid"
        )
    return ""


def _is_random(places: Array) -> bool:
    """Whether some neighbours stand far closer together than most do, as they never do on a grid."""
    gaps = np.diff(np.unique(places))
    return len(gaps) > 50 and bool(gaps.min() < np.median(gaps) / 20)
