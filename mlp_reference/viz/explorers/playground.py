"""The playground of notebook 02: a network is trained while you watch what its hidden units see.

The picture depends on the controls alone, the number of steps among them: a run is repeatable, forward and backward.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, ClassVar
from weakref import ref

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import Figure

from mlp_reference import MLP, data
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.xor import LAST, Run
from mlp_reference.viz.explorers.base import Action, Explorer, Values
from mlp_reference.viz.plots import geometry

N = 200
DATASETS: Mapping[str, Callable[[np.random.Generator], data.Dataset]] = {
    "four clusters (XOR)": lambda rng: data.xor_clusters(N, rng, centre=0.55, spread=0.2),
    "ring around a disc": lambda rng: data.circles(N, rng, noise=0.08),
    "two moons": lambda rng: _centred(data.moons(N, rng)),
    "two spirals": lambda rng: data.spiral(N, rng, k=2, turns=1.0),
    "two clouds": lambda rng: data.blobs(N, rng, gap=0.6, spread=0.28),
}
ACTIVATIONS = {style.ACTIVATION_NAMES[name]: name for name in ("tanh", "relu", "sigmoid")}
ACTIVATIONS["none (linear)"] = "identity"
RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)

SLICE, REST = 20, 0.05  # steps between two pictures, and seconds for clicks to get through
GRID = 36  # cells on a side of each picture


def playground() -> Explorer:
    """Choose data, network and learning rate; train, pause, step; watch the boundary, the hidden units and the loss."""
    return Playground()


class Playground(Explorer):
    title = "A playground for small networks"
    size = (8.6, 4.6)
    scene_controls = ("dataset", "width", "depth", "activation", "rate", "seed")
    shown: ClassVar[Callable[[], "Playground | None"]] = lambda: None

    def __init__(self) -> None:
        self.training: object | None = None
        super().__init__()
        self._take_over()

    def controls(self) -> dict[str, widgets.ValueWidget]:
        named: dict[str, Any] = {"style": {"description_width": "initial"}, "layout": widgets.Layout(width="270px")}
        rates = [(f"{rate:g}", rate) for rate in RATES]
        return {
            "dataset": widgets.Dropdown(options=list(DATASETS), description="data set", **named),
            "activation": widgets.Dropdown(options=list(ACTIVATIONS), description="activation", **named),
            "rate": widgets.SelectionSlider(options=rates, value=0.3, description="learning rate", **named),
            "depth": widgets.IntSlider(1, 0, 3, description="hidden layers", **named),
            "width": widgets.IntSlider(3, 1, 8, description="units in each", **named),
            "seed": widgets.IntSlider(0, 0, 20, description="seed", tooltip="of the first weights", **named),
            "step": widgets.IntSlider(0, 0, LAST, description="step", tooltip="gradient steps so far", **named),
        }

    def actions(self) -> dict[str, Action]:
        return {"Train": self._train, "Pause": self._pause, "Step": self._step}

    def scene(self, figure: Figure, **values: Any) -> None:
        self.run = _run(**values)
        self.named["step"].value = 0
        axes = figure.subplot_mosaic([["plane", "units"], ["plane", "loss"]], width_ratios=(1, 1.05))
        self.plane, self.units, self.loss = axes["plane"], axes["units"], axes["loss"]
        geometry.set_square_view(self.plane, np.array([[-1.4, -1.4], [1.4, 1.4]]), pad=0.0)
        self.plane.grid(False)
        style.label(self.plane, "Orange: class 1 is likely", "x₁", "x₂")
        self._units_scene(values["depth"], values["width"])
        self.loss.set(xscale="log", xlim=(1, LAST), ylim=(0, 0.8))
        style.label(self.loss, "Loss", "step (logarithmic)", "cross-entropy")

    def _units_scene(self, depth: int, width: int) -> None:
        self.units.grid(False)
        self.units.spines[:].set_visible(False)
        self.units.tick_params(length=0)
        self.units.set(xlim=(0.5, max(width, 2 * depth, 2) + 0.5), ylim=(max(depth, 1) + 0.5, 0.5), aspect="equal")
        self.units.set(xticks=range(1, width + 1) if depth else [], yticks=range(1, depth + 1))
        style.label(self.units, "What each hidden unit sees" if depth else "No hidden unit: a line", "unit", "layer")

    def draw(self, *, step: int, **_: Any) -> str:
        run = self.run
        run.go_to(step)
        plots.xor.probability_map(self.plane, run.model.predict_mean, resolution=GRID)
        plots.perceptron.points(self.plane, run.X, run.y, size=5.0)
        layers = run.hidden(plots.xor.cell_centres(self.plane, GRID))
        if layers:
            plots.xor.unit_pictures(self.units, [H.reshape(GRID, GRID, -1) for H in layers])
        plots.xor.loss_curve(self.loss, run.losses[: run.step])
        return self._words(step)

    def _words(self, step: int) -> str:
        run = self.run
        if step > run.step:
            return f"After {run.step} steps the numbers explode: choose a smaller learning rate."
        right = float((run.model.predict(run.X) == run.y).mean())
        loss = run.model.loss(run.X, run.y)
        state = "Training." if self.training is not None else "Press Train." if step == 0 else "Paused."
        return (
            f"{state} After {step} steps {right:.1%} of {len(run.y)} examples are right and the loss is {loss:.3f}. "
            f"The network has {run.model.n_parameters} parameters."
        )

    def reset(self) -> None:
        self.training = None
        super().reset()

    def _moved(self, name: str) -> None:
        if self._listening:  # else it was the training itself
            self.training = None  # whoever moves a control wants to look
        super()._moved(name)

    def _pause(self, values: Values) -> Values:
        self.training = None
        return {}

    def _step(self, values: Values) -> Values:
        self.training = None
        return {"step": min(values["step"] + 1, LAST)}

    def _train(self, values: Values) -> Values:
        """Start the training, or go on with it. Without an event loop (in scripts) nothing happens."""
        with suppress(RuntimeError):
            loop = asyncio.get_running_loop()
            self.training = ticket = object()
            self._task = loop.create_task(self._slices(ticket))  # the loop itself keeps no reference
        return {}

    async def _slices(self, ticket: object) -> None:
        """A few steps, a picture, and a rest in which the kernel hears clicks, until somebody takes the ticket away."""
        while self.training is ticket:
            step = min(self.values["step"] + SLICE, LAST)
            if step == LAST or self.run.last < LAST:
                self.training = None
            self.set(step=step)
            await asyncio.sleep(REST)

    def _take_over(self) -> None:
        """One playground trains at a time: the one that was shown last."""
        other = Playground.shown()
        if other is not None:
            other.training = None
        Playground.shown = ref(self)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        self._take_over()
        return super()._repr_mimebundle_(**kwargs)


def _run(dataset: str, activation: str, rate: float, depth: int, width: int, seed: int, **_: Any) -> Run:
    sizes = [2, *[width] * depth, 1]
    model = MLP(sizes, np.random.default_rng(seed), activations=ACTIVATIONS[activation], target="binary")
    return Run(DATASETS[dataset](np.random.default_rng(0)), model, rate)


def _centred(dataset: data.Dataset) -> data.Dataset:
    """Moons in the middle of the picture and as large as the other sets."""
    X, y = dataset
    return 0.8 * (X - [0.5, 0.25]), y
