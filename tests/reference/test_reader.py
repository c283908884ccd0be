"""The deep reader of notebook 08: rows in common, gradients against differences, and a training that reads."""

import numpy as np
import pytest

from mlp_reference import data, findings, leaked_rows, reader, reader_grads, rescue, worst_gradient


def test_rows_in_common():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(20, 4))
    test = np.concatenate([rng.normal(size=(3, 4)), X[[7, 7]], X[[2]] + 1e-12, X[[0]]])
    assert leaked_rows(X, test).tolist() == [3, 4, 6]
    assert leaked_rows(X, test[:3]).shape == (0,)


def test_the_gradients_are_those_of_the_loss():
    rng = np.random.default_rng(0)
    shapes = [(3, 5), (5, 4), (4, 3)]
    X, y = rng.normal(size=(6, 3)), rng.integers(3, size=6)
    params = {f"W{l}": rng.normal(size=s) for l, s in enumerate(shapes)} | {
        f"b{l}": rng.normal(size=s[1]) for l, s in enumerate(shapes)
    }
    split = lambda p: ([p[f"W{l}"] for l in range(3)], [p[f"b{l}"] for l in range(3)])  # noqa: E731
    _, dWs, dbs = reader_grads(X, y, *split(params))
    grads = {f"W{l}": g for l, g in enumerate(dWs)} | {f"b{l}": g for l, g in enumerate(dbs)}
    assert worst_gradient(lambda p: reader_grads(X, y, *split(p))[0], params, grads) is None


def test_large_logits_stay_finite():
    loss, dWs, _ = reader_grads(np.ones((2, 1)), np.array([0, 1]), [np.array([[1e5, 0.0]])], [np.zeros(2)])
    assert loss == 5e4
    assert np.isfinite(dWs[0]).all()


def test_every_finding_is_one_of_the_words():
    assert set(findings().values()) <= set(reader.FAULTS)
    assert sorted(findings().values()).count("right") == 3
    assert len(set(findings().values())) == 6


@pytest.mark.slow
def test_thirty_layers_read():
    images, labels = data.digits()
    keep = labels < 2
    (X, y), (X_new, y_new) = data.split((images[keep], labels[keep]), np.random.default_rng(0), 0.5)
    sizes = [64, *[20] * 29, 2]
    Ws, bs = rescue(X, y, sizes, np.random.default_rng(0))
    H = X_new
    for W, b in zip(Ws, bs, strict=True):
        Z = H @ W + b
        H = np.tanh(Z)
    assert len(Ws) == 30
    assert (Z.argmax(axis=1) == y_new).mean() > 0.9
