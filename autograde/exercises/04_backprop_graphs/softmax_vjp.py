"""Exercise 4.5: what the Jacobian is needed for, without the Jacobian."""

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.special import each_zero, with_ties
from autograde.exercises.support.variants import each_whole
from autograde.exercises.support.drawing import Rng, eighths, probabilities
from mlp_reference import softmax_vjp

WIDE = 1_500  # entries of a row: its Jacobian takes 18 MB, the row itself 12 KB


def _batch(rng: Rng) -> Arguments:
    n, k = (4, 7) if rng.integers(2) else (5, 3)
    return probabilities(rng, n, k), eighths(rng, n, k)


def _batch_single(rng: Rng) -> Arguments:
    P, G = _batch(rng)
    return P.astype(np.float32), G.astype(np.float32)


def _square_batch(rng: Rng) -> Arguments:
    """As many rows as columns: a sum along the wrong axis, or of the wrong shape, raises no error."""
    return probabilities(rng, 5, 5), eighths(rng, 5, 5)


def _certain_rows(rng: Rng) -> Arguments:
    P = probabilities(rng, 3, 4)
    P[1] = np.eye(4)[int(rng.integers(4))]
    return P, eighths(rng, 3, 4)


def _all_integers(rng: Rng) -> Arguments:
    """Every row is sure of a class: there the softmax has stopped moving."""
    return np.eye(4, dtype=np.int64)[rng.integers(0, 4, 3)], rng.integers(1, 9, (3, 4))


def _integer_gradients(rng: Rng) -> Arguments:
    P, G = _batch(rng)
    return P, (8 * G).astype(np.int64)


def _a_row_of_zeros(rng: Rng) -> Arguments:
    P, G = _batch(rng)
    G[1] = 0
    return P, G


def _uniform(rng: Rng) -> Arguments:
    return np.full((12, 4), 0.25), eighths(rng, 12, 4)


def _certain_rows_only(rng: Rng) -> Arguments:
    return np.eye(4)[rng.integers(0, 4, 3)], eighths(rng, 3, 4)


def memory_remark(fn: Callable[..., Any]) -> str:
    """A sentence where the answer builds a Jacobian for one wide row; for messages only, never for points."""
    P, G = np.full((1, WIDE), 1 / WIDE), np.linspace(-1, 1, WIDE)[None, :]
    tracemalloc.start()
    try:
        fn(P, G)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    jacobian_bytes = WIDE * WIDE * 4  # in single precision
    if peak < jacobian_bytes:
        return ""
    return (
        f"The values are right, and the points are yours. But for one row of {WIDE} classes your function took "
        f"{peak / 1e6:.0f} MB, where the row itself has {P.nbytes / 1e3:.0f} KB: a Jacobian was built on the way. "
        "Multiply out sum_i p_i (delta_ij - p_j) g_i on paper, and see what is left."
    )


