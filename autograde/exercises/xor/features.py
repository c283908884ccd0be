"""``xor_features``: two features made by hand, after which a line is enough."""

import numpy as np

from autograde.exercise import Arguments, Case, Exercise, Misconception, variant
from autograde.exercises.drawing import Rng, eighths, odd_size
from autograde.exercises.xor.sources import STABLE_SIGMOID
from mlp_reference import data, logistic


def _near(rng: Rng) -> Arguments:
    return (eighths(rng, odd_size(rng), 2),)


def _single_precision(rng: Rng) -> Arguments:
    return (eighths(rng, 5, 2).astype(np.float32),)


def _clusters(rng: Rng) -> Arguments:
    return (rng.permutation(data.xor_clusters(9, rng)[0]),)


def _one_row(rng: Rng) -> Arguments:
    return (eighths(rng, 1, 2),)


def _two_rows(rng: Rng) -> Arguments:
    """As many rows as columns: a transposed result has the right shape."""
    return (eighths(rng, 2, 2),)


def _far(rng: Rng) -> Arguments:
    return (rng.permutation([[900.0, 300.0], [-900.0, -300.0], [400.0, -398.0], [-800.0, 30.0]]),)


_RIGHT = (
    STABLE_SIGMOID
    + """
def xor_features(X):
    s = X[:, 0] + X[:, 1]
    first = sigmoid(5 + s)
    second = sigmoid(5 - s)
    return np.column_stack([first, second])
"""
)

