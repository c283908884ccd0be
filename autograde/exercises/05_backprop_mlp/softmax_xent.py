"""Exercise 5.1: the surprise of a class, and its slope by the logits."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.batches import few_labels, in_single, in_whole, labels, odd_sizes
from autograde.exercises.support.drawing import Rng, eighths
from autograde.exercises.support.variants import with_zeros
from mlp_reference import losses


def _moderate(rng: Rng) -> Arguments:
    n, k = odd_sizes(rng, 4)[:2]
    return eighths(rng, n, k), labels(rng, n, k)


def _unused_class(rng: Rng) -> Arguments:
    """Nobody belongs to the last two classes."""
    return eighths(rng, 5, 6), labels(rng, 5, 4)


def _half_of_the_classes(rng: Rng) -> Arguments:
    """Among those that are missing is 0: whoever numbers anew what occurs is wrong."""
    return eighths(rng, 5, 6), few_labels(rng, 5, 6)


def _one_for_all(rng: Rng) -> Arguments:
    return eighths(rng, 3, 4), np.full(3, rng.integers(1, 4))


def _sure_and_right(rng: Rng) -> Arguments:
    """All of the loss is about a millionth."""
    Z, y = eighths(rng, 5, 3) / 4, labels(rng, 5, 3)
    Z[np.arange(5), y] += rng.permutation([13.0, 14.0, 15.0, 15.5, 16.0])
    return Z, y


def _rather_large(rng: Rng) -> Arguments:
    """Every row is wrong and sure, by enough for p to round to 0 or nearly so, yet exp(z) does not overflow."""
    Z = eighths(rng, 5, 3)
    y = labels(rng, 5, 3)
    Z[np.arange(5), (y + 1) % 3] += rng.permutation([30.0, 60.0, 200.0, 500.0, 650.0])
    Z[4] -= 650.0
    return Z, y


def _very_large(rng: Rng) -> Arguments:
    """Rows of every size up to 1e4, of both signs; some are sure and right, some sure and wrong."""
    scale = rng.permutation([1.0, 300.0, 1000.0, 4000.0, 1e4])[:, None]
    return eighths(rng, 5, 4) / 3 * scale, labels(rng, 5, 4)


def _far_apart(rng: Rng) -> Arguments:
    """Within a row all is moderate, but the rows lie thousands apart."""
    return eighths(rng, 5, 3) + 1e3 * rng.permutation([-9.0, -3.0, 0.0, 4.0, 9.0])[:, None], labels(rng, 5, 3)


exercise = Exercise(
    reference=losses.softmax_xent,
    outputs=("loss", "dZ"),
    cases=[
        Case("logits of moderate size", [_moderate, _moderate, in_single(_moderate)], times=6),
        Case("whole numbers, zeros", [in_whole(_moderate), with_zeros(_moderate)], times=2, weight=0.5),
        Case("a single example", [lambda rng: (eighths(rng, 1, 5), rng.integers(0, 5, 1))]),
        Case(
            "two classes, one class",
            [lambda rng: (eighths(rng, 7, 2), labels(rng, 7, 2)), lambda rng: (eighths(rng, 3, 1), labels(rng, 3, 1))],
            times=4,
        ),
        Case("classes that no example has", [_unused_class, _half_of_the_classes, _one_for_all], times=3),
        Case("sure and wrong: p rounds to 0, the loss does not become infinite", [_rather_large]),
        Case("sure and right", [_sure_and_right], times=2, weight=0.5),
        Case("logits up to 10,000: finite and exact", [_very_large, _far_apart], times=4),
    ],
)

# %% hints
# 1. Three steps: probabilities of each row, minus the log of the label's one, and for the gradient the probabilities
#    with 1 taken off at the label. Which step breaks for a logit of 1000, and what does softmax do when you add the
#    same number to a whole row?
# 2. Subtract each row's maximum from the row, `T = Z - Z.max(axis=1, keepdims=True)`: the largest exponent is 0 now,
#    and the probabilities are the same. In -log(exp(t_y) / sum of exp) take the log apart before you compute: no
#    quotient is ever rounded to 0. To take from each row its label's entry, pair the indices: `T[np.arange(n), y]`.
# 3. With `up = np.exp(T)` the losses are `np.log(up.sum(axis=1)) - T[np.arange(n), y]`, and the loss is their mean. The
#    probabilities are `S = up / up.sum(axis=1, keepdims=True)`: copy S, subtract 1 at `[np.arange(n), y]`, divide by n.

# %% elegant
# Shifted logits T serve twice: exponentials for the gradient, and log(sum) - T for the loss, which never takes the
# log of a probability. The gradient is S with a 1 taken from the right entry, over n.

# %% right
def softmax_xent(Z, y):
    n, k = Z.shape
    rows = np.arange(n)
    T = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(T)
    S = E / E.sum(axis=1, keepdims=True)
    losses = np.log(E.sum(axis=1)) - T[rows, y]
    loss = losses.mean()
    dZ = S.copy()
    dZ[rows, y] -= 1
    dZ = dZ / n
    return loss, dZ

# %% right
def softmax_xent(Z, y):
    n, k = len(Z), len(Z[0])
    total, dZ = 0.0, np.zeros((n, k))
    for i in range(n):
        top = max(Z[i])
        e = [float(np.exp(z - top)) for z in Z[i]]
        total += np.log(sum(e)) + top - Z[i][y[i]]
        for j in range(k):
            dZ[i][j] = (e[j] / sum(e) - (j == y[i])) / n
    return total / n, dZ

# %% right
def softmax_xent(Z, y):
    log_p = Z - np.logaddexp.reduce(Z, axis=1)[:, None]
    hot = np.eye(Z.shape[1])[y]
    return -np.einsum("ij,ij->", hot, log_p) / len(y), (np.exp(log_p) - hot) / len(y)

# %% right
def log_softmax(z):
    z = z - z.max()
    return z - np.log(np.exp(z).sum())

def softmax_xent(Z, y):
    L = np.stack([log_softmax(z) for z in Z])
    loss = -np.mean([L[i, c] for i, c in enumerate(y)])
    G = np.exp(L)
    np.subtract.at(G, (np.arange(len(y)), y), 1)
    return [np.float64(loss), G / G.shape[0]]

# %% right
def softmax_xent(Z, y):
    Z = np.asarray(Z, dtype=np.float64).T
    shifted = Z - np.amax(Z, axis=0)
    lse = np.log(np.sum(np.exp(shifted), axis=0))
    hot = (np.arange(Z.shape[0])[:, None] == y).astype(float)
    loss = np.array((lse - (hot * shifted).sum(0)).mean())
    return loss, ((np.exp(shifted - lse) - hot) / Z.shape[1]).T

# %% right
def softmax_xent(Z, y):
    d = Z[:, :, None] - Z[:, None, :]
    with np.errstate(over="ignore"):
        S = 1 / np.exp(-d).sum(axis=2)
    pick = (np.arange(len(y)), np.asarray(y))
    loss = (np.log1p(np.exp(Z - Z.max(1, keepdims=True)).sum(1) - 1) + Z.max(1) - Z[pick]).mean()
    S[pick] = S[pick] - 1.0
    return loss, S / len(y)

# %% wrong
# exp overflows: `Z - Z.max(axis=1, keepdims=True)` -> `Z`,
#   `np.log(E.sum(axis=1)) - T[rows, y]` -> `np.log(E.sum(axis=1)) - T[rows, y]` | `-np.log(S[rows, y])` |
#   `-(np.eye(k)[y] * np.log(S)).sum(axis=1)`
#   exp(1000) is inf and exp(-1000) is 0, and inf / inf and 0 / 0 are nan. Softmax does not change when a row is shifted:
#   subtract each row's largest logit first.
# exp overflows in the gradient
#   `Z - Z.max(axis=1, keepdims=True)` -> `Z`
# - losses = np.log(E.sum(axis=1)) - T[rows, y]
# + T = Z - Z.max(1)[:, None]
# +     losses = np.log(np.exp(T).sum(1)) - T[rows, y]
#   The loss is exact at large logits, the probabilities are nan: use the shifted logits for both.
# one maximum for the whole batch: `Z.max(axis=1, keepdims=True)` -> `Z.max()`,
#   `np.log(E.sum(axis=1)) - T[rows, y]` -> `np.log(E.sum(axis=1)) - T[rows, y]` | `-np.log(S[rows, y])`
#   In a row that lies far below the largest logit of the batch every exp is 0, and 0/0 is nan. Each row needs its own
#   maximum: `Z.max(axis=1, keepdims=True)`.
# the log of a probability that rounded to 0: `np.log(E.sum(axis=1)) - T[rows, y]` -> `-np.log(S[rows, y])`
#   Where the net is very sure and wrong, the probability of the label is 0 as a float, and its log is -inf. Take the
#   log before dividing: -log p_y = log(sum of exp) - z_y, with shifted logits.
# 0 times the log of 0: `np.log(E.sum(axis=1)) - T[rows, y]` -> `-(np.eye(k)[y] * np.log(S)).sum(axis=1)`
#   Where a probability rounds to 0 its log is -inf, and one-hot's 0 times -inf is nan, not 0. Read the label's entry
#   alone, and take its log before dividing: log(sum of exp) - z_y, with shifted logits.
# a small number is added inside the log: `np.log(E.sum(axis=1)) - T[rows, y]` -> `-np.log(S[rows, y] + 1e-06)` |
#   `-np.log(S[rows, y] + 1e-07)` | `-np.log(S[rows, y] + 1e-08)` | `-np.log(S[rows, y] + 1e-09)` |
#   `-np.log(S[rows, y] + 1e-10)` | `-np.log(S[rows, y] + 1e-12)` | `-np.log(S[rows, y] + 1e-15)` |
#   `-np.log(S[rows, y] + 1e-16)` | `-np.log(S[rows, y] + 2.220446049250313e-16)`
#   The small number hides the infinity, but the loss of a sure and wrong prediction grows with the distance of the
#   logits, and yours stops at minus the logarithm of that number.
# the probabilities are clipped: `np.log(E.sum(axis=1)) - T[rows, y]` -> `-np.log(np.clip(S[rows, y], 1e-06, 1))` |
#   `-np.log(np.clip(S[rows, y], 1e-07, 1))` | `-np.log(np.clip(S[rows, y], 1e-08, 1))` |
#   `-np.log(np.clip(S[rows, y], 1e-09, 1))` | `-np.log(np.clip(S[rows, y], 1e-10, 1))` |
#   `-np.log(np.clip(S[rows, y], 1e-12, 1))` | `-np.log(np.clip(S[rows, y], 1e-15, 1))` |
#   `-np.log(np.clip(S[rows, y], 1e-16, 1))` | `-np.log(np.clip(S[rows, y], 2.220446049250313e-16, 1))`
#   Clipping hides the infinity, but the loss of a sure and wrong prediction grows with the distance of the logits, and
#   yours stops at minus the logarithm of the limit.
# a floor under the probabilities: `np.log(E.sum(axis=1)) - T[rows, y]` -> `-np.log(S[rows, y] + 1e-20)` |
#   `-np.log(S[rows, y] + 1e-30)` | `-np.log(S[rows, y] + 1e-100)` | `-np.log(S[rows, y] + 1e-300)` |
#   `-np.log(S[rows, y] + 2.2250738585072014e-308)`
#   No floor under p is low enough: the loss of a sure and wrong prediction grows with the distance of the logits,
#   without end, and yours stops at minus the logarithm of the floor. Take log(sum of exp) - z_y of the shifted
#   logits instead.
# softmax along the wrong axis: `S = E / E.sum(axis=1, keepdims=True)` -> `S = E / E.sum(axis=0, keepdims=True)`,
#   `Z.max(axis=1, keepdims=True)` -> `Z.max(axis=0, keepdims=True)` | `Z.max(axis=1, keepdims=True)`,
#   `np.log(E.sum(axis=1)) - T[rows, y]` -> `-np.log(S[rows, y])`
#   or `S = E / E.sum(axis=1, keepdims=True)` -> `S = E / E.sum(axis=0, keepdims=True)`,
#   `Z - Z.max(axis=1, keepdims=True)` -> `Z - Z.max(axis=1, keepdims=True)` | `Z`
#   Each *row* is one example, and its probabilities add up to 1: sum along axis 1, with keepdims=True.
# softmax over the whole batch: `S = E / E.sum(axis=1, keepdims=True)` -> `S = E / E.sum()`,
#   `Z - Z.max(axis=1, keepdims=True)` -> `Z - Z.max(axis=1, keepdims=True)` | `Z - Z.max()`,
#   `np.log(E.sum(axis=1)) - T[rows, y]` -> `-np.log(S[rows, y])` | `np.log(E.sum(axis=1)) - T[rows, y]`
#   `E.sum()` adds up the whole batch. Each row is an example of its own, and its probabilities add up to 1:
#   `E.sum(axis=1, keepdims=True)`.
# keepdims is missing: `Z.max(axis=1, keepdims=True)` -> `Z.max(axis=1)`
#   or `E.sum(axis=1, keepdims=True)` -> `E.sum(axis=1)`
#   A maximum or a sum along axis 1 has shape (n,), and does not fit to the rows of (n, k). `keepdims=True` leaves a
#   column of shape (n, 1), which does.
# only one term of the loss is shifted: `np.log(E.sum(axis=1)) - T[rows, y]` -> `np.log(E.sum(axis=1)) - Z[rows, y]`
#   or `np.log(E.sum(axis=1)) - T` -> `np.log(np.exp(Z).sum(axis=1)) - T`
#   The shift cancels only if it stands in both terms. Take the log of the sum and the label's logit from the *same*
#   shifted logits.
# the loss reads whole columns: `np.log(E.sum(axis=1)) - T[rows, y]` -> `np.log(E.sum(axis=1)) - T[:, y]` |
#   `-np.log(S[:, y])`
#   or `np.log(E.sum(axis=1)) - T[rows, y]` -> `np.log(E.sum(axis=1)) - T[:, y]`, `dZ[rows, y] -= 1` -> `dZ[:, y] -= 1`
#   `[:, y]` is a table of shape (n, n): the columns of all labels, in *every* row. Pair each row with its label:
#   `[np.arange(n), y]`.
# the gradient is not divided by n: without `dZ = dZ / n`
#   The loss is a mean over n examples, so each entry of its gradient carries the factor 1/n.
# the gradient is divided by the number of classes: `dZ = dZ / n` -> `dZ = dZ / Z.shape[1]`
#   The loss is a mean over the n examples and over nothing else: its gradient carries 1/n, and no 1/k.
# the loss is a sum instead of a mean: `losses.mean()` -> `losses.sum()`
#   The loss is the mean over the batch. (Your gradient is already that of the mean.)
# sums instead of means: `losses.mean()` -> `losses.sum()`, without `dZ = dZ / n`
#   Loss and gradient belong to the mean over the batch: divide both by n.
# divided by all entries instead of all examples: `dZ / n` -> `dZ / Z.size`
#   The mean runs over the n examples, not over the n times k entries of Z.
# the loss is divided by n times k: `losses.mean()` -> `losses.sum() / Z.size`
#   `np.mean` of a table (n, k) divides by n times k. Each row has one term that counts: divide by the n examples. (Your
#   gradient is already that of the mean.)
# loss and gradient are divided by n times k: `losses.mean()` -> `losses.sum() / Z.size`, `dZ / n` -> `dZ / Z.size`
#   The mean runs over the n examples, not over the n times k entries of Z: a one-hot row has one term that counts.
# the loss of each example instead of their mean: `losses.mean()` -> `losses`
#   The loss is one number: the mean over the batch.
# the loss has the wrong sign: `losses.mean()` -> `-…`
#   The cross-entropy is *minus* the log of a probability, so it is never negative.
# the gradient has the wrong sign: `dZ / n` -> `-…`
#   Probability minus one-hot: raising the logit of the right class lowers the loss, so that entry is negative.
# the one-hot labels are not subtracted: without `dZ[rows, y] -= 1`
#   In the column of its label each row has (p - 1)/n, everywhere else p/n.
# the 1 is subtracted in whole columns: `dZ[rows, y] -= 1` -> `dZ[:, y] -= 1`
#   `dZ[:, y]` means these columns in *every* row. Pair each row with its label: `dZ[np.arange(n), y]`.
# the classes are counted by the labels: `dZ[rows, y] -= 1` -> `dZ = dZ - np.eye(y.max() + 1)[y]`
#   or `losses = np.log(E.sum(axis=1)) - T[rows, y]` -> `losses = -(np.eye(y.max() + 1)[y] * (T - np.log(E.sum(axis=1, keepdims=True)))).sum(axis=1)`
#   A batch need not contain every class. The number of classes is the number of columns of Z.
# the gradient by the probabilities
#   `dZ = S.copy() ⏎ dZ[rows, y] -= 1` -> `dZ = np.zeros(S.shape) ⏎ dZ[rows, y] = -1 / S[rows, y]`
#   -1/p is the slope by the *probability*. The chain goes on through softmax to the logits; the product of the two is p
#   minus one-hot.
# softmax taken for an elementwise function
#   `dZ = S.copy() ⏎ dZ[rows, y] -= 1` -> `dZ = np.zeros(S.shape) ⏎ dZ[rows, y] = S[rows, y] - 1`
#   Every logit moves every probability, so the other classes have a gradient too: their p/n.
# the gradient has an extra softmax derivative: `dZ / n` -> `dZ * S * (1 - S) / n`
#   S minus one-hot *is* the gradient by the logits: the derivative of softmax is in it already.
# the loss in bits: `np.log(E.sum(axis=1)) - T[rows, y]` -> `np.log2(E.sum(axis=1)) - T[rows, y] / np.log(2)`
#   The course measures in nats: use the natural logarithm, `np.log`.
# the loss in bits: `np.log(E.sum(axis=1)) - T[rows, y]` -> `np.log2(E.sum(axis=1)) - T[rows, y]`
#   The course measures in nats: use the natural logarithm, `np.log`. Only that one undoes `np.exp`.
# the loss in decimal digits: `np.log(E.sum(axis=1)) - T[rows, y]` -> `-np.log10(S[rows, y])`
#   The course measures in nats: use the natural logarithm, `np.log`.
# S was changed before the loss was read
#   `losses = np.log(E.sum(axis=1)) - T[rows, y] ⏎ loss = losses.mean() ⏎ dZ = S.copy()` -> `dZ = S`,
#   `dZ = dZ / n` -> `dZ /= n ⏎ loss = -np.log(S[rows, y] + 1).mean()` | `… ⏎ loss = -np.log(S[rows, y]).mean()`
#   `dZ = S` makes no copy: subtracting from dZ changes S, and the loss is read from S afterwards. Compute the loss
#   first, or take `S.copy()`.
# loss and gradient are exchanged: `return loss, dZ` -> `return dZ, loss`
#   The loss comes first: `return loss, dZ`.
# the loss alone is returned: `return loss, dZ` -> `return loss`
#   Two things are asked for: `return loss, dZ`.
# the caller's logits are shifted: `T = Z - Z.max` -> `T = Z ⏎ T -= Z.max`
#   `T = Z` makes no copy, and `-=` then changes the array of the caller. Write `T = Z - ...`.
# the caller's logits are shifted: `T = Z - Z.max(axis=1, keepdims=True)` -> `Z -= Z.max(axis=1, keepdims=True) ⏎ T = Z`
#   `Z -= ...` changes the array of the caller. Write `Z = Z - ...`: that makes a new one.
# the binary cross-entropy: `losses = np.log(E.sum(axis=1)) - T[rows, y]` -> `Y = np.eye(k)[y]; losses = -(Y * np.log(S) + (1 - Y) * np.log(1 - S)).sum(axis=1)`
#   With several classes the loss is the surprise at the right one alone, -log p_y: nothing is added for the others.
# the loss of the likeliest class: `T[rows, y]` -> `T.max(axis=1)`
#   That is the surprise at the class which the net finds likeliest, and so is log(sum of exp) of the shifted logits alone.
#   The label's counts: subtract its shifted logit.
# the label's number is subtracted: `dZ[rows, y] -= 1` -> `dZ[rows, y] -= y`
#   In the column of its label each row has (p - 1)/n, whatever number the label is.
# 1 minus the probability: `losses.mean()` -> `1 - S[rows, y].mean()`
#   The loss is the logarithm of the probability, with a minus: -log p_y.
# clipped logits: `T = Z - Z.max(axis=1, keepdims=True)` -> `T = np.clip(Z, -500, 500)` | `T = np.clip(Z, -700, 700)`
#   Clipping changes the logits, and with them the loss. Subtracting its largest entry from a row leaves the loss as it is.
# squared errors of the probabilities
# - losses = np.log(E.sum(axis=1)) - T[rows, y]
# + losses = ((S - np.eye(k)[y])**2).sum(axis=1)
#   That is Brier's score. The cross-entropy is the surprise at the right class, -log p_y, whatever the others have.
# smoothed labels: `dZ[rows, y] -= 1` -> `dZ -= 0.1 / k ⏎ dZ[rows, y] -= 0.9`
#   Some libraries can take a little away from the truth and share it among all classes. Here Y is 1 at the label and 0 elsewhere.
