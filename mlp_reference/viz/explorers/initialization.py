"""Explorers of notebook 06: one activation under a normal input, and a deep random network under a variance."""

from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import Figure

from mlp_reference.activations import LEAK
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments import initialization as experiments
from mlp_reference.viz.explorers.base import Action, Explorer, slider
from mlp_reference.viz.plots.initialization import SATURATED

MENU = ("sigmoid", "tanh", "relu", "leaky_relu", "prelu", "elu", "gelu", "identity")
NAMES = {style.ACTIVATION_NAMES[name]: name for name in MENU}
SHAPED = {"PReLU": "learned slope on the left", "ELU": "alpha"}
DEEP = {name: NAMES[name] for name in ("tanh", "sigmoid", "ReLU", "leaky ReLU", "ELU", "GELU", "identity")}
PRESETS = {
    "He for ReLU": ("ReLU", 2.0),
    "LeCun for ReLU": ("ReLU", 1.0),
    "LeCun for tanh": ("tanh", 1.0),
    "healthy forwards, dead backwards": ("sigmoid", 1.0),
    "healthy forwards, exploding backwards": ("tanh", 16.0),
}
_NAMED = {"description_width": "initial"}


def activations() -> Explorer:
    """Choose an activation and the variance of its input; see slope, saturation, and what comes out."""
    return Activations()


def init_variance() -> Explorer:
    """Choose activation, variance, depth and width of a random network; see its layers and both profiles."""
    return InitVariance()


def _menu(names: dict[str, str], first: str) -> widgets.Dropdown:
    layout = widgets.Layout(width="220px")
    return widgets.Dropdown(options=list(names), value=first, description="activation", style=_NAMED, layout=layout)


def _whole(name: str, value: int, low: int, high: int, step: int = 1, about: str = "") -> widgets.IntSlider:
    return widgets.IntSlider(value, low, high, step, description=name, tooltip=about or name, style=_NAMED,
                             layout=widgets.Layout(width="250px"))  # fmt: skip


class Activations(Explorer):
    title = "An activation and a normal input"
    size = (8.6, 3.9)
    bins = np.linspace(-2.5, 3.5, 61)

    def controls(self) -> dict[str, widgets.ValueWidget]:
        about = "used by PReLU (slope on the left) and ELU (how deep it goes)"
        spread = slider("input variance", 1.0, 0.1, 25.0, about="variance of the normal input z, whose mean is 0")
        slope = slider("slope / alpha", 0.2, 0.0, 1.5, 0.05, about)
        slope.readout_format = ".2f"
        return {"name": _menu(NAMES, "sigmoid"), "variance": spread, "slope": slope}

    def scene(self, figure: Figure, **_: Any) -> None:
        self.curve, self.out = figure.subplots(1, 2, width_ratios=(1.25, 1))
        self.curve.set(xlim=(-6, 6), ylim=(-1.6, 3.2))
        style.label(self.curve, "ψ blue, ψ′ orange, grey: |ψ′| < 0.05", "z (its density below)", "ψ(z), ψ′(z)")
        self.out.set(xlim=(self.bins[0], self.bins[-1]), ylim=(0, 0.6))
        style.label(self.out, "Mean dotted, rms dashed", "h = ψ(z)", "share of the outputs")

    def draw(self, *, name: str, variance: float, slope: float, **_: Any) -> str:
        # the leaky ReLU's slope is a convention, no slider moves it
        psi = experiments.with_slope(NAMES[name], LEAK if name == "leaky ReLU" else slope)
        plots.initialization.activation_curve(self.curve, psi.value, psi.grad, reach=6.0)
        plots.initialization.bell(self.curve, float(np.sqrt(variance)))
        z = np.sqrt(variance) * experiments.normal_sample()
        h = psi.value(z)
        plots.initialization.output_histogram(self.out, h, self.bins)
        shape = f" ({SHAPED[name]} {slope:.2f})" if name in SHAPED else ""
        zeros = f" {100 * (h == 0).mean():.0f} % of the outputs are exactly 0." if (h == 0).mean() > 0.01 else ""
        flat = 100 * (np.abs(psi.grad(z)) < SATURATED).mean()
        return (
            f"{name}{shape}, input variance {variance:.1f}: outputs of mean {h.mean():.3f}, variance {h.var():.3f}, "
            f"mean square {(h**2).mean():.3f}. {flat:.0f} % of the inputs meet a slope below {SATURATED} in "
            f"size; the mean square slope is {(psi.grad(z) ** 2).mean():.3f}.{zeros}"
        )


