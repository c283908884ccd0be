"""Changes of one expression: its operators, signs, numbers, names, axes, arguments."""

import ast
from collections.abc import Iterator, Sequence
from typing import Any

from autograde.judging.diagnosis.repair import calls
from autograde.judging.diagnosis.repair.slips import Scope

Found = Iterator[tuple[str, ast.expr]]

_OPERATORS: dict[type[ast.operator], tuple[tuple[str, type[ast.operator]], ...]] = {
    ast.Add: (("sign", ast.Sub), ("operator", ast.Mult)),
    ast.Sub: (("sign", ast.Add),),
    ast.Mult: (("operator", ast.Div), ("operator", ast.MatMult), ("operator", ast.Add), ("operator", ast.Pow)),
    ast.Div: (("operator", ast.Mult), ("operator", ast.FloorDiv)),
    ast.MatMult: (("operator", ast.Mult),),
    ast.Pow: (("operator", ast.Mult),),
    ast.FloorDiv: (("operator", ast.Div),),
    ast.Mod: (("operator", ast.FloorDiv), ("operator", ast.Mult)),
    ast.BitAnd: (("comparison", ast.BitOr),),
    ast.BitOr: (("comparison", ast.BitAnd),),
}
_BOUNDARIES = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.Gt, ast.GtE), ast.LtE: (ast.GtE, ast.Gt), ast.Gt: (ast.Lt, ast.LtE), ast.GtE: (ast.LtE, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq, ast.Gt, ast.Lt), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip
_VALUES = (ast.BinOp, ast.Name, ast.Call, ast.Subscript, ast.Attribute)  # what may be wrapped
_TINY = 1e-4


def scope_of(tree: ast.AST) -> Scope:
    """The names that the functions of a tree set, and their parameters."""
    parameters = [a.arg for node in ast.walk(tree) if isinstance(node, ast.arguments) for a in node.args]
    stored = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    constants = [n for n in ast.walk(tree) if isinstance(n, ast.Assign) and isinstance(n.value, ast.Constant)]
    tiny = [n for one in constants if _is_tiny(one.value) for n in one.targets]
    names = tuple(n.id for n in tiny if isinstance(n, ast.Name))
    return Scope(tuple(dict.fromkeys(stored)), tuple(dict.fromkeys(parameters)), names)


def _is_tiny(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, float) and 0 < abs(node.value) < _TINY


def replaced(parent: ast.AST, field: str, node: ast.expr, scope: Scope) -> Found:
    """What might stand in the place of an expression; kind of slip and the other expression."""
    if isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
        return
    if isinstance(node, ast.BinOp):
        yield from _own_rows(node)
        yield from _other_operations(node)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield from _other_comparisons(node)
    elif isinstance(node, ast.UnaryOp):
        yield from _without_sign(parent, field, node)
    elif isinstance(node, ast.BoolOp):
        yield from _other_conditions(node)
    elif isinstance(node, ast.Constant) and not isinstance(parent, ast.Expr):
        yield from _other_numbers(parent, field, node.value, scope)
    elif isinstance(node, ast.IfExp):
        yield "branches", ast.IfExp(node.test, node.orelse, node.body)
    elif isinstance(node, ast.Subscript):
        yield from _other_entries(node)
    elif isinstance(node, ast.Attribute):
        yield from _other_attributes(node, scope)
    elif isinstance(node, ast.Name):
        yield from _other_names(parent, field, node, scope)
    elif isinstance(node, ast.Call):
        yield from calls.replaced(node)
    yield from _around(parent, field, node, scope)


def _own_rows(node: ast.BinOp) -> Found:
    """``[[0] * n] * m`` holds one row m times."""
    for rows, count in ((node.left, node.right), (node.right, node.left)):
        inner = rows.elts[0] if isinstance(rows, ast.List) and len(rows.elts) == 1 else None
        if isinstance(inner, (ast.List, ast.BinOp, ast.Call)) and isinstance(node.op, ast.Mult):
            loop = ast.comprehension(ast.Name("_", ast.Store()), calls.of("range", count), [], 0)
            yield "rows", ast.ListComp(inner, [loop])


