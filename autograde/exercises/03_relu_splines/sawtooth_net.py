"""Exercise 3.6: two units in each layer, twice as many pieces with each."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support import pictures
from autograde.exercises.support.drawing import Rng
from autograde.exercises.support.nets import sawtooth_values
from mlp_reference import approximation


def _two(_: Rng) -> Arguments:
    return (2,)


def _three(_: Rng) -> Arguments:
    return (3,)


def _four(_: Rng) -> Arguments:
    return (4,)


def _one(_: Rng) -> Arguments:
    return (1,)


exercise = Exercise(
    reference=approximation.sawtooth_net,
    probe=sawtooth_values,
    outputs=("the number of hidden layers", "the number of units in the widest hidden layer", "f"),
    picture=pictures.teeth,
    cases=[
        Case("two, three and four hidden layers", [_two, _three, _four]),
        Case("a single tent", [_one], times=1),
        Case("hundreds of pieces", [lambda rng: (int(rng.integers(6, 9)),)], times=2),
    ],
)

# %% hints
# 1. First a single tent: a broken line with a kink at 1/2, slope 2 before it and -2 after it. You know how to write
#    that with two ReLUs.
# 2. 1 - abs(2x - 1) = 2 relu(x) - 4 relu(x - 1/2) on [0, 1]. That is one hidden layer (W of shape (1, 2), b = [0,
#    -1/2]) and an output layer (W of shape (2, 1)). For the next tent its output is the new x.
# 3. The output layer of one tent (2, 1) followed by the first layer of the next (1, 2) is one matrix (2, 2), their
#    product; the biases are [0, -1/2] again. List: first layer, k - 1 times this product, output layer.

# %% elegant
# The tent's output layer and the next tent's input layer are both linear, so they are one matrix, `tent @ split`:
# that is why k tents need only k hidden layers.

# %% right
def sawtooth_net(k):
    split, kink = np.array([[1.0, 1.0]]), np.array([0.0, -0.5])
    tent, zero = np.array([[2.0], [-4.0]]), np.zeros(1)
    net = [(split, kink)]
    for _ in range(k - 1):
        net.append((tent @ split, kink))
    net.append((tent, zero))
    return net

# %% right
def sawtooth_net(k):
    # the tent as relu(2x) - relu(4x - 2)
    layers = [([[2, 4]], [0, -2])]
    for _ in range(k - 1):
        layers.append(([[2, 4], [-2, -4]], [0, -2]))
    layers.append(([[1], [-1]], [0]))
    return layers

# %% right
def sawtooth_net(k):
    # the tent as 1 - relu(2x - 1) - relu(1 - 2x), its constant carried into the next bias
    W, b = np.array([[2.0, -2.0]]), np.array([-1.0, 1.0])
    out, one = np.array([[-1.0], [-1.0]]), 1.0
    first = [(W, b)]
    inner = [(out @ W, one * W[0] + b) for _ in range(1, k)]
    return first + inner + [(out, np.array([one]))]

# %% right
def compose(outer, inner):
    # absorbs the output layer of one net into the first layer of the next
    (Wi, bi), (Wo, bo) = inner[-1], outer[0]
    return inner[:-1] + [(Wi @ Wo, bi @ Wo + bo)] + outer[1:]

def sawtooth_net(k):
    tent = [(np.ones((1, 2)), np.array([0.0, -0.5])), (np.array([[2.0], [-4.0]]), np.array([0.0]))]
    if k == 1:
        return tent
    return compose(tent, sawtooth_net(k - 1))

# %% right
def sawtooth_net(k):
    # folded at the kink from the right: 2 min(x, 1 - x) = 2 - 2x - ... with units relu(1 - x), relu(1/2 - x)
    W = np.array([[-1.0, -1.0]], dtype=np.float32)
    b = np.array([1.0, 0.5], dtype=np.float32)
    out = np.array([[2.0], [-4.0]], dtype=np.float32)
    return tuple([(W, b)] + [(np.dot(out, W), b)] * (k - 1) + [(out, 0.0)])

# %% wrong
# one tent too many: `range(k - 1)` -> `range(k)`
#   The first pair and the last one already make one tent: k - 1 layers go in between.
# one tent too few: `range(k - 1)` -> `range(k - 2)`
#   k tents need k hidden layers: the first pair, and k - 1 more, before the output layer.
# the number of layers does not depend on k: `range(k - 1)` -> `range(1)`
#   Every further tent is one more hidden layer: k of them in all.
# each tent has two layers of its own: `net.append((tent @ split, kink))` -> `net += [(tent, zero), (split, kink)]`
#   The values are right, but there is a hidden layer of one unit between the tents. Two linear maps in a row are one:
#   multiply the matrices.
# the matrix between two tents is transposed: `tent @ split, kink` -> `(tent @ split).T, kink`
#   W[i, j] leads from unit i to unit j: both units of a layer see the same number 2 h_0 - 4 h_1, so the two *columns*
#   are equal.
# the kink is at 1 instead of 1/2: `-0.5]` -> `-1.0]`
#   The tent turns in the middle: its second unit switches on at x = 1/2.
# the kink is at 1/4: `-0.5]` -> `-0.25]`
#   The second unit switches on where w*x + b = 0. For a kink at x = 1/2 and w = 1 that is b = -1/2.
# the second unit has no bias: `-0.5]` -> `0.0]`
#   Both units switch on at 0, so there is no kink inside. One of them must wait until x = 1/2.
# the bias has the wrong sign: `-0.5]` -> `0.5]`
#   relu(x + 1/2) is active on the whole of [0, 1]. The kink at 1/2 needs the bias -1/2.
# the bias of the second unit is missing after the first layer: `(tent @ split, kink)` -> `(tent @ split, np.zeros(2))`
#   Every tent has its kink at 1/2, so every hidden layer needs the same biases.
# the tent turns flat instead of down: `-4.0]` -> `-2.0]`
#   After the kink the slope should be -2. The first unit still adds +2, so the second must add -4.
# the tent goes on rising, steeper: `[-4.0]]` -> `[4.0]]`
#   or `tent @ split, kink` -> `abs(tent) @ split, kink`
#   or `net.append((tent, zero))` -> `net.append((abs(tent), zero))`
#   The second unit must turn the tent around: it takes -4 to the 2 of the first, which makes -2.
# the matrices in the middle are ones: `tent @ split, kink` -> `np.ones((2, 2)), kink`
#   Ones add the two units up. The next layer wants the tent's value 2 h_0 - 4 h_1 in both its units: the weights 2 and -4 stand in
#   the rows of the matrix, both columns alike.
# the tent is half as high: `[2.0], [-4.0]` -> `[1.0], [-2.0]`
#   The tent must reach 1 at x = 1/2, so it rises with slope 2; else the next one never gets past its kink.
# the last tent is upside down: `net.append((tent, zero))` -> `net.append((-tent, zero + 1))`
#   1 - abs(2x - 1) is 0 at both ends and 1 in the middle.
# each unit feeds its own successor only: `tent @ split, kink` -> `np.diag([2.0, -4.0]), kink` | `np.eye(2), kink`
#   Both units of the next layer need the same input, the value of the whole tent, 2 h_0 - 4 h_1: the matrix is full.
# the tent's weights stand inside the first ReLU: `(split, kink)]` -> `(tent.T, kink)]`,
#   `net.append((tent, zero))` -> `net.append((np.ones((2, 1)), zero))`
#   relu(-4x - 1/2) is 0 on [0, 1]: a negative weight must act *after* the ReLU, in the next matrix.
# the last matrix is a flat row: `net.append((tent, zero))` -> `net.append((tent[:, 0], zero))`
#   W has the shape (d_in, d_out), so the last one is (2, 1): then f has shape (n, 1), a column.
# a third unit in each layer: `[[1.0, 1.0]]` -> `[[1.0, 1.0, 1.0]]`, `-0.5]` -> `-0.5, -1.0]`,
#   `[-4.0]]` -> `[-4.0], [2.0]]`
#   The unit that switches on at 1 keeps the tent at 0 beyond 1, where nobody looks: two units are enough.

# %% wrong: one wide hidden layer
#   The values are right, and this is what it costs without depth: 2**k units. Asked are k hidden layers of two units
#   each.
def sawtooth_net(k):
    pieces = 2**k
    w2 = np.where(np.arange(pieces) % 2 == 0, 2.0, -2.0) * pieces
    w2[0] = pieces
    return [(np.ones((1, pieces)), -np.arange(pieces) / pieces), (w2[:, None], np.zeros(1))]

# %% wrong: tents of the same width are added
#   Your hidden layers only hand on what they get. Each one must fold once more: it needs the tent's weights and the
#   kink.
def sawtooth_net(k):
    net = [(np.array([[1.0, 1.0]]), np.array([0.0, -0.5]))]
    for _ in range(k - 1):
        net.append((np.eye(2), np.zeros(2)))
    net.append((np.array([[2.0], [-4.0]]), np.zeros(1)))
    return net

# %% wrong
# no output layer: without `net.append((tent, zero))`
#   The list has k + 1 pairs: k hidden layers, and the linear output layer at its end, which takes 2 h_0 - 4 h_1.
# the biases of the two units are exchanged: `np.array([0.0, -0.5])` -> `np.array([-0.5, 0.0])`
#   The unit with the kink at 1/2 is the one that the output layer takes -4 times: weights and biases have one order.
