"""Starred exercise 8: first weights by measuring (LSUV: layer-sequential unit variance)."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from jaxtyping import Float, Real

from autograde.exercises.support.batches import single
from autograde.exercises.support.drawing import Array, Rng
from autograde.judging.exercise import Arguments, Case, Exercise, Formula

_PSI = ("np.tanh(x)", "np.maximum(x, 0)", "x", "1 / (1 + np.exp(-x))", "np.sin(x)", "np.log1p(np.exp(x))")


def lsuv(Ws: Sequence[Float[np.ndarray, "_ _"]], X: Real[np.ndarray, "n d"], psi: Callable[[Array], Array]) -> list[Array]:
    """Each layer's weights by a factor, from the first to the last, so that its pre-activations have mean square 1.

    Source: Mishkin & Matas (2016), with the mean square in place of the variance.
    """
    scaled, h = list[Array](), X
    for W in Ws:
        size = float(np.sqrt(np.mean((h @ W) ** 2)))
        scaled.append(W / size if size > 0 else W.copy())
        h = np.asarray(psi(h @ scaled[-1]))
    return scaled


def _network(rng: Rng, psi: str, widths: Sequence[int], n: int, spread: float) -> Arguments:
    """Weights whose spread is right for no layer; inputs whose mean is not 0."""
    Ws = [rng.normal(0, spread * rng.uniform(0.5, 2), pair) for pair in pairwise(widths)]
    return Ws, rng.normal(0.5, 1.5, (n, widths[0])), Formula(psi)


def _of(psi: Sequence[str], *widths: int, n: int = 6, spread: float = 0.3) -> Callable[[Rng], Arguments]:
    return lambda rng: _network(rng, str(rng.choice(psi)), widths, n, spread)


def _deep(rng: Rng) -> Arguments:
    """As many layers as hers has, with her spread: what goes up unscaled is nearly 0."""
    return _network(rng, "np.tanh(x)", [5] + 29 * [4] + [3], 6, 1 / 8)


def _dead(rng: Rng) -> Arguments:
    """The second layer's weights are 0: so are its pre-activations, whatever they are multiplied by."""
    Ws, X, psi = _network(rng, "1 / (1 + np.exp(-x))", (4, 3, 5, 2), 6, 0.3)
    Ws[1] = np.zeros((3, 5))
    return Ws, X, psi


def _mute(rng: Rng) -> Arguments:
    """No unit of the first layer is on, so that the second one, whose weights are not 0, gets nothing but zeros."""
    Ws, X, psi = _network(rng, "np.maximum(x, 0)", (4, 3, 5, 2), 6, 0.3)
    return [-np.abs(Ws[0]), *Ws[1:]], np.abs(X), psi


def _nearly_right(rng: Rng) -> Arguments:
    """What is off by a ten-thousandth or two is scaled, too: the mean square is to be 1."""
    Ws, X, psi = _network(rng, "np.tanh(x)", (4, 5, 3), 6, 0.5)
    off = 1 + rng.choice([-1, 1], 2) * rng.uniform(5e-5, 2e-4, 2)
    return [W * factor for W, factor in zip(lsuv(Ws, X, psi), off, strict=True)], X, psi


def _whole_inputs(rng: Rng) -> Arguments:
    Ws, X, psi = _network(rng, "np.tanh(x)", (4, 5, 3), 6, 0.5)
    return Ws, np.rint(2 * X).astype(np.int64), psi


def _shared(rng: Rng) -> Arguments:
    """One matrix in three layers: each use has a factor of its own. More units than examples."""
    Ws, X, psi = _network(rng, "np.tanh(x)", (4, 4), 3, 0.5)
    return 3 * Ws, X, psi


def _singly(rng: Rng) -> Arguments:
    Ws, X, psi = single(_network(rng, "np.tanh(x)", (4, 5, 3), 6, 0.5))
    return Ws, X, psi


