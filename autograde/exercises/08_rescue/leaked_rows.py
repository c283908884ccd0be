"""Exercise 8.1: which rows of the test set the network has seen in training."""

import numpy as np

from autograde.exercises.support.drawing import Array, Rng, eighths
from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.variants import with_zeros
from mlp_reference import reader


def _apart(rng: Rng, n: int, m: int, d: int) -> tuple[Array, Array]:
    """Training and test rows, none of which are alike."""
    while True:
        X = eighths(rng, n + m, d)
        if len(np.unique(X, axis=0)) == n + m:
            return X[:n], X[n:]


def _with_twin(X_train: Array, X_test: Array) -> tuple[Array, Array]:
    """The first unknown test row has the sum of a training row, also with weights 1, 2, 3, ..."""
    bend = np.zeros(X_train.shape[1])
    bend[:3] = 0.0625, -0.125, 0.0625
    unknown = [not (X_train == x).all(axis=1).any() for x in X_test]
    X_test[unknown.index(True)] = X_train[-1] + bend
    return X_train, X_test


def _some(rng: Rng, m: int = 7) -> Arguments:
    """Three test rows of ``m`` are copies of training rows, at places of their own."""
    X_train, X_test = _apart(rng, 9, m, 4)
    X_test[rng.choice(m, 3, replace=False)] = X_train[rng.choice(np.arange(2, 9), 3, replace=False)]
    return _with_twin(X_train, X_test)


def _more_tests(rng: Rng) -> Arguments:
    """More rows to be read than to learn from."""
    X_train, X_test = _apart(rng, 5, 8, 3)
    X_test[rng.choice(8, 2, replace=False)] = X_train[rng.choice(np.arange(1, 5), 2, replace=False)]
    return _with_twin(X_train, X_test)


def _one_twin(rng: Rng) -> Arguments:
    """The rows agree in all entries but one, in all but their order, in their sum, or also in one with weights 1, 2, 3, 4."""
    X_train, X_test = _some(rng, m=9)
    free = [i for i in range(9) if not (X_test[i] == X_train).all(axis=1).any()]
    X_test[free[0]] = X_train[0] + np.array([0, 0, 2.0**-30, 0])
    X_test[free[1]] = X_train[1][[2, 3, 1, 0]]
    X_test[free[2]] = np.concatenate([X_train[0][:2], X_train[1][2:]])
    for i, apart in zip(free[3:], ([1, 0, 0, -1], [0, 1, -1, 0], [0, 1, -2, 1]), strict=True):
        X_test[i] = X_train[1] + np.array(apart) / 8
    return X_train, X_test


def _nearly(rng: Rng) -> Arguments:
    """Test rows that differ from a training row in the last digit of one entry; many of them, and some are known."""
    X_train, X_test = _apart(rng, 9, 40, 6)
    X_test[:3] = np.nextafter(X_train[:3], 4.0)
    known = rng.choice(np.arange(3, 40), 5, replace=False)
    X_test[known] = X_train[rng.permutation(9)[:5]]
    return X_train, X_test


def _twice(rng: Rng) -> Arguments:
    """One image stands twice in the test set and twice in the training set."""
    X_train, X_test = _some(rng)
    first, *_, last = reader.leaked_rows(X_train, X_test)
    X_test[last] = X_test[first]
    X_train[[0, 1]] = X_test[first]
    return X_train, X_test


def _none(rng: Rng) -> Arguments:
    return _with_twin(*_apart(rng, 6, 5, 4))


def _all(rng: Rng) -> Arguments:
    X_train, _ = _apart(rng, 9, 7, 4)
    return X_train, X_train[rng.permutation(9)[:7]]


def _one_column(rng: Rng) -> Arguments:
    X_train, X_test = _apart(rng, 6, 4, 1)
    X_test[int(rng.integers(1, 4))] = X_train[3]
    return X_train, X_test


