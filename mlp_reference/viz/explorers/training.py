"""Explorers of notebook 07: a walk down a landscape, and the dashboard of a network that learns to read digits."""

from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.training import EXAMPLES, METHODS, SURFACES, Readings, score, walk
from mlp_reference.viz.explorers.widget import Explorer, choice, kept, kept_run, real, whole
from mlp_reference.viz.explorers.wording import many, near, percent

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
WALKING_RATES = (0.001, 0.003, 0.01, 0.03, 0.05, 0.1, 0.3, 1.0, 3.0)  # with the one at which a walk begins to swing
MOST_STEPS = 100
LAST = 60  # readings of the dashboard
BATCHES = (8, 32, 128, 512)
EPOCHS = 20  # of a learner's own training
NOBODY = "nobody"


def optimizer_walk(surface: str = "narrow valley", method: str = "plain step", **values: Any) -> Explorer:
    """Choose a landscape, a method, a rate, the noise of a batch and a start; see the walk and the heights.

    Also: ``rate, noise, x, y, steps``, and ``rival``, a second method from the same start.
    """
    return OptimizerWalk(surface=surface, method=method, **values)


def training_dashboard(
    rate: float = 0.1,
    batch: int = 32,
    depth: int = 1,
    *,
    step: Callable[..., Any] | None = None,
    train: Callable[..., Any] | None = None,
    **values: Any,
) -> Explorer:
    """Train a digit reader, live: loss, accuracy, gradients and updates by layer, with a stop button.

    ``step``: your own ``sgd_step(params, grads, lr)``; ``train``: your own ``train(X, y, sizes, epochs, batch_size, lr,
    rng)``. Either is run in the kernel and shown in green beside the course's run. Also: ``reading``.
    """
    return TrainingDashboard(step, train, rate=rate, batch=batch, depth=depth, **values)


class OptimizerWalk(Explorer):
    module = "optimizer_walk"
    title = "A walk down a landscape"
    size = (8.6, 4.2)
    surface = choice(list(SURFACES))
    method = choice(list(METHODS))
    rate = choice(WALKING_RATES, 0.03)
    noise = choice((0, 0.3, 1, 3))
    x = real(-1.8, -2.0, 2.0)
    y = real(1.0, -2.0, 2.0)
    steps = whole(30, 0, MOST_STEPS)
    rival = choice([NOBODY, *METHODS])

    def walk(self, method: str) -> tuple[np.ndarray, bool]:
        """Where a method's steps lead, and whether it left for good."""
        start = (float(self.x), float(self.y))
        optimizer = METHODS[method](float(self.rate))
        return walk(SURFACES[self.surface], optimizer, start, self.steps, float(self.noise))

    def draw(self, figure: Figure) -> None:
        plane, heights = figure.subplots(1, 2, width_ratios=(1, 1.1))
        f = SURFACES[self.surface].f
        ways = [(self.rival, style.BLUE)] * (self.rival != NOBODY) + [(self.method, style.ORANGE)]
        found = [(self.walk(method)[0], color) for method, color in ways]
        style.label(heights, "Height after each step", "step", "height")
        half = max(2.15, *(1.12 * float(np.abs(places).max()) for places, _ in found))
        plane.set(xlim=(-half, half), ylim=(-half, half))
        plots.training.landscape(plane, f, reach=half)
        plane.set_title("From above (dark is low)")
        for places, color in found:
            plots.training.path(plane, places)
            h = f(places[:, 0], places[:, 1])
            plots.training.dashboard_line(heights, np.arange(len(places)), h, color=color)
        heights.set_xlim(0, MOST_STEPS)
        heights.set_yscale("symlog", linthresh=0.01)

    @property
    def words(self) -> str:
        surface = SURFACES[self.surface]
        places, lost = self.walk(self.method)
        if lost:
            return (
                f"{surface.about} Lost: after {many(len(places), 'step')} the walk is far away. Choose a smaller rate."
            )
        x, y = np.round(places[-1], 2) + 0.0
        height = float(surface.f(places[-1, 0], places[-1, 1]))
        words = f"After {many(self.steps, 'step')} the walk is at ({x:.2f}, {y:.2f}), height {near(height, 3)}."
        return f"{surface.about} {words}".replace("-", "−")


