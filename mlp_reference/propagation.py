"""How large signals are, layer by layer: measured in a network, and predicted for wide ones."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.activations import ACTIVATIONS, Activation
from mlp_reference.shapes import Integer, Matrices, Number, as_float

Profile = tuple[Float[np.ndarray, " L"], Float[np.ndarray, " L"]]


class Signals(NamedTuple):
    """Of each layer: the values that it hands on, and the mean squares of these and of dloss/dz."""

    H: list[Float[np.ndarray, "n _"]]
    forward: Float[np.ndarray, " L"]
    backward: Float[np.ndarray, " L"]


def signal_profile(X: Real[np.ndarray, "n d"], Ws: Matrices, name: str, G: Real[np.ndarray, "n k"]) -> Profile:
    """``(forward, backward)``: per layer ``mean(h_l**2)`` and ``mean((dloss/dz_l)**2)``, given ``G``, dloss/dh_L.

    Source: notebook 06, "Fifty layers".
    """
    checks.one_of("signal_profile", "the activation", name, ACTIVATIONS)
    checks.chain("signal_profile", X, Ws, [np.zeros(W.shape[1]) for W in Ws])
    checks.arrays("signal_profile", "n d, m k, n k", X=X, last_W=Ws[-1], G=G)
    return propagate(X, Ws, ACTIVATIONS[name], G)[1:]


def propagate(X: Real[np.ndarray, "n d"], Ws: Matrices, psi: Activation, G: Real[np.ndarray, "n k"]) -> Signals:
    """The signals of ``h_l = psi(h_{l-1} @ W_l)`` from ``h_0 = X``, and back from ``G``, which is dloss/dh_L."""
    Hs, Zs = [X], []
    for W in Ws:
        Zs.append(as_float(Hs[-1] @ W))
        Hs.append(psi.value(Zs[-1]))
    backward = []
    for Z, W in zip(reversed(Zs), reversed(Ws), strict=True):
        dZ = G * psi.grad(Z)
        backward.append(np.mean(dZ**2))
        G = dZ @ W.T
    return Signals(Hs[1:], np.array([np.mean(H**2) for H in Hs[1:]]), np.array(backward[::-1]))


def second_moment_gain(psi: Callable[[np.ndarray], np.ndarray]) -> float:
    """``E[psi(z)**2]`` for ``z ~ N(0, 1)``: the share of a signal's size that an activation lets through.

    Source: notebook 06, "The law behind it".
    """
    return _mean_square(psi, 1.0, 200_000)


def correlation_step(psi: Callable[[np.ndarray], np.ndarray], c: Number, q: Number) -> float:
    """``E[psi(z) psi(z')] / E[psi(z)**2]`` for normal ``z, z'`` of mean 0, variance ``q`` and correlation ``c``.

    The cosine of two inputs behind a wide layer, from their cosine ``c`` before the activation.
    Raises: ValueError where ``c`` is not from -1 to 1, or ``q`` not above 0.
    Source: Poole et al. (2016), arXiv:1606.05340; notebook 06, "How alike do two inputs become?".
    """
    checks.positive("correlation_step", q=q)
    if not abs(c) <= 1:
        checks.fail("correlation_step", f"c = {c}", "a cosine, from -1 to 1", "divide by both lengths")
    z, mass = _normal_grid(500)
    other = c * z[:, None] + np.sqrt(1 - c * c) * z
    first, second = psi(np.sqrt(q) * z), psi(np.sqrt(q) * other)
    return float((mass * first) @ (second @ mass)) / float(mass @ first**2)


def residual_profile(X: Real[np.ndarray, "n d"], Ws: Matrices, name: str, G: Real[np.ndarray, "n d"]) -> Profile:
    """``(forward, backward)`` of ``h_l = h_{l-1} + psi(h_{l-1} @ W_l) / sqrt(L)``, given ``G``, dloss/dh_L.

    ``forward[l]`` is ``mean(h_{l+1}**2)``, ``backward[l]`` is ``mean((dloss/dh_l)**2)``: what layer ``l + 1`` hands up
    and down.
    Source: He et al. (2016), arXiv:1512.03385; notebook 06, "A way around".
    """
    checks.one_of("residual_profile", "the activation", name, ACTIVATIONS)
    checks.arrays("residual_profile", "n d, n d" + ", d d" * len(Ws), X=X, G=G,
                  **{f"Ws[{l}]": W for l, W in enumerate(Ws)})  # fmt: skip
    psi, scale = ACTIVATIONS[name], 1 / np.sqrt(len(Ws))
    Hs, slopes = [X], []
    for W in Ws:
        Z = as_float(Hs[-1] @ W)
        slopes.append(psi.grad(Z))
        Hs.append(Hs[-1] + scale * psi.value(Z))
    backward = []
    for W, slope in zip(reversed(Ws), reversed(slopes), strict=True):
        G = G + scale * (G * slope) @ W.T
        backward.append(np.mean(G**2))
    return np.array([np.mean(H**2) for H in Hs[1:]]), np.array(backward[::-1])


def signal_theory(
    widths: Sequence[Integer], variances: Sequence[Number], psi: Activation, first: Number = 1.0, last: Number = 1.0
) -> Profile:
    """What ``signal_profile`` tends to for random weights of these variances when all layers are wide.

    ``first`` is the mean square of the inputs, ``last`` that of dloss/dh_L. Layer l takes a signal of mean square m to
    pre-activations of variance ``q = d_in * Var(w) * m``, from which both passes follow.
    Source: Poole et al. (2016), arXiv:1606.05340; Schoenholz et al. (2017), arXiv:1611.01232; notebook 06, "The
    law behind it".
    """
    if len(widths) != len(variances) + 1:
        checks.fail("signal_theory", f"{len(widths)} widths and {len(variances)} variances", "one width more",
                    "list the widths from input to output")  # fmt: skip
    forward, slopes = [first], []
    for d_in, variance in zip(widths, variances, strict=False):
        std = float(np.sqrt(d_in * variance * forward[-1]))
        forward.append(_mean_square(psi.value, std))
        slopes.append(_mean_square(psi.grad, std))
    backward = [last * slopes[-1]]
    for slope, d_out, variance in zip(slopes[-2::-1], widths[:1:-1], variances[:0:-1], strict=True):
        backward.append(backward[-1] * d_out * variance * slope)
    return np.array(forward[1:]), np.array(backward[::-1])


def _mean_square(f: Callable[[np.ndarray], np.ndarray], std: float, n: int = 2000) -> float:
    """``E[f(z)**2]`` for normal ``z`` of mean 0, from ``n`` places: to 1e-3 of it for the activations of the course."""
    z, mass = _normal_grid(n)
    return float((mass * np.square(f(std * z))).sum())


@lru_cache
def _normal_grid(n: int) -> tuple[Float[np.ndarray, " n"], Float[np.ndarray, " n"]]:
    """Midpoints of ``n`` equal parts of [-12, 12], so that a kink at 0 falls between two, and their probabilities."""
    z = (np.arange(n) + 0.5) * (24 / n) - 12
    return z, 24 / n * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
