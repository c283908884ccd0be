"""``fit_logistic``: downhill on the cross-entropy, from zeros."""

import numpy as np

from autograde.exercise import Arguments, Case, Exercise, Misconception, variant
from autograde.exercises.drawing import Rng, eighths, odd_size
from autograde.exercises.xor.fit_alternates import ALTERNATES
from autograde.exercises.xor.sources import STABLE_SIGMOID
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


def _one_step(rng: Rng) -> Arguments:
    return _task(rng, 1, 0.5)


def _no_step(rng: Rng) -> Arguments:
    return _task(rng, 0, 0.5)


def _one_feature(rng: Rng) -> Arguments:
    Phi, y, lr, steps = _few_steps(rng)
    return Phi[:, :1], y, lr, steps


def _many_steps(rng: Rng) -> Arguments:
    return _task(rng, 300, 0.125)


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


_RIGHT = (
    STABLE_SIGMOID
    + """
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
"""
)
_LOSS = "(np.logaddexp(0, z) - y * z).mean()"

FIT = Exercise(
    name="fit_logistic",
    reference=logistic.fit_logistic,
    outputs=("w", "b", "losses"),
    cases=[
        Case("a few steps", [_few_steps, _few_steps, _few_steps, _single_precision], times=8),
        Case("one step, no step", [_one_step, _no_step], times=4),
        Case("a single feature", [_one_feature]),
        Case("many steps", [_many_steps], times=2),
        Case("steps so long that the losses rise", [_too_long]),
        Case("classes that are told apart after a few steps", [_soon_solved]),
        Case("large logits", [_large], times=3),
    ],
    misconceptions=[
        Misconception(
            "the losses are taken after the steps",
            variant(
                _RIGHT,
                ("        losses.append(loss)\n", ""),
                (
                    "    return w",
                    "        z = Phi @ w + b\n        losses.append((np.logaddexp(0, z) - y * z).mean())\n    return w",
                ),
            ),
            "Each loss belongs to the weights before its step: the first one is log 2, the loss of all zeros.",
        ),
        Misconception(
            "one loss too many",
            variant(
                _RIGHT,
                (
                    "    return w",
                    "    z = Phi @ w + b\n    losses.append((np.logaddexp(0, z) - y * z).mean())\n    return w",
                ),
            ),
            "`losses` has exactly `steps` values; the loss after the last step is not among them.",
        ),
        Misconception(
            "uphill instead of downhill",
            variant(_RIGHT, ("w - lr", "w + lr"), ("b - lr", "b + lr")),
            "The gradient points uphill; the step subtracts it. Watch your losses: they should fall.",
        ),
        Misconception(
            "the bias is never updated",
            variant(_RIGHT, ("b = b - lr * dz.sum()", "pass")),
            "The bias has a gradient, too: every logit contains it once, so db is the sum of dz.",
        ),
        Misconception(
            "the gradient of the bias is divided by n twice",
            variant(_RIGHT, ("dz.sum()", "dz.mean()")),
            "dz holds the 1/n of the mean loss already, so db is the sum of its entries.",
        ),
        Misconception(
            "the gradient is not divided by n",
            variant(_RIGHT, ("(sigmoid(z) - y) / n", "sigmoid(z) - y")),
            "The loss is a mean over the batch, so dz = (sigmoid(z) - y) / n.",
        ),
        Misconception(
            "divided by n once more",
            variant(_RIGHT, ("(sigmoid(z) - y) / n", "(sigmoid(z) - y) / n**2")),
            "dz = (sigmoid(z) - y) / n holds the mean already: don't divide again.",
        ),
        Misconception(
            "the losses are sums",
            variant(_RIGHT, (_LOSS, "(np.logaddexp(0, z) - y * z).sum()")),
            "The loss is the mean over the batch; at the zeros of the start it is log 2 = 0.693.",
        ),
        Misconception(
            "the learning rate is ignored",
            variant(_RIGHT, ("w - lr * ", "w - "), ("b - lr * ", "b - ")),
            "Each step is `lr` times the gradient.",
        ),
        Misconception(
            "the perceptron's mistakes instead of probabilities",
            variant(_RIGHT, ("sigmoid(z) - y", "(z > 0) - y")),
            "Logistic regression compares the label with the probability sigmoid(z), not with the decision 0 or 1.",
        ),
        Misconception(
            "the sum is compared with the label without the sigmoid",
            variant(_RIGHT, ("sigmoid(z) - y", "z - y")),
            "dz is sigmoid(z) - y, divided by n: the logit must become a probability first.",
        ),
        Misconception(
            "the slope of the sigmoid is left in the gradient",
            variant(_RIGHT, ("dz = (sigmoid(z) - y) / n", "p = sigmoid(z)\n        dz = (p - y) * p * (1 - p) / n")),
            "That is the gradient of the squared error. For the cross-entropy the factor p (1 - p) cancels.",
        ),
        Misconception(
            "the bias moves first, and the weights already see it",
            variant(
                _RIGHT,
                (
                    "        w = w - lr * (Phi.T @ dz)\n        b = b - lr * dz.sum()",
                    "        b = b - lr * dz.sum()\n        w = w - lr * (Phi.T @ (sigmoid(Phi @ w + b) - y) / n)",
                ),
            ),
            "One step moves all parameters from the same place: compute both gradients before you change anything.",
        ),
        Misconception(
            "the weights move first, and the bias already sees it",
            variant(_RIGHT, ("dz.sum()", "((sigmoid(Phi @ w + b) - y) / n).sum()")),
            "One step moves all parameters from the same place: compute both gradients before you change anything.",
        ),
        Misconception(
            "the learning rate is missing from the bias",
            variant(_RIGHT, ("b - lr * ", "b - ")),
            "The bias takes the same step as the weights: `lr` times its gradient.",
        ),
        Misconception(
            "the old weights are forgotten in every step",
            variant(_RIGHT, ("w = w - lr", "w = -lr"), ("b = b - lr", "b = -lr")),
            "A step goes on from where you are: `w = w - lr * ...`.",
        ),
        Misconception(
            "one step too few",
            variant(_RIGHT, ("range(steps)", "range(steps - 1)")),
            "There are exactly `steps` steps, and as many losses: `for _ in range(steps)`.",
        ),
        Misconception(
            "the return stands inside the loop",
            variant(_RIGHT, ("    return w, b, losses", "        return w, b, losses\n    return w, b, losses")),
            "Your function ends in its first step: move `return` out of the loop, to the left.",
        ),
        Misconception(
            "stops as soon as the loss rises",
            variant(
                _RIGHT,
                (
                    "        losses.append(loss)\n",
                    "        losses.append(loss)\n        if len(losses) > 1 and loss > losses[-2]:\n            break\n",
                ),
            ),
            "A loss may rise when the learning rate is large. All `steps` steps are wanted, whatever the losses do.",
        ),
        Misconception(
            "stops as soon as the loss is small",
            variant(
                _RIGHT,
                (
                    "        losses.append(loss)\n",
                    "        losses.append(loss)\n        if loss < 1e-3:\n            break\n",
                ),
            ),
            "`losses` holds `steps` numbers, however small they are: run all the steps that were asked for.",
        ),
        Misconception(
            "one step for each example",
            variant(
                _RIGHT,
                ("        dz = (sigmoid(z) - y) / n\n", ""),
                (
                    "        w = w - lr * (Phi.T @ dz)\n        b = b - lr * dz.sum()",
                    "        for i in range(n):\n            d_i = sigmoid(Phi[i] @ w + b) - y[i]\n            w = w - lr * d_i * Phi[i]\n            b = b - lr * d_i",
                ),
            ),
            "Full batch: all examples together give one gradient and one step. (A step for each example is the perceptron's way.)",
        ),
        Misconception(
            "the weights start at one",
            variant(_RIGHT, ("np.zeros(d)", "np.ones(d)")),
            "Start from zeros: then the first loss is log 2, whatever the data.",
        ),
        Misconception(
            "the same gradient in every step",
            variant(_RIGHT, ("        z = Phi @ w + b\n", ""), ("    for _", "    z = Phi @ w + b\n    for _")),
            "The logits must be computed anew in every step, with the present weights.",
        ),
        Misconception(
            "the weights come as a column",
            variant(_RIGHT, ("return w, b", "return w[:, None], b")),
            "w has shape (d,), like the features of one example.",
        ),
        Misconception(
            "losses of rounded probabilities",
            variant(_RIGHT, (_LOSS, "-(y * np.log(sigmoid(z)) + (1 - y) * np.log(1 - sigmoid(z))).mean()")),
            "Where a logit is large the probability rounds to 0 or 1 and its log is infinite: use the loss from logits.",
        ),
        Misconception(
            "losses of clipped probabilities",
            variant(_RIGHT, (_LOSS, "-np.log(np.clip(np.where(y == 1, sigmoid(z), 1 - sigmoid(z)), 1e-12, 1)).mean()")),
            "Clipped probabilities cap the loss of a large wrong logit at 28: use the loss from logits.",
        ),
        Misconception(
            "the losses are missing",
            variant(_RIGHT, ("return w, b, losses", "return w, b")),
            "Three results are wanted: `return w, b, losses`.",
        ),
        Misconception(
            "only the last loss is returned",
            variant(_RIGHT, ("return w, b, losses", "return w, b, losses[-1] if losses else 0.0")),
            "`losses` is a list with one value for each step.",
        ),
    ],
    alternates=ALTERNATES,
    hints=[
        "Every step does four things: logits from the present w and b, loss and dz from the logits, note the loss, move w and b.",
        "z = Phi @ w + b, so a change of w_j moves z_i by Phi[i, j]: the gradient for w is Phi.T @ dz, shape (d,). The bias moves every logit alike: its gradient is dz.sum().",
        "In the loop: `loss, dz = bce_with_logits(Phi @ w + b, y)`, then `losses.append(loss)`, then `w = w - lr * (Phi.T @ dz)` and `b = b - lr * dz.sum()`.",
    ],
)
