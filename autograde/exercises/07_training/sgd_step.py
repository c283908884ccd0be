"""Exercise 7.3: every array moves in place."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.drawing import Array, Rng, eighths, window
from autograde.exercises.support.variants import sized, with_zeros
from mlp_reference import optimize


def arrays_after(fn: Callable[..., Any], params: list[Array], grads: list[Array], lr: float) -> dict[str, Any]:
    """What became of the caller's arrays, in one piece and as windows; what the list holds does not matter."""
    plain, windows = list(params), [window(p) for p in params]
    returned = fn(params, grads, lr)
    fn(list(windows), grads, lr)
    return {"returned": returned, "params": plain, "list": params, "windows": windows}


def _net(rng: Rng) -> Arguments:
    shapes = [(3, 5), (5,), (5, 2), (2,)]
    return _lists(rng, shapes)


def _lists(rng: Rng, shapes: list[tuple[int, ...]]) -> Arguments:
    params, grads = [eighths(rng, *s) for s in shapes], [eighths(rng, *s) for s in shapes]
    return params, grads, float(rng.choice([0.125, 0.25, 0.5, 2.0]))


def _single_precision(rng: Rng) -> Arguments:
    params, grads, lr = _net(rng)
    return [p.astype(np.float32) for p in params], [g.astype(np.float32) for g in grads], lr


def _single_with_double(rng: Rng) -> Arguments:
    params, grads, lr = _net(rng)
    return [p.astype(np.float32) for p in params], grads, lr


def _turned(rng: Rng) -> Arguments:
    """Two arrays as after a transposition: their flat forms are copies."""
    params, grads, lr = _lists(rng, [(2, 3), (3, 2)])
    return [np.asfortranarray(p) for p in params], [np.asfortranarray(g) for g in grads], lr


def _rate_of_zero(rng: Rng) -> Arguments:
    params, grads, _ = _net(rng)
    return params, grads, 0.0


exercise = Exercise(
    reference=optimize.sgd_step,
    probe=arrays_after,
    changes=("params",),
    outputs=("the returned value", "params", "the list afterwards", "params that are windows into larger arrays"),
    cases=[
        Case("the arrays of a network", [_net], times=4),
        Case(
            "one array, many shapes, a rate of 0, a whole number",
            [
                lambda rng: _lists(rng, [(4,)]),
                lambda rng: _lists(rng, [(2,), (3, 1), (2, 3, 2), (1, 1), (4, 4), (5,)]),
                _rate_of_zero,
                _turned,
                lambda rng: (*_net(rng)[:2], int(rng.choice([1, 2]))),
            ],
            times=10,
        ),
        Case("large gradients, tiny numbers, zeros", [sized(_net, 1)[0], sized(_net, 0, 1)[1], with_zeros(_net)], times=3, weight=0.5),
        Case("single precision", [_single_precision, _single_with_double], times=4),
    ],
)

# %% hints
# 1. Loop over both lists at once: `for p, g in zip(params, grads):`. What does `p = ...` do in a loop, and what does
#    `p -= ...` do?
# 2. An assignment to the bare name `p` never changes an array. An operator like `+=` or an index like `p[...] = `
#    writes into it.
# 3. The body of the loop is one line, `p -= lr * g`, and there is no return.

# %% elegant
# `p -= ...` writes into the array that the caller holds. With `p = p - ...` the name would point to a new one, and
# nothing would have been learned.

# %% right
def sgd_step(params, grads, lr):
    for p, g in zip(params, grads):
        p -= lr * g

# %% right
def sgd_step(params, grads, lr):
    for i in range(len(params)):
        params[i] -= lr * grads[i]

# %% right
def sgd_step(params, grads, lr):
    for p, g in zip(params, grads, strict=True):
        p[...] = p - lr * g
    return None

# %% right
def sgd_step(params, grads, lr):
    for p, g in zip(params, grads):
        np.subtract(p, np.multiply(lr, g), out=p, casting="same_kind")

# %% right
def sgd_step(params, grads, lr):
    for p, g in zip(params, grads):
        for index in np.ndindex(p.shape):
            p[index] = p[index] - lr * g[index]

# %% right
def sgd_step(params, grads, lr):
    change = [-lr * g for g in grads]
    for p, c in zip(params, change):
        p[:] += c

