"""Wrong answers to ``activation_grad``."""

import numpy as np

# %% wrong
# the slopes at both kinks are half-way between both sides
#   `np.where(z > 0, 1.0, 0.0)` -> `np.heaviside(z, 0.5)`, `np.where(z > 0, 1.0, 0.01)` -> `0.01 + 0.99 * np.heaviside(z, 0.5)`
#   or `np.where(z > 0, 1.0, 0.0)` -> `(np.maximum(z + 1e-6, 0) - np.maximum(z - 1e-6, 0)) / 2e-6`
# - np.where(z > 0, 1.0, 0.01)
# + (np.maximum(z + 1e-6, 0.01 * (z + 1e-6)) - np.maximum(z - 1e-6, 0.01 * (z - 1e-6))) / 2e-6
#   The mean of both sides, as a central difference gives it. The course takes the left derivative at a kink: 0, and 0.01
#   for the leaky one. (And asked are formulas, no difference quotients.)

# %% wrong: a difference quotient instead of the derivative
#   `h = 1e-3` -> `…` | `h = 1e-4` | `h = 1e-5` | `h = 1e-6` | `h = 1e-7` | `h = 1e-8`,
#   `(value(name, z) - value(name, z - h)) / h` -> `…` | `(value(name, z + h) - value(name, z)) / h`
#   or `h = 1e-3` -> `…` | `h = 1e-4` | `h = 1e-5` | `h = 1e-6` | `h = 1e-7` | `h = 1e-8`,
#   `(value(name, z) - value(name, z - h)) / h` -> `(value(name, z + h) - value(name, z - h)) / (2 * h)`
#   A difference quotient is near the slope, but not exact, and at a kink it mixes both sides. Write the derivative's
#   formula.
import math

def value(name, z):
    if name == "identity":
        return z
    if name == "sigmoid":
        return 0.5 * (1 + np.tanh(z / 2))
    if name == "tanh":
        return np.tanh(z)
    if name == "relu":
        return np.maximum(z, 0)
    if name == "leaky_relu":
        return np.where(z > 0, z, 0.01 * z)
    if name == "elu":
        return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))
    if name == "gelu":
        return z * 0.5 * np.vectorize(math.erfc, otypes=[float])(-z / math.sqrt(2))
    raise ValueError(name)

def activation_grad(name, z):
    z = np.asarray(z, dtype=float)
    h = 1e-3
    return (value(name, z) - value(name, z - h)) / h

