"""Figures of notebook 07: forgiving losses, distances, noisy batches, landscapes, overfitting, double descent."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float, Int

from mlp_reference import SGD, data, huber, kl_divergence, log_cosh
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments import double as experiments_of_double
from mlp_reference.viz.experiments import stability as experiments_of_stability
from mlp_reference.viz.experiments import training as experiments

Array = np.ndarray
Slope = Callable[[Array], Array]
LOSSES: dict[str, tuple[Callable[[Array], Array], Slope, str, str]] = {  # loss, slope, colour, line style
    "squared, r²/2": (lambda r: r**2 / 2, lambda r: r, style.ORANGE, "-"),
    "absolute, |r|": (np.abs, np.sign, style.BLUE, "-"),
    "Huber, δ = 1": (lambda r: huber(r, 1.0)[0], lambda r: huber(r, 1.0)[1], style.GREEN, "--"),
    "log-cosh": (lambda r: log_cosh(r)[0], lambda r: log_cosh(r)[1], style.PURPLE, ":"),
}


def robust() -> style.Described:
    """Four losses of a residual, their slopes, and the line that each of them draws through data with outliers."""
    figure, (left, middle, right) = style.subplots(1, 3, size=(8.6, 3.2))
    r = np.linspace(-4, 4, 401)
    x, y = experiments.with_outliers()
    right.plot(x, y, "o", color=style.GREY, markersize=4)
    found = []
    for name, (loss, slope, color, dashes) in LOSSES.items():
        left.plot(r, loss(r), dashes, color=color, label=name)
        middle.plot(r, slope(r), dashes, color=color)
        a, b = experiments.line_fit(x, y, slope)
        found.append(a)
        right.plot(x, a * x + b, dashes, color=color)
    left.set(title="Loss", xlabel="residual r", ylabel="loss", ylim=(0, 6))
    middle.set(title="Slope", xlabel="residual r", ylabel="slope", ylim=(-3, 3))
    right.set(title="Fitted lines", xlabel="x", ylabel="y")
    left.legend(fontsize=8.5, loc="upper center")
    slopes = ", ".join(f"{name} {a:.2f}" for name, a in zip(LOSSES, found, strict=True))
    return style.describe(
        figure,
        "The squared loss and its slope grow without bound; the slopes of the others stay within -1 and 1. The true "
        f"line has slope 1; with 5 outliers among 30 points the fitted slopes are: {slopes}.",
    )


def distances() -> style.Described:
    """Two boxes of probability, one moved aside: divergence and earth mover's distance against the way."""
    figure, (left, right) = style.subplots(1, 2, size=(8.6, 3.2))
    places = np.arange(40)
    p = np.where((places >= 4) & (places < 12), 1 / 8, 0.0)
    moved = [np.roll(p, s) for s in range(21)]
    soft = [(np.roll(p, s) + 0.002) / 1.08 for s in range(21)]
    kl = [kl_divergence(p, q) for q in moved]
    kl_soft = [kl_divergence((p + 0.002) / 1.08, q) for q in soft]
    left.step(places, p, where="mid", color=style.BLUE, label="p")
    left.step(places, moved[5], where="mid", color=style.ORANGE, linestyle="--", label="q, moved by 5")
    left.set(title="Two distributions", xlabel="place", ylabel="probability", ylim=(0, 0.16))
    left.legend(fontsize=9)
    right.plot(range(21), range(21), color=style.GREEN, label="earth mover's distance")
    right.plot(range(21), kl_soft, color=style.PURPLE, linestyle="--", label="KL, q with a floor of 0.002")
    right.plot([0], [kl[0]], "o", color=style.ORANGE, label="KL: 0, then infinite")
    right.annotate("∞ as soon as q moves", (0.3, 13), color=style.ORANGE)
    right.set(title="How far apart?", xlabel="q moved by", ylabel="distance", ylim=(-1, 29))
    right.legend(fontsize=8.5, loc="upper left")
    return style.describe(
        figure,
        "A box of probability and the same box moved. The earth mover's distance grows in proportion to the way. The "
        "divergence is infinite from the first step on, and with a small floor it levels off once the boxes no longer "
        f"overlap, at {kl_soft[-1]:.1f}.",
    )


