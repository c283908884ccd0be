"""Layers: a layer is a function that returns ``(Y, backward)``, and ``backward(G)`` turns dloss/dY into its gradients.

The affine layer and the layer normalization come as pairs of functions with a cache between them, as notebooks 05 and
06 build them.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.activations import activation, activation_grad
from mlp_reference.shapes import Number

Backward = Callable[[np.ndarray], Any]
Cache = tuple[Real[np.ndarray, "n d"], Real[np.ndarray, "d m"]]
Grads = tuple[Real[np.ndarray, "n d"], Real[np.ndarray, "d m"], Real[np.ndarray, " m"]]
NormCache = tuple[Float[np.ndarray, "n d"], Float[np.ndarray, "n 1"], Real[np.ndarray, " d"]]
NormGrads = tuple[Float[np.ndarray, "n d"], Float[np.ndarray, " d"], Real[np.ndarray, " d"]]


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


def layer_norm(
    Z: Real[np.ndarray, "n d"], gain: Real[np.ndarray, " d"], bias: Real[np.ndarray, " d"], eps: Number = 1e-5
) -> tuple[Float[np.ndarray, "n d"], NormCache]:
    """``(out, cache)``: each row is freed of its mean, divided by ``sqrt(variance + eps)``, then ``* gain + bias``.

    Source: Ba, Kiros & Hinton (2016), arXiv:1607.06450; notebook 06, "Back to a healthy size".
    """
    checks.arrays("layer_norm", "n d, d, d", Z=Z, gain=gain, bias=bias)
    centred = Z - Z.mean(axis=1, keepdims=True)
    size = np.sqrt((centred**2).mean(axis=1, keepdims=True) + eps)
    return centred / size * gain + bias, (centred / size, size, gain)


def layer_norm_backward(G: Real[np.ndarray, "n d"], cache: NormCache) -> NormGrads:
    """``(dZ, dgain, dbias)`` from ``G``, which is dloss/dout.

    All entries of a row share its mean and its size: of their gradient the mean is taken away, and the part along the
    row.
    Source: notebook 06, "Back to a healthy size".
    """
    U, size, gain = cache
    checks.arrays("layer_norm_backward", "n d, n d", U=U, G=G)
    dU = G * gain
    dZ = (dU - dU.mean(axis=1, keepdims=True) - U * (dU * U).mean(axis=1, keepdims=True)) / size
    return dZ, (G * U).sum(axis=0), G.sum(axis=0)
