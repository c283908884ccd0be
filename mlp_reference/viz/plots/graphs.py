"""Pictures of notebook 04: a graph with numbers on its edges, a square under a linear map, costs and errors."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float, Real
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from mlp_reference.shapes import Number
from mlp_reference.viz import style
from mlp_reference.viz.experiments.expressions import Edge, Expression, Place, Walk
from mlp_reference.viz.plots import geometry

Point = Real[np.ndarray, " 2"]
Points = Float[np.ndarray, "m 2"]
Map = Callable[[Points], Points]
Values = Real[np.ndarray, " n"]

_ROW, _COLUMN = 92, 112  # points from one row of a graph to the next, and from one column to the next
_ABOVE, _BELOW, _BESIDE = 38, 52, 56  # points that the words of a node need
_RADIUS = 16  # of a node, in points
_RIM = withStroke(linewidth=3, foreground="white")
_CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])


def graph_size(expression: Expression, width: Number = 8.6) -> tuple[Number, Number]:
    """Inches that a picture of a graph needs, with its title: at least ``width`` wide."""
    columns, rows = (max(side) - min(side) for side in zip(*expression.places.values(), strict=True))
    return max(width, (_COLUMN * columns + 2 * _BESIDE) / 72), (_ROW * rows + _ABOVE + _BELOW + 30) / 72


def nodes_and_arrows(ax: Axes, expression: Expression) -> list[Artist]:
    """The nodes of an expression with their rules, and arrows from parent to child, in a figure of ``graph_size``."""
    ax.set_axis_off()
    places, artists = expression.places, list[Artist]()
    columns, rows = zip(*places.values(), strict=True)
    beside = _BESIDE / _COLUMN
    ax.set(xlim=(-beside, max(columns) + beside), ylim=(min(rows) - _BELOW / _ROW, max(rows) + _ABOVE / _ROW))
    for edge in expression.edges:
        artists.append(_arrow(ax, expression, edge, color=style.GREY, linewidth=1.1, zorder=1))
    rules = {m.name: m.rule for m in expression.modules}
    for name, place in places.items():
        face = style.SKY if name in expression.inputs else "#F6D58E"
        box = {"boxstyle": "circle,pad=0.35", "facecolor": face, "edgecolor": style.GREY}
        artists.append(ax.text(*place, name, ha="center", va="center", fontsize=13, style="italic", bbox=box, zorder=3))
        if name in rules:
            artists.append(_words(ax, place, -_RADIUS - 3, f"{name} = {rules[name]}"))
    return artists


def numbers_of_passes(ax: Axes, expression: Expression, seen: Walk) -> list[Artist]:
    """Values below the nodes (blue), derivatives of the root by them above (orange), local ones on the edges."""
    artists, places = list[Artist](), expression.places
    for name, value in seen.values.items():
        below = -_RADIUS - (3 if name in expression.inputs else 18)
        artists.append(_words(ax, places[name], below, short(value), color=style.BLUE))
    for name, grad in seen.grads.items():
        sign = "so far" if seen.waiting.get(name, 0) else "="
        words = f"∂{expression.root}/∂{name} {sign} {short(grad)}"
        artists.append(_words(ax, places[name], _RADIUS + 3, words, color=style.ORANGE, va="bottom"))
    for edge, slope in seen.local.items():
        tail, tip = (np.array(places[name], dtype=float) for name in edge)
        at = (tail + tip) / 2
        looks: dict[str, Any] = {"va": "bottom"}
        if tail[1] != tip[1]:  # on the edge; of two that cross, each has a height of its own
            at = tail + (0.6 if tip[1] > tail[1] else 0.48) * (tip - tail)
            looks = {"va": "center", "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.5}, "zorder": 2.5}
        up = 3 if tail[1] == tip[1] else 0
        artists.append(_words(ax, (at[0], at[1]), up, f"× {short(slope)}", color=style.PURPLE, **looks))
    return artists + _highlight(ax, expression, seen)


def _words(ax: Axes, place: Place, up: Number, words: str, **looks: Any) -> Artist:
    """Words so many points above a place, with a rim on which lines don't show."""
    more: dict[str, Any] = {"ha": "center", "va": "top", "fontsize": 10.5, "zorder": 3, "path_effects": [_RIM]} | looks
    return ax.annotate(words, place, (0, up), textcoords="offset points", **more)


