"""Exercise 5.6: the recursion for G, down through all layers."""

from typing import Any

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support import batches
from autograde.exercises.support.batches import Maker, in_single, in_whole, output_and_cache
from autograde.exercises.support.drawing import Rng, eighths
from autograde.exercises.support.pictures import layer_errors
from autograde.exercises.support.variants import each_whole, sized, with_zeros
from autograde.judging.exercise import Together, together
from mlp_reference import mlp


def _with_gradient(make: Maker) -> Maker:
    """X, Ws, bs and a G of the output's shape."""

    def drawn(rng: Rng) -> Arguments:
        X, Ws, bs = make(rng)
        return X, Ws, bs, eighths(rng, len(X), len(bs[-1]))

    return drawn


_any = _with_gradient(batches.three_layers)


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
    X, Ws, bs, G = _with_gradient(batches.three_layers)(rng)
    bs[0][1] -= 50.0
    return X, Ws, bs, G


def _later_call(rng: Rng) -> Arguments:
    X, Ws, bs, G = _with_gradient(batches.three_layers)(rng)
    return X, Ws, bs, G, -X, [-W for W in Ws], bs


def _later_call_of_another_depth(rng: Rng) -> Arguments:
    X, Ws, bs, G = _with_gradient(batches.three_layers)(rng)
    return X, Ws, bs, G, *(batches.two_layers, batches.deep)[int(rng.integers(2))](rng)


def _shared(rng: Rng) -> Arguments:
    """One matrix in three layers: each use has a gradient of its own."""
    X, Ws, bs, G = _with_gradient(batches.all_alike)(rng)
    return X, 3 * Ws[:1], bs, G


def _gradients(fn: Together, X: Any, Ws: Any, bs: Any, G: Any, *later: Any) -> Any:
    _, cache = output_and_cache(fn["mlp_forward"](X, Ws, bs))
    if later:
        fn["mlp_forward"](*later)
    return fn["mlp_backward"](G, cache)


def _script(args: Arguments) -> str:
    between = "mlp_forward(X2, Ws2, bs2)  # must leave the first cache alone\n" if len(args) > 4 else ""
    return f"Z, cache = mlp_forward(X, Ws, bs)\n{between}dWs, dbs = mlp_backward(G, cache)"


exercise = Exercise(
    reference=together(mlp.mlp_forward, mlp.mlp_backward),
    outputs=("dWs", "dbs"),
    probe=_gradients,
    picture=layer_errors,
    given=("X", "Ws", "bs", "G", "X2", "Ws2", "bs2"),
    script=_script,
    cases=[
        Case(
            "three layers of any width",
            [_with_gradient(batches.three_layers)] * 2 + [in_single(_with_gradient(batches.three_layers))],
            times=6,
        ),
        Case(
            "whole numbers, layers of one unit",
            [in_whole(_with_gradient(batches.three_layers)), _with_gradient(batches.narrow)],
            times=4,
            weight=0.5,
        ),
        Case(
            "whole numbers beside others; zeros; large and tiny numbers",
            [*each_whole(_any, 0, 1, 3), with_zeros(_any), *sized(_any, 3)],
            times=6,
            weight=0.5,
        ),
        Case("one layer, two layers", [*map(_with_gradient, (batches.one_layer, batches.two_layers))], times=4),
        Case("six layers", [_with_gradient(batches.deep)], times=2),
        Case("a single example", [_with_gradient(batches.one_example)], times=2),
        Case("all widths alike, and n too", [_with_gradient(batches.all_alike), _shared], times=4),
        Case("a pre-activation of exactly 0: the slope there is 0", [_at_the_kink]),
        Case("a hidden unit that is never on", [_dead_unit], times=2),
        Case("another forward call in between", [_later_call], times=2),
        Case("a forward call of another depth in between", [_later_call_of_another_depth], times=2, weight=0.5),
    ],
)

# %% hints
# 1. Go through the layers from the last to the first with one variable, G. At each layer three things happen, as in
#    `affine_backward`, and between two layers G passes a ReLU. Which layer's units decide what gets through?
# 2. In each round: dW = H.T @ G and db = G.sum(axis=0) with H, what went *into* this layer; then G @ W.T goes down, and
#    is set to 0 wherever the unit below was off. Those are the places where H is not above 0. (For the first layer H is
#    X, and nothing goes further down.)
# 3. If your `mlp_forward` keeps a list of pairs (H, W), what went into a layer and its matrix, the loop is `for H, W in
#    reversed(cache)`. The lists fill from the last layer on: turn both around at the end, `[::-1]`.
# 4. The body of the loop: `dWs.append(H.T @ G)`, `dbs.append(G.sum(axis=0))`, `G = (G @ W.T) * (H > 0)`.

