"""Explorers of notebook 01: a half-space under three sliders, and the perceptron rule one example at a time."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import traitlets
from jaxtyping import Float, Int
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mlp_reference import data
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.perceptron import Trace, signed_distances
from mlp_reference.viz.explorers.widget import Explorer, choice, kept, real, whole
from mlp_reference.viz.explorers.wording import near
from mlp_reference.viz.plots import geometry

PETAL = ("petal length (cm)", "petal width (cm)")
OWN = "my own"
# Seeds and orders that take the perceptron a few epochs: most take one, and show little.
DATASETS: Mapping[str, Callable[[], data.Dataset]] = {
    "two blobs": lambda: data.blobs(30, np.random.default_rng(24), gap=1.2),
    "iris: setosa / versicolor": lambda: _shuffled(data.iris_pair("setosa", "versicolor", PETAL)),
    "iris: versicolor / virginica": lambda: _shuffled(data.iris_pair("versicolor", "virginica", PETAL)),
    "xor corners": data.xor_corners,
}
CLASSES = ("class 0 (blue)", "class 1 (orange)")
Rule = Callable[..., Any]


def half_space(w1: float = 1.0, w2: float = 0.5, b: float = 0.5, **values: Any) -> Explorer:
    """Move ``w`` and ``b``; see the boundary, its distance from 0 and the margin it leaves to ten examples.

    Also: ``points``, examples ``[x1, x2, class]`` of your own.
    """
    return HalfSpace(w1=w1, w2=w2, b=b, **values)


def perceptron_steps(dataset: str = "two blobs", rule: Rule | None = None, **values: Any) -> Explorer:
    """Apply the perceptron rule example by example to data sets, two of which no line separates.

    ``rule``: your own ``perceptron_step(x, y, w, b, eta) -> (w, b)``, which is run instead.
    Also: ``eta, step``, and ``points``, examples ``[x1, x2, class]`` of the data set "my own".
    """
    return PerceptronSteps(rule, dataset=dataset, **values)


class HalfSpace(Explorer):
    module = "half_space"
    title = "A line splits the plane"
    w1 = real(1.0, -3.0, 3.0)
    w2 = real(0.5, -3.0, 3.0)
    b = real(0.5, -4.0, 4.0)
    brush = choice(CLASSES, CLASSES[1])
    points = kept()

    @property
    def examples(self) -> data.Dataset:
        """The course's ten, or what they became."""
        return _split(self.points) if self.points else data.blobs(10, np.random.default_rng(8), gap=1.7)

    def draw(self, figure: Figure) -> None:
        plane, bars = figure.subplots(1, 2, width_ratios=(1, 1.1))
        (X, y), w = self.examples, np.array([self.w1, self.w2])
        foot = -self.b * w / max(float(w @ w), 1e-9)
        half = max(3.5, 1.12 * float(np.abs(np.vstack([X, foot, w])).max()))
        geometry.set_square_view(plane, half * np.array([[-1.0, -1.0], [1.0, 1.0]]), pad=0.0)
        style.label(plane, "w · x + b > 0 is shaded", "x₁", "x₂")
        plots.perceptron.half_plane(plane, w, self.b, normal=False)
        plots.perceptron.points(plane, X, y)
        style.label(bars, "Signed distance to the line", "wrong side  ←  0  →  right side", "example")
        if w.any():
            plots.perceptron.margin(plane, X, y, w, self.b)
            geometry.line(plane, np.array([[0, 0], foot]), color=style.GREEN, linewidth=2.5, zorder=2.7)
            geometry.arrow(plane, np.zeros(2), w, color=style.BLACK, linewidth=1.8)
            self._distance_bars(bars, signed_distances(X, y, w, self.b), y)

    def _distance_bars(self, bars: Axes, distance: Float[np.ndarray, " n"], y: np.ndarray) -> None:
        ends = [min(-1.0, float(distance.min())), max(1.0, float(distance.max()))]
        bars.set(xlim=(1.1 * ends[0], 1.1 * ends[1]), ylim=(len(y) - 0.4, -1.0))
        bars.axvline(0, color=style.BLACK, linewidth=1.5)
        for k in (0, 1):
            rows = np.flatnonzero(y == k)
            bars.hlines(rows, 0, distance[rows], color=style.CLASS_COLORS[k])
            plots.perceptron.points(bars, np.column_stack([distance[rows], rows]), np.full(len(rows), k))
        bars.axvline(distance.min(), color=style.PURPLE, linestyle="--")

    @property
    def words(self) -> str:
        (X, y), w, b = self.examples, np.array([self.w1, self.w2]), self.b
        if not w.any():
            side = "positive (b > 0)" if b > 0 else "not positive (b ≤ 0)"
            return f"w = 0: there is no line and no distance. w · x + b = b everywhere, so the whole plane is {side}."
        offset, distance = -b / float(np.linalg.norm(w)) + 0.0, signed_distances(X, y, w, b)
        wrong = int((distance < 0).sum())
        verdict = (
            "All examples are on their right side." if distance.min() > 0 else f"Examples on the wrong side: {wrong}."
        )
        words = (
            f"The line stands {near(abs(offset))} from the origin (−b/‖w‖ = {near(offset)}, green). Its margin, the "
            f"smallest signed distance, is {near(float(distance.min()))} at example {distance.argmin()} (ringed). {verdict}"
        )
        return words.replace("-", "−")  # as in the picture


