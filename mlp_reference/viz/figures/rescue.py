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
    ax.axhline(np.log(10), color=style.BLACK, linewidth=1)
    ax.set(title="Loss while training", xlabel="epoch", ylabel="loss", ylim=(0, None))
    ax.legend(fontsize=9)
    return style.describe(figure, f"Losses over epochs, with a line at log 10. {'; '.join(words)}.")
