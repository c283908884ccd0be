"""Networks of notebook 03 pass by their function, whatever their parameters, and fail with a sentence that helps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograde.exercises import CATALOGUE
from autograde.exercises.support.nets import sawtooth_values, spline_values
from autograde.judging.exercise import Unusable, compile_answer
from autograde.judging.judge import judge
from mlp_reference import relu_spline, sawtooth_net
from tests.support.properties import examples


def report(name, source):
    return judge(CATALOGUE[name], compile_answer(source, name))


@examples(25)
@given(seed=st.integers(0, 2**32 - 1))
def test_scaled_mirrored_and_shuffled_units_are_the_same_spline(seed):
    rng = np.random.default_rng(seed)

    def answer(t, v):
        """Every unit scaled, some turned around (which tilts and lifts the rest), all in another order."""
        w1, b1, w2, b2 = relu_spline(t, v)
        scale, order = rng.uniform(0.1, 10, len(w1)), rng.permutation(len(w1))
        turned = np.flatnonzero(rng.integers(0, 2, len(w1)) * (np.arange(len(w1)) > 0))
        w1, b1, w2 = w1.copy(), b1.copy(), w2.copy()
        tilt, lift = w2[turned].sum(), (w2[turned] * b1[turned]).sum()  # c relu(z) = c relu(-z) + c z
        w1[turned], b1[turned] = -w1[turned], -b1[turned]
        w2[0] += tilt  # relu(x - t_0) = x - t_0 on the whole interval
        return (w1 * scale)[order], (b1 * scale)[order], (w2 / scale)[order], b2 + lift + tilt * t[0]

    assert judge(CATALOGUE["relu_spline"], answer).outcome == "passed"


@examples(25)
@given(seed=st.integers(0, 2**32 - 1))
def test_scaled_and_exchanged_units_are_the_same_sawtooth(seed):
    rng = np.random.default_rng(seed)

    def answer(k):
        net = sawtooth_net(k)
        for i in range(k):
            scale, order = rng.uniform(0.5, 2, 2), rng.permutation(2)
            (W, b), (W_next, b_next) = net[i], net[i + 1]
            net[i] = ((W * scale)[:, order], (b * scale)[order])
            net[i + 1] = ((W_next / scale[:, None])[order], b_next)
        return net

    assert judge(CATALOGUE["sawtooth_net"], answer).outcome == "passed"


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "is a `return` missing"),
        ((1, 2, 3), "got a tuple of 3"),
        ((np.ones(3), np.ones(2), np.ones(3), 0), r"w1 \(3,\), b1 \(2,\), w2 \(3,\), b2 \(\)"),
        (("a", np.ones(2), np.ones(3), 0), "w1 should be an array of numbers"),
    ],
)
def test_what_is_no_network_is_told_so_and_is_no_value_error(result, words):
    with pytest.raises(Unusable, match=words) as error:
        spline_values(lambda t, v: result, np.arange(4.0), np.arange(4.0))
    assert not isinstance(error.value, ValueError)


def test_transposed_matrices_are_recognised():
    net = [(W.T, b) for W, b in sawtooth_net(3)]
    with pytest.raises(Unusable, match="transpose them"):
        sawtooth_values(lambda k: net, 3)


def test_wrong_shapes_do_not_pass_for_the_value_error_that_bad_knots_deserve():
    wrong = "def relu_spline(t, v):\n    s = np.diff(v) / np.diff(t)\n    return np.ones(len(t)), -t, s, v[0]"
    cases = report("relu_spline", wrong).cases
    assert "passed" not in [verdict for label, verdict in cases.items() if "ValueError" in label]


@pytest.mark.parametrize(
    ("name", "source", "diagnosis"),
    [
        (
            "relu_spline",
            "def relu_spline(t, v):\n    if (np.diff(t) <= 0).any():\n        raise ValueError\n"
            "    s = (v[1:] - v[:-1]) / (t[1:] - t[:-1])\n"
            "    return [1.0] * len(s), [-p for p in t[:-1]], list(s), v[0]",
            "slopes instead of changes of slope",
        ),
        (
            "sup_error",
            "def sup_error(f, g, a, b, n=1001):\n    return sum(abs(f(x) - g(x)) for x in np.linspace(a, b, n)) / n",
            "the mean distance instead of the largest",
        ),
        (
            "intervals_needed",
            "def intervals_needed(eps, M2, a, b):\n    return int((b - a) * (M2 / 8 / eps) ** 0.5) + 1",
            "one interval too many where the bound is met exactly",
        ),
    ],
)
def test_mistakes_are_named_however_they_are_written(name, source, diagnosis):
    assert report(name, source).failure.diagnosis == diagnosis
