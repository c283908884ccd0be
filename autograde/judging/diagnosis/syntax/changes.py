"""What to tell whose function changes its arguments: what to write instead of the statement that does it."""

import ast
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from autograde.judging.diagnosis.syntax.definition import definition_of

_ON_A_COPY = "Work on a copy: begin with `{0} = np.array({0})`."
_ON_A_LIST = "Work on a list of your own: begin with `{0} = [a.copy() for a in {0}]`."
_ANY = "It writes into the array itself, by `+=`, `[...] =`, `.sort()` or the like: work on a copy (`a.copy()`)."
_SUM = "Write `a = a + ...` instead of `a += ...`, or work on a copy (`a.copy()`)."
_METHODS = {
    "sort": "`.sort()` sorts the caller's own: `np.sort({0})` gives a sorted copy.",
    "partition": "`.partition()` works on the caller's own: `np.partition({0}, ...)` gives a copy.",
    "fill": "`.fill()` writes into the caller's own: `np.full({0}.shape, ...)` makes a new array.",
    "reverse": "`.reverse()` turns the caller's own around: `{0}[::-1]` gives another one.",
    **dict.fromkeys(
        ("append", "extend", "insert", "pop", "remove", "clear"),
        "The caller's list grows or shrinks: begin with a list of your own, `{0} = list({0})`.",
    ),
    **dict.fromkeys(("resize", "put", "itemset", "setfield", "update", "setdefault", "add"), _ON_A_COPY),
}
_FUNCTIONS = {
    "shuffle": "`shuffle` works on the caller's own: `rng.permutation({0})` gives a shuffled copy.",
    **dict.fromkeys(("copyto", "put", "putmask", "place", "fill_diagonal", "put_along_axis", "at"), _ON_A_COPY),
}
_OUT = "`out=` names the array that is written over: leave it away, and take the new array that comes back."


def about_changes(changed: Sequence[str], fn: Callable[..., Any], lists: Collection[str] = ()) -> str:
    """What to tell where arguments are changed; "" where none is.  lists: names of those that are lists of arrays."""
    if not changed:
        return ""
    names = " and ".join(f"`{name}`" for name in changed)
    found = [(name, advice) for name, advice in _statements(fn) if name in changed]
    told = [(_ON_A_LIST if n in lists and a == _ON_A_COPY else a).format(n) for n, a in found]
    instead = told[0] if told else _ANY
    return f"Your function changes its input {names}: the caller's array is another one after the call. {instead}"


def changed_names(tree: ast.AST) -> set[str]:
    """The names of what is written into, by whatever kind of statement."""
    return {name for name, _ in _changes(tree)}


def _statements(fn: Any) -> list[tuple[str, str]]:
    """Which arguments are changed by which kind of statement, as far as the text tells: name and advice."""
    tree = definition_of(fn)
    if tree is None:
        return []
    same = {name: name for node in ast.walk(tree) if isinstance(node, ast.arguments) for name in _names(node)}
    for _ in range(2):  # `a = x` is another name for x, and `for w in Ws` one for its entries
        same.update({new: same[old] for new, old in _aliases(tree) if old in same})
    return [(same.get(name, name), advice) for name, advice in _changes(tree)]


def _names(arguments: ast.arguments) -> list[str]:
    return [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _aliases(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from ((t.id, base) for t in node.targets if isinstance(t, ast.Name) if (base := _plain(node.value)))
        elif isinstance(node, ast.For):
            zipped = isinstance(node.iter, ast.Call) and isinstance(node.target, ast.Tuple)
            targets = node.target.elts if isinstance(node.target, ast.Tuple) else [node.target]
            sources = node.iter.args if isinstance(node.iter, ast.Call) and zipped else [node.iter]
            pairs = zip(targets, sources, strict=False)
            yield from ((t.id, base) for t, s in pairs if isinstance(t, ast.Name) if (base := _plain(s)))


def _plain(node: ast.expr) -> str:
    """The variable that an expression is, or is a view of; "" for anything new."""
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _changes(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AugAssign):
            yield _plain(node.target), _SUM
        elif isinstance(node, ast.Assign):
            yield from ((_plain(t), _ON_A_COPY) for t in node.targets if isinstance(t, ast.Subscript))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, owner = node.func.attr, _plain(node.func.value)
            if name in _METHODS and owner != "np":
                yield owner, _METHODS[name]
            if name in _FUNCTIONS and node.args:
                yield _plain(node.args[0]), _FUNCTIONS[name]
            yield from ((_plain(k.value), _OUT) for k in node.keywords if k.arg == "out")
