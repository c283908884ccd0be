"""Pictures of notebook 04: a graph with numbers on its edges, a square under a linear map, costs and errors."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float, Real
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from mlp_reference.shapes import Number
from mlp_reference.viz import style
from mlp_reference.viz.experiments.expressions import Edge, Expression, Walk
from mlp_reference.viz.plots import geometry

Point = Real[np.ndarray, " 2"]
Points = Float[np.ndarray, "m 2"]
Map = Callable[[Points], Points]
Values = Real[np.ndarray, " n"]

_SHRINK = 0.24  # of a node's radius, in units of the graph
_CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])


def nodes_and_arrows(ax: Axes, expression: Expression) -> list[Artist]:
    """The nodes of an expression with their rules, and arrows from parent to child."""
    ax.set_axis_off()
    places, artists = expression.places, list[Artist]()
    rows = [y for _, y in places.values()]
    low, high = min(rows) - 1.0, max(rows) + 1.0
    ax.set(xlim=(-0.6, max(x for x, _ in places.values()) + 0.6), ylim=(low, high))
    for parent, child in expression.edges:
        tail, tip = _ends(expression, (parent, child))
        artists.append(geometry.arrow(ax, tail, tip, color=style.GREY, linewidth=1.1, zorder=1))
    rules = {m.name: m.rule for m in expression.modules}
    for name, place in places.items():
        face = style.SKY if name in expression.inputs else "#F6D58E"
        box = {"boxstyle": "circle,pad=0.35", "facecolor": face, "edgecolor": style.GREY}
        artists.append(ax.text(*place, name, ha="center", va="center", fontsize=13, style="italic", bbox=box, zorder=3))
        if name in rules:
            words = f"{name} = {rules[name]}"
            artists.append(ax.text(place[0], place[1] + 0.38, words, ha="center", va="bottom", fontsize=10.5))
    return artists


def numbers_of_passes(ax: Axes, expression: Expression, seen: Walk) -> list[Artist]:
    """Values below the nodes (blue), derivatives of the root by them (orange), local derivatives on the edges."""
    artists, places = list[Artist](), expression.places
    for name, value in seen.values.items():
        at = np.array(places[name], dtype=float) - [0, 0.38]
        artists.append(geometry.text(ax, at, short(value), color=style.BLUE, ha="center", va="top", fontsize=11))
    for name, grad in seen.grads.items():
        at = np.array(places[name], dtype=float) - [0, 0.64]
        more = " + …" if seen.waiting.get(name, 0) else ""
        words = f"∂{expression.root}/∂{name} = {short(grad)}{more}"
        artists.append(geometry.text(ax, at, words, color=style.ORANGE, ha="center", va="top", fontsize=10.5))
    for edge, slope in seen.local.items():
        (tail, tip), words = _ends(expression, edge), f"× {short(slope)}"
        looks = {"color": style.PURPLE, "ha": "center", "va": "center", "fontsize": 10.5}
        artists.append(geometry.text(ax, (tail + tip) / 2 + [0, 0.17], words, **looks))
    return artists + _highlight(ax, expression, seen)


def _highlight(ax: Axes, expression: Expression, seen: Walk) -> list[Artist]:
    """Thick arrows in the direction in which the last step moved numbers."""
    if seen.active is None:
        return []
    artists, color = list[Artist](), style.ORANGE if seen.backward else style.BLUE
    for parent in dict.fromkeys(seen.active.parents):
        tail, tip = _ends(expression, (parent, seen.active.name))
        along = (tip - tail) / np.linalg.norm(tip - tail)
        beside = 0.1 * np.array([along[1], -along[0]])  # so that the arrow of the graph stays visible
        ends = (tip + beside, tail + beside) if seen.backward else (tail, tip)
        artists.append(geometry.arrow(ax, *ends, color=color, linewidth=2.6, zorder=2))
    return artists


def _ends(expression: Expression, edge: Edge) -> tuple[Point, Point]:
    """Where an arrow leaves its parent and reaches its child: outside of the circles."""
    tail, tip = (np.array(expression.places[name], dtype=float) for name in edge)
    along = (tip - tail) / np.linalg.norm(tip - tail)
    return tail + _SHRINK * along, tip - _SHRINK * along


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