def batch_noise() -> style.Described:
    """How far a batch's gradient is from the full one, and loss against the number of gradients of single examples."""
    figure, (left, right) = style.subplots(1, 2, size=(8.6, 3.4))
    X, y = data.digits()
    sizes = 2 ** np.arange(0, 10)
    errors = experiments.gradient_errors(X, y, sizes)
    slope = np.polyfit(np.log2(sizes[:8]), np.log2(errors[:8]), 1)[0]
    left.loglog(sizes, errors, "o-", color=style.BLUE, markersize=4)
    left.set(title=f"Noise: slope −{abs(slope):.2f}", xlabel="batch size B", ylabel="relative error of the gradient")
    for size, color, dashes in ((1, style.ORANGE, "-"), (32, style.BLUE, "-"), (len(X), style.GREEN, "--")):
        cost, losses = experiments.descent_losses(X, y, size, lr=0.1 if size == 1 else 0.5)
        right.loglog(cost, losses, dashes, color=color, label=f"B = {size}" if size < len(X) else f"all {size}")
    right.set(title="Loss against cost", xlabel="gradients of single examples", ylabel="loss on all digits")
    right.legend(fontsize=9)
    return style.describe(
        figure,
        f"Left, log-log: the error of a batch's gradient falls with the size of the batch, measured slope {slope:.2f}. "
        "Right: for the same number of examples, batches of 1 and 32 bring the loss down far sooner than full batches.",
    )


def four_kinds() -> style.Described:
    """A minimum, a maximum, a saddle and a degenerate point, from above."""
    figure, axes = style.subplots(1, 4, size=(8.6, 2.6))
    kinds: dict[str, tuple[Callable[[Array, Array], Array], str]] = {
        "minimum": (lambda x, y: x**2 + 2 * y**2, "+, +"),
        "maximum": (lambda x, y: -(x**2) - 2 * y**2, "−, −"),
        "saddle": (lambda x, y: x**2 - y**2, "+, −"),
        "degenerate": (lambda x, y: x**2 + 0 * y, "+, 0"),
    }
    for ax, (name, (f, signs)) in zip(axes, kinds.items(), strict=True):
        plots.training.landscape(ax, f, levels=10)
        if name == "saddle":
            for slope in (1, -1):  # its own height, where contours of a grid break off
                ax.axline((0, 0), slope=slope, color=style.GREY, linewidth=1)
        ax.set(title=name.capitalize(), xlabel=f"curvatures {signs}", ylabel="", xticks=[], yticks=[])
    return style.describe(
        figure,
        "Lines of equal height: ellipses around a minimum and a maximum, hyperbolas around a saddle and two lines "
        "that cross in it, parallel lines along a trough. Bright is high, dark is low.",
    )


