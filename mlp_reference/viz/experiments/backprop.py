"""Experiments of notebook 05: nets with planted faults, memory of activations, a gradient on its way back."""

import tracemalloc
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

from mlp_reference import activation, activation_grad, data, numeric_grad, sigmoid, softmax, softmax_xent, squared_error

Arrays = dict[str, Float[np.ndarray, "..."]]
N, D, H, K = 8, 4, 4, 4  # square weights: a transposed one raises no error
WIDTH, BATCH = 96, 256  # of the nets whose memory is measured
SIZES = (4, 6, 6, 6, 3)  # of the net for flowers
LOSSES = ("cross-entropy", "squared error")
EXAMPLES = 12
Passes = tuple[list[np.ndarray], list[np.ndarray], Float[np.ndarray, " k"], float]


class Suspect(NamedTuple):
    """What a checker is given; ``about`` says what was planted."""

    about: str
    f: Callable[[Arrays], float]
    params: Arrays
    grads: Arrays


class Net:
    """``psi(X W1 + b1) W2 + b2`` on one batch; ``grads`` can be told to make one mistake."""

    def __init__(self, seed: int, relu: bool = False) -> None:
        rng = np.random.default_rng(seed)
        self.X: Float[np.ndarray, "n d"] = rng.normal(size=(N, D))
        self.y: Int[np.ndarray, " n"] = rng.permutation(np.arange(N) % K)
        shapes = {"W1": (D, H), "b1": (H,), "W2": (H, K), "b2": (K,)}
        self.params: Arrays = {name: rng.normal(size=shape) for name, shape in shapes.items()}
        self.relu = relu

    def loss(self, p: Mapping[str, Float[np.ndarray, "..."]]) -> float:
        return softmax_xent(self._hidden(p)[1] @ p["W2"] + p["b2"], self.y)[0]

    def _hidden(self, p: Mapping[str, Float[np.ndarray, "..."]]) -> tuple[np.ndarray, np.ndarray]:
        A = self.X @ p["W1"] + p["b1"]
        return A, np.maximum(A, 0) if self.relu else sigmoid(A)

    def grads(self, p: Arrays, fault: str = "") -> Arrays:
        A, hidden = self._hidden(p)
        G = softmax_xent(hidden @ p["W2"] + p["b2"], self.y)[1]
        slope = (A > 0) if self.relu else hidden * (1 - hidden)
        if fault == "slope":
            slope = sigmoid(hidden) * (1 - sigmoid(hidden))
        G1 = (G @ p["W2"] if fault == "turn" else G @ p["W2"].T) * slope
        db1 = (G @ p["W2"].T).sum(axis=0) if fault == "bias" else G1.sum(axis=0)
        dW2 = hidden.T @ G * (N if fault == "mean" else 1)
        return {"W1": self.X.T @ G1, "b1": db1, "W2": dW2, "b2": G.sum(axis=0)}

    def slope_quotients(self) -> Float[np.ndarray, "d m"]:
        """The gradient by W1 with the slope taken at h, divided by the right one."""
        return self.grads(self.params, "slope")["W1"] / self.grads(self.params)["W1"]

    def suspect(self, about: str, fault: str = "") -> Suspect:
        return Suspect(about, self.loss, self.params, self.grads(self.params, fault))


def lineup() -> list[Suspect]:
    """Six suspects: four faults, one of them also where zeros hide it, and an innocent one beside a kink."""
    asleep = Net(4)
    asleep.params["W2"] = np.zeros((H, K))
    return [
        Net(1).suspect("W2 is not turned on the way back", "turn"),
        Net(2).suspect("the 1/n is missing in W2", "mean"),
        Net(3).suspect("the slope is taken at h", "slope"),
        asleep.suspect("b1 lacks the slope, but W2 is 0", "bias"),
        Net(4).suspect("b1 lacks the slope", "bias"),
        _beside_a_kink().suspect("nothing is wrong"),
    ]


def _beside_a_kink() -> Net:
    """A ReLU net with one pre-activation of 3e-6, closer to 0 than the usual step."""
    net = Net(8, relu=True)
    net.params["W2"] /= 4  # else the net is so sure that hardly any gradient comes back
    net.params["b1"][0] -= (net.X @ net.params["W1"] + net.params["b1"])[0, 0] - 3e-6
    return net


def measured_gradients(case: Suspect, eps: float) -> dict[str, np.ndarray]:
    """What the gradients of a suspect must be, by nudging."""

    def along(name: str) -> Callable[[np.ndarray], float]:
        return lambda x: case.f({**case.params, name: x})

    return {name: numeric_grad(along(name), p, eps) for name, p in case.params.items()}


def factors(given: Float[np.ndarray, "..."], measured: Float[np.ndarray, "..."]) -> tuple[float, float]:
    """The smallest and the largest quotient of entries, where the measured one is not next to 0."""
    there = np.abs(measured) > 1e-2 * np.abs(measured).max()
    quotients = given[there] / measured[there]
    return float(quotients.min()), float(quotients.max())


def single_gradients() -> tuple[Float[np.ndarray, "n 2"], Int[np.ndarray, " n"]]:
    """The gradient of each single flower by the two weights of a sigmoid unit, and its class."""
    X, y = data.iris_pair("versicolor", "virginica", features=("petal length (cm)", "petal width (cm)"))
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    return X * (sigmoid(X @ np.array([0.5, -0.5])) - y)[:, None], y


