"""``minibatches``: a fresh order of all examples, cut into pieces. Its randomness is judged as randomness."""

from autograde.exercise import Arguments, Case, Exercise, Misconception, variant
from autograde.exercises.drawing import Rng
from autograde.exercises.training.shuffles import RIGHT, batches_seen
from mlp_reference import optimize


def _uneven(rng: Rng) -> Arguments:
    return 13, int(rng.choice([3, 4, 5])), rng


def _even(rng: Rng) -> Arguments:
    return 12, int(rng.choice([3, 4, 6])), rng


def _too_large(rng: Rng) -> Arguments:
    return int(rng.choice([11, 13])), int(rng.choice([13, 40])), rng


def _ones(rng: Rng) -> Arguments:
    return 11, 1, rng


def _single(rng: Rng) -> Arguments:
    return 1, int(rng.choice([1, 4])), rng


def _four(rng: Rng) -> Arguments:
    return 4, 3, rng


def _hundred(rng: Rng) -> Arguments:
    return 100, 32, rng


_RIGHT = """
def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    batches = []
    for start in range(0, n, batch_size):
        batches.append(order[start:start + batch_size])
    return batches
"""
_ORDER, _CUT = "order = rng.permutation(n)", "order[start:start + batch_size]"
_REPLACED = "order = rng.integers(0, n, n)"

