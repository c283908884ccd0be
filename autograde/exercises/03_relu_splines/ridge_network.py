"""Exercise 3.5: a sum of ridges in any number of inputs, as one hidden layer."""

import numpy as np

from autograde.exercises.support.arguments import Make
from autograde.exercises.support.special import each_zero, with_ties
from autograde.exercises.support.variants import each_whole
from autograde.exercises.support.drawing import Rng, eighths
from autograde.exercises.support.families import other_error
from autograde.exercises.support.nets import ridge_values
from autograde.judging.exercise import Arguments, Case, Exercise, Formula
from mlp_reference import splines

_WAVES = ("np.cos(1.5 * x + 0.5)", "np.sin(2 * x) + 0.75", "np.exp(-x / 2) + x + 0.5")


def _g(rng: Rng) -> Formula:
    """Curved everywhere, neither 0 nor 1 at 0, neither even nor odd."""
    return Formula(str(rng.choice(_WAVES)))


def _ridges(d: int, r: int) -> Make:
    """Directions with components of both signs; no two of them span ranges of the same ends."""

    def make(rng: Rng) -> Arguments:
        while True:
            W = eighths(rng, d, r)
            low, high = np.minimum(W, 0).sum(axis=0), np.maximum(W, 0).sum(axis=0)
            mixed = d == 1 or (low * high < 0).all()
            if mixed and len(set(low)) == len(low) and len(set(high)) == len(high):
                return _g(rng), W, eighths(rng, r), int(rng.integers(3, 7))

    return make


def _single(rng: Rng) -> Arguments:
    """One ridge as it is: whoever fails here has not built its broken line."""
    g, W, _, m = _ridges(2, 1)(rng)
    return g, W, np.ones(1), m


def _single_precision(rng: Rng) -> Arguments:
    g, W, c, m = _ridges(2, 3)(rng)
    return g, W.astype(np.float32), c.astype(np.float32), m


def _whole_numbers(rng: Rng) -> Arguments:
    _, W, c, m = _ridges(2, 3)(rng)
    return Formula("np.cos(x / 4 + 0.5)"), (8 * W).astype(np.int64), (8 * c).astype(np.int64), m


def _one_piece(rng: Rng) -> Arguments:
    return *_ridges(2, 3)(rng)[:3], 1


def _constant(rng: Rng) -> Arguments:
    """Among others a direction that leads nowhere."""
    g, W, c, m = _ridges(2, 4)(rng)
    W[:, int(rng.integers(4))] = 0.0
    return g, W, c, m


def _one_sided(rng: Rng) -> Arguments:
    """Directions without or with nothing but negative components."""
    g, W, c, m = _ridges(3, 2)(rng)
    return g, np.abs(W) * [1.0, -1.0], c, m


def _along_axes(rng: Rng) -> Arguments:
    """Directions with components that are 0, one of them along an axis."""
    g, W, c, m = _ridges(3, 3)(rng)
    W[0, 0] = W[1, 1] = W[2, 1] = 0.0
    return g, W, c, m


def _no_piece(rng: Rng) -> Arguments:
    return *_ridges(2, 3)(rng)[:3], 0


def _below_zero(rng: Rng) -> Arguments:
    return *_ridges(2, 3)(rng)[:3], -int(rng.integers(1, 4))


def _constants(rng: Rng) -> Arguments:
    """Two directions that lead nowhere: two constants."""
    g, W, c, m = _ridges(2, 4)(rng)
    W[:, rng.choice(4, 2, replace=False)] = 0.0
    return g, W, c, m


exercise = Exercise(
    reference=splines.ridge_network,
    probe=ridge_values,
    outputs=("the number of units above r m", "f at the corners of the cube", "f inside the cube"),
    families=[other_error],
    cases=[
        Case("one ridge, with the weight 1", [_single], times=2),
        Case("several ridges in two inputs", [_ridges(2, 3), _ridges(2, 4)], times=4),
        Case("three inputs, one input", [_ridges(3, 3), _ridges(1, 2)], times=4),
        Case("directions of one sign", [_one_sided], times=2),
        Case("directions with some zeros", [_along_axes], times=2),
        Case("a direction of zeros, two of them", [_constant, _constants], times=3),
        Case("a single piece; single precision, whole numbers", [_one_piece, _single_precision, _whole_numbers], times=3),
        Case("m below 1: ValueError", [_no_piece, _below_zero], times=2, weight=0.5),
        Case(
            "one ridge of one input, a ridge of weight 0, whole numbers beside others",
            [_ridges(1, 1), with_ties(_ridges(4, 4), 1, 2), *each_zero(_ridges(2, 3), 2), *each_whole(_ridges(2, 3), 1, 2)],
            times=5,
            weight=0.5,
        ),
    ],
)

