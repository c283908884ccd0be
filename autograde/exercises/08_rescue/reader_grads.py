"""Exercise 8.3: loss and gradients of the deep tanh reader, with every fault of the colleague's mended."""

from collections.abc import Sequence

import numpy as np

from autograde.exercises.support.batches import Maker, few_labels, in_single, labels, odd_sizes
from autograde.exercises.support.drawing import Rng, eighths
from autograde.exercises.support.families import exchanged
from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.variants import each_whole, whole_but, with_zeros
from mlp_reference import reader


def _task(rng: Rng, n: int, sizes: Sequence[int], spread: float = 1.5) -> Arguments:
    """Values of tanh on both of its sides and on its bend; not all labels occur."""
    pairs = list(zip(sizes[:-1], sizes[1:], strict=True))
    Ws = [rng.normal(0, spread / np.sqrt(d_in), (d_in, d_out)) for d_in, d_out in pairs]
    return eighths(rng, n, sizes[0]) / 2, labels(rng, n, sizes[-1]), Ws, [eighths(rng, d) / 8 for _, d in pairs]


def _any(layers: int) -> Maker:
    def made(rng: Rng) -> Arguments:
        n, *sizes = odd_sizes(rng, layers + 2)
        return _task(rng, n, sizes)

    return made


def _thirty(rng: Rng) -> Arguments:
    return _task(rng, 6, [5, *[4] * 29, 3], 1.2)


def _large(rng: Rng) -> Arguments:
    """Logits of many thousands, and hidden values away from the ends of tanh."""
    X, y, Ws, bs = _any(3)(rng)
    return X, y, [*Ws[:-1], 1e4 * Ws[-1]], bs


def _sure(rng: Rng) -> Arguments:
    """Logits of hundreds: the probability of the right class is below what a computer holds beside 1."""
    X, y, Ws, bs = _any(2)(rng)
    return X, y, [*Ws[:-1], 300 * Ws[-1]], bs


def _half_of_the_classes(rng: Rng) -> Arguments:
    X, _, Ws, bs = _task(rng, 5, [3, 4, 6])
    return X, few_labels(rng, 5, 6), Ws, bs


def _shared(rng: Rng) -> Arguments:
    """One matrix in three layers: each use has a gradient of its own. More inputs than examples."""
    X, y, Ws, bs = _task(rng, 3, [4, 4, 4, 4])
    return X, y, 3 * Ws[:1], bs


def _one_class(rng: Rng) -> Arguments:
    return _task(rng, 4, [3, 5, 1])


def _whole(rng: Rng) -> Arguments:
    """Whole numbers, and a single input."""
    X, y, Ws, bs = _task(rng, 5, [1, 4, 3])
    return np.round(8 * X).astype(np.int64), y, [np.sign(W).astype(np.int64) for W in Ws], [(8 * b).astype(np.int64) for b in bs]


