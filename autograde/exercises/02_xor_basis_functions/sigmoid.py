"""Exercise 2.1: from a sum to a probability, for every sum."""

import numpy as np

from autograde.judging.exercise import Case, Exercise
from autograde.exercises.support.arguments import left_tail
from autograde.exercises.support.drawing import eighths, odd_size, one_entry, turned
from autograde.exercises.support.warned import without_warnings
from mlp_reference import activations

exercise = Exercise(
    reference=activations.sigmoid,
    probe=without_warnings,
    cases=[
        Case(
            "numbers of moderate size",
            [
                lambda rng: (eighths(rng, odd_size(rng)),),
                lambda rng: (2 * eighths(rng, 4, 3),),
                lambda rng: (rng.permutation([0.0, *eighths(rng, 4)]),),
                lambda rng: (eighths(rng, 5).astype(np.float32),),
            ],
            times=8,
        ),
        Case(
            "whole numbers",
            [
                lambda rng: (rng.permutation([-7, -2, 0, 1, 4]),),
                lambda rng: (rng.integers(1, 6, (2, 3)) * np.array([1, -1, 1]),),
            ],
            times=4,
        ),
        Case(
            "any shape: a single number, up to four axes",
            [
                lambda rng: (np.array(float(eighths(rng))),),
                lambda rng: (eighths(rng, 2, 3, 4),),
                lambda rng: (float(eighths(rng)),),
                lambda rng: (int(rng.choice([-2, 3])),),
                lambda rng: (np.array(int(rng.choice([-2, 3]))),),
                lambda rng: (eighths(rng, 2, 1, 3, 2),),
                lambda rng: (0,),
                lambda rng: (np.zeros(3),),
                lambda rng: (0.0,),
                lambda rng: (one_entry(rng),),
                lambda rng: (turned(rng, 2, 3),),
            ],
            times=22,
        ),
        Case(
            "abs(z) up to 10,000: right, and without warnings",
            [
                lambda rng: (rng.permutation([-1e4, -800.0, -30.0, 0.5, 30.0, 800.0, 1e4]),),
                lambda rng: (rng.permutation([-5000.0, -750.0, -1.0, 2.0, 750.0, 5000.0]).reshape(2, 3),),
                lambda rng: (rng.permutation([-10_000, -900, -3, 3, 900, 10_000]),),
                lambda rng: (rng.permutation(left_tail(rng)),),
                *(lambda _, z=z: (z,) for z in (-800.0, 900, np.array(-1e4), 5000.0, -1000)),
            ],
            times=9,
            weight=2.0,
        ),
    ],
)

# %% hints
# 1. First write the formula down as it stands and try it at z = -1000, 0 and 1000. At which of them is there a
#    warning, and which exponent is to blame?
# 2. exp of a negative number is harmless: at worst it becomes 0. For z < 0 multiply numerator and denominator of 1/(1
#    + exp(-z)) by exp(z).
# 3. With `e = np.exp(-np.abs(z))` the value is 1/(1 + e) where z >= 0, and e/(1 + e) where z < 0. One `np.where` in
#    the numerator is enough.

# %% elegant
# `exp(-abs(z))` never overflows, and both halves of the curve are made of it: 1/(1 + e) on the right, e/(1 + e) on
# the left. One exponential, no mask, no warning.

# %% right
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)

# %% right
def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))

# %% right
def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))

# %% right
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    out = np.empty(z.shape)
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    grown = np.exp(z[~positive])
    out[~positive] = grown / (1 + grown)
    return out

# %% right
import math

def one(t):
    return 1 / (1 + math.exp(-t)) if t > 0 else 1 - 1 / (1 + math.exp(t))

def sigmoid(z):
    flat = [one(t) for t in np.ravel(z)]
    return np.array(flat).reshape(np.shape(z))

# %% right
from scipy.special import expit as sigmoid

# %% right
def sigmoid(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))

# %% right
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))

# %% right
def sigmoid(z):
    small = np.exp(np.minimum(z, 0))
    return small / (small + np.exp(np.minimum(-z, 0)))

