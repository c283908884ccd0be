"""Changes of one call: its function, its axis, its arguments."""

import ast
from collections.abc import Iterator

Found = Iterator[tuple[str, ast.expr]]

_PAIRS = [
    ("mean", "sum", "mean"), ("function", "max", "min"), ("function", "maximum", "minimum"),
    ("function", "argmax", "argmin"), ("function", "zeros", "ones"), ("function", "zeros_like", "ones_like"),
    ("function", "any", "all"), ("function", "floor", "ceil"), ("function", "reversed", "list"),
    ("function", "log", "log2"), ("function", "log", "log1p"), ("function", "exp", "expm1"), ("function", "std", "var"),
    ("function", "sin", "cos"), ("function", "sinh", "cosh"), ("function", "hstack", "vstack"),
    ("function", "column_stack", "vstack"), ("function", "outer", "dot"), ("function", "normal", "uniform"),
    ("function", "sign", "abs"), ("function", "sort", "argsort"), ("function", "permutation", "shuffle"),
    ("function", "append", "extend"),
    ("function", "max", "maximum"), ("function", "min", "minimum"),
    ("function", "sqrt", "square"), ("function", "cumsum", "sum"),
    ("function", "sum", "max"), ("function", "mean", "max"),
]  # fmt: skip
NEIGHBOURS: dict[str, list[tuple[str, str]]] = {}  # name of a function -> kind of slip, name of another one
for _kind, _a, _b in _PAIRS:
    NEIGHBOURS.setdefault(_a, []).append((_kind, _b))
    NEIGHBOURS.setdefault(_b, []).append((_kind, _a))

_ALONG = {"sum", "mean", "max", "min", "argmax", "argmin", "std", "var", "any", "all", "cumsum", "prod", "norm"}
_JOINING = {"concatenate", "stack", "flip", "repeat", "sort", "argsort", "permutation", "shuffle"}
_SYMMETRIC = {"max", "min", "maximum", "minimum", "isclose", "allclose", "array_equal", "add", "multiply"}
_LIKE = {"zeros_like", "ones_like", "empty_like", "full_like", "array", "asarray"}
_ROUNDING = {"round", "around", "clip"}  # with further arguments
_WHOLE = {
    "squeeze",
    "ravel",
    "flatten",
    "reshape",
    "array",
    "asarray",
    "copy",
    "float",
    "round",
    "around",
}  # of what is inside


_FLOATS = ast.keyword("dtype", ast.Name("float", ast.Load()))


def of(name: str, *args: ast.expr) -> ast.Call:
    """A call of one of Python's own functions."""
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])


def of_numpy(name: str, *args: ast.expr) -> ast.Call:
    """A call of ``np.name``."""
    return ast.Call(ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load()), list(args), [])


def length(array: ast.expr, axis: int) -> ast.expr:
    """``array.shape[axis]``."""
    return ast.Subscript(ast.Attribute(array, "shape", ast.Load()), ast.Constant(axis), ast.Load())


def replaced(node: ast.Call) -> Found:
    """What might stand in the place of a call."""
    name = name_of(node.func)
    args, keywords = node.args, node.keywords
    if name == "range":
        yield from _other_ranges(node)
    if name == "len" and len(args) == 1:
        yield "length", length(args[0], 1)
        yield "length", ast.Attribute(args[0], "size", ast.Load())
    if name in _ALONG | _JOINING:
        yield from _other_axes(node, name)
    if name in _ALONG | {"norm"}:
        yield from _kept_axes(node)
    if name in _LIKE and not any(k.arg == "dtype" for k in keywords):
        yield "dtype", ast.Call(node.func, args, [*keywords, _FLOATS])
    if any(k.arg == "dtype" for k in keywords):
        yield "dtype", ast.Call(node.func, args, [k for k in keywords if k.arg != "dtype"] + [_FLOATS])
    for i in range(len(args) - 1 if name not in _SYMMETRIC else 0):
        exchanged = [*args[:i], args[i + 1], args[i], *args[i + 2 :]]
        yield "transpose" if name == "reshape" else "arguments", ast.Call(node.func, exchanged, keywords)
    if name in _ALONG and isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
        yield "missing", with_inside(node, of("abs", node.func.value))
    if isinstance(inner := inside(node), ast.BinOp) and name not in _WHOLE | _ROUNDING and not name[:1].isupper():
        yield "brackets", ast.BinOp(with_inside(node, inner.left), inner.op, inner.right)
    if name in _ROUNDING and (rounded := inside(node)):
        yield "wrapped", rounded
    elif len(args) == 1 and not keywords and not isinstance(args[0], (ast.Starred, ast.GeneratorExp)):
        yield "wrapped", args[0]
    if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value) and not args:
        yield "wrapped", node.func.value


