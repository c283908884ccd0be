"""Landscapes of two parameters with their slopes, and walks on them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from mlp_reference import SGD, Adam, Momentum
from mlp_reference.optimize import Optimizer

Walk = Float[np.ndarray, "t 2"]
FAR = 1e3  # beyond it a walk has left the picture for good


class Surface(NamedTuple):
    """Height and slope at ``(x, y)``, and what there is to see."""

    f: Callable[[np.ndarray, np.ndarray], np.ndarray]
    slope: Callable[[float, float], tuple[float, float]]
    about: str


SURFACES = {
    "narrow valley": Surface(
        lambda x, y: (x**2 + 20 * y**2) / 2, lambda x, y: (x, 20 * y), "Curvatures 1 and 20: one minimum, at (0, 0)."
    ),
    "round bowl": Surface(
        lambda x, y: (x**2 + y**2) / 2, lambda x, y: (x, y), "Curvature 1 in all directions: one minimum, at (0, 0)."
    ),
    "saddle": Surface(
        lambda x, y: (x**2 - y**2) / 2 + y**4 / 4,
        lambda x, y: (x, y**3 - y),
        "A saddle at (0, 0), minima at (0, 1) and (0, −1).",
    ),
    "two wells": Surface(
        lambda x, y: (x**2 - 1) ** 2 + 0.3 * x + y**2,
        lambda x, y: (4 * x * (x**2 - 1) + 0.3, 2 * y),
        "A shallow well near (1, 0), a deeper one near (−1, 0).",
    ),
}
METHODS: dict[str, Callable[[float], Optimizer]] = {
    "plain step": lambda lr: SGD(lr),
    "momentum 0.9": lambda lr: Momentum(lr),
    "Adam": lambda lr: Adam(lr),
}


def walk(
    surface: Surface, optimizer: Optimizer, start: tuple[float, float], steps: int, noise: float = 0.0
) -> tuple[Walk, bool]:
    """``(places, lost)``: where each step leads, up to the one that leaves the picture for good.

    ``noise`` is the standard deviation of what a batch adds to the slope; the same numbers are drawn each time.
    """
    rng = np.random.default_rng(0)
    p = np.array(start, dtype=float)
    places = [p.copy()]
    for _ in range(steps):
        g = np.array(surface.slope(p[0], p[1])) + noise * rng.standard_normal(2)
        optimizer.step([p], [g])
        places.append(p.copy())
        if not np.abs(p).max() < FAR:
            return np.array(places[:-1]), True
    return np.array(places), False
