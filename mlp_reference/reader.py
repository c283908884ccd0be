"""The deep reader of digits of notebook 08, as it should be: data kept apart, gradients, first weights, training."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from jaxtyping import Int, Real

from mlp_reference import checks
from mlp_reference.initialize import init_weights
from mlp_reference.losses import softmax_xent
from mlp_reference.mlp import Lists
from mlp_reference.optimize import minibatches, sgd_step
from mlp_reference.shapes import Integer, Labels, Matrices, Rows, Vectors

FAULTS = ("leak", "mean twice", "order", "overflow", "right", "slope", "transpose", "variance")
_FOUND = {
    "two_parts": "leak",
    "first_weights": "variance",
    "forward": "right",
    "cross_entropy": "overflow",
    "layer_gradients": "mean twice",
    "through_tanh": "slope",
    "backward": "right",
    "batches": "right",
}


def leaked_rows(X_train: Real[np.ndarray, "n d"], X_test: Real[np.ndarray, "m d"]) -> Int[np.ndarray, " _"]:
    """Indices, in increasing order, of the rows of ``X_test`` that stand in ``X_train`` too, entry for entry.

    Source: notebook 08, the data.
    """
    known = set(map(tuple, X_train.tolist()))
    return np.array([i for i, row in enumerate(X_test.tolist()) if tuple(row) in known], dtype=np.int64)


def findings() -> dict[str, str]:
    """What ails each function of the reader of notebook 08, in one of the words of ``FAULTS``.

    Source: notebook 08, name them.
    """
    return dict(_FOUND)


def reader_grads(X: Rows, y: Labels, Ws: Matrices, bs: Vectors) -> tuple[float, list[np.ndarray], list[np.ndarray]]:
    """``(loss, dWs, dbs)`` of affine layers with a tanh after each but the last, and mean softmax cross-entropy.

    Raises: ValueError where the shapes do not form a chain.
    Source: notebook 08, the way back.
    """
    checks.chain("reader_grads", X, Ws, bs)
    hidden = [X]
    for W, b in zip(Ws, bs, strict=True):
        Z = hidden[-1] @ W + b
        hidden.append(np.tanh(Z))
    loss, G = softmax_xent(Z, y)
    dWs, dbs = [], []
    for h, W in zip(hidden[-2::-1], Ws[::-1], strict=True):
        dWs.append(h.T @ G)
        dbs.append(G.sum(axis=0))
        G = (G @ W.T) * (1 - h**2)  # tanh'(z) by its value h; for the input this goes unused
    return loss, dWs[::-1], dbs[::-1]


def rescue(X: Rows, y: Labels, sizes: Sequence[Integer], rng: np.random.Generator, epochs: Integer = 15) -> Lists:
    """``(Ws, bs)`` of a trained deep tanh reader: LeCun's first weights, zero biases, batches of 16, a falling rate.

    Source: notebook 08, the reader reads.
    """
    Ws = [init_weights(d_in, d_out, "lecun", rng) for d_in, d_out in pairwise(sizes)]
    bs = [np.zeros(d_out) for d_out in sizes[1:]]
    for epoch in range(epochs):
        for rows in minibatches(len(X), 16, rng):
            _, dWs, dbs = reader_grads(X[rows], y[rows], Ws, bs)
            sgd_step(Ws + bs, dWs + dbs, 0.03 * (1 - epoch / epochs))
    return Ws, bs