def inside(node: ast.Call) -> ast.expr | None:
    """What a call is made on: its first argument, or the owner of a method."""
    if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
        return node.func.value
    return node.args[0] if node.args and not isinstance(node.args[0], ast.Starred) else None


def with_inside(node: ast.Call, new: ast.expr) -> ast.Call:
    """The same call on something else."""
    if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
        return ast.Call(ast.Attribute(new, node.func.attr, ast.Load()), node.args, node.keywords)
    return ast.Call(node.func, [new, *node.args[1:]], node.keywords)


def name_of(function: ast.expr) -> str:
    """The last part of a function's name."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _other_ranges(node: ast.Call) -> Found:
    *first, last = node.args[:2]
    rest = node.args[2:]
    for op in (ast.Sub(), ast.Add()):
        yield "range", of("range", *first, ast.BinOp(last, op, ast.Constant(1)), *rest)
        if first:
            yield "range", of("range", ast.BinOp(first[0], op, ast.Constant(1)), last, *rest)
    if not first:
        yield "range", of("range", ast.Constant(1), last)
        one_more = ast.BinOp(last, ast.Add(), ast.Constant(1))
        yield "range", of("range", ast.Constant(1), one_more)
    yield "range", of("reversed", node)


def _other_axes(node: ast.Call, name: str) -> Found:
    others = [k for k in node.keywords if k.arg != "axis"]
    now = next((k.value for k in node.keywords if k.arg == "axis"), None)
    told = ast.unparse(now) if now is not None else ""
    for axis in ("0", "1", "-1"):
        if axis != told:
            keyword = ast.keyword("axis", ast.parse(axis, mode="eval").body)
            yield "axis", ast.Call(node.func, node.args, [*others, keyword])
            if name in _ALONG and not any(k.arg == "keepdims" for k in others):
                kept = ast.keyword("keepdims", ast.Constant(True))
                same = {axis, told} == {"1", "-1"}  # of a table
                yield "keepdims" if same else "axis", ast.Call(node.func, node.args, [*others, keyword, kept])
    if now is not None:
        yield "axis", ast.Call(node.func, node.args, others)
    elif name in _ALONG and len(node.args) == 2 and _is_module(getattr(node.func, "value", None)):
        yield "axis", ast.Call(node.func, node.args[:1], others)


def _kept_axes(node: ast.Call) -> Found:
    others = [k for k in node.keywords if k.arg != "keepdims"]
    if len(others) < len(node.keywords):
        yield "keepdims", ast.Call(node.func, node.args, others)
    elif any(k.arg == "axis" for k in others):
        kept = ast.keyword("keepdims", ast.Constant(True))
        yield "keepdims", ast.Call(node.func, node.args, [*others, kept])


def _is_module(node: ast.AST | None) -> bool:
    """Whether a name stands for NumPy or Python's own mathematics."""
    first = node
    while isinstance(first, ast.Attribute):
        first = first.value
    return isinstance(first, ast.Name) and first.id in ("np", "numpy", "math")
