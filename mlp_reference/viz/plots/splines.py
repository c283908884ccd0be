"""Pictures of notebook 03: a broken line, the hinges it is made of, its error, and the teeth of a saw."""

from itertools import pairwise

import numpy as np
from jaxtyping import Float, Real
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from mlp_reference import relu_spline
from mlp_reference.viz import style
from mlp_reference.viz.experiments.splines import tent
from mlp_reference.viz.plots import geometry

Knots = Real[np.ndarray, " m1"]
Values = Real[np.ndarray, " n"]


def broken_line(ax: Axes, t: Knots, v: Knots, *, color: str = style.ORANGE, label: str = "broken line") -> list[Artist]:
    """The broken line through ``(t_j, v_j)``, with its knots."""
    style.label(ax, "A broken line", "x", "f(x)")
    P = np.column_stack([t, v])
    geometry.reach(ax, P)
    dots = {"linestyle": "none", "marker": "o", "markersize": 5}
    line = geometry.line(ax, P, color=color, linewidth=1.8, zorder=2.5, label=label)
    return [line, geometry.line(ax, P, color=color, zorder=3, **dots)]


def hinges(ax: Axes, t: Knots, v: Knots) -> list[Artist]:
    """The weighted units of the broken line, ``w2_j relu(x - t_j)``: blue ones bend it up, orange ones down."""
    style.label(ax, "The units, weighted", "x", "w₂ · relu(x − t)")
    weights = relu_spline(np.asarray(t, dtype=float), np.asarray(v, dtype=float))[2]
    geometry.reach(ax, np.array([[t[0], 0.0], *((t[-1], c * (t[-1] - s)) for c, s in zip(weights, t, strict=False))]))
    artists: list[Artist] = []
    for up, color in ((True, style.BLUE), (False, style.ORANGE)):
        rays = [_ray(s, c, t[-1]) for c, s in zip(weights, t, strict=False) if (c > 0) == up]
        path = np.concatenate(rays) if rays else np.empty((0, 2))
        artists.append(geometry.line(ax, path, color=color, linewidth=1.4, zorder=2))
    return artists


def largest_gap(ax: Axes, x: Values, f: Values, g: Values) -> list[Artist]:
    """A vertical segment where two functions, given on the same places, are farthest apart."""
    i = int(np.argmax(np.abs(f - g)))
    ends = np.array([[x[i], f[i]], [x[i], g[i]]])
    return [geometry.line(ax, ends, color=style.PURPLE, linewidth=3.5, solid_capstyle="butt", zorder=2.8)]


def error_by_intervals(
    ax: Axes, m: Values, errors: Values, *, color: str, marker: str = "o", label: str = ""
) -> list[Artist]:
    """Errors against numbers of intervals on logarithmic axes, where a power of m is a straight line."""
    style.label(ax, "Error and cost", "intervals m (units)", "largest error")
    ax.set(xscale="log", yscale="log")
    return list(ax.plot(m, errors, color=color, marker=marker, markersize=4, linewidth=1, label=label))


def slope_guide(ax: Axes, m: Values, first: float, slope: float) -> list[Artist]:
    """A dashed straight line of a slope on logarithmic axes, from ``(m[0], first)``, with its name at the end."""
    heights = first * (np.asarray(m) / m[0]) ** slope
    (line,) = ax.plot(m, heights, color=style.GREY, linestyle="--", linewidth=1.2, zorder=1)
    middle = len(heights) // 2
    words, at = f"slope {slope:g}".replace("-", "−"), (m[middle], heights[middle])
    name = ax.annotate(words, at, (4, 5), textcoords="offset points", color=style.GREY, ha="left", va="bottom")
    return [line, name]


def sawtooth(ax: Axes, k: int, *, color: str = style.BLUE) -> list[Artist]:
    """The k-fold tent on [0, 1], drawn through its 2**k + 1 corners."""
    style.label(ax, f"{2**k} pieces", "x", "f(x)")
    x = np.linspace(0, 1, 2**k + 1)
    P = np.column_stack([x, tent(x, k)])
    geometry.reach(ax, P)
    return [geometry.line(ax, P, color=color, linewidth=1.8, zorder=2.5)]


def slopes(ax: Axes, t: Knots, v: Knots) -> list[Artist]:
    """The slope of each piece as a staircase; the steps at the knots are the changes of slope, from 0 on."""
    style.label(ax, "Its slopes", "x", "slope")
    heights = np.diff(v) / np.diff(t)
    steps = [np.array([[left, s], [right, s]]) for (left, right), s in zip(pairwise(t), heights, strict=True)]
    rises = zip(t, np.append(0.0, heights[:-1]), heights, strict=False)
    changes = [np.array([[s, low], [s, high], [np.nan, np.nan]]) for s, low, high in rises]
    geometry.reach(ax, np.concatenate([*steps, [[t[0], 0.0]]]))
    spaced = np.concatenate([np.vstack([step, [np.nan, np.nan]]) for step in steps])
    return [
        geometry.line(ax, spaced, color=style.BLACK, linewidth=2.2, zorder=2.5, label="slope"),
        geometry.line(ax, np.concatenate(changes), color=style.PURPLE, linewidth=2.2, zorder=2.4, label="change"),
    ]


def _ray(start: float, weight: float, end: float) -> Float[np.ndarray, "3 2"]:
    """One weighted unit from its kink to the right end, and a lift of the pen."""
    return np.array([[start, 0.0], [end, weight * (end - start)], [np.nan, np.nan]])
