"""Starred exercise 7: the earth mover's distance of samples of different sizes."""

from collections.abc import Callable
from typing import Any

import numpy as np
from jaxtyping import Real

from autograde.exercises.support.drawing import Array, Rng, eighths
from autograde.exercises.support.variants import each_whole, sized
from autograde.judging.compare import as_numbers
from autograde.judging.exercise import Arguments, Case, Exercise, Unusable
from autograde.runtime.values import plain


FINE, NEAR = 10_000, 0.005  # places; relative to the answer
_BROKEN = (
    "it is the area between two broken lines, as `np.quantile` draws them. Between two grains there is no earth: the quantiles of a "
    "sample are a staircase"
)


def wasserstein_any(x: Real[np.ndarray, " n"], y: Real[np.ndarray, " m"]) -> float:
    """Each grain of both is cut into as many equal parts as the other sample has: then sizes are equal."""
    fine = np.repeat(np.sort(x), len(y)) - np.repeat(np.sort(y), len(x)).astype(float)
    return float(np.abs(fine).mean())


def _of_broken_lines(x: Array, y: Array) -> float:
    """What comes of quantiles with lines between them, on a fine grid."""
    places = (np.arange(FINE) + 0.5) / FINE
    return float(np.abs(np.quantile(x, places) - np.quantile(y, places)).mean())


def told_of(fn: Callable[..., Any], x: Array, y: Array) -> Any:
    """What is judged: the number as it came, but where quantiles on a fine grid, however fine, have led to it."""
    value = plain(fn(x, y))
    got = as_numbers(value)
    if got is None or got.size != 1 or got.dtype.kind not in "iuf":
        return value
    number, broken = float(got.reshape(())), _of_broken_lines(x, y)
    if abs(number - broken) < NEAR * broken < abs(wasserstein_any(x, y) - broken) / 2:
        raise Unusable(_BROKEN)
    return value


def _both_ways(make: Callable[[Rng], Arguments]) -> Callable[[Rng], Arguments]:
    """Samples of which some must go to the left and some to the right."""

    def made(rng: Rng) -> Arguments:
        while True:
            x, y = make(rng)
            if wasserstein_any(x, y) > abs(x.mean() - y.mean()) + 0.05:
                return x, y

    return made


def _sizes(rng: Rng) -> Arguments:
    n, m = ((3, 5), (7, 4), (5, 8), (6, 4))[int(rng.integers(4))]
    return eighths(rng, n), eighths(rng, m) + 0.5


def _of_sizes(n: int, m: int) -> Callable[[Rng], Arguments]:
    return lambda rng: (eighths(rng, n), eighths(rng, m) + 0.5)


def _apart(rng: Rng) -> Arguments:
    return eighths(rng, 4) - 20.0, eighths(rng, 6)


def _around(rng: Rng) -> Arguments:
    """Both have the same mean, to which one of them is nearer."""
    x = eighths(rng, 5)
    return x, np.array([x.mean() - 4, x.mean() + 4])


def _ties(rng: Rng) -> Arguments:
    """Numbers that both have, some several times."""
    return rng.integers(0, 4, 6), rng.integers(0, 4, 4)


def _single(rng: Rng) -> Arguments:
    return eighths(rng, 1), eighths(rng, 5)


def _single_to_fill(rng: Rng) -> Arguments:
    """One hole, between the grains."""
    x = eighths(rng, 5)
    return x, np.array([x.mean()])


def _single_precision(rng: Rng) -> Arguments:
    x, y = _sizes(rng)
    return x.astype(np.float32), y.astype(np.float32)


def _equal(rng: Rng) -> Arguments:
    return eighths(rng, 5), eighths(rng, 5)


exercise = Exercise(
    reference=wasserstein_any,
    probe=told_of,
    cases=[
        Case("samples of different sizes", [_both_ways(_sizes)], times=4),
        Case("sizes of which one divides the other", [_both_ways(_of_sizes(*sizes)) for sizes in ((2, 6), (15, 5), (3, 9), (12, 4))], times=4),
        Case("whole numbers beside others; large and tiny numbers", [*each_whole(_both_ways(_sizes), 0, 1), *sized(_both_ways(_sizes), 0, 1)], times=4, weight=0.5),
        Case("far apart; around the same mean", [_apart, _around], times=4),
        Case("numbers that occur in both", [_both_ways(_ties)], times=3),
        Case("a single number; equal sizes, single precision", [*map(_both_ways, (_single, _single_to_fill, _equal, _single_precision))], times=4, weight=0.5),
    ],
)

