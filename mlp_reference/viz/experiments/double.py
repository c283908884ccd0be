"""Experiment of notebook 07: random ReLU features and least squares on noisy digits, from few features to many."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from mlp_reference import data
from mlp_reference.shapes import Labels
from mlp_reference.viz.experiments.memo import memoized

COUNTS = (10, 20, 50, 100, 150, 200, 250, 300, 400, 600, 1000, 3000)
Curve = Float[np.ndarray, " c"]


class Descent(NamedTuple):
    """For each number of features: shares of wrong answers, and the length of the output layer.

    ``miss`` is the largest difference of an output from its known label. ``other`` and ``other_length`` are those of
    another output layer that meets all labels, not the shortest: nan where there is none. ``priced`` are those of a
    layer whose length has a price, and so does not meet them.
    """

    known: Curve
    miss: Curve
    new: Curve
    length: Curve
    other: Curve
    other_length: Curve
    priced: Curve
    priced_length: Curve


@memoized
def descent(n: int = 300, noise: float = 0.15, seed: int = 1) -> Descent:
    """Errors on ``n`` digits, a share of which got a random label, and on all others, whose labels are right.

    Source: Belkin et al. (2019), arXiv:1812.11118.
    """
    X, y = data.digits()
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(y))
    known, new = order[:n], order[n:]
    X = X - X[known].mean(axis=0)  # a ReLU of pixels that are all positive may be 0 for every digit
    labels = np.where(rng.random(n) < noise, rng.integers(0, 10, n), y[known])
    found, Y = [], np.eye(10)[labels]
    for m in COUNTS:
        F = np.maximum(X @ rng.normal(0, np.sqrt(2 / X.shape[1]), (X.shape[1], m)), 0)
        K, far = F[known], np.random.default_rng(seed).normal(size=(m, 10))
        out = shortest(K, Y)
        other = far + shortest(K, Y - K @ far) if m > n else None  # the solution nearest to ``far``
        judged = [x for layer in (out, other, priced(K, Y)) for x in _judged(F[new], y[new], layer)]
        found.append([((K @ out).argmax(axis=1) != labels).mean(), np.abs(K @ out - Y).max(), *judged])
    return Descent(*np.array(found).T)


def _judged(F: Float[np.ndarray, "n m"], y: Labels, out: Float[np.ndarray, "m k"] | None) -> tuple[float, float]:
    """The share of wrong answers of an output layer and its length, nan where there is no layer."""
    if out is None:
        return np.nan, np.nan
    return float(((F @ out).argmax(axis=1) != y).mean()), float(np.linalg.norm(out))


def priced(F: Float[np.ndarray, "n m"], Y: Float[np.ndarray, "n k"], price: float = 1.0) -> Float[np.ndarray, "m k"]:
    """The output layer with the least squared error plus ``price`` times its own squared length (weight decay)."""
    return np.asarray(np.linalg.solve(F.T @ F + price * np.eye(F.shape[1]), F.T @ Y))


def shortest(F: Float[np.ndarray, "n m"], Y: Float[np.ndarray, "n k"]) -> Float[np.ndarray, "m k"]:
    """Of all output layers with the least squared error the shortest; with more features than examples it has none."""
    n, m = F.shape
    if m > n:
        return np.asarray(F.T @ np.linalg.solve(F @ F.T, Y))
    return np.asarray(np.linalg.lstsq(F, Y, rcond=None)[0])
