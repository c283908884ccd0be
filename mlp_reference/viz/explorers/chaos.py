"""Explorer of notebook 06: variances of weights and biases as axes; between order and chaos gradients live."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments import chaos
from mlp_reference.viz.explorers.widget import Explorer, choice, real, whole

NAMES = {style.ACTIVATION_NAMES[name]: name for name in ("tanh", "relu", "sigmoid")}


def edge_of_chaos(name: str = "tanh", w2: float = 1.5, b2: float = 0.05, **values: Any) -> Explorer:
    """Move the variances of weights and biases; see two inputs grow alike or apart, and the gradient on its way back.

    Also: ``cosine`` of the inputs, ``depth, seed``.
    """
    return EdgeOfChaos(name=name, w2=w2, b2=b2, **values)


class EdgeOfChaos(Explorer):
    module = "edge_of_chaos"
    title = "The edge of chaos"
    size = (8.6, 4.4)
    name = choice(list(NAMES))
    w2 = real(1.5, 0.1, 4.0)
    b2 = real(0.05, 0.0, 1.0)
    cosine = real(0.6, -1.0, 1.0)
    depth = whole(30, 2, chaos.DEEPEST)
    seed = whole(0, 0, 9)

    def _both(self) -> tuple[chaos.Layers, chaos.Layers]:
        """Measured in one network, and for wide layers."""
        where = (NAMES[self.name], self.w2, self.b2, self.cosine, self.depth)
        return chaos.measured(*where, self.seed), chaos.theory(*where)

    def draw(self, figure: Figure) -> None:
        axes = figure.subplot_mosaic([["map", "cosines"], ["map", "gradients"]])
        plane, cosines, gradients = axes["map"], axes["cosines"], axes["gradients"]
        w2, b2 = np.linspace(0.1, 4, 30), np.linspace(0, 1, 12)
        factors = [[chaos.chi(NAMES[self.name], float(w), float(b)) for w in w2] for b in b2]
        grid = np.log(np.maximum(factors, 1e-9))  # units that are all dead have a factor of 0
        plane.pcolormesh(w2, b2, grid, cmap=plots.xor.BETWEEN, vmin=-1.5, vmax=1.5, shading="nearest")
        plane.contour(w2, b2, grid, levels=[0.0], colors=style.BLACK, linestyles="--")
        plane.plot([self.w2], [self.b2], "o", color="white", markeredgecolor="black", markersize=10)
        style.label(plane, "Order (blue) and chaos (orange)", "σ²w, variance of weights", "σ²b, variance of biases")
        found, theory = self._both()
        layers = np.arange(1, self.depth + 1)
        cosines.plot(layers, found.cosines, "o", color=style.BLUE, markersize=4)
        cosines.plot(layers, theory.cosines, color=style.BLACK, linewidth=1)
        style.label(cosines, "Two inputs: their cosine", "layer l", "cosine")
        plots.initialization.mean_squares(gradients, found.backward, theory.backward, color=style.ORANGE, marker="^")
        gradients.set_title("The gradient on its way back")

    @property
    def words(self) -> str:
        found, theory = self._both()
        factor = chaos.chi(NAMES[self.name], self.w2, self.b2)
        verdict = "the edge" if abs(factor - 1) < 0.03 else "order" if factor < 1 else "chaos"
        if verdict != "the edge" and not chaos.at_rest(NAMES[self.name], self.w2, self.b2):
            verdict += " for gradients alone (no q above 0 is at rest)"
        c = [f"{round(float(x), 2) + 0.0:.2f}" for x in (self.cosine, found.cosines[-1], theory.cosines[-1])]
        words = (
            f"{self.name}, σ²w = {self.w2:.2f}, σ²b = {self.b2:.2f}: χ = {factor:.2f}, {verdict}. After {self.depth} "
            f"layers two inputs of cosine {c[0]} have cosine {c[1]} (theory {c[2]}); the gradient's mean square at "
            f"the first layer is {found.backward[0]:.2g} (theory {theory.backward[0]:.2g}) of that at the last."
        )
        return words.replace("-", "−")
