"""Figures of notebook 04: errors of difference quotients, what gradients cost, a square under a map, a graph."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlp_reference import softmax_vjp
from mlp_reference.shapes import Number
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments import expressions
from mlp_reference.viz.experiments import graphs as experiments
from mlp_reference.viz.plots import geometry

Function = Callable[..., Any]


def step_errors() -> style.Described:
    """Relative errors of difference quotients of exp at 1 against the step; then in single precision and at a kink."""
    figure, (left, right) = style.subplots(1, 2, size=(8.6, 3.9))
    eps = experiments.STEPS
    one, both = experiments.quotient_errors(np.exp, np.exp(1.0), 1.0, eps)
    plots.graphs.v_curve(left, eps, [one, both], ["one-sided", "central"], [style.ORANGE, style.BLUE])
    for guide, label in ((eps / 2, "ε/2"), (eps**2 / 6, "ε²/6"), (1.1e-16 / eps, "10⁻¹⁶/ε")):
        left.plot(eps, guide, color=style.GREY, linestyle="--", linewidth=1, zorder=1)
        at = int(np.argmin(np.abs(guide - 3e-12 if label != "10⁻¹⁶/ε" else guide - 3e-3)))
        beside = (-30, -8) if label == "ε²/6" else (8, -3)
        left.annotate(label, (eps[at], guide[at]), beside, textcoords="offset points", color=style.GREY)
    left.set(title="exp at 1, double precision", ylim=(1e-13, 10))
    single = experiments.quotient_errors(np.exp, np.exp(1.0), np.float32(1.0), eps.astype(np.float32))[1]
    kink = experiments.quotient_errors(lambda x: np.maximum(x, 0), 1.0, 1e-3, eps)[1]
    plots.graphs.v_curve(right, eps, [both, single, kink], ["exp, double", "exp, single", "relu at 0.001"],
                  [style.BLUE, style.ORANGE, style.GREEN])  # fmt: skip
    right.set(title="Central, where it fails", ylim=left.get_ylim(), ylabel="")
    for ax, place in ((left, "upper center"), (right, "lower left")):
        ax.set_xticks(10.0 ** -np.arange(0, 16, 3))
        ax.legend(loc=place, fontsize=9)
    found = [*experiments.best_steps(1.0), experiments.best_steps(np.float32(1.0))[1]]
    best = [f"{error:.0e} at ε = {step:.0e}" for step, error in found]
    return style.describe(
        figure,
        f"Two V-shaped curves, log-log. One-sided differences are best, {best[0]}, central ones, {best[1]}, in single "
        f"precision {best[2]}. Beside a kink the error tends to a half for wide steps; once the step is shorter than "
        "the distance to it, only round-off is left.",
    )


def gradient_cost() -> style.Described:
    """Seconds for a whole gradient against the number of weights: by nudging each weight, and by back-propagation."""
    widths = (32, 64, 128, 256, 512, 1024)
    weights, nudging, backward = zip(*(experiments.gradient_seconds(width) for width in widths), strict=True)
    figure, ax = style.subplots(size=(7.4, 4.2))
    size = np.array(weights)
    plots.graphs.power_law(ax, size, np.array(nudging), color=style.ORANGE, marker="^", label="nudging every weight")
    plots.graphs.power_law(ax, size, np.array(backward), color=style.BLUE, marker="o", label="back-propagation")
    for seconds, name in ((1, "a second"), (3600, "an hour")):
        ax.axhline(seconds, color=style.GREY, linestyle=":", linewidth=1)
        ax.annotate(name, (size[0], seconds), (0, 3), textcoords="offset points", color=style.GREY, fontsize=9)
    ax.set(title="What a gradient costs", xlabel="weights |w|", ylabel="seconds for the whole gradient")
    ax.set_ylim(top=3e6)  # the legend stands above the line of an hour
    ax.legend(loc="upper left")
    return style.describe(
        figure,
        f"Log-log. For {weights[-1]:,} weights nudging takes {nudging[-1] / 60:.0f} minutes and back-propagation "
        f"{1e3 * backward[-1]:.2g} milliseconds; for large networks the first grows about as the square of the number of "
        "weights, the second about in proportion to it.",
    )


def vjp_cost() -> style.Described:
    """Time and memory of the gradient through a softmax: with its Jacobian, and without."""
    sizes = np.array([32, 64, 128, 256, 512, 1024, 2048])
    ways: dict[str, Function] = {"full Jacobian": experiments.vjp_by_jacobian, "vjp": softmax_vjp}
    figure, (left, right) = style.subplots(1, 2, size=(8.6, 3.7))
    ratios = []
    for (name, way), color, marker in zip(ways.items(), (style.ORANGE, style.BLUE), "^o", strict=True):
        seconds, memory = zip(*(experiments.one_row_costs(way, int(k)) for k in sizes), strict=True)
        plots.graphs.power_law(left, sizes, np.array(seconds), color=color, marker=marker, label=name)
        plots.graphs.power_law(right, sizes, np.array(memory) / 1e3, color=color, marker=marker, label=name)
        ratios.append((seconds[-1], memory[-1]))
    left.set(title="Time for one row", xlabel="classes k", ylabel="seconds")
    right.set(title="Memory for one row", xlabel="classes k", ylabel="kilobytes")
    for ax in (left, right):
        ax.legend(loc="upper left", fontsize=9)
    (slow, large), (fast, small) = ratios
    return style.describe(
        figure,
        f"Log-log. For {sizes[-1]} classes the Jacobian takes {slow / fast:.0f} times the time and {large / small:.0f} "
        "times the memory of the vector-Jacobian product; its memory rises with a slope near 2, that of the product near 1.",
    )


def local_maps() -> style.Described:
    """A curved map looked at through a large, a small and a tiny square: each image nearer to its parallelogram."""
    figure, axes = style.subplots(1, 3, size=(8.6, 3.1))
    chart = experiments.POLAR
    corner = np.array(chart.start)
    f, J = chart.f, np.array(chart.jacobian(*corner.tolist()))
    for ax, side in zip(axes, (0.8, 0.2, 0.05), strict=True):
        y = f(corner[None])[0]
        plots.graphs.parallelogram(ax, y, side * J)
        plots.graphs.image_of_square(ax, f, corner, side)
        centre = y + side * J.sum(axis=1) / 2
        geometry.set_square_view(ax, centre + side * np.array([[-1.1, -1.1], [1.1, 1.1]]), pad=0.0)
        ax.set(title=f"side {side:g}", xlabel="y₁", ylabel="y₂" if side == 0.8 else "")
        ax.locator_params(nbins=4)
    return style.describe(
        figure,
        "The image of a square under polar coordinates (blue, curved) and the parallelogram that the Jacobian makes of "
        "it (orange). For a square of side 0.8 they differ, for one of side 0.05 they nearly coincide.",
    )


def toy_graph(x: Number = -0.5) -> style.Described:
    """The toy expression after both passes."""
    expression = expressions.EXPRESSIONS["2 / sin(exp(−x))"]
    figure, ax = style.subplots(size=plots.graphs.graph_size(expression))
    plots.graphs.nodes_and_arrows(ax, expression)
    seen = expressions.walk(expression, {"x": x}, expression.steps)
    seen.active = None  # nothing moves any more
    plots.graphs.numbers_of_passes(ax, expression, seen)
    ax.set_title(f"2 / sin(exp(−x)) at x = {x:g}".replace("-", "−") + ": forward in blue, backward in orange")
    return style.describe(
        figure,
        f"A chain from x over a, b and c to d with all values and derivatives; d is {seen.values['d']:.3f}, and its "
        f"derivative by x {seen.grads['x']:.3f}.",
    )