exercise = Exercise(
    reference=softmax_vjp,
    remark=memory_remark,
    cases=[
        Case("a batch of rows", [_batch], times=4),
        Case("as many rows as classes", [_square_batch], times=2),
        Case(
            "one row, one class, single precision",
            [
                lambda rng: (probabilities(rng, 1, 5), eighths(rng, 1, 5)),
                lambda rng: (np.ones((3, 1)), eighths(rng, 3, 1)),
                _batch_single,
            ],
            times=6,
        ),
        Case(
            "a row with all probability on one class, G of integers, P too",
            [_certain_rows, _integer_gradients, _all_integers],
            times=6,
        ),
        Case(
            "two classes, one number, zeros, equal numbers, whole numbers beside others",
            [
                *(lambda rng: (probabilities(rng, 4, 2), eighths(rng, 4, 2)), lambda rng: (np.ones((1, 1)), eighths(rng, 1, 1))),
                *(*each_zero(_batch, 1), _a_row_of_zeros, _uniform, with_ties(_batch, 1), *each_whole(_certain_rows_only, 0)),
            ],
            times=7,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. Take one row. Entry j of Jᵀ g is the sum over i of p_i (delta_ij - p_j) g_i. Split it in two sums, and look for
#    what does not depend on j.
# 2. In the first sum delta_ij leaves a single term, p_j g_j. In the second p_j can be moved in front of the sum, and
#    what is left is the dot product p·g, one number for the row.
# 3. Row by row p * (g - p·g). For the batch: `(P * G).sum(axis=1, keepdims=True)` has shape (n, 1).

# %% elegant
# J g = p (g - p·g): one sum for each row, and a product entry by entry. The Jacobian with its k² entries never
# exists.

# %% right
def softmax_vjp(P, G):
    dots = (P * G).sum(axis=1, keepdims=True)
    return P * (G - dots)

# %% right
def softmax_vjp(P, G):
    rows = []
    for p, g in zip(P, G):
        J = np.diag(p) - np.outer(p, p)
        rows.append(J.T @ g)
    return np.array(rows)

# %% right
def softmax_vjp(P, G):
    J = np.einsum("ni,ij->nij", P, np.eye(P.shape[1])) - np.einsum("ni,nj->nij", P, P)
    return np.einsum("nij,ni->nj", J, G)

# %% right
def softmax_vjp(P, G):
    weighted = P * G
    return weighted - P * np.einsum("nk,nk->n", P, G)[:, None]

# %% right
def softmax_vjp(P, G):
    out = []
    for p, g in zip(P.tolist(), G.tolist()):
        mean = sum(a * b for a, b in zip(p, g))
        out.append([a * (b - mean) for a, b in zip(p, g)])
    return out

# %% right
def softmax_vjp(P, G):
    mean = np.matmul(P[:, None, :], G[:, :, None])[:, 0]
    dZ = np.subtract(G, mean, dtype=np.float64)
    dZ *= P
    return dZ

# %% right
def softmax_vjp(P, G):
    mean = np.diag(P @ np.transpose(G)).reshape(-1, 1)
    return (P.T * (G - mean).T).T

# %% wrong
# the diagonal of the Jacobian alone: `P * (G - dots)` -> `P * (1 - P) * G`
#   That is right for elementwise functions. In a softmax every logit moves every probability: subtract p·g from each g
#   before you multiply by p.
# the dot product with p is left out: `P * (G - dots)` -> `P * G`
#   p_j g_j is what the numerator contributes. The denominator takes away p_j times the dot product p·g.
# the mean of g instead of the mean under p: `(P * G).sum(axis=1, keepdims=True)` -> `G.mean(axis=1, keepdims=True)`
#   What is subtracted is the mean of g with the weights p: the sum of p_i g_i over the row.
# the plain sum of g: `(P * G).sum(axis=1, keepdims=True)` -> `G.sum(axis=1, keepdims=True)`
#   Each g_i counts with its weight p_i: the sum of p_i g_i over the row.
# every g has the weight p_j instead of its own, p_i: `G - dots` -> `G - P * G.sum(axis=1, keepdims=True)`
#   The sum runs over i, and so does its weight: p_j times the sum of p_i g_i, not p_j squared times the sum of g_i.
# the mean of the products instead of their sum: `sum(axis=1, keepdims=True)` -> `mean(axis=1, keepdims=True)`
#   p·g is a sum. The weights p add up to 1, so it is a mean already.
# summed over the rows instead of within them: `sum(axis=1, keepdims=True)` -> `sum(axis=0, keepdims=True)`
#   Each row has its own dot product p·g: sum along axis 1. Rows know nothing of each other.
# one sum over the whole batch: `(P * G).sum(axis=1, keepdims=True)` -> `(P * G).sum()`
#   Each row has its own dot product p·g: sum along axis 1, and keep the axis.
# the sums have lost their axis: `(P * G).sum(axis=1, keepdims=True)` -> `(P * G).sum(axis=1)`
#   The sums have shape (n,) and meet the columns instead of the rows: keep the axis with `keepdims=True`, shape (n, 1).
# the sign is the other one: `G - dots` -> `dots - G`
#   The diagonal of the Jacobian is positive: p * (g - p·g).
# the dot product is added: `G - dots` -> `G + dots`
#   The entries of the Jacobian off the diagonal are negative: subtract.
# p multiplies only one of both terms: `P * (G - dots)` -> `P * G - dots`
#   p_j stands in front of the bracket: p_j g_j - p_j (p·g).
# the gradient for the logarithm of p: `P * (G - dots)` -> `G - P * G.sum(axis=1, keepdims=True)`
#   That is the vjp of the *log*-softmax. For p itself it is p * (g - p·g).
# p is missing in front: `P * (G - dots)` -> `G - dots`
#   Multiply by p at the end: J = diag(p) - p pᵀ has p in both terms.
# P and G are exchanged: `P * (G - dots)` -> `G * (P - dots)`
#   p stands in front, g in the bracket: p * (g - p·g).
# softmax minus target: `P * (G - dots)` -> `P - G`
#   P - Y is the gradient of softmax and cross-entropy together. Here G is any gradient that arrives at the
#   probabilities.
# divided by the number of rows: `P * (G - dots)` -> `… / len(P)`
#   A mean over the batch, where there is one, is in G already: don't divide again.
# the softmax is taken again
# -     dots
# +     P = np.exp(P) / np.exp(P).sum(axis=1, keepdims=True)
# +     dots
#   P holds the probabilities already: the softmax has been taken.
# the gradient is summed over the batch: `return P * (G - dots)` -> `return (P * (G - dots)).sum(axis=0)`
#   Every row has its own logits, and so its own gradient: the result has the shape of P.
# the Jacobian of the first row for all rows
# -     dots = (P * G).sum(axis=1, keepdims=True)
# -     return P * (G - dots)
# +     return G @ (np.diag(P[0]) - np.outer(P[0], P[0]))
#   Every row has its own probabilities, and so its own Jacobian.
# G is changed in place
# -     dots = (P * G).sum(axis=1, keepdims=True)
# -     return P * (G - dots)
# +     G -= (P * G).sum(axis=1, keepdims=True)
# +     return P * G
#   `G -= ...` changes the caller's array. Write `G - ...` into a new one.
# P is changed in place: `return P * (G - dots)` -> `P *= G - dots ⏎ return P`
#   `P *= ...` changes the caller's array. Write `P * ...` into a new one.
# the whole bracket is summed: `dots = (P * G).sum(axis=1, keepdims=True)` -> `dots = P * G`, `return P * (G - dots)` -> `return P * (G - dots).sum(axis=1, keepdims=True)`
#   Only the products p_i g_i are summed; g_j itself stays what it is for each j.
# the sum of p instead of p . g: `(P * G).sum(axis=1, keepdims=True)` -> `G * P.sum(axis=1, keepdims=True)`
#   All is 0, as it is with g times the sum of p, which is 1, taken from g. Sum the products p_i g_i.
# only the likeliest class counts: `(P * G).sum(axis=1, keepdims=True)` -> `G[np.arange(len(P)), P.argmax(axis=1)][:, None]`
#   All classes take part, each by its probability: p . g is a sum over the row.
