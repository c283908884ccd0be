"""Exercise 7.4: a step with memory, in place."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.exercises.support.drawing import Array, Rng, eighths, window
from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.variants import sized, with_zeros
from mlp_reference import optimize

NET = [(3, 5), (5,), (5, 2), (2,)]


def arrays_after(fn: Callable[..., Any], params: list[Array], grads: list[Array], velocities: list[Array],
                 *rates: float) -> dict[str, Any]:  # fmt: skip
    """What became of the caller's arrays after two steps; the arrays, and the lists."""
    mine, speeds = list(params), list(velocities)
    windows, rolling = [*map(window, params)], [*map(window, velocities)]
    returned = fn(params, grads, velocities, *rates)
    fn(params, grads, velocities, *rates)
    fn([*windows], grads, [*rolling], *rates)
    return {"returned": returned, "params": mine, "velocities": speeds, "list": params, "list of velocities": velocities,
            "windows": windows, "moved windows": rolling}  # fmt: skip


def _lists(rng: Rng, shapes: list[tuple[int, ...]], beta: float) -> Arguments:
    params, grads, velocities = ([eighths(rng, *s) for s in shapes] for _ in range(3))
    return params, grads, velocities, float(rng.choice([0.125, 0.25, 0.5])), beta


def _net(rng: Rng) -> Arguments:
    return _lists(rng, NET, float(rng.choice([0.25, 0.5, 0.75])))


def _from_rest(rng: Rng) -> Arguments:
    params, grads, velocities, lr, _ = _net(rng)
    return params, grads, [0 * v for v in velocities], lr


def _without_memory(rng: Rng) -> Arguments:
    params, grads, velocities, _, _ = _lists(rng, [(2,), (3, 1), (2, 3, 2)], 0.0)
    return params, grads, velocities, 1, 0


def _standing(rng: Rng) -> Arguments:
    """With a rate of 0 nothing moves, but the velocities change."""
    params, grads, velocities, _, beta = _net(rng)
    return params, grads, velocities, 0.0, beta


def _turned(rng: Rng, count: int) -> Arguments:
    """Arrays as after a transposition, whose flat forms are copies."""
    *lists, lr, beta = _lists(rng, [(2, 3), (3, 2), (1, 4), (2,), (3,), (4, 1)][:count], 0.5)
    return *([np.asfortranarray(a) for a in arrays] for arrays in lists), lr, beta


def _two(rng: Rng) -> Arguments:
    """Two arrays, of which one gets no gradient: it goes on rolling."""
    params, grads, velocities, lr, beta = _lists(rng, [(3, 2), (4,)], 0.5)
    return params, [grads[0], 0 * grads[1]], velocities, lr, beta


def _single_precision(rng: Rng) -> Arguments:
    *lists, lr, beta = _net(rng)
    return *([a.astype(np.float32) for a in arrays] for arrays in lists), lr, beta


_one, _many = (functools.partial(_turned, count=count) for count in (1, 6))

exercise = Exercise(
    reference=optimize.momentum_step,
    probe=arrays_after,
    changes=("params", "velocities"),
    outputs=("the returned value", "params after two steps", "velocities after two steps", "the list", "its velocities",
             "params that are windows into larger arrays", "velocities that are"),
    cases=[
        Case("two steps of a network", [_net], times=4),
        Case("from rest, with the default memory", [_from_rest], times=3),
        Case("no memory, many shapes, single precision", [_without_memory, _single_precision], times=4),
        Case("a rate of 0, large gradients, tiny numbers, zeros", [_standing, sized(_net, 1)[0], sized(_net, 0, 1, 2)[1], with_zeros(_net)], times=4, weight=0.5),
        Case("one array, many, transposed ones; a gradient of zeros", [_one, _many, _two], times=6),
    ],
)

# %% hints
# 1. Three lists side by side, so one loop over `zip` of them. Which of the three arrays must change, and in which order?
# 2. First the velocity: it shrinks by beta, and takes up the gradient. Then the parameter moves by the *new* velocity.
#    `v = ...` makes a new array that nobody holds; `v *= ...` and `v += ...` write into the old one.
# 3. The loop has three lines: `v *= beta`, `v += g`, `p -= lr * v`. There is no return.

# %% elegant
# Three lines in place: the velocity shrinks, takes up the gradient, and the parameter follows it. The memory lives in
# the arrays that the caller holds, so the function itself has none.

# %% right
def momentum_step(params, grads, velocities, lr, beta=0.9):
    for p, g, v in zip(params, grads, velocities):
        v *= beta
        v += g
        p -= lr * v

# %% right
def momentum_step(params, grads, velocities, lr, beta=0.9):
    for i in range(len(params)):
        velocities[i][...] = beta * velocities[i] + grads[i]
        params[i][...] = params[i] - lr * velocities[i]

# %% right
def momentum_step(params, grads, velocities, lr, beta=0.9):
    for v, g in zip(velocities, grads):
        np.add(beta * v, g, out=v, casting="same_kind")
    for p, v in zip(params, velocities):
        np.subtract(p, lr * v, out=p, casting="same_kind")
    return None

# %% right
def momentum_step(params, grads, velocities, lr, beta=0.9):
    for p, g, v in zip(params, grads, velocities):
        for index in np.ndindex(p.shape):
            v[index] = beta * v[index] + g[index]
            p[index] = p[index] - lr * v[index]

# %% right
def momentum_step(params, grads, velocities, lr, beta=0.9):
    new = [beta * v + g for v, g in zip(velocities, grads)]
    for p, v, n in zip(params, velocities, new):
        v[:] = n
        p[:] -= lr * n

