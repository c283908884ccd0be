"""Exercise 6.5: what an activation makes of the size of a standard normal signal."""

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
_right = functools.lru_cache(maxsize=256)(propagation.second_moment_gain)  # each call of an answer needs it


def gain_values(fn: Callable[..., Any], psi: Callable[[Any], Any]) -> Any:
    """What is judged: the number, where it is close enough the right one."""
    right = _right(psi)
    return within(fn, (psi,), right, CLOSE, seen=lambda got: about_places(fn, psi, (), abs(got - right), 60))


# The square of each has a standard deviation below 0.5: a mean over a few million random numbers is close enough.
def _bounded(rng: Rng) -> Arguments:
    stretch = float(rng.choice([0.75, 1.25, 1.5]))
    return (Formula(f"np.tanh({stretch} * x)"),)


def _sigmoid(rng: Rng) -> Arguments:
    shift = float(rng.choice([-0.5, 0.25, 0.5]))
    return (Formula(f"1 / (1 + np.exp({shift} - x))"),)


def _line(rng: Rng) -> Arguments:
    return (Formula(f"{float(rng.choice([0.4, 0.5]))} * x + {float(rng.choice([0.125, 0.25]))}"),)


def _steep(rng: Rng) -> Arguments:
    """Most of it comes from beyond 2 standard deviations."""
    return (Formula(f"{float(rng.choice([0.3, 0.25]))} * np.maximum(x - 0.5, 0) ** 1.25"),)


exercise = Exercise(
    reference=propagation.second_moment_gain,
    probe=gain_values,
    patience=2.0,  # a wrong answer is called twice
    cases=[
        Case("tanh and sigmoid, stretched or shifted", [_bounded, _sigmoid]),
        Case(
            "relu, scaled and shifted",
            [
                lambda rng: (Formula(f"{float(rng.choice([0.5, 0.4]))} * np.maximum(x, 0)"),),
                lambda rng: (Formula(f"0.4 * np.maximum(x + {float(rng.choice([0.25, 0.5]))}, 0)"),),
            ],
            times=2,
        ),
        Case(
            "a straight line, a wave, a steep curve",
            [_line, lambda rng: (Formula(f"np.sin({float(rng.choice([3.0, 5.0]))} * x) + 0.25"),), _steep],
            times=3,
        ),
    ],
)

# %% hints
# 1. An expectation is a mean over many z, or an integral of psi(z)**2 times the normal density. What does each need
#    so that the third decimal is right?
# 2. The integral is the safer one: a fine grid from -8 to 8, the density exp(-z**2 / 2) / sqrt(2 pi), and a sum times
#    the step. (A mean over N random numbers errs by about their standard deviation divided by sqrt(N): millions are
#    needed.)
# 3. `z = np.linspace(-8, 8, 16_001)`, `mass = np.exp(-z**2 / 2)`, `mass /= mass.sum()`; the answer is the sum of
#    `psi(z)**2 * mass`.

# %% elegant
# An integral over a bell curve, as a sum on a fine grid: no randomness, and far more digits than a million draws
# give.

# %% right
def second_moment_gain(psi):
    z = np.linspace(-10, 10, 20_001)
    density = np.exp(-z**2 / 2) / np.sqrt(2 * np.pi)
    return np.sum(psi(z)**2 * density) * (z[1] - z[0])

# %% right
import math

def second_moment_gain(psi):
    # number by number, midpoints
    total, step = 0.0, 0.01
    for i in range(-700, 700):
        z = (i + 0.5) * step
        total += float(psi(z)) ** 2 * math.exp(-z * z / 2)
    return total * step / math.sqrt(2 * math.pi)

# %% right
def second_moment_gain(psi):
    rng = np.random.default_rng()
    return float(np.mean([np.mean(np.square(psi(rng.standard_normal(500_000)))) for _ in range(12)]))

# %% right
from scipy.integrate import quad
from scipy.stats import norm

def second_moment_gain(psi):
    return quad(lambda z: psi(z) ** 2 * norm.pdf(z), -10, 10, limit=200)[0]

# %% right
def second_moment_gain(psi):
    nodes, weights = np.polynomial.hermite_e.hermegauss(150)
    return np.float64(weights @ psi(nodes) ** 2 / weights.sum())

# %% right
from scipy.stats import norm

def second_moment_gain(psi):
    # equally likely places: the inverse of the CDF at the middles of many equal shares
    z = norm.ppf((np.arange(200_000) + 0.5) / 200_000).astype(np.float32).reshape(-1, 1000)
    return np.array(np.mean(np.asarray(psi(z), dtype=np.float64) ** 2))