def _other_operations(node: ast.BinOp) -> Found:
    left, op, right = node.left, node.op, node.right
    for kind, other in _OPERATORS.get(type(op), ()):
        yield "number" if _counts(node) else kind, ast.BinOp(left, other(), right)
    if isinstance(op, (ast.Sub, ast.Div, ast.MatMult, ast.Pow)):
        yield "order", ast.BinOp(right, op, left)
    yield "term", left
    if not isinstance(op, (ast.Div, ast.Pow)):
        yield "term", ast.UnaryOp(ast.USub(), right) if isinstance(op, ast.Sub) else right
    associative = isinstance(op, (ast.Add, ast.Mult))
    if isinstance(left, ast.BinOp) and not (associative and type(left.op) is type(op)):
        yield "brackets", ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right))
    if isinstance(right, ast.BinOp) and not (associative and type(right.op) is type(op)):
        yield "brackets", ast.BinOp(ast.BinOp(left, op, right.left), right.op, right.right)
    yield from _other_reach(node)
    if isinstance(left, ast.UnaryOp) and isinstance(op, ast.Pow):
        yield "brackets", ast.UnaryOp(left.op, ast.BinOp(left.operand, op, right))


def _counts(node: ast.BinOp) -> bool:
    """Whether it is a length and a number, as in ``len(x) - 1``: nobody takes the minus for a plus."""
    return (
        isinstance(node.right, ast.Constant)
        and isinstance(node.left, ast.Call)
        and calls.name_of(node.left.func) == "len"
    )


def _other_reach(node: ast.BinOp) -> Found:
    """A sum that is multiplied as a whole and should be in part; what stands behind a function and belongs into it."""
    left, op, right = node.left, node.op, node.right
    sums = (ast.Add, ast.Sub)
    if isinstance(op, (ast.Mult, ast.Div, ast.MatMult)) and isinstance(left, ast.BinOp) and isinstance(left.op, sums):
        yield "brackets", ast.BinOp(ast.BinOp(left.left, op, right), left.op, left.right)
    if isinstance(left, ast.Call) and (inner := calls.inside(left)):
        yield "brackets", calls.with_inside(left, ast.BinOp(inner, op, right))
    if isinstance(left, ast.BinOp) and isinstance(last := left.right, ast.Call) and (inner := calls.inside(last)):
        yield "brackets", ast.BinOp(left.left, left.op, calls.with_inside(last, ast.BinOp(inner, op, right)))


def _other_comparisons(node: ast.Compare) -> Found:
    op, others = type(node.ops[0]), node.comparators
    if op in _BOUNDARIES:
        yield "boundary", ast.Compare(node.left, [_BOUNDARIES[op]()], others)
    for other in _COMPARISONS.get(op, ()):
        yield "comparison", ast.Compare(node.left, [other()], others)
    left = node.left
    if isinstance(left, ast.Call) and calls.name_of(left.func) in ("all", "any") and (inner := calls.inside(left)):
        yield "brackets", calls.with_inside(left, ast.Compare(inner, node.ops, others))
    if isinstance(others[0], ast.Constant) and others[0].value == 0 and op in _BOUNDARIES:
        yield "missing", ast.Compare(_absolute(node.left), node.ops, others)


def _without_sign(parent: ast.AST, field: str, node: ast.UnaryOp) -> Found:
    place = field == "slice" or isinstance(parent, ast.Slice)  # of an entry: what counts from the end
    kind = "comparison" if isinstance(node.op, (ast.Not, ast.Invert)) else "index" if place else "sign"
    kind = "direction" if isinstance(parent, ast.Slice) and node is parent.step else kind
    yield kind, node.operand
    inner = node.operand
    if isinstance(inner, ast.BinOp):
        yield "brackets", ast.BinOp(ast.UnaryOp(node.op, inner.left), inner.op, inner.right)


