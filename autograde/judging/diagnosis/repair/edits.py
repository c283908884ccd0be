"""Small changes of a program's syntax tree: the slips that people make, and what mends them.

Both directions use them: mutation testing puts one into a right answer, repair looks for one that makes a wrong answer
right.  A change is made in the tree itself and taken back, which is far quicker than copying the tree.
"""

import ast
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograde.judging.diagnosis.repair import expressions, statements
from autograde.judging.diagnosis.repair.slips import RANK, Scope

Place = tuple[ast.AST, str, int | None]  # a node, the field in which a child stands, and where in its list


@dataclass(frozen=True, eq=False)
class Edit:
    """One change.  kind: of slip, see ``slips``.  line: where it is.  old, new: what stands there, before and after."""

    kind: str
    line: int
    place: Place
    old: Any
    new: Any

    @contextlib.contextmanager
    def made(self) -> Iterator[None]:
        """The tree with this change in it, for a while."""
        _put(self.place, self.new)
        try:
            yield
        finally:
            _put(self.place, self.old)

    @property
    def possible(self) -> bool:
        """Whether what it is about stands in its place, where another change may be made already."""
        parent, field, index = self.place
        found = getattr(parent, field)
        return (found if index is None else found[index] if index < len(found) else None) is self.old

    @property
    def adds(self) -> bool:
        """Whether something is put around what stands there."""
        return isinstance(self.old, ast.AST) and any(node is self.old for node in ast.walk(self.new))

    @property
    def to_result(self) -> bool:
        """Whether it is about a variable that is returned, whose slip is where it is computed."""
        return isinstance(self.old, ast.Name) and isinstance(self.place[0], (ast.Tuple, ast.Return))

    def __str__(self) -> str:
        return f"line {self.line}: {_short(self.old)} -> {_short(self.new)}"


def edits(tree: ast.AST) -> list[Edit]:
    """All changes of a tree, the likeliest slips first; of one kind those first that reach least, far down."""
    found = list(_edits(tree, expressions.scope_of(tree)))
    return sorted(found, key=lambda edit: (RANK[edit.kind], edit.adds + edit.to_result, -edit.line))


def _edits(tree: ast.AST, scope: Scope) -> Iterator[Edit]:
    for parent in _walk(tree):
        for field, value in _fields(parent):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                for kind, concerned, block in statements.rearranged(value):
                    yield _edit(kind, concerned.lineno, (parent, field, None), value, block)
            children = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
            for index, child in children:
                for kind, new in _others(parent, field, child, scope):
                    yield _edit(kind, child.lineno, (parent, field, index), child, new)


def _others(parent: ast.AST, field: str, child: Any, scope: Scope) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(child, ast.stmt):
        yield from statements.replaced(child)
    elif isinstance(child, ast.expr):
        yield from expressions.replaced(parent, field, child, scope)


def _edit(kind: str, line: int, place: Place, old: Any, new: Any) -> Edit:
    for node in new if isinstance(new, list) else [new]:
        _locate(node, line)
    return Edit(kind, line, place, old, new)


def _locate(node: Any, line: int) -> None:
    """Give new nodes the line of the old ones, which they may have among their children."""
    if isinstance(node, (ast.expr, ast.stmt, ast.keyword)):
        if hasattr(node, "lineno"):
            return
        node.lineno = node.end_lineno = line
        node.col_offset = node.end_col_offset = 0
    for child in ast.iter_child_nodes(node):
        _locate(child, line)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for _, value in _fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child)


def _fields(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """The fields that may be changed: not what only says types, and no formatted texts."""
    skipped = ("annotation", "returns", "decorator_list", "bases", "ctx", "op")
    return (
        (f, value) for f, value in ast.iter_fields(node) if f not in skipped and not isinstance(node, ast.JoinedStr)
    )


def _put(place: Place, value: Any) -> None:
    parent, field, index = place
    if index is None:
        setattr(parent, field, value)
    else:
        getattr(parent, field)[index] = value


def _short(what: Any) -> str:
    """Code, its first line."""
    nodes = what if isinstance(what, list) else [what]
    first, *rest = "\n".join(ast.unparse(node) for node in nodes).splitlines() or [""]
    return f"`{first} ...`" if rest else f"`{first}`"
