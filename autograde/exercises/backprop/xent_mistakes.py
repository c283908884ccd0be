"""Wrong answers to ``softmax_xent``."""

import numpy as np

from autograde.exercise import Misconception, variant

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


_FROM_P = "-np.log(P[rows, y])"
_NORM = "P = E / E.sum(axis=1, keepdims=True)"


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


def _floor(loss: str) -> Misconception:
    return Misconception(
        "a floor under the probabilities",
        variant(_RIGHT, (_LOSSES, loss)),
        "No floor under p is low enough: the loss of a sure and wrong prediction grows with the distance of the logits, without end, and yours stops at the logarithm of the floor. Take log(sum of exp) - z_y of the shifted logits instead.",
    )


def _whole_columns(*edits: tuple[str, str]) -> Misconception:
    return Misconception(
        "the loss reads whole columns",
        variant(_RIGHT, *edits),
        "`[:, y]` is a table of shape (n, n): the columns of all labels, in *every* row. Pair each row with its label: `[np.arange(n), y]`.",
    )


def _half_shifted(losses: str) -> Misconception:
    return Misconception(
        "only one term of the loss is shifted",
        variant(_RIGHT, (_LOSSES, losses)),
        "The shift cancels only if it stands in both terms. Take the log of the sum and the label's logit from the *same* shifted logits: shift z_y as well.",
    )


def _over_the_batch(*edits: tuple[str, str]) -> Misconception:
    return Misconception(
        "softmax over the whole batch",
        variant(_RIGHT, (_NORM, "P = E / E.sum()"), *edits),
        "`E.sum()` adds up the whole batch. Each row is an example of its own, and its probabilities add up to 1: `E.sum(axis=1, keepdims=True)`.",
    )


def _down_the_columns(*edits: tuple[str, str]) -> Misconception:
    return Misconception(
        "softmax along the wrong axis",
        variant(_RIGHT, (_NORM, "P = E / E.sum(axis=0, keepdims=True)"), *edits),
        "Each *row* is one example, and its probabilities add up to 1: sum along axis 1, with keepdims=True.",
    )


MISCONCEPTIONS = [
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
        "exp overflows",
        variant(_RIGHT, (_MAX, "Z"), (_LOSSES, "-(np.eye(k)[y] * np.log(P)).sum(axis=1)")),
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
    Misconception(
        "0 times the log of 0",
        variant(_RIGHT, (_LOSSES, "-(np.eye(k)[y] * np.log(P)).sum(axis=1)")),
        "Where a probability rounds to 0 its log is -inf, and one-hot's 0 times -inf is nan, not 0. Read the label's entry alone, and take its log before dividing: log(sum of exp) - z_y, with shifted logits.",
    ),
    *[_padded(eps) for eps in (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, float(np.finfo(float).eps))],
    *[_clipped(eps) for eps in (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, float(np.finfo(float).eps))],
    *[
        _floor(f"-np.log(P[rows, y] + {floor})")
        for floor in (1e-20, 1e-30, 1e-100, 1e-300, float(np.finfo(float).tiny))
    ],
    _down_the_columns(("Z.max(axis=1, keepdims=True)", "Z.max(axis=0, keepdims=True)"), (_LOSSES, _FROM_P)),
    _down_the_columns((_LOSSES, _FROM_P)),
    _down_the_columns(),
    _down_the_columns((_MAX, "Z")),
    _over_the_batch((_LOSSES, _FROM_P)),
    _over_the_batch(),
    _over_the_batch((_MAX, "Z - Z.max()"), (_LOSSES, _FROM_P)),
    _over_the_batch((_MAX, "Z - Z.max()")),
    *[
        Misconception(
            "keepdims is missing",
            variant(_RIGHT, (reduced, reduced.replace(", keepdims=True", ""))),
            "A maximum or a sum along axis 1 has shape (n,), and does not fit to the rows of (n, k). `keepdims=True` leaves a column of shape (n, 1), which does.",
        )
        for reduced in ("Z.max(axis=1, keepdims=True)", "E.sum(axis=1, keepdims=True)")
    ],
    _half_shifted("np.log(E.sum(axis=1)) - Z[rows, y]"),
    _half_shifted("np.log(np.exp(Z).sum(axis=1)) - S[rows, y]"),
    _whole_columns((_LOSSES, "np.log(E.sum(axis=1)) - S[:, y]")),
    _whole_columns((_LOSSES, "-np.log(P[:, y])")),
    _whole_columns((_LOSSES, "np.log(E.sum(axis=1)) - S[:, y]"), ("dZ[rows, y] -= 1", "dZ[:, y] -= 1")),
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
        "the loss is divided by n times k",
        variant(_RIGHT, ("losses.mean()", "losses.sum() / Z.size")),
        "`np.mean` of a table (n, k) divides by n times k. Each row has one term that counts: divide by the n examples. (Your gradient is right.)",
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
        "the loss in bits",
        variant(_RIGHT, (_LOSSES, "np.log2(E.sum(axis=1)) - S[rows, y]")),
        "The course measures in nats: use the natural logarithm, `np.log`. Only that one undoes `np.exp`.",
    ),
    Misconception(
        "the loss in decimal digits",
        variant(_RIGHT, (_LOSSES, "-np.log10(P[rows, y])")),
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
]
