"""The playground of notebook 02: a network is trained while you watch what its hidden units see."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from mlp_reference import MLP, data
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.xor import DATASETS, LAST, Run
from mlp_reference.viz.explorers.widget import Explorer, choice, kept, kept_run, real, whole
from mlp_reference.viz.explorers.wording import many, near, percent
from mlp_reference.viz.plots import geometry

ACTIVATIONS = {style.ACTIVATION_NAMES[name]: name for name in ("tanh", "relu", "sigmoid")}
ACTIVATIONS["none (linear)"] = "identity"
VIEW = 1.4  # the picture's reach
GRID = 50  # cells on a side of each picture


def playground(dataset: str = "four clusters (XOR)", **values: Any) -> Explorer:
    """Choose data, network and learning rate; train, pause, step; watch the boundary, the hidden units and the loss.

    Also: ``activation, rate, depth, width, seed, noise, l2, step``, and ``points``, examples ``[x1, x2, class]`` of
    your own, as in ``playground("two spirals", rate=0.1, depth=2, width=8)``.
    """
    return Playground(dataset=dataset, **values)


class Playground(Explorer):
    """``base`` holds a step and all parameters at it, where something changed on the way; ``past`` losses before;
    ``beside`` a run that is kept while others follow."""

    module = "playground"
    title = "A playground for small networks"
    size = (8.6, 4.6)
    dataset = choice(list(DATASETS))
    activation = choice(list(ACTIVATIONS))
    rate = choice((0.01, 0.03, 0.1, 0.3, 1.0, 3.0), 0.3)
    depth = whole(1, 0, 3)
    width = whole(3, 1, 8)
    seed = whole(0, 0, 20)
    noise = real(0.0, 0.0, 0.5)
    l2 = choice((0, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1))
    speed = choice((1, 3, 10, 30, 100), 10)
    brush = choice(("class 0 (blue)", "class 1 (orange)"), "class 1 (orange)")
    step = whole(0, 0, LAST)
    points = kept()
    base = kept()
    past = kept()
    beside = kept_run()

    def examples(self, seed: int = 0) -> data.Dataset:
        """What the network is trained on (seed 0), or new examples of the same kind (seed 1)."""
        X, y = DATASETS[self.dataset](np.random.default_rng(seed))
        X = X + self.noise * np.random.default_rng([seed, 1]).standard_normal(X.shape)
        if seed == 0 and self.points:
            own = np.array(self.points, dtype=float)
            X, y = np.vstack([X, own[:, :2]]), np.append(y, own[:, 2].astype(int))
        return X, y

    def run(self) -> Run:
        """The training up to the present step."""
        model = MLP([2, *[self.width] * self.depth, 1], np.random.default_rng(self.seed),
                    activations=ACTIVATIONS[self.activation], target="binary")  # fmt: skip
        first = 0
        if len(self.base) == model.theta.size + 1:
            first, model.theta[:] = int(self.base[0]), self.base[1:]
        run = Run(self.examples(), model, float(self.rate), float(self.l2), first)
        if len(run.y):
            run.go_to(self.step)
        return run

    def draw(self, figure: Figure) -> None:
        run = self.run()
        axes = figure.subplot_mosaic([["units", "plane"], ["loss", "plane"]], width_ratios=(1.05, 1))
        plane, units, loss = axes["plane"], axes["units"], axes["loss"]
        geometry.set_square_view(plane, VIEW * np.array([[-1.0, -1.0], [1.0, 1.0]]), pad=0.0)
        plane.grid(False)
        style.label(plane, "Orange: class 1 is likely", "x₁", "x₂")
        plots.xor.probability_map(plane, run.model.predict_mean, resolution=GRID)
        plots.perceptron.points(plane, run.X, run.y, size=5.0)
        units.set_axis_off()
        units.set(xlim=(0.5, self.width + 0.5), ylim=(max(self.depth, 1) + 0.5, 0.5), aspect="equal")
        style.label(units, "What each hidden unit sees" if self.depth else "No hidden unit: a line", "unit", "layer")
        layers = run.hidden(plots.xor.cell_centres(plane, GRID))
        if ACTIVATIONS[self.activation] == "sigmoid":
            layers = [2 * H - 1 for H in layers]  # white is one half
        if layers:
            plots.xor.unit_pictures(units, [H.reshape(GRID, GRID, -1) for H in layers])
        curve = np.array([*[[p[0], p[1]] for p in self.past], *enumerate(run.losses, 1 + run.first), [1, 0.7]])[:-1]
        loss.set(xscale="log", xlim=(1, LAST), ylim=(0, max([0.75, *(curve[:, 1] if len(curve) else [])])))
        style.label(loss, "Loss", "step (logarithmic)", "cross-entropy")
        if self.beside:
            other = np.array([p[:2] for p in self.beside["curve"]], dtype=float)
            geometry.line(loss, np.maximum(other, [1.0, 0.0]), color=style.BLACK, linewidth=1.2, linestyle="--")
        if len(curve):
            geometry.line(loss, np.maximum(curve, [1.0, 0.0]), color=style.PURPLE, linewidth=1.6)

    @property
    def words(self) -> str:
        run = self.run()
        if not len(run.y):
            return "No examples: paint some on the plane, of both classes."
        if self.step > run.step:
            return (
                f"After {many(run.step, 'step')} the numbers explode: choose a smaller learning rate and start again."
            )
        right = float((run.model.predict(run.X) == run.y).mean())
        state = "Press Train." if self.step == 0 else "The last step." if self.step == LAST else "Paused."
        words = (
            f"{state} After {many(self.step, 'step')} {percent(right, 1)} of {many(len(run.y), 'example')} "
            f"{'is' if len(run.y) == 1 else 'are'} right and the loss is {near(run.model.loss(run.X, run.y), 3)}."
        )
        X, y = self.examples(1)
        if len(y):
            fresh = float((run.model.predict(X) == y).mean())
            words += f" On {len(y)} new examples: {percent(fresh, 1)}, {near(run.model.loss(X, y), 3)}."
        if outside := int((np.abs(run.X).max(1) > VIEW).sum()):
            words += f" Outside of the picture: {many(outside, 'example')}."
        return f"{words} The network has {run.model.n_parameters} parameters."
