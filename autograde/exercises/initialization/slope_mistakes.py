"""Wrong answers to ``activation_grad``."""

from autograde.exercise import Misconception, variant

RIGHT = """
import math

def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z > 0, 1, e) / (1 + e)

def cdf(z):
    return 0.5 * np.vectorize(math.erfc, otypes=[float])(-z / math.sqrt(2))

def pdf(z):
    return np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)

def activation_grad(name, z):
    z = np.asarray(z, dtype=float)
    if name == "identity":
        return np.ones_like(z)
    if name == "sigmoid":
        return sigmoid(z) * sigmoid(-z)
    if name == "tanh":
        return 1 - np.tanh(z)**2
    if name == "relu":
        return np.where(z > 0, 1.0, 0.0)
    if name == "leaky_relu":
        return np.where(z > 0, 1.0, 0.01)
    if name == "elu":
        return np.exp(np.minimum(z, 0))
    if name == "gelu":
        return cdf(z) + z * pdf(z)
    raise ValueError(f"unknown activation {name!r}")
"""
_SIGMOID, _TANH = "sigmoid(z) * sigmoid(-z)", "1 - np.tanh(z)**2"
_RELU, _LEAKY = "np.where(z > 0, 1.0, 0.0)", "np.where(z > 0, 1.0, 0.01)"
_ELU, _GELU = "np.exp(np.minimum(z, 0))", "cdf(z) + z * pdf(z)"
_RAISE = 'raise ValueError(f"unknown activation {name!r}")'


def _quotient(difference: str) -> str:
    """Slopes from differences of the values: of all seven activations, with the names checked."""
    return f"""
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
    return {difference}
"""


