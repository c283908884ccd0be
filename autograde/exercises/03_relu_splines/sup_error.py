"""Exercise 3.3: the largest distance of two functions on a grid."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.drawing import Rng, eighths
from autograde.judging.exercise import Formula
from mlp_reference import splines


def _line(rng: Rng) -> Formula:
    return Formula(f"{float(eighths(rng))!r} * x + {float(eighths(rng))!r}")


def _interval(rng: Rng) -> tuple[float, float]:
    a = float(eighths(rng)) - 4.0  # left of 0, at least in part
    return a, a + float(rng.choice([4.0, 8.0]))


def _parabola(rng: Rng) -> Arguments:
    """A parabola and a line that crosses it; the curve is above in the middle or below, at random."""
    (a, b), n = _interval(rng), int(rng.choice([5, 9, 17]))
    sign = "" if rng.integers(2) else "-"
    return Formula(f"{sign}(x - {float(eighths(rng))!r})**2"), _line(rng), a, b, n


def _middle(rng: Rng) -> Arguments:
    """The largest distance lies inside, with f below g; it is small near both ends."""
    a, h = float(eighths(rng)), float(rng.choice([0.5, 1.0]))
    bump = Formula(f"1.5 - 3.0 / (1 + (x - {a + 3 * h!r})**2)")
    return bump, Formula("1.5 + 0.125 * np.sin(x)"), a, a + 8 * h, 9


def _right_end(rng: Rng) -> Arguments:
    """Largest at b alone."""
    a, b = _interval(rng)
    return Formula(f"0.5 * np.exp(0.5 * (x - {a!r}))"), Formula(f"-0.25 * (x - {a!r})"), a, b, 5


def _left_end(rng: Rng) -> Arguments:
    """Largest at a alone."""
    a, b = _interval(rng)
    return Formula(f"np.exp(0.5 * ({b!r} - x))"), Formula("0.25 * np.cos(x)"), a, b, 5


def _two_points(rng: Rng) -> Arguments:
    f, g, a, b, _ = _parabola(rng)
    return f, g, a, b, 2


def _default(rng: Rng) -> Arguments:
    """A narrow spike, a quarter high, that a grid of other fineness misses."""
    a, i = float(eighths(rng)), int(rng.integers(100, 900))
    spike = f"0.25 * np.exp(-(2000 * (x - {a + 2 * i / 1000!r}))**2)"
    return Formula(spike), Formula("-0.0625 * np.sin(x)**2"), a, a + 2.0


def _fine(rng: Rng) -> Arguments:
    """A grid finer than by default: it alone meets the spike, and what others find depends on the interval."""
    a, i = float(eighths(rng)), 2 * int(rng.integers(200, 1800)) + 1
    spike = f"0.25 * np.exp(-(8000 * (x - {a + 2 * i / 4000!r}))**2)"
    return Formula(spike), Formula("0.02 * x - 0.01"), a, a + 2.0, 4001


def _whole_numbers(rng: Rng) -> Arguments:
    """Ends that are integers, between which the points of the grid are none."""
    f, g, a, *_ = _parabola(rng)
    return f, g, round(a), round(a) + 3, 9


def _even(rng: Rng) -> Arguments:
    """Largest at one inner point."""
    f, g, a, b, n = _middle(rng)
    return f, g, a, b - (b - a) / (n - 1), n - 1


def _from_zero(rng: Rng) -> Arguments:
    f, g, _, _, n = _parabola(rng)
    return f, g, 0.0, float(rng.choice([2.0, 4.0])), n


def _to_zero(rng: Rng) -> Arguments:
    f, g, _, _, n = _parabola(rng)
    return f, g, -float(rng.choice([2.0, 4.0])), 0.0, n


def _equal(rng: Rng) -> Arguments:
    """No distance anywhere."""
    f, _, a, b, n = _parabola(rng)
    return f, Formula(f.__name__.removeprefix("lambda x: ")), a, b, n


exercise = Exercise(
    reference=splines.sup_error,
    cases=[
        Case("curves that cross", [_parabola, _parabola, _middle], times=9),
        Case("the largest distance at an end of the interval", [_right_end, _left_end], times=4),
        Case("n left to its default, and above it", [_default, _fine], times=4),
        Case("two points, the ends", [_two_points]),
        Case("ends that are whole numbers", [_whole_numbers], times=2, weight=0.5),
        Case("an even number of points, an end at 0, equal functions", [_even, _from_zero, _to_zero, _equal], times=4, weight=0.5),
    ],
)

# %% hints
# 1. Three steps: a grid, the distance at every point of the grid, the largest of them.
# 2. `np.linspace(a, b, n)` makes n points with both ends in. `f` and `g` take the whole array at once.
# 3. A distance has no sign: `np.abs(f(x) - g(x))`, and of that the maximum.

# %% elegant
# Both functions are called once, on all points. Largest distance is one expression that reads like its formula.

# %% right
def sup_error(f, g, a, b, n=1001):
    x = np.linspace(a, b, n)
    return np.max(np.abs(f(x) - g(x)))

# %% right
def sup_error(f, g, a, b, n=1001):
    worst = 0.0
    for i in range(n):
        x = a + (b - a) * i / (n - 1)
        worst = max(worst, abs(f(x) - g(x)))
    return worst

# %% right
def sup_error(f, g, a, b, n=1001):
    x = np.linspace(a, b, num=n).reshape(-1, 1)
    gap = f(x) - g(x)
    return max(gap.max(), -gap.min())

# %% right
def sup_error(f, g, a, b, n=1001):
    step = (b - a) / (n - 1)
    x = np.arange(n) * step + a
    return np.linalg.norm(f(x) - g(x), ord=np.inf)

# %% right
def sup_error(f, g, a, b, n=1001):
    distances = sorted(abs(float(f(x)) - float(g(x))) for x in np.linspace(a, b, n))
    return np.array(distances[-1])

# %% right
def sup_error(f, g, a, b, n=1001):
    share = np.linspace(1, 0, n)
    x = share * a + (1 - share) * b
    return np.sqrt(np.square(np.vectorize(f)(x) - np.vectorize(g)(x)).max())

# %% wrong
# the mean distance instead of the largest: `np.max` -> `np.mean`
#   A mean forgives one bad place; the theorem promises that no place is bad. Take the largest distance.
# the sign of the difference is kept: `np.max(np.abs(f(x) - g(x)))` -> `np.max(f(x) - g(x))` | `max(np.max(f(x) - g(x)), 0.0)`
#   Where f lies below g the difference is negative, however far apart they are. Take absolute values first.
# the absolute value comes after the maximum: `np.max(np.abs(f(x) - g(x)))` -> `np.abs(np.max(f(x) - g(x)))`
#   The maximum has already thrown away the most negative difference: absolute values first, then the largest.
# the difference of the two maxima: `np.max(np.abs(f(x) - g(x)))` -> `np.abs(np.max(f(x)) - np.max(g(x)))` |
#   `np.abs(np.max(np.abs(f(x))) - np.max(np.abs(g(x))))`
#   Two functions may have the same maximum at different places. Compare them at the same x.
# compares absolute values of the functions: `max(np.abs(f(x) - g(x)))` -> `max(np.abs(np.abs(f(x)) - np.abs(g(x))))`
#   f = 1 and g = -1 are 2 apart: subtract first, then take the absolute value.
# the right end is left out: `np.linspace(a, b, n)` -> `np.linspace(a, b, n, endpoint=False)`
#   Both ends belong to the grid, a and b.
# both ends are left out: `np.linspace(a, b, n)` -> `np.linspace(a, b, n + 2)[1:-1]`
#   Both ends belong to the grid: the first point is a, the last is b.
# n intervals instead of n points: `np.linspace(a, b, n)` -> `np.linspace(a, b, n + 1)`
#   n counts the points, both ends included; there is one interval fewer.
# one point too few: `np.linspace(a, b, n)` -> `np.linspace(a, b, n - 1)`
#   The grid has n points, both ends included.
# n is ignored: `np.linspace(a, b, n)` -> `np.linspace(a, b, 1001)`
#   1001 is only the default: use the `n` that was given.
# n is not passed on to the grid: `np.linspace(a, b, n)` -> `np.linspace(a, b)`
#   Without a number `np.linspace` makes 50 points: pass `n`.
# n has another default: `n=1001` -> `n=1000`
#   Where `n` is not given the grid has 1001 points: `n=1001`.
# the Euclidean norm of all distances: `np.max(np.abs(f(x) - g(x)))` -> `np.linalg.norm(f(x) - g(x))`
#   `np.linalg.norm` adds up squares. The largest entry in size is another norm.
# always on [0, 1]: `np.linspace(a, b, n)` -> `np.linspace(0, 1, n)`
#   The grid runs from a to b.
# the root of the mean square: `np.max(np.abs(f(x) - g(x)))` -> `np.sqrt(np.mean((f(x) - g(x)) ** 2))`
#   That is another norm, which averages. Here the worst place counts alone.
# the largest squared distance: `np.max(np.abs(f(x) - g(x)))` -> `np.max((f(x) - g(x)) ** 2)`
#   A distance is asked for, not its square: `np.abs` instead of `** 2`.
# the place instead of the distance: `np.max(np.abs(f(x) - g(x)))` -> `x[np.argmax(np.abs(f(x) - g(x)))]`
#   `argmax` finds where it is largest; asked is how large it is.
# relative to the size of f: `np.max(np.abs(f(x) - g(x)))` -> `… / np.max(np.abs(f(x)))`
#   The distance itself is asked for, in the units of f.
# the sum of all distances: `np.max` -> `np.sum`
#   A sum grows with n. Take the largest of the distances.
# all distances instead of the largest: `np.max(np.abs(f(x) - g(x)))` -> `np.abs(f(x) - g(x))`
#   One step is missing: the largest entry.
# the smallest distance: `np.max` -> `np.min`
#   The two curves may touch somewhere; what counts is where they are farthest apart.
# only the two ends are compared: `np.linspace(a, b, n)` -> `np.array([a, b])`
#   The worst place may be anywhere in between: look at all n points of the grid.
# the sizes are subtracted: `np.abs(f(x) - g(x))` -> `np.abs(f(x)) - np.abs(g(x))`
#   f = 1 and g = -1 are 2 apart: subtract first, then take the absolute value.
# only the last place counts: `np.max(np.abs(f(x) - g(x)))` -> `np.abs(f(x) - g(x))[-1]`
#   In the loop every distance replaces the one before: keep the larger of both.
# the right end is left out, the step is right: `np.linspace(a, b, n)` -> `np.arange(n - 1) * ((b - a) / (n - 1)) + a`
#   The places lie at the right distances, but stop one before b, as `np.arange(a, b, step)` does, or a loop that ends
#   one turn too early. Both ends belong to the grid: `np.linspace(a, b, n)`.
# the places lie in the middles of n intervals: `np.linspace(a, b, n)` -> `a + (b - a) / n * (np.arange(n) + 0.5)`
#   Both ends belong to the grid: the first point is a, the last is b.
# from the lowest to the highest difference: `np.max(np.abs(f(x) - g(x)))` -> `np.ptp(f(x) - g(x))`
#   That is how much the difference varies. Asked is how large it is, in size, at its worst place.
# f of g: `f(x) - g(x)` -> `f(g(x))`
#   The two functions are compared at the same x: f(x) - g(x).
# the index of the largest distance: `np.max(` -> `np.argmax(`
#   `argmax` tells where it is, in the list of the points. The distance itself is wanted: `max`.
# the relative distance: `np.abs(f(x) - g(x))` -> `np.abs((f(x) - g(x)) / f(x))`
#   The sup norm is the plain distance: it is not divided by the values.
