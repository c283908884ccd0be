"""Explorers of notebook 07: a walk down a landscape, and the dashboard of a network that learns to read digits."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar
from weakref import ref

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import Figure

from mlp_reference.shapes import Number
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.training import EXAMPLES, METHODS, SURFACES, Readings, walk
from mlp_reference.viz.explorers.base import Action, Explorer, Values

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
MOST_STEPS = 100
LAST = 60  # readings of the dashboard
BATCHES = (8, 32, 128, 512)
REST = 0.03  # seconds for clicks to get through
_NAMED = {"description_width": "initial"}


def optimizer_walk() -> Explorer:
    """Choose a landscape, a method, a rate, the noise of a batch and a start; see the walk and the heights."""
    return OptimizerWalk()


def training_dashboard() -> Explorer:
    """Train a digit reader, live: loss, accuracy, gradients and updates by layer, with a stop button."""
    return TrainingDashboard()


def _choice(values: tuple[Number, ...], value: Number, name: str, width: str = "270px") -> widgets.SelectionSlider:
    options = [(f"{v:g}", v) for v in values]
    layout = widgets.Layout(width=width)
    return widgets.SelectionSlider(options=options, value=value, description=name, style=_NAMED, layout=layout)


class OptimizerWalk(Explorer):
    title = "A walk down a landscape"
    size = (8.6, 4.2)
    scene_controls = ("surface",)

    def controls(self) -> dict[str, widgets.ValueWidget]:
        named: dict[str, Any] = {"style": _NAMED, "layout": widgets.Layout(width="270px")}
        return {
            "surface": widgets.Dropdown(options=list(SURFACES), description="landscape", **named),
            "method": widgets.Dropdown(options=list(METHODS), description="method", **named),
            "rate": _choice(RATES, 0.03, "learning rate"),
            "noise": _choice((0.0, 0.3, 1.0, 3.0), 0.0, "batch noise"),
            "x": widgets.FloatSlider(
                -1.8, min=-2, max=2, step=0.1, description="start x", readout_format=".1f", **named
            ),
            "y": widgets.FloatSlider(
                1.0, min=-2, max=2, step=0.1, description="start y", readout_format=".1f", **named
            ),
            "steps": widgets.IntSlider(30, 0, MOST_STEPS, description="steps", **named),
        }

    def scene(self, figure: Figure, *, surface: str, **_: Any) -> None:
        self.plane, self.heights = figure.subplots(1, 2, width_ratios=(1, 1.1))
        self.surface = SURFACES[surface]
        plots.training.landscape(self.plane, self.surface.f)
        self.plane.set_title("From above (dark is low)")
        x, y = np.meshgrid(np.linspace(-2, 2, 81), np.linspace(-2, 2, 81))
        values = self.surface.f(x, y)
        low = float(values.min())
        self.heights.set(xlim=(0, MOST_STEPS), ylim=(low - 0.5, min(float(values.max()), low + 12)))
        style.label(self.heights, "Height after each step", "step", "height")

    def draw(self, *, method: str, rate: float, noise: float, x: float, y: float, steps: int, **_: Any) -> str:
        places, lost = walk(self.surface, METHODS[method](rate), (x, y), steps, noise)
        heights = self.surface.f(places[:, 0], places[:, 1])
        plots.training.path(self.plane, places)
        plots.training.dashboard_line(self.heights, np.arange(len(places)), heights, color=style.ORANGE)
        if lost:
            return f"{self.surface.about} Lost: after {len(places)} steps the walk is far away. Choose a smaller rate."
        end = f"({places[-1, 0]:.2f}, {places[-1, 1]:.2f})"
        return f"{self.surface.about} After {steps} steps the walk is at {end}, height {heights[-1]:.3f}."


class TrainingDashboard(Explorer):
    title = "The dashboard of a training"
    size = (8.6, 4.8)
    scene_controls = ("rate", "batch", "depth")
    shown: ClassVar[Callable[[], "TrainingDashboard | None"]] = lambda: None

    def __init__(self) -> None:
        self.training: object | None = None
        super().__init__()
        self._take_over()

    def controls(self) -> dict[str, widgets.ValueWidget]:
        named: dict[str, Any] = {"style": _NAMED, "layout": widgets.Layout(width="270px")}
        return {
            "rate": _choice(RATES, 0.1, "learning rate"),
            "batch": _choice(BATCHES, 32, "batch size"),
            "depth": widgets.IntSlider(1, 1, 3, description="hidden layers of 32", **named),
            "reading": widgets.IntSlider(
                0, 0, LAST, description="reading", tooltip=f"one every {EXAMPLES} examples", **named
            ),
        }

    def actions(self) -> dict[str, Action]:
        return {"Train": self._train, "Stop": self._stop}

    def scene(self, figure: Figure, *, rate: float, batch: int, depth: int, **_: Any) -> None:
        self.run = Readings(rate, batch, depth)
        self.named["reading"].value = 0
        (self.loss, self.accuracy), (self.gradients, self.updates) = figure.subplots(2, 2)
        end = LAST * EXAMPLES / len(self.run.X)
        for ax in (self.loss, self.accuracy, self.gradients, self.updates):
            ax.set_xlim(0, end)
        self.loss.set(yscale="log", ylim=(0.003, 5))
        self.loss.axhline(np.log(10), color=style.GREY, linestyle="--", linewidth=1)
        self.accuracy.set_ylim(0, 1.02)
        self.gradients.set(yscale="log", ylim=(1e-3, 30))
        self.updates.set(yscale="log", ylim=(1e-6, 1))
        self.updates.axhline(1e-3, color=style.GREY, linestyle="--", linewidth=1)
        style.label(self.loss, "Loss (dashed: ln 10)", "epoch", "cross-entropy")
        style.label(self.accuracy, "Accuracy on new digits", "epoch", "share right")
        style.label(self.gradients, "Size of dW, first layer blue", "epoch", "norm")
        style.label(self.updates, "Update / weight (dashed: 0.001)", "epoch", "ratio of norms")

    def draw(self, *, reading: int, **_: Any) -> str:
        run = self.run
        run.go_to(reading)
        table = np.array(run.table[: reading + 1])
        epoch = np.arange(len(table)) * EXAMPLES / len(run.X)
        plots.training.dashboard_line(self.loss, epoch, table[:, 0], color=style.BLUE)
        plots.training.dashboard_line(self.accuracy, epoch, table[:, 1], color=style.ORANGE)
        n_layers = len(run.model.Ws)
        plots.training.lines_by_layer(self.gradients, epoch[1:], table[1:, 2 : 2 + n_layers])
        plots.training.lines_by_layer(self.updates, epoch[1:], table[1:, 2 + n_layers :])
        return self._words(reading, table, epoch)

    def _words(self, reading: int, table: np.ndarray, epoch: np.ndarray) -> str:
        if reading >= len(self.run.table):
            return f"After {epoch[-1]:.1f} epochs the numbers explode: choose a smaller learning rate."
        state = "Training." if self.training is not None else "Press Train." if reading == 0 else "Stopped."
        words = f"{state} {epoch[-1]:.1f} epochs: loss {table[-1, 0]:.3f}, {table[-1, 1]:.1%} of 359 new digits right."
        if reading == 0:
            return words
        ratios = ", ".join(f"{r:.1e}" for r in table[-1, 2 + len(self.run.model.Ws) :])
        return f"{words} Update ratios from the first layer on: {ratios}."

    def reset(self) -> None:
        self.training = None
        super().reset()

    def _moved(self, name: str) -> None:
        if self._listening:  # else it was the training itself
            self.training = None
        super()._moved(name)

    def _stop(self, values: Values) -> Values:
        self.training = None
        return {}

    def _train(self, values: Values) -> Values:
        """Start the training, or go on with it. Without an event loop (in scripts) nothing happens."""
        with suppress(RuntimeError):
            loop = asyncio.get_running_loop()
            self.training = ticket = object()
            self._task = loop.create_task(self._slices(ticket))  # the loop itself keeps no reference
        return {}

    async def _slices(self, ticket: object) -> None:
        """One reading, a picture, and a rest in which the kernel hears clicks, until somebody takes the ticket away."""
        while self.training is ticket:
            reading = min(self.values["reading"] + 1, LAST)
            if reading == LAST or self.run.lost:
                self.training = None
            self.set(reading=reading)
            await asyncio.sleep(REST)

    def _take_over(self) -> None:
        """One dashboard trains at a time: the one that was shown last."""
        other = TrainingDashboard.shown()
        if other is not None:
            other.training = None
        TrainingDashboard.shown = ref(self)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        self._take_over()
        return super()._repr_mimebundle_(**kwargs)
