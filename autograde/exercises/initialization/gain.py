"""``second_moment_gain``: what an activation makes of the size of a standard normal signal."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.compare import as_numbers
from autograde.exercise import Arguments, Case, Exercise, Misconception, Unusable, variant
from autograde.exercises.drawing import Rng
from autograde.exercises.splines.error import Formula
from autograde.plain import plain
from mlp_reference import propagation

CLOSE = 1e-3  # what the exercise asks for


def gain_values(fn: Callable[..., Any], psi: Callable[[Any], Any]) -> Any:
    """What is judged: the right value where the answer is within 1e-3 of it, else the answer, rounded.

    Rounded, because two answers with the same mistake need not agree in the last digits.
    Raises: Unusable for a value that is not finite, and where chance explains what is wrong.
    """
    value = plain(fn(psi))
    number = as_numbers(value)
    if number is None or isinstance(value, (list, tuple)) or number.size != 1 or number.dtype.kind == "b":
        return value
    got, right = float(number.reshape(())), propagation.second_moment_gain(psi)
    if not np.isfinite(got):
        raise Unusable(f"a finite number should come back, got {got}")
    if abs(got - right) <= CLOSE:
        return np.full(number.shape, right)
    again = as_numbers(plain(fn(psi)))
    if again is not None and again.size == 1 and abs(float(again.reshape(())) - got) > 0.1 * abs(got - right):
        raise Unusable(
            f"for one and the same psi two calls gave {got:.4f} and {float(again.reshape(())):.4f}, so there is too much "
            "chance in it. A mean over m random numbers errs by their standard deviation divided by sqrt(m): take "
            "millions, or a sum over a fine grid"
        )
    return np.full(number.shape, round(got, 2 if abs(got - right) > 0.01 else 4))


# The square of each has a standard deviation below 0.5: a mean over a few million random numbers is close enough.
def _bounded(rng: Rng) -> Arguments:
    stretch = float(rng.choice([0.75, 1.25, 1.5]))
    return (Formula(f"np.tanh({stretch} * x)"),)


def _sigmoid(rng: Rng) -> Arguments:
    shift = float(rng.choice([-0.5, 0.25, 0.5]))
    return (Formula(f"1 / (1 + np.exp({shift} - x))"),)


def _half_relu(rng: Rng) -> Arguments:
    return (Formula(f"{float(rng.choice([0.5, 0.4]))} * np.maximum(x, 0)"),)


def _shifted_relu(rng: Rng) -> Arguments:
    return (Formula(f"0.4 * np.maximum(x + {float(rng.choice([0.25, 0.5]))}, 0)"),)


def _line(rng: Rng) -> Arguments:
    return (Formula(f"{float(rng.choice([0.4, 0.5]))} * x + {float(rng.choice([0.125, 0.25]))}"),)


def _wave(rng: Rng) -> Arguments:
    return (Formula(f"np.sin({float(rng.choice([2.0, 3.0]))} * x) + 0.25"),)


def _steep(rng: Rng) -> Arguments:
    """Most of it comes from beyond 2 standard deviations."""
    return (Formula(f"{float(rng.choice([0.3, 0.25]))} * np.maximum(x - 0.5, 0) ** 1.25"),)


_RIGHT = """
def second_moment_gain(psi):
    z = np.linspace(-10, 10, 20_001)
    density = np.exp(-z**2 / 2) / np.sqrt(2 * np.pi)
    return np.sum(psi(z)**2 * density) * (z[1] - z[0])
