"""Exercise 7.1: a square near 0, a straight line far away, and the slope of both."""

from collections.abc import Callable

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.drawing import Array, Rng, eighths, odd_size
from autograde.exercises.support.variants import LARGE, TINY
from mlp_reference import losses


def _both_sides(rng: Rng, delta: float, n: int) -> Array:
    """Residuals of both signs, within ``delta`` and outside, in random order."""
    near, far = rng.uniform(0.1, 0.9, n) * delta, delta * rng.uniform(1.25, 4.0, n)
    return rng.permutation(np.concatenate([near, far]) * rng.choice([-1.0, 1.0], 2 * n))


def _mixed(rng: Rng) -> Arguments:
    delta = float(rng.choice([0.5, 1.5, 2.5, 3.0]))
    return _both_sides(rng, delta, odd_size(rng)), delta


def _single_precision(rng: Rng) -> Arguments:
    r, delta = _mixed(rng)
    return r.astype(np.float32), delta


def _table(rng: Rng) -> Arguments:
    r, delta = _mixed(rng)
    return r.reshape(2, -1), delta


def _one_number(rng: Rng) -> Arguments:
    r, delta = _mixed(rng)
    return float(r[0]), delta


def _one_entry(rng: Rng) -> Arguments:
    r, delta = _one_number(rng)
    return np.array([[r]]), delta


def _turned(rng: Rng) -> Arguments:
    r, delta = _table(rng)
    return np.asfortranarray(r), delta


def _integers(rng: Rng) -> Arguments:
    """Whole numbers, two of them on the border, one 0; half of an odd square is no whole number."""
    return rng.permutation([-7, -3, -2, -1, 0, 1, 2, 3, 5]), float(rng.choice([2.0, 1.5, 3.0]))


def _whole_delta(rng: Rng) -> Arguments:
    return _integers(rng)[0], int(rng.choice([1, 2, 3]))


def _whole_number(rng: Rng) -> Arguments:
    return int(rng.choice([-5, -1, 1, 4])), 3


def _border(rng: Rng) -> Arguments:
    delta = float(abs(eighths(rng)))
    return delta * rng.permutation([-1.0, 1.0, -2.0, 0.0, 0.5]), delta


def _border_alone(sign: float) -> Callable[[Rng], Arguments]:
    def make(rng: Rng) -> Arguments:
        delta = float(abs(eighths(rng)))
        return sign * delta, delta

    return make


def _all_alike(near: bool) -> Callable[[Rng], Arguments]:
    """All residuals within delta, or all outside."""

    def make(rng: Rng) -> Arguments:
        r, delta = _mixed(rng)
        return r[(np.abs(r) < delta) == near], delta

    return make


def _scaled(factor: float) -> Callable[[Rng], Arguments]:
    def make(rng: Rng) -> Arguments:
        r, delta = _mixed(rng)
        return factor * r, factor * delta

    return make


def _huge(rng: Rng) -> Arguments:
    r, delta = _mixed(rng)
    return np.concatenate([r, rng.choice([-1.0, 1.0], 3) * [1e160, 1e200, 1e250]]), delta


exercise = Exercise(
    reference=losses.huber,
    outputs=("loss", "grad"),
    cases=[
        Case("residuals within delta and outside", [_mixed], times=5),
        Case(
            "any shape: a table, three and four axes, one number; single precision",
            [
                _table,
                lambda rng: (_mixed(rng)[0][:10].reshape(2, 1, 5), 1.5),
                lambda rng: (_mixed(rng)[0][:8].reshape(2, 1, 2, 2), 1.5),
                _one_number,
                lambda rng: (np.array(_one_number(rng)[0]), 1.5),
                _one_entry,
                _turned,
                _single_precision,
            ],
            times=16,
        ),
        Case(
            "whole numbers, and residuals of exactly delta",
            [_integers, _border, _border_alone(1.0), _border_alone(-1.0), _whole_delta, _whole_number],
            times=12,
        ),
        Case("all within delta, or all outside; a tiny delta, a large one", [*map(_all_alike, (True, False)), *map(_scaled, (LARGE, TINY))], times=4, weight=0.5),
        Case("residuals of 1e250: finite", [_huge], times=2),
    ],
)