def saddles() -> style.Described:
    """A saddle with its ridge and three walks; random curvatures: how often all are up; how many steps it takes."""
    figure, (above, left, right) = style.subplots(1, 3, size=(8.6, 3.1))
    surface = experiments.SURFACES["saddle"]
    plots.training.landscape(above, surface.f, reach=1.8, levels=14)
    above.axhline(0, color=style.BLUE, linestyle="--", linewidth=1.6)
    for y in (0.3, 0.01, 1e-4):
        places, _ = experiments.walk(surface, SGD(0.1), (-1.7, y), 120)
        above.plot(places[:, 0], places[:, 1], "-o", color=style.ORANGE, markersize=2, linewidth=1)
    above.set(title="A saddle, ridge dashed")
    d = np.arange(1, 6)  # with 6 it is too rare to be counted
    share = [experiments.share_of_minima(k) for k in d.tolist()]
    left.semilogy(d, share, "o-", color=style.BLUE, label="measured")
    left.semilogy(d, 0.5**d, "--", color=style.GREY, label="coins: 2⁻ᵈ")
    left.set(title="All curvatures up", xlabel="directions d", ylabel="share of random matrices")
    left.legend(fontsize=9)
    starts = 10.0 ** -np.arange(1, 13)
    steps = [experiments.steps_to_leave(float(s)) for s in starts]
    right.semilogx(starts, steps, "o-", color=style.ORANGE)
    right.set(title="Steps to leave it", xlabel="first distance from the ridge", ylabel="steps, rate 0.1")
    per_decade = (steps[-1] - steps[0]) / 11
    return style.describe(
        figure,
        "Left: lines of equal height around a saddle; walks that start beside the ridge come down along it, and leave "
        f"it the later, the nearer they start. Middle: of random symmetric matrices of 3 directions {share[2]:.1%} "
        f"have only positive eigenvalues, of 5 directions {share[4]:.2%}. Right: each factor of ten nearer to the "
        f"ridge costs {per_decade:.0f} steps more.",
    )


def overfitting(epochs: int = 80) -> style.Described:
    """Loss on 120 digits, 40 of them with random labels, and on others, by epoch; the best epoch is marked."""
    history = experiments.overfit(epochs)
    best = int(np.argmin(history.validation))
    figure, ax = style.subplots(size=(7.4, 3.4))
    epoch = np.arange(1, epochs + 1)
    ax.plot(epoch, history.losses, color=style.BLUE, label="120 training digits, 40 with random labels")
    ax.plot(epoch, history.validation, color=style.ORANGE, label="359 validation digits")
    ax.axvline(best + 1, color=style.GREY, linestyle="--", label=f"best epoch: {best + 1}")
    ax.set(title="Learning, then learning by heart", xlabel="epoch", ylabel="loss", ylim=(0, 2.5))
    ax.legend(fontsize=9)
    return style.describe(
        figure,
        f"The training loss falls to {history.losses[-1]:.2f}; the validation loss is lowest after epoch {best + 1}, "
        f"at {history.validation[best]:.2f}, and rises to {history.validation[-1]:.2f} afterwards.",
    )


def remedies(epochs: int = 80) -> style.Described:
    """Validation losses by epoch of the training that overfits, with weight decay, and with four times the data."""
    figure, ax = style.subplots(size=(7.4, 3.4))
    found = []
    for (name, n, decay), color, dash in zip(
        REMEDIES, (style.ORANGE, style.BLUE, style.GREEN), ["--", "-.", "-"], strict=True
    ):
        losses = experiments.overfit(epochs, n, decay).validation
        best, last = int(np.argmin(losses)), float(np.mean(losses[-10:]))
        found.append(f"{name}: best {losses[best]:.2f}, mean of the last ten {last:.2f}")
        ax.plot(np.arange(1, epochs + 1), losses, dash, color=color, label=found[-1])
        ax.plot(best + 1, losses[best], "o", color=color)
    ax.set(title="Remedies: validation loss", xlabel="epoch", ylabel="loss on 359 other digits", ylim=(0, 2.5))
    ax.legend(fontsize=9)
    return style.describe(figure, f"Three curves, each with its lowest point. {'; '.join(found)}.")


REMEDIES = (("120 digits", 120, 0.0), ("120 digits, weight decay", 120, 0.01), ("480 digits", 480, 0.0))


