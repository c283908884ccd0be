"""Arguments that ``activation`` and ``activation_grad`` share: a name, and pre-activations of every kind."""

from collections.abc import Callable, Sequence

import numpy as np

from autograde.exercises.support.drawing import Array, Rng, eighths, odd_size, one_entry, turned
from autograde.judging.exercise import Arguments

Make = Callable[[Rng], Arguments]
OTHER_NAMES = ("softmax", "swish", "silu", "linear", "leaky relu", "")
NAMES = ("identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu")


def unlike(names: Sequence[str], *others: str) -> list[str]:
    """Names that look like one of these: written large, with a blank, a dash, a letter less or more; and others."""
    changes: list[Callable[[str], str]] = [
        str.upper,
        str.title,
        " {}".format,
        "{} ".format,
        "{}6".format,
        lambda n: n[:-1],
    ]
    changes.append(lambda n: n.replace("_", "-"))
    found = [change(name) for name in names for change in changes] + [*others]
    return [name for name in dict.fromkeys(found) if name not in names]


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


def four_axes(name: str) -> Make:
    return lambda rng: (name, eighths(rng, 2, 1, 3, 2))


def a_number(name: str) -> Make:
    return lambda rng: (name, float(eighths(rng)))


def a_whole_number(name: str) -> Make:
    return lambda rng: (name, int(rng.choice([-2, 1, 3])))


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
    return lambda rng: (name, rng.permutation([-1e4, -800.0, -30.0, -12.0, -0.5, 0.5, 30.0, 800.0, 1e4]))


def left_tail(rng: Rng) -> Array:
    """Where a sigmoid is small and not 0.

    At the first one it is 8e-7, so that rounding it at 1e-16, as 1 + tanh does, is no mistake, and stopping short is.
    """
    return np.array([-14.0, -20.0, -30.0, -40.0, -800.0]) - 0.25 * rng.integers(0, 3)


def tail(name: str) -> Make:
    """Where a curve bends into its straight end, on both sides: beside entries of size 10,000 nothing there is seen.

    At -5 a GELU is -1e-6, so that rounding its cdf at 1e-16 is no mistake.
    """
    return lambda rng: (name, rng.permutation([-5.0, -4.0, -3.0, 3.0, 4.0, 5.0]) + 0.125 * rng.integers(-2, 3))


def near_zero(name: str) -> Make:
    """Not at 0, but near."""
    return lambda rng: (name, rng.permutation([-1.0, -2.0, 1.0, 3.0]) * 2.0**-12)


def far_left(name: str) -> Make:
    return lambda rng: (name, rng.permutation(left_tail(rng)))


def unknown() -> list[Make]:
    """Other names, with an array, a table or a number."""
    forms = vector, a_number, table
    return [forms[i % 3](name) for i, name in enumerate(["ReLU", *unlike(NAMES, *OTHER_NAMES)])]


FORMS = (table, three_axes, four_axes, a_number, an_array_without_axes, a_table_of_one, a_turned_table)
