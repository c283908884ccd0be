"""Explorer of notebook 05: one example goes through a small net, and its gradient comes back."""

import numpy as np
from matplotlib.figure import Figure

from mlp_reference import data
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.backprop import EXAMPLES, LOSSES, SIZES, FlowNet, Passes
from mlp_reference.viz.explorers.widget import Explorer, choice, real, whole
from mlp_reference.viz.explorers.wording import percent
from mlp_reference.viz.plots import geometry

ACTIVATIONS = ("relu", "tanh", "sigmoid", "identity")


def gradient_flow(example: int = 1, psi: str = "relu", loss: str = "cross-entropy", scale: float = 1.4) -> Explorer:
    """Choose a loss, an example and an activation; see the gradient at every layer."""
    return GradientFlow(example=example, psi=psi, loss=loss, scale=scale)


class GradientFlow(Explorer):
    module = "gradient_flow"
    title = "A gradient on its way back"
    size = (8.6, 4.4)
    example = whole(1, 1, EXAMPLES)
    psi = choice(ACTIVATIONS)
    loss = choice(LOSSES)
    scale = real(1.4, 0.2, 4.0)

    @property
    def passes(self) -> Passes:
        return FlowNet().passes(self.example - 1, self.psi, self.loss, self.scale)

    def draw(self, figure: Figure) -> None:
        net, sizes = figure.subplots(1, 2, width_ratios=(1.7, 1))
        Hs, Gs, _, _ = self.passes
        net.set(xlim=(-0.35, len(SIZES) - 0.65), ylim=(-3.2, 2.9), xticks=range(len(SIZES)), yticks=[])
        net.set_xticklabels(["input", *(f"layer {i}" for i in range(1, len(SIZES)))])
        net.grid(False)
        title = "Gradients: orange positive, blue negative, white 0"
        style.label(net, title, "values go to the right, gradients come back to the left", "unit")
        net.spines[:].set_visible(False)
        plots.backprop.gradient_flow(net, Hs, Gs)
        layers = np.arange(1, len(SIZES))
        sizes.set(yscale="log", xticks=layers)
        style.label(sizes, "Sizes", "layer", "norm")
        for vectors, color, marker, label in (
            (Hs, style.BLUE, "o", "‖H‖, what goes in"),
            (Gs, style.ORANGE, "^", "‖G‖, gradient by Z"),
        ):
            norms = np.array([float(np.linalg.norm(v)) for v in vectors])
            P = np.column_stack([layers, np.where(norms > 0, norms, np.nan)])
            geometry.reach(sizes, P[norms > 0])
            geometry.line(sizes, P, color=color, marker=marker, zorder=3, label=label)
        sizes.legend(fontsize=9)

    @property
    def words(self) -> str:
        _, Gs, P, value = self.passes
        y = FlowNet().y[self.example - 1]
        norms = ", ".join(f"{np.linalg.norm(g):.2g}" for g in Gs[::-1])
        silent = sum(int((g == 0).sum()) for g in Gs[:-1])
        words = (
            f"Example {self.example} is {data.IRIS_CLASSES[y]}; the net gives it {percent(float(P[y]))}, {self.loss} "
            f"{value:.3g}. ‖G‖ from the last layer to the first: {norms}. {silent} of {sum(SIZES[1:-1])} hidden "
            f"units {'has' if silent == 1 else 'have'} the gradient 0."
        )
        return words.replace("e-", "e−")
