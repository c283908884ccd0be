"""Where to put the knots of a broken line, so that few of them are enough."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Bool, Float

from mlp_reference import checks
from mlp_reference.shapes import Integer, Number

Knots = Float[np.ndarray, " m1"]
Function = Callable[[np.ndarray], np.ndarray]


def equal_knots(a: Number, b: Number, m: Integer) -> Knots:
    """``m + 1`` knots at equal distances on ``[a, b]``."""
    checks.positive("equal_knots", m=m, length=b - a)
    return np.linspace(a, b, m + 1)


def greedy_knots(f: Function, eps: Number, a: Number, b: Number, n: Integer = 401) -> Knots:
    """Knots from left to right, each as far as the chord stays within ``eps`` of ``f``, on ``n`` candidate points.

    Source: notebook 03, knots where the curve bends.
    """
    x, reach = _reach("greedy_knots", f, eps, a, b, n)
    return x[farthest_path(reach)]


def farthest_path(reach: Bool[np.ndarray, "n n"]) -> list[int]:
    """From the first candidate to the last, each chord as far as it can go: to the last j with ``reach[i, j]``."""
    path = [0]
    while path[-1] < len(reach) - 1:
        path.append(int(np.flatnonzero(reach[path[-1]])[-1]))
    return path


def minimal_knots(f: Function, eps: Number, a: Number, b: Number, n: Integer = 401) -> Knots:
    """As few knots as any choice among ``n`` candidates needs: a shortest path, where greed may go one chord too far.

    Source: notebook 03, knots where the curve bends.
    """
    x, reach = _reach("minimal_knots", f, eps, a, b, n)
    came_from = np.full(n, -1)
    border = np.array([0])
    while came_from[-1] < 0:  # breadth first: all points that one more chord reaches
        new = np.flatnonzero(reach[border].any(axis=0) & (came_from < 0))
        came_from[new] = border[reach[np.ix_(border, new)].argmax(axis=0)]
        border = new
    knots = [n - 1]
    while knots[-1] > 0:
        knots.append(int(came_from[knots[-1]]))
    return x[knots[::-1]]


def _reach(call: str, f: Function, eps: Number, a: Number, b: Number, n: Integer) -> tuple[np.ndarray, np.ndarray]:
    """Candidates ``x (n,)``, and whether the chord from ``x_i`` to ``x_j``, i < j, stays within ``eps`` of ``f``."""
    checks.positive(call, eps=eps, length=b - a, intervals=n - 1)
    x = np.linspace(a, b, n)
    v = np.asarray(f(x), dtype=float)
    checks.arrays(call, "n, n", x=x, f_of_x=v)
    reach = np.zeros((n, n), dtype=bool)
    for i in range(n - 1):
        # The chord to x_j is within eps at x_k when its slope lies between two bounds, for all k from i + 1 to j.
        dx = x[i + 1 :] - x[i]
        lowest = np.maximum.accumulate((v[i + 1 :] - eps - v[i]) / dx)
        highest = np.minimum.accumulate((v[i + 1 :] + eps - v[i]) / dx)
        slope = (v[i + 1 :] - v[i]) / dx
        reach[i, i + 1 :] = (lowest <= slope) & (slope <= highest)
    return x, reach
