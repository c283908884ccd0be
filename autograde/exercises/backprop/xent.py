"""``softmax_xent``: the surprise of a class, and its slope by the logits."""

import numpy as np

from autograde.exercise import Arguments, Case, Exercise, Misconception, variant
from autograde.exercises.backprop.batches import in_single, labels, odd_sizes
from autograde.exercises.backprop.xent_alternates import ALTERNATES
from autograde.exercises.drawing import Rng, eighths
from mlp_reference import losses


def _moderate(rng: Rng) -> Arguments:
    n, k = odd_sizes(rng, 4)[:2]
    return eighths(rng, n, k), labels(rng, n, k)


def _unused_class(rng: Rng) -> Arguments:
    """Nobody belongs to the last two classes."""
    return eighths(rng, 5, 6), labels(rng, 5, 4)


def _one_example(rng: Rng) -> Arguments:
    return eighths(rng, 1, 5), rng.integers(0, 5, 1)


def _two_classes(rng: Rng) -> Arguments:
    return eighths(rng, 7, 2), labels(rng, 7, 2)


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


_RIGHT = """
def softmax_xent(Z, y):
    n, k = Z.shape
    rows = np.arange(n)
    S = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(S)
    P = E / E.sum(axis=1, keepdims=True)
    losses = np.log(E.sum(axis=1)) - S[rows, y]
    loss = losses.mean()
    dZ = P.copy()
    dZ[rows, y] -= 1
    dZ = dZ / n
    return loss, dZ
"""
_LOSSES = "np.log(E.sum(axis=1)) - S[rows, y]"
_MAX = "Z - Z.max(axis=1, keepdims=True)"
_EXACT = ("losses = " + _LOSSES, "T = Z - Z.max(1)[:, None]\n    losses = np.log(np.exp(T).sum(1)) - T[rows, y]")


def _padded(eps: float) -> Misconception:
    return Misconception(
        "a small number is added inside the log",
        variant(_RIGHT, (_LOSSES, f"-np.log(P[rows, y] + {eps})")),
        "The small number hides the infinity, but the loss of a sure and wrong prediction grows with the distance of the logits, and yours stops at the logarithm of that number.",
    )


def _clipped(eps: float) -> Misconception:
    return Misconception(
        "the probabilities are clipped",
        variant(_RIGHT, (_LOSSES, f"-np.log(np.clip(P[rows, y], {eps}, 1))")),
        "Clipping hides the infinity, but the loss of a sure and wrong prediction grows with the distance of the logits, and yours stops at the logarithm of the limit.",
    )


