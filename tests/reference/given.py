"""What the tests of the reference draw: odd shapes, numbers that are never 0, and the same mathematics for autograd."""

from itertools import pairwise

import autograd.numpy as anp
import numpy as np
from autograd.scipy.special import erf
from hypothesis import strategies as st

from tests.support.properties import examples

seeds = st.integers(0, 2**32 - 1)
few = examples(30)  # each of other sizes and numbers


def sizes(count):
    """Different sizes for each letter, so that no transposed or mixed-up shape can pass."""
    return st.lists(st.integers(1, 8), min_size=count, max_size=count, unique=True)


class Draw:
    """Random arrays of one seed."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def normal(self, *shape):
        return self.rng.standard_normal(shape)

    def labels(self, n, k):
        return self.rng.integers(0, k, n)

    def network(self, widths, scale=1.0):
        """Weights and non-zero biases."""
        Ws = [scale * self.normal(a, b) for a, b in pairwise(widths)]
        return Ws, [self.normal(b) for b in widths[1:]]


def close(got, expected, rtol=1e-8, atol=1e-10):
    """All numbers agree; the shapes too."""
    assert np.shape(got) == np.shape(expected)
    np.testing.assert_allclose(got, expected, rtol=rtol, atol=atol)


def all_close(got, expected, **tolerance):
    """Two lists of arrays agree."""
    for a, b in zip(got, expected, strict=True):
        close(a, b, **tolerance)


# Written once more, the plain way, for HIPS autograd to differentiate.
PLAIN = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": anp.tanh,
    "relu": lambda z: anp.where(z > 0, z, 0.0 * z),
    "leaky_relu": lambda z: anp.where(z > 0, z, 0.01 * z),
    "elu": lambda z: anp.where(z > 0, z, anp.exp(z) - 1),
    "gelu": lambda z: z * 0.5 * (1 + erf(z / anp.sqrt(2.0))),
}


def plain_network(X, Ws, bs, names):
    for W, b, name in zip(Ws, bs, names, strict=True):
        X = PLAIN[name](anp.dot(X, W) + b)
    return X


def plain_xent(Z, y):
    log_p = Z - anp.log(anp.sum(anp.exp(Z), axis=1, keepdims=True))
    return -anp.mean(log_p[np.arange(len(y)), y])


def plain_bce(z, y):
    p = 1 / (1 + anp.exp(-z))
    return -anp.sum(y * anp.log(p) + (1 - y) * anp.log(1 - p)) / len(z)
