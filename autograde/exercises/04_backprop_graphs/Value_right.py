"""More right answers to ``Value``."""

import numpy as np

# %% right
import math
import numpy as np

class Value:
    # in the style of micrograd: every operation leaves a function behind
    def __init__(self, data, children=()):
        self.data, self.grad = float(data), 0.0
        self._backward = lambda: None
        self._prev = set(children)

    def _lift(x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, other):
        other = Value._lift(other)
        out = Value(self.data + other.data, (self, other))
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        other = Value._lift(other)
        out = Value(self.data * other.data, (self, other))
        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def _unary(self, value, slope):
        out = Value(value, (self,))
        def _backward():
            self.grad += slope * out.grad
        out._backward = _backward
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-Value._lift(other))

    def __rsub__(self, other):
        return Value._lift(other) + (-self)

    __radd__, __rmul__ = __add__, __mul__

    def tanh(self):
        return self._unary(np.tanh(self.data), 1 - np.tanh(self.data) ** 2)

    def relu(self):
        return self._unary(self.data if self.data > 0 else 0.0, 1.0 * (self.data > 0))

    def exp(self):
        return self._unary(np.exp(self.data), np.exp(self.data))

    def backward(self):
        # Kahn's algorithm: a node is ready when all that use it have been dealt with
        uses, todo = {}, [self]
        seen = {self}
        while todo:
            node = todo.pop()
            node.grad = 0.0
            for child in node._prev:
                uses[child] = uses.get(child, 0) + 1
                if child not in seen:
                    seen.add(child)
                    todo.append(child)
        self.grad = np.array(1.0)
        ready = [self]
        while ready:
            node = ready.pop()
            node._backward()
            for child in node._prev:
                uses[child] -= 1
                if uses[child] == 0:
                    ready.append(child)

# %% right
import itertools
import math

class Value:
    # every node has a number: a node made later never feeds one made earlier
    counter = itertools.count()

    def __init__(self, data, inputs=()):
        self.data = data
        self.grad = 0
        self.inputs = list(inputs)
        self.number = next(Value.counter)

    @staticmethod
    def of(x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, other):
        other = Value.of(other)
        return Value(self.data + other.data, [(self, 1), (other, 1)])

    def __radd__(self, other):
        return Value(self.data + other, [(self, 1)])

    def __sub__(self, other):
        other = Value.of(other)
        return Value(self.data - other.data, [(self, 1), (other, -1)])

    def __rsub__(self, other):
        return Value(other - self.data, [(self, -1)])

    def __mul__(self, other):
        other = Value.of(other)
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def __rmul__(self, other):
        return Value(other * self.data, [(self, other)])

    def __neg__(self):
        return Value(-self.data, [(self, -1)])

    def tanh(self):
        e = math.exp(-2 * abs(self.data))
        t = math.copysign((1 - e) / (1 + e), self.data)
        return Value(t, [(self, (1 - t) * (1 + t))])

    def relu(self):
        return Value(0, [(self, 0)]) if self.data <= 0 else Value(self.data, [(self, 1)])

    def exp(self):
        return Value(math.exp(self.data), [(self, math.exp(self.data))])

    def backward(self):
        reached, todo = {id(self): self}, [self]
        while todo:
            for parent, _ in todo.pop().inputs:
                if id(parent) not in reached:
                    reached[id(parent)] = parent
                    todo.append(parent)
        nodes = sorted(reached.values(), key=lambda node: -node.number)
        for node in nodes:
            node.grad = 0
        self.grad = 1
        for node in nodes:
            for parent, slope in node.inputs:
                parent.grad = parent.grad + slope * node.grad

# %% right
import sys
from math import exp, tanh

def lifted(x):
    return x if type(x) is Value else Value(x)

class Value:
    # recursive, with as many calls as the graph is deep
    __slots__ = ("data", "grad", "parents")

    def __init__(self, data, parents=None):
        self.data, self.grad, self.parents = data, 0.0, parents or {}

    def _binary(self, other, value, here, there):
        node = Value(value, {})
        node.parents[id(self)] = (self, here)
        old = node.parents.get(id(other), (other, 0.0))[1]
        node.parents[id(other)] = (other, old + there)
        return node

    def __add__(self, other):
        other = lifted(other)
        return self._binary(other, self.data + other.data, 1.0, 1.0)

    def __mul__(self, other):
        other = lifted(other)
        return self._binary(other, self.data * other.data, other.data, self.data)

    def __sub__(self, other):
        other = lifted(other)
        return self._binary(other, self.data - other.data, 1.0, -1.0)

    def __neg__(self):
        return 0 - self

    __radd__ = __add__
    __rmul__ = __mul__
    __rsub__ = lambda self, other: lifted(other) - self

    def _function(self, value, slope):
        return Value(value, {id(self): (self, slope)})

    def tanh(self):
        return self._function(tanh(self.data), 1 - tanh(self.data) ** 2)

    def relu(self):
        return self._function(max(0, self.data), int(self.data > 0))

    def exp(self):
        return self._function(exp(self.data), exp(self.data))

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if id(node) in seen:
                return
            seen.add(id(node))
            for parent, _ in node.parents.values():
                visit(parent)
            order.append(node)

        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(100_000)
        try:
            visit(self)
        finally:
            sys.setrecursionlimit(limit)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        while order:
            node = order.pop()
            for parent, slope in node.parents.values():
                parent.grad += slope * node.grad