SOFTMAX_XENT = Exercise(
    name="softmax_xent",
    reference=losses.softmax_xent,
    outputs=("loss", "dZ"),
    cases=[
        Case("logits of moderate size", [_moderate, _moderate, in_single(_moderate)], times=6),
        Case("a single example", [_one_example]),
        Case("two classes", [_two_classes], times=2),
        Case("classes that no example has", [_unused_class], times=2),
        Case("sure and wrong: p rounds to 0, the loss does not become infinite", [_rather_large]),
        Case("logits up to 10,000: finite and exact", [_very_large, _far_apart], times=4),
    ],
    misconceptions=[
        Misconception(
            "exp overflows",
            variant(_RIGHT, (_MAX, "Z")),
            "exp(1000) is inf, and inf / inf is nan. Softmax does not change when a row is shifted: subtract each row's largest logit first.",
        ),
        Misconception(
            "exp overflows",
            variant(_RIGHT, (_MAX, "Z"), (_LOSSES, "-np.log(P[rows, y])")),
            "exp(1000) is inf, and inf / inf is nan. Softmax does not change when a row is shifted: subtract each row's largest logit first.",
        ),
        Misconception(
            "exp overflows in the gradient",
            variant(_RIGHT, (_MAX, "Z"), _EXACT),
            "The loss is exact at large logits, the probabilities are nan: use the shifted logits for both.",
        ),
        Misconception(
            "one maximum for the whole batch",
            variant(_RIGHT, ("Z.max(axis=1, keepdims=True)", "Z.max()")),
            "In a row that lies far below the largest logit of the batch every exp is 0, and 0/0 is nan. Each row needs its own maximum: `Z.max(axis=1, keepdims=True)`.",
        ),
        Misconception(
            "one maximum for the whole batch",
            variant(_RIGHT, ("Z.max(axis=1, keepdims=True)", "Z.max()"), (_LOSSES, "-np.log(P[rows, y])")),
            "In a row that lies far below the largest logit of the batch every exp is 0, and 0/0 is nan. Each row needs its own maximum: `Z.max(axis=1, keepdims=True)`.",
        ),
        Misconception(
            "the log of a probability that rounded to 0",
            variant(_RIGHT, (_LOSSES, "-np.log(P[rows, y])")),
            "Where the net is very sure and wrong, the probability of the label is 0 as a float, and its log is -inf. Take the log before dividing: -log p_y = log(sum of exp) - z_y, with shifted logits.",
        ),
        *[_padded(eps) for eps in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)],
        *[_clipped(eps) for eps in (1e-7, 1e-8, 1e-10, 1e-12, 1e-15)],
        Misconception(
            "softmax along the wrong axis",
            variant(
                _RIGHT,
                ("Z.max(axis=1, keepdims=True)", "Z.max(axis=0, keepdims=True)"),
                ("P = E / E.sum(axis=1, keepdims=True)", "P = E / E.sum(axis=0, keepdims=True)"),
                (_LOSSES, "-np.log(P[rows, y])"),
            ),
            "Each *row* is one example, and its probabilities add up to 1: sum along axis 1, with keepdims=True.",
        ),
        Misconception(
            "the gradient is not divided by n",
            variant(_RIGHT, ("    dZ = dZ / n\n", "")),
            "The loss is a mean over n examples, so each entry of its gradient carries the factor 1/n.",
        ),
        Misconception(
            "the loss is a sum instead of a mean",
            variant(_RIGHT, ("losses.mean()", "losses.sum()")),
            "The loss is the mean over the batch. (Your gradient is already that of the mean.)",
        ),
        Misconception(
            "sums instead of means",
            variant(_RIGHT, ("losses.mean()", "losses.sum()"), ("    dZ = dZ / n\n", "")),
            "Loss and gradient belong to the mean over the batch: divide both by n.",
        ),
        Misconception(
            "divided by all entries instead of all examples",
            variant(_RIGHT, ("dZ / n", "dZ / Z.size")),
            "The mean runs over the n examples, not over the n times k entries of Z.",
        ),
        Misconception(
            "loss and gradient are divided by n times k",
            variant(_RIGHT, ("losses.mean()", "losses.sum() / Z.size"), ("dZ / n", "dZ / Z.size")),
            "The mean runs over the n examples, not over the n times k entries of Z: a one-hot row has one term that counts.",
        ),
        Misconception(
            "the loss of each example instead of their mean",
            variant(_RIGHT, ("losses.mean()", "losses")),
            "The loss is one number: the mean over the batch.",
        ),
        Misconception(
            "the loss has the wrong sign",
            variant(_RIGHT, ("losses.mean()", "-losses.mean()")),
            "The cross-entropy is *minus* the log of a probability, so it is never negative.",
        ),
        Misconception(
            "the gradient has the wrong sign",
            variant(_RIGHT, ("dZ / n", "-dZ / n")),
            "Probability minus one-hot: raising the logit of the right class lowers the loss, so that entry is negative.",
        ),
        Misconception(
            "the one-hot labels are not subtracted",
            variant(_RIGHT, ("    dZ[rows, y] -= 1\n", "")),
            "In the column of its label each row has p - 1, everywhere else p.",
        ),
        Misconception(
            "the 1 is subtracted in whole columns",
            variant(_RIGHT, ("dZ[rows, y] -= 1", "dZ[:, y] -= 1")),
            "`dZ[:, y]` means these columns in *every* row. Pair each row with its label: `dZ[np.arange(n), y]`.",
        ),
        Misconception(
            "the classes are counted by the labels",
            variant(_RIGHT, ("    dZ[rows, y] -= 1\n", "    dZ = dZ - np.eye(y.max() + 1)[y]\n")),
            "A batch need not contain every class. The number of classes is the number of columns of Z.",
        ),
        Misconception(
            "the gradient by the probabilities",
            variant(
                _RIGHT,
                ("dZ = P.copy()\n    dZ[rows, y] -= 1", "dZ = np.zeros(P.shape)\n    dZ[rows, y] = -1 / P[rows, y]"),
            ),
            "-1/p is the slope by the *probability*. The chain goes on through softmax to the logits; the product of the two is p minus one-hot.",
        ),
        Misconception(
            "softmax taken for an elementwise function",
            variant(
                _RIGHT,
                ("dZ = P.copy()\n    dZ[rows, y] -= 1", "dZ = np.zeros(P.shape)\n    dZ[rows, y] = P[rows, y] - 1"),
            ),
            "Every logit moves every probability, so the other classes have a gradient too: their p.",
        ),
        Misconception(
            "the gradient has an extra softmax derivative",
            variant(_RIGHT, ("dZ / n", "dZ * P * (1 - P) / n")),
            "P minus one-hot *is* the gradient by the logits: the derivative of softmax is in it already.",
        ),
        Misconception(
            "the loss in bits",
            variant(_RIGHT, (_LOSSES, "np.log2(E.sum(axis=1)) - S[rows, y] / np.log(2)")),
            "The course measures in nats: use the natural logarithm, `np.log`.",
        ),
        Misconception(
            "P was changed before the loss was read",
            variant(
                _RIGHT,
                ("    losses = " + _LOSSES + "\n    loss = losses.mean()\n", ""),
                ("P.copy()", "P"),
                ("    return", "    loss = -np.log(P[rows, y] + 1).mean()\n    return"),
                ("dZ = dZ / n", "dZ /= n"),
            ),
            "`dZ = P` makes no copy: subtracting from dZ changes P, and the loss is read from P afterwards. Compute the loss first, or take `P.copy()`.",
        ),
        Misconception(
            "P was changed before the loss was read",
            variant(
                _RIGHT,
                ("    losses = " + _LOSSES + "\n    loss = losses.mean()\n", ""),
                ("P.copy()", "P"),
                ("    return", "    loss = -np.log(P[rows, y]).mean()\n    return"),
            ),
            "`dZ = P` makes no copy: subtracting from dZ changes P, and the loss is read from P afterwards. Compute the loss first, or take `P.copy()`.",
        ),
        Misconception(
            "loss and gradient are exchanged",
            variant(_RIGHT, ("return loss, dZ", "return dZ, loss")),
            "The loss comes first: `return loss, dZ`.",
        ),
        Misconception(
            "the loss alone is returned",
            variant(_RIGHT, ("return loss, dZ", "return loss")),
            "Two things are asked for: `return loss, dZ`.",
        ),
        Misconception(
            "the caller's logits are shifted",
            variant(_RIGHT, ("S = Z - Z.max", "S = Z\n    S -= Z.max")),
            "`S = Z` makes no copy, and `-=` then changes the array of the caller. Write `S = Z - ...`.",
        ),
        Misconception(
            "the caller's logits are shifted",
            variant(_RIGHT, ("S = Z - Z.max", "Z -= Z.max"), ("E = np.exp(S)", "S = Z\n    E = np.exp(S)")),
            "`Z -= ...` changes the array of the caller. Write `Z = Z - ...`: that makes a new one.",
        ),
    ],
    alternates=ALTERNATES,
    hints=[
        "Three steps: probabilities of each row, minus the log of the label's one, and for the gradient the probabilities with 1 taken off at the label. Which step breaks for a logit of 1000, and what does softmax do when you add the same number to a whole row?",
        "Shift each row by its maximum: `S = Z - Z.max(axis=1, keepdims=True)`. Then -log p_y is `np.log(np.exp(S).sum(axis=1)) - S[np.arange(n), y]`: no quotient is ever rounded to 0.",
        "With `E = np.exp(S)` and `P = E / E.sum(axis=1, keepdims=True)`: copy P, subtract 1 at `[np.arange(n), y]`, divide by n. The loss is the mean of the n numbers of hint 2.",
    ],
)
