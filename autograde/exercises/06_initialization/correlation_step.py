"""Exercise 6.6: how alike two inputs are behind a wide layer."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.exercises.support.drawing import Rng
from autograde.exercises.support.places import about_places
from autograde.exercises.support.within import within
from autograde.judging.exercise import Arguments, Case, Exercise, Formula
from mlp_reference import propagation

CLOSE = 1e-3  # what the exercise asks for
_right = functools.lru_cache(maxsize=256)(propagation.correlation_step)  # each call of an answer needs it
COSINES = (-0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 0.875)


def step_values(fn: Callable[..., Any], psi: Callable[[Any], Any], c: float, q: float) -> Any:
    """What is judged: the number, where it is close enough the right one."""
    right = _right(psi, c, q)
    return within(fn, (psi, c, q), right, CLOSE, seen=lambda got: about_places(fn, psi, (c, q), abs(got - right), 200))


def _at(rng: Rng, formula: str, q: tuple[float, ...] = (0.5, 2.0, 3.0)) -> Arguments:
    return Formula(formula), float(rng.choice(COSINES)), float(rng.choice(q))


def _odd(rng: Rng) -> Arguments:
    """Means of 0: neither a mean that is subtracted nor its absence shows."""
    return _at(rng, f"np.tanh({float(rng.choice([0.75, 1.25, 1.5]))} * x)")


def _half(rng: Rng) -> Arguments:
    return _at(rng, f"np.maximum(x, {float(rng.choice([0.0, 0.01, 0.25]))} * x)")


def _sigmoid(rng: Rng) -> Arguments:
    return _at(rng, f"1 / (1 + np.exp({float(rng.choice([-1.0, -0.5, 1.0]))} - 2 * x))")


def _shifted(rng: Rng) -> Arguments:
    return _at(rng, f"np.maximum(x + {float(rng.choice([-0.25, 0.5]))}, 0)")


def _wave(rng: Rng) -> Arguments:
    """Neither a line nor a step: it gives back other cosines than both."""
    return _at(rng, f"np.sin({float(rng.choice([1.5, 2.0]))} * x) + 0.25")


def _ends(rng: Rng) -> Arguments:
    """Equal inputs, opposite ones, perpendicular ones."""
    formula = str(rng.choice(["np.maximum(x + 0.5, 0)", "1 / (1 + np.exp(0.5 - x))"]))
    return Formula(formula), float(rng.choice([-1.0, 0.0])), float(rng.choice([0.5, 2.0]))


def _equal(rng: Rng) -> Arguments:
    """And whole numbers."""
    return Formula("np.tanh(x) + 0.25"), 1, int(rng.choice([1, 2]))


def _nearly_alike(rng: Rng) -> Arguments:
    """Of a large variance."""
    return Formula("np.tanh(2 * x) + 0.125 * x"), float(rng.choice([0.96, 0.97])), 9.0


def _little(rng: Rng) -> Arguments:
    """Of a small variance: a curve is nearly a line there."""
    return Formula("np.tanh(2 * x)"), float(rng.choice([-0.5, 0.5])), 0.0625


def _faint(rng: Rng) -> Arguments:
    """Values so small that a small number in the denominator shows: a cosine has no size."""
    return _at(rng, f"{2.0 ** -rng.integers(14, 20)} * np.tanh(x)")


exercise = Exercise(
    reference=propagation.correlation_step,
    probe=step_values,
    patience=3.0,  # an integral over a plane, and a wrong answer is called twice
    cases=[
        Case("tanh, stretched", [_odd], times=2),
        Case("relu, leaky and shifted", [_half, _shifted]),
        Case("sigmoid, and a wave", [_sigmoid, _wave], times=3),
        Case("a cosine near 1, a small and a large variance, tiny values", [_nearly_alike, _little, _faint], times=3, weight=0.5),
        Case("opposite, perpendicular, equal inputs", [_ends, _ends, _equal], times=3),
    ],
)

# %% hints
# 1. You need two normal numbers with variance q each and correlation c. Draw, or lay out on a grid, two *independent*
#    standard ones, u and v, and mix them. Which mixture has variance 1 and correlation c with u?
# 2. z = sqrt(q) u and z' = sqrt(q) (c u + sqrt(1 - c**2) v). The mean of psi(z) psi(z') is a double sum over the
#    places of u and of v, weighted by both densities; the mean of psi(z)**2 is the single sum of `second_moment_gain`.
# 3. `t = np.linspace(-8, 8, 201)`, `mass = np.exp(-t**2 / 2)`, `mass /= mass.sum()`, `u, v = t[:, None], t`. With `z2 = ...` for z'
#    sum `mass[:, None] * mass * psi(z) * psi(z2)` over the table, and divide by the sum of `mass * psi(np.sqrt(q) * t)**2`.

# %% elegant
# One grid for two independent numbers, and the second image is mixed from both: c times the first, the root of 1 - c
# squared times a new one. Divided by E[psi squared] on the same grid, equal inputs give 1 up to rounding.

# %% right
def correlation_step(psi, c, q):
    t = np.linspace(-8, 8, 201)
    mass = np.exp(-t**2 / 2)
    mass = mass / mass.sum()
    u, v = t[:, None], t
    z1 = np.sqrt(q) * u
    z2 = np.sqrt(q) * (c * u + np.sqrt(1 - c**2) * v)
    together = np.sum(mass[:, None] * mass * psi(z1) * psi(z2))
    square = np.sum(mass[:, None] * psi(z1)**2)
    return together / square

# %% right
import math

def correlation_step(psi, c, q):
    # number by number, midpoints
    step = 0.1
    places = [step * (i + 0.5) - 6 for i in range(120)]
    density = lambda z: math.exp(-z * z / 2) / math.sqrt(2 * math.pi) * step
    top = bottom = 0.0
    for x in places:
        first, weight = float(psi(math.sqrt(q) * x)), density(x)
        bottom += weight * first**2
        for y in places:
            mixed = c * x + math.sqrt(max(0.0, 1 - c * c)) * y
            top += weight * density(y) * first * float(psi(math.sqrt(q) * mixed))
    return top / bottom

# %% right
def correlation_step(psi, c, q):
    # sums and differences of the two are independent
    t = (np.arange(280) + 0.5) / 20 - 7
    mass = np.exp(-(t**2) / 2)
    S, D = np.meshgrid(np.sqrt(q * (1 + c) / 2) * t, np.sqrt(q * (1 - c) / 2) * t, indexing="ij")
    weights = np.outer(mass, mass)
    a, b = np.asarray(psi(S + D)), np.asarray(psi(S - D))
    return 2 * np.sum(weights * a * b) / np.sum(weights * (a**2 + b**2))

# %% right
def correlation_step(psi, c, q):
    # Hermite polynomials: each order k contributes c**k
    z = np.linspace(-12, 12, 4_001)
    mass = np.exp(-z**2 / 2) * (z[1] - z[0]) / np.sqrt(2 * np.pi)
    values = psi(np.sqrt(q) * z)
    before, now = np.zeros_like(z), np.ones_like(z)
    total = 0.0
    for k in range(120):
        total += c**k * np.sum(mass * values * now)**2
        before, now = now, (z * now - np.sqrt(k) * before) / np.sqrt(k + 1)
    rest = np.sum(mass * values**2)
    return float(total / rest)

# %% right
def correlation_step(psi, c, q):
    # polar coordinates: the angle at its middles, the radius by its distribution
    r = np.sqrt(-2 * np.log1p(-(np.arange(400) + 0.5) / 400))[:, None]
    angle = 2 * np.pi * (np.arange(360) + 0.5) / 360
    one = psi(np.sqrt(q) * r * np.cos(angle))
    two = psi(np.sqrt(q) * r * np.cos(angle - np.arccos(c)))
    return np.array(np.mean(one * two) / np.sqrt(np.mean(one**2) * np.mean(two**2)))

# %% right
def correlation_step(psi, c, q):
    # given z, the mean over z'
    t = np.arange(-7, 7.01, 0.05)
    density = np.exp(-t**2 / 2) / np.sqrt(2 * np.pi) * 0.05
    spread = np.sqrt(q * (1 - c**2)) * t
    given = [density @ np.broadcast_to(psi(c * z + spread), t.shape) for z in np.sqrt(q) * t]
    values = psi(np.sqrt(q) * t)
    return density @ (values * given) / (density @ values**2)

# %% wrong
# the expectation is not divided by E[psi(z)**2]: `together / square` -> `together`
#   A cosine is a product divided by both lengths: here E[psi(z) psi(z')] / E[psi(z)**2].
# divided by q: `together / square` -> `together / q`
#   q is the mean square *before* the activation. Behind it that is E[psi(z)**2].
# divided by the root of E[psi(z)**2]: `together / square` -> `together / np.sqrt(square)`
#   Each of the two lengths is the root of E[psi(z)**2], and there are two: their product has no root.
# divided by E[psi(z)**2] twice: `together / square` -> `together / square**2`
#   The two lengths are roots: their product is E[psi(z)**2], once.
# the means are subtracted
#   `together / square` -> `(together - np.sum(mass[:, None] * psi(z1))**2) / (square - np.sum(mass[:, None] * psi(z1))**2)`
#   That is the correlation. The cosine of the values keeps their mean, as the mean square does: the next layer meets it.
# the mean is subtracted above, but not below: `together / square` -> `(together - np.sum(mass[:, None] * psi(z1))**2) / square`
#   The cosine of the values keeps their mean: subtract nothing.
# divided by the variance: `together / square` -> `together / (square - np.sum(mass[:, None] * psi(z1))**2)`
#   The length belongs to the values with their mean: divide by E[psi(z)**2], not by the variance.
# standard normal instead of variance q: `z1 = np.sqrt(q) * u` -> `z1 = u`, `np.sqrt(q) * (c * u + np.sqrt(1 - c**2) * v)` -> `c * u + np.sqrt(1 - c**2) * v`
#   z and z' have variance q: multiply the standard normal numbers by sqrt(q).
# q is taken for the standard deviation: `z1 = np.sqrt(q) * u` -> `z1 = q * u`, `z2 = np.sqrt(q) * (` -> `z2 = q * (`
#   q is the variance, so the standard normal numbers are multiplied by its root.
# only the first one has variance q: `z2 = np.sqrt(q) * (` -> `z2 = (`
#   or `z2 = np.sqrt(q) * (` -> `z2 = (`, `together / square` -> `together / np.sqrt(square * np.sum(mass[:, None] * mass * psi(z2)**2))`
#   Both have variance q: sqrt(q) multiplies the whole mixture c u + sqrt(1 - c**2) v.
# only the second one has variance q: `z1 = np.sqrt(q) * u` -> `z1 = u`
#   Both have variance q: z = sqrt(q) u.
# sqrt(q) multiplies a part of the mixture: `np.sqrt(q) * (c * u + np.sqrt(1 - c**2) * v)` -> `np.sqrt(q) * c * u + np.sqrt(1 - c**2) * v`
#   or `np.sqrt(q) * (c * u + np.sqrt(1 - c**2) * v)` -> `np.sqrt(q) * c * u + np.sqrt(1 - c**2) * v`, `together / square` -> `together / np.sqrt(square * np.sum(mass[:, None] * mass * psi(z2)**2))`
#   sqrt(q) multiplies the whole mixture: put brackets around c u + sqrt(1 - c**2) v.
# the mixture has the weights c and 1 - c: `np.sqrt(1 - c**2)` -> `(1 - c)`
#   or `np.sqrt(1 - c**2)` -> `(1 - c)`, `together / square` -> `together / np.sqrt(square * np.sum(mass[:, None] * mass * psi(z2)**2))`
#   The variances add up, so the *squares* of the weights must add up to 1: c and sqrt(1 - c**2).
# the root is forgotten: `np.sqrt(1 - c**2)` -> `(1 - c**2)`
#   or `np.sqrt(1 - c**2)` -> `(1 - c**2)`, `together / square` -> `together / np.sqrt(square * np.sum(mass[:, None] * mass * psi(z2)**2))`
#   The squares of the weights must add up to 1: c and sqrt(1 - c**2), with the root.
# the weights are the roots of c and 1 - c: `(c * u + np.sqrt(1 - c**2) * v)` -> `(np.sqrt(abs(c)) * u + np.sqrt(1 - abs(c)) * v)`
#   Then the correlation with u is the root of abs(c). The weights are c and sqrt(1 - c**2).
# the root of 1 - c: `np.sqrt(1 - c**2)` -> `np.sqrt(1 - c)`
#   or `np.sqrt(1 - c**2)` -> `np.sqrt(1 - c)`, `together / square` -> `together / np.sqrt(square * np.sum(mass[:, None] * mass * psi(z2)**2))`
#   The squares of the weights must add up to 1: c and sqrt(1 - c**2).
# the independent part is missing: `(c * u + np.sqrt(1 - c**2) * v)` -> `(c * u)`
#   c u alone has the variance c**2, and knows u exactly. Add sqrt(1 - c**2) v, with v independent of u.
# the weights are exchanged: `(c * u + np.sqrt(1 - c**2) * v)` -> `(np.sqrt(1 - c**2) * u + c * v)`
#   c belongs to u, which both share; sqrt(1 - c**2) to v.
# the size of c without its sign: `(c * u + np.sqrt(1 - c**2) * v)` -> `(abs(c) * u + np.sqrt(1 - c**2) * v)`
#   A negative cosine is one, too: c u, with the sign of c.
# the two are taken for independent: `(c * u + np.sqrt(1 - c**2) * v)` -> `v`
#   Two independent numbers have correlation 0. Mix a share of u in: c u + sqrt(1 - c**2) v.
# c is added to the first: `(c * u + np.sqrt(1 - c**2) * v)` -> `(u + c * v)`
#   or `(c * u + np.sqrt(1 - c**2) * v)` -> `(u + c * v)`, `together / square` -> `together / np.sqrt(square * np.sum(mass[:, None] * mass * psi(z2)**2))`
#   That has the variance 1 + c**2. Mix c u + sqrt(1 - c**2) v.
# the cosine comes out as it went in: `return together / square` -> `return c`
#   c is the cosine *before* the activation, and that of psi(z) = z. What do the values psi(z) and psi(z') have?
# the formula of the ReLU for every psi: `return together / square` -> `return (np.sqrt(1 - c**2) + c * (np.pi - np.arccos(c))) / np.pi`
#   The arccos formula is that of the ReLU. Compute the expectation for the psi that is given.
# the formula of the ReLU, half as large: `return together / square` -> `return (np.sqrt(1 - c**2) + c * (np.pi - np.arccos(c))) / (2 * np.pi)`
#   That is E[psi(z) psi(z')] / q of a ReLU. Compute the cosine for the psi that is given.
# the angle instead of its cosine: `return together / square` -> `return np.arccos(np.clip(together / square, -1, 1))`
#   The cosine is asked for, without arccos.
# the difference instead of the cosine: `return together / square` -> `return 1 - together / square`
#   The cosine itself is asked for, not what it lacks of 1.
# the product stands inside: `psi(z1) * psi(z2)` -> `psi(z1 * z2)`
#   First psi, then the product: psi(z) psi(z').
# the square stands inside: `psi(z1)**2` -> `psi(z1**2)`
#   Square what comes out of psi, not what goes in.
# the square of the mean below: `square = np.sum(mass[:, None] * psi(z1)**2)` -> `square = np.sum(mass[:, None] * psi(z1))**2`
#   Square first, then average: E[psi(z)**2].
# both densities are forgotten: `mass[:, None] * mass * psi(z1)` -> `psi(z1) / len(t)**2`, `mass[:, None] * psi(z1)**2` -> `psi(z1)**2 / len(t)`
#   A plain mean over a grid treats u = 8 like u = 0. Weigh each place with the densities of u and of v.
# the density of v is forgotten: `mass[:, None] * mass * psi(z1)` -> `mass[:, None] * psi(z1) / len(t)`
#   Two numbers, two densities: the weight of a place (u, v) is the product of both.
# the double sum has one density twice: `mass[:, None] * mass * psi(z1)` -> `mass[:, None]**2 * psi(z1)`
#   The weight of a place (u, v) is the density at u times the density at v: one along each axis.
# the density has the wrong exponent: `np.exp(-t**2 / 2)` -> `np.exp(-t**2)`
#   The standard normal density is exp(-z**2 / 2) / sqrt(2 pi): mind the 1/2 in the exponent.
# only positive places: `np.linspace(-8, 8, 201)` -> `np.linspace(0, 8, 201)`
#   u and v are negative half of the time.
# the tails are cut off too early: `np.linspace(-8, 8, 201)` -> `np.linspace(-2, 2, 201)`
#   or `np.linspace(-8, 8, 201)` -> `np.linspace(-2, 2, 201)`, `together / square` -> `together / np.sqrt(square * np.sum(mass[:, None] * mass * psi(z2)**2))`
#   One normal number in twenty lies beyond 2. Integrate out to 6 at least.
# too few places: `np.linspace(-8, 8, 201)` -> `np.linspace(-8, 8, 9)`
#   With a grid this coarse the sum is no good integral. Take steps of 0.05 or less.
# the diagonal instead of the whole table: `u, v = t[:, None], t` -> `u = v = t[:, None]`, `mass[:, None] * mass * psi(z1)` -> `mass[:, None] * psi(z1)`
#   or `u, v = t[:, None], t` -> `u = v = t[:, None]`, `mass[:, None] * mass * psi(z1)` -> `mass[:, None] * psi(z1)`,
#   `together / square` -> `together / np.sqrt(square * np.sum(mass[:, None] * psi(z2)**2))`
#   u and v are independent, so all *pairs* of places count: one along the rows, one along the columns of a table.
# psi is applied once: `psi(z1) * psi(z2)` -> `z1 * psi(z2)`
#   Both inputs pass the activation: psi(z) psi(z').
# psi is not called: `psi(z1) * psi(z2)` -> `psi * psi(z2)`
#   `psi` is a function: call it on the places, `psi(z)`.