exercise = Exercise(
    reference=reader.reader_grads,
    outputs=("loss", "dWs", "dbs"),
    families=[exchanged("the loss", "dWs", "dbs")],
    cases=[
        Case("three layers of any width", [_any(3)], times=4, worth={"1": 2.0}),
        Case("one layer, two layers", [_any(1), _any(2)], times=4, worth={"1": 2.0}),
        Case("thirty layers", [_thirty], times=2, worth={"1": 2.0}),
        Case("logits of hundreds and of many thousands", [_sure, _large], times=4, worth={"0": 2.0}),
        Case(
            "whole numbers beside others; zeros; labels that do not occur, a single class, a matrix in several layers",
            [*each_whole(_any(2), 0, 2, 3), whole_but(_any(2), 3), with_zeros(_any(2)), _half_of_the_classes, _shared, _one_class],
            times=8,
            weight=0.5,
        ),
        Case(
            "one example, single precision, whole numbers",
            [lambda rng: _task(rng, 1, [3, 5, 4, 2]), in_single(_any(3)), _whole],
            times=6,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. Mend the colleague's functions one at a time, and put them together in this one: the way up with all h kept, the loss
#    with its gradient by the logits, the way down. `worst_gradient` tells whether gradients are still wrong;
#    an overflow it does not see.
# 2. Take the largest logit of each row away from its row. Then the logarithms of the probabilities are `Z -
#    np.log(np.exp(Z).sum(axis=1, keepdims=True))`; the loss is the mean of minus those at the labels, and G is their `np.exp`,
#    less 1 at the labels, divided by n. That is the only place where n divides.
# 3. On the way down, for h (the input of the layer) and W: `dW = h.T @ G`, `db = G.sum(axis=0)`, then `G = (G @ W.T) *
#    (1 - h**2)`, since h = tanh(z) and the slope at z is 1 - tanh(z)**2.

# %% elegant
# The list of hidden values is all that the way back needs: the slope of tanh at z is 1 - h**2. n divides in one place,
# where the loss is a mean; everything below inherits it.

# %% right
def reader_grads(X, y, Ws, bs):
    hs = [X]
    for W, b in zip(Ws, bs):
        Z = hs[-1] @ W + b
        hs.append(np.tanh(Z))
    n = len(y)
    rows = np.arange(n)
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    loss = -log_p[rows, y].mean()
    G = np.exp(log_p)
    G[rows, y] -= 1
    G = G / n
    dWs, dbs = [], []
    for h, W in zip(hs[-2::-1], Ws[::-1]):
        dWs.append(h.T @ G)
        dbs.append(G.sum(axis=0))
        G = (G @ W.T) * (1 - h**2)
    return loss, dWs[::-1], dbs[::-1]

# %% right
def forward(X, Ws, bs):
    H = [X]
    for l in range(len(Ws) - 1):
        H.append(np.tanh(H[l] @ Ws[l] + bs[l]))
    return H[-1] @ Ws[-1] + bs[-1], H

def cross_entropy(Z, y):
    top = Z.max(axis=1)
    logs = top + np.log(np.exp(Z - top[:, None]).sum(axis=1))
    P = np.exp(Z - logs[:, None])
    return (logs - Z[np.arange(len(y)), y]).mean(), (P - np.eye(Z.shape[1])[y]) / len(y)

def reader_grads(X, y, Ws, bs):
    # in the colleague's functions, mended
    Z, H = forward(X, Ws, bs)
    loss, G = cross_entropy(Z, y)
    dWs, dbs = [None] * len(Ws), [None] * len(Ws)
    for l in reversed(range(len(Ws))):
        dWs[l], dbs[l] = H[l].T @ G, G.sum(axis=0)
        if l > 0:
            G = (G @ Ws[l].T) * (1 - H[l] * H[l])
    return loss, dWs, dbs

# %% right
def reader_grads(X, y, Ws, bs):
    # recursion: a layer calls those above it, and gets their gradients and its own back
    def above(H, l):
        Z = np.einsum("ni,ij->nj", H, Ws[l]) + bs[l]
        if l == len(Ws) - 1:
            m = np.max(Z, 1, keepdims=True)
            log_sum = m + np.log(np.sum(np.exp(Z - m), 1, keepdims=True))
            truth = np.arange(Z.shape[1]) == np.reshape(y, (-1, 1))
            loss = np.sum((log_sum - Z) * truth) / len(y)
            G, dWs, dbs = (np.exp(Z - log_sum) - truth) / len(y), (), ()
        else:
            loss, G_next, dWs, dbs = above(np.tanh(Z), l + 1)
            G = G_next / np.cosh(Z)**2
        return loss, np.einsum("nj,ij->ni", G, Ws[l]), (np.einsum("ni,nj->ij", H, G), *dWs), (np.einsum("nj->j", G), *dbs)

    loss, _, dWs, dbs = above(X, 0)
    return loss, dWs, dbs

# %% right
def reader_grads(X, y, Ws, bs):
    # example by example, gradients added up
    n = len(X)
    loss, dWs, dbs = 0.0, [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, label in zip(X, y):
        hs, z = [x], x
        for l, (W, b) in enumerate(zip(Ws, bs)):
            z = W.T @ hs[-1] + b
            hs.append(np.tanh(z))
        top = max(z)
        log_sum = top + np.log(sum(np.exp(z - top)))
        loss += (log_sum - z[label]) / n
        g = np.exp(z - log_sum)
        g[label] -= 1
        g = g / n
        for l in range(len(Ws) - 1, -1, -1):
            dWs[l] += np.outer(hs[l], g)
            dbs[l] += g
            g = (Ws[l] @ g) * (1 - hs[l]**2)
    return loss, dWs, dbs

# %% right
def reader_grads(X, y, Ws, bs):
    # biases as a last row of each matrix; each layer leaves its way back on a stack
    n, ways, H = X.shape[0], [], X
    for l, (W, b) in enumerate(zip(Ws, bs)):
        A, V = np.hstack([H, np.ones((n, 1))]), np.vstack([W, b[None, :]])
        Z = A @ V
        last = l == len(Ws) - 1
        slope = 1.0 if last else 1 - np.tanh(Z)**2
        ways.append((A, V, slope))
        H = Z if last else np.tanh(Z)
    H = H - np.amax(H, axis=1)[:, None]
    E = np.exp(H)
    S = E.sum(axis=1)
    loss = np.average(np.log(S) - H[range(n), y])
    G = E / S[:, None]
    G[range(n), y] -= 1
    G, grads = G / n, []
    while ways:
        A, V, slope = ways.pop()
        G = G * slope
        grads.insert(0, A.T @ G)
        G = G @ V[:-1].T
    return loss, [dV[:-1] for dV in grads], [dV[-1] for dV in grads]
