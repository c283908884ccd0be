"""Which of the course's own cells matter for a submission: those that something of the learner's refers to.

A notebook is full of demonstrations, some of which take seconds.  One that nothing else depends on is not run when a
submission is graded: no test looks at it.
"""

import ast
import builtins
import functools
import re
import symtable
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from autograde.global_names import global_names_of

_KEPT = 10_000  # characters of cells about which something is remembered
LONGEST = 300_000  # characters of a learner's code that are looked at: Python's parser takes its time and memory
_COMMAND = re.compile(r"^([ \t]*)[%!].*$", re.MULTILINE)
_DEFINITION = re.compile(r"^(?:async )?(?:def|class) +(\w+)|^(\w+) *=(?!=)", re.MULTILINE)
_LOOKS_AROUND = {"eval", "exec", "globals", "locals", "vars", "dir", "get_ipython", "In", "Out", "_"}
_LOOKS_AROUND |= {"inspect", "sys", "gc", "__main__"}

_BY_TEXT = re.compile("__main__|__globals__")  # the same, by a string or an attribute


@dataclass(frozen=True)
class Uses:
    """The global names that a cell takes from others, those that it may change, and those that its functions may."""

    reads: frozenset[str]
    changes: frozenset[str]
    by_calls: frozenset[str] = frozenset()


def unneeded(course: Sequence[str], own: Sequence[str]) -> set[str]:
    """Those of the course's cells that need not be run for the learner's own; none where that can't be told."""
    demonstrations = {text: _uses_of_known(text) for text in course}
    needed = set[str]()
    if sum(map(len, own)) > LONGEST:
        return set()
    for text in own:
        uses = uses_of(text)
        if uses is None or uses.reads & _LOOKS_AROUND or _BY_TEXT.search(text):
            return set()
        needed |= uses.reads
    skipped = {text for text, uses in demonstrations.items() if uses is not None}
    changes = {text: _changes(uses, demonstrations.values()) for text, uses in demonstrations.items()}
    while awake := {text for text in skipped if changes[text] & needed}:
        skipped -= awake
        needed |= {name for text in awake for name in _reads(demonstrations[text])}
    return skipped


@functools.lru_cache(maxsize=4_096)
def _uses_of_known(text: str) -> Uses | None:
    """The same for each submission."""
    return uses_of(text)


def uses_of(text: str) -> Uses | None:
    """What a cell reads and changes; None where it is no plain Python, or nested too deeply to look into."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escapes in a learner's texts, say
            return _uses(ast.parse(text), symtable.symtable(text, "<cell>", "exec"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def plainly(text: str) -> str:
    """A cell without IPython's own commands: lines for lines, ``pass`` where one stood."""
    return _COMMAND.sub(r"\1pass", text)


def definitions(text: str) -> frozenset[str]:
    """Names that a cell binds, apart from what its functions do; as far as can be seen where it is no Python."""
    return (_definitions_of_known if len(text) < _KEPT else _definitions)(text)


def _definitions(text: str) -> frozenset[str]:
    text = plainly(text)
    try:
        if len(text) > LONGEST:
            return frozenset()
        return frozenset(_assigned(symtable.symtable(text, "<cell>", "exec")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset(name for pair in _DEFINITION.findall(text) for name in pair if name)


_definitions_of_known = functools.lru_cache(maxsize=1_024)(_definitions)  # most cells stand in many submissions


def _uses(tree: ast.Module, table: symtable.SymbolTable) -> Uses:
    names = set(global_names_of(tree))
    names -= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_imported()}  # it has them from itself
    reads = {name for name in names if not hasattr(builtins, name) or name in _LOOKS_AROUND}
    inside, outside = _nodes(tree)
    by_calls = _touched(inside) | _declared_global(table)
    reads |= _LOOKS_AROUND.intersection(module for node in outside + inside for module in _modules(node))
    return Uses(frozenset(reads), frozenset(_assigned(table) | _touched(outside + inside)), frozenset(by_calls))


def _modules(node: ast.AST) -> Iterator[str]:
    """The modules that an import takes something from, among them perhaps ``__main__``, the notebook itself."""
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield (node.module or "").partition(".")[0]


def _nodes(tree: ast.AST) -> tuple[list[ast.AST], list[ast.AST]]:
    """What stands in functions, and what does not."""
    inside, outside, waiting = list[ast.AST](), list[ast.AST](), [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            inside += ast.walk(node)
        else:
            outside.append(node)
            waiting += ast.iter_child_nodes(node)
    return inside, outside


def _assigned(table: symtable.SymbolTable) -> set[str]:
    """Names that a cell binds, by imports too."""
    return {s.get_name() for s in table.get_symbols() if _binds(s)} | _declared_global(table)


def _declared_global(table: symtable.SymbolTable) -> set[str]:
    inner = table.get_children()
    own = {s.get_name() for child in inner for s in child.get_symbols() if s.is_declared_global() and _binds(s)}
    return own.union(*map(_declared_global, inner))


def _binds(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported()


def _touched(nodes: Iterable[ast.AST]) -> set[str]:
    """Names of objects that code may change: a method is called, an entry or attribute is set."""
    imported, touched = set[str](), set[str]()
    for node in nodes:
        if isinstance(node, ast.Import):
            imported |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            touched.add(_base(node.func))
        elif isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            touched.add(_base(node))
    return touched - imported - {""}


def _base(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _changes(uses: Uses | None, others: Iterable[Uses | None]) -> frozenset[str]:
    """What a cell may change itself, or by calling a function that another one defines."""
    if uses is None:
        return frozenset()
    called = [other.by_calls for other in others if other and other.changes & uses.reads]
    return uses.changes.union(*called) - _MODULES


def _reads(uses: Uses | None) -> frozenset[str]:
    return uses.reads if uses else frozenset()


_MODULES = frozenset(
    {"np", "plt", "data", "figures", "explorers", "plots", "style", "math", "check", "hint", "progress"}
)