exercise = Exercise(
    reference=lsuv,
    cases=[
        Case("one layer", [_of(_PSI, 4, 3)], times=2),
        Case("three layers of different widths", [_of([psi], 5, 7, 4, 3) for psi in _PSI], times=6, weight=2.0),
        Case("thirty layers", [_deep], times=2),
        Case("weights that are nearly right; whole numbers; a matrix in several layers", [_nearly_right, _whole_inputs, _shared], times=3, weight=0.5),
        Case("large weights", [_of(["np.tanh(x)", "np.sin(x)"], 4, 6, 3, spread=8.0)], times=2),
        Case("tiny weights", [_of(_PSI, 4, 6, 3, spread=1e-7)], times=2, weight=0.5),
        Case("one example, one unit, one input", [_of(_PSI, 3, 1, 2), _of(_PSI, 3, 4, 2, n=1), _of(_PSI, 1, 4, 2)], times=6, weight=0.5),
        Case("where all of Z are 0 weights stay as they are", [_dead, _mute], times=4, weight=0.5, worth={"1": 0.0}),  # that one is at hand
        Case("single precision", [_singly], weight=0.5),
    ],
)

# %% hints
# 1. One layer first: Z = h W. If the mean of all squares of Z is s, by which number must W be divided so that it becomes 1?
# 2. Then the next layer. What goes into it are the values that come out of the layer *with its new weights*; so measure
#    and scale from the first to the last, in one loop that carries h along.

# %% elegant
# One loop carries the signal along: measure, divide, go on with what the new weights give. No fan-in, no factor for the
# activation, no theory: whatever psi does to the size, the next layer measures it.

# %% right
def lsuv(Ws, X, psi):
    new = []
    h = X
    for W in Ws:
        Z = h @ W
        size = np.sqrt(np.mean(Z**2))
        if size > 0:
            W = W / size
        new.append(W)
        h = psi(h @ W)
    return new

# %% right
def lsuv(Ws, X, psi):
    # a linear map: Z / size needs no second product
    out = []
    for W in Ws:
        Z = X @ W
        size = np.linalg.norm(Z) / Z.size**0.5 or 1.0
        out += [np.array(W) / size]
        X = psi(Z / size)
    return tuple(out)

# %% right
def lsuv(Ws, X, psi):
    def rest(Ws, h):
        if not len(Ws):
            return []
        scale = (h @ Ws[0]).std()**2 + (h @ Ws[0]).mean()**2
        first = Ws[0].copy()
        if np.any(h @ Ws[0]):
            first *= scale**-0.5
        return [first] + rest(Ws[1:], psi(h @ first))
    return rest(list(Ws), X)

# %% right
def lsuv(Ws, X, psi):
    new = [W.astype(float) for W in Ws]
    for l in range(len(new)):
        h = X
        for W in new[:l]:
            h = psi(np.dot(h, W))
        for _ in range(3):
            s = (np.dot(h, new[l])**2).mean()
            if s:
                new[l] = new[l] / np.sqrt(s)
    return new

