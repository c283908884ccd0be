"""Experiments of notebook 01: runs of the perceptron, Novikoff's bound on random sets, bias and variance."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float

from mlp_reference import data, fit_logistic, mistake_bound, perceptron_fit, perceptron_predict, perceptron_step
from mlp_reference.perceptron import Weights
from mlp_reference.shapes import Labels, Rows
from mlp_reference.viz.experiments.memo import memoized

Line = Float[np.ndarray, " d1"]  # weights and, last, the bias
Draw = Callable[[np.random.Generator], data.Dataset]
Rule = Callable[..., Any]  # (x, y, w, b, eta) -> (w, b)


def signed_distances(X: Rows, y: Labels, w: Weights, b: float) -> Float[np.ndarray, " n"]:
    """Each row's distance to the boundary, positive on its class's side; NaN for ``w = 0``, which has no boundary."""
    length = np.linalg.norm(w)
    return (2 * y - 1) * (X @ w + b) / length if length > 0 else np.full(len(X), np.nan)


class Trace:
    """A run of the perceptron from zeros, example by example: ``W (t+1, d)``, ``B (t+1,)``, ``missed (t,)``."""

    def __init__(self, X: Rows, y: Labels, eta: float, max_epochs: int, rule: Rule = perceptron_step) -> None:
        self.X, self.y, self.n = X, y, len(y)
        w, b = np.zeros(X.shape[1]), 0.0
        W, B, missed = [w], [b], list[int]()
        while len(missed) < max_epochs * self.n and (not missed or any(missed[-self.n :])):
            for x, label in zip(X, y.tolist(), strict=True):
                missed.append(int(label) - int(perceptron_predict(x[None, :], w, b)[0]))
                w, b = rule(x, label, w, b, eta)
                W.append(w)
                B.append(b)
        self.W, self.B, self.missed = np.array(W), np.array(B), np.array(missed)

    def mistakes(self, t: int) -> list[int]:
        """Updates in each epoch of the first ``t`` steps, the last epoch perhaps unfinished."""
        starts = range(0, t, self.n)
        return [int(np.count_nonzero(self.missed[start : min(start + self.n, t)])) for start in starts]

    def path(self, t: int | None = None) -> Float[np.ndarray, "k d1"]:
        """The weights and the bias in the first ``t`` steps (None: in all), each place once."""
        places = np.append(0, 1 + np.flatnonzero(self.missed[:t]))
        return np.column_stack([self.W[places], self.B[places]])


class NovikoffRun(NamedTuple):
    """A run and what Novikoff's proof says about it: the places ``path (k+1, d1)`` and a separator of length 1."""

    path: Float[np.ndarray, "k1 d1"]
    v_star: Line
    gamma: float
    R: float

    @property
    def bound(self) -> float:
        """The number of mistakes that can't be exceeded."""
        return (self.R / self.gamma) ** 2


@memoized
def novikoff_run() -> NovikoffRun:
    """The perceptron on the sepals of two species of iris, in a random order, against the widest separator."""
    X, y = data.iris_pair("setosa", "versicolor", data.IRIS_FEATURES[:2])
    order = np.random.default_rng(3).permutation(len(y))
    X, y = X[order], y[order]
    v_star, rows = widest_separator(X, y), np.column_stack([X, np.ones(len(X))])
    path = Trace(X, y, eta=1.0, max_epochs=100_000).path()
    gamma, radius = float(((2 * y - 1) * (rows @ v_star)).min()), float(np.linalg.norm(rows, axis=1).max())
    return NovikoffRun(path, v_star, gamma, radius)


def bound_and_mistakes(rng: np.random.Generator) -> tuple[float, int]:
    """Bound and count on 30 points of the plane on each side of a random line, none of them near it."""
    sides = [np.array([], dtype=np.int64)]
    while min(map(len, sides)) < 30:  # lines outside the square, or near its edge, leave too few on one side
        v = rng.standard_normal(3)
        X = rng.uniform(-1, 1, (400, 2))
        score = (X @ v[:2] + v[2]) / np.linalg.norm(v)
        gap = np.exp(rng.uniform(np.log(0.01), np.log(0.2)))
        sides = [np.flatnonzero(side)[:30] for side in (score > gap, score < -gap)]
    rows = rng.permutation(np.concatenate(sides))
    X, y = X[rows], (score[rows] > 0).astype(np.int64)
    _, _, mistakes = perceptron_fit(X, y, max_epochs=10_000)
    return mistake_bound(X, y, v[:2], float(v[2])), sum(mistakes)


