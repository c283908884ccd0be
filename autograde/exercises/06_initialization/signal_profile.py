"""Exercise 6.4: how large signals are, layer by layer, forwards and backwards."""

from itertools import pairwise
from typing import Any

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support import pictures
from autograde.exercises.support.arguments import Make
from autograde.exercises.support.batches import whole
from autograde.exercises.support.drawing import Array, Rng, eighths
from autograde.exercises.support.variants import each_whole, sized, with_zeros
from mlp_reference import activations, propagation

NAMES = ("identity", "sigmoid", "tanh", "relu")


def _network(rng: Rng, name: str, widths: list[int], n: int) -> Arguments:
    """Weights of a size that neither lets signals die nor saturates them; for a ReLU no layer dies."""
    while True:
        X, Ws = rng.normal(0, 1.5, (n, widths[0])), [eighths(rng, a, b) / a for a, b in pairwise(widths)]
        args = X, Ws, name, eighths(rng, n, widths[-1])
        forward, backward = propagation.signal_profile(*args)
        if min(*forward, *backward) > 1e-6 and _far_from_kinks(X, Ws, name):
            return args


def _far_from_kinks(X: Array, Ws: list[Array], name: str) -> bool:
    """Whether every z is so far from 0 that rounding, of single precision too, can't move it to the other side."""
    for W in Ws:
        Z = X @ W
        if np.abs(Z).min() < 1e-3:
            return False
        X = activations.activation(name, Z)
    return True


def _layers(name: str, widths: list[int], n: int = 5) -> Make:
    return lambda rng: _network(rng, name, widths, n)


def _square(rng: Rng) -> Arguments:
    """Equal widths, where a matrix that should be transposed and is not raises no error."""
    return _network(rng, str(rng.choice(NAMES[1:])), [4, 4, 4, 4], 3)


def _single_precision(rng: Rng) -> Arguments:
    X, Ws, name, G = _network(rng, str(rng.choice(NAMES)), [3, 5, 4], 5)
    as_float32: list[Any] = [a.astype(np.float32) for a in (X, *Ws, G)]
    return as_float32[0], as_float32[1:-1], name, as_float32[-1]


def _whole_numbers(rng: Rng) -> Arguments:
    """No pre-activation is 0, so that no kink is met."""
    while True:
        X, Ws, name, G = whole(_network(rng, str(rng.choice(["identity", "relu"])), [3, 5, 4], 5))
        if min(np.ravel(propagation.signal_profile(X, Ws, name, G))) > 0 and _far_from_kinks(X, Ws, name):
            return X, Ws, name, G


def _row_of_zeros(rng: Rng) -> Arguments:
    """An example that is zero, at the kink of every ReLU."""
    X, Ws, name, G = _network(rng, "relu", [3, 5, 4], 5)
    X[int(rng.integers(5))] = 0.0
    return X, Ws, name, G


def _smooth(rng: Rng) -> Arguments:
    return _network(rng, str(rng.choice(["sigmoid", "tanh"])), [3, 5, 4], 4)


def _linear(rng: Rng) -> Arguments:
    """More units than examples; of a ReLU, what is large or tiny is so in all layers."""
    return _network(rng, str(rng.choice(["identity", "relu"])), [6, 5, 4], 3)


def _shared(rng: Rng) -> Arguments:
    """One matrix in three layers."""
    while True:
        X, Ws, name, G = _square(rng)
        if _far_from_kinks(X, 3 * Ws[:1], name):
            return X, 3 * Ws[:1], name, G


def _narrow(rng: Rng) -> Arguments:
    return _network(rng, str(rng.choice(["tanh", "identity"])), [1, 3, 1], 5)


