import numpy as np
import pytest
from hypothesis import given

from mlp_reference import MLP, gradient_report, numeric_grad, worst_gradient
from tests.reference.given import Draw, close, few, seeds, sizes
from tests.support.derivatives import complex_step_grad


@few
@given(seed=seeds, shape=sizes(3))
def test_numeric_and_complex_step_gradients(seed, shape):
    draw = Draw(seed)
    x, A = draw.normal(*shape), draw.normal(*shape)
    f = lambda x: np.sum(np.sin(x) * A) + np.prod(np.cos(x.ravel()[:2]))  # noqa: E731
    expected = np.cos(x) * A
    first = expected.ravel()
    c, s = np.cos(x.ravel()[:2]), np.sin(x.ravel()[:2])
    first[:2] -= s * (np.prod(c) / c)
    before = x.copy()
    close(numeric_grad(f, x), expected, rtol=1e-7, atol=1e-9)
    close(complex_step_grad(f, x), expected, rtol=1e-13, atol=1e-14)
    assert (x == before).all()


def test_numeric_grad_takes_ints_numbers_and_float32():
    f = lambda x: float(np.sum(x.astype(float) ** 3))  # noqa: E731
    close(numeric_grad(f, np.array([1, 2])), [3, 12], rtol=1e-8)
    assert numeric_grad(f, np.array([1, 2])).dtype == np.float64
    close(numeric_grad(f, np.array(2.0)), 12, rtol=1e-8)
    single = numeric_grad(f, np.array([1, 2], np.float32))
    assert single.dtype == np.float32
    close(single, [3, 12], rtol=1e-6)


def test_numeric_grad_moves_one_entry_at_a_time_by_eps():
    seen = []
    numeric_grad(lambda x: seen.append(x.copy()) or 0.0, np.zeros((2, 2)), eps=0.5)
    assert len(seen) == 8
    assert {np.count_nonzero(x) for x in seen} == {1}
    assert {abs(x).max() for x in seen} == {0.5}


@pytest.fixture
def checked():
    """(f, params, grads) of a network with two layers, all right."""
    model = MLP([3, 4, 2], np.random.default_rng(0), activations="tanh")
    X, y = Draw(0).normal(5, 3), Draw(0).labels(5, 2)
    model.theta[:] = Draw(1).normal(model.n_parameters)
    _, grads = model.loss_and_grads(X, y)

    def f(params):
        other = MLP([3, 4, 2], np.random.default_rng(0), activations="tanh")
        for name, p in other.params.items():
            p[...] = params[name]
        return other.loss(X, y)

    return f, {name: p.copy() for name, p in model.params.items()}, grads


def test_right_gradients_pass(checked):
    f, params, grads = checked
    before = {name: p.copy() for name, p in params.items()}
    assert worst_gradient(f, params, grads) is None
    assert [(line.name, line.ok) for line in gradient_report(f, params, grads)] == [(n, True) for n in params]
    assert all((params[name] == before[name]).all() for name in params)


@pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
def test_the_layer_with_the_wrong_gradient_is_named(checked, name):
    f, params, grads = checked
    others = {other: g * (1 + 1e-4) for other, g in grads.items()}  # all a little wrong, one very
    assert worst_gradient(f, params, others | {name: 2 * grads[name]}) == name
    assert worst_gradient(f, params, grads | {name: grads[name] + np.nan}) == name
    lines = gradient_report(f, params, grads | {name: -grads[name]})
    assert [line.name for line in lines if not line.ok] == [name]
    assert f"{name}: relative error 1.0e+00, WRONG" in map(str, lines)


def test_the_tolerance_is_the_relative_error(checked):
    f, params, grads = checked
    off = grads | {"W1": grads["W1"] * 1.002}  # |a - n| / (|a| + |n|) = 0.001
    assert worst_gradient(f, params, off, tol=0.00101) is None
    assert worst_gradient(f, params, off, tol=0.00099) == "W1"


def test_missing_and_misshapen_gradients_are_reported(checked):
    f, params, grads = checked
    with pytest.raises(ValueError, match=r"nothing as the gradient of 'b2'"):
        worst_gradient(f, params, {name: grads[name] for name in ("W1", "b1", "W2")})
    with pytest.raises(ValueError, match=r"\(4, 3\) as the gradient of 'W1'"):
        gradient_report(f, params, grads | {"W1": grads["W1"].T})