# %% hints
# 1. Each x weighs 1/n and each y weighs 1/m, so a grain may have to be cut. Into how many equal parts must each x and each y be cut so that
#    all parts weigh the same?
# 2. Each x into m parts and each y into n parts: `np.repeat(np.sort(x), m)` and `np.repeat(np.sort(y), n)` have the same size. Or count from
#    the left: at each place the mass that must cross it is the difference of the shares of x and of y that lie left of it or at it.

# %% elegant
# The sum of the areas between two staircases: at each place the difference of the shares on its left is the mass that must cross
# it. No matching is ever written down.

# %% right
def wasserstein_any(x, y):
    every = np.sort(np.concatenate([x, y]))
    left_x = np.searchsorted(np.sort(x), every[:-1], side="right") / len(x)
    left_y = np.searchsorted(np.sort(y), every[:-1], side="right") / len(y)
    crossing = np.abs(left_x - left_y)
    return np.sum(crossing * np.diff(every))

# %% right
def wasserstein_any(x, y):
    a, b = np.repeat(np.sort(x), len(y)), np.repeat(np.sort(y), len(x))
    return float(np.mean(np.abs(a - b)))

# %% right
from fractions import Fraction

def wasserstein_any(x, y):
    # carry grain by grain, as far as both last
    xs = [[float(a), Fraction(1, len(x))] for a in sorted(x)]
    ys = [[float(a), Fraction(1, len(y))] for a in sorted(y)]
    work = 0.0
    while xs and ys:
        mass = min(xs[0][1], ys[0][1])
        work += float(mass) * abs(xs[0][0] - ys[0][0])
        for heap in (xs, ys):
            heap[0][1] -= mass
            if heap[0][1] == 0:
                heap.pop(0)
    return work

