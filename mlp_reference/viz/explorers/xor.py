"""Explorer of notebook 02: one line under three sliders, seen in feature space and in input space."""

import numpy as np
from matplotlib.figure import Figure

from mlp_reference import bce_with_logits, data, xor_features
from mlp_reference.viz import plots, style
from mlp_reference.viz.explorers.widget import Explorer, real
from mlp_reference.viz.explorers.wording import near, percent
from mlp_reference.viz.plots import geometry


def feature_space(w1: float = 1.0, w2: float = -1.0, b: float = 0.0) -> Explorer:
    """Move a line in the plane of the two features made by hand; see what it does to the four clusters."""
    return FeatureSpace(w1=w1, w2=w2, b=b)


class FeatureSpace(Explorer):
    module = "feature_space"
    title = "A line in feature space, and what it is in input space"
    size = (8.6, 4.2)
    X, y = data.xor_clusters(120, np.random.default_rng(2))
    Phi = xor_features(X)
    w1 = real(1.0, -5.0, 5.0)
    w2 = real(-1.0, -5.0, 5.0)
    b = real(0.0, -8.0, 8.0)

    def draw(self, figure: Figure) -> None:
        plane, features = figure.subplots(1, 2)
        w = np.array([self.w1, self.w2])
        geometry.set_square_view(plane, np.array([[-8.5, -8.5], [8.5, 8.5]]), pad=0.0)
        style.label(plane, "Input space", "x₁", "x₂")
        geometry.set_square_view(features, np.array([[-0.2, -0.2], [1.2, 1.2]]), pad=0.0)
        style.label(features, "Feature space", "φ₁ = σ(5 + x₁ + x₂)", "φ₂ = σ(5 − x₁ − x₂)")
        geometry.line(features, np.zeros((1, 2)), color=style.GREEN, marker="+", markersize=16, zorder=0.8)
        plots.perceptron.decision_regions(plane, lambda P: (xor_features(P) @ w + self.b > 0).astype(int))
        plots.perceptron.points(plane, self.X, self.y)
        plots.perceptron.half_plane(features, w, self.b, normal=False)
        plots.perceptron.points(features, self.Phi, self.y)

    @property
    def words(self) -> str:
        w1, w2, b = self.w1, self.w2, self.b
        z = self.Phi @ np.array([w1, w2]) + b
        loss, _ = bce_with_logits(z, self.y)
        right = int(((z > 0) == self.y).sum())
        through = " The line passes through the origin of feature space (green cross)." if b == 0 and (w1 or w2) else ""
        first = f"{round(w1, 1) + 0.0:.1f}".replace("-", "−")
        return (
            f"z = {first} φ₁ {_signed(w2)} φ₂ {_signed(b)} is positive where it is orange. {right} of {len(z)} "
            f"examples are right, {percent(right / len(z))}; the loss is {near(loss, 3)}.{through}"
        )


def _signed(x: float) -> str:
    return f"{'−' if x < 0 else '+'} {abs(x):.1f}"
