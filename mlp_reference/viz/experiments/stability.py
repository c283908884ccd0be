"""Experiment of notebook 07: full-batch descent on digits, and the sharpness on its way."""

from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int

from mlp_reference import data
from mlp_reference.stationary import sharpness
from mlp_reference.viz.experiments.memo import memoized

SIZES = (64, 32, 10)
Walk = tuple[Float[np.ndarray, " s"], Int[np.ndarray, " r"], Float[np.ndarray, " r"]]


@memoized
def descent(lr: float, steps: int = 600, readings: int = 61, n: int = 300) -> Walk:
    """``(losses, at, sharp)``: the loss of each step, at which steps the sharpness was read, and what it was.

    One hidden layer of tanh, half the squared error against one-hot rows, all n examples in each step.
    Source: Cohen et al. (2021), arXiv:2103.00065.
    """
    X, y = data.digits()
    X, Y = X[:n], np.eye(10)[y[:n]]
    rng = np.random.default_rng(7)
    theta = np.concatenate([rng.normal(0, 1 / np.sqrt(a), a * b) for a, b in pairwise(SIZES)])
    at = np.unique(np.linspace(0, steps - 1, readings).astype(int))
    losses, sharp = [], []
    for step in range(steps):
        loss, gradient = loss_and_gradient(theta, X, Y)
        losses.append(loss)
        if step in at:
            sharp.append(sharpness(lambda t: loss_and_gradient(t, X, Y)[1], theta, rng, 30))
        theta = theta - lr * gradient
    return np.array(losses), at, np.array(sharp)


def loss_and_gradient(
    theta: Float[np.ndarray, " d"], X: Float[np.ndarray, "n a"], Y: Float[np.ndarray, "n k"]
) -> tuple[float, Float[np.ndarray, " d"]]:
    """Of half the squared error, summed over outputs, averaged over examples."""
    a, m, k = SIZES
    W1, W2 = theta[: a * m].reshape(a, m), theta[a * m :].reshape(m, k)
    H = np.tanh(X @ W1)
    R = H @ W2 - Y
    G = R / len(X)
    dW1 = X.T @ ((G @ W2.T) * (1 - H**2))
    return float(0.5 * np.sum(R**2) / len(X)), np.concatenate([dW1.ravel(), (H.T @ G).ravel()])
