"""Pictures of notebook 02: probabilities over the plane, what hidden units see, networks as graphs, how runs end."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float, Int, Real
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap
from matplotlib.image import AxesImage

from mlp_reference.viz import style
from mlp_reference.viz.experiments.xor import wilson_interval
from mlp_reference.viz.plots import geometry

Rows = Real[np.ndarray, "n d"]
NODE_COLORS = (style.SKY, style.AMBER, style.AMBER, style.AMBER)


def _between_classes() -> Colormap:
    """From the colour of class 0 over white to that of class 1; missing values are white, too."""
    colors = [style.CLASS_COLORS[0], "#FFFFFF", style.CLASS_COLORS[1]]
    return LinearSegmentedColormap.from_list("classes", colors).with_extremes(bad="white")


BETWEEN = _between_classes()


def cell_centres(ax: Axes, resolution: int) -> Float[np.ndarray, "m 2"]:
    """The centres of ``resolution**2`` cells that tile the present view, row by row from below."""
    (left, low), (right, high) = geometry.view(ax)[[0, 2]]
    steps = (np.arange(resolution) + 0.5) / resolution
    across, up = np.meshgrid(left + steps * (right - left), low + steps * (high - low))
    return np.column_stack([across.ravel(), up.ravel()])


def probability_map(
    ax: Axes, predict: Callable[[Rows], Float[np.ndarray, " n"]], *, resolution: int = 60
) -> list[Artist]:
    """The present view coloured by the probability of class 1 that ``predict`` gives each place; white is one half."""
    style.label(ax, "Probability of class 1", "x₁", "x₂")
    P = np.reshape(predict(cell_centres(ax, resolution)), (resolution, resolution))
    (left, low), (right, high) = geometry.view(ax)[[0, 2]]
    return [image(ax, P, (left, right, low, high), interpolation="bilinear", alpha=0.55, zorder=0.9)]


def unit_pictures(ax: Axes, layers: Sequence[Float[np.ndarray, "r r h"]]) -> list[Artist]:
    """What each hidden unit computes over the plane: a row of small pictures for each layer, the first one on top.

    Each picture is scaled by its largest value: orange is positive, blue negative, white 0.
    """
    style.label(ax, "Hidden units", "unit", "layer")
    tiles = [[_tile(layer[..., j]) for j in range(layer.shape[-1])] for layer in layers]
    whole = np.vstack([np.hstack(row) for row in reversed(tiles)])
    width, depth = len(tiles[0]), len(tiles)
    return [image(ax, whole, (0.5, width + 0.5, depth + 0.5, 0.5), interpolation="nearest", zorder=0.9)]


def _tile(values: Float[np.ndarray, "r r"]) -> Float[np.ndarray, "r2 r2"]:
    """One unit's values between 0 and 1, one half for 0, in a frame of missing values."""
    size = np.abs(values).max()
    return np.pad(0.5 + 0.5 * values / (size if size > 0 else 1.0), 1, constant_values=np.nan)


def image(
    ax: Axes, values: Float[np.ndarray, "r c"], extent: tuple[float, float, float, float], **looks: Any
) -> AxesImage:
    """Values from 0 to 1 in the colours between the classes, that leave the view as it is."""

    new = AxesImage(ax, cmap=BETWEEN, extent=extent, origin="lower", **looks)
    new.set_clim(0.0, 1.0)
    new.set_data(values)
    return geometry.add(ax, new)


def loss_curve(ax: Axes, losses: Sequence[float]) -> list[Artist]:
    """The loss before each step, steps counted from 1."""
    style.label(ax, "Loss", "step", "cross-entropy (nats)")
    path = np.column_stack([np.arange(1, len(losses) + 1), losses])
    geometry.reach(ax, np.array([[1.0, 0.0], [max(len(losses), 2), max([0.8, *losses])]]))
    return [geometry.line(ax, path, color=style.PURPLE, linewidth=1.6, zorder=2)]


