import math
from itertools import pairwise

import numpy as np
import pytest
from autograd import grad
from hypothesis import given

from mlp_reference import (
    ACTIVATIONS,
    correlation_step,
    init_weights,
    residual_profile,
    second_moment_gain,
    signal_profile,
    signal_theory,
)
from tests.reference.given import PLAIN, Draw, close, few, plain_network, seeds, sizes


@pytest.mark.parametrize("name", ["tanh", "gelu", "leaky_relu"])
@few
@given(seed=seeds, shape=sizes(5))
def test_profile_agrees_with_autograd(name, seed, shape):
    n, *widths = shape
    draw = Draw(seed)
    X, (Ws, _) = draw.normal(n, widths[0]), draw.network(widths)
    G = draw.normal(n, widths[-1])
    forward, backward = signal_profile(X, Ws, name, G)
    # A bias for every row stands where dloss/dz is wanted.
    shifts = [np.zeros((n, width)) for width in widths[1:]]
    dZs = grad(lambda shifts: (G * plain_network(X, Ws, shifts, [name] * 3)).sum())(shifts)
    close(backward, [np.mean(dZ**2) for dZ in dZs], atol=1e-12)
    hs = [plain_network(X, Ws[:depth], shifts[:depth], [name] * depth) for depth in (1, 2, 3)]
    close(forward, [np.mean(h**2) for h in hs], atol=1e-12)


@pytest.mark.parametrize(
    ("psi", "gain"),
    [
        (PLAIN["relu"], 0.5),
        (PLAIN["identity"], 1),
        (PLAIN["leaky_relu"], 0.5 * (1 + 1e-4)),
        (np.square, 3),
        (lambda z: z**3, 15),
        (np.exp, math.exp(2)),
        (np.sin, (1 - math.exp(-2)) / 2),
        (lambda z: (np.asarray(z) > 0.3) * 1.0, 0.5 * math.erfc(0.3 / math.sqrt(2))),  # a jump beside 0
        (lambda z: 1.0, 1),
        (np.tanh, 0.394294),
    ],
)
def test_second_moment_gain(psi, gain):
    close(second_moment_gain(psi), gain, rtol=0, atol=1e-4)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("sigma2", [0.1, 1.0, 20.0])
def test_the_theory_is_the_normal_integral_layer_by_layer(name, sigma2):
    """From the fine grid of ``second_moment_gain``, where the theory takes a coarse one."""
    psi = ACTIVATIONS[name]
    forward, backward = signal_theory([7] * 4, [sigma2 / 7] * 3, psi, first=2.0)
    m, slopes = 2.0, []
    for got in forward:
        std = np.sqrt(sigma2 * m)
        m = second_moment_gain(lambda z, std=std: psi.value(std * z))
        slopes.append(second_moment_gain(lambda z, std=std: psi.grad(std * z)))
        close(got, m, rtol=2e-3)
    close(backward, np.cumprod(slopes[::-1])[::-1] * sigma2 ** np.arange(3)[::-1], rtol=2e-3)


@pytest.mark.parametrize("name", ["tanh", "relu", "gelu", "sigmoid"])
def test_wide_networks_follow_the_theory_in_both_directions(name):
    rng = np.random.default_rng(1)
    widths = [400, 700, 500, 600, 400]
    Ws = [1.3 * init_weights(a, b, "lecun", rng) for a, b in pairwise(widths)]
    X, G = rng.standard_normal((300, 400)), 0.7 * rng.standard_normal((300, 400))
    forward, backward = signal_profile(X, Ws, name, G)
    theory = signal_theory(widths, [1.69 / a for a in widths[:-1]], ACTIVATIONS[name], 1.0, 0.49)
    close(forward, theory[0], rtol=0.1)
    close(backward, theory[1], rtol=0.15)
    # The prediction can tell these widths from others: swapping in the reverse order is far off.
    other = signal_theory(widths, [1.69 / b for b in widths[1:]], ACTIVATIONS[name], 1.0, 0.49)
    assert not np.allclose(other[1], backward, rtol=0.15)


def test_he_weights_keep_relu_signals_alive_and_lecun_ones_halve_them():
    he = signal_theory([64] * 11, [2 / 64] * 10, ACTIVATIONS["relu"])
    close(he[0], np.ones(10), rtol=1e-6)
    close(he[1], 0.5 * np.ones(10), rtol=1e-6)
    lecun = signal_theory([64] * 11, [1 / 64] * 10, ACTIVATIONS["relu"])
    close(lecun[0], 0.5 ** np.arange(1, 11), rtol=1e-5)


def test_one_layer_and_bad_arguments():
    close(signal_theory([4, 5], [0.25], ACTIVATIONS["identity"], 2.0, 3.0), ([2], [3]), rtol=1e-6)
    with pytest.raises(ValueError, match="2 widths and 2 variances"):
        signal_theory([4, 5], [0.25, 0.2], ACTIVATIONS["relu"])
    with pytest.raises(ValueError, match="'rleu'"):
        signal_profile(np.ones((2, 3)), [np.ones((3, 1))], "rleu", np.ones((2, 1)))


@few
@given(seed=seeds)
def test_correlation_of_relus_is_the_arccos_formula_whatever_their_variance(seed):
    """Source: Cho and Saul (2009)."""
    rng = np.random.default_rng(seed)
    c, q = rng.uniform(-1, 1), rng.uniform(0.1, 5)
    exact = (np.sqrt(1 - c * c) + c * (np.pi - np.arccos(c))) / np.pi
    close(correlation_step(PLAIN["relu"], c, q), exact, rtol=0, atol=2e-4)


@pytest.mark.parametrize("c", [-1.0, -0.3, 0.0, 0.7, 1.0])
def test_correlation_of_polynomials(c):
    """``z**k`` by Isserlis' theorem; equal inputs stay equal."""
    close(correlation_step(lambda z: z, c, 2.0), c, rtol=0, atol=1e-6)
    close(correlation_step(np.square, c, 2.0), (1 + 2 * c * c) / 3, rtol=0, atol=1e-6)
    close(correlation_step(np.exp, 1.0, 0.5), 1.0, rtol=0, atol=1e-9)
    close(correlation_step(np.exp, c, 0.5), math.exp(0.5 * (c - 1)), rtol=0, atol=1e-6)


@pytest.mark.parametrize("values", [(1.5, 1.0), (0.5, 0.0), (0.5, -1.0)])
def test_correlation_needs_a_cosine_and_a_variance(values):
    with pytest.raises(ValueError, match="correlation_step got"):
        correlation_step(np.tanh, *values)


@pytest.mark.parametrize("name", ["tanh", "gelu", "leaky_relu"])
@few
@given(seed=seeds, shape=sizes(2))
def test_residual_profile_agrees_with_autograd(name, seed, shape):
    n, d = shape
    draw = Draw(seed)
    X, G, Ws = draw.normal(n, d), draw.normal(n, d), [draw.normal(d, d) for _ in range(3)]

    def values(shifts):
        h, found = X + shifts[0], []
        for W, shift in zip(Ws, shifts[1:], strict=True):
            h = h + PLAIN[name](h @ W) / math.sqrt(3) + shift
            found.append(h)
        return found

    none = [np.zeros((n, d)) for _ in range(4)]
    dH = grad(lambda shifts: (G * values(shifts)[-1]).sum())(none)
    forward, backward = residual_profile(X, Ws, name, G)
    close(forward, [np.mean(h**2) for h in values(none)])
    close(backward, [np.mean(d**2) for d in dH[:-1]])
