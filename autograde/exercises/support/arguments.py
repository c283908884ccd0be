"""Arguments that ``activation`` and ``activation_grad`` share: a name, and pre-activations of every kind."""

from collections.abc import Callable

import numpy as np

from autograde.exercises.support.drawing import Array, Rng, eighths, odd_size, one_entry, turned
from autograde.judging.exercise import Arguments

Make = Callable[[Rng], Arguments]
UNKNOWN = ("ReLU", "softmax", "swish", "leaky relu", "sigmoid ", "")
NAMES = ("identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu")


def both_signs(rng: Rng) -> Array:
    """Numbers up to 3 in size, some of either sign, none at 0."""
    size = odd_size(rng)
    z = np.abs(eighths(rng, size)) * np.where(np.arange(size) % 2, 1.0, -1.0)
    return rng.permutation(z)


def vector(name: str) -> Make:
    return lambda rng: (name, both_signs(rng))


def table(name: str) -> Make:
    return lambda rng: (name, both_signs(rng)[:4].reshape(2, 2) * np.array([1.0, 0.5]))


def three_axes(name: str) -> Make:
    return lambda rng: (name, eighths(rng, 2, 3, 4))


def a_number(name: str) -> Make:
    return lambda rng: (name, float(eighths(rng)))


def a_whole_number(rng: Rng) -> Arguments:
    return "sigmoid", int(rng.choice([-2, 1, 3]))


def an_array_without_axes(name: str) -> Make:
    return lambda rng: (name, np.array(float(eighths(rng))))


def a_table_of_one(name: str) -> Make:
    return lambda rng: (name, one_entry(rng))


def a_turned_table(name: str) -> Make:
    return lambda rng: (name, turned(rng, 2, 3))


def single_precision(rng: Rng) -> Arguments:
    """For activations that do not round: answers with the same mistake agree in any precision."""
    return str(rng.choice(["identity", "relu"])), both_signs(rng).astype(np.float32)


def whole_numbers(name: str) -> Make:
    return lambda rng: (name, rng.permutation([-3, -2, -1, 1, 2, 4]))


def far_out(name: str) -> Make:
    return lambda rng: (name, rng.permutation([-1e4, -800.0, -30.0, -0.5, 0.5, 30.0, 800.0, 1e4]))


def left_tail(rng: Rng) -> Array:
    """Where a sigmoid is small and not 0.

    At the first one it is 8e-7, so that rounding it at 1e-16, as 1 + tanh does, is no mistake, and stopping short is.
    """
    return np.array([-14.0, -20.0, -30.0, -40.0, -800.0]) - 0.25 * rng.integers(0, 3)


def sigmoids_tail(rng: Rng) -> Arguments:
    return "sigmoid", rng.permutation(left_tail(rng))


def unknown(name: str) -> Make:
    return lambda rng: (name, both_signs(rng))


FORMS = (table, three_axes, a_number, an_array_without_axes, a_table_of_one, a_turned_table)
