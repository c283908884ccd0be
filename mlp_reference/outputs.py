"""What is predicted decides the last layer and the loss: one table, from target to both."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from mlp_reference import checks
from mlp_reference.activations import sigmoid, softmax
from mlp_reference.losses import bce_with_logits, multilabel_xent, softmax_xent, squared_error

Array = np.ndarray


class Output(NamedTuple):
    """Three functions of the last layer's pre-activation ``Z (n, k)``."""

    mean: Callable[[Array], Array]  # the distribution's mean: what the network says
    decide: Callable[[Array], Array]  # the best single answer
    loss: Callable[[Array, Array], tuple[float, Array]]  # (loss, dZ) for the true answers


def _one_column(Z: Array, y: Array) -> tuple[float, Array]:
    checks.arrays("bce_with_logits", "n 1", Z=Z)
    loss, dz = bce_with_logits(Z[:, 0], y)
    return loss, dz[:, None]


def _real(Z: Array, Y: Array) -> tuple[float, Array]:
    return squared_error(Z, Y[:, None] if np.ndim(Y) == 1 else Y)


# Source: notebook 07, which loss for which target.
OUTPUTS = {
    # Bernoulli: sigmoid, binary cross-entropy
    "binary": Output(lambda Z: sigmoid(Z[:, 0]), lambda Z: (Z[:, 0] > 0).astype(np.int64), _one_column),
    # categorical: softmax, cross-entropy
    "categorical": Output(softmax, lambda Z: Z.argmax(axis=1), softmax_xent),
    # independent Bernoullis: sigmoid, sum of binary cross-entropies
    "multilabel": Output(sigmoid, lambda Z: (Z > 0).astype(np.int64), multilabel_xent),
    # Gaussian: identity, half squared error
    "real": Output(lambda Z: Z, lambda Z: Z, _real),
}
