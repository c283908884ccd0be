"""What a wrong shape tells."""

import ast
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograde.judging.compare import Difference

Array = np.ndarray[Any, Any]
_TELLING = 2  # different numbers that can't agree by chance


def about_shape(
    got: Array, expected: Array, args: Sequence[Any], parameters: Sequence[str], plainly: bool = False
) -> str:
    """A sentence on what may have led to a shape, "" where nothing stands out.

    plainly: without the arguments that are as long, by coincidence perhaps.
    """
    if got.ndim == expected.ndim == 2 and got.shape == expected.shape[::-1]:
        return "The shape is that of the transpose."
    if got.size == expected.size:
        return _about_arrangement(got, expected)
    like = [
        n for n, a in zip(parameters, args, strict=False) if isinstance(a, np.ndarray) and a.shape == expected.shape
    ]
    if not plainly and got.ndim == expected.ndim and expected.ndim > 1 and like:
        return f"It should have the shape of `{like[0]}`: which axes are summed over, and which are left?"
    if not plainly and got.ndim == expected.ndim == 1 and (told := _chosen(got, expected)):
        return told
    if told := about_length(got, expected):
        return told
    if not plainly and got.ndim == expected.ndim == 1 and (told := _length_of(len(expected), args, parameters)):
        return f"It should be as long as {told}."
    if got.ndim < expected.ndim:
        return (
            "An axis is missing: a sum, a mean or an index has removed one too many, or a loop walks along one alone."
        )
    if got.dtype.kind == "b" and expected.ndim == 0:
        return "One answer is wanted, and here are many: `.all()` tells whether all are true."
    if got.ndim > 1 and expected.ndim == 0:
        return "One number is wanted, and here is a whole table: which entry of it, or which sum, is asked for?"
    if got.ndim > expected.ndim:
        return "There is an axis too many: a sum is missing, or a column `(n, 1)` met a row `(n,)` and they broadcast."
    return ""


def about_sizes(difference: Difference, others: Sequence[tuple[Difference, Any]]) -> str:
    """Where an axis has one and the same length in calls that ask for different ones; "" elsewhere."""
    pairs = [(np.shape(d.got), np.shape(d.expected)) for d, _ in [(difference, None), *others] if d.kind == "shape"]
    ndim = len(pairs[0][1]) if pairs else 0
    if any(len(got) != ndim or len(expected) != ndim for got, expected in pairs):
        return ""
    for axis in range(ndim):
        lengths, wanted = ({shape[axis] for shape in shapes} for shapes in zip(*pairs, strict=True))
        if len(lengths) == 1 and len(wanted - lengths) > 1:
            return (
                f"Axis {axis} has the length {lengths.pop()} in other calls, too, whatever the arguments: does a number in "
                "your code stand where a length of an argument belongs?"
            )
    return ""


def about_length(got: Array, expected: Array) -> str:
    """Where one entry is too much or missing, at one end, and all others are right; "" elsewhere."""
    if got.ndim != expected.ndim or not got.ndim or got.shape[1:] != expected.shape[1:]:
        return ""
    more, fewer = (got, expected) if len(got) > len(expected) else (expected, got)
    if len(more) != len(fewer) + 1 or len(np.unique(fewer)) < _TELLING or not np.isfinite(more).all():
        return ""
    first, last = (np.allclose(rest, fewer, rtol=1e-6, atol=1e-12) for rest in (more[1:], more[:-1]))
    if first == last:
        return ""
    where = "first" if first else "last"
    if more is got:
        return f"Without the {where} entry it would be right: what does that one stand for?"
    return f"All but the {where} of the right entries are there: where does your code {'begin' if first else 'end'}?"


def _chosen(got: Array, expected: Array) -> str:
    """Where indices are some of the right ones, or all of them and others besides."""
    if got.dtype.kind not in "iu" or not (expected == np.round(expected)).all():
        return ""
    mine, right = set(got.tolist()), set(expected.tolist())
    if len(mine) < len(got) or len(right) < len(expected):
        return "Some of them stand there more than once: what adds them again?" if len(mine) < len(got) else ""
    if mine < right:
        return "Some are missing, and none stands there that should not: which condition shuts them out?"
    if right < mine:
        return "None is missing, but some stand there that should not: which condition lets them in?"
    return ""


def turned_alike(line: str, other: str) -> bool:
    """Whether matrix products in two lines turn as few of their factors: without `.T` they can lead to the same message."""
    turned, others = [*_turned(line)], [*_turned(other)]
    return not turned or not others or min(turned) == min(others)


def _turned(line: str) -> Iterator[int]:
    """How many factors of each matrix product are transposed, in a line such as ``line 3: G = G @ W.T``."""
    try:
        tree = ast.parse(line.partition(": ")[2])
    except SyntaxError:  # the beginning of a loop, or half of a statement
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            yield sum(map(_is_turned, (node.left, node.right)))
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("dot", "matmul")
        ):
            yield sum(map(_is_turned, (node.func.value, *node.args)))


def _is_turned(factor: ast.expr) -> bool:
    called = factor.func if isinstance(factor, ast.Call) else factor
    return isinstance(called, ast.Attribute) and called.attr in ("T", "transpose", "swapaxes")


def _length_of(length: int, args: Sequence[Any], parameters: Sequence[str]) -> str:
    """Which axis of an argument has a length, in words; "" where none has, or several do."""
    found = [(n, i, a.ndim) for n, a in zip(parameters, args, strict=False) if isinstance(a, np.ndarray)
             for i, size in enumerate(a.shape) if size == length and a.ndim <= 2]  # fmt: skip
    lines = [f"`{n}` has {('rows', 'columns')[i]}" if ndim == 2 else f"`{n}`" for n, i, ndim in found]
    return lines[0] if lines and length > 1 else ""


def _about_arrangement(got: Array, expected: Array) -> str:
    told = "The number of values is right, their arrangement is not: "
    if got.shape == tuple(size for size in expected.shape if size != 1):
        return told + "axes of length 1 have gone, as `squeeze`, `ravel` and an index take them away."
    if 1 in got.shape:
        return told + "look at the axis of length 1."
    if len(np.unique(expected)) > 2 and np.allclose(got.ravel(), expected.ravel(), rtol=1e-3):
        return f"The values are right and stand in the right order: give the result the shape {expected.shape}."
    if got.ndim == 1 and expected.ndim == 2:
        return (
            told + "they stand in a row. Where they are columns, one after the other, `np.column_stack` or "
            "`np.stack(..., axis=1)` joins them; where they are entries, `.reshape` gives them their places."
        )
    return told + "look at how the axes are joined, reshaped or transposed."
