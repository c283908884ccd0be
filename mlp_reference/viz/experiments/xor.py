"""Experiments of notebook 02: how often training solves XOR, how it fails, and a training at any step."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from jaxtyping import Bool, Float, Int

from mlp_reference import ACTIVATIONS, MLP, SGD, activation, data, fast, sigmoid
from mlp_reference.mlp import views
from mlp_reference.viz.experiments.memo import memoized

WIDTHS, RUNS, STEPS, RATE = (2, 3, 4, 6, 8), 200, 3000, 0.5  # networks on the four corners
TRIED = ("relu", "tanh", "sigmoid")
SHARED = (0, 2, 3, 4)  # corners, of both classes, to which a run gives one probability
LAST = 5000  # steps of a run in the playground
PLAYED = 200  # examples in each of its data sets
TOO_LARGE = 1e6  # of a loss or a step: beyond it a run is lost
DATASETS: Mapping[str, Callable[[np.random.Generator], data.Dataset]] = {
    "four clusters (XOR)": lambda rng: data.xor_clusters(PLAYED, rng, centre=0.55, spread=0.2),
    "ring around a disc": lambda rng: data.circles(PLAYED, rng, noise=0.08),
    "two moons": lambda rng: _centred(data.moons(PLAYED, rng)),
    "two spirals": lambda rng: data.spiral(PLAYED, rng, k=2, turns=1.0),
    "two clouds": lambda rng: data.blobs(PLAYED, rng, gap=0.6, spread=0.28),
    "only my own": lambda rng: (np.zeros((0, 2)), np.zeros(0, dtype=int)),
}

Corners = tuple[Bool[np.ndarray, " runs"], Float[np.ndarray, "4 width runs"], Float[np.ndarray, "4 runs"]]


@memoized
def corner_runs(width: int, activation: str, runs: int, steps: int, lr: float, size: float = 1.0) -> Corners:
    """``(solved, H, z)`` of two-layer networks, all trained at once on the four corners from random starts.

    size: standard deviation of the first layer's weights and biases at the start; elsewhere it is 1.
    solved: all corners on their right sides.  H, z: hidden values and logits at the corners, after the last step.
    """
    X, y = data.xor_corners()
    rng = np.random.default_rng([width, runs])
    shapes = ((2, width, runs), (width, runs), (width, runs), (runs,))
    W1, b1, W2, b2 = (rng.standard_normal(shape) for shape in shapes)
    W1, b1 = size * W1, size * b1
    psi, slope = ACTIVATIONS[activation].value, fast.SLOPE_FROM_VALUE[activation]
    for _ in range(steps):
        H = psi(np.tensordot(X, W1, 1) + b1)  # (4, width, runs)
        dz = (sigmoid((H * W2).sum(axis=1) + b2) - y[:, None]) / 4  # (4, runs)
        dZ = dz[:, None] * W2 * slope(H)
        W2 -= lr * (H * dz[:, None]).sum(axis=0)
        b2 -= lr * dz.sum(axis=0)
        W1 -= lr * np.tensordot(X.T, dZ, 1)
        b1 -= lr * dZ.sum(axis=0)
    H = psi(np.tensordot(X, W1, 1) + b1)
    z = (H * W2).sum(axis=1) + b2
    return ((z > 0) == y[:, None]).all(axis=0), H, z


def success_rate(width: int, activation: str, size: float = 1.0) -> float:
    """Share of the notebook's runs that solve XOR; size: of the first layer's weights and biases at the start."""
    return float(corner_runs(width, activation, RUNS, STEPS, RATE, size)[0].mean())


def with_silent_unit(width: int, solved: bool) -> Bool[np.ndarray, " chosen"]:
    """Of the runs of ReLUs that solved XOR, or of those that did not: which have at least one dead unit."""
    done, H, _ = corner_runs(width, "relu", RUNS, STEPS, RATE)
    return (H == 0).all(axis=0)[:, done if solved else ~done].any(axis=0)


def final_losses(activation: str) -> Float[np.ndarray, " runs"]:
    """Where the notebook's runs with two hidden units end: the mean cross-entropy of the four corners."""
    z, (_, y) = corner_runs(2, activation, RUNS, STEPS, RATE)[2], data.xor_corners()
    return (np.logaddexp(0, z) - y[:, None] * z).mean(axis=0)


