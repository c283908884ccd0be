"""Stationary points: what the signs of the curvature say."""

import numpy as np
from jaxtyping import Real

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
