"""Initial weights: mean 0, and the variance that keeps signals alive through depth."""

import math

import numpy as np
from jaxtyping import Float

from mlp_reference import checks
from mlp_reference.shapes import Integer, Number

Weights = Float[np.ndarray, "fan_in fan_out"]

# The variance of one weight, by scheme.
VARIANCE = {
    "lecun": lambda fan_in, fan_out: 1 / fan_in,
    "xavier": lambda fan_in, fan_out: 2 / (fan_in + fan_out),
    "xavier_uniform": lambda fan_in, fan_out: 2 / (fan_in + fan_out),
    "he": lambda fan_in, fan_out: 2 / fan_in,
}


def init_weights(fan_in: Integer, fan_out: Integer, scheme: str, rng: np.random.Generator) -> Weights:
    """Random weights of mean 0 and the scheme's variance, normal or (where the name says so) uniform.

    Raises: ValueError for a scheme that the table does not have, or a size below 1.
    Source: LeCun et al. (1998), Efficient BackProp; Glorot & Bengio (2010); He et al. (2015), arXiv:1502.01852;
    notebook 06, "How large should the first weights be?".
    """
    checks.one_of("init_weights", "the scheme", scheme, VARIANCE)
    checks.positive("init_weights", fan_in=fan_in, fan_out=fan_out)
    std = math.sqrt(VARIANCE[scheme](fan_in, fan_out))
    if scheme.endswith("uniform"):
        edge = math.sqrt(3) * std  # a uniform number on [-a, a] has the variance a**2 / 3
        return rng.uniform(-edge, edge, (fan_in, fan_out))
    return std * rng.standard_normal((fan_in, fan_out))


def orthogonal(fan_in: Integer, fan_out: Integer, rng: np.random.Generator, gain: Number = 1.0) -> Weights:
    """Rows or columns (the shorter ones) that are orthonormal, times ``gain``: no direction grows or shrinks.

    Source: Saxe et al. (2014), Exact solutions to the nonlinear dynamics of learning, arXiv:1312.6120.
    """
    checks.positive("orthogonal", fan_in=fan_in, fan_out=fan_out, gain=gain)
    tall = rng.standard_normal((max(fan_in, fan_out), min(fan_in, fan_out)))
    Q, R = np.linalg.qr(tall)
    Q *= gain * np.sign(np.diag(R))  # without the signs the distribution would not be uniform
    return Q if fan_in >= fan_out else Q.T.copy()


def constant(fan_in: Integer, fan_out: Integer, value: Number = 0.0) -> Weights:
    """All weights equal, the start from which hidden units can never become different."""
    checks.positive("constant", fan_in=fan_in, fan_out=fan_out)
    return np.full((fan_in, fan_out), float(value))