# %% wrong
# mass that crosses to the left and to the right cancels: `np.abs(left_x - left_y)` -> `(left_x - left_y)`
#   Ways to the left and to the right both cost: take the size of what crosses a place.
# the distance of the means: `return np.sum(crossing * np.diff(every))` -> `return abs(np.mean(x) - np.mean(y))`
#   Two samples with the same mean may still be far from each other: one may be wider.
# numbers instead of shares: `side="right") / len(x)` -> `side="right")`, `side="right") / len(y)` -> `side="right")`
#   Each x weighs 1/n and each y weighs 1/m: divide each count by its own size.
# both shares of the first size: `side="right") / len(y)` -> `side="right") / len(x)`
#   Each y weighs 1 over the number of y.
# y is not sorted: `np.searchsorted(np.sort(y),` -> `np.searchsorted(y,`
#   searchsorted wants a sorted array: sort both.
# x is not sorted: `np.searchsorted(np.sort(x),` -> `np.searchsorted(x,`
#   searchsorted wants a sorted array: sort both.
# neither x nor y is sorted: `np.searchsorted(np.sort(x),` -> `np.searchsorted(x,`, `np.searchsorted(np.sort(y),` -> `np.searchsorted(y,`
#   searchsorted wants a sorted array: sort both.
# only what lies strictly left counts: `side="right") / len(x)` -> `side="left") / len(x)`, `side="right") / len(y)` -> `side="left") / len(y)`
#   or `every[:-1], side="right") / len(x)` -> `every[1:], side="right") / len(x)`,
#   `every[:-1], side="right") / len(y)` -> `every[1:], side="right") / len(y)`
#   On the way from one place to the next all grains that lie left of the way must be counted, those *at* its left end, too: with
#   `side="right"` at the left end, or `side="left"` at the right one.
# the parts are not sorted: `every = np.sort(np.concatenate([x, y]))` -> `return np.mean(np.abs(np.repeat(x, len(y)) - np.repeat(y, len(x)))) ⏎ …`
#   | `return np.mean(np.abs(np.repeat(np.sort(x), len(y)) - np.repeat(y, len(x)))) ⏎ …`
#   | `return np.mean(np.abs(np.repeat(x, len(y)) - np.repeat(np.sort(y), len(x)))) ⏎ …`
#   The cheapest plan keeps the order: sort both before the grains are cut.
# whole samples are repeated instead of each grain
#   `every = np.sort(np.concatenate([x, y]))` -> `return np.mean(np.abs(np.tile(np.sort(x), len(y)) - np.tile(np.sort(y), len(x)))) ⏎ …`
#   | `return np.mean(np.abs(np.tile(x, len(y)) - np.tile(y, len(x)))) ⏎ …`
#   `np.tile` puts whole samples one after the other, so small numbers meet large ones. The parts of one grain must lie side by side:
#   `np.repeat`.
# squares of the crossing mass: `np.abs(left_x - left_y)` -> `(left_x - left_y)**2`
#   Work is mass times way: the mass itself, not its square.
# the largest difference of the shares: `np.sum(crossing * np.diff(every))` -> `np.max(crossing)`
#   That is the statistic of Kolmogorov and Smirnov. It knows no distances: multiply each crossing mass by its way.
# the ways are forgotten: `np.sum(crossing * np.diff(every))` -> `np.sum(crossing)`
#   Work is mass times way: multiply by the distance to the next place.
# the shorter size decides: `every = np.sort(np.concatenate([x, y]))` -> `m = min(len(x), len(y)) ⏎ return np.mean(np.abs(np.sort(x)[:m] - np.sort(y)[:m])) ⏎ …`
#   Every grain of both has to be carried: don't leave out the largest ones.
# quantiles with lines between them
#   `every = np.sort(np.concatenate([x, y]))` -> `p = np.linspace(0, 1, max(len(x), len(y))) ⏎ return np.mean(np.abs(np.quantile(x, p) - np.quantile(y, p))) ⏎ …`
#   | `m = max(len(x), len(y)) ⏎ p = (np.arange(m) + 0.5) / m ⏎ return np.mean(np.abs(np.quantile(x, p) - np.quantile(y, p))) ⏎ …`
#   | `p = np.linspace(0, 1, 1000) ⏎ return np.mean(np.abs(np.quantile(x, p) - np.quantile(y, p))) ⏎ …`
#   | `p = (np.arange(len(x) * len(y)) + 0.5) / (len(x) * len(y)) ⏎ return np.mean(np.abs(np.quantile(x, p) - np.quantile(y, p))) ⏎ …`
#   | `p = np.linspace(0, 1, np.lcm(len(x), len(y))) ⏎ return np.mean(np.abs(np.quantile(x, p) - np.quantile(y, p))) ⏎ …`
#   | `p = np.linspace(0, 1, len(x) * len(y)) ⏎ return np.mean(np.abs(np.quantile(x, p) - np.quantile(y, p))) ⏎ …`
#   Between two grains there is no earth: the quantiles of a sample are a staircase, not a broken line.
# each to each: `every = np.sort(np.concatenate([x, y]))` -> `return np.abs(np.subtract.outer(np.asarray(x), np.asarray(y))).mean() ⏎ …`
#   That is the mean distance of all pairs. A plan carries each grain once, and the cheapest one keeps the order.
# the shorter sample is repeated from its beginning: `every = np.sort` -> `n = max(len(x), len(y)); return np.mean(np.abs(np.sort(np.resize(x, n)) - np.sort(np.resize(y, n)))) ⏎ every = np.sort`
#   Then some grains weigh more than others. Each x has the mass 1/n, each y 1/m: cut the grains instead.
# repeated numbers count once: `every = np.sort` -> `x, y = np.unique(x), np.unique(y) ⏎ every = np.sort`
#   Two grains at one place are two grains: `np.unique` and `set` lose one of them.
# every grain goes to its nearest hole: `return np.sum(crossing * np.diff(every))` -> `return np.mean([np.abs(y - a).min() for a in x])`
#   Then some holes stay empty. All of them have to be filled, each with its share.
# the places are not sorted: `every = np.sort(np.concatenate([x, y]))` -> `every = np.concatenate([x, y])`,
#   `np.diff(every)` -> `np.abs(np.diff(every))` | `…`
#   The line is crossed from left to right: sort all places before you take their distances.
