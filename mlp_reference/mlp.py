"""The multilayer perceptron: two functions that share a cache, and a class of any depth, activation and target."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.activations import ACTIVATIONS
from mlp_reference.initialize import init_weights
from mlp_reference.layers import Backward, affine, affine_backward, elementwise
from mlp_reference.outputs import OUTPUTS
from mlp_reference.shapes import Integer, Matrices, Rows, Vectors

Cache = list[tuple[np.ndarray, np.ndarray]]
Lists = tuple[list[np.ndarray], list[np.ndarray]]
SCHEME = {"identity": "lecun", "sigmoid": "xavier", "tanh": "xavier"}  # and he for the others, which halve a signal


def mlp_forward(X: Rows, Ws: Matrices, bs: Vectors) -> tuple[Real[np.ndarray, "n k"], Cache]:
    """``(Z, cache)`` of affine layers with a ReLU after each but the last; the cache holds each layer's ``(X, W)``.

    Raises: ValueError where the shapes do not form a chain.
    Source: notebook 05, forward through any depth.
    """
    checks.chain("mlp_forward", X, Ws, bs)
    H, cache = X, []
    for W, b in zip(Ws, bs, strict=True):
        cache.append((H, W))
        Z = H @ W + b
        H = np.maximum(Z, 0)
    return Z, cache


def mlp_backward(G: Real[np.ndarray, "n k"], cache: Cache) -> Lists:
    """``(dWs, dbs)`` in layer order, from ``G``, which is dloss/dZ.

    Source: notebook 05, backward through any depth.
    """
    dWs, dbs = [], []
    for H, W in reversed(cache):
        dH, dW, db = affine_backward(G, (H, W))
        dWs.append(dW)
        dbs.append(db)
        G = dH * (H > 0)  # H = relu(Z) is above 0 where Z is; for the input layer this goes unused
    return dWs[::-1], dbs[::-1]


def views(theta: np.ndarray, sizes: Sequence[Integer]) -> Lists:
    """``(Ws, bs)``, windows into the one vector ``theta`` that holds them all: W1, b1, W2, b2, ..."""
    Ws, bs, start = [], [], 0
    for d_in, d_out in pairwise(sizes):
        stop = start + d_in * d_out
        Ws.append(theta[start:stop].reshape(d_in, d_out))
        bs.append(theta[stop : stop + d_out])
        start = stop + d_out
    return Ws, bs


def n_parameters(sizes: Sequence[Integer]) -> int:
    """The number of weights and biases of a fully connected network of these widths."""
    return sum((d_in + 1) * d_out for d_in, d_out in pairwise(sizes))


class MLP:
    """Fully connected layers of the widths ``sizes``; all parameters lie in one vector, ``theta``.

    ``activations``: one name for all hidden layers (the last one is then linear), or one name per layer.
    ``target``: what is predicted, a row of ``outputs.OUTPUTS``, which fixes the loss and the meaning of ``predict``.
    ``scheme``: how the weights start, a row of ``initialize.VARIANCE``; None chooses by activation. Biases start at 0.
    Source: notebook 05, forward through any depth; notebook 07, which loss for which target.
    """

    def __init__(
        self,
        sizes: Sequence[Integer],
        rng: np.random.Generator,
        *,
        activations: str | Sequence[str] = "relu",
        target: str = "categorical",
        scheme: str | None = None,
        dtype: Any = np.float64,
    ) -> None:
        depth = len(sizes) - 1
        checks.positive("MLP", layers=depth, **{f"sizes[{i}]": size for i, size in enumerate(sizes)})
        checks.one_of("MLP", "the target", target, OUTPUTS)
        if isinstance(activations, str):
            activations = [activations] * (depth - 1) + ["identity"]
        if len(activations) != depth:
            checks.fail("MLP", f"{len(activations)} activations", f"{depth}", "name one per layer, or one for all")
        for name in activations:
            checks.one_of("MLP", "the activation", name, ACTIVATIONS)
        self.sizes, self.activations, self.target = tuple(sizes), tuple(activations), target
        self.theta = np.zeros(n_parameters(sizes), dtype)
        self.Ws, self.bs = views(self.theta, sizes)
        for W, name in zip(self.Ws, activations, strict=True):
            W[...] = init_weights(W.shape[0], W.shape[1], scheme or SCHEME.get(name, "he"), rng)

    @property
    def n_parameters(self) -> int:
        return self.theta.size

    @property
    def params(self) -> dict[str, np.ndarray]:
        """All arrays by name, ``"W1"``, ``"b1"``, ``"W2"``, ...: the number names the layer."""
        pairs = zip(self.Ws, self.bs, strict=True)
        return {name: p for i, (W, b) in enumerate(pairs, 1) for name, p in ((f"W{i}", W), (f"b{i}", b))}

    def forward(self, X: Rows) -> tuple[Float[np.ndarray, "n k"], list[tuple[Backward, Backward]]]:
        """``(Y, cache)``: the last layer's output, and how to go back through each layer."""
        checks.chain("MLP.forward", X, self.Ws, self.bs)
        Y, cache = X, []
        for W, b, name in zip(self.Ws, self.bs, self.activations, strict=True):
            Z, affine_back = affine(Y, W, b)
            Y, activation_back = elementwise(name, Z)
            cache.append((affine_back, activation_back))
        return Y, cache

    def backward(self, G: Real[np.ndarray, "n k"], cache: list[tuple[Backward, Backward]]) -> Lists:
        """``(dWs, dbs)`` in layer order, layer by layer from the last, from ``G``, which is dloss/dY."""
        dWs, dbs = [], []
        for affine_back, activation_back in reversed(cache):
            G, dW, db = affine_back(activation_back(G))
            dWs.append(dW)
            dbs.append(db)
        return dWs[::-1], dbs[::-1]

    def loss(self, X: Rows, y: np.ndarray) -> float:
        """The mean loss of the target on these examples."""
        return OUTPUTS[self.target].loss(self.forward(X)[0], y)[0]

    def loss_and_grads(self, X: Rows, y: np.ndarray) -> tuple[float, dict[str, np.ndarray]]:
        """The mean loss, and its gradients under the names of ``params``."""
        Y, cache = self.forward(X)
        loss, G = OUTPUTS[self.target].loss(Y, y)
        pairs = zip(*self.backward(G, cache), strict=True)
        return loss, dict(zip(self.params, (g for pair in pairs for g in pair), strict=True))

    def predict_mean(self, X: Rows) -> Float[np.ndarray, " n *k"]:
        """What the network says: probabilities for classes and labels, numbers for a real target."""
        return OUTPUTS[self.target].mean(self.forward(X)[0])

    def predict(self, X: Rows) -> Real[np.ndarray, " n *k"]:
        """The best single answer per row: a class, 0s and 1s, or numbers."""
        return OUTPUTS[self.target].decide(self.forward(X)[0])
