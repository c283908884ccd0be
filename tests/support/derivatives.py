"""Derivatives by ways of their own, to compare with: a complex step, and central differences column by column."""

import numpy as np


def complex_step_grad(f, x, eps=1e-20):
    """``Im f(x + i eps e_j) / eps``: no difference is taken, so the result is exact to rounding.

    Source: Squire & Trapp (1998), SIAM Review 40(1).
    """
    nudged, grad = np.array(x, dtype=np.complex128), np.zeros(x.shape)
    for j in np.ndindex(x.shape):
        nudged[j] += 1j * eps
        grad[j] = complex(f(nudged)).imag / eps
        nudged[j] = nudged[j].real
    return grad


def jacobian(f, x, eps=1e-5):
    """The matrix of ``d f_i / d x_j`` of a function of vectors."""
    steps = eps * np.eye(len(x))
    return np.stack([(f(x + e) - f(x - e)) / (2 * eps) for e in steps], axis=1)
