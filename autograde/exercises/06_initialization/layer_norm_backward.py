"""Exercise 6.9: back through a layer normalization, on a cache of the learner's own."""

from typing import Any

import numpy as np

from autograde.exercises.support.batches import in_single, in_whole, odd_sizes, output_and_cache
from autograde.exercises.support.drawing import Rng, eighths
from autograde.exercises.support.families import exchanged
from autograde.judging.exercise import Arguments, Case, Exercise, Together, together
from autograde.exercises.support.variants import each_whole, sized, with_zeros
from mlp_reference import layers


def _rows(rng: Rng, n: int, d: int) -> Arguments:
    return eighths(rng, n, d), eighths(rng, d), eighths(rng, d), eighths(rng, n, d)


def _different(rng: Rng) -> Arguments:
    n, d = odd_sizes(rng, 2)
    return _rows(rng, n, d)


def _visible_eps(rng: Rng) -> Arguments:
    return *_different(rng), float(rng.choice([0.5, 2.0]))


def _without_eps(rng: Rng) -> Arguments:
    """Values so small that the default eps would show."""
    Z, *rest = _different(rng)
    return Z / 256, *rest, 0.0


def _later_call(rng: Rng) -> Arguments:
    """Another batch of the same shape goes forward before the first one goes back."""
    n, d = odd_sizes(rng, 2)
    return *_rows(rng, n, d), 0.125, *_rows(rng, n, d)[:3]


def _later_call_of_another_size(rng: Rng) -> Arguments:
    n, d = odd_sizes(rng, 2)
    return *_rows(rng, n, d), 0.125, *_rows(rng, n + 1, d + 2)[:3]


def _gradients(fn: Together, Z: Any, gain: Any, bias: Any, G: Any, *rest: Any) -> Any:
    eps, later = rest[:1], rest[1:]
    _, cache = output_and_cache(fn["layer_norm"](Z, gain, bias, *eps))
    if later:
        fn["layer_norm"](*later)
    return fn["layer_norm_backward"](G, cache)


def _script(args: Arguments) -> str:
    between = "layer_norm(Z2, gain2, bias2)  # must leave the first cache alone\n" if len(args) > 5 else ""
    eps = ", eps" if len(args) > 4 else ""
    return f"out, cache = layer_norm(Z, gain, bias{eps})\n{between}dZ, dgain, dbias = layer_norm_backward(G, cache)"


exercise = Exercise(
    reference=together(layers.layer_norm, layers.layer_norm_backward),
    outputs=("dZ", "dgain", "dbias"),
    probe=_gradients,
    given=("Z", "gain", "bias", "G", "eps", "Z2", "gain2", "bias2"),
    script=_script,
    families=[exchanged("dZ", "dgain", "dbias")],
    cases=[
        Case("batches of any shape", [_different, lambda rng: _rows(rng, 3, 12), in_single(_different)], times=6),
        Case(
            "whole numbers, also beside others; zeros; large gradients; eps = 0",
            [
                in_whole(_different),
                *each_whole(_different, 0, 1, 3),
                with_zeros(_different),
                with_zeros(_different, 0),
                sized(_different, 3)[0],
                _without_eps,
            ],
            times=8,
            weight=0.5,
        ),
        Case("a single example, a single unit", [lambda rng: _rows(rng, 1, 5), lambda rng: _rows(rng, 5, 1)], times=2),
        Case("n = d: no error tells of a wrong axis", [lambda rng: _rows(rng, 4, 4)], times=2),
        Case("another forward call in between", [_later_call, _later_call_of_another_size], times=4),
        Case("eps that can be seen", [_visible_eps], times=2),
    ],
)

