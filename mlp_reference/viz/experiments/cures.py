"""Experiments of notebook 06 on deep ReLU networks with a way around their layers, with layer normalization, with both."""

from itertools import pairwise
from typing import Any

import numpy as np
from jaxtyping import Float

from mlp_reference import data, softmax
from mlp_reference.viz.experiments.memo import memoized

CURES = {"none": (False, False), "norm": (False, True), "skip": (True, False), "skip and norm": (True, True)}
VARIANCES = (0.5, 1.0, 2.0, 4.0)
BATCH = 32
Stack = Float[np.ndarray, "v n d"]


@memoized
def last_losses(cure: str, depth: int, steps: int = 200, width: int = 32, lr: float = 0.2) -> Float[np.ndarray, " v"]:
    """The last losses on digits (mean of 20) of networks of one depth, one for each variance, trained side by side."""
    X, y = _digits()
    rng = np.random.default_rng(depth)
    Ws = _first_weights(depth, width, rng)
    losses = []
    with np.errstate(all="ignore"):
        for _ in range(steps):
            rows = rng.choice(len(X), BATCH, replace=False)
            losses.append(_descend(Ws, X[rows], y[rows], lr, *CURES[cure]))
    return np.asarray(np.mean(losses[-20:], axis=0))


@memoized
def differences(cure: str, depth: int, width: int = 32) -> Float[np.ndarray, " v"]:
    """1 - cosine of two images behind the hidden layers before training, the mean over all pairs of 100."""
    X = _digits()[0][:100]
    h, _ = _hidden(_first_weights(depth, width, np.random.default_rng(depth))[:-1], X, *CURES[cure])
    U = h / np.linalg.norm(h.astype(np.float64), axis=-1, keepdims=True)
    return np.asarray((1 - U @ U.swapaxes(1, 2)).sum(axis=(1, 2)) / (len(X) * (len(X) - 1)))


def _digits() -> tuple[Float[np.ndarray, "n d"], np.ndarray]:
    X, y = data.digits()
    return ((X - X.mean(axis=0)) / (X.std(axis=0) + 1e-3)).astype(np.float32), y


def _first_weights(depth: int, width: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Random weights of one network for each variance; all have the same output layer."""
    scale = np.sqrt(np.array(VARIANCES, dtype=np.float32))[:, None, None]
    Ws = [scale * rng.standard_normal((1, a, b)).astype(np.float32) / np.float32(np.sqrt(a))
          for a, b in pairwise([64, *[width] * depth, 10])]  # fmt: skip
    return [*Ws[:-1], Ws[-1] / scale]


def _hidden(Ws: list[np.ndarray], X: np.ndarray, skip: bool, norm: bool) -> tuple[Stack, list[tuple[Any, ...]]]:
    """The last hidden values, and for each layer what came in, what went into its ReLU, and the size in its norm."""
    scale = np.float32(1 / np.sqrt(len(Ws)))
    h, kept = np.broadcast_to(X, (len(VARIANCES), *X.shape)), []
    for layer, W in enumerate(Ws):
        u, size = _normed(h @ W) if norm else (h @ W, None)
        kept.append((h, u, size))
        h = h + scale * np.maximum(u, 0) if skip and layer else np.maximum(u, 0)
    return h, kept


def _descend(
    Ws: list[np.ndarray], X: np.ndarray, y: np.ndarray, lr: float, skip: bool, norm: bool
) -> Float[np.ndarray, " v"]:
    """One step of gradient descent (no longer than lr) for every network of a stack; their losses before it."""
    scale = np.float32(1 / np.sqrt(len(Ws) - 1))
    h, kept = _hidden(Ws[:-1], X, skip, norm)
    G = softmax(h @ Ws[-1])
    losses = -np.log(np.maximum(G[:, np.arange(len(y)), y], 1e-30)).mean(axis=1)
    G[:, np.arange(len(y)), y] -= 1
    G /= len(y)
    steps = [h.swapaxes(1, 2) @ G]
    G = G @ Ws[-1].swapaxes(1, 2)
    for layer, (h, u, size) in reversed(list(enumerate(kept))):
        around = skip and layer > 0
        dz = G * (u > 0) * (scale if around else 1)
        dz = _normed_back(dz, u, size) if norm else dz
        steps.append(h.swapaxes(1, 2) @ dz)
        G = dz @ Ws[layer].swapaxes(1, 2) + (G if around else 0)
    length = np.sqrt(sum((s.astype(np.float64) ** 2).sum(axis=(1, 2)) for s in steps))
    clipped = (lr / np.maximum(length, 1.0)).astype(np.float32)[:, None, None]
    for W, step in zip(reversed(Ws), steps, strict=True):
        W -= clipped * step
    return np.asarray(losses, dtype=np.float64)


def _normed(z: Stack) -> tuple[Stack, Float[np.ndarray, "v n 1"]]:
    centred = z - z.mean(axis=-1, keepdims=True)
    size = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(1e-5))
    return centred / size, size


def _normed_back(G: Stack, u: Stack, size: Float[np.ndarray, "v n 1"]) -> Stack:
    return np.asarray((G - G.mean(axis=-1, keepdims=True) - u * (G * u).mean(axis=-1, keepdims=True)) / size)