class PerceptronSteps(Explorer):
    """``own`` holds the units after each step of a rule of one's own, which the page shows instead of its own run."""

    module = "perceptron_steps"
    title = "The perceptron learns from its mistakes"
    size = (8.6, 4.6)
    max_epochs = 40
    dataset = choice([*DATASETS, OWN])
    eta = real(1.0, 0.1, 2.0)
    speed = choice((1, 2, 5, 10, 30), 5)
    brush = choice(CLASSES, CLASSES[1])
    step = whole(0, 0, 8000)
    points = kept()
    own = traitlets.Dict().tag(sync=True, state=True)

    def __init__(self, rule: Rule | None = None, **values: Any) -> None:
        self.rule = rule
        super().__init__(**values)
        if rule is not None:
            self._run_rule()
            self.observe(lambda _: self._run_rule(), ["dataset", "eta", "points"])
            self._initial = self.values

    @property
    def examples(self) -> data.Dataset:
        if self.dataset != OWN:
            return DATASETS[self.dataset]()
        return _split(self.points or [[-1, -1, 0], [1, 1, 1]])

    @property
    def trace(self) -> Trace:
        """The run by the course's rule."""
        return Trace(*self.examples, self.eta, self.max_epochs)

    def _run_rule(self) -> None:
        """The run by the learner's rule; what it raises is shown."""
        assert self.rule is not None
        X, y = self.examples
        own: dict[str, Any] = {"dataset": self.dataset, "eta": self.eta, "n": len(y)}
        try:
            trace = Trace(X, y, self.eta, self.max_epochs, self.rule)
            units = np.column_stack([trace.W, trace.B])
            if not np.isfinite(units).all():  # no page can be sent such a number
                step = int((~np.isfinite(units)).any(1).argmax())
                raise ValueError(f"w or b is not a finite number after step {step}")
            own["W"] = units.tolist()
        except Exception as error:
            own["error"] = f"{type(error).__name__}: {error}"
        self.own = own

    @property
    def _shown(self) -> Trace:
        return self.trace if self.rule is None else Trace(*self.examples, self.eta, self.max_epochs, self.rule)

    def draw(self, figure: Figure) -> None:
        if "error" in self.own:
            figure.text(0.5, 0.5, self.words, ha="center", wrap=True)
            return
        trace = self._shown
        t = min(self.step, len(trace.missed))
        axes = figure.subplot_mosaic([["plane", "weights"], ["plane", "mistakes"]], width_ratios=(1.25, 1))
        plane, weights, counts = axes["plane"], axes["weights"], axes["mistakes"]
        geometry.set_square_view(plane, trace.X, pad=0.18)
        style.label(plane, "Examples and boundary", *(PETAL if self.dataset.startswith("iris") else ("x₁", "x₂")))
        plots.perceptron.half_plane(plane, trace.W[t], trace.B[t], normal=False)
        plots.perceptron.points(plane, trace.X, trace.y)
        geometry.set_square_view(weights, np.vstack([trace.W, np.zeros(2)]), pad=0.25)
        style.label(weights, "Weights", "w₁", "w₂")
        geometry.line(weights, trace.path(t)[:, :2], color="#BBBBBB", linewidth=1.2, zorder=1.5)
        mistakes = trace.mistakes(len(trace.missed))
        counts.set(xlim=(0.5, max(len(mistakes), 4) + 0.5), ylim=(0, 1.15 * max(1, *mistakes)))
        style.label(counts, "Mistakes per epoch", "epoch", "mistakes")
        plots.perceptron.mistakes_per_epoch(counts, trace.mistakes(t))
        if t > 0:
            sign = "+" if trace.missed[t - 1] > 0 else "−"
            plots.perceptron.update_vectors(
                weights, trace.W[t - 1], trace.W[t], change=f"{sign}ηx" if self.rule is None else "change"
            )

    @property
    def words(self) -> str:
        if "error" in self.own:
            return f"Your rule stopped: {self.own['error']}"
        trace = self._shown
        words = _step_words(trace, min(self.step, len(trace.missed)), self.rule is not None)
        return words if self.rule is None else f"Your rule. {words}"


def _step_words(trace: Trace, t: int, own: bool) -> str:
    """What happened in the step before place ``t``; how a rule of one's own moves is seen in the numbers alone."""
    if t == 0:
        return "Nothing seen yet: w = 0 and b = 0, so every example is predicted 0. Press Step."
    i, missed = (t - 1) % trace.n, int(trace.missed[t - 1])
    truth, sign = int(trace.y[i]), "+" if missed > 0 else "−"
    if missed:
        event = f"predicted {truth - missed}, is {truth}" + (
            ": wrong" if own else f", so w ← w {sign} ηx and b ← b {sign} η"
        )
    else:
        event = f"predicted {truth}, is {truth}: right" + ("" if own else ", nothing changes")
    w, b = np.round(trace.W[t], 2) + 0.0, round(float(trace.B[t]), 2) + 0.0  # no minus before 0.00
    words = (
        f"Epoch {(t - 1) // trace.n + 1}, example {i} (step {t} of {len(trace.missed)}): {event}. "
        f"Now w = ({w[0]:.2f}, {w[1]:.2f}), b = {b:.2f}; mistakes so far: {np.count_nonzero(trace.missed[:t])}."
    )
    return words.replace("-", "−") + (_ending(trace) if t == len(trace.missed) else "")


def _ending(trace: Trace) -> str:
    epochs = len(trace.missed) // trace.n
    if trace.missed[-trace.n :].any():
        return f" Stopped after {epochs} epochs: the last one still had mistakes."
    return f" Stopped: epoch {epochs} had no mistake."


def _split(points: list[Any]) -> data.Dataset:
    rows = np.array(points, dtype=float)
    return rows[:, :2], rows[:, 2].astype(np.int64)


def _shuffled(dataset: data.Dataset) -> data.Dataset:
    """The rows in a fixed mixed order: sorted by class, the rule would see 50 of one kind before the other."""
    X, y = dataset
    order: Int[np.ndarray, " n"] = np.random.default_rng(29).permutation(len(y))
    return X[order], y[order]
