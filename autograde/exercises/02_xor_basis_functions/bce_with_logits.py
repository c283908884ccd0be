"""Exercise 2.2: the surprise of a Bernoulli label, and its slope."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.batches import Maker, in_whole
from autograde.exercises.support.special import with_ties
from autograde.exercises.support.drawing import Rng, eighths, odd_size
from autograde.exercises.support.families import alone
from mlp_reference import losses


def _labels(rng: Rng, n: int) -> np.ndarray:
    """Both labels, in random order, not equally often where n is odd."""
    return rng.permutation(np.arange(n) % 2)


def _moderate(rng: Rng) -> Arguments:
    n = odd_size(rng)
    return eighths(rng, n), _labels(rng, n)


def _zeros(rng: Rng) -> Arguments:
    """Where every training starts: a loss of log 2."""
    n = odd_size(rng)
    return np.zeros(n), _labels(rng, n)


def _single_precision(rng: Rng) -> Arguments:
    z, y = _moderate(rng)
    return z.astype(np.float32), y


def _sure_and_right(rng: Rng) -> Arguments:
    """The loss is 0 to rounding."""
    y = _labels(rng, 5)
    return (2.0 * y - 1) * rng.permutation([900.0, 1200.0, 2500.0, 5000.0, 1e4]), y


def _sure_and_wrong(rng: Rng) -> Arguments:
    """Every example adds its logit's size."""
    y = _labels(rng, 5)
    return (1 - 2.0 * y) * rng.permutation([900.0, 1200.0, 2500.0, 5000.0, 1e4]), y


def _rather_sure_and_right(rng: Rng) -> Arguments:
    """The loss is about 1e-7: what is left out at some logit shows, and rounding z at 1e-15 does not."""
    z = rng.permutation([13.5, 17.25, 21.5, 26.25, -13.75, -22.5])
    return z, (z > 0).astype(int)


def _rather_large(rng: Rng) -> Arguments:
    """One example of class 0 is wrong by so much that 1 - p rounds to 0, yet no exponential overflows."""
    z = rng.permutation([0.5, -1.25, 3.0, -60.0, 90.0, -200.0]) * rng.choice([-1.0, 1.0], 6)
    return np.append(z, 400.0), np.append(_labels(rng, 6), 0)


def _large_and_small(rng: Rng) -> Arguments:
    y = _labels(rng, 7)
    size = rng.permutation([0.5, 1.25, 3.0, 60.0, 800.0, 4000.0, 1e4])
    return size * rng.choice([-1.0, 1.0], 7), y


def _of_class(label: int) -> Maker:
    return lambda rng: (eighths(rng, 24), np.full(24, label))


exercise = Exercise(
    reference=losses.bce_with_logits,
    outputs=("loss", "dz"),
    families=[alone("loss")],
    cases=[
        Case("logits of moderate size", [_moderate, _moderate, _single_precision, _zeros], times=8),
        Case("a single example", [lambda rng: (eighths(rng, 1), rng.integers(0, 2, 1))]),
        Case("whole numbers", [in_whole(_moderate)], times=2, weight=0.5),
        Case("very sure and right: the loss is 0", [_sure_and_right]),
        Case("sure and right: the loss is small, but not 0", [_rather_sure_and_right], times=2),
        Case("abs(z) up to 400", [_rather_large]),
        Case("abs(z) up to 10,000: finite and exact", [_large_and_small, _sure_and_wrong], times=6),
        Case("one class alone, logits that are 0 or equal", [*map(_of_class, (0, 1)), with_ties(_moderate, 0)], times=3, weight=0.5),
    ],
)

# %% hints
# 1. Start with one example and no tricks: with p = sigmoid(z) the loss is -log p where y = 1 and -log(1 - p) where
#    y = 0. In which of the two does which z make trouble? And what is left of -log(1 / (1 + exp(-z))) on paper?
# 2. Both cases in one: log(1 + exp(z)) - y z. Only exp(z) can overflow, for large z. There take exp(z) out of the
#    bracket: log(exp(z) (exp(-z) + 1)) = z + log(1 + exp(-z)), whose exponent is negative.
# 3. Both forms in one line: max(z, 0) + log(1 + exp(-abs(z))), entry by entry. (`np.logaddexp(0, z)` is the same.) For
#    the gradient take your own `sigmoid`, which survives z = -10,000.
# 4. `loss = np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z)`, `dz = (sigmoid(z) - y) / len(z)`.

