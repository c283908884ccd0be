"""Exercise 1.5: a proof, in n numbers, that no hyperplane exists."""

import functools

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.special import each_zero
from autograde.exercises.support.drawing import Rng, eighths, odd_size, separable
from mlp_reference import perceptron


def _meeting(rng: Rng, bystander: bool = True) -> Arguments:
    """A true certificate: weighted means of both classes meet in a point; a bystander has weight 0."""
    d, n = int(rng.integers(1, 5)), odd_size(rng, 7, 11)
    X, y = eighths(rng, n, d), np.arange(n) % 2
    lam = rng.integers(1, 9, n).astype(float)
    if bystander:
        lam[1] = 0.0
    zeros, ones = y == 0, y == 1
    lam[zeros] *= lam[ones].sum() / lam[zeros].sum()
    rest = zeros & (np.arange(n) > 0)
    X[0] = (lam[ones] @ X[ones] - lam[rest] @ X[rest]) / lam[0]
    order = rng.permutation(n)
    return X[order], y[order], lam[order]


def _normalised(rng: Rng) -> Arguments:
    X, y, lam = _meeting(rng, bystander=False)
    return X, y, lam / lam.sum()


def _exact(rng: Rng) -> Arguments:
    """Exact in single precision too, also divided by the sum of the weights: each point stands twice in the other class."""
    P, order = eighths(rng, 3, 2).astype(np.float32), rng.permutation(9)
    lam = ((1 + rng.multinomial(5, [1 / 3] * 3)) * 2.0 ** rng.integers(-5, 3)).astype(np.float32)
    return np.concatenate([P, P, P])[order], np.repeat([1, 0, 0], 3)[order], np.concatenate([2 * lam, lam, lam])[order]


def _tiny_and_exact(rng: Rng) -> Arguments:
    X, y, lam = _exact(rng)
    return X, y, lam / 2**30


def _whole_numbers(rng: Rng) -> Arguments:
    X, y, lam = _exact(rng)
    return (8 * X).astype(np.int64), y, (32 * lam).astype(np.int64)


def _whole_and_false(rng: Rng) -> Arguments:
    X, y, lam = _whole_numbers(rng)
    X[int(rng.integers(9))] += 1
    return X, y, lam


def _whole_points(rng: Rng) -> Arguments:
    X, y, lam = _exact(rng)
    return (8 * X).astype(np.int64), y, lam.astype(np.float64) / 64


def _whole_weights(rng: Rng) -> Arguments:
    """Whole points would balance, and these lie beside them."""
    X, y, lam = _whole_numbers(rng)
    return X + 0.25 * y[:, None] * np.sign(X + 0.5), y, lam


def _exact_with_bystander(rng: Rng) -> Arguments:
    X, y, lam = _exact(rng)
    at = int(rng.integers(len(y)))
    return np.insert(X, at, eighths(rng, 1, 2), axis=0), np.insert(y, at, rng.integers(2)), np.insert(lam, at, 0)


def _false_with_bystander(rng: Rng) -> Arguments:
    X, y, lam = _exact_with_bystander(rng)
    lam[int(np.argmax(lam))] *= 1.5
    return X, y, lam


def _one_sided(rng: Rng) -> Arguments:
    """All sums miss zero on the same side, the negative one."""
    P, lam = np.abs(eighths(rng, 3, 2)), rng.integers(1, 5, 3).astype(float)
    return np.concatenate([P, P]), np.repeat([1, 0], 3), np.concatenate([lam, 1.5 * lam])


def _spoiled(rng: Rng) -> Arguments:
    """Not separable either, but these weights prove nothing."""
    X, y, lam = _meeting(rng)
    lam[int(np.argmax(lam))] *= 1.5
    return X, y, lam


def _separable(rng: Rng) -> Arguments:
    X, y, _, _ = separable(rng, odd_size(rng), 2)
    return X, y, rng.integers(1, 9, len(y)).astype(float)


def _negative(rng: Rng) -> Arguments:
    """Everything balances, but with a negative weight: the only balance of points that can be separated."""
    while True:
        d = int(rng.integers(1, 4))
        X, y = eighths(rng, d + 2, d), rng.integers(0, 2, d + 2)
        lam = _null_vector((2 * y - 1)[:, None] * np.column_stack([X, np.ones(len(X))]))
        lam = lam * np.sign(lam.sum())
        if 0.1 < y.mean() < 0.9 and lam.min() < -0.05 and lam.sum() > 0.2:
            return X, y, lam


