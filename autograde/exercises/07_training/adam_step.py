"""Exercise 7.5: a step size for every weight, in place."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.exercises.support.drawing import Array, Rng, eighths, window
from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.variants import sized, with_zeros
from mlp_reference import optimize

NET = [(3, 5), (5,), (5, 2), (2,)]


def arrays_after(fn: Callable[..., Any], params: list[Array], grads: list[Array], u1: list[Array], u2: list[Array],
                 t: int, *settings: float) -> dict[str, Any]:  # fmt: skip
    """What became of the caller's arrays after two steps; what the lists hold does not matter."""
    mine, means, squares = list(params), list(u1), list(u2)
    windows = [[*map(window, arrays)] for arrays in (params, u1, u2)]
    returned = fn(params, grads, u1, u2, t, *settings)
    fn(params, grads, u1, u2, t + 1, *settings)
    fn([*windows[0]], grads, [*windows[1]], [*windows[2]], t, *settings)
    found = dict(zip(("params", "u1", "u2"), windows, strict=True))
    return {"returned": returned, "params": mine, "u1": means, "u2": squares, "windows": found}


def _lists(rng: Rng, shapes: list[tuple[int, ...]]) -> tuple[list[Array], ...]:
    params, grads, u1, u2 = ([eighths(rng, *s) for s in shapes] for _ in range(4))
    return params, grads, u1, [np.abs(u) for u in u2]


def _settings(rng: Rng) -> tuple[float, ...]:
    beta1, beta2 = rng.choice([0.25, 0.5, 0.75], 2, replace=False)
    return float(rng.choice([0.125, 0.25])), float(beta1), float(beta2), float(rng.choice([0.125, 0.25]))


def _later(rng: Rng) -> Arguments:
    return *_lists(rng, NET), int(rng.integers(3, 7)), *_settings(rng)


def _first(rng: Rng) -> Arguments:
    """From means of 0, where the correction counts most."""
    params, grads, u1, _ = _lists(rng, NET)
    return params, grads, [0 * u for u in u1], [0 * u for u in u1], 1, *_settings(rng)


def _defaults(rng: Rng) -> Arguments:
    params, grads, u1, u2 = _lists(rng, [(2,), (3, 1), (2, 3, 2)])
    grads[1], u1[1], u2[1] = 1e-6 * grads[1], 1e-6 * u1[1], 1e-12 * u2[1]  # so small that eps counts
    return params, grads, u1, u2, int(rng.integers(2, 6))


def _standing(rng: Rng) -> Arguments:
    """With a rate of 0 nothing moves, but the means change."""
    *lists, t, _, beta1, beta2, eps = _later(rng)
    return *lists, t, 0.0, beta1, beta2, eps


def _without_eps(rng: Rng) -> Arguments:
    """Gradients so small that another eps would show; and a thousand steps later."""
    *lists, _, lr, beta1, beta2, _ = sized(_later, 1, 2)[1](rng)
    return *lists[:3], [u * 2.0**-40 for u in lists[3]], int(rng.choice([2, 1000])), lr, beta1, beta2, 0.0


def _turned(rng: Rng, count: int) -> Arguments:
    """Arrays as after a transposition, whose flat forms are copies."""
    lists = _lists(rng, [(2, 3), (3, 2), (1, 4), (2,), (3,), (4, 1)][:count])
    return *([np.asfortranarray(a) for a in arrays] for arrays in lists), 2, *_settings(rng)


def _rolling(rng: Rng) -> Arguments:
    """An array without gradient, that has had one: it moves on."""
    params, grads, u1, u2 = _lists(rng, [(3, 2), (4,)])
    return params, [grads[0], 0 * grads[1]], u1, u2, 5, *_settings(rng)


def _single_precision(rng: Rng) -> Arguments:
    *lists, t, lr, beta1, beta2, eps = _later(rng)
    return *([a.astype(np.float32) for a in arrays] for arrays in lists), t, lr, beta1, beta2, eps


def _no_gradient(rng: Rng) -> Arguments:
    """A weight that was never felt: its step is 0, not nan; and nothing is remembered."""
    params, grads, u1, u2 = (list(part) for part in _lists(rng, [(4,), (2, 3)]))
    for part in (grads, u1, u2):
        part[0][1] = 0.0
    return params, grads, u1, u2, 3, 1, 0, 0, 0.25


_one, _many = (functools.partial(_turned, count=count) for count in (1, 6))

