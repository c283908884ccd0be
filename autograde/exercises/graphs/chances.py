"""Probabilities for the tests of the softmax."""

import numpy as np

from autograde.exercises.drawing import Array, Rng


def probabilities(rng: Rng, *shape: int) -> Array:
    """Rows of unequal probabilities."""
    weights = rng.uniform(0.25, 4.0, shape) ** 2
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))