BATCHES = Exercise(
    name="minibatches",
    reference=optimize.minibatches,
    probe=batches_seen,
    changes=("rng",),
    patience=2.0,
    outputs=("the sizes of the batches", *RIGHT),
    cases=[
        Case("every index once, the last batch shorter", [_uneven], times=4),
        Case("sizes that fit, a batch for all, batches of one", [_even, _too_large, _ones, _single], times=8),
        Case("all orders are equally likely", [_four, _hundred], times=2),
    ],
    misconceptions=[
        Misconception(
            "the order is always that of the rows",
            variant(_RIGHT, (_ORDER, "order = np.arange(n)")),
            "The examples must come in a random order, a new one for each epoch: shuffle with rng before you cut.",
        ),
        Misconception(
            "the last, shorter batch is dropped",
            variant(
                _RIGHT,
                ("range(0, n, batch_size)", "range(0, max(n - batch_size, 0) + 1, batch_size)"),
                (f"batches.append({_CUT})", f"if start + batch_size <= n:\n            batches.append({_CUT})"),
            ),
            "Every index comes once in an epoch: what is left over forms a last, shorter batch.",
        ),
        Misconception(
            "the last batch is filled up from the beginning",
            variant(_RIGHT, (_CUT, "np.resize(np.concatenate([order[start:], order]), batch_size)")),
            "No index comes twice in an epoch: the last batch is shorter.",
        ),
        Misconception(
            "indices are drawn with replacement",
            variant(_RIGHT, (_ORDER, _REPLACED)),
            "Drawn one by one, some indices come twice and others never. A permutation has each of them once.",
        ),
        Misconception(
            "each batch is drawn anew from all indices",
            variant(_RIGHT, (_CUT, "rng.choice(n, min(batch_size, n - start), replace=False)")),
            "Within one epoch no index may come again: draw one order, and cut it.",
        ),
        Misconception(
            "a generator of its own with a fixed seed",
            variant(_RIGHT, (_ORDER, "order = np.random.default_rng(0).permutation(n)")),
            "Then every epoch has the same order. Use the generator that was given, `rng`: it goes on from call to call.",
        ),
        Misconception(
            "random numbers that do not come from rng",
            variant(_RIGHT, (_ORDER, "order = np.random.permutation(n)")),
            "With np.random nobody can repeat an experiment. All randomness comes from the argument `rng`.",
        ),
        Misconception(
            "random numbers that do not come from rng",
            variant(_RIGHT, (_ORDER, "order = np.random.default_rng().permutation(n)")),
            "All randomness comes from the argument `rng`, so that the same seed gives the same training.",
        ),
        Misconception(
            "only the order of the batches is random",
            variant(
                _RIGHT,
                (_ORDER, "order = np.arange(n)"),
                ("return batches", "return [batches[i] for i in rng.permutation(len(batches))]"),
            ),
            "The same examples always stand in one batch. Shuffle the indices before you cut.",
        ),
        Misconception(
            "the order of the batches is random, too",
            variant(_RIGHT, ("return batches", "return [batches[i] for i in rng.permutation(len(batches))]")),
            "The indices are shuffled already; shuffled batches put the shorter one anywhere, and it should be the last.",
        ),
        Misconception(
            "only the order within the batches is random",
            variant(_RIGHT, (_ORDER, "order = np.arange(n)"), (_CUT, f"rng.permutation({_CUT})")),
            "The first batch always holds the same examples. Shuffle the indices before you cut.",
        ),
        Misconception(
            "the batches are sorted",
            variant(_RIGHT, (_CUT, f"np.sort({_CUT})")),
            "The order within a batch belongs to the random order: leave it as it is.",
        ),
        Misconception(
            "a random beginning, but no random order",
            variant(_RIGHT, (_ORDER, "order = np.roll(np.arange(n), rng.integers(n))")),
            "Only n of the n! orders can come: neighbours stay neighbours. Use `rng.permutation(n)`.",
        ),
        Misconception(
            "a shuffle that prefers some orders",
            variant(
                _RIGHT,
                (
                    _ORDER,
                    "order = list(range(n))\n    for i, j in enumerate(rng.integers(n, size=n).tolist()):\n        order[i], order[j] = order[j], order[i]",
                ),
            ),
            "Swapping each place with *any* place makes some orders more likely than others (n**n ways don't share evenly among n! orders). Use `rng.permutation(n)`.",
        ),
        Misconception(
            "a shuffle in which nothing may stay in its place",
            variant(
                _RIGHT,
                (
                    _ORDER,
                    "order = list(range(n))\n    for i in range(n - 1, 0, -1):\n        j = int(rng.random() * i)\n        order[i], order[j] = order[j], order[i]",
                ),
            ),
            "Only part of all orders can come: in the shuffle, j must be allowed to equal i. Or use `rng.permutation(n)`.",
        ),
        Misconception(
            "a few random swaps",
            variant(
                _RIGHT,
                (
                    _ORDER,
                    "order = list(range(n))\n    for i, j in rng.integers(n, size=(n // 2 + 1, 2)).tolist():\n        order[i], order[j] = order[j], order[i]",
                ),
            ),
            "Most indices stay near their place. Use `rng.permutation(n)`.",
        ),
        Misconception(
            "batches of nearly equal sizes",
            variant(
                _RIGHT,
                (
                    "    batches = []\n    for start in range(0, n, batch_size):\n        batches.append(order[start:start + batch_size])\n    return batches",
                    "    return np.array_split(order, -(-n // batch_size))",
                ),
            ),
            "Every batch has `batch_size` indices, but for the last one, which takes what is left.",
        ),
        Misconception(
            "batch_size is taken for the number of batches",
            variant(
                _RIGHT,
                (
                    "    batches = []\n    for start in range(0, n, batch_size):\n        batches.append(order[start:start + batch_size])\n    return batches",
                    "    return [part for part in np.array_split(order, batch_size) if len(part)]",
                ),
            ),
            "`batch_size` says how many examples stand in a batch, not how many batches there are.",
        ),
        Misconception(
            "the batches overlap",
            variant(_RIGHT, ("range(0, n, batch_size)", "range(n)")),
            "The next batch begins where the last one ended: step by `batch_size`.",
        ),
        Misconception(
            "an empty batch at the end",
            variant(_RIGHT, ("return batches", "return batches + [order[n:]]")),
            "An empty batch has no mean: end with the last index.",
        ),
        Misconception(
            "an empty batch where the sizes fit",
            variant(_RIGHT, ("range(0, n, batch_size)", "range(0, n + 1, batch_size)")),
            "Where `batch_size` divides n, `n // batch_size + 1` batches are one too many: the last one is empty, and has no mean. The starts are `range(0, n, batch_size)`.",
        ),
        Misconception(
            "only the first batch is returned",
            variant(_RIGHT, ("    return batches", "        return batches\n    return batches")),
            "`return` stands inside the loop: it ends the function in its first round.",
        ),
        Misconception(
            "the order is not cut into batches",
            variant(_RIGHT, ("return batches", "return order")),
            "Batches are wanted: arrays of `batch_size` indices, cut from the order one after the other.",
        ),
        Misconception(
            "it never ends",
            variant(_RIGHT, ("return batches", "return __import__('itertools').cycle(batches)")),
            "One call makes the batches of one epoch, and then it is over.",
        ),
        Misconception(
            "a single batch instead of an epoch",
            variant(_RIGHT, ("return batches", "return batches[0]")),
            "All batches of an epoch are wanted, one index array after the other.",
        ),
        Misconception(
            "indices from 1 on",
            variant(_RIGHT, (_ORDER, "order = rng.permutation(n) + 1")),
            "Rows are counted from 0 to n - 1.",
        ),
        Misconception(
            "masks instead of indices",
            variant(_RIGHT, (_CUT, "np.isin(np.arange(n), order[start:start + batch_size])")),
            "Wanted are the indices themselves, not True and False for each row.",
        ),
        Misconception(
            "floats can't be indices",
            variant(_RIGHT, (_ORDER, "order = rng.permutation(n) * 1.0")),
            "An index must be an integer: keep the integer type.",
        ),
        Misconception(
            "nothing is returned",
            variant(_RIGHT, ("    return batches", "    batches")),
            "Return the list of batches, or `yield` one after the other.",
        ),
    ],
    alternates=[
        """
def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start:start + batch_size]
""",
        """
def minibatches(n, batch_size, rng):
    order = np.arange(n)
    rng.shuffle(order)
    return np.split(order, np.arange(batch_size, n, batch_size))
""",
        """
def minibatches(n, batch_size, rng):
    rest = list(range(n))
    while rest:
        batch = []
        while rest and len(batch) < batch_size:
            batch.append(rest.pop(int(rng.integers(len(rest)))))
        yield batch
""",
        """
def minibatches(n, batch_size, rng):
    order = np.argsort(rng.random(n)).astype(np.int32)
    return (order[i * batch_size:(i + 1) * batch_size] for i in range(-(-n // batch_size)))
""",
        """
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
""",
        """
def minibatches(n, batch_size, rng):
    # Fisher and Yates
    order = list(range(n))
    for i in range(n - 1):
        j = i + int(rng.integers(n - i))
        order[i], order[j] = order[j], order[i]
    return tuple(np.array(order[s:s + batch_size]) for s in range(0, n, batch_size))
""",
    ],
    hints=[
        "Two steps: a random order of range(n), then cuts at 0, batch_size, 2 * batch_size, ... Which method of `rng` gives an order?",
        "`order = rng.permutation(n)`, and `order[start:start + batch_size]` for each start. A slice that reaches past the end is shorter by itself.",
        "`for start in range(0, n, batch_size): yield order[start:start + batch_size]`, or collect the slices in a list and return it.",
    ],
)
