"""Figures of notebook 04: errors of difference quotients, what gradients cost, a square under a map, a graph."""

import time
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from jaxtyping import Float

from mlp_reference import mlp_backward, mlp_forward, softmax_jacobian, softmax_vjp
from mlp_reference.shapes import Number
from mlp_reference.viz import expressions, plots, style
from mlp_reference.viz.plots import geometry

Values = Float[np.ndarray, " n"]
Function = Callable[..., Any]


def v_curve() -> style.Described:
    """Relative errors of difference quotients of exp at 1 against the step; then in single precision and at a kink."""
    figure, (left, right) = style.subplots(1, 2, size=(8.6, 3.9))
    eps = 10.0 ** -np.arange(0, 16, 0.25)
    one, both = _errors(np.exp, np.exp(1.0), 1.0, eps)
    plots.v_curve(left, eps, [one, both], ["one-sided", "central"], [style.ORANGE, style.BLUE])
    for guide, label in ((eps / 2, "ε/2"), (eps**2 / 6, "ε²/6"), (1.1e-16 / eps, "10⁻¹⁶/ε")):
        left.plot(eps, guide, color=style.GREY, linestyle="--", linewidth=1, zorder=1)
        at = int(np.argmin(np.abs(guide - 3e-12 if label != "10⁻¹⁶/ε" else guide - 3e-3)))
        left.annotate(label, (eps[at], guide[at]), (5, -4), textcoords="offset points", color=style.GREY)
    left.set(title="exp at 1, double precision", ylim=(1e-13, 10))
    single = _errors(np.exp, np.exp(1.0), np.float32(1.0), eps.astype(np.float32))[1]
    kink = _errors(lambda x: np.maximum(x, 0), 1.0, 1e-3, eps)[1]
    plots.v_curve(right, eps, [both, single, kink], ["exp, double", "exp, single", "relu at 0.001"],
                  [style.BLUE, style.ORANGE, style.GREEN])  # fmt: skip
    right.set(title="Central, where it fails", ylim=left.get_ylim(), ylabel="")
    for ax in (left, right):
        ax.legend(loc="lower left", fontsize=9)
    best = [f"{error.min():.0e} at ε = {eps[np.argmin(error)]:.0e}" for error in (one, both, single)]
    return style.describe(
        figure,
        f"Two V-shaped curves, log-log. One-sided differences are best, {best[0]}, central ones, {best[1]}, in single "
        f"precision {best[2]}. Beside a kink the error tends to a half for wide steps, and is gone once the step is "
        "shorter than the distance to it.",
    )


def gradient_cost() -> style.Described:
    """Seconds for a whole gradient against the number of weights: by nudging each weight, and by one backward pass."""
    widths = (32, 64, 128, 256, 512, 1024)
    weights, nudging, backward = zip(*(_gradient_seconds(width) for width in widths), strict=True)
    figure, ax = style.subplots(size=(7.4, 4.2))
    size = np.array(weights)
    plots.power_law(ax, size, np.array(nudging), color=style.ORANGE, marker="^", label="nudging every weight")
    plots.power_law(ax, size, np.array(backward), color=style.BLUE, marker="o", label="one backward pass")
    for seconds, name in ((1, "a second"), (3600, "an hour")):
        ax.axhline(seconds, color=style.GREY, linestyle=":", linewidth=1)
        ax.annotate(name, (size[0], seconds), (0, 3), textcoords="offset points", color=style.GREY, fontsize=9)
    ax.set(title="What a gradient costs", xlabel="weights |W|", ylabel="seconds for the whole gradient")
    ax.legend(loc="upper left")
    return style.describe(
        figure,
        f"Log-log. For {weights[-1]:,} weights nudging takes {nudging[-1] / 3600:.1g} hours and a backward pass "
        f"{1e3 * backward[-1]:.2g} milliseconds; the first grows about as the square of the number of weights, the "
        "second in proportion to it.",
    )


