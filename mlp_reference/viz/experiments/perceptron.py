"""Experiments of notebook 01: runs of the perceptron, Novikoff's bound on random sets, boundaries of resamples."""

from collections.abc import Callable
from typing import Any

import numpy as np
from jaxtyping import Float

from mlp_reference import mistake_bound, perceptron_fit, perceptron_predict, perceptron_step
from mlp_reference.perceptron import Weights
from mlp_reference.shapes import Labels, Rows

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


def bound_and_mistakes(rng: np.random.Generator) -> tuple[float, int]:
    """Bound and count on 60 points of the plane, cleared of those near a random line."""
    v = rng.standard_normal(3)
    X = rng.uniform(-1, 1, (400, 2))
    score = (X @ v[:2] + v[2]) / np.linalg.norm(v)
    gap = np.exp(rng.uniform(np.log(0.01), np.log(0.2)))
    sides = [np.flatnonzero(side)[:30] for side in (score > gap, score < -gap)]
    rows = rng.permutation(np.concatenate(sides))
    X, y = X[rows], (score[rows] > 0).astype(np.int64)
    _, _, mistakes = perceptron_fit(X, y, max_epochs=10_000)
    return mistake_bound(X, y, v[:2], float(v[2])), max(1, sum(mistakes))


def resample(X: Rows, y: Labels, rng: np.random.Generator) -> tuple[Rows, Labels]:
    """As many rows, drawn with repetition."""
    rows = rng.integers(0, len(y), len(y))
    return X[rows], y[rows]


def perceptron_line(X: Rows, y: Labels) -> Float[np.ndarray, "3"]:
    """Weights and bias of the perceptron's boundary."""
    w, b, _ = perceptron_fit(X, y, max_epochs=1000)
    return np.append(w, b)


def logistic_line(X: Rows, y: Labels) -> Float[np.ndarray, "3"]:
    """Weights and bias of logistic regression's boundary."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression().fit(X, y)
    return np.append(model.coef_[0], model.intercept_)


def widest_separator(X: Rows, y: Labels) -> Float[np.ndarray, " d1"]:
    """The separating hyperplane with the largest margin, bias folded in, of length 1."""
    from sklearn.svm import SVC

    rows = np.column_stack([X, np.ones(len(X))])
    model = SVC(kernel="linear", C=1e6).fit(np.vstack([rows, -rows]), np.concatenate([y, 1 - y]))  # through the origin
    return model.coef_[0] / np.linalg.norm(model.coef_)
