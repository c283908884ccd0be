"""Exercise 3.5: a sum of ridges in any number of inputs, as one hidden layer."""

import numpy as np

from autograde.exercises.support.arguments import Make
from autograde.exercises.support.drawing import Rng, eighths
from autograde.exercises.support.families import other_error
from autograde.exercises.support.nets import ridge_values
from autograde.judging.exercise import Arguments, Case, Exercise, Formula
from mlp_reference import splines

_WAVES = ("np.cos(1.5 * x + 0.5)", "np.sin(2 * x) + 0.75", "np.exp(-x / 2) + x")


def _g(rng: Rng) -> Formula:
    """Curved everywhere, not 0 at 0, neither even nor odd."""
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
    return *_ridges(2, 3)(rng)[:3], int(rng.choice([0, -1]))


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
        Case("a direction of zeros", [_constant], times=2),
        Case("a single piece; single precision, whole numbers", [_one_piece, _single_precision, _whole_numbers], times=3),
        Case("m below 1: ValueError", [_no_piece], times=2, weight=0.5),
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

# %% wrong
# knots on both sides of 0, as far as the sum of all sizes: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `-np.abs(w).sum(), np.abs(w).sum()`
#   That is the range over the cube [-1, 1]^d. On [0, 1]^d the least value of w @ x takes the negative parts of w only, the
#   largest the positive ones.
# knots from 0 to the sum of w: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `0.0, w.sum()`
#   | `min(0.0, w.sum()), max(0.0, w.sum())`
#   Those are the corners (0, ..., 0) and (1, ..., 1). Another corner makes w @ x smaller: the one that takes the
#   inputs with negative weights only.
# knots from 0 to 1: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `0.0, 1.0`
#   x lies between 0 and 1 in each input, but w @ x does not: find its least and its largest value on the cube.
# knots between the least and the largest weight: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `w.min(), w.max()`
#   | `min(0.0, w.min()), max(0.0, w.max())`
#   w @ x is a sum: at its least it takes *all* negative parts of w together.
# knots as far as the length of w: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `-np.linalg.norm(w), np.linalg.norm(w)`
#   | `0.0, np.linalg.norm(w)`
#   The length of w bounds w @ x on a ball. On the cube look at the corners: the least value takes the negative parts of w,
#   the largest the positive ones.
# knots from 0 on: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `0.0, np.maximum(w, 0).sum()` | `0.0, np.abs(w).sum()`
#   With a negative component w @ x goes below 0: begin at the sum of the negative parts.
# knots up to 0: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `np.minimum(w, 0).sum(), 0.0` | `w.sum(), 0.0`
#   With a positive component w @ x goes above 0: end at the sum of the positive parts.
# the knots lie in the middles of the pieces: `np.linspace(low, high, m + 1)` -> `low + (high - low) * (np.arange(m + 1) + 0.5) / m`
#   The first knot is the least value of w @ x, the last one the largest: the ends of the pieces, not their middles.
# the line does not reach the last knot: `np.linspace(low, high, m + 1)` -> `low + (high - low) * np.arange(m + 1) / (m + 1)`
#   m pieces of equal width reach from the least value of w @ x to the largest: each is (high - low) / m wide.
# a curve of one's own instead of g: `np.diff(g(t))` -> `np.diff(np.cos(t))`, `g(t[0])` -> `np.cos(t[0])`, `g(0.0)` -> `1.0`
#   or `np.diff(g(t))` -> `np.diff(np.cos(np.pi * t))`, `g(t[0])` -> `np.cos(np.pi * t[0])`, `g(0.0)` -> `1.0`
#   The cosine is one example. Call the g that is given.
# g at pi times the knots: `np.diff(g(t))` -> `np.diff(g(np.pi * t))`, `g(t[0])` -> `g(np.pi * t[0])`
#   The pi belongs to the waves of the text. Here it would stand in g: call g at the knots as they are.
# g of the difference: `np.diff(g(t))` -> `g(np.diff(t))`
#   The rise is the difference of two values of g: first g at the knots, then the difference.
# the changes of slope are shifted: `np.diff(slope, prepend=0)` -> `np.append(np.diff(slope), 0)`
#   The first unit brings the whole first slope, the next one what is added to it: prepend a 0, don't append one.
# one knot too few: `np.linspace(low, high, m + 1)` -> `np.linspace(low, high, m)`
#   m pieces have m + 1 ends.
# one piece too many: `np.linspace(low, high, m + 1)` -> `np.linspace(low, high, m + 2)`, `[w] * m` -> `[w] * (m + 1)`
#   m pieces, so m units for each ridge and m + 1 knots.
# a unit at the last knot, too: `[w] * m` -> `[w] * (m + 1)`, `-t[:-1]` -> `-t`, `prepend=0` -> `…, append=slope[-1]`
#   m pieces need m units: one that opens at the largest value of w @ x does nothing on the cube.
# slopes instead of changes of slope: `np.diff(slope, prepend=0)` -> `slope`
#   A unit that has opened stays open: each one adds what the slope *changes* by.
# the first slope is forgotten: `prepend=0` -> `prepend=slope[0]`
#   Before the first knot no unit is open and the slope is 0, so the first change is the whole first slope.
# not divided by the width of a piece: without ` / np.diff(t)`
#   A slope is rise over run, and the run of a ridge is its range divided by m.
# divided by 1/m: `/ np.diff(t)` -> `* m`
#   The pieces are 1/m wide only if w @ x runs from 0 to 1. Divide by the distance of the knots.
# the biases have the wrong sign: `-t[:-1]` -> `t[:-1]`
#   The unit relu(w @ x - t) opens where w @ x = t, so its bias is -t.
# each unit opens one knot too late: `-t[:-1]` -> `-t[1:]`
#   Piece k begins at its left knot: that is where its unit must open.
# b2 is forgotten: `b2 += weight * g(t[0])` -> `pass`
#   Where all units of a ridge are shut it has the value weight * g(low), and that goes into b2.
# b2 has g at 0: `g(t[0])` -> `g(0.0)`
#   At the first knot, not at 0, all units of a ridge are shut: b2 collects weight * g(low).
# b2 has g at the last knot: `g(t[0])` -> `g(t[-1])`
#   All units of a ridge are shut at its *first* knot.
# b2 is that of the last ridge: `b2 += weight * g(t[0])` -> `b2 = weight * g(t[0])`
#   Every ridge brings a constant, and they add up in b2.
# the constants come without their weights: `b2 += weight * g(t[0])` -> `b2 += g(t[0])`
#   The whole ridge is multiplied by its weight, its constant too.
# the weights of the ridges are forgotten in w2: `weight * change` -> `change`
#   Every ridge is multiplied by its c: so are its output weights.
# the weights of the ridges are forgotten: `weight * change` -> `change`, `b2 += weight * g(t[0])` -> `b2 += g(t[0])`
#   The sum is c_j g(w_j @ x): each ridge is multiplied by its c.
# the weight stands inside of the ReLU: `[w] * m` -> `[weight * w] * m`, `-t[:-1]` -> `-t[:-1] * weight`, `weight * change` -> `change`
#   A positive factor may go into a ReLU. A negative one turns the unit around: leave it outside, in w2.
# the size of the weight without its sign: `weight * change` -> `abs(weight) * change`
#   | `np.sqrt(abs(weight)) * change` | `weight**2 * change`
#   w2 takes the weight of its ridge as it is, with its sign: c_j times the change of slope.
# g of the weighted direction: `in zip(W.T, c):` -> `in zip((W * c).T, np.ones(len(c))):`
#   The weight stands in front of g, not inside: c_j g(w_j @ x).
# directions are made of length 1: `W1 += [w] * m` -> `W1 += [w / np.linalg.norm(w)] * m`
#   g is a function of w @ x as it stands: a longer w runs through more of g.
# rows of W instead of columns: `zip(W.T, c)` -> `zip(W, c)`
#   W has a row for each input and a column for each ridge: loop over `W.T`.
# ranges from the rows of W: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `np.minimum(W, 0).sum(), np.maximum(W, 0).sum()`
#   Each ridge has a range of its own: take the parts of its own column.
# the mean instead of the sum: `np.concatenate(w2), b2` -> `np.concatenate(w2) / len(c), b2 / len(c)`
#   The ridges are added up, not averaged.
# directions and kinks don't belong together: `np.array(W1).T` -> `np.tile(W, m)[:, : len(W1)]`
#   In b1 and w2 the m units of the first ridge come first, then those of the next one. In W1 they must stand in the same order:
#   `np.repeat`, not `np.tile`.
# W1 is transposed: `np.array(W1).T` -> `np.array(W1)`
#   W1 has a row for each input and a column for each unit, as in X @ W1.
# w2 is a column: `np.concatenate(w2), b2` -> `np.concatenate(w2)[:, None], b2`
#   With w2 of shape (u, 1) the values come out as (n, 1). Return w2 with shape (u,).
# a direction of zeros divides by 0: `if low == high:` -> `if False:`
#   Where w is 0, w @ x is 0 everywhere: no piece has a width. That ridge is the constant weight * g(0), which goes into b2.
# a direction with one zero is taken for one of zeros: `if low == high:` -> `if not w.all():`
#   | `if (w == 0).any():`
#   A direction with a component 0 still leads somewhere: along the other inputs. Only where *all* of w is 0 is the ridge a constant.
# the range lies between the least and the largest component: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `min(0, w.min()), max(0, w.max())`
#   | `np.minimum(w, 0).min(), np.maximum(w, 0).max()`
#   On the cube w @ x takes its least value where *all* inputs with a negative component are 1, its largest where all with a positive
#   one are: sums of the negative and of the positive components, not the least and the largest of them.
# a direction of zeros is left out: `b2 += weight * g(0.0)` -> `b2 += 0.0`
#   A ridge along no direction is no 0: it is the constant weight * g(0), and belongs to b2.
# a direction of zeros without its weight: `b2 += weight * g(0.0)` -> `b2 += g(0.0)`
#   The constant of a ridge is multiplied by its c, too.
# only the first ridge: `return np.array(W1).T` -> `    return np.array(W1).T`
#   The loop over the ridges ends too early: return after it.
# no error where m is below 1: `if m < 1:` -> `if False:`
#   A broken line has at least one piece: raise ValueError where m is below 1.
# an error for a single piece, too: `if m < 1:` -> `if m <= 1:`
#   A single piece is a straight line, and allowed.
# returns None instead of raising an error: `raise ValueError("at least one piece for each ridge")` -> `return None`
#   A None may travel far before anybody notices: `raise ValueError(...)` says at once what is wrong.
