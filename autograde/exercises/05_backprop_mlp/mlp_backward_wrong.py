"""Wrong answers to ``mlp_backward``."""

import numpy as np

# %% wrong
# the slope of the ReLU is left out: `G * (Zs[l] > 0)` -> `G`
#   Where a hidden unit was off, nothing of it reached the loss: multiply G by (Z > 0), entry by entry, before it passes
#   the layer. Or is your mask always 1? A ReLU's output is never below 0, so H >= 0 holds everywhere: ask for H > 0.
# at the kink the slope is taken as 1: `G * (Zs[l] > 0)` -> `G * (Zs[l] >= 0)`
#   The course takes the slope from the left, relu'(0) = 0: ask for Z > 0, not Z >= 0.
# at the kink the slope is taken as 1/2: `G * (Zs[l] > 0)` -> `G * 0.5 * (np.sign(Zs[l]) + 1)`
#   The course takes the slope from the left, relu'(0) = 0.
# the ReLU is applied to the gradient: `G * (Zs[l] > 0)` -> `np.maximum(G, 0)` | `G * (G > 0)`
#   The mask asks where the *pre-activation* was positive, on the way forward. G may have any sign: `G * (Z > 0)`.
# the ReLU's value instead of its slope: `G * (Zs[l] > 0)` -> `G * np.maximum(Zs[l], 0)`
#   The chain rule multiplies by the slope, 0 or 1, not by the value of the ReLU.
# multiplied by the pre-activation: `G * (Zs[l] > 0)` -> `G * Zs[l]`
#   The chain rule multiplies by the slope of the ReLU at Z, which is 0 or 1.
# the mask is upside down: `G * (Zs[l] > 0)` -> `G * (Zs[l] < 0)`
#   The ReLU lets through what is positive: the slope is 1 where Z > 0.
# the slope of a leaky ReLU: `G * (Zs[l] > 0)` -> `G * np.where(Zs[l] > 0, 1, 0.01)`
#   This net's ReLU is not leaky: its slope on the left is 0.
# the slope of tanh: `G * (Zs[l] > 0)` -> `G * (1 - np.tanh(Zs[l]) ** 2)`
#   The hidden layers are ReLUs: their slope is 1 where Z > 0, else 0.
# the output is masked, too: `if l < L - 1:` -> `if True:`
#   After the last layer there is no ReLU, so G meets it unmasked.
# the layer before the last is not masked: `if l < L - 1:` -> `if l < L - 2:`
#   Only the output layer has no ReLU. The one before it has: look at where your masks end.
# only the first layer is masked: `if l < L - 1:` -> `if l == 0 and L > 1:`
#   Every hidden layer has a ReLU, and each one masks G.
# the mask comes after the gradients of its layer
# -         if l < L - 1:
# -             G = G * (Zs[l] > 0)
#   `G = G @ Ws[l].T` -> `G = (G * (Zs[l] > 0) if l < L - 1 else G) @ Ws[l].T`
#   dW and db of a layer are made of dloss/dZ, *behind* its ReLU seen from the loss: mask first, then compute both.
# the mask of the input instead of the layer's own: `G * (Zs[l] > 0)` -> `G`,
#   `G = G @ Ws[l].T` -> `G = G @ (Ws[l] * (Ws[l] > 0)).T`
#   What is switched on or off is a unit for an example, not a weight: the mask is (Z > 0), of shape (n, d_out).
# the gradients in reverse order: `return dWs, dbs` -> `return dWs[::-1], dbs[::-1]`
#   You go backwards, so the last layer comes first: turn both lists around before you return them.
# the gradients of the weights in reverse order: `return dWs, dbs` -> `return dWs[::-1], dbs`
#   Both lists are asked for in layer order.
# the gradients of the biases in reverse order: `return dWs, dbs` -> `…[::-1]`
#   Both lists are asked for in layer order: dbs is still the other way round.
# db is not summed over the batch: `G.sum(axis=0)` -> `G.copy()`
#   Each bias has one gradient, the sum over the examples: `G.sum(axis=0)`.
# db is summed along the wrong axis: `G.sum(axis=0)` -> `G.sum(axis=1)`
#   db has one entry for each output of the layer: the sum runs over the examples, axis 0.
# db is one number: `G.sum(axis=0)` -> `G.sum()`
#   db has one entry for each output of the layer: sum over the examples only, `axis=0`.
# db is a mean: `G.sum(axis=0)` -> `G.mean(axis=0)`
#   Every path is summed; the 1/n of the loss is in G already.
# db is a row of shape (1, d_out): `G.sum(axis=0)` -> `G.sum(axis=0, keepdims=True)`
#   A gradient has the shape of what it belongs to, and b has shape (d_out,).
# the gradients are divided by n once more: `Hs[l].T @ G` -> `… / n`, `G.sum(axis=0)` -> `… / n`
#   The 1/n of the mean is in G already: the loss put it there, and it travels down by itself. Divide nowhere, neither G
#   at the start nor dW and db in the layers.
# dW is divided by n: `Hs[l].T @ G` -> `… / n`
#   The 1/n of the mean is in G already; it travels down from there.
# G is divided by n at every layer: `G = G @ Ws[l].T` -> `… / n`
#   The 1/n enters once, in the loss. Here every layer shrinks G by another factor.
# dW is transposed: `Hs[l].T @ G` -> `G.T @ Hs[l]`
#   A gradient has the shape of what it belongs to: (d_in, d_out), as W is.
# W is not transposed on the way down: `G = G @ Ws[l].T` -> `G = G @ Ws[l]` | `G = G @ Ws[l] if l > 0 else G`
#   G comes with d_out columns and must leave with d_in: multiply by W turned, `W.T`.
# W on the left on the way down: `G = G @ Ws[l].T` -> `G = Ws[l] @ G if l > 0 else G` | `G = Ws[l] @ G if True else G` |
#   `G = Ws[l].T @ G if l > 0 else G` | `G = Ws[l].T @ G if True else G`
#   W on the left is for examples in columns. Here they are rows, and G has shape (n, d_out): `G @ W.T` has the rows of
#   G and d_in columns.
# W of the wrong layer on the way down: `G = G @ Ws[l].T` -> `G = G @ Ws[max(l - 1, 0)].T`
#   G passes down through the layer's own W, the one that its Z was made with.
# G is never passed down: without `G = G @ Ws[l].T`
#   The layer below needs its own G: `G = G @ W.T` at the end of each round.
# only the last layer has a gradient: `G = G @ Ws[l].T` -> `G = 0 * (G @ Ws[l].T)`
#   The gradient goes on: `G @ W.T`, masked, is the G of the layer below.
# the gradient of the loss is taken to be 1: `L, n = len(Ws), len(G)` -> `L, n, G = len(Ws), len(G), np.ones(G.shape)`
#   The recursion starts with the G that it is given, not with ones.
# dW from the pre-activations: `Hs[l].T @ G` -> `(Zs[l - 1] if l > 0 else Hs[0]).T @ G`
#   What W is multiplied with on the way forward is H, *after* the ReLU below it.
# dW from the layer's output: `Hs[l].T @ G` -> `np.maximum(Zs[l], 0).T @ G`
#   dW is made of the layer's *input*: what W was multiplied with.
# dbs before dWs: `return dWs, dbs` -> `return dbs, dWs`
#   The order is (dWs, dbs).
# a list of pairs instead of two lists: `return dWs, dbs` -> `return list(zip(dWs, dbs))`
#   Two lists are asked for, `return dWs, dbs`: `zip(*pairs)` turns pairs into two.
# dWs alone is returned: `return dWs, dbs` -> `return dWs`
#   Return both lists: `return dWs, dbs`.
# the first layer is left out: `return dWs, dbs` -> `return dWs[1:], dbs[1:]`
#   The first layer has weights as well; its input is X.
# all gradients have the wrong sign: `Hs[l].T @ G` -> `-…`, `G.sum(axis=0)` -> `-…`
#   A gradient points uphill. The minus belongs to the step of gradient descent.
# the weights are updated on the way: `G = G @ Ws[l].T` -> `Ws[l] -= 0.1 * dWs[l] ⏎ …`
#   G must pass through the weights of the forward pass, and the step is the optimizer's: leave W as it is.