# %% elegant
# One variable G walks down through the layers. ReLU's slope is a mask, applied on arrival, so the last layer, which
# has none, needs no special code but the `if`.

# %% right
def mlp_forward(X, Ws, bs):
    H, Hs, Zs = X, [], []
    for W, b in zip(Ws, bs):
        Hs.append(H)
        Zs.append(H @ W + b)
        H = np.maximum(Zs[-1], 0)
    return Zs[-1], (Hs, Zs, Ws)

def mlp_backward(G, cache):
    Hs, Zs, Ws = cache
    L, n = len(Ws), len(G)
    dWs, dbs = [None] * L, [None] * L
    for l in reversed(range(L)):
        if l < L - 1:
            G = G * (Zs[l] > 0)
        dWs[l] = Hs[l].T @ G
        dbs[l] = G.sum(axis=0)
        G = G @ Ws[l].T
    return dWs, dbs

# %% right
def mlp_forward(X, Ws, bs):
    cache, H = [], X
    for i, (W, b) in enumerate(zip(Ws, bs)):
        cache.append((H, W))
        H = H @ W + b
        if i < len(Ws) - 1:
            H = np.maximum(H, 0)
    return H, cache

def mlp_backward(G, cache):
    dWs, dbs = [], []
    while cache:
        H, W = cache.pop()
        dWs.insert(0, H.T @ G)
        dbs.insert(0, G.sum(0))
        G = np.where(H > 0, G @ W.T, 0)
    return dWs, dbs

# %% right
def mlp_forward(X, Ws, bs):
    Z = X @ Ws[0] + bs[0]
    if len(Ws) == 1:
        return Z, lambda G: ([X.T @ G], [G.sum(axis=0)], G @ Ws[0].T)
    out, rest = mlp_forward(np.maximum(Z, 0), Ws[1:], bs[1:])
    def backward(G):
        dWs, dbs, G = rest(G)
        G = G * (Z > 0)
        return [X.T @ G, *dWs], [G.sum(axis=0), *dbs], G @ Ws[0].T
    return out, backward

def mlp_backward(G, cache):
    return cache(G)[:2]

# %% right
def mlp_forward(X, Ws, bs):
    # only the inputs are kept: all else is computed again on the way back
    return run(X, Ws, bs)[-1][1], {"X": X, "Ws": Ws, "bs": bs}

def run(X, Ws, bs):
    steps, H = [], X
    for W, b in zip(Ws, bs):
        Z = H @ W + b
        steps.append((H, Z))
        H = Z * (Z > 0)
    return steps

def mlp_backward(G, cache):
    steps = run(cache["X"], cache["Ws"], cache["bs"])
    out = []
    for i in range(len(steps) - 1, -1, -1):
        H, Z = steps[i]
        if i != len(steps) - 1:
            G = np.where(Z > 0, 1, 0) * G
        out = [(np.einsum("nd,nh->dh", H, G), np.einsum("nh->h", G))] + out
        G = np.einsum("nh,dh->nd", G, cache["Ws"][i])
    return tuple(zip(*out))

# %% right
class Net:
    pass

def mlp_forward(X, Ws, bs):
    net = Net()
    net.Hs, net.Ws = [np.float64(X)], [np.float64(W) for W in Ws]
    for W, b in list(zip(Ws, bs))[:-1]:
        net.Hs.append(np.maximum(net.Hs[-1] @ W + b, 0.0))
    return net.Hs[-1] @ Ws[-1] + bs[-1], net

def mlp_backward(G, cache):
    dWs = [np.zeros(W.shape) for W in cache.Ws]
    dbs = [np.zeros(W.shape[1]) for W in cache.Ws]
    for i, g in enumerate(G):  # one example at a time
        for l in range(len(cache.Ws))[::-1]:
            h = cache.Hs[l][i]
            dWs[l] += np.outer(h, g)
            dbs[l] += g
            g = (cache.Ws[l] @ g) * (h > 0)
    return dWs, dbs
