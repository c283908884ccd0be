"""Starred exercise 5: second derivatives of a classifier, along a direction."""

import numpy as np
from jaxtyping import Real

from autograde.exercises.support.batches import in_single, in_whole
from autograde.exercises.support.drawing import Array, Rng, eighths
from autograde.exercises.support.variants import each_whole, with_zeros
from autograde.judging.exercise import Arguments, Case, Exercise


def xent_hvp(X: Real[np.ndarray, "n d"], W: Real[np.ndarray, "d k"], V: Real[np.ndarray, "d k"]) -> Array:
    """The derivative of X^T (S - Y) / n along V, by the Jacobian of the softmax, row by row."""
    X, W, V = (np.asarray(A, dtype=float) for A in (X, W, V))
    Z, U = X @ W, X @ V
    rows = []
    for z, u in zip(Z, U, strict=True):
        p = np.exp(z - z.max())
        p /= p.sum()
        rows.append((np.diag(p) - np.outer(p, p)) @ u)
    return np.asarray(X.T @ np.array(rows) / len(X))


def _usual(rng: Rng) -> Arguments:
    n, d, k = (int(rng.choice(sizes)) for sizes in ((5, 7), (3, 4), (2, 6)))
    return eighths(rng, n, d), eighths(rng, d, k) / 4, eighths(rng, d, k)


def _large(rng: Rng) -> Arguments:
    """Logits of thousands, where two classes compete."""
    X, W, V = eighths(rng, 5, 3), eighths(rng, 3, 4), eighths(rng, 3, 4)
    W[:, 0] += 2000 * np.sign(X[0])
    W[:, 1] = W[:, 0] + eighths(rng, 3) / 8
    return X, W, V


def _large_alone(rng: Rng) -> Arguments:
    """The same for a single example, whose largest logit is that of the batch."""
    X, W, V = _large(rng)
    return X[:1], W, V


def _one_row(rng: Rng) -> Arguments:
    return eighths(rng, 1, 3), eighths(rng, 3, 3) / 4, eighths(rng, 3, 3)


def _long(rng: Rng) -> Arguments:
    """A direction along which a difference goes far beyond what is straight."""
    X, W, V = _usual(rng)
    return X, W, 2.0**30 * V


def _short(rng: Rng) -> Arguments:
    """A direction along which a difference drowns in rounding."""
    X, W, V = _usual(rng)
    return X, W, V / 2.0**30


def _far_inputs(rng: Rng) -> Arguments:
    """A step that is small for the weights is none for the logits."""
    X, W, V = _usual(rng)
    return 2.0**12 * X, W / 2.0**12, V


def _one_class(rng: Rng) -> Arguments:
    return eighths(rng, 4, 3), eighths(rng, 3, 1), eighths(rng, 3, 1)


def _one_input(rng: Rng) -> Arguments:
    return eighths(rng, 4, 1), eighths(rng, 1, 3) / 4, eighths(rng, 1, 3)


def _square(rng: Rng) -> Arguments:
    return eighths(rng, 3, 3), eighths(rng, 3, 3) / 4, eighths(rng, 3, 3)


def _many_inputs(rng: Rng) -> Arguments:
    return eighths(rng, 3, 8), eighths(rng, 8, 4) / 4, eighths(rng, 8, 4)


def _at_the_start(rng: Rng) -> Arguments:
    """Weights of zeros: all classes are equally likely."""
    X, W, V = _usual(rng)
    return X, 0 * W, V


def _no_direction(rng: Rng) -> Arguments:
    X, W, V = _usual(rng)
    return X, W, 0 * V


exercise = Exercise(
    reference=xent_hvp,
    cases=[
        Case("examples, inputs and classes of different numbers; single precision, whole numbers", [_usual, _usual, in_single(_usual), in_whole(_usual)], times=8),
        Case("more inputs than examples; whole numbers beside others; zeros", [_many_inputs, *each_whole(_usual, 0, 1, 2), with_zeros(_usual), _at_the_start, _no_direction], times=7, weight=0.5),
        Case("as many of each", [_square], times=2),
        Case("large logits", [_large, _large_alone], times=2),
        Case("a single example, input or class", [_one_row, _one_input, _one_class], times=3, weight=0.5),
        Case("very long and very short directions, large inputs", [_long, _short, _far_inputs], times=3, weight=0.5),
    ],
)

# %% hints
# 1. The gradient is `X.T @ (S - Y) / n`. Move W along V: Y stays, and Z = X W moves along U = X V. How does a row of S move when its
#    logits move by u?
# 2. By the Jacobian of the softmax times u, which needs no Jacobian: `s * (u - (s * u).sum())`, row by row. Multiply what comes out by
#    `X.T`, and divide by n.

# %% elegant
# The Hessian of d k weights has d k times d k entries, and is never there: the direction goes forward through X, once
# through the softmax's Jacobian, and back through X. The labels have dropped out.

# %% right
def xent_hvp(X, W, V):
    Z = X @ W
    S = np.exp(Z - Z.max(axis=1, keepdims=True))
    S = S / S.sum(axis=1, keepdims=True)
    U = X @ V
    R = S * (U - (S * U).sum(axis=1, keepdims=True))
    return X.T @ R / len(X)

