"""Activations: value and derivative side by side in one table, and softmax, where every input reaches every output.

At a kink the derivative is the one from the left: 0 for ReLU, 0.01 for the leaky one.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.shapes import Number, Numbers, SameShape, as_float

LEAK = 0.01


def sigmoid(z: Numbers) -> SameShape:
    """``1 / (1 + exp(-z))``, exact in both tails.

    Source: notebook 02, the sigmoid.
    """
    z = as_float(z)
    small = np.exp(-np.abs(z))  # at most 1, so nothing overflows
    return np.where(z > 0, 1, small) / (1 + small)


def normal_cdf(z: Numbers) -> SameShape:
    """P(a standard normal number is below ``z``), exact also far out in the left tail."""
    z = as_float(z)
    tail = map(math.erfc, (z / -math.sqrt(2)).ravel().tolist())
    return 0.5 * np.fromiter(tail, z.dtype, z.size).reshape(z.shape)


def normal_pdf(z: Numbers) -> SameShape:
    """The density of a standard normal number at ``z``."""
    z = as_float(z)
    return np.exp(-0.5 * z**2) / math.sqrt(2 * math.pi)


class Activation(NamedTuple):
    """A function applied to each entry, and its derivative, both of the pre-activation ``z``."""

    value: Callable[[np.ndarray], np.ndarray]
    grad: Callable[[np.ndarray], np.ndarray]


def leaky_relu(slope: Number = LEAK) -> Activation:
    """``z`` to the right of 0, ``slope * z`` to its left; a PReLU is one whose slope is learned.

    Source: He et al. (2015), Delving deep into rectifiers, arXiv:1502.01852; notebook 06, "Seven functions".
    """
    return Activation(
        lambda z: np.where(z > 0, z, np.multiply(slope, z)),
        lambda z: np.where(z > 0, z.dtype.type(1), z.dtype.type(slope)),
    )


def elu(alpha: Number = 1.0) -> Activation:
    """``z`` to the right of 0, ``alpha * (exp(z) - 1)`` to its left.

    Source: Clevert et al. (2016), arXiv:1511.07289; notebook 06, "Seven functions".
    """
    return Activation(
        lambda z: np.where(z > 0, z, np.multiply(alpha, np.expm1(np.minimum(z, 0)))),
        lambda z: np.where(z > 0, z.dtype.type(1), np.multiply(alpha, np.exp(np.minimum(z, 0)))),
    )


ACTIVATIONS: dict[str, Activation] = {
    "identity": Activation(lambda z: +z, lambda z: np.ones_like(z)),
    "sigmoid": Activation(sigmoid, lambda z: sigmoid(z) * sigmoid(-z)),
    "tanh": Activation(np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": Activation(lambda z: np.maximum(z, 0), leaky_relu(0.0).grad),
    "leaky_relu": leaky_relu(),
    "elu": elu(),
    "gelu": Activation(lambda z: z * normal_cdf(z), lambda z: normal_cdf(z) + z * normal_pdf(z)),
}


def activation(name: str, z: Numbers) -> SameShape:
    """``psi(z)``, entry by entry.

    Raises: ValueError for a name that the table does not have.
    Source: notebook 06, "Seven functions".
    """
    checks.one_of("activation", "the name", name, ACTIVATIONS)
    return ACTIVATIONS[name].value(as_float(z))


def activation_grad(name: str, z: Numbers) -> SameShape:
    """``psi'(z)``, entry by entry, at the pre-activation ``z``.

    Raises: ValueError for a name that the table does not have.
    Source: notebook 06, "Slopes".
    """
    checks.one_of("activation_grad", "the name", name, ACTIVATIONS)
    return ACTIVATIONS[name].grad(as_float(z))


def softmax(Z: Real[np.ndarray, "*n k"]) -> Float[np.ndarray, "*n k"]:
    """Probabilities along the last axis, ``exp(z_j) / sum_i exp(z_i)``; a shift of all ``z`` changes nothing.

    Source: notebook 05, softmax and cross-entropy.
    """
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))  # the largest exponent is 0, so nothing overflows
    return E / E.sum(axis=-1, keepdims=True)