# %% wrong
# the exponential of a large number overflows
#   `e = np.exp(-np.abs(z)) ⏎ return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> `return 1 / (1 + np.exp(-z))`
#   Somewhere exp(1000) is computed, which no float can hold: for z = -1000, or in a branch of `np.where` that is not
#   taken. Rewrite the formula so that no exponent is ever positive.
# the exponential of a large number overflows
#   `e = np.exp(-np.abs(z)) ⏎ return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> `return 1 / (1 + np.e ** (-z))`
#   For z = -1000 this asks for e**1000, which no float can hold. Rewrite the formula for negative z so that the
#   exponent is never positive.
# inf divided by inf is nan
# -     e = np.exp(-np.abs(z))
# -     return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)
# +     return np.exp(z) / (1 + np.exp(z))
#   For large positive z both exponentials are inf, and inf/inf is nan. It is for negative z that this form is safe.
# both exponentials are computed everywhere, and one overflows
# -     e = np.exp(-np.abs(z))
# -     return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)
# +     return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
#   Whatever is picked or repaired afterwards (`np.where`, `nan_to_num`), both exponentials were computed first, and the
#   one of a large number overflowed. Make the exponent itself safe, or compute each form on its own entries only.
# the exponent has the wrong sign
#   `e = np.exp(-np.abs(z)) ⏎ return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> `return 1 / (1 + np.exp(z))`
#   At z = 3 the value should be near 1, yours is near 0: that is sigmoid(-z). Is the exponent in the denominator
#   -z? And does each half of the line get its own form?
# exp(-z) stands in the numerator, too
# -     e = np.exp(-np.abs(z))
# -     return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)
# +     return np.exp(-z) / (1 + np.exp(-z))
#   At z = 3 the value should be near 1, yours is near 0. With exp(-z) in the denominator the numerator is 1; with
#   exp(z) in both the formula is right again.
# 1 + exp(-z) comes out, and not 1 divided by it
#   `e = np.exp(-np.abs(z)) ⏎ return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> `return 1 / 1 + np.exp(-z)`
#   What comes out is 1 + exp(-z), not 1 divided by it. Python divides before it adds, so `1 / 1 + e` is 1 + e: put the whole
#   denominator in brackets. (With a log, the minus in front of it is missing: exp(-log(1 + e)).)
# a factor in the exponent
#   `e = np.exp(-np.abs(z)) ⏎ return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> `return 1 / (1 + np.exp(-2 * z))`
#   The exponent is -z, without a factor: sigmoid(z) is (1 + tanh(z/2)) / 2.
# the 1 is missing in the denominator
#   `e = np.exp(-np.abs(z)) ⏎ return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> `return 1 / np.exp(-z)`
#   A probability can't exceed 1: the denominator is 1 + exp(-z).
# the size of z decides, its sign is lost
# -     e = np.exp(-np.abs(z))
# -     return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)
# +     return 1 / (1 + np.exp(-np.abs(z)))
#   With abs(z) in the exponent nothing overflows, but sigmoid(-3) must be 1 - sigmoid(3): treat negative entries apart.
# tanh instead of the sigmoid
#   `e = np.exp(-np.abs(z)) ⏎ return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> `return np.tanh(z)`
#   tanh runs from -1 to 1. The sigmoid runs from 0 to 1: it is (1 + tanh(z/2)) / 2.
# tanh(z) where tanh(z/2) is needed
#   `e = np.exp(-np.abs(z)) ⏎ return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> `return 0.5 * (1 + np.tanh(z))`
#   The identity is (1 + tanh(z/2)) / 2: the argument is halved, too.
# the derivative instead of the sigmoid: ` np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> ` e / (1 + e) ** 2`
#   That is the slope, sigma (1 - sigma). Here the value itself is wanted.
# a step instead of a smooth curve
#   `e = np.exp(-np.abs(z)) ⏎ return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> `return (z > 0).astype(float)`
#   The threshold unit says 0 or 1; the sigmoid says how sure it is: 1 / (1 + exp(-z)).
# softmax instead of the sigmoid
# -     e = np.exp(-np.abs(z))
# -     return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)
# +     e = np.exp(z - np.max(z))
# +     return e / e.sum()
#   Softmax makes the entries compete for a sum of 1. The sigmoid looks at each entry by itself.
# z is clipped too early
# -     e = np.exp(-np.abs(z))
# -     return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)
# +     return 1 / (1 + np.exp(-np.clip(z, -10, 10)))
#   sigmoid(-10) is 5e-5, and smaller sums must give smaller values still. Clip much farther out, or better, avoid
#   clipping.
# z is clipped too early
# -     e = np.exp(-np.abs(z))
# -     return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)
# +     return 1 / (1 + np.exp(-np.clip(z, -20, 20)))
#   sigmoid(-20) is 2e-9, and smaller sums must give smaller values still. Clip much farther out, or better, avoid
#   clipping.
# z is clipped too early
#   `e = np.exp(-np.abs(z)) ⏎ return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> `return 1 / (1 + np.exp(-np.clip(z, -25, 25)))` | `return 1 / (1 + np.exp(-np.clip(z, -30, 30)))`
#   sigmoid(-30) is 9e-14, and sigmoid(-40) is smaller by a factor of 20,000. Clip much farther out, or better, avoid
#   clipping.
# the result is stored in an array of integers
# -     return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)
# +     out = np.zeros_like(z)
# +     out[...] = np.where(z >= 0, 1, e) / (1 + e)
# +     return out
#   `zeros_like(z)` takes over the type of z, and an array of ints cuts 0.88 down to 0. Ask for `dtype=float`.

# %% wrong: an `if` on a whole array
#   An array is not true or false as a whole. Decide for each entry, with `np.where` or a mask, but mind what the branch
#   that is not taken computes.
def sigmoid(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))

# %% wrong
# math.exp takes single numbers only: `def sigmoid(z):` -> `import math ⏎ …`,
#   `e = np.exp(-np.abs(z)) ⏎ return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> `return 1 / (1 + math.exp(-z))`
#   `math.exp` wants one number; `np.exp` takes an array of any shape and works entry by entry.
# the shape is lost
# - def sigmoid(z):
# + def sigmoid(z):
# +     z = np.ravel(z)
#   The result should have the shape of z: NumPy works on any shape without `ravel` and `flatten`. After a loop,
#   `.reshape(np.shape(z))` brings it back.
# one form for the whole array
#   `return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> `return 1 / (1 + np.exp(-z)) if np.all(np.asarray(z) >= 0) else np.exp(z) / (1 + np.exp(z))`
#   or `return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> `return 1 / (1 + np.exp(-z)) if np.any(np.asarray(z) >= 0) else np.exp(z) / (1 + np.exp(z))`
#   One array may hold large numbers of both signs, and neither form is safe for all of them: choose for each entry.
