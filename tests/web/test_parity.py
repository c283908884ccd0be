"""The mathematics in the page is that of ``mlp_reference``: the same inputs through both give the same numbers."""

from itertools import pairwise

import numpy as np
import pytest

from mlp_reference import ACTIVATIONS, MLP, data, perceptron_fit, relu_spline, signal_theory
from mlp_reference.activations import elu, leaky_relu
from mlp_reference.propagation import propagate
from mlp_reference.viz.experiments import chaos, expressions, folding, initialization, splines, training, xor
from mlp_reference.viz.explorers import wording

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


def test_numbers_are_written_as_python_writes_them(page_math):
    """The middle between two is the even one; what is not 0 does not look like it, nor what is not all like all."""
    rng = np.random.default_rng(3)
    middles = np.arange(-400, 400) / 16
    xs = [*middles, *rng.normal(size=300) * 10.0 ** rng.integers(-6, 7, 300), 0.0, 0.996, 0.004, 1.0, 25, 125, 1350]
    for digits in (0, 1, 2, 3):
        fixed, near, percent, short = page_math(*([name, *rest] for name, *rest in (
            ("numbers", "fixed", xs, digits), ("numbers", "near", xs, digits), ("numbers", "percent", np.abs(xs), digits),
            ("numbers", "short", xs, digits + 1))))  # fmt: skip
        for x, *found in zip(xs, fixed, near, percent, short, strict=True):
            plain = f"{round(x, digits) + 0.0:.{digits}f}".replace("-", "−")
            small = f"{x:.{digits + 1}g}".replace("-", "−")
            share = wording.percent(abs(x), digits)
            assert found == [plain, wording.near(x, digits), share, small], x
    assert [wording.percent(x) for x in (0, 0.004, 0.5, 0.996, 1)] == ["0 %", "< 1 %", "50 %", "> 99 %", "100 %"]
    assert (wording.near(-0.004), wording.many(1, "step"), wording.many(0, "step")) == ("−0.004", "1 step", "0 steps")


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
        Ws = [rng.normal(size=shape) for shape in pairwise(sizes)]
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


@pytest.mark.parametrize("name", ["blobs", "circles", "moons", "spiral", "xor_clusters"])
def test_data_sets(page_math, name):
    (found,) = page_math(["data", name, 5, 37])
    X, y = getattr(data, name)(37, np.random.default_rng(5))
    same(found["X"], X)
    np.testing.assert_array_equal(found["y"], y)


def test_flowers_and_digits(page_math):
    flowers, (checksum, labels) = page_math(["iris"], ["digits"])
    np.testing.assert_array_equal(flowers, data.iris()[0])
    X, y = data.digits()
    assert checksum == (X.ravel() * (np.arange(X.size) % 997)).sum()
    np.testing.assert_array_equal(labels, y)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize(
    ("target", "loss", "k"), [("binary", "binary", 1), ("categorical", "categorical", 4), ("real", "squared", 3)]
)
def test_gradients_of_networks_of_any_shape(page_math, name, target, loss, k):
    rng = np.random.default_rng(6)
    for hidden in ((), (1,), (5, 2), (3, 4, 6)):
        sizes, X = [3, *hidden, k], rng.normal(size=(7, 3))
        y = rng.integers(0, k if k > 1 else 2, 7) if loss != "squared" else rng.normal(size=(7, k))
        model = MLP(
            sizes, np.random.default_rng(2), activations=name, target="categorical" if loss == "squared" else target
        )
        if loss == "squared":
            Y, cache = model.forward(X)
            value, G = float((0.5 * (Y - y) ** 2).sum() / 7), (Y - y) / 7
            pairs = zip(*model.backward(G, cache), strict=True)
            grads = [g for pair in pairs for g in pair]
        else:
            value, by_name = model.loss_and_grads(X, y)
            grads = [by_name[p] for p in model.params]
        (found,) = page_math(["gradients", sizes, name, 2, loss, X, y])
        same(found["theta"], model.theta)
        same(found["loss"], value)
        same(found["grad"], np.concatenate([g.ravel() for g in grads]))


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "relu"])
def test_steps_of_training(page_math, name):
    X, y = data.moons(40, np.random.default_rng(4))
    run = xor.Run((X, y), MLP([2, 4, 3, 1], np.random.default_rng(1), activations=name, target="binary"), 0.3, 0.01)
    run.go_to(60)
    (found,) = page_math(["train", [2, 4, 3, 1], name, 1, X, y, 0.3, 0.01, 60])
    same(found["losses"], run.losses, rtol=1e-9)
    same(found["theta"], run.model.theta, rtol=1e-8)