# %% wrong: the last forward call instead of the cache
#   What the forward pass keeps must travel in the cache. What is kept elsewhere knows only the latest call.
def mlp_forward(X, Ws, bs):
    global Hs, weights
    Hs, weights = [X], Ws
    for W, b in zip(Ws, bs):
        Hs.append(np.maximum(Hs[-1] @ W + b, 0))
    return Hs[-2] @ Ws[-1] + bs[-1], None

def mlp_backward(G, cache):
    dWs, dbs = [], []
    for l in reversed(range(len(weights))):
        dWs.insert(0, Hs[l].T @ G)
        dbs.insert(0, G.sum(axis=0))
        G = (G @ weights[l].T) * (Hs[l] > 0)
    return dWs, dbs

# %% wrong
# a part of the last forward call instead of the cache
#   `return Zs[-1]` -> `global last ⏎ last = Hs, Zs ⏎ …`, `Hs, Zs, Ws = cache` -> `… ⏎ Hs, Zs = last`
#   or `return Zs[-1]` -> `global last ⏎ last = Hs, ⏎ …`, `Hs, Zs, Ws = cache` -> `… ⏎ Hs, = last`
#   or `return Zs[-1]` -> `global last ⏎ last = Zs, ⏎ …`, `Hs, Zs, Ws = cache` -> `… ⏎ Zs, = last`
#   or `return Zs[-1]` -> `global last ⏎ last = Ws, ⏎ …`, `Hs, Zs, Ws = cache` -> `… ⏎ Ws, = last`
#   What the forward pass keeps must travel in the cache, inputs, masks and weights alike. What is kept elsewhere knows only
#   the latest call.
# the caller's G is changed: `L, n = len(Ws), len(G)` -> `… ⏎ G *= 1 / n`
#   `G *= ...` or `G /= ...` changes the array of the caller; and the 1/n of the mean is in G already.
# the caller's G is masked in place: `if l < L - 1:` -> `if True:`, `G * (Zs[l] > 0)` -> `G ⏎ G *= Zs[l] > 0`
#   `G *= ...` changes the array of the caller; and after the last layer there is no ReLU.
# the slope of a sigmoid: `G * (Zs[l] > 0)` -> `G * Hs[l + 1] * (1 - Hs[l + 1])`
#   h (1 - h) is the slope of the sigmoid. These are ReLUs: 1 where Z > 0, else 0.
