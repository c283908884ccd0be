"""Figures of notebook 02: units and networks as graphs, features made by hand and learned, and how often it works."""

import numpy as np
from jaxtyping import Float, Int
from matplotlib.axes import Axes

from mlp_reference import MLP, data, sigmoid, xor_features
from mlp_reference.progress_bar import progress_bar
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments import xor as experiments
from mlp_reference.viz.experiments.xor import RATE, RUNS, SHARED, STEPS, TRIED, WIDTHS
from mlp_reference.viz.plots import geometry


def logistic_unit() -> style.Described:
    """Logistic regression as a graph: inputs, weighted sum, sigmoid, probability."""
    figure, ax = style.subplots(size=(7.4, 2.9))
    plots.perceptron.unit_graph(ax, "σ", "p = P(y = 1)")
    ax.set_title("Logistic regression: weigh, add, squash")
    return style.describe(
        figure,
        "Three inputs and a constant 1 are weighed with w1, w2, w3 and b and summed to z; the sigmoid of z is the "
        "probability of class 1.",
    )


def sigmoid_and_slope() -> style.Described:
    """The sigmoid and its slope."""
    z = np.linspace(-8, 8, 400)
    p = sigmoid(z)
    figure, ax = style.subplots(size=(6.8, 3.4))
    ax.plot(z, p, color=style.BLUE, label="σ(z)")
    ax.plot(z, p * (1 - p), color=style.ORANGE, linestyle="--", label="its slope")
    ax.set(xlabel="z", ylabel="σ(z) and its slope", title="From any number to a probability")
    ax.legend()
    return style.describe(
        figure, "The sigmoid rises from 0 to 1 and passes 0.5 at z = 0; its slope is a bump, 0.25 at z = 0."
    )


def two_spaces(n: int = 200) -> style.Described:
    """The four clusters as they are, and after the two features made by hand."""
    X, y = data.xor_clusters(n, np.random.default_rng(2))
    figure, (left, right) = style.subplots(1, 2, size=(8.6, 4.2))
    geometry.set_square_view(left, np.array([[-8.5, -8.5], [8.5, 8.5]]), pad=0.0)
    plots.perceptron.points(left, X, y)
    for offset in (5, -5):  # where one of the features is one half
        geometry.line(left, np.array([[-9.0, 9.0 - offset], [9.0, -9.0 - offset]]), color=style.GREY, linestyle="--")
    left.set_title("Input space: no line will do")
    geometry.set_square_view(right, np.array([[-0.1, -0.1], [1.1, 1.1]]), pad=0.0)
    plots.perceptron.points(right, xor_features(X), y, names=("φ₁ = σ(5 + x₁ + x₂)", "φ₂ = σ(5 − x₁ − x₂)"))
    plots.perceptron.half_plane(right, np.array([1.0, 1.0]), -1.5, normal=False)
    right.set_title("Feature space: a line will do")
    left.legend(loc="center")
    return style.describe(
        figure,
        "Left: four clusters, opposite ones of one class; dashed lines x1 + x2 = -5 and 5. Right: in feature space "
        "both clusters of class 1 lie near (1, 1), those of class 0 near (0, 1) and (1, 0); the line phi1 + phi2 = 1.5 "
        "separates them.",
    )


def hidden_layer() -> style.Described:
    """The network of the notebook as a graph: two inputs, two hidden units, one output, with letters."""
    figure, ax = style.subplots(size=(7.4, 3.4))
    layers = [["x₁", "x₂", "1"], ["ψ", "ψ", "1"], ["f"]]
    hidden = "hidden layer h = ψ(x W₁ + b₁)\n(m,) = (2,)"
    plots.xor.graph(ax, layers, ["input x\n(d,) = (2,)", hidden, "output f = h W₂ + b₂\n(k,) = (1,)"])
    for place, words in ((0.5, "W₁ (d, m)\nand b₁ (m,)"), (1.5, "W₂ (m, k)\nand b₂ (k,)")):
        ax.text(place, 1.35, words, ha="center", va="center", color=style.PURPLE, fontsize=11)
    ax.set_title("A hidden layer learns the features")
    return style.describe(
        figure,
        "Two inputs and a constant 1 are joined to two hidden units by W1 and b1; these and another constant 1 are "
        "joined to one output by W2 and b2.",
    )


def deep_network() -> style.Described:
    """A fully connected network with two hidden layers and two outputs."""
    figure, ax = style.subplots(size=(7.4, 3.6))
    layers = [["x₁", "x₂", "x₃"], ["ψ"] * 4, ["ψ"] * 3, ["f₁", "f₂"]]
    plots.xor.graph(ax, layers, ["h₀ = x", "h₁", "h₂", "f"])
    for i in range(3):
        ax.text(i + 0.5, 1.95, f"W{'₁₂₃'[i]}, b{'₁₂₃'[i]}", ha="center", color=style.PURPLE, fontsize=11)
    ax.set_title("Fully connected: every unit sees the whole layer before it")
    return style.describe(
        figure, "Three inputs, hidden layers of four and three units, two outputs; all neighbours are joined."
    )


