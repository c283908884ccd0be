"""Exercise 2.3: two features made by hand, after which a line is enough."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.batches import in_whole
from autograde.exercises.support.special import with_ties
from autograde.exercises.support.drawing import Rng, eighths, odd_size
from mlp_reference import data, logistic


def _near(rng: Rng) -> Arguments:
    return (eighths(rng, odd_size(rng), 2),)


def _two_rows(rng: Rng) -> Arguments:
    """As many rows as columns: a transposed result has the right shape."""
    return (eighths(rng, 2, 2),)


def _twice(rng: Rng) -> Arguments:
    return (np.repeat(eighths(rng, 2, 2), 2, axis=0),)


def _far(rng: Rng) -> Arguments:
    return (rng.permutation([[900.0, 300.0], [-900.0, -300.0], [400.0, -398.0], [-800.0, 30.0]]),)


exercise = Exercise(
    reference=logistic.xor_features,
    cases=[
        Case("points near the origin", [_near, lambda rng: (eighths(rng, 5, 2).astype(np.float32),), _near], times=6),
        Case("points of the four clusters", [lambda rng: (rng.permutation(data.xor_clusters(9, rng)[0]),)]),
        Case("whole numbers", [in_whole(_near)], times=2, weight=0.5),
        Case("one row, two rows, the origin", [lambda rng: (eighths(rng, 1, 2),), _two_rows, lambda rng: (np.zeros((1, 2)),)], times=6),
        Case("points far away", [_far]),
        Case("a point twice, coordinates that are 0", [with_ties(_near, 0), _twice], times=2, weight=0.5),
    ],
)

# %% hints
# 1. Two numbers for each row. Both depend on the row only through its sum x1 + x2.
# 2. `s = X[:, 0] + X[:, 1]` has shape (n,). Squash 5 + s and 5 - s, then put both side by side as columns.
# 3. `np.column_stack([a, b])` makes an array of shape (n, 2) from two of shape (n,).

# %% elegant
# Both features are the same curve, the second one mirrored: the sum of the coordinates is computed once, and its
# sign turned for the second.

# %% right
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)

def xor_features(X):
    s = X[:, 0] + X[:, 1]
    first = sigmoid(5 + s)
    second = sigmoid(5 - s)
    return np.column_stack([first, second])

# %% right
def xor_features(X):
    W, b = np.array([[1, -1], [1, -1]]), np.array([5, 5])
    return 1 / (1 + np.exp(-(X @ W + b)))

# %% right
import math

def xor_features(X):
    rows = []
    for x1, x2 in X:
        s = float(x1) + float(x2)
        rows.append([0.5 + 0.5 * math.tanh((5 + s) / 2), 0.5 + 0.5 * math.tanh((5 - s) / 2)])
    return np.array(rows)

# %% right
from scipy.special import expit

def xor_features(X):
    s = np.einsum("nd->n", X)[:, None]
    return expit(5 + np.hstack([s, -s]))

# %% right
def xor_features(X):
    out = np.empty((X.shape[0], 2))
    for j, sign in enumerate((1, -1)):
        out[:, j] = np.exp(-np.logaddexp(0, -(5 + sign * X.sum(axis=1))))
    return out

# %% right
def xor_features(X):
    X1 = np.insert(np.asarray(X, float), 0, 1, axis=1)
    theta = np.array([[5, 1, 1], [5, -1, -1]])
    return (1 / (1 + np.exp(-theta @ X1.T))).T

# %% wrong
# the 5 is missing: `first = sigmoid(5 + s) ⏎ second = sigmoid(5 - s)` -> `first = sigmoid(s) ⏎ second = sigmoid(-s)`
#   Without the 5 the second feature is 1 minus the first, and nothing is gained. The 5 moves the two switches apart.
# the 5 is missing in the second feature: `5 - s` -> `-s`
#   Both features have the bias 5: sigmoid(5 - x1 - x2).
# the 5 has the wrong sign: `5 + s` -> `s - 5`, `5 - s` -> `-5 - s`
#   The 5 is added in both features: sigmoid(5 + x1 + x2) and sigmoid(5 - x1 - x2).
# the second feature is 1 minus the first: `5 - s` -> `-(5 + s)`
#   In the second feature only x1 and x2 change their sign, the 5 does not.
# the columns are exchanged: `[first, second]` -> `[second, first]`
#   The first column is sigmoid(5 + x1 + x2), the second sigmoid(5 - x1 - x2).
# x1 and x2 have different signs: `X[:, 0] + X[:, 1]` -> `X[:, 0] - X[:, 1]`
#   Within one feature x1 and x2 have the same sign: 5 + x1 + x2 and 5 - x1 - x2.
# a bracket makes it 5 - x1 + x2: `5 - s` -> `5 - X[:, 0] + X[:, 1]`
#   In the second feature both coordinates are subtracted: 5 - x1 - x2.
# each coordinate is squashed by itself: `first, second]` -> `sigmoid(5 + X[:, 0]), sigmoid(5 + X[:, 1])]`
#   Both features look at the sum x1 + x2: add first, squash then.
# the sums without the sigmoid: `first = sigmoid(5 + s) ⏎ second = sigmoid(5 - s)` -> `first = 5 + s ⏎ second = 5 - s`
#   The bend is what matters: squash both sums with the sigmoid. Without it, both features lie on a line.
# tanh instead of the sigmoid: `sigmoid(5 + s)` -> `np.tanh(5 + s)`, `sigmoid(5 - s)` -> `np.tanh(5 - s)`
#   The features lie between 0 and 1: use the sigmoid.
# the sign of the exponent is wrong: `sigmoid(5 + s)` -> `sigmoid(-5 - s)`, `sigmoid(5 - s)` -> `sigmoid(s - 5)`
#   You have 1 minus each feature: sigmoid(z) is 1 / (1 + exp(-z)), with z = 5 + x1 + x2 first, then z = 5 - x1 - x2.
# rows and columns are exchanged: `np.column_stack` -> `np.vstack`
#   One row for each example, shape (n, 2): stack the two features as columns.
# the 5 multiplies instead of being added: `5 + s` -> `5 * s`, `5 - s` -> `-5 * s`
#   5 is a bias: it is added to the sum of the coordinates.
# a column of ones too many: `[first, second]` -> `[np.ones(len(X)), first, second]`
#   Two columns are wanted. The constant that goes with the bias is added later, by the bias itself.
# sums over all rows: `X[:, 0] + X[:, 1]` -> `X.sum() + 0 * X[:, 0]`
#   Each row has its own sum: `X.sum(axis=1)`.
# the first two rows instead of the first two columns: `X[:, 0] + X[:, 1]` -> `X[0] + X[1]`
#   Rows are examples: the coordinates x1 and x2 are the columns `X[:, 0]` and `X[:, 1]`.
# inf divided by inf is nan: ` np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> ` np.exp(z) / (1 + np.exp(z))`
#   Far from the origin exp(z) can be inf, and inf/inf is nan: use a sigmoid whose exponent is not positive.
# the sum goes over the rows: `s = X[:, 0] + X[:, 1]` -> `s = X.sum(axis=0)`
#   `axis=0` adds up the examples. Wanted is one sum for each of them: `X.sum(axis=1)`.
# each feature sees one coordinate only: `5 + s` -> `5 + X[:, 0]`, `5 - s` -> `5 - X[:, 1]`
#   Both features look at the sum of both coordinates: 5 + x1 + x2, and 5 - x1 - x2.
# the 5 is added behind the sigmoid: `sigmoid(5 + s)` -> `sigmoid(s) + 5`, `sigmoid(5 - s)` -> `sigmoid(-s) + 5`
#   The 5 belongs into the sigmoid: it moves the place where the unit switches.
# a reshape in the place of columns: `np.column_stack([first, second])` -> `np.array([first, second]).reshape(-1, 2)`
#   `reshape` fills row after row, and mixes the examples. The two features are columns: `np.column_stack`, or `.T`.
# the product of the coordinates instead of their sum: `X[:, 0] + X[:, 1]` -> `X[:, 0] * X[:, 1]`
#   Both features look at the sum x1 + x2.
# the second feature sees what the first has left behind: `second = sigmoid(5 - s)` -> `second = sigmoid(5 - first - X[:, 1])`
#   Both features are computed from X: whoever writes the first into the same array needs the old x1 for the second.
