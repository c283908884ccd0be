import tracemalloc
import warnings

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from mlp_reference import MLP, SGD, Adam, Momentum, data, fast, fit, init_weights, mlp_forward, sgd_step, train
from mlp_reference.fast import Workspace
from mlp_reference.fast.memory import CACHE_LINE, aligned
from mlp_reference.fast.training import Epochs
from tests.reference.given import Draw, all_close, close


@pytest.fixture(scope="module")
def digits():
    return data.split(data.digits(), np.random.default_rng(0))


@pytest.mark.slow
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_digits_are_learned(digits, dtype, no_shape_checks):
    (X, y), (X_test, y_test) = digits
    Ws, bs, losses = train(X.astype(dtype), y, [64, 64, 10], 40, 32, 0.1, np.random.default_rng(0))
    Z, _ = mlp_forward(X_test.astype(dtype), Ws, bs)
    assert (Z.argmax(axis=1) == y_test).mean() >= 0.96
    assert len(losses) == 40
    assert losses[-1] < 0.15 < 1.0 < losses[0]
    assert {a.dtype for a in Ws + bs} == {np.dtype(dtype)}


TARGETS = {
    "binary": lambda draw, n: draw.labels(n, 2),
    "categorical": lambda draw, n: draw.labels(n, 3).astype(np.float64),
    "multilabel": lambda draw, n: draw.rng.integers(0, 2, (n, 3)),
    "real": lambda draw, n: draw.normal(n, 3),
}


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("optimizer", [SGD, Momentum, Adam])
@pytest.mark.parametrize("target", TARGETS)
def test_the_fast_training_is_the_plain_one(target, optimizer, dtype):
    """Loss by loss and weight by weight, with a shorter last batch, a validation and every kind of layer."""
    draw, k = Draw(2), 1 if target == "binary" else 3
    X, y = draw.normal(23, 4).astype(dtype), TARGETS[target](draw, 23)
    theta = draw.normal(MLP([4, 5, 4, 3, 2, 5, k], draw.rng).n_parameters)
    names = ["relu", "tanh", "gelu", "sigmoid", "elu", "identity"]
    runs = []
    for run in (fit, fast.fit):
        model = MLP([4, 5, 4, 3, 2, 5, k], np.random.default_rng(0), activations=names, target=target, dtype=dtype)
        model.theta[:] = theta
        history = run(model, X, y, optimizer(0.05), epochs=4, batch_size=8, rng=np.random.default_rng(1),
                      validation=(X[:9], y[:9]))  # fmt: skip
        runs.append((history, model.theta))
    (plain, expected), (quick, got) = runs
    tolerance = {"rtol": 1e-8, "atol": 1e-10} if dtype == np.float64 else {"rtol": 1e-3, "atol": 1e-4}
    close(got, expected, **tolerance)
    close(quick.losses, plain.losses, **tolerance)
    close(quick.validation, plain.validation, **tolerance)
    assert quick.best_epoch == plain.best_epoch


def test_train_is_the_plain_loop_step_by_step():
    """He weights by layer, then per epoch a fresh order; the loss of an epoch weighs every example alike."""
    draw = Draw(0)
    X, y = draw.normal(23, 3), draw.labels(23, 4)
    Ws, bs, losses = train(X, y, [3, 5, 4], 3, 10, 0.2, np.random.default_rng(7))

    rng = np.random.default_rng(7)
    model = MLP([3, 5, 4], np.random.default_rng(0))
    for W in model.Ws:
        W[:] = init_weights(*W.shape, "he", rng)
    expected = []
    for _ in range(3):
        order, total = rng.permutation(23), 0.0
        for rows in (order[:10], order[10:20], order[20:]):
            loss, grads = model.loss_and_grads(X[rows], y[rows])
            total += loss * len(rows)
            sgd_step(list(model.params.values()), list(grads.values()), 0.2)
        expected.append(total / 23)
    close(losses, expected)
    all_close(Ws + bs, model.Ws + model.bs)


@pytest.mark.parametrize("hidden", ["relu", "tanh", "logistic", "identity"])
def test_training_parity_with_scikit_learn(hidden):
    """The same start, the same batches, plain SGD: the same weights after 50 steps."""
    draw, n, batch = Draw(1), 100, 20
    X, y = draw.normal(n, 7), draw.labels(n, 4)
    names = {"logistic": "sigmoid"}
    model = MLP([7, 9, 5, 4], np.random.default_rng(3), activations=names.get(hidden, hidden))
    model.theta[:] = 0.5 * draw.normal(model.n_parameters)

    peer = MLPClassifier((9, 5), activation=hidden, solver="sgd", alpha=0.0, batch_size=batch, learning_rate_init=0.3,
                         momentum=0.0, nesterovs_momentum=False, shuffle=False, max_iter=1)  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one epoch does not converge
        peer.fit(X, y)
        peer.coefs_, peer.intercepts_ = [W.copy() for W in model.Ws], [b.copy() for b in model.bs]
        peer._optimizer.params = peer.coefs_ + peer.intercepts_
        for _ in range(10):  # ten epochs of five batches
            peer.partial_fit(X, y)

    class InOrder(np.random.Generator):
        def permutation(self, n):
            return np.arange(n)

    epoch = Epochs()
    for _ in range(10):
        loss = epoch(model, X, y, SGD(0.3), batch, InOrder(np.random.PCG64()))
    all_close(model.Ws, peer.coefs_, rtol=1e-8, atol=1e-10)
    all_close(model.bs, peer.intercepts_, rtol=1e-8, atol=1e-10)
    close(loss, peer.loss_, rtol=1e-8)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("optimizer", "sample"),
    [(SGD(0.5), "moons"), (Momentum(0.1), "circles"), (Adam(0.02), "spiral"), (SGD(0.5), "xor_clusters")],
)
def test_every_optimizer_learns_the_plane(optimizer, sample):
    X, y = getattr(data, sample)(300, np.random.default_rng(0))
    X = X / abs(X).max()
    model = MLP([2, 32, 32, 3], np.random.default_rng(0))
    history = fast.fit(model, X, y, optimizer, epochs=100, batch_size=32, rng=np.random.default_rng(0))
    assert history.losses[-1] < 0.25 * history.losses[0]
    assert (model.predict(X) == y).mean() > 0.95


