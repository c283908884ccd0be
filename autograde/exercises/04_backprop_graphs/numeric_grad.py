"""Exercise 4.1: a gradient by nudging one entry after the other."""

import numpy as np

from autograde.judging.exercise import Case, Exercise
from autograde.exercises.support import functions
from mlp_reference import gradcheck

exercise = Exercise(
    reference=gradcheck.numeric_grad,
    cases=[
        Case(
            "a wide step, where the kind of difference shows",
            [functions.wide_step, functions.wide_step_of_waves],
            times=6,
        ),
        Case("the default step, to many digits", [functions.default_step], times=3),
        Case("a matrix: f gets x in its own shape", [functions.matrix, functions.other_order], times=4, weight=2.0),
        Case("three axes, no axis", [functions.block, functions.number, functions.table_of_one], times=6),
        Case("an array of integers, a step that is one", [functions.integers, functions.whole_step, *functions.integer_shapes], times=6),
        Case("single precision", [functions.single_precision], times=2),
        Case("entries that are 0, or equal; four axes", [functions.zeros, functions.ties, functions.four_axes], times=3, weight=0.5),
    ],
)

# %% hints
# 1. Forget arrays for a moment: for a single number the slope is about (f(x + eps) - f(x - eps)) / (2 eps). For an
#    array do that once for each entry, while all others stay where they are.
# 2. Work on a copy of floats, `np.array(x, dtype=float)`. `for j in np.ndindex(x.shape):` gives the index of every
#    entry, for any number of axes. In the loop: remember the entry, set it to + eps, call f, set it to - eps, call f,
#    put it back.
# 3. `centre = copy[j]`, `copy[j] = centre + eps`, `above = f(copy)`, `copy[j] = centre - eps`, `below = f(copy)`,
#    `copy[j] = centre`, `grad[j] = (above - below) / (2 * eps)`, with `grad = np.zeros(copy.shape)` before the loop.

# %% elegant
# `np.ndindex` walks through any shape, so vectors, matrices and numbers need no cases. A float copy is nudged, so
# the caller's array can't be spoiled, not even by an error in `f`.

# %% right
def numeric_grad(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros(x.shape)
    for j in np.ndindex(x.shape):
        centre = x[j]
        x[j] = centre + eps
        above = float(f(x))
        x[j] = centre - eps
        below = float(f(x))
        x[j] = centre
        grad[j] = (above - below) / (2 * eps)
    return grad

# %% right
def numeric_grad(f, x, eps=1e-5):
    x = np.asarray(x)
    steps = eps * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + s) - f(x - s)) / (2 * eps) for s in steps]).reshape(x.shape)

# %% right
def numeric_grad(f, x, eps=1e-5):
    # nudges the caller's own array where it can, and puts everything back
    work = x if x.dtype == np.float64 else x.astype(np.float64)
    out = np.empty_like(work)
    for place, _ in np.ndenumerate(work):
        old = work[place]
        work[place] = old + eps
        up = f(work)
        work[place] = old - eps
        out[place] = 0.5 * (up - f(work)) / eps
        work[place] = old
    return out

# %% right
def partial(f, flat, shape, j, eps):
    moved = list(flat)
    moved[j] = flat[j] + eps
    above = f(np.reshape(moved, shape))
    moved[j] = flat[j] - eps
    return (above - f(np.reshape(moved, shape))) / (2 * eps)

def numeric_grad(f, x, eps=1e-5):
    flat = [float(v) for v in np.ravel(x)]
    return np.reshape([partial(f, flat, np.shape(x), j, eps) for j in range(len(flat))], np.shape(x))

# %% right
def numeric_grad(f, x, eps=1e-5):
    x64 = np.asarray(x, dtype=np.float64)
    flat = x64.flatten()
    grad = np.zeros(flat.shape)
    it = np.nditer(flat, flags=["c_index"])
    for value in it:
        shifted = flat.copy()
        shifted[it.index] = value - eps
        low = f(shifted.reshape(x64.shape))
        shifted[it.index] = value + eps
        grad[it.index] = (f(shifted.reshape(x64.shape)) - low) / (eps + eps)
    return grad.reshape(x64.shape).astype(x.dtype if x.dtype.kind == "f" else float)

