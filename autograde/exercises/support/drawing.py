"""Arguments for tests: exact numbers, so that a tie is a tie in any order of operations."""

from typing import Any

import numpy as np

Rng = np.random.Generator
Array = np.ndarray[Any, Any]


def eighths(rng: Rng, *shape: int) -> Array:
    """Non-zero multiples of 1/8 up to 3 in size: sums and products of a few hundred of them are exact."""
    return rng.integers(1, 25, shape) / 8 * rng.choice([-1.0, 1.0], shape)


def odd_size(rng: Rng, low: int = 5, high: int = 9) -> int:
    """An odd number from low to high."""
    return int(rng.choice(np.arange(low | 1, high + 1, 2)))


def separable(rng: Rng, n: int, d: int, margin: float = 0.5) -> tuple[Array, Array, Array, float]:
    """``X (n, d)``, ``y (n,)`` in random order, and a hyperplane ``w (d,)``, ``b`` off the origin between them."""
    w, b = eighths(rng, d), float(eighths(rng))
    X = eighths(rng, 200 * n, d)
    score = X @ w + b
    sides = [X[score > margin][: (n + 1) // 2], X[score < -margin][: n // 2]]
    X = rng.permutation(np.concatenate(sides))
    return X, (X @ w + b > 0).astype(np.int64), w, b


def one_entry(rng: Rng) -> Array:
    """A table with one entry, which is no number."""
    return eighths(rng, 1, 1)


def turned(rng: Rng, *shape: int) -> Array:
    """A table that lies in memory column by column, as a transposed one does: its flat form is a copy."""
    return np.asfortranarray(eighths(rng, *shape))


def window(values: Array) -> Array:
    """The same values as a window into a larger array: every second column, and the rows from the last to the first."""
    found = np.zeros((*values.shape[:-1], 2 * values.shape[-1] + 1), values.dtype)[..., 1::2][::-1]
    found[...] = values
    return found


def probabilities(rng: Rng, *shape: int) -> Array:
    """Rows of unequal probabilities."""
    weights = rng.uniform(0.25, 4.0, shape) ** 2
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))
