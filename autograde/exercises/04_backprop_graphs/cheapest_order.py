"""Starred exercise 4: the cheapest order of a product of Jacobians."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from autograde.exercises.support.drawing import Rng
from autograde.judging.exercise import Arguments, Case, Exercise


def cheapest_order(sizes: Sequence[int]) -> int:
    """By the place of the last product, for every part of the chain."""

    @cache
    def cost(i: int, j: int) -> int:
        return min((cost(i, k) + cost(k, j) + sizes[i] * sizes[k] * sizes[j] for k in range(i + 1, j)), default=0)

    return cost(0, len(sizes) - 1)


def _chain(rng: Rng, length: int) -> list[int]:
    return [int(size) for size in rng.integers(2, 60, length)]


def _between(rng: Rng) -> Arguments:
    """Neither from the left nor from the right, nor the better of the two."""
    while True:
        sizes = _chain(rng, int(rng.integers(5, 8)))
        if cheapest_order(tuple(sizes)) < min(_from_an_end(sizes), _cheapest_first(sizes)):
            return (sizes,)


def _cheapest_first(sizes: Sequence[int]) -> int:
    rest, total = list(sizes), 0
    while len(rest) > 2:
        prices = [rest[k - 1] * rest[k] * rest[k + 1] for k in range(1, len(rest) - 1)]
        total += min(prices)
        del rest[1 + prices.index(min(prices))]
    return total


def _two(rng: Rng) -> Arguments:
    return (_chain(rng, 3),)


def _loss(rng: Rng) -> Arguments:
    """A single output: from there back is best."""
    while True:
        sizes = [*_chain(rng, 5), 1]
        if _cheapest_first(sizes) == cheapest_order(tuple(sizes)):
            return (sizes,)


def _single(rng: Rng) -> Arguments:
    return (_chain(rng, 2),)


def _bottle(rng: Rng) -> Arguments:
    """A width of 1 inside, where both sides meet last."""
    return ([*_chain(rng, 3), 1, *_chain(rng, 3)],)


def _input(rng: Rng) -> Arguments:
    return ([1, *_chain(rng, 4)],)


def _wide(rng: Rng) -> Arguments:
    """Layers of thousands: every order costs more than 10**9."""
    return ([int(size) for size in rng.integers(1500, 9000, 5)],)


def _equal(rng: Rng) -> Arguments:
    return (_chain(rng, 1) * int(rng.integers(4, 7)),)


def _from_an_end(sizes: Sequence[int]) -> int:
    left = sum(sizes[0] * a * b for a, b in pairwise(sizes[1:]))
    return min(left, sum(sizes[-1] * a * b for a, b in pairwise(sizes[:-1])))


def _cut_once(sizes: Sequence[int]) -> int:
    """The least price of two parts that meet last, each done from one of its ends."""
    ends, inner = sizes[0] * sizes[-1], range(1, len(sizes) - 1)
    return min(_from_an_end(sizes[: k + 1]) + _from_an_end(sizes[k:]) + ends * sizes[k] for k in inner)


def _long(rng: Rng) -> Arguments:
    while True:
        sizes = _chain(rng, 30)
        if cheapest_order(tuple(sizes)) < _cut_once(sizes):
            return (sizes,)


exercise = Exercise(
    reference=cheapest_order,
    cases=[
        Case("a single matrix, two matrices", [_single, _two, _two], times=3),
        Case("an order in between is best", [_between], times=3),
        Case("a single output", [_loss], times=2),
        Case("29 matrices", [_long], times=1, slow="All orders are too many to try. Remember the least cost of each part of the chain."),
        Case("a width of 1 inside, a single input, equal widths, wide layers", [_bottle, _input, _equal, _wide], times=8, weight=0.5),
    ],
)

# %% hints
# 1. Whatever the order, one product comes last. It splits the chain into a left and a right part, and each of these is a
#    problem of the same kind.
# 2. Let `cost[i, j]` be the least number for the part from size i to size j: 0 for neighbours, else the minimum over k between
#    them of `cost[i, k] + cost[k, j] + sizes[i] * sizes[k] * sizes[j]`. Fill the table from short parts to long ones.

# %% elegant
# Only the place of the last product is guessed. Its two parts are found in the table, so a number of orders that grows
# exponentially takes a number of steps that grows like the cube of the length.

# %% right
def cheapest_order(sizes):
    n = len(sizes)
    cost = np.zeros((n, n), dtype=int)
    for span in range(2, n):
        for i in range(n - span):
            j = i + span
            cost[i, j] = min(cost[i, k] + cost[k, j] + sizes[i] * sizes[k] * sizes[j] for k in range(i + 1, j))
    return int(cost[0, n - 1])

# %% right
from functools import cache
from itertools import pairwise

def cheapest_order(sizes):
    @cache
    def least(i, j):
        if j - i < 2:
            return 0
        return min(least(i, k) + least(k, j) + sizes[i] * sizes[k] * sizes[j] for k in range(i + 1, j))

    return least(0, len(sizes) - 1)

# %% right
def cheapest_order(sizes):
    known = {}
    L = len(sizes) - 1
    for end in range(1, L + 1):
        known[end - 1, end] = 0.0
        for start in range(end - 2, -1, -1):
            known[start, end] = float("inf")
            for middle in range(start + 1, end):
                price = known[start, middle] + known[middle, end] + float(sizes[start] * sizes[middle] * sizes[end])
                if price < known[start, end]:
                    known[start, end] = price
    return int(known[0, L])

# %% wrong
# always from the input on: `for k in range(i + 1, j))` -> `for k in range(j - 1, j))`
#   That is forward mode: cheap where there are few inputs. Another order may be cheaper; try every place for the last product.
# always from the output back: `for k in range(i + 1, j))` -> `for k in range(i + 1, i + 2))`
#   That is reverse mode: cheap where there is one output. Another order may be cheaper; try every place for the last product.
# the dearest order: `cost[i, j] = min(` -> `cost[i, j] = max(`
#   The least number is asked for.
# the left part is left out: `cost[i, k] + cost[k, j]` -> `cost[k, j]`
#   Both parts have to be multiplied out before the last product.
# the parts are forgotten: without `cost[i, k] + cost[k, j] + `
#   Before the last product both parts have to be multiplied out: add what they cost.
# entries instead of multiplications: `sizes[i] * sizes[k] * sizes[j]` -> `sizes[i] * sizes[j]`
#   Each of the sizes[i] * sizes[j] entries is a sum of sizes[k] products.
# additions are counted, too: `sizes[i] * sizes[k] * sizes[j]` -> `sizes[i] * (2 * sizes[k] - 1) * sizes[j]`
#   Count multiplications only: sizes[k] of them for each entry.
# the better of forward and reverse
# -     n = len(sizes)
# -     cost = np.zeros((n, n), dtype=int)
# -     for span in range(2, n):
# -         for i in range(n - span):
# -             j = i + span
# -             cost[i, j] = min(cost[i, k] + cost[k, j] + sizes[i] * sizes[k] * sizes[j] for k in range(i + 1, j))
# -     return int(cost[0, n - 1])
# +     left = sum(sizes[0] * a * b for a, b in zip(sizes[1:-1], sizes[2:]))
# +     right = sum(sizes[-1] * a * b for a, b in zip(sizes[:-2], sizes[1:-1]))
# +     return min(left, right)
#   Forward and reverse are two orders of many. The last product may stand anywhere in between.
# the cheapest product first
# -     n = len(sizes)
# -     cost = np.zeros((n, n), dtype=int)
# -     for span in range(2, n):
# -         for i in range(n - span):
# -             j = i + span
# -             cost[i, j] = min(cost[i, k] + cost[k, j] + sizes[i] * sizes[k] * sizes[j] for k in range(i + 1, j))
# -     return int(cost[0, n - 1])
# +     left, total = list(sizes), 0
# +     while len(left) > 2:
# +         prices = [left[k - 1] * left[k] * left[k + 1] for k in range(1, len(left) - 1)]
# +         total += min(prices)
# +         del left[1 + int(np.argmin(prices))]
# +     return total
#   A cheap product now may make a dear one later. Compare whole orders: try every place for the *last* product.
# the last product is not counted: `+ sizes[i] * sizes[k] * sizes[j]` -> `+ 0`
#   The last product, of both parts, costs sizes[i] * sizes[k] * sizes[j]: add it to what the parts cost.
# the widest place first
# -     n = len(sizes)
# -     cost = np.zeros((n, n), dtype=int)
# -     for span in range(2, n):
# -         for i in range(n - span):
# -             j = i + span
# -             cost[i, j] = min(cost[i, k] + cost[k, j] + sizes[i] * sizes[k] * sizes[j] for k in range(i + 1, j))
# -     return int(cost[0, n - 1])
# +     left, total = list(sizes), 0
# +     while len(left) > 2:
# +         k = max(range(1, len(left) - 1), key=lambda i: left[i])
# +         total += left[k - 1] * left[k] * left[k + 1]
# +         del left[k]
# +     return total
#   To get rid of the largest width first is greedy, and may make a later product dear. Compare whole orders: try every place for
#   the *last* product.
# the sizes of the matrices are added up
# -     n = len(sizes)
# -     cost = np.zeros((n, n), dtype=int)
# -     for span in range(2, n):
# -         for i in range(n - span):
# -             j = i + span
# -             cost[i, j] = min(cost[i, k] + cost[k, j] + sizes[i] * sizes[k] * sizes[j] for k in range(i + 1, j))
# -     return int(cost[0, n - 1])
# +     return sum(a * b for a, b in zip(sizes, sizes[1:]))
#   That is how many entries the matrices have. A p x q times a q x r matrix costs p q r multiplications, and gives a p x r matrix.
# all sizes are multiplied: `return int(cost[0, n - 1])` -> `return int(np.prod(sizes)) if n > 2 else 0`
#   A product of two matrices costs three sizes, p q r, and the costs of the products add up.
# each size is taken for a matrix: `for k in range(i + 1, j))` -> `for k in range(i, j))`
#   or `range(2, n)` -> `range(1, n)`, `cost[k, j]` -> `cost[k + 1, j]`, `for k in range(i + 1, j))` -> `for k in range(i, j))`
#   Matrix number l has two sizes, l and l + 1: the place of the last product is one of the sizes strictly between the ends.
# the whole table: `return int(cost[0, n - 1])` -> `return cost`
#   The cost of the whole chain is one entry of the table: from the first size to the last.
# the last product stands at an end only: `for k in range(i + 1, j))` -> `for k in {i + 1, j - 1})`
#   The last product may stand anywhere in between, not only beside the first or the last matrix.
# the right part is left out: `cost[i, k] + cost[k, j] + ` -> `cost[i, k] + `
#   Both parts must be multiplied out before they are multiplied with each other: their costs are added to that of this product.
# the least of each summand: `min(cost[i, k] + cost[k, j] + sizes[i] * sizes[k] * sizes[j] for k in range(i + 1, j))` -> `min(cost[i, k] + cost[k, j] for k in range(i + 1, j)) + min(sizes[i] * sizes[k] * sizes[j] for k in range(i + 1, j))`
#   All three belong to the same place k: add them first, and take the least of the sums.
# sums of sizes instead of the multiplications: `sizes[i] * sizes[k] * sizes[j]` -> `(sizes[i] * sizes[k] + sizes[k] * sizes[j])`
#   | `(sizes[i] + sizes[k] + sizes[j])`
#   A p x q by a q x r matrix has p r entries to compute, with q multiplications for each: p q r.
# twice as many, or additions for multiplications: `sizes[i] * sizes[k] * sizes[j]` -> `2 * sizes[i] * sizes[k] * sizes[j]`
#   Count multiplications alone: p q r for a p x q by a q x r matrix.
# a start that wide layers go beyond: `cost[i, j] = min(` -> `cost[i, j] = min(10**9, min(`, `for k in range(i + 1, j))` -> `for k in range(i + 1, j)))`
#   or `cost[i, j] = min(` -> `cost[i, j] = min(10**6, min(`, `for k in range(i + 1, j))` -> `for k in range(i + 1, j)))`
#   Widths of thousands cost more than that. A search for the least begins with `float("inf")`, or with the first candidate.
