"""Wrong classes ``Value``: slips in the operations, their values and their local derivatives."""

from autograde.exercise import Misconception, variant
from autograde.exercises.graphs.value_sources import BACKWARD, VALUE


def _replaced(old: str, new: str) -> str:
    return variant(VALUE, (old, new))


_RELU_SLOPE = "(1.0 if self.data > 0 else 0.0,)"
_LIFTED_SUM = "        other = other if isinstance(other, Value) else Value(other)\n        return Value(self.data + "
_LIFTED_DIFFERENCE = _LIFTED_SUM.replace("+", "-")
_LIFTED_PRODUCT = _LIFTED_SUM.replace("+", "*")

WRONG_OPERATIONS = [
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
        "unary minus is a new leaf, and differences use it",
        variant(
            VALUE,
            ("Value(-self.data, (self,), (-1.0,))", "Value(-self.data)"),
            (
                "        other = other if isinstance(other, Value) else Value(other)\n"
                "        return Value(self.data - other.data, (self, other), (1.0, -1.0))",
                "        return self + (-other)",
            ),
        ),
        "-a depends on a: without a parent no gradient gets through it, nor through a difference that is made with it.",
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
        "a number plus a node calls itself without end",
        _replaced("return self + other", "return other + self"),
        "`other + self` asks the plain number first, which does not know how, so Python calls `self.__radd__` again. Turn it round: `self + other`.",
    ),
    Misconception(
        "a number times a node calls itself without end",
        _replaced("return self * other", "return other * self"),
        "`other * self` asks the plain number first, which does not know how, so Python calls `self.__rmul__` again. Turn it round: `self * other`.",
    ),
    Misconception(
        "no plain numbers on the right",
        VALUE.replace("        other = other if isinstance(other, Value) else Value(other)\n", ""),
        "In `a + 3` the other one is a plain number and has no `.data`: make a Value of it first, where it is none, in `+`, `*` and `-`.",
    ),
    Misconception(
        "no plain number on the right of -",
        _replaced(_LIFTED_DIFFERENCE, "        return Value(self.data - "),
        "In `a - 3` the other one is a plain number and has no `.data`: make a Value of it first, where it is none.",
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
