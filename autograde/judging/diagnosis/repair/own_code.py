"""The learner's own code as a syntax tree, and an answer made of it anew after a change."""

import ast
import functools
import inspect
import linecache
import types
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from autograde.global_names import global_names
from autograde.judging.diagnosis.repair.edits import Edit, edits
from autograde.judging.exercise import Together

MOST_NODES = 2_500  # of all definitions: what is larger can't be searched in the time of a check
MOST_PARTS = 8

Definition = ast.FunctionDef | ast.ClassDef | ast.Assign


@dataclass
class Part:
    """One definition of the learner's: what it is of, its name, where its text is, and its tree."""

    origin: Any
    name: str
    filename: str
    node: Definition
    lines: list[str]
    edits: list[Edit] = field(default_factory=list)

    @functools.cached_property
    def unchanged(self) -> types.CodeType:
        return self.compiled()

    def compiled(self) -> types.CodeType:
        """Its code as the tree now is."""
        return compile(ast.Module([self.node], []), self.filename, "exec")

    def text(self, line: int) -> str:
        """A line as it is written."""
        return self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""

    def place(self, line: int) -> str:
        """What is done in a line, in words that are the same however the lines are numbered."""
        around = [s for s in ast.walk(self.node) if isinstance(s, ast.stmt) and s.lineno <= line]
        inner = max((s for s in around if line <= (s.end_lineno or 0)), key=lambda s: s.lineno, default=self.node)
        if isinstance(inner, ast.Assign | ast.AugAssign | ast.AnnAssign):
            target = inner.targets[0] if isinstance(inner, ast.Assign) else inner.target
            return f"where `{ast.unparse(target):.40}` is set"
        word = {ast.Return: "`return`", ast.If: "`if`", ast.For: "`for`", ast.While: "`while`"}.get(type(inner))
        return f"in the line of a {word}" if word else f"in `{self.name}`"


@dataclass
class OwnCode:
    """An answer's definitions, that of the answer first, then what of the learner's own it uses."""

    answer: Any
    parts: list[Part]
    space: dict[str, Any]
    grace: float = 0.0  # seconds that stopping a call may take

    def made(self, edited: Collection[Part]) -> Any:
        """The answer anew, with the trees of some parts as they now are; what is there already stays untouched."""
        space = dict(self.space)
        for part in self.parts:
            exec(part.compiled() if any(part is one for one in edited) else part.unchanged, space)
        if isinstance(self.answer, Together):
            own = {id(part.origin): space[part.name] for part in self.parts}
            return Together(self.answer.name, {name: own.get(id(fn), fn) for name, fn in self.answer.items()})
        return space[self.parts[0].name]


def own_code(answer: Any) -> OwnCode | None:
    """The code of an answer; None where its text is not at hand, or it is too large, or hangs on a closure."""
    first = answer[answer.name] if isinstance(answer, Together) else answer
    more = [fn for name, fn in answer.items() if name != answer.name] if isinstance(answer, Together) else []
    code = _code_of(first)
    if code is None:
        return None
    space = code[1]
    parts: list[Part] = []
    todo, seen = [first, *more], set[int]()
    while todo and len(parts) < MOST_PARTS:
        thing = todo.pop(0)
        if id(thing) in seen or (found := _code_of(thing)) is None or found[1] is not space:
            continue
        seen.add(id(thing))
        part = _part(thing, found[0])
        if part is None and thing is first:
            return None
        parts += [part] if part else []
        todo += [space[name] for one in _codes(thing) for name in global_names(one) if name in space]
    if sum(1 for part in parts for _ in ast.walk(part.node)) > MOST_NODES:
        return None
    for part in parts:
        part.edits = edits(part.node)
    return OwnCode(answer, parts, space)


def _code_of(thing: Any) -> tuple[types.CodeType, dict[str, Any]] | None:
    """One code of a plain function or class, and the namespace it lives in."""
    if type(thing) is types.FunctionType:
        function = inspect.unwrap(thing)
        return (function.__code__, function.__globals__) if type(function) is types.FunctionType else None
    if type(thing) is type:
        methods = [value for value in vars(thing).values() if type(value) is types.FunctionType]
        inside = next((m for m in methods if m.__module__ == thing.__module__), None)
        return (inside.__code__, inside.__globals__) if inside else None
    return None


def _codes(thing: Any) -> Iterator[types.CodeType]:
    """The code of a function, or of each method of a class."""
    functions = [thing] if type(thing) is not type else vars(thing).values()
    yield from (inspect.unwrap(f).__code__ for f in functions if type(f) is types.FunctionType)


def _part(thing: Any, code: types.CodeType) -> Part | None:
    if code.co_freevars and type(thing) is not type:
        return None
    lines = linecache.getlines(code.co_filename)
    try:
        tree = ast.parse("".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    name = thing.__name__ if type(thing) is type else code.co_name
    node: Any = next((node for node in tree.body if _defines(node, name, code.co_firstlineno)), None)
    if node is None:
        return None
    target = ast.unparse(node.targets[0]) if isinstance(node, ast.Assign) else name
    return Part(thing, target, code.co_filename, node, [line.rstrip("\n") for line in lines])


def _defines(node: ast.stmt, name: str, line: int) -> bool:
    """Whether a statement is where a function or class begins: at its first decorator; a class around its method."""
    if isinstance(node, ast.FunctionDef):
        return node.name == name and min([node.lineno, *(d.lineno for d in node.decorator_list)]) == line
    if isinstance(node, ast.ClassDef):
        return node.name == name and node.lineno <= line <= (node.end_lineno or 0)
    if not (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)):
        return False
    return isinstance(node.value, ast.Lambda) and node.value.lineno == line and name == "<lambda>"
