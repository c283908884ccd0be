"""Scalar functions of an array for the tests of ``numeric_grad``: each shows its formula in messages."""

from typing import Any

import numpy as np

from autograde.exercises.drawing import Rng, eighths


class Formula:
    """A function of the array x, made from its formula, which is its name."""

    def __init__(self, formula: str) -> None:
        self.__name__ = f"lambda x: {formula}"
        self._call = eval(self.__name__, {"np": np})

    def __call__(self, x: Any) -> Any:
        return self._call(x)


def sum_of_cubes(rng: Rng) -> Formula:
    """Its central difference is off by eps squared, times a weight: what was divided by what can be told."""
    return Formula(f"np.sum({_factor(rng)} * x**3 + {_factor(rng)} * x)")


def waves(rng: Rng) -> Formula:
    """Every entry has another slope, and the entries are not independent of each other."""
    return Formula(f"np.sum(np.sin(x)) + {_factor(rng)} * np.exp(np.mean(x) / 4)")


def product_of_rows(rng: Rng, rows: int) -> Formula:
    """A function that needs the shape of x: its first and its last row are multiplied, with weights."""
    weights = np.array2string(eighths(rng, rows), separator=", ", floatmode="maxprec").replace("\n", "")
    return Formula(f"np.sum(np.array({weights}) @ x) + x[0] @ x[-1]")


def squares(rng: Rng) -> Formula:
    """Exact in single precision for few digits of x and eps: a parabola has no truncation error."""
    return Formula(f"np.sum(x**2) * {_factor(rng)}")


def steep_in_one_place(rng: Rng) -> Formula:
    """Of a single number."""
    return Formula(f"{_factor(rng)} * np.exp(x) + np.sin(3 * x)")


def _factor(rng: Rng) -> float:
    return float(eighths(rng))
