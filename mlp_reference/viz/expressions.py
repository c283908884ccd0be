"""Expressions as graphs that can be walked through step by step: the pictures of notebook 04 show them."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mlp_reference.shapes import Number

Slopes = tuple[Number, ...]
Place = tuple[Number, Number]
Edge = tuple[str, str]  # from parent to child


@dataclass(frozen=True)
class Module:
    """One node: its name, how it is written, its parents, its value and local derivatives from theirs, its place."""

    name: str
    rule: str
    parents: tuple[str, ...]
    value: Callable[..., Number]
    slopes: Callable[..., Slopes]
    place: Place


@dataclass(frozen=True)
class Expression:
    """Inputs with their first values and places, and modules in the order of the forward pass."""

    inputs: Mapping[str, tuple[float, Place]]
    modules: Sequence[Module]

    @property
    def root(self) -> str:
        return self.modules[-1].name

    @property
    def steps(self) -> int:
        """Forward one module at a time, the seed, and backward one module at a time."""
        return 2 * len(self.modules) + 1

    @property
    def places(self) -> dict[str, Place]:
        return {name: place for name, (_, place) in self.inputs.items()} | {m.name: m.place for m in self.modules}

    @property
    def edges(self) -> list[Edge]:
        return [(parent, m.name) for m in self.modules for parent in m.parents]


@dataclass
class Walk:
    """What is known after some steps: values, local derivatives by edge, what has arrived, and who handed on last."""

    values: dict[str, Number]
    local: dict[Edge, Number] = field(default_factory=dict)
    grads: dict[str, Number] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    active: Module | None = None
    backward: bool = False


def walk(expression: Expression, inputs: Mapping[str, Number], steps: int) -> Walk:
    """The state after ``steps`` steps of the two passes."""
    seen = Walk(dict(inputs))
    forward = expression.modules[:steps]
    for module in forward:
        seen.values[module.name] = module.value(*(seen.values[p] for p in module.parents))
        seen.active = module
    left = steps - len(expression.modules)
    if left > 0:
        seen.backward, seen.active = True, None
        seen.grads[expression.root] = 1.0
        seen.waiting = dict.fromkeys(expression.places, 0)
        for parent, _ in expression.edges:
            seen.waiting[parent] += 1
        for module in list(reversed(expression.modules))[: left - 1]:
            _hand_on(seen, module)
    return seen


def _hand_on(seen: Walk, module: Module) -> None:
    """One step back: each parent gets local derivative times what has arrived at the module."""
    slopes = module.slopes(*(seen.values[p] for p in module.parents))
    for parent, slope in zip(module.parents, slopes, strict=True):
        seen.local[parent, module.name] = slope
        seen.grads[parent] = seen.grads.get(parent, 0.0) + slope * seen.grads[module.name]
        seen.waiting[parent] -= 1
    seen.active = module


def _tanh_slope(z: Number) -> Slopes:
    return (1 - math.tanh(z) ** 2,)


EXPRESSIONS: Mapping[str, Expression] = {
    "2 / sin(exp(−x))": Expression(
        {"x": (0.5, (0, 0))},
        [
            Module("a", "−x", ("x",), lambda x: -x, lambda x: (-1.0,), (1, 0)),
            Module("b", "exp a", ("a",), math.exp, lambda a: (math.exp(a),), (2, 0)),
            Module("c", "sin b", ("b",), math.sin, lambda b: (math.cos(b),), (3, 0)),
            Module("d", "2 / c", ("c",), lambda c: 2 / c, lambda c: (-2 / c**2,), (4, 0)),
        ],
    ),
    "x·y + sin x": Expression(
        {"x": (0.5, (0, 1)), "y": (-1.5, (0, -1))},
        [
            Module("a", "sin x", ("x",), math.sin, lambda x: (math.cos(x),), (1.5, 1)),
            Module("b", "x · y", ("x", "y"), lambda x, y: x * y, lambda x, y: (y, x), (1.5, -1)),
            Module("c", "a + b", ("a", "b"), lambda a, b: a + b, lambda a, b: (1.0, 1.0), (3, 0)),
        ],
    ),
    "x² · exp(x/2), two paths": Expression(
        {"x": (1.5, (0, 0))},
        [
            Module("a", "x²", ("x",), lambda x: x * x, lambda x: (2 * x,), (2, 1)),
            Module("b", "x / 2", ("x",), lambda x: x / 2, lambda x: (0.5,), (1, -1)),
            Module("c", "exp b", ("b",), math.exp, lambda b: (math.exp(b),), (2, -1)),
            Module("d", "a · c", ("a", "c"), lambda a, c: a * c, lambda a, c: (c, a), (3, 0)),
        ],
    ),
    "(1 − tanh(x·y + x))²": Expression(
        {"x": (0.5, (0, 1)), "y": (0.5, (0, -1))},
        [
            Module("a", "x · y", ("x", "y"), lambda x, y: x * y, lambda x, y: (y, x), (1.4, -1)),
            Module("b", "x + a", ("x", "a"), lambda x, a: x + a, lambda x, a: (1.0, 1.0), (2.4, 0)),
            Module("c", "tanh b", ("b",), math.tanh, _tanh_slope, (3.4, 0)),
            Module("d", "(1 − c)²", ("c",), lambda c: (1 - c) ** 2, lambda c: (-2 * (1 - c),), (4.4, 0)),
        ],
    ),
}