# %% wrong
# a new array moves, the caller's own stays as it was: `p -= lr * g` -> `p = p - lr * g`
#   `p = p - lr * g` binds the name p to a new array, and `np.array(p)` is a copy; the caller's array stays as it was.
#   `p -= lr * g` or `p[...] = p - lr * g` writes into the array itself.
# new arrays are put into the list
# -     for p, g in zip(params, grads):
# -         p -= lr * g
# +     for i in range(len(params)):
# +         params[i] = params[i] - lr * grads[i]
#   The list now holds other arrays, and whoever holds the old ones, the network for example, sees no step. Write into
#   them: `params[i] -= lr * grads[i]`.
# new arrays are returned
# -     for p, g in zip(params, grads):
# -         p -= lr * g
# +     return [p - lr * g for p, g in zip(params, grads)]
#   The caller's arrays must move, and nothing is returned: write into each array with `-=`.
# the step is in place, but the list is returned
# - p -= lr * g
# + p -= lr * g
# +     return params
#   A function that works in place returns None, so that nobody takes its result for a new list. Leave the `return`
#   away.
# a new array moves, and the unchanged list is returned
# - p -= lr * g
# + p = p - lr * g
# +     return params
#   `p = p - lr * g` binds the name p to a new array, so the arrays in the list stay as they were; and nothing is to be
#   returned. Write `p -= lr * g`.
# only the first array moves: `p -= lr * g` -> `… ⏎ return`
#   Only the first array moves: does a `return` or a `break` end the loop in its first round?
# uphill instead of downhill: `p -= lr * g` -> `p += lr * g`
#   The gradient points uphill: subtract it.
# the learning rate is ignored: `p -= lr * g` -> `p -= g`
#   The step is `lr` times the gradient.
# arithmetic with whole lists
# -     for p, g in zip(params, grads):
# -         p -= lr * g
# +     params -= lr * grads
#   `params` and `grads` are lists, and lists don't calculate; made one array they would be copies. Loop over both, `for
#   p, g in zip(params, grads):`, and move each p in place.
# the lists are made one array
# -     for p, g in zip(params, grads):
# -         p -= lr * g
# +     params = np.array(params) - lr * np.array(grads)
#   Arrays of different shapes don't fit into one, and `np.array` makes copies, so the caller's would not move. Loop
#   over both lists, `for p, g in zip(params, grads):`, and move each p in place.
# the old values are forgotten: `p -= lr * g` -> `p[...] = -lr * g`
#   The step starts where the parameters are: subtract from what is there.
# divided by the learning rate: `p -= lr * g` -> `p -= g / lr if lr else 0 * g`
#   A smaller rate means a smaller step: multiply.
# only the last array moves
# -         p -= lr * g
# +         pass
# +     p -= lr * g
#   The step must stand inside the loop, one for each array.
# only the matrices move: `p -= lr * g` -> `if p.ndim == 2: …`
#   Biases have gradients, too: every array of the list takes the step.
# only the sign of the gradient counts: `p -= lr * g` -> `p -= lr * np.sign(g)`
#   Where it is steep the step is long: multiply by the gradient itself.
# the gradient is divided by its length: `p -= lr * g` -> `… / np.linalg.norm(g)`
#   The plain step is `lr` times the gradient, however long that is.
# the gradient is averaged: `p -= lr * g` -> `… / len(g)`
#   The mean over the batch is in the gradients already: don't divide again.
# each entry moves by the mean of its array's gradient: `p -= lr * g` -> `….mean()`
#   Every entry has a slope of its own: no mean.
# the gradients are changed on the way: `p -= lr * g` -> `g *= lr ⏎ p -= g`
#   `g *= lr` writes into the caller's gradients. Write `p -= lr * g`, which makes a new array for the product.
# a flattened copy is moved: `p -= lr * g` -> `flat = p.reshape(-1) ⏎ flat -= lr * g.reshape(-1)`
#   `reshape` gives a window where it can and a copy where it must, for a window with gaps, say. Move p itself.
# a flattened copy is moved: `p -= lr * g` -> `flat = p.ravel() ⏎ flat -= lr * g.ravel()`
#   `ravel` gives a window where it can and a copy where it must, for a window with gaps, say. Move p itself.
# a new array moves, the caller's own stays as it was: `p -= lr * g` -> `p = np.array(p) ⏎ …`
#   `p = p - lr * g` binds the name p to a new array, and `np.array(p)` is a copy; the caller's array stays as it was.
#   Write into it: `p -= lr * g`.