# %% hints
# 1. Two pieces: one formula where abs(r) <= delta, another elsewhere. Which NumPy function chooses between two
#    arrays, entry by entry?
# 2. `np.where(np.abs(r) <= delta, ..., ...)` makes both the loss and the slope. For the slope differentiate both
#    formulas, and mind the sign on the left.
# 3. The loss is `np.where(size <= delta, r**2 / 2, delta * (size - delta / 2))` with `size = np.abs(r)`. The slope is
#    r within delta, and delta times the sign of r outside.

# %% elegant
# Both pieces are computed for all entries, and `np.where` chooses. One condition, written twice the same way, keeps
# loss and slope together at the seam.

# %% right
def huber(r, delta):
    r = np.asarray(r, dtype=float)
    size = np.abs(r)
    loss = np.where(size <= delta, r**2 / 2, delta * (size - delta / 2))
    grad = np.where(size <= delta, r, delta * np.sign(r))
    return loss, grad

# %% right
def huber(r, delta):
    r = np.asarray(r, dtype=np.float64)
    grad = np.clip(r, -delta, delta)
    return grad * (r - grad / 2), grad

# %% right
def one(r, delta):
    if abs(r) <= delta:
        return 0.5 * r * r, r
    return delta * (abs(r) - 0.5 * delta), delta if r > 0 else -delta

def huber(r, delta):
    pairs = np.array([one(float(v), delta) for v in np.ravel(r)])
    return pairs[:, 0].reshape(np.shape(r)), pairs[:, 1].reshape(np.shape(r))

# %% right
def huber(r, delta):
    near = np.abs(r) < delta
    with np.errstate(over="ignore"):
        square = 0.5 * np.square(r, dtype=float)
    return [np.where(near, square, delta * (np.abs(r) - 0.5 * delta)), np.where(near, r, np.copysign(delta, r))]

# %% right
def huber(r, delta):
    size = np.abs(r)
    near = np.minimum(size, delta)
    return near * (size - near / 2), np.sign(r) * near

# %% right
def huber(r, delta):
    shape, r = np.shape(r), np.atleast_1d(r).astype(float)
    far = np.abs(r) >= delta
    loss, grad = np.empty_like(r), r.copy()
    loss[~far] = r[~far] ** 2 / 2
    loss[far] = delta * np.abs(r[far]) - delta**2 / 2
    grad[far] = delta * np.sign(r[far])
    return np.reshape(loss, shape), np.reshape(grad, shape)

