"""Exercise 6.8: every example gets mean 0 and size 1."""

from typing import Any

import numpy as np

from autograde.exercises.support.batches import in_single, in_whole, odd_sizes, output_and_cache
from autograde.exercises.support.drawing import Rng, eighths
from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.variants import each_whole, sized, with_zeros
from mlp_reference import layers


def _rows(rng: Rng, n: int, d: int) -> Arguments:
    return eighths(rng, n, d), eighths(rng, d), eighths(rng, d)


def _different(rng: Rng) -> Arguments:
    n, d = odd_sizes(rng, 2)
    return _rows(rng, n, d)


def _visible_eps(rng: Rng) -> Arguments:
    return *_different(rng), float(rng.choice([0.5, 2.0]))


def _tiny(rng: Rng) -> Arguments:
    """Values so small that the default eps shows."""
    Z, gain, bias = _different(rng)
    return Z / 256, gain, bias


def _far_from_zero(rng: Rng) -> Arguments:
    """A mean that is large beside the spread."""
    Z, gain, bias = _different(rng)
    return Z + float(rng.choice([-200.0, 300.0])), gain, bias


def _all_equal(rng: Rng) -> Arguments:
    """An example without any spread: what remains is the bias."""
    Z, gain, bias = _rows(rng, 3, 4)
    Z[int(rng.integers(3))] = 2.0
    return Z, gain, bias


def output(fn: Any, *args: Any) -> Any:
    """What is judged: the output alone."""
    return output_and_cache(fn(*args))[0]


def _outlier(rng: Rng) -> Arguments:
    """An entry more than three sizes away from the mean."""
    Z, gain, bias = _rows(rng, 3, 20)
    Z[:, int(rng.integers(20))] += 40.0
    return Z, gain, bias


exercise = Exercise(
    reference=layers.layer_norm,
    probe=output,
    cases=[
        Case("batches of any shape", [_different, _different, in_single(_different)], times=6),
        Case("eps that can be seen", [_visible_eps, _tiny], times=4),
        Case("a large mean, equal entries, whole numbers", [_far_from_zero, _all_equal, in_whole(_different)], times=6),
        Case(
            "whole numbers beside others; zeros; large numbers; entries far out; eps = 0",
            [
                *each_whole(_different, 0, 1, 2),
                with_zeros(_different),
                sized(_different, 0)[0],
                _outlier,
                lambda rng: (*_tiny(rng), 0.0),
            ],
            times=7,
            weight=0.5,
        ),
        Case("a single example, a single unit", [lambda rng: _rows(rng, 1, 5), lambda rng: _rows(rng, 5, 1)], times=2),
        Case("n = d: no error tells of a wrong axis", [lambda rng: _rows(rng, 4, 4)], times=2),
    ],
)

# %% hints
# 1. Each *row* has a mean and a variance of its own. Along which axis do you average, and how does the result fit
#    beside a table of shape (n, d)?
# 2. `Z.mean(axis=1, keepdims=True)` has shape (n, 1) and fits. The variance is the mean of the squares of what is left
#    when the mean is taken away; eps is added to it, under the root.
# 3. `Z_tilde = Z - Z.mean(axis=1, keepdims=True)`, `s = np.sqrt((Z_tilde**2).mean(axis=1, keepdims=True) + eps)`, and the
#    output is `gain * Z_tilde / s + bias`.

# %% elegant
# `axis=1, keepdims=True` says all of it: one mean and one size for each row, which broadcast over the row again. gain
# and bias need nothing, they are as long as a row.

# %% right
def layer_norm(Z, gain, bias, eps=1e-5):
    mean = Z.mean(axis=1, keepdims=True)
    var = Z.var(axis=1, keepdims=True)
    size = np.sqrt(var + eps)
    Z_hat = (Z - mean) / size
    out = gain * Z_hat + bias
    return out, (Z_hat, size, gain)

# %% right
def layer_norm(Z, gain, bias, eps=1e-5):
    # row by row
    rows = []
    for z in Z:
        c = z - np.sum(z) / len(z)
        rows.append(c / np.sqrt(c @ c / len(z) + eps) * gain + bias)
    return np.array(rows), Z

# %% right
import math

def layer_norm(Z, gain, bias, eps=1e-5):
    out = np.zeros(Z.shape)
    for i, row in enumerate(Z.tolist()):
        mean = sum(row) / len(row)
        var = sum((v - mean)**2 for v in row) / len(row)
        for j, v in enumerate(row):
            out[i, j] = (v - mean) / math.sqrt(var + eps) * gain[j] + bias[j]
    return out, None

# %% right
def layer_norm(Z, gain, bias, eps=1e-5):
    # columns are examples inside
    T = np.asarray(Z, dtype=np.float64).T
    T = T - T.mean(0)
    T = T / np.sqrt(np.einsum("dn,dn->n", T, T) / len(T) + eps)
    return (T * gain[:, None] + bias[:, None]).T, {"gain": gain}