# %% hints
# 1. Split it in two. out = gain * Z_hat + bias is easy: gain and bias are shared by all rows, as b is in an affine layer,
#    and the gradient of Z_hat is G * gain. What remains is one row: from there to dZ, where every z_j has moved the mean and
#    the size s, too.
# 2. Let dz_hat be the gradient of z_hat = z_tilde / s. From s = sqrt(mean(z_tilde**2) + eps) follows that s has the slope
#    z_tilde_j / (d s) = z_hat_j / d by z_tilde_j. So the gradient of z_tilde is (dz_hat - z_hat * mean(dz_hat * z_hat)) / s, and taking
#    the mean away on the way up takes the mean away on the way back.
# 3. `dZ_hat = G * gain`; `dZ = (dZ_hat - dZ_hat.mean(axis=1, keepdims=True) - Z_hat * (dZ_hat * Z_hat).mean(axis=1, keepdims=True)) / s`;
#    dgain is `(G * Z_hat).sum(axis=0)`, dbias `G.sum(axis=0)`. Keep Z_hat, s and gain in the cache.

# %% elegant
# Two parts are taken away, the rest is divided by the size: what moves all entries alike does nothing, and what
# stretches the row next to nothing (eps). The cache keeps the normalized rows, and Z itself is not needed again.

# %% right
def layer_norm(Z, gain, bias, eps=1e-5):
    size = np.sqrt(Z.var(axis=1, keepdims=True) + eps)
    Z_hat = (Z - Z.mean(axis=1, keepdims=True)) / size
    cache = Z_hat, size, gain
    return gain * Z_hat + bias, cache

def layer_norm_backward(G, cache):
    Z_hat, size, gain = cache
    n, d = Z_hat.shape
    dZ_hat = G * gain
    along = (dZ_hat * Z_hat).mean(axis=1, keepdims=True)
    dZ = (dZ_hat - dZ_hat.mean(axis=1, keepdims=True) - Z_hat * along) / size
    dgain = (G * Z_hat).sum(axis=0)
    dbias = G.sum(axis=0)
    return dZ, dgain, dbias

# %% right
def layer_norm(Z, gain, bias, eps=1e-5):
    rows = [z - z.mean() for z in Z]
    sizes = [np.sqrt(np.mean(c**2) + eps) for c in rows]
    return np.array([gain * c / s + bias for c, s in zip(rows, sizes)]), list(zip(rows, sizes, [gain] * len(rows)))

def layer_norm_backward(G, cache):
    # row by row, with the whole Jacobian of each
    dZ, dgain, dbias = [], 0, 0
    for g, (c, s, gain) in zip(G, cache):
        d = len(c)
        centre = np.eye(d) - 1 / d
        J = (np.eye(d) / s - np.outer(c, c) / (d * s**3)) @ centre
        dZ.append(J.T @ (gain * g))
        dgain = dgain + g * c / s
        dbias = dbias + g
    return np.array(dZ), dgain, dbias

# %% right
def layer_norm(Z, gain, bias, eps=1e-5):
    # a step at a time, as the graph has them
    mean = Z.mean(axis=1, keepdims=True)
    C = Z - mean
    var = (C**2).mean(axis=1, keepdims=True)
    inverse = (var + eps)**-0.5

    def backward(G):
        dU = G * gain
        dinverse = (dU * C).sum(axis=1, keepdims=True)
        dvar = -0.5 * (var + eps)**-1.5 * dinverse
        dC = dU * inverse + dvar * 2 * C / Z.shape[1]
        dmean = -dC.sum(axis=1, keepdims=True)
        return dC + dmean / Z.shape[1], np.einsum("nd,nd->d", G, C * inverse), np.einsum("nd->d", G)

    return C * inverse * gain + bias, backward

def layer_norm_backward(G, cache):
    return cache(G)

# %% right
def layer_norm(Z, gain, bias, eps=1e-5):
    T = Z.T.astype(float)  # columns are examples
    std = np.sqrt(T.var(axis=0) + eps)
    T = (T - T.mean(axis=0)) / std
    return (gain[:, None] * T + bias[:, None]).T, {"T": T, "std": std, "gain": gain.copy()}

