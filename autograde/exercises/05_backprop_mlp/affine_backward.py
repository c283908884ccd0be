"""Exercise 5.3: three gradients from one, on a cache of the learner's own."""

from typing import Any

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.batches import batch, in_single, in_whole, odd_sizes, output_and_cache
from autograde.exercises.support.drawing import Rng, eighths
from autograde.exercises.support.families import exchanged
from autograde.exercises.support.variants import each_whole, sized, with_zeros
from autograde.judging.exercise import Together, together
from mlp_reference import layers


def _with_gradient(rng: Rng, n: int, d: int, h: int) -> Arguments:
    return *batch(rng, n, d, h), eighths(rng, n, h)


def _different(rng: Rng) -> Arguments:
    return _with_gradient(rng, *odd_sizes(rng, 3))


def _narrow(rng: Rng) -> Arguments:
    d, h = rng.permutation([1, 4])
    return _with_gradient(rng, 3, int(d), int(h))


def _later_call(rng: Rng) -> Arguments:
    """Of the same shape: what is kept by shapes is lost then."""
    """Another batch of the same shape goes forward before the first one goes back."""
    sizes = odd_sizes(rng, 3)
    return *_with_gradient(rng, *sizes), *batch(rng, *sizes)


def _later_call_of_another_size(rng: Rng) -> Arguments:
    """What is kept of the last call alone does not fit then."""
    n, d, h = odd_sizes(rng, 3)
    return *_with_gradient(rng, n, d, h), *batch(rng, n - 1, d + 1, h + 2)


def _gradients(fn: Together, X: Any, W: Any, b: Any, G: Any, *later: Any) -> Any:
    _, cache = output_and_cache(fn["affine_forward"](X, W, b))
    if later:
        fn["affine_forward"](*later)
    return fn["affine_backward"](G, cache)


def _script(args: Arguments) -> str:
    between = "affine_forward(X2, W2, b2)  # must leave the first cache alone\n" if len(args) > 4 else ""
    return f"Z, cache = affine_forward(X, W, b)\n{between}dX, dW, db = affine_backward(G, cache)"


exercise = Exercise(
    reference=together(layers.affine_forward, layers.affine_backward),
    outputs=("dX", "dW", "db"),
    probe=_gradients,
    given=("X", "W", "b", "G", "X2", "W2", "b2"),
    script=_script,
    families=[exchanged("dX", "dW", "db")],
    cases=[
        Case("batches of any shape", [_different, _different, in_single(_different)], times=6),
        Case(
            "whole numbers, also beside others; zeros; large and tiny numbers",
            [in_whole(_different), *each_whole(_different, 0, 1, 3), with_zeros(_different), *sized(_different, 3)],
            times=7,
            weight=0.5,
        ),
        Case("a single example", [lambda rng: _with_gradient(rng, 1, 3, 5)], times=2),
        Case("one input, or one output", [_narrow], times=3),
        Case("n = d_in = d_out: no error tells of a wrong axis", [lambda rng: _with_gradient(rng, 4, 4, 4)], times=2),
        Case("another forward call in between", [_later_call, _later_call_of_another_size], times=4),
    ],
)

# %% hints
# 1. Write one entry: Z_ic = sum over r of X_ir W_rc, plus b_c. Which entries of Z does W_rc touch? Multiply each of
#    these local derivatives by its G_ic and add. Then the same for X_ir and b_c.
# 2. dW_rc = sum over i of X_ir G_ic; dX_ir = sum over c of G_ic W_rc; db_c = sum over i of G_ic. Each is a product of
#    two matrices, one of them turned, or a sum along one axis. The shapes leave one way to write them.
# 3. `dX = G @ W.T`, `dW = X.T @ G`, and db is G summed over the examples, axis 0. X and W come out of your cache.

# %% elegant
# Each sum of the derivation is one line: over the outputs, (n, d_out) times (d_out, d_in); over the examples, (d_in, n)
# times (n, d_out); and over the examples alone, for b.

# %% right
def affine_forward(X, W, b):
    cache = X, W
    return X @ W + b, cache

