"""Pictures of notebook 07: landscapes and paths on them, records of a training, digits with what was read."""

from collections.abc import Callable, Iterable

import numpy as np
from jaxtyping import Float, Int, Real
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from mlp_reference.viz import style
from mlp_reference.viz.plots import geometry

Heights = Callable[[np.ndarray, np.ndarray], np.ndarray]
LAYER_COLORS = (style.BLUE, style.ORANGE, style.GREEN, style.PURPLE)


def landscape(ax: Axes, f: Heights, *, reach: float = 2.0, levels: int = 18) -> list[Artist]:
    """Lines of equal height of ``f`` on the square up to ``reach``, dark where it is low."""
    style.label(ax, "A landscape from above", "x", "y")
    x, y = np.meshgrid(np.linspace(-reach, reach, 121), np.linspace(-reach, reach, 121))
    heights = f(x, y)
    steps = np.quantile(heights, np.linspace(0, 1, levels)) if np.ptp(heights) > 0 else [0.0, 1.0]
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    lines = ax.contour(x, y, heights, levels=np.unique(steps), cmap="cividis", linewidths=1.0)
    return [lines]


def path(ax: Axes, P: Float[np.ndarray, "t 2"], *, color: str = style.ORANGE) -> list[Artist]:
    """Steps from the square at the start to the disc at the end."""
    return [
        geometry.line(ax, P, color=color, linewidth=1.4, marker="o", markersize=3, zorder=3),
        geometry.line(ax, P[:1], color=color, marker="s", markersize=9, linestyle="none", zorder=4),
        geometry.line(ax, P[-1:], color=color, marker="o", markersize=10, linestyle="none", zorder=4),
    ]


def dashboard_line(
    ax: Axes, x: Real[np.ndarray, " t"], values: Real[np.ndarray, " t"], *, color: str = style.BLUE, label: str = ""
) -> list[Artist]:
    """One line of a dashboard."""
    style.label(ax, "A record", "epoch", "value")
    P = np.column_stack([x, values]).astype(float)
    geometry.reach(ax, P[np.isfinite(P).all(axis=1)])
    return [geometry.line(ax, P, color=color, linewidth=1.6, marker="o", markersize=2.5, zorder=2.5, label=label)]


def lines_by_layer(ax: Axes, x: Real[np.ndarray, " t"], values: Real[np.ndarray, "t layers"]) -> list[Artist]:
    """One line for each layer, from the first one on."""
    style.label(ax, "By layer", "epoch", "value")
    lines = zip(values.T, LAYER_COLORS, strict=False)
    return [artist for column, color in lines for artist in dashboard_line(ax, x, column, color=color)]


def digit_pictures(
    axes: Iterable[Axes],
    X: Float[np.ndarray, "n 64"],
    y: Int[np.ndarray, " n"],
    read: Int[np.ndarray, " n"] | None = None,
) -> list[Artist]:
    """One picture on each of the axes; below it what it is and, where given, what was read."""
    artists: list[Artist] = []
    for i, ax in enumerate(axes):
        ax.set(xticks=[], yticks=[])
        ax.grid(False)
        if i >= len(X):
            ax.set_visible(False)
            continue
        artists.append(ax.imshow(X[i].reshape(8, 8), cmap="Greys", vmin=0, vmax=1))
        words = f"{y[i]}" if read is None else f"{y[i]}, read {read[i]}"
        ax.set_title(words, fontsize=10)
    return artists