def layer_norm_backward(G, cache):
    T, std, gain = cache["T"], cache["std"], cache["gain"]
    d = len(T)
    dT = G.T * gain[:, None]
    dZ = (d * dT - dT.sum(axis=0) - T * (dT * T).sum(axis=0)) / (d * std)
    return [dZ.T, np.sum(G.T * T, axis=1), np.ones(len(G)) @ G]

# %% right
class Norm:
    def __init__(self, Z, gain, eps):
        self.gain = gain
        self.Z = Z
        self.eps = eps

    def pieces(self):
        for z in np.asarray(self.Z, dtype=float):
            c = z - np.sum(z) / z.size
            yield c, np.sqrt(c.dot(c) / z.size + self.eps)

def layer_norm(Z, gain, bias, eps=1e-5):
    norm = Norm(Z.copy(), gain, eps)
    return np.array([c / s * gain + bias for c, s in norm.pieces()]), norm

def layer_norm_backward(G, cache):
    dZ = np.zeros(G.shape)
    dgain, dbias = np.zeros(G.shape[1]), np.zeros(G.shape[1])
    for i, (c, s) in enumerate(cache.pieces()):
        g = G[i] * cache.gain
        part = g / s - c * (g @ c) / (c.size * s**3)
        dZ[i] = part - part.mean()
        dgain += G[i] * c / s
        dbias += G[i]
    return dZ, dgain, dbias

# %% wrong: the last forward call instead of the cache
#   What the forward pass keeps must travel in the cache. A global variable knows only the latest call, and a deep
#   network makes many.
def layer_norm(Z, gain, bias, eps=1e-5):
    global kept
    size = np.sqrt(Z.var(axis=1, keepdims=True) + eps)
    kept = (Z - Z.mean(axis=1, keepdims=True)) / size, size, gain
    return gain * kept[0] + bias, None

def layer_norm_backward(G, cache):
    Z_hat, size, gain = kept
    dZ_hat = G * gain
    dZ = (dZ_hat - dZ_hat.mean(axis=1, keepdims=True) - Z_hat * (dZ_hat * Z_hat).mean(axis=1, keepdims=True)) / size
    return dZ, (G * Z_hat).sum(axis=0), G.sum(axis=0)