"""
_SUM = "np.sum(psi(z)**2 * density) * (z[1] - z[0])"
_DENSITY = "np.exp(-z**2 / 2) / np.sqrt(2 * np.pi)"
_GRID = "np.linspace(-10, 10, 20_001)"
_GRIDS = (
    "np.linspace(-10, 10, 20_001)",
    "np.linspace(-10, 10, 10_001)",
    "np.linspace(-10, 10, 10_000)",
    "np.linspace(-10, 10, 2001)",
    "np.linspace(-10, 10, 1000)",
    "np.linspace(-8, 8, 16_001)",
    "np.linspace(-8, 8, 10_001)",
    "np.linspace(-8, 8, 10_000)",
    "np.linspace(-8, 8, 1601)",
    "np.linspace(-8, 8, 1001)",
    "np.linspace(-8, 8, 1000)",
    "np.linspace(-6, 6, 1201)",
    "np.linspace(-6, 6, 1001)",
    "np.linspace(-6, 6, 1000)",
    "np.linspace(-5, 5, 1001)",
    "np.linspace(-5, 5, 1000)",
)

GAIN = Exercise(
    name="second_moment_gain",
    reference=propagation.second_moment_gain,
    probe=gain_values,
    patience=2.0,  # a wrong answer is called twice
    cases=[
        Case("tanh and sigmoid, stretched or shifted", [_bounded, _sigmoid]),
        Case("relu, scaled and shifted", [_half_relu, _shifted_relu], times=2),
        Case("a straight line, a wave, a steep curve", [_line, _wave, _steep], times=3),
    ],
    misconceptions=[
        Misconception(
            "the variance instead of the second moment",
            variant(
                _RIGHT,
                (_SUM, "(np.sum(psi(z)**2 * density) - np.sum(psi(z) * density)**2 * (z[1] - z[0])) * (z[1] - z[0])"),
            ),
            "You subtract the square of the mean. The gain is E[psi(z)**2] with the mean left in: the next layer meets it, too.",
        ),
        Misconception(
            "the mean of psi, not of its square",
            variant(_RIGHT, ("psi(z)**2", "psi(z)")),
            "Square first, then average: E[psi(z)**2].",
        ),
        Misconception(
            "the square of the mean",
            variant(_RIGHT, (_SUM, "(np.sum(psi(z) * density) * (z[1] - z[0]))**2")),
            "E[psi]**2 is not E[psi**2]: square the values, then average.",
        ),
        Misconception(
            "the root of the second moment",
            variant(_RIGHT, (_SUM, f"np.sqrt({_SUM})")),
            "The second moment itself is asked for, without a root.",
        ),
        Misconception(
            "the mean size instead of the mean square",
            variant(_RIGHT, ("psi(z)**2", "np.abs(psi(z))")),
            "Squares are asked for: E[psi(z)**2].",
        ),
        *(
            Misconception(
                "the width of the steps is missing",
                variant(_RIGHT, (" * (z[1] - z[0])", ""), (_GRID, grid)),
                "A sum over a grid becomes an integral when each term is multiplied by the distance of the places.",
            )
            for grid in _GRIDS
        ),
        Misconception(
            "the density is divided by 2 pi, not by its root",
            variant(_RIGHT, ("/ np.sqrt(2 * np.pi)", "/ (2 * np.pi)")),
            "The normal density is exp(-z**2 / 2) / sqrt(2 pi): the square root is missing.",
        ),
        Misconception(
            "the density is multiplied by pi",
            variant(_RIGHT, ("/ np.sqrt(2 * np.pi)", "/ np.sqrt(2) * np.pi")),
            "Python works from left to right: put brackets around sqrt(2 * pi).",
        ),
        *(
            Misconception(
                "too few random numbers",
                variant(
                    _RIGHT,
                    (_GRID, f"np.random.default_rng({seed}).standard_normal({n})"),
                    (_SUM, "np.mean(psi(z)**2)"),
                ),
                "A mean over m random numbers errs by their standard deviation divided by sqrt(m): millions are needed. A sum over a fine grid is easier.",
            )
            for seed in (0, 1, 42)
            for n in (1_000, 10_000)
        ),
        Misconception(
            "the density lacks its factor",
            variant(_RIGHT, (_DENSITY, "np.exp(-z**2 / 2)")),
            "The normal density is exp(-z**2 / 2) / sqrt(2 pi): without the factor it does not sum to 1.",
        ),
        Misconception(
            "the density has the wrong exponent",
            variant(_RIGHT, (_DENSITY, "np.exp(-z**2) / np.sqrt(2 * np.pi)")),
            "The standard normal density is exp(-z**2 / 2) / sqrt(2 pi): mind the 1/2 in the exponent.",
        ),
        Misconception(
            "a normal number of variance 1/2",
            variant(_RIGHT, (_DENSITY, "np.exp(-z**2) / np.sqrt(np.pi)")),
            "exp(-z**2) belongs to the variance 1/2 (and to Gauss-Hermite nodes, which must be stretched by sqrt(2)).",
        ),
        Misconception(
            "z is uniform instead of normal",
            variant(_RIGHT, ("np.linspace(-10, 10, 20_001)", "np.linspace(-1, 1, 2001)"), (_SUM, "np.mean(psi(z)**2)")),
            "Equally spaced places (or `rng.random`) count all alike. z ~ N(0, 1) means: weigh each place with the normal density, or draw normal numbers.",
        ),
        Misconception(
            "z is uniform on [0, 1]",
            variant(_RIGHT, ("np.linspace(-10, 10, 20_001)", "np.linspace(0, 1, 2001)"), (_SUM, "np.mean(psi(z)**2)")),
            "`rng.random` and equally spaced places on [0, 1] are uniform. Draw normal numbers, or weigh with the normal density.",
        ),
        Misconception(
            "the density is forgotten",
            variant(_RIGHT, (_GRID, "np.linspace(-3, 3, 6001)"), (_SUM, "np.mean(psi(z)**2)")),
            "A plain mean over a grid treats z = 3 like z = 0. Weigh each place with the normal density.",
        ),
        *(
            Misconception(
                "the density is forgotten",
                variant(_RIGHT, (_GRID, grid), (_SUM, formula)),
                "A plain mean or integral over a grid treats z = 3 like z = 0. Weigh each place with the normal density.",
            )
            for grid, formula in (
                *((grid, "np.mean(psi(z)**2)") for grid in _GRIDS),
                *((f"np.linspace(-{a}, {a}, 10_001)", "np.sum(psi(z)**2) * (z[1] - z[0])") for a in (5, 6, 8, 10)),
            )
        ),
        Misconception(
            "the tails are cut off too early",
            variant(_RIGHT, ("np.linspace(-10, 10, 20_001)", "np.linspace(-2, 2, 20_001)")),
            "One normal number in twenty lies beyond 2, and there psi can be large. Integrate out to 6 at least.",
        ),
        Misconception(
            "the tails are cut off too early",
            variant(_RIGHT, ("np.linspace(-10, 10, 20_001)", "np.linspace(-3, 3, 20_001)")),
            "Beyond 3 there is little mass, but where psi is large its square weighs it up. Integrate out to 6 at least.",
        ),
        Misconception(
            "only positive z",
            variant(_RIGHT, ("np.linspace(-10, 10, 20_001)", "np.linspace(0, 10, 20_001)")),
            "z ~ N(0, 1) is negative half of the time.",
        ),
        Misconception(
            "twice the positive half",
            variant(
                _RIGHT,
                ("np.linspace(-10, 10, 20_001)", "np.linspace(0, 10, 10_001)"),
                ("return np.sum", "return 2 * np.sum"),
            ),
            "psi need not be symmetric: the negative half contributes something else than the positive one.",
        ),
        Misconception(
            "the standard deviation of psi",
            variant(
                _RIGHT,
                (
                    _SUM,
                    "np.sqrt(np.sum(psi(z)**2 * density) * (z[1] - z[0]) - (np.sum(psi(z) * density) * (z[1] - z[0]))**2)",
                ),
            ),
            "Neither the mean is subtracted nor a root taken: the gain is E[psi(z)**2].",
        ),
        Misconception(
            "too few places",
            variant(_RIGHT, ("20_001", "11")),
            "With a grid this coarse the sum is no good integral. Take steps of 0.01 or less.",
        ),
        Misconception(
            "the fixed point instead of the gain",
            variant(_RIGHT, (f"return {_SUM}", f"return 1 / ({_SUM})")),
            "1 / gain is the variance that makes up for it. Asked is the gain itself.",
        ),
        Misconception(
            "the argument is squared, not the value",
            variant(_RIGHT, ("psi(z)**2", "psi(z**2)")),
            "Square what comes out of psi, not what goes in.",
        ),
        Misconception(
            "weighs with z**2",
            variant(_RIGHT, ("psi(z)**2", "z**2 * psi(z)**2")),
            "The gain is E[psi(z)**2]: there is no factor z**2.",
        ),
        Misconception(
            "psi is assumed to be the relu",
            variant(_RIGHT, (f"return {_SUM}", "return 0.5")),
            "1/2 is the gain of the ReLU. Compute it for the psi that is given.",
        ),
        Misconception(
            "all terms instead of their sum",
            variant(_RIGHT, ("np.sum(psi(z)**2 * density)", "(psi(z)**2 * density)")),
            "One step is missing: the sum over all places.",
        ),
        Misconception(
            "psi is not called",
            variant(_RIGHT, ("psi(z)**2", "psi**2")),
            "`psi` is a function: call it on the places, `psi(z)`.",
        ),
    ],
    alternates=[
        _RIGHT,
        """
