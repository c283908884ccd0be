"""Exercise 8.4: thirty layers that read: judged by what the trained network does with digits it has never seen."""

from collections.abc import Callable
from typing import Any

from autograde.exercises.support.drawing import Rng
from autograde.exercises.support.rescued import FEW, TIERS, learning, reading, rightly
from autograde.judging.exercise import Arguments, Case, Exercise
from mlp_reference import reader

NARROW, WIDTHS = 12, (56, 60)  # of a small training, and of a large one
SLOW = "The training took too long: fifteen epochs of 900 images with batches of 16 are enough."


def _small(rng: Rng) -> Arguments:
    return [64, *[NARROW] * 29, 10], rng


def _large(rng: Rng) -> Arguments:
    return [64, *[int(rng.choice(WIDTHS))] * 29, 10], rng


def _seen(fn: Callable[..., Any], sizes: list[int], rng: Rng) -> dict[str, str]:
    """What can be said of an answer; of a right one it does not depend on its luck."""
    small = sizes[1] == NARROW
    if fn is reader.rescue:
        return rightly(small)
    return learning(fn, sizes, rng) if small else reading(fn, sizes, rng)


def _script(args: Arguments) -> str:
    part = f"X, y = X[:{FEW}], y[:{FEW}]\n" if args[0][1] == NARROW else ""
    return (
        "(X, y), (X_new, y_new) = data.split(data.digits(), np.random.default_rng(8), 0.5)\n"
        f"X = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-3)\n{part}Ws, bs = rescue(X, y, sizes, rng)"
    )


exercise = Exercise(
    reference=reader.rescue,
    probe=_seen,
    changes=("rng",),
    given=("sizes", "rng"),
    script=_script,
    patience=6.0,
    cases=[
        Case(
            "a small training: what comes back, and what learns",
            [_small],
            times=1,
            worth={f"{tier} of 100": 0.0 for tier in TIERS},
            slow=SLOW,
        ),
        Case(
            f"thirty layers that read {' or even '.join(map(str, TIERS))} of 100 new digits",
            [_large],
            times=1,
            weight=2.0,
            worth={"the hidden layers": 0.0, "the images that it learned": 0.0},
            slow=SLOW,
            chance=True,
        ),
    ],
)

# %% hints
# 1. Three parts, as in `train` of notebook 07: first weights, batches, steps. What is new: the weights are LeCun's, since
#    the hidden layers are tanh, and the gradients come from your `reader_grads`.
# 2. `Ws = [rng.normal(0, np.sqrt(1 / a), (a, b)) for a, b in zip(sizes[:-1], sizes[1:])]` and biases of 0. Fifteen epochs
#    with batches of 16 are enough, at a rate that falls from 0.03 to 0 on a straight line; copy `reader_grads` into the cell
#    if it is not defined above.
# 3. `for epoch in range(15):` a new `order = rng.permutation(len(X))` and `lr = 0.03 * (1 - epoch / 15)`; `for start in
#    range(0, len(X), 16): rows = order[start:start + 16]`, `loss, dWs, dbs = reader_grads(X[rows], y[rows], Ws, bs)`, then
#    `p -= lr * g` for all p, g in `zip(Ws + bs, dWs + dbs)`. Return `Ws, bs`.

# %% elegant
# Nothing here is new: two lines of first weights, two loops, one step. What was mended stands in `reader_grads`: with a
# second mean left in it the weights take steps that are sixteen times too short.

# %% right
def reader_grads(X, y, Ws, bs):
    hs = [X]
    for W, b in zip(Ws, bs):
        Z = hs[-1] @ W + b
        hs.append(np.tanh(Z))
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    G = np.exp(log_p)
    G[rows, y] -= 1
    G = G / len(y)
    dWs, dbs = [], []
    for h, W in zip(hs[-2::-1], Ws[::-1]):
        dWs.insert(0, h.T @ G)
        dbs.insert(0, G.sum(axis=0))
        G = (G @ W.T) * (1 - h**2)
    return -log_p[rows, y].mean(), dWs, dbs

def rescue(X, y, sizes, rng):
    Ws = [rng.normal(0, np.sqrt(1 / a), (a, b)) for a, b in zip(sizes[:-1], sizes[1:])]
    bs = [np.zeros(b) for b in sizes[1:]]
    for epoch in range(15):
        order = rng.permutation(len(X))
        lr = 0.03 * (1 - epoch / 15)
        for start in range(0, len(X), 16):
            rows = order[start:start + 16]
            loss, dWs, dbs = reader_grads(X[rows], y[rows], Ws, bs)
            for p, g in zip(Ws + bs, dWs + dbs):
                p -= lr * g
    return Ws, bs

