"""Reverse-mode differentiation of numbers: by hand for one chain, then by a graph that remembers how it was made."""

import math
from typing import Any

from mlp_reference.shapes import Number


def toy_backward(x: Number) -> tuple[float, tuple[float, float, float, float], float]:
    """``(f, local, df_dx)`` of ``f = 2 / sin(exp(-x))``: the local derivatives of four modules, and their product.

    Units: the sine takes radians.
    Source: notebook 04, forwards, and back again.
    """
    a = -x
    b = math.exp(a)
    c = math.sin(b)
    d = 2 / c
    local = (-1.0, b, math.cos(b), -2 / c**2)  # da/dx, db/da, dc/db, dd/dc
    return d, local, math.prod(local)


class Dual:
    """A number with its derivative by one input: forward mode.

    Source: Wengert (1964), Communications of the ACM 7(8); notebook 04, forward mode in one class.
    """

    def __init__(self, data: Number, slope: Number = 0.0) -> None:
        self.data = float(data)
        self.slope = float(slope)

    def __add__(self, other: "Dual | Number") -> "Dual":
        other = _dual(other)
        return Dual(self.data + other.data, self.slope + other.slope)

    def __mul__(self, other: "Dual | Number") -> "Dual":
        other = _dual(other)
        return Dual(self.data * other.data, self.slope * other.data + self.data * other.slope)

    def __neg__(self) -> "Dual":
        return Dual(-self.data, -self.slope)

    def __sub__(self, other: "Dual | Number") -> "Dual":
        return self + -_dual(other)

    def __rsub__(self, other: "Dual | Number") -> "Dual":
        return _dual(other) - self

    __radd__ = __add__
    __rmul__ = __mul__

    def tanh(self) -> "Dual":
        t = math.tanh(self.data)
        return Dual(t, (1 - t**2) * self.slope)

    def exp(self) -> "Dual":
        e = math.exp(self.data)
        return Dual(e, e * self.slope)

    def __repr__(self) -> str:
        return f"Dual({self.data:.6g}, slope={self.slope:.6g})"


class Value:
    """A number that knows which numbers it was made from, and how they move it.

    Its data may be a ``Dual``: then so are gradients, and their slopes are the Hessian times the direction of the Duals.
    Source: micrograd by A. Karpathy; notebook 04, a graph that differentiates itself, and forward inside of reverse.
    """

    def __init__(self, data: Number | Dual, parents: tuple["Value", ...] = (), locals_: tuple[Any, ...] = ()) -> None:
        self.data: Any = data if isinstance(data, Dual) else float(data)
        self.grad: Any = 0.0
        self.parents = parents
        self.locals_ = locals_  # d self / d parent, one per parent

    def __add__(self, other: "Value | Number") -> "Value":
        other = _value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other: "Value | Number") -> "Value":
        other = _value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __neg__(self) -> "Value":
        return Value(-self.data, (self,), (-1.0,))

    def __sub__(self, other: "Value | Number") -> "Value":
        return self + -_value(other)

    def __rsub__(self, other: "Value | Number") -> "Value":
        return _value(other) - self

    __radd__ = __add__
    __rmul__ = __mul__

    def tanh(self) -> "Value":
        t = self.data.tanh() if isinstance(self.data, Dual) else math.tanh(self.data)
        return Value(t, (self,), (1 - t * t,))

    def relu(self) -> "Value":
        return Value(max(self.data, 0.0), (self,), (float(self.data > 0),))

    def exp(self) -> "Value":
        e = self.data.exp() if isinstance(self.data, Dual) else math.exp(self.data)
        return Value(e, (self,), (e,))

    def backward(self) -> None:
        """Set ``.grad`` of every node this one depends on to d self / d node: the sum over all paths.

        Gradients start afresh: a second call gives the same, and the last root wins.
        """
        order = topological_order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            node.hand_on()

    def hand_on(self) -> None:
        """One step of the backward pass: each parent gets its local derivative times what has arrived here."""
        for parent, local in zip(self.parents, self.locals_, strict=True):
            parent.grad += local * self.grad

    def __repr__(self) -> str:
        return f"Value({_shown(self.data)}, grad={_shown(self.grad)})"


def topological_order(root: Value) -> list[Value]:
    """All nodes that ``root`` depends on and ``root`` itself, every parent before its children, each node once.

    A list takes the place of recursion: a chain of thousands of nodes would exceed Python's recursion limit.
    """
    order: list[Value] = []
    seen, stack = {id(root)}, [(root, iter(root.parents))]
    while stack:
        node, parents = stack[-1]
        parent = next((p for p in parents if id(p) not in seen), None)
        if parent is None:  # all parents are done
            order.append(node)
            stack.pop()
        else:
            seen.add(id(parent))
            stack.append((parent, iter(parent.parents)))
    return order


def _shown(number: float | Dual) -> str:
    return repr(number) if isinstance(number, Dual) else f"{number:.6g}"


def _value(number: Value | Number) -> Value:
    return number if isinstance(number, Value) else Value(number)


def _dual(number: Dual | Number) -> Dual:
    return number if isinstance(number, Dual) else Dual(number)