# %% wrong
# all layers are measured with the old weights: `h = psi(h @ W)` -> `h = psi(Z)`
#   What goes into a layer depends on the scaled weights below it: hand on psi of h times the *new* W, then measure the next layer.
# divided by the mean square, not its root: `np.sqrt(np.mean(Z**2))` -> `np.mean(Z**2)`
#   Dividing W by c divides the squares by c²: take the root of the mean square.
# the size of psi(Z), not of Z: `np.mean(Z**2)` -> `np.mean(psi(Z)**2)`
#   The pre-activations Z shall have mean square 1, before psi is applied.
# the standard deviation, not the root of the mean square: `np.sqrt(np.mean(Z**2))` -> `np.std(Z)`
#   The standard deviation takes the mean away first. Asked is the mean of the squares as they are.
# each unit is scaled by itself: `np.mean(Z**2)` -> `np.mean(Z**2, axis=0)`, `if size > 0:` -> `if np.all(size > 0):`
#   One factor for the whole matrix: the mean goes over examples and units.
# a sum, not a mean: `np.mean(Z**2)` -> `np.sum(Z**2)`
#   The sum grows with the number of examples and units: take the mean.
# the mean over examples only: `np.mean(Z**2)` -> `np.mean(np.sum(Z**2, axis=1))`
#   Divide by the number of examples times the number of units.
# the last layer is left as it is: `for W in Ws:` -> `for W in Ws[:-1]:`, `return new` -> `return new + [Ws[-1]]`
#   The last layer's pre-activations are the logits, and they shall have mean square 1, too.
# psi is forgotten on the way: `h = psi(h @ W)` -> `h = h @ W`
#   The next layer gets psi of the pre-activations.
# psi is applied to the inputs: `h = X` -> `h = psi(X)`
#   The first layer gets X itself.
# multiplied, not divided: `W = W / size` -> `W = W * size`
#   Values that are too large need smaller weights: divide.
# the weights' own mean square: `np.sqrt(np.mean(Z**2))` -> `np.sqrt(np.mean(W**2))`
#   Not the weights shall have mean square 1, but what they make of the data: measure Z = h W.
# by fan-in, not by measuring: `np.sqrt(np.mean(Z**2))` -> `np.std(W) * np.sqrt(len(W))`
#   That is LeCun's rule, which knows neither the data nor psi. Here the size is measured.
# a layer of zeros gives nan: `if size > 0:` -> `if True:`
#   Where all pre-activations are 0, no factor makes their mean square 1: leave these weights as they are.
# a layer of zeros ends the loop: `if size > 0:` -> `if size == 0: break ⏎ if True:`
#   A layer whose pre-activations are all 0 keeps its weights, and the loop goes on behind it.
# the caller's weights are changed: `W = W / size` -> `W /= size`
#   `/=` changes the caller's arrays. Make new ones: `W = W / size`.
# what comes out instead of the weights: `new.append(W)` -> `new.append(Z)`
#   The list holds the scaled weights, not the pre-activations.
# the largest value, not the root of the mean square: `np.sqrt(np.mean(Z**2))` -> `np.abs(Z).max()`
#   The size is the root of the mean of the squares: every value counts, not the largest alone.
# the mean of the absolute values: `np.sqrt(np.mean(Z**2))` -> `np.mean(np.abs(Z))`
#   Square, take the mean, then the root: the mean of the absolute values is another number.
# the values are normalized, too: `h = psi(h @ W)` -> `h = psi(h @ W); h = h / np.sqrt(np.mean(h**2))`
#   Only the weights are scaled. What psi gives goes on as it is: the network that uses these weights divides nothing.
# it returns after the first layer: `h = psi(h @ W)` -> `h = psi(h @ W) ⏎ return new`
#   A `return` inside the loop ends it with the first layer: move it out.
# the factors instead of the matrices: `new.append(W)` -> `new.append(size)`
#   Asked are the new matrices, each divided by its factor.
# one example only is measured: `np.mean(Z**2)` -> `np.mean(Z[0]**2)`
#   The mean goes over all examples of X and all units.
# an array of the matrices: `return new` -> `return np.array(new)`
#   Matrices of different shapes make no array: return the list.
# every layer gets the inputs of the network: `h = psi(h @ W)` -> `h = X`
#   Only the first layer gets X. Into each other one goes what comes out below it, psi of h times the new W: carry h along.
# the weights are returned as they came: `return new` -> `return [W.copy() for W in Ws]`
#   These are the weights that came in. `W = W / size` binds the name to a new array: put that one into the list.
# a layer of zeros is passed over: `if size > 0:` -> `if size == 0: continue ⏎ if True:`
#   A layer whose pre-activations are all 0 keeps its weights; it is in the list all the same, and what it hands on, psi of zeros,
#   goes into the next layer.
# the mean over units only: `np.mean(Z**2)` -> `np.sum(Z**2) / len(Z[0])`
#   Divide by the number of examples times the number of units.
# the square of the mean: `np.mean(Z**2)` -> `np.mean(Z)**2`
#   Square first, then take the mean: positive and negative values cancel in a mean.
# He's rule, not measuring: `np.sqrt(np.mean(Z**2))` -> `np.std(W) / np.sqrt(2 / len(W))`
#   That is He's rule, for wide layers of ReLUs. Here the size is measured, whatever the data and psi are.
# a small number is added to the size: `W = W / size` -> `W = W / (size + 1e-8)` | `W = W / (size + 1e-6)`, `if size > 0:` -> `if True:`
#   The weights may be as small as that number, and then it counts. Ask whether all Z are 0, and divide by the size itself.
# small weights are taken for none: `if size > 0:` -> `if size > 1e-6:` | `if size > 1e-3:`
#   Small is not 0: "drawn with a size that fits nothing" may be tiny. Only where all of Z are 0 the weights stay.
# rows and columns are mixed up: `Z = h @ W` -> `Z = h @ W.T` | `Z = W.T @ h` | `Z = W @ h`
#   or `Z = h @ W` -> `Z = W @ h`, `h = psi(h @ W)` -> `h = psi(W @ h)`
#   Examples are rows, and W has a row for each input: h @ W, (n, d_in) times (d_in, d_out).
# weights that get nothing become 0: `if size > 0:` -> `if size == 0: ⏎     W = np.zeros_like(W) ⏎ else:`
#   Where all of Z are 0 the weights stay as they are: they need not be 0 themselves.