def affine_backward(G, cache):
    X, W = cache
    n = len(X)
    dX = G @ W.T
    dW = X.T @ G
    db = G.sum(axis=0)
    return dX, dW, db

# %% right
def affine_forward(X, W, b):
    return X @ W + b, {"X": X.copy(), "W": W.copy(), "b": b}

def affine_backward(G, cache):
    dX, dW, db = (np.zeros(np.shape(cache[name])) for name in ("X", "W", "b"))
    for x, g, row in zip(cache["X"], G, dX):
        dW += np.outer(x, g)
        db += g
        row += cache["W"] @ g
    return dX, dW, db

# %% right
def affine_forward(X, W, b):
    def backward(G):
        return [np.einsum("nh,dh->nd", G, W), np.einsum("nd,nh->dh", X, G), np.einsum("nh->h", G)]
    return X @ W + b, backward

def affine_backward(G, cache):
    return cache(G)

# %% right
def affine_forward(X, W, b):
    A = np.column_stack([X, np.ones(len(X))])  # the bias as one more weight
    V = np.vstack([W, b])
    return A @ V, (A, V)

def affine_backward(G, cache):
    A, V = cache
    dV = A.T @ G
    return (G @ V.T)[:, :-1], dV[:-1], dV[-1]

# %% right
class Affine:
    def __init__(self, X, W, b):
        self.X, self.W = X, W
        self.Z = X @ W + b

    def gradients(self, G):
        G = np.asarray(G, dtype=np.float64)
        per_example = self.X[:, :, None] * G[:, None, :]
        yield G.dot(self.W.transpose())
        yield per_example.sum(axis=0)
        yield np.ones(len(G)) @ G

def affine_forward(X, W, b):
    layer = Affine(X, W, b)
    return layer.Z, layer

def affine_backward(G, cache):
    return tuple(cache.gradients(G))

# %% right
kept = {}

def affine_forward(X, W, b):
    ticket = len(kept)
    kept[ticket] = iter((X, W))
    return X @ W + b, ticket

def affine_backward(G, cache):
    X, W = kept[cache]
    return [[g @ W.T for g in G], (G.T @ X).T, sum(G)]

# %% wrong: the last forward call instead of the cache
#   What the forward pass keeps must travel in the cache. What is kept elsewhere knows only the latest call, and a net with
#   two layers makes two.
def affine_forward(X, W, b):
    global kept
    kept = X, W
    return X @ W + b, None

def affine_backward(G, cache):
    X, W = kept
    return G @ W.T, X.T @ G, G.sum(axis=0)

