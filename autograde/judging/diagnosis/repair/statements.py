"""Changes of whole statements: moved, dropped, indented, ``=`` for ``+=``, results in another order."""

import ast
import itertools
from collections.abc import Iterator, Sequence

Block = list[ast.stmt]
_BLOCKS = (ast.For, ast.While, ast.If, ast.With)


def replaced(node: ast.stmt) -> Iterator[tuple[str, ast.stmt]]:
    """What might stand in the place of one statement."""
    if isinstance(node, ast.AugAssign):
        yield from _other_augmented(node)
    elif isinstance(node, ast.Assign) and len(node.targets) == 1:
        if isinstance(target := node.targets[0], (ast.Name, ast.Subscript, ast.Attribute)):
            yield "augment", ast.AugAssign(target, ast.Add(), node.value)
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
        parts = node.value.elts
        yield from (("returned", ast.Return(ast.Tuple(order, ast.Load()))) for order in _reordered(parts))
        if len(parts) > 1:
            yield "left out", ast.Return(ast.Tuple(parts[:-1], ast.Load()) if len(parts) > 2 else parts[0])
    elif isinstance(node, ast.Raise):
        yield from (("error", ast.Raise(ast.Name(kind, ast.Load()))) for kind in ("ValueError", "KeyError"))
        yield "left out", ast.Return(ast.Constant(None))
    elif isinstance(node, ast.If):
        yield from _other_ifs(node)


def rearranged(block: Block) -> Iterator[tuple[str, ast.stmt, Block]]:
    """The kind, the statement that it is about, and the new list of the statements of a block."""
    start = 1 if _is_text(block[0]) else 0
    for i in range(start, len(block) - 1):
        if not isinstance(block[i + 1], ast.Return):
            yield "moved", block[i + 1], [*block[:i], block[i + 1], block[i], *block[i + 2 :]]
    for i in range(start, len(block)):
        if not isinstance(block[i], (ast.Return, ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
            yield "extra", block[i], [*block[:i], *block[i + 1 :]] or [ast.Pass()]
        yield from _indented(block, i)


def _indented(block: Block, i: int) -> Iterator[tuple[str, ast.stmt, Block]]:
    """Statement ``i``, a block, gives its last one away or takes in the next one."""
    outer = block[i]
    if not isinstance(outer, _BLOCKS):
        return
    if len(outer.body) > 1 and not (isinstance(outer, ast.If) and outer.orelse):
        for count in range(1, min(3, len(outer.body))):
            less = _with_body(outer, outer.body[:-count])
            yield "indent", outer.body[-count], [*block[:i], less, *outer.body[-count:], *block[i + 1 :]]
    for count in range(1, min(3, len(block) - i)):
        more = _with_body(outer, [*outer.body, *block[i + 1 : i + 1 + count]])
        yield "indent", block[i + 1], [*block[:i], more, *block[i + 1 + count :]]
    if len(outer.body) > 1 and isinstance(outer, (ast.For, ast.While)):
        yield "indent", outer.body[0], [*block[:i], outer.body[0], _with_body(outer, outer.body[1:]), *block[i + 1 :]]
    for j in range(i if isinstance(outer, (ast.For, ast.While)) else 0):
        if j == i - 1 or _begins(block[j]):
            inner = _with_body(outer, [block[j], *outer.body])
            yield "indent", block[j], [*block[:j], *block[j + 1 : i], inner, *block[i + 1 :]]


def _begins(node: ast.stmt) -> bool:
    """Whether a variable begins here, at a number, or as an empty list: in each turn of a loop, perhaps."""
    return isinstance(node, ast.Assign) and isinstance(node.value, (ast.Constant, ast.List, ast.Dict))


def _with_body(outer: ast.stmt, body: Block) -> ast.stmt:
    fields = dict(ast.iter_fields(outer)) | {"body": body}
    return ast.copy_location(type(outer)(**fields), outer)


def _other_augmented(node: ast.AugAssign) -> Iterator[tuple[str, ast.stmt]]:
    opposite = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
    if type(node.op) in opposite:
        kind = "sign" if isinstance(node.op, (ast.Add, ast.Sub)) else "operator"
        yield kind, ast.AugAssign(node.target, opposite[type(node.op)](), node.value)
    yield "augment", ast.Assign([node.target], node.value)
    if isinstance(node.target, ast.Name):
        value = ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value)
        yield "written", ast.Assign([node.target], value)


def _other_ifs(node: ast.If) -> Iterator[tuple[str, ast.stmt]]:
    yield "comparison", ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
    if node.orelse and not (len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)):
        yield "branches", ast.If(node.test, node.orelse, node.body)
    if len(node.orelse) == 1 and isinstance(second := node.orelse[0], ast.If):
        inner = ast.If(node.test, node.body, second.orelse)
        yield "branches", ast.If(second.test, second.body, [inner])


def _reordered(parts: Sequence[ast.expr]) -> Iterator[list[ast.expr]]:
    """The other orders of few, exchanged neighbours of many."""
    if len(parts) <= 3:
        yield from (list(order) for order in itertools.islice(itertools.permutations(parts), 1, None))
        return
    for i in range(len(parts) - 1):
        yield [*parts[:i], parts[i + 1], parts[i], *parts[i + 2 :]]


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
