"""Expressions of notebook 04 as graphs of modules, walked through step by step, and a reader of one's own."""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np

from mlp_reference import Value
from mlp_reference.shapes import Number

Slopes = tuple[Number, ...]
Place = tuple[Number, Number]
Edge = tuple[str, str]  # from parent to child
Function = Callable[..., Any]


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
    """The state after ``steps`` steps of the two passes; a logarithm of what is negative is nan, as in the page."""
    with np.errstate(all="ignore"):
        return _walk(expression, inputs, steps)


def _walk(expression: Expression, inputs: Mapping[str, Number], steps: int) -> Walk:
    nodes = {name: Value(x) for name, x in inputs.items()}
    forward = expression.modules[:steps]
    for module in forward:
        parents = tuple(nodes[p] for p in module.parents)
        x = [parent.data for parent in parents]
        nodes[module.name] = Value(module.value(*x), parents, module.slopes(*x))
    seen = Walk({name: node.data for name, node in nodes.items()}, active=forward[-1] if forward else None)
    if steps > len(expression.modules):
        _go_back(seen, expression, nodes, steps - len(expression.modules) - 1)
    return seen


def _go_back(seen: Walk, expression: Expression, nodes: Mapping[str, Value], steps: int) -> None:
    """``steps`` modules of the backward pass, from the last one on."""
    back, ahead = expression.modules[::-1][:steps], expression.modules[::-1][steps:]
    nodes[expression.root].grad = 1.0
    for module in back:
        nodes[module.name].hand_on()
        for parent, slope in zip(module.parents, nodes[module.name].locals_, strict=True):
            edge = (parent, module.name)
            seen.local[edge] = seen.local.get(edge, 0.0) + slope  # x·x has two ways from x
    reached = dict.fromkeys([expression.root, *(parent for module in back for parent in module.parents)])
    seen.grads = {name: nodes[name].grad for name in reached}
    seen.waiting = {name: sum(module.parents.count(name) for module in ahead) for name in expression.places}
    seen.backward, seen.active = True, back[-1] if back else None


OWN_FUNCTIONS: Mapping[str, tuple[Function, Function]] = {
    "exp": (np.exp, np.exp),
    "log": (np.log, lambda a: 1 / a),
    "sqrt": (np.sqrt, lambda a: 0.5 / np.sqrt(a)),
    "sin": (np.sin, np.cos),
    "cos": (np.cos, lambda a: -np.sin(a)),
    "tanh": (np.tanh, lambda a: 1 - np.tanh(a) ** 2),
    "relu": (lambda a: max(a, 0.0), lambda a: float(a > 0)),
    "sigmoid": (lambda a: 1 / (1 + np.exp(-a)), lambda a: np.exp(-abs(a)) / (1 + np.exp(-abs(a))) ** 2),
}
OPERATORS: Mapping[type[ast.operator], tuple[str, Function, Function]] = {
    ast.Add: ("+", lambda a, b: a + b, lambda a, b: (1.0, 1.0)),
    ast.Sub: ("−", lambda a, b: a - b, lambda a, b: (1.0, -1.0)),
    ast.Mult: ("·", lambda a, b: a * b, lambda a, b: (b, a)),
    ast.Div: ("/", lambda a, b: a / b, lambda a, b: (1 / b, -a / b**2)),
    ast.Pow: ("^", lambda a, b: a**b, lambda a, b: (b * a ** (b - 1), np.nan)),
}
_SQUARE_OF_REST: tuple[Function, Function] = (
    lambda a, b: (a - b) ** 2,
    lambda a, b: (2 * (a - b), -2 * (a - b)),
)


NODES = "abcdefghijklmnopqrstuvw"  # names of modules


