"""Explorers of notebook 03: a broken line knot by knot, and the width that replaces depth."""

from functools import lru_cache
from typing import Any

import ipywidgets as widgets
import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure

from mlp_reference import count_pieces, data, equal_knots
from mlp_reference.knots import Knots
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.splines import Placement, placement, tent
from mlp_reference.viz.explorers.base import Explorer
from mlp_reference.viz.plots import geometry

MOST = 32  # intervals
NAMES = {"sin x": "sine", "√x": "root", "|x|": "corner", "1/(1 + 25x²)": "runge", "sin 3x + x/2": "wave"}
_NAMED = {"description_width": "initial"}


def spline_builder() -> Explorer:
    """Place knots on a function; see the broken line, the units it is made of, and error against cost."""
    return SplineBuilder()


def width_vs_depth() -> Explorer:
    """Stack tents; see how many pieces they make, and how many units one layer needs for as many."""
    return WidthVsDepth()


@lru_cache
def _curves(name: str) -> tuple[Placement, Float[np.ndarray, " k"], Float[np.ndarray, " k"]]:
    """A target's placement and its errors for 1 to MOST intervals, equal and greedy."""
    place = placement(name)
    errors = [[place.error(place.knots(m, greedy)) for m in range(1, MOST + 1)] for greedy in (False, True)]
    return place, np.array(errors[0]), np.array(errors[1])


class SplineBuilder(Explorer):
    title = "A broken line made of ReLUs"
    size = (8.6, 4.8)
    scene_controls = ("target",)

    def controls(self) -> dict[str, widgets.ValueWidget]:
        target = widgets.Dropdown(options=list(NAMES), description="function", style=_NAMED)
        knots = widgets.IntSlider(6, 1, MOST, description="intervals m", tooltip="one unit each", style=_NAMED)
        placing = widgets.Dropdown(options=["equal", "greedy"], description="knots", style=_NAMED)
        for control, width in ((target, "220px"), (knots, "300px"), (placing, "160px")):
            control.layout = widgets.Layout(width=width)
        return {"target": target, "m": knots, "placing": placing}

    def scene(self, figure: Figure, *, target: str, **_: Any) -> None:
        self.place, equal, greedy = _curves(NAMES[target])
        self.x = np.union1d(np.linspace(self.place.a, self.place.b, 801), self.place.x)
        self.f = self.place.f(self.x)
        axes = figure.subplot_mosaic([["line", "rate"], ["units", "rate"]], width_ratios=(1.35, 1))
        self.line, self.units, self.rate = axes["line"], axes["units"], axes["rate"]
        self._views(target)
        m = np.arange(1, MOST + 1)
        for errors, color, marker, label in ((equal, style.SKY, "o", "equal"), (greedy, style.AMBER, "s", "greedy")):
            shown = errors > 1e-12  # a broken line meets |x| exactly, which no logarithm can show
            plots.splines.error_by_intervals(
                self.rate, m[shown], errors[shown], color=color, marker=marker, label=label
            )
        self.rate.legend(loc="lower left")
        self.rate.set_title("Error and cost")

    def _views(self, target: str) -> None:
        a, b, spread = self.place.a, self.place.b, float(np.ptp(self.f))
        pad = 0.03 * (b - a)
        self.line.set(xlim=(a - pad, b + pad), ylim=(self.f.min() - 0.15 * spread, self.f.max() + 0.15 * spread))
        self.line.plot(self.x, self.f, color=style.BLUE, linewidth=4, alpha=0.45)
        style.label(self.line, f"{target} (blue) and its broken line", "x", "f(x)")
        self.units.set(xlim=self.line.get_xlim(), ylim=(-4 * spread, 4 * spread))
        for ax in (self.line, self.units):
            ax.locator_params(axis="x", nbins=6)
        style.label(self.units, "Its units, weighted: blue up, orange down", "x", "w₂ · relu(x − t)")

    def draw(self, *, target: str, m: int, placing: str, **_: Any) -> str:
        t = self.place.knots(m, placing == "greedy")
        v = np.asarray(self.place.f(t), dtype=float)
        plots.splines.broken_line(self.line, t, v)
        plots.splines.largest_gap(self.line, self.x, self.f, np.interp(self.x, t, v))
        plots.splines.hinges(self.units, t, v)
        error = self.place.error(t)
        if error > 1e-12:
            here = np.array([[m, error]])
            ring = {"marker": "o", "markersize": 13, "markerfacecolor": "none", "markeredgewidth": 2.5}
            geometry.line(self.rate, here, color=style.PURPLE, zorder=5, **ring)
        return _builder_words(NAMES[target], t, placing, error)