def _negated(rng: Rng) -> Arguments:
    """A true certificate with the wrong sign everywhere."""
    X, y, lam = _exact(rng)
    return X, y, -lam


def _null_vector(A: np.ndarray) -> np.ndarray:
    """The row combination that gives 0: last left singular vector of A (n, n - 1)."""
    return np.linalg.svd(A)[0][:, -1]


def _zero(rng: Rng) -> Arguments:
    X, y, _ = _exact(rng)
    return X.astype(float), y, np.zeros(len(y))


def _bias_does_not_balance(rng: Rng) -> Arguments:
    """x cancels, the ones do not: points on a ray, the farther ones of class 0, separated by a circle's tangent."""
    P = np.abs(eighths(rng, 3, 2))
    return np.concatenate([P, 2 * P]), np.repeat([1, 0], 3), np.repeat([1.0, 0.5], 3)


def _one_class_only(rng: Rng) -> Arguments:
    """All weight on class 0, whose points stand on both sides of the origin: x cancels, the ones do not."""
    P = eighths(rng, 3, 2)
    return np.concatenate([P, P, -P]), np.repeat([1, 0, 0], 3), np.repeat([0.0, 1.0, 1.0], 3)


def _one_feature_off(rng: Rng, feature: int) -> Arguments:
    """Everything balances but one feature."""
    X, y, lam = _exact(rng)
    X = X.astype(np.float64)
    X[y == 1, feature] += 0.5
    return X, y, lam.astype(np.float64)


def _features_cancel_each_other(rng: Rng) -> Arguments:
    """No coordinate balances, but their sum does."""
    t = eighths(rng, 3)
    X = np.column_stack([t, -t])
    return np.concatenate([X + [[1.0, -1.0]], X]), np.repeat([1, 0], 3), np.ones(6)


def _large(rng: Rng) -> Arguments:
    X, y, lam = _meeting(rng, bystander=False)
    return 1024.0 * X, y, 3.0**25 * lam


def _off_by(rng: Rng, share: float) -> Arguments:
    """Features of millions, all negative, whose sums miss zero by a share of what their size allows."""
    X, y, lam = _exact(rng)
    X, lam = 2.0**20 * (X.astype(np.float64) - 8.0), lam.astype(np.float64)
    first = int(np.argmax(lam))
    X[first, 0] += 1e-9 * share * lam.sum() * np.abs(X).max() / lam[first]
    return X, y, lam


def _off_by_less(rng: Rng) -> Arguments:
    return _off_by(rng, 0.75)


def _small_features(rng: Rng) -> Arguments:
    """Features of millionths: M is the 1 of the bias, and the sums miss zero by more than the features' own size allows."""
    X, y, lam = _exact(rng)
    X, lam = 2.0**-20 * X.astype(np.float64), lam.astype(np.float64)
    first = int(np.argmax(lam))
    X[first, 0] += 0.5e-9 * lam.sum() / lam[first]
    return X, y, lam


def _off_by_more(rng: Rng) -> Arguments:
    return _off_by(rng, 40.0)


def _below_zero(rng: Rng, share: float) -> Arguments:
    """A tiny true certificate, but for a bystander whose weight is negative, by a multiple of what is allowed."""
    X, y, lam = _exact(rng)
    X, lam = 1024.0 * X.astype(np.float64), 2.0**-20 * lam.astype(np.float64)
    small = -1e-9 * share * lam.sum()
    return np.append(X, eighths(rng, 1, 2), axis=0), np.append(y, rng.integers(2)), np.append(lam, small)


def _tiny_and_true(rng: Rng) -> Arguments:
    X, y, lam = _meeting(rng, bystander=False)
    return X, y, 3.0**-25 * lam


def _tiny_and_false(rng: Rng) -> Arguments:
    X, y, lam = _spoiled(rng)
    return X, y, 2.0**-45 * lam


def _near_miss(rng: Rng) -> Arguments:
    """Almost a certificate: one weight is too large by four millionths, thousands of times what round-off could do."""
    X, y, lam = _exact(rng)
    lam[int(np.argmax(lam))] *= 1 + 2.0**-18
    return X.astype(float), y, lam.astype(float)


