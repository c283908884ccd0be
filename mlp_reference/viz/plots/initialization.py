"""Pictures of notebook 06: activations and their slopes, values layer by layer, profiles on a logarithmic axis."""

from collections.abc import Callable, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from jaxtyping import Float, Real
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.patheffects import withStroke

from mlp_reference.viz import style
from mlp_reference.viz.plots import geometry

Curve = Callable[[np.ndarray], np.ndarray]
Values = Real[np.ndarray, " n"]
Bins = Real[np.ndarray, " b"]
SATURATED = 0.05  # a slope below this passes next to nothing on
BANDS = 3  # a GELU is flat far left and at the bottom of its dip


def activation_curve(ax: Axes, value: Curve, grad: Curve, *, reach: float = 5.0) -> list[Artist]:
    """An activation (blue), its slope (orange), and in grey where the slope is next to nothing."""
    style.label(ax, "Activation and slope", "z", "ψ(z), ψ′(z)")
    z = np.linspace(-reach, reach, 802)  # an even number: 0, where there may be a kink, is left out
    f, g = value(z), grad(z)
    geometry.reach(ax, np.column_stack([z, f]))
    return [
        *saturation(ax, z, np.abs(g) < SATURATED),
        geometry.line(ax, _with_jumps(z, g), color=style.ORANGE, linestyle="--", linewidth=1.8, zorder=2.4),
        geometry.line(ax, np.column_stack([z, f]), color=style.BLUE, linewidth=2.2, zorder=2.5),
    ]


def saturation(ax: Axes, z: Values, flat: np.ndarray) -> list[Artist]:
    """Grey bands over the runs of places that are flat, up to ``BANDS`` of them."""
    low, high = sorted(ax.get_ylim())
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flat, [False]]).astype(int)))
    runs = [(float(z[start]), float(z[end - 1])) for start, end in edges.reshape(-1, 2)[:BANDS]]
    bands: list[Artist] = []
    for left, right in runs:
        corners = np.array([[left, low], [right, low], [right, high], [left, high]])
        bands.append(geometry.area(ax, corners, facecolor="#DDDDDD", edgecolor="none", zorder=0.8))
    return bands


def bell(ax: Axes, std: float, *, height: float = 1.0) -> list[Artist]:
    """The density of a normal input of this standard deviation, scaled to a height."""
    low = min(ax.get_ylim())
    left, right = sorted(ax.get_xlim())
    z = np.linspace(left, right, 200)
    P = np.column_stack([z, low + height * np.exp(-0.5 * (z / std) ** 2)])
    P = np.vstack([[z[0], low], P, [z[-1], low]])
    return [geometry.area(ax, P, facecolor=style.SKY, edgecolor="none", alpha=0.35, zorder=0.9)]


def output_histogram(ax: Axes, h: Values, bins: Bins) -> list[Artist]:
    """The shares of outputs in each bin as a step line, and a dotted line at their mean."""
    style.label(ax, "What comes out", "h = ψ(z)", "share of the outputs")
    shares = np.histogram(np.clip(h, bins[0], bins[-1]), bins)[0] / len(h)
    steps = np.column_stack([np.repeat(bins, 2)[1:-1], np.repeat(shares, 2)])
    low, high = sorted(ax.get_ylim())
    mean = np.array([[h.mean(), low], [h.mean(), high]])
    return [
        geometry.line(ax, steps, color=style.BLUE, linewidth=1.8, zorder=2.5),
        geometry.line(ax, mean, color=style.BLACK, linestyle=":", linewidth=1.8, zorder=2.6),
    ]


def layer_histograms(ax: Axes, layers: Sequence[Float[np.ndarray, "n d"]], bins: Bins) -> list[Artist]:
    """One column for each layer: the darker a cell, the more values it holds; the cells at both ends hold the rest."""
    style.label(ax, "Values of each layer", "layer l", "h")
    shares = np.array([np.histogram(np.clip(np.nan_to_num(h), bins[0], bins[-1]), bins)[0] / h.size for h in layers]).T
    shares[shares == 0] = np.nan  # drawn as nothing
    extent = (0.5, len(layers) + 0.5, float(bins[0]), float(bins[-1]))
    return [_shades(ax, np.sqrt(shares), extent)]


