"""Exercise 5.5: any number of layers, a ReLU after each but the last."""

from typing import Any

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.batches import (
    all_alike,
    deep,
    in_single,
    in_whole,
    narrow,
    one_example,
    one_layer,
    output_and_cache,
    three_layers,
    two_layers,
)
from autograde.exercises.support.drawing import Rng
from autograde.exercises.support.variants import each_whole, sized, whole_but, with_zeros
from mlp_reference import mlp


def output(fn: Any, X: Any, Ws: Any, bs: Any) -> Any:
    """What is judged: the output alone."""
    return output_and_cache(fn(X, Ws, bs))[0]


def _shared(rng: Rng) -> Arguments:
    """Three layers with one and the same array of weights."""
    X, Ws, bs = all_alike(rng)
    return X, 3 * Ws[:1], bs


def _shared_with_biases(rng: Rng) -> Arguments:
    """Three layers that are one and the same."""
    X, Ws, bs = all_alike(rng)
    return X, 3 * Ws[:1], 3 * bs[:1]


exercise = Exercise(
    reference=mlp.mlp_forward,
    probe=output,
    cases=[
        Case("three layers of any width", [three_layers, three_layers, in_single(three_layers)], times=6),
        Case("whole numbers, layers of one unit", [in_whole(three_layers), narrow], times=4, weight=0.5),
        Case(
            "whole numbers beside others; zeros; large and tiny numbers",
            [*each_whole(three_layers, 0, 1, 2), whole_but(three_layers, 2), with_zeros(three_layers), *sized(three_layers, 0, 2)],
            times=7,
            weight=0.5,
        ),
        Case("one layer: no ReLU at all; two layers", [one_layer, two_layers], times=4),
        Case("six layers", [deep], times=2),
        Case("a single example", [one_example], times=2),
        Case("all widths alike, and n too", [all_alike, _shared, _shared_with_biases], times=3),
    ],
)

# %% hints
# 1. A loop over the layers; one variable, H, is what goes into the next one. Which layer is different, and in what?
#    And what did `affine_backward` need to know of each layer?
# 2. `for W, b in zip(Ws, bs):` compute Z = H @ W + b, then H = np.maximum(Z, 0) for the next round. After the loop Z
#    is the output: its ReLU is never used.
# 3. Before H is overwritten, `cache.append((H, W))`: the input and the weights of every layer. Whether a hidden unit
#    was on can be seen from the next layer's input, which is above 0 there.

# %% elegant
# The cache is a list of (input, weights), one for each layer: exactly what backward will want, in the order in
# which it will want it, from the end.

# %% right
def mlp_forward(X, Ws, bs):
    H, cache, L = X, [], len(Ws)
    for l in range(L):
        cache.append((H, Ws[l]))
        Z = H @ Ws[l] + bs[l]
        H = np.maximum(Z, 0)
    return Z, cache

# %% right
def mlp_forward(X, Ws, bs):
    Zs, Hs = [], [X]
    for i, (W, b) in enumerate(zip(Ws, bs)):
        Zs.append(np.dot(Hs[-1], W) + b[None, :])
        if i + 1 < len(Ws):
            Hs.append(Zs[-1] * (Zs[-1] > 0))
    return Zs[-1], {"Zs": Zs, "Hs": Hs, "Ws": Ws}

# %% right
def mlp_forward(X, Ws, bs):
    if len(Ws) == 1:
        return X @ Ws[0] + bs[0], (X, Ws[0], None)
    hidden = X @ Ws[0] + bs[0]
    Z, rest = mlp_forward(np.where(hidden < 0, 0, hidden), Ws[1:], bs[1:])
    return Z, (X, Ws[0], rest)

# %% right
def mlp_forward(X, Ws, bs):
    out = []
    for x in X:
        h = x
        for W, b in zip(Ws[:-1], bs[:-1]):
            h = np.array([max(0.0, float(h @ W[:, j] + b[j])) for j in range(len(b))])
        out.append(h @ Ws[-1] + bs[-1])
    return out, lambda: None

# %% right
def layer(H, W, b):
    return np.einsum("nd,dh->nh", H, W) + b

def mlp_forward(X, Ws, bs):
    cache, H = [X], np.asarray(X, dtype=np.float64)
    *hidden, last = zip(Ws, bs)
    for W, b in hidden:
        H = np.clip(layer(H, W, b), 0, None)
        cache.append(H)
    return [layer(H, *last), cache]

