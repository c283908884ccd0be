import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st

from mlp_reference import (
    affine,
    affine_backward,
    affine_forward,
    collapse_linear,
    elementwise,
    fit_logistic,
    layer_norm,
    layer_norm_backward,
    two_layer_forward,
    two_layer_grads,
    xor_features,
)
from mlp_reference.data import xor_clusters, xor_corners
from tests.reference.given import PLAIN, Draw, all_close, close, few, plain_bce, plain_xent, seeds, sizes


@few
@given(seed=seeds, shape=sizes(3))
def test_affine_gradients_agree_with_autograd(seed, shape):
    draw, (n, d, h) = Draw(seed), shape
    X, W, b, G = draw.normal(n, d), draw.normal(d, h), draw.normal(h), draw.normal(n, h)
    Z, cache = affine_forward(X, W, b)
    close(Z, X @ W + b)
    expected = [grad(lambda *a: anp.sum(G * (anp.dot(a[0], a[1]) + a[2])), i)(X, W, b) for i in range(3)]
    all_close(affine_backward(G, cache), expected)
    all_close(affine(X, W, b)[1](G), expected)


@few
@given(seed=seeds, shape=sizes(2))
def test_layer_norm_and_its_gradients_agree_with_autograd(seed, shape):
    draw, (n, d) = Draw(seed), shape
    Z, gain, bias, G = draw.normal(n, d), draw.normal(d), draw.normal(d), draw.normal(n, d)

    def plain(Z, gain, bias):
        centred = Z - anp.mean(Z, axis=1, keepdims=True)
        return gain * centred / anp.sqrt(anp.mean(centred**2, axis=1, keepdims=True) + 0.1) + bias

    out, cache = layer_norm(Z, gain, bias, 0.1)
    close(out, plain(Z, gain, bias))
    expected = [grad(lambda *a: anp.sum(G * plain(*a)), i)(Z, gain, bias) for i in range(3)]
    all_close(layer_norm_backward(G, cache), expected)


@pytest.mark.parametrize("name", PLAIN)
def test_elementwise_layers_multiply_by_the_derivative(name):
    Z, G = Draw(0).normal(4, 3), Draw(1).normal(4, 3)
    H, backward = elementwise(name, Z)
    close(H, PLAIN[name](Z), atol=1e-14)
    close(backward(G), grad(lambda Z: anp.sum(G * PLAIN[name](Z)))(Z))


def test_float32_stays_float32():
    X, W, b = (Draw(0).normal(*s).astype(np.float32) for s in [(5, 3), (3, 2), (2,)])
    Z, cache = affine_forward(X, W, b)
    assert {a.dtype for a in (Z, *affine_backward(Z, cache))} == {np.dtype(np.float32)}
    assert two_layer_forward(X, W, b, W.T.copy(), X[0]).dtype == np.float32
    assert xor_features(X[:, :2]).dtype == np.float32


@few
@given(seed=seeds, shape=sizes(4))
def test_two_layer_grads_agree_with_autograd(seed, shape):
    draw, (n, d, h, k) = Draw(seed), shape
    X, y, W1, W2 = draw.normal(n, d), draw.labels(n, k), draw.normal(d, h), draw.normal(h, k)
    plain = lambda W1, W2: plain_xent(anp.dot(PLAIN["sigmoid"](anp.dot(X, W1)), W2), y)  # noqa: E731
    loss, *grads = two_layer_grads(X, y, W1, W2)
    close(loss, plain(W1, W2))
    all_close(grads, [grad(plain, i)(W1, W2) for i in (0, 1)])


@few
@given(seed=seeds, widths=sizes(5), n=st.integers(1, 5))
def test_a_linear_stack_collapses(seed, widths, n):
    draw = Draw(seed)
    X, (Ws, bs) = draw.normal(n, widths[0]), draw.network(widths)
    out = X
    for W, b in zip(Ws, bs, strict=True):
        out = out @ W + b
    W, b = collapse_linear(Ws, bs)
    close(X @ W + b, out, atol=1e-9)
    before = Ws[0].copy()
    alone, _ = collapse_linear(Ws[:1], bs[:1])
    alone += 1  # what comes back is no window into what went in
    assert (Ws[0] == before).all()


def test_two_layer_forward_uses_both_biases():
    draw = Draw(2)
    X, (Ws, bs) = draw.normal(5, 3), draw.network([3, 4, 2])
    close(two_layer_forward(X, Ws[0], bs[0], Ws[1], bs[1]), PLAIN["sigmoid"](X @ Ws[0] + bs[0]) @ Ws[1] + bs[1])


def test_features_by_hand_make_the_exclusive_or_linear():
    X, y = xor_clusters(200, np.random.default_rng(0))
    w, b, losses = fit_logistic(xor_features(X), y, lr=2.0, steps=500)
    assert ((xor_features(X) @ w + b > 0) == y).all()
    assert losses[0] == pytest.approx(np.log(2))
    assert all(np.diff(losses) < 0)
    w, b, _ = fit_logistic(X, y, lr=0.1, steps=200)  # on the raw coordinates a line gets at most 3 of 4 corners
    assert ((X @ w + b > 0) == y).mean() < 0.8


def test_xor_features_by_hand():
    X, _ = xor_corners()
    e = [1 / (1 + np.exp(-t)) for t in (5, 6, 7, 4, 3)]
    close(xor_features(X.astype(int)), [[e[0], e[0]], [e[1], e[3]], [e[1], e[3]], [e[2], e[4]]])


def test_fit_logistic_takes_each_loss_before_its_step():
    draw = Draw(5)
    Phi, y = draw.normal(7, 3), draw.labels(7, 2)
    w, b, losses = fit_logistic(Phi, y, lr=0.5, steps=2)
    loss = lambda w, b: plain_bce(anp.dot(Phi, w) + b, y)  # noqa: E731
    v, c, expected = np.zeros(3), 0.0, []
    for _ in range(2):
        expected.append(loss(v, c))
        v, c = v - 0.5 * grad(loss, 0)(v, c), c - 0.5 * grad(loss, 1)(v, c)
    close(losses, expected)
    close(w, v)
    close(b, c)
    assert fit_logistic(Phi, y, lr=0.5, steps=0)[2] == []
