"""``train``: weights, epochs, batches, steps, losses; everything from the course in one function."""

import numpy as np

from autograde.exercise import Arguments, Case, Exercise
from autograde.exercises.drawing import Rng, eighths
from autograde.exercises.training.seen import RIGHT, digits_split, train_seen
from autograde.exercises.training.train_alternates import ALTERNATES
from autograde.exercises.training.train_mistakes import MISCONCEPTIONS
from mlp_reference import training


def _task(rng: Rng, n: int, sizes: list[int], epochs: int, batch_size: int, lr: float) -> Arguments:
    """The largest label does not occur: the number of classes is the last of ``sizes``."""
    y = rng.permutation(np.arange(n) % (sizes[-1] - 1))
    return eighths(rng, n, sizes[0]) / 2, y, sizes, epochs, batch_size, lr, rng


def _one_step(rng: Rng) -> Arguments:
    return _task(rng, 7, [3, 8, 4], 1, int(rng.choice([7, 9])), float(rng.choice([0.25, 0.5])))


def _deeper(rng: Rng) -> Arguments:
    return _task(rng, 9, [2, 9, 7, 5, 3], 1, 9, 0.125)


def _no_hidden_layer(rng: Rng) -> Arguments:
    return _task(rng, 5, [4, 3], 2, 8, 0.5)


def _epochs(rng: Rng) -> Arguments:
    return _task(rng, 7, [3, 8, 4], 3, 7, 0.25)


def _single_precision(rng: Rng) -> Arguments:
    X, *rest = _epochs(rng)
    return X.astype(np.float32), *rest


def _wide(rng: Rng) -> Arguments:
    return _task(rng, 3, [20, 60, 16, 64], 1, 3, 0.0625)


def _large(rng: Rng) -> Arguments:
    X, y, sizes, *_ = _task(rng, 5, [3, 8, 4], 1, 5, 0.0)
    return 4e4 * X, y, sizes, 1, 5, 1e-9, rng


def _shorter_batch(rng: Rng) -> Arguments:
    n, size = ((3, 2), (4, 3))[int(rng.integers(2))]
    return _task(rng, n, [3, 8, 3], 1, size, 0.5)


def _single_examples(rng: Rng) -> Arguments:
    return _task(rng, 3, [3, 8, 3], 2, 1, 0.5)


def _digits(rng: Rng) -> Arguments:
    X, y = digits_split()[0]
    return X, y, [64, 64, 10], 40, 32, 0.1, rng


TRAIN = Exercise(
    name="train",
    reference=training.train,
    probe=train_seen,
    changes=("rng",),
    outputs=tuple(RIGHT),
    patience=6.0,
    cases=[
        Case("one batch with all examples: one step", [_one_step, _deeper], times=4),
        Case("He weights, zero biases", [_wide], times=2),
        Case(
            "several epochs, single precision, no hidden layer", [_epochs, _single_precision, _no_hidden_layer], times=4
        ),
        Case("logits of many thousands", [_large], times=2),
        Case("a last batch that is shorter", [_shorter_batch], times=4),
        Case("a fresh random order in each epoch", [_single_examples], times=1),
        Case("scikit-learn's digits: at least 0.96", [_digits], times=1, weight=2.0),
    ],
    misconceptions=MISCONCEPTIONS,
    alternates=ALTERNATES,
    hints=[
        "Write it in the order in which it happens: draw weights; for each epoch an order; for each batch of it forward, loss, backward, step; after each epoch one number for `losses`. Most of these you have as functions from earlier notebooks: copy them into the cell.",
        "In the innermost loop: `Z, cache = mlp_forward(X[rows], Ws, bs)`, `loss, dZ = softmax_xent(Z, y[rows])`, `dWs, dbs = mlp_backward(dZ, cache)`, `sgd_step(Ws + bs, dWs + dbs, lr)`. `Ws + bs` is a new list of the same arrays.",
        "`total += loss * len(rows)` after each batch, `losses.append(total / len(X))` after each epoch. W starts as `rng.normal(0, np.sqrt(2 / d_in), (d_in, d_out))`, b as `np.zeros(d_out)`, for d_in, d_out in zip(sizes[:-1], sizes[1:]).",
    ],
)
