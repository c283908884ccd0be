"""``bce_with_logits``: the surprise of a Bernoulli label, and its slope."""

import numpy as np

from autograde.exercise import Arguments, Case, Exercise, Misconception, variant
from autograde.exercises.drawing import Rng, eighths, odd_size
from autograde.exercises.xor.sources import STABLE_SIGMOID
from mlp_reference import losses


def _labels(rng: Rng, n: int) -> np.ndarray:
    """Both labels, in random order, not equally often where n is odd."""
    return rng.permutation(np.arange(n) % 2)


def _moderate(rng: Rng) -> Arguments:
    n = odd_size(rng)
    return eighths(rng, n), _labels(rng, n)


def _single_precision(rng: Rng) -> Arguments:
    z, y = _moderate(rng)
    return z.astype(np.float32), y


def _one_example(rng: Rng) -> Arguments:
    return eighths(rng, 1), rng.integers(0, 2, 1)


def _sure_and_right(rng: Rng) -> Arguments:
    """The loss is 0 to rounding."""
    y = _labels(rng, 5)
    return (2.0 * y - 1) * rng.permutation([900.0, 1200.0, 2500.0, 5000.0, 1e4]), y


def _sure_and_wrong(rng: Rng) -> Arguments:
    """Every example adds its logit's size."""
    y = _labels(rng, 5)
    return (1 - 2.0 * y) * rng.permutation([900.0, 1200.0, 2500.0, 5000.0, 1e4]), y


def _rather_large(rng: Rng) -> Arguments:
    """One example of class 0 is wrong by so much that 1 - p rounds to 0, yet no exponential overflows."""
    z = rng.permutation([0.5, -1.25, 3.0, -60.0, 90.0, -200.0]) * rng.choice([-1.0, 1.0], 6)
    return np.append(z, 400.0), np.append(_labels(rng, 6), 0)


def _large_and_small(rng: Rng) -> Arguments:
    y = _labels(rng, 7)
    size = rng.permutation([0.5, 1.25, 3.0, 60.0, 800.0, 4000.0, 1e4])
    return size * rng.choice([-1.0, 1.0], 7), y


_RIGHT = (
    STABLE_SIGMOID
    + """
def bce_with_logits(z, y):
    p = sigmoid(z)
    losses = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    loss = losses.mean()
    dz = (p - y) / len(z)
    return loss, dz
"""
)
_LOSSES = "np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))"
_NAIVE = "-(y * np.log(p) + (1 - y) * np.log(1 - p))"

_SMALL = (1e-7, 1e-8, 1e-10, 1e-12, 1e-15)


def _clipped(eps: float, in_gradient: bool) -> Misconception:
    clip = f"np.clip(sigmoid(z), {eps}, 1 - {eps})"
    gradient = "(p - y)" if in_gradient else "(sigmoid(z) - y)"
    return Misconception(
        "the probabilities are clipped",
        variant(_RIGHT, ("p = sigmoid(z)", f"p = {clip}"), (_LOSSES, _NAIVE), ("(p - y)", gradient)),
        "Clipping hides the infinity, but the loss of a sure and wrong prediction should grow like abs(z), and yours stops at the logarithm of the clipping limit.",
    )


def _padded(eps: float) -> Misconception:
    return Misconception(
        "a small number is added inside the log",
        variant(_RIGHT, (_LOSSES, f"-(y * np.log(p + {eps}) + (1 - y) * np.log(1 - p + {eps}))")),
        "The small number hides the infinity, but the loss of a sure and wrong prediction should grow like abs(z), and yours stops at its logarithm.",
    )


