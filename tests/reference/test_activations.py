import math

import numpy as np
import pytest
from autograd import elementwise_grad
from hypothesis import given
from hypothesis import strategies as st

from mlp_reference import ACTIVATIONS, activation, activation_grad, fast, sigmoid, softmax
from mlp_reference.activations import elu, leaky_relu, normal_cdf
from tests.reference.given import PLAIN, Draw, close, few, seeds, sizes
from tests.support.derivatives import complex_step_grad

NAMES = sorted(PLAIN)


def test_the_table_is_complete():
    assert sorted(ACTIVATIONS) == NAMES


@pytest.mark.parametrize("name", NAMES)
@few
@given(seed=seeds, shape=sizes(3))
def test_value_and_derivative_agree_with_autograd(name, seed, shape):
    z = 3 * Draw(seed).normal(*shape)
    close(activation(name, z), PLAIN[name](z), rtol=1e-12, atol=1e-14)
    close(activation_grad(name, z), elementwise_grad(PLAIN[name])(z), rtol=1e-11, atol=1e-13)


@few
@given(st.floats(-30, 30))
def test_sigmoid_derivative_agrees_with_a_complex_step(z):
    z = np.array([z])
    close(activation_grad("sigmoid", z), complex_step_grad(lambda z: (1 / (1 + np.exp(-z)))[0], z), rtol=1e-12, atol=0)


@pytest.mark.parametrize(("name", "left"), [("relu", 0), ("leaky_relu", 0.01), ("elu", 1)])
def test_at_a_kink_the_derivative_is_the_left_one(name, left):
    assert activation_grad(name, np.zeros(3)).tolist() == [left] * 3
    assert activation(name, np.zeros(3)).tolist() == [0] * 3


@pytest.mark.parametrize("function", [activation, activation_grad])
@pytest.mark.parametrize("name", NAMES)
def test_extreme_inputs_give_finite_values_without_warnings(function, name):
    for z in (np.array([-1e4, -750.0, -1e-300, 0.0, 1e-300, 750.0, 1e4]), np.array([-1e4, -100, 0, 1e2], np.float32)):
        assert np.isfinite(function(name, z)).all()


def test_sigmoid_is_exact_in_both_tails():
    z = np.array([-1e4, -700.0, -40.0, 0.0, 40.0, 1e4])
    close(sigmoid(z), [0, math.exp(-700), math.exp(-40), 0.5, 1, 1], rtol=1e-15, atol=0)


def test_normal_cdf_is_exact_far_out():
    # From Abramowitz & Stegun, table 26.2: Q(x) = P(N > x).
    close(normal_cdf(np.array([-1.0, -10.0, 0.0])), [0.158655253931457, 7.61985302416053e-24, 0.5], rtol=1e-14, atol=0)


@pytest.mark.parametrize("function", [activation, activation_grad])
@pytest.mark.parametrize("name", NAMES)
def test_dtype_and_input_are_kept_and_numbers_and_ints_are_taken(function, name):
    z = np.array([[-2, 0, 3]])
    as_float = function(name, z.astype(float))
    close(function(name, z), as_float)
    assert function(name, z).dtype == np.float64
    single = z.astype(np.float32)
    result = function(name, single)
    assert result.dtype == np.float32
    close(result, as_float, rtol=1e-5, atol=1e-7)
    assert not np.shares_memory(result, single)
    assert float(function(name, -2)) == float(function(name, np.array(-2.0))) == as_float[0, 0]


def test_an_unknown_name_is_answered_with_the_known_ones():
    for function in (activation, activation_grad):
        with pytest.raises(ValueError, match=r"'rlu'.*'relu'"):
            function("rlu", np.zeros(2))


@few
@given(z=st.floats(-9, 9), slope=st.floats(0, 2))
def test_slopes_and_depths_on_the_left_can_be_chosen(z, slope):
    z = np.array([z])
    left = {leaky_relu: slope * z, elu: slope * (np.exp(np.minimum(z, 0)) - 1)}
    grads = {leaky_relu: slope + 0 * z, elu: slope * np.exp(np.minimum(z, 0))}
    for make in left:
        psi = make(slope)
        close(psi.value(z), z if z > 0 else left[make], atol=1e-15)
        close(psi.grad(z), [1.0] if z > 0 else grads[make], atol=1e-15)


@pytest.mark.parametrize("name", NAMES)
def test_the_quick_table_is_the_table(name):
    z = np.linspace(-12, 12, 4801)
    quick, plain = fast.QUICK[name], ACTIVATIONS[name]
    close(quick.value(z), plain.value(z), rtol=0, atol=1e-6)
    close(quick.grad(z), plain.grad(z), rtol=0, atol=2e-6)
    if name in fast.SLOPE_FROM_VALUE:
        close(fast.SLOPE_FROM_VALUE[name](plain.value(z)), plain.grad(z), rtol=0, atol=1e-15)


@few
@given(seed=seeds, shape=sizes(2))
def test_softmax_rows_are_probabilities_that_a_shift_does_not_change(seed, shape):
    Z = Draw(seed).normal(*shape)
    P = softmax(Z)
    close(P, np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True))
    close(softmax(Z + 1e4), P, rtol=1e-9)
    assert softmax(Z.astype(np.float32)).dtype == np.float32
