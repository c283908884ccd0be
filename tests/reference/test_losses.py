import math

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st

from mlp_reference import (
    OUTPUTS,
    bce_with_logits,
    huber,
    kl_divergence,
    log_cosh,
    multilabel_xent,
    softmax_xent,
    squared_error,
    wasserstein_1d,
)
from tests.reference.given import Draw, close, few, plain_bce, plain_xent, seeds, sizes


def agrees(loss_and_grad, plain, z):
    loss, dz = loss_and_grad(z)
    assert isinstance(loss, float)
    close(loss, plain(z))
    close(dz, grad(plain)(z))


@few
@given(seed=seeds, n=st.integers(1, 9))
def test_bce_agrees_with_autograd(seed, n):
    draw = Draw(seed)
    z, y = 3 * draw.normal(n), draw.labels(n, 2)
    agrees(lambda z: bce_with_logits(z, y), lambda z: plain_bce(z, y), z)


@few
@given(seed=seeds, shape=sizes(2))
def test_multilabel_is_summed_over_labels_and_averaged_over_rows(seed, shape):
    draw = Draw(seed)
    Z, Y = draw.normal(*shape), draw.rng.integers(0, 2, shape)
    agrees(lambda Z: multilabel_xent(Z, Y), lambda Z: plain_bce(Z, Y), Z)


@few
@given(seed=seeds, shape=sizes(2))
def test_softmax_xent_agrees_with_autograd(seed, shape):
    draw = Draw(seed)
    Z, y = 3 * draw.normal(*shape), draw.labels(*shape)
    agrees(lambda Z: softmax_xent(Z, y), lambda Z: plain_xent(Z, y), Z)


@few
@given(seed=seeds, shape=st.one_of(sizes(1), sizes(2)))
def test_squared_error_agrees_with_autograd(seed, shape):
    draw = Draw(seed)
    Yhat, Y = draw.normal(*shape), draw.normal(*shape)
    agrees(lambda Yhat: squared_error(Yhat, Y), lambda Yhat: anp.sum((Yhat - Y) ** 2) / 2 / len(Y), Yhat)


@few
@given(seed=seeds, delta=st.floats(0.1, 3))
def test_forgiving_losses_agree_with_autograd(seed, delta):
    r = 2 * Draw(seed).normal(5)
    plain = lambda r: anp.sum(anp.where(anp.abs(r) <= delta, r**2 / 2, delta * (anp.abs(r) - delta / 2)))  # noqa: E731
    for (loss, slope), f in ((huber(r, delta), plain), (log_cosh(r), lambda r: anp.sum(anp.log(anp.cosh(r))))):
        close(loss.sum(), f(r))
        close(slope, grad(f)(r))


LABEL_TYPES = [np.float64, np.float32, np.float16, np.int8, np.uint8, np.int64]


@pytest.mark.parametrize("dtype", LABEL_TYPES, ids=lambda t: t.__name__)
@few
@given(seed=seeds, shape=sizes(2))
def test_labels_may_be_whole_numbers_of_any_type(dtype, seed, shape):
    (n, k), draw = shape, Draw(seed)
    Z, y, yes = draw.normal(n, k), draw.labels(n, k), draw.labels(n, 2)
    Y = draw.rng.integers(0, 2, (n, k))
    for loss, z, target in ((softmax_xent, Z, y), (bce_with_logits, Z[:, 0], yes), (multilabel_xent, Z, Y)):
        (got, grad), (expected, right) = loss(z, target.astype(dtype)), loss(z, target)
        assert got == expected
        assert (grad == right).all()


def test_huber_by_hand():
    loss, grad = huber(np.array([-3.0, -2.0, 0.5, 2.0, 5.0]), 2.0)
    assert loss.tolist() == [4, 2, 0.125, 2, 8]
    assert grad.tolist() == [-2, -2, 0.5, 2, 2]
    assert huber(3, 2.0) == (4.0, 2.0)
    with pytest.raises(ValueError, match="delta"):
        huber(np.zeros(2), 0.0)


def test_log_cosh_neither_overflows_nor_vanishes():
    loss, grad = log_cosh(np.array([0.0, 1e-3, -1e4, 1e300]))
    close(loss, [0, 0.5e-6, 1e4 - math.log(2), 1e300], rtol=1e-6)
    close(grad, [0, 1e-3, -1, 1], rtol=1e-6)


