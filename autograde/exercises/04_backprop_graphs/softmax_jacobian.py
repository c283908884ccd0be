"""Exercise 4.4: the full matrix of one row."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.drawing import Rng, odd_size, probabilities
from mlp_reference import softmax_jacobian


def _one_row(rng: Rng) -> Arguments:
    return (probabilities(rng, odd_size(rng, 3, 7)),)


def _certain(rng: Rng) -> Arguments:
    """All probability on one class: the softmax has stopped moving."""
    return (np.eye(5)[int(rng.integers(5))],)


def _certain_integers(rng: Rng) -> Arguments:
    return (_certain(rng)[0].astype(np.int64),)


def _one_class(_: Rng) -> Arguments:
    return (np.ones(1),)


def _uniform(_: Rng) -> Arguments:
    return (np.full(4, 0.25),)


def _two_equal(rng: Rng) -> Arguments:
    """And one that is 0."""
    return (rng.permutation([0.125, 0.125, 0.5, 0.25, 0.0]),)


def _many_classes(rng: Rng) -> Arguments:
    return (probabilities(rng, 12),)


exercise = Exercise(
    reference=softmax_jacobian,
    cases=[
        Case("unequal probabilities", [_one_row], times=4),
        Case("two classes, one class", [lambda rng: (probabilities(rng, 2),), _one_class], times=4),
        Case(
            "all probability on one class, also as integers; single precision",
            [_certain, lambda rng: (_one_row(rng)[0].astype(np.float32),), _certain_integers],
            times=6,
        ),
        Case("equal probabilities", [_uniform, _two_equal, _many_classes], times=3, weight=0.5),
    ],
)

# %% hints
# 1. The formula J_ij = p_i (delta_ij - p_j) speaks of one entry. Two loops over i and j that fill `np.zeros((k, k))`
#    are a good answer. Or split it in two matrices: which one has p_i on its diagonal and 0 elsewhere, which p_i p_j?
# 2. With loops: where i = j the entry is p_i - p_i p_i, elsewhere it is -p_i p_j. With matrices: NumPy makes a diagonal
#    matrix of a vector, and the table of all products of two vectors.
# 3. `np.diag(p)` has p on its diagonal, `np.outer(p, p)` all products p_i p_j: subtract the second from the first.

# %% elegant
# p_i (delta_ij - p_j) with broadcasting: a column times a matrix minus a row. The formula's indices become axes.

# %% right
def softmax_jacobian(p):
    delta = np.eye(len(p))
    J = p[:, None] * (delta - p[None, :])
    return J

# %% right
def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)

# %% right
def softmax_jacobian(p):
    k = len(p)
    J = [[0.0] * k for _ in range(k)]
    for i in range(k):
        for j in range(k):
            J[i][j] = p[i] * (1 - p[i]) if i == j else -p[i] * p[j]
    return J

# %% right
def softmax_jacobian(p):
    p = np.asarray(p, dtype=np.float64).reshape(-1, 1)
    return np.diagflat(p) - p @ p.T

# %% right
def softmax_jacobian(p):
    J = -np.einsum("i,j->ij", p, p)
    np.fill_diagonal(J, p * (1 - p))
    return J

# %% right
def softmax_jacobian(p):
    # log p_i = z_i - log t has the derivatives delta_ij - p_j, and those of p_i are p_i times as large
    return np.multiply(p, np.identity(p.size) - p.reshape(-1, 1)).T

# %% right
def softmax_jacobian(p):
    J = np.zeros((p.size, p.size), dtype=np.float32 if p.dtype == np.float32 else float)
    for j, column in enumerate(J.T):
        column -= p * p[j]
        column[j] += p[j]
    return J

# %% wrong
# the diagonal alone: `p[:, None] * (delta - p[None, :])` -> `np.diag(p * (1 - p))`
#   That treats the softmax like an elementwise function. Raise one logit, and the *other* probabilities fall: the
#   entries off the diagonal are -p_i p_j.
# the diagonal as a row: `p[:, None] * (delta - p[None, :])` -> `p * (1 - p)`
#   Every one of the k outputs depends on every one of the k logits: the Jacobian has k rows and k columns.
# the sign off the diagonal: `p[:, None] * (delta - p[None, :])` -> `np.where(delta == 1, p * (1 - p), np.outer(p, p))`
#   If one logit rises, the other probabilities must fall, since all add up to 1: off the diagonal stands -p_i p_j.
# the diagonal lacks its second term
#   `p[:, None] * (delta - p[None, :])` -> `np.where(delta == 1, p[:, None], -np.outer(p, p))`
#   On the diagonal the denominator contains z_i as well: p_i (1 - p_i), not p_i.
# the wrong way round: `delta - p[None, :]` -> `p[None, :] - delta`
#   All signs are exchanged: a rising logit raises its own probability, so the diagonal is positive.
# the outer product alone: `p[:, None] * (delta - p[None, :])` -> `-np.outer(p, p)`
#   The numerator exp(z_i) depends on z_i, too, which adds p_i on the diagonal.
# zeros on the diagonal: `p[:, None] * (delta - p[None, :])` -> `-np.outer(p, p) * (1 - delta)`
#   A logit moves its own probability, too: p_i (1 - p_i) on the diagonal.
# the first factor is missing: `p[:, None] * (delta - p[None, :])` -> `delta - p[None, :]`
#   delta_ij - p_j is the derivative of log p_i. For p_i itself multiply by p_i.
# the first factor is missing, transposed: `p[:, None] * (delta - p[None, :])` -> `delta - p[:, None]`
#   delta_ij - p_j, with j the column, is the derivative of log p_i. For p_i itself multiply by p_i.
# the factor p_i stands in front of the diagonal only: ` * (delta - p[None, :])` -> ` * delta - p[None, :]`
#   p_i multiplies the whole bracket: p_i delta_ij - p_i p_j.
# p_i squared: `p[:, None] * (delta - p[None, :])` -> `p[:, None] * (delta - p[:, None])`
#   Row i has p_i in front and p_j in the bracket: use `p[:, None]` for the one and `p[None, :]` for the other.
# the softmax is taken again
# -     delta
# +     p = np.exp(p) / np.exp(p).sum()
# +     delta
#   `p` holds the probabilities already: the softmax has been taken.
# taken for logits of sigmoids: `p[:, None] * (delta - p[None, :])` -> `np.diag(np.exp(-p) / (1 + np.exp(-p))**2)`
#   `p` are probabilities of a softmax, not logits of sigmoids, and every output depends on every logit.
# a matrix product with itself: `p[:, None] * (delta - p[None, :])` -> `delta * p - p @ p`
#   For vectors `p @ p` is a single number, the dot product. The matrix of all products p_i p_j is `np.outer(p, p)`.
# entrywise squares instead of all products: `p[:, None] * (delta - p[None, :])` -> `np.diag(p) - p * p`
#   `p * p` is a vector, the squares, and it is subtracted from every row. The matrix of all products p_i p_j is
#   `np.outer(p, p)`.
# the identity instead of diag(p): `p[:, None] * (delta - p[None, :])` -> `delta - np.outer(p, p)`
#   p_i multiplies delta_ij as well: on the diagonal stands p_i - p_i**2, so subtract from `np.diag(p)`, not from
#   `np.eye(k)`.
# the products are added: `p[:, None] * (delta - p[None, :])` -> `np.diag(p) + np.outer(p, p)`
#   p_i (delta_ij - p_j) has a minus: a rising logit takes probability from the others. Subtract the products.
# the case of the diagonal everywhere: `p[:, None] * (delta - p[None, :])` -> `np.outer(p, 1 - p)`
#   p_i (1 - p_j) would be right if delta_ij were 1 everywhere. It is 1 on the diagonal only, `np.eye(k)`: off the
#   diagonal stands -p_i p_j.
# summed over the logits: `return J` -> `….sum(axis=1)`
#   The sum of each row is 0, since equal shifts of all logits change nothing. Return the matrix.
# zeros below the diagonal: `p[:, None] * (delta - p[None, :])` -> `np.triu(…)`
#   Half of the matrix is empty: it is symmetric, and the entries below the diagonal are as large as those above.
# the diagonal of a table instead of a table with this diagonal: `p[:, None] * (delta - p[None, :])` -> `np.diag(p[None, :]) - np.outer(p, p)`
#   Of an array with one axis `np.diag` makes a matrix, of one with two it takes the diagonal, here p_0 alone. Give it p with shape (k,).
