"""Batches for tests: every size differs from every other, and nothing is zero by accident."""

import contextlib
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from autograde.exercises.support.drawing import Array, Rng, eighths
from autograde.judging.compare import kind_of
from autograde.judging.exercise import Arguments, Unusable
from autograde.runtime.values import plain

Maker = Callable[[Rng], Arguments]


def odd_sizes(rng: Rng, count: int) -> list[int]:
    """Different odd numbers in random order, from 3 to ``2 * count + 1``."""
    return [int(size) for size in rng.permutation(np.arange(3, 2 * count + 2, 2))]


def labels(rng: Rng, n: int, k: int) -> Array:
    """Class numbers below k, not all alike where n and k allow it."""
    return rng.permutation(np.arange(n) % k)


def few_labels(rng: Rng, n: int, k: int) -> Array:
    """Class numbers below k, without 0 and without about half of the others."""
    found = rng.choice(np.arange(1, k), k // 2, replace=False)
    return np.asarray(rng.permutation(found[np.arange(n) % len(found)]))


def layers(rng: Rng, sizes: Sequence[int]) -> tuple[list[Array], list[Array]]:
    """``(Ws, bs)`` of layers of these widths; about half of the pre-activations are negative."""
    pairs = list(pairwise(sizes))
    Ws = [rng.normal(0, 1.5 / np.sqrt(d_in), (d_in, d_out)) for d_in, d_out in pairs]
    return Ws, [eighths(rng, d_out) / 4 for _, d_out in pairs]


def single(args: Any) -> Any:
    """The same arguments in float32."""
    if isinstance(args, (list, tuple)):
        return type(args)(single(a) for a in args)
    return args.astype(np.float32) if isinstance(args, np.ndarray) and args.dtype.kind == "f" else args


def in_single(make: Maker) -> Maker:
    """Makes what ``make`` makes, in float32."""
    return lambda rng: single(make(rng))


def whole(args: Any) -> Any:
    """The same arguments as integers, none of them 0."""
    if isinstance(args, (list, tuple)):
        return type(args)(whole(a) for a in args)
    if isinstance(args, float):
        return int(whole(np.array(args)))
    if not isinstance(args, np.ndarray) or args.dtype.kind != "f":
        return args
    return (np.where(args < 0, -1, 1) * np.maximum(1, np.rint(np.abs(args)))).astype(np.int64)


def in_whole(make: Maker) -> Maker:
    """Makes what ``make`` makes, of integers."""
    return lambda rng: whole(make(rng))


def output_and_cache(result: Any) -> tuple[Any, Any]:
    """The two things that a forward function returns; the second one is nobody's business."""
    with contextlib.suppress(TypeError, ValueError):
        if not isinstance(result, (dict, set, str)):
            Z, cache = result
            return Z, cache
    raise Unusable(f"the pair (Z, cache) should come back, got {kind_of(plain(result))}")


def batch(rng: Rng, n: int, d: int, h: int) -> Arguments:
    """``X (n, d)``, ``W (d, m)``, ``b (m,)``."""
    return eighths(rng, n, d), eighths(rng, d, h), eighths(rng, h)


def net(rng: Rng, n: int, sizes: list[int]) -> Arguments:
    """``X, Ws, bs``."""
    return eighths(rng, n, sizes[0]), *layers(rng, sizes)


def three_layers(rng: Rng) -> Arguments:
    """Five different sizes."""
    n, *sizes = odd_sizes(rng, 5)
    return net(rng, n, sizes)


def one_layer(rng: Rng) -> Arguments:
    return net(rng, 5, [3, 4])


def two_layers(rng: Rng) -> Arguments:
    return net(rng, 5, [3, 6, 2])


def narrow(rng: Rng) -> Arguments:
    """One input, one hidden unit, one output, beside wider layers."""
    return net(rng, 3, [[1, 4, 1, 3], [2, 1, 5, 1], [3, 4, 1, 1]][int(rng.integers(3))])


def deep(rng: Rng) -> Arguments:
    """Six layers of unlike widths."""
    return net(rng, 7, [3, 8, 6, 9, 5, 7, 4])


def one_example(rng: Rng) -> Arguments:
    return net(rng, 1, [3, 6, 5, 2])


def all_alike(rng: Rng) -> Arguments:
    """n and every width are 4."""
    return net(rng, 4, [4, 4, 4, 4])
