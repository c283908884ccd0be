"""What is seen of ``minibatches``: sizes, and in words whether the order is a fresh random one."""

import copy
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import numpy as np

from autograde.exercises.support.drawing import Array, Rng

# Whether all orders are equally likely is asked in two ways, each a chi-square statistic of calls with one generator.
#   n = 4: how often each of the 24 orders comes in 480 calls. 23 degrees of freedom: P(X > 83.1) = 1e-8.
#   n = 100: how often an index of each fifth of the range comes to each fifth of the order in 300 calls, times 0.99 as
#   the entries of one order depend on each other. 16 degrees of freedom: P(X > 70.3) = 1e-8.
# So a right answer is suspected in less than one of 10 million checks. A swap of each place with any place, the usual
# wrong shuffle, is found by the second with X of about 240. That two fresh orders of 13 agree has probability 1.6e-10.
CALLS = {4: 480, 100: 300}
LIMIT = {4: 83.1, 100: 70.3}
ENOUGH = 10  # indices from which two fresh orders are never the same
AGAIN = 20  # calls: shuffled whole batches, two at least, put the shorter one last in all of them once in a million
NOT_LOOKED_AT = "not looked at"
SIZES = "the sizes of the batches"
RIGHT = {
    "what comes": "arrays of indices",
    "the indices": "each of range(n) once",
    "the shorter batch": "comes last",
    "the orders of two calls": "differ",
    "the random numbers": "come from rng",
    "the orders": "all equally likely",
}


def batches_seen(fn: Callable[..., Any], n: int, batch_size: int, rng: Rng) -> dict[str, Any]:
    """Sizes of the batches, and in words what they are and how random they are."""
    batches = _taken(fn(n, batch_size, copy.deepcopy(rng)), n)
    found: dict[str, Any] = {**dict.fromkeys(RIGHT, NOT_LOOKED_AT), SIZES: [int(np.size(b)) for b in batches]}
    found["what comes"] = _kind(batches, n)
    if found["what comes"] != RIGHT["what comes"]:
        return found
    order = np.concatenate([np.ravel(b) for b in batches])
    found["the indices"] = _coverage(order, n)
    found["the shorter batch"] = _place(fn, n, batch_size, rng)
    if found["the shorter batch"] not in (RIGHT["the shorter batch"], NOT_LOOKED_AT):
        found[SIZES] = "right, in another order"
    if n >= ENOUGH:
        found |= _freshness(fn, n, batch_size, rng)
    elif not _is_obeyed(fn, n, batch_size, rng):
        found["the random numbers"] = "come from elsewhere"
    if n in CALLS and found["the indices"] == RIGHT["the indices"]:
        found["the orders"] = _likelihood(fn, n, batch_size, rng)
    return found


