"""Experiments of notebook 06: signals of random networks, units that die, units that stay equal, what trains.

A network is given by ``sigma2 = width * Var(w)``, the variance of a pre-activation for inputs of mean square 1.
"""

from functools import lru_cache
from itertools import pairwise
from statistics import NormalDist

import numpy as np
from jaxtyping import Float

from mlp_reference import data, signal_theory, softmax, softmax_xent
from mlp_reference.activations import Activation, elu, leaky_relu
from mlp_reference.fast import QUICK
from mlp_reference.propagation import Profile, Signals, propagate
from mlp_reference.viz.experiments.memo import memoized

Matrix = Float[np.ndarray, "_ _"]
DEEPEST = 60
VARIANCES = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)  # of the map of what trains


def with_slope(name: str, slope: float) -> Activation:
    """An activation of the table, or one whose slope (leaky ReLU, PReLU) or depth (ELU) on the left can be chosen."""
    return elu(slope) if name == "elu" else leaky_relu(slope) if name in ("leaky_relu", "prelu") else QUICK[name]


@memoized
def normal_sample(n: int = 2000) -> Float[np.ndarray, " n"]:
    """The middles of ``n`` equally likely parts of the standard normal distribution."""
    normal = NormalDist()
    return np.array([normal.inv_cdf((i + 0.5) / n) for i in range(n)])


def random_signals(
    name: str,
    sigma2: float,
    depth: int,
    width: int,
    seed: int,
    X: Float[np.ndarray, "n d"] | None = None,
    rows: int = 48,
) -> Signals:
    """The signals of a network with normal weights; the inputs (or ``X``, at most 48 rows) and dloss/dh_L, too."""
    directions, inputs, G = _directions(width, seed)
    X = inputs[:rows] if X is None else X
    Ws = [W * np.sqrt(sigma2 / width) for W in directions[:depth]]
    with np.errstate(over="ignore", invalid="ignore"):
        return propagate(X, Ws, QUICK[name], G[: len(X)])


@lru_cache(maxsize=8)
def _directions(width: int, seed: int) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """Standard normal weights, inputs and last gradients, which a slider of the variance only scales."""
    rng = np.random.default_rng([width, seed])
    Ws = [rng.standard_normal((width, width)) for _ in range(DEEPEST)]
    return Ws, rng.standard_normal((48, width)), rng.standard_normal((48, width))


def theory(name: str, sigma2: float, depth: int) -> Profile:
    """Both profiles for infinite width, from inputs and last gradients of mean square 1."""
    return signal_theory([1] * (depth + 1), [sigma2] * depth, QUICK[name])


PROFILES = (("relu", 2.0), ("relu", 1.0), ("tanh", 1.0), ("sigmoid", 1.0), ("tanh", 16.0))


@memoized
def measured_profiles(depth: int = 50, width: int = 400, seed: int = 1) -> dict[tuple[str, float], Profile]:
    """Mean squares of values and of gradients, layer by layer, of five kinds of networks."""
    return {pair: random_signals(*pair, depth, width, seed)[1:] for pair in PROFILES}


DYING_RATES = (1.0, 1.5, 2.5)


@memoized
def dying_runs(steps: int = 150, width: int = 64) -> dict[float, Float[np.ndarray, " s"]]:
    """Share of dead ReLUs, step by step, for three learning rates."""
    X, y = data.digits()
    return {lr: dying_shares(X, y, lr, steps, width) for lr in DYING_RATES}


def dying_shares(X: Matrix, y: np.ndarray, lr: float, steps: int, width: int) -> Float[np.ndarray, " s"]:
    """Share of dead ReLUs, step by step, of one hidden layer with biases trained on minibatches."""
    rng = np.random.default_rng(3)
    W1, b1 = rng.normal(0, np.sqrt(2 / 64), (64, width)), np.zeros(width)
    W2, b2 = rng.normal(0, np.sqrt(1 / width), (width, 10)), np.zeros(10)
    dead = []
    for _ in range(steps):
        rows = rng.choice(len(X), 64, replace=False)
        H = np.maximum(X[rows] @ W1 + b1, 0)
        _, dOut = softmax_xent(H @ W2 + b2, y[rows])
        dZ = (dOut @ W2.T) * (H > 0)
        W2 -= lr * H.T @ dOut
        b2 -= lr * dOut.sum(axis=0)
        W1 -= lr * X[rows].T @ dZ
        b1 -= lr * dZ.sum(axis=0)
        dead.append(((X @ W1 + b1) <= 0).all(axis=0).mean())
    return np.array(dead)


