"""The perceptron: a threshold unit, its update rule, its guarantee, and the proof of when it must fail.

Rows are examples: ``X (n, d)``, labels ``y (n,)`` in {0, 1}, signs ``s = 2y - 1``, weights ``w (d,)``, bias ``b``.
"""

import numpy as np
from jaxtyping import Float, Int, Real

from mlp_reference.shapes import Integer, Labels, Number, Rows

Weights = Real[np.ndarray, " d"]


def perceptron_predict(X: Rows, w: Weights, b: Number) -> Int[np.ndarray, " n"]:
    """1 for each row on the positive side, ``X @ w + b > 0``, else 0: a row on the boundary gets 0.

    Source: notebook 01, "A unit that decides".
    """
    return (X @ w + b > 0).astype(np.int64)


def perceptron_step(
    x: Real[np.ndarray, " d"], y: Number, w: Weights, b: Number, eta: Number = 1.0
) -> tuple[Weights, float]:
    """Weights and bias after one example; a right prediction changes nothing.

    Source: Rosenblatt (1962), Principles of Neurodynamics; notebook 01, "Learn from a mistake".
    """
    miss = int(y) - int(x @ w + b > 0)  # -1, 0 or 1
    return w + eta * miss * x, float(b + eta * miss)


def perceptron_fit(
    X: Rows, y: Labels, max_epochs: Integer = 100, eta: Number = 1.0
) -> tuple[Float[np.ndarray, " d"], float, list[int]]:
    """``(w, b, mistakes)`` after passes over the rows in order, from zeros, until one pass makes no mistake.

    ``mistakes`` holds the number of updates of each epoch; a last entry above 0 means that ``max_epochs`` ran out.
    Source: notebook 01, "Again and again".
    """
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes: list[int] = []
    while len(mistakes) < max_epochs and (not mistakes or mistakes[-1] > 0):
        wrong = 0
        for x, label in zip(X, y, strict=True):
            wrong += int(label != (x @ w + b > 0))
            w, b = perceptron_step(x, label, w, b, eta)
        mistakes.append(wrong)
    return w, b, mistakes


def mistake_bound(X: Rows, y: Labels, w_star: Weights, b_star: Number) -> float:
    """Novikoff's bound ``(R / gamma)**2`` on all updates the perceptron can ever make on this data.

    Raises: ValueError where ``(w_star, b_star)`` does not separate the two classes strictly.
    Source: Novikoff (1962), On convergence proofs for perceptrons; notebook 01, "Why it must stop".
    """
    X1, v = _with_ones(X), np.append(w_star, b_star)
    score = _signs(y) * (X1 @ v)
    if not score.min() > 0:
        worst = int(score.argmin())
        raise ValueError(
            "(w_star, b_star) must separate the classes strictly, "
            f"but row {worst} has s*(w.x + b) = {score[worst]:.6g}; "
            "pass a separating hyperplane, for example what perceptron_fit returns after an epoch without mistakes"
        )
    radius = np.linalg.norm(X1, axis=1).max()
    gamma = score.min() / np.linalg.norm(v)
    return float((radius / gamma) ** 2)


def certifies_nonseparable(X: Rows, y: Labels, lam: Real[np.ndarray, " n"]) -> bool:
    """Whether ``lam`` proves that no hyperplane separates the classes strictly.

    The proof: ``lam >= 0``, not all 0, and ``sum_i lam_i s_i [x_i, 1] = 0``, each to 1e-9 of the size of its terms.
    Source: Gordan's theorem (1873); notebook 01, "A certificate of impossibility".
    """
    X1, total = _with_ones(X), lam.sum()
    tol = 1e-9 * total
    balance = (lam * _signs(y)) @ X1
    return bool(total > 0 and lam.min() >= -tol and np.abs(balance).max() <= tol * np.abs(X1).max())


def _with_ones(X: Rows) -> Float[np.ndarray, "n d1"]:
    """Rows ``[x, 1]``: the bias becomes one more weight."""
    return np.column_stack([X, np.ones(len(X))])


def _signs(y: Labels) -> Int[np.ndarray, " n"]:
    return 2 * np.asarray(y, dtype=np.int64) - 1
