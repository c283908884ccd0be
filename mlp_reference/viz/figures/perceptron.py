"""Figures of notebook 01: the unit, one update, Novikoff's argument, certificates, how far boundaries wander."""

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes

from mlp_reference import certifies_nonseparable, data
from mlp_reference.perceptron import Weights
from mlp_reference.shapes import Labels, Rows
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments import perceptron as experiments
from mlp_reference.viz.plots import geometry


def unit() -> style.Described:
    """One threshold unit as a graph: inputs, weights, sum, comparison, class."""
    figure, ax = style.subplots(size=(7.4, 2.9))
    plots.perceptron.unit_graph(ax, ">0?", "ŷ = 0 or 1", half=0.38)
    ax.set_title("One unit: weigh, add, compare")
    return style.describe(
        figure,
        "Three inputs and a constant 1 are weighed with w1, w2, w3 and b, summed to z, and z is compared with 0.",
    )


def one_update(w: Weights, b: float, w_new: Weights, b_new: float, x: Weights, change: str = "ηx") -> style.Described:
    """Weights and boundary before and after an update by an example ``x`` of class 1."""
    figure, (left, right) = style.subplots(1, 2, size=(8.6, 4.2))
    geometry.set_square_view(left, np.vstack([np.zeros(2), w, w_new, x]), pad=0.12)
    plots.perceptron.update_vectors(left, w, w_new, x, change=change)
    left.set_title("The weights move along the example")
    geometry.set_square_view(right, np.array([[-2.5, -2.5], [2.5, 2.5]]), pad=0.0)
    plots.perceptron.points(right, x[None, :], np.array([1]))
    geometry.line(right, geometry.clip(geometry.view(right), w, b)[1], color=style.GREY, linewidth=2.2, zorder=2)
    plots.perceptron.half_plane(right, w_new, b_new)
    right.set_title("The line turns (grey: before)")
    side = "right" if x @ w_new + b_new > 0 else "wrong"
    return style.describe(
        figure,
        f"Left: old weights plus eta times the example. Right: the example is on the {side} side of the new line.",
    )


def certificate(X: Rows, y: Labels, lam: Float[np.ndarray, " n"]) -> style.Described:
    """Examples in the plane, and the mean of each class weighted by ``lam``."""
    figure, ax = style.subplots(size=(5.2, 4.4))
    plots.perceptron.points(ax, X, y)
    plots.perceptron.certificate(ax, X, y, lam)
    proves = certifies_nonseparable(X, y, lam)
    ax.set_title("Both weighted means are one point" if proves else "No certificate")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2)
    words = "are the same point: no line separates the classes" if proves else "are no certificate"
    return style.describe(figure, f"{len(X)} examples of two classes. Their weighted means, drawn as stars, {words}.")


def xor_certificate() -> style.Described:
    """The corners of the square with the weights that prove them inseparable."""
    return certificate(*data.xor_corners(), np.ones(4))


def least_squares(X: Rows, y: Labels, w: Weights, b: float) -> style.Described:
    """Two classes that the line ``x1 = 0`` separates, and another line."""
    figure, ax = style.subplots(size=(8.6, 3.8))
    plots.perceptron.points(ax, X, y)
    plots.perceptron.half_plane(ax, w, b, normal=False)
    ax.axvline(0, color=style.GREEN, linestyle="--", label="x₁ = 0")
    wrong = int(((X @ w + b > 0) != y).sum())
    ax.set_title(f"Smallest squared error (black): {wrong} of {len(y)} wrong")
    ax.legend(loc="lower right")
    return style.describe(
        figure, f"The line x1 = 0 separates the classes; the black line gets {wrong} of {len(y)} examples wrong."
    )


