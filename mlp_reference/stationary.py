"""Curvature: what its signs say at a stationary point, and how large it is anywhere."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.shapes import Integer, Number

Gradient = Callable[[np.ndarray], Float[np.ndarray, " d"]]


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


def sharpness(grad: Gradient, theta: Real[np.ndarray, " d"], rng: np.random.Generator, steps: Integer = 100) -> float:
    """The eigenvalue of the Hessian at ``theta`` that is largest in size, by power iteration with its products only.

    ``H v`` is the central difference of the gradient along ``v``; no matrix is ever built.
    Source: Pearlmutter (1994), Neural Computation 6(1); notebook 07, how sharp is it here.
    """
    checks.positive("sharpness", steps=steps)
    eps = 1e-4
    v = rng.standard_normal(theta.shape)
    value = 0.0
    for _ in range(steps):
        v /= np.linalg.norm(v) or 1.0
        Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
        value, v = float(v @ Hv), Hv
    return value
