"""Small nets with planted faults, for a checker to find: a loss, parameters, gradients as someone wrote them."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

from mlp_reference import sigmoid, softmax_xent

Arrays = dict[str, Float[np.ndarray, "..."]]
N, D, H, K = 8, 4, 4, 4  # square weights: a transposed one raises no error


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
