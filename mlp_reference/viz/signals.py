"""What the pictures of notebook 06 measure: signals of random networks of equal width, and the theory for wide ones.

A network is given by ``sigma2 = width * Var(w)``, the variance of a pre-activation for inputs of mean square 1.
"""

from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from mlp_reference.activations import ACTIVATIONS, Activation, normal_cdf, normal_pdf

DEEPEST = 60
_QUANTILES = 2000
_Q = np.logspace(-24, 12, 361)  # variances of pre-activations


class Signals(NamedTuple):
    """Of each layer: the values it hands on, and the mean squares of its output and of dloss/dz."""

    H: list[Float[np.ndarray, "n d"]]
    forward: Float[np.ndarray, " L"]
    backward: Float[np.ndarray, " L"]


@lru_cache
def _cdf_table() -> tuple[np.ndarray, np.ndarray]:
    places = np.linspace(-9, 9, 9001)
    return places, np.asarray(normal_cdf(places))


def _cdf(z: np.ndarray) -> np.ndarray:
    """The normal CDF by interpolation: to 1e-7, and fifty times as fast."""
    return np.interp(z, *_cdf_table())


QUICK = {**ACTIVATIONS, "gelu": Activation(lambda z: z * _cdf(z), lambda z: _cdf(z) + z * normal_pdf(z))}


def shaped(name: str, slope: float) -> Activation:
    """An activation of the table, or one whose slope (leaky ReLU, PReLU) or depth (ELU) on the left can be chosen."""
    if name == "elu":
        return Activation(
            lambda z: np.where(z > 0, z, slope * np.expm1(np.minimum(z, 0))),
            lambda z: np.where(z > 0, 1.0, slope * np.exp(np.minimum(z, 0))),
        )
    if name in ("leaky_relu", "prelu"):
        return Activation(lambda z: np.where(z > 0, z, slope * z), lambda z: np.where(z > 0, 1.0, slope))
    return QUICK[name]


@lru_cache
def normal_sample(n: int = _QUANTILES) -> Float[np.ndarray, " n"]:
    """The middles of ``n`` equally likely parts of the standard normal distribution."""
    normal = NormalDist()
    return np.array([normal.inv_cdf((i + 0.5) / n) for i in range(n)])


def random_signals(
    name: str, sigma2: float, depth: int, width: int, seed: int, X: Float[np.ndarray, "n d"] | None = None
) -> Signals:
    """The signals of a network with normal weights; the inputs (or ``X``, at most 48 rows) and dloss/dh_L, too."""
    Ws, inputs, G = _directions(width, seed)
    psi = QUICK[name]
    scale = np.sqrt(sigma2 / width)
    H, Zs = [inputs if X is None else X], []
    G = G[: len(H[0])]
    with np.errstate(over="ignore", invalid="ignore"):
        for W in Ws[:depth]:
            Zs.append(H[-1] @ W * scale)
            H.append(psi.value(Zs[-1]))
        backward = []
        for Z, W in zip(Zs[::-1], Ws[depth - 1 :: -1], strict=True):
            dZ = G * psi.grad(Z)
            backward.append(np.mean(dZ**2))
            G = dZ @ W.T * scale
    return Signals(H[1:], np.array([np.mean(h**2) for h in H[1:]]), np.array(backward[::-1]))


@lru_cache(maxsize=8)
def _directions(width: int, seed: int) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """Standard normal weights, inputs and last gradients, which a slider of the variance only scales."""
    rng = np.random.default_rng([width, seed])
    Ws = [rng.standard_normal((width, width)) for _ in range(DEEPEST)]
    return Ws, rng.standard_normal((48, width)), rng.standard_normal((48, width))


@lru_cache
def moments(name: str) -> tuple[Float[np.ndarray, " q"], Float[np.ndarray, " q"]]:
    """``E[psi(z)**2]`` and ``E[psi'(z)**2]`` for normal z of the variances ``_Q``."""
    z = np.sqrt(_Q)[:, None] * normal_sample()
    return (QUICK[name].value(z) ** 2).mean(axis=1), (QUICK[name].grad(z) ** 2).mean(axis=1)


def theory(
    name: str, sigma2: float, depth: int, first: float = 1.0
) -> tuple[Float[np.ndarray, " L"], Float[np.ndarray, " L"]]:
    """Both profiles for infinite width, from inputs of mean square ``first`` and last gradients of mean square 1."""
    value, slope = moments(name)
    forward, slopes = [first], []
    for _ in range(depth):
        q = np.log(np.clip(sigma2 * forward[-1], _Q[0], _Q[-1]))
        forward.append(float(np.exp(np.interp(q, np.log(_Q), np.log(value)))))
        slopes.append(float(np.interp(q, np.log(_Q), slope)))
    backward = [slopes[-1]]
    for s in slopes[-2::-1]:
        backward.append(backward[-1] * sigma2 * s)
    return np.array(forward[1:]), np.array(backward[::-1])