def test_a_real_target_is_learned():
    rng = np.random.default_rng(0)
    X = rng.uniform(0, 2 * np.pi, (200, 1))
    model = MLP([1, 32, 1], np.random.default_rng(1), activations="tanh", target="real")
    fast.fit(model, X / 3, np.sin(X), Adam(0.05), epochs=200, batch_size=50, rng=rng)
    assert np.abs(model.predict(X / 3) - np.sin(X)).max() < 0.15


def overfit(patience, epochs=60):
    """Far too large a network for labels that are half noise."""
    rng = np.random.default_rng(0)
    X, y = data.blobs(60, rng, gap=0.5, spread=1.0)
    model = MLP([2, 64, 64, 2], rng)
    history = fast.fit(model, X[:30], y[:30], Adam(0.01), epochs=epochs, batch_size=10, rng=rng,
                       validation=(X[30:], y[30:]), patience=patience)  # fmt: skip
    return model, history, (X[30:], y[30:])


def test_early_stopping_keeps_the_best_and_saves_the_rest():
    model, history, validation = overfit(patience=5)
    best = int(np.argmin(history.validation))
    assert history.best_epoch == best
    assert len(history.validation) == len(history.losses) == best + 1 + 5 < 60
    close(model.loss(*validation), history.validation[best])


def test_without_patience_all_epochs_run_and_the_best_is_kept():
    model, history, validation = overfit(patience=None)
    assert len(history.losses) == 60
    close(model.loss(*validation), min(history.validation))
    assert history.validation[-1] > min(history.validation)


def test_without_validation_data_the_last_epoch_is_kept():
    X, y = data.blobs(40, np.random.default_rng(0))
    model = MLP([2, 4, 2], np.random.default_rng(0))
    history = fit(model, X, y, SGD(0.1), epochs=3, batch_size=64, rng=np.random.default_rng(0))
    assert (history.validation, history.best_epoch) == ([], None)
    assert model.loss(X, y) < history.losses[-1]  # one batch an epoch: the loss before the last step


def test_the_data_are_left_alone_and_may_lie_in_any_order():
    X, y = data.blobs(40, np.random.default_rng(0))
    before = X.copy()
    strided = np.asfortranarray(X)
    one = train(X, y, [2, 4, 2], 3, 7, 0.1, np.random.default_rng(0))
    two = train(strided, y, [2, 4, 2], 3, 7, 0.1, np.random.default_rng(0))
    all_close(one[0], two[0], rtol=0, atol=0)
    assert (before == X).all()
    ints = train((10 * X).astype(int), y.astype(np.uint8), [2, 4, 2], 3, 7, 0.01, np.random.default_rng(0))
    assert ints[0][0].dtype == np.float64


@pytest.mark.parametrize(("dtype", "big"), [(np.float64, 1e4), (np.float32, 1e2)])
def test_buffers_are_as_stable_as_the_plain_loss(dtype, big):
    model = MLP([2, 3], np.random.default_rng(0), dtype=dtype)
    model.theta[:] = 0
    model.bs[0][:] = [big, 0, -big]
    work = Workspace(model, 2, np.empty_like(model.theta))
    work.X[:] = 1
    assert work.gradients(np.array([2, 0])) == big  # the mean of 2 big and 0
    close(work.layers[0].db, np.array([0.5, 0, -0.5], dtype))


@pytest.mark.parametrize("target", ["categorical", "real"])
def test_a_step_in_buffers_goes_back_through_the_old_weights(target):
    """The layers are moved on the way back, yet each gradient is the one from before the step."""
    model = MLP([3, 5, 4, 2], np.random.default_rng(0), activations=["relu", "tanh", "identity"], target=target)
    X, y = Draw(0).normal(7, 3), Draw(0).labels(7, 2) if target == "categorical" else Draw(1).normal(7, 2)
    model.theta[:] = Draw(2).normal(model.n_parameters)
    loss, grads = model.loss_and_grads(X, y)
    gradient = np.concatenate([g.ravel() for g in grads.values()])
    expected = model.theta - 0.3 * gradient
    work = Workspace(model, 7, np.empty_like(model.theta))
    work.X[:] = X
    close(work.sgd_step(y, 0.3), loss)
    close(model.theta, expected)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(1,), (17,), (128, 512), (3, 5)])
def test_aligned_arrays_are_zeros_that_begin_on_a_cache_line(dtype, shape):
    a = aligned(shape, dtype)
    assert (a.shape, a.dtype, a.ctypes.data % CACHE_LINE) == (shape, dtype, 0)
    assert a.flags.c_contiguous and a.flags.writeable
    assert not a.any()


def test_a_step_allocates_almost_nothing(no_shape_checks):
    model = MLP([200, 300, 10], np.random.default_rng(0), dtype=np.float32)
    X, y = Draw(0).normal(128, 200).astype(np.float32), Draw(0).labels(128, 10)
    epoch, sgd = Epochs(), SGD(0.1)
    epoch(model, X, y, sgd, 64, np.random.default_rng(0))
    tracemalloc.start()
    epoch(model, X, y, sgd, 64, np.random.default_rng(0))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000  # NumPy's own buffer for mixed types is 32,768 bytes, the gradients alone are 250,000
