"""Stationary points: curvature by finite differences, and what its signs say."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.shapes import Number


def classify_stationary(H: Real[np.ndarray, "d d"], tol: Number = 1e-8) -> str:
    """``"minimum"``, ``"maximum"``, ``"saddle"`` or ``"degenerate"``, from the signs of the Hessian's eigenvalues.

    An eigenvalue within ``tol`` of 0 has no sign; with such a one, only a saddle can be told.
    Source: notebook 07, the landscape of a loss.
    """
    checks.arrays("classify_stationary", "d d", H=H)
    curvature = np.linalg.eigvalsh((H + H.T) / 2)  # rounding may have made H a little unsymmetric
    up, down = curvature > tol, curvature < -tol
    if up.any() and down.any():
        return "saddle"
    return "minimum" if up.all() else "maximum" if down.all() else "degenerate"


def numeric_hessian(
    f: Callable[[np.ndarray], float], x: Real[np.ndarray, " d"], eps: Number = 1e-4
) -> Float[np.ndarray, "d d"]:
    """Second derivatives of the scalar function ``f`` at ``x`` from four evaluations an entry.

    Source: notebook 07, the landscape of a loss.
    """
    checks.arrays("numeric_hessian", "d", x=x)
    steps = eps * np.eye(len(x))
    H = np.empty((len(x), len(x)))
    for i, j in np.ndindex(H.shape):
        u, v = steps[i], steps[j]
        H[i, j] = f(x + u + v) - f(x + u - v) - f(x - u + v) + f(x - u - v)
    return H / (4 * eps**2)