# %% right
def momentum_step(params, grads, velocities, lr, beta=0.9):
    def one(p, g, v):
        p -= lr * (beta * v + g)
        v += (beta - 1) * v + g
    for three in zip(params, grads, velocities, strict=True):
        one(*three)

# %% wrong
# the caller's velocity stays as it was: `v *= beta ⏎ v += g` -> `v = beta * v + g`
#   or `v *= beta ⏎ v += g ⏎ p -= lr * v` -> `p -= lr * (beta * v + g)`
#   The caller's velocity stays as it was, so the next step has no memory: `v = ...` binds the name v to a new array.
#   `v *= beta` and `v += g` write into the caller's.
# the parameters are new arrays: `p -= lr * v` -> `p = p - lr * v`
#   `p = ...` binds the name p to a new array; the caller's stays as it was. `p -= lr * v` writes into it.
# all arrays are new: `v *= beta ⏎ v += g ⏎ p -= lr * v` -> `v = beta * v + g ⏎ p = p - lr * v`
#   `v = ...` and `p = ...` bind names to new arrays; the caller's stay as they were. `v *= beta`, `v += g` and
#   `p -= lr * v` write into them.
# new arrays are put into the lists
# -     for p, g, v in zip(params, grads, velocities):
# -         v *= beta
# -         v += g
# -         p -= lr * v
# +     for i in range(len(params)):
# +         velocities[i] = beta * velocities[i] + grads[i]
# +         params[i] = params[i] - lr * velocities[i]
#   The lists now hold other arrays, and whoever holds the old ones, the network for example, sees no step. Write into
#   them.
# the parameters are returned
# - p -= lr * v
# + p -= lr * v
# +     return params
#   A function that works in place returns None, so that nobody takes its result for a new list.
# no memory: `v *= beta ⏎ v += g` -> `v[...] = g`
#   The velocity keeps a share beta of what it was: `v *= beta` before the gradient is added.
# nothing is forgotten: `v *= beta ⏎ v += g` -> `v += g`
#   Each step forgets: the old velocity is multiplied by beta.
# the step is that of the old velocity: `v *= beta ⏎ v += g ⏎ p -= lr * v` -> `p -= lr * v ⏎ v *= beta ⏎ v += g`
#   First the velocity takes up the gradient, then the parameter moves by it.
# the gradient is forgotten by beta, too: `v *= beta ⏎ v += g` -> `v += g ⏎ v *= beta`
#   First the old velocity shrinks, then the whole gradient is added.
# the gradient counts with 1 - beta: `v += g` -> `v += (1 - beta) * g`
#   Here the velocity is a sum, not a running mean: the whole gradient is added.
# the rate is inside the velocity: `v += g` -> `v += lr * g`, `p -= lr * v` -> `p -= v`
#   or `v += g` -> `v -= lr * g`, `p -= lr * v` -> `p += v`
#   Here the velocity collects plain gradients, and the step multiplies by lr. (The other way is common, too, and differs when lr
#   changes.)
# the rate counts twice: `v += g` -> `v += lr * g`
#   lr belongs to the step alone: the velocity collects plain gradients.
# the rate is missing: `p -= lr * v` -> `p -= v`
#   The step is lr times the velocity.
# the plain step: `p -= lr * v` -> `p -= lr * g`
#   The parameter moves by the velocity, not by the gradient of this one step.
# the gradient is added to the step once more: `p -= lr * v` -> `p -= lr * (g + beta * v)`
#   That is Nesterov's variant. Here the parameter moves by lr times the velocity.
# uphill: `p -= lr * v` -> `p += lr * v`
#   The velocity is made of gradients, which point uphill: subtract it.
# the velocity points downhill, and is subtracted: `v += g` -> `v -= g`
#   With `v += g` the velocity is made of steps uphill and is subtracted. Take one minus, not two.
# the velocity points downhill: `v += g` -> `v -= g`, `p -= lr * v` -> `p += lr * v`
#   From rest the walk is right, but `velocities` is to hold `beta v + g`, with a plus, and is subtracted.
# beta is always 0.9: `v *= beta` -> `v *= 0.9`
#   beta is an argument: use it.
# the velocity is multiplied by 1 - beta: `v *= beta` -> `v *= 1 - beta`
#   beta is the share that is kept: with 0.9 a tenth of the velocity is forgotten.
# only the first array moves: `p -= lr * v` -> `… ⏎ return`
#   Does a `return` or a `break` end the loop in its first round?
# only the last array moves
# -         v *= beta
# -         v += g
# -         p -= lr * v
# +         pass
# +     v *= beta
# +     v += g
# +     p -= lr * v
#   The step must stand inside the loop, one for each array.
# the gradients are changed: `v *= beta ⏎ v += g` -> `g += beta * v ⏎ v[...] = g`
#   `g += ...` writes into the caller's gradients. It is the velocity that collects.
# the gradient's sign alone: `v += g` -> `v += np.sign(g)`
#   The whole gradient is added.
# both lists are returned: `p -= lr * v` -> `p -= lr * v ⏎ return params, velocities`
#   A function that works in place returns nothing, and a `return` in the loop ends it with the first array.
# new velocities are put into the list
#   `v *= beta` -> `…`, `for p, g, v in zip(params, grads, velocities):` -> `for i, (p, g, v) in enumerate(zip(params, grads, velocities)): ⏎     v = velocities[i] = v.copy()`
#   `velocities[i] = ...` puts another array into the list, and whoever holds the old one sees nothing. Write into it: `v *= beta`, `v += g`.
