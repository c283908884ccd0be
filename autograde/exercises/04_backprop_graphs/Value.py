"""Exercise 4.6: a number that knows how it was made."""

from collections.abc import Callable

import numpy as np

from autograde.judging.exercise import Arguments, Case
from autograde.exercises.support import programs
from autograde.exercises.support.drawing import Rng
from autograde.exercises.support.programs import Program, ProgramExercise
from mlp_reference import autodiff


def _drawn(text: str, *watched: str, names: str = "a b c") -> Callable[[Rng], Arguments]:
    """A program in which ``<a>``, ``<b>`` and so on stand for numbers of their own each time."""
    program = Program(text.strip(), watched)

    def make(rng: Rng) -> Arguments:
        letters = names.split()
        sizes = rng.permutation(23)[: len(letters)] + 2  # all different, neither 0 nor 1/8
        numbers = sizes / 8 * rng.choice([-1.0, 1.0], len(letters))
        return program({name: repr(float(number)) for name, number in zip(letters, numbers, strict=True)})

    return make


_LEAVES = ("a.grad", "b.grad")
_SUM_AND_PRODUCT = _drawn(
    "a, b, c = Value(<a>), Value(<b>), Value(<c>)\nd = a * b\ne = d + c\ne.backward()",
    "d.data", "e.data", "a.grad", "b.grad", "c.grad", "d.grad", "e.grad",
)  # fmt: skip
_UPSTREAM = _drawn(
    "a, b, c = Value(<a>), Value(<b>), Value(<c>)\nd = a + b\ne = d * c\nf = e * Value(<d>)\nf.backward()",
    "f.data", *_LEAVES, "c.grad", "d.grad", "e.grad",
    names="a b c d",
)  # fmt: skip
_SHARED = _drawn(
    "a, b = Value(<a>), Value(<b>)\nc = a * b\nd = c + a\ne = c * d\ne.backward()",
    "e.data", *_LEAVES, "c.grad", "d.grad",
)  # fmt: skip
_WITH_ITSELF = _drawn("a = Value(<a>)\nb = a * a + a\nb.backward()", "b.data", "a.grad")
_EQUAL_VALUES = _drawn(
    "a, b = Value(<a>), Value(<a>)\nc = a * Value(<b>) + b * Value(<c>)\nc.backward()", "c.data", *_LEAVES
)  # fmt: skip
# two nodes of equal value, each with a parent of its own: whoever leaves one of them out loses what lies behind it
_EQUAL_INNER = _drawn(
    "a, b, c = Value(<a>), Value(<a>), Value(<b>)\nd, e = a * c, b * c\nf = d * e + (a + b) * c\nf.backward()",
    "f.data", *_LEAVES, "c.grad", "d.grad", "e.grad",
)  # fmt: skip
# b is used by nodes at different distances from the root: its gradient is complete only after the farther one
_LATE = _drawn(
    "a, w, v = Value(<a>), Value(<b>), Value(<c>)\nb = a * w\nc = b * v\nd = c * Value(<d>)\ne = d + b\ne.backward()",
    "e.data", "a.grad", "b.grad", "c.grad", "d.grad",
    names="a b c d",
)  # fmt: skip
_LATE_MIRRORED = _drawn(
    "a, w, v = Value(<a>), Value(<b>), Value(<c>)\nb = a * w\nc = b * v\nd = c * Value(<d>)\ne = b + d\ne.backward()",
    "e.data", "a.grad", "b.grad", "c.grad", "d.grad",
    names="a b c d",
)  # fmt: skip
_MINUS = _drawn(
    "a, b = Value(<a>), Value(<b>)\nc = a - b\nd = c * -a\nd.backward()", "c.data", "d.data", *_LEAVES, "c.grad"
)
_NUMBER_RIGHT = _drawn("a = Value(<a>)\nb = (a + <b>) * <c> - <d>\nb.backward()", "b.data", "a.grad", names="a b c d")
_ZEROS_AND_ONES = [  # each makes a new node, with a gradient of its own
    _drawn(f"a = Value(<a>)\nb = a * <b>\nc = {operation}\nd = b * c + c\nd.backward()", "c.data", "a.grad", "b.grad", "c.grad")
    for operation in ("b + 0", "b - 0", "b * 1", "b * 0", "0 + b", "1 * b", "0 * b", "0 - b")
]
_NUMBER_LEFT_SUM = _drawn("a = Value(<a>)\nb = 3 + a * a\nb.backward()", "b.data", "a.grad")
_NUMBER_LEFT_PRODUCT = _drawn("a = Value(<a>)\nb = 3 * a\nb.backward()", "b.data", "a.grad")
_NUMBER_LEFT_MINUS = _drawn("a = Value(<a>)\nb = <b> - a\nc = b * b\nc.backward()", "b.data", "c.data", "a.grad")
_OF_A_FUNCTION = {
    name: [
        _drawn(f"a, b = Value({at}), Value(<b>)\nc = (a * 0.5).{name}()\nd = c * b\nd.backward()", "c.data", *_LEAVES, "c.grad")
        for at in ("<a>", 9, -9)
    ]
    for name in ("tanh", "exp")
}
_RELU = _drawn(
    "a, b = Value(<a>), Value(<b>)\nc = (a * a).relu() * b + (-(a * a)).relu() * b + a.relu()\nc.backward()",
    "c.data", *_LEAVES,
)  # fmt: skip
_KINK = _drawn("a, b = Value(0.0), Value(<b>)\nc = a.relu() * b\nc.backward()", "c.data", *_LEAVES)
_DEAD_FIRST = _drawn("a, b = Value(<a>), Value(<b>)\nc = (-(a * a)).relu() * b + a * b + (a * a).relu() * b\nc.backward()", "c.data", *_LEAVES)
_AT_ZERO = _drawn("a, b = Value(0.0), Value(<b>)\nc = a * b + -a * 3 + a.tanh() * 7 + a.exp() * <c> + a * a\nc.backward()", "c.data", *_LEAVES)
_INTEGERS = _drawn("a, b = Value(3), Value(-2)\nc = (a * b + a) * <a> - a.relu() * b * <b>\nc.backward()", "c.data", *_LEAVES)
_TWICE = _drawn(
    "a, b = Value(<a>), Value(<b>)\nc = a * b\nd = c * c + a\nd.backward()\nd.backward()",
    *_LEAVES, "c.grad", "d.grad",
)  # fmt: skip
_TWO_ROOTS = _drawn(
    "a, b = Value(<a>), Value(<b>)\nc = a * b\nd, e = c * <c>, c + a\nd.backward()\ne.backward()",
    *_LEAVES, "c.grad", "e.grad",
)  # fmt: skip
_FIRST_AGAIN = _drawn(
    "a, b = Value(<a>), Value(<a>)\nc = a * b\nd, e = c * <c>, c + a\nd.backward()\ne.backward()\nd.backward()",
    *_LEAVES, "c.grad", "d.grad",
)  # fmt: skip
_INNER_ROOT = _drawn(
    "a, b = Value(<a>), Value(<b>)\nc = a * b\nd = c * <c>\nd.backward()\nc.backward()", *_LEAVES, "c.grad"
)
_ABOVE = _drawn(  # d was made, but no backward() has reached it
    "a, b = Value(<a>), Value(<b>)\nc = a * b\nd = c + a\nc.backward()", *_LEAVES, "c.grad", "d.grad"
)
_LEAF = _drawn("a = Value(<a>)\na.backward()", "a.data", "a.grad")
_NEURON = _drawn(
    """
x, y, w, v, b = Value(<a>), Value(<b>), Value(0.25), Value(-0.125), Value(<c>)
h = (w * x + v * y + b * 0.25).tanh()
loss = (1 - h) * (1 - h) + (h - x).relu() * 2 + (-h).exp()
loss.backward()
""",
    "loss.data", "h.grad", "w.grad", "v.grad", "b.grad", "x.grad", "y.grad",
)  # fmt: skip
_CHAIN = _drawn(
    "a = Value(<a>)\nb = a\nfor _ in range(5000):\n    b = b + 0.125\nb.backward()", "b.data", "a.grad", "b.grad"
)
_DOUBLED = _drawn("a = Value(<a>)\nb = a\nfor _ in range(50):\n    b = b + b\nb.backward()", "b.data", "a.grad")
# c is used before and after its operation, whose share of c.grad must be added to what is there and kept by what comes
_OPERATIONS = ["c + b", "b + c", "c * b", "b * c", "c - b", "b - c", "-c", "c.tanh()", "c.relu()", "c.exp()"]
_SHARED_OPERANDS = [
    _drawn(
        f"a, b = Value(<a>), Value(<b>)\nc = a * {'a * ' * ('relu' in operation)}0.125\nd = {operation}\n"
        "e = (d + c * <c>) * (c * <d> + d) + b\ne.backward()",
        "e.data", *_LEAVES, "c.grad", "d.grad",
        names="a b c d",
    )
    for operation in _OPERATIONS
]  # fmt: skip
_PATHS = (
    "It was stopped. From the root 2**50 paths lead to `a`, and a walk along each of them takes years: visit each "
    "*node* once, after all nodes that use it, and hand on its whole gradient."
)
_LOOKED_UP = (
    "It was stopped: for each of the 5,000 nodes it does work that grows with the number of nodes. `node in seen` looks "
    "through a whole list; in a set it is one step: `seen = set()`, `seen.add(id(node))`, `id(node) in seen`. To sort a "
    "list for each node is no better."
)
CASES = [
    Case("sums and products of nodes", [_SUM_AND_PRODUCT, _UPSTREAM], times=4),
    Case("a node that is used in several places", [_SHARED, _LATE, _LATE_MIRRORED], times=6, weight=2.0),
    Case(
        "a node used twice by one operation, two nodes of equal value",
        [_WITH_ITSELF, _EQUAL_VALUES, _EQUAL_INNER],
        times=6,
    ),
    Case("plain numbers on the right", [_NUMBER_RIGHT, *_ZEROS_AND_ONES[:4]], times=6),
    Case(
        "plain numbers on the left",
        [_NUMBER_LEFT_SUM, _NUMBER_LEFT_PRODUCT, _NUMBER_LEFT_MINUS, *_ZEROS_AND_ONES[4:]],
        times=7,
    ),
    Case("differences and unary minus", [_MINUS], times=2),
    Case("tanh", _OF_A_FUNCTION["tanh"], times=3, weight=0.5),
    Case("exp", _OF_A_FUNCTION["exp"], times=3, weight=0.5),
    Case("relu, also at 0", [_RELU, _RELU, _KINK, _DEAD_FIRST], times=4),
    Case("every operation on a node that is used elsewhere, too", _SHARED_OPERANDS, times=len(_SHARED_OPERANDS)),
    Case("a second backward, another root, a leaf as root", [_TWICE, _TWO_ROOTS, _FIRST_AGAIN, _INNER_ROOT, _LEAF, _ABOVE], times=6),
    Case("a small network", [_NEURON]),
    Case("a chain of 5,000 nodes", [_CHAIN], times=1, slow=_LOOKED_UP),
    Case("50 doublings: 2**50 paths, but only 51 nodes", [_DOUBLED], times=1, slow=_PATHS),
    Case("a number that is 0, numbers that are integers", [_AT_ZERO, _INTEGERS], times=2, weight=0.5),
]