def _shades(ax: Axes, values: Float[np.ndarray, "r c"], extent: tuple[float, float, float, float]) -> AxesImage:
    """Values from 0 (white) to 1 (dark) that leave the view as it is."""

    view = ax.axis()
    image = AxesImage(ax, cmap="Blues", extent=extent, origin="lower", interpolation="nearest", zorder=0.9)
    image.set_clim(0.0, 0.8)
    image.set_data(values)
    geometry.add(ax, image)
    ax.axis(view)  # the extent moves it
    return image


def mean_squares(
    ax: Axes, measured: Values, theory: Values, *, color: str, marker: str = "o", label: str = "", every: int = 1
) -> list[Artist]:
    """A mean square by layer on a logarithmic axis: markers are measured, the line is the theory of wide networks."""
    style.label(ax, "Mean squares by layer", "layer l", "mean square")
    if ax.get_yscale() != "log":
        ax.set_yscale("log")
    layers = np.arange(1, len(measured) + 1)
    lines: list[Artist] = []
    for values, looks in ((measured, _dots(marker, label) | {"color": color}), (theory, _THEORY)):
        P = np.column_stack([layers, np.where((values > 0) & np.isfinite(values), values, np.nan)])
        P = P if looks is _THEORY else P[::every]
        geometry.reach(ax, P[np.isfinite(P[:, 1])])
        lines.append(geometry.line(ax, P, **looks))
    return lines


_THEORY: dict[str, Any] = {"color": style.BLACK, "linewidth": 1.0, "zorder": 2.6}


def _dots(marker: str, label: str) -> dict[str, Any]:
    looks: dict[str, Any] = {"linestyle": "none", "marker": marker, "markersize": 4.5, "zorder": 2.5}
    return looks | ({"label": label} if label else {})


def loss_map(
    ax: Axes,
    sigma2: Real[np.ndarray, " v"],
    depths: Real[np.ndarray, " d"],
    losses: Float[np.ndarray, "v d"],
    worst: float,
) -> list[Artist]:
    """Losses as shades over variance and depth, with their values; what is above ``worst`` or no number is dark red."""
    style.label(ax, "Loss after training", "depth", "σ² = width · Var w")
    shown = np.where(np.isfinite(losses) & (losses < 3 * worst), losses, np.nan)
    cmap = mpl.colormaps["viridis_r"].with_extremes(bad="#7A1F1F")
    grid = ax.imshow(shown, origin="lower", aspect="auto", cmap=cmap, vmin=0, vmax=worst)
    ax.grid(visible=False)
    ax.set_xticks(range(len(depths)), [f"{d:g}" for d in depths])
    ax.set_yticks(range(len(sigma2)), [f"{v:.2g}" for v in sigma2])
    for (i, j), loss in np.ndenumerate(losses):
        bright = np.isnan(shown[i, j]) or loss > 0.55 * worst
        text = "✕" if np.isnan(shown[i, j]) else f"{loss:.2f}"
        front, back = ("white", "black") if bright else ("black", "white")
        words = ax.text(j, i, text, ha="center", va="center", fontsize=8.5, color=front, zorder=4)
        words.set_path_effects([withStroke(linewidth=2, foreground=back, alpha=0.35)])  # curves may pass behind it
    return [grid]


def _with_jumps(z: Values, g: Values) -> Float[np.ndarray, "m 2"]:
    """A curve whose pen is lifted where it jumps."""
    jumps = np.flatnonzero(np.abs(np.diff(g)) > 0.2)
    return np.column_stack([np.insert(z, jumps + 1, np.nan), np.insert(g, jumps + 1, np.nan)])
