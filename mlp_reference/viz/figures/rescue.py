"""Figures of notebook 08: signals through a deep reader, and its losses."""

from collections.abc import Mapping, Sequence

import numpy as np

from mlp_reference.viz import style

Numbers = Sequence[float] | np.ndarray
Profile = tuple[Numbers, Numbers] | list[Numbers]  # as an answer of a learner's may return it
_LINES = ((style.ORANGE, "--", "s"), (style.BLUE, "-", "o"), (style.GREEN, ":", "^"), (style.PURPLE, "-.", "D"))


def profiles(named: Mapping[str, Profile]) -> style.Described:
    """Mean squares of values and of gradients, layer by layer, of networks by their names."""
    figure, (left, right) = style.subplots(1, 2, size=(8.6, 3.2))
    words = []
    for (name, (forward, backward)), (color, dashes, marker) in zip(named.items(), _LINES, strict=False):
        layers = np.arange(1, len(forward) + 1)
        options = {"color": color, "linestyle": dashes, "marker": marker, "markersize": 3, "label": name}
        left.semilogy(layers, forward, **options)
        right.semilogy(layers, backward, **options)
        words.append(
            f"{name}: values end at {forward[-1]:.0e}, gradients arrive at the first layer with {backward[0]:.0e}"
        )
    left.set(title="Values", xlabel="layer", ylabel="mean square")
    right.set(title="Gradients", xlabel="layer", ylabel="mean square")
    left.legend(fontsize=9)
    return style.describe(figure, f"Mean squares through the layers, on logarithmic axes. {'. '.join(words)}.")


def losses(named: Mapping[str, Numbers]) -> style.Described:
    """The losses of trainings by their names, epoch by epoch, with a line at log 10."""
    figure, ax = style.subplots(1, 1, size=(6.4, 3.2))
    words = []
    for (name, values), (color, dashes, marker) in zip(named.items(), _LINES, strict=False):
        epochs = np.arange(1, len(values) + 1)
        ax.plot(epochs, values, color=color, linestyle=dashes, marker=marker, markersize=3, label=name)
        words.append(f"{name}: {values[0]:.2f} in the first epoch, {values[-1]:.2f} in the last")
    ax.axhline(np.log(10), color=style.BLACK, linewidth=1, label="log 10: a guesser")
    ax.set(
        title="Loss while training",
        xlabel="epoch",
        ylabel="loss",
        ylim=(0, 1.15 * max(2.5, *(max(values) for values in named.values()))),
    )
    ax.legend(fontsize=9)
    return style.describe(figure, f"Losses over epochs, with a line at log 10. {'; '.join(words)}.")


def weights(named: Mapping[str, np.ndarray]) -> style.Described:
    """Histograms of the weights of layers by their names, on common axes."""
    figure, ax = style.subplots(1, 1, size=(6.4, 2.8))
    reach = max(float(np.abs(W).max()) for W in named.values())
    words = []
    for (name, W), (color, dashes, _) in zip(named.items(), _LINES, strict=False):
        bins = np.linspace(-reach, reach, 82)
        ax.hist(W.ravel(), bins, histtype="step", color=color, linestyle=dashes, linewidth=1.8, label=name)
        words.append(f"{name}: standard deviation {W.std():.3f}")
    ax.set(title="First weights of one layer", xlabel="weight", ylabel="number")
    ax.legend(fontsize=9)
    return style.describe(figure, f"Histograms of weights around 0. {'; '.join(words)}.")


def gradients(quotients: Mapping[tuple[int, str], tuple[float, float]]) -> style.Described:
    """Length and cosine of given gradients, compared to measured ones, by the number of examples and the parameter."""
    figure, axes = style.subplots(1, 2, size=(8.6, 2.9))
    names, counts = list(dict.fromkeys(name for _, name in quotients)), list(dict.fromkeys(n for n, _ in quotients))
    places, width = np.arange(len(names)), 0.8 / len(counts)
    for number, (n, (color, _, _)) in enumerate(zip(counts, _LINES, strict=False)):
        for which, ax in enumerate(axes):
            heights = [quotients[n, name][which] for name in names]
            at = places + (number - (len(counts) - 1) / 2) * width
            ax.bar(at, heights, width, color=color, label=f"{n} examples", hatch="//" if number else "")
    for ax, title in zip(axes, ("Length, given / measured", "Cosine"), strict=True):
        ax.axhline(1, color=style.BLACK, linewidth=1)
        ax.set(title=title)
        ax.set_xticks(places, names)
    axes[1].set_ylim(0, 1.45)  # the legend has a place of its own above the bars
    axes[1].legend(fontsize=9, loc="upper right", ncols=2)
    told = ", ".join(f"{name} {a:.2f} and {c:.2f}" for (n, name), (a, c) in quotients.items() if n == counts[-1])
    return style.describe(figure, f"Bars for each parameter. With {counts[-1]} examples, length and cosine: {told}.")