def _other_conditions(node: ast.BoolOp) -> Found:
    equal = next((v for v in node.values if isinstance(v, ast.Compare) and isinstance(v.ops[0], ast.Eq)), None)
    if equal is not None and any(isinstance(v, ast.Constant) for v in node.values):  # `a == x or y`
        whole = [ast.Compare(equal.left, [ast.Eq()], [v]) if isinstance(v, ast.Constant) else v for v in node.values]
        yield "comparison", ast.BoolOp(node.op, whole)
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield "comparison", ast.BoolOp(other, node.values)
    for i in range(len(node.values)):
        rest = [*node.values[:i], *node.values[i + 1 :]]
        yield "comparison", ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0]


def _other_numbers(parent: ast.AST, field: str, value: Any, scope: Scope) -> Found:
    if isinstance(parent, ast.keyword) and parent.arg in ("axis", "keepdims"):
        return  # the whole call is changed
    if isinstance(value, bool):
        yield "number", ast.Constant(not value)
    elif isinstance(value, int):
        kind = "index" if field == "slice" or isinstance(parent, ast.Slice) else "number"
        yield from ((kind, ast.Constant(other)) for other in (value + 1, value - 1))
        if value == 1:
            yield kind, ast.UnaryOp(ast.USub(), ast.Constant(1))
    elif isinstance(value, float):
        others = (2 * value, value / 2, value + 1, value - 1, 10 * value, value / 10) if value else (1.0,)
        yield from (("number", ast.Constant(other)) for other in others)
    if isinstance(value, (int, float)) and not isinstance(parent, (ast.Subscript, ast.Slice, ast.keyword)):
        yield from (("number", ast.Name(name, ast.Load())) for name in scope.parameters if name != "self")


def _other_entries(node: ast.Subscript) -> Found:
    where = node.slice
    backwards = isinstance(where, ast.Slice) and isinstance(where.step, ast.UnaryOp)
    yield "direction" if backwards else "index", node.value
    if isinstance(where, ast.Slice):
        lower, upper, step = where.lower, where.upper, where.step
        now = (lower, upper, step)
        for other in ((None, upper, step), (lower, None, step), (lower, upper, None), (ast.Constant(1), upper, step)):
            if other != now:
                yield "direction" if backwards and other[2] is None else "index", _at(node, ast.Slice(*other))
    elif isinstance(where, ast.Tuple):
        for i in range(len(where.elts) - 1):
            turned = [*where.elts[:i], where.elts[i + 1], where.elts[i], *where.elts[i + 2 :]]
            yield "index", _at(node, ast.Tuple(turned, ast.Load()))
    elif not isinstance(where, ast.Constant):
        yield "index", _at(node, ast.BinOp(where, ast.Sub(), ast.Constant(1)))
        yield "index", _at(node, ast.BinOp(where, ast.Add(), ast.Constant(1)))
        yield "index", _at(node, ast.Tuple([ast.Slice(), where], ast.Load()))


def _at(node: ast.Subscript, where: ast.expr) -> ast.Subscript:
    return ast.Subscript(node.value, where, ast.Load())


def _other_attributes(node: ast.Attribute, scope: Scope) -> Found:
    if node.attr == "T":
        yield "transpose", node.value
    elif node.attr == "size":
        yield from (("length", calls.length(node.value, axis)) for axis in (0, 1))
    elif node.attr in calls.NEIGHBOURS:
        for kind, other in calls.NEIGHBOURS[node.attr]:
            yield kind, ast.Attribute(node.value, other, ast.Load())


def _other_names(parent: ast.AST, field: str, node: ast.Name, scope: Scope) -> Found:
    if isinstance(parent, ast.Call) and field == "func":
        yield from ((kind, ast.Name(other, ast.Load())) for kind, other in calls.NEIGHBOURS.get(node.id, ()))
        return
    if node.id in scope.variables or node.id in scope.parameters:
        others = dict.fromkeys([*scope.parameters, *scope.variables])
        yield from (("name", ast.Name(other, ast.Load())) for other in others if other not in (node.id, "self"))