def vjp_cost() -> style.Described:
    """Time and memory of the gradient through a softmax: with its Jacobian, and without."""
    sizes = np.array([32, 64, 128, 256, 512, 1024, 2048])
    ways: dict[str, Function] = {"full Jacobian": _through_jacobian, "vjp": softmax_vjp}
    figure, (left, right) = style.subplots(1, 2, size=(8.6, 3.7))
    ratios = []
    for (name, way), color, marker in zip(ways.items(), (style.ORANGE, style.BLUE), "^o", strict=True):
        seconds, memory = zip(*(_one_row_costs(way, int(k)) for k in sizes), strict=True)
        plots.power_law(left, sizes, np.array(seconds), color=color, marker=marker, label=name)
        plots.power_law(right, sizes, np.array(memory) / 1e3, color=color, marker=marker, label=name)
        ratios.append((seconds[-1], memory[-1]))
    left.set(title="Time for one row", xlabel="classes k", ylabel="seconds")
    right.set(title="Memory for one row", xlabel="classes k", ylabel="kilobytes")
    for ax in (left, right):
        ax.legend(loc="upper left", fontsize=9)
    (slow, large), (fast, small) = ratios
    return style.describe(
        figure,
        f"Log-log. For {sizes[-1]} classes the Jacobian takes {slow / fast:.0f} times the time and {large / small:.0f} "
        "times the memory of the vector-Jacobian product; its memory rises with slope 2, that of the product with 1.",
    )


def local_maps() -> style.Described:
    """A curved map looked at through a large, a small and a tiny square: each image nearer to its parallelogram."""
    figure, axes = style.subplots(1, 3, size=(8.6, 3.1))
    corner = np.array([1.2, 0.4])
    f, J = polar, polar_jacobian(corner)
    for ax, side in zip(axes, (0.8, 0.2, 0.05), strict=True):
        y = f(corner[None])[0]
        plots.parallelogram(ax, y, side * J)
        plots.image_of_square(ax, f, corner, side)
        centre = y + side * J.sum(axis=1) / 2
        geometry.set_square_view(ax, centre + side * np.array([[-1.1, -1.1], [1.1, 1.1]]), pad=0.0)
        ax.set(title=f"side {side:g}", xlabel="y₁", ylabel="y₂" if side == 0.8 else "")
        ax.locator_params(nbins=4)
    return style.describe(
        figure,
        "The image of a square under polar coordinates (blue, curved) and the parallelogram that the Jacobian makes of "
        "it (orange). For a square of side 0.8 they differ, for one of side 0.05 they coincide.",
    )


def toy_graph(x: Number = -0.5) -> style.Described:
    """The toy expression after both passes."""
    expression = expressions.EXPRESSIONS["2 / sin(exp(−x))"]
    figure, ax = style.subplots(size=(8.6, 2.5))
    plots.skeleton(ax, expression)
    seen = expressions.walk(expression, {"x": x}, expression.steps)
    seen.active = None  # nothing moves any more
    plots.numbers(ax, expression, seen)
    ax.set_title(f"2 / sin(exp(−x)) at x = {x:g}".replace("-", "−") + ": forward in blue, backward in orange")
    return style.describe(
        figure,
        f"A chain from x over a, b and c to d with all values and derivatives; d is {seen.values['d']:.3f}, and its "
        f"derivative by x {seen.grads['x']:.3f}.",
    )


def polar(P: Float[np.ndarray, "m 2"]) -> Float[np.ndarray, "m 2"]:
    """``(r, t) -> (r cos t, r sin t)``, row by row."""
    return np.column_stack([P[:, 0] * np.cos(P[:, 1]), P[:, 0] * np.sin(P[:, 1])])


def polar_jacobian(p: Float[np.ndarray, " 2"]) -> Float[np.ndarray, "2 2"]:
    c, s = np.cos(p[1]), np.sin(p[1])
    return np.array([[c, -p[0] * s], [s, p[0] * c]])


def _errors(f: Function, slope: float, x: Any, eps: np.ndarray) -> tuple[Values, Values]:
    """Relative errors of one-sided and central differences for each step, in the precision of ``x``."""
    one = (f(x + eps) - f(x)) / eps
    both = (f(x + eps) - f(x - eps)) / (2 * eps)
    return np.abs(np.float64(one) / slope - 1), np.abs(np.float64(both) / slope - 1)


def _gradient_seconds(width: int) -> tuple[int, float, float]:
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


def _through_jacobian(P: Float[np.ndarray, "1 k"], G: Float[np.ndarray, "1 k"]) -> Float[np.ndarray, "1 k"]:
    return (softmax_jacobian(P[0]).T @ G[0])[None]


def _one_row_costs(way: Function, k: int) -> tuple[float, float]:
    """Seconds, and bytes at the peak, of one row of k classes."""
    rng = np.random.default_rng(k)
    P, G = np.full((1, k), 1 / k), rng.normal(size=(1, k))
    seconds = _seconds(lambda: way(P, G))
    tracemalloc.start()
    way(P, G)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, float(peak)
