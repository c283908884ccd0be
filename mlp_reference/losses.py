"""Losses: each returns ``(loss, gradient)``, the mean over the batch in nats and its derivative by the prediction.

The elementwise ones (``huber``, ``log_cosh``) take a residual ``r`` and return arrays. At a kink the derivative is the
one from the left.
"""

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.activations import sigmoid, softmax
from mlp_reference.shapes import Labels, Number, Numbers, SameShape, as_float

Batch = Real[np.ndarray, " n *k"]


def bce_with_logits(z: Real[np.ndarray, " n"], y: Labels) -> tuple[float, Float[np.ndarray, " n"]]:
    """Mean binary cross-entropy of ``sigmoid(z)``, and ``dz = (sigmoid(z) - y) / n``.

    Raises: ValueError where ``y`` is not in {0, 1} or a logit is not finite.
    Source: notebook 02, from likelihood to cross-entropy.
    """
    checks.arrays("bce_with_logits", "n", z=z)
    checks.labels("bce_with_logits", y, len(z), 2)
    z, y = as_float(z), y.astype(as_float(z).dtype)
    return float(_bernoulli(z, y).mean()), (sigmoid(z) - y) / len(z)


def multilabel_xent(Z: Real[np.ndarray, "n k"], Y: Real[np.ndarray, "n k"]) -> tuple[float, Float[np.ndarray, "n k"]]:
    """Binary cross-entropy of ``k`` independent yes-or-no labels, summed over the labels, mean over the batch.

    Raises: ValueError where ``Y`` is not in {0, 1} or a logit is not finite.
    Source: notebook 07, which loss for which target.
    """
    checks.arrays("multilabel_xent", "n k, n k", Z=Z, Y=Y)
    checks.labels("multilabel_xent", Y.ravel(), Z.size, 2)
    Z, Y = as_float(Z), Y.astype(as_float(Z).dtype)
    return float(_bernoulli(Z, Y).sum() / len(Z)), (sigmoid(Z) - Y) / len(Z)


def softmax_xent(Z: Real[np.ndarray, "n k"], y: Labels) -> tuple[float, Float[np.ndarray, "n k"]]:
    """Mean cross-entropy of ``softmax(Z)``, and ``dZ = (softmax(Z) - onehot(y)) / n``.

    Raises: ValueError where a label is not in [0, k) or a logit is not finite.
    Source: notebook 05, softmax and cross-entropy.
    """
    checks.arrays("softmax_xent", "n k", Z=Z)
    checks.labels("softmax_xent", y, *Z.shape)
    Z, y, n, rows = as_float(Z), y.astype(np.int64), len(Z), np.arange(len(Z))
    shifted = Z - Z.max(axis=1, keepdims=True)
    loss = np.log(np.exp(shifted).sum(axis=1)) - shifted[rows, y]  # -log p_y, with the log taken of a sum >= 1
    dZ = softmax(Z)
    dZ[rows, y] -= 1
    return float(loss.mean()), dZ / n


def squared_error(Yhat: Batch, Y: Batch) -> tuple[float, Float[np.ndarray, " n *k"]]:
    """Half the squared distance, mean over the batch: the 1/2 cancels the 2 of the derivative.

    Source: notebook 07, which loss for which target.
    """
    letters = "n k" if np.ndim(Yhat) == 2 else "n"
    checks.arrays("squared_error", f"{letters}, {letters}", Yhat=Yhat, Y=Y)
    r = as_float(Yhat) - as_float(Y).astype(as_float(Yhat).dtype)
    return float((0.5 * r**2).sum() / len(r)), r / len(r)


def huber(r: Numbers, delta: Number) -> tuple[SameShape, SameShape]:
    """``(loss, grad)`` of each residual: ``r**2 / 2`` within ``delta``, ``delta * (abs(r) - delta / 2)`` outside.

    Raises: ValueError unless ``delta`` is positive.
    Source: Huber (1964), Annals of Mathematical Statistics 35(1); notebook 07, losses that forgive outliers.
    """
    checks.positive("huber", delta=delta)
    r, delta = as_float(r), float(delta)
    size = np.abs(r)
    near = np.minimum(size, delta)
    return near * (size - near / 2), np.clip(r, -delta, delta)


def log_cosh(r: Numbers) -> tuple[SameShape, SameShape]:
    """``(loss, grad)`` of each residual: ``log(cosh(r))`` and ``tanh(r)``, like Huber's loss without a seam.

    Source: notebook 07, losses that forgive outliers.
    """
    r = as_float(r)
    size = np.abs(r)
    rest = np.expm1(-2 * size) / 2  # cosh(r) = exp(|r|) * (1 + rest), where no exponent is positive
    return size + np.log1p(rest), np.tanh(r)


def _bernoulli(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """``-log p(y)`` of logits: ``log(1 + exp(z)) - y z``, rearranged so that no exponent is positive."""
    return np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
