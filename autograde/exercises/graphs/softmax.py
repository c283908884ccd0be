"""``softmax_jacobian``: the full matrix of one row."""

import numpy as np

from autograde.exercise import Arguments, Case, Exercise, Misconception, variant
from autograde.exercises.drawing import Rng, odd_size
from autograde.exercises.graphs.chances import probabilities
from mlp_reference import softmax_jacobian


def _one_row(rng: Rng) -> Arguments:
    return (probabilities(rng, odd_size(rng, 3, 7)),)


def _one_row_single(rng: Rng) -> Arguments:
    return (_one_row(rng)[0].astype(np.float32),)


def _two_classes(rng: Rng) -> Arguments:
    return (probabilities(rng, 2),)


def _certain(rng: Rng) -> Arguments:
    """All probability on one class: the softmax has stopped moving."""
    return (np.eye(5)[int(rng.integers(5))],)


def _one_class(_: Rng) -> Arguments:
    return (np.ones(1),)


_FULL = """
def softmax_jacobian(p):
    delta = np.eye(len(p))
    J = p[:, None] * (delta - p[None, :])
    return J
"""
_ENTRIES = "p[:, None] * (delta - p[None, :])"

JACOBIAN = Exercise(
    name="softmax_jacobian",
    reference=softmax_jacobian,
    cases=[
        Case("unequal probabilities", [_one_row], times=4),
        Case("two classes, one class", [_two_classes, _one_class], times=4),
        Case("all probability on one class, single precision", [_certain, _one_row_single], times=4),
    ],
    misconceptions=[
        Misconception(
            "the diagonal alone",
            variant(_FULL, (_ENTRIES, "np.diag(p * (1 - p))")),
            "That treats the softmax like an elementwise function. Raise one logit, and the *other* probabilities fall: the entries off the diagonal are -p_i p_j.",
        ),
        Misconception(
            "the diagonal as a row",
            variant(_FULL, (_ENTRIES, "p * (1 - p)")),
            "Every one of the k outputs depends on every one of the k logits: the Jacobian has k rows and k columns.",
        ),
        Misconception(
            "the sign off the diagonal",
            variant(_FULL, (_ENTRIES, "np.where(delta == 1, p * (1 - p), np.outer(p, p))")),
            "If one logit rises, the other probabilities must fall, since all add up to 1: off the diagonal stands -p_i p_j.",
        ),
        Misconception(
            "the diagonal lacks its second term",
            variant(_FULL, (_ENTRIES, "np.where(delta == 1, p[:, None], -np.outer(p, p))")),
            "On the diagonal the denominator contains z_i as well: p_i (1 - p_i), not p_i.",
        ),
        Misconception(
            "the wrong way round",
            variant(_FULL, ("delta - p[None, :]", "p[None, :] - delta")),
            "All signs are exchanged: a rising logit raises its own probability, so the diagonal is positive.",
        ),
        Misconception(
            "the outer product alone",
            variant(_FULL, (_ENTRIES, "-np.outer(p, p)")),
            "The numerator exp(z_i) depends on z_i, too, which adds p_i on the diagonal.",
        ),
        Misconception(
            "zeros on the diagonal",
            variant(_FULL, (_ENTRIES, "-np.outer(p, p) * (1 - delta)")),
            "A logit moves its own probability, too: p_i (1 - p_i) on the diagonal.",
        ),
        Misconception(
            "the first factor is missing",
            variant(_FULL, (_ENTRIES, "delta - p[None, :]")),
            "delta_ij - p_j is the derivative of log p_i. For p_i itself multiply by p_i.",
        ),
        Misconception(
            "the first factor is missing, transposed",
            variant(_FULL, (_ENTRIES, "delta - p[:, None]")),
            "delta_ij - p_j, with j the column, is the derivative of log p_i. For p_i itself multiply by p_i.",
        ),
        Misconception(
            "the factor p_i stands in front of the diagonal only",
            variant(_FULL, (_ENTRIES, "p[:, None] * delta - p[None, :]")),
            "p_i multiplies the whole bracket: p_i delta_ij - p_i p_j.",
        ),
        Misconception(
            "p_i squared",
            variant(_FULL, (_ENTRIES, "p[:, None] * (delta - p[:, None])")),
            "Row i has p_i in front and p_j in the bracket: use `p[:, None]` for the one and `p[None, :]` for the other.",
        ),
        Misconception(
            "the softmax is taken again",
            variant(_FULL, ("    delta", "    p = np.exp(p) / np.exp(p).sum()\n    delta")),
            "`p` holds the probabilities already: the softmax has been taken.",
        ),
        Misconception(
            "taken for logits of sigmoids",
            variant(_FULL, (_ENTRIES, "np.diag(np.exp(-p) / (1 + np.exp(-p))**2)")),
            "`p` are probabilities of a softmax, not logits of sigmoids, and every output depends on every logit.",
        ),
        Misconception(
            "a matrix product with itself",
            variant(_FULL, (_ENTRIES, "delta * p - p @ p")),
            "For vectors `p @ p` is a single number, the dot product. The matrix of all products p_i p_j is `np.outer(p, p)`.",
        ),
        Misconception(
            "entrywise squares instead of all products",
            variant(_FULL, (_ENTRIES, "np.diag(p) - p * p")),
            "`p * p` is a vector, the squares, and it is subtracted from every row. The matrix of all products p_i p_j is `np.outer(p, p)`.",
        ),
        Misconception(
            "the identity instead of diag(p)",
            variant(_FULL, (_ENTRIES, "delta - np.outer(p, p)")),
            "p_i multiplies delta_ij as well: on the diagonal stands p_i - p_i**2, so subtract from `np.diag(p)`, not from `np.eye(k)`.",
        ),
        Misconception(
            "the products are added",
            variant(_FULL, (_ENTRIES, "np.diag(p) + np.outer(p, p)")),
            "p_i (delta_ij - p_j) has a minus: a rising logit takes probability from the others. Subtract the products.",
        ),
        Misconception(
            "the case of the diagonal everywhere",
            variant(_FULL, (_ENTRIES, "np.outer(p, 1 - p)")),
            "p_i (1 - p_j) would be right if delta_ij were 1 everywhere. It is 1 on the diagonal only, `np.eye(k)`: off the diagonal stands -p_i p_j.",
        ),
        Misconception(
            "summed over the logits",
            variant(_FULL, ("return J", "return J.sum(axis=1)")),
            "The sum of each row is 0, since equal shifts of all logits change nothing. Return the matrix.",
        ),
        Misconception(
            "a sign by the place instead of the case",
            variant(_FULL, (_ENTRIES, "np.triu(p[:, None] * (delta - p[None, :]))")),
            "Half of the matrix is empty: it is symmetric, and the entries below the diagonal are as large as those above.",
        ),
    ],
    alternates=[
        """
def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)
""",
        """
def softmax_jacobian(p):
    k = len(p)
    J = [[0.0] * k for _ in range(k)]
    for i in range(k):
        for j in range(k):
            J[i][j] = p[i] * (1 - p[i]) if i == j else -p[i] * p[j]
    return J
""",
        """
def softmax_jacobian(p):
    p = np.asarray(p, dtype=np.float64).reshape(-1, 1)
    return np.diagflat(p) - p @ p.T
""",
        """
def softmax_jacobian(p):
    J = -np.einsum("i,j->ij", p, p)
    np.fill_diagonal(J, p * (1 - p))
    return J
""",
        """
def softmax_jacobian(p):
    # the softmax as numerator over denominator: quotient rule for log p
    return np.multiply(p, np.identity(p.size) - p.reshape(-1, 1)).T
""",
        """
def softmax_jacobian(p):
    J = np.zeros((p.size, p.size), dtype=np.float32 if p.dtype == np.float32 else float)
    for j, column in enumerate(J.T):
        column -= p * p[j]
        column[j] += p[j]
    return J
""",
    ],
    hints=[
        "Write p_i = exp(z_i) / s with s = the sum of all exp(z_l), and move one logit z_j. The denominator always changes; the numerator changes only where j = i.",
        "The quotient rule gives p_i (1 - p_i) for j = i and -p_i p_j else. Both in one: p_i (delta_ij - p_j), where delta_ij is the identity matrix.",
        "`np.diag(p)` has p on its diagonal, `np.outer(p, p)` all products p_i p_j: subtract the second from the first.",
    ],
)
