"""Exercise 2.5: many affine maps in a row are one."""

from itertools import pairwise

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.batches import Maker, in_whole, whole
from autograde.exercises.support.special import each_zero
from autograde.exercises.support.variants import each_whole
from autograde.exercises.support.drawing import Rng, eighths
from autograde.exercises.support.families import alone
from mlp_reference import two_layer


def _layers(rng: Rng, widths: list[int]) -> Arguments:
    Ws = [eighths(rng, d_in, d_out) for d_in, d_out in pairwise(widths)]
    return Ws, [eighths(rng, d) for d in widths[1:]]


def _odd_widths(rng: Rng) -> Arguments:
    return _layers(rng, [2, 5, 3, 4])


def _equal_widths(rng: Rng) -> Arguments:
    """Every order and every transpose has a fitting shape."""
    return _layers(rng, [3, 3, 3, 3])


def _two_layers(rng: Rng) -> Arguments:
    return _layers(rng, [4, 3, 2])


def _single_precision(rng: Rng) -> Arguments:
    Ws, bs = _odd_widths(rng)
    return [W.astype(np.float32) for W in Ws], [b.astype(np.float32) for b in bs]


def _of(*widths: int) -> Maker:
    return lambda rng: _layers(rng, list(widths))


def _one_matrix(rng: Rng) -> Arguments:
    """The same array in each of seven layers."""
    Ws, bs = _layers(rng, [3, 3])
    return 7 * Ws, 7 * bs


def _first_whole(rng: Rng) -> Arguments:
    """The first layer of integers, and what comes then is not."""
    Ws, bs = _odd_widths(rng)
    return [whole(Ws[0]), *Ws[1:]], [whole(bs[0]), *bs[1:]]


def _last_bias(rng: Rng) -> Arguments:
    """Integers but for the last bias, which is added to sums of them."""
    Ws, bs = _odd_widths(rng)
    return whole(Ws), [*whole(bs[:-1]), bs[-1]]


