"""Exercise 6.2: the derivatives of the activations, with the course's policy at a kink."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support import arguments, pictures
from autograde.exercises.support.arguments import Make
from autograde.exercises.support.drawing import Rng
from mlp_reference import activations


def _with_zeros(name: str) -> Make:
    def make(rng: Rng) -> Arguments:
        return name, rng.permutation([0.0, -0.0, *arguments.both_signs(rng)[:4]])

    return make


def _zero_alone(name: str) -> Make:
    return lambda rng: (name, 0.0)


def _whole_zero(name: str) -> Make:
    return lambda rng: (name, rng.permutation([-2, -1, 0, 1, 3]))


UNKNOWN = arguments.unknown()

exercise = Exercise(
    reference=activations.activation_grad,
    picture=pictures.curve,
    cases=[
        Case("identity, tanh", [arguments.vector("identity"), arguments.vector("tanh")], times=4),
        Case("sigmoid", [arguments.vector("sigmoid")]),
        Case("relu", [arguments.vector("relu")]),
        Case("leaky_relu", [arguments.vector("leaky_relu")]),
        Case("elu", [arguments.vector("elu")]),
        Case("gelu", [arguments.vector("gelu")]),
        Case("at 0", [make(n) for make in (_with_zeros, _zero_alone) for n in arguments.NAMES], times=14),
        Case(
            "any shape: a table, three and four axes, a single number; single precision",
            [
                *(form(name) for form in arguments.FORMS for name in arguments.NAMES),
                arguments.single_precision,
            ],
            times=50,
        ),
        Case(
            "whole numbers, 0 among them",
            [
                make(n)
                for make in (arguments.whole_numbers, _whole_zero, arguments.a_whole_number)
                for n in arguments.NAMES
            ],
            times=21,
        ),
        Case("abs(z) up to 10,000: no nan", [arguments.far_out(n) for n in arguments.NAMES], times=7),
        Case(
            "the tails, and near 0",
            [
                *(f(n) for f in (arguments.tail, arguments.near_zero) for n in arguments.NAMES),
            ],
            times=14,
            weight=0.5,
        ),
        Case("another name: ValueError", UNKNOWN, times=len(UNKNOWN)),
    ],
)

# %% hints
# 1. Differentiate each row of the table on paper. Which derivatives can be written with the activation itself? On
#    which side of a kink does z = 0 count?
# 2. sigmoid: s (1 - s) with s = sigmoid(z). tanh: 1 - t**2 with t = tanh(z). elu: 1 on the right, exp(z) on the left.
#    gelu: the product rule on z * cdf(z), and the derivative of cdf is pdf(z) = exp(-z**2/2) / sqrt(2 pi).
# 3. relu: `np.where(z > 0, 1.0, 0.0)`; leaky: `np.where(z > 0, 1.0, 0.01)`; elu: `np.exp(np.minimum(z, 0))`;
#    identity: `np.ones(np.shape(z))`; gelu: cdf(z) + z * pdf(z); at the end `raise ValueError(name)`.

# %% elegant
# Derivatives are made of few known functions: sigmoid(z) sigmoid(-z), 1 - tanh², cdf + z pdf. The slope at
# 0 follows from `z > 0`: the left one, as everywhere in the course.

# %% right
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

# %% right
from scipy.special import expit, ndtr

TABLE = {
    "identity": lambda z: np.ones(np.shape(z)),
    "sigmoid": lambda z: expit(z) * (1 - expit(z)),
    "tanh": lambda z: 1 - np.square(np.tanh(z)),
    "relu": lambda z: (np.asarray(z) > 0) * 1.0,
    "leaky_relu": lambda z: 0.01 + 0.99 * (np.asarray(z) > 0),
    "elu": lambda z: np.where(np.asarray(z) > 0, 1, np.exp(z)),
    "gelu": lambda z: ndtr(z) + z * np.exp(-np.square(z) / 2) / np.sqrt(2 * np.pi),
}

def activation_grad(name, z):
    try:
        slope = TABLE[name]
    except KeyError:
        raise ValueError(f"unknown: {name}") from None
    return slope(np.asarray(z, dtype=float))

# %% right
import math

def one(name, t):
    if name == "identity":
        return 1.0
    if name == "sigmoid":
        e = math.exp(-abs(t))
        return e / (1 + e) ** 2
    if name == "tanh":
        return 1 / math.cosh(t) ** 2 if abs(t) < 300 else 0.0
    if name == "relu":
        return 1 if t > 0 else 0
    if name == "leaky_relu":
        return 1 if t > 0 else 0.01
    if name == "elu":
        return 1 if t > 0 else math.exp(t)
    if name == "gelu":
        return 0.5 * (1 + math.erf(t / 2**0.5)) + t * math.exp(-t * t / 2) / math.sqrt(2 * math.pi)
    raise ValueError(name)

def activation_grad(name, z):
    out = np.empty(np.shape(z))
    for i in np.ndindex(*np.shape(z)):
        out[i] = one(name, float(np.asarray(z)[i]))
    return out

# %% right
from scipy.stats import norm

def activation_grad(name, z):
    z = np.array(z, dtype=float)
    if name == "identity":
        return z * 0 + 1
    if name == "sigmoid":
        s = 1 / (1 + np.exp(-z))
        return s - s * s
    if name == "tanh":
        t = np.tanh(z)
        return (1 - t) * (1 + t)
    if name in ("relu", "leaky_relu"):
        return np.heaviside(z, 0) if name == "relu" else np.maximum(np.sign(z), 0.01)
    if name == "elu":
        g = np.ones(z.shape)
        g[z < 0] = np.exp(z[z < 0])
        return g
    if name == "gelu":
        return norm.cdf(z) + z * norm.pdf(z)
    raise ValueError("no derivative for " + repr(name))

# %% right
from math import erfc, pi, sqrt

def activation_grad(name, z):
    z = np.asarray(z, dtype=np.float64)
    ramp = np.array(z > 0, dtype=np.float32)
    known = {
        "identity": np.ones(z.shape, dtype=int),
        "sigmoid": 0.25 * (1 - np.tanh(z / 2) ** 2),
        "tanh": 1 - np.tanh(z) * np.tanh(z),
        "relu": ramp,
        "leaky_relu": np.where(ramp > 0, 1, 0.01),
        "elu": np.minimum(np.exp(np.clip(z, -800, 1)), 1),
        "gelu": np.vectorize(lambda t: erfc(-t / sqrt(2)) / 2, otypes="d")(z) + z * np.exp(-z * z / 2) / sqrt(2 * pi),
    }
    if name in known:
        return known[name]
    raise ValueError(name)
