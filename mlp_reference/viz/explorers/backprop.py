"""Explorer of notebook 05: one example goes through a small net, and its gradient comes back."""

from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import Figure

from mlp_reference import data
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.backprop import EXAMPLES, LOSSES, SIZES, FlowNet
from mlp_reference.viz.explorers.base import Explorer, slider
from mlp_reference.viz.plots import geometry

ACTIVATIONS = ("relu", "tanh", "sigmoid", "identity")
FLOOR = 1e-5  # the smallest size that the right picture shows
_NAMED = {"description_width": "initial"}


def gradient_flow() -> Explorer:
    """Choose a loss, an example and an activation; see the gradient at every layer."""
    return GradientFlow()


class GradientFlow(Explorer):
    title = "A gradient on its way back"
    size = (8.6, 4.4)

    def controls(self) -> dict[str, widgets.ValueWidget]:
        self.flow = FlowNet()
        example = widgets.IntSlider(1, 1, EXAMPLES, description="example", tooltip="one flower", style=_NAMED)
        psi = widgets.Dropdown(options=ACTIVATIONS, description="activation", style=_NAMED)
        loss = widgets.Dropdown(options=LOSSES, description="loss", style=_NAMED)
        scale = slider("weight scale", 1.4, 0.2, 4.0, 0.2, "all weights are multiplied by this number")
        for control, width in ((example, "250px"), (psi, "180px"), (loss, "190px")):
            control.layout = widgets.Layout(width=width)
        return {"example": example, "psi": psi, "loss": loss, "scale": scale}

    def scene(self, figure: Figure, **_: Any) -> None:
        self.net, self.sizes = figure.subplots(1, 2, width_ratios=(1.7, 1))
        self.net.set(xlim=(-0.35, len(SIZES) - 0.65), ylim=(-3.2, 2.9), xticks=range(len(SIZES)), yticks=[])
        self.net.set_xticklabels(["input", *(f"layer {i}" for i in range(1, len(SIZES)))])
        self.net.grid(False)
        title = "Gradients: orange positive, blue negative, white 0"
        style.label(self.net, title, "values go to the right, gradients come back to the left", "unit")
        self.net.spines[:].set_visible(False)
        layers = np.arange(1, len(SIZES))
        self.sizes.set(yscale="log", xlim=(0.7, layers[-1] + 0.3), ylim=(FLOOR, 1e2), xticks=layers)
        style.label(self.sizes, "Sizes", "layer", "norm")
        self.sizes.plot([], [], "-^", color=style.ORANGE, label="‖G‖, gradient by Z")
        self.sizes.plot([], [], "-o", color=style.BLUE, label="‖H‖, what goes in")
        self.sizes.legend(loc="lower right", fontsize=9)

    def draw(self, *, example: int, psi: str, loss: str, scale: float, **_: Any) -> str:
        Hs, Gs, P, value = self.flow.passes(example - 1, psi, loss, scale)
        plots.backprop.gradient_flow(self.net, Hs, Gs)
        layers = np.arange(1, len(SIZES))
        for vectors, color, marker in ((Hs, style.BLUE, "o"), (Gs, style.ORANGE, "^")):
            norms = [max(float(np.linalg.norm(v)), FLOOR) for v in vectors]
            geometry.line(self.sizes, np.column_stack([layers, norms]), color=color, marker=marker, zorder=3)
        return self._words(example, loss, P, value, Gs)

    def _words(self, example: int, loss: str, P: np.ndarray, value: float, Gs: list[np.ndarray]) -> str:
        y = self.flow.y[example - 1]
        norms = ", ".join(f"{np.linalg.norm(g):.2g}" for g in Gs[::-1])
        silent = sum(int((g == 0).sum()) for g in Gs[:-1])
        units = sum(SIZES[1:-1])
        return (
            f"Example {example} is {data.IRIS_CLASSES[y]}; the net gives it {100 * P[y]:.0f} %, {loss} {value:.3g}. "
            f"‖G‖ from the last layer to the first: {norms}. {silent} of {units} hidden units let no gradient pass."
        )
