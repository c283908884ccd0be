"""Exercise 1.3: the loop over rows and epochs."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.arguments import Make
from autograde.exercises.support.special import each_zero, with_ties
from autograde.exercises.support.drawing import Array, Rng, eighths, odd_size, separable
from autograde.exercises.support.families import alone, exchanged
from mlp_reference import perceptron


def _separable_set(rng: Rng) -> Arguments:
    """Takes several epochs, so that the weights have time to go wrong."""
    while True:
        X, y, _, _ = separable(rng, odd_size(rng, 7, 11), int(rng.integers(2, 4)), margin=0.25)
        if len(counts := _mistakes(X, y, 13)) > 3 and counts[-1] == 0:
            return X, y


def _mistakes(X: Array, y: Array, most: int) -> list[int]:
    """How many mistakes each epoch makes, to the first without one, or for so many epochs."""
    signs = np.where(y == 1, 1, -1)
    rows, v, counts = signs[:, None] * np.column_stack([X, np.ones(len(X))]), np.zeros(X.shape[1] + 1), list[int]()
    while len(counts) < most and 0 not in counts:
        counts.append(0)
        for row, sign in zip(rows, signs, strict=True):
            if row @ v < 0 or (row @ v == 0 and sign > 0):  # exactly on the line, 0 is predicted
                v, counts[-1] = v + row, counts[-1] + 1
    return counts


def _one_feature_set(rng: Rng) -> Arguments:
    """Neighbours on a line, away from 0: no small number of epochs is enough, whichever numbers are drawn."""
    while True:
        order = rng.permutation(7)
        X, y = (rng.integers(6, 17) + order[:, None] - 3.0) / 8, (order > 3).astype(np.int64)
        if 20 < len(_mistakes(X, y, 41)) <= 40:
            return X, y


def _whole_number_set(rng: Rng) -> Arguments:
    while True:
        X, y = _separable_set(rng)
        X = (8 * X).astype(np.int64)
        if len(_mistakes(X, y, 20)) < 20:
            return X, y, 20


def _single_precision_set(rng: Rng) -> Arguments:
    X, y = _separable_set(rng)
    return X.astype(np.float32), y, 20


def _hopeless_set(rng: Rng) -> Arguments:
    """The same point in both classes, and a small limit; the last row is a mistake in nearly every epoch."""
    X, y = _separable_set(rng)
    X[-2], y[-2], y[-1] = X[-1], 0, 1
    return X, y, int(rng.integers(1, 8))


def _more_epochs(rng: Rng) -> Arguments:
    return *_hopeless_pair(rng), int(rng.integers(101, 130))


def _hopeless_pair(rng: Rng) -> Arguments:
    """Without a limit: that is 100 epochs."""
    return np.tile(eighths(rng, 1, 2), (2, 1)), np.array([1, 0])


def _already_right(rng: Rng) -> Arguments:
    """From zeros everything is predicted 0, and everything is 0."""
    n = odd_size(rng, 7, 11)
    return eighths(rng, n, int(rng.integers(2, 4))), np.zeros(n, dtype=np.int64)


def _row_of_zeros(rng: Rng) -> Arguments:
    """One row is zero and of class 1: learning from it moves the bias and nothing else."""
    X, y = eighths(rng, 5, 2), np.zeros(5, dtype=np.int64)
    row = int(rng.integers(5))
    X[row], y[row] = 0.0, 1
    return X, y, 20


def _large_set(rng: Rng) -> Arguments:
    """So many rows that an epoch with one mistake is nearly right: less than 5 %."""
    while True:
        X, y, _, _ = separable(rng, 31, 2, margin=0.25)
        counts = _mistakes(X, y, 13)
        if len(X) > 20 and counts[-1] == 0 and counts[-2:-1] == [1]:
            return X, y, 20


def _a_row_twice(rng: Rng) -> Arguments:
    """And a row that is predicted right after it: each of the three takes a step of its own."""
    X, y = _separable_set(rng)
    return np.concatenate([X, X[:2], X]), np.concatenate([y, y[:2], y]), 20


def _only_ones(rng: Rng) -> Arguments:
    n = odd_size(rng, 7, 11)
    return eighths(rng, n, 2), np.ones(n, dtype=np.int64), 20


_SEPARABLE = [_separable_set, _whole_number_set, _single_precision_set, _one_feature_set, _large_set]


def _single_row(label: int) -> Make:
    return lambda rng: (eighths(rng, 1, 3), np.array([label]), 100, 0.5)


exercise = Exercise(
    reference=perceptron.perceptron_fit,
    outputs=("w", "b", "mistakes"),
    families=[exchanged("w", "b", "mistakes"), alone("weight vector")],
    cases=[
        Case("points that a line separates", _SEPARABLE, times=10),
        Case("classes that nothing separates: max_epochs, or 100 epochs", [_hopeless_pair, _more_epochs, *4 * [_hopeless_set]], times=12),
        Case(
            "a learning rate other than 1",
            [
                lambda rng: (*_separable_set(rng), 20, float(rng.choice([0.125, 0.25]))),
                lambda rng: (*_separable_set(rng), 20, float(rng.choice([2.0, 8.0]))),
                lambda rng: (*_whole_number_set(rng), int(rng.choice([2, 4]))),
                lambda rng: (*_whole_number_set(rng), 0.5),
            ],
            times=8,
        ),
        Case("points that are right from the start", [_already_right], times=2, weight=0.5),
        Case("a row of zeros, which moves only the bias", [_row_of_zeros], times=6),
        Case("a single row", [_single_row(1), _single_row(0)], times=2, weight=0.5),
        Case(
            "one class alone, rows that stand twice, zeros",
            [_only_ones, _a_row_twice, *each_zero(_only_ones, 0), with_ties(_only_ones, 0)],
            times=4,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. Two loops: the outer one over epochs, the inner one over the rows. Your `perceptron_step` does the work inside.
# 2. A step was a mistake where the prediction before it differed from the label. Count those, starting at 0 in every
#    epoch.
# 3. After the inner loop append the count to `mistakes`; if it is 0, `break`. Return `w, b, mistakes` behind the
#    outer loop.

# %% elegant
# A mistake has the size 1 whatever its sign, so `abs(error)` counts it. The `break` comes with an
# epoch without a mistake: where a hyperplane separates, Novikoff's theorem promises one, given epochs enough.

# %% right
def perceptron_fit(X, y, max_epochs=100, eta=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for epoch in range(max_epochs):
        wrong = 0
        for x, label in zip(X, y):
            error = label - int(x @ w + b > 0)
            w = w + eta * error * x
            b = b + eta * error
            wrong += abs(error)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes

# %% right
def step(x, y, w, b, eta):
    miss = y - (x.dot(w) + b > 0)
    return w + eta * miss * x, b + eta * miss, miss != 0

def perceptron_fit(X, y, max_epochs=100, eta=1.0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < max_epochs and (not mistakes or mistakes[-1]):
        count = 0
        for i in range(len(X)):
            w, b, missed = step(X[i], y[i], w, b, eta)
            count += missed
        mistakes += [count]
    return w, b, mistakes

# %% right
def perceptron_fit(X, y, max_epochs=100, eta=1.0):
    A = np.c_[X, np.ones(len(X))]
    v = np.zeros(A.shape[1])
    log = np.zeros(max_epochs)
    for epoch in range(max_epochs):
        for row, target in zip(A, y):
            error = target - np.heaviside(row @ v, 0)
            v += eta * error * row
            log[epoch] += error != 0
        if log[epoch] == 0:
            break
    return v[:-1], v[-1], list(log[: epoch + 1])

# %% right
def perceptron_fit(X, y, max_epochs=100, eta=1.0):
    n, d = X.shape
    w, b, mistakes = [0.0] * d, 0.0, ()
    for _ in range(max_epochs):
        updates = 0
        for i in range(n):
            z = b
            for j in range(d):
                z += w[j] * X[i, j]
            if (z > 0) == (y[i] == 1):
                continue
            sign = 1 if y[i] else -1
            for j in range(d):
                w[j] += eta * sign * X[i, j]
            b += eta * sign
            updates += 1
        mistakes += (updates,)
        if not updates:
            return np.array(w), b, mistakes
    return np.array(w), b, mistakes

# %% right
def perceptron_fit(X, y, max_epochs=100, eta=1.0):
    w, b, counts = np.zeros(X.shape[1]), np.float64(0), []
    signs = 2 * y - 1
    for _ in range(max_epochs):
        hits = 0
        for s, x in zip(signs, X):
            z = np.einsum("d,d->", x, w) + b
            if (s > 0 and z <= 0) or (s < 0 and z > 0):
                w, b, hits = w + eta * s * x, b + eta * s, hits + 1
        counts.append(np.int32(hits))
        if counts[-1] == 0:
            break
    return w, b, np.array(counts)

# %% wrong
# an update counts only if the weights have changed: `wrong += abs(error)` -> `wrong += int((error * x != 0).any())`
#   On a row of zeros a mistake moves the bias alone, and that is an update, too. Count where y and yhat differ.
# goes on after an epoch without mistakes: `if wrong == 0:` -> `if False:`
#   Once a whole epoch passes without a mistake, nothing will ever change again: stop there.
# the last epoch, the one without mistakes, is not recorded
#   without `mistakes.append(wrong)`
# -             break
# +             break
# +         mistakes.append(wrong)
#   `mistakes` has an entry for every epoch that was run, so it ends with 0 when training succeeded.
# one epoch more than max_epochs: `range(max_epochs)` -> `range(max_epochs + 1)`
#   At most `max_epochs` passes are allowed; `range(max_epochs)` counts exactly that many.
# mistakes are counted over all epochs together: `wrong = 0` -> `wrong = mistakes[-1] if mistakes else 0`,
#   `if wrong == 0:` -> `if mistakes[-1] == (mistakes[-2] if epoch else 0):`
#   Start counting at 0 in every epoch: `mistakes[k]` belongs to epoch k alone.
# all rows of an epoch are predicted with the same weights: `wrong = 0` -> `wrong, w0, b0 = 0, w, b`,
#   `int(x @ w + b > 0)` -> `int(x @ w0 + b0 > 0)`
#   The perceptron learns row by row: each prediction uses the weights left by the row before.
# every epoch starts from zero weights again: `wrong = 0` -> `wrong, w, b = 0, np.zeros(X.shape[1]), 0.0`
#   Set the weights to zero once, before the loop over epochs: an epoch goes on where the last one stopped.
# the epoch ends at the first right row: `wrong += abs(error)` -> `… ⏎ if error == 0: break`
#   A right row changes nothing, but the rows behind it must be visited as well: no `break` in the inner loop.
# mistakes of the two kinds cancel in the count: `wrong += abs(error)` -> `wrong += error`
#   y - yhat is 1 for a missed 1 and -1 for a missed 0. Both are mistakes: count 1 for each.
# the count is multiplied by the learning rate: `wrong += abs(error)` -> `wrong += abs(eta * error)`
#   A mistake counts as 1, however long the step is.
# the share of wrong rows instead of their number: `mistakes.append(wrong)` -> `mistakes.append(wrong / len(X))`
#   `mistakes` holds numbers of updates; do not divide by the number of rows.
# the count is not set back to 0 in each epoch: `w, b, mistakes = np.zeros(X.shape[1]), 0.0, []` -> `… ⏎ wrong = 0`,
#   without `        wrong = 0`
#   Each entry of `mistakes` belongs to one epoch alone: set the count to 0 where the epoch begins.
# the weights start at one instead of zero: `np.zeros(X.shape[1])` -> `np.ones(X.shape[1])`
#   Start from zero weights and zero bias, so that everyone gets the same numbers.
# the rows are visited from last to first: `zip(X, y)` -> `zip(X[::-1], y[::-1])`
#   Visit the rows in the order in which they are given.
# the rows are visited in a random order
#   `zip(X, y)` -> `[(X[i], y[i]) for i in np.random.default_rng(epoch).permutation(len(X))]`
#   Visit the rows in the order in which they are given; no shuffling here.
# the learning rate is ignored: `w = w + eta * error * x ⏎ b = b + eta * error` -> `w = w + error * x ⏎ b = b + error`
#   Pass `eta` on to every step.
# the bias is not learned: without `b = b + eta * error`
#   The bias must be taken over from every step as well: `w, b = perceptron_step(...)`.
# a tie is predicted as 1: `> 0)` -> `>= 0)`
#   At the start, where w and b are 0, every sum is a tie, and a tie means 0. Use the strict comparison.
# the mistakes are counted at the end of the epoch
#   `mistakes.append(wrong)` -> `wrong = int(((X @ w + b > 0) != y).sum()) ⏎ …`
#   Count the updates as they happen. Counting errors after the epoch is another number: the weights have moved.
# the mistakes are counted at the start of the epoch
#   `wrong = 0` -> `wrong = int(((X @ w + b > 0) != y).sum())`, without `wrong += abs(error)`
#   Count the updates as they happen. Counting errors before the epoch is another number: the weights will move.
# the total of the mistakes instead of a list: `return w, b, mistakes` -> `return w, b, sum(mistakes)`
#   Return the list, one number for each epoch; its sum can be taken later.
# returns after the first epoch
# -         if wrong == 0:
# -             break
# +         break
#   Look at the indentation of what ends the loop over epochs: only an epoch without mistakes may end it.
# moves in the wrong direction: `label - int(x @ w + b > 0)` -> `int(x @ w + b > 0) - label`
#   The mistake is y - yhat: a missed 1 must raise the sum.
# the weights are whole numbers where X is: `w = w + eta * error * x` -> `w = (w + eta * error * x).astype(X.dtype)`
#   An array of integers holds no fractions: 1.5 is cut to 1, and a half to 0. Start from `np.zeros(d)`, of floats.
# weights and bias start at one: `np.zeros(X.shape[1]), 0.0` -> `np.ones(X.shape[1]), 1.0`
#   | `np.zeros(X.shape[1]), 1.0`
#   Start from zero weights and zero bias, so that everyone gets the same numbers.
# the new weights are not kept: `w = w + eta * error * x ⏎ b = b + eta * error` -> `pass`
#   What the step gives must become the weights of the next row: `w, b = perceptron_step(...)`.
