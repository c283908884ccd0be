"""Explorers of notebook 01: a half-space under three sliders, and the perceptron rule one example at a time."""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets
import numpy as np
from jaxtyping import Float, Int
from matplotlib.figure import Figure

from mlp_reference import data
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.perceptron import Trace, signed_distances
from mlp_reference.viz.explorers.base import Action, Explorer, Values, slider
from mlp_reference.viz.plots import geometry

PETAL = ("petal length (cm)", "petal width (cm)")
# Seeds and orders that take the perceptron a few epochs: most take one, and show little.
DATASETS: Mapping[str, Callable[[], data.Dataset]] = {
    "two blobs": lambda: data.blobs(30, np.random.default_rng(24), gap=1.2),
    "iris: setosa / versicolor": lambda: _shuffled(data.iris_pair("setosa", "versicolor", PETAL)),
    "iris: versicolor / virginica": lambda: _shuffled(data.iris_pair("versicolor", "virginica", PETAL)),
    "xor corners": data.xor_corners,
}


def half_space() -> Explorer:
    """Move ``w`` and ``b``; see the boundary, its distance from 0 and the margin it leaves to ten examples."""
    return HalfSpace()


def perceptron_steps() -> Explorer:
    """Apply the perceptron rule example by example to four data sets, two of which no line separates."""
    return PerceptronSteps()


class HalfSpace(Explorer):
    title = "A line splits the plane"
    X, y = data.blobs(10, np.random.default_rng(8), gap=1.7)

    def controls(self) -> dict[str, widgets.ValueWidget]:
        return {
            "w1": slider("w₁", 1.0, -3.0, 3.0, about="first weight"),
            "w2": slider("w₂", 0.5, -3.0, 3.0, about="second weight"),
            "b": slider("bias b", 0.5, -4.0, 4.0, about="bias: moves the line along its normal"),
        }

    def scene(self, figure: Figure, **values: Any) -> None:
        self.plane, self.bars = figure.subplots(1, 2, width_ratios=(1, 1.1))
        geometry.set_square_view(self.plane, np.array([[-3.5, -3.5], [3.5, 3.5]]), pad=0.0)
        style.label(self.plane, "w · x + b > 0 is shaded", "x₁", "x₂")
        self.bars.set(xlim=(-5, 5), ylim=(len(self.y) + 0.2, -1.0), yticks=range(len(self.y)))
        self.bars.axvline(0, color=style.BLACK, linewidth=1.5, zorder=0.8)
        style.label(self.bars, "Signed distance to the line", "wrong side  ←  0  →  right side", "example")

    def draw(self, *, w1: float, w2: float, b: float, **_: Any) -> str:
        w = np.array([w1, w2])
        plots.perceptron.half_plane(self.plane, w, b)
        plots.perceptron.points(self.plane, self.X, self.y)
        plots.perceptron.margin(self.plane, self.X, self.y, w, b)
        if not w.any():
            side = "positive (b > 0)" if b > 0 else "negative (b ≤ 0)"
            return f"w = 0: there is no line and no distance. w · x + b = b everywhere, so the whole plane is {side}."
        offset = -b / float(np.linalg.norm(w))
        self._origin_segment(offset * w / np.linalg.norm(w))
        distance = signed_distances(self.X, self.y, w, b)
        self._distance_bars(distance)
        return _half_space_words(offset, distance)

    def _origin_segment(self, foot: geometry.Point) -> None:
        ends = np.array([[0.0, 0.0], foot])
        geometry.line(self.plane, ends, color=style.GREEN, linewidth=2.5, marker="o", markersize=4, zorder=2.7)

    def _distance_bars(self, distance: Float[np.ndarray, " n"]) -> None:
        rows = np.arange(len(distance))
        for k in (0, 1):
            at = np.column_stack([distance, rows])[self.y == k]
            stems = np.column_stack([0 * at[:, 0], at[:, 1], at, np.nan * at]).reshape(-1, 2)
            geometry.line(self.bars, stems, color=style.CLASS_COLORS[k], linewidth=2, zorder=2)
            plots.perceptron.points(self.bars, at, np.full(len(at), k))
        lowest = np.array([[distance.min(), -1.0], [distance.min(), len(rows)]])
        geometry.line(self.bars, lowest, color=style.PURPLE, linestyle="--", linewidth=1.5, zorder=1.5)
        margin = distance.min()
        side = "right" if -3 < margin < 0 or margin > 2 else "left"  # away from the line at 0, and inside the axes
        words = f" margin {margin:.2f} ".replace("-", "−")
        geometry.text(self.bars, np.array([distance.min(), -0.55]), words, color=style.PURPLE, ha=side, va="center")


def _half_space_words(offset: float, distance: Float[np.ndarray, " n"]) -> str:
    wrong = int((distance < 0).sum())
    verdict = "It separates the classes." if distance.min() > 0 else f"Examples on the wrong side: {wrong}."
    words = (
        f"The line stands {abs(offset):.2f} from the origin (−b/‖w‖ = {offset:.2f}, green). Its margin, the smallest "
        f"signed distance, is {distance.min():.2f} at example {distance.argmin()} (ringed). {verdict}"
    )
    return words.replace("-", "−")  # as in the picture