# %% elegant
# max(z, 0) - z y + log(1 + exp(-|z|)) is the loss without a probability in it, so no probability can round to 0 or 1. The
# gradient is the miss, p - y, divided by n.

# %% right
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)

def bce_with_logits(z, y):
    p = sigmoid(z)
    losses = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    loss = losses.mean()
    dz = (p - y) / len(z)
    return loss, dz

# %% right
def bce_with_logits(z, y):
    s = 2 * y - 1
    p = np.exp(-np.logaddexp(0, -z))
    return np.logaddexp(0, -s * z).mean(), (p - y) / len(y)

# %% right
import math

def softplus(t):
    return max(t, 0.0) + math.log1p(math.exp(-abs(t)))

def bce_with_logits(z, y):
    n, total, dz = len(z), 0.0, []
    for t, label in zip(z.tolist(), y.tolist()):
        total += softplus(-t) if label == 1 else softplus(t)
        p = 1 / (1 + math.exp(-t)) if t >= 0 else math.exp(t) / (1 + math.exp(t))
        dz.append((p - label) / n)
    return total / n, np.array(dz)

# %% right
def bce_with_logits(z, y):
    Z = np.stack([np.zeros_like(z), z], axis=1)
    top = Z.max(axis=1, keepdims=True)
    log_p = Z - top - np.log(np.exp(Z - top).sum(axis=1, keepdims=True))
    rows = np.arange(len(z))
    return -log_p[rows, y].mean(), (np.exp(log_p[:, 1]) - y) / z.size

# %% right
from scipy.special import expit, log_expit

def bce_with_logits(z, y):
    loss = -(y * log_expit(z) + (1 - y) * log_expit(-z)).mean()
    return np.asarray(loss), np.divide(expit(z) - y, np.size(z))

# %% right
def bce_with_logits(z, y):
    wrong = np.where(y == 1, -z, z)
    e = np.exp(-np.abs(wrong))
    loss = np.sum(np.maximum(wrong, 0) + np.log(1 + e)) / len(z)
    blame = np.where(wrong >= 0, 1, e) / (1 + e)
    return [float(loss), np.where(y == 1, -blame, blame) / len(z)]

# %% right
def bce_with_logits(z, y):
    p = 0.5 * (1 + np.tanh(z / 2))
    return np.mean(np.logaddexp(0, z) - y * z), (p - y) / z.shape[0]