# %% right
def numeric_grad(f, x, eps=1e-5):
    # stays in the precision of x
    x = x if np.issubdtype(np.asarray(x).dtype, np.floating) else np.asarray(x, float)
    e = np.zeros_like(x)
    grad = np.zeros_like(x)
    for j in np.ndindex(*x.shape):
        e[j] = eps
        grad[j] = (f(x + e) - f(x - e)) / (2 * eps)
        e[j] = 0
    return grad

# %% wrong
# one-sided differences: `x[j] = centre - eps` -> `x[j] = centre`, `(2 * eps)` -> `eps`
#   (f(x + eps) - f(x)) / eps is off by about eps times half the second derivative. Step to both sides: the error of the
#   central difference falls with eps squared.
# one-sided differences to the left: `x[j] = centre + eps` -> `x[j] = centre`, `(2 * eps)` -> `eps`
#   (f(x) - f(x - eps)) / eps looks to one side only. Step to both sides: the error of the central difference falls with
#   eps squared.
# the difference of both sides is divided by eps: `(2 * eps)` -> `eps`
#   From x - eps to x + eps it is 2 eps: every slope comes out twice as large.
# half of a one-sided difference: `x[j] = centre - eps` -> `x[j] = centre`
#   The quotient divides by 2 eps, but its second value is taken at x, not at x - eps.
# divided by 2, then multiplied by eps: `(2 * eps)` -> `2 * eps`
#   `a / 2 * eps` is (a / 2) * eps: write `a / (2 * eps)`.
# the difference is not divided: `(above - below) / (2 * eps)` -> `above - below`
#   A slope is a change of f per change of x: divide by the distance of the two places, 2 eps.
# f at x + eps minus f at x + eps: `x[j] = centre - eps` -> `x[j] = centre + eps`
#   All slopes come out 0: are both values taken at the same place, or is no quotient written into the gradient?
# the other way round: `above - below` -> `below - above`
#   f(x + eps) comes first: where f rises, the slope is positive.
# a step of its own instead of eps: `grad = np` -> `eps = 1e-5 ⏎ …`
#   The caller chooses the step: use the argument `eps`.
# the five-point formula
# - below = float(f(x))
# + below = float(f(x))
# +         x[j] = centre + 2 * eps
# +         far_above = float(f(x))
# +         x[j] = centre - 2 * eps
# +         far_below = float(f(x))
#   `(above - below) / (2 * eps)` -> `(8 * (above - below) - (far_above - far_below)) / (12 * eps)`
#   The five-point formula comes closer to the derivative, but takes four values of f for each entry. Asked for is the
#   central difference of two: (f(x + eps) - f(x - eps)) / (2 eps).
# another default of eps: `eps=1e-5` -> `eps=1e-2`
#   The default is eps=1e-5; 1e-2 leaves an error in the fifth digit.
# a default of eps below the best one: `eps=1e-5` -> `eps=1e-12`
#   At 1e-12 the two values agree in about twelve of their 16 digits, and rounding leaves about four of the difference.
#   The default is eps=1e-5.
# an entry stays where the last step left it: `below = float(f(x)) ⏎ x[j] = centre` -> `below = float(f(x))`
#   Put every entry back before you nudge the next one, else f is taken at another and another place.

# %% wrong: all entries are nudged at once
#   That is the sum of all partial derivatives. Each entry of the gradient asks what happens if *one* entry of x moves.
def numeric_grad(f, x, eps=1e-5):
    x = np.asarray(x, dtype=float)
    slope = (float(f(x + eps)) - float(f(x - eps))) / (2 * eps)
    return np.full(x.shape, slope)