# %% wrong
# a ReLU after the last layer, too: `return Z, cache` -> `return H, cache`
#   The output layer stays linear: its numbers are logits, and those may be negative.
# no ReLU anywhere: `np.maximum(Z, 0)` -> `Z`
#   Without an activation in between the whole stack is one affine map (notebook 02).
# a ReLU before the first layer: `H, cache, L = X` -> `H, cache, L = np.maximum(X, 0)`
#   The input goes into the first layer as it is.
# ReLU only after the first layer: `np.maximum(Z, 0)` -> `… if l == 0 else Z`
#   Every layer but the last is followed by a ReLU.
# the layer before the last has no ReLU: `np.maximum(Z, 0)` -> `… if l < L - 2 else Z`
#   Every layer but the last is followed by a ReLU, also the one before the last: look at where yours end.
# np.max instead of np.maximum: `np.maximum(Z, 0)` -> `np.max(Z, 0)`
#   `np.max(Z, 0)` is the largest entry of each *column*; the 0 is taken for an axis. Entry by entry it is
#   `np.maximum(Z, 0)`.
# the mask instead of the values: `np.maximum(Z, 0)` -> `1.0 * (Z > 0)`
#   `Z > 0` is the ReLU's slope. Its value is Z there: `np.maximum(Z, 0)`.
# the negative part: `np.maximum(Z, 0)` -> `np.minimum(Z, 0)`
#   The ReLU keeps what is positive: `np.maximum(Z, 0)`.
# another activation than the ReLU: `np.maximum(Z, 0)` -> `1 / (1 + np.exp(-Z))` | `np.tanh(Z)` | `np.abs(Z)` |
#   `np.where(Z > 0, Z, 0.01 * Z)`
#   The hidden layers of this net are ReLUs: `np.maximum(Z, 0)`.
# the biases are left out: without `+ bs[l]`
#   Each layer adds its bias before the ReLU.
# the last bias is left out: `+ bs[l]` -> `+ (bs[l] if l < L - 1 else 0)`
#   The output layer has a bias as well.
# the bias is added after the ReLU: `Z = H @ Ws[l] + bs[l]` -> `Z = H @ Ws[l]`, `np.maximum(Z, 0)` -> `… + bs[l]`,
#   `return Z` -> `… + bs[-1]`
#   First the whole affine map, X W + b, then the ReLU: the bias decides where the kink is.
# the weights are transposed: `H @ Ws[l]` -> `….T`
#   W has shape (d_in, d_out), so H @ W fits as it is.
# the layers in reverse order: `range(L)` -> `reversed(…)`
#   Ws[0] belongs to the input. Backwards is the other function.
# the last layer is left out: `range(L)` -> `range(max(L - 1, 1))`
#   Every layer counts, however many there are, the output layer too: that one only has no ReLU. Loop over all of `Ws`.
# every layer reads the input: `H @ Ws[l]` -> `X @ Ws[l]` | `(X if l < L - 1 else H) @ Ws[l]`
#   A layer's input is the output of the layer below: use H, which changes in the loop.
# something else than a pair is returned: `return Z, cache` -> `return Z`
#   Return exactly two things, `return Z, cache`; the second one is what `mlp_backward` will be given.
# cache and output are exchanged: `return Z, cache` -> `return cache, Z`
#   The output comes first: `return Z, cache`.
# the outputs of all layers: `H, cache, L = X, [], len(Ws)` -> `H, cache, L, Zs = X, [], len(Ws), []`,
#   `H = np` -> `Zs.append(Z) ⏎ …`, `return Z,` -> `return Zs,`
#   The first thing returned is the last layer's output alone. What the other layers computed belongs into the cache.
# the caller's lists are emptied: `Ws[l]))` -> `W))`, `Z = H @ Ws[l] + bs[l]` -> `Z = H @ W + b`,
#   `cache.append` -> `W, b = Ws.pop(0), bs.pop(0) ⏎ …`
#   `pop` takes the layers out of the caller's own list. Loop over them: `for W, b in zip(Ws, bs)`.
# the hidden biases are left out: `H @ Ws[l] + bs[l]` -> `H @ Ws[l] + (bs[l] if l == L - 1 else 0)`
#   Every layer adds its own b, the hidden ones too.
# the output layer is left out: `for l in range(L):` -> `for l in range(L - 1):`, `return Z,` -> `return H,`
#   There are as many layers as weights: the last one is affine, without a ReLU, but it is there.
# the layers in reverse order: `for l in range(L):` -> `for l in reversed(range(L)):`
#   `Ws[0]` belongs to the input: go through the layers from the first to the last.
# the bias comes after the ReLU, and the last one is lost: `Z = H @ Ws[l] + bs[l]` -> `Z = H @ Ws[l]`, `H = np.maximum(Z, 0)` -> `H = np.maximum(Z, 0) + bs[l]`
#   The bias belongs to the pre-activation, and can switch a unit on or off: first H W + b, then the ReLU of it.
# softmax at the end: `return Z, cache` -> `E = np.exp(Z - Z.max(axis=1, keepdims=True)) ⏎ return E / E.sum(axis=1, keepdims=True), cache`
#   What comes back are the logits. Softmax belongs to the loss, as one module with the cross-entropy.
