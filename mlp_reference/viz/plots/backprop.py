"""Pictures of notebook 05: layers as modules, a Jacobian of three axes laid flat, gradients that flow through a net."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from mlp_reference.viz import style
from mlp_reference.viz.plots import geometry
from mlp_reference.viz.plots.xor import BETWEEN

Vectors = Sequence[Float[np.ndarray, " _"]]
Colors = Float[np.ndarray, "m 4"]
MARKS = ("o", "s", "^", "D", "v", "P")
BOX = {"boxstyle": "round,pad=0.45", "facecolor": "white", "edgecolor": style.GREY}


def modules(ax: Axes, boxes: Sequence[str], forward: Sequence[str], backward: Sequence[str]) -> list[Artist]:
    """Boxes in a row; blue arrows to the right carry the values, orange ones to the left their gradients.

    forward, backward: words on the arrows into, between and out of the boxes, "" for no arrow.
    """
    ax.set_axis_off()
    ax.set(xlim=(-0.95, len(boxes) - 0.05), ylim=(-0.75, 0.75))
    drawn: list[Artist] = [
        ax.text(i, 0, words, ha="center", va="center", fontsize=11, bbox=BOX) for i, words in enumerate(boxes)
    ]
    for words, y, color, turn in ((forward, 0.3, style.BLUE, 1), (backward, -0.3, style.ORANGE, -1)):
        for i, label in enumerate(words):
            if label:
                ends = np.array([[i - 0.9, y], [i - 0.1, y]])[::turn]
                drawn.append(geometry.arrow(ax, ends[0], ends[1], color=color))
                drawn.append(ax.text(i - 0.5, 1.75 * y, label, ha="center", va="center", color=color))
    return drawn


def flat_jacobian(ax: Axes, J: Float[np.ndarray, "h m"], d: int) -> list[Artist]:
    """The derivatives of h outputs by all weights, one block of h columns for each of the d inputs."""
    style.label(ax, "∂z/∂W for one example", "weights, one block for each input", "output")
    size = np.abs(J).max()
    image = ax.imshow(0.5 + 0.5 * J / size, cmap=BETWEEN, vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    h = len(J)
    lines = [ax.axvline(h * r - 0.5, color=style.GREY, linewidth=0.8) for r in range(1, d)]
    ax.set(xticks=h * np.arange(d) + (h - 1) / 2, xticklabels=[f"x{r + 1}" for r in range(d)], yticks=np.arange(h))
    ax.set_yticklabels([f"z{c + 1}" for c in range(h)])
    ax.grid(False)
    return [image, *lines]


def scatter_by_name(
    ax: Axes, given: Mapping[str, Float[np.ndarray, "..."]], measured: Mapping[str, Float[np.ndarray, "..."]]
) -> list[Artist]:
    """Each entry of each gradient: measured to the right, given upwards; right ones lie on the diagonal."""
    style.label(ax, "Given and measured gradients", "measured", "given")
    size = max([1e-3, *(float(np.abs([given[k], measured[k]]).max()) for k in given)])
    drawn: list[Artist] = [ax.axline((0, 0), slope=1, color=style.GREY, linewidth=1, zorder=1)]
    for i, name in enumerate(given):
        right, up, color = np.ravel(measured[name]), np.ravel(given[name]), style.CLASS_COLORS[i]
        drawn += ax.plot(right, up, MARKS[i], color=color, markersize=5, alpha=0.8, label=name)
    ax.set(xlim=(-1.15 * size, 1.15 * size), ylim=(-1.15 * size, 1.15 * size))
    return drawn


def unit_places(sizes: Sequence[int]) -> list[Float[np.ndarray, "_ 2"]]:
    """Where the units of each layer stand: a column for each layer, centred on height 0."""
    return [np.column_stack([np.full(m, float(i)), (m - 1) / 2 - np.arange(m)]) for i, m in enumerate(sizes)]


def gradient_flow(ax: Axes, H: Vectors, G: Vectors) -> list[Artist]:
    """A net whose nodes show the gradient by each unit's pre-activation, and whose edges that by each weight.

    H: what each layer passes on, inputs first, but not the last one's.  G: the gradients, one for each layer of
    weights.  Colours are scaled in each layer by itself: orange positive, blue negative, white 0.
    """
    style.label(ax, "Gradients by units (nodes) and weights (edges)", "layer", "unit")
    spots = unit_places([len(H[0]), *(len(g) for g in G)])
    segments, widths, colors = [], [], []
    for (left, right), h, g in zip(pairwise(spots), H, G, strict=True):
        dW = np.outer(h, g)
        segments += [np.stack([a, b]) for a in left for b in right]
        share = (np.abs(dW) / max(float(np.abs(dW).max()), 1e-300)).ravel()
        widths.append(0.2 + 2.6 * share)
        colors.append(_signed(dW.ravel(), alpha=0.15 + 0.85 * share))
    nodes = np.concatenate(spots)
    faces = np.concatenate([np.full((len(H[0]), 4), [0.92, 0.92, 0.92, 1.0]), *(_signed(g) for g in G)])
    return [_edges(ax, segments, np.concatenate(widths), np.concatenate(colors)), _nodes(ax, nodes, faces)]


def _signed(values: Float[np.ndarray, " m"], alpha: Float[np.ndarray, " m"] | None = None) -> Colors:
    """Colours by sign and by size relative to the largest one."""
    size = max(float(np.abs(values).max()), 1e-300)
    rgba = BETWEEN(0.5 + 0.5 * values / size)
    if alpha is not None:
        rgba[:, 3] = alpha
    return rgba


def _edges(ax: Axes, segments: Sequence[Any], widths: Float[np.ndarray, " m"], colors: Colors) -> LineCollection:
    lines = LineCollection(list(segments), zorder=1, linewidths=widths.tolist(), colors=colors.tolist())
    return geometry.add(ax, lines)


def _nodes(ax: Axes, spots: Float[np.ndarray, "m 2"], faces: Colors) -> PathCollection:
    looks: dict[str, Any] = {"edgecolors": "#444444", "linewidths": 1.0, "zorder": 3}
    looks |= {"sizes": [60.0], "offsets": spots, "offset_transform": ax.transData}
    circle = PathCollection([Path.unit_circle()], **looks)
    circle.set_transform(IdentityTransform())
    circle.set_facecolor(faces.tolist())
    return geometry.add(ax, circle)