def perceptron_line(X: Rows, y: Labels) -> Line:
    """The perceptron's boundary after at most 50 epochs."""
    w, b, _ = perceptron_fit(X, y, max_epochs=50)
    return np.append(w, b)


def averaged_line(X: Rows, y: Labels) -> Line:
    """The mean of the weights that the perceptron has in all steps of at most 50 epochs."""
    run = Trace(X, y, eta=1.0, max_epochs=50)
    return np.append(run.W.mean(axis=0), run.B.mean())


def squared_line(X: Rows, y: Labels) -> Line:
    """The boundary of the smallest mean squared distance to the labels: where the fitted value is one half."""
    best, *_ = np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), y, rcond=None)
    return best - np.append(np.zeros(X.shape[1]), 0.5)


def logistic_line(X: Rows, y: Labels) -> Line:
    """The boundary after 100 steps of gradient descent on the logistic loss."""
    w, b, _ = fit_logistic(X, y, lr=0.5, steps=100)
    return np.append(w, b)


def spread(
    fit: Callable[[Rows, Labels], Line], draw: Draw, best: Line, samples: int, rng: np.random.Generator
) -> tuple[Float[np.ndarray, "s d1"], float, float]:
    """``(lines, bias, variance)`` of a learner whose data are drawn anew ``samples`` times.

    bias: share of new examples where the majority of the lines decides otherwise than ``best``.
    variance: how often a single line decides otherwise than the majority.
    Source: Domingos (2000), A unified bias-variance decomposition, for decisions that are right or wrong.
    """
    lines = np.array([fit(*_shuffled(draw(rng), rng)) for _ in range(samples)])
    X = np.concatenate([draw(rng)[0] for _ in range(samples)])
    rows = np.column_stack([X, np.ones(len(X))])
    decisions = rows @ lines.T > 0
    majority = decisions.mean(axis=1) > 0.5
    bias, variance = (majority != (rows @ best > 0)).mean(), (decisions != majority[:, None]).mean()
    return lines, float(bias), float(variance)


SOURCES: dict[str, tuple[Draw, Line]] = {  # where examples are drawn from, and the boundary that decides best there
    "one far group": (data.far_ones, np.array([1.0, 0.0, 0.0])),
    "two clouds": (lambda rng: data.blobs(40, rng, gap=0.8), np.array([1.0, 1.0, 0.0])),
}


@memoized
def spread_on(
    source: str, fit: Callable[[Rows, Labels], Line], samples: int = 60
) -> tuple[Float[np.ndarray, "s 3"], float, float]:
    """``spread`` of a learner on one of the ``SOURCES``."""
    return spread(fit, *SOURCES[source], samples, np.random.default_rng(5))


def _shuffled(dataset: data.Dataset, rng: np.random.Generator) -> data.Dataset:
    order = rng.permutation(len(dataset[1]))
    return dataset[0][order], dataset[1][order]


def widest_separator(X: Rows, y: Labels) -> Float[np.ndarray, " d1"]:
    """The separating hyperplane with the largest ``gamma``, of length 1: along the shortest mean of the ``s_i [x_i, 1]``.

    Scaled to weights of any sum ``t``, the objective is ``t² |mean|² + (1 - t)²``: the best mean is the shortest.
    """
    from scipy.optimize import nnls

    signed = (2 * y - 1)[:, None] * np.column_stack([X, np.ones(len(X))])
    weights, _ = nnls(np.vstack([signed.T, np.ones(len(X))]), np.append(np.zeros(signed.shape[1]), 1.0))
    mean = weights @ signed
    return mean / np.linalg.norm(mean)
