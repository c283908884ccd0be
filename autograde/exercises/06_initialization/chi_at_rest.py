"""Starred exercise 6: where the lengths come to rest, and what a layer does to gradients there."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.exercises.support.drawing import Rng
from autograde.exercises.support.within import within
from autograde.judging.exercise import Arguments, Case, Exercise, Formula

CLOSE = 1e-3  # relative to the answer, as the exercise asks for
_Z = np.linspace(-8, 8, 2001)
_MASS = np.exp(-(_Z**2) / 2) / np.exp(-(_Z**2) / 2).sum()
_PAIRS = {
    "tanh": ("np.tanh(x)", "1 - np.tanh(x)**2"),
    "soft": ("np.log1p(np.exp(x))", "1 / (1 + np.exp(-x))"),  # no step: how a grid meets one is no part of this
    "sigmoid": ("1 / (1 + np.exp(-2 * x))", "2 * np.exp(-2 * x) / (1 + np.exp(-2 * x))**2"),
    "wave": ("np.sin(x) + 0.5 * x", "np.cos(x) + 0.5"),
}


def chi_at_rest(psi: Callable[[Any], Any], slope: Callable[[Any], Any], w2: float, b2: float) -> float:
    """The variance of z goes to a fixed point; chi is taken there."""
    q = 1.0
    for _ in range(2000):
        before, q = q, w2 * float(_MASS @ np.asarray(psi(np.sqrt(q) * _Z)) ** 2) + b2
        if abs(q - before) < 1e-12 * before:
            break
    return w2 * float(_MASS @ np.asarray(slope(np.sqrt(q) * _Z)) ** 2)


def chi_values(fn: Callable[..., Any], psi: Any, slope: Any, w2: float, b2: float) -> Any:
    """What is judged: the number, where it is close enough the right one."""
    right = chi_at_rest(psi, slope, w2, b2)
    return within(fn, (psi, slope, w2, b2), right, CLOSE * right)


def _of(*names: str, w2: tuple[float, ...], b2: tuple[float, ...]) -> Callable[[Rng], Arguments]:
    def make(rng: Rng) -> Arguments:
        psi, slope = (Formula(text) for text in _PAIRS[str(rng.choice(names))])
        return psi, slope, float(rng.choice(w2)), float(rng.choice(b2))

    return make


exercise = Exercise(
    reference=chi_at_rest,
    probe=chi_values,
    patience=5.0,
    cases=[
        Case("tanh", [_of("tanh", w2=(1.5, 2.0, 3.0), b2=(0.1, 0.25, 0.5))], times=3),
        Case("a sigmoid, a wave", [_of("sigmoid", w2=(2.0, 4.0), b2=(0.25, 0.5)), _of("wave", w2=(0.5, 0.75), b2=(0.5, 1.0))], times=4),
        Case("a soft ReLU", [_of("soft", w2=(0.5, 0.75), b2=(0.5, 1.0))], times=2),
        Case("a long way to rest", [_of("tanh", w2=(1.0, 1.02), b2=(1e-4, 2e-4))], times=2),
        Case("without biases", [_of("tanh", w2=(1.5, 2.5), b2=(0.0,))], times=2, weight=0.5),
    ],
)

# %% hints
# 1. First q alone, the variance of the pre-activations: a layer turns it into w2 E[psi(sqrt(q) u)**2] + b2, with u standard
#    normal. Apply that again and again, until q does not change.
# 2. At this q a layer multiplies the mean square of a gradient by w2 E[slope(sqrt(q) u)**2]. Both expectations are sums over one grid
#    of u with the weights `mass`, as in `second_moment_gain`.

# %% elegant
# The same grid serves for both expectations, and the fixed point is found by nothing but repetition: what a deep network does to q,
# layer by layer, is the algorithm.

# %% right
def chi_at_rest(psi, slope, w2, b2):
    u = np.linspace(-8, 8, 801)
    mass = np.exp(-u**2 / 2)
    mass = mass / mass.sum()
    q = 1.0
    for _ in range(500):
        q = w2 * np.sum(mass * psi(np.sqrt(q) * u)**2) + b2
    return w2 * np.sum(mass * slope(np.sqrt(q) * u)**2)

# %% right
def chi_at_rest(psi, slope, w2, b2):
    # where the map crosses the diagonal, by halving
    u = (np.arange(1200) + 0.5) / 100 - 6
    density = np.exp(-(u**2) / 2) / np.sqrt(2 * np.pi) / 100
    low, high = 1e-6, 1e4
    for _ in range(100):
        q = (low * high) ** 0.5
        after = w2 * density @ psi(np.sqrt(q) * u) ** 2 + b2
        low, high = (q, high) if after > q else (low, q)
    return float(w2 * density @ slope(np.sqrt(q) * u) ** 2)

# %% right
def chi_at_rest(psi, slope, w2, b2):
    t = np.arange(-9, 9, 0.01) + 0.005
    fine = np.exp(-t * t / 2)
    fine /= fine.sum()
    q = 2.0
    while True:
        new = w2 * float(fine @ np.asarray(psi(q**0.5 * t)) ** 2) + b2
        if abs(new - q) < 1e-10:
            break
        q = new
    return np.array(w2 * float(fine @ np.asarray(slope(q**0.5 * t)) ** 2))

# %% wrong
# chi without the variance of the weights: `return w2 * np.sum(` -> `return np.sum(`
#   The gradient passes through the weights, too: chi is w2 times the mean square of the slope.
# the biases are forgotten: `psi(np.sqrt(q) * u)**2) + b2` -> `psi(np.sqrt(q) * u)**2)`
#   Each layer adds the variance b2 of its biases to q.
# the slope at q = 1: `for _ in range(500):` -> `for _ in range(0):`
#   chi is wanted where q has come to rest: iterate q first.
# a single layer: `range(500)` -> `range(1)`
#   After one layer q is not at rest: repeat until it stays.
# too few layers: `range(500)` -> `range(10)` | `range(20)` | `range(50)`
#   Where a layer changes q by little, q needs some hundred layers to come to rest: take 500, or go on until the change
#   is tiny.
# it stops where a layer changes q by a little: `for _ in range(500):` -> `before = 0.0 ⏎ while abs(q - before) > 1e-2: ⏎     before = q`
#   or `for _ in range(500):` -> `before = 0.0 ⏎ while abs(q - before) > 1e-3: ⏎     before = q`
#   or `for _ in range(500):` -> `while True:`,
#   `q = w2 * np.sum(mass * psi(np.sqrt(q) * u)**2) + b2` -> `new = w2 * np.sum(mass * psi(np.sqrt(q) * u)**2) + b2 ⏎ if abs(new - q) < 1e-2: ⏎     break ⏎ q = new`
#   Small steps may still go a long way: each changes q by nearly as much as the one before. Stop at a change of 1e-9 or so.
# the weights multiply the biases, too: `np.sum(mass * psi(np.sqrt(q) * u)**2) + b2` -> `(np.sum(mass * psi(np.sqrt(q) * u)**2) + b2)`
#   A bias passes no weight on its way: w2 multiplies the expectation alone, and b2 is added behind it.
# q is taken for the standard deviation: `psi(np.sqrt(q) * u)` -> `psi(q * u)`, `slope(np.sqrt(q) * u)` -> `slope(q * u)`
#   q is the variance of z, so u is multiplied by its root.
# the mean slope: `slope(np.sqrt(q) * u)**2` -> `slope(np.sqrt(q) * u)`
#   Mean squares are multiplied by mean squares: square the slope.
# the square of the mean slope: `np.sum(mass * slope(np.sqrt(q) * u)**2)` -> `np.sum(mass * slope(np.sqrt(q) * u))**2`
#   Square first, then average: E[slope**2].
# the mean is not squared in q: `psi(np.sqrt(q) * u)**2` -> `psi(np.sqrt(q) * u)`
#   The mean *square* of psi goes into q.
# psi instead of its slope: `slope(np.sqrt(q) * u)**2` -> `psi(np.sqrt(q) * u)**2`
#   A gradient is multiplied by the slope of psi, not by psi.
# the resting q instead of chi: `return w2 * np.sum(mass * slope(np.sqrt(q) * u)**2)` -> `return q`
#   q is the first half. Asked is chi at this q.
# the bias variance is added to chi: `slope(np.sqrt(q) * u)**2)` -> `slope(np.sqrt(q) * u)**2) + b2`
#   Biases add to values, not to gradients: chi has no b2 of its own.
# the root of chi: `return w2 * np.sum(mass * slope(np.sqrt(q) * u)**2)` -> `return np.sqrt(w2 * np.sum(mass * slope(np.sqrt(q) * u)**2))`
#   chi multiplies the mean *square* of a gradient: no root.
# the density lacks its factor: `mass / mass.sum()` -> `mass` | `mass * (u[1] - u[0])`
#   The masses of all places must add up to 1: divide the density by its own sum.
# the standard deviation of the weights: `q = w2 *` -> `q = np.sqrt(w2) *`
#   w2 is the variance already: it multiplies the mean square as it is.
# the variance of the weights squared: `q = w2 *` -> `q = w2**2 *`
#   w2 is the variance already: it multiplies the mean square as it is.
# the variance of the weights is forgotten on the way: `q = w2 *` -> `q =`
#   Each layer multiplies the mean square by w2, and adds b2.
# it begins at q = 0: `q = 1.0` -> `q = 0.0`
#   Where psi(0) is 0 nothing comes from q = 0 without biases: begin at q = 1.
# the root of the biases' variance: `+ b2` -> `+ np.sqrt(b2)`
#   Variances add up as they are: b2 is one already.
# the variance of the values
#   `q = w2 * np.sum(mass * psi(np.sqrt(q) * u)**2) + b2` -> `v = psi(np.sqrt(q) * u) ⏎ q = w2 * (np.sum(mass * v**2) - np.sum(mass * v)**2) + b2`
#   The mean square is asked for, with the mean left in: the next layer meets it, too.
