"""The mathematics in the page is that of ``mlp_reference``: the same inputs through both give the same numbers."""

import itertools

import numpy as np
import pytest

from mlp_reference import ACTIVATIONS, signal_theory
from mlp_reference.activations import elu, leaky_relu
from mlp_reference.propagation import propagate
from mlp_reference.viz.experiments import initialization

TOLERANCE = 1e-10
Z = np.concatenate([np.linspace(-40, 40, 401), np.random.default_rng(0).normal(0, 3, 400), [0.0, 1e-12, -1e-12]])
SHAPED = {"elu": elu, "leaky_relu": leaky_relu}


def same(found, expected, rtol=TOLERANCE, atol=1e-13):
    np.testing.assert_allclose(np.array(found, dtype=float), expected, rtol=rtol, atol=atol)


@pytest.mark.parametrize("seed", [0, 7, 2**40 + 3, [64, 3], [1, 2, 3, 4, 5, 6]])
def test_random_numbers_are_numpys(page_math, seed):
    """20,000 normal numbers visit the ziggurat's edges and its tail."""
    normals, uniforms, order, mixed = page_math(
        ["normals", seed, 20_000], ["uniforms", seed, 500], ["permutation", seed, 700], ["mixed", seed]
    )
    np.testing.assert_allclose(normals, np.random.default_rng(seed).standard_normal(20_000), rtol=1e-12)
    np.testing.assert_array_equal(uniforms, np.random.default_rng(seed).random(500))
    np.testing.assert_array_equal(order, np.random.default_rng(seed).permutation(700))
    rng = np.random.default_rng(seed)
    np.testing.assert_allclose(mixed[:4], [*rng.permutation(3), rng.random()])


@pytest.mark.parametrize("name", [*ACTIVATIONS, ("elu", 0.35), ("leaky_relu", 0.6)])
def test_activations(page_math, name):
    psi = ACTIVATIONS[name] if isinstance(name, str) else SHAPED[name[0]](name[1])
    value, grad = page_math(["activation", name, Z], ["activation_grad", name, Z])
    same(value, psi.value(Z))
    same(grad, psi.grad(Z))


def test_tails_of_the_gelu_keep_their_digits(page_math):
    z = -np.linspace(5, 30, 60)
    (value,) = page_math(["activation", "gelu", z])
    same(value, ACTIVATIONS["gelu"].value(z), atol=0)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_networks_of_any_shape(page_math, name):
    rng = np.random.default_rng(5)
    for sizes in ((3, 5), (4, 1, 6), (2, 7, 7, 3), (5, 4, 3, 2, 1)):
        X, G = rng.normal(size=(6, sizes[0])), rng.normal(size=(6, sizes[-1]))
        Ws = [rng.normal(size=shape) for shape in itertools.pairwise(sizes)]
        expected = propagate(X, Ws, ACTIVATIONS[name], G)
        (found,) = page_math(["propagate", X, Ws, name, G])
        for H, other in zip(found["H"], expected.H, strict=True):
            same(H, other)
        same(found["forward"], expected.forward)
        same(found["backward"], expected.backward)


@pytest.mark.parametrize("name", [name for name in initialization.QUICK if name != "prelu"])
def test_profiles_and_their_theory_at_both_ends_of_all_sliders(page_math, name):
    """Where a network is chaotic a last digit grows on its way: there the mean squares agree to fewer digits."""
    places = [(s, depth, width) for s in (0.1, 1.0, 20.0) for depth, width in ((2, 128), (60, 16))]
    calls = [["signal_theory", depth, s, name] for s, depth, _ in places]
    for (s, depth, _), found in zip(places, page_math(*calls), strict=True):
        same(found, signal_theory([1] * (depth + 1), [s] * depth, ACTIVATIONS[name]), rtol=1e-9, atol=0)
    calls = [["random_signals", name, s, depth, width, 3, 16] for s, depth, width in places]
    for (s, depth, width), found in zip(places, page_math(*calls), strict=True):
        expected = initialization.random_signals(name, s, depth, width, 3, rows=16)
        rtol = 1e-4 if depth > 10 and s > 5 else 1e-6 if name == "gelu" else 1e-9  # its quick form is rounded
        same(found, [expected.forward, expected.backward], rtol, atol=0)


def test_theory_is_right_at_both_ends_for_activations_with_a_known_gain(page_math):
    """A ReLU halves each mean square, the identity keeps it, whatever the size."""
    for name, gain in (("relu", 0.5), ("identity", 1.0)):
        for sigma2 in (0.1, 4.0, 20.0):
            (found,) = page_math(["signal_theory", 60, sigma2, name])
            forward, backward = np.array(found, dtype=float)
            layers = np.arange(1, 61)
            np.testing.assert_allclose(np.log(forward), layers * np.log(gain * sigma2), rtol=1e-6, atol=1e-6)
            back = np.log(gain) * (61 - layers) + np.log(sigma2) * (60 - layers)
            np.testing.assert_allclose(np.log(backward), back, rtol=1e-6, atol=1e-6)


def test_normal_sample(page_math):
    (found,) = page_math(["normal_sample", 2000])
    same(found, initialization.normal_sample())