exercise = Exercise(
    reference=propagation.signal_profile,
    outputs=("forward", "backward"),
    picture=pictures.profiles,
    cases=[
        Case("three layers of different widths", [_layers(name, [3, 5, 4, 2]) for name in NAMES], times=8),
        Case(
            "whole numbers beside others; zeros; large and tiny numbers, a matrix in several layers",
            [*each_whole(_smooth, 0, 1, 3), with_zeros(_smooth), *sized(_linear, 0), *sized(_linear, 3), _shared],
            times=9,
            weight=0.5,
        ),
        Case("one layer", [_layers(name, [3, 4]) for name in NAMES], times=4),
        Case("layers of equal width", [_square], times=4),
        Case(
            "seven layers",
            [lambda rng: _network(rng, str(rng.choice(["tanh", "relu"])), [6, 5, 7, 5, 6, 5, 7, 3], 7)],
            times=2,
        ),
        Case(
            "one example; single precision",
            [lambda rng: _network(rng, str(rng.choice(NAMES)), [3, 4, 2], 1), _single_precision],
            times=6,
        ),
        Case(
            "whole numbers, one input, one output, an example of zeros",
            [_whole_numbers, _narrow, _row_of_zeros],
            times=6,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. Two sweeps. Upwards: z = h @ W, then the activation; keep every z. Downwards: from dloss/dh to dloss/dz, then to
#    dloss/dh of the layer below. Where in each sweep do you measure?
# 2. Downwards, from the last layer to the first: `dz = G * slope(z)`, measure `np.mean(dz**2)`, then `G = dz @ W.T`.
#    The first measurement belongs to the last entry of `backward`.
# 3. Keep `zs` in the forward loop. Then `for z, W in zip(zs[::-1], Ws[::-1])`: dz, append np.mean(dz**2), G = dz @
#    W.T. Return `np.array(forward), np.array(backward[::-1])`.

# %% elegant
# A forward list and a backward one, with the same names as in the formulas. `G` changes its meaning once a layer,
# from dloss/dh to the next dloss/dh, and dz is what is measured in between.

# %% right
def psi(name, z):
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return {"identity": z, "tanh": np.tanh(z), "relu": np.maximum(z, 0)}[name]

def slope(name, z):
    if name == "sigmoid":
        return psi(name, z) * (1 - psi(name, z))
    return {"identity": np.ones_like(z), "tanh": 1 - np.tanh(z)**2, "relu": (z > 0) * 1.0}[name]

def signal_profile(X, Ws, name, G):
    h, hs, zs = X, [X], []
    for W in Ws:
        z = h @ W
        h = psi(name, z)
        zs.append(z)
        hs.append(h)
    forward = [np.mean(h**2) for h in hs[1:]]
    dzs = []
    for z, W in zip(zs[::-1], Ws[::-1]):
        dz = G * slope(name, z)
        dzs.append(dz)
        G = dz @ W.T
    backward = [np.mean(dz**2) for dz in dzs[::-1]]
    return np.array(forward), np.array(backward)

# %% right
def signal_profile(X, Ws, name, G):
    # recursion: the profile of the layers above, then this one
    W = Ws[0]
    z = X @ W
    if name == "identity":
        h, d = z, np.ones(z.shape)
    elif name == "sigmoid":
        h = 1 / (1 + np.exp(-z))
        d = h - h**2
    elif name == "tanh":
        h = np.tanh(z)
        d = 1 - h**2
    else:
        h, d = np.where(z > 0, z, 0), np.where(z > 0, 1, 0)
    if len(Ws) == 1:
        return [float((h**2).mean())], [float(((G * d)**2).mean())]

    def upstream(rest, h, G):
        # dloss/dh by sweeping the rest forwards, then backwards
        stack = []
        for V in rest:
            z = h @ V
            sigmoid = 0.5 * (1 + np.tanh(z / 2))
            h = {"identity": z, "tanh": np.tanh(z), "relu": np.maximum(z, 0), "sigmoid": sigmoid}[name]
            s = {"identity": 1, "tanh": 1 - h**2, "relu": z > 0, "sigmoid": h * (1 - h)}[name]
            stack.append((V, s))
        for V, s in reversed(stack):
            G = (G * s) @ V.T
        return G

    forward, backward = signal_profile(h, Ws[1:], name, G)
    mine = (upstream(Ws[1:], h, G) * d)**2
    return [(h * h).mean(), *forward], [mine.mean(), *backward]

# %% right
def signal_profile(X, Ws, name, G):
    L, n = len(Ws), X.shape[0]
    slopes, forward, backward = [None] * L, np.zeros(L), np.zeros(L)
    H = X
    for l in range(L):
        Z = np.einsum("nd,dk->nk", H, Ws[l])
        if name == "relu":
            H, slopes[l] = Z * (Z > 0), (Z > 0).astype(float)
        elif name == "tanh":
            H = np.tanh(Z)
            slopes[l] = 1 - H * H
        elif name == "sigmoid":
            H = 1.0 / (1.0 + np.exp(-Z))
            slopes[l] = H * (1 - H)
        else:
            H, slopes[l] = Z.copy(), 1.0
        forward[l] = np.einsum("nk,nk->", H, H) / H.size
    D = G * slopes[-1]
    for l in range(L - 1, -1, -1):
        backward[l] = np.square(D).mean()
        if l:
            D = slopes[l - 1] * np.einsum("nk,dk->nd", D, Ws[l])
    return forward, backward

# %% right
import math

def rows(A, B):
    return [[sum(a * b for a, b in zip(row, column)) for column in zip(*B)] for row in A]

VALUE = {"identity": lambda t: t, "relu": lambda t: max(t, 0.0), "tanh": math.tanh,
         "sigmoid": lambda t: 1 / (1 + math.exp(-t))}
SLOPE = {"identity": lambda t: 1.0, "relu": lambda t: float(t > 0), "tanh": lambda t: 1 - math.tanh(t)**2,
         "sigmoid": lambda t: math.exp(-t) / (1 + math.exp(-t))**2}

def mean_square(A):
    return sum(a * a for row in A for a in row) / sum(len(row) for row in A)

def signal_profile(X, Ws, name, G):
    H, Zs, forward, backward = X.tolist(), [], [], []
    for W in Ws:
        Z = rows(H, W.tolist())
        Zs.append(Z)
        H = [[VALUE[name](t) for t in row] for row in Z]
        forward.append(mean_square(H))
    G = G.tolist()
    for W, Z in zip(reversed(Ws), reversed(Zs)):
        D = [[g * SLOPE[name](t) for g, t in zip(gs, ts)] for gs, ts in zip(G, Z)]
        backward.insert(0, mean_square(D))
        G = rows(D, W.T.tolist())
    return forward, tuple(backward)

# %% right
def signal_profile(X, Ws, name, G):
    X, G = np.asarray(X, dtype=np.float64), np.asarray(G, dtype=np.float64)
    act = {
        "identity": (lambda z: z, lambda z: z * 0 + 1),
        "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: 0.25 / np.cosh(z / 2) ** 2),
        "tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2),
        "relu": (lambda z: np.maximum(0, z), lambda z: np.heaviside(z, 0)),
    }[name]
    tape = []
    for W in Ws:
        z = np.dot(X, W)
        X = act[0](z)
        tape.append((z, W, np.average(np.power(X, 2))))
    measured = []
    while tape:
        z, W, size = tape.pop()
        d = np.multiply(G, act[1](z))
        measured.append((size, np.linalg.norm(d) ** 2 / d.size))
        G = np.dot(W, d.T).T
    result = np.array(measured)[::-1].T
    return result[0], result[1]