def learned_features(seed: int = 2, epochs: int = 3000) -> style.Described:
    """The smallest network trained on the clusters: its output over the plane, its hidden layer, its loss."""
    X, y = data.xor_clusters(200, np.random.default_rng(2))
    model = MLP([2, 2, 1], np.random.default_rng(seed), activations="sigmoid", target="binary")
    losses = experiments.full_batch_losses(model, X, y, RATE, epochs)
    H = sigmoid(X @ model.Ws[0] + model.bs[0])
    figure, axes = style.subplots(1, 3, size=(8.6, 3.3))
    _input_space(axes[0], model, X, y)
    geometry.set_square_view(axes[1], np.array([[-0.1, -0.1], [1.1, 1.1]]), pad=0.0)
    plots.perceptron.points(axes[1], H, y, names=("first hidden value", "second hidden value"), size=5.0)
    plots.perceptron.half_plane(axes[1], model.Ws[1][:, 0], float(model.bs[1][0]), normal=False)
    axes[1].set_title("Learned features")
    axes[1].legend(loc="upper right")
    plots.xor.loss_curve(axes[2], losses)
    right = 100 * float((model.predict(X) == y).mean())
    axes[2].set_box_aspect(1)  # as tall as the squares beside it
    axes[2].set_title(f"Loss; {right:g} % right")
    return style.describe(
        figure,
        f"Left: the learned boundary between the clusters and the lines where each hidden unit is one half. Middle: the "
        f"two hidden values of each example, and the line at which the output's logit is 0. Right: the loss falls from "
        f"{losses[0]:.2f} to {losses[-1]:.3f}; {right:g} % of the examples are right.",
    )


def success_rates() -> style.Described:
    """How often training solves XOR: runs from random starts for each width and activation, with a progress bar."""
    hits = {style.ACTIVATION_NAMES[name]: np.zeros(len(WIDTHS), dtype=np.int64) for name in TRIED}
    for i, width in enumerate(progress_bar(WIDTHS, "training", "width")):
        for name, counts in zip(TRIED, hits.values(), strict=True):
            counts[i] = experiments.corner_runs(width, name, RUNS, STEPS, RATE)[0].sum()
    figure, ax = style.subplots(size=(7.4, 4.3))
    plots.xor.success_rates(ax, WIDTHS, hits, RUNS)
    found = [100 * counts[0] / RUNS for counts in hits.values()]
    ax.set_title(f"Two units are enough; training finds them in {min(found):g} to {max(found):g} % of the runs")
    rates = "; ".join(f"{name}: {_rates(counts)}" for name, counts in hits.items())
    return style.describe(figure, f"Runs out of {RUNS} that solve XOR, by hidden units. {rates}.")


def where_runs_end() -> style.Described:
    """The final losses of all runs with two hidden units, and the losses of runs that take corners for one."""
    losses = {style.ACTIVATION_NAMES[name]: experiments.final_losses(name) for name in TRIED}
    counts = {
        style.ACTIVATION_NAMES[name]: [int((experiments.shared_corners(name) == m).sum()) for m in SHARED]
        for name in TRIED
    }
    levels = dict(zip(("solved", "two", "three", "all four"), experiments.shared_losses().tolist(), strict=True))
    figure, ax = style.subplots(size=(7.4, 3.4))
    plots.xor.where_runs_end(ax, losses, levels, counts)
    ax.set_title("Failed runs take two, three or all four corners for one", pad=36)
    told = "; ".join(f"{name}: {', '.join(map(str, row))}" for name, row in counts.items())
    places = ", ".join(f"{level:.3f}" for level in levels.values())
    return style.describe(figure, f"Runs of two units by their final loss, near {places}. {told} of {RUNS} runs.")


def _rates(counts: Int[np.ndarray, " w"]) -> str:
    return ", ".join(f"{w} units {100 * c / RUNS:.1f} %" for w, c in zip(WIDTHS, counts.tolist(), strict=True))


def _input_space(ax: Axes, model: MLP, X: Float[np.ndarray, "n d"], y: Int[np.ndarray, " n"]) -> None:
    """The network's probabilities over the plane, and where each hidden unit is one half."""
    geometry.set_square_view(ax, np.array([[-8.5, -8.5], [8.5, 8.5]]), pad=0.0)
    plots.xor.probability_map(ax, model.predict_mean)
    plots.perceptron.points(ax, X, y, size=5.0)
    for j in range(model.sizes[1]):
        _, ends = geometry.clip(geometry.view(ax), model.Ws[0][:, j], float(model.bs[0][j]))
        geometry.line(ax, ends, color=style.BLACK, linestyle="--", linewidth=1.4, zorder=2)
    ax.set_title("Input space")