# %% wrong: one number: the sum of all partial derivatives
#   x + eps moves all entries at once and gives one number. The gradient has one number for each entry: move one at a
#   time.
def numeric_grad(f, x, eps=1e-5):
    return (f(x + eps) - f(x - eps)) / (2 * eps)

# %% wrong
# the caller's x is left changed
#   `x = np.array(x, dtype=float)` -> `if x.dtype.kind != "f": x = x.astype(float)`
# -         below = float(f(x))
# -         x[j] = centre
# -         grad[j] = (above - below) / (2 * eps)
# +         grad[j] = (above - float(f(x))) / (2 * eps)
#   Every entry of the caller's x is eps too small afterwards (and already while the next one is nudged). Put it back,
#   or work on a copy.
# the caller's x is put back to another value
#   `x = np.array(x, dtype=float)` -> `if x.dtype.kind != "f": x = x.astype(float)`
#   `centre = x[j] ⏎ x[j] = centre + eps` -> `x[j] += eps`
# -         x[j] = centre - eps
# -         below = float(f(x))
# -         x[j] = centre
# -         grad[j] = (above - below) / (2 * eps)
# +         x[j] -= 2 * eps
# +         grad[j] = (above - float(f(x))) / (2 * eps)
# +         x[j] += 2 * eps
#   + eps, - 2 eps, + 2 eps does not add up to 0. Remember the old value and put that back.

# %% wrong: f gets a flat x
#   f may need the shape of x: give it an array of the same shape, `flat.reshape(x.shape)`.
def numeric_grad(f, x, eps=1e-5):
    flat = np.array(x, dtype=float).ravel()
    grad = np.zeros(flat.size)
    for j in range(flat.size):
        step = np.zeros(flat.size)
        step[j] = eps
        grad[j] = (f(flat + step) - f(flat - step)) / (2 * eps)
    return grad.reshape(x.shape)

# %% wrong
# the gradient comes back flat: `return grad` -> `….ravel()`
#   The gradient has the shape of x, whatever that is: each entry belongs to the entry of x at the same place.

