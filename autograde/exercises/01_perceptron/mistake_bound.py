"""Exercise 1.4: how many mistakes a perceptron can make at most."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.special import each_zero, with_ties
from autograde.exercises.support.variants import each_whole
from autograde.exercises.support.drawing import Rng, eighths, odd_size, separable
from autograde.exercises.support.families import other_error
from mlp_reference import perceptron


def _separated(rng: Rng) -> Arguments:
    return separable(rng, odd_size(rng), int(rng.integers(2, 5)), margin=0.25)


def _far_from_the_origin(rng: Rng) -> Arguments:
    """A bias that weighs as much as the weights."""
    X, y, w, b = separable(rng, odd_size(rng), 2, margin=0.25)
    shift = 16.0 * np.sign(w)
    return X + shift, y, w, b - float(w @ shift)


def _single_precision(rng: Rng) -> Arguments:
    X, y, w, b = _separated(rng)
    return X.astype(np.float32), y, w.astype(np.float32), b


def _bias_separates(rng: Rng, d: int) -> Arguments:
    """Without the bias the hyperplane would not separate the classes."""
    while True:
        X, y, w, b = separable(rng, odd_size(rng), d, margin=0.25)
        if ((2 * y - 1) * (X @ w)).min() < 0:
            return X, y, w, b


def _whole_numbers(rng: Rng) -> Arguments:
    X, y, w, b = _bias_separates(rng, int(rng.integers(2, 5)))
    return (8 * X).astype(np.int64), y, (8 * w).astype(np.int64), int(64 * b)


def _one_feature(rng: Rng) -> Arguments:
    return _bias_separates(rng, 1)


def _one_row(rng: Rng) -> Arguments:
    """Which the bias decides."""
    while True:
        X, y, w, b = separable(rng, 1, 2, margin=0.25)
        if len(X) == 1 and (X @ w).item() < 0:
            return X, y, w, b


def _of_one_class(rng: Rng) -> Arguments:
    X, y, w, b = _separated(rng)
    return X[y == 1], y[y == 1], w, abs(b)


def _roomy(rng: Rng) -> Arguments:
    """So far apart that rounding of an argument leaves them separated."""
    y = np.arange(7) % 2
    return (2.0 * y - 1)[:, None] * (4 + np.abs(eighths(rng, 7, 2))), y, np.abs(eighths(rng, 2)) + 0.375, float(rng.choice([-1.25, 0.75]))


def _scaled(rng: Rng) -> Arguments:
    X, y, w, b = _separated(rng)
    factor = float(rng.choice([1 / 32, 1 / 8, 64.0]))
    return X, y, factor * w, factor * b


def _scaled_down(rng: Rng) -> Arguments:
    """The smallest margin is tiny in these units, and as good as any."""
    X, y, w, b = _separated(rng)
    return X, y, w / 1024, b / 1024


def _narrow(rng: Rng) -> Arguments:
    """One row has next to no room, and yet some; a single weight that is not zero makes its margin exact."""
    X, y, w, b = _touching(rng, 1)
    row = int(np.argmin(np.abs(X @ w)))
    X[row, int(np.argmax(w))] = 2.0 ** -float(rng.integers(36, 42))
    return X, y, w, b


def _wrong_side(rng: Rng) -> Arguments:
    """One row, not the first, lies on the wrong side."""
    X, y, w, b = _separated(rng)
    y[int(rng.integers(1, len(y)))] ^= 1
    return X, y, w, b


def _all_wrong(rng: Rng) -> Arguments:
    X, y, w, b = _separated(rng)
    return X, y, -w, -b


def _touching(rng: Rng, label: int) -> Arguments:
    """One row lies exactly on the hyperplane, which has a single non-zero weight: no order of sums hides the tie."""
    X, axis, row = eighths(rng, 7, 3), int(rng.integers(3)), int(rng.integers(7))
    y = (X[:, axis] > 0).astype(np.int64)
    X[row, axis], y[row] = 0.0, label
    return X, y, np.eye(3)[axis] * float(rng.choice([0.5, 1.0, 4.0])), 0.0


def _touching_one(rng: Rng) -> Arguments:
    return _touching(rng, 1)


def _touching_zero(rng: Rng) -> Arguments:
    """A unit would put this row on its right side: the hyperplane separates the classes, but not strictly."""
    return _touching(rng, 0)


exercise = Exercise(
    reference=perceptron.mistake_bound,
    families=[other_error],
    cases=[
        Case("hyperplanes that separate the classes", [_separated, _far_from_the_origin, _single_precision, _narrow], times=12),
        Case(
            "whole numbers, a single feature, a single row",
            [_whole_numbers, _one_feature, _one_row],
            times=6,
            weight=0.5,
        ),
        Case("the same hyperplane, written with other numbers", [_scaled, _scaled_down]),
        Case("a row on the wrong side: ValueError", [_wrong_side, _all_wrong], times=4),
        Case("a row exactly on the hyperplane: ValueError", [_touching_zero, _touching_one], times=4),
        Case(
            "one class alone, zeros, whole numbers beside others",
            [_of_one_class, *each_whole(_roomy, 0, 2, 3), with_ties(_roomy, 0), *each_zero(_roomy, 3), *each_zero(_of_one_class, 0)],
            times=7,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. Fold the bias in first: every row becomes [x, 1], the hyperplane becomes v = [w*, b*]. Then there are two numbers
#    to find, R and gamma.
# 2. R is the length of the longest row [x, 1]. For gamma take s * ([x, 1] . v) of each row, with s = 2y - 1: it is the
#    smallest of them, divided by |v|.
# 3. `np.column_stack([X, np.ones(len(X))])` and `np.append(w_star, b_star)` fold; `if gamma <= 0: raise
#    ValueError(...)`; return (R / gamma)**2.

# %% elegant
# With the 1 appended, the bias is a weight like all others, and the theorem's two lines are two lines of code. The
# check is on `gamma`: the same number says whether the plane separates and how well.

# %% right
def mistake_bound(X, y, w_star, b_star):
    X1 = np.column_stack([X, np.ones(len(X))])
    v = np.append(w_star, b_star)
    margins = (2 * y - 1) * (X1 @ v)
    gamma = margins.min() / np.linalg.norm(v)
    if gamma <= 0:
        raise ValueError("not separated")
    R = np.linalg.norm(X1, axis=1).max()
    return (R / gamma) ** 2

# %% right
def mistake_bound(X, y, w_star, b_star):
    length = (sum(w * w for w in w_star) + b_star * b_star) ** 0.5
    R2, gamma = 0.0, float("inf")
    for x, label in zip(X, y):
        R2 = max(R2, sum(v * v for v in x) + 1.0)
        sign = 1 if label == 1 else -1
        gamma = min(gamma, sign * (sum(a * c for a, c in zip(w_star, x)) + b_star) / length)
    if gamma <= 0:
        raise ValueError("the hyperplane must separate the classes")
    return R2 / gamma**2

# %% right
def mistake_bound(X, y, w_star, b_star):
    n, d = X.shape
    A = np.ones((n, d + 1), dtype=float)
    A[:, 1:] = X
    u = np.r_[b_star, w_star].reshape(-1, 1)
    u = u / np.sqrt((u**2).sum())
    s = np.where(y > 0, 1.0, -1.0).reshape(-1, 1)
    gamma = np.min(s * (A @ u))
    if not gamma > 0:
        raise ValueError(gamma)
    return np.max(np.einsum("nd,nd->n", A, A)) / gamma**2

# %% right
class NotSeparated(ValueError):
    pass

def mistake_bound(X, y, w_star, b_star):
    z = X.dot(w_star) + b_star
    inside = z[y == 1].min() if (y == 1).any() else np.inf
    outside = (-z[y == 0]).min() if (y == 0).any() else np.inf
    worst = min(inside, outside)
    if worst <= 0:
        raise NotSeparated(f"{worst=}")
    scale = np.hypot(np.linalg.norm(w_star), b_star)
    radius = max(np.hypot(np.linalg.norm(x), 1) for x in X)
    return np.float64(radius * scale / worst) ** 2

# %% right
def mistake_bound(X, y, w_star, b_star):
    X1 = np.insert(np.asarray(X, dtype=np.longdouble), 0, 1, axis=1)
    v = np.concatenate([[b_star], w_star]).astype(np.longdouble)
    m = np.min((2 * y - 1) * X1.dot(v))
    if m <= 0:
        raise ValueError
    return np.asarray((X1**2).sum(axis=1).max() * (v**2).sum() / m**2, dtype=float)

# %% wrong
# R leaves out the 1 that stands for the bias: `np.linalg.norm(X1, axis=1)` -> `np.linalg.norm(X, axis=1)`
#   With the bias folded in every example is [x, 1], and its length is sqrt(|x|^2 + 1).
# 1 is added to the length instead of to its square: `np.linalg.norm(X1, axis=1)` -> `(np.linalg.norm(X, axis=1) + 1)`
#   Pythagoras: the length of [x, 1] is sqrt(|x|^2 + 1), not |x| + 1.
# the root of the length is missing: `np.linalg.norm(X1, axis=1)` -> `(X1**2).sum(axis=1)`
#   The sum of the squares is R squared already: take its root, or square only gamma.
# lengths of the columns instead of the rows: `np.linalg.norm(X1, axis=1)` -> `np.linalg.norm(X1, axis=0)`
#   An example is a row: its length sums over the features, axis 1.
# the bias is left out of the margin: `(X1 @ v)` -> `(X @ w_star)`
#   The margin of a row is s * (w*.x + b*), with the bias.
# the quotient is upside down: `R / gamma` -> `gamma / R`
#   Far out (large R) and little room (small gamma) make it hard: the bound is R over gamma, squared.
# the bound is rounded to an integer: `(R / gamma) ** 2` -> `int(…)`
#   The number of mistakes is an integer, the bound on it need not be: return the float as it is.
# gamma is not divided by the length of the weights: without `/ np.linalg.norm(v)`
#   Twice the weights and twice the bias describe the same hyperplane; divided by |[w, b]|, gamma is a distance.
# gamma is divided by the length of w without b: `np.linalg.norm(v)` -> `np.linalg.norm(w_star)`
#   With the bias folded in the vector is [w, b]: its length has b in it.
# the bias is not folded in: `np.linalg.norm(X1, axis=1)` -> `np.linalg.norm(X, axis=1)`,
#   `np.linalg.norm(v)` -> `np.linalg.norm(w_star)`
#   The proof measures among the points [x, 1]: both lengths count the bias, R that of [x, 1], gamma that of [w, b].
# the quotient is not squared: `(R / gamma) ** 2` -> `R / gamma`
#   The proof compares m*gamma with sqrt(m)*R, so m is at most (R/gamma) squared.
# only R is squared: `(R / gamma) ** 2` -> `R**2 / gamma`
#   Square the whole quotient: (R / gamma)**2.
# R is the mean length instead of the largest: `np.linalg.norm(X1, axis=1).max()` -> `np.linalg.norm(X1, axis=1).mean()`
#   The bound must hold for the worst row: R is the largest length.
# R is the norm of the whole matrix: `np.linalg.norm(X1, axis=1).max()` -> `np.linalg.norm(X1)`
#   `np.linalg.norm` of a matrix without `axis` takes all entries together; use `axis=1` and the largest row.
# gamma is the mean margin instead of the smallest: `margins.min()` -> `margins.mean()`
#   or `(R / gamma) ** 2` -> `(R / margins.mean() * np.linalg.norm(v)) ** 2`
#   Each mistake brings progress of at least gamma, whichever row it is: gamma is the smallest margin.
# raises ValueError for a hyperplane that does separate: `(2 * y - 1) *` -> `y *`
#   Print your margins: here s * (w*.x + b*) is positive in every row. Is the sign s = 2y - 1, so -1 for class 0? (With
#   the labels 0 and 1 themselves, the rows of class 0 get margin 0.)
# distances without sign: `(2 * y - 1) * (X1 @ v)` -> `np.abs(X1 @ v)`
#   An absolute value hides rows on the wrong side; multiply by the sign s = 2y - 1 instead.
# no error where the hyperplane does not separate: `if gamma <= 0:` -> `if False:`
#   Novikoff's argument needs gamma > 0. Where it fails, raise ValueError instead of returning a number.
# a hyperplane through a row passes as separating: `gamma <= 0` -> `gamma < 0`
#   Strictly separated means gamma > 0: raise ValueError for gamma = 0 as well.
# the predictions are compared with the labels: `gamma <= 0` -> `((X1 @ v > 0) != y).any()`
#   A row of class 0 on the hyperplane is predicted rightly, and yet gamma is 0, not above it. Ask gamma itself.
# R is the largest entry: `np.linalg.norm(X1, axis=1).max()` -> `np.abs(X1).max()`
#   R is the length of the longest row [x, 1], the root of the sum of its squares, not its largest entry.
# the length of the weights without its root: `np.linalg.norm(v)` -> `(v @ v)`
#   |v| is the root of the sum of squares: divide the margins by `np.linalg.norm(v)`.
# each row is divided by its own margin: `(R / gamma) ** 2` -> `((X1**2).sum(axis=1) / margins**2).max() * (v @ v)`
#   The longest row and the row with the least margin may be two: R and gamma are each taken over all rows, then divided.
# R and gamma themselves: `return (R / gamma) ** 2` -> `return R, gamma`
#   The bound is one number, (R / gamma) squared.
# returns nan or inf instead of raising: `raise ValueError("not separated")` -> `return float('inf')`
#   A value that looks like a result can travel far before anyone notices: raise ValueError.
# the sum of the sizes for the length of the weights: `np.linalg.norm(v)` -> `np.abs(v).sum()`
#   A length is the root of the sum of squares: `np.linalg.norm(v)`.
# R is the length of the shortest row: `np.linalg.norm(X1, axis=1).max()` -> `np.linalg.norm(X1, axis=1).min()`
#   The bound must hold for the worst row: R is the largest length.
# a hyperplane with little room is refused: `gamma <= 0` -> `gamma <= 1e-9`
#   Any room is enough for the theorem, gamma > 0: compare with 0, without a tolerance. The bound is large then.
# the numerator is 1: `(R / gamma) ** 2` -> `1 / gamma ** 2`
#   Some books assume examples of length 1 at most. Here R is what it is: (R / gamma) squared.
# R is half of the largest distance between two examples
#   `np.linalg.norm(X1, axis=1).max()` -> `np.linalg.norm(X1[:, None] - X1, axis=-1).max() / 2`
#   R is measured from the origin, not between examples: the length of the longest row [x, 1].
# R is the largest distance between two examples
#   `np.linalg.norm(X1, axis=1).max()` -> `np.linalg.norm(X1[:, None] - X1, axis=-1).max()`
#   R is measured from the origin, not between examples: the length of the longest row [x, 1].
# R is the matrix norm, the largest singular value: `np.linalg.norm(X1, axis=1).max()` -> `np.linalg.norm(X1, 2)`
#   `np.linalg.norm` of a matrix without `axis` takes all rows together; use `axis=1` and the largest row.
# R is the sum of the lengths of all rows: `np.linalg.norm(X1, axis=1).max()` -> `np.linalg.norm(X1, axis=1).sum()`
#   The bound speaks of the worst row: R is the largest length.
# the signs of the classes are exchanged: `2 * y - 1` -> `1 - 2 * y`
#   s = 2y - 1 is +1 for class 1 and -1 for class 0: exchanged, they make every margin of a good hyperplane negative.
# the bound is rounded up: `(R / gamma) ** 2` -> `np.ceil(…)`
#   The number of mistakes is an integer, the bound on it need not be: return the float as it is.
# only class 1 has margins: `margins = (2 * y - 1) * (X1 @ v)` -> `margins = (X1 @ v)[y == 1] if y.any() else X1 @ v`
#   Rows of class 0 have room, too, on the other side: s * (w*.x + b*) with s = -1.
# the weights are divided by the length, the bias is not
#   `(X1 @ v)` -> `(X @ w_star + b_star * np.linalg.norm(v))`
#   or `(X1 @ v)` -> `(X @ w_star + b_star * np.linalg.norm(w_star))`, `np.linalg.norm(v)` -> `np.linalg.norm(w_star)`
#   Divided by the length of [w, b] is the whole sum, w*.x + b*, bias and all: with w* alone it is another hyperplane.
# half of the gap between the classes
#   `(R / gamma) ** 2` -> `(R / gamma) ** 2 if y.all() or not y.any() else (2 * R * np.linalg.norm(v) / (margins[y == 0].min() + margins[y == 1].min())) ** 2`
#   Half of the gap is the margin only if the hyperplane lies in the middle. This one may lie closer to one class: gamma is the
#   smallest margin.
