"""Networks as answers: they are judged by the values of their function, whatever their parameters are."""

from collections.abc import Callable, Sequence
from itertools import pairwise, product
from typing import Any

import numpy as np

from autograde.judging.compare import kind_of
from autograde.judging.exercise import Unusable
from autograde.runtime.values import plain

Array = np.ndarray[Any, Any]
DIGITS = 9  # decimals kept of a function's values: rounding must not hide that two answers make the same mistake


def spline_values(fn: Callable[..., Any], t: Array, v: Array) -> dict[str, Any]:
    """What is judged of ``relu_spline``: the width, and the values of its network at the knots and between them."""
    w1, b1, w2, b2 = _parts(fn(t, v), ("w1", "b1", "w2", "b2"))
    if single := [name for name, part in (("w1", w1), ("b1", b1), ("w2", w2)) if part.ndim == 0]:
        raise Unusable(f"{single[0]} should be an array with an entry for each unit, got a single number")
    between = t[:-1, None] + np.diff(t)[:, None] * np.array([0.25, 0.5, 0.75])
    f = [_shallow(np.asarray(x, dtype=float), w1, b1, w2, b2) for x in (t, between.ravel())]
    too_wide = max(0, _width(w1, b1) - (len(t) - 1))
    return {"units more than m": too_wide, "f at the knots": f[0], "f between the knots": f[1]}


def ridge_values(fn: Callable[..., Any], g: Callable[..., Any], W: Array, c: Array, m: int) -> dict[str, Any]:
    """What is judged of ``ridge_network``: the width, and the values of its network on the unit cube."""
    W1, b1, w2, b2 = _parts(fn(g, W, c, m), ("W1", "b1", "w2", "b2"))
    d, r = W.shape
    corners = np.array(list(product([0.0, 1.0], repeat=d)))
    inside = np.random.default_rng(0).random((30, d))
    f = [_of_rows(X, W1, b1, w2, b2) for X in (corners, inside)]
    too_wide = max(0, W1.shape[-1] - r * m, b1.size - r * m)  # a single column would broadcast
    return {"units more than r m": too_wide, "f at the corners": f[0], "f inside": f[1]}


def sawtooth_values(fn: Callable[..., Any], k: int) -> dict[str, Any]:
    """What is judged of ``sawtooth_net``: the numbers of layers and units, and the values on a fine grid of [0, 1]."""
    layers = _layers(fn(k))
    x = np.arange(8 * 2**k + 1) / (8 * 2**k)
    widest = max((W.shape[-1] for W, _ in layers[:-1]), default=0)
    return {"hidden layers": len(layers) - 1, "units in the widest one": widest, "f": _deep(x, layers)}


def _parts(result: Any, names: Sequence[str]) -> list[Array]:
    if not isinstance(result, (list, tuple)) or len(result) != len(names):
        raise Unusable(f"({', '.join(names)}) should come back, got {kind_of(plain(result))}")
    return [_floats(part, name) for part, name in zip(result, names, strict=True)]


def _floats(part: Any, name: str) -> Array:
    try:
        return np.asarray(part, dtype=float)
    except Exception:
        raise Unusable(f"{name} should be an array of numbers, got {kind_of(plain(part))}") from None


def _shallow(x: Array, w1: Array, b1: Array, w2: Array, b2: Array) -> Array:
    """``relu(x[:, None]*w1 + b1) @ w2 + b2``, word for word."""
    try:
        f = np.maximum(x[:, None] * w1 + b1, 0) @ w2 + b2
    except ValueError:
        shapes = f"w1 {w1.shape}, b1 {b1.shape}, w2 {w2.shape}, b2 {b2.shape}"
        raise Unusable(f"in relu(x[:, None]*w1 + b1) @ w2 + b2 the shapes do not fit, {shapes}") from None
    return np.asarray(np.round(f, DIGITS) + 0.0)


def _of_rows(X: Array, W1: Array, b1: Array, w2: Array, b2: Array) -> Array:
    """``relu(X @ W1 + b1) @ w2 + b2``, word for word."""
    try:
        f = np.maximum(X @ W1 + b1, 0) @ w2 + b2
    except ValueError:
        d = X.shape[1]
        turn = f"; W1 has a row for each of the {d} inputs, transpose it" if W1.ndim == 2 and W1.shape[1] == d else ""
        shapes = f"W1 {W1.shape}, b1 {b1.shape}, w2 {w2.shape}, b2 {b2.shape}, for X (n, {d})"
        raise Unusable(f"in relu(X @ W1 + b1) @ w2 + b2 the shapes do not fit, {shapes}{turn}") from None
    return np.asarray(np.round(f, DIGITS) + 0.0)


def _width(w1: Array, b1: Array) -> int:
    return int(np.broadcast(w1, b1).shape[-1]) if w1.ndim or b1.ndim else 1


def _layers(result: Any) -> list[tuple[Array, Array]]:
    if not isinstance(result, (list, tuple)) or not result:
        raise Unusable(f"a list of pairs (W, b) should come back, got {kind_of(plain(result))}")
    pairs = []
    for i, pair in enumerate(result):
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise Unusable(f"entry {i} of the list should be a pair (W, b), got {kind_of(plain(pair))}")
        pairs.append((_floats(pair[0], f"W of entry {i}"), _floats(pair[1], f"b of entry {i}")))
    if any(W.ndim == 2 and b.ndim == 1 and b.shape != W.shape[1:] for W, b in pairs):  # which may broadcast and run
        raise Unusable(_misfit([W.shape for W, _ in pairs], [b.shape for _, b in pairs]))
    return pairs


def _deep(x: Array, layers: Sequence[tuple[Array, Array]]) -> Array:
    """ReLU after every pair but the last."""
    h = x[:, None]
    try:
        for W, b in layers[:-1]:
            h = np.maximum(h @ W + b, 0)
        W, b = layers[-1]
        f = np.asarray(h @ W + b)
    except ValueError:
        raise Unusable(_misfit([W.shape for W, _ in layers], [b.shape for _, b in layers])) from None
    return np.asarray(np.round(f, DIGITS) + 0.0)


def _misfit(Ws: Sequence[tuple[int, ...]], bs: Sequence[tuple[int, ...]]) -> str:
    shapes = ", ".join(f"W {W} b {b}" for W, b in zip(Ws, bs, strict=True))
    transposed = [W[::-1] for W in Ws]
    fits = all(len(W) == 2 for W in Ws) and transposed[0][0] == 1 and all(a[1] == b[0] for a, b in pairwise(transposed))
    turn = "; these are (d_out, d_in), transpose them" if fits else ""
    return f"in h @ W + b the shapes do not fit, {shapes}: W is (d_in, d_out), b is (d_out,){turn}"