def novikoff_on_a_run() -> style.Described:
    """The two quantities of Novikoff's proof, mistake by mistake, between their bounds."""
    run = experiments.novikoff_run()
    last = len(run.path) - 1
    m, beyond = np.arange(1, last + 1), np.array([1.0, 2 * run.bound])
    figure, ax = style.subplots(size=(7.4, 4.2))
    ax.loglog(beyond, run.R * np.sqrt(beyond), color=style.ORANGE, linestyle="--", label="ceiling: √m · R")
    ax.loglog(m, np.linalg.norm(run.path[1:], axis=1), color=style.ORANGE, label="measured: length ‖v‖")
    ax.loglog(m, run.path[1:] @ run.v_star, color=style.BLUE, label="measured: progress v · v*")
    ax.loglog(beyond, run.gamma * beyond, color=style.BLUE, linestyle="--", label="floor: m · γ")
    ax.axvline(run.bound, color=style.GREY, linewidth=1.2)
    ax.annotate("(R/γ)² ", (run.bound, ax.get_ylim()[0] * 1.5), ha="right", color=style.GREY)
    ax.set(xlabel="mistakes m", ylabel="size", title=f"No room is left at m = {run.bound:,.0f}; it stopped at {last:,}")
    ax.legend(loc="upper left")
    return style.describe(
        figure,
        f"Log-log. Over {last} mistakes the progress v.v* is never below the line m gamma nor above the length of v, "
        f"which is never above the square root of m times R. The bounds meet at {run.bound:.0f} mistakes.",
    )


def mistakes_against_bound(trials: int = 150) -> style.Described:
    """Counted mistakes against Novikoff's bound on random separable sets of different gamma, log-log."""
    rng = np.random.default_rng(11)
    pairs = np.array([experiments.bound_and_mistakes(rng) for _ in range(trials)])
    bound, counted = pairs.T
    figure, ax = style.subplots(size=(6.6, 4.4))
    ax.loglog(bound, counted, "o", color=style.BLUE, markersize=5, alpha=0.7, label="one data set each")
    ends = np.array([bound.min(), bound.max()])
    ax.loglog(ends, ends, color=style.ORANGE, label="as many as the bound allows")
    ax.set(xlabel="Novikoff's bound (R/γ)²", ylabel="mistakes counted", title="The bound holds, and is generous")
    ax.legend(loc="upper left")
    return style.describe(
        figure,
        f"{trials} data sets, mistakes counted against the bound. All points lie below the diagonal; the bound is "
        f"between {(bound / counted).min():.0f} and {(bound / counted).max():.0f} times the count.",
    )


def bias_and_variance(samples: int = 60) -> style.Described:
    """Boundaries of three learners on samples drawn anew from two sources, with the bias and variance of each."""
    learners = {
        "Perceptron": experiments.perceptron_line,
        "Squared error": experiments.squared_line,
        "Logistic loss": experiments.logistic_line,
    }
    figure, axes = style.subplots(2, 3, size=(8.6, 5.4))
    words = list[str]()
    for row, (source, (draw, _)) in zip(axes, experiments.SOURCES.items(), strict=True):
        X, y = draw(np.random.default_rng(0))
        for ax, (name, fit) in zip(row, learners.items(), strict=True):
            lines, bias, variance = experiments.spread_on(source, fit, samples)
            _boundaries(ax, X, y, lines)
            ax.set_title(f"{name}\nbias {100 * bias:.1f} %, variance {100 * variance:.1f} %", fontsize=10.5)
            words.append(f"{name} on {source}: bias {100 * bias:.1f} %, variance {100 * variance:.1f} %")
        row[0].set_ylabel(f"{source}: x₂")
    return style.describe(figure, f"{samples} boundaries of each learner on samples drawn anew. " + "; ".join(words))


def _boundaries(ax: Axes, X: Rows, y: Labels, lines: Float[np.ndarray, "s 3"]) -> None:
    """One sample, and the lines that a learner found on many."""
    ax.set(ylabel=" ")
    plots.perceptron.points(ax, X, y, size=4)
    limits = ax.get_xlim(), ax.get_ylim()
    for line in lines:
        _boundary(ax, line)
    ax.set(xlim=limits[0], ylim=limits[1])


def _boundary(ax: Axes, line: Float[np.ndarray, "3"]) -> None:
    """A line across the whole view, drawn by a point on it and its direction."""
    w, b = line[:2], line[2]
    foot = -b * w / (w @ w)
    ax.axline(tuple(foot), tuple(foot + [-w[1], w[0]]), color=style.BLACK, linewidth=0.8, alpha=0.35, zorder=1)
