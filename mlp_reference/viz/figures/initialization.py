"""Figures of notebook 06: activations, units that die, units that stay equal, signals through depth, what trains."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from mlp_reference.progress_bar import progress_bar
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments import cures
from mlp_reference.viz.experiments import initialization as experiments
from mlp_reference.viz.experiments.initialization import VARIANCES

Matrix = Float[np.ndarray, "_ _"]


def activation_table() -> style.Described:
    """The activations of the course, PReLU among them, with their slopes."""
    figure, axes = style.subplots(2, 4, size=(8.6, 4.2))
    names = ("identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu")
    panels = [*((name, style.ACTIVATION_NAMES[name]) for name in names), ("prelu", "PReLU, 0.25")]
    for ax, (name, title) in zip(axes.flat, panels, strict=True):
        psi = experiments.with_slope(name, {"leaky_relu": 0.01, "elu": 1.0}.get(name, 0.25))
        ax.set(xlim=(-4, 4), ylim=(-1.4, 2.4), title=title, xlabel=" ", ylabel=" ")
        plots.initialization.activation_curve(ax, psi.value, psi.grad, reach=4.0)
    for ax in axes[1]:
        ax.set_xlabel("z")
    for ax in axes[:, 0]:
        ax.set_ylabel("ψ, ψ′")
    return style.describe(
        figure,
        "Eight activations (blue) and their slopes (orange, dashed), grey where the slope is below 0.05 in size: both "
        "ends of sigmoid and tanh, the left half of ReLU and leaky ReLU, the far left of the ELU, the far "
        "left of the GELU and a narrow band in its dip, nowhere for the identity and a PReLU of slope 0.25.",
    )


def dead_units(steps: int = 150, width: int = 64) -> style.Described:
    """Left: share of ReLUs that no image reaches, for three learning rates. Right: one dead unit, four activations."""
    figure, (left, right) = style.subplots(1, 2, size=(8.6, 3.3))
    last = []
    looks = ((style.BLUE, "-"), (style.ORANGE, "--"), (style.PURPLE, ":"))
    for (lr, shares), (color, dash) in zip(experiments.dying_runs(steps, width).items(), looks, strict=True):
        dead = 100 * shares
        last.append(f"{dead[-1]:.0f} % with learning rate {lr:g}")
        left.plot(dead, color=color, linestyle=dash, label=f"learning rate {lr:g}")
    left.set(title="ReLUs on for no image", xlabel="step", ylabel="% of the units", ylim=(-3, 103))
    left.legend(loc="best", fontsize=9)
    revived = {}
    for (name, slope), color, dash in zip(REVIVALS, style.CLASS_COLORS, ("-", "--", ":", "-."), strict=False):
        losses = experiments.one_unit_losses(experiments.with_slope(name, slope))
        label = f"leaky, slope {slope:g}" if name == "leaky_relu" else style.ACTIVATION_NAMES[name]
        revived[label] = losses[-1] < 0.5 * losses[0]
        right.plot(losses, color=color, linestyle=dash, label=label)
    right.set(title="A unit that starts dead", xlabel="step", ylabel="loss", ylim=(0, None))
    right.legend(loc="best", fontsize=9)
    stories = ", ".join(f"{label} {'revives' if alive else 'stays dead'}" for label, alive in revived.items())
    return style.describe(
        figure, f"Left: after {steps} steps the dead ReLUs are {', '.join(last)}. Right: from the same start {stories}."
    )


REVIVALS = (("relu", 0.0), ("leaky_relu", 0.01), ("leaky_relu", 0.1), ("elu", 1.0))


def symmetry(steps: int = 100) -> style.Described:
    """One weight of each of six hidden tanh units during training: from zeros, as equal units, from random weights."""
    figure, axes = style.subplots(1, 3, size=(8.6, 2.9))
    ends = []
    for ax, (name, (path, loss)) in zip(axes, experiments.symmetry_runs(steps).items(), strict=True):
        ends.append(loss)
        ax.plot(path, linewidth=1.6)
        ax.set(title=f"{name[0].upper()}{name[1:]}: loss {loss:.2f}", xlabel="step", ylim=(-0.85, 0.85))
    axes[0].set_ylabel("weight from one pixel")
    return style.describe(
        figure,
        "Six curves each. From zeros the weights stay 0; six equal units move as one; from random weights they go six "
        f"ways. Losses at the end: {ends[0]:.2f}, {ends[1]:.2f}, {ends[2]:.2f}.",
    )


def depth_histograms(X: Matrix, depth: int = 50) -> style.Described:
    """Values of 50 tanh layers on real inputs for three variances, and the gradient that arrives at each layer."""
    figure, axes = style.subplots(2, 3, size=(8.6, 4.6))
    bins, ends = np.linspace(-1.2, 1.2, 41), []
    for column, sigma2 in zip(axes.T, (0.25, 1.0, 4.0), strict=True):
        found = experiments.random_signals("tanh", sigma2, depth, X.shape[1], 0, X[:48])
        column[0].set(xlim=(0.5, depth + 0.5), ylim=(-1.2, 1.2), title=f"σ² = {sigma2:g}", xlabel=" ", ylabel=" ")
        column[0].grid(visible=False)
        plots.initialization.layer_histograms(column[0], found.H, bins)
        ends.append(found.backward[0] / found.backward[-1])
        column[1].semilogy(np.arange(1, depth + 1), found.backward, color=style.ORANGE)
        column[1].set(xlabel="layer l", ylim=(1e-32, 1e12), yticks=[1e-30, 1e-20, 1e-10, 1, 1e10])
    axes[0, 0].set_ylabel("h")
    axes[1, 0].set_ylabel("mean of (∂E/∂z)²")
    return style.describe(
        figure,
        "Top: with σ² = 0.25 the values shrink to almost 0 within five layers, with 1 they shrink slowly, with 4 they "
        f"fill the range. Bottom: from the last to the first layer the gradient's mean square changes by the factors "
        f"{ends[0]:.1g}, {ends[1]:.1g} and {ends[2]:.1g}.",
    )


def profiles(depth: int = 50, width: int = 400, seed: int = 1) -> style.Described:
    """Measured mean squares of five kinds of networks, theory drawn over them."""
    figure, axes = style.subplots(1, 2, size=(8.6, 4.0))
    words = []
    runs = experiments.measured_profiles(depth, width, seed).items()
    looks = zip(style.CLASS_COLORS, style.CLASS_MARKERS, strict=True)
    for ((name, sigma2), found), (color, marker) in zip(runs, looks, strict=False):
        lines = experiments.theory(name, sigma2, depth)
        label = f"{style.ACTIVATION_NAMES[name]}, σ² = {sigma2:g}"
        for ax, measured, line in zip(axes, found, lines, strict=True):
            plots.initialization.mean_squares(ax, measured, line, color=color, marker=marker, label=label, every=3)
        words.append(f"{label}: {found[0][-1]:.2g} and {found[1][0]:.1g}")
    axes[0].set(title="Forward: mean of h²")
    axes[1].set(title="Backward: mean of (∂E/∂z)²", ylabel=" ")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3, fontsize=9, frameon=False)
    return style.describe(
        figure,
        f"Markers are measured at width {width}, black lines are theory, and they agree up to chance. Mean squares of the "
        f"last values and of the gradient at the first layer: {'; '.join(words)}.",
    )


DEPTHS = (2, 4, 8, 16, 32)


def trainability(steps: int = 200, width: int = 48, lr: float = 0.2) -> style.Described:
    """Loss of ReLU networks on digits after training, over variance and depth, with the edge that theory expects."""
    losses = np.stack(
        [experiments.last_losses(d, steps, width, lr) for d in progress_bar(DEPTHS, "training", "depth")], axis=1
    )
    figure, ax = style.subplots(size=(7.4, 4.4))
    plots.initialization.loss_map(ax, np.array(VARIANCES), np.array(DEPTHS), losses, worst=float(np.log(10)))
    ax.axhline(VARIANCES.index(2.0), color=style.ORANGE, linewidth=2, alpha=0.5)
    depth = np.geomspace(DEPTHS[0], DEPTHS[-1], 60)
    for sign in (-1, 1):  # where the size of the signals has changed by a factor of EDGE on the way
        edge = 2 * np.exp(sign * np.log(EDGE) / depth)
        places = np.interp(edge, VARIANCES, np.arange(len(VARIANCES)), left=np.nan, right=np.nan)
        ax.plot(np.interp(depth, DEPTHS, np.arange(len(DEPTHS))), places, color=style.ORANGE, linewidth=2.5)
    ax.set_title(f"ReLU networks on digits: loss at the end of {steps} steps")
    return style.describe(
        figure,
        f"Rows are variances from {VARIANCES[0]} to {VARIANCES[-1]}, columns depths from 2 to 32. At depth 2 all "
        f"train. At depth 32 only σ² near 2 learns: {_row(losses[:, -1])}. Two orange curves, where signals change by a "
        f"factor of {EDGE:g}, close in with depth on a level one, σ² = 2. Far below the lower one next to nothing is "
        f"learned; above the upper one, at depth 16, networks still learn something: {_row(losses[:, -2])}. A cross: a "
        "loss above three times log 10.",
    )


EDGE = 100.0


def _row(losses: Sequence[float] | np.ndarray) -> str:
    return ", ".join(f"{loss:.2f} at {v:g}" for v, loss in zip(VARIANCES, losses, strict=True))


def cured(depths: Sequence[int] = (8, 64), steps: int = 200, width: int = 32) -> style.Described:
    """Loss of deep ReLU networks on digits after training: plain, with layer normalization, a way around, both."""
    todo = progress_bar([(cure, d) for cure in cures.CURES for d in depths], "training", "network")
    found = {(cure, d): cures.last_losses(cure, d, steps, width) for cure, d in todo}
    figure, axes = style.subplots(1, len(cures.CURES), size=(8.6, 3.2))
    words = []
    for ax, (cure, title) in zip(axes, CURE_NAMES.items(), strict=True):
        losses = np.stack([found[cure, d] for d in depths], axis=1)
        plots.initialization.loss_map(ax, np.array(cures.VARIANCES), np.array(depths), losses, worst=float(np.log(10)))
        ax.set(title=title, ylabel="σ² = width · Var w" if ax is axes[0] else " ")
        rows = ", ".join(f"{loss:.2f} at {v:g}" for v, loss in zip(cures.VARIANCES, losses[:, -1], strict=True))
        words.append(f"{title}: {rows}")
    return style.describe(
        figure,
        f"Loss on digits at the end of {steps} steps over variance and depth, in four maps, dark for a high loss. At the "
        f"largest depth, {depths[-1]}, {'; '.join(words)}. A loss above three times log 10 is a cross.",
    )


CURE_NAMES = {"none": "Plain", "norm": "Layer norm", "skip": "A way around", "skip and norm": "Both"}
