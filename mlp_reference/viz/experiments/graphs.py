"""Experiments of notebook 04: maps with Jacobians, errors and costs of gradients."""

import time
import tracemalloc
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float

from mlp_reference import mlp_backward, mlp_forward, softmax_jacobian

Points = Float[np.ndarray, "m 2"]
Values = Float[np.ndarray, " n"]
Function = Callable[..., Any]


class Chart(NamedTuple):
    """A map of the plane with its Jacobian, where to start, and what the output picture shows."""

    f: Callable[[Points], Points]
    jacobian: Callable[[float, float], list[list[float]]]
    start: tuple[float, float]
    view: tuple[tuple[float, float], tuple[float, float]]


def _columns(y1: Float[np.ndarray, " m"], y2: Float[np.ndarray, " m"]) -> Points:
    return np.column_stack([y1, y2])


POLAR = Chart(
    lambda P: _columns(P[:, 0] * np.cos(P[:, 1]), P[:, 0] * np.sin(P[:, 1])),
    lambda x1, x2: [[np.cos(x2), -x1 * np.sin(x2)], [np.sin(x2), x1 * np.cos(x2)]],
    (1.2, 0.4),
    ((-2.8, -2.8), (2.8, 2.8)),
)
CHARTS: Mapping[str, Chart] = {
    "polar: (x₁ cos x₂, x₁ sin x₂)": POLAR,
    "squares: (x₁² − x₂², 2 x₁ x₂)": Chart(
        lambda P: _columns(P[:, 0] ** 2 - P[:, 1] ** 2, 2 * P[:, 0] * P[:, 1]),
        lambda x1, x2: [[2 * x1, -2 * x2], [2 * x2, 2 * x1]],
        (1.0, 0.5),
        ((-7.0, -7.0), (7.0, 7.0)),
    ),
    "a layer: tanh(x W)": Chart(
        lambda P: np.tanh(P @ np.array([[0.8, -0.6], [0.5, 0.9]])),
        lambda x1, x2: [
            [0.8 / np.cosh(0.8 * x1 + 0.5 * x2) ** 2, 0.5 / np.cosh(0.8 * x1 + 0.5 * x2) ** 2],
            [-0.6 / np.cosh(-0.6 * x1 + 0.9 * x2) ** 2, 0.9 / np.cosh(-0.6 * x1 + 0.9 * x2) ** 2],
        ],
        (-0.3, 0.2),
        ((-1.3, -1.3), (1.3, 1.3)),
    ),
    "linear: (x₁ + x₂, x₂ / 2)": Chart(
        lambda P: _columns(P[:, 0] + P[:, 1], P[:, 1] / 2),
        lambda x1, x2: [[1.0, 1.0], [0.0, 0.5]],
        (0.5, -0.5),
        ((-4.0, -4.0), (4.0, 4.0)),
    ),
}


def miss_of_parallelogram(side: float) -> float:
    """How far the far corner of a square's image lies from that of its parallelogram, under polar coordinates."""
    corner = np.array(POLAR.start)
    at, far = POLAR.f(np.array([corner, corner + side]))
    return float(np.linalg.norm(far - at - side * np.sum(POLAR.jacobian(*POLAR.start), axis=1)))


def quotient_errors(f: Function, slope: float, x: Any, eps: np.ndarray) -> tuple[Values, Values]:
    """Relative errors of one-sided and central differences for each step, in the precision of ``x``."""
    one = (f(x + eps) - f(x)) / eps
    both = (f(x + eps) - f(x - eps)) / (2 * eps)
    return np.abs(np.float64(one) / slope - 1), np.abs(np.float64(both) / slope - 1)


STEPS = 10.0 ** -np.arange(0, 16, 0.25)


def best_steps(x: Any) -> list[tuple[float, float]]:
    """Step and relative error of the best one-sided and the best central difference of exp, as precise as ``x``."""
    eps = STEPS.astype(np.asarray(x).dtype)
    errors = quotient_errors(np.exp, float(np.exp(1.0)), x, eps)
    return [(float(eps[error.argmin()]), float(error.min())) for error in errors]


def gradient_seconds(width: int) -> tuple[int, float, float]:
    """Weights of a net with two hidden layers, seconds for nudging them all, extrapolated from one, and backward."""
    rng = np.random.default_rng(width)
    sizes = (16, width, width, 4)
    Ws = [rng.normal(size=pair) / np.sqrt(pair[0]) for pair in pairwise(sizes)]
    bs = [np.zeros(h) for h in sizes[1:]]
    X, G = rng.normal(size=(16, 16)), rng.normal(size=(16, 4))
    forward = _seconds(lambda: mlp_forward(X, Ws, bs))
    both = _seconds(lambda: mlp_backward(G, mlp_forward(X, Ws, bs)[1]))
    weights = sum(W.size for W in Ws)
    return weights, 2 * weights * forward, both


def _seconds(call: Callable[[], object], times: int = 9) -> float:
    """Of one processor core, in the fastest of some calls: what else the machine does hardly counts."""
    from threadpoolctl import threadpool_limits

    found: list[float] = []
    with threadpool_limits(1):
        while len(found) < 3 or (len(found) < times and sum(found) < 0.03):
            start = time.thread_time()
            call()
            found.append(time.thread_time() - start)
    return max(min(found), 1e-7)


def vjp_by_jacobian(P: Float[np.ndarray, "1 k"], G: Float[np.ndarray, "1 k"]) -> Float[np.ndarray, "1 k"]:
    return (softmax_jacobian(P[0]).T @ G[0])[None]


def one_row_costs(way: Function, k: int) -> tuple[float, float]:
    """Seconds, and bytes at the peak, of one row of k classes."""
    rng = np.random.default_rng(k)
    P, G = np.full((1, k), 1 / k), rng.normal(size=(1, k))
    seconds = _seconds(lambda: way(P, G))
    tracemalloc.start()
    way(P, G)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, float(peak)
