"""Exercise 1.1: the threshold unit."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support import pictures
from autograde.exercises.support.special import each_zero
from autograde.exercises.support.drawing import Rng, eighths, odd_size, separable
from mlp_reference import perceptron


def _points(rng: Rng, sign: float = 1.0) -> Arguments:
    """Rows off the boundary; ``sign`` is that of the bias."""
    X, _, w, b = separable(rng, odd_size(rng), int(rng.integers(2, 4)), margin=0.6)
    turn = sign * np.sign(b)
    return X, turn * w, turn * b


def _bias_decides(rng: Rng) -> Arguments:
    """The first row would be of the other class without the bias."""
    X, w = eighths(rng, odd_size(rng), 2), np.array([0.5, 2.0]) * rng.choice([-1.0, 1.0], 2)
    X[0, 1] = 2.0 * np.sign(X[0, 1])  # far from 0: 2 * 2 outweighs 0.5 * 3
    return X, w, -1.5 * float(X[0] @ w)


def _points_negative_bias(rng: Rng) -> Arguments:
    return _points(rng, -1.0)


def _whole_numbers(rng: Rng) -> Arguments:
    """Even weights and an odd bias: no sum is 0."""
    return rng.integers(-9, 10, (8, 3)), np.array([2, -4, 6]), int(rng.choice([1, 3, 5]))


def _single_precision(rng: Rng) -> Arguments:
    X, w, b = _points(rng)
    return X.astype(np.float32), w.astype(np.float32), b


def _on_the_boundary(rng: Rng) -> Arguments:
    """Rows 0, 2 and 4 lie on the boundary: two coordinates cancel, the third makes up for the bias."""
    X, sign = eighths(rng, 6, 3), float(rng.choice([-1, 1]))
    X[::2, 1], X[::2, 2] = -X[::2, 0], -0.75 * sign
    return X, np.array([0.5, 0.5, 2.0]), 1.5 * sign


def _beside_the_boundary(rng: Rng) -> Arguments:
    """As above, but the sums of these rows are 3/8, -1/4 and 1/8 instead of 0."""
    X, w, b = _on_the_boundary(rng)
    X[::2, 2] += rng.permutation([3, -2, 1]) / 16
    return X, w, b


def _tiny_sums(rng: Rng) -> Arguments:
    """Beside a large one."""
    X = rng.permutation(np.array([[1.0, 2.0], [-1.0, 0.0], [0.0, 3.0], [2.0**60, 0.0]]))
    return X, 2.0 ** -np.array([rng.integers(45, 50), rng.integers(54, 60)], dtype=float), 0.0


def _one_row(rng: Rng) -> Arguments:
    d = int(rng.integers(2, 5))
    return eighths(rng, 1, d), eighths(rng, d), float(eighths(rng))


def _as_many_rows_as_features(rng: Rng) -> Arguments:
    """A square table that gives other classes by its columns."""
    while True:
        X, w = eighths(rng, 3, 3), eighths(rng, 3)
        if ((X @ w > 0) != (X.T @ w > 0)).any() and np.abs(X @ w).min() > 0.6:
            return X, w, 0.5 * float(rng.choice([-1, 1]))


def _no_weights(rng: Rng, sign: int) -> Arguments:
    """Where every row has the sum b."""
    return eighths(rng, odd_size(rng), 2), np.zeros(2), sign * abs(float(eighths(rng)))


def _small_weights(rng: Rng) -> Arguments:
    """Whole numbers, and weights that are none: cut to whole numbers they would be 0."""
    while True:
        X, w = rng.integers(-9, 10, (8, 3)), eighths(rng, 3) / 4
        if len(set(X @ w + 0.0625 > 0)) == 2:
            return X, w, 0.0625


def _half_bias(rng: Rng) -> Arguments:
    """Whole numbers but for the bias, which is added to sums of them."""
    X, w, b = _whole_numbers(rng)
    return X, w, b / 2


def _whole_weights(rng: Rng) -> Arguments:
    X, w, b = _small_weights(rng)
    return X / 16, (32 * w).astype(np.int64), 2 * b


_POINTS = [_points, _points_negative_bias, _bias_decides, _single_precision, _whole_numbers]

exercise = Exercise(
    reference=perceptron.perceptron_predict,
    integers=True,
    picture=pictures.predicted_classes,
    cases=[
        Case("points on both sides", _POINTS, times=10),
        Case("points exactly on the boundary, and just beside it", [_on_the_boundary, _beside_the_boundary], times=6),
        Case("sums that are tiny but not zero", [_tiny_sums]),
        Case(
            "a single row, a single feature, as many rows as features",
            [
                _one_row,
                lambda rng: (eighths(rng, 6, 1), eighths(rng, 1), float(eighths(rng))),
                _as_many_rows_as_features,
            ],
            times=6,
        ),
        Case(
            "weights or rows that are all 0, whole numbers beside others",
            [lambda rng: _no_weights(rng, 1), _small_weights, lambda rng: _no_weights(rng, -1), _whole_weights, _half_bias, *each_zero(_points, 0)],
            times=12,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. Three things happen: weigh and sum the features of each row, add the bias, compare with zero.
# 2. `X @ w` does all the weighing at once: (n, d) times (d,) gives (n,). `b` is added to every entry.
# 3. `z > 0` is an array of True and False; `.astype(int)` makes it 1 and 0. A tie, z = 0, is then 0 as it should.

# %% elegant
# One product for the whole batch, one comparison: the loop over examples is in `@`. The comparison gives bools, and
# `astype(int)` makes labels of them.

# %% right
def perceptron_predict(X, w, b):
    return (X @ w + b > 0).astype(int)

# %% right
def perceptron_predict(X, w, b):
    labels = []
    for row in X:
        total = b
        for value, weight in zip(row, w):
            total += value * weight
        labels.append(1 if total > 0 else 0)
    return np.array(labels)

# %% right
def perceptron_predict(X, w, b):
    return np.where(np.einsum("nd,d->n", X, w) > -b, 1, 0)

# %% right
def augment(X):
    return np.hstack([np.ones((X.shape[0], 1)), X])

def perceptron_predict(X, w, b):
    column = augment(X) @ np.concatenate([[b], w])[:, np.newaxis]
    return np.heaviside(column, 0)[:, 0].astype(np.int8)

# %% right
perceptron_predict = lambda X, w, b: [int(x.dot(w) + b > 0) for x in X]

# %% right
def perceptron_predict(X, w, b):
    z = np.inner(w, X) + b
    return np.sign(np.maximum(z, 0)).astype(np.uint8)

# %% wrong
# a sigmoid is rounded: `(X @ w + b > 0)` -> `np.round(0.5 * (1 + np.tanh((X @ w + b) / 2)))`
#   A unit compares its sum with 0, without a detour: for a tiny sum the sigmoid is 0.5 to all digits, not above it.
# the boundary counts as class 1: `> 0` -> `>= 0`
#   A sum of exactly 0 belongs to class 0: the comparison is strict, `>` and not `>=`.
# the bias is left out: without `+ b`
#   Without `b` every boundary passes through the origin. Add the bias to the weighted sum before comparing.
# the bias has the wrong sign: `+ b` -> `- b`
#   The bias is added: `X @ w + b > 0`. It is the threshold that would be subtracted, and b = -threshold.
# truth values instead of 0 and 1: without `.astype(int)`
#   A comparison gives True and False, and two arrays of those can't even be subtracted. Convert an array with
#   `.astype(int)`, a single answer with `int(...)`.
# floats instead of integers: `int)` -> `float)`
#   Class labels are integers in this course: convert an array with `.astype(int)`, and write 1 and 0, not
#   1.0 and 0.0.
# signs -1 and 1 instead of classes 0 and 1: `(X @ w + b > 0).astype(int)` -> `np.where(X @ w + b > 0, 1, -1)`
#   A unit answers with a label, and labels are 0 and 1 here.
# the sign of the sum, -1, 0 or 1: `(X @ w + b > 0)` -> `np.sign(X @ w + b)`
#   `np.sign` has three values, a unit only two: compare with 0, and both a negative sum and 0 give class 0.
# the sums themselves, not yet compared: `(X @ w + b > 0).astype(int)` -> `X @ w + b`
#   One step is missing: compare each sum with 0 and turn the answer into 0 or 1.
# the two classes are exchanged: `> 0` -> `<= 0`
#   Class 1 is where the sum is positive; look at the direction of your comparison, and at what yes and no
#   stand for.
# the threshold is 0.5: `> 0` -> `> 0.5`
#   One half is the threshold for a probability. The weighted sum itself, unrounded, is compared with 0; b holds
#   any threshold.
# small positive sums are taken for zero: `> 0` -> `> 1e-9`
#   However small it is, a positive sum means class 1: compare with 0 exactly, without rounding or tolerance.
# axes of length 1 are squeezed away: `return (X @ w + b > 0)` -> `return np.squeeze(X @ w + b > 0)`
#   For one row the result must still have shape (1,). Leave `squeeze` away: `X @ w` has shape (n,) already.
# a column instead of a vector: `X @ w + b > 0` -> `X @ w[:, None] + b > 0`
#   The result should have shape (n,), not (n, 1): `X @ w` with `w` of shape (d,) gives it.
# the bias is added to the features: `X @ w + b` -> `(X + b) @ w`
#   Weigh first, then add: the bias is added once to each weighted sum, not to every feature.
# sums over the examples instead of the features: `X @ w + b` -> `(X * w).sum(axis=0) + b`
#   axis 0 counts the examples, axis 1 the features. Each row gets a sum of its own: sum over axis 1.
# only the first row gets an answer: `(X @ w + b > 0).astype(int)` -> `int(X[0] @ w + b > 0)`
#   A `return` inside a loop ends the function at once. Collect the answers of all rows, and return them behind it.
# each feature is compared for itself: `X @ w + b > 0` -> `X * w + b > 0`
#   `*` multiplies entry by entry and keeps (n, d). A unit sums over its features: use `X @ w`.
# the sum is cut to a whole number: `X @ w + b > 0` -> `(X @ w + b).astype(int) > 0`
#   `int` cuts 0.7 to 0, and 0.7 is above 0. Compare the sum itself first, and turn the answer into an integer.
# every sum that is not 0 gives class 1: `X @ w + b > 0` -> `X @ w + b != 0`
#   A negative sum means class 0: compare with `> 0`.
# only the first two features count: `X @ w + b` -> `X[:, :2] @ w[:2] + b` | `X[:, 0] * w[0] + X[:, 1] * w[1] + b`
#   There may be any number of features: sum over all of them, as `X @ w` does.
# the weights stand in the opposite order: `X @ w` -> `X @ w[::-1]`
#   Feature j goes with weight j: `X @ w`.
# the bias comes once for each feature: `X @ w + b` -> `(X * w + b).sum(axis=1)`
#   Weigh and sum first, then add: the bias is added once to each weighted sum, not to every product.
# the sum goes on from row to row: `X @ w + b` -> `np.cumsum(X @ w) + b`
#   Every row has a sum of its own: set it back to 0, or to b, where a row begins.
# the features are standardized first: `X @ w + b` -> `((X - X.mean(axis=0)) / np.maximum(X.std(axis=0), 1e-9)) @ w + b`
#   The weights belong to the features as they are.
# a table with as many rows as features is turned around: `X @ w` -> `(X.T if len(X) == len(w) else X) @ w`
#   Rows are examples, however many there are: nothing is transposed. `X @ w` has shape (n,).
# the last feature is left out: `X @ w` -> `X[:, :-1] @ w[:-1]`
#   A slice ends before its second index, and `range(n)` before n: `:-1` leaves the last one out.
# one answer for the whole batch: `(X @ w + b > 0).astype(int)` -> `np.full(len(X), int((X @ w + b > 0).any()))`
#   | `np.full(len(X), int((X @ w + b > 0).all()))` | `np.full(len(X), int((X @ w).sum() + b > 0))`
#   Each row is decided for itself: compare the sums row by row, all n of them.
# the ones stand at the other end than the bias: `X @ w + b` -> `np.column_stack([np.ones(len(X)), X]) @ np.append(w, b)`
#   With [x, 1] the weights are [w, b], with [1, x] they are [b, w]: both in the same order.