def _one_row(rng: Rng) -> Arguments:
    return eighths(rng, 1, 2), rng.integers(0, 2, 1), np.array([2.0])


def _of_one_class(rng: Rng) -> Arguments:
    return eighths(rng, 5, 2), np.full(5, rng.integers(2)), rng.integers(1, 9, 5).astype(float)


def _two_rows(rng: Rng) -> Arguments:
    """The shortest proof: a point that stands in both classes."""
    return np.tile(eighths(rng, 1, 2), (2, 1)), np.array([0, 1]), np.full(2, float(rng.integers(1, 9)))


_FEATURE_OFF = [functools.partial(_one_feature_off, feature=feature) for feature in (0, -1)]
_BY_SIZE = [
    *(_off_by_less, _off_by_more, lambda rng: _off_by(rng, 4.0)),  # which 10e-9, that is 1e-8, would let pass
    *(lambda rng, share=share: _below_zero(rng, share) for share in (0.75, 1.25, 40.0)),  # the first is allowed
]

exercise = Exercise(
    reference=perceptron.certifies_nonseparable,
    cases=[
        Case(
            "weights that prove it and weights that don't",
            [_exact, _spoiled, _exact, _separable, _exact, _one_sided],
            times=12,
        ),
        Case("a weight of 0 among the others", [_exact_with_bystander, _false_with_bystander], times=4),
        Case("whole numbers", [_whole_numbers, _whole_and_false], times=4, weight=0.5),
        Case("a negative weight proves nothing", [_negative, _exact, _negated], times=9, weight=2),
        Case("all weights zero prove nothing", [_zero, _exact], times=4, weight=2),
        Case("the ones of the bias must balance, too", [_one_class_only, _exact, _bias_does_not_balance], times=6, weight=2),
        Case("every feature must balance for itself", [_features_cancel_each_other, *_FEATURE_OFF, _one_row, _exact], times=10),
        Case("weights that miss by a few millionths", [_near_miss, _exact], times=6),
        Case(
            "tiny weights and large ones, sums that are 0 but for rounding",
            [_large, _tiny_and_false, _tiny_and_true, _tiny_and_exact, _normalised, _small_features, *_BY_SIZE],
            times=25,
        ),
        Case(
            "a point in both classes, one class alone, zeros, whole numbers beside others",
            [_two_rows, _of_one_class, *each_zero(_two_rows, 0), _whole_points, _whole_weights],
            times=5,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. Three things must hold together: no weight is negative, not all are zero, and a weighted sum of vectors vanishes.
# 2. The vectors are s_i [x_i, 1] with s = 2y - 1. With `X1 = np.column_stack([X, np.ones(len(X))])` the sum of all is
#    `(lam * s) @ X1`; it has d + 1 entries, and each of them must be 0, but for rounding.
# 3. With `total = lam.sum()`: `total > 0`; `(lam >= -1e-9 * total).all()`; and `np.abs(...)` of the sum at most
#    `1e-9 * total * np.abs(X1).max()`, again for `.all()` its entries. Join the three with `and`, return a bool.

# %% elegant
# Each condition is one comparison for whole arrays, and what is small is measured against the size of the numbers that
# were added, not against a constant.

# %% right
def certifies_nonseparable(X, y, lam):
    X1 = np.column_stack([X, np.ones(len(X))])
    total = lam.sum()
    balance = (lam * (2 * y - 1)) @ X1
    small = 1e-9 * total * np.abs(X1).max()
    return bool(total > 0 and lam.min() >= -1e-9 * total and np.abs(balance).max() <= small)

# %% right
def certifies_nonseparable(X, y, lam):
    total = sum(lam)
    if total <= 0:
        return False
    if any(value < -1e-9 * total for value in lam):
        return False
    d, size = X.shape[1], max(1.0, max(abs(v) for row in X for v in row))
    for j in range(d + 1):
        s = 0.0
        for i in range(len(X)):
            sign = 1 if y[i] == 1 else -1
            s += lam[i] * sign * (X[i, j] if j < d else 1.0)
        if abs(s) > 1e-9 * total * size:
            return False
    return True
