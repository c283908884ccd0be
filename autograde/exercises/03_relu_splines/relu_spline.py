"""Exercise 3.2: a hidden layer that is a broken line through given points."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support import pictures
from autograde.exercises.support.special import each_zero, with_ties
from autograde.exercises.support.variants import each_whole
from autograde.exercises.support.drawing import Rng, eighths
from autograde.exercises.support.nets import spline_values
from autograde.exercises.support.families import exchanged, other_error
from mlp_reference import splines

_GAPS = (0.25, 0.5, 1.0, 2.0)  # powers of two: slopes and their changes are exact


def _knots(rng: Rng, m: int, start: float) -> Arguments:
    """Unequal gaps that begin and end with two different ones; values that are never 0 and never repeat."""
    gaps = rng.choice(_GAPS, m)
    gaps[0], gaps[-1] = (0.5, 2.0) if m > 1 else (0.5, 0.5)
    v = eighths(rng, m + 1)
    while (np.diff(v) == 0).any() or (np.diff(v, 2) == 0).any():
        v = eighths(rng, m + 1)
    return start + np.append(0.0, np.cumsum(gaps)), v


def _points(rng: Rng) -> Arguments:
    return _knots(rng, int(rng.integers(3, 8)), float(eighths(rng)))


def _single_precision(rng: Rng) -> Arguments:
    t, v = _points(rng)
    return t.astype(np.float32), v.astype(np.float32)


def _whole_numbers(rng: Rng) -> Arguments:
    t, v = _points(rng)
    return (8 * t).astype(np.int64), (8 * v).astype(np.int64)


def _repeated(rng: Rng, at: int) -> Arguments:
    """Knot number ``at`` stands twice, with another value each time."""
    t, v = _points(rng)
    t[at + 1] = t[at]
    return t, v


def _the_same_point_twice(rng: Rng) -> Arguments:
    t, v = _points(rng)
    return np.insert(t, 1, t[1]), np.insert(v, 1, v[1])


def _out_of_order(rng: Rng, at: int) -> Arguments:
    t, v = _points(rng)
    t[[at, at + 1]] = t[[at + 1, at]]
    return t, v


def _level(rng: Rng) -> Arguments:
    t, v = _points(rng)
    return t, np.full_like(v, v[0])


def _backwards(rng: Rng) -> Arguments:
    t, v = _points(rng)
    return t[::-1].copy(), v


def _close(rng: Rng, gap: float = 2.0**-28) -> Arguments:
    """Two knots next to each other, far nearer than any tolerance for round-off, and their values, too."""
    t, v = _knots(rng, 5, float(eighths(rng)))
    at = int(rng.integers(1, 4))
    return np.insert(t, at + 1, t[at] + gap), np.insert(v, at + 1, v[at] + 2 * abs(gap))


def _nearly_rising(rng: Rng) -> Arguments:
    return _close(rng, -(2.0**-28))


def _apart(rng: Rng) -> Arguments:
    """Knots that stay apart if they are rounded."""
    t, v = _points(rng)
    return 8 * t + 0.25, v


_PLACES = (0, 1, -2)  # first, inner and last gap

exercise = Exercise(
    reference=splines.relu_spline,
    probe=spline_values,
    outputs=("the number of units above m", "f at the knots", "f between the knots"),
    picture=pictures.broken_lines,
    families=[exchanged("w1", "b1", "w2", "b2"), other_error],
    cases=[
        Case("a broken line through points at unequal distances", [_points], times=6),
        Case("two points, one piece; a level line", [lambda rng: _knots(rng, 1, float(eighths(rng))), _level], times=4),
        Case(
            "knots far from 0, single precision, whole numbers",
            [lambda rng: _knots(rng, 5, float(rng.choice([-512.0, 512.0]))), _single_precision, _whole_numbers],
            times=6,
        ),
        Case(
            "a knot that repeats: ValueError",
            [*(lambda rng, at=at: _repeated(rng, at) for at in _PLACES), _the_same_point_twice],
            times=4,
        ),
        Case(
            "knots out of order: ValueError",
            [*(lambda rng, at=at: _out_of_order(rng, at) for at in _PLACES), _backwards],
            times=4,
        ),
        Case(
            "knots close to each other, zeros, equal values, whole numbers beside others",
            [_close, *each_whole(_apart, 0, 1), *each_zero(_points, 1), with_ties(_points, 1)],
            times=6,
            weight=0.5,
        ),
        Case("a knot that falls by next to nothing: ValueError", [_nearly_rising], times=2, weight=0.5),
    ],
)

# %% hints
# 1. Walk from left to right. At t_0 the network should be v_0 and no unit active; each unit bends the line at one
#    knot. Which number in the network decides where, which how much?
# 2. relu(x - t_j) is 0 up to t_j and then rises with slope 1. Slopes of the pieces: rise over run, `np.diff(v) /
#    np.diff(t)`. The weight of unit j is slope j minus slope j - 1; before the first piece the slope is 0.
# 3. w1 is all ones, b1 holds the left knots with a minus sign, b2 is the first value; `np.diff(..., prepend=0)` makes
#    changes of slopes. Before all that: `if not (np.diff(t) > 0).all(): raise ValueError(...)`.

# %% elegant
# The weights are the changes of slope, so `np.diff(slope, prepend=0)` is the whole answer: before the first knot
# the slope is 0. Each hinge opens at its knot, b = -t.

# %% right
def relu_spline(t, v):
    if not (np.diff(t) > 0).all():
        raise ValueError("t must increase")
    slope = np.diff(v) / np.diff(t)
    w1 = np.ones(len(slope))
    b1 = -t[:-1]
    w2 = np.diff(slope, prepend=0)
    b2 = v[0]
    return w1, b1, w2, b2

# %% right
def relu_spline(t, v):
    m = len(t) - 1
    for j in range(m):
        if t[j + 1] <= t[j]:
            raise ValueError(f"knot {j + 1} is not to the right of knot {j}")
    w1, b1, w2, before = [], [], [], 0.0
    for j in range(m):
        slope = (v[j + 1] - v[j]) / (t[j + 1] - t[j])
        w1.append(1.0)
        b1.append(-t[j])
        w2.append(slope - before)
        before = slope
    return w1, b1, w2, v[0]

# %% right
def relu_spline(t, v):
    # from the right: all units face left, and the last value is the constant
    if np.any(t[1:] <= t[:-1]):
        raise ValueError("t must be strictly increasing")
    slope = (v[1:] - v[:-1]) / (t[1:] - t[:-1])
    change = np.append(slope[1:], 0) - slope
    return -np.ones(len(slope)), t[1:].copy(), change, np.array([v[-1]])

# %% right
def relu_spline(t, v):
    # the output weights solve the equations f(t_j) = v_j
    if sorted(set(t.tolist())) != t.tolist():
        raise ValueError(t)
    H = np.maximum(t[1:, None] - t[None, :-1], 0.0)
    return np.ones((1, len(t) - 1)), -t[:-1], np.linalg.solve(H, v[1:] - v[0]), np.asarray(v[0])

# %% right
def relu_spline(t, v):
    # each unit scaled so that it reaches 1 at the next knot; flat bends are left out
    t, v = np.asarray(t, dtype=np.float64), np.asarray(v, dtype=np.float64)
    gap = np.diff(t)
    if gap.min() <= 0:
        raise ValueError("repeated or unsorted knots")
    slope = np.diff(v) / gap
    change = slope - np.concatenate([[0.0], slope[:-1]])
    bends = change != 0
    return (1 / gap)[bends], (-t[:-1] / gap)[bends], (change * gap)[bends], float(v[0])

# %% right
def relu_spline(t, v):
    # signs outside, sizes inside the ReLU: sum of +-relu(w x + b)
    t = t.astype(float)
    if not all(left < right for left, right in zip(t, t[1:])):
        raise ValueError("knots")
    slope = np.diff(v) / np.diff(t)
    change = np.diff(np.insert(slope, 0, 0.0))
    return np.abs(change), -np.abs(change) * t[:-1], np.sign(change), v[0]

# %% wrong
# slopes instead of changes of slope: `np.diff(slope, prepend=0)` -> `slope`
#   A unit that has switched on stays on, so its slope is already there when the next one comes. What must the next one
#   add?
# the first value is forgotten: `b2 = v[0]` -> `b2 = 0.0`
#   At the first knot no unit is active yet, so f is `b2` there. Which value should that be?
# the kinks are mirrored at 0: `-t[:-1]` -> `t[:-1]`
#   A unit switches on where w1*x + b1 = 0. With w1 = 1 and b1 = t that is at x = -t.
# each unit switches on one knot too late: `-t[:-1]` -> `-t[1:]`
#   Piece j starts at its left knot: that is where unit j must switch on. Nothing has to happen at the last knot.
# the first slope is forgotten: `prepend=0` -> `prepend=slope[0]`
#   Before the first knot the slope is 0, so the first change is the whole first slope.
# differences of the values, not divided by the gaps: without `/ np.diff(t)`
#   A slope is rise over run: the gaps between the knots are not all 1.
# all gaps are taken to be the first one: `/ np.diff(t)` -> `/ (t[1] - t[0])`
#   The spacing is free: every piece has a run of its own.
# slopes are added up instead of subtracted: `np.diff(slope, prepend=0)` -> `np.cumsum(slope)`
#   The network adds the units up already. You need what turns one slope into the next: their difference.
# the changes of slope stand inside the ReLU: `np.ones(len(slope))` -> `np.diff(slope, prepend=0)`,
#   `-t[:-1]` -> `… * w1`, `w2 = np.diff(slope, prepend=0)` -> `w2 = np.ones(len(slope))`
#   With a negative w1 a unit is active on the *left* of its kink. A bend downwards needs a negative weight outside the
#   ReLU.
# the slopes stand inside the ReLU: `np.ones(len(slope))` -> `slope`, `-t[:-1]` -> `… * slope`,
#   `np.diff(slope, prepend=0)` -> `np.ones(len(slope))`
#   Two things: units add up, so each one brings a *change* of slope; and a negative number inside the ReLU turns the
#   unit around.
# slopes instead of changes of slope, and the first value is forgotten: `np.diff(slope, prepend=0)` -> `slope`,
#   `b2 = v[0]` -> `b2 = 0.0`
#   Two things: at the first knot f equals b2; and a unit that is on stays on, so the next one brings only what the
#   slope changes by.
# the values themselves as output weights: `np.diff(slope, prepend=0)` -> `v[:-1]`
#   w2 says how the slope changes at each knot, not how high the line is there.
# all changes of slope have the wrong sign: `np.diff(slope, prepend=0)` -> `-…`
#   The change at a knot is the slope on its right minus the slope on its left.
# b2 is the last value: `b2 = v[0]` -> `b2 = v[-1]`
#   The units with w1 = 1 are all off at the *first* knot; that is where f equals b2.
# b2 is the mean of the values: `b2 = v[0]` -> `b2 = v.mean()`
#   The line has to pass through the points exactly: look at what f is at the first knot, where all units are off.
# one unit too many: `np.ones(len(slope))` -> `np.ones(len(t))`, `-t[:-1]` -> `-t`, `prepend=0` -> `…, append=slope[-1]`
#   m + 1 points have m pieces, and m units are enough: a unit that switches on at the last knot changes nothing before
#   it.
# w2 is a column: `np.diff(slope, prepend=0)` -> `…[:, None]`
#   With w2 of shape (m, 1) the values come out as (n, 1). Return w2 with shape (m,).
# no error where the knots do not increase: `if not (np.diff(t) > 0).all():` -> `if False:`
#   A broken line needs knots from left to right: raise ValueError where a gap is 0 or negative.
# repeated knots are accepted: `> 0` -> `>= 0`
#   Strictly increasing means that no gap is 0: the slope there would be a division by 0.
# decreasing knots are accepted: `(np.diff(t) > 0)` -> `(np.diff(t) != 0)`
#   Distinct is not enough: each knot must lie to the right of the one before, else raise ValueError.
# only the first and the last knot are compared: `(np.diff(t) > 0).all()` -> `t[-1] > t[0]`
#   Every gap must be positive, also those in the middle: look at `np.diff(t)`.
# sorts the knots instead of raising an error
#   `if not (np.diff(t) > 0).all():` -> `v, t = v[np.argsort(t)], np.sort(t) ⏎ …`
#   The exercise asks for a ValueError: knots out of order are more likely a mistake than a wish.
# returns None instead of raising an error: `raise ValueError("t must increase")` -> `return None`
#   A None may travel far before anybody notices: `raise ValueError(...)` says at once what is wrong.
# slopes at the knots by `np.gradient`: `slope = np.diff(v) / np.diff(t)` -> `slope = np.gradient(v, t)[:-1]` | `slope = np.gradient(v, t)[1:]`
#   `np.gradient` mixes the slopes of the pieces on both sides of a knot. Here each piece has its own: rise over run.
# what the last unit has added is subtracted, instead of the last slope
# -     w2 = np.diff(slope, prepend=0)
# +     w2 = np.array(slope, dtype=float)
# +     for j in range(1, len(w2)):
# +         w2[j] = slope[j] - w2[j - 1]
#   All units before it are on, and together they make the slope of the piece before: subtract that slope.
# values as weights, and the last one as b2: `np.diff(slope, prepend=0)` -> `v[:-1]`, `b2 = v[0]` -> `b2 = v[-1]`
#   A ReLU goes on rising, so its weight is a slope: what the slope changes by at its knot. b2 is f where all units are off, the first
#   value.
