"""Experiments of notebook 07: walks on landscapes, readings of a training, noise of batches, saddles, outliers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from mlp_reference import (
    MLP,
    SGD,
    Adam,
    History,
    Momentum,
    data,
    fast,
    mlp_forward,
    sgd_step,
    softmax,
    softmax_xent,
)
from mlp_reference.optimize import Optimizer
from mlp_reference.shapes import Number
from mlp_reference.viz.experiments.memo import memoized

Array = np.ndarray
Slope = Callable[[Array], Array]
Walk = Float[np.ndarray, "t 2"]
FAR = 1e3  # beyond it a walk has left the picture for good
EXAMPLES = 512  # between two readings of a training


class Surface(NamedTuple):
    """Height and slope at ``(x, y)``, and what there is to see."""

    f: Callable[[np.ndarray, np.ndarray], np.ndarray]
    slope: Callable[[float, float], tuple[float, float]]
    about: str


SURFACES = {
    "narrow valley": Surface(
        lambda x, y: (x**2 + 20 * y**2) / 2, lambda x, y: (x, 20 * y), "Curvatures 1 and 20: one minimum, at (0, 0)."
    ),
    "round bowl": Surface(
        lambda x, y: (x**2 + y**2) / 2, lambda x, y: (x, y), "Curvature 1 in all directions: one minimum, at (0, 0)."
    ),
    "saddle": Surface(
        lambda x, y: (x**2 - y**2) / 2 + y**4 / 4,
        lambda x, y: (x, y**3 - y),
        "A saddle at (0, 0), minima at (0, 1) and (0, −1).",
    ),
    "two wells": Surface(
        lambda x, y: (x**2 - 1) ** 2 + 0.3 * x + y**2,
        lambda x, y: (4 * x * (x**2 - 1) + 0.3, 2 * y),
        "A shallow well near (1, 0), a deeper one near (−1, 0).",
    ),
}


METHODS: dict[str, Callable[[float], Optimizer]] = {
    "plain step": lambda lr: SGD(lr),
    "momentum 0.9": lambda lr: Momentum(lr),
    "Adam": lambda lr: Adam(lr),
}


def walk(
    surface: Surface, optimizer: Optimizer, start: tuple[float, float], steps: int, noise: float = 0.0
) -> tuple[Walk, bool]:
    """``(places, lost)``: where each step leads, up to the one that leaves the picture for good.

    ``noise`` is the standard deviation of what a batch adds to the slope; the same numbers are drawn each time.
    """
    rng = np.random.default_rng(0)
    p = np.array(start, dtype=float)
    places = [p.copy()]
    for _ in range(steps):
        g = np.array(surface.slope(p[0], p[1])) + noise * rng.standard_normal(2)
        optimizer.step([p], [g])
        places.append(p.copy())
        if not np.abs(p).max() < FAR:
            return np.array(places[:-1]), True
    return np.array(places), False


def valley_steps(beta: float, lr: float = 0.01) -> int:
    """Steps with momentum ``beta`` down a valley of curvatures 1 and 20, until within 0.01 of the minimum."""
    place, optimizer, steps = np.array([-1.8, 1.0]), Momentum(lr, beta), 0
    while np.linalg.norm(place) > 0.01:
        optimizer.step([place], [place * [1, 20]])
        steps += 1
    return steps


class Readings:
    """A network in training, and what the dashboard shows of it; readings that were taken are kept."""

    def __init__(self, rate: Number, batch_size: int, depth: int, step: Callable[..., object] | None = None) -> None:
        self.step = step or sgd_step
        (self.X, self.y), self.test = _digits()
        self.rate, self.batch_size, self.rng = rate, batch_size, np.random.default_rng(0)
        self.model = MLP([64, *[32] * depth, 10], np.random.default_rng(1))
        self.rows = np.empty(0, dtype=int)
        self.lost = False
        self.table: list[list[float]] = []  # loss, accuracy, then gradients and update ratios by layer
        self.ratios = np.zeros((2, depth + 1))
        self._read(self.model.loss(self.X[:EXAMPLES], self.y[:EXAMPLES]))

    def go_to(self, reading: int) -> None:
        """Train until there is a reading of this number, or until the numbers explode."""
        while len(self.table) <= reading and not self.lost:
            with np.errstate(all="ignore"):
                losses = [self._step() for _ in range(max(1, EXAMPLES // self.batch_size))]
            if not self.lost:
                self._read(float(np.mean(losses)))

    def _step(self) -> float:
        if self.lost:
            return np.inf
        if len(self.rows) < self.batch_size:
            self.rows = np.append(self.rows, self.rng.permutation(len(self.X)))
        rows, self.rows = self.rows[: self.batch_size], self.rows[self.batch_size :]
        try:
            loss, grads = self.model.loss_and_grads(self.X[rows], self.y[rows])
        except ValueError:  # a logit is not finite
            loss = np.inf
        if not loss < 1e3:
            self.lost = True
            return np.inf
        for i, W in enumerate(self.model.Ws):
            size = float(np.linalg.norm(grads[f"W{i + 1}"]))
            self.ratios[:, i] = size, self.rate * size / float(np.linalg.norm(W))
        params = self.model.params
        self.step(list(params.values()), [grads[name] for name in params], self.rate)
        return float(loss)

    def _read(self, loss: float) -> None:
        X, y = self.test
        accuracy = float((self.model.predict(X) == y).mean())
        self.table.append([loss, accuracy, *self.ratios.ravel().tolist()])


def score(Ws: list[Array], bs: list[Array], test: data.Part) -> float:
    """The share of examples that a network of ReLUs gets right."""
    X, y = test
    return float((mlp_forward(X, Ws, bs)[0].argmax(axis=1) == y).mean())


@lru_cache(maxsize=1)
def _digits() -> tuple[data.Part, data.Part]:
    return data.split(data.digits(), np.random.default_rng(0))


@dataclass
class Decaying:
    """A plain step, before which all parameters shrink a little: weight decay."""

    lr: Number
    decay: Number

    def step(self, params: list[Array], grads: list[Array]) -> None:
        for p, g in zip(params, grads, strict=True):
            p *= 1 - self.lr * self.decay
            p -= self.lr * g


@memoized
def overfit(epochs: int, n: int = 120, decay: float = 0.0) -> History:
    """A training on n digits, a third of them with random labels, validated on 359 others, none of the test set."""
    rng = np.random.default_rng(0)
    (X, y), _ = data.split(data.digits(), rng)
    validation = X[-359:], y[-359:]
    X, y = X[:n], y[:n].copy()
    y[: n // 3] = rng.integers(0, 10, n // 3)
    model, optimizer = MLP([64, 64, 10], np.random.default_rng(1)), Decaying(0.2, decay)
    options = {"epochs": epochs, "batch_size": 16, "rng": rng, "validation": validation, "progress": False}
    return fast.fit(model, X, y, optimizer, **options)


@memoized
def misreadings(starts: int = 30) -> list[list[tuple[int, int]]]:
    """For each start of the reader of notebook 07 what it misread of the 359 test digits: ``(label, read)``."""
    (X, y), (X_test, y_test) = _digits()
    found = []
    for start in range(starts):
        rng = np.random.default_rng(start)
        model = MLP([64, 64, 10], rng)
        fast.fit(model, X, y, SGD(0.1), epochs=40, batch_size=32, rng=rng, progress=False)
        pairs = zip(y_test.tolist(), model.predict(X_test).tolist(), strict=True)
        found.append([(label, read) for label, read in pairs if label != read])
    return found


@memoized
def reading(rate: float, number: int) -> list[float]:
    """Loss, accuracy, sizes of gradients and update ratios of a training with one hidden layer, at one reading."""
    readings = Readings(rate, 32, 1)
    readings.go_to(number)
    return readings.table[-1]


def with_outliers() -> tuple[Array, Array]:
    """Points along a line of slope 1, five of them far below it."""
    rng = np.random.default_rng(4)
    x = np.linspace(0, 6, 30)
    y = x + 0.3 * rng.standard_normal(30)
    y[24:29] -= 7
    return x, y


def line_fit(x: Array, y: Array, slope: Slope) -> tuple[float, float]:
    """``(a, b)`` of the line ``a x + b`` with the smallest loss, whose derivative by the residual is ``slope``."""
    line, optimizer = np.zeros(2), Adam(0.1)
    for step in range(1500):
        optimizer.lr = 0.1 * (1 - step / 1500)
        s = slope(line[0] * x + line[1] - y)
        optimizer.step([line], [np.array([(s * x).mean(), s.mean()])])
    return float(line[0]), float(line[1])


def _linear_loss(W: Array, X: Array, y: Array) -> tuple[float, Array]:
    loss, dZ = softmax_xent(X @ W, y)
    return loss, X.T @ dZ


def gradient_errors(X: Array, y: Array, sizes: Array, draws: int = 40) -> Array:
    """Relative errors (rms) of the gradients of batches of these sizes."""
    rng = np.random.default_rng(0)
    W = 0.1 * rng.standard_normal((64, 10))
    full = _linear_loss(W, X, y)[1]
    errors = []
    for B in sizes.tolist():
        rows = [rng.choice(len(X), B, replace=False) for _ in range(draws)]
        squares = [((_linear_loss(W, X[r], y[r])[1] - full) ** 2).sum() for r in rows]
        errors.append(np.sqrt(np.mean(squares)) / np.linalg.norm(full))
    return np.array(errors)


def descent_losses(X: Array, y: Array, B: int, lr: float) -> tuple[list[int], list[float]]:
    """Examples used and loss on all, at powers of two of the number of steps."""
    rng, W, cost, losses = np.random.default_rng(0), np.zeros((64, 10)), [], []
    last = {1: 8192, 32: 1024}.get(B, 64)
    for step in range(1, last + 1):
        rows = rng.integers(0, len(X), B) if len(X) > B else slice(None)
        P = softmax(X[rows] @ W)
        P[np.arange(len(P)), y[rows]] -= 1
        W -= lr / len(P) * X[rows].T @ P
        if step & (step - 1) == 0:
            cost.append(step * B)
            losses.append(_linear_loss(W, X, y)[0])
    return cost, losses


def share_of_minima(d: int, n: int = 100_000) -> float:
    """The share of random symmetric matrices that have only positive eigenvalues."""
    A = np.random.default_rng(d).standard_normal((n, d, d))
    return float((np.linalg.eigvalsh(A + A.transpose(0, 2, 1))[:, 0] > 0).mean())


def steps_to_leave(y: float, lr: float = 0.1) -> int:
    """Steps on ``(x**2 - y**2) / 2 + y**4 / 4`` until ``abs(y)`` has come half of the way to its minimum at 1."""
    steps = 0
    while y < 0.5:
        y -= lr * (y**3 - y)
        steps += 1
    return steps