class Parser:
    """Makes an ``Expression`` of a text in x and y, such as ``x*y + sin(x)``."""

    def __init__(self, text: str) -> None:
        self.modules: list[Module] = []
        code = text.replace("^", "**").replace("−", "-").replace("·", "*")
        try:
            self._node(ast.parse(code, mode="eval").body)
        except SyntaxError as error:
            raise ValueError(f"{text!r} can't be read: write it as in x*y + sin(x)") from error
        if not self.modules:
            raise ValueError(f"{text!r} computes nothing from x or y: write it as in x*y + sin(x)")

    def expression(self, x: float, y: float) -> Expression:
        """The expression, in columns by the longest way from an input, in rows near those of the parents."""
        used = [v for v in ("x", "y") if any(v in m.parents for m in self.modules)]
        column = dict.fromkeys(used, 0)
        for m in self.modules:
            column[m.name] = 1 + max(column[p] for p in m.parents)
        row = self._rows(used, column)
        place: dict[str, Place] = {name: (column[name], row[name]) for name in column}
        start = {"x": x, "y": y}
        modules = [replace(m, place=place[m.name]) for m in self.modules]
        return Expression({v: (start[v], place[v]) for v in used}, modules)

    def _rows(self, used: Sequence[str], column: Mapping[str, int]) -> dict[str, Number]:
        """As in the page: in the middle of the parents whose way ends here, and one row apart where that is crowded."""
        row: dict[str, Number] = {v: (len(used) - 1) / 2 - i for i, v in enumerate(used)}
        for c in range(1, 1 + max(column.values())):
            ahead = {p for m in self.modules if column[m.name] > c for p in m.parents}
            wanted: dict[str, Number] = {}
            for m in self.modules:
                if column[m.name] == c:
                    free = [p for p in m.parents if p not in ahead] or m.parents
                    wanted[m.name] = sum(row[p] for p in free) / len(free)
            order = sorted(wanted, key=lambda name: -wanted[name])
            if any(wanted[one] - wanted[other] < 1 for one, other in pairwise(order)):
                top = sum(wanted.values()) / len(order) + (len(order) - 1) / 2
                wanted = {name: top - i for i, name in enumerate(order)}
            row |= wanted
        return row

    def _node(self, tree: ast.AST) -> str | Number:
        match tree:
            case ast.Constant(value=int() | float() as number):
                return number
            case ast.Name(id="x" | "y" as name):
                return name
            case ast.UnaryOp(op=ast.USub(), operand=a):
                return self._module("−{}", lambda u: -u, lambda u: (-1.0,), self._node(a))
            case ast.Call(func=ast.Name(id=name), args=[a]) if name in OWN_FUNCTIONS:
                f, slope = OWN_FUNCTIONS[name]
                return self._module(f"{name} {{}}", f, lambda u: (slope(u),), self._node(a))
            case ast.BinOp(ast.BinOp(a, ast.Sub(), b), ast.Pow(), ast.Constant(value=2)) if not _names(a) and _names(b):
                return self._module("({} − {})²", *_SQUARE_OF_REST, self._node(a), self._node(b))
            case ast.BinOp(left=a, op=op, right=b) if type(op) in OPERATORS:
                return self._binary(type(op), self._node(a), self._node(b))
        raise ValueError(
            f"{ast.unparse(tree)!r} is not known: use + − * / ^, x, y, numbers, {', '.join(OWN_FUNCTIONS)}"
        )

    def _binary(self, op: type[ast.operator], a: str | Number, b: str | Number) -> str | Number:
        sign, f, slopes = OPERATORS[op]
        words = f"{{}} {sign} {{}}"
        if op is ast.Pow:
            if isinstance(b, str):
                raise ValueError("the exponent must be a number: write exp(y*log(x)) for x^y")
            words = {2: "{}²", 3: "{}³"}.get(int(b), words) if b == int(b) else words
        return self._module(words, f, slopes, a, b)

    def _module(self, words: str, f: Function, slopes: Function, *args: str | Number) -> str | Number:
        """One more module, or a number where all arguments are."""
        free = [i for i, a in enumerate(args) if isinstance(a, str)]
        if not free:
            with np.errstate(all="ignore"):
                number = float(f(*map(np.float64, args)))
            if not np.isfinite(number):
                raise ValueError("what is computed from numbers alone is not a number")
            return number
        if len(self.modules) == len(NODES):
            raise ValueError(f"too long: it may have {len(NODES)} modules")
        name = NODES[len(self.modules)]

        def fill(x: Sequence[Number]) -> list[Number]:
            return [np.float64(x[free.index(i)] if i in free else a) for i, a in enumerate(args)]

        rule = words.format(*(a if isinstance(a, str) else _written(a) for a in args))
        parents = tuple(str(args[i]) for i in free)
        value, grad = lambda *x: f(*fill(x)), lambda *x: tuple(slopes(*fill(x))[i] for i in free)
        self.modules.append(Module(name, rule, parents, value, grad, (0, 0)))
        return name


def _names(tree: ast.AST) -> bool:
    """Does it depend on an input?"""
    return any(isinstance(node, ast.Name) and node.id in ("x", "y") for node in ast.walk(tree))


def _written(a: Number) -> str:
    """A number in a rule: whole, or with four digits that matter."""
    return (str(int(a)) if a == int(a) else f"{a:.4g}").replace("-", "−")


EXPRESSIONS: Mapping[str, Expression] = {
    name: Parser(text).expression(x, y)
    for name, text, x, y in (
        ("2 / sin(exp(−x))", "2 / sin(exp(-x))", 0.5, -1.5),
        ("x·y + sin x", "sin(x) + x*y", 0.5, -1.5),
        ("x² · exp(x/2), two paths", "x^2 * exp(x/2)", 1.5, -1.5),
        ("(1 − tanh(x·y + x))²", "(1 - tanh(x + x*y))^2", 0.5, 0.5),
    )
}
