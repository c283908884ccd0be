"""Starred exercise 3: the best broken line with few pieces, through some of the samples."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.exercises.support.special import changed_at, each_zero, with_ties
from autograde.exercises.support.variants import each_whole
from autograde.exercises.support.drawing import Array, Rng, eighths
from autograde.judging.compare import as_numbers
from autograde.judging.exercise import Arguments, Case, Exercise, Unusable
from jaxtyping import Real
from autograde.runtime.values import plain
from mlp_reference.knots import farthest_path

NEAR = 1e-6  # relative to the answer
_SLOW = (
    "For 40 samples and 8 pieces there are 16 million choices of knots, too many to try. What is the least miss up to a "
    "sample with p pieces, if you know those with p - 1 pieces up to all samples before it? Keep these numbers."
)
_GREEDY = (
    "it is the error for which a greedy walk gets by with m pieces. A chord that reaches far may end in a bad place to start "
    "from, so a greedy walk may need more pieces than the shortest chain of chords does"
)


def _misses(x: Array, v: Array) -> Array:
    """The largest miss of each chord, inf where there is none."""
    n = len(x)
    E = np.full((n, n), np.inf)
    for i in range(n):
        for j in range(i + 1, n):
            E[i, j] = np.abs(np.interp(x[i : j + 1], x[[i, j]], v[[i, j]]) - v[i : j + 1]).max()
    return E


def least_error(x: Real[np.ndarray, " m+1"], v: Real[np.ndarray, " m+1"], m: int) -> float:
    """The smallest allowed miss with which m chords reach the last sample."""
    E = _misses(np.asarray(x, dtype=float), np.asarray(v, dtype=float))
    n = len(x)
    for eps in np.unique(E[np.isfinite(E)]):
        reached = np.arange(n) == 0
        for _ in range(m):
            reached = reached | (reached[:, None] & (eps >= E)).any(axis=0)
        if reached[-1]:
            return float(eps)
    return float("nan")


def told_of(fn: Callable[..., Any], x: Array, v: Array, m: int) -> Any:
    """What is judged: the number as it came, but where greedy walks have found it.

    Greed is not monotone: a larger error may need more pieces. So where such a search ends depends on where it began.
    """
    value = plain(fn(x, v, m))
    got = as_numbers(value)
    if got is None or got.size != 1 or got.dtype.kind not in "iuf" or not np.isfinite(got).all():
        return value
    eps, E = float(got.reshape(())), _misses(np.asarray(x, dtype=float), np.asarray(v, dtype=float))
    if eps > least_error(x, v, m) * (1 + NEAR):
        for pieces in (_as_far_as_one_goes, _until_one_fails):
            if pieces(E, eps * (1 + NEAR)) <= m < pieces(E, eps * (1 - NEAR)):
                raise Unusable(_GREEDY)
    return value


def _as_far_as_one_goes(E: Array, eps: float) -> int:
    return len(farthest_path(eps >= E)) - 1


def _until_one_fails(E: Array, eps: float) -> int:
    n, i, pieces = len(E), 0, 0
    while i < n - 1:
        i = next((j - 1 for j in range(i + 2, n) if E[i, j] > eps), n - 1)
        pieces += 1
    return pieces


def _samples(rng: Rng, n: int) -> tuple[Array, Array]:
    gaps = rng.choice([0.25, 0.5, 1.0, 2.0], n)
    return np.cumsum(gaps), eighths(rng, n) + np.sin(np.arange(n)).round(2)


def _all_needed(rng: Rng, n: int, m: int) -> Arguments:
    """The last piece makes the line better."""
    while True:
        x, v = _samples(rng, n)
        if least_error(x, v, m) < least_error(x, v, m - 1):
            return x, v, m


def _few(rng: Rng) -> Arguments:
    return _all_needed(rng, int(rng.integers(7, 10)), int(rng.choice([2, 3, 4])))


def _more(rng: Rng) -> Arguments:
    return _all_needed(rng, 12, int(rng.choice([4, 5])))


def _by_greed(x: Array, v: Array, m: int) -> float:
    """The least miss for which chords that each reach as far as they may are enough."""
    E = _misses(x, v)
    return float(next(eps for eps in np.unique(E[np.isfinite(E)]) if _as_far_as_one_goes(E, eps) <= m))


def _many(rng: Rng) -> Arguments:
    """Too many for all choices of knots, and the greedy walk is not the best."""
    while True:
        x, v = _samples(rng, 40)
        if _by_greed(x, v, 8) > least_error(x, v, 8):
            return x, v, 8


def _exactly(x: Array, v: Array, m: int) -> float:
    """The least miss of a line of m pieces, no fewer."""
    best, E = np.where(np.arange(len(x)) == 0, 0.0, np.inf), _misses(x, v)
    for _ in range(m):
        best = np.maximum(best[:, None], E).min(axis=0)
    return float(best[-1])


def _fewer(rng: Rng) -> Arguments:
    """Fewer pieces than allowed are better: one more would have to pass through a sample that is no good knot."""
    while True:
        x, v = _samples(rng, int(rng.integers(5, 8)))
        for m in (2, 3):
            if least_error(x, v, m) < _exactly(x, v, m):
                return x, v, m


def _two(rng: Rng) -> Arguments:
    """Two samples, on one chord."""
    return *_samples(rng, 2), int(rng.choice([1, 2]))


def _single_precision(rng: Rng) -> Arguments:
    x, v, m = _few(rng)
    return x.astype(np.float32), v.astype(np.float32), m


def _one(rng: Rng) -> Arguments:
    return *_samples(rng, 6), 1


def _enough(rng: Rng) -> Arguments:
    """More pieces than there are gaps: nothing is missed."""
    return *_samples(rng, 5), int(rng.choice([5, 6]))


def _whole_numbers(rng: Rng) -> Arguments:
    x, v, m = _few(rng)
    return (4 * x).astype(np.int64), (8 * v).astype(np.int64), m


_part_whole = [changed_at(_few, lambda x: (4 * x).astype(np.int64), 0), *each_whole(_few, 1)]

exercise = Exercise(
    reference=least_error,
    probe=told_of,
    patience=2.0,
    cases=[
        Case("seven to nine samples", [_few], times=4),
        Case("twelve samples; whole numbers, single precision", [_more, _whole_numbers, _single_precision], times=3),
        Case("a single piece", [_one], times=2, weight=0.5),
        Case("more pieces than are of use", [_enough, _fewer, _two], times=6, weight=0.5),
        Case("forty samples", [_many], times=1, slow=_SLOW),
        Case("nothing is missed, equal values, whole numbers beside others", [*each_zero(_few, 1), with_ties(_few, 1), *_part_whole], times=4, weight=0.5),
    ],
)

# %% hints
# 1. What is the best broken line that ends at sample j and has p pieces, if you know the best ones with p - 1 pieces for all
#    earlier ends? Its last piece begins at some sample i.
# 2. `best[j]` after p rounds is the least largest miss up to sample j with at most p pieces. One more:
#    `new[j]` is the smaller of `best[j]` and min over i < j of max(best[i], miss of the chord from i to j). Begin with
#    `best[0] = 0` and infinity elsewhere.

# %% elegant
# The largest miss of a line is the larger of what its first pieces miss and what its last one does. So the best for one piece
# more is a minimum over the place of the last knot, and nobody ever tries all sets of knots.

# %% right
def least_error(x, v, m):
    n = len(x)
    best = np.full(n, np.inf)
    best[0] = 0
    for _ in range(m):
        new = best.copy()
        for j in range(1, n):
            for i in range(j):
                chord = v[i] + (v[j] - v[i]) / (x[j] - x[i]) * (x[i : j + 1] - x[i])
                miss = np.abs(v[i : j + 1] - chord).max()
                new[j] = min(new[j], max(best[i], miss))
        best = new
    return float(best[-1])

# %% right
def least_error(x, v, m):
    # halves the misses in their order; the shortest chain of chords for each
    n = len(x)
    miss = {}
    for i in range(n):
        for j in range(i + 1, n):
            slope = (v[j] - v[i]) / (x[j] - x[i])
            miss[i, j] = max(abs(v[k] - v[i] - slope * (x[k] - x[i])) for k in range(i, j + 1))

    def pieces(eps):
        need = [0] + [n] * (n - 1)
        for (i, j), one in sorted(miss.items(), key=lambda entry: entry[0][1]):
            if one <= eps:
                need[j] = min(need[j], need[i] + 1)
        return need[-1]

    allowed = sorted(miss.values())
    low, high = 0, len(allowed) - 1
    while low < high:
        middle = (low + high) // 2
        if pieces(allowed[middle]) <= m:
            high = middle
        else:
            low = middle + 1
    return float(allowed[low])

# %% right
from functools import lru_cache

def least_error(x, v, m):
    n = len(x)

    def miss(i, j):
        line = np.interp(x[i : j + 1], [x[i], x[j]], [v[i], v[j]])
        return float(max(abs(line - v[i : j + 1])))

    @lru_cache(None)
    def rest(i, pieces):
        if i == n - 1:
            return 0.0
        if pieces == 0:
            return float("inf")
        return min(max(miss(i, j), rest(j, pieces - 1)) for j in range(i + 1, n))

    return rest(0, m)