def shared_losses() -> Float[np.ndarray, " levels"]:
    """The least loss when so many corners as ``SHARED`` says get one probability, and the others are surely right."""
    shares = np.array([(m // 2) / m for m in SHARED[1:]])  # of the rarer class among them: 1 of 2, 1 of 3, 2 of 4
    shrugs = -shares * np.log(shares) - (1 - shares) * np.log(1 - shares)
    return np.append(0.0, np.array(SHARED[1:]) / 4 * shrugs)


def shared_corners(activation: str) -> Int[np.ndarray, " runs"]:
    """For each run with two hidden units: how many corners share a probability, told by its final loss."""
    gaps = np.abs(final_losses(activation)[:, None] - shared_losses())
    return np.array(SHARED)[gaps.argmin(axis=1)]


def still_failed(activation: str, patience: int) -> int:
    """Failed runs with two hidden units that fail after ``patience`` times as many steps, too."""
    early, late = (corner_runs(2, activation, RUNS, steps, RATE)[0] for steps in (STEPS, patience * STEPS))
    return int((~early & ~late).sum())


def straight_failures() -> Bool[np.ndarray, " failed"]:
    """Failed runs with two ReLUs, each on at all corners or at none: the network is linear there."""
    solved, H, _ = corner_runs(2, "relu", RUNS, STEPS, RATE)
    on = H[..., ~solved] > 0
    return np.all(on.all(axis=0) | ~on.any(axis=0), axis=0)


def unlit_corners() -> Int[np.ndarray, " failed"]:
    """In each failed run with two ReLUs: the number of corners at which no unit is on."""
    solved, H, _ = corner_runs(2, "relu", RUNS, STEPS, RATE)
    return (H[..., ~solved] == 0).all(axis=1).sum(axis=0)


def slopes_of_failures(activation: str, shared: bool) -> Float[np.ndarray, " failed"]:
    """Each failed run that tells some corners apart: its steepest unit's largest slope at shared ones, or least elsewhere."""
    _, H, z = corner_runs(2, activation, RUNS, STEPS, RATE)
    slope = fast.SLOPE_FROM_VALUE[activation](H).max(axis=1)  # (4, runs)
    wrong = np.abs(sigmoid(z) - data.xor_corners()[1][:, None]) > 0.2
    chosen = np.isin(shared_corners(activation), (2, 3))
    extreme = np.where(wrong, slope, 0.0).max(axis=0) if shared else np.where(wrong, np.inf, slope).min(axis=0)
    return extreme[chosen]


def played(dataset: str, sizes: tuple[int, ...], activation: str, lr: float) -> tuple[float, float]:
    """``(share right, loss)`` in the playground at its last step, from seed 0."""
    run = played_run(dataset, sizes, activation, lr)
    return float((run.model.predict(run.X) == run.y).mean()), float(run.model.loss(run.X, run.y))


def dead_in_playground(dataset: str, sizes: tuple[int, ...], lr: float, step: int = LAST) -> list[tuple[int, int]]:
    """``(layer, unit)`` of the ReLUs that are 0 at all examples in the playground at a step, from seed 0."""
    run = played_run(dataset, sizes, "relu", lr, step)
    return [(l, int(j)) for l, H in enumerate(run.hidden(run.X), 1) for j in np.flatnonzero((H == 0).all(axis=0))]


@memoized
def played_run(dataset: str, sizes: tuple[int, ...], activation: str, lr: float, step: int = LAST) -> "Run":
    """A run in the playground at a step, from seed 0; ``dataset`` is one of the ``DATASETS``."""
    rng = np.random.default_rng(0)
    run = Run(
        DATASETS[dataset](rng), MLP(list(sizes), np.random.default_rng(0), activations=activation, target="binary"), lr
    )
    run.go_to(step)
    return run


def wilson_interval(
    hits: Int[np.ndarray, "*s"], trials: int
) -> tuple[Float[np.ndarray, "*s"], Float[np.ndarray, "*s"]]:
    """The ends of the 95 % confidence interval of a rate, sensible also at 0 and at all hits.

    Source: Wilson (1927), Journal of the American Statistical Association 22(158).
    """
    z = 1.959964
    rate, shrink = hits / trials, 1 / (1 + z**2 / trials)
    centre = shrink * (rate + z**2 / (2 * trials))
    half = shrink * z * np.sqrt(rate * (1 - rate) / trials + z**2 / (4 * trials**2))
    return centre - half, centre + half


def full_batch_losses(
    model: MLP, X: Float[np.ndarray, "n d"], y: Int[np.ndarray, " n"], lr: float, epochs: int
) -> Sequence[float]:
    """The losses of gradient descent, each before its step."""
    rng = np.random.default_rng(0)  # the order of the rows makes no difference to a full batch
    return fast.fit(model, X, y, SGD(lr), epochs=epochs, batch_size=len(X), rng=rng, progress=False).losses


class Run:
    """Full-batch gradient descent on the binary cross-entropy that can be asked for any step, also an earlier one."""

    every = 250  # steps between two snapshots

    def __init__(self, dataset: data.Dataset, model: MLP, lr: float, l2: float = 0.0, first: int = 0) -> None:
        """``l2`` draws all weights to 0; ``first`` is the number of the step at which the model is now."""
        self.X, self.y = dataset
        self.model, self.lr, self.l2, self.step, self.first = model, lr, l2, first, first
        self.grad = np.empty_like(model.theta)
        self.work = fast.Workspace(model, len(self.X), self.grad)
        self.work.X[:] = self.X
        self.losses: list[float] = []
        self.snapshots = [model.theta.copy()]
        self.last = LAST  # the step beyond which numbers explode, once that is known

    def go_to(self, step: int) -> None:
        """Train up to ``step``, from the present or from a snapshot before it."""
        if step < self.step:
            k = min(max(step - self.first, 0) // self.every, len(self.snapshots) - 1)
            self.step, self.model.theta[:] = self.first + k * self.every, self.snapshots[k]
        while self.step < min(step, self.last):
            self._once()

    def _once(self) -> None:
        with np.errstate(all="ignore"):
            try:
                loss = self.work.gradients(self.y)
            except ValueError:  # a logit is not finite
                loss = np.inf
            for W, dW in zip(self.model.Ws, views(self.grad, self.model.sizes)[0], strict=True):
                dW += self.l2 * W
            self.grad *= self.lr
            if not max(loss, np.abs(self.grad).max()) < TOO_LARGE:  # nan, too
                self.last = self.step
                return
            self.model.theta -= self.grad
        self.step += 1
        if self.step - self.first > len(self.losses):
            self.losses.append(loss)
        if self.step - self.first == self.every * len(self.snapshots):
            self.snapshots.append(self.model.theta.copy())

    def hidden(self, P: Float[np.ndarray, "m 2"]) -> list[Float[np.ndarray, "m h"]]:
        """The values of all hidden layers at the places ``P``."""
        layers, H = [], P
        for W, b, name in list(zip(self.model.Ws, self.model.bs, self.model.activations, strict=True))[:-1]:
            H = activation(name, H @ W + b)
            layers.append(H)
        return layers


def _centred(dataset: data.Dataset) -> data.Dataset:
    """Moons in the middle of the picture and as large as the other sets."""
    X, y = dataset
    return 0.8 * (X - [0.5, 0.25]), y
