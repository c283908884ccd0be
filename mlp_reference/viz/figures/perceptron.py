"""Figures of notebook 01: the unit, Novikoff's argument on a run, the bound, and how far boundaries wander."""

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes

from mlp_reference import data
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments import perceptron as experiments


def unit() -> style.Described:
    """One threshold unit as a graph: inputs, weights, sum, comparison, class."""
    figure, ax = style.subplots(size=(7.4, 2.9))
    plots.perceptron.unit_graph(ax, ">0?", "ŷ = 0 or 1", half=0.38)
    ax.set_title("One unit: weigh, add, compare")
    return style.describe(
        figure,
        "Three inputs and a constant 1 are weighed with w1, w2, w3 and b, summed to z, and z is compared with 0.",
    )


def novikoff_on_a_run() -> style.Described:
    """The two quantities of Novikoff's proof, update by update, between their bounds."""
    X, y = data.iris_pair("setosa", "versicolor", data.IRIS_FEATURES[:2])
    order = np.random.default_rng(3).permutation(len(y))
    X, y = X[order], y[order]
    v_star = experiments.widest_separator(X, y)
    rows = np.column_stack([X, np.ones(len(X))])
    gamma, radius = ((2 * y - 1) * (rows @ v_star)).min(), np.linalg.norm(rows, axis=1).max()
    path = experiments.Trace(X, y, eta=1.0, max_epochs=100_000).path()
    last = len(path) - 1
    k, crossing = np.arange(1, last + 1), (radius / gamma) ** 2
    beyond = np.array([1.0, 2 * crossing])
    figure, ax = style.subplots(size=(7.4, 4.2))
    ax.loglog(beyond, radius * np.sqrt(beyond), color=style.ORANGE, linestyle="--", label="ceiling: √k · R")
    ax.loglog(k, np.linalg.norm(path[1:], axis=1), color=style.ORANGE, label="measured: length ‖v‖")
    ax.loglog(k, path[1:] @ v_star, color=style.BLUE, label="measured: progress v · v*")
    ax.loglog(beyond, gamma * beyond, color=style.BLUE, linestyle="--", label="floor: k · γ")
    ax.axvline(crossing, color=style.GREY, linewidth=1.2)
    ax.annotate("(R/γ)² ", (crossing, ax.get_ylim()[0] * 1.5), ha="right", color=style.GREY)
    ax.set(xlabel="updates k", ylabel="size", title=f"No room is left at k = {crossing:,.0f}; it stopped at {last:,}")
    ax.legend(loc="upper left")
    return style.describe(
        figure,
        f"Log-log. Over {last} updates the progress v.v* stays above the line k gamma and below the length of v, which "
        f"stays below the square root of k times R. The bounds meet at {crossing:.0f} updates.",
    )


def mistakes_against_bound(trials: int = 150) -> style.Described:
    """Counted mistakes against Novikoff's bound on random separable sets of different margin, log-log."""
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


def boundaries_of_resamples(resamples: int = 40) -> style.Described:
    """Boundaries of perceptron and logistic regression on resamples of the same 40 flowers, with how much they turn."""
    X, y = data.iris_pair("setosa", "versicolor", ("petal length (cm)", "petal width (cm)"))
    rng = np.random.default_rng(5)
    keep = np.concatenate([rng.choice(np.flatnonzero(y == c), 20, replace=False) for c in (0, 1)])
    X, y = X[keep], y[keep]
    figure, axes = style.subplots(1, 2, size=(8.6, 4.2))
    spreads = []
    fits = (experiments.perceptron_line, experiments.logistic_line)
    for ax, name, fit in zip(axes, ("perceptron", "logistic regression"), fits, strict=True):
        plots.perceptron.points(ax, X, y)
        limits = ax.get_xlim(), ax.get_ylim()
        lines = np.array([fit(*experiments.resample(X, y, rng)) for _ in range(resamples)])
        for line in lines:
            _boundary(ax, line)
        ax.set(xlim=limits[0], ylim=limits[1], xlabel="petal length (cm)", ylabel="petal width (cm)")
        spreads.append(np.degrees(np.arctan2(lines[:, 1], lines[:, 0])).std())
        ax.set_title(f"{name}: directions spread by {spreads[-1]:.1f}°")
    return style.describe(
        figure,
        f"Forty boundaries each. Those of the perceptron turn with a standard deviation of {spreads[0]:.1f} degrees, "
        f"those of logistic regression with {spreads[1]:.1f} degrees.",
    )


def _boundary(ax: Axes, line: Float[np.ndarray, "3"]) -> None:
    """A line across the whole view, drawn by a point on it and its direction."""
    w, b = line[:2], line[2]
    foot = -b * w / (w @ w)
    ax.axline(tuple(foot), tuple(foot + [-w[1], w[0]]), color=style.BLACK, linewidth=0.8, alpha=0.35, zorder=1)
