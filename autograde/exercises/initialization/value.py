"""``activation``: the table of activations, by name."""

from autograde.exercise import Arguments, Case, Exercise
from autograde.exercises.drawing import Rng
from autograde.exercises.initialization import arguments, pictures
from autograde.exercises.initialization.value_mistakes import MISTAKES, RIGHT
from mlp_reference import activations


def _with_zero(rng: Rng) -> Arguments:
    return str(rng.choice(arguments.NAMES)), rng.permutation([0.0, -0.0, *arguments.both_signs(rng)[:4]])


VALUE = Exercise(
    name="activation",
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
            "any shape: a table, three axes, a single number; single precision; 0",
            [
                arguments.table,
                arguments.three_axes,
                arguments.a_number,
                arguments.an_array_without_axes,
                arguments.single_precision,
                _with_zero,
            ],
            times=12,
        ),
        Case("whole numbers", [arguments.whole_numbers(n) for n in arguments.NAMES], times=7),
        Case("abs(z) up to 10,000: no nan", [arguments.far_out(n) for n in arguments.NAMES], times=7),
        Case("another name: ValueError", [arguments.unknown(n) for n in arguments.UNKNOWN], times=6),
    ],
    misconceptions=MISTAKES,
    alternates=[
        RIGHT,
        """
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
""",
        """
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
""",
        """
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
""",
        """
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
""",
    ],
    hints=[
        "Seven small formulas and a way to choose among them: a chain of `if name == ...`, or a dictionary from names to functions. What happens to a name that is in none of them?",
        "`np.maximum` compares entry by entry; `np.where(z > 0, right, left)` glues two pieces together, but computes both everywhere: keep the exponent of the left one at most 0. The CDF: (1 + erf(z / sqrt(2))) / 2.",
        "sigmoid: 1 / (1 + exp(-z)); leaky: `np.maximum(z, 0.01 * z)`; elu: `np.where(z > 0, z, np.exp(np.minimum(z, 0)) - 1)`; gelu: `z * (1 + scipy.special.erf(z / np.sqrt(2))) / 2`; at the end `raise ValueError(name)`.",
    ],
)
