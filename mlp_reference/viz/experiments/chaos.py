"""Order and chaos in random networks with biases: lengths, cosines of two inputs, and gradients, layer by layer.

``w2`` is width times the variance of a weight, ``b2`` the variance of a bias.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from mlp_reference import ACTIVATIONS
from mlp_reference.activations import Activation

Profile = Float[np.ndarray, " L"]
WIDTH, DEEPEST, LARGEST = 64, 60, 1e6  # where lengths grow without end they are cut at the last
Z = (np.arange(64) + 0.5) * (12 / 64) - 6
MASS = np.exp(-(Z**2) / 2) / np.exp(-(Z**2) / 2).sum()


class Layers(NamedTuple):
    """The cosine of two inputs in each layer, and the mean square of the gradient there, 1 at the last."""

    cosines: Profile
    backward: Profile


def chi(name: str, w2: float, b2: float) -> float:
    """What a layer multiplies the mean square of a gradient by: below 1 is order, above 1 is chaos.

    Source: Poole et al. (2016), arXiv:1606.05340; Schoenholz et al. (2017), arXiv:1611.01232.
    """
    psi = ACTIVATIONS[name]
    return w2 * _gain(psi.grad(np.sqrt(_resting(psi, w2, b2)) * Z))


def at_rest(name: str, w2: float, b2: float) -> bool:
    """Whether there is a variance of pre-activations above 0 at which they settle: else chi says nothing of two inputs."""
    psi = ACTIVATIONS[name]
    q = _resting(psi, w2, b2)
    return q < LARGEST and abs(_length(psi, w2, b2, q) - q) < 1e-3 * q


def _resting(psi: Activation, w2: float, b2: float) -> float:
    q = 1.0
    for _ in range(300):
        q, before = _length(psi, w2, b2, q), q
        if abs(q - before) < 1e-9 * before:
            break
    return q


def theory(name: str, w2: float, b2: float, cosine: float, depth: int) -> Layers:
    """For wide layers, from two inputs of mean square 1 and this cosine."""
    psi, q = ACTIVATIONS[name], w2 + b2
    c = (w2 * cosine + b2) / q
    cosines, slopes = [c], [w2 * _gain(psi.grad(np.sqrt(q) * Z))]
    for _ in range(1, depth):
        size = w2 * _gain(psi.value(np.sqrt(q) * Z)) + b2
        c = float(np.clip((w2 * _overlap(psi, q, c) + b2) / (size or 1.0), -1, 1))
        q = min(LARGEST, size)
        cosines.append(c)
        slopes.append(w2 * _gain(psi.grad(np.sqrt(q) * Z)))
    backward = np.cumprod([1.0, *slopes[-2::-1]])[::-1]
    return Layers(np.array(cosines), backward)


def measured(name: str, w2: float, b2: float, cosine: float, depth: int, seed: int) -> Layers:
    """The same in one network of WIDTH units."""
    psi = ACTIVATIONS[name]
    (first, second), G, Ws, bs = _network(seed)
    H = np.stack([first, cosine * first + np.sqrt(1 - cosine**2) * second])
    cosines, Zs = [], []
    for W, b in zip(Ws[:depth], bs[:depth], strict=True):
        A = np.sqrt(w2 / WIDTH) * H @ W + np.sqrt(b2) * b
        lengths = float(np.sqrt((A[0] @ A[0]) * (A[1] @ A[1])))
        cosines.append(float(A[0] @ A[1]) / (lengths or 1.0))
        Zs.append(A[0])
        H = psi.value(A)
    backward = [float(np.mean(G**2))]
    for W, z in zip(Ws[depth - 1 : 0 : -1], Zs[-2::-1], strict=True):
        G = np.sqrt(w2 / WIDTH) * (W @ G) * psi.grad(z)
        backward.append(float(np.mean(G**2)))
    return Layers(np.array(cosines), np.array(backward[::-1]) / backward[0])


@lru_cache(maxsize=4)
def _network(seed: int) -> tuple[np.ndarray, np.ndarray, list[np.ndarray], list[np.ndarray]]:
    """Two orthogonal inputs of mean square 1, a last gradient, standard normal weights and biases."""
    rng = np.random.default_rng([WIDTH, seed, 1])
    X, G = rng.standard_normal((2, WIDTH)), rng.standard_normal(WIDTH)
    X[1] -= (X[0] @ X[1]) / (X[0] @ X[0]) * X[0]
    X /= np.sqrt((X**2).mean(axis=1, keepdims=True))
    pairs = [(rng.standard_normal((WIDTH, WIDTH)), rng.standard_normal(WIDTH)) for _ in range(DEEPEST)]
    return X, G, [W for W, _ in pairs], [b for _, b in pairs]


def _gain(values: np.ndarray) -> float:
    return float(MASS @ values**2)


def _length(psi: Activation, w2: float, b2: float, q: float) -> float:
    return min(LARGEST, w2 * _gain(psi.value(np.sqrt(q) * Z)) + b2)


def _overlap(psi: Activation, q: float, c: float) -> float:
    """``E[psi(u) psi(v)]`` for normal u and v of variance q and cosine c."""
    u = np.sqrt(q) * Z
    v = np.sqrt(q) * (c * Z[:, None] + np.sqrt(max(0.0, 1 - c * c)) * Z)
    return float((MASS * psi.value(u)) @ (psi.value(v) @ MASS))
