import pickle

import numpy as np
import pytest
from autograd import value_and_grad
from hypothesis import given
from hypothesis import strategies as st

from mlp_reference import MLP, Value, mlp_backward, mlp_forward, n_parameters, softmax_xent
from mlp_reference.fast import Workspace
from tests.reference.given import PLAIN, Draw, all_close, close, few, plain_network, plain_xent, seeds, sizes


def random_model(seed, widths, name, **options):
    """An MLP whose biases are not zero either."""
    model = MLP(widths, np.random.default_rng(seed), activations=name, **options)
    model.theta[:] = Draw(seed).normal(model.n_parameters)
    return model


def by_autograd(X, y, model):
    """(loss, dWs, dbs) of HIPS autograd, from a network that is written once more."""
    plain = lambda Wb: plain_xent(plain_network(X, *Wb, model.activations), y)  # noqa: E731
    loss, (dWs, dbs) = value_and_grad(plain)((list(model.Ws), list(model.bs)))
    return loss, dWs, dbs


@pytest.mark.parametrize("depth", [2, 4])
@few
@given(seed=seeds, widths=sizes(5), n=st.integers(1, 9))
def test_mlp_forward_and_backward_agree_with_autograd(depth, seed, widths, n):
    widths, draw = widths[: depth + 1], Draw(seed)
    model = random_model(seed, widths, "relu")
    X, y = draw.normal(n, widths[0]), draw.labels(n, widths[-1])
    Z, cache = mlp_forward(X, model.Ws, model.bs)
    loss, G = softmax_xent(Z, y)
    expected, dWs, dbs = by_autograd(X, y, model)
    close(loss, expected)
    got = mlp_backward(G, cache)
    all_close(got[0], dWs)
    all_close(got[1], dbs)


@pytest.mark.parametrize("depth", [2, 4])
@pytest.mark.parametrize("name", PLAIN)
@few
@given(seed=seeds, widths=sizes(5))
def test_plain_and_buffered_gradients_agree_with_autograd(depth, name, seed, widths):
    n, widths, draw = 6, widths[: depth + 1], Draw(seed)
    model = random_model(seed, widths, name)
    X, y = draw.normal(n, widths[0]), draw.labels(n, widths[-1])
    expected, dWs, dbs = by_autograd(X, y, model)

    Y, cache = model.forward(X)  # layer by layer
    loss, G = softmax_xent(Y, y)
    close(loss, expected)
    close(model.loss(X, y), expected)
    for got, expected_ones in zip(model.backward(G, cache), (dWs, dbs), strict=True):
        all_close(got, expected_ones)

    work = Workspace(model, n, np.full_like(model.theta, np.nan))  # in buffers, twice in the same ones
    for _ in range(2):
        work.X[:] = X
        close(work.gradients(y), expected)
        all_close([layer.dW for layer in work.layers], dWs)
        all_close([layer.db for layer in work.layers], dbs)


@few
@given(seed=seeds, shape=sizes(3))
def test_a_graph_of_single_numbers_agrees(seed, shape):
    (d, h, k), draw = shape, Draw(seed)
    model = random_model(seed, [d, h, k], "tanh")
    x, G = draw.normal(d), draw.normal(k)
    leaves = {name: np.vectorize(Value)(p) for name, p in model.params.items()}
    hidden = [z.tanh() for z in x @ leaves["W1"] + leaves["b1"]]
    root = (np.array(hidden) @ leaves["W2"] + leaves["b2"]) @ G
    root.backward()
    _, cache = model.forward(x[None])
    dWs, dbs = model.backward(G[None], cache)
    all_close([np.vectorize(lambda v: v.grad)(leaves[p]) for p in ("W1", "W2", "b1", "b2")], dWs + dbs)


@pytest.mark.parametrize("names", [["tanh", "gelu", "sigmoid"], ["relu", "elu", "relu"]])
def test_each_layer_may_have_its_own_activation(names):
    model = random_model(1, [3, 5, 4, 2], names)
    X, y = Draw(0).normal(7, 3), Draw(0).labels(7, 2)
    close(model.forward(X)[0], plain_network(X, model.Ws, model.bs, names), atol=1e-13)
    work = Workspace(model, 7, np.empty_like(model.theta))
    work.X[:] = X
    loss, dWs, dbs = by_autograd(X, y, model)
    close(work.gradients(y), loss)
    all_close([layer.dW for layer in work.layers], dWs)
    all_close([layer.db for layer in work.layers], dbs)


@pytest.mark.parametrize("target", ["binary", "multilabel", "real"])
def test_every_target_has_the_same_gradients_in_plain_form_and_in_buffers(target):
    draw, k = Draw(3), 1 if target == "binary" else 4
    model = random_model(2, [3, 5, k], "tanh", target=target)
    X = draw.normal(7, 3)
    y = {"binary": draw.labels(7, 2), "multilabel": draw.rng.integers(0, 2, (7, k)), "real": draw.normal(7, k)}[target]
    loss, grads = model.loss_and_grads(X, y)
    work = Workspace(model, 7, np.empty_like(model.theta))
    work.X[:] = X
    close(work.gradients(y), loss)
    close(work.layers[0].dW, grads["W1"])
    close(work.layers[1].db, grads["b2"])
    theta = model.theta.copy()
    direction = draw.normal(*theta.shape)
    model.theta[:] = theta + 1e-6 * direction
    above = model.loss(X, y)
    model.theta[:] = theta - 1e-6 * direction
    slope = (above - model.loss(X, y)) / 2e-6
    close(slope, np.concatenate([g.ravel() for g in grads.values()]) @ direction, rtol=1e-7)
    assert model.predict(X).shape == model.predict_mean(X).shape == y.shape


def test_parameters_are_windows_into_one_vector():
    model = MLP([3, 5, 2], np.random.default_rng(0))
    assert model.n_parameters == n_parameters([3, 5, 2]) == 3 * 5 + 5 + 5 * 2 + 2 == model.theta.size
    assert list(model.params) == ["W1", "b1", "W2", "b2"]
    model.theta[:] = np.arange(model.n_parameters)
    assert np.concatenate([p.ravel() for p in model.params.values()]).tolist() == list(range(model.n_parameters))
    assert not MLP([3, 5, 2], np.random.default_rng(0)).bs[0].any()


@pytest.mark.parametrize("target", ["categorical", "multilabel", "real"])
def test_float32_stays_float32(target):
    model = MLP([3, 5, 2], np.random.default_rng(0), target=target, dtype=np.float32)
    X, y = Draw(0).normal(7, 3).astype(np.float32), Draw(0).labels(7, 2)
    if target != "categorical":
        y = np.eye(2, dtype=np.int64)[y]
    _, grads = model.loss_and_grads(X, y)
    assert {g.dtype for g in grads.values()} == {model.predict_mean(X).dtype} == {np.dtype(np.float32)}
    Z, cache = mlp_forward(X, model.Ws, model.bs)
    dWs, dbs = mlp_backward(Z, cache)
    assert {a.dtype for a in (Z, *dWs, *dbs)} == {np.dtype(np.float32)}


def test_nothing_that_goes_in_is_changed():
    draw = Draw(0)
    X, (Ws, bs) = draw.normal(5, 3), draw.network([3, 4, 2])
    before = pickle.dumps((X, Ws, bs))
    Z, cache = mlp_forward(X, Ws, bs)
    G = Z.copy()
    mlp_backward(G, cache)
    assert pickle.dumps((X, Ws, bs)) == before
    assert (G == Z).all()
