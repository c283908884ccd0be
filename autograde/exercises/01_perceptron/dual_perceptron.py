"""Starred exercise 1: a perceptron that sees examples only through their products with each other."""

import numpy as np

from autograde.exercises.support.special import each_zero
from autograde.exercises.support.drawing import Array, Rng, eighths, separable
from autograde.judging.exercise import Arguments, Case, Exercise
from jaxtyping import Real


def dual_perceptron(K: Real[np.ndarray, "n n"], y: Array, max_epochs: int = 100) -> tuple[Array, list[int]]:
    """How often each example was a mistake, and the mistakes of each epoch."""
    K, s = np.asarray(K, dtype=float) + 1, 2 * np.asarray(y, dtype=int) - 1
    scores, alpha, mistakes = np.zeros(len(s)), np.zeros(len(s), dtype=int), list[int]()
    while len(mistakes) < max_epochs and (not mistakes or mistakes[-1]):
        mistakes.append(0)
        for i in range(len(s)):
            if (scores[i] > 0) != (s[i] > 0):
                alpha[i] += 1
                mistakes[-1] += 1
                scores += s[i] * K[:, i]
    return alpha, mistakes


def _line(rng: Rng) -> Arguments:
    X, y, _, _ = separable(rng, int(rng.choice([7, 9])), 2)
    return X @ X.T, y


def _circle(rng: Rng) -> Arguments:
    """Corners around a middle: no line, but a conic, the square of 1 + x . x'."""
    corners = np.array([[3.0, 3.0], [3.0, -3.0], [-3.0, 3.0], [-3.0, -3.0]])
    X = np.concatenate([eighths(rng, 4, 2) / 4, corners + eighths(rng, 4, 2) / 8])
    order = rng.permutation(8)
    return ((1 + X @ X.T) ** 2)[np.ix_(order, order)], (order < 4).astype(int), 60


def _never(rng: Rng) -> Arguments:
    """Two examples that are the same, in different classes."""
    X, y, _, _ = separable(rng, 6, 2)
    X[1], y[0], y[1] = X[0], 1, 0
    return X @ X.T, y, int(rng.choice([3, 5]))


def _never_by_default(rng: Rng) -> Arguments:
    """The same two examples alone, without a limit: that is 100 epochs."""
    x = eighths(rng, 1, 2)
    return np.tile(x @ x.T, (2, 2)), np.array([1, 0])


def _more_epochs(rng: Rng) -> Arguments:
    return *_never_by_default(rng), int(rng.integers(101, 130))


def _one_example(rng: Rng) -> Arguments:
    """Of class 1: a mistake from zeros, and none from there."""
    x = eighths(rng, 1, 2)
    return x @ x.T, np.array([1])


def _right_from_the_start(rng: Rng) -> Arguments:
    K, y = _line(rng)
    return K, 0 * y


def _single_precision(rng: Rng) -> Arguments:
    K, y = _line(rng)
    return K.astype(np.float32), y, 50


def _whole_numbers(rng: Rng) -> Arguments:
    K, y, *rest = _line(rng)
    return (64 * K).astype(np.int64), y, 50


def _only_ones(rng: Rng) -> Arguments:
    X = eighths(rng, 7, 2)
    return X @ X.T, np.ones(7, dtype=np.int64), 50


exercise = Exercise(
    reference=dual_perceptron,
    outputs=("alpha", "the mistakes of each epoch"),
    cases=[
        Case("a line separates them", [_line], times=3),
        Case("no line does, but a curve", [_circle], times=3),
        Case(
            "two equal examples in different classes, one class, one example; whole numbers, single precision",
            [
                *(_never, _whole_numbers, _never_by_default, _more_epochs, _single_precision),
                *(_one_example, _right_from_the_start),
            ],
            times=7,
        ),
        Case("one class alone, no products but those of the bias", [_only_ones, *each_zero(_only_ones, 0)], times=2, weight=0.5),
    ],
)

