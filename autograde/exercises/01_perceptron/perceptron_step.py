"""Exercise 1.2: learning from one example."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support import pictures
from autograde.exercises.support.batches import whole
from autograde.exercises.support.variants import each_whole
from autograde.exercises.support.drawing import Rng, eighths
from mlp_reference import perceptron


def _example(
    rng: Rng, target: int | None = None, wrong: bool | None = None, eta: float | None = None, features: int = 0
) -> Arguments:
    """One example off the boundary; ``target`` fixes its label, ``wrong`` whether the unit misses it."""
    while True:
        d = features or int(rng.integers(2, 5))
        x, w, b = eighths(rng, d), eighths(rng, d), float(eighths(rng))
        y = int(rng.integers(2)) if target is None else target
        missed = y != int(x @ w + b > 0)
        if abs(x @ w + b) > 0.6 and abs(x @ w) > 0.6 and (wrong is None or missed == wrong):
            return (x, y, w, b) if eta is None else (x, y, w, b, eta)


def _missed_one(rng: Rng) -> Arguments:
    return _example(rng, target=1, wrong=True)


def _missed_zero(rng: Rng) -> Arguments:
    return _example(rng, target=0, wrong=True)


def _right(rng: Rng) -> Arguments:
    return _example(rng, wrong=False)


def _one_feature(rng: Rng) -> Arguments:
    return _example(rng, wrong=True, features=1)


def _tie(rng: Rng, target: int) -> Arguments:
    x, w = eighths(rng, 3), eighths(rng, 3)
    return x, target, w, -float(x @ w)


def _beside(rng: Rng, offset: float) -> Arguments:
    x, y, w, b = _tie(rng, int(offset < 0))
    return x, y, w, b + offset


def _from_zeros(rng: Rng, target: int) -> Arguments:
    """Where every perceptron starts: a tie."""
    d = int(rng.integers(2, 5))
    return eighths(rng, d), target, np.zeros(d), 0.0


def _zeros(rng: Rng) -> Arguments:
    """An example of zeros, of which only the bias learns."""
    b = float(eighths(rng))
    return np.zeros(3), int(b < 0), eighths(rng, 3), b


def _just_above(rng: Rng) -> Arguments:
    """A sum of 1/8 to 3/8 for class 0: a mistake."""
    return _beside(rng, float(rng.integers(1, 4)) / 8)


def _just_below(rng: Rng) -> Arguments:
    """A sum of -3/8 to -1/8 for class 1: a mistake."""
    return _beside(rng, -float(rng.integers(1, 4)) / 8)


def _just_right(rng: Rng, sign: int) -> Arguments:
    """A sum near 0 on the right side: nothing moves."""
    x, y, w, b = _beside(rng, sign * float(rng.integers(1, 4)) / 8)
    return x, 1 - y, w, b


def _nearly_a_tie(rng: Rng) -> Arguments:
    """A sum that is tiny, but positive, for class 0: a mistake; sums of powers of two are exact."""
    k, size = int(rng.integers(3)), float(eighths(rng))
    w = np.eye(3)[k] * np.sign(size) * 2.0 ** -float(rng.integers(40, 50))
    return np.eye(3)[k] * size, 0, w, 0.0


def _bias_decides(rng: Rng) -> Arguments:
    """Without the bias the prediction would be another one, and the update with it."""
    while True:
        x, w = eighths(rng, 3), eighths(rng, 3)
        if abs(x @ w) > 0.6:
            return x, int(rng.integers(2)), w, -2 * float(x @ w)


def _whole_numbers(rng: Rng) -> Arguments:
    """A mistake that the bias does not decide."""
    while True:
        x, y, w, b = whole(_example(rng, wrong=True))
        if y != int(x @ w + b > 0) and abs(x @ w) > abs(b):
            return x, y, w, b, 2


def _single_precision(rng: Rng) -> Arguments:
    while True:
        x, y, w, b = _missed_one(rng)
        if abs(x @ w) > abs(b):
            return x.astype(np.float32), y, w.astype(np.float32), b


def _bias_alone(rng: Rng, target: int) -> Arguments:
    """Weights that are still 0, and a bias that says 1."""
    return eighths(rng, 3), target, np.zeros(3), abs(float(eighths(rng)))


def _half_steps(rng: Rng) -> Arguments:
    """Whole numbers that a step of a half leaves."""
    while True:
        x, y, w, b = whole(_example(rng, wrong=True))
        if y != int(x @ w + b > 0) and (x % 2).any():
            return x, y, w, b, 0.5


def _clear(rng: Rng) -> Arguments:
    """A mistake that rounding of an argument does not change."""
    while True:
        x, y, w, b = _example(rng, wrong=True)
        rounded = (whole(x), w, b), (x, whole(w), b), (x, w, whole(b))
        if all(int(a @ v + c > 0) != y for a, v, c in rounded):
            return x, y, w, b


_EXAMPLES = [_missed_one, _missed_zero, _right, _one_feature, _right]

exercise = Exercise(
    reference=perceptron.perceptron_step,
    outputs=("w", "b"),
    picture=pictures.updated_boundary,
    cases=[
        Case("examples it gets wrong and examples it gets right", _EXAMPLES, times=10),
        Case(
            "a learning rate other than 1",
            [
                lambda rng: _example(rng, target=1, wrong=True, eta=float(rng.choice([0.125, 0.25]))),
                lambda rng: _example(rng, target=0, wrong=True, eta=float(rng.choice([4.0, 8.0]))),
                lambda rng: _example(rng, target=0, wrong=True, eta=float(rng.choice([0.25, 0.5]))),
                lambda rng: _example(rng, target=1, wrong=True, eta=float(rng.choice([4.0, 8.0]))),
            ],
            times=4,
        ),
        Case(
            "on the boundary, and just beside it",
            [
                *(lambda rng, make=make, y=y: make(rng, y) for make in (_tie, _from_zeros) for y in (1, 0)),
                *(lambda rng, sign=sign: _just_right(rng, sign) for sign in (1, -1)),
                *(_just_above, _just_below, _nearly_a_tie, _zeros),
            ],
            times=30,
        ),
        Case("examples that the bias decides", [_bias_decides], times=6),
        Case("whole numbers, single precision", [_whole_numbers, _single_precision], times=4, weight=0.5),
        Case(
            "weights that are all 0 and a bias that is not, whole numbers beside others",
            [
                *(lambda rng, y=y: _bias_alone(rng, y) for y in (0, 1)),
                *(_half_steps, *each_whole(_clear, 0, 2, 3)),
            ],
            times=6,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. First find out what the unit says about `x` now. There are only three cases for y - yhat: -1, 0 and 1.
# 2. `eta * (y - yhat)` is one number. Multiply it with `x` for the weights, with 1 for the bias.
# 3. With that number as `step`: `w = w + step * x` makes a new array; `w += step * x` would change the caller's.

# %% elegant
# `y - yhat` is 1, -1 or 0: both kinds of mistake, and none, are one formula without a branch. `w + ...` makes new
# arrays, so the caller's stay as they were.

# %% right
def perceptron_step(x, y, w, b, eta=1.0):
    yhat = 1 if x @ w + b > 0 else 0
    delta = eta * (y - yhat)
    w = w + delta * x
    b = b + delta
    return w, b

# %% right
def perceptron_step(x, y, w, b, eta=1.0):
    new = np.array(w, dtype=float)
    error = y - int(np.dot(w, x) > -b)
    for j in range(len(new)):
        new[j] += eta * error * x[j]
    return new, b + eta * error

# %% right
def perceptron_step(x, y, w, b, eta=1.0):
    fires = sum(a * c for a, c in zip(x, w)) + b > 0
    if fires and y == 0:
        return w - eta * x, b - eta
    if not fires and y == 1:
        return w + eta * x, b + eta
    return w.copy(), b

# %% right
def perceptron_step(x, y, w, b, eta=1.0):
    v = np.append(w, b)
    x1 = np.append(x, 1.0)
    v = v + eta * (y - np.heaviside(v @ x1, 0.0)) * x1
    return [v[:-1], v[-1]]

# %% right
def predict(*, X, w, b):
    return (X @ w[:, None] + b > 0).astype(int)[:, 0]

def perceptron_step(x, y, w, b, eta=1.0):
    yhat = predict(b=b, w=w, X=x.reshape(1, -1))[0]
    return w + eta * (y - yhat) * x, np.asarray(b + eta * (y - yhat))

# %% wrong
# an example on the boundary always counts as a mistake: ` * (y - yhat)` -> ` * (y - yhat if x @ w + b else 2 * y - 1)`
#   On the boundary the prediction is 0, so an example of class 0 is right there. Compare yhat with y; the product
#   s*(w.x + b) can't tell the two sides of a tie.
# the bias moves by the example: `b = b + delta` -> `… * x`
#   The bias is one number, and the input that belongs to it is the constant 1, not x: it moves by eta*(y - yhat).
# predicts -1 instead of 0: `else 0` -> `else -1`
#   yhat must be 0 or 1, as the labels are: with -1 a right 0 counts as a mistake.
# goes on until the example is right
# -     yhat =
# +     for _ in range(99):
# +      yhat =
#   `    delta =` -> ` …`
#   `    w = w` -> ` …`
#   `    b = b` -> ` …`
#   One call, one look at the example, at most one update. The loop around it belongs to another exercise.
# the learning rate has another default than 1: `eta=1.0` -> `eta=0.1`
#   Called without a learning rate, the step uses eta=1.0: keep the first line as it was given.
# updates on every example, also on the right ones: `eta * (y - yhat)` -> `eta * (2 * y - 1)`
#   Where the prediction is right, y - yhat is 0 and nothing may change. A perceptron learns from mistakes only.
# moves in the wrong direction: `y - yhat` -> `yhat - y`
#   The mistake is y - yhat: a missed 1 must raise the sum, so x is added; a missed 0 takes x away.
# the learning rate is ignored: without `eta *`
#   Scale the whole step with `eta`, for the weights and for the bias.
# the learning rate is missing from the bias: `b = b + delta` -> `b = b + (y - yhat)`
#   The bias is a weight like the others, with input 1: it moves by eta*(y - yhat).
# the learning rate is missing from the weights: `w + delta * x` -> `w + (y - yhat) * x`
#   `eta` scales the whole step: the weights move by eta*(y - yhat)*x.
# the bias is never updated: `b = b + delta` -> `pass`
#   The bias is a weight on an input that is always 1, so it moves by eta*(y - yhat)*1.
# only missed examples of class 1 count: `y - yhat` -> `max(…, 0)`
#   A 0 taken for a 1 is a mistake too: there y - yhat = -1 and x is subtracted.
# only missed examples of class 0 count: `y - yhat` -> `min(…, 0)`
#   A 1 taken for a 0 is a mistake too: there y - yhat = 1 and x is added.
# the threshold is 0.5: `> 0` -> `> 0.5`
#   One half is the threshold for a probability. The weighted sum itself is compared with 0, as in
#   `perceptron_predict`, unrounded.
# the prediction is made again after the weights have moved
#   `b = b + delta` -> `b = b + eta * (y - (1 if x @ w + b > 0 else 0))`
#   One prediction, with the old weights, decides about both updates. Compute y - yhat once, before anything moves.
# the bias has become an array of length 1: `1 if x @ w + b > 0 else 0` -> `(x[None, :] @ w + b > 0).astype(int)`
#   `perceptron_predict` answers a batch with an array. Here there is one example: take entry [0], or compute x @ w + b.
# returns the changes instead of the new values: `w = w + delta * x ⏎ b = b + delta` -> `w = delta * x ⏎ b = delta`
#   That is how far w and b move. Return where they arrive: add the change to the old values.
# returns b before w: `return w, b` -> `return b, w`
#   Whoever calls it writes `w, b = perceptron_step(...)`: the weights come first.
# returns the weights only: `return w, b` -> `return w`
#   Both may have moved, so both are needed: `return w, b`.
# the step is added to every weight without the example: `delta * x` -> `delta`
#   Each weight moves in proportion to its own feature: eta*(y - yhat) times x.
# the sum is not compared with 0 before the difference is taken: `1 if x @ w + b > 0 else 0` -> `x @ w + b`
#   The mistake is measured after the threshold: yhat is 0 or 1. (With the raw sum it is another rule, which learns from right examples, too.)
# a tie is predicted as 1: `> 0` -> `>= 0`
#   A sum of exactly 0 is predicted as 0, so an example of class 1 on the boundary is a mistake.
# the caller's weights are changed in place: `w = w + delta * x` -> `w += delta * x`
#   `w += ...` writes into the caller's array. Make a new one: `w = w + ...`.
# the prediction leaves out the bias: `x @ w + b > 0` -> `x @ w > 0`
#   Predict as `perceptron_predict` does, with the bias: `x @ w + b > 0`.
# the bias has the wrong sign in the prediction: `x @ w + b > 0` -> `x @ w - b > 0`
#   The bias is added, in the prediction too: x @ w + b > 0. (A threshold would be subtracted, and b = -threshold.)
# the step is twice as long: `eta * (y - yhat)` -> `2 * …`
#   With labels 0 and 1, y - yhat is -1, 0 or 1. (The factor 2 comes from signs -1 and 1.)
# the bias moves by the sum of the features: `b = b + delta` -> `… * x.sum()`
#   The input that belongs to the bias is the constant 1, so the bias moves by eta*(y - yhat) alone.
# the weights move by the weights, not by the example: `w + delta * x` -> `w + delta * w`
#   It is the example x that is added or subtracted: w + eta*(y - yhat)*x.
# every mistake adds the example: `delta = eta * (y - yhat)` -> `delta = eta * (y != yhat)`
#   The direction depends on the label: a missed 1 adds eta * x, a false 1 takes it away. Both are `eta * (y - yhat) * x`.
# learns from what it gets right: `delta = eta * (y - yhat)` -> `delta = eta * (y == yhat) * (2 * y - 1)`
#   Only a mistake moves the weights: `y - yhat` is 0 where the prediction is right.
# a sigmoid in the place of the threshold: `1 if x @ w + b > 0 else 0` -> `1 / (1 + np.exp(-(x @ w + b)))`
#   | `0.5 * (1 + np.tanh((x @ w + b) / 2))`
#   That is the step of logistic regression, which comes later. A perceptron's yhat is 0 or 1, whether the sum is above 0.
# the old weights are cut to whole numbers: `w = w + delta` -> `w = w.astype(int) + delta`, `b = b + delta` -> `b = int(b + delta)`
#   or `w = w + delta` -> `w = w.astype(int) + delta`
#   or `b = b + delta` -> `b = int(b + delta)`
#   Weights and bias are real numbers: leave `int` away, or everything behind the point is lost.
