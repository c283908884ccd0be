"""Networks built by hand: bumps from sigmoids, sums of bumps, and a sawtooth that shows what depth can do."""

from itertools import pairwise

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.activations import sigmoid
from mlp_reference.shapes import Integer, Number, Numbers, SameShape, as_float

Layers = list[tuple[Float[np.ndarray, "_ _"], Float[np.ndarray, " _"]]]


def sigmoid_bump(x: Numbers, left: Number, right: Number, steepness: Number) -> SameShape:
    """``sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))``: if steep, near 1 between the two, 0 elsewhere.

    Source: notebook 03, a proof from bumps; Cybenko (1989), Mathematics of Control, Signals and Systems 2, proves it without.
    """
    x = as_float(x)
    return sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right))


def bump_sum(
    x: Real[np.ndarray, " n"], edges: Real[np.ndarray, " m1"], heights: Real[np.ndarray, " m"], steepness: Number
) -> Float[np.ndarray, " n"]:
    """A staircase of m bumps, ``heights[j]`` from ``edges[j]`` to ``edges[j + 1]``: a network with 2m hidden units."""
    checks.arrays("bump_sum", "n", x=x)
    checks.arrays("bump_sum", "m, m", left=edges[:-1], heights=heights)
    bumps = [sigmoid_bump(x, left, right, steepness) for left, right in pairwise(edges.tolist())]
    return heights @ np.array(bumps)


def sawtooth_net(k: Integer) -> Layers:
    """``[(W, b), ...]`` of a ReLU net, two units in each of ``k`` hidden layers, with ``2**k`` linear pieces on [0, 1].

    It is the tent map ``1 - abs(2x - 1) = 2 relu(x) - 4 relu(x - 1/2)``, applied k times.
    Raises: ValueError where ``k`` is below 1.
    Source: Telgarsky (2015), arXiv:1509.08101; notebook 03, what depth buys.
    """
    checks.positive("sawtooth_net", k=k)
    tent = np.array([[2.0], [-4.0]])
    split, kink = np.ones((1, 2)), np.array([0.0, -0.5])
    # The output of one tent is the input of the next: two linear maps in a row are one.
    return [(split, kink)] + [(tent @ split, kink.copy()) for _ in range(k - 1)] + [(tent, np.zeros(1))]


def count_pieces(x: Real[np.ndarray, " n"], v: Real[np.ndarray, " n"], tol: Number = 1e-6) -> int:
    """The number of linear pieces of the broken line through ``(x_i, v_i)``: changes of slope above ``tol``, plus 1."""
    checks.arrays("count_pieces", "n, n", x=x, v=v)
    slope = np.diff(v) / np.diff(x)
    return 1 + int((np.abs(np.diff(slope)) > tol).sum())