# %% hints
# 1. The weights are always a sum of examples: w = sum_j alpha_j s_j x_j. What is w @ x_i, with K in place of the x?
# 2. The bias learns as the weight of an input that is always 1 does, so it adds 1 to every product: the score of example i is
#    `np.sum(alpha * s * (K[i] + 1))`. A mistake on example i adds 1 to `alpha[i]`, and that is all.

# %% elegant
# No weights and no inputs: whatever the features are, and be there infinitely many, only their products enter. So the same
# lines draw lines, conics and far wilder curves.

# %% right
def dual_perceptron(K, y, max_epochs=100):
    s = 2 * np.asarray(y) - 1
    alpha = np.zeros(len(y), dtype=int)
    mistakes = []
    for _ in range(max_epochs):
        wrong = 0
        for i in range(len(y)):
            score = np.sum(alpha * s * (K[i] + 1))
            if int(score > 0) != y[i]:
                alpha[i] += 1
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return alpha, mistakes

# %% right
def dual_perceptron(K, y, max_epochs=100):
    n = len(y)
    counts, bias, history = [0] * n, 0, []
    while len(history) < max_epochs:
        before = sum(counts)
        for i in range(n):
            total = bias
            for j in range(n):
                total += counts[j] * (1 if y[j] == 1 else -1) * K[i][j]
            if total > 0 and y[i] == 0:
                counts[i] += 1
                bias -= 1
            elif total <= 0 and y[i] == 1:
                counts[i] += 1
                bias += 1
        history.append(sum(counts) - before)
        if history[-1] == 0:
            return counts, history
    return counts, history

# %% right
def dual_perceptron(K, y, max_epochs=100):
    sign = np.where(np.asarray(y) == 1, 1.0, -1.0)
    M = (K + 1.0) * sign[:, None] * sign
    alpha, scores, mistakes = np.zeros(len(sign)), np.zeros(len(sign)), []
    for epoch in range(max_epochs):
        start = alpha.sum()
        for i in range(len(sign)):
            if scores[i] < 0 or (scores[i] == 0 and sign[i] > 0):
                alpha[i] += 1
                scores = scores + M[:, i]
        mistakes.append(int(alpha.sum() - start))
        if mistakes[-1] == 0:
            break
    return alpha, mistakes