# %% wrong
# the 1/2 of the square is missing: `r**2 / 2` -> `r**2`
#   With r² the two pieces don't meet at delta, and the slope would be 2r. Near 0 the loss is r²/2.
# the 1/2 of the square is missing: `r**2 / 2` -> `r**2`, `size <= delta, r, delta` -> `size <= delta, 2 * r, delta`
#   With r² and 2r the two pieces don't meet at delta. Near 0 the loss is r²/2 and its slope r.
# twice the loss and twice the slope: `r**2 / 2` -> `r**2`,
#   `delta * (size - delta / 2)` -> `delta * (2 * size - delta)`,
#   `size <= delta, r, delta * np.sign(r)` -> `size <= delta, 2 * r, 2 * delta * np.sign(r)`
#   Consistent, but twice what is asked: within delta the loss is r²/2 and its slope r.
# the line is not lowered: `delta * (size - delta / 2)` -> `delta * size`
#   At abs(r) = delta the square is delta²/2 and your line is delta²: the loss jumps. Lower the line until they meet.
# the line is lowered by delta instead of delta/2: `delta * (size - delta / 2)` -> `delta * (size - delta)`
#   At abs(r) = delta the square has reached delta²/2, and your line begins at 0: the loss jumps.
# the line has slope 1, whatever delta is: `delta * (size - delta / 2)` -> `size - delta / 2`,
#   `delta * np.sign(r)` -> `np.sign(r)`
#   The square has the slope delta when it ends, so the line must go on with the slope delta.
# the slope outside is 1 instead of delta: `delta * np.sign(r)` -> `np.sign(r)`
#   The derivative of delta * (abs(r) - delta/2) is delta times the sign of r.
# the slope outside has lost its sign: `delta * np.sign(r)` -> `delta`
#   Left of -delta the loss falls as r grows: there the slope is -delta.
# the slope has the wrong sign: `return loss, grad` -> `return loss, -grad`
#   The loss grows with r where r is positive: there the slope is positive, too.
# the slope is not cut off at delta: `np.where(size <= delta, r, delta * np.sign(r))` -> `r`
#   Outside of delta the loss is a straight line, so its slope no longer grows with r: that is what tames outliers.
# square and line are exchanged: `np.where(size <= delta, r**2` -> `np.where(size > delta, r**2`,
#   `np.where(size <= delta, r,` -> `np.where(size > delta, r,`
#   Small residuals get the square, large ones the line: turn the comparison around.
# negative residuals are compared without their size: `np.where(size <= delta, r**2` -> `np.where(r <= delta, r**2`,
#   `np.where(size <= delta, r,` -> `np.where(r <= delta, r,`
#   r = -5 is far outside, yet `r <= delta` is true for it. Compare abs(r).
# the line of negative residuals is below 0: `delta * (size - delta / 2)` -> `delta * (r - delta / 2)`
#   or `delta * (size - delta / 2)` -> `delta * (r - delta / 2)`, `delta * np.sign(r)` -> `delta`
#   For negative r the line must rise to the left: use abs(r).
# the border is 1, whatever delta is: `np.where(size <= delta, r**2` -> `np.where(size <= 1, r**2`,
#   `np.where(size <= delta, r,` -> `np.where(size <= 1, r,`
#   The square ends at delta, not at 1.
# the squared error, delta unused: `np.where(size <= delta, r**2 / 2, delta * (size - delta / 2))` -> `r**2 / 2`,
#   `np.where(size <= delta, r, delta * np.sign(r))` -> `r`
#   Outside of delta a straight line takes the place of the square.
# mean over the batch: `return loss, grad` -> `return loss.mean(), grad / r.size`
#   Elementwise: one loss and one slope for each residual, both of the shape of r. Nothing is averaged.
# the loss is averaged, the slope is not: `return loss, grad` -> `return loss.mean(), grad`
#   Elementwise: one loss for each residual, of the shape of r.
# loss and slope are exchanged: `return loss, grad` -> `return grad, loss`
#   The loss comes first: `return loss, grad`.
# only the loss is returned: `return loss, grad` -> `return loss`
#   Two results are wanted, the loss and its derivative.
# a smooth approximation of Huber's loss
#   `np.where(size <= delta, r**2 / 2, delta * (size - delta / 2))` -> `delta**2 * (np.sqrt(1 + (r / delta)**2) - 1)`,
#   `np.where(size <= delta, r, delta * np.sign(r))` -> `r / np.sqrt(1 + (r / delta)**2)`
#   That is the pseudo-Huber loss, which is smooth everywhere. Asked for are two pieces that meet at delta.
# whole numbers are cut to whole losses: `r = np.asarray(r, dtype=float)` -> `r = np.asarray(r)`,
#   `r**2 / 2, delta * (size - delta / 2))` -> `….astype(r.dtype)`, `delta * np.sign(r))` -> `….astype(r.dtype)`
#   r may hold integers, but 1/2 is none: an array made like r can't keep fractions. Make a float array first.
# nan where the square overflows
# - np.where(size <= delta, r**2 / 2, delta * (size - delta / 2))
# + (size <= delta) * r**2 / 2 + (size > delta) * delta * (size - delta / 2)
#   A large square overflows to inf, and 0 * inf is nan. Choose with np.where, or square only what lies within delta.
# works for arrays only: `r = np.asarray(r, dtype=float)` -> `r.shape ⏎ …`
#   `r` may be a single number, too: begin with `r = np.asarray(r, dtype=float)`.
# the straight line on one side alone
# -     loss = np.where(size <= delta, r**2 / 2, delta * (size - delta / 2))
# -     grad = np.where(size <= delta, r, delta * np.sign(r))
# +     loss = np.where(size <= delta, r**2 / 2, (r > delta) * delta * (size - delta / 2))
# +     grad = np.where(size <= delta, r, (r > delta) * delta * np.sign(r))
#   Outside of delta are large residuals of *either* sign: ask `np.abs(r) > delta`.
# everything is divided by delta: `return loss, grad` -> `return loss / delta, grad / delta`
#   That is the "smooth L1 loss" of some libraries. Here the square is r**2 / 2 and the slope outside is delta.
# the line is lowered by 1/2: `(size - delta / 2)` -> `(size - 1 / 2)`
#   The line is lowered by delta/2, so that it meets the square at abs(r) = delta.