def _arrow(ax: Axes, expression: Expression, edge: Edge, **looks: Any) -> Artist:
    """From the circle of one node to that of another."""
    tail, tip = (np.array(expression.places[name], dtype=float) for name in edge)
    return geometry.arrow(ax, tail, tip, shrinkA=_RADIUS, shrinkB=_RADIUS + 2, **looks)


def _highlight(ax: Axes, expression: Expression, seen: Walk) -> list[Artist]:
    """Thick arrows in the direction in which the last step moved numbers."""
    if seen.active is None:
        return []
    artists = list[Artist]()
    for parent in dict.fromkeys(seen.active.parents):
        edge = (parent, seen.active.name)
        if seen.backward:  # bent, so that the arrow of the graph stays visible
            bent = "arc3,rad=-0.15"
            looks = {"color": style.ORANGE, "connectionstyle": bent}
            artists.append(_arrow(ax, expression, edge[::-1], linewidth=2.6, zorder=2, **looks))
        else:
            artists.append(_arrow(ax, expression, edge, color=style.BLUE, linewidth=2.6, zorder=2))
    return artists


def square(ax: Axes, corner: Point, side: Number, *, color: str = style.BLUE) -> list[Artist]:
    """A square with its two edges as arrows, the first one solid, the second one dashed."""
    return parallelogram(ax, corner, side * np.eye(2), color=color)


def parallelogram(
    ax: Axes, corner: Point, edges: Float[np.ndarray, "2 2"], *, color: str = style.ORANGE
) -> list[Artist]:
    """The parallelogram on the *columns* of ``edges``."""
    style.label(ax, "A linear map", "first", "second")
    P = corner + _CORNERS @ edges.T
    geometry.reach(ax, P)
    arrows = [
        geometry.arrow(ax, P[0], P[1], color=color),
        geometry.arrow(ax, P[0], P[3], color=color, linestyle="--"),
    ]
    return [geometry.area(ax, P, facecolor=color, alpha=0.22, edgecolor="none", zorder=1.2), *arrows]


def image_of_square(ax: Axes, f: Map, corner: Point, side: Number, *, color: str = style.BLUE) -> list[Artist]:
    """Where a map takes the outline of a square and the lines of a grid in it."""
    t = np.linspace(0, 1, 25)
    lines = [np.column_stack([t, np.full(25, level)]) for level in (0.0, 0.25, 0.5, 0.75, 1.0)]
    pen = [np.vstack([f(corner + side * P), [[np.nan, np.nan]]]) for P in (*lines, *(P[:, ::-1] for P in lines))]
    path = np.concatenate(pen)
    geometry.reach(ax, path[np.isfinite(path[:, 0])])
    return [geometry.line(ax, path, color=color, linewidth=1.3, zorder=2.2)]


def power_law(ax: Axes, x: Values, y: Values, *, color: str, marker: str, label: str) -> list[Artist]:
    """Measured costs on logarithmic axes; the label gets the slope of the right half."""
    style.label(ax, "Cost", "size", "seconds")
    ax.set(xscale="log", yscale="log")
    half = len(x) // 2
    slope = np.polyfit(np.log(x[half:]), np.log(y[half:]), 1)[0]
    looks: dict[str, Any] = {"color": color, "marker": marker, "markersize": 5, "linewidth": 1.4}
    return list(ax.plot(x, y, label=f"{label}: slope {slope:.1f}", **looks))


def v_curve(
    ax: Axes, eps: Values, errors: Sequence[Values], labels: Sequence[str], colors: Sequence[str]
) -> list[Artist]:
    """Errors of difference quotients against the step, on logarithmic axes."""
    style.label(ax, "Error of a difference quotient", "step ε", "relative error")
    ax.set(xscale="log", yscale="log")
    artists: list[Artist] = []
    for error, label, color, marker in zip(errors, labels, colors, style.CLASS_MARKERS, strict=False):
        shown = np.maximum(error, 1e-17)  # an error of 0 has no logarithm
        artists += ax.plot(eps, shown, color=color, marker=marker, markersize=3.5, linewidth=1.2, label=label)
    return artists


def short(value: Number) -> str:
    """A number with the digits that fit beside an edge: −80.39, 0.0123, 2.1e+06."""
    text = f"{value:.4g}" if value == 0 or 1e-3 <= abs(value) < 1e5 else f"{value:.1e}"
    return text.replace("-", "−")
