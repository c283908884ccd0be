"""Mutation testing of an exercise: right answers with one mechanical slip, and what its tests say to them."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from autograde.judging.diagnosis.recognise import wrong_outcomes_remembered
from autograde.judging.exercise import Exercise
from autograde.judging.judge import PUBLIC_SEED, judge, questions

Place = list[tuple[str, int | None]]  # how to get from the module to a node: fields, and where in a list

_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.MatMult: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div, ast.Mod: ast.Mult,
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.GtE), ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
_PAIRS = [("sum", "mean"), ("max", "min"), ("maximum", "minimum"), ("argmax", "argmin"), ("zeros", "ones"),
          ("zeros_like", "ones_like"), ("any", "all"), ("floor", "ceil"), ("reversed", "list")]  # fmt: skip
_NAMES = dict(_PAIRS) | {b: a for a, b in _PAIRS}
SECONDS_PER_CALL = 1.0


@dataclass(frozen=True)
class Mutant:
    """A source text with one slip: its line, the piece that was there and what stands there now."""

    line: int
    old: str
    new: str
    source: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.old} -> {self.new}"


@dataclass
class Survey:
    """What the tests make of the mutants of a right answer."""

    exercise: str
    made: int = 0
    survivors: list[Mutant] = field(default_factory=list)
    unnamed: list[Mutant] = field(default_factory=list)


def survey(exercise: Exercise) -> Survey:
    """The mutants of the exercise's first right answer that pass its tests, and those that get no name."""
    found, asked = Survey(exercise.name), list(questions(exercise, PUBLIC_SEED))
    with wrong_outcomes_remembered():
        for mutant in mutants(exercise.alternates[0]):
            try:
                answer = exercise.compile(mutant.source)
            except Exception:  # a slip in what runs when the answer is defined
                continue
            found.made += 1
            failure = judge(exercise, answer, asked=asked, seconds=SECONDS_PER_CALL).failure
            if failure is None:
                found.survivors.append(mutant)
            elif not failure.diagnosis:
                found.unnamed.append(mutant)
    return found


def shown(found: Survey) -> str:
    """A survey as lines of text."""
    named = found.made - len(found.survivors) - len(found.unnamed)
    head = f"{found.exercise}: {found.made} mutants, {named} named, {len(found.unnamed)} caught without a name, "
    lines = [f"{head}{len(found.survivors)} survive"]
    lines += [f"     survives  {m}" for m in found.survivors]
    return "\n".join([*lines, *(f"     unnamed   {m}" for m in found.unnamed)])


def mutants(source: str) -> Iterator[Mutant]:
    """All sources that one slip makes of this one: operators, numbers, signs, order of results, statements left out."""
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for place, node in _places(tree):
        for other in _slips(node):
            changed = copy.deepcopy(tree)
            _put(changed, place, other)
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text not in seen:
                seen.add(text)
                yield Mutant(getattr(node, "lineno", 0), _short(node), _short(other), text)


def _places(node: ast.AST, place: Place | None = None) -> Iterator[tuple[Place, ast.AST]]:
    for name, value in ast.iter_fields(node):
        children = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if isinstance(child, ast.AST):
                here = [*(place or []), (name, index)]
                yield here, child
                yield from _places(child, here)


def _put(tree: ast.AST, place: Place, other: ast.AST) -> None:
    parent: Any = tree
    for name, index in place[:-1]:
        parent = getattr(parent, name) if index is None else getattr(parent, name)[index]
    name, index = place[-1]
    if index is None:
        setattr(parent, name, other)
    else:
        getattr(parent, name)[index] = other


def _slips(node: ast.AST) -> Iterator[ast.AST]:
    """What might stand in the place of a node by mistake."""
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        yield ast.BinOp(node.left, _OPERATORS[type(node.op)](), node.right)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield from (ast.Compare(node.left, [op()], node.comparators) for op in _COMPARISONS.get(type(node.ops[0]), ()))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
        yield node.operand
    elif isinstance(node, ast.Constant):
        yield from (ast.Constant(value) for value in _other_numbers(node.value))
    elif isinstance(node, ast.Attribute):
        yield from _other_attributes(node)
    elif isinstance(node, ast.Name) and node.id in _NAMES:
        yield ast.Name(_NAMES[node.id], node.ctx)
    elif isinstance(node, ast.stmt):
        yield from _other_statements(node)


def _other_numbers(value: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif isinstance(value, float):
        yield from (2 * value, value / 2) if value else (1.0,)


def _other_attributes(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr == "T":
        yield node.value
    elif node.attr in _NAMES:
        yield ast.Attribute(node.value, _NAMES[node.attr], node.ctx)


def _other_statements(node: ast.stmt) -> Iterator[ast.AST]:
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
        parts = node.value.elts
        for i in range(len(parts) - 1):
            swapped = [*parts[:i], parts[i + 1], parts[i], *parts[i + 2 :]]
            yield ast.Return(ast.Tuple(swapped, ast.Load()))
        yield ast.Return(ast.Tuple(parts[:-1], ast.Load()) if len(parts) > 2 else parts[0])
    elif isinstance(node, ast.Raise):
        yield ast.Raise(ast.Name("KeyError", ast.Load()))
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)
        yield ast.Pass()
    elif isinstance(node, (ast.Assign, ast.Expr, ast.If, ast.Break, ast.Continue)):
        yield ast.Pass()


def _short(node: ast.AST) -> str:
    """A node as code, its first line."""
    first, *rest = ast.unparse(ast.fix_missing_locations(node)).splitlines()
    return f"`{first} ...`" if rest else f"`{first}`"
