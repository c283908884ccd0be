"""Wrong classes ``Value``: a slip in one operation, or in the order of the sweep."""

from autograde.exercise import Misconception, variant
from autograde.exercises.graphs.value_sources import BACKWARD, ORDER, RECURSIVE_ORDER, VALUE


def _replaced(old: str, new: str) -> str:
    return variant(VALUE, (old, new))


def _with_backward(body: str) -> str:
    return variant(VALUE, (BACKWARD, "    def backward(self):\n" + body))


_RESET = "        for node in order:\n            node.grad = 0.0\n"
_SEED = "        self.grad = 1.0\n"
_PUSH = "parent.grad += local * node.grad"
_SUM_LOCAL = "(self, other), (1.0, 1.0))"
_RELU_SLOPE = "(1.0 if self.data > 0 else 0.0,)"
_LIFTED_SUM = "        other = other if isinstance(other, Value) else Value(other)\n        return Value(self.data + "
_LIFTED_PRODUCT = _LIFTED_SUM.replace("+", "*")

WRONG = [
    Misconception(
        "the last path wins: gradients are replaced instead of added",
        _replaced(_PUSH, "parent.grad = local * node.grad"),
        "A node that is used twice gets a contribution from each use, and they add up: `+=`, not `=`.",
    ),
    Misconception(
        "a second backward() adds to the first",
        _replaced(_RESET, ""),
        "Gradients of an earlier backward() are still there. Set the gradient of every node that is reached to 0 first, then sum.",
    ),
    Misconception(
        "gradients are reset at the leaves only",
        _replaced(
            _RESET, "        for node in order:\n            if not node.parents:\n                node.grad = 0.0\n"
        ),
        "The nodes in between keep gradients of an earlier backward(), too: reset every node that is reached.",
    ),
    Misconception(
        "only the root and its parents are reset",
        _replaced(_RESET, "        for node in self.parents:\n            node.grad = 0.0\n"),
        "Everything the root depends on must be reset, not its parents alone.",
    ),
    Misconception(
        "the gradient of the root is never set",
        _replaced(_SEED, ""),
        "The sweep starts with d root / d root = 1. Without it, all gradients stay 0.",
    ),
    Misconception(
        "the gradient of the root is its own value",
        _replaced(_SEED, "        self.grad = self.data\n"),
        "The sweep starts with d root / d root, which is 1, whatever the root's value.",
    ),
    Misconception(
        "the local derivatives are not multiplied by what arrives",
        _replaced(_PUSH, "parent.grad += local"),
        "A parent gets local derivative times the gradient of the node itself: that is the chain rule.",
    ),
    Misconception(
        "what arrives is handed on without the local derivative",
        _replaced(_PUSH, "parent.grad += node.grad"),
        "A parent gets the node's gradient times the *local* derivative of the node by this parent.",
    ),
    Misconception(
        "gradients reach the parents of the root and no further",
        _with_backward(
            """        for node in self.order():
            node.grad = 0.0
        self.grad = 1.0
        for parent, local in zip(self.parents, self.local):
            parent.grad += local * self.grad
"""
        ),
        "Every node hands its gradient on to its own parents: go through the whole graph, and start at the root. (A sweep that starts at the leaves looks the same: it reaches the root last.)",
    ),
    Misconception(
        "a node hands its gradient on before all of it has arrived",
        _with_backward(
            """        for node in self.order():
            node.grad = 0.0
        self.grad = 1.0
        seen, queue = {id(self)}, [self]
        while queue:
            node = queue.pop(0)
            for parent, local in zip(node.parents, node.local):
                parent.grad += local * node.grad
                if id(parent) not in seen:
                    seen.add(id(parent))
                    queue.append(parent)
"""
        ),
        "Level by level, a node may be visited while a longer path to it is still on its way. Visit a node only after all nodes that use it: that is what a topological order is for.",
    ),
    Misconception(
        "depth first, a node hands its gradient on before all of it has arrived",
        _with_backward(
            """        for node in self.order():
            node.grad = 0.0
        self.grad = 1.0
        seen, stack = {id(self)}, [self]
        while stack:
            node = stack.pop()
            for parent, local in zip(node.parents, node.local):
                parent.grad += local * node.grad
                if id(parent) not in seen:
                    seen.add(id(parent))
                    stack.append(parent)
"""
        ),
        "A stack takes the newest node first, whatever else still has to contribute to it. Visit a node only after all nodes that use it: that is what a topological order is for.",
    ),
    Misconception(
        "a node that is reached twice hands its whole gradient on twice",
        _with_backward(
            """        for node in self.order():
            node.grad = 0.0
        self.grad = 1.0
        queue = [self]
        while queue:
            node = queue.pop(0)
            for parent, local in zip(node.parents, node.local):
                parent.grad += local * node.grad
                queue.append(parent)
"""
        ),
        "Each visit hands on everything that has arrived so far, and what came before is counted again. Visit every node once, after all nodes that use it.",
    ),
    Misconception(
        "a recursion that is too deep",
        variant(VALUE, (ORDER, RECURSIVE_ORDER)),
        "The values are right, but `visit` calls itself once for each node in a chain, and Python stops at about 1,000 calls. Let a list hold what is still to do.",
    ),
    Misconception(
        "nodes of equal value are taken for one",
        variant(
            VALUE, ("id(node) not in seen", "node.data not in seen"), ("seen.add(id(node))", "seen.add(node.data)")
        ),
        "Two nodes may hold the same number and still be two: tell them apart by `id(node)`, not by `.data`.",
    ),
    Misconception(
        "a node multiplied with itself counts once",
        _replaced("zip(node.parents, node.local)", "dict(zip(node.parents, node.local)).items()"),
        "In a * a both factors are the same node, and it gets a contribution from each. A set or a dict of parents keeps only one of them.",
    ),
    Misconception(
        "the factors' derivatives are exchanged",
        _replaced("(other.data, self.data)", "(self.data, other.data)"),
        "d(ab)/da = b: each factor's local derivative is the value of the *other* one.",
    ),
    Misconception(
        "a product is differentiated like a sum",
        _replaced("(other.data, self.data)", "(1.0, 1.0)"),
        "d(ab)/da = b: each factor's local derivative is the value of the other one.",
    ),
    Misconception(
        "a sum is differentiated like a product",
        variant(
            VALUE,
            (
                "(self.data + other.data, (self, other), (1.0, 1.0))",
                "(self.data + other.data, (self, other), (other.data, self.data))",
            ),
        ),
        "If one summand grows by h, so does the sum: both local derivatives are 1.",
    ),
    Misconception(
        "a difference has the gradient of a sum",
        _replaced("(1.0, -1.0)", "(1.0, 1.0)"),
        "a - b falls when b grows: its local derivative by b is -1.",
    ),
    Misconception(
        "unary minus forgets its sign on the way back",
        _replaced("(-1.0,)", "(1.0,)"),
        "-a falls when a grows: its local derivative is -1.",
    ),
    Misconception(
        "unary minus is a new leaf",
        _replaced("Value(-self.data, (self,), (-1.0,))", "Value(-self.data)"),
        "-a depends on a: without a parent, no gradient gets through it.",
    ),
    Misconception(
        "a number minus a node is computed the other way round",
        _replaced("return Value(other) - self", "return self - other"),
        "For `3 - a` Python calls `a.__rsub__(3)`: the result is 3 - a, not a - 3.",
    ),
    Misconception(
        "no plain number on the left of +",
        _replaced("    def __radd__(self, other):\n        return self + other\n\n", ""),
        "For `3 + a` Python asks the 3 first, which knows no Value, and then calls `a.__radd__(3)`: define it.",
    ),
    Misconception(
        "no plain number on the left of *",
        _replaced("    def __rmul__(self, other):\n        return self * other\n\n", ""),
        "For `3 * a` Python asks the 3 first, which knows no Value, and then calls `a.__rmul__(3)`: define it.",
    ),
    Misconception(
        "no plain number on the left of -",
        _replaced("    def __rsub__(self, other):\n        return Value(other) - self\n\n", ""),
        "For `3 - a` Python asks the 3 first, which knows no Value, and then calls `a.__rsub__(3)`: define it.",
    ),
    Misconception(
        "no plain numbers on the left",
        variant(VALUE, (VALUE[VALUE.index("    def __radd__") : VALUE.index("    def tanh")], "")),
        "For `3 + a` Python asks the 3 first, which knows no Value, and then calls `a.__radd__(3)`. Define `__radd__`, `__rmul__` and `__rsub__`.",
    ),
    Misconception(
        "no plain number on the right of +",
        _replaced(_LIFTED_SUM, "        return Value(self.data + "),
        "In `a + 3` the other one is a plain number and has no `.data`: make a Value of it first, where it is none.",
    ),
    Misconception(
        "no plain number on the right of *",
        _replaced(_LIFTED_PRODUCT, "        return Value(self.data * "),
        "In `a * 3` the other one is a plain number and has no `.data`: make a Value of it first, where it is none.",
    ),
    Misconception(
        "the slope of tanh is taken at what went in",
        _replaced("1 - t * t", "1 - self.data**2"),
        "tanh' = 1 - tanh squared: the *output* is squared, not the input.",
    ),
    Misconception(
        "the slope of tanh lacks the square",
        _replaced("1 - t * t", "1 - t"),
        "tanh' = 1 - tanh squared.",
    ),
    Misconception(
        "the slope of the sigmoid for tanh",
        _replaced("1 - t * t", "t * (1 - t)"),
        "s (1 - s) belongs to the sigmoid. For tanh it is 1 - t squared.",
    ),
    Misconception(
        "the slope of exp is taken for the input",
        _replaced("(self,), (e,))", "(self,), (self.data,))"),
        "exp is its own derivative: the local derivative is the output.",
    ),
    Misconception(
        "the slope of exp is 1",
        _replaced("(self,), (e,))", "(self,), (1.0,))"),
        "exp is its own derivative: the local derivative is the output.",
    ),
    Misconception(
        "relu lets every gradient through",
        _replaced(_RELU_SLOPE, "(1.0,)"),
        "Where the input is negative, the output does not move: the local derivative is 0 there.",
    ),
    Misconception(
        "the slope of relu is 1 at 0",
        _replaced("if self.data > 0 else 0.0", "if self.data >= 0 else 0.0"),
        "At the kink this course takes the left derivative: relu'(0) = 0. Only inputs above 0 have slope 1.",
    ),
    Misconception(
        "the slope of relu is one half at 0",
        _replaced(_RELU_SLOPE, "(1.0 if self.data > 0 else 0.5 * (self.data == 0),)"),
        "At the kink this course takes the left derivative: relu'(0) = 0.",
    ),
    Misconception(
        "the slope of relu is its value",
        _replaced(_RELU_SLOPE, "(max(self.data, 0.0),)"),
        "Where the input is positive the output moves exactly as it does: slope 1, whatever the value.",
    ),
    Misconception(
        "relu clips to at most 0",
        _replaced("max(self.data, 0.0)", "min(self.data, 0.0)"),
        "relu(z) = max(z, 0): what is negative becomes 0, what is positive stays.",
    ),
    Misconception(
        "the nodes on the way keep no gradient",
        variant(
            VALUE,
            (
                BACKWARD,
                BACKWARD
                + "        for node in order:\n            if node.parents:\n                node.grad = 0.0\n",
            ),
        ),
        "`.grad` is wanted for every node that is reached, also for those between root and leaves.",
    ),
    Misconception(
        "gradients are nodes instead of numbers",
        _replaced(
            "            for parent, local in zip(node.parents, node.local):\n                parent.grad += local * node.grad\n",
            "            for parent, local in zip(node.parents, node.local):\n                parent.grad += local * node.grad\n        for node in order:\n            node.grad = Value(node.grad)\n",
        ),
        "`.grad` is a plain number. Multiply local derivatives and gradients as numbers, `.data` and not the node.",
    ),
    Misconception(
        "the sum is stored in the first summand",
        _replaced(
            "        return Value(self.data + other.data, (self, other), (1.0, 1.0))",
            "        self.data = self.data + other.data\n        return self",
        ),
        "`a + b` must leave a as it was and give a *new* node, with a and b as its parents.",
    ),
]
