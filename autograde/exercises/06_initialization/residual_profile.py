"""Exercise 6.7: how large signals are in residual layers, forwards and backwards."""

from typing import Any

import numpy as np

from autograde.exercises.support import pictures
from autograde.exercises.support.arguments import Make
from autograde.exercises.support.batches import single, whole
from autograde.exercises.support.drawing import Array, Rng, eighths
from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.variants import each_whole, with_zeros
from mlp_reference import activations, propagation

NAMES = ("identity", "sigmoid", "tanh", "relu")


def _network(rng: Rng, name: str, depth: int, d: int, n: int) -> Arguments:
    while True:
        X, Ws = rng.normal(0, 1.25, (n, d)), [eighths(rng, d, d) / d for _ in range(depth)]
        if _far_from_kinks(X, Ws, name):
            return X, Ws, name, eighths(rng, n, d)


def _far_from_kinks(X: Array, Ws: list[Array], name: str) -> bool:
    """Whether every z is so far from 0 that rounding, of single precision too, can't move it to the other side."""
    for W in Ws:
        Z = X @ W
        if np.abs(Z).min() < 1e-3:
            return False
        X = X + activations.activation(name, Z) / np.sqrt(len(Ws))
    return True


def _layers(name: str, depth: int, d: int, n: int = 5) -> Make:
    return lambda rng: _network(rng, name, depth, d, n)


def _any(rng: Rng, depth: int, d: int, n: int) -> Arguments:
    return _network(rng, str(rng.choice(NAMES)), depth, d, n)


def _idle(name: str) -> Make:
    """Layers whose weights are 0, and an example of zeros: at 0 a sigmoid gives a half, and a ReLU has the slope 0."""

    def make(rng: Rng) -> Arguments:
        X, Ws, _, G = _network(rng, name, 3, 4, 5)
        X[int(rng.integers(5))] = 0.0
        return X, [W if name == "relu" else 0 * W for W in Ws], name, G

    return make


def _whole_numbers(rng: Rng) -> Arguments:
    """Four layers: the root of their number is whole, too."""
    while True:
        X, Ws, name, G = whole(_network(rng, str(rng.choice(["identity", "relu"])), 4, 3, 5))
        if _far_from_kinks(X.astype(float), Ws, name):
            return X, Ws, name, G


def _smooth(rng: Rng) -> Arguments:
    """More units than examples."""
    return _network(rng, str(rng.choice(["sigmoid", "tanh"])), 3, 5, 4)


def _shared(rng: Rng) -> Arguments:
    """One matrix in three layers."""
    X, Ws, name, G = _smooth(rng)
    return X, 3 * Ws[:1], name, G


exercise = Exercise(
    reference=propagation.residual_profile,
    outputs=("forward", "backward"),
    picture=pictures.profiles,
    cases=[
        Case("three layers", [_layers(name, 3, 4) for name in NAMES], times=8),
        Case("one layer", [_layers(name, 1, 3) for name in NAMES], times=4),
        Case("seven layers", [lambda rng: _any(rng, 7, 6, 4)], times=3),
        Case(
            "one example, one unit, single precision",
            [lambda rng: _any(rng, 2, 5, 1), lambda rng: _any(rng, 3, 1, 5), lambda rng: single(_any(rng, 3, 4, 5))],
            times=6,
        ),
        Case(
            "whole numbers, also beside others; zeros; a matrix in several layers",
            [_whole_numbers, *each_whole(_smooth, 0, 1, 3), with_zeros(_smooth), _shared],
            times=6,
            weight=0.5,
        ),
        Case("weights or an example of zeros", [_idle("relu"), _idle("sigmoid"), _idle("tanh"), _idle("identity")], times=4, weight=0.5),
    ],
)

# %% hints
# 1. Two sweeps, as in `signal_profile`. What does h_l depend on? Twice on h_{l-1}: once directly, once through the
#    layer. On the way back the two contributions are added.
# 2. Upwards: `z = h @ W`, keep it, then `h = h + psi(z) / sqrt(L)`. Downwards, from the last layer to the first:
#    `G = G + (G * slope(z) / sqrt(L)) @ W.T`, then measure.
# 3. In the forward loop append np.mean(h**2) after the update of h. Then `for z, W in zip(zs[::-1], Ws[::-1])`: update
#    G as above, append np.mean(G**2). Return `np.array(forward), np.array(backward[::-1])`.

# %% elegant
# The way back is the way up in reverse: what arrives goes around unchanged, and through the layer as it always did, and
# the two are added. One loop over the layers forwards, one backwards.

# %% right
def psi(name, z):
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return {"identity": z, "tanh": np.tanh(z), "relu": np.maximum(z, 0)}[name]

def slope(name, z):
    if name == "sigmoid":
        return psi(name, z) * (1 - psi(name, z))
    return {"identity": np.ones_like(z), "tanh": 1 - np.tanh(z)**2, "relu": (z > 0) * 1.0}[name]

