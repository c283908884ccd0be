"""Explorers of notebook 03: a broken line knot by knot, and the width that replaces depth."""

from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

from mlp_reference import count_pieces, data, equal_knots
from mlp_reference.knots import Knots
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.splines import Placement, placement, tent
from mlp_reference.viz.explorers.widget import Explorer, choice, kept, whole
from mlp_reference.viz.plots import geometry

MOST = 32  # intervals
SAMPLES = 801  # of a function of one's own
OWN, HAND = "my own", "by hand"
NAMES = {"sin x": "sine", "√x": "root", "|x|": "corner", "1/(1 + 25x²)": "runge", "sin 3x + x/2": "wave"}


def spline_builder(f: Callable[[Any], Any] | str = "sin x", a: float = -1.0, b: float = 1.0, **values: Any) -> Explorer:
    """Place knots on a function; see the broken line, the units it is made of, and error against cost.

    ``f``: a name of the menu, or a function of your own on ``[a, b]``. Also: ``m, placing, knots``.
    """
    if isinstance(f, str):
        return SplineBuilder(target=f, **values)
    if not a < b:
        raise ValueError(f"a = {a:g} is not below b = {b:g}: exchange them")
    x = np.linspace(a, b, SAMPLES)
    v = np.broadcast_to(np.asarray(f(x), dtype=float), x.shape)
    if not np.isfinite(v).all():
        at = x[np.flatnonzero(~np.isfinite(v))[0]]
        raise ValueError(f"f({at:g}) is not a finite number: choose other ends than a = {a:g} and b = {b:g}")
    return SplineBuilder(target=OWN, curve={"a": float(a), "b": float(b), "v": v.tolist()}, **values)


def width_vs_depth(k: int = 3, look: int = 3) -> Explorer:
    """Stack tents; see how many pieces they make, and how many units one layer needs for as many."""
    return WidthVsDepth(k=k, look=min(k, look))


class SplineBuilder(Explorer):
    """``knots`` are those placed by hand; ``curve`` holds samples of a function of one's own."""

    module = "spline_builder"
    title = "A broken line made of ReLUs"
    size = (8.6, 4.8)
    target = choice([*NAMES, OWN])
    m = whole(6, 1, MOST)
    placing = choice(("equal", "greedy", HAND))
    knots = kept()
    curve = traitlets.Dict().tag(sync=True, state=True)

    @property
    def place(self) -> Placement:
        if self.target != OWN:
            return placement(NAMES[self.target])
        a, b, v = self.curve.get("a", -1.0), self.curve.get("b", 1.0), self.curve.get("v", [0.0, 1.0])
        x = np.linspace(a, b, len(v))
        return Placement(data.Target(lambda s: np.interp(s, x, v), a, b, np.inf), np.linspace(a, b, 241))

    def _knots(self, place: Placement) -> Knots:
        t = np.array(self.knots, dtype=float)
        fit = ((t > place.a - 1e-9) & (t < place.b + 1e-9)).all() and (np.diff(t) > 0).all()
        if self.placing == HAND and len(t) > 1 and fit:  # they may be another function's
            return t
        return place.knots(self.m, self.placing == "greedy")

    def draw(self, figure: Figure) -> None:
        place = self.place
        t = self._knots(place)
        v = np.asarray(place.f(t), dtype=float)
        axes = figure.subplot_mosaic([["line", "rate"], ["units", "rate"]], width_ratios=(1.35, 1))
        line, units, rate = axes["line"], axes["units"], axes["rate"]
        x = np.union1d(np.linspace(place.a, place.b, 801), place.x)
        f = np.asarray(place.f(x), dtype=float)
        line.plot(x, f, color=style.BLUE, linewidth=4, alpha=0.45)
        style.label(line, f"{self.target} (blue) and its broken line", "x", "f(x)")
        plots.splines.broken_line(line, t, v)
        plots.splines.largest_gap(line, x, f, np.interp(x, t, v))
        reach = max(1e-6, *np.abs(np.diff(np.diff(v) / np.diff(t), prepend=0) * (place.b - t[:-1])))
        units.set(xlim=line.get_xlim(), ylim=(-1.1 * reach, 1.1 * reach))
        style.label(units, "Its units, weighted: blue up, orange down", "x", "w₂ · relu(x − t)")
        plots.splines.hinges(units, t, v)
        m = np.unique(np.append(2 ** np.arange(6), len(t) - 1))
        for greedy, color, marker in ((False, style.SKY, "o"), (True, style.AMBER, "s")):
            errors = np.array([place.error(place.knots(int(k), greedy)) for k in m])
            shown = errors > 1e-12  # a broken line meets |x| exactly, which no logarithm can show
            looks = {"color": color, "marker": marker, "label": "greedy" if greedy else "equal"}
            plots.splines.error_by_intervals(rate, m[shown], errors[shown], **looks)
        rate.legend(loc="lower left")
        if (error := place.error(t)) > 1e-12:
            ring = {"marker": "o", "markersize": 13, "markerfacecolor": "none", "markeredgewidth": 2.5}
            geometry.line(rate, np.array([[len(t) - 1, error]]), color=style.PURPLE, zorder=5, **ring)

    @property
    def words(self) -> str:
        place = self.place
        t = self._knots(place)
        m, error = len(t) - 1, place.error(t)
        many, kind = "s" * (m > 1), "knots by hand" if self.placing == HAND else f"{self.placing} knots"
        words = f"{m} interval{many}, {m} unit{many}, {kind}: largest error {_short(error)} (purple)."
        if self.placing == "equal":
            return f"{words} {self._bound((place.b - place.a) / m)}"
        narrow, wide = np.diff(t).min(), np.diff(t).max()
        return f"{words} The narrowest interval is {_short(narrow)} wide, the widest {_short(wide)}."

    def _bound(self, h: float) -> str:
        M2 = data.TARGETS[NAMES[self.target]].M2 if self.target != OWN else np.inf
        if np.isfinite(M2):
            return f"The bound Δ²M₂/8 is {_short(h**2 * M2 / 8)}, with Δ = {h:.3f} and M₂ = {M2:g}."
        known = "nothing is known of f'' here" if self.target == OWN else (
            "there is no M₂ here, so Δ²M₂/8 promises nothing")  # fmt: skip
        return f"Width Δ = {h:.3f}; {known}."


