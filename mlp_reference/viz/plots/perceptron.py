"""Pictures of notebook 01: a hyperplane in the plane, how it moves, and what it leaves between the classes.

All take data in the plane, ``X (n, 2)``, labels ``y (n,)``, ``w (2,)``, and return the artists they added.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from jaxtyping import Real
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from mlp_reference import certifies_nonseparable
from mlp_reference.perceptron import Weights
from mlp_reference.shapes import Labels, Rows
from mlp_reference.viz import style
from mlp_reference.viz.experiments.perceptron import signed_distances
from mlp_reference.viz.plots import geometry

SHADE = 0.16  # opacity of areas: grid and markers stay readable under and over it


def points(ax: Axes, X: Rows, y: Labels, names: Sequence[str] = ("x₁", "x₂"), size: float = 7) -> list[Artist]:
    """Examples, one colour and marker per class."""
    style.label(ax, "Examples", *names)
    geometry.reach(ax, X)
    looks = {"linestyle": "none", "markersize": size, "markeredgecolor": "white", "markeredgewidth": 0.7, "zorder": 3}
    return [
        geometry.line(
            ax,
            X[y == k],
            color=style.CLASS_COLORS[k % 6],
            marker=style.CLASS_MARKERS[k % 6],
            label=f"class {k}",
            **looks,
        )
        for k in np.unique(y).astype(int).tolist()
    ]


def unit_graph(ax: Axes, last: str, output: str, half: float = 0.3) -> None:
    """One unit as a graph: inputs are weighed and added, and ``last`` makes the ``output`` from the sum.

    half: half the width of the last node.
    """
    ax.set(xlim=(-0.6, 7.6), ylim=(-1.75, 1.75))
    ax.set_axis_off()
    for height, name, weight in ((1.2, "x₁", "w₁"), (0.4, "x₂", "w₂"), (-0.4, "x₃", "w₃"), (-1.2, "1", "b")):
        _node(ax, 0.0, height, name, style.SKY if name != "1" else style.YELLOW)
        ax.annotate("", (2.75, 0.22 * height), (0.3, height), arrowprops={"arrowstyle": "-|>", "color": style.GREY})
        ax.text(1.25, 0.66 * height + 0.13, weight, ha="center", fontsize=12)
    _node(ax, 3.0, 0.0, "Σ", style.AMBER)
    _node(ax, 5.0, 0.0, last, style.AMBER)
    for start, end, word in ((3.25, 5 - half, "z = w·x + b"), (5 + half, 6.9, output)):
        ax.annotate("", (end, 0), (start, 0), arrowprops={"arrowstyle": "-|>", "color": style.GREY})
        ax.text((start + end) / 2, 0.5, word, ha="center", fontsize=12)


def half_plane(
    ax: Axes, w: Weights, b: float, *, normal: bool = True, color: str = style.BLACK, gap: float = 0.0
) -> list[Artist]:
    """The boundary ``x @ w + b = 0`` in the present view, its positive side shaded, and the unit normal.

    ``gap`` > 0 adds dashed lines at that distance on both sides. For ``w = 0`` there is no boundary: all or nothing
    is shaded.
    """
    style.label(ax, "Half-plane", "x₁", "x₂")
    corners, artists = geometry.view(ax), list[Artist]()
    inside, ends = geometry.clip(corners, w, b)
    if len(inside):
        artists.append(geometry.area(ax, inside, color=style.ORANGE, alpha=SHADE, linewidth=0, zorder=0.9))
    length = float(np.linalg.norm(w))
    for shift in (-gap, gap) if gap > 0 else ():
        _, edge = geometry.clip(corners, w, b + shift * length)
        artists.append(geometry.line(ax, edge, color=color, linewidth=1.2, linestyle="--", zorder=2))
    artists.append(geometry.line(ax, ends, color=color, linewidth=2.2, zorder=2.5))
    if normal and len(ends):
        foot = 0.7 * ends[0] + 0.3 * ends[1]  # not in the middle, where examples and other marks are
        artists.append(geometry.arrow(ax, foot, foot + w / length, color=style.BLACK, linewidth=1.8))
    return artists


def decision_regions(
    ax: Axes, predict: Callable[[Rows], Labels], *, classes: int = 2, resolution: int = 200
) -> list[Artist]:
    """The present view coloured by the class that ``predict`` (rows ``(m, 2)`` to labels ``(m,)``) gives each place."""
    style.label(ax, "Predicted class", "x₁", "x₂")
    (left, low), (right, high) = geometry.view(ax)[[0, 2]]
    steps = (np.arange(resolution) + 0.5) / resolution  # centres of the cells
    grid = np.meshgrid(left + steps * (right - left), low + steps * (high - low))
    labels = np.reshape(predict(np.column_stack([g.ravel() for g in grid])), (resolution, resolution))
    limits, extent = (ax.get_xlim(), ax.get_ylim()), (left, right, low, high)
    looks: dict[str, Any] = {"cmap": ListedColormap(style.CLASS_COLORS[:classes]), "vmin": -0.5, "vmax": classes - 0.5}
    image = ax.imshow(
        labels, extent=extent, origin="lower", aspect=ax.get_aspect(), interpolation="nearest",
        alpha=SHADE, zorder=0.9, **looks,
    )  # fmt: skip
    ax.set(xlim=limits[0], ylim=limits[1])  # imshow would crop the view to its extent
    return [image]


def update_vectors(
    ax: Axes, w: Weights, w_new: Weights, x: Weights | None = None, *, change: str = "±ηx"
) -> list[Artist]:
    """Old and new weights as arrows from 0, and the change between their tips; the example ``x`` too if given."""
    style.label(ax, "Weights", "w₁", "w₂")
    zero, halfway, still = np.zeros(2), (w + w_new) / 2, np.array_equal(w, w_new)
    vectors = [(zero, w_new, w_new, style.BLACK, "w" if still else "new w")]  # tail, tip, where the name goes
    if not still:
        vectors += [(zero, w, w, style.GREY, "old w"), (w, w_new, halfway, style.GREEN, change)]
    if x is not None:
        vectors.append((zero, x, x, style.BLUE, "x"))
    geometry.reach(ax, np.vstack([zero, *(tip for _, tip, _, _, _ in vectors)]))
    artists: list[Artist] = []
    for tail, tip, at, color, name in vectors:
        if not np.array_equal(tail, tip):  # an arrow of length 0 has no direction to draw
            artists.append(geometry.arrow(ax, tail, tip, color=color, label=name))
            artists.append(_name(ax, at, name, color, tip - tail, beside=name == change))
    return artists


def mistakes_per_epoch(ax: Axes, mistakes: Sequence[int]) -> list[Artist]:
    """The number of updates in each epoch, counted from 1."""
    style.label(ax, "Mistakes per epoch", "epoch", "mistakes")
    epochs = np.arange(1, len(mistakes) + 1)
    geometry.reach(ax, np.array([[0.5, 0.0], [max(len(mistakes), 1) + 0.5, 1.1 * max([1, *mistakes])]]))
    looks = {"color": style.PURPLE, "linewidth": 1.5, "marker": "o", "markersize": 5, "zorder": 2}
    return [geometry.line(ax, np.column_stack([epochs, mistakes]), **looks)]


def margin(ax: Axes, X: Rows, y: Labels, w: Weights, b: float) -> list[Artist]:
    """The segment from the boundary to the example with the smallest signed distance; nothing for ``w = 0``."""
    style.label(ax, "Margin", "x₁", "x₂")
    distance = signed_distances(X, y, w, b)
    if len(X) == 0 or np.isnan(distance).any():
        return []
    closest = X[distance.argmin()]
    foot = closest - (closest @ w + b) / (w @ w) * w
    looks = {"color": style.PURPLE, "linewidth": 3, "solid_capstyle": "butt", "zorder": 2.8}
    ring = {"marker": "o", "markersize": 13, "markerfacecolor": "none", "markeredgewidth": 2}
    return [
        geometry.line(ax, np.array([foot, closest]), **looks),
        geometry.line(ax, closest[None, :], color=style.PURPLE, zorder=4, **ring),
    ]


def certificate(ax: Axes, X: Rows, y: Labels, lam: Real[np.ndarray, " n"]) -> list[Artist]:
    """Each class averaged with weights ``lam (n,)``: where both averages are one point, no line separates the classes.

    The averages are stars, spokes lead to the examples that have weight. A class without weight has no star.
    """
    words = "One point in both convex hulls" if certifies_nonseparable(X, y, lam) else "No certificate"
    style.label(ax, words, "x₁", "x₂")
    artists: list[Artist] = []
    for k, face in ((0, style.CLASS_COLORS[0]), (1, style.CLASS_COLORS[1])):
        share, rows = lam[y == k], X[y == k]
        if not share.sum() > 0:
            continue
        centre = share @ rows / share.sum()
        spokes = np.concatenate([[centre, row, [np.nan, np.nan]] for row in rows[share > 0]])
        artists.append(geometry.line(ax, spokes, color=face, linewidth=1.6, zorder=2))
        # The second star is smaller: two that coincide can both be seen.
        star = {"marker": "*", "markersize": 22 - 9 * k, "markeredgecolor": "white", "linestyle": "none"}
        artists.append(geometry.line(ax, centre[None, :], color=face, zorder=5, **star))
    return artists


def _node(ax: Axes, x: float, y: float, text: str, color: str) -> None:
    ax.text(x, y, text, ha="center", va="center", fontsize=12, bbox={"boxstyle": "circle,pad=0.4", "facecolor": color})


def _name(
    ax: Axes, at: geometry.Point, name: str, color: str, direction: geometry.Point, *, beside: bool = False
) -> Artist:
    """The name of an arrow beyond its tip, or beside its middle, so that it covers few arrows."""
    ha = "left" if beside or direction[0] > 0 else "right"
    up = direction[0] * direction[1] < 0 if beside else direction[1] > 0
    va = "bottom" if up else "top"
    return geometry.text(ax, at, f" {name} ", color=color, fontsize=10, zorder=5, ha=ha, va=va)