# %% right
def layer_norm(Z, gain, bias, eps=1e-5):
    d = Z.shape[1]
    C = Z @ (np.eye(d) - np.full((d, d), 1 / d))  # a matrix takes the mean away
    return [np.diag(1 / np.sqrt((C**2).sum(1) / d + eps)) @ C @ np.diag(gain) + bias, lambda G: G]

# %% right
def layer_norm(Z, gain, bias, eps=1e-5):
    std = np.hypot(np.std(Z, axis=-1), np.sqrt(eps)).reshape(-1, 1)
    out = np.subtract(Z, np.average(Z, axis=-1).reshape(-1, 1))
    out = np.divide(out, std)
    out *= gain
    out += bias
    return (out, std)

# %% wrong
# every unit is normalized over the batch: `Z.mean(axis=1, keepdims=True)` -> `Z.mean(axis=0, keepdims=True)`, `Z.var(axis=1, keepdims=True)` -> `Z.var(axis=0, keepdims=True)`
#   That is *batch* normalization. Layer normalization looks at one example at a time: mean and variance of each row, axis 1.
# the mean is taken over the batch: `Z.mean(axis=1, keepdims=True)` -> `Z.mean(axis=0, keepdims=True)`
#   Each example has a mean of its own: axis 1.
# the variance is taken over the batch: `Z.var(axis=1, keepdims=True)` -> `Z.var(axis=0, keepdims=True)`
#   Each example has a variance of its own: axis 1.
# the whole batch is normalized at once: `Z.mean(axis=1, keepdims=True)` -> `Z.mean()`, `Z.var(axis=1, keepdims=True)` -> `Z.var()`
#   Each row has a mean and a variance of its own: `axis=1, keepdims=True`.
# the mean of the whole batch: `Z.mean(axis=1, keepdims=True)` -> `Z.mean()`
#   Each row has a mean of its own: `axis=1, keepdims=True`.
# the variance of the whole batch: `Z.var(axis=1, keepdims=True)` -> `Z.var()` | `((Z - mean)**2).mean()`
#   Each row has a variance of its own: `axis=1, keepdims=True`.
# the axis is lost: `Z.mean(axis=1, keepdims=True)` -> `Z.mean(axis=1)`, `Z.var(axis=1, keepdims=True)` -> `Z.var(axis=1)`
#   NumPy pairs means of shape (n,) with the *columns* of an array (n, d). Keep the axis, `keepdims=True`: (n, 1).
# the axis of the mean is lost: `Z.mean(axis=1, keepdims=True)` -> `Z.mean(axis=1)`
#   NumPy pairs means of shape (n,) with the *columns* of an array (n, d). Keep the axis, `keepdims=True`: (n, 1).
# the axis of the variance is lost: `Z.var(axis=1, keepdims=True)` -> `Z.var(axis=1)`
#   NumPy pairs variances of shape (n,) with the *columns* of an array (n, d). Keep the axis, `keepdims=True`: (n, 1).
# divided by the variance: `np.sqrt(var + eps)` -> `(var + eps)`
#   Divide by the standard deviation, the root of the variance (plus eps).
# eps is added to the standard deviation: `np.sqrt(var + eps)` -> `np.sqrt(var) + eps`
#   eps stands under the root: sqrt(variance + eps).
# eps is missing: `np.sqrt(var + eps)` -> `np.sqrt(var)`
#   Where all entries of a row are equal the variance is 0, and 0 / 0 is nan. Add eps under the root.
# the size is bounded from below by eps: `np.sqrt(var + eps)` -> `np.sqrt(np.maximum(var, eps))`
#   eps is added to the variance, always.
# eps is always the default: `np.sqrt(var + eps)` -> `np.sqrt(var + 1e-5)`
#   eps is an argument: use it.
# the variance with d - 1: `Z.var(axis=1, keepdims=True)` -> `Z.var(axis=1, keepdims=True, ddof=1)`
#   The variance is the mean of the squares, divided by d: leave `ddof` away.
# the standard deviation with d - 1, and eps outside of the root
#   `Z.var(axis=1, keepdims=True)` -> `Z.var(axis=1, keepdims=True, ddof=1)`, `np.sqrt(var + eps)` -> `np.sqrt(var) + eps`
#   The variance is the mean of the squares, divided by d: leave `ddof` away. And eps stands under the root:
#   sqrt(variance + eps).
# eps is squared: `np.sqrt(var + eps)` -> `np.sqrt(var + eps**2)`
#   eps itself is added to the variance, without a square.
# eps is added to the numerator: `(Z - mean) / size` -> `(Z - mean + eps) / size`, `np.sqrt(var + eps)` -> `np.sqrt(var)`
#   eps keeps the *divisor* away from 0: it is added to the variance, under the root.
# the mean stays in: `(Z - mean) / size` -> `Z / size`
#   First the row's mean is taken away, then the rest is divided.
# the mean square instead of the variance: `Z.var(axis=1, keepdims=True)` -> `(Z**2).mean(axis=1, keepdims=True)`
#   The variance is that of the row without its mean.
# only divided by the root mean square: `(Z - mean) / size` -> `Z / size`, `Z.var(axis=1, keepdims=True)` -> `(Z**2).mean(axis=1, keepdims=True)`
#   That is the RMS norm. Layer normalization takes the mean away first.
# divided by the length of the row: `Z.var(axis=1, keepdims=True)` -> `((Z - mean)**2).sum(axis=1, keepdims=True)`
#   The variance is a *mean* of squares: divide the sum by d.
# divided by the length of the row, and eps outside of the root
#   `Z.var(axis=1, keepdims=True)` -> `((Z - mean)**2).sum(axis=1, keepdims=True)`, `np.sqrt(var + eps)` -> `np.sqrt(var) + eps`
#   The variance is a *mean* of squares: divide the sum by d. And eps stands under the root.
# divided by the mean size
#   `Z.var(axis=1, keepdims=True)` -> `abs(Z - mean).mean(axis=1, keepdims=True)**2`, `np.sqrt(var + eps)` -> `np.sqrt(var) + eps`
#   or `Z.var(axis=1, keepdims=True)` -> `abs(Z - mean).mean(axis=1, keepdims=True)**2`
#   The size is the root of the mean *square* of what is left, not the mean of its absolute values.
# only centred: `(Z - mean) / size` -> `(Z - mean)`
#   After the mean has been taken away the row is divided by its size.
# gain and bias are ignored: `gain * Z_hat + bias` -> `Z_hat`
#   At the end each unit has a gain and a bias: gain * Z_hat + bias.
# the gain is missing: `gain * Z_hat + bias` -> `Z_hat + bias`
#   Each unit has a gain of its own: gain * Z_hat + bias.
# the bias is missing: `gain * Z_hat + bias` -> `gain * Z_hat`
#   Each unit has a bias of its own: gain * Z_hat + bias.
# gain and bias are exchanged: `gain * Z_hat + bias` -> `bias * Z_hat + gain`
#   The gain multiplies, the bias is added.
# the gain multiplies the bias: `gain * Z_hat + bias` -> `gain * (Z_hat + bias)`
#   The bias is added after the gain: gain * Z_hat + bias.
# the gain is applied first: `Z_hat = (Z - mean) / size` -> `Z_hat = (gain * Z - mean) / size`, `gain * Z_hat + bias` -> `Z_hat + bias`
#   First normalize, then multiply by the gain.
# the bias is subtracted: `gain * Z_hat + bias` -> `gain * Z_hat - bias`
#   The bias is added: gain * Z_hat + bias.
# divided by the gain: `gain * Z_hat + bias` -> `Z_hat / gain + bias`
#   The gain multiplies.
# one plus the gain: `gain * Z_hat + bias` -> `(1 + gain) * Z_hat + bias`
#   The gain is the factor itself: gain * Z_hat + bias.
# scaled to the range from 0 to 1: `Z_hat = (Z - mean) / size` -> `Z_hat = (Z - Z.min(axis=1, keepdims=True)) / (np.ptp(Z, axis=1, keepdims=True) + eps)`
#   Not the range but mean and standard deviation: (Z - mean) / sqrt(variance + eps).
# the median instead of the mean: `Z.mean(axis=1, keepdims=True)` -> `np.median(Z, axis=1, keepdims=True)`
#   The mean is taken away, not the median.
# something else than a pair is returned: `return out, (Z_hat, size, gain)` -> `return out`
#   Return exactly two things, `return out, cache`. The second one is what `layer_norm_backward` will be given.
# something else than a pair is returned: `return out, (Z_hat, size, gain)` -> `return out, Z_hat, size`
#   Return exactly two things, `return out, cache`: pack all that you keep into the second, for example a tuple.
# cache and output are exchanged: `return out, (Z_hat, size, gain)` -> `return (Z_hat, size, gain), out`
#   The output comes first: `return out, cache`.
# the caller's Z is changed: `Z_hat = (Z - mean) / size` -> `Z -= mean ⏎ Z_hat = Z / size`
#   `Z -= mean` writes into the caller's array. Give what you make of it a name of its own.
# gain and bias run along the examples: `gain * Z_hat + bias` -> `gain[:, None] * Z_hat + bias[:, None]`
#   They have an entry for each unit, so they belong to the columns: NumPy meets each row of (n, d) with a vector (d,) by itself.