exercise = Exercise(
    reference=optimize.adam_step,
    probe=arrays_after,
    changes=("params", "u1", "u2"),
    outputs=("the returned value", "params after two steps", "u1 after two steps", "u2 after two steps", "arrays that are windows into larger ones"),
    cases=[
        Case("two steps on the way", [_later], times=4),
        Case("the first two steps", [_first], times=3),
        Case("the default settings", [_defaults], times=5),
        Case("a rate of 0, an eps of 0, large gradients, zeros", [_standing, _without_eps, sized(_later, 1)[0], with_zeros(_later)], times=6, weight=0.5),
        Case("a weight without gradient", [_no_gradient], times=2, weight=0.5),
        Case("one array, many, transposed ones; a gradient of zeros, single precision", [_one, _many, _rolling, _single_precision], times=8),
    ],
)

# %% hints
# 1. For each parameter, in this order: both running means in place, their corrected copies, the step in place. Which of the
#    four arrays must *not* change?
# 2. A running mean keeps the share beta and takes up the share 1 - beta of what is new. The corrected one is another array,
#    `a / (1 - beta1**t)` for an array `a` of `u1`: the mean itself stays as it is.
# 3. With `for p, g, a, b in zip(params, grads, u1, u2)`: `a *= beta1`, `a += (1 - beta1) * g`, the same for `b` with beta2 and
#    `g**2`; then `p -= lr * (a / (1 - beta1**t)) / (np.sqrt(b / (1 - beta2**t)) + eps)`.

# %% elegant
# Both means are kept uncorrected, and the correction is a number that is made when it is needed. So the state is two
# arrays for each parameter, and t is all that tells how far they have come.