# %% wrong
# the log of a probability that rounded to 0 or 1
#   `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `-(y * np.log(p) + (1 - y) * np.log(1 - p))`
#   or `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `-(y * np.log(p) + (1 - y) * np.log(1 - p))`,
#   `p = sigmoid(z)` -> `p = 0.5 * (1 + np.tanh(z / 2))`
#   For large abs(z) p or 1 - p is exactly 0 as a float, its log is -inf, and 0 * inf is nan. Leave the detour over p:
#   write the loss as log(1 + exp(z)) - y z.
# the log of a probability that rounded to 0
#   `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `-np.log(np.where(y == 1, p, 1 - p))`
#   Where the unit is very sure and wrong, the probability of the label rounds to 0 and its log is -inf. Write the loss
#   as log(1 + exp(z)) - y z, without p.
# the exponential in the loss overflows
#   `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `np.log(1 + np.exp(z)) - z * y`
#   The formula is right, but exp(1000) is inf. Pull the large part out: log(1 + exp(z)) = z + log(1 + exp(-z)), and use
#   whichever exponent is not positive.
# the exponential in the loss overflows
#   `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `np.log(1 + np.exp(-(2 * y - 1) * z))`
#   The formula is right, but exp(1000) is inf. Pull the large part out: log(1 + exp(t)) = t + log(1 + exp(-t)), and use
#   whichever exponent is not positive.
# the probabilities are clipped: `p = sigmoid(z)` -> `p = np.clip(sigmoid(z), 1e-07, 1 - 1e-07)` |
#   `p = np.clip(sigmoid(z), 1e-08, 1 - 1e-08)` | `p = np.clip(sigmoid(z), 1e-10, 1 - 1e-10)` |
#   `p = np.clip(sigmoid(z), 1e-12, 1 - 1e-12)` | `p = np.clip(sigmoid(z), 1e-15, 1 - 1e-15)`,
#   `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `-(y * np.log(p) + (1 - y) * np.log(1 - p))`,
#   `(p - y)` -> `(sigmoid(z) - y)` | `(p - y)`
#   Clipping hides the infinity, but the loss of a sure and wrong prediction should grow like abs(z), and yours stops at
#   the logarithm of the clipping limit.
# a small number is added inside the log
# - np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
# + -(y * np.log(p + tiny) + (1 - y) * np.log(1 - p + tiny))
#   `p = sigmoid(z)` -> `… ⏎ tiny = 1e-6` | `… ⏎ tiny = 1e-7` | `… ⏎ tiny = 1e-8` | `… ⏎ tiny = 1e-9` | `… ⏎ tiny = 1e-10` | `… ⏎ tiny = 1e-12` |
#   `… ⏎ tiny = 1e-15`
#   The small number hides the infinity, but the loss of a sure and wrong prediction should grow like abs(z), and yours
#   stops at its logarithm.
# the loss is a sum instead of a mean: `losses.mean()` -> `losses.sum()`
#   The loss is the mean over the batch. (The gradient is already divided by n.)
# sums instead of means: `loss = losses.mean() ⏎ dz = (p - y) / len(z)` -> `loss = losses.sum() ⏎ dz = (p - y)`
#   Loss and gradient belong to the mean over the batch: divide both by n.
# the loss is divided by n twice: `losses.mean()` -> `… / len(z)`
#   `mean` divides by n already.
# loss and gradient are exchanged: `return loss, dz` -> `return dz, loss`
#   The loss comes first: `return loss, dz`.
# the gradient is not divided by n: without `/ len(z)`
#   The loss is a mean, so each entry of its gradient carries the factor 1/n.
# the gradient has the wrong sign: `(p - y)` -> `(y - p)`
#   For y = 1 a larger z makes the loss smaller, so its slope is negative: p - y, not y - p.
# the loss has the wrong sign: `losses.mean()` -> `-…`
#   Maximizing the likelihood is minimizing its negative logarithm: a loss is never below 0 here.
# only the examples of class 1 count in the loss
#   `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `y * np.logaddexp(0, -z)`
#   For y = 0 the likelihood is 1 - p: the second term, (1 - y) log(1 - p), is missing.
# the two classes are exchanged: `- z * y` -> `- z * (1 - y)`, `(p - y)` -> `(p - 1 + y)`
#   p is the probability of class 1, so it is y that goes with log p.
# logits are taken for probabilities: `p = sigmoid(z)` -> `p = z`,
#   `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `-(y * np.log(p) + (1 - y) * np.log(1 - p))`
#   z is the weighted sum, any real number; the probability is sigmoid(z).
# labels 0 and 1 are used as signs: `maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `logaddexp(0, -y * z)`
#   The form log(1 + exp(-s z)) needs signs s = 2y - 1. With y = 0 every example costs log 2.
# the slope of the sigmoid is left in the gradient: `(p - y) / len(z)` -> `(p - y) * p * (1 - p) / len(z)`
#   The factor p (1 - p) of the sigmoid cancels against the derivative of the log: what stays is p - y.
# the gradient with respect to p instead of z: `(p - y) / len(z)` -> `np.where(y == 1, -1 / p, 1 / (1 - p)) / len(z)`
#   dz is the slope as z moves: multiply by dp/dz = p (1 - p), which cancels the denominators.
# the squared error instead of the cross-entropy
#   `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `(p - y) ** 2`
#   The negative logarithm of the likelihood is wanted, not the squared distance of p and y.
# the logarithm has base 2: `losses.mean()` -> `… / np.log(2)`
#   Losses are in nats here: use the natural logarithm, `np.log`.
# one loss for each example: `losses.mean()` -> `losses`
#   One number is wanted: the mean of the losses of all examples.
# the gradient is averaged away: `(p - y) / len(z)` -> `np.mean(p - y)`
#   dz has one entry for each logit: dz_i = (p_i - y_i) / n. Nothing is summed.
# the loss lacks its max(z, 0): `np.maximum(z, 0) - z * y` -> `-z * y`
#   log(1 + exp(z)) is max(z, 0) + log(1 + exp(-abs(z))): the second part alone is never above log 2.
# log(1 + exp(z)) is cut short
#   `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `np.where(z > 15, z, np.log1p(np.exp(np.minimum(z, 15)))) - z * y` |
#   `np.where(z > 20, z, np.log1p(np.exp(np.minimum(z, 20)))) - z * y`
#   log(1 + exp(z)) is a little more than z: 1.1e-7 more at z = 16. For a sure and right example that little *is* the
#   loss, and from some z on yours is 0. Keep it: z + log(1 + exp(-z)) holds for every large z.
# the term y z stands in one branch only
#   `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `np.where(z > 20, z, np.log(1 + np.exp(np.minimum(z, 20))) - z * y)` |
#   `np.where(z > 30, z, np.log(1 + np.exp(np.minimum(z, 30))) - z * y)` |
#   `np.where(z > 50, z, np.log(1 + np.exp(np.minimum(z, 50))) - z * y)` |
#   `np.where(z > 100, z, np.log(1 + np.exp(np.minimum(z, 100))) - z * y)` |
#   `np.where(z > 500, z, np.log(1 + np.exp(np.minimum(z, 500))) - z * y)` |
#   `np.where(z > 700, z, np.log(1 + np.exp(np.minimum(z, 700))) - z * y)`
#   The branch for large z stands for log(1 + exp(z)) alone: y z must be taken off in both, so that a large z costs
#   next to nothing where y = 1. Subtract it behind `np.where(...)`.
# the loss lacks its term y z: without `- z * y`
#   What the label takes off is y z: the loss is log(1 + exp(z)) - y z.
# the term y z is added: `- z * y` -> `+ z * y`
#   The loss is log(1 + exp(z)) *minus* y z: a large z must be cheap where y = 1.
# the logits are not squashed in the gradient: `dz = (p - y)` -> `dz = (z - y)`
#   dz is sigmoid(z) - y, divided by n: the logit must become a probability first.
# the logits are clipped: `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `np.log(1 + np.exp(np.clip(z, -500, 500))) - np.clip(z, -500, 500) * y`
#   | `np.log(1 + np.exp(np.clip(z, -700, 700))) - np.clip(z, -700, 700) * y`
#   | `np.log(1 + np.exp(np.clip(z, -100, 100))) - np.clip(z, -100, 100) * y`
#   | `np.log(1 + np.exp(np.clip(z, -50, 50))) - np.clip(z, -50, 50) * y`
#   Clipping hides the infinity, but the loss of a sure and wrong prediction is the size of its logit, and yours stops growing
#   there.
# the log of a probability that rounded to 0 or 1, without warnings
#   `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `-np.nan_to_num(y * np.log(p) + (1 - y) * np.log(1 - p))`
#   What becomes of an infinite log afterwards is a guess: write the loss as log(1 + exp(z)) - y z, without p.
# max(z, 0) for the other sign: `np.maximum(z, 0) - z * y` -> `np.maximum(-z, 0) - z * y`
#   For a large positive z log(1 + exp(z)) is nearly z: the part that is pulled out is max(z, 0).
# the decision instead of the probability in the gradient: `(p - y) / len(z)` -> `((z > 0) - y) / len(z)`
#   That is the perceptron's mistake. The slope of this loss compares the label with the probability sigmoid(z).
# the distance of logit and label: `np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))` -> `np.abs(z - y)` | `(z - y) ** 2`
#   | `np.abs(p - y)`
#   A distance to the label is another loss. This one is minus the log of the probability that the label gets,
#   log(1 + exp(z)) - y z.
# the hinge loss: `losses.mean()` -> `np.maximum(0, 1 - (2 * y - 1) * z).mean()`
#   That is the loss of a support vector machine, another one. The cross-entropy is log(1 + exp(-s z)), with s =
#   2y - 1: above 0 at every z, up to rounding.
# the logarithm to base 2: `np.log1p(np.exp(-np.abs(z)))` -> `np.log2(1 + np.exp(-np.abs(z)))`
#   `np.log2` counts in bits. The formula has the natural logarithm, `np.log` or `np.log1p`.
