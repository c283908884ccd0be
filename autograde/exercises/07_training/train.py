"""Exercise 7.8: weights, epochs, batches, steps, losses; everything from the course in one function."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.batches import in_whole
from autograde.exercises.support.drawing import Rng, eighths
from autograde.exercises.support.seen import RIGHT, digits_split, train_seen
from autograde.exercises.support.families import exchanged
from mlp_reference.fast import training
from mlp_reference.mlp import MLP
from mlp_reference.optimize import SGD


def _train(X, y, sizes, epochs, batch_size, lr, rng):
    """``mlp_reference.training.train`` in buffers: the digits take their time."""
    model = MLP(sizes, rng, scheme="he", dtype=X.dtype if X.dtype.kind == "f" else np.float64)
    options = {"epochs": epochs, "batch_size": batch_size, "rng": rng, "progress": False}
    return model.Ws, model.bs, training.fit(model, X, y, SGD(lr), **options).losses


def _task(rng: Rng, n: int, sizes: list[int], epochs: int, batch_size: int, lr: float) -> Arguments:
    """The largest label does not occur: the number of classes is the last of ``sizes``."""
    y = rng.permutation(np.arange(n) % (sizes[-1] - 1))
    return eighths(rng, n, sizes[0]) / 2, y, sizes, epochs, batch_size, lr, rng


def _one_step(rng: Rng) -> Arguments:
    return _task(rng, 7, [3, 8, 4], 1, int(rng.choice([7, 9])), float(rng.choice([0.25, 0.5])))


def _epochs(rng: Rng) -> Arguments:
    return _task(rng, 7, [3, 8, 4], 3, 7, 0.25)


def _whole_without_0(rng: Rng) -> Arguments:
    X, y, *rest = in_whole(_one_step)(rng)
    return 4 * X, y % 2 + 1, *rest


def _single_precision(rng: Rng) -> Arguments:
    X, *rest = _epochs(rng)
    return X.astype(np.float32), *rest


def _large(rng: Rng) -> Arguments:
    X, y, sizes, *_ = _task(rng, 5, [3, 8, 4], 1, 5, 0.0)
    return 4e4 * X, y, sizes, 1, 5, 1e-9, rng


def _large_alike(rng: Rng) -> Arguments:
    """No row has logits far below those of another."""
    X, *rest = _large(rng)
    return np.repeat(X[:1], len(X), axis=0), *rest


def _shorter_batch(rng: Rng) -> Arguments:
    n, size = ((3, 2), (4, 3))[int(rng.integers(2))]
    return _task(rng, n, [3, 8, 3], 1, size, 0.5)


def _digits(rng: Rng) -> Arguments:
    X, y = digits_split()[0]
    return X, y, [64, 64, 10], 40, 32, 0.1, rng


exercise = Exercise(
    reference=_train,
    probe=train_seen,
    changes=("rng",),
    outputs=tuple(RIGHT),
    patience=6.0,
    families=[exchanged("Ws", "bs", "losses")],
    cases=[
        Case(
            "one batch with all examples: one step",
            [_one_step, lambda rng: _task(rng, 9, [2, 9, 7, 5, 3], 1, 9, 0.125), _whole_without_0, lambda rng: _task(rng, 4, 4 * [4], 1, 4, 0.125)],
            times=6,
        ),
        Case("He weights, zero biases", [lambda rng: _task(rng, 3, [20, 60, 16, 64], 1, 3, 0.0625)], times=2),
        Case(
            "several epochs, single precision, no hidden layer",
            [_epochs, _single_precision, lambda rng: _task(rng, 5, [4, 3], 2, 8, 0.5), lambda rng: _task(rng, 7, [3, 8, 4], 9, 7, 0.25)],
            times=4,
        ),
        Case("logits of many thousands", [_large, _large_alike], times=2),
        Case("a last batch that is shorter", [_shorter_batch], times=4),
        Case("a fresh random order in each epoch", [lambda rng: _task(rng, 3, [3, 8, 3], 2, 1, 0.5)], times=1),
        Case("scikit-learn's digits: at least 0.96", [_digits], times=1, weight=2.0),
    ],
)

# %% hints
# 1. Write it in the order in which it happens: draw weights; for each epoch an order; for each batch of it forward,
#    loss, backward, step; after each epoch one number for `losses`. Most of these you have as functions from earlier
#    notebooks: copy them into the cell.
# 2. In the innermost loop: `Z, cache = mlp_forward(X[rows], Ws, bs)`, `loss, dZ = softmax_xent(Z, y[rows])`, `dWs,
#    dbs = mlp_backward(dZ, cache)`, `sgd_step(Ws + bs, dWs + dbs, lr)`. `Ws + bs` is a new list of the same arrays.
# 3. `total += loss * len(rows)` after each batch, `losses.append(total / len(X))` after each epoch. W starts as
#    `rng.normal(0, np.sqrt(2 / d_in), (d_in, d_out))`, b as `np.zeros(d_out)`, for d_in, d_out in zip(sizes[:-1],
#    sizes[1:]).

# %% elegant
# Everything of the course in one function: He's weights, a fresh order, forward, loss, backward, step. G is handed
# down before the layer's weights are changed, so each gradient belongs to the same weights.

# %% right
def train(X, y, sizes, epochs, batch_size, lr, rng):
    Ws = []
    bs = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        Ws.append(np.sqrt(2 / d_in) * rng.standard_normal((d_in, d_out)))
        bs.append(np.zeros(d_out))
    last = len(Ws) - 1
    losses = []
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        total = 0.0
        for start in range(0, len(X), batch_size):
            rows = order[start:start + batch_size]
            m = len(rows)
            H = [X[rows]]
            for l in range(len(Ws)):
                Z = H[l] @ Ws[l] + bs[l]
                H.append(np.maximum(Z, 0) if l < last else Z)
            Z = H[-1] - H[-1].max(axis=1, keepdims=True)
            E = np.exp(Z)
            S = E.sum(axis=1, keepdims=True)
            loss = np.mean(np.log(S[:, 0]) - Z[np.arange(m), y[rows]])
            G = E / S
            G[np.arange(m), y[rows]] -= 1
            G = G / m
            total += loss * m
            for l in reversed(range(len(Ws))):
                dW = H[l].T @ G
                db = G.sum(axis=0)
                if l > 0:
                    G = (G @ Ws[l].T) * (H[l] > 0)
                Ws[l] = Ws[l] - lr * dW
                bs[l] = bs[l] - lr * db
        losses.append(total / len(X))
    return Ws, bs, losses

# %% right
def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start:start + batch_size]

def softmax_xent(Z, y):
    n = len(Z)
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    dZ = np.exp(log_p)
    dZ[np.arange(n), y] -= 1
    return -log_p[np.arange(n), y].mean(), dZ / n

def mlp_forward(X, Ws, bs):
    cache = []
    for l, (W, b) in enumerate(zip(Ws, bs)):
        cache.append((X, W))
        X = X @ W + b
        if l + 1 < len(Ws):
            X = np.maximum(X, 0)
    return X, cache

def mlp_backward(G, cache):
    dWs, dbs = [], []
    for H, W in cache[::-1]:
        dWs.insert(0, H.T @ G)
        dbs.insert(0, G.sum(axis=0))
        G = (G @ W.T) * (H > 0)
    return dWs, dbs

def sgd_step(params, grads, lr):
    for p, g in zip(params, grads):
        p -= lr * g

def train(X, y, sizes, epochs, batch_size, lr, rng):
    Ws = [rng.normal(0, np.sqrt(2 / a), (a, b)) for a, b in zip(sizes, sizes[1:])]
    bs = [np.zeros(b) for b in sizes[1:]]
    losses = []
    for _ in range(epochs):
        total = 0
        for rows in minibatches(len(X), batch_size, rng):
            Z, cache = mlp_forward(X[rows], Ws, bs)
            loss, dZ = softmax_xent(Z, y[rows])
            dWs, dbs = mlp_backward(dZ, cache)
            sgd_step(Ws + bs, dWs + dbs, lr)
            total += loss * len(rows)
        losses.append(total / len(X))
    return Ws, bs, losses

# %% right
# biases as a last row of each matrix, orders drawn beforehand, losses example by example
def train(X, y, sizes, epochs, batch_size, lr, rng):
    n = X.shape[0]
    orders = [rng.permutation(n) for _ in range(epochs)]
    layers = []
    for a, b in zip(sizes[:-1], sizes[1:]):
        layers.append(np.vstack([rng.standard_normal((a, b)) * (2 / a) ** 0.5, np.zeros((1, b))]))
    seen = np.zeros((epochs, n))
    for e, order in enumerate(orders):
        for s in range(0, n, batch_size):
            rows = order[s:s + batch_size]
            m, A, kept = len(rows), X[rows].astype(float), []
            for l, V in enumerate(layers):
                A = np.hstack([A, np.ones((m, 1))])
                kept.append(A)
                A = A @ V
                if l < len(layers) - 1:
                    A = A * (A > 0)
            top = A.max(axis=1)
            logs = top + np.log(np.exp(A - top[:, None]).sum(axis=1))
            seen[e, rows] = logs - A[np.arange(m), y[rows]]
            G = (np.exp(A - logs[:, None]) - np.eye(sizes[-1])[y[rows]]) / m
            steps = []
            for l in range(len(layers) - 1, -1, -1):
                steps.append((l, kept[l].T @ G))
                if l:
                    G = (G @ layers[l][:-1].T) * (kept[l][:, :-1] > 0)
            for l, step in steps:
                layers[l] = layers[l] - lr * step
    return [V[:-1] for V in layers], [V[-1] for V in layers], seen.mean(axis=1)

# %% right
# uniform He weights, momentum-free optimizer object, tuples
class Net:
    def __init__(self, sizes, rng):
        self.W = [rng.uniform(-1, 1, (a, b)) * np.sqrt(6 / a) for a, b in zip(sizes[:-1], sizes[1:])]
        self.b = [np.zeros((1, b)) for b in sizes[1:]]

    def loss_and_grads(self, X, y):
        hs, zs = [X], []
        for W, b in zip(self.W, self.b):
            zs.append(np.einsum("ni,ij->nj", hs[-1], W) + b)
            hs.append(np.where(zs[-1] > 0, zs[-1], 0))
        z = zs[-1] - zs[-1].max(1, keepdims=True)
        p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
        onehot = np.arange(p.shape[1]) == y[:, None]
        loss = (np.log(np.exp(z).sum(1)) - z[onehot]).mean()
        g, grads = (p - onehot) / len(y), []
        for l in reversed(range(len(self.W))):
            grads.append((np.einsum("ni,nj->ij", hs[l], g), g.sum(0, keepdims=True)))
            if l > 0:
                g = np.einsum("nj,ij->ni", g, self.W[l]) * (zs[l - 1] > 0)
        return loss, grads[::-1]

def train(X, y, sizes, epochs, batch_size, lr, rng):
    net, history = Net(sizes, rng), []
    for epoch in range(epochs):
        order = np.arange(len(X))
        rng.shuffle(order)
        losses, weights = [], []
        for rows in np.split(order, np.arange(batch_size, len(X), batch_size)):
            loss, grads = net.loss_and_grads(X[rows], y[rows])
            losses.append(loss)
            weights.append(len(rows))
            for l, (dW, db) in enumerate(grads):
                net.W[l] -= lr * dW
                net.b[l] -= lr * db
        history.append(np.average(losses, weights=weights))
    return tuple(net.W), tuple(b[0] for b in net.b), tuple(history)
