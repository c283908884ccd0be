"""Explorer of notebook 02: one line under three sliders, seen in feature space and in input space."""

from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import Figure

from mlp_reference import bce_with_logits, data, xor_features
from mlp_reference.viz import plots, style
from mlp_reference.viz.explorers.base import Explorer, slider
from mlp_reference.viz.plots import geometry


def feature_space() -> Explorer:
    """Move a line in the plane of the two features made by hand; see what it does to the four clusters."""
    return FeatureSpace()


class FeatureSpace(Explorer):
    title = "A line in feature space, and what it is in input space"
    size = (8.6, 4.2)
    X, y = data.xor_clusters(120, np.random.default_rng(2))
    Phi = xor_features(X)

    def controls(self) -> dict[str, widgets.ValueWidget]:
        return {
            "w1": slider("w₁", 1.0, -5.0, 5.0, about="weight of the first feature"),
            "w2": slider("w₂", -1.0, -5.0, 5.0, about="weight of the second feature"),
            "b": slider("bias b", 0.0, -8.0, 8.0, about="bias of the output"),
        }

    def scene(self, figure: Figure, **values: Any) -> None:
        self.plane, self.features = figure.subplots(1, 2)
        geometry.set_square_view(self.plane, np.array([[-8.5, -8.5], [8.5, 8.5]]), pad=0.0)
        style.label(self.plane, "Input space", "x₁", "x₂")
        geometry.set_square_view(self.features, np.array([[-0.2, -0.2], [1.2, 1.2]]), pad=0.0)
        style.label(self.features, "Feature space", "φ₁ = σ(5 + x₁ + x₂)", "φ₂ = σ(5 − x₁ − x₂)")
        geometry.line(self.features, np.zeros((1, 2)), color=style.GREEN, marker="+", markersize=16, zorder=0.8)

    def draw(self, *, w1: float, w2: float, b: float, **rest: Any) -> str:
        w = np.array([w1, w2])
        predict = lambda P: (xor_features(P) @ w + b > 0).astype(int)  # noqa: E731
        plots.perceptron.decision_regions(self.plane, predict, resolution=120)
        plots.perceptron.points(self.plane, self.X, self.y)
        plots.perceptron.half_plane(self.features, w, b, normal=False)
        plots.perceptron.points(self.features, self.Phi, self.y)
        z = self.Phi @ w + b
        loss, _ = bce_with_logits(z, self.y)
        right = int(((z > 0) == self.y).sum())
        through = " The line passes through the origin of feature space (green cross)." if b == 0 and w.any() else ""
        return (
            f"z = {w1:.1f} φ₁ + {w2:.1f} φ₂ + {b:.1f} is positive where it is orange. {right} of {len(z)} examples are "
            f"right, {right / len(z):.0%}; the loss is {loss:.3f}.{through}"
        )
