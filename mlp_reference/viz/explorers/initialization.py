"""Explorers of notebook 06: one activation under a normal input, and a deep random network under a variance."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mlp_reference.activations import LEAK, Activation
from mlp_reference.propagation import Profile, Signals
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments import initialization as experiments
from mlp_reference.viz.explorers.widget import Explorer, choice, real, whole
from mlp_reference.viz.explorers.wording import percent
from mlp_reference.viz.plots.initialization import SATURATED

MENU = ("sigmoid", "tanh", "relu", "leaky_relu", "prelu", "elu", "gelu", "identity")
NAMES = {style.ACTIVATION_NAMES[name]: name for name in MENU}
SHAPED = {"PReLU": "learned slope on the left", "ELU": "alpha"}
DEEP = {name: NAMES[name] for name in ("tanh", "sigmoid", "ReLU", "leaky ReLU", "ELU", "GELU", "identity")}
ROWS = 16  # inputs that go through a deep network


def activations(name: str = "sigmoid", variance: float = 1.0, slope: float = 0.2) -> Explorer:
    """Choose an activation and the variance of its input; see slope, saturation, and what comes out."""
    return Activations(name=name, variance=variance, slope=slope)


def init_variance(name: str = "tanh", sigma2: float = 1.0, depth: int = 50, width: int = 64, seed: int = 0) -> Explorer:
    """Choose activation, variance, depth and width of a random network; see its layers and both profiles."""
    return InitVariance(name=name, sigma2=sigma2, depth=depth, width=width, seed=seed)


class Activations(Explorer):
    module = "activations"
    title = "An activation and a normal input"
    name = choice(list(NAMES))
    variance = real(1.0, 0.1, 25.0)
    slope = real(0.2, 0.0, 1.5)

    @property
    def psi(self) -> Activation:
        # the leaky ReLU's slope is a convention, no slider moves it
        return experiments.with_slope(NAMES[self.name], LEAK if self.name == "leaky ReLU" else self.slope)

    def draw(self, figure: Figure) -> None:
        curve, out = figure.subplots(1, 2, width_ratios=(1.25, 1))
        reach, psi, std = max(6.0, 3 * self.variance**0.5), self.psi, self.variance**0.5
        z = np.linspace(-reach, reach, 802)
        seen = np.concatenate([psi.value(z), psi.grad(z), [0.0, 1.0]])
        curve.set(xlim=(-reach, reach), ylim=_padded(seen, 0.08))
        style.label(curve, "ψ blue, ψ′ orange, grey: |ψ′| < 0.05", "z (its density below)", "ψ(z), ψ′(z)")
        plots.initialization.activation_curve(curve, psi.value, psi.grad, reach=reach)
        plots.initialization.bell(curve, std, height=0.3 * float(np.ptp(curve.get_ylim())))
        h = psi.value(std * experiments.normal_sample())
        low, high = _padded(np.append(h, 0.0), 0.04)
        bins = np.linspace(low, high, 61)
        out.set(xlim=(low, high), ylim=(0, 1.1 * float(np.histogram(h, bins)[0].max()) / len(h)))
        style.label(out, "What comes out, mean dotted", "h = ψ(z)", "share of the outputs")
        plots.initialization.output_histogram(out, h, bins)

    @property
    def words(self) -> str:
        z = np.sqrt(self.variance) * experiments.normal_sample()
        h, slopes = self.psi.value(z), self.psi.grad(z)
        shape = f" ({SHAPED[self.name]} {self.slope:.2f})" if self.name in SHAPED else ""
        zeros = f" {percent(float((h == 0).mean()))} of the outputs are exactly 0." if (h == 0).mean() > 0.01 else ""
        flat = percent(float((np.abs(slopes) < SATURATED).mean()))
        mean = 0.0 if abs(h.mean()) < 0.0005 else h.mean()
        words = (
            f"{self.name}{shape}, input variance {self.variance:.1f}: outputs of mean {mean:.3f}, variance "
            f"{h.var():.3f}, mean square {(h**2).mean():.3f}. {flat} of the inputs meet a slope below "
            f"{SATURATED} in size; the mean square slope is {(slopes**2).mean():.3f}.{zeros}"
        )
        return words.replace("-", "−")


class InitVariance(Explorer):
    module = "init_variance"
    title = "A deep network at its start"
    size = (8.6, 4.0)
    name = choice(list(DEEP))
    sigma2 = real(1.0, 0.1, 20.0)
    depth = whole(50, 2, experiments.DEEPEST)
    width = whole(64, 16, 128)
    seed = whole(0, 0, 9)

    @property
    def theory(self) -> Profile:
        """Both profiles of wide networks."""
        return experiments.theory(DEEP[self.name], self.sigma2, self.depth)

    def _signals(self) -> Signals:
        return experiments.random_signals(DEEP[self.name], self.sigma2, self.depth, self.width, self.seed, rows=ROWS)

    def draw(self, figure: Figure) -> None:
        layers, profile = figure.subplots(1, 2, width_ratios=(1, 1.25))
        found, (forward, backward) = self._signals(), self.theory
        layers.set(xlim=(0.5, self.depth + 0.5), ylim=(-2.5, 2.5))
        layers.grid(visible=False)
        style.label(layers, "Values h of each layer", "layer l", "h (rim: what lies beyond)")
        plots.initialization.layer_histograms(layers, found.H, np.linspace(-2.5, 2.5, 52))
        seen = np.concatenate([found.forward, found.backward, forward, backward])
        _decades(profile, seen[(seen > 0) & np.isfinite(seen)])
        profile.set(xlim=(0, self.depth + 1))
        style.label(profile, "h blue, ∂E/∂z orange, theory black", "layer l", "mean square")
        plots.initialization.mean_squares(profile, found.forward, forward, color=style.BLUE)
        plots.initialization.mean_squares(profile, found.backward, backward, color=style.ORANGE, marker="^")

    @property
    def words(self) -> str:
        found, (forward, backward) = self._signals(), self.theory
        words = (
            f"{self.name}, σ² = {self.sigma2:.1f}, {self.depth} layers of {self.width} units. Mean squares: the last "
            f"layer's values {found.forward[-1]:.2g} (theory {forward[-1]:.2g}), the gradient at the first layer "
            f"{found.backward[0]:.2g} (theory {backward[0]:.2g}), from about 1 at the output."
        )
        return words.replace("-", "−")


def _padded(values: np.ndarray, share: float) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return low - share * (high - low), high + share * (high - low)


def _decades(ax: Axes, values: np.ndarray) -> None:
    """A logarithmic axis from the power of ten below all values to the one above."""
    low, high = np.floor(np.log10(values.min()) - 0.02), np.ceil(np.log10(values.max()) + 0.02)
    ax.set(yscale="log", ylim=(10.0**low, 10.0 ** max(high, low + 2)))
