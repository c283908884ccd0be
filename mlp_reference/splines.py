"""A hidden layer of ReLUs is a broken line: through any points, and as close to a smooth function as you like."""

import math
from collections.abc import Callable

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.shapes import Integer, Number, as_float

Function = Callable[[np.ndarray], np.ndarray | float]
Units = tuple[Float[np.ndarray, " m"], Float[np.ndarray, " m"], Float[np.ndarray, " m"], float]


def relu_spline(t: Real[np.ndarray, " m1"], v: Real[np.ndarray, " m1"]) -> Units:
    """``(w1, b1, w2, b2)``: ``relu(x[:, None] * w1 + b1) @ w2 + b2`` is the broken line through all ``(t_j, v_j)``.

    Unit j switches on at ``t_j`` and adds the change of slope there: m units for m + 1 points.
    Raises: ValueError where ``t`` is not strictly increasing.
    Source: notebook 03, a broken line from ReLUs.
    """
    checks.arrays("relu_spline", "m1, m1", t=t, v=v)
    t, v = as_float(t), as_float(v)
    if len(t) < 2 or not np.all(np.diff(t) > 0):
        checks.fail("relu_spline", f"knots t = {np.array2string(t, threshold=8)}", "at least 2, strictly increasing",
                    "sort the points by t and drop repeated ones")  # fmt: skip
    slope = np.diff(v) / np.diff(t)
    return np.ones_like(t[:-1]), -t[:-1], np.diff(slope, prepend=0).astype(t.dtype), float(v[0])


def sup_error(f: Function, g: Function, a: Number, b: Number, n: Integer = 1001) -> float:
    """The largest ``abs(f(x) - g(x))`` on ``n`` equally spaced points of ``[a, b]``, both ends in.

    Source: notebook 03, how close is close.
    """
    x = np.linspace(a, b, n)
    return float(np.max(np.abs(np.asarray(f(x)) - np.asarray(g(x)))))


def intervals_needed(eps: Number, M2: Number, a: Number, b: Number) -> int:
    """The least number of equal intervals with ``h**2 * M2 / 8 <= eps``, where ``M2`` bounds ``abs(f'')``; at least 1.

    Source: notebook 03, how many pieces are enough.
    """
    checks.positive("intervals_needed", eps=eps, length=b - a)
    if not (math.isfinite(M2) and M2 >= 0):
        checks.fail("intervals_needed", f"M2 = {M2}", "a bound >= 0", "pass the largest abs(f'') on [a, b]")
    needed = M2 * (b - a) ** 2 / (8 * eps)  # the square of the number, before rounding up
    m = max(1, math.ceil(math.sqrt(needed)))
    # The root is rounded; products of small whole numbers are not, so a tie is decided exactly.
    while m > 1 and M2 * (b - a) ** 2 <= 8 * eps * (m - 1) ** 2:
        m -= 1
    while M2 * (b - a) ** 2 > 8 * eps * m**2:
        m += 1
    return m


def ridge_network(
    g: Function, W: Real[np.ndarray, "d r"], c: Real[np.ndarray, " r"], m: Integer
) -> tuple[Float[np.ndarray, "d u"], Float[np.ndarray, " u"], Float[np.ndarray, " u"], float]:
    """``(W1, b1, w2, b2)``: ``relu(X @ W1 + b1) @ w2 + b2`` follows the sum of ridges ``c_j g(w_j . x)`` on the unit cube.

    ``w_j`` is column j of ``W``.  Each ridge is a broken line of m equal pieces from the least to the largest value
    that ``w_j . x`` has on ``[0, 1]^d``; one of direction 0 is a constant.
    Raises: ValueError where m is below 1.
    Source: notebook 03, two inputs, then any number.
    """
    checks.positive("ridge_network", m=m)
    checks.arrays("ridge_network", "d r, r", W=W, c=c)
    W, c = as_float(W), as_float(c)
    low, high = np.minimum(W, 0).sum(axis=0), np.maximum(W, 0).sum(axis=0)
    b2 = sum(weight * float(g(start)) for weight, start in zip(c.tolist(), low.tolist(), strict=True))
    W1, b1, w2 = [W[:, :0]], [c[:0]], [c[:0]]
    for w, weight, start, end in zip(W.T, c, low, high, strict=True):
        if end > start:
            t = np.linspace(start, end, m + 1)
            _, kinks, change, _ = relu_spline(t, np.asarray(g(t)))
            W1.append(np.repeat(w[:, None], m, axis=1))
            b1.append(kinks)
            w2.append(weight * change)
    return np.concatenate(W1, axis=1), np.concatenate(b1), np.concatenate(w2), float(b2)