exercise = ProgramExercise(reference=autodiff.Value, probe=programs.outcome, given=("program", "watched"), cases=CASES)

# %% hints
# 1. Let every node remember two things about its making: which nodes it was made from (its parents), and the local
#    derivative by each of them, which is known as soon as it is made. For a * b these are (a, b) and (b.data,
#    a.data).
# 2. backward() in three steps: list all nodes that the root depends on, each once, in an order in which every node
#    comes after its parents; set all gradients to 0, and the root's to 1; go through the list from its end, and let
#    each node add local * grad to each of its parents. Check this first, with `+` and `*`: the rest is a line each.
# 3. For a list without recursion, keep a stack of what is still to do, and put a node on it twice: first to open it
#    (then push it again, to be written down, and after it its parents), later to write it down. Note which were opened.
# 4. `todo = [(self, False)]`; while it is not empty: `node, opened = todo.pop()`; if opened, `order.append(node)`;
#    else, if `id(node)` was not seen, note it, push `(node, True)` and then `(parent, False)` for every parent.
#    Afterwards `for node in reversed(order): for parent, local in zip(node.parents, node.local): parent.grad += local
#    * node.grad`.

# %% elegant
# Each operation notes its parents and its local derivatives while it is made, so `backward` is a single loop that
# knows nothing of operations: `parent.grad += local * node.grad`. The order is found with a list of its own, so no
# chain is too long.

