"""Exercise 2.6: a hidden layer that computes features, and a linear readout."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.batches import in_whole
from autograde.exercises.support.special import each_zero, with_ties
from autograde.exercises.support.variants import each_whole, whole_but
from autograde.exercises.support.drawing import Rng, eighths, odd_size
from mlp_reference import two_layer


def _net(rng: Rng, n: int, d: int, h: int, k: int) -> Arguments:
    return eighths(rng, n, d), eighths(rng, d, h), eighths(rng, h), eighths(rng, h, k), eighths(rng, k)


def _all_different(rng: Rng) -> Arguments:
    return _net(rng, odd_size(rng), 2, 4, 3)


def _all_equal(rng: Rng) -> Arguments:
    """Every transpose has a fitting shape."""
    return _net(rng, 3, 3, 3, 3)


def _single_precision(rng: Rng) -> Arguments:
    X, W1, b1, W2, b2 = (a.astype(np.float32) for a in _all_different(rng))
    return X, W1, b1, W2, b2


def _large(rng: Rng) -> Arguments:
    X, W1, b1, W2, b2 = _net(rng, 5, 2, 4, 3)
    return 500 * X, W1, b1, W2, b2


exercise = Exercise(
    reference=two_layer.two_layer_forward,
    cases=[
        Case("networks of different widths", [_all_equal, _all_different, _single_precision], times=6),
        Case(
            "one row, one hidden unit, one output",
            [lambda rng: _net(rng, 5, 3, 2, 1), lambda rng: _net(rng, 1, 2, 3, 2), lambda rng: _net(rng, 4, 1, 1, 2)],
            times=6,
        ),
        Case("whole numbers", [in_whole(_all_different)], times=2, weight=0.5),
        Case("large inputs", [_large]),
        Case(
            "one number in and out, zeros, whole numbers beside others",
            [
                *(lambda rng: _net(rng, 1, 2, 3, 1), lambda rng: _net(rng, 1, 1, 1, 1)),
                *(*each_zero(_all_different, 0, 1, 2, 3, 4), *each_whole(_all_different, 0, 1, 2, 3, 4), whole_but(_all_different, 2)),
                with_ties(_all_different, 0, 1, 2, 3, 4),
            ],
            times=14,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. Three lines: the sums of all hidden units, their squashed values, the output. Write down the shape of each
#    before you compute it.
# 2. X (n, d) times W1 (d, m) gives (n, m); b1 (m,) is added to every row. Squash, then H (n, m) times W2 (m, k) gives
#    (n, k).
# 3. `H = sigmoid(X @ W1 + b1)`, then `H @ W2 + b2`. No activation at the end.

# %% elegant
# Three lines for three shapes: (n, m), (n, m), (n, k). The biases are added by broadcasting, and no example is ever
# touched alone.

# %% right
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)

def two_layer_forward(X, W1, b1, W2, b2):
    Z = X @ W1 + b1
    H = sigmoid(Z)
    out = H @ W2 + b2
    return out

# %% right
def two_layer_forward(X, W1, b1, W2, b2):
    return 1 / (1 + np.exp(-(X @ W1 + b1))) @ W2 + b2

# %% right
import math

def two_layer_forward(X, W1, b1, W2, b2):
    n, (h, k) = len(X), W2.shape
    out = np.zeros((n, k))
    for i in range(n):
        hidden = []
        for j in range(h):
            z = float(b1[j])
            for l in range(len(W1)):
                z += float(X[i][l]) * float(W1[l][j])
            hidden.append(0.5 * (1 + math.tanh(z / 2)))
        for c in range(k):
            out[i, c] = sum(hidden[j] * W2[j, c] for j in range(h)) + b2[c]
    return out

# %% right
from scipy.special import expit

def two_layer_forward(X, W1, b1, W2, b2):
    H = expit(np.einsum("nd,dh->nh", X, W1) + b1[None, :])
    return np.einsum("nh,hk->nk", H, W2) + b2[None, :]

# %% right
def two_layer_forward(X, W1, b1, W2, b2):
    columns = X.T
    hidden = np.exp(-np.logaddexp(0, -(W1.T.dot(columns) + b1[:, None])))
    return (W2.T.dot(hidden) + b2[:, None]).T

# %% right
def two_layer_forward(X, W1, b1, W2, b2):
    def layer(A, W, b):
        return np.hstack([A, np.ones((len(A), 1))]) @ np.vstack([W, b])
    H = np.tanh(layer(X, W1, b1) / 2)
    return layer(H, W2 / 2, b2 + W2.sum(axis=0) / 2)

# %% wrong
# a sigmoid on the output, too: `return out` -> `return sigmoid(out)`
#   The output is left linear here: the logits H @ W2 + b2, and the loss squashes them later.
# no activation: two linear layers: `H = sigmoid(Z)` -> `H = Z`
#   Without the sigmoid in between the two layers collapse into one.
# the sigmoid stands behind the wrong layer: `H = sigmoid(Z)` -> `H = Z`, `return out` -> `return sigmoid(out)`
#   The sigmoid belongs between the two layers: sigmoid(X @ W1 + b1) @ W2 + b2.
# the bias of the hidden layer is left out: without `+ b1`
#   Every hidden unit has its own bias: X @ W1 + b1.
# the bias of the output is left out: without `+ b2`
#   The output has a bias of its own: H @ W2 + b2. Without it even good features may not be enough.
# the hidden bias is added after the sigmoid: `Z = X @ W1 + b1 ⏎ H = sigmoid(Z)` -> `Z = X @ W1 ⏎ H = sigmoid(Z) + b1`
#   The bias moves the bend of the sigmoid, so it is added before squashing: sigmoid(X @ W1 + b1).
# the first matrix is transposed: `X @ W1` -> `….T`
#   W1 has shape (d, m): X @ W1 has shape (n, m) as it is, no transpose is needed.
# the second matrix is transposed: `H @ W2` -> `….T`
#   W2 has shape (m, k): H @ W2 has shape (n, k) as it is, no transpose is needed.
# both matrices are transposed: `X @ W1` -> `….T`, `H @ W2` -> `….T`
#   The transposes belong to the notation with columns. Here rows are examples: X @ W1 and H @ W2.
# the matrices stand on the left: `X @ W1 + b1` -> `W1 @ X + b1`, `H @ W2 + b2` -> `W2 @ H + b2`
#   Examples are rows, so the weights multiply from the right: X @ W1.
# tanh instead of the sigmoid: `H = sigmoid(Z)` -> `H = np.tanh(Z)`
# ReLU instead of the sigmoid: `H = sigmoid(Z)` -> `H = np.maximum(Z, 0)`
#   The hidden activation of this exercise is the sigmoid.
# a threshold instead of the sigmoid: `H = sigmoid(Z)` -> `H = (Z > 0).astype(float)`
#   A step has no useful slope; the hidden units squash smoothly, with the sigmoid.
# the sign of the exponent is wrong: `sigmoid(Z)` -> `sigmoid(-Z)`
#   Your hidden units fall where they should rise: sigmoid(z) is 1 / (1 + exp(-z)), with a minus in the exponent.
# axes of length 1 are squeezed away: `return out` -> `return np.squeeze(out)`
#   For one output or one row the result still has both axes, (n, k): leave `squeeze` away.
# the outputs are classes: `return out` -> `….argmax(axis=1)`
#   The network returns k numbers for each row, shape (n, k); choosing a class comes later.
# the hidden values are returned: `return out` -> `return H`
#   One layer is missing: H goes through the second layer, H @ W2 + b2.
# inf divided by inf is nan: ` np.where(np.asarray(z) >= 0, 1, e) / (1 + e)` -> ` np.exp(z) / (1 + np.exp(z))`
#   For large sums exp(z) is inf, and inf/inf is nan: use a sigmoid whose exponent is not positive.
# the two biases are exchanged: `X @ W1 + b1` -> `X @ W1 + b2`, `H @ W2 + b2` -> `H @ W2 + b1`
#   b1 belongs to the hidden layer, one for each of its m units; b2 to the output.
# entries are multiplied instead of matrices: `X @ W1` -> `X * W1`, `H @ W2` -> `H * W2`
#   or `X @ W1` -> `X * W1`
#   or `H @ W2` -> `H * W2`
#   `*` multiplies entry by entry. Each unit sums over what comes in: `@`.
# the derivative of the sigmoid: `H = sigmoid(Z)` -> `H = sigmoid(Z) * (1 - sigmoid(Z))`
#   The hidden values are the sigmoid itself; its slope is for the way back.
# the outputs of an example are added up: `H @ W2 + b2` -> `(H @ W2).sum(axis=1, keepdims=True) + b2`
#   `H @ W2` has summed over the hidden units already: each of the k outputs stands for itself.
# the bias of the output is added to its weights: `H @ W2 + b2` -> `H @ (W2 + b2)`
#   First the product, then the bias: H @ W2 + b2.
# the hidden bias goes through a sigmoid of its own: `Z = X @ W1 + b1 ⏎ H = sigmoid(Z)` -> `H = sigmoid(X @ W1) + sigmoid(b1)`
#   The bias moves the bend of the sigmoid, so it is added before squashing: sigmoid(X @ W1 + b1).
# a softmax instead of the sigmoid: `H = sigmoid(Z)` -> `E = np.exp(Z - Z.max(axis=1, keepdims=True)) ⏎ H = E / E.sum(axis=1, keepdims=True)`
#   Softmax makes the hidden units compete for a sum of 1. The sigmoid looks at each unit by itself.
# what goes into the sigmoid is clipped: `sigmoid(Z)` -> `sigmoid(np.clip(Z, -5, 5))` | `sigmoid(np.clip(Z, -10, 10))` | `sigmoid(np.clip(Z, -1, 1))`
#   sigmoid(-10) is 5e-5, and smaller sums must give smaller values still. Clip much farther out, or better, avoid clipping.
# the column of ones stands first, the bias last
#   `Z = X @ W1 + b1` -> `Z = np.column_stack([np.ones(len(X)), X]) @ np.vstack([W1, b1])`
#   With the ones in the first column the bias must be the first row: `np.vstack([b1, W1])`.
# the bias of the output comes once for each hidden unit: `H @ W2 + b2` -> `H @ W2 + len(b1) * b2`
#   b2 is added once to each output, behind the sum over the hidden units.
# decisions instead of logits: `return out` -> `return (out > 0).astype(int)`
#   | `return (out > 0)`
#   The network returns the sums themselves: a decision, or a probability, is made of them later.
# a softmax on the output: `return out` -> `return np.exp(out - out.max(axis=1, keepdims=True)) / np.exp(out - out.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)`
#   The output is left linear here: the logits H @ W2 + b2, and the loss squashes them later.
# the ones stand at the other end than the biases
#   `Z = X @ W1 + b1` -> `Z = np.column_stack([np.ones(len(X)), X]) @ np.vstack([W1, b1])`,
#   `out = H @ W2 + b2` -> `out = np.column_stack([np.ones(len(H)), H]) @ np.vstack([W2, b2])`
#   With [x, 1] the biases are the last row of the matrix, with [1, x] the first: both in the same order.
