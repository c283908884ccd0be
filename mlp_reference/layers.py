"""Layers: a layer is a function that returns ``(Y, backward)``, and ``backward(G)`` turns dloss/dY into its gradients.

The affine layer also comes as a pair of functions with a cache between them, as notebook 05 builds it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.activations import activation, activation_grad

Backward = Callable[[np.ndarray], Any]
Cache = tuple[Real[np.ndarray, "n d"], Real[np.ndarray, "d m"]]
Grads = tuple[Real[np.ndarray, "n d"], Real[np.ndarray, "d m"], Real[np.ndarray, " m"]]


def affine_forward(
    X: Real[np.ndarray, "n d"], W: Real[np.ndarray, "d m"], b: Real[np.ndarray, " m"]
) -> tuple[Real[np.ndarray, "n m"], Cache]:
    """``(Z, cache)`` with ``Z = X @ W + b``; the cache holds what the backward pass needs.

    Raises: ValueError where shapes do not fit or an entry is not finite.
    Source: notebook 05, the affine layer.
    """
    checks.arrays("affine_forward", "n d, d m, m", X=X, W=W, b=b)
    return X @ W + b, (X, W)


def affine_backward(G: Real[np.ndarray, "n m"], cache: Cache) -> Grads:
    """``(dX, dW, db)`` from ``G``, which is dloss/dZ: each sum runs over the letter that the result does not have.

    Source: notebook 05, the affine layer.
    """
    X, W = cache
    checks.arrays("affine_backward", "n d, d m, n m", X=X, W=W, G=G)
    return G @ W.T, X.T @ G, G.sum(axis=0)


def affine(
    X: Real[np.ndarray, "n d"], W: Real[np.ndarray, "d m"], b: Real[np.ndarray, " m"]
) -> tuple[Real[np.ndarray, "n m"], Backward]:
    """``(Z, backward)`` of ``Z = X @ W + b``; ``backward(G) -> (dX, dW, db)``."""
    Z, cache = affine_forward(X, W, b)
    return Z, lambda G: affine_backward(G, cache)


def elementwise(name: str, Z: Real[np.ndarray, "*s"]) -> tuple[Float[np.ndarray, "*s"], Backward]:
    """``(H, backward)`` of an activation: its Jacobian is diagonal, so ``backward(G)`` is a product entry by entry."""
    return activation(name, Z), lambda G: G * activation_grad(name, Z)
