"""Exercise 7.9: how far the earth must be carried, on a line."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.drawing import Rng, eighths
from autograde.exercises.support.variants import each_whole, sized, with_zeros
from mlp_reference import divergences


def _samples(rng: Rng) -> Arguments:
    """Two samples whose ranges overlap, in orders that no sort has made."""
    n = int(rng.choice([5, 7]))
    x, y = eighths(rng, n), eighths(rng, n) + 1.0
    while (np.diff(x) > 0).all() or (np.diff(y) > 0).all() or (np.argsort(x) == np.argsort(y)).all():
        x, y = eighths(rng, n), eighths(rng, n) + 1.0
    return x, y


def _far_apart(rng: Rng) -> Arguments:
    """All of x lies left of all of y: the distance of the means."""
    x, y = _samples(rng)
    return (x - 20.0, y) if rng.integers(2) else (x, y - 20.0)


def _same_mean(rng: Rng) -> Arguments:
    """One sample is wider than the other, around the same mean."""
    x, _ = _samples(rng)
    return x, rng.permutation(3 * (x - x.mean()) + x.mean())


def _shuffled(rng: Rng) -> Arguments:
    """The same numbers in another order: nothing has to be carried."""
    x, _ = _samples(rng)
    return x, np.roll(x, 2)


def _single_precision(rng: Rng) -> Arguments:
    x, y = _samples(rng)
    return x.astype(np.float32), y.astype(np.float32)


def _whole_numbers(rng: Rng) -> Arguments:
    """Whole numbers at a distance that is none."""
    while True:
        x, y = rng.integers(-9, 9, 6), rng.integers(-5, 14, 6)
        if np.abs(np.sort(x) - np.sort(y)).sum() % 6:
            return x, y


def _ties(rng: Rng) -> Arguments:
    return rng.permutation([1.0, 1.0, 1.0, 5.0, 2.5]), rng.permutation([1.0, 4.0, 4.0, -2.0, -2.0])


exercise = Exercise(
    reference=divergences.wasserstein_1d,
    cases=[
        Case("two samples in any order", [_samples], times=6),
        Case("far apart, and around the same mean", [_far_apart, _same_mean], times=4),
        Case("the same numbers in another order", [_shuffled], times=2),
        Case(
            "integers, ties, single precision, one number each",
            [
                _whole_numbers,
                _ties,
                _single_precision,
                lambda rng: (eighths(rng, 1), eighths(rng, 1) + 7.0),
            ],
            times=8,
        ),
        Case(
            "whole numbers beside others; large and tiny numbers, zeros",
            [*each_whole(_samples, 0, 1), *sized(_samples, 0, 1), with_zeros(_samples)],
            times=5,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. Take two points on each side and try both ways to pair them. Which pairing is never longer?
# 2. On a line, no two ways need to cross. Then where must the smallest x go? And when it is gone, the smallest of the
#    rest?
# 3. `np.sort` both samples, subtract, `np.abs`, `np.mean`: one line.

# %% elegant
# In one dimension the cheapest matching is that of the sorted samples, so an optimization problem becomes `sort`.

# %% right
def wasserstein_1d(x, y):
    a = np.sort(x)
    b = np.sort(y)
    return np.mean(np.abs(a - b))

# %% right
from scipy.stats import wasserstein_distance

def wasserstein_1d(x, y):
    return wasserstein_distance(x, y)

# %% right
def wasserstein_1d(x, y):
    total = 0.0
    for a, b in zip(sorted(x.tolist()), sorted(y.tolist())):
        total += abs(a - b)
    return total / len(x)

# %% right
from scipy.optimize import linear_sum_assignment

def wasserstein_1d(x, y):
    cost = np.abs(np.subtract.outer(x, y))
    rows, columns = linear_sum_assignment(cost)
    return cost[rows, columns].mean()

# %% right
import itertools

def wasserstein_1d(x, y):
    return np.array(min(np.abs(x - np.array(p)).mean() for p in itertools.permutations(y)))

# %% right
def wasserstein_1d(x, y):
    # the area between the two distribution functions
    places = np.sort(np.concatenate([x, y]))
    F = (x[:, None] <= places[:-1]).mean(axis=0)
    G = (y[:, None] <= places[:-1]).mean(axis=0)
    return np.sum(np.abs(F - G) * np.diff(places))

# %% wrong
# the samples are not sorted: `a = np.sort(x) ⏎ b = np.sort(y)` -> `a = x ⏎ b = y`
#   Which x goes to which y must not depend on the order in which they were drawn: carry the smallest to the smallest.
# only one sample is sorted: `np.sort(x)` -> `x`
#   or `np.sort(y)` -> `y`
#   Both samples have to be sorted, so that smallest meets smallest.
# the smallest goes to the largest: `np.sort(y)` -> `…[::-1]`
#   That is the dearest way to carry, not the cheapest: sort both in the same direction.
# the sum instead of the mean: `np.mean` -> `np.sum`
#   Each point carries the share 1/n of the earth: take the mean of the distances.
# squared distances: `np.abs(a - b)` -> `(a - b) ** 2`
#   The cost is mass times distance, not distance squared.
# the root of the mean square: `np.mean(np.abs(a - b))` -> `np.sqrt(np.mean((a - b) ** 2))`
#   That is the Wasserstein distance of order 2. The earth mover's distance averages plain distances.
# the distance of the means: `np.mean(np.abs(a - b))` -> `np.abs(np.mean(a) - np.mean(b))`
#   Two samples may have the same mean and yet lie differently: absolute values first, then the mean.
# the sign of the difference is kept: `np.mean(np.abs(a - b))` -> `np.mean(a - b)`
#   A way to the left costs as much as one to the right: take absolute values.
# the largest distance instead of the mean: `np.mean` -> `np.max`
#   Every grain counts, not only the one that travels farthest: take the mean.
# the median instead of the mean: `np.mean` -> `np.median`
#   The total work counts, so distances are averaged: the mean.
# every point goes to its nearest neighbour: `mean(np.abs(a - b))` -> `mean(np.min(np.abs(a[:, None] - b), axis=1))`
#   Then several points may end at the same place, while another place stays empty. Each y receives exactly one x.
# each x in turn takes the nearest y that is free
# -     return np.mean(np.abs(a - b))
# +     free = y.tolist()
# +     total = 0.0
# +     for v in x.tolist():
# +         w = min(free, key=lambda u: abs(u - v))
# +         free.remove(w)
# +         total += abs(v - w)
# +     return total / len(a)
#   `x.tolist()` -> `…` | `a.tolist()`, `y.tolist()` -> `…` | `b.tolist()`
#   Who chooses first takes a near place, and who chooses last may have to go far: greedy is not cheapest. Plan for all
#   at once: what would have to be true of two ways that cross?
# all pairs instead of matched ones: `np.mean(np.abs(a - b))` -> `np.mean(np.abs(a[:, None] - b))`
#   Each point is carried to one place, not to all. (Look for a column that met a row.)
# one distance for each point: `np.mean(np.abs(a - b))` -> `np.abs(a - b)`
#   One number is wanted: the mean of these distances.
# the arguments are sorted in place: `a = np.sort(x) ⏎ b = np.sort(y)` -> `x.sort() ⏎ a = x ⏎ y.sort() ⏎ b = y`
#   `x.sort()` changes the caller's array. `np.sort(x)` returns a sorted copy.
# the positions in the sorted order are compared, not the values: `np.sort(x)` -> `np.argsort(x)`,
#   `np.sort(y)` -> `np.argsort(y)`
#   `np.argsort` gives indices. The sorted values are `np.sort(x)`, or `x[np.argsort(x)]`.
# divided by n - 1: `np.mean(np.abs(a - b))` -> `np.sum(np.abs(a - b)) / max(len(a) - 1, 1)`
#   Each of the n points carries 1/n of the mass: divide by n.
# the sizes are sorted: `a = np.sort(x)` -> `a = np.sort(np.abs(x))`, `b = np.sort(y)` -> `b = np.sort(np.abs(y))`
#   -3 and 3 are six apart, and their sizes are not: sort the numbers themselves, and take the size of the difference.
# repeated numbers count once: `a = np.sort(x)` -> `a = np.unique(x)`, `b = np.sort(y)` -> `b = np.unique(y)`
#   Two grains at one place are two grains: `np.unique` loses one of them.