class TrainingDashboard(Explorer):
    """``rates`` holds what the rate was up to which reading; ``own`` what a learner's code gave;
    ``beside`` a run that is kept while others follow."""

    module = "training_dashboard"
    title = "The dashboard of a training"
    size = (8.6, 4.8)
    rate = choice(RATES, 0.1)
    batch = choice(BATCHES, 32)
    depth = whole(1, 1, 3)
    reading = whole(0, 0, LAST)
    rates = kept()
    beside = kept_run()
    own = traitlets.Dict().tag(sync=True, state=True)

    def __init__(
        self, step: Callable[..., Any] | None = None, train: Callable[..., Any] | None = None, **values: Any
    ) -> None:
        self.step, self.train = step, train
        super().__init__(**values)
        if step is not None or train is not None:
            self._run_own()
            self.observe(lambda _: self._run_own(), ["rate", "batch", "depth"])
            self._initial = self.values

    def _run_own(self) -> None:
        """The learner's code on the same digits; what it raises is shown."""
        try:
            self.own = self._own_steps() if self.step is not None else self._own_training()
        except Exception as error:
            self.own = {"error": f"{type(error).__name__}: {error}"}

    def _own_steps(self) -> dict[str, Any]:
        run = Readings(float(self.rate), self.batch, self.depth, step=self.step)
        run.go_to(LAST)
        epoch = np.arange(len(run.table)) * EXAMPLES / len(run.X)
        curves = {"epoch": epoch.tolist(), "loss": [r[0] for r in run.table], "accuracy": [r[1] for r in run.table]}
        return curves | ({"error": f"after {epoch[-1]:.1f} epochs the numbers explode"} if run.lost else {})

    def _own_training(self) -> dict[str, list[Any]]:
        run = Readings(float(self.rate), self.batch, self.depth)
        sizes, rng = [64, *[32] * self.depth, 10], np.random.default_rng(1)
        assert self.train is not None
        Ws, bs, losses = self.train(run.X, run.y, sizes, EPOCHS, self.batch, float(self.rate), rng)
        epoch = [e + 1.0 for e in range(len(losses))]
        accuracy = [None] * (len(losses) - 1) + [score(Ws, bs, run.test)]
        finite = [float(x) if np.isfinite(x) else None for x in losses]  # no page can be sent another number
        return {"epoch": epoch, "loss": finite, "accuracy": accuracy}

    def run(self) -> Readings:
        """The training up to the present reading."""
        run = Readings(float(self.rate), self.batch, self.depth)
        for until, rate in self.rates:
            run.rate = float(rate)
            run.go_to(min(int(until), self.reading))
        run.rate = float(self.rate)
        run.go_to(self.reading)
        return run

    def draw(self, figure: Figure) -> None:
        run = self.run()
        (loss, accuracy), (gradients, updates) = figure.subplots(2, 2)
        table = np.array(run.table[: self.reading + 1])
        epoch = np.arange(len(table)) * EXAMPLES / len(run.X)
        style.label(loss, "Loss (dashed: ln 10)", "epoch", "cross-entropy")
        style.label(accuracy, "Accuracy on new digits", "epoch", "share right")
        style.label(gradients, "Size of dW, first layer blue", "epoch", "norm")
        style.label(updates, "Update / weight (dashed: 0.001)", "epoch", "ratio of norms")
        for ax in (loss, accuracy, gradients, updates):
            ax.set_xlim(0, LAST * EXAMPLES / len(run.X))
        loss.axhline(np.log(10), color=style.GREY, linestyle="--", linewidth=1)
        updates.axhline(1e-3, color=style.GREY, linestyle="--", linewidth=1)
        other = np.array(self.beside.get("table", np.empty((0, 2))))
        for k, ax in enumerate((loss, accuracy)):
            at = np.arange(len(other)) * EXAMPLES / len(run.X)
            plots.training.dashboard_line(ax, at, other[:, k], color=style.GREY)
        plots.training.dashboard_line(loss, epoch, table[:, 0], color=style.BLUE)
        plots.training.dashboard_line(accuracy, epoch, table[:, 1], color=style.ORANGE)
        n_layers = len(run.model.Ws)
        plots.training.lines_by_layer(gradients, epoch[1:], table[1:, 2 : 2 + n_layers])
        plots.training.lines_by_layer(updates, epoch[1:], table[1:, 2 + n_layers :])
        for ax in (loss, gradients, updates):
            ax.set_yscale("log")

    @property
    def words(self) -> str:
        run, reading = self.run(), self.reading
        stopped = f"Your own stopped: {self.own['error']}. " if "error" in self.own else ""
        last = min(reading, len(run.table) - 1)
        epochs = f"{last * EXAMPLES / len(run.X):.1f} epochs"
        if reading > last:
            return f"{stopped}After {epochs} the numbers explode: choose a smaller learning rate and start again."
        row, state = run.table[reading], "Press Train." if reading == 0 else "Stopped."
        right = f"{percent(row[1], 1)} of {len(run.test[1])} new digits right"
        words = f"{stopped}{state} {epochs}: loss {near(row[0], 3)}, {right}."
        if reading == 0:
            return words
        ratios = ", ".join(f"{r:.1e}" if r else "0" for r in row[2 + len(run.model.Ws) :]).replace("-", "−")
        return f"{words} Update ratios from the first layer on: {ratios}."
