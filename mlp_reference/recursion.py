"""The whole backward pass as one recursion over matrices, as it is written on a blackboard.

Layers ``Z_{i+1} = psi_i(Z_i W_i + b_i)`` from ``Z_1 = X``. With ``G_i = dloss/dZ_i``,

    G_i = (G_{i+1} * psi_i'(Z_i W_i + b_i)) W_iᵀ     and     dloss/dW_i = Z_iᵀ (G_{i+1} * psi_i'(Z_i W_i + b_i)).
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Real

from mlp_reference import checks
from mlp_reference.activations import activation, activation_grad
from mlp_reference.shapes import Matrices, Rows, Vectors


def g_recursion(
    X: Rows, Ws: Matrices, bs: Vectors, activations: Sequence[str], G: Real[np.ndarray, "n k"]
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """``(dWs, dbs)`` in layer order, from ``G``, which is dloss/dZ_{L+1}.

    Source: notebook 05, backward as a recursion.
    """
    checks.chain("g_recursion", X, Ws, bs)
    Zs, As = [X], []
    for W, b, name in zip(Ws, bs, activations, strict=True):
        As.append(Zs[-1] @ W + b)
        Zs.append(activation(name, As[-1]))
    checks.arrays("g_recursion", "n k, n k", Y=Zs[-1], G=G)
    dWs, dbs = [], []
    for Z, A, W, name in reversed(list(zip(Zs[:-1], As, Ws, activations, strict=True))):
        D = G * activation_grad(name, A)
        dWs.append(Z.T @ D)
        dbs.append(D.sum(axis=0))
        G = D @ W.T  # only the last two G are ever alive
    return dWs[::-1], dbs[::-1]
