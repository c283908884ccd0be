"""Exercise 7.2: a fresh order of all examples, cut into pieces. Its randomness is judged as randomness."""

import numpy as np

from autograde.judging.exercise import Case, Exercise
from autograde.exercises.support.shuffles import batches_seen
from mlp_reference import optimize

exercise = Exercise(
    reference=optimize.minibatches,
    probe=batches_seen,
    changes=("rng",),
    patience=2.0,
    cases=[
        Case("every index once, the last batch shorter", [lambda rng: (13, int(rng.choice([3, 4, 5])), rng), lambda rng: (13, 6, rng)], times=4),
        Case(
            "sizes that fit, a batch for all, batches of one",
            [
                lambda rng: (12, int(rng.choice([3, 4, 6])), rng),
                lambda rng: (int(rng.choice([11, 13])), int(rng.choice([13, 40])), rng),
                lambda rng: (11, 1, rng),
                lambda rng: (1, int(rng.choice([1, 4])), rng),
                lambda rng: (int(rng.choice([300, 1025])), 64, rng),
            ],
            times=10,
        ),
        Case("all orders are equally likely", [lambda rng: (4, 3, rng), lambda rng: (100, 32, rng)], times=2),
    ],
)

# %% hints
# 1. Two steps: a random order of range(n), then cuts at 0, batch_size, 2 * batch_size, ... Which method of `rng`
#    gives an order?
# 2. `order = rng.permutation(n)`, and `order[start:start + batch_size]` for each start. A slice that reaches past the
#    end is shorter by itself.
# 3. `for start in range(0, n, batch_size): yield order[start:start + batch_size]`, or collect the slices in a list
#    and return it.

# %% elegant
# One permutation, cut by slices: a slice that goes past the end is shorter, so the last batch needs no case of its
# own.

# %% right
def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    batches = []
    for start in range(0, n, batch_size):
        batches.append(order[start:start + batch_size])
    return batches

# %% right
def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start:start + batch_size]

# %% right
def minibatches(n, batch_size, rng):
    order = np.arange(n)
    rng.shuffle(order)
    return np.split(order, np.arange(batch_size, n, batch_size))

# %% right
def minibatches(n, batch_size, rng):
    rest = list(range(n))
    while rest:
        batch = []
        while rest and len(batch) < batch_size:
            batch.append(rest.pop(int(rng.integers(len(rest)))))
        yield batch