# %% right
def rescue(X, y, sizes, rng):
    # momentum, a falling rate, all in one function
    Ws = [rng.standard_normal((a, b)) / a**0.5 for a, b in zip(sizes, sizes[1:])]
    params = Ws + [np.zeros(b) for b in sizes[1:]]
    L, steps, n = len(Ws), 700, len(X)
    velocity = [np.zeros_like(p) for p in params]
    for t in range(steps):
        rows = rng.integers(n, size=24)
        H = [X[rows]]
        for W, b in zip(params[:L], params[L:]):
            H.append(np.tanh(H[-1] @ W + b))
        Z = H[-2] @ params[L - 1] + params[-1]
        P = np.exp(Z - Z.max(axis=1, keepdims=True))
        G = (P / P.sum(axis=1, keepdims=True) - np.eye(sizes[-1])[y[rows]]) / len(rows)
        grads = [None] * (2 * L)
        for l in reversed(range(L)):
            grads[l], grads[L + l] = H[l].T @ G, G.sum(axis=0)
            G = (G @ params[l].T) * (1 - H[l]**2)
        for p, g, v in zip(params, grads, velocity):
            v[...] = 0.5 * v + g
            p -= 0.02 * (1 - t / steps) * v
    return params[:L], params[L:]

# %% right
class Reader:
    # an object with layers; uniform weights of LeCun's variance, batches of 32
    def __init__(self, sizes, rng):
        self.layers = []
        for a, b in zip(sizes[:-1], sizes[1:]):
            edge = np.sqrt(3 / a)
            self.layers.append([rng.uniform(-edge, edge, (a, b)), np.zeros(b)])

    def step(self, X, y, lr):
        kept, h = [], X
        for W, b in self.layers:
            kept.append(h)
            z = h @ W + b
            h = np.tanh(z)
        p = np.exp(z - z.max(axis=1, keepdims=True))
        g = p / p.sum(axis=1, keepdims=True)
        g[np.arange(len(y)), y] -= 1
        g /= len(y)
        for layer, h in zip(self.layers[::-1], kept[::-1]):
            down = g @ layer[0].T * (1 - h**2)
            layer[0] = layer[0] - lr * h.T @ g
            layer[1] = layer[1] - lr * g.sum(axis=0)
            g = down

def rescue(X, y, sizes, rng):
    net = Reader(sizes, rng)
    for epoch in range(18):
        order = rng.permutation(len(y))
        for rows in np.array_split(order, max(1, len(y) // 20)):
            net.step(X[rows], y[rows], 0.035 * (1 - epoch / 18))
    Ws, bs = zip(*net.layers)
    return Ws, bs

# %% right
def rescue(X, y, sizes, rng):
    # orthogonal first weights: lengths stay as they are in every layer
    def orthogonal(a, b):
        Q, _ = np.linalg.qr(rng.normal(size=(max(a, b), min(a, b))))
        return Q if a >= b else Q.T

    Ws = [orthogonal(a, b) for a, b in zip(sizes[:-1], sizes[1:])]
    bs = [np.zeros(b) for b in sizes[1:]]
    truth = np.eye(sizes[-1])[y]
    for t in range(500):
        rows = rng.choice(len(X), 20, replace=False)
        H = [X[rows]]
        for W, b in zip(Ws[:-1], bs[:-1]):
            H.append(np.tanh(H[-1] @ W + b))
        Z = H[-1] @ Ws[-1] + bs[-1]
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        G = (E / E.sum(axis=1, keepdims=True) - truth[rows]) / 20
        for l in range(len(Ws) - 1, -1, -1):
            below = (G @ Ws[l].T) * (1 - H[l]**2)
            Ws[l] = Ws[l] - 0.05 * H[l].T @ G
            bs[l] = bs[l] - 0.05 * G.sum(axis=0)
            G = below
    return Ws, bs

# %% right
def rescue(X, y, sizes, rng):
    # Adam, step by step
    Ws = [rng.normal(size=(a, b)) / np.sqrt(a) for a, b in zip(sizes[:-1], sizes[1:])]
    theta = Ws + [np.zeros(b) for b in sizes[1:]]
    L = len(Ws)
    u1, u2 = [np.zeros(p.shape) for p in theta], [np.zeros(p.shape) for p in theta]
    for t in range(1, 501):
        rows = rng.permutation(len(X))[:32]
        H = [X[rows]]
        for l in range(L):
            Z = H[l] @ theta[l] + theta[L + l]
            H.append(np.tanh(Z))
        Z = Z - Z.max(axis=1)[:, None]
        G = np.exp(Z) / np.exp(Z).sum(axis=1)[:, None]
        G[np.arange(len(rows)), y[rows]] -= 1.0
        G = G / len(rows)
        dWs, dbs = [], []
        for l in range(L - 1, -1, -1):
            dWs = [H[l].T @ G] + dWs
            dbs = [G.sum(axis=0)] + dbs
            G = G @ theta[l].T * (1 - H[l]**2)
        for p, g, a, b in zip(theta, dWs + dbs, u1, u2):
            a[...] = 0.9 * a + 0.1 * g
            b[...] = 0.999 * b + 0.001 * g**2
            p -= 1e-3 * (a / (1 - 0.9**t)) / (np.sqrt(b / (1 - 0.999**t)) + 1e-8)
    return theta[:L], theta[L:]