BCE = Exercise(
    name="bce_with_logits",
    reference=losses.bce_with_logits,
    outputs=("loss", "dz"),
    cases=[
        Case("logits of moderate size", [_moderate, _moderate, _single_precision], times=6),
        Case("a single example", [_one_example]),
        Case("very sure and right: the loss is 0", [_sure_and_right]),
        Case("abs(z) up to 400", [_rather_large]),
        Case("abs(z) up to 10,000: finite and exact", [_large_and_small, _sure_and_wrong], times=6),
    ],
    misconceptions=[
        Misconception(
            "the log of a probability that rounded to 0 or 1",
            variant(_RIGHT, (_LOSSES, _NAIVE)),
            "For large abs(z) the probability is exactly 0 or 1 as a float, its log is -inf, and 0 * inf is nan. Leave the detour over p: write the loss as log(1 + exp(z)) - y z.",
        ),
        Misconception(
            "the log of a probability that rounded to 0",
            variant(_RIGHT, (_LOSSES, "-np.log(np.where(y == 1, p, 1 - p))")),
            "Where the unit is very sure and wrong, the probability of the label rounds to 0 and its log is -inf. Write the loss as log(1 + exp(z)) - y z, without p.",
        ),
        Misconception(
            "the exponential in the loss overflows",
            variant(_RIGHT, (_LOSSES, "np.log(1 + np.exp(z)) - z * y")),
            "The formula is right, but exp(1000) is inf. Pull the large part out: log(1 + exp(z)) = z + log(1 + exp(-z)), and use whichever exponent is not positive.",
        ),
        Misconception(
            "the exponential in the loss overflows",
            variant(_RIGHT, (_LOSSES, "np.log(1 + np.exp(-(2 * y - 1) * z))")),
            "The formula is right, but exp(1000) is inf. Pull the large part out: log(1 + exp(t)) = t + log(1 + exp(-t)), and use whichever exponent is not positive.",
        ),
        *[_clipped(eps, in_gradient) for eps in _SMALL for in_gradient in (False, True)],
        *[_padded(eps) for eps in _SMALL],
        Misconception(
            "the loss is a sum instead of a mean",
            variant(_RIGHT, ("losses.mean()", "losses.sum()")),
            "The loss is the mean over the batch. (The gradient is already divided by n.)",
        ),
        Misconception(
            "sums instead of means",
            variant(_RIGHT, ("losses.mean()", "losses.sum()"), (" / len(z)", "")),
            "Loss and gradient belong to the mean over the batch: divide both by n.",
        ),
        Misconception(
            "the loss is divided by n twice",
            variant(_RIGHT, ("losses.mean()", "losses.mean() / len(z)")),
            "`mean` divides by n already.",
        ),
        Misconception(
            "loss and gradient are exchanged",
            variant(_RIGHT, ("return loss, dz", "return dz, loss")),
            "The loss comes first: `return loss, dz`.",
        ),
        Misconception(
            "the gradient is not divided by n",
            variant(_RIGHT, (" / len(z)", "")),
            "The loss is a mean, so each entry of its gradient carries the factor 1/n.",
        ),
        Misconception(
            "the gradient has the wrong sign",
            variant(_RIGHT, ("(p - y)", "(y - p)")),
            "For y = 1 a larger z makes the loss smaller, so its slope is negative: p - y, not y - p.",
        ),
        Misconception(
            "the loss has the wrong sign",
            variant(_RIGHT, ("losses.mean()", "-losses.mean()")),
            "Maximizing the likelihood is minimizing its negative logarithm: a loss is never below 0 here.",
        ),
        Misconception(
            "only the examples of class 1 count in the loss",
            variant(_RIGHT, (_LOSSES, "y * np.logaddexp(0, -z)")),
            "For y = 0 the likelihood is 1 - p: the second term, (1 - y) log(1 - p), is missing.",
        ),
        Misconception(
            "the two classes are exchanged",
            variant(_RIGHT, ("- z * y", "- z * (1 - y)"), ("(p - y)", "(p - 1 + y)")),
            "p is the probability of class 1, so it is y that goes with log p.",
        ),
        Misconception(
            "logits are taken for probabilities",
            variant(_RIGHT, ("p = sigmoid(z)", "p = z"), (_LOSSES, _NAIVE)),
            "z is the weighted sum, any real number; the probability is sigmoid(z).",
        ),
        Misconception(
            "labels 0 and 1 are used as signs",
            variant(_RIGHT, (_LOSSES, "np.logaddexp(0, -y * z)")),
            "The form log(1 + exp(-s z)) needs signs s = 2y - 1. With y = 0 every example costs log 2.",
        ),
        Misconception(
            "the slope of the sigmoid is left in the gradient",
            variant(_RIGHT, ("(p - y) / len(z)", "(p - y) * p * (1 - p) / len(z)")),
            "The factor p (1 - p) of the sigmoid cancels against the derivative of the log: what stays is p - y.",
        ),
        Misconception(
            "the gradient with respect to p instead of z",
            variant(_RIGHT, ("(p - y) / len(z)", "np.where(y == 1, -1 / p, 1 / (1 - p)) / len(z)")),
            "dz is the slope as z moves: multiply by dp/dz = p (1 - p), which cancels the denominators.",
        ),
        Misconception(
            "the squared error instead of the cross-entropy",
            variant(_RIGHT, (_LOSSES, "(p - y) ** 2")),
            "The negative logarithm of the likelihood is wanted, not the squared distance of p and y.",
        ),
        Misconception(
            "the logarithm has base 2",
            variant(_RIGHT, ("losses.mean()", "losses.mean() / np.log(2)")),
            "Losses are in nats here: use the natural logarithm, `np.log`.",
        ),
        Misconception(
            "one loss for each example",
            variant(_RIGHT, ("losses.mean()", "losses")),
            "One number is wanted: the mean of the losses of all examples.",
        ),
        Misconception(
            "the gradient is averaged away",
            variant(_RIGHT, ("(p - y) / len(z)", "np.mean(p - y)")),
            "dz has one entry for each logit: dz_i = (p_i - y_i) / n. Nothing is summed.",
        ),
        Misconception(
            "only the loss is returned",
            variant(_RIGHT, ("return loss, dz", "return loss")),
            "Two results are wanted: `return loss, dz`.",
        ),
    ],
    alternates=[
        """
def bce_with_logits(z, y):
    s = 2 * y - 1
    p = np.exp(-np.logaddexp(0, -z))
    return np.logaddexp(0, -s * z).mean(), (p - y) / len(y)
""",
        """
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
""",
        """
def bce_with_logits(z, y):
    Z = np.stack([np.zeros_like(z), z], axis=1)
    top = Z.max(axis=1, keepdims=True)
    log_p = Z - top - np.log(np.exp(Z - top).sum(axis=1, keepdims=True))
    rows = np.arange(len(z))
    return -log_p[rows, y].mean(), (np.exp(log_p[:, 1]) - y) / z.size
""",
        """
from scipy.special import expit, log_expit

def bce_with_logits(z, y):
    loss = -(y * log_expit(z) + (1 - y) * log_expit(-z)).mean()
    return np.asarray(loss), np.divide(expit(z) - y, np.size(z))
""",
        """
def bce_with_logits(z, y):
    wrong = np.where(y == 1, -z, z)
    e = np.exp(-np.abs(wrong))
    loss = np.sum(np.maximum(wrong, 0) + np.log(1 + e)) / len(z)
    blame = np.where(wrong >= 0, 1, e) / (1 + e)
    return [float(loss), np.where(y == 1, -blame, blame) / len(z)]
""",
        """
def bce_with_logits(z, y):
    p = 0.5 * (1 + np.tanh(z / 2))
    return np.mean(np.logaddexp(0, z) - y * z), (p - y) / z.shape[0]
""",
    ],
    hints=[
        "Start with one example and no tricks: p = sigmoid(z), loss -log p where y = 1, -log(1 - p) where y = 0. Then insert p = 1/(1 + exp(-z)) on paper: what is left is log(1 + exp(z)) - y z.",
        "log(1 + exp(z)) overflows for large z. But it equals z + log(1 + exp(-z)): choose the form whose exponent is not positive, which is max(z, 0) + log(1 + exp(-abs(z))). NumPy also has `np.logaddexp(a, b)`, the safe log(exp(a) + exp(b)).",
        "`loss = np.mean(np.logaddexp(0, z) - y * z)`, and the gradient is `(p - y) / len(z)` with a p from a sigmoid that survives z = -10,000.",
    ],
)