def graph(ax: Axes, layers: Sequence[Sequence[str]], names: Sequence[str] = ()) -> None:
    """A feedforward network: a column of nodes for each layer, every node joined to all of the next but constants.

    A node called "1" is the constant input of a bias: nothing leads to it.  names: words under the columns.
    """
    ax.set_axis_off()
    tallest = max(len(layer) for layer in layers)
    ax.set(xlim=(-0.4, len(layers) - 0.6), ylim=(-0.5 * tallest - 0.55, 0.5 * tallest + 0.1))
    places = [[(float(i), 0.5 * (len(layer) - 1) - j) for j in range(len(layer))] for i, layer in enumerate(layers)]
    for i in range(len(layers) - 1):
        for start in places[i]:
            for end, label in zip(places[i + 1], layers[i + 1], strict=True):
                if label != "1":
                    ax.plot(*zip(start, end, strict=True), color=style.GREY, linewidth=1.0, zorder=1)
    for i, layer in enumerate(layers):
        for (x, y), label in zip(places[i], layer, strict=True):
            face = style.YELLOW if label == "1" else NODE_COLORS[min(i, 3)]
            box = {"boxstyle": "circle,pad=0.35", "facecolor": face, "edgecolor": style.GREY}
            ax.text(x, y, label, ha="center", va="center", fontsize=12, bbox=box, zorder=3)
    for i, name in enumerate(names):
        ax.text(i, -0.5 * tallest - 0.1, name, ha="center", va="top", fontsize=10.5)


def success_rates(ax: Axes, widths: Sequence[int], hits: dict[str, Int[np.ndarray, " w"]], trials: int) -> list[Artist]:
    """Percentage of runs that succeeded against the width, one line for each activation, with 95 % intervals."""
    style.label(ax, "Success by width", "hidden units", f"runs that succeeded (% of {trials})")
    places, artists = np.arange(len(widths)), list[Artist]()
    for i, (name, counts) in enumerate(hits.items()):
        low, high = wilson_interval(counts, trials)
        rate, x = 100 * counts / trials, places + 0.09 * (i - 1)
        bars = np.abs(np.stack([rate - 100 * low, 100 * high - rate]))
        looks: dict[str, Any] = {
            "color": style.CLASS_COLORS[i],
            "marker": style.CLASS_MARKERS[i],
            "capsize": 4,
            "linewidth": 1.6,
        }
        drawn = ax.errorbar(x, rate, yerr=bars, label=name, **looks)
        artists += list(drawn.get_children())
    ax.set(xticks=places, xticklabels=[str(w) for w in widths], ylim=(-3, 104))
    ax.legend(loc="lower right")
    return artists


def where_runs_end(
    ax: Axes, losses: dict[str, Float[np.ndarray, " runs"]], levels: dict[str, float], counts: dict[str, list[int]]
) -> list[Artist]:
    """A dot for each run at its final loss, a row for each activation; dashed lines at ``levels``, with their names.

    counts: for each activation, the number of runs near each of the levels, written beside their dots.
    """
    style.label(ax, "Where the runs end", "final cross-entropy (nats)")
    artists: list[Artist] = []
    for name, level in levels.items():
        artists.append(ax.axvline(level, color=style.GREY, linestyle="--", linewidth=1.0, zorder=1))
        words = f"{name}\n{level:.3f}"
        artists.append(ax.text(level, -0.62, words, ha="center", va="bottom", color=style.GREY, fontsize=10))
    for i, (name, ends) in enumerate(losses.items()):
        looks: dict[str, Any] = {"color": style.CLASS_COLORS[i], "marker": style.CLASS_MARKERS[i], "linestyle": ""}
        apart = np.linspace(-0.3, 0.3, len(ends))  # so that equal losses don't hide each other
        artists += ax.plot(ends, i + apart, markersize=3.5, alpha=0.6, zorder=2, **looks)
        for level, count in zip(levels.values(), counts[name], strict=True):
            if count:
                artists.append(ax.text(level - 0.012, i, str(count), ha="right", va="center", zorder=3))
    ax.set(xlim=(-0.07, 0.74), ylim=(len(losses) - 0.5, -0.55), yticks=range(len(losses)), yticklabels=list(losses))
    return artists
