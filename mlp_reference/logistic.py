"""Logistic regression: a line in the plane of two features made by hand, which is enough for the exclusive or."""

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.activations import sigmoid
from mlp_reference.losses import bce_with_logits
from mlp_reference.shapes import Integer, Labels, Number, Rows, as_float


def xor_features(X: Real[np.ndarray, "n 2"]) -> Float[np.ndarray, "n 2"]:
    """Columns ``sigmoid(5 + x1 + x2)`` and ``sigmoid(5 - x1 - x2)``: each switches off one corner.

    Source: notebook 02, features made by hand.
    """
    checks.arrays("xor_features", "n 2", X=X)
    total = as_float(X).sum(axis=1)
    return np.stack([sigmoid(5 + total), sigmoid(5 - total)], axis=1)


def fit_logistic(
    Phi: Rows, y: Labels, lr: Number, steps: Integer
) -> tuple[Float[np.ndarray, " d"], float, list[float]]:
    """``(w, b, losses)`` after ``steps`` steps of gradient descent from zeros; each loss is taken before its step.

    Source: notebook 02, logistic regression.
    """
    checks.arrays("fit_logistic", "n d", Phi=Phi)
    checks.positive("fit_logistic", lr=lr)
    Phi = as_float(Phi)
    w, b, losses = np.zeros(Phi.shape[1], Phi.dtype), 0.0, []
    for _ in range(steps):
        loss, dz = bce_with_logits(Phi @ w + b, y)
        w, b = w - lr * (Phi.T @ dz), b - lr * float(dz.sum())
        losses.append(loss)
    return w, b, losses