@pytest.mark.parametrize(("dtype", "big"), [(np.float64, 1e4), (np.float32, 1e2)])
def test_huge_logits_give_exact_losses_without_warnings(dtype, big):
    z, y = np.array([big, -big, big, -big], dtype), np.array([1, 0, 0, 1])
    loss, dz = bce_with_logits(z, y)
    assert loss == big / 2
    close(dz, np.array([0, 0, 0.25, -0.25], dtype), atol=1e-30)
    Z = np.array([[big, 0, -big], [-big, big, 0]], dtype)
    loss, dZ = softmax_xent(Z, np.array([2, 1]))
    assert loss == big
    close(dZ, np.array([[0.5, 0, -0.5], [0, 0, 0]], dtype), atol=1e-30)
    loss, dZ = multilabel_xent(Z, np.array([[0, 0, 0], [0, 1, 1]]))
    close(loss, (big + 2 * math.log(2)) / 2, rtol=1e-6)
    assert np.isfinite(dZ).all()


def test_dtype_and_inputs_are_kept():
    Z, Y = np.ones((3, 2), np.float32), np.array([[0, 1], [1, 0], [1, 1]])
    y = Y[:, 0].copy()
    for loss, target in [(softmax_xent, y), (multilabel_xent, Y), (squared_error, Y)]:
        assert loss(Z, target)[1].dtype == np.float32, loss
    assert bce_with_logits(Z[:, 0], y)[1].dtype == np.float32
    assert [a.dtype for a in huber(Z, 0.5) + log_cosh(Z)] == [np.float32] * 4
    assert (Z == 1).all()
    assert y.tolist() == [0, 1, 1]
    assert softmax_xent(Z.astype(int), y)[0] == pytest.approx(math.log(2))


@few
@given(seed=seeds, k=st.integers(1, 9))
def test_kl_divergence(seed, k):
    p, q = Draw(seed).rng.dirichlet(np.ones(k), 2) + 1e-9
    close(kl_divergence(p, q), np.sum(p * np.log(p / q)), atol=1e-12)
    close(kl_divergence(p, p), 0, atol=1e-15)


def test_kl_divergence_at_zeros():
    half, sure = np.array([0.5, 0.5]), np.array([1, 0])
    assert kl_divergence(sure, half) == pytest.approx(math.log(2))
    assert kl_divergence(half, sure) == math.inf
    with pytest.raises(ValueError, match=r"-0\.5"):
        kl_divergence(half, np.array([1.5, -0.5]))


@few
@given(seed=seeds, n=st.integers(1, 9))
def test_wasserstein(seed, n):
    draw = Draw(seed)
    x, y = draw.normal(n), draw.normal(n)
    close(wasserstein_1d(x, y), wasserstein_1d(y[::-1], x))
    close(wasserstein_1d(x, x + 3), 3)


def test_wasserstein_is_the_cheapest_of_all_matchings():
    from itertools import permutations

    x, y = Draw(3).normal(5), Draw(4).normal(5)
    close(wasserstein_1d(x, y), min(np.abs(x - y[list(p)]).mean() for p in permutations(range(5))))


@pytest.mark.parametrize("target", OUTPUTS)
def test_the_table_gives_a_loss_whose_gradient_is_mean_minus_target(target):
    """The reason for the table: with its own output layer every loss has the gradient (prediction - target) / n."""
    draw = Draw(1)
    Z = draw.normal(5, 1 if target == "binary" else 3)
    y = {"binary": draw.labels(5, 2), "categorical": draw.labels(5, 3),
         "multilabel": draw.rng.integers(0, 2, (5, 3)), "real": draw.normal(5, 3)}[target]  # fmt: skip
    output = OUTPUTS[target]
    loss, dZ = output.loss(Z, y)
    as_mean = np.eye(3)[y] if target == "categorical" else y
    close(dZ, ((output.mean(Z) - as_mean) / 5).reshape(Z.shape))
    assert loss > 0
    assert output.decide(Z).shape == y.shape
    if target != "real":
        assert output.loss(40 * (2 * output.decide(Z) - 1.0).reshape(5, -1) if target != "categorical"
                           else 40 * np.eye(3)[output.decide(Z)], output.decide(Z))[0] < 1e-15  # fmt: skip
