"""Reverse-mode differentiation of arrays: the layers and losses of the course, strung together by a graph.

>>> X, W, b = Node(...), Node(...), Node(...)
>>> loss = softmax_xent(activate("tanh", affine(X, W, b)), y)
>>> loss.backward()
>>> W.grad
"""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks, layers, losses
from mlp_reference.autodiff import topological_order
from mlp_reference.shapes import Labels

Gradients = tuple[np.ndarray, ...]


class Node:
    """An array that knows its parents, and how to turn its own gradient into theirs: a vjp, never a Jacobian.

    Source: notebook 05, modules.
    """

    def __init__(
        self,
        data: Real[np.ndarray, "..."],
        parents: tuple["Node", ...] = (),
        vjp: Callable[[np.ndarray], Gradients] = lambda G: (),
    ) -> None:
        self.data = data
        self.grad = np.zeros_like(data)
        self.parents = parents
        self.vjp = vjp

    def __add__(self, other: "Node") -> "Node":
        checks.arrays("Node +", _same(self.data), left=self.data, right=other.data)
        return Node(self.data + other.data, (self, other), lambda G: (G, G))

    def __mul__(self, other: "Node") -> "Node":
        checks.arrays("Node *", _same(self.data), left=self.data, right=other.data)
        return Node(self.data * other.data, (self, other), lambda G: (G * other.data, G * self.data))

    def __matmul__(self, other: "Node") -> "Node":
        checks.arrays("Node @", "n d, d k", left=self.data, right=other.data)
        return Node(self.data @ other.data, (self, other), lambda G: (G @ other.data.T, self.data.T @ G))

    def backward(self, G: Real[np.ndarray, "..."] | None = None) -> None:
        """Set ``.grad`` of every node this one depends on: the sum over all paths, afresh at each call.

        ``G`` is the gradient of the loss by this node; without it the node itself is the loss.
        """
        order = topological_order(self)
        for node in order:
            node.grad = np.zeros_like(node.data)
        self.grad = np.ones_like(self.data) if G is None else G
        for node in reversed(order):
            for parent, grad in zip(node.parents, node.vjp(node.grad), strict=True):
                parent.grad = parent.grad + grad


def affine(X: Node, W: Node, b: Node) -> Node:
    """``X @ W + b``."""
    Z, backward = layers.affine(X.data, W.data, b.data)
    return Node(Z, (X, W, b), backward)


def activate(name: str, Z: Node) -> Node:
    """An activation by name, entry by entry."""
    H, backward = layers.elementwise(name, Z.data)
    return Node(H, (Z,), lambda G: (backward(G),))


def softmax(Z: Node) -> Node:
    """Probabilities by rows."""
    P, backward = layers.softmax_layer(Z.data)
    return Node(P, (Z,), lambda G: (backward(G),))


def softmax_xent(Z: Node, y: Labels) -> Node:
    """Mean cross-entropy, a node with one number."""
    return _loss(Z, losses.softmax_xent(Z.data, y))


def bce_with_logits(Z: Node, y: Labels) -> Node:
    """Mean binary cross-entropy of the one column of ``Z (n, 1)``."""
    loss, dz = losses.bce_with_logits(Z.data.ravel(), y)
    return _loss(Z, (loss, dz[:, None]))


def squared_error(Yhat: Node, Y: Real[np.ndarray, "n k"]) -> Node:
    """Half the squared distance, mean over the batch."""
    return _loss(Yhat, losses.squared_error(Yhat.data, Y))


def _loss(Z: Node, loss_and_grad: tuple[float, Float[np.ndarray, "n k"]]) -> Node:
    loss, dZ = loss_and_grad
    return Node(np.array(loss, dZ.dtype), (Z,), lambda G: (G * dZ,))


def _same(array: np.ndarray) -> str:
    letters = " ".join("nkabcdef"[: array.ndim])
    return f"{letters}, {letters}"