def misread(X: Float[np.ndarray, "n 64"], y: Int[np.ndarray, " n"], read: Int[np.ndarray, " n"]) -> style.Described:
    """The first sixteen digits that were read wrongly."""
    wrong = np.flatnonzero(read != y)
    shown = wrong[:16]
    rows = 1 if len(shown) <= 8 else 2
    figure, axes = style.subplots(rows, 8, size=(8.6, 1.5 * rows))
    plots.training.digit_pictures(np.ravel(axes), X[shown], y[shown], read[shown])
    figure.suptitle(f"{len(wrong)} of {len(y)} were misread", fontweight="bold")
    pairs = ", ".join(f"{a} as {b}" for a, b in zip(y[shown], read[shown], strict=True))
    told = f", the first {len(shown)} of them" if len(shown) < len(wrong) else ""
    return style.describe(figure, f"{len(wrong)} of {len(y)} digits were misread{told}: {pairs or 'none'}.")


def stability(steps: int = 3000, rates: tuple[float, ...] = (0.1, 0.2)) -> style.Described:
    """Full-batch descent on digits at several rates: the loss, and the sharpness times the rate."""
    figure, (left, right) = style.subplots(1, 2, size=(8.6, 3.3))
    words = []
    for lr, color, dashes in zip(rates, (style.BLUE, style.ORANGE), ("-", "--"), strict=False):
        losses, at, sharp = experiments_of_stability.descent(lr, steps)
        left.semilogy(losses, dashes, color=color, label=f"rate {lr:g}")
        right.plot(at, lr * sharp, dashes, color=color, marker="o", markersize=3, label=f"rate {lr:g}")
        words.append(f"at rate {lr:g} the loss ends at {losses[-1]:.3g} and the product at {lr * sharp[-1]:.3g}")
    right.axhline(2, color=style.BLACK, linewidth=1)
    left.set(title="Loss", xlabel="step", ylabel="loss")
    right.set(title="Rate times sharpness", xlabel="step", ylabel="η κ", ylim=(0, 5))
    left.legend(fontsize=9)
    right.legend(fontsize=9)
    return style.describe(
        figure,
        f"Left the loss of full-batch descent over {steps} steps, right the rate times the largest curvature, with a line "
        f"at 2: {'; '.join(words)}.",
    )


def random_features() -> style.Described:
    """Errors of random ReLU features on noisy digits, for three output layers, against the number of features."""
    run, counts = experiments_of_double.descent(), experiments_of_double.COUNTS
    figure, (left, right) = style.subplots(1, 2, size=(8.6, 4.2))
    left.semilogx(counts, 100 * run.known, ":s", color=style.BLUE, markersize=3.5, label="shortest, known labels")
    for wrong, length, color, looks, name in (
        (run.new, run.length, style.ORANGE, "-o", "shortest"),
        (run.other, run.other_length, style.PURPLE, "--^", "another that meets all labels"),
        (run.priced, run.priced_length, style.GREEN, "-.D", "its length has a price"),
    ):
        left.semilogx(counts, 100 * wrong, looks, color=color, markersize=4, label=f"{name}, new digits")
        right.loglog(counts, length, looks, color=color, markersize=4)
    for ax in (left, right):
        ax.axvline(300, color=style.BLACK, linewidth=1)
    note = "as many features\nas examples"
    right.annotate(note, (300, 150), (11, 100), fontsize=9, arrowprops={"arrowstyle": "->"})
    left.set(title="Wrong answers", xlabel="random features m", ylabel="share (%)", ylim=(-3, 100))
    right.set(title="Length of the output layer", xlabel="random features m", ylabel="length")
    figure.legend(fontsize=9, loc="outside lower center", ncols=2)
    words = ", ".join(f"{100 * run.new[counts.index(m)]:.0f} % at {m}" for m in (10, 100, 300, 1000, 3000))
    return style.describe(
        figure,
        "Left, the share of wrong answers on new digits falls, peaks where there are as many features as examples, and "
        f"falls again: {words}. All known labels are read right from {counts[int(np.argmin(run.known > 0))]} on. At 3000 "
        f"features another solution that meets all labels is wrong on {100 * run.other[-1]:.0f} %; one whose length has "
        f"a price has no peak, {100 * run.priced[counts.index(300)]:.0f} % at 300. Right, the shortest output layer is "
        "longest at the peak.",
    )