def unevenness(orders: Array) -> float:
    """The chi-square statistic of ``orders``, one a row."""
    calls, n = orders.shape
    if n == 4:
        counts = Counter(map(bytes, orders.astype(np.uint8)))
        expected = calls / 24
        return sum((c - expected) ** 2 for c in counts.values()) / expected + (24 - len(counts)) * expected
    fifth = n // 5
    place = np.broadcast_to(np.arange(n) // fifth, orders.shape)
    table = np.bincount((5 * (orders // fifth) + place).ravel(), minlength=25)
    expected = calls * n / 25
    return float(((table - expected) ** 2).sum() / expected * (n - 1) / n)


def _taken(result: Any, n: int) -> list[Any]:
    """Not all batches: a generator may never end.  What ``for`` reads by ``__getitem__`` alone is iterable, too."""
    by_index = hasattr(result, "__getitem__") and not isinstance(result, np.generic)
    return list(islice(result, _most(n))) if by_index or isinstance(result, Iterable) else [result]


def _most(n: int) -> int:
    return 2 * n + 10


def _order(fn: Callable[..., Any], n: int, batch_size: int, rng: Rng) -> Array:
    return np.concatenate([np.ravel(b) for b in _taken(fn(n, batch_size, rng), n)])


def _kind(batches: list[Any], n: int) -> str:
    if len(batches) == _most(n):
        return "batches without end"
    try:
        arrays = [np.asarray(b) for b in batches]
    except ValueError:
        return "ragged lists"
    if not arrays:
        return "nothing"
    if any(a.dtype.kind not in "iuf" for a in arrays):
        return "no numbers"
    if any(a.ndim != 1 for a in arrays):
        return "single numbers" if any(a.ndim == 0 for a in arrays) else "tables"
    return "numbers that are no integers" if any(a.dtype.kind == "f" for a in arrays) else RIGHT["what comes"]


def _coverage(order: Array, n: int) -> str:
    inside = order[(order >= 0) & (order < n)]
    if len(inside) < len(order):
        return "some lie outside of range(n)"
    counts = np.bincount(inside, minlength=n)
    if counts.max() > 1:  # whether others are missing then may be chance
        return "some come again"
    return "some are missing" if 0 in counts else RIGHT["the indices"]


def _place(fn: Callable[..., Any], n: int, batch_size: int, rng: Rng) -> str:
    """Where the shorter batch comes in many calls, if the sizes are right but for their order."""
    wanted = [batch_size] * (n // batch_size) + [n % batch_size] * (n % batch_size > 0)
    rng = copy.deepcopy(rng)
    calls = [[int(np.size(b)) for b in _taken(fn(n, batch_size, rng), n)] for _ in range(AGAIN)]
    if any(sorted(sizes, reverse=True) != wanted for sizes in calls):
        return NOT_LOOKED_AT
    if all(sizes == wanted for sizes in calls):
        return RIGHT["the shorter batch"]
    return "comes first" if all(sizes == wanted[::-1] for sizes in calls) else "comes anywhere"


def _freshness(fn: Callable[..., Any], n: int, batch_size: int, rng: Rng) -> dict[str, str]:
    """Calls with one generator differ; two with generators in the same state don't."""
    one, two = copy.deepcopy(rng), copy.deepcopy(rng)
    first = _order(fn, n, batch_size, one)
    if not all(np.array_equal(first, _order(fn, n, batch_size, one)) for _ in range(AGAIN)):
        obeys = np.array_equal(first, _order(fn, n, batch_size, two))
        source = RIGHT["the random numbers"] if obeys else "come from elsewhere"
        return {"the orders of two calls": RIGHT["the orders of two calls"], "the random numbers": source}
    if (np.diff(first) == 1).all():
        return {"the orders of two calls": "are that of range(n)"}
    other = _order(fn, n, batch_size, np.random.default_rng(int(two.integers(2**32))))
    source = "don't depend on rng" if np.array_equal(first, other) else "come from rng, which stays as it was"
    return {"the orders of two calls": "are the same", "the random numbers": source}


def _is_obeyed(fn: Callable[..., Any], n: int, batch_size: int, rng: Rng) -> bool:
    """Whether generators in the same state give the same orders, of few indices, again and again."""
    one, two = copy.deepcopy(rng), copy.deepcopy(rng)
    return all(np.array_equal(_order(fn, n, batch_size, one), _order(fn, n, batch_size, two)) for _ in range(AGAIN))


def _likelihood(fn: Callable[..., Any], n: int, batch_size: int, rng: Rng) -> str:
    rng = copy.deepcopy(rng)
    orders = [_order(fn, n, batch_size, rng) for _ in range(CALLS[n])]
    if any(len(order) != n for order in orders):
        return "of different lengths"
    different = len({tuple(order) for order in orders})
    if n >= ENOUGH and different < len(orders):
        return "the same ones come again, as of a small number of seeds"
    if unevenness(np.array(orders)) < LIMIT[n]:
        return RIGHT["the orders"]
    return f"only {different} of 24 ever come" if n == 4 and different < 24 else "some come too often"