def _around(parent: ast.AST, field: str, node: ast.expr, scope: Scope) -> Found:
    """Something is put around or behind a value: a sign, a transpose, a factor, a function."""
    if not isinstance(node, _VALUES) or _is_function(parent, field) or isinstance(parent, ast.Expr):
        return
    in_product = isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.MatMult)
    whole = field == "value" and isinstance(parent, (ast.Assign, ast.AugAssign, ast.Return))
    whole = whole or (isinstance(parent, ast.Tuple) and field == "elts")
    argument = isinstance(parent, ast.Call) and field == "args"
    if in_product or whole or argument:
        counted = isinstance(parent, ast.Call) and calls.name_of(parent.func) == "len"
        yield "length" if counted else "transpose", ast.Attribute(node, "T", ast.Load())
    if whole or argument or isinstance(parent, ast.BinOp):
        yield "sign", ast.UnaryOp(ast.USub(), node)
    if whole or argument or isinstance(parent, ast.Compare):
        yield "missing", _absolute(node)
    if whole or argument:
        yield "missing", ast.BinOp(node, ast.Pow(), ast.Constant(2))
        yield "missing", calls.of_numpy("sqrt", node)
        yield "missing", calls.of_numpy("exp", node)
    if whole or argument or isinstance(parent, ast.BinOp):
        yield "missing", ast.BinOp(ast.Constant(1), ast.Sub(), node)
    in_sum = isinstance(parent, ast.BinOp) and isinstance(parent.op, (ast.Add, ast.Sub))
    if in_sum or argument:
        yield from (("factor", _times(node, name)) for name in scope.parameters if name != "self")
    if isinstance(node, ast.Name) and isinstance(parent, ast.BinOp):
        yield from _with_term(node, scope.parameters)
    elif field == "value" and whole:
        variables = [name for name in scope.variables if name not in scope.tiny]
        yield from _with_term(node, [*scope.parameters, *variables])
    if whole or (isinstance(parent, ast.Call) and isinstance(node, (ast.Name, ast.Subscript))):
        yield "copy", ast.Call(ast.Attribute(node, "copy", ast.Load()), [], [])
    if whole:
        yield from _with_factor(node, scope)
    if whole or argument or isinstance(parent, ast.BinOp):
        yield "factor", ast.BinOp(node, ast.Div(), ast.Constant(2))
        yield "factor", ast.BinOp(ast.Constant(2), ast.Mult(), node)


def _with_factor(node: ast.expr, scope: Scope) -> Found:
    for name in dict.fromkeys([*scope.parameters, *scope.variables]):
        other = ast.Name(name, ast.Load())
        yield "factor", ast.BinOp(node, ast.Div(), calls.of("len", other))
        yield "factor", ast.BinOp(node, ast.Mult(), other)
        yield "factor", ast.BinOp(node, ast.Div(), other)


def _with_term(node: ast.expr, names: Sequence[str]) -> Found:
    for name in dict.fromkeys(names):
        if name != "self" and not (isinstance(node, ast.Name) and node.id == name):
            yield "lacking", ast.BinOp(node, ast.Add(), ast.Name(name, ast.Load()))
            yield "lacking", ast.BinOp(node, ast.Sub(), ast.Name(name, ast.Load()))


def _times(node: ast.expr, name: str) -> ast.expr:
    return ast.BinOp(ast.Name(name, ast.Load()), ast.Mult(), node)


def _absolute(node: ast.expr) -> ast.expr:
    return calls.of("abs", node)


def _is_function(parent: ast.AST, field: str) -> bool:
    """Whether what stands in a field is called, or is the owner of a method or an attribute."""
    return (isinstance(parent, ast.Call) and field == "func") or isinstance(parent, ast.Attribute)
