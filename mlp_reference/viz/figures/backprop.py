"""Figures of notebook 05: modules, a Jacobian full of zeros, memory, single gradients, suspects, a missed line."""

from collections.abc import Callable

import numpy as np

from mlp_reference import perceptron_fit
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments import backprop as experiments
from mlp_reference.viz.plots import geometry

Checker = Callable[..., str | None]


def chain() -> style.Described:
    """A two-layer network as a chain of modules."""
    figure, ax = style.subplots(size=(8.6, 2.3))
    boxes = ["affine\nW₁, b₁", "ψ", "affine\nW₂, b₂", "softmax +\ncross-entropy"]
    plots.backprop.modules(ax, boxes, ["X", "Z₁", "H₁", "Z₂", "E"], ["", "∂E/∂Z₁", "∂E/∂H₁", "∂E/∂Z₂", "1"])
    ax.set_title("Values go right, gradients come back left")
    return style.describe(
        figure,
        "Four boxes in a row: affine, activation, affine, loss. Blue arrows carry X, Z1, H1, Z2 and the loss E to the "
        "right; orange arrows carry the gradients by Z2, H1 and Z1 back to the left.",
    )


def tensor(d: int = 6, k: int = 5) -> style.Described:
    """The Jacobian of an affine layer by its weights, for one example."""
    x = np.random.default_rng(1).normal(size=d)
    J = np.einsum("r,ce->cre", x, np.eye(k)).reshape(k, d * k)
    figure, ax = style.subplots(size=(8.6, 2.5))
    plots.backprop.flat_jacobian(ax, J, d)
    share = 100 * np.count_nonzero(J) / J.size
    ax.set_title(f"∂z/∂W for one example: {J.size} numbers, {share:.0f} % of them not 0, {d} different ones")
    return style.describe(
        figure, f"A grid of {k} by {d * k} cells; in each of the {d} blocks only the diagonal is filled, by one input."
    )


def activation_memory() -> style.Described:
    """Most memory that a pass holds, against depth: with all activations kept, every root(L)-th one, or none."""
    depths = (4, 9, 16, 36, 64)
    kept = {
        name: [experiments.peak_megabytes(passes, L) for L in depths]
        for name, passes in (
            ("forward only", experiments.forward_only),
            ("keep all", experiments.keep_all),
            ("keep every √L-th", experiments.keep_some),
        )
    }
    figure, ax = style.subplots(size=(7.4, 3.8))
    for (name, peaks), color, marker in zip(kept.items(), style.CLASS_COLORS, style.CLASS_MARKERS, strict=False):
        ax.plot(depths, peaks, color=color, marker=marker, label=name)
    ax.set(xlabel="layers L", ylabel="most memory held (MB)", ylim=(0, None))
    ax.set_title(f"Activations of {experiments.BATCH} examples, width {experiments.WIDTH}: measured")
    ax.legend(loc="upper left")
    last = [peaks[-1] for peaks in kept.values()]
    return style.describe(
        figure,
        f"Memory against depth. A forward pass alone holds {last[0]:.1f} MB at any depth. With everything kept a "
        f"straight line rises to {last[1]:.1f} MB at 64 layers; with every eighth one kept it is {last[2]:.1f} MB.",
    )


def single_gradients() -> style.Described:
    """The gradients of 100 single examples and their mean, for one sigmoid unit on flowers."""
    g, y = experiments.single_gradients()
    mean = g.mean(axis=0)
    figure, ax = style.subplots(size=(7.0, 4.6))
    for label in (0, 1):
        color, marker, own = style.CLASS_COLORS[label], style.CLASS_MARKERS[label], g[y == label]
        name = f"one example, class {label}"
        ax.plot(own[:, 0], own[:, 1], marker, color=color, markeredgecolor="white", markersize=6, label=name)
    geometry.arrow(ax, np.zeros(2), mean, color=style.BLACK)
    ax.plot([], [], color=style.BLACK, label="mean of all 100")
    uphill = 100 * experiments.agreeing_share()
    border = f"{uphill:.0f} % on the mean's side"
    ax.axline((0, 0), slope=-mean[0] / mean[1], color=style.BLACK, linestyle=":", label=border)
    ax.set(title="One gradient for each example", xlabel="∂E/∂w₁", ylabel="∂E/∂w₂", aspect="equal")
    ax.legend(loc="center left", bbox_to_anchor=(1.02, 0.5), fontsize=9)
    return style.describe(
        figure,
        f"One hundred gradients as points, their mean as an arrow to ({mean[0]:.2f}, {mean[1]:.2f}); {uphill:.0f} % of "
        "the points lie on the side that the arrow points to, beyond a dotted border through 0.",
    )


def lineup(worst_gradient: Checker, eps: float = 1e-5) -> style.Described:
    """Six suspects with the verdict of a checker: entries of the given gradients against measured ones."""
    figure, axes = style.subplots(2, 3, size=(8.6, 6.2))
    verdicts = []
    for i, (ax, case) in enumerate(zip(axes.ravel(), experiments.lineup(), strict=True), 1):
        named = worst_gradient(case.f, case.params, case.grads, eps=eps)
        measured = experiments.measured_gradients(case, eps)
        plots.backprop.scatter_by_name(ax, case.grads, measured)
        if named in measured:
            low, high = (f"{x:.2g}".replace("-", "−") for x in experiments.factors(case.grads[named], measured[named]))
            span = low if low == high else f"from {low} to {high}"
            ax.text(0.5, 1.03, f"given / measured: {span}", ha="center", fontsize=8.5, transform=ax.transAxes)
        ax.set_title(f"suspect {i}: {named}", fontsize=10.5, pad=17)
        verdicts.append(f"{i}: {named}")
    axes[0, 0].legend(loc="upper left", fontsize=9, handletextpad=0.1)
    return style.describe(
        figure,
        f"Six scatter plots of given against measured gradients, with what your checker says. {', '.join(verdicts)}",
    )


def least_squares_line() -> style.Described:
    """Points that a line separates, a line found by the perceptron, and the minimum of the squared error."""
    X, y = experiments.stretched_classes()
    w, b, _ = perceptron_fit(X, y, max_epochs=1000)
    v, out = experiments.least_squares()
    missed = int(((out > 0) != y).sum())
    figure, ax = style.subplots(size=(7.4, 3.8))
    ax.set(xlim=(-3.2, 15), ylim=(-3, 4.6))
    plots.perceptron.points(ax, X, y)
    for (normal, offset), color, dash, name in (
        ((w, b), style.GREEN, "-", "perceptron: 0 mistakes"),
        ((v[:2], float(v[2])), style.PURPLE, "--", f"least squared error: {missed} mistakes"),
    ):
        up = np.array([-3.0, 4.6])
        ax.plot(-(normal[1] * up + offset) / normal[0], up, color=color, linestyle=dash, label=name)
    ax.set(title="The minimum of a loss need not be a separator", xlabel="x₁", ylabel="x₂")
    ax.legend(loc="upper right", fontsize=9)
    return style.describe(
        figure,
        "Two classes that a line separates; class 1 reaches far to the right. The perceptron's line makes no mistake, "
        f"the line of least squared error stands further right and makes {missed}.",
    )
