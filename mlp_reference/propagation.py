"""How large signals are, layer by layer: measured in a network, and predicted for wide ones."""

from collections.abc import Callable, Sequence

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.activations import ACTIVATIONS, activation, activation_grad
from mlp_reference.shapes import Integer, Matrices, Number

Profile = tuple[Float[np.ndarray, " L"], Float[np.ndarray, " L"]]

# Midpoints, so that a kink or a jump at 0 falls between two of them.
_GRID = (np.arange(200_000) + 0.5) * 1.2e-4 - 12
_MASS = 1.2e-4 * np.exp(-(_GRID**2) / 2) / np.sqrt(2 * np.pi)


def signal_profile(X: Real[np.ndarray, "n d"], Ws: Matrices, name: str, G: Real[np.ndarray, "n k"]) -> Profile:
    """``(forward, backward)``: per layer ``mean(h_l**2)`` and ``mean((dloss/dz_l)**2)``, given ``G``, dloss/dh_L.

    Source: notebook 06, "Fifty layers".
    """
    checks.chain("signal_profile", X, Ws, [np.zeros(W.shape[1]) for W in Ws])
    checks.arrays("signal_profile", "n d, h k, n k", X=X, last_W=Ws[-1], G=G)
    H, Zs, forward = X, [], []
    for W in Ws:
        Zs.append(H @ W)
        H = activation(name, Zs[-1])
        forward.append(np.mean(H**2))
    backward = []
    for Z, W in zip(reversed(Zs), reversed(Ws), strict=True):
        dZ = G * activation_grad(name, Z)
        backward.append(np.mean(dZ**2))
        G = dZ @ W.T
    return np.array(forward), np.array(backward[::-1])


def second_moment_gain(psi: Callable[[np.ndarray], np.ndarray]) -> float:
    """``E[psi(z)**2]`` for ``z ~ N(0, 1)``: the share of a signal's size that an activation lets through.

    Source: notebook 06, "The law behind it".
    """
    return float((_MASS * np.square(psi(_GRID))).sum())


def signal_theory(
    widths: Sequence[Integer], variances: Sequence[Number], name: str, first: Number = 1.0, last: Number = 1.0
) -> Profile:
    """What ``signal_profile`` tends to for random weights of these variances when all layers are wide.

    ``first`` is the mean square of the inputs, ``last`` that of dloss/dh_L. Layer l takes a signal of mean square m to
    pre-activations of variance ``q = d_in * Var(w) * m``, from which both passes follow.
    Source: Poole et al. (2016), arXiv:1606.05340; Schoenholz et al. (2017), arXiv:1611.01232; notebook 06, "The
    law behind it".
    """
    checks.one_of("signal_theory", "the activation", name, ACTIVATIONS)
    if len(widths) != len(variances) + 1:
        checks.fail("signal_theory", f"{len(widths)} widths and {len(variances)} variances", "one width more",
                    "list the widths from input to output")  # fmt: skip
    forward: list[float] = []
    slopes: list[float] = []
    for d_in, variance in zip(widths, variances, strict=False):
        std = np.sqrt(d_in * variance * (forward[-1] if forward else first))
        forward.append(second_moment_gain(lambda z, std=std: activation(name, std * z)))  # type: ignore[misc]
        slopes.append(second_moment_gain(lambda z, std=std: activation_grad(name, std * z)))  # type: ignore[misc]
    backward = [last * slopes[-1]]
    for slope, d_out, variance in zip(slopes[-2::-1], widths[:1:-1], variances[:0:-1], strict=True):
        backward.append(backward[-1] * d_out * variance * slope)
    return np.array(forward), np.array(backward[::-1])