def test_readings_of_the_dashboard(page_math):
    for batch, depth in ((8, 1), (512, 3)):
        run = training.Readings(0.1, batch, depth)
        run.go_to(3)
        (found,) = page_math(["readings", 0.1, batch, depth, 3])
        same(found, run.table, rtol=1e-8)


@pytest.mark.parametrize("surface", training.SURFACES)
@pytest.mark.parametrize("method", training.METHODS)
def test_walks(page_math, surface, method):
    for rate, noise in ((0.03, 0.0), (0.1, 1.0), (3.0, 0.3)):
        places, lost = training.walk(training.SURFACES[surface], training.METHODS[method](rate), (-1.8, 1.0), 40, noise)
        (found,) = page_math(["walk", surface, method, rate, [-1.8, 1.0], 40, noise])
        assert found["lost"] == lost
        same(found["places"], places, rtol=1e-7, atol=1e-9)


def test_the_perceptron(page_math):
    X, y = data.blobs(30, np.random.default_rng(24), gap=1.2)
    (found,) = page_math(["perceptron", np.column_stack([X, y]), 0.5, 40])
    w, b, mistakes = perceptron_fit(X, y, 40, 0.5)
    same(found[0][-1], [*w, b])
    assert sum(map(abs, found[1])) == sum(mistakes)


@pytest.mark.parametrize("name", ["sine", "root", "corner", "runge", "wave"])
def test_splines_and_their_knots(page_math, name):
    place, t = splines.placement(name), np.array([0.0, 0.1, 0.5, 0.55, 1.0])
    (units,) = page_math(["spline", t, np.asarray(place.f(t))])
    w1, b1, w2, b2 = relu_spline(t, np.asarray(place.f(t)))
    for key, expected in (("w1", w1), ("b1", b1), ("w2", w2), ("b2", b2)):
        same(units[key], expected)
    for m, greedy in ((1, False), (7, False), (7, True), (32, True)):
        (found,) = page_math(["knots", name, 4 if name == "root" else 1, m, greedy])
        same(found["t"], place.knots(m, greedy))
        same(found["error"], place.error(place.knots(m, greedy)))


@pytest.mark.parametrize(
    "text",
    [
        "x*y + sin(x)",
        "relu(x)^3 - 2/y",
        "-(x + 1)^2 * exp(-y/3) + 4*5",
        "(1 - tanh(x + x*y))^2",
        "sqrt(x*x + 3) / tanh(y)",
    ],
)
def test_graphs_of_expressions(page_math, text):
    inputs = {"x": 0.7, "y": -0.4}
    expression = expressions.Parser(text).expression(**inputs)
    seen = expressions.walk(expression, inputs, expression.steps)
    ((values, grads, places),) = page_math(["graph", text, inputs])
    assert {name: tuple(place) for name, place in places.items()} == expression.places
    for name in ("x", "y"):
        same(grads[name], seen.grads[name])
    same(max(values.values()), max(seen.values.values()))


@pytest.mark.parametrize("name", ["tanh", "relu", "sigmoid"])
def test_order_and_chaos(page_math, name):
    for w2, b2, cosine, depth in ((0.1, 0.0, -0.5, 30), (1.5, 0.05, 0.6, 12), (4.0, 1.0, 1.0, 5)):
        ((theory, measured, factor, at_rest),) = page_math(["chaos", name, w2, b2, cosine, depth, 3])
        for found, expected in ((theory, chaos.theory(name, w2, b2, cosine, depth)),
                                (measured, chaos.measured(name, w2, b2, cosine, depth, 3))):  # fmt: skip
            same(found["cosines"], expected.cosines, rtol=1e-7, atol=1e-9)
            same(found["backward"], expected.backward, rtol=1e-7)
        same(factor, chaos.chi(name, w2, b2), rtol=1e-8)
        assert at_rest == chaos.at_rest(name, w2, b2)


def test_folds(page_math):
    P, folds = np.random.default_rng(0).uniform(-2, 2, (50, 2)), [[10, 0.3], [100, -0.2], [45, 0.7]]
    (found,) = page_math(["fold", P, folds])
    at, codes = folding.fold_all(P, folds)
    same([f["at"] for f in found], at)
    assert [f["code"] for f in found] == codes.tolist()


def test_regions_of_lines(page_math):
    rng = np.random.default_rng(1)
    lines = [[[float(rng.integers(0, 180)), float(rng.uniform(-1, 1))] for _ in range(n)] for n in range(8)]
    lines += [[[0, 1], [0, 1], [180, -1]], [[0, 0], [90, 0], [45, 0]], [[0, 0], [0, 1], [90, 2], [0, 2]]]
    found = page_math(*(["regions_of_lines", some] for some in lines))
    assert found == [folding.regions_of_lines(some) for some in lines]
    assert found[-3:] == [2, 6, 8]