class InitVariance(Explorer):
    title = "A deep network at its start"
    size = (8.6, 4.0)
    scene_controls = ("name",)
    bins = np.linspace(-2.5, 2.5, 52)

    def controls(self) -> dict[str, widgets.ValueWidget]:
        about = "σ² = width · Var w: 1 for LeCun and Xavier, 2 for He"
        return {
            "name": _menu(DEEP, "tanh"),
            "sigma2": slider("variance σ²", 1.0, 0.1, 20.0, about=about),
            "depth": _whole("depth", 50, 2, experiments.DEEPEST, about="number of layers"),
            "width": _whole("width", 64, 16, 128, 16, "units in each layer"),
            "seed": _whole("seed", 0, 0, 9, about="another network of the same kind"),
        }

    def actions(self) -> dict[str, Action]:
        def choose(name: str, sigma2: float) -> Action:
            return lambda _: {"name": name, "sigma2": sigma2, "depth": 50}

        return {label: choose(*values) for label, values in PRESETS.items()}

    def scene(self, figure: Figure, *, name: str, **_: Any) -> None:
        self.layers, self.profile = figure.subplots(1, 2, width_ratios=(1, 1.25))
        self.layers.set(xlim=(0.5, experiments.DEEPEST + 0.5), ylim=(-2.5, 2.5))
        self.layers.grid(visible=False)
        style.label(self.layers, "Values h of each layer", "layer l", "h (what lies beyond: at the rim)")
        low, high, step = (-72, 6, 12) if name == "sigmoid" else (-24, 24, 6)
        self.profile.set(xlim=(0, experiments.DEEPEST + 1), yscale="log", ylim=(10.0**low, 10.0**high))
        self.profile.set_yticks([10.0**k for k in range(low, high + 1, step)])
        self.profile.minorticks_off()
        style.label(self.profile, "Mean squares; lines: theory", "layer l", "mean square")
        for color, marker, label in ((style.BLUE, "o", "forward: h"), (style.ORANGE, "^", "backward: dloss/dz")):
            self.profile.plot([], [], marker, color=color, markersize=5, label=label)
        legend = self.profile.legend(loc="lower left" if name != "sigmoid" else "upper left", fontsize=9)
        legend.set_zorder(0.7)  # beneath all that moves

    def draw(self, *, name: str, sigma2: float, depth: int, width: int, seed: int, **_: Any) -> str:
        found = experiments.random_signals(DEEP[name], sigma2, depth, width, seed)
        forward, backward = experiments.theory(DEEP[name], sigma2, depth)
        plots.initialization.layer_histograms(self.layers, found.H, self.bins)
        plots.initialization.mean_squares(self.profile, found.forward, forward, color=style.BLUE)
        plots.initialization.mean_squares(self.profile, found.backward, backward, color=style.ORANGE, marker="^")
        return (
            f"{name}, σ² = {sigma2:.1f}, {depth} layers of {width} units. Root mean squares: the last layer's values "
            f"{np.sqrt(found.forward[-1]):.2g} (theory {np.sqrt(forward[-1]):.2g}), the gradient at the first layer "
            f"{np.sqrt(found.backward[0]):.2g} (theory {np.sqrt(backward[0]):.2g}), from 1 at the output."
        )