# %% right
def minibatches(n, batch_size, rng):
    order = np.argsort(rng.random(n)).astype(np.int32)
    return (order[i * batch_size:(i + 1) * batch_size] for i in range(-(-n // batch_size)))

# %% right
class Epoch:
    def __init__(self, n, batch_size, rng):
        self.order, self.size = rng.choice(n, n, replace=False), batch_size

    def __iter__(self):
        order = self.order
        while len(order):
            yield order[:self.size]
            order = order[self.size:]

def minibatches(n, batch_size, rng):
    return Epoch(n, batch_size, rng)

# %% right
def minibatches(n, batch_size, rng):
    # Fisher and Yates
    order = list(range(n))
    for i in range(n - 1):
        j = i + int(rng.integers(n - i))
        order[i], order[j] = order[j], order[i]
    return tuple(np.array(order[s:s + batch_size]) for s in range(0, n, batch_size))

# %% wrong
# the order is always that of the rows: `order = rng.permutation(n)` -> `order = np.arange(n)`
#   The examples must come in a random order, a new one for each epoch: shuffle with rng before you cut.
# the last, shorter batch is dropped
#   `range(0, n, batch_size)` -> `range(0, max(n - batch_size, 0) + 1, batch_size)`
# - batches.append(order[start:start + batch_size])
# + if start + batch_size <= n:
# +             batches.append(order[start:start + batch_size])
#   Every index comes once in an epoch: what is left over forms a last, shorter batch.
# the last batch is filled up from the beginning
#   `order[start:start + batch_size]` -> `np.resize(np.concatenate([order[start:], order]), batch_size)`
#   No index comes twice in an epoch: the last batch is shorter.
# some indices come again: `order = rng.permutation(n)` -> `order = rng.integers(0, n, n)`
#   Some come twice, and others never: drawn one by one, with replacement? Or lost in an exchange, where `a[i] = a[j]` forgets what
#   stood in a[i]? A permutation has each of them once.
# each batch is drawn anew from all indices
#   `order[start:start + batch_size]` -> `rng.choice(n, min(batch_size, n - start), replace=False)` |
#   `rng.permutation(n)[:batch_size]`
#   Within one epoch no index may come again: draw one order, and cut it.
# the same order at every call: `rng.permutation(n)` -> `np.random.default_rng(0).permutation(n)`
#   A generator with a fixed seed of its own, or an order that is kept from the first call, gives every epoch the same order. Draw
#   anew in each call, from the generator that was given: `rng` goes on from call to call.
# random numbers that do not come from rng: `order = rng.permutation(n)` -> `order = np.random.permutation(n)`
#   With `np.random` or `random` the seed of `rng` does not repeat the experiment. All randomness comes from the argument `rng`.
# random numbers that do not come from rng: `rng.permutation(n)` -> `np.random.default_rng().permutation(n)`
#   All randomness comes from the argument `rng`, so that the same seed gives the same training.
# only the order of the batches is random: `order = rng.permutation(n)` -> `order = np.arange(n)`,
#   `return batches` -> `return [batches[i] for i in rng.permutation(len(batches))]`
#   The same examples always stand in one batch. Shuffle the indices before you cut.
# the order of the batches is random, too
#   `return batches` -> `return [batches[i] for i in rng.permutation(len(batches))]`
#   The indices are shuffled already; shuffled batches put the shorter one anywhere, and it should be the last.
# only the order within the batches is random: `order = rng.permutation(n)` -> `order = np.arange(n)`,
#   `order[start:start + batch_size]` -> `rng.permutation(…)`
#   The first batch always holds the same examples. Shuffle the indices before you cut.
# the batches are sorted: `order[start:start + batch_size]` -> `np.sort(…)`
#   The order within a batch belongs to the random order: leave it as it is.
# a random beginning, but no random order: ` rng.permutation(n)` -> ` np.roll(np.arange(n), rng.integers(n))`
#   Only n of the n! orders can come: neighbours stay neighbours. Use `rng.permutation(n)`.
# a shuffle that prefers some orders
# - order = rng.permutation(n)
# + order = list(range(n))
# +     for i, j in enumerate(rng.integers(n, size=n).tolist()):
# +         order[i], order[j] = order[j], order[i]
#   Some orders come more often than others, as where each place is swapped with *any* place (n**n ways don't share evenly
#   among n! orders), or where equal random keys stay in their order. Use `rng.permutation(n)`.
# a shuffle in which nothing may stay in its place
# - order = rng.permutation(n)
# + order = list(range(n))
# +     for i in range(n - 1, 0, -1):
# +         j = int(rng.random() * i)
# +         order[i], order[j] = order[j], order[i]
#   Only part of all orders can come: in the shuffle, j must be allowed to equal i. Or use `rng.permutation(n)`.
# swaps that mix unevenly
# - order = rng.permutation(n)
# + order = list(range(n))
# +     for i, j in rng.integers(n, size=(n // 2 + 1, 2)).tolist():
# +         order[i], order[j] = order[j], order[i]
#   Some orders come more often than others: a few swaps, or swaps with *any* place, don't mix evenly. Use `rng.permutation(n)`.

# %% wrong: batches of nearly equal sizes
#   Every batch has `batch_size` indices, but for the last one, which takes what is left.
def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    return np.array_split(order, -(-n // batch_size))

# %% wrong: batch_size is taken for the number of batches
#   `batch_size` says how many examples stand in a batch, not how many batches there are.
def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    return [part for part in np.array_split(order, batch_size) if len(part)]

# %% wrong
# the batches overlap: `range(0, n, batch_size)` -> `range(n)`
#   The next batch begins where the last one ended: step by `batch_size`.
# an empty batch at the end: `return batches` -> `… + [order[n:]]`
#   An empty batch has no mean: end with the last index.
# an empty batch where the sizes fit: `range(0, n, batch_size)` -> `range(0, n + 1, batch_size)`
#   Where `batch_size` divides n, `n // batch_size + 1` batches are one too many: the last one is empty, and has no
#   mean. The starts are `range(0, n, batch_size)`.
# only the first batch is returned: `batches.append(order[start:start + batch_size])` -> `… ⏎ return batches`
#   `return` stands inside the loop: it ends the function in its first round.
# the order is not cut into batches: `return batches` -> `return order`
#   Batches are wanted: arrays of `batch_size` indices, cut from the order one after the other.
# it never ends: `return batches` -> `return __import__('itertools').cycle(batches)`
#   One call makes the batches of one epoch, and then it is over.
# a single batch instead of an epoch: `return batches` -> `…[0]`
#   All batches of an epoch are wanted, one index array after the other.
# indices from 1 on: `order = rng.permutation(n)` -> `… + 1`
#   Rows are counted from 0 to n - 1.
# masks instead of indices: `order[start:start + batch_size]` -> `np.isin(np.arange(n), …)`
#   Wanted are the indices themselves, not True and False for each row.
# floats can't be indices: `order = rng.permutation(n)` -> `… * 1.0`
#   An index must be an integer: keep the integer type.
# nothing is returned: `return batches` -> `batches`
#   Return the list of batches, or `yield` one after the other.
# the shorter batch comes first: `range(0, n, batch_size)` -> `range(0, n + -n % batch_size, batch_size)`,
#   `order[start:start + batch_size]` -> `order[max(0, start - -n % batch_size):start - -n % batch_size + batch_size]`
#   What is left over is the *last* batch: cut from the beginning.
# a copy of the generator is used
#   `order = rng.permutation(n)` -> `import copy ⏎ order = copy.deepcopy(rng).permutation(n)`
#   Then every call makes the same order, as `rng` itself stays where it was. Draw from `rng`.
# ranks of whole numbers: `rng.permutation(n)` -> `np.argsort(rng.integers(0, n, n), kind='stable')`
#   Some of these numbers are equal, and equal ones keep their old order: so some orders are likelier. `rng.permutation(n)` is fair.
