"""The smallest network that learns its features, and why a stack without activations is only one layer."""

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.activations import sigmoid
from mlp_reference.losses import softmax_xent
from mlp_reference.shapes import Labels, Matrices, Vectors


def collapse_linear(Ws: Matrices, bs: Vectors) -> tuple[Real[np.ndarray, "d k"], Real[np.ndarray, " k"]]:
    """``(W, b)`` of the one affine map that equals the stack: ``(X V + c) W + b = X (V W) + (c W + b)``.

    Source: notebook 02, layer upon layer of weighted sums.
    """
    checks.chain("collapse_linear", np.zeros((1, len(Ws[0]))), Ws, bs)
    V, c = Ws[0], bs[0]
    for W, b in zip(Ws[1:], bs[1:], strict=True):
        V, c = V @ W, c @ W + b
    return V.copy(), c.copy()


def two_layer_forward(
    X: Real[np.ndarray, "n d"],
    W1: Real[np.ndarray, "d m"],
    b1: Real[np.ndarray, " m"],
    W2: Real[np.ndarray, "m k"],
    b2: Real[np.ndarray, " k"],
) -> Float[np.ndarray, "n k"]:
    """``sigmoid(X @ W1 + b1) @ W2 + b2``: features that can be learned, then a linear readout.

    Source: notebook 02, features that are learned.
    """
    checks.chain("two_layer_forward", X, [W1, W2], [b1, b2])
    return sigmoid(X @ W1 + b1) @ W2 + b2


def two_layer_grads(
    X: Real[np.ndarray, "n d"], y: Labels, W1: Real[np.ndarray, "d m"], W2: Real[np.ndarray, "m k"]
) -> tuple[float, Float[np.ndarray, "d m"], Float[np.ndarray, "m k"]]:
    """``(loss, dW1, dW2)`` of ``softmax_xent(sigmoid(X @ W1) @ W2, y)``, no biases.

    Source: notebook 05, two layers by hand.
    """
    checks.arrays("two_layer_grads", "n d, d m, m k", X=X, W1=W1, W2=W2)
    H = sigmoid(X @ W1)
    loss, G = softmax_xent(H @ W2, y)  # G = (S - I_y) / n
    return loss, X.T @ (G @ W2.T * H * (1 - H)), H.T @ G