# %% wrong
# W of the last forward call, X of the right one: `cache = X, W` -> `global last ⏎ last, cache = W, X`,
#   `X, W = cache` -> `…, last`
#   What the forward pass keeps must travel in the cache, the weights too. What is kept elsewhere knows only the latest call.
# db is not summed over the batch: `G.sum(axis=0)` -> `G`
#   b has shape (d_out,), and its gradient too. The same b is added in every row, so its effects add up: sum over the
#   rows.
# db is a mean: `G.sum(axis=0)` -> `G.mean(axis=0)`
#   Every path is summed. The 1/n of the loss is in G already.
# only the last example counts
#   `dW = X.T @ G` -> `for x, g in zip(X, G): ⏎     dW = np.outer(x, g)`,
#   `db = G.sum(axis=0)` -> `db = G.sum(axis=0)` | `db = G[-1]`
#   `dW = ...` in a loop replaces what the examples before have given. Their sum is asked for: begin with zeros, and
#   add, `dW += np.outer(x, g)`.
# db is summed along the wrong axis: `G.sum(axis=0)` -> `G.sum(axis=1)`
#   db has one entry for each output: the sum runs over the examples, axis 0.
# db is one number: `G.sum(axis=0)` -> `G.sum()`
#   db has one entry for each output: sum over the examples only, `axis=0`.
# db is a row of shape (1, d_out): `G.sum(axis=0)` -> `G.sum(axis=0, keepdims=True)`
#   A gradient has the shape of what it belongs to, and b has shape (d_out,): leave `keepdims` away.
# db is all ones: `G.sum(axis=0)` -> `np.ones(G.shape[1])`
# db counts the rows: `G.sum(axis=0)` -> `len(G) * np.ones(G.shape[1])`
#   dZ/db is 1, but that is the *local* derivative. Multiply it by G and sum over the rows.
# dW is divided by n: `X.T @ G` -> `… / n`
# the parameters' gradients are divided by n: `X.T @ G` -> `… / n`, `G.sum(axis=0)` -> `G.mean(axis=0)`
#   The 1/n of the mean is in G already: the loss put it there. Dividing again makes the step too small.
# all gradients are divided by n
#   `dX = G @ W.T ⏎ dW = X.T @ G ⏎ db = G.sum(axis=0)` -> `dX = G @ W.T / n ⏎ dW = X.T @ G / n ⏎ db = G.mean(axis=0)`
#   The 1/n of the mean is in G already: the loss put it there.
# dW is transposed: `X.T @ G` -> `G.T @ X`
#   A gradient has the shape of what it belongs to: dW is (d_in, d_out), as W is.
# W is not transposed in dX: `G @ W.T` -> `G @ W`
#   G is (n, d_out) and W (d_in, d_out): the sum runs over the outputs, so W must be turned, `W.T`.
# X is not transposed in dW: `X.T @ G` -> `X @ G`
#   The sum in dW runs over the examples, the first axis of both: turn X, `X.T @ G`.
# dX is transposed: `G @ W.T` -> `W @ G.T`
#   A gradient has the shape of what it belongs to: dX is (n, d_in), as X is.
# the derivatives without G: `G @ W.T` -> `np.ones(G.shape) @ W.T`, `X.T @ G` -> `X.T @ np.ones(G.shape)`,
#   `G.sum(axis=0)` -> `np.full(G.shape[1], float(n))`
#   These are derivatives of the *sum* of Z. The chain rule multiplies by what comes from above: G.
# dX is W itself: `G @ W.T` -> `W.T`
#   W (turned) is the local derivative dZ/dX. The chain rule multiplies it by what comes from above: G.
# dW from the first example only: `X.T @ G` -> `np.outer(X[0], G[0])`
#   Each example has an outer product of its own; W is shared by all of them, so their sum counts: `X.T @ G`.
# dW uses W in the place of X: `X.T @ G` -> `W.T @ G`
#   What is multiplied with W on the way forward is X, so X is what dW is made of.
# the cache holds Z instead of X: `cache = X, W` -> `cache = X @ W + b, W`
#   dW is made of the layer's *input*. Keep X in the cache, not the output.
# dW and db are exchanged: `return dX, dW, db` -> `return dX, db, dW`
# dX stands last: `return dX, dW, db` -> `return dW, db, dX`
# dX and dW are exchanged: `return dX, dW, db` -> `return dW, dX, db`
#   The order is (dX, dW, db), that of the arguments of affine_forward.
# dX is left out: `return dX, dW, db` -> `return dW, db`
#   The layer below needs dX, it is *its* G: return all three.
# all gradients have the wrong sign
#   `dX = G @ W.T ⏎ dW = X.T @ G ⏎ db = G.sum(axis=0)` -> `dX = -G @ W.T ⏎ dW = -X.T @ G ⏎ db = -G.sum(axis=0)`
#   A gradient points uphill. The minus belongs to the step of gradient descent, not to the gradient.
# the slope of an activation is mixed in: `n = len(X)` -> `… ⏎ G = G * (G > 0)`
#   This layer has no activation: G is used as it comes.
# the caller's G is changed: `n = len(X)` -> `… ⏎ G /= n`, `G @ W.T` -> `… * n`, `X.T @ G` -> `… * n`,
#   `G.sum(axis=0)` -> `… * n`
#   `G /= ...` changes the array of the caller. Use a new name for what you make of it.
# the caller's G is changed: `n = len(X)` -> `… ⏎ G /= n`
#   `G /= ...` changes the array of the caller; and the 1/n of the mean is in G already.
# the weights are updated already: `return dX` -> `W -= 0.1 * dW ⏎ …`
#   The backward pass computes gradients. The step is the optimizer's, later: here W must stay as it is.