# %% wrong
# mean and size are taken for constants: `dZ_hat - dZ_hat.mean(axis=1, keepdims=True) - Z_hat * along` -> `dZ_hat`
#   Every z_j moves the mean and the size of its row, too, and through them all entries. Two terms are missing.
# the mean is taken for a constant: `dZ_hat - dZ_hat.mean(axis=1, keepdims=True) - Z_hat * along` -> `dZ_hat - Z_hat * along`
#   Every z_j moves the mean of its row, too: the mean of dZ_hat = G * gain must be taken away.
# the size is taken for a constant: ` - Z_hat * along` -> ` `
#   Every z_j moves the size of its row, too: the part along Z_hat, Z_hat * mean(dZ_hat * Z_hat), must be taken away.
# the term of the size is added: ` - Z_hat * along` -> ` + Z_hat * along`
#   1/s falls where s grows: the term of the size has a minus.
# the term of the mean is added: `dZ_hat - dZ_hat.mean(axis=1, keepdims=True)` -> `dZ_hat + dZ_hat.mean(axis=1, keepdims=True)`
#   The mean is subtracted on the way up, so its term has a minus.
# the size's term counts twice: ` - Z_hat * along` -> ` - 2 * Z_hat * along`
#   The slope of s by z_tilde_j is z_hat_j / d: the 2 of the square and the 1/2 of the root cancel.
# half of the size's term: ` - Z_hat * along` -> ` - Z_hat * along / 2`
#   The slope of s by z_tilde_j is z_hat_j / d: the 2 of the square and the 1/2 of the root cancel.
# sums instead of means: `(dZ_hat * Z_hat).mean(axis=1, keepdims=True)` -> `(dZ_hat * Z_hat).sum(axis=1, keepdims=True)`, `dZ_hat - dZ_hat.mean(axis=1, keepdims=True)` -> `dZ_hat - dZ_hat.sum(axis=1, keepdims=True)`
#   Mean and variance are means over the d entries of a row: their terms carry 1/d.
# a sum in the term of the size: `(dZ_hat * Z_hat).mean(axis=1, keepdims=True)` -> `(dZ_hat * Z_hat).sum(axis=1, keepdims=True)`
#   The variance is a mean over the d entries of a row: its term carries 1/d.
# a sum in the term of the mean: `dZ_hat - dZ_hat.mean(axis=1, keepdims=True)` -> `dZ_hat - dZ_hat.sum(axis=1, keepdims=True)`
#   The mean is taken over the d entries of a row: its term carries 1/d.
# the means run over the batch: `(dZ_hat * Z_hat).mean(axis=1, keepdims=True)` -> `(dZ_hat * Z_hat).mean(axis=0, keepdims=True)`, `dZ_hat - dZ_hat.mean(axis=1, keepdims=True)` -> `dZ_hat - dZ_hat.mean(axis=0, keepdims=True)`
#   That belongs to *batch* normalization. Here each row is normalized by itself: axis 1 on the way back, too.
# the term of the mean runs over the batch: `dZ_hat - dZ_hat.mean(axis=1, keepdims=True)` -> `dZ_hat - dZ_hat.mean(axis=0, keepdims=True)`
#   Each row is normalized by itself: axis 1 on the way back, too.
# the term of the size runs over the batch: `(dZ_hat * Z_hat).mean(axis=1, keepdims=True)` -> `(dZ_hat * Z_hat).mean(axis=0, keepdims=True)`
#   Each row is normalized by itself: axis 1 on the way back, too.
# the axis is lost: `(dZ_hat * Z_hat).mean(axis=1, keepdims=True)` -> `(dZ_hat * Z_hat).mean(axis=1)`
#   NumPy pairs means of shape (n,) with the *columns* of an array (n, d). Keep the axis, `keepdims=True`.
# the gain is missing in dZ: `dZ_hat = G * gain` -> `dZ_hat = G`
#   out = gain * Z_hat + bias, so dZ_hat is G * gain.
# divided by the gain: `dZ_hat = G * gain` -> `dZ_hat = G / gain`
#   out = gain * Z_hat + bias, so dZ_hat is G times gain.
# the size is missing: `- Z_hat * along) / size` -> `- Z_hat * along)`
#   Z_hat is the centred row divided by its size, so its gradient is divided by the size, too.
# multiplied by the size: `- Z_hat * along) / size` -> `- Z_hat * along) * size`
#   Z_hat is the centred row *divided* by its size, so its gradient is divided by it, too.
# divided by the variance: `- Z_hat * along) / size` -> `- Z_hat * along) / size**2`
#   One division by the size is enough.
# the way up once more: `dZ = (dZ_hat - dZ_hat.mean(axis=1, keepdims=True) - Z_hat * along) / size` -> `dZ = (dZ_hat - dZ_hat.mean(axis=1, keepdims=True)) / np.sqrt(dZ_hat.var(axis=1, keepdims=True) + 1e-5)`
#   The gradient is not normalized by its own size. It is multiplied by the derivative, which holds the size of z.
# G instead of dZ_hat in the term of the size: `(dZ_hat * Z_hat).mean(axis=1, keepdims=True)` -> `(G * Z_hat).mean(axis=1, keepdims=True)`
#   All three terms are made of dZ_hat = G * gain.
# G instead of dZ_hat in the term of the mean: `dZ_hat - dZ_hat.mean(axis=1, keepdims=True)` -> `dZ_hat - G.mean(axis=1, keepdims=True)`
#   All three terms are made of dZ_hat = G * gain.
# Z_hat is missing in the term of the size: ` - Z_hat * along` -> ` - along`
#   The size's derivative is z_hat_j / d, so the term is Z_hat * mean(dZ_hat * Z_hat).
# dgain is a mean: `dgain = (G * Z_hat).sum(axis=0)` -> `dgain = (G * Z_hat).mean(axis=0)`
#   Every path is summed. The 1/n of the loss is in G already.
# dbias is a mean: `dbias = G.sum(axis=0)` -> `dbias = G.mean(axis=0)`
#   Every path is summed. The 1/n of the loss is in G already.
# everything is divided by n: `dZ_hat = G * gain` -> `G = G / n ⏎ dZ_hat = G * gain`
#   The 1/n of the mean is in G already: the loss put it there.
# dgain is not summed: `dgain = (G * Z_hat).sum(axis=0)` -> `dgain = G * Z_hat`
#   gain has shape (d,), and its gradient too: sum over the rows.
# dbias is not summed: `dbias = G.sum(axis=0)` -> `dbias = G`
#   bias has shape (d,), and its gradient too: sum over the rows.
# dgain is summed along the wrong axis: `dgain = (G * Z_hat).sum(axis=0)` -> `dgain = (G * Z_hat).sum(axis=1)`
#   gain has one entry for each unit: the sum runs over the examples, axis 0.
# dbias is summed along the wrong axis: `dbias = G.sum(axis=0)` -> `dbias = G.sum(axis=1)`
#   bias has one entry for each unit: the sum runs over the examples, axis 0.
# dgain has the gain in it: `dgain = (G * Z_hat).sum(axis=0)` -> `dgain = (G * gain * Z_hat).sum(axis=0)`
#   out = gain * Z_hat + bias: the derivative by gain is Z_hat, without the gain.
# dgain forgets Z_hat: `dgain = (G * Z_hat).sum(axis=0)` -> `dgain = G.sum(axis=0)`
#   out = gain * Z_hat + bias: the derivative by gain is Z_hat.
# Z is kept instead of Z_hat: `cache = Z_hat, size, gain` -> `cache = Z, size, gain`
#   What the gain multiplies, and what dZ needs, are the normalized values Z_hat: keep them.
# dbias has the gain in it: `dbias = G.sum(axis=0)` -> `dbias = dZ_hat.sum(axis=0)`
#   The bias is added after the gain: its derivative is 1.
# dZ has the wrong sign: `dZ = (dZ_hat - dZ_hat.mean(axis=1, keepdims=True) - Z_hat * along) / size` -> `dZ = -(dZ_hat - dZ_hat.mean(axis=1, keepdims=True) - Z_hat * along) / size`
#   A gradient points uphill. The minus belongs to the step of gradient descent.
# dgain and dbias have the gain in them: `dgain = (G * Z_hat).sum(axis=0)` -> `dgain = (dZ_hat * Z_hat).sum(axis=0)`,
#   `dbias = G.sum(axis=0)` -> `dbias = dZ_hat.sum(axis=0)`
#   dZ_hat = G * gain belongs to dZ alone. out = gain * z_hat + bias: the derivative by gain is z_hat, that by bias is 1.
# dZ is left out: `return dZ, dgain, dbias` -> `return dgain, dbias`
#   The layer below needs dZ: return all three.
# the caller's G is changed: `dZ_hat = G * gain` -> `dZ_hat = G ⏎ dZ_hat *= gain`
#   `*=` writes into the caller's G, also by another name, since `dZ_hat = G` makes no copy. Write `dZ_hat = G * gain`.
# the gain comes last: `dZ_hat = G * gain` -> `dZ_hat = G`, `Z_hat * along) / size` -> `Z_hat * along) / size * gain`
#   On the way back the gain comes first: dZ_hat is G * gain, and both means are those of dZ_hat.
# the output is kept instead of Z_hat: `cache = Z_hat, size, gain` -> `cache = gain * Z_hat + bias, size, gain`
#   What the formulas want is Z_hat, before gain and bias: keep that.
# the products of a row with all rows: `(dZ_hat * Z_hat).mean(axis=1, keepdims=True)` -> `(dZ_hat @ Z_hat.T).mean(axis=1, keepdims=True)`
#   Each row has a mean of its own: entry by entry, dZ_hat * Z_hat, then the mean along the row.