# %% hints
# 1. Take one ridge. u = w @ x is a single number, and g(u) is followed by a broken line through knots t, as in
#    `relu_spline`. Between which two numbers does u lie while x runs through the cube? Which corner makes it least?
# 2. A hinge relu(u - t) with u = w @ x is a unit with the incoming weights w and the bias -t. So a ridge of m pieces
#    brings m columns, all of them w, to W1. From `low = np.minimum(w, 0).sum()` to `high = np.maximum(w, 0).sum()` lie its knots.
# 3. For each column w of W with its weight: `t = np.linspace(low, high, m + 1)`, `slope = np.diff(g(t)) / np.diff(t)`;
#    m copies of w go to W1, `-t[:-1]` to b1, `weight * np.diff(slope, prepend=0)` to w2, and `weight * g(t[0])` is added to
#    b2. Where low == high, add `weight * g(0.0)` to b2 and nothing else.

# %% elegant
# The corner that makes w @ x least takes the inputs with a negative weight and no others: so the range of a ridge is two sums,
# of the negative parts and of the positive ones, and no corner is visited.

# %% right
def ridge_network(g, W, c, m):
    if m < 1:
        raise ValueError("at least one piece for each ridge")
    W1, b1, w2, b2 = [], [], [], 0.0
    for w, weight in zip(W.T, c):
        low, high = np.minimum(w, 0).sum(), np.maximum(w, 0).sum()
        if low == high:
            b2 += weight * g(0.0)
            continue
        t = np.linspace(low, high, m + 1)
        slope = np.diff(g(t)) / np.diff(t)
        change = np.diff(slope, prepend=0)
        W1 += [w] * m
        b1.append(-t[:-1])
        w2.append(weight * change)
        b2 += weight * g(t[0])
    return np.array(W1).T, np.concatenate(b1), np.concatenate(w2), b2

# %% right
def ridge_network(g, W, c, m):
    # all ridges at once; a direction of zeros gets units of weight 0
    if m <= 0:
        raise ValueError(f"got m = {m}")
    W, c = np.asarray(W, dtype=float), np.asarray(c, dtype=float)
    low = np.where(W < 0, W, 0).sum(axis=0)
    width = np.abs(W).sum(axis=0) / m
    t = low + width * np.arange(m + 1)[:, None]  # (m+1, r)
    v = np.array([[g(u) for u in row] for row in t])
    slope = np.diff(v, axis=0) / np.where(width > 0, width, 1)
    change = np.vstack([slope[:1], np.diff(slope, axis=0)])
    W1 = np.repeat(W, m, axis=1)
    return W1, -t[:-1].T.ravel(), (c * change).T.ravel(), v[0] @ c

# %% right
import itertools

def ridge_network(g, W, c, m):
    # units that open to the left, from the largest value down
    if not m >= 1:
        raise ValueError
    d, r = W.shape
    units, out, constant = [], [], 0
    for j in range(r):
        values = [sum(W[i, j] * corner[i] for i in range(d)) for corner in itertools.product((0, 1), repeat=d)]
        low, high = min(values), max(values)
        constant += c[j] * g(high)
        if high - low < 1e-12:
            continue
        h = (high - low) / m
        before = 0.0
        for k in range(m, 0, -1):
            right = low + k * h
            slope = (g(right - h) - g(right)) / h
            units.append([-W[i, j] for i in range(d)] + [right])
            out.append(c[j] * (slope - before))
            before = slope
    units = np.array(units, dtype=float)
    return units[:, :-1].T, units[:, -1], np.array(out), float(constant)

# %% right
def ridge_network(g, W, c, m):
    if m < 1:
        raise ValueError("m")

    def relu_spline(t, v):
        slope = np.diff(v) / np.diff(t)
        return np.ones(len(slope)), -t[:-1], np.diff(slope, prepend=0), v[0]

    nets, ways = [], []
    for j in range(len(c)):
        ends = W[:, j].clip(max=0).sum(), W[:, j].clip(min=0).sum()
        if ends[0] == ends[1]:
            ends = ends[0], ends[0] + 1.0
        t = np.linspace(*ends, m + 1)
        nets.append(relu_spline(t, c[j] * np.asarray(g(t))))
        ways.append(W[:, [j]] * nets[-1][0])
    return np.hstack(ways), np.hstack([n[1] for n in nets]), np.hstack([n[2] for n in nets]), sum(n[3] for n in nets)

# %% right
def ridge_network(g, W, c, m):
    # a positive factor goes into the unit: each one is 1 at the next knot
    if m < 1:
        raise ValueError("m must be positive")
    columns, biases, outs, b2 = [], [], [], 0.0
    for w, weight in zip(np.transpose(W), c):
        low = sum(min(0.0, float(part)) for part in w)
        step = float(np.abs(w).sum()) / m
        b2 = b2 + weight * g(low)
        if step == 0:
            continue
        v = np.array([g(low + k * step) for k in range(m + 1)])
        rise = v[1:] - v[:-1]
        for k in range(m):
            columns.append(np.asarray(w, dtype=float) / step)
            biases.append(-low / step - k)
            outs.append(weight * (rise[k] - (rise[k - 1] if k else 0)))
    return np.column_stack(columns), np.array(biases), np.array(outs)[:], np.array(b2)