def one_unit_losses(psi: Activation, steps: int = 400, lr: float = 0.2) -> Float[np.ndarray, " s"]:
    """Losses of one unit ``psi(w*x + b)`` that should learn relu(x + 1) but starts with b = -4, off for all x."""
    x = np.linspace(-2, 2, 81)
    w, b, target = 1.0, -4.0, np.maximum(x + 1, 0)
    losses = []
    for _ in range(steps):
        z = w * x + b
        miss = psi.value(z) - target
        dz = miss * psi.grad(z) / len(x)
        w, b = w - lr * float(dz @ x), b - lr * float(dz.sum())
        losses.append(0.5 * float(np.mean(miss**2)))
    return np.array(losses)


@memoized
def symmetry_runs(steps: int, lr: float = 0.4) -> dict[str, tuple[Matrix, float]]:
    """Weights from one pixel to six tanh units, step by step, and the last loss: from zeros, equal units, chance."""
    X, y = data.digits()
    rng = np.random.default_rng(0)
    starts = {
        "all 0": (np.zeros((64, 6)), np.zeros((6, 10))),
        "six equal units": (np.full((64, 6), 0.02), np.repeat(rng.normal(0, 0.4, (1, 10)), 6, axis=0)),
        "random": (rng.normal(0, 0.15, (64, 6)), rng.normal(0, 0.4, (6, 10))),
    }
    return {name: weight_paths(X, y, *start, steps, lr) for name, start in starts.items()}


def weight_paths(X: Matrix, y: np.ndarray, W1: Matrix, W2: Matrix, steps: int, lr: float = 0.4) -> tuple[Matrix, float]:
    """The weights from one pixel to all hidden tanh units, step by step, and the last loss."""
    path, loss = [], 0.0
    for _ in range(steps):
        path.append(W1[28].copy())
        H = np.tanh(X @ W1)
        loss, dOut = softmax_xent(H @ W2, y)
        dZ = (dOut @ W2.T) * (1 - H * H)
        W2 = W2 - lr * H.T @ dOut
        W1 = W1 - lr * X.T @ dZ
    return np.array(path), loss


@memoized
def last_losses(depth: int, steps: int, width: int, lr: float) -> Float[np.ndarray, " v"]:
    """The last losses (mean of 20) of ReLU networks of one depth, one for each variance, trained side by side."""
    X, y = data.digits()
    X = ((X - X.mean(axis=0)) / (X.std(axis=0) + 1e-3)).astype(np.float32)
    rng = np.random.default_rng(depth)
    sizes = [64, *[width] * depth, 10]
    scale = np.sqrt(np.array(VARIANCES, dtype=np.float32))[:, None, None]
    Ws = [scale * rng.standard_normal((1, a, b)).astype(np.float32) / np.float32(np.sqrt(a))
          for a, b in pairwise(sizes)]  # fmt: skip
    Ws[-1] = Ws[-1] / scale  # the same output layer for all
    losses = []
    with np.errstate(all="ignore"):
        for _ in range(steps):
            rows = rng.choice(len(X), 64, replace=False)
            losses.append(_descend(Ws, X[rows], y[rows], lr))
    return np.mean(losses[-20:], axis=0)


def _descend(Ws: list[np.ndarray], X: np.ndarray, y: np.ndarray, lr: float) -> Float[np.ndarray, " v"]:
    """One step of gradient descent (no longer than lr) for every network of a stack; their losses before it."""
    H = [np.broadcast_to(X, (len(Ws[0]), *X.shape))]
    for W in Ws[:-1]:
        H.append(np.maximum(H[-1] @ W, 0))
    Z = H[-1] @ Ws[-1]
    G = softmax(Z)
    picked = G[:, np.arange(len(y)), y]
    G[:, np.arange(len(y)), y] -= 1
    G /= len(y)
    steps = []
    for W, h in zip(reversed(Ws), reversed(H), strict=True):
        steps.append(h.swapaxes(1, 2) @ G)
        G = (G @ W.swapaxes(1, 2)) * (h > 0)
    length = np.sqrt(sum((s.astype(np.float64) ** 2).sum(axis=(1, 2)) for s in steps))
    clipped = (lr / np.maximum(length, 1.0)).astype(np.float32)[:, None, None]
    for W, step in zip(reversed(Ws), steps, strict=True):
        W -= clipped * step
    return np.asarray(-np.log(np.maximum(picked, 1e-30)).mean(axis=1), dtype=np.float64)
