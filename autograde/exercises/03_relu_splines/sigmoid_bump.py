"""Exercise 3.1: the difference of two sigmoids."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.special import changed_at, with_ties, zeros
from autograde.exercises.support.variants import each_whole
from autograde.exercises.support.drawing import Rng, eighths, odd_size
from mlp_reference import approximation


def _edges(rng: Rng) -> tuple[float, float]:
    left = float(eighths(rng))
    return left, left + float(rng.choice([0.75, 1.5, 2.5]))


def _around(rng: Rng, *shape: int) -> Arguments:
    """Places in and around a soft bump."""
    left, right = _edges(rng)
    x = rng.uniform(left - 1.5, right + 1.5, shape)
    return x, left, right, float(rng.choice([0.75, 1.5, 3.0]))


def _soft(rng: Rng) -> Arguments:
    return _around(rng, odd_size(rng))


def _single_precision(rng: Rng) -> Arguments:
    x, *rest = _soft(rng)
    return x.astype(np.float32), *rest


def _one_number(rng: Rng) -> Arguments:
    """A place well inside: in the tails a single difference is all rounding."""
    left, right = _edges(rng)
    return left + 0.375 * (right - left), left, right, float(rng.choice([1.5, 3.0]))


def _steep(rng: Rng) -> Arguments:
    """The arguments of the sigmoids reach thousands; both edges and both outsides are in."""
    left, right = _edges(rng)
    x = rng.permutation([left - 2.0, left, left + 0.25, (left + right) / 2, right, right + 2.0])
    return x, left, right, float(rng.choice([1000.0, 4000.0]))


def _crossed(rng: Rng) -> Arguments:
    """The right edge lies left of the left one: the bump hangs down."""
    x, left, right, steepness = _soft(rng)
    return x, right, left, steepness


def _whole_numbers(rng: Rng) -> Arguments:
    left = int(rng.integers(-3, 3))
    return rng.permutation(np.arange(left - 2, left + 5)), left, left + int(rng.integers(1, 4)), int(rng.integers(2, 4))


def _whole_number(rng: Rng) -> Arguments:
    x, left, right, steepness = _whole_numbers(rng)
    return left + 1, left, right + 1, steepness


def _one_entry(rng: Rng) -> Arguments:
    x, *rest = _one_number(rng)
    return np.array([[x]]), *rest


def _turned(rng: Rng) -> Arguments:
    x, *rest = _around(rng, 2, 3)
    return np.asfortranarray(x), *rest


def _no_axes(rng: Rng) -> Arguments:
    x, *rest = _one_number(rng)
    return np.array(x), *rest


def _steep_place(rng: Rng) -> Arguments:
    """Inside, where whichever exponential there is overflows."""
    left, right = _edges(rng)
    return left + 0.5 * (right - left), left, right, 4000.0


def _left_at_zero(rng: Rng) -> Arguments:
    x, left, right, steepness = _soft(rng)
    return x - left, 0.0, right - left, steepness


def _right_at_zero(rng: Rng) -> Arguments:
    x, left, right, steepness = _soft(rng)
    return x - right, left - right, 0.0, steepness


def _wide(rng: Rng) -> Arguments:
    """Rounding an argument leaves a bump."""
    x, _, _, _ = _soft(rng)
    left = float(rng.choice([-1.75, -2.25]))
    return x, left, left + 3.5, 1.5


def _whole_table(rng: Rng) -> Arguments:
    x, left, right, steepness = _whole_numbers(rng)
    return x[:6].reshape(2, 3), left + 0.25, right + 0.375, 0.75


exercise = Exercise(
    reference=approximation.sigmoid_bump,
    cases=[
        Case("soft bumps", [_soft], times=5),
        Case(
            "places of any shape: a table, three axes, a single place; single precision",
            [
                lambda rng: _around(rng, int(rng.integers(2, 4)), 5),
                lambda rng: _around(rng, 2, 1, 3),
                _one_number,
                _no_axes,
                _one_entry,
                _turned,
                _single_precision,
            ],
            times=14,
        ),
        Case("whole numbers", [_whole_numbers, _whole_number], times=4, weight=0.5),
        Case("edges that are crossed: the bump hangs down", [_crossed], times=2, weight=0.5),
        Case("a very steep bump", [_steep], times=2),
        Case(
            "a single place at a steep bump, an edge at 0, no steepness, whole numbers beside others",
            [
                *(_steep_place, _left_at_zero, _right_at_zero, changed_at(_soft, zeros, 3)),
                *(*each_whole(_wide, 0, 1, 2, 3), _whole_table, lambda rng: _around(rng, 2, 1, 3, 2), changed_at(_soft, zeros, 0), with_ties(_soft, 0)),
            ],
            times=12,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. Draw it: one sigmoid climbs from 0 to 1 at `left`. What must happen at `right`, so that the value comes back to
#    0?
# 2. A sigmoid that climbs at `left` is sigmoid(steepness * (x - left)). Subtract the same with `right`.
# 3. Write a helper `def sigmoid(z): return 1 / (1 + np.exp(-z))` and return the difference of two calls.

# %% elegant
# A step up and a step down, written as they are said. It takes numbers and arrays, because nothing in it asks
# which.

# %% right
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def sigmoid_bump(x, left, right, steepness):
    return sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))

# %% right
from scipy.special import expit

def sigmoid_bump(x, left, right, steepness):
    rise, fall = (expit(np.multiply(steepness, np.subtract(x, edge))) for edge in (left, right))
    return rise - fall

# %% right
def sigmoid_bump(x, left, right, steepness):
    return 0.5 * (np.tanh(steepness * (x - left) / 2) - np.tanh(steepness * (x - right) / 2))

# %% right
import math

def one(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))

def sigmoid_bump(x, left, right, steepness):
    values = [one(steepness * (float(p) - left)) - one(steepness * (float(p) - right)) for p in np.ravel(x)]
    return np.reshape(values, np.shape(x))

# %% right
def sigmoid_bump(x, left, right, steepness):
    # as a hidden layer of two units with output weights 1 and -1
    x = np.asarray(x, dtype=float)
    z = steepness * (x[..., None] - np.array([left, right]))
    return (1 / (1 + np.exp(-np.clip(z, -500, 500)))) @ np.array([1.0, -1.0])

# %% right
def sigmoid_bump(x, left, right, steepness):
    # sigmoid(a) - sigmoid(b) = 1 - sigmoid(-a) - sigmoid(b)
    def s(z):
        return np.exp(-np.logaddexp(0, -z))
    return 1 - s(-steepness * (x - left)) - s(steepness * (x - right))

# %% wrong
# the steepness multiplies x only: `sigmoid(steepness * (x - left))` -> `sigmoid(steepness * x - left)`,
#   `sigmoid(steepness * (x - right))` -> `sigmoid(steepness * x - right)`
#   Then the sigmoid rises at left/steepness. Shift first, then stretch: steepness * (x - left).
# the two sigmoids are added: `sigmoid(steepness * (x - left)) -` -> `sigmoid(steepness * (x - left)) +`
#   The second sigmoid must take away what the first one has added: subtract it.
# the bump is upside down
# - sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))
# + sigmoid(steepness * (x - right)) - sigmoid(steepness * (x - left))
#   Between the edges the value should be above 0: the sigmoid that rises at `left` counts positive. (And look at the
#   sign in your exp.)
# the product of a rising and a falling sigmoid
#   `- sigmoid(steepness * (x - right))` -> `* sigmoid(steepness * (right - x))`
#   A hidden layer *adds* weighted units, it does not multiply them. (This product happens to be a multiple of the bump, so it
#   has the wrong height.)
# divides by the steepness: `sigmoid(steepness * (x - left))` -> `sigmoid((x - left) / steepness)`,
#   `sigmoid(steepness * (x - right))` -> `sigmoid((x - right) / steepness)`
#   A larger steepness should make the edges sharper: multiply.
# the steepness is missing at the second edge: `sigmoid(steepness * (x - right))` -> `sigmoid(x - right)`
#   Both edges are equally steep.
# the steepness is ignored: `sigmoid(steepness * (x - left))` -> `sigmoid(x - left)`,
#   `sigmoid(steepness * (x - right))` -> `sigmoid(x - right)`
#   Scale what goes into the sigmoids by `steepness`.
# the steepness multiplies the height, not the slope
# - sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))
# + steepness * (sigmoid(x - left) - sigmoid(x - right))
#   The bump is never higher than 1, whatever its steepness: the factor belongs inside the sigmoids.
# hard steps instead of sigmoids
#   `sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))` -> `(x > left) * 1.0 - (x > right) * 1.0`
#   That is the limit for infinite steepness. The bump asked for has soft edges, made by sigmoids.
# tanh instead of the sigmoid: `1 / (1 + np.exp(-z))` -> `np.tanh(z)`
#   tanh runs from -1 to 1, so its bump is up to 2 high and has other edges. The sigmoid is 1 / (1 + exp(-z)).
# right is taken for a width: `sigmoid(steepness * (x - right))` -> `sigmoid(steepness * (x - left - right))`
#   `right` is the place of the second edge, not its distance from the first.
# the edges are mirrored at 0: `sigmoid(steepness * (x - left))` -> `sigmoid(steepness * (x + left))`,
#   `sigmoid(steepness * (x - right))` -> `sigmoid(steepness * (x + right))`
#   A sigmoid rises where its argument is 0: x - left is 0 at x = left, x + left is 0 at x = -left.
# only the rising edge: without `- sigmoid(steepness * (x - right))`
#   A second sigmoid has to bring the value back to 0 at `right`.
# scaled to a height of 1
# - return sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))
# + y = sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))
# +     return y / np.max(y)
#   A soft, narrow bump is lower than 1, and stays so: return the plain difference.
# nan where the exponential overflows: `1 / (1 + np.exp(-z))` -> `np.exp(z) / (1 + np.exp(z))`
#   exp of a thousand is inf, and inf/inf is nan. Written 1 / (1 + exp(-z)) the sigmoid survives it.
# a table comes back as one long row
#   `return sigmoid(steepness * (x - left))` -> `x = np.ravel(x) if np.ndim(x) else x ⏎ …`
#   The result has the shape of `x`, whatever that is.
# works for arrays only
# -     return sigmoid(s
# +     x.shape
# +     return sigmoid(s
#   `x` may be a single number, too: leave away what only arrays have, and NumPy does the rest.
# the edges are added: `steepness * (x - left)` -> `steepness * x + left`,
#   `steepness * (x - right)` -> `steepness * x + right`
#   A sigmoid is half way up where its argument is 0. Which argument is 0 at x = left, and which at x = right?
# a box with upright walls
#   `sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))` -> `((x >= left) & (x <= right)) * 1.0` |
#   `((x > left) & (x < right)) * 1.0`
#   That is what a very steep bump comes near to. The bump itself has slopes: the difference of two sigmoids.
# tanh(z) where tanh(z/2) is needed: `1 / (1 + np.exp(-z))` -> `0.5 * (1 + np.tanh(z))`
#   The sigmoid is (1 + tanh(z/2)) / 2: the argument is halved, too. Without it the edges are twice as steep.
# a bell instead of two sigmoids
#   `sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))` -> `np.exp(-steepness * (x - (left + right) / 2) ** 2)`
#   That is another bump, the Gaussian, which no two sigmoids make. Subtract the sigmoid that rises at `right` from the one at `left`.
# the second sigmoid falls, and is subtracted: `sigmoid(steepness * (x - right))` -> `sigmoid(steepness * (right - x))`
#   A falling sigmoid would have to be added, and 1 taken away. The one to be subtracted rises, at `right`: x - right.
# the smaller of both edges: `sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))` -> `np.minimum(sigmoid(steepness * (x - left)), 1 - sigmoid(steepness * (x - right)))`
#   | `sigmoid(steepness * ((right - left) / 2 - np.abs(x - (left + right) / 2)))`
#   Near the middle of a narrow bump both edges count. The output adds its units: one sigmoid minus the other.
# distances from the edges without their sign: `sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))` -> `sigmoid(steepness * np.abs(x - left)) - sigmoid(steepness * np.abs(x - right))`
#   A sigmoid rises from left to right, so it must know on which side of the edge x lies: x - left, with its sign.
# the steepness comes in twice: `sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))` -> `sigmoid(steepness**2 * (x - left)) - sigmoid(steepness**2 * (x - right))`
#   The argument of each sigmoid is steepness * (x - edge): the steepness once, without another factor.
# the two sigmoids are multiplied: `left)) - sig` -> `left)) * sig`
#   A product with a second *rising* sigmoid is about 1 right of both edges. Subtract it: up at left, down again at right.
# the size of the bump: `return sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))` -> `return np.abs(sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right)))`
#   Where the edges are crossed the bump hangs down, below 0: leave `abs` away.
