"""Scalar functions of an array, and places, for the tests of ``numeric_grad``: each shows its formula in messages."""

import numpy as np

from autograde.exercises.support.drawing import Array, Rng, eighths, odd_size, one_entry
from autograde.exercises.support.special import with_ties
from autograde.judging.exercise import Arguments, Formula


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


def _vector(rng: Rng) -> Array:
    return eighths(rng, odd_size(rng, 3, 7))


def wide_step(rng: Rng) -> Arguments:
    """A step so wide that the kind of difference shows in the first digits."""
    return sum_of_cubes(rng), _vector(rng), float(rng.choice([0.25, 0.5]))


def wide_step_of_waves(rng: Rng) -> Arguments:
    """Derivatives of every order: a formula of higher order leaves an error of its own."""
    return waves(rng), _vector(rng), float(rng.choice([0.25, 0.5]))


def default_step(rng: Rng) -> Arguments:
    """One-sided differences are off in the sixth digit here, central ones in the eleventh."""
    return waves(rng), _vector(rng)


def matrix(rng: Rng) -> Arguments:
    rows = int(rng.integers(2, 4))
    return product_of_rows(rng, rows), eighths(rng, rows, 5)


def other_order(rng: Rng) -> Arguments:
    """A transposed matrix: its flat copy is not the matrix itself."""
    f, x = matrix(rng)
    return f, np.array(x, order="F")


def block(rng: Rng) -> Arguments:
    return sum_of_cubes(rng), eighths(rng, 2, 3, 1), 0.25


def four_axes(rng: Rng) -> Arguments:
    return sum_of_cubes(rng), eighths(rng, 2, 1, 2, 2), 0.25


def table_of_one(rng: Rng) -> Arguments:
    return sum_of_cubes(rng), one_entry(rng), 0.25


def number(rng: Rng) -> Arguments:
    return steep_in_one_place(rng), np.array(eighths(rng))


def integers(rng: Rng) -> Arguments:
    x = rng.integers(1, 4, odd_size(rng, 3, 5)) * rng.choice([-1, 1])
    return sum_of_cubes(rng), x


def integer_table(rng: Rng) -> Arguments:
    return sum_of_cubes(rng), rng.integers(1, 4, (2, 3)), 0.25


def integer_number(rng: Rng) -> Arguments:
    return steep_in_one_place(rng), np.array(int(rng.choice([-2, 1, 3])))


integer_shapes = (integer_table, integer_number)


def zeros(rng: Rng) -> Arguments:
    return waves(rng), np.zeros(25)


def ties(rng: Rng) -> Arguments:
    return with_ties(default_step, 1)(rng)


def whole_step(rng: Rng) -> Arguments:
    """A parabola has no truncation error, however wide the step is."""
    return squares(rng), _vector(rng), 1


def single_precision(rng: Rng) -> Arguments:
    """Numbers of few bits: no sum, product or difference on the way is rounded."""
    return squares(rng), eighths(rng, 5).astype(np.float32), 0.125
