import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlp_reference import SGD, Adam, Momentum, minibatches, sgd_step
from tests.reference.given import Draw, all_close, few, seeds


@few
@given(seed=seeds, n=st.integers(1, 40), batch_size=st.integers(1, 50))
def test_minibatches_visit_every_example_once(seed, n, batch_size):
    batches = list(minibatches(n, batch_size, np.random.default_rng(seed)))
    assert sorted(np.concatenate(batches).tolist()) == list(range(n))
    assert [len(b) for b in batches[:-1]] == [batch_size] * (len(batches) - 1)
    assert 0 < len(batches[-1]) <= batch_size


def test_minibatches_come_in_a_fresh_order():
    rng = np.random.default_rng(0)
    first, second = (np.concatenate(list(minibatches(50, 7, rng))) for _ in range(2))
    assert (first != second).any()
    assert (first != np.arange(50)).any()
    with pytest.raises(ValueError, match="batch_size = 0"):
        minibatches(5, 0, rng)


SHAPES = [(3, 4), (4,), (7, 2), (1, 1)]


def optimizers():
    return {
        "sgd": (SGD(0.1), torch_like(0.1)),
        "momentum": (Momentum(0.1, 0.8), torch_like(0.1, beta=0.8)),
        "adam": (Adam(0.1, 0.8, 0.95, 1e-3), adam_like(0.1, 0.8, 0.95, 1e-3)),
    }


def torch_like(lr, beta=0.0):
    """Momentum as its unrolled sum: p_t = p_0 - lr * sum over steps of sum_{s <= t} beta**(t - s) g_s."""

    def run(p, gs):
        for t in range(len(gs)):
            p = p - lr * sum(beta ** (t - s) * gs[s] for s in range(t + 1))
        return p

    return run


def adam_like(lr, beta1, beta2, eps):
    """Adam with its means written out as weighted averages of all gradients so far."""

    def run(p, gs):
        for t in range(1, len(gs) + 1):
            w1, w2 = (beta ** np.arange(t)[::-1] for beta in (beta1, beta2))
            m = sum(w * g for w, g in zip(w1, gs[:t], strict=True)) / w1.sum()
            v = sum(w * g**2 for w, g in zip(w2, gs[:t], strict=True)) / w2.sum()
            p = p - lr * m / (np.sqrt(v) + eps)
        return p

    return run


@pytest.mark.parametrize("name", optimizers())
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_optimizers_follow_their_formula_in_place(name, dtype):
    optimizer, expected = optimizers()[name]
    draw = Draw(0)
    params = [draw.normal(*shape).astype(dtype) for shape in SHAPES]
    start, same = [p.copy() for p in params], list(params)
    steps = [[draw.normal(*shape).astype(dtype) for shape in SHAPES] for _ in range(4)]
    kept = [[g.copy() for g in grads] for grads in steps]
    for grads in steps:
        optimizer.step(params, grads)
    assert all(p is q and p.dtype == dtype for p, q in zip(params, same, strict=True))
    for grads, before in zip(steps, kept, strict=True):
        all_close(grads, before, rtol=0, atol=0)  # gradients are read only
    want = [expected(p.astype(float), [g.astype(float) for g in gs]) for p, gs in zip(start, zip(*steps), strict=True)]  # noqa: B905
    all_close(params, want, rtol=1e-9 if dtype == np.float64 else 1e-3, atol=1e-9 if dtype == np.float64 else 1e-4)


def test_sgd_step_is_in_place_and_leaves_gradients_alone():
    params, grads = [np.ones((2, 3)), np.ones(3, np.float32)], [np.full((2, 3), 2.0), np.full(3, 4, np.float32)]
    first, second = params
    assert sgd_step(params, grads, 0.25) is None
    assert (first == 0.5).all()
    assert (second == 0).all()
    assert second.dtype == np.float32
    assert (grads[0] == 2).all()
    with pytest.raises(ValueError, match="shorter"):
        sgd_step(params, grads[:1], 0.1)