MISTAKES = [
    *(
        Misconception(
            "a difference quotient instead of the derivative",
            _quotient(f"(value(name, {high}) - value(name, {low})) / {width}"),
            "A difference quotient is near the slope, but not exact. Write the derivative's formula.",
        )
        for h in ("1e-3", "1e-4", "1e-5", "1e-6", "1e-7", "1e-8")
        for high, low, width in (
            ("z", f"(z - {h})", h),
            (f"(z + {h})", "z", h),
            (f"(z + {h})", f"(z - {h})", f"(2 * {h})"),
        )
    ),
    Misconception(
        "the slope of the sigmoid is taken at its output",
        variant(RIGHT, (_SIGMOID, "z * (1 - z)")),
        "s (1 - s) holds for the *output* s = sigmoid(z). You are given z: compute s first.",
    ),
    Misconception(
        "the slope of tanh is taken at its output",
        variant(RIGHT, (_TANH, "1 - z**2")),
        "1 - t**2 holds for the *output* t = tanh(z). You are given z: compute t first.",
    ),
    Misconception(
        "the sigmoid itself instead of its slope",
        variant(RIGHT, (_SIGMOID, "sigmoid(z)")),
        "The slope is sigmoid(z) * (1 - sigmoid(z)): at most 1/4, and near 0 on both sides.",
    ),
    Misconception(
        "the second factor of the sigmoid's slope has the wrong sign",
        variant(RIGHT, (_SIGMOID, "sigmoid(z) * (1 + sigmoid(z))")),
        "sigma' = sigma (1 - sigma): where the sigmoid is nearly 1, its slope is nearly 0.",
    ),
    Misconception(
        "the sigmoid's slope is nan far out",
        variant(RIGHT, (_SIGMOID, "np.exp(-z) / (1 + np.exp(-z))**2")),
        "For z = -1000 this is inf/inf. sigma(z) * (1 - sigma(z)) is the same number without the accident.",
    ),
    Misconception(
        "the slope of tanh is that of the sigmoid",
        variant(RIGHT, (_TANH, "np.tanh(z) * (1 - np.tanh(z))")),
        "t (1 - t) belongs to the sigmoid. For tanh it is 1 - t**2, which is 1 at z = 0.",
    ),
    Misconception(
        "the square is missing in the slope of tanh",
        variant(RIGHT, (_TANH, "1 - np.tanh(z)")),
        "The slope of tanh is 1 - tanh(z)**2; it is the same at z and at -z.",
    ),
    Misconception(
        "a plus in the slope of tanh",
        variant(RIGHT, (_TANH, "1 + np.tanh(z)**2")),
        "The slope must go to 0 where tanh is flat: 1 - tanh(z)**2.",
    ),
    Misconception(
        "1/cosh without its square",
        variant(RIGHT, (_TANH, "1 / np.cosh(z)")),
        "The derivative of tanh is 1/cosh(z)**2, which is 1 - tanh(z)**2.",
    ),
    Misconception(
        "the activation itself instead of its slope",
        variant(RIGHT, (_RELU, "np.maximum(z, 0)")),
        "The ReLU is z on the right of 0, so its *slope* there is 1.",
    ),
    Misconception(
        "the slope of the ReLU is 1 at 0",
        variant(RIGHT, (_RELU, "np.where(z >= 0, 1.0, 0.0)")),
        "Any value from 0 to 1 could be defended at the kink. The course takes the left derivative: relu'(0) = 0.",
    ),
    Misconception(
        "the slope of the ReLU is one half at 0",
        variant(RIGHT, (_RELU, "np.heaviside(z, 0.5)")),
        "Any value from 0 to 1 could be defended at the kink. The course takes the left derivative: relu'(0) = 0.",
    ),
    Misconception(
        "a division by 0 at the kink",
        variant(RIGHT, (_RELU, "np.maximum(z, 0) / z")),
        "0/0 is nan. Decide by a comparison: 1 where z > 0, else 0.",
    ),
    Misconception(
        "the slope of the leaky ReLU is 1 at 0",
        variant(RIGHT, (_LEAKY, "np.where(z >= 0, 1.0, 0.01)")),
        "The course takes the left derivative at a kink: 0.01 for the leaky ReLU.",
    ),
    Misconception(
        "the slopes of ReLU and leaky ReLU are 1 at 0",
        variant(RIGHT, (_RELU, "np.where(z >= 0, 1.0, 0.0)"), (_LEAKY, "np.where(z >= 0, 1.0, 0.01)")),
        "The course takes the left derivative at a kink: 0 for the ReLU, 0.01 for the leaky one. Use `>` instead of `>=`.",
    ),
    Misconception(
        "central differences at the kink",
        variant(
            RIGHT,
            (_RELU, "(np.maximum(z + 1e-6, 0) - np.maximum(z - 1e-6, 0)) / 2e-6"),
            (_LEAKY, "(np.maximum(z + 1e-6, 0.01 * (z + 1e-6)) - np.maximum(z - 1e-6, 0.01 * (z - 1e-6))) / 2e-6"),
        ),
        "A central difference averages both sides of the kink. The course takes the left derivative there: 0, and 0.01 for the leaky one.",
    ),
    Misconception(
        "the leaky ReLU's slope is 0 on the left",
        variant(RIGHT, (_LEAKY, _RELU)),
        "That is the plain ReLU. The leaky one has slope 0.01 there: that is its purpose.",
    ),
    Misconception(
        "the leaky ReLU's slope on the left is 0.1",
        variant(RIGHT, (_LEAKY, "np.where(z > 0, 1.0, 0.1)")),
        "The slope on the left is 0.01 in this course.",
    ),
    Misconception(
        "the leaky ReLU's value on the left",
        variant(RIGHT, (_LEAKY, "np.where(z > 0, 1.0, 0.01 * z)")),
        "0.01 * z is the value; its derivative is the constant 0.01.",
    ),
    Misconception(
        "the leaky ReLU's slope is negative on the left",
        variant(RIGHT, (_LEAKY, "np.where(z > 0, 1.0, -0.01)")),
        "0.01 * z rises with z, also where z is negative: the slope is +0.01.",
    ),
    Misconception(
        "the slope of the ELU is exp(z) - 1 on the left",
        variant(RIGHT, (_ELU, "np.where(z > 0, 1.0, np.expm1(np.minimum(z, 0)))")),
        "exp(z) - 1 is the value on the left; its derivative is exp(z).",
    ),
    Misconception(
        "the slope of the ELU is exp(z) everywhere",
        variant(RIGHT, (_ELU, "np.exp(z)")),
        "exp(z) belongs to the left half. On the right the ELU is z, with slope 1.",
    ),
    Misconception(
        "the slope of the ELU jumps at 0",
        variant(RIGHT, (_ELU, "np.where(z > 0, 1.0, np.where(z < 0, np.exp(np.minimum(z, 0)), 0.0))")),
        "The ELU with alpha = 1 has no kink: both sides have slope 1 at 0.",
    ),
    Misconception(
        "the slope of the ELU is 0 on the left",
        variant(RIGHT, (_ELU, "np.where(z >= 0, 1.0, 0.0)")),
        "On the left the ELU is exp(z) - 1, which still rises: its slope is exp(z).",
    ),
    Misconception(
        "the exponent in the slope of the ELU has the wrong sign",
        variant(RIGHT, (_ELU, "np.exp(np.maximum(-z, 0))")),
        "Left of 0 the ELU flattens out, so its slope goes to 0: exp(z), with z negative.",
    ),
    Misconception(
        "0 times inf in the slope of the ELU is nan",
        variant(RIGHT, (_ELU, "(z > 0) * 1.0 + (z <= 0) * np.exp(z)")),
        "For large z exp(z) is inf, and 0 * inf is nan. Choose with `np.where`, or keep the exponent at most 0.",
    ),
    Misconception(
        "the product rule is forgotten in the GELU",
        variant(RIGHT, (_GELU, "cdf(z)")),
        "z * Phi(z) is a product, so its derivative has two terms: Phi(z) + z * phi(z), with the density phi.",
    ),
    Misconception(
        "only the second term of the product rule",
        variant(RIGHT, (_GELU, "z * pdf(z)")),
        "The derivative of z * Phi(z) has two terms: Phi(z), from the factor z, and z * phi(z).",
    ),
    Misconception(
        "the factor z is missing in the GELU's second term",
        variant(RIGHT, (_GELU, "cdf(z) + pdf(z)")),
        "(z * Phi)' = Phi + z * Phi', and Phi' is the density: the second term keeps its factor z.",
    ),
    Misconception(
        "the terms of the GELU's slope are subtracted",
        variant(RIGHT, (_GELU, "cdf(z) - z * pdf(z)")),
        "The product rule adds: Phi(z) + z * phi(z).",
    ),
    Misconception(
        "the derivatives of the GELU's factors are multiplied",
        variant(RIGHT, (_GELU, "cdf(z) * pdf(z)")),
        "The derivative of a product is not the product of two factors: (z * Phi)' = Phi + z * Phi'.",
    ),
    Misconception(
        "only the factor Phi is differentiated",
        variant(RIGHT, (_GELU, "pdf(z)")),
        "The product rule has two terms, each with one factor differentiated: Phi(z) + z * phi(z).",
    ),
    Misconception(
        "the density lacks its factor",
        variant(RIGHT, ("np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)", "np.exp(-0.5 * z**2)")),
        "The normal density is exp(-z**2 / 2) / sqrt(2 pi).",
    ),
    Misconception(
        "the density has the wrong exponent",
        variant(RIGHT, ("np.exp(-0.5 * z**2)", "np.exp(-(z**2))")),
        "The normal density is exp(-z**2 / 2) / sqrt(2 pi): mind the 1/2.",
    ),
    Misconception(
        "the slope of the GELU's tanh approximation",
        variant(
            RIGHT,
            (
                f"return {_GELU}",
                "c = np.sqrt(2 / np.pi)\n        t = np.tanh(c * (z + 0.044715 * z**3))\n"
                "        return 0.5 * (1 + t) + 0.5 * z * (1 - t**2) * c * (1 + 0.134145 * z**2)",
            ),
        ),
        "Asked is the exact GELU, z * Phi(z), not its approximation by tanh.",
    ),
    Misconception(
        "the slope of the SiLU instead of the GELU's",
        variant(RIGHT, (_GELU, "sigmoid(z) + z * sigmoid(z) * sigmoid(-z)")),
        "That differentiates z * sigmoid(z). The GELU is z times the normal CDF.",
    ),
    Misconception(
        "the slope of the identity is 0",
        variant(RIGHT, ("np.ones_like(z)", "np.zeros_like(z)")),
        "The identity rises by 1 for each 1: its slope is 1 everywhere.",
    ),
    Misconception(
        "the slope of the identity is z",
        variant(RIGHT, ("np.ones_like(z)", "z")),
        "z is the value. The slope of the identity is 1 everywhere, an array of ones like z.",
    ),
    *(
        Misconception(
            "a single 1 for the identity",
            variant(RIGHT, ("np.ones_like(z)", one)),
            "The slope is 1 for *every* entry: `np.ones(np.shape(z))`.",
        )
        for one in ("1.0", "1")
    ),
    *(
        Misconception(
            "the leaky ReLU's slope is cut down to whole numbers",
            variant(
                RIGHT,
                (
                    "    z = np.asarray(z, dtype=float)\n",
                    "    whole = np.asarray(z)\n    z = np.asarray(z, dtype=float)\n",
                ),
                (f"return {_LEAKY}", f"out = {start}\n        {fill}\n        return out"),
            ),
            "Whole numbers cut 0.01 down to 0: make floats of z first, `z = np.asarray(z, dtype=float)`.",
        )
        for start, fill in (
            ("np.ones_like(whole)", "out[z <= 0] = 0.01"),
            ("np.zeros_like(whole)", "out[...] = np.where(z > 0, 1.0, 0.01)"),
        )
    ),
    Misconception(
        "results are stored in an array of integers",
        RIGHT.replace("z = np.asarray(z, dtype=float)", "out = np.zeros_like(z)")
        .replace("        return ", "        out[...] = ")
        .replace("    raise ValueError", "    else:\n        raise ValueError")
        .replace("    if name", "    elif name")
        .replace('    elif name == "identity"', '    if name == "identity"')
        + "    return out\n",
        "`zeros_like(z)` takes over the type of z, and an array of ints cuts slopes below 1 down to 0. Ask for `dtype=float`.",
    ),
    Misconception(
        "truth values instead of numbers",
        variant(RIGHT, (f"return {_RELU}", "return z > 0")),
        "A comparison gives True and False. Slopes are numbers: `(z > 0).astype(float)`.",
    ),
    Misconception(
        "an `if` on a whole array",
        variant(RIGHT, (f"return {_RELU}", "return 1.0 if z > 0 else 0.0")),
        "An array is not true or false as a whole. Decide for each entry, with `np.where` or a comparison.",
    ),
    Misconception(
        "the input is changed",
        variant(
            RIGHT,
            ("z = np.asarray(z, dtype=float)", "z = np.asarray(z)"),
            (f"return {_RELU}", "z[z > 0] = 1\n        z[z <= 0] = 0\n        return z"),
        ),
        "You write into the caller's z. Make a new array, for example with `np.where`.",
    ),
    Misconception(
        "KeyError instead of ValueError",
        variant(RIGHT, (_RAISE, "raise KeyError(name)")),
        "A dictionary raises KeyError by itself; asked is a ValueError: test `if name not in table` first.",
    ),
    Misconception(
        "no error for an unknown name",
        variant(RIGHT, (_RAISE, "return np.ones_like(z)")),
        "A misspelt name would pass silently as a linear layer. `raise ValueError(...)` says at once what is wrong.",
    ),
    Misconception(
        "None for an unknown name",
        variant(RIGHT, (_RAISE, "return None")),
        "A None may travel far before anybody notices: `raise ValueError(...)` where no name fits.",
    ),
]
