"""Figures of notebook 03: bumps and staircases, how a broken line is made, rates, a trained rival, terrain, teeth."""

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes

from mlp_reference import data, greedy_knots, sigmoid_bump
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments import ridges as ridge_experiments
from mlp_reference.viz.experiments import splines as experiments
from mlp_reference.viz.plots import geometry

Curve = Float[np.ndarray, " n"]


def bumps() -> style.Described:
    """Two sigmoids and their difference, soft and steep."""
    figure, axes = style.subplots(1, 3, size=(8.6, 2.9))
    x = np.linspace(-1, 4, 600)
    for ax, steepness in zip(axes, (2, 6, 40), strict=True):
        up, both = sigmoid_bump(x, 0.5, 1e6, steepness), sigmoid_bump(x, 0.5, 2.5, steepness)
        ax.plot(x, up, color=style.SKY, linewidth=1.4, label="rises at 0.5")
        ax.plot(x, both - up, color=style.AMBER, linewidth=1.4, label="falls at 2.5")
        ax.plot(x, both, color=style.BLACK, label="sum")
        ax.set(title=f"Steepness {steepness}", xlabel="x", ylim=(-1.1, 1.1))
    axes[0].set_ylabel("value")
    axes[0].legend(loc="lower left", fontsize=9)
    return style.describe(
        figure, "A rising and a falling sigmoid add up to a bump; with steepness 2 it is low and soft, with 40 a box."
    )


def staircases() -> style.Described:
    """A sum of sigmoid bumps beside its target, for 4, 16 and 64 bumps."""
    figure, axes = style.subplots(1, 3, size=(8.6, 2.9))
    f, a, b, _ = data.TARGETS["wave"]
    x, worst = np.linspace(a, b, 2001), []
    for ax, m in zip(axes, (4, 16, 64), strict=True):
        stairs = experiments.staircase(x, m)
        worst.append(np.abs(stairs - f(x)).max())
        ax.plot(x, f(x), color=style.BLUE, linewidth=4, alpha=0.45, label="f")
        ax.plot(x, stairs, color=style.ORANGE, linewidth=1.4, label="staircase")
        ax.set(title=f"{m} bumps: {worst[-1]:.2f} off", xlabel="x")
    axes[0].set_ylabel("f(x)")
    axes[0].legend(loc="upper left", fontsize=9)
    return style.describe(
        figure,
        "A wavy curve and a staircase of 4, 16 and 64 bumps; the largest error falls from "
        f"{worst[0]:.2f} over {worst[1]:.2f} to {worst[2]:.2f}.",
    )


def construction() -> style.Described:
    """Four points, the slopes between them, and the units whose weights are the changes of slope."""
    t, v = np.array([0.0, 1.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 2.0])
    figure, (line, slope, units) = style.subplots(1, 3, size=(8.6, 3.1))
    plots.splines.broken_line(line, t, v)
    line.set_title("1 · Sample, connect")
    plots.splines.slopes(slope, t, v)
    slope.set_title("2 · Slopes and changes")
    slope.legend(loc="upper right", fontsize=9)
    plots.splines.hinges(units, t, v)
    units.set_title("3 · Units, weighted")
    return style.describe(
        figure,
        "Left a broken line through four points. Middle its slopes 2, -1/2 and 0 as a staircase with steps 2, -5/2 and "
        "1/2. Right three units that start at 0, 1 and 3 and rise or fall with these slopes.",
    )


def rates() -> style.Described:
    """Error against number of intervals: a sine, a root, and the root with knots that crowd where it is steep."""
    m = 2 ** np.arange(1, 9)
    figure, ax = style.subplots(size=(7.4, 4.4))
    cases = [("√x, equal knots", "root", 1, style.ORANGE, "^"), ("sin x, equal knots", "sine", 1, style.BLUE, "o"),
             ("√x, knots at (j/m)⁴", "root", 4, style.GREEN, "s")]  # fmt: skip
    errors = [experiments.rate_of_errors(name, m, power) for _, name, power, _, _ in cases]
    fall = [np.log2(e[-1] / e[-2]) for e in errors]
    for (label, _, _, color, marker), e, measured in zip(cases, errors, fall, strict=True):
        plots.splines.error_by_intervals(
            ax, m, e, color=color, marker=marker, label=f"{label}: measured slope −{abs(measured):.2f}"
        )
    root, sine, _ = errors
    plots.splines.slope_guide(ax, m, 1.5 * root[0], -0.5)
    plots.splines.slope_guide(ax, m[2:], 3 * sine[2], -2.0)
    ax.set_title("How fast the error falls")
    ax.legend(loc="lower left")
    return style.describe(
        figure,
        "Log-log. The last doubling divides the error of the sine by four, that of the root by 1.4 with equal "
        f"knots and by four with crowded ones: measured slopes {fall[1]:.2f}, {fall[0]:.2f} and {fall[2]:.2f}.",
    )


