"""Lines and arrows on axes, without moving what the axes show."""

from typing import Any, TypeVar

import numpy as np
from jaxtyping import Float, Real
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Polygon
from matplotlib.text import Text

A = TypeVar("A", bound=Artist)
Point = Real[np.ndarray, " 2"]
Points = Real[np.ndarray, "_ 2"]  # any number of rows: "n" would have to agree among arguments

ARROW = {"arrowstyle": "-|>", "mutation_scale": 16, "shrinkA": 0, "shrinkB": 0, "linewidth": 2.2, "zorder": 4}


def view(ax: Axes) -> Float[np.ndarray, "4 2"]:
    """The corners of what ``ax`` shows, counter-clockwise."""
    (left, right), (low, high) = sorted(ax.get_xlim()), sorted(ax.get_ylim())
    return np.array([[left, low], [right, low], [right, high], [left, high]])


def set_square_view(ax: Axes, P: Points, pad: float = 0.1) -> None:
    """Show all rows of ``P`` in a square with equal units on both axes, so that right angles look right."""
    low, high = P.min(axis=0), P.max(axis=0)
    centre, half = (low + high) / 2, (0.5 + pad) * max(float((high - low).max()), 1e-9)
    ax.set(xlim=(centre[0] - half, centre[0] + half), ylim=(centre[1] - half, centre[1] + half))
    ax.set_aspect("equal")


def clip(corners: Points, w: Point, b: float) -> tuple[Float[np.ndarray, "m 2"], Float[np.ndarray, "k 2"]]:
    """``(polygon, crossings)``: the part of a convex polygon where ``x @ w + b > 0``, and where its rim meets 0.

    Source: Sutherland & Hodgman (1974), Reentrant polygon clipping.
    """
    score = corners @ w + b
    polygon, crossings = [], []
    for i, j in zip(range(len(corners)), [*range(1, len(corners)), 0], strict=True):
        if score[i] > 0:
            polygon.append(corners[i])
        if (score[i] > 0) != (score[j] > 0):
            at = score[i] / (score[i] - score[j])
            crossings.append(corners[i] + at * (corners[j] - corners[i]))
            polygon.append(crossings[-1])
    return np.reshape(polygon, (-1, 2)), np.reshape(crossings, (-1, 2))


def line(ax: Axes, P: Points, **style: Any) -> Line2D:
    """A line through the rows of ``P`` (a row of NaN lifts the pen) that leaves the view as it is."""
    return add(ax, Line2D(P[:, 0], P[:, 1], **style))


def area(ax: Axes, P: Points, **style: Any) -> Polygon:
    """A filled polygon that leaves the view as it is."""
    return add(ax, Polygon(P, closed=True, **style))


def arrow(ax: Axes, tail: Point, tip: Point, **style: Any) -> FancyArrowPatch:
    """An arrow in data coordinates that leaves the view as it is."""
    return add(ax, FancyArrowPatch(tuple(tail), tuple(tip), **{**ARROW, **style}))


def text(ax: Axes, at: Point, words: str, **style: Any) -> Text:
    """Words at a place in data coordinates, cut off where the axes end."""
    return add(ax, Text(at[0], at[1], words, clip_on=True, **style))


def add(ax: Axes, artist: A) -> A:
    """The artist, now on ``ax``, whose view stays as it is."""
    ax.add_artist(artist)
    return artist


def reach(ax: Axes, P: Points) -> None:
    """Let autoscaling (where it is on) include the rows of ``P``."""
    if ax.get_autoscale_on() and len(P):
        ax.update_datalim(P)
        ax.autoscale_view()