class PerceptronSteps(Explorer):
    title = "The perceptron learns from its mistakes"
    size = (8.6, 4.6)
    scene_controls = ("dataset", "eta")
    max_epochs = 40

    def controls(self) -> dict[str, widgets.ValueWidget]:
        wide, named = widgets.Layout(width="270px"), {"description_width": "initial"}
        dataset = widgets.Dropdown(options=list(DATASETS), description="data set", style=named, layout=wide)
        step = widgets.IntSlider(0, 0, 1, description="step", tooltip="examples seen", style=named, layout=wide)
        return {"dataset": dataset, "eta": slider("learning rate η", 1.0, 0.1, 2.0), "step": step}

    def actions(self) -> dict[str, Action]:
        def forward(values: Values) -> Values:
            return {"step": min(values["step"] + 1, self.last)}

        def finish_epoch(values: Values) -> Values:
            return {"step": min((values["step"] // self.trace.n + 1) * self.trace.n, self.last)}

        def finish(values: Values) -> Values:
            return {"step": self.last}

        return {"Step": forward, "Run to end of epoch": finish_epoch, "Run to the end": finish}

    @property
    def last(self) -> int:
        return len(self.trace.missed)

    def scene(self, figure: Figure, *, dataset: str, eta: float, **_: Any) -> None:
        X, y = DATASETS[dataset]()
        self.trace = Trace(X, y, eta, self.max_epochs)
        self.named["step"].value, self.named["step"].max = 0, self.last
        axes = figure.subplot_mosaic([["plane", "weights"], ["plane", "mistakes"]], width_ratios=(1.25, 1))
        self.plane, self.weights, self.counts = axes["plane"], axes["weights"], axes["mistakes"]
        self._plane_scene(dataset)
        geometry.set_square_view(self.weights, np.vstack([self.trace.W, np.zeros(2)]), pad=0.25)
        style.label(self.weights, "Weights", "w₁", "w₂")
        mistakes = self.trace.mistakes(self.last)
        self.counts.set(xlim=(0.5, max(len(mistakes), 4) + 0.5), ylim=(0, 1.15 * max(mistakes)))
        self.counts.locator_params(integer=True)
        style.label(self.counts, "Mistakes per epoch", "epoch", "mistakes")

    def _plane_scene(self, dataset: str) -> None:
        geometry.set_square_view(self.plane, self.trace.X, pad=0.15)
        names = PETAL if dataset.startswith("iris") else ("x₁", "x₂")
        style.label(self.plane, "Examples and boundary", *names)

    def draw(self, *, step: int, eta: float, **_: Any) -> str:
        trace, t = self.trace, step
        plots.perceptron.half_plane(self.plane, trace.W[t], trace.B[t], normal=False)
        plots.perceptron.points(self.plane, trace.X, trace.y)
        geometry.line(self.weights, trace.path(t)[:, :2], color="#BBBBBB", linewidth=1.2, zorder=1.5)
        plots.perceptron.mistakes_per_epoch(self.counts, trace.mistakes(t))
        if t == 0:
            return "Nothing seen yet: w = 0 and b = 0, so every example is predicted 0. Press Step."
        self._example(t)
        sign = "+" if trace.missed[t - 1] > 0 else "−"
        plots.perceptron.update_vectors(self.weights, trace.W[t - 1], trace.W[t], change=f"{sign}ηx")
        return _step_words(trace, t, eta)

    def _example(self, t: int) -> None:
        """Ring the example of step ``t``; a grey line shows where the boundary was when it was seen."""
        trace = self.trace
        x = trace.X[(t - 1) % trace.n]
        ring = {"marker": "o", "markersize": 15, "markerfacecolor": "none", "markeredgewidth": 2.2}
        geometry.line(self.plane, x[None, :], color=style.GREEN, zorder=4, **ring)
        if trace.missed[t - 1]:
            _, ends = geometry.clip(geometry.view(self.plane), trace.W[t - 1], trace.B[t - 1])
            geometry.line(self.plane, ends, color=style.GREY, linewidth=1.5, linestyle=":", zorder=2)


def _step_words(trace: Trace, t: int, eta: float) -> str:
    i, missed = (t - 1) % trace.n, int(trace.missed[t - 1])
    truth, sign = int(trace.y[i]), "+" if missed > 0 else "−"
    if missed:
        event = f"predicted {truth - missed}, is {truth}, so w ← w {sign} ηx and b ← b {sign} η"
    else:
        event = f"predicted {truth}, is {truth}: right, nothing changes"
    w, b = trace.W[t], trace.B[t]
    words = (
        f"Epoch {(t - 1) // trace.n + 1}, example {i} (step {t} of {len(trace.missed)}): {event}. "
        f"Now w = ({w[0]:.2f}, {w[1]:.2f}), b = {b:.2f}; mistakes so far: {np.count_nonzero(trace.missed[:t])}."
    )
    return words.replace("-", "−") + (_ending(trace) if t == len(trace.missed) else "")


def _ending(trace: Trace) -> str:
    epochs = len(trace.missed) // trace.n
    if trace.missed[-trace.n :].any():
        return f" Stopped after {epochs} epochs: still making mistakes."
    return f" Converged: epoch {epochs} had no mistake."


def _shuffled(dataset: data.Dataset) -> data.Dataset:
    """The rows in a fixed mixed order: sorted by class, the rule would see 50 of one kind before the other."""
    X, y = dataset
    order: Int[np.ndarray, " n"] = np.random.default_rng(29).permutation(len(y))
    return X[order], y[order]
