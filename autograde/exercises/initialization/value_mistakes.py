"""Wrong answers to ``activation``."""

from autograde.exercise import Misconception, variant

RIGHT = """
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
"""
_SIGMOID, _RELU, _LEAKY = "return sigmoid(z)", "np.maximum(z, 0)", "np.where(z > 0, z, 0.01 * z)"
_ELU, _GELU = "np.where(z > 0, z, np.expm1(np.minimum(z, 0)))", "return z * cdf(z)"
_RAISE = 'raise ValueError(f"unknown activation {name!r}")'

MISTAKES = [
    Misconception(
        "the exponent of the sigmoid has the wrong sign",
        variant(RIGHT, (_SIGMOID, "return sigmoid(-z)")),
        "For large positive z the sigmoid is near 1: exp(-z) stands in the denominator, 1 / (1 + exp(-z)).",
    ),
    Misconception(
        "a sigmoid that is nan far out",
        variant(RIGHT, (_SIGMOID, "return np.exp(z) / (1 + np.exp(z))")),
        "For large z both exponentials are inf, and inf/inf is nan. 1 / (1 + exp(-z)) survives it.",
    ),
    Misconception(
        "tanh instead of the sigmoid",
        variant(RIGHT, (_SIGMOID, "return np.tanh(z)")),
        "They are related, but not equal: sigmoid(z) = (1 + tanh(z/2)) / 2 runs from 0 to 1.",
    ),
    Misconception(
        "the brackets of the sigmoid's denominator are missing",
        variant(RIGHT, (_SIGMOID, "return 1 / 1 + np.exp(-z)")),
        "Python divides before it adds: `1 / 1 + e` is 1 + e. Put the denominator in brackets.",
    ),
    Misconception(
        "tanh is nan far out",
        variant(RIGHT, ("np.tanh(z)", "(np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))")),
        "For large abs(z) this is inf/inf. `np.tanh` knows how to avoid it.",
    ),
    Misconception(
        "tanh from exp(2z) is nan far out",
        variant(RIGHT, ("np.tanh(z)", "(np.exp(2 * z) - 1) / (np.exp(2 * z) + 1)")),
        "For large positive z this is inf/inf. `np.tanh` knows how to avoid it.",
    ),
    Misconception(
        "tan instead of tanh",
        variant(RIGHT, ("np.tanh(z)", "np.tan(z)")),
        "`np.tan` is the tangent of an angle. The hyperbolic one, which stays between -1 and 1, is `np.tanh`.",
    ),
    Misconception(
        "np.max instead of np.maximum",
        variant(RIGHT, (_RELU, "np.max(z, 0)")),
        "`np.max(z, 0)` is the largest entry along axis 0. `np.maximum(z, 0)` compares each entry with 0.",
    ),
    Misconception(
        "the ReLU is upside down",
        variant(RIGHT, (_RELU, "np.minimum(z, 0)")),
        "The ReLU keeps what is positive and cuts off what is negative: max(z, 0).",
    ),
    Misconception(
        "the ReLU takes the size",
        variant(RIGHT, (_RELU, "np.abs(z)")),
        "abs(z) reflects negative numbers, the ReLU replaces them by 0.",
    ),
    Misconception(
        "a step instead of the ReLU",
        variant(RIGHT, (_RELU, "np.where(z > 0, 1.0, 0.0)")),
        "That is the ReLU's slope. The ReLU itself is z where z is positive.",
    ),
    Misconception(
        "the leaky ReLU has slope 0.1",
        variant(RIGHT, (_LEAKY, _LEAKY.replace("0.01", "0.1"))),
        "The slope on the left is 0.01 in this course.",
    ),
    Misconception(
        "the leaky ReLU gives a constant on the left",
        variant(RIGHT, (_LEAKY, "np.where(z > 0, z, 0.01)")),
        "0.01 is a slope, not a value: on the left the leaky ReLU is 0.01 * z.",
    ),
    Misconception(
        "the leaky ReLU rises on the left",
        variant(RIGHT, (_LEAKY, "np.where(z > 0, z, -0.01 * z)")),
        "The slope on the left is +0.01: negative z give (small) negative values.",
    ),
    Misconception(
        "the two sides of the leaky ReLU are exchanged",
        variant(RIGHT, (_LEAKY, "np.minimum(z, 0.01 * z)")),
        "Positive z pass unchanged, negative ones are multiplied by 0.01: the larger of z and 0.01 * z.",
    ),
    Misconception(
        "the leaky ReLU is a plain ReLU",
        variant(RIGHT, (_LEAKY, _RELU)),
        "The leaky one lets 0.01 * z through where z is negative.",
    ),
    Misconception(
        "the ELU is not shifted down by 1",
        variant(RIGHT, (_ELU, "np.where(z > 0, z, np.exp(np.minimum(z, 0)))")),
        "At 0 both pieces must meet: exp(0) is 1, so the left piece is exp(z) - 1.",
    ),
    Misconception(
        "the left piece of the ELU is upside down",
        variant(RIGHT, (_ELU, "np.where(z > 0, z, 1 - np.exp(np.minimum(z, 0)))")),
        "Left of 0 the ELU is negative: exp(z) - 1.",
    ),
    Misconception(
        "the exponent of the ELU has the wrong sign",
        variant(RIGHT, (_ELU, "np.where(z > 0, z, np.exp(-z) - 1)")),
        "Left of 0 the ELU flattens out towards -1. With exp(-z) it grows without bound.",
    ),
    Misconception(
        "the ELU is bent on both sides",
        variant(RIGHT, (_ELU, "np.expm1(z)")),
        "Only the left half is exp(z) - 1; the right half is z itself.",
    ),
    Misconception(
        "the two sides of the ELU are exchanged",
        variant(RIGHT, (_ELU, "np.where(z <= 0, z, np.exp(z) - 1)")),
        "z itself belongs on the right, exp(z) - 1 on the left.",
    ),
    Misconception(
        "the ELU's alpha is 0.01",
        variant(RIGHT, (_ELU, "np.where(z > 0, z, 0.01 * np.expm1(np.minimum(z, 0)))")),
        "alpha is 1 in this course (0.01 is the slope of the leaky ReLU).",
    ),
    Misconception(
        "0 times inf in the ELU is nan",
        variant(RIGHT, (_ELU, "(z > 0) * z + (z <= 0) * (np.exp(z) - 1)")),
        "For large z exp(z) is inf, and a factor of 0 does not take it away: 0 * inf is nan. Choose with `np.where`, or keep the exponent at most 0.",
    ),
    Misconception(
        "the GELU by its tanh approximation",
        variant(RIGHT, (_GELU, "return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))")),
        "A popular approximation, off by up to 0.0005. Asked is the exact one, z times the normal CDF: `math.erf` or `scipy.special.erf` help.",
    ),
    Misconception(
        "the GELU by its sigmoid approximation",
        variant(RIGHT, (_GELU, "return z * sigmoid(1.702 * z)")),
        "A rough approximation, off by up to 0.02. Asked is the exact one, z times the normal CDF.",
    ),
    Misconception(
        "SiLU instead of GELU",
        variant(RIGHT, (_GELU, "return z * sigmoid(z)")),
        "z * sigmoid(z) is the SiLU or swish. The GELU multiplies z by the normal CDF.",
    ),
    Misconception(
        "the GELU multiplies by the density",
        variant(RIGHT, (_GELU, "return z * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)")),
        "Phi is the CDF, the probability of being *below* z. You used the density, its derivative.",
    ),
    Misconception(
        "the factor z of the GELU is missing",
        variant(RIGHT, (_GELU, "return cdf(z)")),
        "That is Phi(z) alone; the GELU is z * Phi(z).",
    ),
    Misconception(
        "the square root of 2 is missing in the GELU",
        variant(RIGHT, ("-z / math.sqrt(2)", "-z")),
        "The normal CDF is (1 + erf(z / sqrt(2))) / 2: the argument of erf is divided by the root of 2.",
    ),
    Misconception(
        "erf itself instead of the CDF",
        variant(RIGHT, (_GELU, "return z * np.vectorize(math.erf, otypes=[float])(z / math.sqrt(2))")),
        "erf runs from -1 to 1. The CDF runs from 0 to 1: (1 + erf(z / sqrt(2))) / 2.",
    ),
    Misconception(
        "the identity gives ones",
        variant(RIGHT, ("        return z\n", "        return np.ones_like(z)\n")),
        "That is its slope. The identity returns z.",
    ),
    Misconception(
        "results are stored in an array of integers",
        RIGHT.replace("z = np.asarray(z, dtype=float)", "out = np.zeros_like(z)")
        .replace("        return ", "        out[...] = ")
        .replace("    raise ValueError", "    else:\n        raise ValueError")
        .replace("    if name", "    elif name")
        .replace('    elif name == "identity"', '    if name == "identity"')
        + "    return out\n",
        "`zeros_like(z)` takes over the type of z, and an array of ints cuts 0.88 down to 0. Ask for `dtype=float`.",
    ),
    *(
        Misconception(
            "the leaky ReLU is cut down to whole numbers",
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
            ("whole.copy()", "out[z < 0] = 0.01 * z[z < 0]"),
            ("np.zeros_like(whole)", "out[...] = np.where(z > 0, z, 0.01 * z)"),
        )
    ),
    Misconception(
        "the leaky ReLU multiplies whole numbers in place",
        variant(
            RIGHT,
            ("    z = np.asarray(z, dtype=float)\n", "    whole = np.asarray(z)\n    z = np.asarray(z, dtype=float)\n"),
            (f"return {_LEAKY}", "out = whole.copy()\n        out[z < 0] *= 0.01\n        return out"),
        ),
        "An array of ints can't hold 0.01 times its entries. Make floats of z first, `z = np.asarray(z, dtype=float)`.",
    ),
    Misconception(
        "an `if` on a whole array",
        variant(RIGHT, (f"return {_RELU}", "return z if z > 0 else 0.0")),
        "An array is not true or false as a whole. Decide for each entry: `np.maximum`, or `np.where`.",
    ),
    Misconception(
        "the shape is lost",
        variant(RIGHT, ("z = np.asarray(z, dtype=float)", "z = np.ravel(np.asarray(z, dtype=float))")),
        "The result should have the shape of z: leave `ravel` and `flatten` away, NumPy works on any shape.",
    ),
    Misconception(
        "the input is changed",
        variant(
            RIGHT,
            ("z = np.asarray(z, dtype=float)", "z = np.asarray(z)"),
            (f"return {_RELU}", "z[z < 0] = 0\n        return z"),
        ),
        "`z[z < 0] = 0` writes into the caller's array, who may still need it for the derivative. Make a new one.",
    ),
    Misconception(
        "KeyError instead of ValueError",
        variant(RIGHT, (_RAISE, "raise KeyError(name)")),
        "A dictionary raises KeyError by itself; asked is a ValueError: test `if name not in table` first.",
    ),
    Misconception(
        "no error for an unknown name",
        variant(RIGHT, (_RAISE, "return z")),
        "A misspelt name would pass silently as a linear layer. `raise ValueError(...)` says at once what is wrong.",
    ),
    Misconception(
        "None for an unknown name",
        variant(RIGHT, (_RAISE, "return None")),
        "A None may travel far before anybody notices: `raise ValueError(...)` where no name fits.",
    ),
    Misconception(
        "names in capital letters are accepted",
        variant(
            RIGHT,
            ("z = np.asarray(z, dtype=float)", "z = np.asarray(z, dtype=float)\n    name = name.lower().strip()"),
        ),
        'The seven names are meant as they are written: "ReLU" is another one, and gets a ValueError.',
    ),
]
