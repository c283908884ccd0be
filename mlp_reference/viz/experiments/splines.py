"""Experiments of notebook 03: where knots are put, errors of broken lines and staircases, trained rivals."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int, Real

from mlp_reference import MLP, Adam, bump_sum, data, equal_knots, fast, minimal_knots, relu_spline
from mlp_reference.knots import Knots, farthest_path
from mlp_reference.progress_bar import progress_bar
from mlp_reference.viz.experiments.memo import memoized

Curve = Float[np.ndarray, " n"]
Function = Callable[[np.ndarray], np.ndarray]
Nets = list[Float[np.ndarray, "s _"]]
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
            low, high = (low, middle) if len(farthest_path(middle >= self.E)) <= m + 1 else (middle, high)
        return self.x[farthest_path(high >= self.E)]

    def error(self, t: Knots) -> float:
        """The largest distance of the broken line through the knots from the target."""
        x = np.union1d(np.linspace(self.a, self.b, FINE), self.x)
        return float(np.abs(self.f(x) - np.interp(x, t, self.f(t))).max())


def placement(name: str, n: int = 241) -> Placement:
    """The placement for a target of ``data.TARGETS``; the candidates of the root crowd where it is steep."""
    target = data.TARGETS[name]
    share = np.linspace(0, 1, n) ** (4 if name == "root" else 1)
    return Placement(target, target.a + (target.b - target.a) * share)


def growth_in_float32(name: str, m: int) -> float:
    """How many times as large the error with m greedy intervals is, if the network is run in single precision."""
    place = placement(name)
    t = place.knots(m, greedy=True)
    w1, b1, w2, b2 = (np.asarray(part, dtype=np.float32) for part in relu_spline(t, place.f(t)))
    values = np.maximum(place.x.astype(np.float32)[:, None] * w1 + b1, 0) @ w2 + b2
    return float(np.abs(values - place.v).max() / place.error(t))


def tent(x: Real[np.ndarray, " n"], k: int) -> Float[np.ndarray, " n"]:
    """The tent map ``1 - abs(2x - 1)`` applied k times."""
    y = np.asarray(x, dtype=float)
    for _ in range(k):
        y = 1 - np.abs(2 * y - 1)
    return y


def staircase(x: Curve, m: int) -> Curve:
    """The wavy target by ``m`` sigmoid bumps of equal width."""
    f, a, b, _ = data.TARGETS["wave"]
    edges = equal_knots(a, b, m)
    heights = f((edges[:-1] + edges[1:]) / 2)
    edges[0], edges[-1] = a - 10.0, b + 10.0  # the outermost edges lie outside of the picture
    return bump_sum(x, edges, heights, 40 * m / (b - a))


def rate_of_errors(name: str, counts: Int[np.ndarray, " k"], power: int) -> Curve:
    """Largest errors for knots at ``(j/m)**power`` of the way."""
    place = placement(name)
    knots = [place.a + (place.b - place.a) * equal_knots(0.0, 1.0, m) ** power for m in counts.tolist()]
    return np.array([_finest_error(place.f, t) for t in knots])


def spread_of_costs(power: int, m: int = 16) -> float:
    """How many times the error of the cheapest interval the dearest one has, for the root and knots at (j/m)**power."""
    t = equal_knots(0.0, 1.0, m) ** power
    x = t[:-1, None] + np.diff(t)[:, None] * np.linspace(0, 1, 101)
    costs = np.abs(np.sqrt(x) - np.interp(x, t, np.sqrt(t))).max(axis=1)
    return float(costs.max() / costs.min())


def _finest_error(f: Function, t: Knots) -> float:
    """The largest error, measured on 32 places in each interval."""
    x = (t[:-1, None] + np.diff(t)[:, None] * (np.arange(32) + 0.5) / 32).ravel()
    return float(np.abs(f(x) - np.interp(x, t, f(t))).max())


def fewest_pieces(x: Curve, v: Curve, eps: float) -> tuple[Knots, float]:
    """The knots of the shortest chain of chords within ``eps`` of all samples, and its root mean square miss."""
    t = minimal_knots(lambda at: np.interp(at, x, v), eps, x[0], x[-1], len(x))
    miss = np.interp(x, t, np.interp(t, x, v)) - v
    return t, float(np.sqrt(np.mean(miss**2)))


class Depth(NamedTuple):
    """Networks of one shape from several starts: means over the starts, losses by epoch, and the first of them."""

    numbers: int
    known: float
    new: float
    losses: Float[np.ndarray, "starts e"]
    first: MLP


def arms(n: int, seed: int) -> data.Dataset:
    """Two spiral arms, each wound two and a half times around the other."""
    return data.spiral(n, np.random.default_rng(seed), k=2, turns=2.5, noise=0.02)


@memoized
def depth_on_spirals(hidden: tuple[int, ...], starts: int = 4) -> Depth:
    """ReLU networks on 600 points of two spirals, and how many of 3,000 new points they get right."""
    return _depth([2, *hidden, 2], arms(600, 0), arms(3000, 1), starts, lr=0.01, epochs=150)


@memoized
def depth_on_digits(hidden: tuple[int, ...], starts: int = 4) -> Depth:
    """ReLU networks on 300 digits, and how many of the other 1,497 they get right."""
    X, y = data.digits()
    order = np.random.default_rng(0).permutation(len(y))
    known, new = order[:300], order[300:]
    return _depth([64, *hidden, 10], (X[known], y[known]), (X[new], y[new]), starts, lr=0.003, epochs=60)


def _depth(sizes: list[int], known: data.Dataset, new: data.Part, starts: int, lr: float, epochs: int) -> Depth:
    models, losses = [MLP(sizes, np.random.default_rng(seed)) for seed in range(starts)], []
    for seed, model in enumerate(models):
        rng = np.random.default_rng(seed)
        run = fast.fit(model, *known, Adam(lr), epochs=epochs, batch_size=32, rng=rng, progress=False)
        losses.append(run.losses)
    on_known, on_new = (float(np.mean([(m.predict(X) == y).mean() for m in models])) for X, y in (known, new))
    return Depth(models[0].n_parameters, on_known, on_new, np.array(losses), models[0])


class Rivals(NamedTuple):
    """Misses along the sine, ``x (p,)``: of the constructed network, ``(p,)``, and of trained ones, ``(s, p)``."""

    x: Curve
    constructed: Curve
    trained: Float[np.ndarray, "s p"]

    @property
    def built(self) -> float:
        """The largest miss of the constructed network."""
        return float(np.abs(self.constructed).max())

    @property
    def errors(self) -> Float[np.ndarray, " s"]:
        """The largest misses of the trained networks, from small to large."""
        return np.sort(np.abs(self.trained).max(axis=1))

    @property
    def rms(self) -> tuple[float, Float[np.ndarray, " s"]]:
        """Root mean squares of the misses: of the constructed network, and of the trained ones from small to large."""
        built, trained = (np.sqrt(np.mean(misses**2, axis=-1)) for misses in (self.constructed, self.trained))
        return float(built), np.sort(trained)


@memoized
def rivals(m: int = 16, seeds: int = 20, steps: int = 2500) -> Rivals:
    """A network of m ReLUs for the sine, written down with equal knots, and trained ones of the same width."""
    f, a, b, _ = data.TARGETS["sine"]
    x, t = np.linspace(a, b, 2001), equal_knots(a, b, m)
    trained = trained_rivals(f, (a, b), m, seeds, steps)(x)
    return Rivals(x, np.interp(x, t, f(t)) - f(x), trained - f(x))


def trained_rivals(f: Function, ends: tuple[float, float], m: int, seeds: int, steps: int) -> Function:
    """Networks of m ReLUs, one for each start, trained side by side by Adam on the mean squared error of 256 points."""
    middle, half = sum(ends) / 2, (ends[1] - ends[0]) / 2
    u = np.linspace(-1, 1, 256)
    y, nets, optimizer = f(middle + half * u), _random_nets(m, seeds), Adam(0.03)
    for step in progress_bar(range(steps), f"training {seeds} networks", "step"):
        optimizer.lr = 0.03 * (1 - step / steps)
        optimizer.step(nets, _gradients(nets, u, y))
    return lambda x: _forward(nets, (x - middle) / half)[0]


def _random_nets(m: int, seeds: int) -> Nets:
    """He weights; the kinks lie anywhere in [-1, 1]."""
    rng = np.random.default_rng(0)
    w1 = rng.normal(0, np.sqrt(2), (seeds, m))
    return [w1, -w1 * rng.uniform(-1, 1, (seeds, m)), rng.normal(0, np.sqrt(2 / m), (seeds, m)), np.zeros((seeds, 1))]


def _forward(nets: Nets, u: Curve) -> tuple[Float[np.ndarray, "s n"], Float[np.ndarray, "s n m"]]:
    w1, b1, w2, b2 = nets
    H = np.maximum(u[None, :, None] * w1[:, None] + b1[:, None], 0)
    return (H @ w2[:, :, None])[:, :, 0] + b2, H


def _gradients(nets: Nets, u: Curve, y: Curve) -> Nets:
    """Of the mean squared error, for each network."""
    out, H = _forward(nets, u)
    G = 2 * (out - y) / len(u)  # (s, n)
    GH = G[:, :, None] * nets[2][:, None] * (H > 0)
    return [u @ GH, GH.sum(axis=1), (G[:, None] @ H)[:, 0], G.sum(axis=1, keepdims=True)]