class WidthVsDepth(Explorer):
    module = "width_vs_depth"
    title = "Width against depth"
    size = (8.6, 3.9)
    deepest = 7
    k = whole(3, 1, deepest)
    look = whole(3, 1, deepest)

    def draw(self, figure: Figure) -> None:
        line, units = figure.subplots(1, 2, width_ratios=(1.5, 1))
        line.set(xlim=(-0.02, 1.02), ylim=(-0.08, 1.08))
        style.label(line, "Deep (blue), one layer of 2k units (orange)", "x", "f(x)")
        plots.splines.sawtooth(line, self.k)
        t = self._knots()
        plots.splines.broken_line(line, t, tent(t, self.k))
        k = np.arange(1, self.deepest + 1)
        units.set(yscale="log", ylim=(1.2, 300), xticks=k)
        units.plot(k, 2**k, color=style.ORANGE, marker="^", label="one layer: 2ᵏ units")
        units.plot(k, 2 * k, color=style.BLUE, marker="o", label="k layers: 2k units")
        units.legend(loc="upper left")
        style.label(units, "Units for 2ᵏ pieces", "hidden layers k", "units")

    def _knots(self) -> Knots:
        return equal_knots(0.0, 1.0, min(2 * self.k, 2**self.k))

    @property
    def words(self) -> str:
        k, t = self.k, self._knots()
        x = np.arange(2 ** (k + 3) + 1) / 2 ** (k + 3)
        error = float(np.abs(tent(x, k) - np.interp(x, t, tent(t, k))).max())
        layers = f"{k} hidden layer{'s' * (k > 1)} of two units"
        return (
            f"{layers}: {2 * k} units make {count_pieces(x, tent(x, k))} pieces. One hidden layer needs {2**k} units "
            f"for the same function; this broken line, which spends {len(t) - 1} there, is off by up to {error:.2f}."
        )


def _short(value: float) -> str:
    """Two digits that matter: 0.019, 3.1e−05."""
    return f"{value:.2g}".replace("-", "−")
