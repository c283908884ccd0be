"""Experiments of notebook 03: sums of ridges for a bump and for a mountain, and what they cost.

A ridge varies along one direction, as ``cos(pi (k x1 + q x2))`` does along (k, q); it is a broken line of that number.
"""

from itertools import product
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from mlp_reference import equal_knots
from mlp_reference.viz.experiments.memo import memoized

Map = Float[np.ndarray, "g g"]
Weights = Float[np.ndarray, "K K"]  # [k, q] of cos(pi k x1) cos(pi q x2)
Wave = tuple[float, int, int]  # weight, k, q


class RidgeNet(NamedTuple):
    """A sum of functions of one direction each, every one of them a broken line, that comes close to a target."""

    ridges: int
    units: int
    target: Map
    values: Map

    @property
    def error(self) -> float:
        """The largest distance on the grid."""
        return float(np.abs(self.values - self.target).max())

    @property
    def rms(self) -> float:
        """The root mean square of the distances on the grid."""
        return float(np.sqrt(np.mean((self.values - self.target) ** 2)))


def bump(x1: Map, x2: Map) -> Map:
    """A round bump in the middle of the unit square, 1 high."""
    return np.exp(-30 * ((x1 - 0.5) ** 2 + (x2 - 0.5) ** 2))


@memoized
def ridge_net(highest: int, eps: float, grid: int = 101) -> RidgeNet:
    """The bump from its cosines up to a frequency, each made of ReLUs; these cost at most ``eps`` together."""
    middles = (np.arange(64) + 0.5) / 64
    weights = _cosines(bump(*np.meshgrid(middles, middles, indexing="ij")))
    pairs = [(k, q) for k, q in product(range(highest + 1), repeat=2) if k or q]
    x = np.linspace(0, 1, grid)
    values, ridges, units = _sum_of_ridges(weights, pairs, x, eps)
    return RidgeNet(ridges, units, bump(*np.meshgrid(x, x, indexing="ij")), values)


def ridge_map(heights: Map, products: int, eps: float) -> RidgeNet:
    """A map from the products of two cosines that matter most to it, each made of ReLUs.

    heights: samples in the middles of square cells.  eps: what the broken lines cost at most, together.
    """
    weights, n = _cosines(heights), len(heights)
    mean_square = np.where(np.arange(n) > 0, 0.5, 1.0)  # of a wave, and of the constant
    size = weights**2 * mean_square * mean_square[:, None]
    size[0, 0] = 0.0
    best = np.argsort(-size, axis=None)[:products]
    pairs = [(int(k), int(q)) for k, q in zip(*np.unravel_index(best, size.shape), strict=True)]
    values, ridges, units = _sum_of_ridges(weights, pairs, (np.arange(n) + 0.5) / n, eps)
    return RidgeNet(ridges, units, heights, values)


def _cosines(samples: Map) -> Weights:
    """Weights ``[k, q]`` of ``cos(pi k x1) cos(pi q x2)``, whose sum meets the samples in the middles of their cells."""
    from scipy.fft import dctn

    weights = np.asarray(dctn(samples)) / samples.size
    weights[0, :] /= 2
    weights[:, 0] /= 2
    return weights


def _ridges(weights: Weights, pairs: list[tuple[int, int]]) -> list[Wave]:
    """Each product as ridges: a cosine of the sum and one of the difference, where both frequencies are above 0."""
    both = [(k, q) for k, q in pairs if k and q]
    return [(float(weights[k, q]), k, q) for k, q in pairs if not (k and q)] + [
        (float(weights[k, q]) / 2, k, sign * q) for k, q in both for sign in (1, -1)
    ]


def _sum_of_ridges(
    weights: Weights, pairs: list[tuple[int, int]], x: Float[np.ndarray, " g"], eps: float
) -> tuple[Map, int, int]:
    """The values on a grid, the number of ridges, and how many ReLUs their broken lines are; each may cost the same."""
    waves = _ridges(weights, pairs)
    values, units = np.full((len(x), len(x)), weights[0, 0]), 0  # the constant term is the output bias
    for weight, k, q in waves:
        low, high = min(0, q), k + max(q, 0)  # where k x1 + q x2 lies
        width = np.sqrt(8 * eps / len(waves) / (np.pi**2 * max(abs(weight), 1e-12)))
        t = equal_knots(low, high, max(1, int(np.ceil((high - low) / width))))
        values += weight * np.interp(k * x[:, None] + q * x, t, np.cos(np.pi * t))
        units += len(t) - 1
    return values, len(waves), units
