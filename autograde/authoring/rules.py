"""What must hold for the source of a notebook before nbgrader may have it: each rule yields the problems it finds."""

import ast
import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from autograde.authoring.number_marks import marks_of, without_marks
from autograde.authoring.source import parse
from autograde.authoring.source_cell import Cell

Finding = tuple[int, str]  # line in the file, what is wrong
REGIONS = {"SOLUTION": "exercise", "HIDDEN TESTS": "test", "MARK SCHEME": "question"}
_EDGE = re.compile(r"\s*(?:### (BEGIN|END) (SOLUTION|HIDDEN TESTS)|=== (BEGIN|END) (MARK SCHEME) ===)\s*")
_WORDS = r"(?:BEGIN|END)[ _-]*(?:SOLUTIONS?|HIDDEN[ _-]*TESTS?|MARK(?:ING)?[ _-]*SCHEMES?)\b"
_LIKE_AN_EDGE = re.compile(rf"^\s*[#=]+\s*(?i:{_WORDS})|{_WORDS}")


def findings(cells: Sequence[Cell], exercises: Sequence[str], starred: Sequence[str] = ()) -> list[Finding]:
    """Everything that is wrong with the cells of one notebook.

    exercises: the names that the catalogue has for it.  starred: those of its problems without points.
    """
    found = [finding for cell in cells for rule in _CELL_RULES for finding in rule(cell)]
    found += _names_known(cells, [*exercises, *starred])
    found += _stars_agree(cells, starred)
    found += _ids_unique(cells)
    found += _tests_follow(cells)
    return found


def _syntax(cell: Cell) -> Iterator[Finding]:
    if cell.cell_type == "code":
        try:
            parse(cell.source)
        except SyntaxError as error:
            yield cell.line + (error.lineno or 1), f"syntax error in this code cell: {error.msg}"


def _not_empty(cell: Cell) -> Iterator[Finding]:
    if cell.cell_type == "markdown" and not without_marks(cell.source).strip():
        yield cell.line, "an empty text, which JupyterLab shows as 'Type Markdown and LaTeX': remove the cell"


def _regions(cell: Cell) -> Iterator[Finding]:
    """Regions are closed, not nested, alone on their lines, and in a cell whose kind nbgrader strips them from."""
    open_label, open_line = "", 0
    for line, text in enumerate(cell.source.split("\n"), cell.line + 1):
        edge = _EDGE.fullmatch(text)
        if edge is None:
            if _LIKE_AN_EDGE.search(text):
                yield line, f"got {text.strip()!r}, expected a region marker alone on its line: {_spelling()}"
            continue
        word, label = edge[1] or edge[3], edge[2] or edge[4]
        yield from _misplaced(cell, line, label)
        if word == "BEGIN" and open_label:
            yield line, f"BEGIN {label} inside the region {open_label} of line {open_line}: close that one first"
        if word == "END" and label != open_label:
            yield line, f"END {label} without its BEGIN {label}: remove it, or add the BEGIN above"
        open_label, open_line = (label, line) if word == "BEGIN" else ("", 0)
    if open_label:
        yield open_line, f"the region {open_label} is not closed: add END {open_label} in the same cell"


def _spelling() -> str:
    return "### BEGIN SOLUTION, ### BEGIN HIDDEN TESTS or === BEGIN MARK SCHEME ===, and END likewise"


def _misplaced(cell: Cell, line: int, label: str) -> Iterator[Finding]:
    if cell.role != REGIONS[label]:
        yield line, f"a region {label} in a cell of kind {cell.role}, expected {REGIONS[label]}: move it"


def _exercise_defined(cell: Cell) -> Iterator[Finding]:
    if cell.role != "exercise":
        return
    edges = [_EDGE.fullmatch(text) for text in cell.source.split("\n")]
    if ("BEGIN", "SOLUTION") not in [edge.group(1, 2) for edge in edges if edge]:
        yield cell.line, f"exercise {cell.name!r} has no ### BEGIN SOLUTION region: learners would get the answer"
    if _parses(cell) and cell.name not in _defined(parse(cell.source)):
        yield cell.line, f"exercise {cell.name!r} does not define it: add `def {cell.name}(...)` or a class"


def _parses(cell: Cell) -> bool:
    return not list(_syntax(cell))  # said once, by the rule for syntax


def _defined(tree: ast.Module) -> set[str]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in tree.body if isinstance(node, kinds)}


def check_calls(tree: ast.AST) -> list[ast.Call]:
    """The calls ``check(...)`` in a test cell, from the last to the first."""
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", None) == "check"]
    return sorted(calls, key=lambda call: (call.lineno, call.col_offset), reverse=True)


def _test_calls(cell: Cell) -> Iterator[Finding]:
    if cell.role != "test" or not _parses(cell):
        return
    tree = parse(cell.source)
    for call in check_calls(tree):
        if len(call.args) != 1 or _subject(call) != cell.name:
            got = ast.unparse(call)
            yield cell.line + call.lineno, f"got `{got}`, expected `check({cell.name})`: a test cell tests its exercise"
        if any(keyword.arg == "points" for keyword in call.keywords):
            yield cell.line + call.lineno, "points in a call of check: remove them, they stand in the `# %%` line"
    if not ends_with_check(tree):
        yield _last_line(cell), f"{_ENDING}: end with `check({cell.name})`"