# %% right
def xent_hvp(X, W, V):
    n = X.shape[0]
    out = np.zeros(np.shape(W))
    for x in X:
        z = x @ W
        e = np.exp(z - max(z))
        s = e / sum(e)
        J = np.diag(s) - np.outer(s, s)
        out = out + np.outer(x, J @ (x @ V)) / n
    return out

# %% right
def xent_hvp(X, W, V):
    # the whole Hessian, on the flat weights
    Z = X @ W
    P = np.exp(Z - np.max(Z, 1)[:, None])
    P /= P.sum(1)[:, None]
    J = np.einsum("ni,ij->nij", P, np.eye(P.shape[1])) - np.einsum("ni,nj->nij", P, P)
    H = np.einsum("na,nij,nb->aibj", X, J, X) / len(Z)
    return np.einsum("aibj,bj->ai", H, V)

# %% wrong
# not divided by n: without ` / len(X)`
#   The loss is a mean over the examples: so are its derivatives.
# divided by all entries: `/ len(X)` -> `/ R.size`
#   A mean over the examples: divide by n.
# only the diagonal of the softmax's Jacobian: `S * (U - (S * U).sum(axis=1, keepdims=True))` -> `S * (1 - S) * U`
#   Every probability depends on every logit: the Jacobian is full. Take s * (u - (s * u).sum()).
# the sum is forgotten: `(U - (S * U).sum(axis=1, keepdims=True))` -> `U`
#   The probabilities of a row always add up to 1, so their changes add up to 0: subtract (s * u).sum() from u.
# a plain sum: `(S * U).sum(axis=1, keepdims=True)` -> `U.sum(axis=1, keepdims=True)`
#   What is subtracted is the mean of u by the probabilities: (s * u).sum().
# a plain mean: `(S * U).sum(axis=1, keepdims=True)` -> `U.mean(axis=1, keepdims=True)`
#   What is subtracted is the mean of u by the probabilities: (s * u).sum().
# the sum runs over the examples: `(S * U).sum(axis=1, keepdims=True)` -> `(S * U).sum(axis=0, keepdims=True)`
#   Each example has a softmax of its own: sum along its row.
# the sum runs over everything: `(S * U).sum(axis=1, keepdims=True)` -> `(S * U).sum()`
#   Each example has a softmax of its own: sum along its row.
# the softmax's factor in front is forgotten: `S * (U - (S * U).sum(axis=1, keepdims=True))` -> `U - (S * U).sum(axis=1, keepdims=True)`
#   A row of the Jacobian begins with s_i: s * (u - (s * u).sum()).
# a plus instead of the minus: `(U - (S * U)` -> `(U + (S * U)`
#   The softmax's Jacobian is diag(s) minus s sᵀ.
# the direction is not sent through X: `R = S * (U - (S * U).sum(axis=1, keepdims=True))` -> `R = S * U`, `return X.T @ R / len(X)` -> `return (X.T @ S / len(X)) * V`
#   V is a direction of weights: first see how the logits move, U = X @ V.
# the gradient of the softmax at V: `Z = X @ W` -> `Z = X @ V`, `U = X @ V` -> `U = X @ W`
#   The probabilities belong to the weights W, and the logits move along X @ V.
# the logits overflow: `np.exp(Z - Z.max(axis=1, keepdims=True))` -> `np.exp(Z)`
#   Subtract the largest logit of each row before exp.
# one maximum for the whole batch: `Z.max(axis=1, keepdims=True)` -> `Z.max()`
#   In a row that lies far below the largest logit of the batch every exp is 0, and 0/0 is nan. Each row needs its own
#   maximum: `Z.max(axis=1, keepdims=True)`.
# the sign is the other: `return X.T @ R` -> `return -X.T @ R`
#   The gradient is Xᵀ (S - Y) / n, with S in front.

# %% wrong: differences of the gradient
#   or `eps = 1e-5` -> `eps = 1e-6`
#   or `eps = 1e-5` -> `eps = 1e-4`
#   or `return (slope(eps) - slope(-eps)) / (2 * eps)` -> `return (slope(eps) - slope(0)) / eps`
#   That is the test to try it with. A difference errs where V is long or short, and the formula is linear in V: send V through X,
#   then through the softmax's Jacobian, s * (u - (s * u).sum()).
def xent_hvp(X, W, V):
    eps = 1e-5

    def slope(t):
        Z = X @ (W + t * V)
        S = np.exp(Z - Z.max(axis=1, keepdims=True))
        return X.T @ (S / S.sum(axis=1, keepdims=True)) / len(X)

    return (slope(eps) - slope(-eps)) / (2 * eps)

# %% wrong
# a sigmoid for each logit: `S = np.exp(Z - Z.max(axis=1, keepdims=True))` -> `S = 1 / (1 + np.exp(-Z))`, `S = S / S.sum(axis=1, keepdims=True)` -> `S = S`
#   The probabilities of a row are its softmax: they add up to 1.
# the curvature along V: `X.T @ R / len(X)` -> `float((V * (X.T @ R / len(X))).sum())`
#   That is the number V · HV. Asked is HV itself, shaped like W.
# divided by the number of classes: `/ len(X)` -> `/ W.shape[1]`
#   The mean of the loss runs over the examples: divide by their number.