# %% wrong: only the first axis is walked along
#   For a matrix, x[j] is a whole row, and all of it moves at once. `np.ndindex(x.shape)` walks through all places of an
#   array with any number of axes, even none.
def numeric_grad(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros(x.shape)
    for j in range(len(x)):
        step = np.zeros(x.shape)
        step[j] = eps
        grad[j] = (f(x + step) - f(x - step)) / (2 * eps)
    return grad

# %% wrong: the nudged entries are a copy that f never sees
#   `x.ravel()` is the same memory as x only where the rows of x lie one after the other; of a transposed array it is a
#   copy, and f(x) never changes. Index x itself, with `np.ndindex(x.shape)`.
def numeric_grad(f, x, eps=1e-5):
    x = np.array(x, dtype=float, order="K")
    grad = np.zeros(x.shape)
    flat, out = x.ravel(), grad.ravel()
    for j in range(flat.size):
        centre = flat[j]
        flat[j] = centre + eps
        above = float(f(x))
        flat[j] = centre - eps
        out[j] = (above - float(f(x))) / (2 * eps)
        flat[j] = centre
    return grad

# %% wrong
# integers swallow the step: `x = np.array(x, dtype=float)` -> `x = x.copy()`
#   An array of integers has no room for 1e-5: 2 + eps is stored as 2, and 2 - eps as 1. Make a copy of floats,
#   `x.astype(float)`.
# integers swallow the step and the gradient
#   `x = np.array(x, dtype=float) ⏎ grad = np.zeros(x.shape)` -> `x = x.copy() ⏎ grad = np.zeros_like(x)`
#   A copy of integers has no room for 1e-5 (2 + eps is stored as 2, 2 - eps as 1), and `np.zeros_like` of it holds
#   integers as well. Make x an array of floats first, `x.astype(float)`: then both are.

# %% wrong: an array of steps made of integers
#   `np.zeros_like` of an array of integers holds integers, and 1e-5 is stored in it as 0: nothing is nudged. Write
#   `np.zeros(x.shape)`.
def numeric_grad(f, x, eps=1e-5):
    grad = np.zeros(x.shape)
    for j in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[j] = eps
        grad[j] = (f(x + step) - f(x - step)) / (2 * eps)
    return grad

# %% wrong: an array of steps and a gradient made of integers
#   `np.zeros_like` of an array of integers holds integers: 1e-5 is stored in it as 0, so nothing is nudged, and slopes
#   lose what stands behind the point. Write `np.zeros(x.shape)`.
def numeric_grad(f, x, eps=1e-5):
    grad = np.zeros_like(x)
    for j in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[j] = eps
        grad[j] = (f(x + step) - f(x - step)) / (2 * eps)
    return grad

# %% wrong
# integers swallow the gradient: `x = np.array(x, dtype=float)` -> `kind = x.dtype ⏎ …`,
#   `np.zeros(x.shape)` -> `np.zeros(x.shape, kind)`
#   `np.zeros_like` of an array of integers holds integers, and cuts every slope off behind the point. Make it an array
#   of floats.
# a number without axes is refused: `x = np.array(x, dtype=float)` -> `… ⏎ len(x)`
#   x may have no axis at all, and then no len. `np.ndindex(x.shape)` works for every shape: for () it gives one empty
#   index, and x[()] is the number.
# a number without axes comes back as a row: `return grad` -> `return np.atleast_1d(grad)`
#   The result has the shape of x: for a 0-d array that is (), no axis.
# the step is relative to x: `x[j] = centre + eps` -> `h = eps * abs(centre) ⏎ x[j] = centre + h`,
#   `x[j] = centre - eps` -> `x[j] = centre - h`,
#   `grad[j] = (above - below) / (2 * eps)` -> `grad[j] = (above - below) / (2 * h)`
#   A step that grows with x has its merits, but here the step is `eps` itself, and an entry of 0 must get one, too.
# the nudge happens in single precision: `x = np.array(x, dtype=float)` -> `x = np.array(x, dtype=np.float32)`
#   A float32 has seven digits, and eps=1e-5 uses up five of them. Compute in float64, Python's own floats, whatever x
#   is.
# the second difference: `below = float(f(x)) ⏎ x[j] = centre` -> `… ⏎ middle = float(f(x))`,
#   `(above - below) / (2 * eps)` -> `(above - 2 * middle + below) / eps**2`
#   f(x + eps) - 2 f(x) + f(x - eps), divided by eps squared, is the *second* derivative.
# half a step to each side, divided by two whole ones: `x[j] = centre + eps` -> `x[j] = centre + eps / 2`, `x[j] = centre - eps` -> `x[j] = centre - eps / 2`
#   From x - eps/2 to x + eps/2 it is one eps, not two. Asked for are steps of `eps` to each side, divided by 2 eps.
# the nudges of all entries so far stay: `x[j] = centre ⏎ grad[j]` -> `grad[j]`, `x = np.array(x, dtype=float)` -> `… ⏎ up, down = x.copy(), x.copy()`,
#   `x[j] = centre + eps` -> `up[j] += eps`, `above = float(f(x))` -> `above = float(f(up))`, `x[j] = centre - eps` -> `down[j] -= eps`, `below = float(f(x))` -> `below = float(f(down))`
#   Put every entry back before you nudge the next one, or make the copies inside the loop: one entry moves at a time.
# f gets a single entry: `above = float(f(x))` -> `above = float(f(x[j]))`, `below = float(f(x))` -> `below = float(f(x[j]))`
#   f takes an array of the shape of x, of which one entry is nudged and all others stay.
# each entry is stretched by eps: `x[j] = centre + eps` -> `x[j] = centre * (1 + eps)`, `x[j] = centre - eps` -> `x[j] = centre * (1 - eps)`
#   The step is `eps` itself, added and subtracted: an entry of 0 must move, too.