# %% wrong
# the slope of the sigmoid is taken at its output: `sigmoid(z) * sigmoid(-z)` -> `z * (1 - z)`
#   s (1 - s) holds for the *output* s = sigmoid(z). You are given z: compute s first.
# the slope of tanh is taken at its output: `1 - np.tanh(z)**2` -> `1 - z**2`
#   1 - t**2 holds for the *output* t = tanh(z). You are given z: compute t first.
# the sigmoid itself instead of its slope: `sigmoid(z) * sigmoid(-z)` -> `sigmoid(z)`
#   The slope is sigmoid(z) * (1 - sigmoid(z)): at most 1/4, and near 0 on both sides.
# the second factor of the sigmoid's slope has the wrong sign: `(z) * sigmoid(-z)` -> `(z) * (1 + sigmoid(z))`
#   sigma' = sigma (1 - sigma): where the sigmoid is nearly 1, its slope is nearly 0.
# the sigmoid's slope is nan far out: `sigmoid(z) * sigmoid(-z)` -> `np.exp(-z) / (1 + np.exp(-z))**2`
#   For z = -1000 this is inf/inf. sigma(z) * (1 - sigma(z)) is the same number without the accident.
# the slope of tanh is that of the sigmoid: `1 - np.tanh(z)**2` -> `np.tanh(z) * (1 - np.tanh(z))`
#   t (1 - t) belongs to the sigmoid. For tanh it is 1 - t**2, which is 1 at z = 0.
# the square is missing in the slope of tanh: `1 - np.tanh(z)**2` -> `1 - np.tanh(z)`
#   The slope of tanh is 1 - tanh(z)**2; it is the same at z and at -z.
# a plus in the slope of tanh: `1 - np.tanh(z)**2` -> `1 + np.tanh(z)**2`
#   The slope must go to 0 where tanh is flat: 1 - tanh(z)**2.
# 1/cosh without its square: `1 - np.tanh(z)**2` -> `1 / np.cosh(z)`
#   The derivative of tanh is 1/cosh(z)**2, which is 1 - tanh(z)**2.
# the activation itself instead of its slope: `np.where(z > 0, 1.0, 0.0)` -> `np.maximum(z, 0)`
#   The ReLU is z on the right of 0, so its *slope* there is 1.
# the slope of the ReLU is 1 at 0: `np.where(z > 0, 1.0, 0.0)` -> `np.where(z >= 0, 1.0, 0.0)`
# the slope of the ReLU is one half at 0: `np.where(z > 0, 1.0, 0.0)` -> `np.heaviside(z, 0.5)`
#   Any value from 0 to 1 could be defended at the kink. The course takes the left derivative: relu'(0) = 0.
# a division by 0 at the kink: `np.where(z > 0, 1.0, 0.0)` -> `np.maximum(z, 0) / z`
#   0/0 is nan. Decide by a comparison: 1 where z > 0, else 0.
# the slope of the leaky ReLU is 1 at 0: `np.where(z > 0, 1.0, 0.01)` -> `np.where(z >= 0, 1.0, 0.01)`
#   The course takes the left derivative at a kink: 0.01 for the leaky ReLU.
# the slopes of ReLU and leaky ReLU are 1 at 0: `np.where(z > 0, 1.0, 0.0)` -> `np.where(z >= 0, 1.0, 0.0)`,
#   `np.where(z > 0, 1.0, 0.01)` -> `np.where(z >= 0, 1.0, 0.01)`
#   The course takes the left derivative at a kink: 0 for the ReLU, 0.01 for the leaky one. z = 0 counts as left.
# the leaky ReLU's slope is 0 on the left: `np.where(z > 0, 1.0, 0.01)` -> `np.where(z > 0, 1.0, 0.0)`
#   That is the plain ReLU. The leaky one has slope 0.01 there: that is its purpose.
# the leaky ReLU's slope on the left is 0.1: `np.where(z > 0, 1.0, 0.01)` -> `np.where(z > 0, 1.0, 0.1)`
#   The slope on the left is 0.01 in this course.
# the leaky ReLU's value on the left: `np.where(z > 0, 1.0, 0.01)` -> `np.where(z > 0, 1.0, 0.01 * z)`
#   0.01 * z is the value; its derivative is the constant 0.01.
# the leaky ReLU's slope is negative on the left: `np.where(z > 0, 1.0, 0.01)` -> `np.where(z > 0, 1.0, -0.01)`
#   0.01 * z rises with z, also where z is negative: the slope is +0.01.
# the slope of the ELU is exp(z) - 1 on the left
#   `np.exp(np.minimum(z, 0))` -> `np.where(z > 0, 1.0, np.expm1(np.minimum(z, 0)))`
#   exp(z) - 1 is the value on the left; its derivative is exp(z).
# the slope of the ELU is exp(z) everywhere: `np.exp(np.minimum(z, 0))` -> `np.exp(z)`
#   exp(z) belongs to the left half. On the right the ELU is z, with slope 1.
# the slope of the ELU jumps at 0: `np.exp(np.minimum(z, 0))` -> `np.where(z > 0, 1.0, np.where(z < 0, …, 0.0))`
#   The ELU with alpha = 1 has no kink: both sides have slope 1 at 0.
# the slope of the ELU is 0 on the left: `np.exp(np.minimum(z, 0))` -> `np.where(z >= 0, 1.0, 0.0)`
#   On the left the ELU is exp(z) - 1, which still rises: its slope is exp(z).
# the exponent in the slope of the ELU has the wrong sign: `np.exp(np.minimum(z, 0))` -> `np.exp(np.maximum(-z, 0))`
#   Left of 0 the ELU flattens out, so its slope goes to 0: exp(z), with z negative.
# 0 times inf in the slope of the ELU is nan: `np.exp(np.minimum(z, 0))` -> `(z > 0) * 1.0 + (z <= 0) * np.exp(z)`
#   For large z exp(z) is inf, and 0 * inf is nan. Choose with `np.where`, or keep the exponent at most 0.
# the product rule is forgotten in the GELU: `cdf(z) + z * pdf(z)` -> `cdf(z)`
#   z * cdf(z) is a product, so its derivative has two terms: cdf(z) + z * pdf(z), with the density pdf.
# only the second term of the product rule: `cdf(z) + z * pdf(z)` -> `z * pdf(z)`
#   The derivative of z * cdf(z) has two terms: cdf(z), from the factor z, and z * pdf(z).
# the factor z is missing in the GELU's second term: `cdf(z) + z * pdf(z)` -> `cdf(z) + pdf(z)`
#   (z * cdf)' = cdf + z * cdf', and cdf' is the density: the second term keeps its factor z.
# the terms of the GELU's slope are subtracted: `cdf(z) + z * pdf(z)` -> `cdf(z) - z * pdf(z)`
#   The product rule adds: cdf(z) + z * pdf(z).
# the GELU's terms are multiplied, without z: `cdf(z) + z * pdf(z)` -> `cdf(z) * pdf(z)`
#   The product rule adds two terms, and the second one keeps its factor z: (z * cdf)' = cdf + z * cdf'.
# the derivatives of the GELU's factors are multiplied: `cdf(z) + z * pdf(z)` -> `pdf(z)`
#   The derivative of a product has two terms, each with one factor differentiated: cdf(z) + z * pdf(z).
# the density lacks its factor: `np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)` -> `np.exp(-0.5 * z**2)`
#   The normal density is exp(-z**2 / 2) / sqrt(2 pi).
# the density has the wrong exponent: `np.exp(-0.5 * z**2)` -> `np.exp(-(z**2))`
#   The normal density is exp(-z**2 / 2) / sqrt(2 pi): mind the 1/2.
# the slope of the GELU's tanh approximation
# - return cdf(z) + z * pdf(z)
# + c = np.sqrt(2 / np.pi)
# +         t = np.tanh(c * (z + 0.044715 * z**3))
# +         return 0.5 * (1 + t) + 0.5 * z * (1 - t**2) * c * (1 + 0.134145 * z**2)
#   Asked is the exact GELU, z * cdf(z), not its approximation by tanh.
# the slope of the SiLU instead of the GELU's: `cdf(z) + z * pdf(z)` -> `sigmoid(z) + z * sigmoid(z) * sigmoid(-z)`
#   That differentiates z * sigmoid(z). The GELU is z times the normal CDF.
# the slope of the identity is 0: `np.ones_like(z)` -> `np.zeros_like(z)`
#   The identity rises by 1 for each 1: its slope is 1 everywhere.
# the slope of the identity is z: `np.ones_like(z)` -> `z`
#   z is the value. The slope of the identity is 1 everywhere, an array of ones like z.
# a single 1 for the identity: `np.ones_like(z)` -> `1.0` | `1`
#   The slope is 1 for *every* entry: `np.ones(np.shape(z))`.
# the leaky ReLU's slope is cut down to whole numbers: `z = np.asarray(z, dtype=float)` -> `whole = np.asarray(z) ⏎ …`,
#   `return np.where(z > 0, 1.0, 0.01)` -> `out = np.ones_like(whole) ⏎ out[z <= 0] = 0.01 ⏎ return out`
#   or
#   `z = np.asarray(z, dtype=float)` -> `whole = np.asarray(z) ⏎ …`
# - return np.where(z > 0, 1.0, 0.01)
# + out = np.zeros_like(whole)
# +         out[...] = np.where(z > 0, 1.0, 0.01)
# +         return out
#   An array of ints cuts 0.01 down to 0: make floats of z first, `z = np.asarray(z, dtype=float)`.

