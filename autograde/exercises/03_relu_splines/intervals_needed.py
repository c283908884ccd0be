"""Exercise 3.4: how many pieces the error bound asks for."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.drawing import Rng, eighths
from mlp_reference import splines


def _between(rng: Rng) -> Arguments:
    """The bound asks for m - 0.4 intervals or so: no rounding decides."""
    m, a, length = int(rng.integers(3, 40)), float(eighths(rng)), float(rng.choice([1.5, 2.0, 3.0, 6.0]))
    M2 = float(rng.choice([0.75, 3.0, 10.0, 25.0]))
    exact = m - float(rng.choice([0.75, 0.625, 0.375, 0.25]))
    return M2 * length**2 / (8 * exact**2), M2, a, a + length


def _just_missed(rng: Rng) -> Arguments:
    """A hundred-thousandth more than m intervals: far more than round-off, so it takes one more."""
    m, M2, length = int(rng.integers(3, 40)), float(rng.choice([0.75, 3.0, 10.0])), float(rng.choice([1.5, 2.0, 3.0]))
    return M2 * length**2 / (8 * (m + 1e-5) ** 2), M2, 0.0, length


def _tie(rng: Rng) -> Arguments:
    """Exactly m intervals: M2, 8 eps and their quotient are squares, so every way to compute it is free of rounding."""
    m, h, a = int(rng.integers(2, 30)), 2.0 ** int(rng.integers(-3, 2)), float(rng.integers(-8, 9))
    M2 = float(rng.choice([0.25, 1.0, 4.0, 9.0, 16.0]))
    return h**2 * M2 / 8, M2, a, a + m * h


def _whole_numbers(rng: Rng) -> Arguments:
    """The bound asks for (b - a) sqrt(k) / 2 intervals, which is no whole number for these."""
    a = int(rng.integers(-8, 9))
    return 1, int(rng.choice([2, 3, 5, 7]) * 2), a, a + int(rng.choice([5, 7, 9]))


def _one_is_enough(rng: Rng) -> Arguments:
    return float(rng.choice([4.0, 10.0])), float(rng.choice([0.5, 1.0])), -1.0, float(rng.choice([0.5, 1.0]))


def _many(rng: Rng) -> Arguments:
    m = int(rng.integers(800, 3000))
    return 9.0 * 16.0 / (8 * (m - 0.5) ** 2), 9.0, -1.0, 3.0


def _very_many(rng: Rng) -> Arguments:
    m = int(rng.integers(30_000, 90_000))
    return 9.0 * 16.0 / (8 * (m + 1e-5) ** 2), 9.0, -4.0, 0.0


def _exactly_one(rng: Rng) -> Arguments:
    h = 2.0 ** int(rng.integers(-3, 2))
    return 4.0 * h**2 / 8, 4.0, 0.0, h


exercise = Exercise(
    reference=splines.intervals_needed,
    integers=True,
    cases=[
        Case("a number to round up", [_between], times=8),
        Case("the bound is met exactly, or just missed", [_tie, _tie, _tie, _tie, _just_missed], times=10),
        Case(
            "one interval is enough",
            [_one_is_enough, lambda rng: (float(rng.choice([0.5, 0.01])), 0.0, -2.0, 3.0)],
            times=4,
        ),
        Case("whole numbers", [_whole_numbers], weight=0.5),
        Case("a small error, thousands of intervals", [_many], times=2),
        Case("tens of thousands of intervals, and a hundred-thousandth more; one exactly", [_very_many, _exactly_one], times=4, weight=0.5),
    ],
)

# %% hints
# 1. With m equal intervals, how wide is each? Put that width into the bound and solve for m.
# 2. (b - a)**2 * M2 / (8 * m**2) <= eps gives m >= sqrt(M2 * (b - a)**2 / (8 * eps)).
# 3. `math.ceil` rounds up and gives an int; `max(1, ...)` covers the straight line, where M2 = 0. A loop over m
#    works, too.

# %% elegant
# The bound, solved for m and rounded up. `max(1, ...)` says what the formula does not: a straight line asks for
# no interval, and gets one.

# %% right
import math

def intervals_needed(eps, M2, a, b):
    root = math.sqrt(M2 * (b - a) ** 2 / (8 * eps))
    return max(1, math.ceil(root))

# %% right
def intervals_needed(eps, M2, a, b):
    m = 1
    while ((b - a) / m) ** 2 * M2 / 8 > eps:
        m += 1
    return m

# %% right
def intervals_needed(eps, M2, a, b):
    if M2 == 0:
        return 1
    h = np.sqrt(8 * eps / M2)
    return int(max(np.ceil((b - a) / h), 1))

# %% right
def intervals_needed(eps, M2, a, b):
    return np.int64(max(1, np.ceil((b - a) * (M2 / (8 * eps)) ** 0.5)))

# %% right
from fractions import Fraction

def intervals_needed(eps, M2, a, b):
    # exact: binary search in whole numbers
    eps, M2, length = Fraction(eps), Fraction(M2), Fraction(b) - Fraction(a)
    low, high = 1, 1
    while length**2 * M2 > 8 * eps * high**2:
        high *= 2
    while low < high:
        middle = (low + high) // 2
        if length**2 * M2 <= 8 * eps * middle**2:
            high = middle
        else:
            low = middle + 1
    return low

# %% right
import itertools

def intervals_needed(eps, M2, a, b):
    return next(m for m in itertools.count(1) if (b - a) ** 2 / m**2 * M2 <= 8 * eps)

# %% right
import math

def intervals_needed(eps, M2, a, b):
    return -int(-math.sqrt(M2) * (b - a) / math.sqrt(8 * eps) // 1) or 1

# %% wrong
# rounded down: `math.ceil(root)` -> `math.floor(root)`
#   With fewer intervals than the root the bound is above eps: round up.
# rounded to the nearest number: `math.ceil(root)` -> `round(root)`
#   3.2 intervals are more than 3: round up, always.
# one interval too many where the bound is met exactly: `math.ceil(root)` -> `math.floor(root) + 1`
#   The bound may *equal* eps. `math.ceil` leaves a whole number as it is; `int(...) + 1` does not, nor does a loop with
#   `>=`.
# a float comes back: `max(1, math.ceil(root))` -> `float(…)`
#   A number of intervals is an int. `np.ceil` gives a float: use `math.ceil`, or `int(...)` around it.
# the 8 is left out: `8 * eps` -> `eps`
#   The bound is width**2 * M2 / 8.
# 2 instead of 8: `8 * eps` -> `2 * eps`
#   width**2 * M2 / 2 bounds a Taylor step, with one point known. A chord knows both ends, and errs at most
#   width**2 * M2 / 8.
# 4 instead of 8: `8 * eps` -> `4 * eps`
#   (x - t_j)(t_{j+1} - x) is at most width**2 / 4, and there is a factor 1/2 in front of f'': together 8.
# the root is missing: `math.sqrt(M2 * (b - a) ** 2 / (8 * eps))` -> `M2 * (b - a) ** 2 / (8 * eps)`
#   The bound contains the width squared, so the number of intervals goes with the square *root* of M2 / eps.
# the length of the interval is not squared: `(b - a) ** 2` -> `(b - a)`
#   The width is (b - a) / m, and it is squared in the bound.
# the length of the interval is left out: without `* (b - a) ** 2`
#   m intervals cover b - a: the width of each is (b - a) / m, not 1 / m.
# b instead of the length b - a: `(b - a)` -> `b`
#   The interval starts at a, which need not be 0.
# the number of knots instead of intervals: `math.ceil(root))` -> `… + 1`
#   m intervals have m + 1 knots; asked is m.
# the 8 stands on the wrong side: `M2 * (b - a) ** 2 / (8 * eps)` -> `8 * M2 * (b - a) ** 2 / eps`
#   width**2 * M2 / 8 <= eps means (b - a)**2 * M2 <= 8 * eps * m**2: the 8 belongs to eps.
# multiplies by eps instead of dividing: `/ (8 * eps)` -> `/ 8 * eps`
#   A smaller error needs more intervals. In Python `x / 8 * eps` is `(x / 8) * eps`: put 8 * eps in brackets.
# eps stands outside the root: `math.sqrt(M2 * (b - a) ** 2 / (8 * eps))` -> `math.sqrt(M2 * (b - a) ** 2 / 8) / eps`
#   A hundredth of the error costs ten times the intervals, not a hundred times: eps belongs under the root, too.
# M2 stands outside the root: `math.sqrt(M2 * (b - a) ** 2 / (8 * eps))` -> `M2 * math.sqrt((b - a) ** 2 / (8 * eps))`
#   Solve width**2 * M2 / 8 <= eps for the width: M2 comes under the root.
# 0 where one interval is needed: `max(1, math.ceil(root))` -> `math.ceil(root)`
#   Where f is straight, M2 = 0 and the bound holds for any width, but there must be one interval at least.
# fails for a straight line: `math.sqrt(M2 * (b - a) ** 2 / (8 * eps))` -> `(b - a) / math.sqrt(8 * eps / M2)`
#   M2 may be 0: then one interval is enough, and nothing may be divided by M2.
# doubles the number until the bound holds
#   `return max(1, math.ceil(root))` -> `m = 1 ⏎ while m < root: m *= 2 ⏎ return m`
#   That finds *a* number that is enough. The least one is asked for.
# the width of an interval instead of their number: `(M2 * (b - a) ** 2 / (8 * eps))` -> `(8 * eps / M2) if M2 else 0`
#   sqrt(8 * eps / M2) is the largest width that the bound allows. How many of these cover b - a?
# the width without its square: `math.sqrt(M2 * (b - a) ** 2 / (8 * eps))` -> `M2 * (b - a) / (8 * eps)`
#   The bound has the *square* of the width of an interval in it: solve it for the width, with a root.
# never fewer than two intervals: `max(1, math.ceil(root))` -> `max(2, math.ceil(root))`
#   One interval may be enough: a count that is raised before it is tried begins with 2.
# only M2 is under the root: `math.sqrt(M2 * (b - a) ** 2 / (8 * eps))` -> `(b - a) * math.sqrt(M2) / (8 * eps)`
#   | `(b - a) * math.sqrt(M2) / (8 * math.sqrt(eps))`
#   The bound contains the width squared, so the whole quotient M2 / (8 eps) goes under the root.
# the width of an interval is returned: `root = math` -> `if M2 == 0: return 1 ⏎ return math.sqrt(8 * eps / M2) ⏎ …`
#   That is how wide an interval may be. Asked is how many of them cover b - a.
# the bound of another rule: `math.sqrt(M2 * (b - a) ** 2 / (8 * eps))` -> `math.sqrt(M2 * (b - a) ** 3 / (12 * eps))`
#   That is the error of an integral by the trapezoidal rule. Here it is the distance of the curve from a chord: width**2 * M2 / 8.
# rounded up with too much mercy: `math.ceil(root)` -> `math.ceil(root - 0.01)`
#   Taking a little away hides round-off, but this is more than that: where the bound is missed by a trifle it is missed.