def _whole(rng: Rng) -> Arguments:
    X_train, X_test = _some(rng)
    return (16 * X_train).astype(np.int64), (16 * X_test).astype(np.int64)


def _single(rng: Rng) -> Arguments:
    return tuple(X.astype(np.float32) for X in _some(rng))


def _one_to_learn_from(rng: Rng) -> Arguments:
    X_train, X_test = _apart(rng, 1, 4, 3)
    X_test[2] = X_train[0]
    return _with_twin(X_train, X_test)


def _one_to_read(rng: Rng) -> Arguments:
    X_train, _ = _apart(rng, 5, 4, 3)
    return X_train, X_train[3:4].copy()


def _wide(rng: Rng) -> Arguments:
    """As wide as the digits: an unknown row differs from a known one at one place, maybe the last."""
    X_train, X_test = _apart(rng, 5, 8, 64)
    X_test[rng.choice(8, 3, replace=False)] = X_train[:3]
    for i, place in zip(np.flatnonzero([not (X_train == x).all(axis=1).any() for x in X_test]), (63, 0, 30), strict=False):
        X_test[i] = X_train[3]
        X_test[i, place] += 0.125
    return X_train, X_test


exercise = Exercise(
    reference=reader.leaked_rows,
    integers=True,
    cases=[
        Case("some rows are known", [_some, _more_tests], times=4, weight=2.0),
        Case("rows that are only alike", [_one_twin, _nearly, _wide], times=6),
        Case("a row that occurs twice on both sides", [_twice], times=3),
        Case("none is known, or all are", [_none, _all], times=4),
        Case("one column, whole numbers, single precision, zeros", [_one_column, _whole, _single, with_zeros(_some)], times=4),
        Case("a single row to learn from, or to read", [_one_to_learn_from, _one_to_read], times=4, weight=0.5),
    ],
)

# %% hints
# 1. Each test row asks one question: is there a training row that agrees with it in *every* entry? How would you find out
#    for a single test row?
# 2. For one row x: `(X_train == x).all(axis=1)` has a truth value for each training row, and `.any()` of it says whether
#    one agrees in all entries. Now for every row of X_test; what is asked for are the *indices* of those that say yes.
# 3. `known = np.array([(X_train == x).all(axis=1).any() for x in X_test])`, then `np.flatnonzero(known)`.

# %% elegant
# One test row against all training rows is one comparison of arrays: `all` over the entries of a row, then `any` over
# the rows. flatnonzero turns answers into indices.

# %% right
def leaked_rows(X_train, X_test):
    known = [(X_train == x).all(axis=1).any() for x in X_test]
    return np.flatnonzero(known)

# %% right
def leaked_rows(X_train, X_test):
    # rows as tuples in a set: one look for each
    seen = {tuple(row) for row in X_train.tolist()}
    return [i for i, row in enumerate(X_test.tolist()) if tuple(row) in seen]

# %% right
def leaked_rows(X_train, X_test):
    # all pairs at once, (m, n, d)
    same = (X_test[:, None, :] == X_train[None, :, :]).all(axis=2)
    return np.where(same.any(axis=1))[0]

# %% right
def leaked_rows(X_train, X_test):
    # bytes of each row
    known = {np.ascontiguousarray(row).tobytes() for row in X_train}
    found = []
    for i in range(X_test.shape[0]):
        if np.ascontiguousarray(X_test[i]).tobytes() in known:
            found.append(i)
    return np.array(found, dtype=int)

# %% right
def leaked_rows(X_train, X_test):
    # number the different rows of both; a number that both have is a leak
    _, number = np.unique(np.vstack([X_train, X_test]), axis=0, return_inverse=True)
    number = np.ravel(number)
    return np.flatnonzero(np.isin(number[len(X_train):], number[:len(X_train)]))

# %% right
def leaked_rows(X_train, X_test):
    # number by number
    found = []
    for i in range(len(X_test)):
        for row in X_train:
            if all(a == b for a, b in zip(row, X_test[i])):
                found.append(i)
                break
    return found

