"""Wrong classes ``Value``: slips in the order of the sweep, in what is handed on, in what is reset."""

from autograde.exercise import Misconception, variant
from autograde.exercises.graphs.value_sources import BACKWARD, ORDER, RECURSIVE_ORDER, VALUE


def _replaced(old: str, new: str) -> str:
    return variant(VALUE, (old, new))


def _with_backward(body: str) -> str:
    return variant(VALUE, (BACKWARD, "    def backward(self):\n" + body))


_RESET = "        for node in order:\n            node.grad = 0.0\n"
_SEED = "        self.grad = 1.0\n"
_PUSH = "parent.grad += local * node.grad"

WRONG_SWEEPS = [
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
        while queue and len(queue) < 1000:  # else it would never get through 50 doublings
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
        "The values are right, but your function calls itself once for each node in a chain, and Python stops at about 1,000 calls. Let a list hold what is still to do.",
    ),
    Misconception(
        "nodes of equal value are taken for one",
        variant(
            VALUE, ("id(node) not in seen", "node.data not in seen"), ("seen.add(id(node))", "seen.add(node.data)")
        ),
        "Two nodes may hold the same number and still be two: tell them apart by `id(node)`, not by `.data`.",
    ),
    Misconception(
        "nodes of equal value are taken for one, whichever comes first",
        variant(
            VALUE,
            ("id(node) not in seen", "node.data not in seen"),
            ("seen.add(id(node))", "seen.add(node.data)"),
            ("for parent in node.parents]", "for parent in node.parents[::-1]]"),
        ),
        "Two nodes of equal value are taken for one: the second is never visited. Tell nodes apart by `id(node)`, not by `.data`.",
    ),
    Misconception(
        "a mark on every visited node that stays there",
        variant(
            VALUE,
            ("self.grad = 0.0\n        self.parents", "self.grad, self.seen = 0.0, False\n        self.parents"),
            ("id(node) not in seen", "not node.seen"),
            ("seen.add(id(node))", "node.seen = True"),
        ),
        "A node that was visited once counts as visited in every later backward(), too, and is left out. Take the marks off first, or keep them in a set that is made anew each time.",
    ),
    Misconception(
        "a node multiplied with itself counts once",
        _replaced("zip(node.parents, node.local)", "dict(zip(node.parents, node.local)).items()"),
        "In a * a both factors are the same node, and it gets a contribution from each. A set or a dict of parents keeps only one of them.",
    ),
]