# %% right
def adam_step(params, grads, u1, u2, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    for p, g, m, v in zip(params, grads, u1, u2):
        m *= beta1
        m += (1 - beta1) * g
        v *= beta2
        v += (1 - beta2) * g**2
        mean = m / (1 - beta1**t)
        square = v / (1 - beta2**t)
        p -= lr * mean / (np.sqrt(square) + eps)

# %% right
def adam_step(params, grads, u1, u2, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    for i in range(len(params)):
        u1[i][...] = beta1 * u1[i] + (1 - beta1) * grads[i]
        u2[i][...] = beta2 * u2[i] + (1 - beta2) * np.square(grads[i])
        step = u1[i] / (1 - beta1**t) / (np.sqrt(u2[i] / (1 - beta2**t)) + eps)
        params[i][...] = params[i] - lr * step

# %% right
import math

def adam_step(params, grads, u1, u2, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    for p, g, m, v in zip(params, grads, u1, u2):
        for i in np.ndindex(p.shape):
            m[i] += (1 - beta1) * (g[i] - m[i])
            v[i] += (1 - beta2) * (g[i]**2 - v[i])
            p[i] -= lr * m[i] / (1 - beta1**t) / (math.sqrt(v[i] / (1 - beta2**t)) + eps)

# %% right
def adam_step(params, grads, u1, u2, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    # Kingma and Ba's faster order
    root = np.sqrt(1 - beta2**t)
    rate = lr * root / (1 - beta1**t)
    for m, g in zip(u1, grads):
        np.copyto(m, beta1 * m + (1 - beta1) * g)
    for v, g in zip(u2, grads):
        np.copyto(v, beta2 * v + (1 - beta2) * g * g)
    for p, m, v in zip(params, u1, u2):
        np.subtract(p, rate * m / (np.sqrt(v) + eps * root), out=p)

# %% right
def running(mean, new, beta):
    mean[:] = beta * mean + (1 - beta) * new

def adam_step(params, grads, u1, u2, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    for p, g, m, v in zip(params, grads, u1, u2, strict=True):
        running(m, g, beta1)
        running(v, g**2, beta2)
        corrected = [m / (1 - beta1**t), v / (1 - beta2**t)]
        p[:] -= lr * corrected[0] / (corrected[1]**0.5 + eps)
    return None

# %% wrong
# beta1 and beta2 are exchanged
#   `for p, g, m, v in zip(params, grads, u1, u2):` -> `beta1, beta2 = beta2, beta1 ⏎ …`
#   beta1 belongs to the mean of the gradients, u1, and beta2 to the mean of their squares, u2.
# the means are new arrays
#   `m *= beta1 ⏎ m += (1 - beta1) * g ⏎ v *= beta2 ⏎ v += (1 - beta2) * g**2` -> `m = beta1 * m + (1 - beta1) * g ⏎ v = beta2 * v + (1 - beta2) * g**2`
#   The caller's means stay as they were, and the next step has no memory: `a = ...` gives a name to a new array. Write into
#   the caller's: `a *= beta1`, `a += ...`.
# the parameters are new arrays: `p -= lr * mean` -> `p = p - lr * mean`
#   `p = ...` binds the name p to a new array; the caller's stays as it was. Write `p -= ...`.
# the parameters are returned
# - p -= lr * mean / (np.sqrt(square) + eps)
# + p -= lr * mean / (np.sqrt(square) + eps)
# +     return params
#   A function that works in place returns None.
# no correction: `mean = m / (1 - beta1**t) ⏎ square = v / (1 - beta2**t)` -> `mean, square = m, v`
#   Both means start at 0, and are too small at first. Divide them by 1 - beta**t.
# the mean is not corrected: `mean = m / (1 - beta1**t)` -> `mean = m`
#   Both means start at 0, and are too small at first: divide u1 by 1 - beta1**t.
# the mean of squares is not corrected: `square = v / (1 - beta2**t)` -> `square = v`
#   Both means start at 0, and are too small at first: divide u2 by 1 - beta2**t.
# the corrected means are kept
#   `mean = m / (1 - beta1**t) ⏎ square = v / (1 - beta2**t)` -> `m /= 1 - beta1**t ⏎ v /= 1 - beta2**t ⏎ mean, square = m, v`
#   The correction belongs to the step alone. The means themselves go on uncorrected.
# eps is added before the correction: `np.sqrt(square) + eps` -> `(np.sqrt(v) + eps) / np.sqrt(1 - beta2**t)`
#   eps belongs beside the root of the *corrected* mean: sqrt(u2 / (1 - beta2**t)) + eps. (The other way is in use, too, and
#   its eps means something else in each step.)
# the power t is missing: `(1 - beta1**t)` -> `(1 - beta1)`, `(1 - beta2**t)` -> `(1 - beta2)`
#   The correction fades with the steps: 1 - beta**t.
# the power of 1 - beta: `(1 - beta1**t)` -> `(1 - beta1)**t`, `(1 - beta2**t)` -> `(1 - beta2)**t`
#   First the power, then the difference: the start has shrunk to beta**t, and what is there by now is 1 - beta**t.
# t counts from 0: `(1 - beta1**t)` -> `(1 - beta1**(t + 1))`, `(1 - beta2**t)` -> `(1 - beta2**(t + 1))`
#   t is the number of this step, and the first one is 1: use it as it comes.
# a factor instead of a power: `(1 - beta1**t)` -> `(1 - beta1 * t)`, `(1 - beta2**t)` -> `(1 - beta2 * t)`
#   t steps shrink the start by beta each: beta**t.
# one beta for both corrections: `(1 - beta2**t)` -> `(1 - beta1**t)`
#   u2 has a rate of its own: 1 - beta2**t.
# the rates are exchanged
#   `m *= beta1 ⏎ m += (1 - beta1) * g ⏎ v *= beta2 ⏎ v += (1 - beta2) * g**2` -> `m *= beta2 ⏎ m += (1 - beta2) * g ⏎ v *= beta1 ⏎ v += (1 - beta1) * g**2`
#   beta1 belongs to the mean of the gradient, beta2 to that of its square.
# sums instead of running means: `(1 - beta1) * g` -> `g`, `(1 - beta2) * g**2` -> `g**2`
#   A running mean takes up the share 1 - beta of what is new.
# the gradient counts whole: `(1 - beta1) * g` -> `g`
#   A running mean takes up the share 1 - beta1 of the gradient.
# the square counts whole: `(1 - beta2) * g**2` -> `g**2`
#   A running mean takes up the share 1 - beta2 of the square.
# nothing is forgotten: `m *= beta1 ⏎ m += ` -> `m += `, `v *= beta2 ⏎ v += ` -> `v += `
#   A running mean keeps the share beta of what it was.
# the shares are exchanged
#   `m *= beta1 ⏎ m += (1 - beta1) * g ⏎ v *= beta2 ⏎ v += (1 - beta2) * g**2` -> `m *= 1 - beta1 ⏎ m += beta1 * g ⏎ v *= 1 - beta2 ⏎ v += beta2 * g**2`
#   beta is the share that is kept, 1 - beta the share that is new.
# the mean of the gradient instead of its square: `(1 - beta2) * g**2` -> `(1 - beta2) * g`
#   u2 is the running mean of g**2, entry by entry.
# the mean of sizes: `(1 - beta2) * g**2` -> `(1 - beta2) * np.abs(g)`
#   u2 is the running mean of g**2, entry by entry.
# the length of the gradient instead of each entry: `(1 - beta2) * g**2` -> `(1 - beta2) * np.sum(g**2)`
#   Every weight has a step size of its own: g**2, entry by entry.
# the mean of all squares: `(1 - beta2) * g**2` -> `(1 - beta2) * np.mean(g**2)`
#   Every weight has a step size of its own: g**2, entry by entry.
# the root is missing: `(np.sqrt(square) + eps)` -> `(square + eps)`
#   The gradient is divided by its size, the *root* of the mean square.
# eps stands under the root: `(np.sqrt(square) + eps)` -> `np.sqrt(square + eps)`
#   eps is added to the root, outside.
# eps is missing: `(np.sqrt(square) + eps)` -> `np.sqrt(square)`
#   Where a weight never had a gradient that is 0 / 0. Add eps to the root.
# eps is always the default: `(np.sqrt(square) + eps)` -> `(np.sqrt(square) + 1e-8)`
#   eps is an argument: use it.
# the gradient of this step instead of its mean: `lr * mean` -> `lr * g`
#   The step follows the running mean of the gradient, corrected. (With the gradient itself it is RMSProp, but for the correction.)
# divided by nothing: `lr * mean / (np.sqrt(square) + eps)` -> `lr * mean`
#   The mean is divided by the root of the mean square: that gives steep and flat directions steps of like size.
# multiplied instead of divided: `lr * mean / (np.sqrt(square) + eps)` -> `lr * mean * (np.sqrt(square) + eps)`
#   Large gradients are brought to size by the root: divide by it.
# the sign of the gradient: `lr * mean / (np.sqrt(square) + eps)` -> `lr * np.sign(g)`
#   The step is the corrected mean over the corrected size.
# uphill: `p -= lr * mean` -> `p += lr * mean`
#   The gradient points uphill: subtract.
# the rate is missing: `p -= lr * mean` -> `p -= mean`
#   The step is lr times the ratio.
# the rate is always the default: `p -= lr * mean` -> `p -= 1e-3 * mean`
#   lr is an argument: use it.
# the step comes before the means are brought up to date
#   `m *= beta1 ⏎ m += (1 - beta1) * g ⏎ v *= beta2 ⏎ v += (1 - beta2) * g**2 ⏎ mean = m / (1 - beta1**t) ⏎ square = v / (1 - beta2**t) ⏎ p -= lr * mean / (np.sqrt(square) + eps)` -> `mean = m / (1 - beta1**t) ⏎ square = v / (1 - beta2**t) ⏎ p -= lr * mean / (np.sqrt(square) + eps) ⏎ m *= beta1 ⏎ m += (1 - beta1) * g ⏎ v *= beta2 ⏎ v += (1 - beta2) * g**2`
#   First both means take up the new gradient, then the step is made of them.
# only the first array moves: `p -= lr * mean / (np.sqrt(square) + eps)` -> `… ⏎ return`
#   Does a `return` or a `break` end the loop in its first round?
# the gradients are changed: `v += (1 - beta2) * g**2` -> `g **= 2 ⏎ v += (1 - beta2) * g`
#   `g **= 2` writes into the caller's gradients. Write `g**2`, which makes a new array.
# the mean is squared, not the gradient: `(1 - beta2) * g**2` -> `(1 - beta2) * m**2`
#   u2 is the running mean of the squares of the gradients, g**2, not of the square of their mean.
# the two betas are exchanged: `m *= beta1` -> `m *= beta2`, `v *= beta2` -> `v *= beta1`
#   beta1 belongs to the mean of the gradients, beta2 to that of their squares.
# the squares add up: `v *= beta2` -> `pass`, `(1 - beta2) * g**2` -> `g**2`
#   That is AdaGrad's sum, which never shrinks. Adam keeps a running mean: beta2 times the old one plus (1 - beta2) times g**2.
# the mean of the gradients is a new array: `m *= beta1` -> `m = beta1 * m`
#   The caller's mean of the gradients stays as it was, and the next step has no memory: `m = ...` binds a name to a new array. Write into
#   the caller's: `m *= ...`.
# the mean of the squares is a new array: `v *= beta2` -> `v = beta2 * v`
#   The caller's mean of the squares stays as it was, and the next step has no memory: `v = ...` binds a name to a new array. Write into
#   the caller's: `v *= ...`.
# one correction takes no power: `1 - beta1**t` -> `1 - beta1`
#   What is missing after t steps is beta1**t: the correction fades as t grows.
# the other one takes no power: `1 - beta2**t` -> `1 - beta2`
#   What is missing after t steps is beta2**t: the correction fades as t grows.
# the squares come in with 1 - beta1: `(1 - beta2) * g**2` -> `(1 - beta1) * g**2`
#   u2 has a beta of its own: it takes beta2 and 1 - beta2.
# the gradients come in with 1 - beta2: `m += (1 - beta1) * g` -> `m += (1 - beta2) * g`
#   u1 has a beta of its own: it takes beta1 and 1 - beta1.
# the sign of the mean: `lr * mean / (np.sqrt(square) + eps)` -> `lr * np.sign(m)`
#   Where the sign changes from step to step the step must become small: divide by the root of u2.