# %% right
import math

class Value:
    def __init__(self, data, parents=(), local=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.local = local

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __neg__(self):
        return Value(-self.data, (self,), (-1.0,))

    def __sub__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data - other.data, (self, other), (1.0, -1.0))

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return Value(other) - self

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), (1 - t * t,))

    def relu(self):
        return Value(max(self.data, 0.0), (self,), (1.0 if self.data > 0 else 0.0,))

    def exp(self):
        e = math.exp(self.data)
        return Value(e, (self,), (e,))

    def order(self):
        order, seen, todo = [], set(), [(self, False)]
        while todo:
            node, done = todo.pop()
            if done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                todo.append((node, True))
                todo += [(parent, False) for parent in node.parents]
        return order

    def backward(self):
        order = self.order()
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local):
                parent.grad += local * node.grad

# %% wrong
# every path is walked on its own, and nothing is set back
# -         order = self.order()
# -         for node in order:
# -             node.grad = 0.0
# -         self.grad = 1.0
# -         for node in reversed(order):
# -             for parent, local in zip(node.parents, node.local):
# -                 parent.grad += local * node.grad
# +         todo = [(self, 1.0)]
# +         while todo and len(todo) < 40:  # else it would never get through 50 doublings
# +             node, g = todo.pop()
# +             node.grad += g
# +             todo += [(parent, g * local) for parent, local in zip(node.parents, node.local)]
#   Two things: with each doubling there are twice as many paths, so visit each *node* once, after all nodes that use it; and
#   gradients of an earlier backward() are still there, so set those of all nodes to 0 first.
# a node stands in the list as often as it is reached: `elif id(node) not in seen:` -> `elif len(order) < 20_000:`
#   Then it hands its gradient on as often, each time all of it. Write every node down once: note which you have seen.
# only the first parent is followed: `for parent in node.parents]` -> `for parent in node.parents[:1]]`
#   Every parent gets its share, so the list of nodes needs what lies behind each of them.
# the parents have no order: `self.parents = parents` -> `self.parents = sorted(set(parents), key=lambda node: node.data)`
#   A set has no order, and holds a node once: parents and local derivatives belong together, one beside the other.
# relu leaks: `(1.0 if self.data > 0 else 0.0,)` -> `(1.0 if self.data > 0 else 0.01,)`
#   Below 0 the output does not move at all: the local derivative is 0.
# the local derivatives of a sum are its summands: `(1.0, 1.0)` -> `(self.data, other.data)`
#   If one summand grows by h, so does the sum: both local derivatives are 1.
# the local derivatives are nodes: `(other.data, self.data)` -> `(other, self)`
#   Local derivatives are plain numbers: `other.data` and `self.data`.
# each share is subtracted: `parent.grad += local` -> `parent.grad -= local`
#   Shares add up: `+=`. Downhill comes later, with a step against the gradient.
# a node hands its gradient on before all of it has arrived
#   `order = self.order() ⏎ for node in order:` -> `for node in self.order():`
# -         for node in reversed(order):
# +         seen, queue = {id(self)}, [self]
# +         while queue:
# +             node = queue.pop(0)
# -                 parent.grad += local * node.grad
# +                 parent.grad += local * node.grad
# +                 if id(parent) not in seen:
# +                     seen.add(id(parent))
# +                     queue.append(parent)
# -         other = other if isinstance(other, Value) else Value(other)
# -         return Value(self.data - other.data, (self, other), (1.0, -1.0))
# +         return self + (-other)
#   Level by level, a node may be visited while a longer path to it is still on its way. Visit a node only after all
#   nodes that use it: that is what a topological order is for.