# %% wrong
# the training rows are named: `(X_train == x)` -> `(X_test == x)`, `for x in X_test` -> `for x in X_train`
#   The indices are those of rows of X_test: which of *them* stand in X_train?
# a truth value for each row: `return np.flatnonzero(known)` -> `return np.array(known)`
#   The indices of those rows are asked for, not a yes or no for each: `np.flatnonzero(known)`.
# ones and zeros for the rows: `return np.flatnonzero(known)` -> `return np.array(known).astype(int)`
#   The indices of those rows are asked for, not a yes or no for each: `np.flatnonzero(known)`.
# how many, not which: `return np.flatnonzero(known)` -> `return int(np.sum(known))` | `return np.sum(known)`
#   Which rows they are is asked for: their indices. How many there are is the length of that.
# the share, not which: `return np.flatnonzero(known)` -> `return float(np.mean(known))`
#   Which rows they are is asked for: their indices. The share is len(...) / len(X_test).
# the rows themselves: `return np.flatnonzero(known)` -> `return X_test[np.array(known)]` | `return [x for x, k in zip(X_test, known) if k]` | `return [x.tolist() for x, k in zip(X_test, known) if k]`
#   Their indices are asked for, not the rows.
# the rows that are not known: `return np.flatnonzero(known)` -> `return np.flatnonzero(~np.array(known))`
#   These are the rows that the network has *not* seen. Turn it around.
# one entry in common is enough: `.all(axis=1).any()` -> `.any(axis=1).any()` | `.any()`
#   Two images are the same where *all* their entries agree: `.all(axis=1)` first, then `.any()` over the training rows.
# every entry has an equal one somewhere: `(X_train == x).all(axis=1).any()` -> `(X_train == x).any(axis=0).all()`
#   Each entry of x has been found in its column, but in different rows. One and the same training row must agree in all.
# every number occurs somewhere: `(X_train == x).all(axis=1).any()` -> `np.isin(x, X_train).all()`
#   Each number of x occurs somewhere in X_train, at any place. One training row must agree with it entry for entry.
# only the first entry is compared: `(X_train == x).all(axis=1).any()` -> `(X_train[:, 0] == x[0]).any()`
#   Two images can begin with the same number and differ elsewhere: compare whole rows.
# sums of rows are compared: `(X_train == x).all(axis=1).any()` -> `(X_train.sum(axis=1) == x.sum()).any()`
#   Different images can have the same sum. Compare entry by entry.
# the order within a row is lost: `(X_train == x).all(axis=1).any()` -> `(np.sort(X_train, axis=1) == np.sort(x)).all(axis=1).any()`
#   The same grey values at other places are another picture: sorting a row, its length, its mean and its deviation do not see
#   where they stand. Compare entry by entry.
# nearly the same counts as the same: `(X_train == x)` -> `np.isclose(X_train, x)` | `(np.abs(X_train - x) < 0.01)`
#   "Entry for entry the same" means equal: copies are. What is only close is another image.
# row i against row i: `known = [(X_train == x).all(axis=1).any() for x in X_test]` -> `known = [(X_train[i % len(X_train)] == x).all() for i, x in enumerate(X_test)]`
#   A copy may stand anywhere in X_train: compare each test row with *every* training row.
# only the first training row is asked: `(X_train == x).all(axis=1).any()` -> `(X_train[0] == x).all()`
#   A copy may stand anywhere in X_train: compare each test row with *every* training row.
# the whole set must agree with it: `.all(axis=1).any()` -> `.all(axis=1).all()` | `.all()`
#   One training row that agrees is enough: `.any()` over the training rows.
# only rows that occur once count: `.all(axis=1).any()` -> `.all(axis=1).sum() == 1`
#   A row that stands twice in X_train is known, too: at least one twin, not exactly one.
# one index for each twin: `known = [(X_train == x).all(axis=1).any() for x in X_test] ⏎ return np.flatnonzero(known)` -> `return [i for i, x in enumerate(X_test) for row in X_train if (row == x).all()]`
#   An index comes once for each training row that agrees. Asked is once for each test row: stop at the first twin.
# pairs of indices: `known = [(X_train == x).all(axis=1).any() for x in X_test] ⏎ return np.flatnonzero(known)` -> `return [(i, j) for i, x in enumerate(X_test) for j, row in enumerate(X_train) if (row == x).all()]`
#   Only the index of the test row is asked for, once, not the pair.
# where the twins stand: `known = [(X_train == x).all(axis=1).any() for x in X_test] ⏎ return np.flatnonzero(known)` -> `return [int(np.flatnonzero((X_train == x).all(axis=1))[0]) for x in X_test if (X_train == x).all(axis=1).any()]`
#   These are the places of the twins in X_train. Asked are the places of the leaked rows in X_test.
# repeated test rows count once: `return np.flatnonzero(known)` -> `_, first = np.unique(X_test, axis=0, return_index=True) ⏎ return np.intersect1d(first, np.flatnonzero(known))`
#   A test row that occurs twice is leaked twice: each index counts.
# a dictionary keeps one of two twins: `return np.flatnonzero(known)` -> `return sorted({tuple(X_test[i]): i for i in range(len(X_test)) if known[i]}.values())`
#   A key stands in a dictionary once: of two test rows that are the same only one index is left. Each of them counts.
# a set: `return np.flatnonzero(known)` -> `return set(np.flatnonzero(known).tolist())`
#   A set has no order. A list or an array is asked for, in increasing order: `sorted(...)` makes a list of a set.
# counted from 1: `return np.flatnonzero(known)` -> `return np.flatnonzero(known) + 1`
#   Rows are counted from 0.
# a table of one column: `np.flatnonzero(known)` -> `np.argwhere(known)`
#   A flat list of indices is asked for, of shape `(number,)`: `np.flatnonzero(known)`.
# a tuple with the array in it: `np.flatnonzero(known)` -> `np.where(known)`
#   `np.where` gives a tuple with one array for each axis: take `[0]` of it, or `np.flatnonzero`.
# from the last to the first: `return np.flatnonzero(known)` -> `return np.flatnonzero(known)[::-1]`
#   In increasing order, please.
# the last row is not looked at: `for x in X_test` -> `for x in X_test[:-1]`
#   The last test row is never looked at.
# the last training row is not looked at: `(X_train == x)` -> `(X_train[:-1] == x)`
#   The last training row is never compared with.
# the same row number only: `(X_train == x).all(axis=1).any() for x in X_test` -> `np.array_equal(a, x) for a, x in zip(X_train, X_test)`
#   Row i of both need not be the twins: each test row may stand anywhere in X_train.
# numbers that both have: `return np.flatnonzero(known)` -> `return np.intersect1d(X_train, X_test)`
#   These are single numbers that occur in both. Asked are the indices of whole rows.
# it ends with the first one: `return np.flatnonzero(known)` -> `return np.flatnonzero(known)[:1]`
#   There may be several: does a `return` or a `break` end the loop with the first row that is found?
# weighted sums of rows are compared
#   `(X_train == x).all(axis=1).any()` -> `(X_train @ np.arange(1, X_train.shape[1] + 1) == x @ np.arange(1, X_train.shape[1] + 1)).any()` |
#   `(X_train @ np.arange(X_train.shape[1]) == x @ np.arange(X_train.shape[1])).any()`
#   Different images can have the same sum, with weights, too. Compare entry by entry.
# the first of two twins twice: `return np.flatnonzero(known)` -> `return [X_test.tolist().index(X_test[i].tolist()) for i in np.flatnonzero(known)]`
#   `index` finds the first of two rows that are the same, also for the second one. Count along: `for i, x in enumerate(X_test)`.
