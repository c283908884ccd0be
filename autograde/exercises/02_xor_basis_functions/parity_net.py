"""Starred exercise 2: XOR of any number of bits by one hidden layer."""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np

from autograde.exercises.support.drawing import Array, Rng
from autograde.judging.compare import kind_of
from autograde.judging.exercise import Arguments, Case, Exercise, Unusable
from autograde.runtime.values import plain


def parity_net(d: int) -> tuple[Array, Array, Array, float]:
    """Unit k is on where at least k bits are; they count with the signs +, -, +, ..."""
    k = np.arange(1, d + 1)
    return np.ones((d, d)), 0.5 - k, (-1.0) ** (k + 1), -0.5


def parity_values(fn: Callable[..., Any], d: int) -> dict[str, Any]:
    """What is judged: the width, and what the network of threshold units says at all corners, by the number of ones."""
    result = plain(fn(d))
    if not isinstance(result, (list, tuple)) or len(result) != 4:
        raise Unusable(f"(W1, b1, w2, b2) should come back, got {kind_of(result)}")
    corners = np.array(list(product([0.0, 1.0], repeat=d)))
    try:
        W1, b1, w2, b2 = (np.asarray(part, dtype=float) for part in result)
        says = ((corners @ W1 + b1 > 0) @ w2 + b2 > 0).astype(float)
        too_wide = max(0, b1.size - d)
        if says.shape != (len(corners),):
            raise ValueError("another shape")
    except (TypeError, ValueError):
        if missing := [name for name, part in zip(("W1", "b1", "w2", "b2"), result, strict=True) if part is None]:
            raise Unusable(f"{missing[0]} is None: all four are wanted") from None
        raise Unusable(f"the shapes should be W1 ({d}, m), b1 (m,), w2 (m,) and b2 (), numbers in all of them") from None
    order = np.argsort(corners.sum(axis=1), kind="stable")
    return {"units more than d": too_wide, "class at the corners, sorted by their ones": says[order]}


def _bits(*sizes: int) -> Callable[[Rng], Arguments]:
    return lambda rng: (int(rng.choice(sizes)),)


exercise = Exercise(
    reference=parity_net,
    probe=parity_values,
    outputs=("the number of units above d", "the class at the corners, sorted by their ones"),
    cases=[
        Case("two bits, as XOR", [_bits(2)], times=1),
        Case("three, four, five bits", [_bits(3), _bits(4), _bits(5)], times=3),
        Case("many bits", [_bits(8), _bits(7)], times=2),
        Case("a single bit", [_bits(1)], times=1, weight=0.5),
    ],
)

# %% hints
# 1. Whether the number of ones is odd depends on their sum alone. So let every hidden unit look at the sum: which
#    units can you make of it?
# 2. Unit k is on where the sum is at least k: weights of 1 and a bias of 1/2 - k. With the sum at s the first s units are on. Which
#    output weights make their total 1 for odd s and 0 for even s?

# %% elegant
# The units only count. Reading the count off with the signs +, -, +, ... makes a staircase of it that goes up and down.

# %% right
def parity_net(d):
    k = np.arange(1, d + 1)
    W1 = np.ones((d, d))
    b1 = 0.5 - k
    w2 = np.where(k % 2 == 1, 1.0, -1.0)
    return W1, b1, w2, -0.5

# %% right
def parity_net(d):
    # unit k is on where at most k bits are
    W1 = [[-1] * d for _ in range(d)]
    b1 = [k + 0.5 for k in range(d)]
    # all are on for the sum 0; each one that goes off changes the class
    w2 = [(-1) ** k for k in range(d)]
    off = sum(w2)
    return W1, b1, [-w for w in w2], off - 0.5

# %% right
def parity_net(d):
    units = [(np.full(d, 2.0), 1.0 - 2 * j, 3.0 if j % 2 else -3.0) for j in range(d, 0, -1)]
    W1 = np.column_stack([w for w, _, _ in units])
    return W1, np.array([b for _, b, _ in units]), np.array([v for _, _, v in units]), np.array(-1.0)

# %% wrong
# every unit counts with a plus: `np.where(k % 2 == 1, 1.0, -1.0)` -> `np.ones(d)`
#   Any number of ones from 1 on gives class 1: that is OR, as plus signs alone make it. The second unit has to take
#   back what the first has said, the third to say it again.
# every threshold is one too high: `0.5 - k` -> `-0.5 - k` | `-1.0 * k`
#   Unit k should be on from k ones on: the sum k is above k - 1/2, but not above k.
# every threshold is one too low: `0.5 - k` -> `1.5 - k`
#   Then the first unit is on without a single 1. Unit k should be on from k ones on.
# the other way round, 1 where the number of ones is even: `np.where(k % 2 == 1, 1.0, -1.0)` -> `np.where(k % 2 == 1, -1.0, 1.0)`, `w2, -0.5` -> `w2, 0.5`
#   Class 1 is asked for where the number of ones is odd.
# the output is always 1: `w2, -0.5` -> `w2, 0.5`
#   Every corner gets class 1. If your hidden units add up to 0 for an even number of ones, a positive bias makes that
#   class 1, too.
# the output is never 1: `w2, -0.5` -> `w2, -1.5`
#   | `w2, -1.0`
#   No corner gets class 1. If your hidden units add up to 1 for an odd number of ones, the bias must leave some of it.
#   (And do they come back in the order W1, b1, w2, b2?)
# each unit looks at its own bit: `np.ones((d, d))` -> `np.eye(d)`
#   A unit that sees one bit knows nothing of the others. Let each of them see the sum of all bits.
# all units have the same threshold: `0.5 - k` -> `np.full(d, 0.5 - d)`
#   Units with the same weights and threshold all say the same: unit k is on from k ones on.
# only two bits are looked at: `np.ones((d, d))` -> `np.outer(np.arange(d) < 2, np.ones(d))`
#   That is XOR of the first two bits. Every unit needs all of them.
# one unit too many: `k = np.arange(1, d + 1)` -> `k = np.arange(1, d + 2)`, `np.ones((d, d))` -> `np.ones((d, d + 1))`
#   d bits have a sum of d at most, so d units are enough.
# only two units: `w2 = np.where(k % 2 == 1, 1.0, -1.0)` -> `w2 = np.where(k == 1, 1.0, np.where(k == 2, -1.0, 0.0))`
#   or `k = np.arange(1, d + 1)` -> `k = np.arange(1, 3)`, `np.ones((d, d))` -> `np.ones((d, 2))`
#   That is class 1 for exactly one 1, as XOR of two bits is. For three ones the third unit is needed.
# each unit looks at one bit, with alternating signs: `np.ones((d, d))` -> `np.eye(d)`, `0.5 - k` -> `np.full(d, -0.5)`
#   A unit that sees one bit knows nothing of the others. Let each of them see the sum of all bits.
# the thresholds have the wrong sign: `0.5 - k` -> `k - 0.5`
#   Unit k should be on where the sum is above k - 1/2: sum - (k - 1/2) > 0, so its bias is 1/2 - k.
