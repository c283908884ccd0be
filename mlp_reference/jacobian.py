"""Jacobians: the full matrix for looking at, and the two products that networks use instead of it.

``J[i, j] = d y_i / d x_j``, of shape (outputs, inputs). Arrays of more than one axis are taken as their ``ravel()``.
"""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.shapes import Number, as_float

VectorFunction = Callable[[np.ndarray], np.ndarray]


def jacobian(f: VectorFunction, x: Real[np.ndarray, "*s"], eps: Number = 1e-5) -> Float[np.ndarray, "m d"]:
    """The full Jacobian of ``f`` at ``x``, one column per input, by central differences.

    Source: notebook 04, from numbers to vectors.
    """
    columns = []
    for j in range(x.size):
        e = np.zeros(x.size)
        e[j] = 1
        columns.append(jvp(f, x, e.reshape(x.shape), eps).ravel())
    return np.stack(columns, axis=1)


def jvp(
    f: VectorFunction, x: Real[np.ndarray, "*s"], v: Real[np.ndarray, "*s"], eps: Number = 1e-5
) -> Float[np.ndarray, "*t"]:
    """``J v``: how ``f`` changes when ``x`` moves along ``v``. Two evaluations, whatever the sizes: forward mode.

    Source: notebook 04, from numbers to vectors.
    """
    checks.finite("jvp", x=x, v=v)
    x = x.astype(np.float64)
    change: np.ndarray = (f(x + eps * v) - f(x - eps * v)) / (2 * eps)
    return change


def vjp(
    f: VectorFunction, x: Real[np.ndarray, "*s"], g: Real[np.ndarray, "*t"], eps: Number = 1e-5
) -> Float[np.ndarray, "*s"]:
    """``Jᵀ g`` by way of the full Jacobian, to compare with: a layer's ``backward(g)`` gets there without it.

    Source: notebook 04, the Jacobian that nobody builds.
    """
    checks.finite("vjp", x=x, g=g)
    dx: np.ndarray = jacobian(f, x, eps).T @ g.ravel()
    return dx.reshape(x.shape)


def softmax_jacobian(p: Real[np.ndarray, " k"]) -> Float[np.ndarray, "k k"]:
    """``J[i, j] = p_i (delta_ij - p_j)``, from the probabilities ``p``: full, since every logit moves every output.

    Source: notebook 04, diagonal and full.
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
    dZ: np.ndarray = P * (G - (P * G).sum(axis=1, keepdims=True))
    return dZ
