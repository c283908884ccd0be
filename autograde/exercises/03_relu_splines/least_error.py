"""Starred exercise 3: the best broken line with few pieces, through some of the samples."""

import numpy as np

from autograde.exercises.support.drawing import Array, Rng, eighths
from autograde.judging.exercise import Arguments, Case, Exercise


def least_error(x: Array, v: Array, m: int) -> float:
    """The smallest allowed miss with which m chords reach the last sample."""
    x, v = np.asarray(x, dtype=float), np.asarray(v, dtype=float)
    n = len(x)
    E = np.full((n, n), np.inf)
    for i in range(n):
        for j in range(i + 1, n):
            E[i, j] = np.abs(np.interp(x[i : j + 1], x[[i, j]], v[[i, j]]) - v[i : j + 1]).max()
    for eps in np.unique(E[np.isfinite(E)]):
        reached = np.arange(n) == 0
        for _ in range(m):
            reached = reached | (reached[:, None] & (eps >= E)).any(axis=0)
        if reached[-1]:
            return float(eps)
    return float("nan")


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


def _one(rng: Rng) -> Arguments:
    return *_samples(rng, 6), 1


def _enough(rng: Rng) -> Arguments:
    """More pieces than there are gaps: nothing is missed."""
    return *_samples(rng, 5), int(rng.choice([5, 6]))


def _whole_numbers(rng: Rng) -> Arguments:
    x, v, m = _few(rng)
    return (4 * x).astype(np.int64), (8 * v).astype(np.int64), m


exercise = Exercise(
    reference=least_error,
    patience=2.0,
    cases=[
        Case("seven to nine samples", [_few], times=4),
        Case("twelve samples; whole numbers", [_more, _whole_numbers], times=3),
        Case("a single piece", [_one], times=2, weight=0.5),
        Case("more pieces than gaps", [_enough], times=2, weight=0.5),
    ],
)

# %% hints
# 1. What is the best broken line that ends at sample j and has p pieces, if you know the best ones with p - 1 pieces for all
#    earlier ends? Its last piece begins at some sample i.
# 2. `best[j]` after p rounds is the least largest miss up to sample j with p pieces. One more piece:
#    `new[j] = min over i < j of max(best[i], miss of the chord from i to j)`. Begin with `best[0] = 0` and infinity elsewhere.

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
from itertools import combinations

def least_error(x, v, m):
    # all sets of knots, for few samples
    n = len(x)
    inner = range(1, n - 1)
    found = np.inf
    for many in range(min(m - 1, n - 2) + 1):  # a knot more may make it worse
        for some in combinations(inner, many):
            knots = [0, *some, n - 1]
            found = min(found, np.abs(np.interp(x, x[knots], v[knots]) - v).max())
    return found

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

# %% wrong
# the misses are added up: `max(best[i], miss)` -> `best[i] + miss`
#   The largest miss of the whole line is asked for: the larger of two numbers, not their sum.
# m knots instead of m pieces: `for _ in range(m):` -> `for _ in range(m - 1):`
#   m pieces have m + 1 knots: one round for each piece.
# one piece too many: `for _ in range(m):` -> `for _ in range(m + 1):`
#   One round for each piece: m of them.
# exactly m pieces: `new = best.copy()` -> `new = np.full(n, np.inf)`
#   At *most* m pieces: a line with fewer may be better, since every knot must be a sample. Keep what was found with fewer.
# squares instead of distances: `np.abs(v[i : j + 1] - chord).max()` -> `((v[i : j + 1] - chord) ** 2).max()`
#   The sup norm asks for distances, without a square.
# the mean miss instead of the largest: `np.abs(v[i : j + 1] - chord).max()` -> `np.abs(v[i : j + 1] - chord).mean()`
#   No place may be bad: the largest miss of a piece counts.
# samples are taken for equally spaced: `(v[j] - v[i]) / (x[j] - x[i]) * (x[i : j + 1] - x[i])` -> `(v[j] - v[i]) / (j - i) * np.arange(j - i + 1)`
#   The spacing of the samples is free: the chord is straight over x, not over the number of the sample.
# the line may end anywhere: `return float(best[-1])` -> `return float(best[1:].min())`
#   The line reaches to the last sample, so the answer stands at the last place.
# knots at equal numbers of samples
# -     n = len(x)
# -     best = np.full(n, np.inf)
# -     best[0] = 0
# -     for _ in range(m):
# -         new = best.copy()
# -         for j in range(1, n):
# -             for i in range(j):
# -                 chord = v[i] + (v[j] - v[i]) / (x[j] - x[i]) * (x[i : j + 1] - x[i])
# -                 miss = np.abs(v[i : j + 1] - chord).max()
# -                 new[j] = min(new[j], max(best[i], miss))
# -         best = new
# -     return float(best[-1])
# +     knots = np.unique(np.linspace(0, len(x) - 1, m + 1).round().astype(int))
# +     return np.abs(np.interp(x, x[knots], v[knots]) - v).max()
#   Which samples are knots is yours to choose, and equal numbers are seldom the best choice.
# the knot with the largest miss is added, again and again
# -     n = len(x)
# -     best = np.full(n, np.inf)
# -     best[0] = 0
# -     for _ in range(m):
# -         new = best.copy()
# -         for j in range(1, n):
# -             for i in range(j):
# -                 chord = v[i] + (v[j] - v[i]) / (x[j] - x[i]) * (x[i : j + 1] - x[i])
# -                 miss = np.abs(v[i : j + 1] - chord).max()
# -                 new[j] = min(new[j], max(best[i], miss))
# -         best = new
# -     return float(best[-1])
# +     knots = [0, len(x) - 1]
# +     for _ in range(m - 1):
# +         miss = np.abs(np.interp(x, x[knots], v[knots]) - v)
# +         knots = sorted({*knots, int(miss.argmax())})
# +     return np.abs(np.interp(x, x[knots], v[knots]) - v).max()
#   To add the worst place is greedy: a good line, but not always the best one. Keep the best lines to *every* sample.