# %% wrong
# the bias is forgotten: `(K[i] + 1)` -> `K[i]`
#   The bias learns, too: as the weight of an input that is always 1, it adds 1 to every product.
# the signs of the classes are forgotten: `alpha * s * (K[i] + 1)` -> `alpha * (K[i] + 1)`
#   A mistake on an example of class 0 takes it away from w: its alpha counts with the sign -1.
# the labels 0 and 1 are taken as signs: `2 * np.asarray(y) - 1` -> `np.asarray(y)`
#   With 0 for a sign the examples of class 0 never enter w: s is 2y - 1.
# a signed alpha: `alpha[i] += 1` -> `alpha[i] += s[i]`
#   alpha counts mistakes, and the sign stands beside it in the score: it would be there twice.
# a score of 0 is class 1: `score > 0` -> `score >= 0`
#   The tie belongs to class 0, as in `perceptron_predict`.
# the classes are exchanged: `int(score > 0) != y[i]` -> `int(score > 0) == y[i]`
#   Update where the prediction differs from the label.
# only the other examples count: `(K[i] + 1))` -> `(K[i] + 1)) - alpha[i] * s[i] * (K[i, i] + 1)`
#   The example's own earlier mistakes are part of w, too.
# the mistakes of all epochs together: `mistakes.append(wrong)` -> `mistakes.append(sum(mistakes) + wrong)`
#   One number for each epoch: the mistakes of that epoch alone.
# the last epoch, without a mistake, is not recorded: `mistakes.append(wrong) ⏎ if wrong == 0:` -> `if wrong > 0: ⏎     mistakes.append(wrong) ⏎ else:`
#   Record the epoch without a mistake, too: it is the proof that all are right.
# all updates at the end of an epoch
# -         for i in range(len(y)):
# -             score = np.sum(alpha * s * (K[i] + 1))
# -             if int(score > 0) != y[i]:
# -                 alpha[i] += 1
# -                 wrong += 1
# +         scores = (K + 1) @ (alpha * s)
# +         for i in range(len(y)):
# +             if int(scores[i] > 0) != y[i]:
# +                 alpha[i] += 1
# +                 wrong += 1
#   Each mistake counts at once, also for the rest of the epoch: compute the score when its example's turn comes.
# never stops early: `if wrong == 0:` -> `if False:`
#   Stop after the first epoch without a mistake.
# alpha carries the signs: `alpha * s * (K[i] + 1)` -> `alpha * (K[i] + 1)`, `alpha[i] += 1` -> `alpha[i] += s[i]`
#   alpha counts mistakes, so it is never below 0. What you keep is alpha times s: return its absolute values.
# the 1 is added to the whole score: `alpha * s * (K[i] + 1))` -> `alpha * s * K[i]) + 1`
#   The 1 stands in the sum, beside each product: every mistake moves the bias by its sign.
# an example on the boundary always counts as a mistake: `int(score > 0) != y[i]` -> `s[i] * score <= 0`
#   A score of 0 is class 0, and right for an example of class 0. Compare the prediction with the label.
# alpha grows for all examples: `alpha[i] += 1` -> `alpha += 1`
#   A mistake on example i counts for this example alone: `alpha[i] += 1`.
# alpha says yes or no: `alpha[i] += 1` -> `alpha[i] = 1`
#   An example may be missed again and again: alpha counts how often, `+=`.
# every epoch starts from zeros again: `wrong = 0 ⏎ for i` -> `wrong, alpha = 0, np.zeros(len(y), dtype=int) ⏎ for i`
#   Set alpha to zero once, before the loop over epochs: an epoch goes on where the last one stopped.
# only the examples before it count: `np.sum(alpha * s * (K[i] + 1))` -> `np.sum((alpha * s * (K[i] + 1))[:i])`
#   The sum goes over all j, from the first example to the last.
# a perceptron whose features are the rows of K
# -     mistakes = []
# +     mistakes, w, b = [], np.zeros(len(y)), 0
#   `score = np.sum(alpha * s * (K[i] + 1))` -> `score = K[i] @ w + b`
#   `alpha[i] += 1` -> `… ⏎ w, b = w + s[i] * K[i], b + s[i]`
#   K holds products already, not features: in the score alpha_j s_j goes with K_ij once, without another product of rows.
# alpha and mistakes are exchanged: `return alpha, mistakes` -> `return mistakes, alpha`
#   alpha comes first: `return alpha, mistakes`.
# the kernel is applied once more: `(K[i] + 1))` -> `(K[i] + 1) ** 2)`
#   K holds k(x_i, x_j) already: add 1 for the bias, and no more.
# max_epochs is ignored: `range(max_epochs)` -> `range(100)` | `range(1000)`
#   Stop after `max_epochs` epochs in any case: `range(max_epochs)`.
# a score of 0 is never a mistake: `int(score > 0) != y[i]` -> `s[i] * score < 0`
#   At the start every score is 0, which is class 0: for an example of class 1 that is a mistake. Else nothing is ever learned.
# only the product of the example with itself counts: `(K[i] + 1)` -> `(K[i, i] + 1)`
#   The sum goes over all j, and K[i, j] is another number for each of them.
# one example after the other is repeated until it is right: `if int(score > 0) != y[i]:` -> `while int(np.sum(alpha * s * (K[i] + 1)) > 0) != y[i] and alpha[i] < 99:`
#   A mistake counts once, and the next example follows; what is wrong still has its turn in the next epoch.
# the bias grows by 1 with every mistake: `(K[i] + 1))` -> `K[i]) + alpha.sum()`
#   A mistake on class 0 lowers the bias: it moves by s_i, and 1 stands beside each product, with its alpha and its sign.
# the sign is that of the example whose turn it is: `alpha * s * (K[i] + 1)` -> `alpha * s[i] * (K[i] + 1)`
#   Each summand has the sign of its own example, s_j beside alpha_j. The label of example i is what the score is compared with.
