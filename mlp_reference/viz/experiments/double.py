"""Experiment of notebook 07: random ReLU features and least squares on noisy digits, from few features to many."""

from functools import cache
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from mlp_reference import data

COUNTS = (10, 20, 50, 100, 150, 200, 250, 300, 400, 600, 1000, 3000)
Curve = Float[np.ndarray, " c"]


class Descent(NamedTuple):
    """For each number of features: shares of wrong answers, and the length of the output layer."""

    known: Curve
    new: Curve
    length: Curve


@cache
def descent(n: int = 300, noise: float = 0.15, seed: int = 1) -> Descent:
    """Errors on ``n`` digits, a share of which got a random label, and on all others, whose labels are right.

    Source: Belkin et al. (2019), arXiv:1812.11118.
    """
    X, y = data.digits()
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(y))
    known, new = order[:n], order[n:]
    labels = np.where(rng.random(n) < noise, rng.integers(0, 10, n), y[known])
    found = []
    for m in COUNTS:
        F = np.maximum(X @ rng.normal(0, np.sqrt(2 / X.shape[1]), (X.shape[1], m)), 0)
        out = shortest(F[known], np.eye(10)[labels])
        says = (F @ out).argmax(axis=1)
        found.append(((says[known] != labels).mean(), (says[new] != y[new]).mean(), np.linalg.norm(out)))
    return Descent(*np.array(found).T)


def shortest(F: Float[np.ndarray, "n m"], Y: Float[np.ndarray, "n k"]) -> Float[np.ndarray, "m k"]:
    """Of all output layers with the least squared error the shortest; with more features than examples it has none."""
    n, m = F.shape
    if m > n:
        return np.asarray(F.T @ np.linalg.solve(F @ F.T, Y))
    return np.asarray(np.linalg.lstsq(F, Y, rcond=None)[0])
