"""The Jacobian of softmax for looking at, and the product with it that networks use instead.

``J[i, j] = d y_i / d x_j``, of shape (outputs, inputs).
"""

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.shapes import as_float


def softmax_jacobian(p: Real[np.ndarray, " k"]) -> Float[np.ndarray, "k k"]:
    """``J[i, j] = p_i (delta_ij - p_j)``, from the probabilities ``p``: full, since every logit moves every output.

    Source: notebook 04, elementwise functions, and the softmax.
    """
    checks.arrays("softmax_jacobian", "k", p=p)
    p = as_float(p)
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(P: Real[np.ndarray, "n k"], G: Real[np.ndarray, "n k"]) -> Float[np.ndarray, "n k"]:
    """Row by row ``J(p)ᵀ g = p * (g - p·g)``: k numbers a row where the Jacobian has k squared.

    Source: notebook 04, the Jacobian that nobody builds.
    """
    checks.arrays("softmax_vjp", "n k, n k", P=P, G=G)
    P = as_float(P)
    return P * (G - (P * G).sum(axis=1, keepdims=True))
