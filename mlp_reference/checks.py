"""Checks of arguments: one line at the top of a function, and an error that says what to do next.

Every message has four parts: what was called, what was got, what was expected, what to do next.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NoReturn

import numpy as np

from mlp_reference.shapes import Integer, Number

Array = np.ndarray | np.generic


def fail(call: str, got: str, expected: str, do: str) -> NoReturn:
    """Raise the one kind of error there is."""
    raise ValueError(f"{call} got {got}, expected {expected}; {do}")


def arrays(call: str, letters: str, **named: Array) -> None:
    """Each array has the shape its letters say (a letter is one size), is not empty, and holds finite real numbers.

    ``arrays("affine_forward", "n d, d h, h", X=X, W=W, b=b)``
    """
    sizes: dict[str, int] = {}
    for (name, array), axes in zip(named.items(), _parse(letters), strict=True):
        shape = np.shape(array)
        if len(shape) != len(axes) or any(sizes.setdefault(a, s) != s for a, s in zip(axes, shape, strict=True)):
            known = ", ".join(f"{axis} = {size}" for axis, size in sizes.items())
            fail(call, f"{name} of shape {shape}", f"({', '.join(axes)}) where {known or 'letters are sizes'}",
                 "print the .shape of every argument, and transpose or reshape the one that differs")  # fmt: skip
        finite(call, **{name: array})


def finite(call: str, **named: Array) -> None:
    """Each array has at least one entry, and all its entries are finite real numbers."""
    for name, array in named.items():
        array = np.asarray(array)
        if array.size == 0:
            fail(call, f"an empty {name} of shape {array.shape}", "at least one entry", "look at how it was selected")
        if array.dtype.kind not in "fiub":
            fail(call, f"{name} with dtype {array.dtype}", "real numbers", f"convert it, e.g. {name}.astype(float)")
        if not np.isfinite(array).all():
            first = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
            fail(call, f"{name}{list(first) or ''} = {array[first]}", "finite numbers only",
                 "look for missing data, a division by zero, or a training that diverged before")  # fmt: skip


def labels(call: str, y: Array, n: Integer, k: Integer) -> None:
    """``y`` holds ``n`` whole numbers from 0 to ``k - 1``, of any real type."""
    y = np.asarray(y)
    if y.shape != (n,):
        fail(call, f"y of shape {y.shape}", f"({n},), one label per row", "pass class numbers, not one-hot rows")
    finite(call, y=y)
    if (y % 1 != 0).any():
        fail(call, f"the label {y[y % 1 != 0][0]}", "whole numbers", "look for probabilities or scaled labels in y")
    if y.min() < 0 or y.max() >= k:
        fail(call, f"labels from {y.min()} to {y.max()}", f"labels from 0 to {k - 1}",
             "number the classes from 0, e.g. with np.unique(y, return_inverse=True)[1]")  # fmt: skip


def chain(call: str, X: Array, Ws: Sequence[Array], bs: Sequence[Array]) -> None:
    """One bias per matrix, and each layer takes as many numbers as the one before gives."""
    if len(Ws) != len(bs) or not Ws:
        fail(call, f"{len(Ws)} weight matrices and {len(bs)} biases", "one bias per matrix, at least one",
             "pass two lists of the same length")  # fmt: skip
    arrays(call, "n d", X=X)
    width = X.shape[1]
    for layer, (W, b) in enumerate(zip(Ws, bs, strict=True)):
        if np.ndim(W) != 2 or W.shape[0] != width or np.shape(b) != W.shape[1:]:
            fail(call, f"Ws[{layer}] {np.shape(W)} and bs[{layer}] {np.shape(b)}", f"({width}, h) and (h,)",
                 "give W (d_in, d_out) and b (d_out,), where d_in is the width of the layer before")  # fmt: skip
        finite(call, **{f"Ws[{layer}]": W, f"bs[{layer}]": b})
        width = W.shape[1]


def positive(call: str, **named: Number) -> None:
    """Each number is finite and above 0."""
    for name, number in named.items():
        if not (np.ndim(number) == 0 and np.isfinite(number) and number > 0):
            fail(call, f"{name} = {number}", "a finite number above 0", f"choose a positive {name}")


def one_of(call: str, name: str, choice: str, known: Collection[str]) -> None:
    """``choice`` is one of the known names."""
    if choice not in known:
        fail(call, f"{name} {choice!r}", f"one of {', '.join(map(repr, known))}", "choose one of these names")


@lru_cache
def _parse(letters: str) -> list[list[str]]:
    return [axes.split() for axes in letters.split(",")]