import math

def second_moment_gain(psi):
    # number by number, midpoints
    total, step = 0.0, 0.01
    for i in range(-700, 700):
        z = (i + 0.5) * step
        total += float(psi(z)) ** 2 * math.exp(-z * z / 2)
    return total * step / math.sqrt(2 * math.pi)
""",
        """
def second_moment_gain(psi):
    rng = np.random.default_rng()
    return float(np.mean([np.mean(np.square(psi(rng.standard_normal(500_000)))) for _ in range(12)]))
""",
        """
from scipy.integrate import quad
from scipy.stats import norm

def second_moment_gain(psi):
    return quad(lambda z: psi(z) ** 2 * norm.pdf(z), -10, 10, limit=200)[0]
""",
        """
def second_moment_gain(psi):
    nodes, weights = np.polynomial.hermite_e.hermegauss(150)
    return np.float64(weights @ psi(nodes) ** 2 / weights.sum())
""",
        """
from scipy.stats import norm

def second_moment_gain(psi):
    # equally likely places: the inverse of the CDF at the middles of many equal shares
    z = norm.ppf((np.arange(200_000) + 0.5) / 200_000).astype(np.float32).reshape(-1, 1000)
    return np.array(np.mean(np.asarray(psi(z), dtype=np.float64) ** 2))
""",
        """
def second_moment_gain(psi):
    z = np.arange(-8, 8, 1e-3)
    mass = np.exp(-0.5 * z * z)
    return np.average(np.array([psi(t) for t in z]) ** 2, weights=mass)
""",
    ],
    hints=[
        "An expectation is a mean over many z, or an integral of psi(z)**2 times the normal density. What does each need so that the third decimal is right?",
        "The integral is the safer one: a fine grid from -8 to 8, the density exp(-z**2 / 2) / sqrt(2 pi), and a sum times the step. (A mean over m random numbers errs by about their standard deviation divided by sqrt(m): millions are needed.)",
        "`z = np.linspace(-8, 8, 16_001)`, `mass = np.exp(-z**2 / 2)`, `mass /= mass.sum()`; the answer is the sum of `psi(z)**2 * mass`.",
    ],
)
