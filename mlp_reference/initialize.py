"""Initial weights: mean 0, and the variance that keeps signals alive through depth."""

import math

import numpy as np
from jaxtyping import Float

from mlp_reference import checks
from mlp_reference.shapes import Integer

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