FEATURES = Exercise(
    name="xor_features",
    reference=logistic.xor_features,
    cases=[
        Case("points near the origin", [_near, _single_precision, _near], times=6),
        Case("points of the four clusters", [_clusters]),
        Case("one row, two rows", [_one_row, _two_rows], times=4),
        Case("points far away", [_far]),
    ],
    misconceptions=[
        Misconception(
            "the 5 is missing",
            variant(_RIGHT, ("5 + s", "s"), ("5 - s", "-s")),
            "Without the 5 the second feature is 1 minus the first, and nothing is gained. The 5 moves the two switches apart.",
        ),
        Misconception(
            "the 5 is missing in the second feature",
            variant(_RIGHT, ("5 - s", "-s")),
            "Both features have the bias 5: sigmoid(5 - x1 - x2).",
        ),
        Misconception(
            "the 5 has the wrong sign",
            variant(_RIGHT, ("5 + s", "s - 5"), ("5 - s", "-5 - s")),
            "The 5 is added in both features: sigmoid(5 + x1 + x2) and sigmoid(5 - x1 - x2).",
        ),
        Misconception(
            "the second feature is 1 minus the first",
            variant(_RIGHT, ("5 - s", "-(5 + s)")),
            "In the second feature only x1 and x2 change their sign, the 5 does not.",
        ),
        Misconception(
            "the columns are exchanged",
            variant(_RIGHT, ("[first, second]", "[second, first]")),
            "The first column is sigmoid(5 + x1 + x2), the second sigmoid(5 - x1 - x2).",
        ),
        Misconception(
            "x1 and x2 have different signs",
            variant(_RIGHT, ("X[:, 0] + X[:, 1]", "X[:, 0] - X[:, 1]")),
            "Within one feature x1 and x2 have the same sign: 5 + x1 + x2 and 5 - x1 - x2.",
        ),
        Misconception(
            "a bracket makes it 5 - x1 + x2",
            variant(_RIGHT, ("5 - s", "5 - X[:, 0] + X[:, 1]")),
            "In the second feature both coordinates are subtracted: 5 - x1 - x2.",
        ),
        Misconception(
            "each coordinate is squashed by itself",
            variant(_RIGHT, ("first, second]", "sigmoid(5 + X[:, 0]), sigmoid(5 + X[:, 1])]")),
            "Both features look at the sum x1 + x2: add first, squash then.",
        ),
        Misconception(
            "the sums without the sigmoid",
            variant(_RIGHT, ("sigmoid(5 + s)", "5 + s"), ("sigmoid(5 - s)", "5 - s")),
            "The bend is what matters: squash both sums with the sigmoid. Without it, both features lie on a line.",
        ),
        Misconception(
            "tanh instead of the sigmoid",
            variant(_RIGHT, ("sigmoid(5 + s)", "np.tanh(5 + s)"), ("sigmoid(5 - s)", "np.tanh(5 - s)")),
            "The features lie between 0 and 1: use the sigmoid.",
        ),
        Misconception(
            "the sign of the exponent is wrong",
            variant(_RIGHT, ("sigmoid(5 + s)", "sigmoid(-5 - s)"), ("sigmoid(5 - s)", "sigmoid(s - 5)")),
            "Your sigmoid falls where it should rise: it is 1 / (1 + exp(-z)), with a minus in the exponent.",
        ),
        Misconception(
            "rows and columns are exchanged",
            variant(_RIGHT, ("np.column_stack", "np.vstack")),
            "One row for each example, shape (n, 2): stack the two features as columns.",
        ),
        Misconception(
            "the 5 multiplies instead of being added",
            variant(_RIGHT, ("5 + s", "5 * s"), ("5 - s", "-5 * s")),
            "5 is a bias: it is added to the sum of the coordinates.",
        ),
        Misconception(
            "a column of ones too many",
            variant(_RIGHT, ("[first, second]", "[np.ones(len(X)), first, second]")),
            "Two columns are wanted. The constant that goes with the bias is added later, by the bias itself.",
        ),
        Misconception(
            "sums over all rows",
            variant(_RIGHT, ("X[:, 0] + X[:, 1]", "X.sum() + 0 * X[:, 0]")),
            "Each row has its own sum: `X.sum(axis=1)`.",
        ),
        Misconception(
            "the first two rows instead of the first two columns",
            variant(_RIGHT, ("X[:, 0] + X[:, 1]", "X[0] + X[1]")),
            "Rows are examples: the coordinates x1 and x2 are the columns `X[:, 0]` and `X[:, 1]`.",
        ),
        Misconception(
            "inf divided by inf is nan",
            variant(
                _RIGHT, ("return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)", "return np.exp(z) / (1 + np.exp(z))")
            ),
            "Far from the origin exp(z) is inf, and inf/inf is nan: use a sigmoid whose exponent is not positive.",
        ),
    ],
    alternates=[
        """
def xor_features(X):
    W, b = np.array([[1, -1], [1, -1]]), np.array([5, 5])
    return 1 / (1 + np.exp(-(X @ W + b)))
""",
        """
import math

def xor_features(X):
    rows = []
    for x1, x2 in X:
        s = float(x1) + float(x2)
        rows.append([0.5 + 0.5 * math.tanh((5 + s) / 2), 0.5 + 0.5 * math.tanh((5 - s) / 2)])
    return np.array(rows)
""",
        """
from scipy.special import expit

def xor_features(X):
    s = np.einsum("nd->n", X)[:, None]
    return expit(5 + np.hstack([s, -s]))
""",
        """
def xor_features(X):
    out = np.empty((X.shape[0], 2))
    for j, sign in enumerate((1, -1)):
        out[:, j] = np.exp(-np.logaddexp(0, -(5 + sign * X.sum(axis=1))))
    return out
""",
        """
def xor_features(X):
    X1 = np.insert(np.asarray(X, float), 0, 1, axis=1)
    theta = np.array([[5, 1, 1], [5, -1, -1]])
    return (1 / (1 + np.exp(-theta @ X1.T))).T
""",
    ],
    hints=[
        "Two numbers for each row. Both depend on the row only through its sum x1 + x2.",
        "`s = X[:, 0] + X[:, 1]` has shape (n,). Squash 5 + s and 5 - s, then put both side by side as columns.",
        "`np.column_stack([a, b])` makes an array of shape (n, 2) from two of shape (n,).",
    ],
)