def residual_profile(X, Ws, name, G):
    L = len(Ws)
    h, zs, forward, backward = X, [], [], []
    for W in Ws:
        z = h @ W
        h = h + psi(name, z) / np.sqrt(L)
        zs.append(z)
        forward.append(np.mean(h**2))
    for z, W in zip(zs[::-1], Ws[::-1]):
        dz = G * slope(name, z) / np.sqrt(L)
        G = G + dz @ W.T
        backward.append(np.mean(G**2))
    return np.array(forward), np.array(backward[::-1])

# %% right
def residual_profile(X, Ws, name, G):
    # a layer is a function that returns its way back
    scale = len(Ws) ** -0.5

    def layer(h, W):
        z = np.dot(h, W)
        if name == "identity":
            out, slope = z, 1.0
        elif name == "sigmoid":
            out = 0.5 * (1 + np.tanh(z / 2))
            slope = out * (1 - out)
        elif name == "tanh":
            out = np.tanh(z)
            slope = 1 - out**2
        else:
            out, slope = np.where(z > 0, z, 0), np.where(z > 0, 1, 0)
        return h + scale * out, lambda G: G + np.dot(scale * G * slope, W.T)

    ways, forward, backward = [], [], []
    for W in Ws:
        X, back = layer(X, W)
        ways.append(back)
        forward.append(float((X * X).mean()))
    while ways:
        G = ways.pop()(G)
        backward.insert(0, float((G * G).mean()))
    return forward, backward

# %% right
def residual_profile(X, Ws, name, G):
    # recursion: this layer, then those above it
    root = np.sqrt(len(Ws))

    def run(h, rest, G):
        if not rest:
            return G, [], []
        z = h @ rest[0]
        e = 1 / (1 + np.exp(-z))
        value = {"identity": z, "tanh": np.tanh(z), "relu": z * (z > 0), "sigmoid": e}[name]
        slope = {"identity": 1 + 0 * z, "tanh": np.cosh(z)**-2.0, "relu": z > 0, "sigmoid": e - e**2}[name]
        up = h + value / root
        G, forward, backward = run(up, rest[1:], G)
        G = G + np.einsum("nk,dk->nd", G * slope, rest[0]) / root
        return G, [np.average(up**2), *forward], [np.average(G**2), *backward]

    return run(X, list(Ws), G)[1:]

# %% right
import math

VALUE = {"identity": lambda t: t, "relu": lambda t: max(t, 0.0), "tanh": math.tanh,
         "sigmoid": lambda t: 1 / (1 + math.exp(-t))}
SLOPE = {"identity": lambda t: 1.0, "relu": lambda t: float(t > 0), "tanh": lambda t: 1 - math.tanh(t)**2,
         "sigmoid": lambda t: math.exp(-t) / (1 + math.exp(-t))**2}

def residual_profile(X, Ws, name, G):
    # example by example, number by number
    L, (n, d) = len(Ws), X.shape
    forward, backward = [0.0] * L, [0.0] * L
    for x, g in zip(X.tolist(), G.tolist()):
        zs = []
        for l, W in enumerate(Ws):
            z = [sum(x[i] * float(W[i, j]) for i in range(d)) for j in range(d)]
            x = [a + VALUE[name](t) / math.sqrt(L) for a, t in zip(x, z)]
            zs.append(z)
            forward[l] += sum(a * a for a in x) / (n * d)
        for l in range(L - 1, -1, -1):
            dz = [a * SLOPE[name](t) / math.sqrt(L) for a, t in zip(g, zs[l])]
            g = [g[i] + sum(float(Ws[l][i, j]) * dz[j] for j in range(d)) for i in range(d)]
            backward[l] += sum(a * a for a in g) / (n * d)
    return forward, tuple(backward)

# %% right
def residual_profile(X, Ws, name, G):
    # all at once: a stack of values, a stack of gradients
    L = len(Ws)
    H = np.zeros((L + 1, *X.shape))
    D = np.zeros((L + 1, *X.shape))
    H[0], D[L] = X, G
    f = {"identity": lambda z: z, "relu": lambda z: np.maximum(z, 0), "tanh": np.tanh,
         "sigmoid": lambda z: 1 / (1 + np.exp(-z))}[name]
    df = {"identity": np.ones_like, "relu": lambda z: np.heaviside(z, 0), "tanh": lambda z: 1 - np.tanh(z)**2,
          "sigmoid": lambda z: 0.25 / np.cosh(z / 2)**2}[name]
    for l in range(L):
        H[l + 1] = H[l] + f(H[l] @ Ws[l]) / L**0.5
    for l in reversed(range(L)):
        D[l] = D[l + 1] + (D[l + 1] * df(H[l] @ Ws[l])) @ Ws[l].T / L**0.5
    return (H[1:]**2).mean(axis=(1, 2)), (D[:-1]**2).mean(axis=(1, 2))