# %% right
def second_moment_gain(psi):
    z = np.arange(-8, 8, 1e-3)
    mass = np.exp(-0.5 * z * z)
    return np.average(np.array([psi(t) for t in z]) ** 2, weights=mass)

# %% wrong
# the variance instead of the second moment
#   `np.sum(psi(z)**2 * density)` -> `(np.sum(psi(z)**2 * density) - np.sum(psi(z) * density)**2 * (z[1] - z[0]))`
#   You subtract the square of the mean. The gain is E[psi(z)**2] with the mean left in: the next layer meets it, too.
# the mean of psi, not of its square: `psi(z)**2` -> `psi(z)`
#   Square first, then average: E[psi(z)**2].
# the square of the mean
#   `np.sum(psi(z)**2 * density) * (z[1] - z[0])` -> `(np.sum(psi(z) * density) * (z[1] - z[0]))**2`
#   E[psi]**2 is not E[psi**2]: square the values, then average.
# the root of the second moment: `np.sum(psi(z)**2 * density) * (z[1] - z[0])` -> `np.sqrt(…)`
#   The second moment itself is asked for, without a root.
# the mean size instead of the mean square: `psi(z)**2` -> `np.abs(psi(z))`
#   Squares are asked for: E[psi(z)**2].
# the width of the steps is missing: without `* (z[1] - z[0])`, `-10, 10, 20_001` -> `…` | `-10, 10, 10_001` |
#   `-10, 10, 10_000` | `-10, 10, 2001` | `-10, 10, 1000` | `-8, 8, 16_001` | `-8, 8, 10_001` | `-8, 8, 10_000` |
#   `-8, 8, 1601` | `-8, 8, 1001` | `-8, 8, 1000` | `-6, 6, 1201` | `-6, 6, 1001` | `-6, 6, 1000` | `-5, 5, 1001` |
#   `-5, 5, 1000`
#   A sum over a grid becomes an integral when each term is multiplied by the distance of the places.
# the density is divided by 2 pi, not by its root: `/ np.sqrt(2 * np.pi)` -> `/ (2 * np.pi)`
#   The normal density is exp(-z**2 / 2) / sqrt(2 pi): the square root is missing.
# the density is multiplied by pi: `/ np.sqrt(2 * np.pi)` -> `/ np.sqrt(2) * np.pi`
#   Python works from left to right, so pi multiplies: write `/ np.sqrt(2 * np.pi)`, with both under the root.
# too few random numbers: `np.linspace(-10, 10, 20_001)` -> `np.random.default_rng(0).standard_normal(1000)` |
#   `np.random.default_rng(0).standard_normal(10000)` | `np.random.default_rng(1).standard_normal(1000)` |
#   `np.random.default_rng(1).standard_normal(10000)` | `np.random.default_rng(42).standard_normal(1000)` |
#   `np.random.default_rng(42).standard_normal(10000)`,
#   `np.sum(psi(z)**2 * density) * (z[1] - z[0])` -> `np.mean(psi(z)**2)`
#   A mean over m random numbers errs by their standard deviation divided by sqrt(m): millions are needed. A sum over a
#   fine grid is easier.
# the density lacks its factor: `np.exp(-z**2 / 2) / np.sqrt(2 * np.pi)` -> `np.exp(-z**2 / 2)`
#   The normal density is exp(-z**2 / 2) / sqrt(2 pi): without the factor it does not sum to 1.
# the density has the wrong exponent: `np.exp(-z**2 / 2) / np.sqrt(2 * np.pi)` -> `np.exp(-z**2) / np.sqrt(2 * np.pi)`
#   The standard normal density is exp(-z**2 / 2) / sqrt(2 pi): mind the 1/2 in the exponent.
# a normal number of variance 1/2: `np.exp(-z**2 / 2) / np.sqrt(2 * np.pi)` -> `np.exp(-z**2) / np.sqrt(np.pi)`
#   exp(-z**2) belongs to the variance 1/2 (and to Gauss-Hermite nodes, which must be stretched by sqrt(2)).
# z is uniform instead of normal: `-10, 10, 20_001` -> `-1, 1, 2001`,
#   `np.sum(psi(z)**2 * density) * (z[1] - z[0])` -> `np.mean(psi(z)**2)`
#   Equally spaced places (or `rng.random`) count all alike. z ~ N(0, 1) means: weigh each place with the normal
#   density, or draw normal numbers.
# z is uniform on [0, 1]: `-10, 10, 20_001` -> `0, 1, 2001`,
#   `np.sum(psi(z)**2 * density) * (z[1] - z[0])` -> `np.mean(psi(z)**2)`
#   `rng.random` and equally spaced places on [0, 1] are uniform. Draw normal numbers, or weigh with the normal density.
# the density is forgotten: `-10, 10, 20_001` -> `-3, 3, 6001`,
#   `np.sum(psi(z)**2 * density) * (z[1] - z[0])` -> `np.mean(psi(z)**2)`
#   A plain mean over a grid treats z = 3 like z = 0. Weigh each place with the normal density.
# the density is forgotten: `-10, 10, 20_001` -> `…` | `-10, 10, 10_001` | `-10, 10, 10_000` | `-10, 10, 2001` |
#   `-10, 10, 1000` | `-8, 8, 16_001` | `-8, 8, 10_001` | `-8, 8, 10_000` | `-8, 8, 1601` | `-8, 8, 1001` |
#   `-8, 8, 1000` | `-6, 6, 1201` | `-6, 6, 1001` | `-6, 6, 1000` | `-5, 5, 1001` | `-5, 5, 1000`,
#   `np.sum(psi(z)**2 * density) * (z[1] - z[0])` -> `np.mean(psi(z)**2)`
#   or `-10, 10, 20_001` -> `-5, 5, 10_001` | `-6, 6, 10_001` | `-8, 8, 10_001` | `-10, 10, 10_001`,
#   `np.sum(psi(z)**2 * density) * (z[1] - z[0])` -> `np.sum(psi(z)**2) * (z[1] - z[0])`
#   A plain mean or integral over a grid treats z = 3 like z = 0. Weigh each place with the normal density.
# the tails are cut off too early: `-10, 10, 20_001` -> `-2, 2, 20_001`
#   One normal number in twenty lies beyond 2, and there psi can be large. Integrate out to 6 at least.
# the tails are cut off too early: `-10, 10, 20_001` -> `-3, 3, 20_001`
#   Beyond 3 there is little mass, but where psi is large its square weighs it up. Integrate out to 6 at least.
# only positive z: `-10, 10, 20_001` -> `0, 10, 20_001`
#   z ~ N(0, 1) is negative half of the time.
# twice the positive half: `-10, 10, 20_001` -> `0, 10, 10_001`, `return np.sum` -> `return 2 * np.sum`
#   psi need not be symmetric: the negative half may contribute something else than the positive one.
# the standard deviation of psi
#   `np.sum(psi(z)**2 * density) * (z[1] - z[0])` -> `np.sqrt(… - (np.sum(psi(z) * density) * (z[1] - z[0]))**2)`
#   Neither the mean is subtracted nor a root taken: the gain is E[psi(z)**2].
# too few places: `20_001` -> `11`
#   With a grid this coarse the sum is no good integral. Take steps of 0.01 or less.
# the variance that makes up for the gain: `np.sum(psi(z)**2 * density) * (z[1] - z[0])` -> `1 / (…)`
#   1 / gain is the variance that makes up for it. Asked is the gain itself.
# the argument is squared, not the value: `psi(z)**2` -> `psi(z**2)`
#   Square what comes out of psi, not what goes in.
# weighs with z**2: `psi(z)**2` -> `z**2 * …`
#   The gain is E[psi(z)**2]: there is no factor z**2.
# psi is assumed to be the relu: `return np.sum(psi(z)**2 * density) * (z[1] - z[0])` -> `return 0.5`
#   1/2 is the gain of the ReLU. Compute it for the psi that is given.
# all terms instead of their sum: `np.sum(psi(z)**2 * density)` -> `(psi(z)**2 * density)`
#   One step is missing: the sum over all places.
# psi is not called: `psi(z)**2` -> `psi**2`
#   `psi` is a function: call it on the places, `psi(z)`.
# places from -1 to 1 alone: `-10, 10, 20_001` -> `-1, 1, 20_001`
#   A third of all normal numbers lies beyond 1. Go out to 6 at least.
# the density is squared, too: `psi(z)**2 * density` -> `(psi(z) * density)**2`
#   psi alone is squared; the density is the weight of its place.
# the slope instead of the value: `psi(z)**2` -> `((psi(z + 1e-5) - psi(z - 1e-5)) / 2e-5)**2`
#   What slopes do to gradients is another expectation. Here values are asked for: E[psi(z)**2].