def _builder_words(name: str, t: Knots, placing: str, error: float) -> str:
    target, m = data.TARGETS[name], len(t) - 1
    many = "s" * (m > 1)
    words = f"{m} interval{many}, {m} unit{many}, {placing} knots: largest error {_short(error)} (purple)."
    if placing == "equal":
        h = (target.b - target.a) / m
        if np.isfinite(target.M2):
            return (
                f"{words} The bound Δ²M₂/8 is {_short(h**2 * target.M2 / 8)}, with Δ = {h:.3f} and M₂ = {target.M2:g}."
            )
        return f"{words} Width Δ = {h:.3f}; f'' has no bound here, so Δ²M₂/8 promises nothing."
    narrow, wide = np.diff(t).min(), np.diff(t).max()
    return f"{words} The narrowest interval is {_short(narrow)} wide, the widest {_short(wide)}."


class WidthVsDepth(Explorer):
    title = "Width against depth"
    size = (8.6, 3.9)
    deepest = 7

    def controls(self) -> dict[str, widgets.ValueWidget]:
        about = "hidden layers of two units each"
        layout = widgets.Layout(width="340px")
        k = widgets.IntSlider(
            3, 1, self.deepest, description="hidden layers k", tooltip=about, style=_NAMED, layout=layout
        )
        return {"k": k}

    def scene(self, figure: Figure, **_: Any) -> None:
        self.line, self.units = figure.subplots(1, 2, width_ratios=(1.5, 1))
        self.line.set(xlim=(-0.02, 1.02), ylim=(-0.08, 1.08))
        style.label(self.line, "Deep (blue), one layer of 2k units (orange)", "x", "f(x)")
        k = np.arange(1, self.deepest + 1)
        self.units.set(yscale="log", ylim=(1.2, 300), xticks=k)
        self.units.plot(k, 2**k, color=style.ORANGE, marker="^", label="one layer: 2ᵏ units")
        self.units.plot(k, 2 * k, color=style.BLUE, marker="o", label="k layers: 2k units")
        self.units.legend(loc="upper left")
        style.label(self.units, "Units for 2ᵏ pieces", "hidden layers k", "units")

    def draw(self, *, k: int, **_: Any) -> str:
        plots.splines.sawtooth(self.line, k)
        t = equal_knots(0.0, 1.0, min(2 * k, 2**k))
        v = tent(t, k)
        plots.splines.broken_line(self.line, t, v)
        for units, color in ((2**k, style.ORANGE), (2 * k, style.BLUE)):
            ring = {"marker": "o", "markersize": 14, "markerfacecolor": "none", "markeredgewidth": 2.2}
            geometry.line(self.units, np.array([[k, units]]), color=color, zorder=5, **ring)
        return _depth_words(k, t, v)


def _depth_words(k: int, t: Knots, v: Knots) -> str:
    x = np.arange(2 ** (k + 3) + 1) / 2 ** (k + 3)
    error = float(np.abs(tent(x, k) - np.interp(x, t, v)).max())
    pieces = count_pieces(x, tent(x, k))
    layers = f"{k} hidden layer{'s' * (k > 1)} of two units"
    return (
        f"{layers}: {2 * k} units make {pieces} pieces. One hidden layer needs {2**k} units for the same function; "
        f"this broken line, which spends {len(t) - 1} there, is off by up to {error:.2f}."
    )


def _short(value: float) -> str:
    """Two digits that matter: 0.019, 3.1e-05."""
    return f"{value:.2g}"