_ENDING = "a test cell must end with an expression `check(...)`, whose value nbgrader takes as the score"


def _subject(call: ast.Call) -> str | None:
    """The exercise that ``check(name)`` or ``check("name")`` is about."""
    first = call.args[0]
    if isinstance(first, ast.Constant):
        return first.value if isinstance(first.value, str) else None
    return first.id if isinstance(first, ast.Name) else None


def ends_with_check(tree: ast.Module) -> bool:
    """Whether the value of a cell is that of ``check(...)``."""
    last = tree.body[-1] if tree.body else None
    return isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) and last.value in check_calls(last)


def _last_line(cell: Cell) -> int:
    return cell.line + len(cell.source.split("\n"))


def _marks(cell: Cell) -> Iterator[Finding]:
    """Marks of numbers can be read, and stand where the build takes them away."""
    if cell.cell_type == "markdown":
        try:
            marks_of(cell.source)
        except ValueError as error:
            yield cell.line, str(error)
    elif "<!--" in cell.source:
        yield (
            cell.line,
            "a mark `<!-- ... -->` in a code cell, where learners would see it: move it into a markdown cell",
        )


_CELL_RULES = (_syntax, _not_empty, _regions, _exercise_defined, _test_calls, _marks)


def _names_known(cells: Iterable[Cell], exercises: Sequence[str]) -> Iterator[Finding]:
    for cell in cells:
        if cell.role in ("exercise", "test") and cell.name not in exercises:
            near = difflib.get_close_matches(cell.name, exercises, 1)
            known = f"did you mean {near[0]!r}?" if near else f"its exercises are {', '.join(exercises) or 'none'}."
            yield cell.line, f"unknown exercise {cell.name!r} in this notebook: {known} See autograde/exercises"


def _ids_unique(cells: Iterable[Cell]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for cell, grade_id in with_grade_ids(cells):
        if grade_id and first.setdefault(grade_id, cell.line) != cell.line:
            yield cell.line, f"duplicate id {grade_id!r}, first used in line {first[grade_id]}: rename one of the two"


def with_grade_ids(cells: Iterable[Cell]) -> Iterator[tuple[Cell, str]]:
    """Each cell with nbgrader's id for it, "" for a plain cell: the name, or ``test_name``, ``test_name_2``, ..."""
    tests: dict[str, int] = {}
    for cell in cells:
        grade_id = "" if cell.role == "plain" else cell.name
        if cell.role == "test":
            tests[cell.name] = count = tests.get(cell.name, 0) + 1
            grade_id = f"test_{cell.name}" + (f"_{count}" if count > 1 else "")
        yield cell, grade_id


def _tests_follow(cells: Sequence[Cell]) -> Iterator[Finding]:
    """Each exercise has a test, and each test comes after its exercise."""
    exercises = {cell.name: cell.line for cell in cells if cell.role == "exercise"}
    tested = {cell.name for cell in cells if cell.role == "test"}
    for cell in cells:
        if cell.role == "exercise" and cell.name not in tested and not cell.starred:
            yield cell.line, f'exercise {cell.name!r} has no test: add a cell `# %% test="{cell.name}" points=2`'
        if cell.role == "test" and cell.name not in exercises:
            yield cell.line, f'test without its exercise: add a cell `# %% exercise="{cell.name}"` above'
        elif cell.role == "test" and exercises[cell.name] > cell.line:
            yield cell.line, f"test before its exercise of line {exercises[cell.name]}: move the test below"


def _stars_agree(cells: Sequence[Cell], starred: Sequence[str]) -> Iterator[Finding]:
    """A problem without points is one in both places, and the next cell of code checks it."""
    code = [cell for cell in cells if cell.cell_type == "code"]
    for cell, following in zip_longest(code, code[1:]):
        if cell.role != "exercise" or not (cell.starred or cell.name in starred):
            continue
        if cell.name not in starred:
            yield cell.line, f"{cell.name!r} is starred here only: let its file begin with the words Starred exercise"
        elif not cell.starred:
            yield (
                cell.line,
                f'{cell.name!r} is starred in the catalogue: write `# %% exercise="{cell.name}" starred=true`',
            )
        if following is None or (following.role, following.source.strip()) != ("plain", f"check({cell.name})"):
            yield cell.line, f"starred exercise without its check: add a plain cell `check({cell.name})` behind it"


def released_findings(pairs: Iterable[tuple[Cell, str]]) -> Iterator[Finding]:
    """What is wrong with cells after nbgrader removed solutions and hidden tests: pairs of cell and learner's text."""
    for cell, released in pairs:
        if cell.role not in ("exercise", "test"):
            continue
        try:
            tree = parse(released)
        except SyntaxError as error:
            yield cell.line, f"without its regions this cell has a syntax error, {error.msg}: move the markers"
            continue
        if cell.role == "exercise" and cell.name not in _defined(tree):
            yield cell.line, f"without its solution this cell does not define {cell.name!r}: keep the `def` outside"
        if cell.role == "test" and not ends_with_check(tree):
            yield cell.line, f"without its hidden tests this cell has no score: {_ENDING}"