exercise = Exercise(
    reference=two_layer.collapse_linear,
    outputs=("W", "b"),
    families=[alone("matrix")],
    cases=[
        Case("two and three layers", [_equal_widths, _odd_widths, _two_layers, _single_precision], times=8),
        Case("a single layer, and two", [lambda rng: _layers(rng, [3, 2]), _two_layers], times=4),
        Case("whole numbers", [in_whole(_odd_widths)], times=2, weight=0.5),
        Case("five layers", [lambda rng: _layers(rng, [3, 2, 4, 3, 2, 5])]),
        Case(
            "a layer with one unit, a single output",
            [lambda rng: _layers(rng, [3, 1, 4]), lambda rng: _layers(rng, [2, 3, 1])],
            times=4,
        ),
        Case(
            "a single input, one number in and out, zeros, whole numbers beside others",
            [
                *(_of(1, 3, 2), _of(1, 2), _of(3, 1), _of(1, 1), _of(1, 1, 1)),
                *(*each_zero(_odd_widths, 0, 1), *each_whole(_odd_widths, 0, 1), _first_whole, _last_bias, _one_matrix),
            ],
            times=12,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. Begin with two layers on paper: (X W + b) V + c. Multiply out: what stands behind X, and what is left over?
# 2. X (W V) + (b V + c): the layer (W, b) followed by (V, c) is the one layer with the matrix W V and the bias b V + c.
#    And that one, followed by the next?
# 3. Start with `W, b = Ws[0], bs[0]` and go through the other layers, `for V, c in zip(Ws[1:], bs[1:])`: in each the
#    matrix becomes `W @ V` and the bias `b @ V + c`.

# %% elegant
# The loop carries one affine map and composes it with the next: the weights are multiplied, and the bias goes
# through the next layer as an input would, `b @ V + c`.

# %% right
def collapse_linear(Ws, bs):
    W = Ws[0]
    b = bs[0]
    for V, c in zip(Ws[1:], bs[1:]):
        W = W @ V
        b = b @ V + c
    return W, b

# %% right
def collapse_linear(Ws, bs):
    M = np.eye(len(Ws[0]) + 1)
    for W, b in zip(Ws, bs):
        step = np.zeros((W.shape[0] + 1, W.shape[1] + 1))
        step[:-1, :-1], step[-1, :-1], step[-1, -1] = W, b, 1
        M = M @ step
    return M[:-1, :-1], M[-1, :-1]

# %% right
def collapse_linear(Ws, bs):
    def stack(X):
        for W, b in zip(Ws, bs):
            X = X @ W + b
        return X
    d = Ws[0].shape[0]
    b = stack(np.zeros((1, d)))
    return stack(np.eye(d)) - b, b[0]

# %% right
from functools import reduce

def collapse_linear(Ws, bs):
    return reduce(lambda left, right: (left[0] @ right[0], left[1] @ right[0] + right[1]), zip(Ws, bs))

# %% right
def collapse_linear(Ws, bs):
    if len(Ws) == 1:
        return np.array(Ws[0]), np.array(bs[0])
    W, b = collapse_linear(Ws[1:], bs[1:])
    return Ws[0] @ W, bs[0] @ W + b

# %% right
def collapse_linear(Ws, bs):
    total, tail = np.zeros(len(bs[-1])), np.eye(len(bs[-1]))
    for l in reversed(range(len(Ws))):
        total = total + np.einsum("i,ij->j", bs[l], tail)
        tail = np.einsum("ij,jk->ik", Ws[l], tail)
    return [tail, total]

# %% right
def collapse_linear(Ws, bs):
    W, b = Ws[0].T, bs[0].reshape(-1, 1)
    for l in range(1, len(Ws)):
        W = Ws[l].T @ W
        b = Ws[l].T @ b + bs[l].reshape(-1, 1)
    return W.T, b[:, 0]

# %% wrong
# the matrices are multiplied in the reverse order: `W @ V` -> `V @ W`
#   Rows go through from the left: X @ Ws[0] comes first, so Ws[0] stands leftmost in the product.
# matrices and biases from the other side: `W = W @ V ⏎ b = b @ V + c` -> `W = V @ W ⏎ b = V @ b + c`
#   That is right for columns, W x + b. Here examples are rows: X @ W + b, so each further matrix multiplies from the
#   right.
# the early biases don't go through the later matrices: `b @ V + c` -> `b + c`
#   or `return W, b` -> `return W, sum(bs, np.zeros(W.shape[1]))`
#   The bias of a layer enters the next layer as part of its input: it is multiplied by that layer's matrix.
# only the last bias survives: `b @ V + c` -> `c`
#   Earlier biases still arrive, multiplied by the later matrices: b @ V + c.
# the later biases are forgotten: `b @ V + c` -> `b @ V`
#   Every layer adds its own bias after its matrix: b @ V + c.
# a bias is added before the matrix instead of after it: `b @ V + c` -> `(b + c) @ V`
#   A layer first multiplies and then adds its bias: c is not multiplied by its own V.
# each bias goes through its own matrix, too: `b = bs[0]` -> `… @ Ws[0]`
#   A bias is added after the matrix of its layer, so it meets only the matrices of the layers behind.
# the bias is multiplied by the product of all matrices so far: `b @ V + c` -> `b @ W + c`
#   The bias so far goes through the one matrix that comes next, V; it has met the earlier ones already.
# the first layer is applied twice: `zip(Ws[1:], bs[1:])` -> `zip(Ws, bs)`
#   You start with the first layer and meet it again in the loop: go through `Ws[1:]`, or start with the identity and
#   zeros.
# matrix and bias are exchanged: `return W, b` -> `return b, W`
#   The matrix comes first: `return W, b`.
# only the first two layers: `Ws[1:]` -> `Ws[1:2]`
#   There may be any number of layers: go through all of them.
# the first layer is left out: `W = Ws[0]` -> `W = np.eye(len(Ws[0].T))`
#   The product begins with Ws[0]: a start with the identity is fine only if the loop then covers all matrices.
# `*` instead of `@`: `W @ V` -> `W * V`
#   `*` multiplies entry by entry. Two maps after each other are a matrix product, `@`.
# the matrices are added: `W = W @ V ⏎ b = b @ V + c` -> `W = W + V ⏎ b = b + c`
#   One map after the other is a product, not a sum: (X V) W = X (V W).
# the result is transposed: `return W, b` -> `return W.T, b`
#   W should have the shape (inputs of the first layer, outputs of the last): it is multiplied from the right, X @ W.
# the bias comes as a row matrix: `return W, b` -> `return W, np.atleast_2d(b)`
#   b has shape (d_out,), without an axis of length 1.
# the caller's lists are emptied: `W = Ws[0] ⏎ b = bs[0]` -> `W = Ws.pop(0) ⏎ b = bs.pop(0)`,
#   `Ws[1:], bs[1:]` -> `Ws, bs`
#   `pop` takes the layer out of the caller's list. Read it with an index instead.
# the last layer is left out: `zip(Ws[1:], bs[1:])` -> `zip(Ws[1:-1], bs[1:-1])`
#   Every layer takes part: the loop goes through `Ws[1:]`, to the end.
# an identity of the wrong size: `W = Ws[0] ⏎ b = bs[0]` -> `W = np.eye(len(Ws[0].T)) ⏎ b = np.zeros(len(Ws[0].T))`, `zip(Ws[1:], bs[1:])` -> `zip(Ws, bs)`
#   A start with the identity is fine, but it must have as many rows as Ws[0]: what goes in, not what comes out.
# each bias is that of the layer before: `b = bs[0] ⏎ for V, c in zip(Ws[1:], bs[1:]):` -> `b = bs[0] ⏎ for V, c in zip(Ws[1:], bs):`
#   What comes out of V gets the bias of V's own layer: matrix and bias have the same number.
# a ReLU between the layers: `b = b @ V + c` -> `b = np.maximum(b, 0) @ V + c`
#   There is no bend between these layers, and that is why one layer can do the same: b goes through V as it is.
# the biases are subtracted: `b = b @ V + c` -> `b = b @ V - c`
#   Each layer adds its bias: b @ V + c.
# each bias goes through the next matrix alone: `return W, b` -> `return W, sum((c @ V for c, V in zip(bs, Ws[1:])), bs[-1])`
#   The next matrix is not the last one: what comes out of it goes through all matrices behind, too.
