"""Exercise 2.4: downhill on the cross-entropy, from zeros."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.batches import Maker, in_whole
from autograde.exercises.support.special import each_zero, with_ties
from autograde.exercises.support.variants import each_whole
from autograde.exercises.support.drawing import Rng, eighths, odd_size
from autograde.exercises.support.families import alone, exchanged
from mlp_reference import logistic


def _task(rng: Rng, steps: int, lr: float) -> Arguments:
    n, d = odd_size(rng, 7, 11), int(rng.integers(2, 5))
    y = rng.permutation((np.arange(n) % 3 == 0).astype(np.int64))  # unbalanced, so that the bias moves at once
    return eighths(rng, n, d), y, lr, steps


def _few_steps(rng: Rng) -> Arguments:
    return _task(rng, int(rng.integers(3, 7)), float(rng.choice([0.25, 0.5])))


def _single_precision(rng: Rng) -> Arguments:
    Phi, y, lr, steps = _few_steps(rng)
    return Phi.astype(np.float32), y, lr, steps


def _one_feature(rng: Rng) -> Arguments:
    Phi, y, lr, steps = _few_steps(rng)
    return Phi[:, :1], y, lr, steps


def _one_row(rng: Rng) -> Arguments:
    Phi, _, lr, steps = _few_steps(rng)
    return Phi[:1], np.array([1]), lr, steps


def _too_long(rng: Rng) -> Arguments:
    """Steps so long that the loss rises on the way, and not only at the end."""
    while True:
        Phi, y, lr, steps = _task(rng, 6, 8.0)
        losses = logistic.fit_logistic(Phi, y, lr, steps)[2]
        if max(losses[1:4]) > losses[0]:
            return Phi, y, lr, steps


def _large(rng: Rng) -> Arguments:
    """Logits of some thousands after one step."""
    Phi, y, _, _ = _task(rng, 1, 1.0)
    return 40 * Phi[:, :2], y, 1.0, 2


def _soon_solved(rng: Rng) -> Arguments:
    """A line separates these so clearly that the loss is next to nothing after a few steps."""
    y = rng.permutation(np.arange(7) % 2)
    return ((2.0 * y - 1) * rng.integers(16, 25, 7))[:, None], y, 0.5, 12


def _of_class(label: int) -> Maker:
    """The labels of all rows are alike."""

    def make(rng: Rng) -> Arguments:
        Phi, y, lr, steps = _few_steps(rng)
        return Phi, np.full_like(y, label), lr, steps

    return make


exercise = Exercise(
    reference=logistic.fit_logistic,
    outputs=("w", "b", "losses"),
    families=[exchanged("w", "b", "losses"), alone("weight vector")],
    cases=[
        Case("a few steps", [_few_steps, _few_steps, _few_steps, _single_precision], times=8),
        Case("one step, no step", [lambda rng: _task(rng, 1, 0.5), lambda rng: _task(rng, 0, 0.5)], times=4),
        Case("a single feature, a single row", [_one_feature, _one_row], times=4),
        Case("whole numbers", [in_whole(lambda rng: _task(rng, 3, 1.0))], times=2, weight=0.5),
        Case("many steps", [lambda rng: _task(rng, 300, 0.125)], times=2),
        Case("steps so long that the losses rise", [_too_long]),
        Case("classes that are told apart after a few steps", [_soon_solved]),
        Case("large logits", [_large], times=3),
        Case(
            "one class alone, zeros, whole numbers beside others",
            [
                *map(_of_class, (0, 1)),
                *(*each_zero(_few_steps, 0), *each_whole(_few_steps, 0), with_ties(_few_steps, 0)),
                lambda rng: (*_one_row(rng)[:1], np.array([0]), 0.5, 3),
                lambda rng: (eighths(rng, 1, 1), np.array([1]), 0.5, 3),
            ],
            times=7,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. Every step does four things: logits from the present w and b, loss and dz from the logits, note the loss, move w
#    and b.
# 2. z = Phi @ w + b, so z_i moves Phi[i, j] times as far as w_j: the gradient for w is Phi.T @ dz, shape (m,). The
#    bias moves every logit alike: its gradient is dz.sum().
# 3. In the loop: `loss, dz = bce_with_logits(Phi @ w + b, y)`, then `losses.append(loss)`, then `w = w - lr * (Phi.T
#    @ dz)` and `b = b - lr * dz.sum()`.

# %% elegant
# Forward, note the loss, backward, step: the loop of the trainings to come, here with one layer.
# `np.logaddexp(0, z)` is log(1 + e^z) without overflow.

# %% right
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)

def fit_logistic(Phi, y, lr, steps):
    n, d = Phi.shape
    w = np.zeros(d)
    b = 0.0
    losses = []
    for _ in range(steps):
        z = Phi @ w + b
        loss = (np.logaddexp(0, z) - y * z).mean()
        dz = (sigmoid(z) - y) / n
        losses.append(loss)
        w = w - lr * (Phi.T @ dz)
        b = b - lr * dz.sum()
    return w, b, losses

# %% right
def fit_logistic(Phi, y, lr, steps):
    X1 = np.column_stack([Phi, np.ones(len(Phi))])
    v, losses = np.zeros(X1.shape[1]), np.zeros(steps)
    for t in range(steps):
        z = X1 @ v
        losses[t] = np.logaddexp(0, np.where(y == 1, -z, z)).mean()
        v -= lr * X1.T @ (0.5 * (1 + np.tanh(z / 2)) - y) / len(y)
    return v[:-1], v[-1], losses

# %% right
import math

def fit_logistic(Phi, y, lr, steps):
    rows, labels = Phi.tolist(), y.tolist()
    n, d = len(rows), len(rows[0])
    w, b, losses = [0.0] * d, 0.0, []
    while len(losses) < steps:
        gw, gb, total = [0.0] * d, 0.0, 0.0
        for x, label in zip(rows, labels):
            z = sum(wi * xi for wi, xi in zip(w, x)) + b
            s = 1 if label else -1
            total += max(-s * z, 0) + math.log1p(math.exp(-abs(z)))
            e = math.exp(-abs(z))
            p = 1 / (1 + e) if z >= 0 else e / (1 + e)
            gb += (p - label) / n
            gw = [g + (p - label) / n * xi for g, xi in zip(gw, x)]
        losses.append(total / n)
        w, b = [wi - lr * g for wi, g in zip(w, gw)], b - lr * gb
    return np.array(w), b, losses

# %% right
def bce_with_logits(z, y):
    p = np.exp(-np.logaddexp(0, -z))
    return np.mean(np.logaddexp(0, z) - z * y), (p - y) / len(z)

def fit_logistic(Phi, y, lr, steps):
    w, b, losses = np.zeros((Phi.shape[1], 1)), np.zeros(1), []
    for _ in range(steps):
        loss, dz = bce_with_logits((Phi @ w + b)[:, 0], y)
        losses += [loss]
        w -= lr * (dz @ Phi)[:, None]
        b -= lr * dz.sum()
    return w.ravel(), b[0], tuple(losses)

# %% right
from scipy.special import expit, log_expit

def fit_logistic(Phi, y, lr, steps):
    w, b, losses, s = 0 * Phi[0].astype(float), np.float64(0), [], 2 * y - 1
    for step in range(steps):
        z = np.einsum("nd,d->n", Phi, w) + b
        losses.append(float(-log_expit(s * z).mean()))
        pull = s * expit(-s * z)
        w, b = w + lr * np.mean(pull[:, None] * Phi, axis=0), b + lr * np.mean(pull)
    return [w, b, losses]

# %% wrong
# the losses are taken after the steps: without `losses.append(loss)`,
#   `b = b - lr * dz.sum()` -> `… ⏎ z = Phi @ w + b ⏎ losses.append((np.logaddexp(0, z) - y * z).mean())`
#   Each loss belongs to the weights before its step: the first one is log 2, the loss of all zeros.
# one loss too many: `return w` -> `z = Phi @ w + b ⏎ losses.append((np.logaddexp(0, z) - y * z).mean()) ⏎ …`
#   `losses` has exactly `steps` values; the loss after the last step is not among them.
# uphill instead of downhill: `w - lr` -> `w + lr`, `b - lr` -> `b + lr`
#   The gradient points uphill; the step subtracts it. Watch your losses: while steps are short they should fall.
# the bias is never updated: `b = b - lr * dz.sum()` -> `pass`
#   The bias has a gradient, too: every logit contains it once, so db is the sum of dz.
# the gradient of the bias is divided by n twice: `dz.sum()` -> `dz.mean()`
#   dz holds the 1/n of the mean loss already, so db is the sum of its entries.
# the gradient is not divided by n: `(sigmoid(z) - y) / n` -> `sigmoid(z) - y`
#   The loss is a mean over the batch, so dz = (sigmoid(z) - y) / n.
# divided by n once more: `(sigmoid(z) - y) / n` -> `…**2`
#   dz = (sigmoid(z) - y) / n holds the mean already: don't divide again.
# the losses are sums: `(np.logaddexp(0, z) - y * z).mean()` -> `(np.logaddexp(0, z) - y * z).sum()`
#   The loss is the mean over the batch; at the zeros of the start it is log 2 = 0.693.
# the learning rate is ignored: `w - lr *` -> `w -`, `b - lr *` -> `b -`
#   Each step is `lr` times the gradient.
# the perceptron's mistakes instead of probabilities: `sigmoid(z) - y` -> `(z > 0) - y`
#   Logistic regression compares the label with the probability sigmoid(z), not with the decision 0 or 1.
# the sum is compared with the label without the sigmoid: `sigmoid(z) - y` -> `z - y`
#   dz is sigmoid(z) - y, divided by n: the logit must become a probability first.
# the slope of the sigmoid is left in the gradient
#   `dz = (sigmoid(z) - y) / n` -> `p = sigmoid(z) ⏎ dz = (p - y) * p * (1 - p) / n`
#   That is the gradient of half the squared error. For the cross-entropy the factor p (1 - p) cancels.
# the bias moves first, and the weights already see it: without `w = w - lr * (Phi.T @ dz)`,
#   `b = b - lr * dz.sum()` -> `… ⏎ w = w - lr * (Phi.T @ (sigmoid(Phi @ w + b) - y) / n)`
# the weights move first, and the bias already sees it: `dz.sum()` -> `((sigmoid(Phi @ w + b) - y) / n).sum()`
#   One step moves all parameters from the same place: compute both gradients before you change anything.
# the learning rate is missing from the bias: `b - lr *` -> `b -`
#   The bias takes the same step as the weights: `lr` times its gradient.
# the old weights are forgotten in every step: `w = w - lr` -> `w = -lr`, `b = b - lr` -> `b = -lr`
#   A step goes on from where you are: `w = w - lr * ...`.
# one step too few: `range(steps)` -> `range(steps - 1)`
#   There are exactly `steps` steps, and as many losses: `for _ in range(steps)`.
# the return stands inside the loop: `b = b - lr * dz.sum()` -> `… ⏎ return w, b, losses`
#   Your function ends in its first step: move `return` out of the loop, to the left.
# stops as soon as the loss rises: `losses.append(loss)` -> `… ⏎ if len(losses) > 1 and loss > losses[-2]: break`
#   A loss may rise when the learning rate is large. All `steps` steps are wanted, whatever the losses do.
# stops as soon as the loss is small: `losses.append(loss)` -> `… ⏎ if loss < 1e-3: break`
#   `losses` holds `steps` numbers, however small they are: run all the steps that were asked for.
# one step for each example
#   without `dz = (sigmoid(z) - y) / n`
# -         w = w - lr * (Phi.T @ dz)
# -         b = b - lr * dz.sum()
# +         for i in range(n):
# +             d_i = sigmoid(Phi[i] @ w + b) - y[i]
# +             w = w - lr * d_i * Phi[i]
# +             b = b - lr * d_i
#   or without `dz = (sigmoid(z) - y) / n`
# -         w = w - lr * (Phi.T @ dz)
# -         b = b - lr * dz.sum()
# +         for i in range(n):
# +             d_i = (sigmoid(Phi[i] @ w + b) - y[i]) / n
# +             w = w - lr * d_i * Phi[i]
# +             b = b - lr * d_i
#   Full batch: all examples together give one gradient and one step. (A step for each example is the perceptron's way.)
# the weights start at one: `np.zeros(d)` -> `np.ones(d)`
#   Start from zeros: then the first loss is log 2, whatever the data.
# the same gradient in every step: `losses = []` -> `… ⏎ z = Phi @ w + b`, without `        z = Phi @ w + b`
#   The logits must be computed anew in every step, with the present weights.
# the weights come as a column: `return w, b` -> `return w[:, None], b`
#   w has shape (m,), like the features of one example.
# losses of rounded probabilities
#   `(np.logaddexp(0, z) - y * z).mean()` -> `-(y * np.log(sigmoid(z)) + (1 - y) * np.log(1 - sigmoid(z))).mean()`
#   Where a logit is large p or 1 - p rounds to 0, and its log is infinite: use the loss from logits.
# losses of clipped probabilities
#   `(np.logaddexp(0, z) - y * z)` -> `-np.log(np.clip(np.where(y == 1, sigmoid(z), 1 - sigmoid(z)), 1e-12, 1))`
#   Clipped probabilities cap the loss of a large wrong logit near 28: use the loss from logits.
# the losses are missing: `return w, b, losses` -> `return w, b`
#   Three results are wanted: `return w, b, losses`.
# only the last loss is returned: `return w, b, losses` -> `…[-1] if losses else 0.0`
#   `losses` is a list with one value for each step.
# the bias is left out of the logits: `z = Phi @ w + b` -> `z = Phi @ w`
#   The logits are computed with the present w *and* b: Phi @ w + b.
# a bias for each example: `b = b - lr * dz.sum()` -> `b = b - lr * dz`
#   b is one number for all examples: their slopes add up, `dz.sum()`.
# the learning rate shrinks from step to step: `for _ in range(steps):` -> `for k in range(steps):`,
#   `w - lr *` -> `w - lr / (k + 1) *`, `b - lr *` -> `b - lr / (k + 1) *`
#   Every step has the same learning rate `lr`.
# one step more than asked for: `range(steps)` -> `range(steps + 1)`
#   There are exactly `steps` steps, and as many losses: `for _ in range(steps)`.
# the losses of the single examples: `(np.logaddexp(0, z) - y * z).mean()` -> `np.logaddexp(0, z) - y * z`
#   One number for each step is wanted, the mean over the batch.
# the weights are kept small besides: `(Phi.T @ dz)` -> `(Phi.T @ dz + 0.01 * w)` | `(Phi.T @ dz + 0.1 * w)` | `(Phi.T @ dz + 0.001 * w)`
#   Weight decay belongs to another loss. Here the gradient is that of the mean cross-entropy alone.
# momentum: `losses = []` -> `… ⏎ v = 0.0`, `w = w - lr * (Phi.T @ dz)` -> `v = 0.9 * v + Phi.T @ dz ⏎ w = w - lr * v`
#   | `v = 0.9 * v + (1 - 0.9) * (Phi.T @ dz) ⏎ w = w - lr * v`
#   Plain gradient descent is asked for: each step is `lr` times the gradient of now, and nothing of those before.
# labels -1 and 1 in the gradient: `(sigmoid(z) - y) / n` -> `(sigmoid(z) - (2 * y - 1)) / n`
#   The probability is compared with labels 0 and 1. (Signs -1 and 1 belong to the other form of the loss.)
# the losses are rounded: `losses.append(loss)` -> `losses.append(round(loss, 3))` | `losses.append(round(loss, 4))` | `losses.append(round(loss, 2))`
#   Round where you print, not where you keep.
# the weights of all steps: `losses = []` -> `… ⏎ ws = []`, `losses.append(loss)` -> `… ⏎ ws.append(w)`, `return w, b, losses` -> `return ws, b, losses`
#   Only the last weights are wanted, shape (m,).
# one example in each step: `for _ in range(steps)` -> `for _ in np.arange(steps) % n`,
#   `z = Phi @ w + b` -> `z = Phi[_] @ w + b`, `(np.logaddexp(0, z) - y * z).mean()` -> `np.logaddexp(0, z) - y[_] * z`,
#   `(sigmoid(z) - y) / n` -> `sigmoid(z) - y[_]`, `(Phi.T @ dz)` -> `(Phi[_] * dz)`
#   One example in each step is the way of stochastic gradient descent. Here every step takes all examples, and the loss
#   is their mean.
# the bias is taken from the wrong end: `return w, b, losses` -> `return np.append(b, w)[:-1], np.append(b, w)[-1], losses`
#   With the column of ones in front the first entry is the bias, and the others are w. (Stands it behind, it is the last one.)