def agreeing_share() -> float:
    """The share of single gradients in the half of the plane that their mean points to."""
    g, _ = single_gradients()
    return float((g @ g.mean(axis=0) > 0).mean())


def angle_of_few(size: int, draws: int = 1000) -> float:
    """Degrees between the mean of some single gradients and that of all, not exceeded in 95 of 100 draws."""
    g, _ = single_gradients()
    rng, mean = np.random.default_rng(0), g.mean(axis=0)
    few = np.array([g[rng.choice(len(g), size, replace=False)].mean(axis=0) for _ in range(draws)])
    cosines = few @ mean / np.linalg.norm(few, axis=1) / np.linalg.norm(mean)
    return float(np.degrees(np.arccos(np.quantile(cosines, 0.05))))


class FlowNet:
    """A net for flowers, from which the gradient at every layer can be read; all weights can be scaled."""

    def __init__(self) -> None:
        X, y = data.iris()
        X = (X - X.mean(axis=0)) / X.std(axis=0)
        rows = np.arange(EXAMPLES) * 150 // EXAMPLES + 5
        self.X, self.y = X[rows], y[rows]
        rng = np.random.default_rng(5)
        self.Ws = [rng.normal(0, 1 / np.sqrt(a), (a, b)) for a, b in pairwise(SIZES)]
        self.bs = [rng.normal(0, 0.2, b) for b in SIZES[1:]]

    def passes(self, row: int, psi: str, loss: str, scale: float) -> Passes:
        """``(Hs, Gs, probabilities, loss)``: the inputs of the layers, and the gradients by their pre-activations."""
        h, Hs, zs = self.X[row], [], []
        for W, b in zip(self.Ws, self.bs, strict=True):
            Hs.append(h)
            zs.append(h @ (scale * W) + b)
            h = activation(psi, zs[-1])
        z, y = zs[-1][None], self.y[row : row + 1]
        value, G = softmax_xent(z, y) if loss == LOSSES[0] else squared_error(z, np.eye(SIZES[-1])[y])
        Gs = [G[0]]
        for W, below in zip(self.Ws[:0:-1], zs[-2::-1], strict=True):
            Gs.append((scale * W @ Gs[-1]) * activation_grad(psi, below))
        return Hs, Gs[::-1], softmax(z)[0], value


def flow_norms(psi: str, scale: float) -> Float[np.ndarray, "n layers"]:
    """The length of the cross-entropy's gradient at every layer, for each flower."""
    net = FlowNet()
    found = [net.passes(row, psi, LOSSES[0], scale)[1] for row in range(EXAMPLES)]
    return np.array([[np.linalg.norm(g) for g in Gs] for Gs in found])


def stretched_classes() -> data.Dataset:
    """A tight class on the left, one on the right that begins close to it and reaches far."""
    rng = np.random.default_rng(3)
    left = rng.normal(size=(20, 2)) * [0.5, 0.8] + [-1.5, 0]
    right = np.column_stack([np.linspace(0.8, 13, 24), rng.normal(0, 0.8, 24)])
    return np.concatenate([left, right]), np.repeat([0, 1], [len(left), len(right)])


def least_squares() -> tuple[Float[np.ndarray, "3"], Float[np.ndarray, " n"]]:
    """Weights and bias of the linear unit with the least squared error on them, targets -1 and 1; its outputs."""
    X, y = stretched_classes()
    A = np.column_stack([X, np.ones(len(X))])
    v = np.linalg.lstsq(A, 2.0 * y - 1, rcond=None)[0]
    return v, A @ v


def peak_megabytes(passes: Callable[[list[np.ndarray], np.ndarray], object], layers: int) -> float:
    """Megabytes that a run holds at most beyond what it is given."""
    rng = np.random.default_rng(0)
    Ws = [rng.normal(0, np.sqrt(2 / WIDTH), (WIDTH, WIDTH)) for _ in range(layers)]
    X = rng.normal(size=(BATCH, WIDTH))
    tracing = tracemalloc.is_tracing()
    if not tracing:
        tracemalloc.start()
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    passes(Ws, X)
    peak = tracemalloc.get_traced_memory()[1] - before
    if not tracing:
        tracemalloc.stop()
    return peak / 1e6


def forward_only(Ws: list[np.ndarray], H: np.ndarray) -> np.ndarray:
    """A forward pass that keeps nothing but the last activation."""
    for W in Ws:
        H = np.maximum(H @ W, 0)
    return H


def keep_all(Ws: list[np.ndarray], X: np.ndarray) -> np.ndarray:
    """Both passes, with every activation kept in between."""
    return _down(Ws, X, np.ones_like(X))


def _down(Ws: list[np.ndarray], H: np.ndarray, G: np.ndarray) -> np.ndarray:
    """Forward through some layers with everything kept, then G back through them; the gradients of W are let go."""
    kept = [H]
    for W in Ws:
        kept.append(np.maximum(kept[-1] @ W, 0))
    while len(kept) > 1:
        G = (G * (kept.pop() > 0)) @ Ws[len(kept) - 1].T
    return G


def keep_some(Ws: list[np.ndarray], X: np.ndarray) -> np.ndarray:
    """Every root(L)-th activation is kept; a stretch between two of them is computed again when G gets there."""
    step = round(len(Ws) ** 0.5)
    starts, G = [X], np.ones_like(X)
    for i in range(step, len(Ws), step):
        starts.append(forward_only(Ws[i - step : i], starts[-1]))
    for i in reversed(range(len(starts))):
        G = _down(Ws[i * step : (i + 1) * step], starts.pop(), G)
    return G