# %% wrong: results are stored in an array of integers
#   Your result has the type of z, as `zeros_like(z)` has it, and an array of ints cuts 0.1 down to 0. Ask for `dtype=float`.
import math

def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z > 0, 1, e) / (1 + e)

def cdf(z):
    return 0.5 * np.vectorize(math.erfc, otypes=[float])(-z / math.sqrt(2))

def pdf(z):
    return np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)

def activation_grad(name, z):
    out = np.zeros_like(z)
    if name == "identity":
        out[...] = np.ones_like(z)
    elif name == "sigmoid":
        out[...] = sigmoid(z) * sigmoid(-z)
    elif name == "tanh":
        out[...] = 1 - np.tanh(z)**2
    elif name == "relu":
        out[...] = np.where(z > 0, 1.0, 0.0)
    elif name == "leaky_relu":
        out[...] = np.where(z > 0, 1.0, 0.01)
    elif name == "elu":
        out[...] = np.exp(np.minimum(z, 0))
    elif name == "gelu":
        out[...] = cdf(z) + z * pdf(z)
    else:
        raise ValueError(f"unknown activation {name!r}")
    return out

# %% wrong
# truth values instead of numbers: `return np.where(z > 0, 1.0, 0.0)` -> `return z > 0`
#   A comparison gives True and False. Slopes are numbers: `(z > 0).astype(float)`.
# an `if` on a whole array: `return np.where(z > 0, 1.0, 0.0)` -> `return 1.0 if z > 0 else 0.0`
#   An array is not true or false as a whole. Decide for each entry, with `np.where` or a comparison.
# the input is changed: `z = np.asarray(z, dtype=float)` -> `z = np.asarray(z)`,
#   `return np.where(z > 0, 1.0, 0.0)` -> `z[z > 0] = 1 ⏎ z[z <= 0] = 0 ⏎ return z`
#   You write into the caller's z. Make a new array, for example with `np.where`.
# KeyError instead of ValueError: `raise ValueError(f"unknown activation {name!r}")` -> `raise KeyError(name)`
#   Asked is a ValueError, not a KeyError, which is what a dictionary raises by itself.
# no error for an unknown name: `raise ValueError(f"unknown activation {name!r}")` -> `return np.ones_like(z)`
#   A misspelt name would pass silently as a linear layer. `raise ValueError(...)` says at once what is wrong.
# None for an unknown name: `raise ValueError(f"unknown activation {name!r}")` -> `return None`
#   A None may travel far before anybody notices: `raise ValueError(...)` where no name fits.
# each factor of the GELU stands with the other term: `cdf(z) + z * pdf(z)` -> `z * cdf(z) + pdf(z)`
#   (z * cdf)' is 1 * cdf plus z * pdf: the z stands with the density.
# the density's constant is not under the root: `cdf(z) + z * pdf(z)` -> `cdf(z) + z * np.exp(-z**2 / 2) / np.sqrt(2) * np.pi` |
#   `cdf(z) + z * np.exp(-z**2 / 2) / np.sqrt(2) / np.pi`
#   The density is exp(-z**2 / 2) / sqrt(2 pi): both factors stand under the root, below the line.
# the ReLU's slope is the sign: `return np.where(z > 0, 1.0, 0.0)` -> `return np.sign(z)`
#   The sign is -1 on the left; the slope there is 0.
