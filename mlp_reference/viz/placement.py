"""Where the pictures of notebook 03 put their knots: equally far apart, or greedily for a small error."""

import numpy as np
from jaxtyping import Float

from mlp_reference import data, equal_knots

Knots = Float[np.ndarray, " m1"]
FINE = 4001  # points on which an error is measured


class Placement:
    """One target with its candidates for knots, ``x (n,)``; ``E[i, j]`` is the error of the chord from x_i to x_j."""

    def __init__(self, target: data.Target, candidates: Knots) -> None:
        self.f, self.a, self.b, self.x = target.f, target.a, target.b, candidates
        self.v = np.asarray(target.f(candidates), dtype=float)
        self.E = np.array([self._row(i) for i in range(len(candidates))])

    def _row(self, i: int) -> Float[np.ndarray, " n"]:
        """The largest miss of the chords from x_i; infinite to its left, 0 to itself."""
        n, row = len(self.x), np.full(len(self.x), np.inf)
        row[i] = 0.0
        if i < n - 1:
            dx, dv = self.x[i + 1 :] - self.x[i], self.v[i + 1 :] - self.v[i]
            miss = np.abs(dv[None, :] - (dv / dx)[:, None] * dx[None, :])  # (chord to j, place k)
            row[i + 1 :] = np.tril(miss).max(axis=1)
        return row

    def knots(self, m: int, greedy: bool) -> Knots:
        """At most ``m + 1`` knots; the greedy ones within the smallest error for which that many are enough."""
        if not greedy:
            return equal_knots(self.a, self.b, m)
        low, high = 0.0, float(self.E[0, -1])
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (low, middle) if len(self._walk(middle)) <= m + 1 else (middle, high)
        return self.x[self._walk(high)]

    def _walk(self, eps: float) -> list[int]:
        """From the left end, each chord as far as it can go."""
        n, path = len(self.x), [0]
        farthest = n - 1 - np.argmax(np.less_equal(self.E, eps)[:, ::-1], axis=1)
        while path[-1] < n - 1:
            path.append(int(farthest[path[-1]]))
        return path

    def error(self, t: Knots) -> float:
        """The largest distance of the broken line through the knots from the target."""
        x = np.union1d(np.linspace(self.a, self.b, FINE), self.x)
        return float(np.abs(self.f(x) - np.interp(x, t, self.f(t))).max())


def placement(name: str, n: int = 241) -> Placement:
    """The placement for a target of ``data.TARGETS``; the candidates of the root crowd where it is steep."""
    target = data.TARGETS[name]
    share = np.linspace(0, 1, n) ** (4 if name == "root" else 1)
    return Placement(target, target.a + (target.b - target.a) * share)
