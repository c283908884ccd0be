"""Exercise 6.1: the table of activations, by name."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support import arguments, pictures
from autograde.exercises.support.drawing import Rng
from mlp_reference import activations


def _with_zero(rng: Rng) -> Arguments:
    return str(rng.choice(arguments.NAMES)), rng.permutation([0.0, -0.0, *arguments.both_signs(rng)[:4]])


UNKNOWN = arguments.unknown()

exercise = Exercise(
    reference=activations.activation,
    picture=pictures.curve,
    cases=[
        Case("identity, tanh", [arguments.vector("identity"), arguments.vector("tanh")], times=4),
        Case("sigmoid", [arguments.vector("sigmoid")]),
        Case("relu", [arguments.vector("relu")]),
        Case("leaky_relu", [arguments.vector("leaky_relu")]),
        Case("elu", [arguments.vector("elu")]),
        Case("gelu", [arguments.vector("gelu")]),
        Case(
            "any shape: a table, three and four axes, a single number; single precision; 0",
            [
                *(form(name) for form in arguments.FORMS for name in arguments.NAMES),
                arguments.single_precision,
                _with_zero,
            ],
            times=51,
        ),
        Case(
            "whole numbers",
            [f(n) for f in (arguments.whole_numbers, arguments.a_whole_number) for n in arguments.NAMES],
            times=14,
        ),
        Case("abs(z) up to 10,000: no nan", [*map(arguments.far_out, arguments.NAMES), arguments.far_left("sigmoid")], times=8),
        Case("the tails, and near 0", [f(n) for f in (arguments.tail, arguments.near_zero) for n in arguments.NAMES], times=14, weight=0.5),
        Case("another name: ValueError", UNKNOWN, times=len(UNKNOWN)),
    ],
)

# %% hints
# 1. Seven small formulas and a way to choose among them: a chain of `if name == ...`, or a dictionary from names to
#    functions. What happens to a name that is in none of them?
# 2. `np.maximum` compares entry by entry; `np.where(z > 0, right, left)` glues two pieces together, but computes both
#    everywhere: keep the exponent of the left one at most 0. The CDF: (1 + erf(z / sqrt(2))) / 2.
# 3. sigmoid: 1 / (1 + exp(-z)); leaky: `np.maximum(z, 0.01 * z)`; elu: `np.where(z > 0, z, np.exp(np.minimum(z, 0)) -
#    1)`; gelu: `z * (1 + scipy.special.erf(z / np.sqrt(2))) / 2`; at the end `raise ValueError(name)`.

# %% elegant
# One branch for each name, each safe everywhere: no exponential is taken of a number above 0, also in the branch
# that `np.where` computes and throws away.

# %% right
import math

def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z > 0, 1, e) / (1 + e)

def cdf(z):
    return 0.5 * np.vectorize(math.erfc, otypes=[float])(-z / math.sqrt(2))

def activation(name, z):
    z = np.asarray(z, dtype=float)
    if name == "identity":
        return z
    if name == "sigmoid":
        return sigmoid(z)
    if name == "tanh":
        return np.tanh(z)
    if name == "relu":
        return np.maximum(z, 0)
    if name == "leaky_relu":
        return np.where(z > 0, z, 0.01 * z)
    if name == "elu":
        return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))
    if name == "gelu":
        return z * cdf(z)
    raise ValueError(f"unknown activation {name!r}")

# %% right
from scipy.special import erf, expit

TABLE = {
    "identity": lambda z: z,
    "sigmoid": expit,
    "tanh": np.tanh,
    "relu": lambda z: z * (z > 0),
    "leaky_relu": lambda z: np.maximum(z, 0.01 * z),
    "elu": lambda z: np.where(z > 0, z, np.exp(z) - 1),
    "gelu": lambda z: z * (1 + erf(z / 2**0.5)) / 2,
}

def activation(name, z):
    if name not in TABLE:
        raise ValueError(name)
    return TABLE[name](np.asarray(z))

# %% right
import math

def one(name, t):
    if name == "identity":
        return t
    if name == "sigmoid":
        return 1 / (1 + math.exp(-t)) if t > 0 else 1 - 1 / (1 + math.exp(max(t, -700)))
    if name == "tanh":
        return math.tanh(t)
    if name == "relu":
        return max(t, 0)
    if name == "leaky_relu":
        return t if t > 0 else t / 100
    if name == "elu":
        return t if t > 0 else math.exp(t) - 1
    if name == "gelu":
        return t * 0.5 * math.erfc(-t / math.sqrt(2))
    raise ValueError("no such activation")

def activation(name, z):
    return np.array([one(name, float(t)) for t in np.ravel(z)]).reshape(np.shape(z))

# %% right
from math import erf

def activation(name, z):
    match name:
        case "identity":
            return +np.asarray(z)
        case "sigmoid":
            return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(z))
        case "tanh":
            return np.tanh(z)
        case "relu":
            return np.clip(z, 0, None)
        case "leaky_relu":
            return np.clip(z, 0, None) + 0.01 * np.clip(z, None, 0)
        case "elu":
            return np.clip(z, 0, None) + np.exp(np.clip(z, None, 0)) - 1
        case "gelu":
            return z * np.vectorize(lambda t: 0.5 * (1 + erf(t / 2**0.5)), otypes=[float])(z)
        case _:
            raise ValueError(f"{name} is not known")

# %% right
from scipy.stats import norm

def activation(name, z):
    z = np.array(z, dtype=np.float64, copy=True)
    if name == "identity":
        return z
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if name == "tanh":
        return 2 / (1 + np.exp(-2 * z)) - 1
    if name == "gelu":
        return z * norm.cdf(z)
    left = {"relu": lambda t: 0 * t, "leaky_relu": lambda t: 0.01 * t, "elu": np.expm1}
    if name not in left:
        raise ValueError(f"unknown activation: {name}")
    z[z < 0] = left[name](z[z < 0])
    return z

# %% wrong
# the exponent of the sigmoid has the wrong sign: `return sigmoid(z)` -> `return sigmoid(-z)`
#   For large positive z the sigmoid is near 1: exp(-z) stands in the denominator, 1 / (1 + exp(-z)).
# a sigmoid that is nan far out: `return sigmoid(z)` -> `return np.exp(z) / (1 + np.exp(z))`
#   For large z both exponentials are inf, and inf/inf is nan. 1 / (1 + exp(-z)) survives it.
# tanh instead of the sigmoid: `return sigmoid(z)` -> `return np.tanh(z)`
#   They are related, but not equal: sigmoid(z) = (1 + tanh(z/2)) / 2 runs from 0 to 1.
# the brackets of the sigmoid's denominator are missing: `return sigmoid(z)` -> `return 1 / 1 + np.exp(-z)`
#   1 + exp(-z) is the denominator: divide 1 by it. (Python divides before it adds, so `1 / 1 + e` is 1 + e: put the
#   denominator in brackets.)
# tanh is nan far out: `np.tanh(z)` -> `(np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))`
#   For large abs(z) this is inf/inf. `np.tanh` knows how to avoid it.
# tanh from exp(2z) is nan far out: `np.tanh(z)` -> `(np.exp(2 * z) - 1) / (np.exp(2 * z) + 1)`
#   For large positive z this is inf/inf. `np.tanh` knows how to avoid it.
# tan instead of tanh: `np.tanh(z)` -> `np.tan(z)`
#   `np.tan` is the tangent of an angle. The hyperbolic one, which stays between -1 and 1, is `np.tanh`.
# np.max instead of np.maximum: `np.maximum(z, 0)` -> `np.max(z, 0)`
#   `np.max(z, 0)` is the largest entry along axis 0. `np.maximum(z, 0)` compares each entry with 0.
# the ReLU is upside down: `np.maximum(z, 0)` -> `np.minimum(z, 0)`
#   The ReLU keeps what is positive and cuts off what is negative: max(z, 0).
# the ReLU takes the size: `np.maximum(z, 0)` -> `np.abs(z)`
#   abs(z) reflects negative numbers, the ReLU replaces them by 0.
# a step instead of the ReLU: `np.maximum(z, 0)` -> `np.where(z > 0, 1.0, 0.0)`
#   That is the ReLU's slope. The ReLU itself is z where z is positive.
# the leaky ReLU has slope 0.1: `np.where(z > 0, z, 0.01 * z)` -> `np.where(z > 0, z, 0.1 * z)`
#   The slope on the left is 0.01 in this course.
# the leaky ReLU gives a constant on the left: `np.where(z > 0, z, 0.01 * z)` -> `np.where(z > 0, z, 0.01)`
#   0.01 is a slope, not a value: on the left the leaky ReLU is 0.01 * z.
# the leaky ReLU falls on the left: `np.where(z > 0, z, 0.01 * z)` -> `np.where(z > 0, z, -0.01 * z)`
#   The slope on the left is +0.01: negative z give (small) negative values.
# the two sides of the leaky ReLU are exchanged: `np.where(z > 0, z, 0.01 * z)` -> `np.minimum(z, 0.01 * z)`
#   Positive z pass unchanged, negative ones are multiplied by 0.01: the larger of z and 0.01 * z.
# the leaky ReLU is a plain ReLU: `np.where(z > 0, z, 0.01 * z)` -> `np.maximum(z, 0)`
#   The leaky one lets 0.01 * z through where z is negative.
# the ELU is not shifted down by 1: `(z > 0, z, np.expm1(np.minimum(z, 0)))` -> `(z > 0, z, np.exp(np.minimum(z, 0)))`
#   At 0 both pieces must meet: exp(0) is 1, so the left piece is exp(z) - 1.
# the left piece of the ELU is upside down: `np.expm1(np.minimum(z, 0))` -> `1 - np.exp(np.minimum(z, 0))`
#   Left of 0 the ELU is negative: exp(z) - 1.
# the exponent of the ELU has the wrong sign: `(z > 0, z, np.expm1(np.minimum(z, 0)))` -> `(z > 0, z, np.exp(-z) - 1)`
#   Left of 0 the ELU flattens out towards -1. With exp(-z) it grows without bound.
# the ELU is bent on both sides: `np.where(z > 0, z, np.expm1(np.minimum(z, 0)))` -> `np.expm1(z)`
#   Only the left half is exp(z) - 1; the right half is z itself.
# the two sides of the ELU are exchanged: `(z > 0, z, np.expm1(np.minimum(z, 0)))` -> `(z <= 0, z, np.exp(z) - 1)`
#   z itself belongs on the right, exp(z) - 1 on the left.
# the ELU's alpha is 0.01: `z, np.expm1` -> `z, 0.01 * np.expm1`
#   alpha is 1 in this course (0.01 is the slope of the leaky ReLU).
# 0 times inf in the ELU is nan
#   `np.where(z > 0, z, np.expm1(np.minimum(z, 0)))` -> `(z > 0) * z + (z <= 0) * (np.exp(z) - 1)`
#   For large z exp(z) is inf, and a factor of 0 does not take it away: 0 * inf is nan. Choose with `np.where`, or keep
#   the exponent at most 0.
# the GELU by its tanh approximation
#   `return z * cdf(z)` -> `return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))`
#   A popular approximation, off by up to 0.0005. Asked is the exact one, z times the normal CDF: `math.erf` or
#   `scipy.special.erf` help.
# the GELU by its sigmoid approximation: `return z * cdf(z)` -> `return z * sigmoid(1.702 * z)`
#   A rough approximation, off by up to 0.02. Asked is the exact one, z times the normal CDF.
# SiLU instead of GELU: `return z * cdf(z)` -> `return z * sigmoid(z)`
#   z * sigmoid(z) is the SiLU or swish. The GELU multiplies z by the normal CDF.
# the GELU multiplies by the density: `return z * cdf(z)` -> `return z * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)`
#   The cdf is the probability of being *below* z. You used the density, its derivative.
# the factor z of the GELU is missing: `return z * cdf(z)` -> `return cdf(z)`
#   That is cdf(z) alone; the GELU is z * cdf(z).
# the square root of 2 is missing in the GELU: `-z / math.sqrt(2)` -> `-z`
#   The normal CDF is (1 + erf(z / sqrt(2))) / 2: the argument of erf is divided by the root of 2.
# erf itself instead of the CDF: ` z * cdf(z)` -> ` z * np.vectorize(math.erf, otypes=[float])(z / math.sqrt(2))`
#   erf runs from -1 to 1. The CDF runs from 0 to 1: (1 + erf(z / sqrt(2))) / 2.
# the identity gives ones
# -     if name == "identity":
# -         return z
# +     if name == "identity":
# +         return np.ones_like(z)
#   That is its slope. The identity returns z.

# %% wrong: results are stored in an array of integers
#   Your result has the type of z, as `zeros_like(z)` has it, and an array of ints cuts 0.88 down to 0. Ask for `dtype=float`.
import math

def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z > 0, 1, e) / (1 + e)

def cdf(z):
    return 0.5 * np.vectorize(math.erfc, otypes=[float])(-z / math.sqrt(2))

def activation(name, z):
    out = np.zeros_like(z)
    if name == "identity":
        out[...] = z
    elif name == "sigmoid":
        out[...] = sigmoid(z)
    elif name == "tanh":
        out[...] = np.tanh(z)
    elif name == "relu":
        out[...] = np.maximum(z, 0)
    elif name == "leaky_relu":
        out[...] = np.where(z > 0, z, 0.01 * z)
    elif name == "elu":
        out[...] = np.where(z > 0, z, np.expm1(np.minimum(z, 0)))
    elif name == "gelu":
        out[...] = z * cdf(z)
    else:
        raise ValueError(f"unknown activation {name!r}")
    return out

# %% wrong
# the leaky ReLU is cut down to whole numbers: `z = np.asarray(z, dtype=float)` -> `whole = np.asarray(z) ⏎ …`,
#   `return np.where(z > 0, z, 0.01 * z)` -> `out = whole.copy() ⏎ out[z < 0] = 0.01 * z[z < 0] ⏎ return out`
#   or
#   `z = np.asarray(z, dtype=float)` -> `whole = np.asarray(z) ⏎ …`
# - return np.where(z > 0, z, 0.01 * z)
# + out = np.zeros_like(whole)
# +         out[...] = np.where(z > 0, z, 0.01 * z)
# +         return out
#   An array of ints cuts -0.01 down to 0: make floats of z first, `z = np.asarray(z, dtype=float)`.
# the leaky ReLU multiplies whole numbers in place: `z = np.asarray(z, dtype=float)` -> `whole = np.asarray(z) ⏎ …`,
#   `return np.where(z > 0, z, 0.01 * z)` -> `out = whole.copy() ⏎ out[z < 0] *= 0.01 ⏎ return out`
#   An array of ints can't hold 0.01 times its entries. Make floats of z first, `z = np.asarray(z, dtype=float)`.
# an `if` on a whole array: `return np.maximum(z, 0)` -> `return z if z > 0 else 0.0`
#   An array is not true or false as a whole. Decide for each entry: `np.maximum`, or `np.where`.
# the shape is lost: `z = np.asarray(z, dtype=float)` -> `z = np.ravel(np.asarray(z, dtype=float))`
#   The result should have the shape of z: leave `ravel` and `flatten` away, or `reshape` at the end.
# the input is changed: `z = np.asarray(z, dtype=float)` -> `z = np.asarray(z)`,
#   `return np.maximum(z, 0)` -> `z[z < 0] = 0 ⏎ return z`
#   Like `z[z < 0] = 0` it writes into the caller's array, who may still need it for the derivative. Make a new one.
# KeyError instead of ValueError: `raise ValueError(f"unknown activation {name!r}")` -> `raise KeyError(name)`
#   Asked is a ValueError, not a KeyError, which is what a dictionary raises by itself.
# no error for an unknown name: `raise ValueError(f"unknown activation {name!r}")` -> `return z`
#   A misspelt name would pass silently as a linear layer. `raise ValueError(...)` says at once what is wrong.
# None for an unknown name: `raise ValueError(f"unknown activation {name!r}")` -> `return None`
#   A None may travel far before anybody notices: `raise ValueError(...)` where no name fits.
# names in capital letters are accepted: `z = np.asarray(z, dtype=float)` -> `… ⏎ name = name.lower().strip()`
#   The seven names are meant as they are written: "ReLU" is another one, and gets a ValueError.
