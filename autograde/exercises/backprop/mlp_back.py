"""``mlp_backward``: the recursion for G, down through all layers."""

from typing import Any

import numpy as np

from autograde.exercise import Arguments, Case, Exercise
from autograde.exercises.backprop import mlp as forward
from autograde.exercises.backprop.batches import Maker, in_single, output_and_cache
from autograde.exercises.backprop.mlp_back_alternates import ALTERNATES
from autograde.exercises.backprop.mlp_back_mistakes import MISCONCEPTIONS
from autograde.exercises.backprop.pictures import layer_errors
from autograde.exercises.drawing import Rng, eighths
from autograde.together import Together, together
from mlp_reference import mlp


def _with_gradient(make: Maker) -> Maker:
    """X, Ws, bs and a G of the output's shape."""

    def drawn(rng: Rng) -> Arguments:
        X, Ws, bs = make(rng)
        return X, Ws, bs, eighths(rng, len(X), len(bs[-1]))

    return drawn


def _at_the_kink(rng: Rng) -> Arguments:
    """One pre-activation in each hidden layer is exactly 0: all numbers are multiples of 1/64."""
    X, (W1, W2, W3) = (
        eighths(rng, 5, 2),
        (np.round(8 * eighths(rng, a, b) / 4) / 8 for a, b in ((2, 3), (3, 4), (4, 3))),
    )
    b1, b2, b3 = eighths(rng, 3), eighths(rng, 4), eighths(rng, 3)
    b1[0] -= (X @ W1 + b1)[0, 0]
    H = np.maximum(X @ W1 + b1, 0)
    b2[1] -= (H @ W2 + b2)[2, 1]
    return X, [W1, W2, W3], [b1, b2, b3], eighths(rng, 5, 3)


def _dead_unit(rng: Rng) -> Arguments:
    """One hidden unit is off for every example: its weights get the gradient 0."""
    X, Ws, bs, G = _with_gradient(forward.three_layers)(rng)
    bs[0][1] -= 50.0
    return X, Ws, bs, G


def _later_call(rng: Rng) -> Arguments:
    X, Ws, bs, G = _with_gradient(forward.three_layers)(rng)
    return X, Ws, bs, G, -X, [-W for W in Ws], bs


def _gradients(fn: Together, X: Any, Ws: Any, bs: Any, G: Any, *later: Any) -> Any:
    _, cache = output_and_cache(fn["mlp_forward"](X, Ws, bs))
    if later:
        fn["mlp_forward"](*later)
    return fn["mlp_backward"](G, cache)


def _script(args: Arguments) -> str:
    between = "mlp_forward(X2, Ws2, bs2)  # must leave the first cache alone\n" if len(args) > 4 else ""
    return f"Z, cache = mlp_forward(X, Ws, bs)\n{between}dWs, dbs = mlp_backward(G, cache)"


MLP_BACKWARD = Exercise(
    name="mlp_backward",
    reference=together(mlp.mlp_forward, mlp.mlp_backward),
    outputs=("dWs", "dbs"),
    probe=_gradients,
    picture=layer_errors,
    given=("X", "Ws", "bs", "G", "X2", "Ws2", "bs2"),
    script=_script,
    cases=[
        Case(
            "three layers of any width",
            [_with_gradient(forward.three_layers)] * 2 + [in_single(_with_gradient(forward.three_layers))],
            times=6,
        ),
        Case("one layer", [_with_gradient(forward.one_layer)], times=2),
        Case("six layers", [_with_gradient(forward.deep)], times=2),
        Case("a single example", [_with_gradient(forward.one_example)], times=2),
        Case("all widths alike, and n too", [_with_gradient(forward.all_alike)], times=2),
        Case("a pre-activation of exactly 0: the slope there is 0", [_at_the_kink]),
        Case("a hidden unit that is never on", [_dead_unit], times=2),
        Case("another forward call in between", [_later_call], times=2),
    ],
    misconceptions=MISCONCEPTIONS,
    alternates=ALTERNATES,
    hints=[
        "Go through the layers from the last to the first with one variable, G. At each layer three things happen, as in `affine_backward`, and between two layers G passes a ReLU. Which layer's units decide what gets through?",
        "In each round: dW = H.T @ G and db = G.sum(axis=0) with the layer's input H; then G @ W.T goes down, and is set to 0 wherever the unit below was off. Those are the places where that layer's H (its input) is not above 0.",
        "`for H, W in reversed(cache): dWs.append(H.T @ G); dbs.append(G.sum(axis=0)); G = (G @ W.T) * (H > 0)`, and in the end turn both lists around, `[::-1]`.",
    ],
)