def trained_against_constructed(m: int = 16, seeds: int = 20, steps: int = 2500) -> style.Described:
    """Largest errors of trained networks of width m beside the constructed one of the same width."""
    rivals = experiments.rivals(m, seeds, steps)
    errors, built = rivals.errors, rivals.built
    middle = np.argsort(np.abs(rivals.trained).max(axis=1))[seeds // 2]
    figure, (left, *measures) = style.subplots(1, 3, size=(8.6, 3.4))
    left.plot(rivals.x, rivals.trained[middle], color=style.ORANGE, linewidth=1.4)
    left.plot(rivals.x, rivals.constructed, color=style.BLUE, linewidth=1.4)
    left.set(title=f"Error, {m} units each", xlabel="x", ylabel="f̂(x) − sin x")
    for ax, one, all_of_them, name in zip(
        measures, (built, rivals.rms[0]), (errors, rivals.rms[1]), ("largest error", "root mean square"), strict=True
    ):
        start, label = np.arange(1, seeds + 1), "trained (left: the median)"
        ax.plot(start, all_of_them, "^", color=style.ORANGE, markersize=5, label=label)
        ax.axhline(one, color=style.BLUE, label="constructed")
        ax.set(title=name.capitalize(), xlabel="start (sorted)", ylabel=name, ylim=(0, 1.25 * all_of_them[-1]))
    measures[0].legend(loc="upper left", fontsize=9)
    below = np.count_nonzero(rivals.rms[1] < rivals.rms[0])
    return style.describe(
        figure,
        f"The constructed net of {m} units is off by {built:.3f} at most. Of {seeds} trained ones the best is off by "
        f"{errors[0]:.3f}, the median by {np.median(errors):.3f}, the worst by {errors[-1]:.3f}. By the root mean square "
        f"{below} of them are better than the constructed one.",
    )


def terrain(km: Curve, height: Curve, eps: float) -> style.Described:
    """A profile and the broken line with the fewest knots that stays within eps of every sample."""
    t, rms = experiments.fewest_pieces(km, height, eps)
    greedy = greedy_knots(lambda x: np.interp(x, km, height), eps, km[0], km[-1], len(km))
    line = np.interp(km, t, np.interp(t, km, height))
    figure, (top, bottom) = style.subplots(2, 1, size=(8.6, 4.4))
    top.plot(km, height, color=style.BLUE, linewidth=3.5, alpha=0.45, label=f"{len(km)} samples")
    plots.splines.broken_line(top, t, np.interp(t, km, height), label=f"{len(t) - 1} units")
    top.set(
        title=f"Within {eps:g} m by {len(t) - 1} units (greedy knots: {len(greedy) - 1})",
        xlabel="",
        ylabel="height (m)",
    )
    top.legend(loc="upper right", fontsize=9)
    bottom.plot(km, line - height, color=style.PURPLE, linewidth=1.2)
    for limit in (-eps, eps):
        bottom.axhline(limit, color=style.GREY, linestyle="--", linewidth=1)
    bottom.set(title=f"What is lost: {rms:.0f} m as a root mean square", xlabel="distance (km)", ylabel="error (m)")
    return style.describe(
        figure,
        f"A mountain profile of {len(km)} samples and a broken line of {len(t) - 1} pieces, where greedy "
        f"knots would take {len(greedy) - 1}; the error stays between "
        f"-{eps:g} and {eps:g} metres, and its root mean square is {rms:.0f} metres.",
    )


def ridges(highest: int = 6, eps: float = 0.02) -> style.Described:
    """A bump over the square, one of the ridges it is made of, and the sum of all, each ridge a broken line."""
    net = ridge_experiments.ridge_net(highest, eps)
    x1, x2 = np.meshgrid(*2 * [np.linspace(0, 1, len(net.target))], indexing="ij")
    figure, axes = style.subplots(1, 3, size=(8.6, 3.3))
    titles = ("The bump", "One ridge: cos 2π(x₁ + x₂)", f"{net.units:,} ReLUs: {net.error:.3f} off")
    for ax, values, title in zip(axes, (net.target, np.cos(2 * np.pi * (x1 + x2)), net.values), titles, strict=True):
        image = ax.imshow(values.T, origin="lower", extent=(0, 1, 0, 1), cmap=plots.xor.BETWEEN, vmin=-1, vmax=1)
        ax.grid(False)
        ax.set(xlabel="x₁", ylabel="x₂" if ax is axes[0] else "")
        ax.set_title(title, fontsize=10.5)
    figure.colorbar(image, ax=axes, shrink=0.75)
    return style.describe(
        figure,
        f"Left a round bump, in the middle parallel waves, right the sum of {net.ridges} such waves made of "
        f"{net.units} ReLUs, which is {net.error:.3f} off the bump at most.",
    )


def ridge_map(
    heights: Float[np.ndarray, "n n"], products: tuple[int, ...] = (10, 50, 200), eps: float = 40
) -> style.Described:
    """A map, and what sums of ridges make of it, each ridge a broken line."""
    nets = [ridge_experiments.ridge_map(heights, number, eps) for number in products]
    figure, axes = style.subplots(1, len(nets) + 1, size=(8.6, 2.9))
    titles = [f"{heights.size:,} samples", *(f"{net.units:,} ReLUs\n{net.rms:.0f} m rms" for net in nets)]
    for ax, values, title in zip(axes, (heights, *(net.values for net in nets)), titles, strict=True):
        image = ax.imshow(values, cmap="cividis", vmin=heights.min(), vmax=heights.max())
        ax.grid(False)
        ax.set(xticks=[], yticks=[])
        ax.set_title(title, fontsize=10.5)
    figure.colorbar(image, ax=axes, shrink=0.75, label="height (m)")
    costs = ", ".join(f"{net.rms:.0f} m with {net.units:,} ReLUs" for net in nets)
    return style.describe(
        figure, f"A map of mountains, and three maps that are sums of ridges. Root mean square: {costs}."
    )


def depth_on_spirals() -> style.Described:
    """Two spirals by one wide layer and by three narrow ones with fewer numbers: regions, and losses of all starts."""
    shapes = ((64,), (14, 14), (10, 10, 10))
    nets = [experiments.depth_on_spirals(hidden) for hidden in shapes]
    names = ["1 layer of 64", "2 layers of 14", "3 layers of 10"]
    figure, axes = style.subplots(1, 3, size=(8.6, 3.5))
    for ax, net, name in ((axes[0], nets[0], names[0]), (axes[1], nets[2], names[2])):
        _regions(ax, net)
        ax.set_title(f"{name}, {net.numbers} numbers", fontsize=10.5)
    for net, name, color in zip(nets, names, (style.ORANGE, style.GREEN, style.BLUE), strict=True):
        label = f"{name}: {100 * net.new:.0f} % right"
        for i, losses in enumerate(net.losses):
            axes[2].plot(losses, color=color, linewidth=1.0, label="_" * bool(i) + label)
    axes[2].set(xlabel="epoch", ylabel="cross-entropy (nats)", yscale="log", ylim=(2e-5, 1.5))
    axes[2].set_title("Loss, four starts each", fontsize=10.5)
    axes[2].set_box_aspect(1)
    axes[2].legend(loc="lower left", fontsize=9)
    right = ", ".join(
        f"{name} ({net.numbers} numbers) {100 * net.new:.0f} %" for name, net in zip(names, nets, strict=True)
    )
    return style.describe(figure, f"Two spirals, two and a half turns each. Right on new points: {right}.")


def depth_on_digits() -> style.Described:
    """Losses of all starts on 300 digits, for one wide layer and three narrow ones with as many numbers."""
    figure, ax = style.subplots(size=(7.4, 3.4))
    words = []
    for hidden, color, dash in (((40,), style.ORANGE, "-"), ((24, 24, 24), style.BLUE, "--")):
        net = experiments.depth_on_digits(hidden)
        name = f"{len(hidden)} layer{'s' * (len(hidden) > 1)} of {hidden[0]}, {net.numbers:,} numbers"
        words.append(f"{name}: {100 * net.new:.1f} % of the new digits right")
        for i, losses in enumerate(net.losses):
            ax.plot(losses, dash, color=color, linewidth=1.2, label="_" * bool(i) + words[-1])
    ax.set(title="300 digits, four starts each", xlabel="epoch", ylabel="cross-entropy (nats)", yscale="log")
    ax.legend(fontsize=9)
    return style.describe(figure, f"After some epochs the losses are lower with three layers. {'; '.join(words)}.")


def _regions(ax: Axes, net: experiments.Depth) -> None:
    """What a network makes of the plane, and the points that it learned from."""
    geometry.set_square_view(ax, np.array([[-1.1, -1.1], [1.1, 1.1]]), pad=0.0)
    plots.xor.probability_map(ax, lambda P: net.first.predict(P).astype(float), resolution=160)
    X, y = experiments.arms(600, 0)
    for k in (0, 1):
        ax.plot(*X[y == k].T, ".", color=style.CLASS_COLORS[k], markersize=2.5)


def folding() -> style.Described:
    """The tent applied once, twice and three times."""
    figure, axes = style.subplots(1, 3, size=(8.6, 2.7))
    for ax, k in zip(axes, (1, 2, 3), strict=True):
        plots.splines.sawtooth(ax, k)
        ax.set(title=f"{k} hidden layer{'s' * (k > 1)}: {2**k} pieces", ylim=(-0.05, 1.1))
    return style.describe(
        figure, "One tent, two narrower tents, four still narrower tents on the interval from 0 to 1."
    )
