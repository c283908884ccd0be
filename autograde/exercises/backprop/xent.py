"""``softmax_xent``: the surprise of a class, and its slope by the logits."""

import numpy as np

from autograde.exercise import Arguments, Case, Exercise
from autograde.exercises.backprop.batches import in_single, labels, odd_sizes
from autograde.exercises.backprop.xent_alternates import ALTERNATES
from autograde.exercises.backprop.xent_mistakes import MISCONCEPTIONS
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
    misconceptions=MISCONCEPTIONS,
    alternates=ALTERNATES,
    hints=[
        "Three steps: probabilities of each row, minus the log of the label's one, and for the gradient the probabilities with 1 taken off at the label. Which step breaks for a logit of 1000, and what does softmax do when you add the same number to a whole row?",
        "Shift each row by its maximum: `S = Z - Z.max(axis=1, keepdims=True)`. Then -log p_y is `np.log(np.exp(S).sum(axis=1)) - S[np.arange(n), y]`: no quotient is ever rounded to 0.",
        "With `E = np.exp(S)` and `P = E / E.sum(axis=1, keepdims=True)`: copy P, subtract 1 at `[np.arange(n), y]`, divide by n. The loss is the mean of the n numbers of hint 2.",
    ],
)
