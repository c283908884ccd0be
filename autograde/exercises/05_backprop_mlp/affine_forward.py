"""Exercise 5.2: X @ W + b, and whatever the way back will need."""

from typing import Any

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.batches import batch, in_single, in_whole, odd_sizes, output_and_cache
from autograde.exercises.support.drawing import Rng
from autograde.exercises.support.variants import each_whole, sized, whole_but, with_zeros
from mlp_reference import layers


def _different(rng: Rng) -> Arguments:
    n, d, h = odd_sizes(rng, 3)
    return batch(rng, n, d, h)


def _narrow(rng: Rng) -> Arguments:
    """One input or one output."""
    d, h = rng.permutation([1, 4])
    return batch(rng, 3, int(d), int(h))


def _square(rng: Rng) -> Arguments:
    """As many examples as inputs as outputs: a wrong axis raises no error here."""
    return batch(rng, 4, 4, 4)


def output(fn: Any, X: Any, W: Any, b: Any) -> Any:
    """What is judged: the output alone."""
    return output_and_cache(fn(X, W, b))[0]


exercise = Exercise(
    reference=layers.affine_forward,
    probe=output,
    cases=[
        Case("batches of any shape", [_different, _different, in_single(_different)], times=6),
        Case(
            "whole numbers, also beside others; zeros; large and tiny numbers",
            [in_whole(_different), *each_whole(_different, 0, 1, 2), whole_but(_different, 2), with_zeros(_different), *sized(_different, 0, 2)],
            times=8,
            weight=0.5,
        ),
        Case("a single example", [lambda rng: batch(rng, 1, 3, 5)], times=2),
        Case("one input, or one output", [_narrow], times=3),
        Case("n = d_in = d_out: no error tells of a wrong axis", [_square], times=2),
    ],
)

# %% hints
# 1. One row of the output is the sum of products that notebook 01 began with, once for each output: z_c = sum over r
#    of x_r W_rc, plus b_c. For the way back, keep what the derivatives are made of.
# 2. (n, d_in) times (d_in, d_out) is (n, d_out), and NumPy adds a vector of shape (d_out,) to every row of it. dZ/dW
#    needs X, dZ/dX needs W: a cache may be the tuple `(X, W)`.
# 3. `return X @ W + b, (X, W)`

# %% elegant
# It keeps references to what it was given, and nothing else: neither b nor Z occurs in a derivative, and a cache
# costs memory.

# %% right
def affine_forward(X, W, b):
    Z = X @ W + b
    cache = X, W
    return Z, cache

# %% right
def affine_forward(X, W, b):
    n, d = X.shape
    Z = np.zeros((n, W.shape[1]))
    for i in range(n):
        for k in range(W.shape[1]):
            Z[i, k] = b[k]
            for l in range(d):
                Z[i, k] += X[i, l] * W[l, k]
    return Z, {"X": X, "W": W}

# %% right
def affine_forward(X, W, b):
    return np.einsum('nd,dh->nh', X, W) + b, lambda G: (G @ W.T, X.T @ G, G.sum(0))

# %% right
def affine_forward(X, W, b):
    ones = np.ones((len(X), 1))
    return [np.hstack([X, ones]) @ np.vstack([W, b]), None]

# %% right
class Kept:
    def __init__(self, **arrays):
        self.__dict__.update(arrays)

def affine_forward(X, W, b):
    Z = (W.T @ X.T + b[:, None]).T
    return np.array(Z, dtype=float), Kept(inputs=X.copy(), weights=W.copy())

# %% right
def affine_forward(X, W, b):
    return tuple([[x @ W + b for x in X], iter((X, W))])

# %% wrong
# the bias is left out: `X @ W + b` -> `X @ W`
#   Affine means linear plus a constant: add b to every row.
# the bias is subtracted: `X @ W + b` -> `X @ W - b`
#   In this course the bias is added: Z = X W + b.
# the bias runs along the examples: `X @ W + b` -> `…[:, None]`
#   b has one entry for each *output*, so it belongs to the columns. NumPy adds a vector of shape (d_out,) to each row
#   of (n, d_out) by itself.
# the biases are summed: `X @ W + b` -> `….sum()`
#   Each output has a bias of its own: add the vector, not its sum.
# only the first bias is added: `X @ W + b` -> `…[0]`
#   Each output has a bias of its own: add the whole vector b.
# the weights are transposed: `X @ W + b` -> `X @ W.T + b`
#   Here W has shape (d_in, d_out), so X @ W fits as it is: (n, d_in) times (d_in, d_out) is (n, d_out).
# W and X are exchanged: `X @ W + b` -> `W @ X + b`
#   W @ x is for examples in columns. Here they are rows: X @ W.
# multiplied entry by entry: `X @ W + b` -> `X * W + b`
#   `*` multiplies entry by entry. The sum over the inputs is the matrix product, `@`.
# examples in columns: `X @ W + b` -> `(…).T`
#   Rows are examples: the output has shape (n, d_out).
# averaged over the batch: `X @ W + b` -> `(…).mean(axis=0)`
#   Each example has an output of its own. Means come later, with the loss.
# divided by n: `X @ W + b` -> `(…) / len(X)`
#   The 1/n belongs to the loss. A layer does the same with each row, whatever else is in the batch.
# the bias is divided by n: `X @ W + b` -> `… / len(X)`
#   Every row gets the whole bias.
# with an activation: `X @ W + b` -> `np.maximum(…, 0)` | `1 / (1 + np.exp(-(…)))` | `np.tanh(…)`
#   The affine layer ends before the activation: that one is a module of its own.
# the first example alone: `X @ W + b` -> `X[0] @ W + b`
#   The whole batch goes through at once: X @ W, without an index.
# something else than a pair is returned: `return Z, cache` -> `return Z`
#   Return exactly two things, `return Z, cache`. The second one is what `affine_backward` will be given: pack all that
#   you keep into it, for example a tuple `(X, W)`.
# cache and output are exchanged: `return Z, cache` -> `return cache, Z`
#   The output comes first: `return Z, cache`.
# something else than a pair is returned: `return Z, cache` -> `return Z, X, W, b`
#   Return exactly two things, `return Z, cache`. The second one is what `affine_backward` will be given: pack all that
#   you keep into it, for example a tuple `(X, W)`.
# the caller's bias is changed
# - X @ W + b
# + X @ W
# +     for i in range(len(Z)):
# +         z = b
# +         z += Z[i]
# +         Z[i] = z
#   `+=` changes b itself, under another name as well: `z = b` makes no copy. Write `z = b + ...`.
