"""Makes both notebooks of each ``solutions/NN_topic/topic.py``: the instructor's and, with nbgrader, the learner's."""

import hashlib
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells
from traitlets.config import Config

from autograde.authoring import rules
from autograde.authoring.course_data import DATA, course_data
from autograde.authoring.number_marks import without_marks
from autograde.authoring.source import Problem, SourceError, parse, read_cells
from autograde.authoring.source_cell import Cell
from autograde.course import find_root

Assignments = Mapping[str, Sequence[str]]
_FOLDER = re.compile(r"\d\d_([a-z0-9_]+)")
_NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def main(
    check: bool = False, root: Path | None = None, assignments: Assignments | None = None, graded: bool = False
) -> int:
    """Exit status of ``autograde build``: 0 done, 1 (with ``check``) something is stale, 2 a source is malformed.

    assignments: exercise names by notebook; those of the catalogue unless given.
    graded: rubrics and model answers stay with the instructor.
    """
    root = root or find_root()
    try:
        wanted = build_all(root, catalogue() if assignments is None else assignments, graded)
    except SourceError as error:
        print(error, file=sys.stderr)
        return 2
    strays = _without_source(root, wanted)
    if not check:
        _write(root, wanted)
        print(*strays, sep="\n", end="\n" if strays else "", file=sys.stderr)
        return 0
    complaints = _stale(root, wanted) + strays
    print(*complaints, sep="\n", end="\n" if complaints else "", file=sys.stderr)
    return 1 if complaints else 0


def catalogue() -> Assignments:
    """The exercises by notebook.  Imported late: a broken catalogue must not break ``autograde --help``."""
    from autograde.exercises import ASSIGNMENTS

    return ASSIGNMENTS


def starred_of(assignment: str) -> Sequence[str]:
    """The problems without points of a notebook."""
    from autograde.exercises import STARRED

    return STARRED.get(assignment, [])


def build_all(root: Path, assignments: Assignments, graded: bool = False) -> dict[Path, str]:
    """The text of every generated notebook, and of what ``predict`` and its like know, by its path below ``root``.

    Raises: SourceError with all problems of all sources.
    """
    wanted: dict[Path, str] = {}
    read: dict[str, list[Cell]] = {}
    problems: list[Problem] = []
    sources = sorted((root / "solutions").glob("*/*.py"))
    if not sources:
        problems.append(Problem(Path("solutions"), 1, "nothing here, expected solutions/NN_topic/topic.py: write one"))
    for source in sources:
        try:
            cells = read[source.parent.name] = checked_cells(source, root, assignments)
            wanted |= build_one(source, root, cells)
        except SourceError as error:
            problems += error.problems
    if problems:
        raise SourceError(problems)
    if (root / DATA).parent.is_dir():  # the course itself, and no other that is built with it
        wanted[DATA] = course_data(read.items(), graded)
    return wanted


def checked_cells(source: Path, root: Path, assignments: Assignments) -> list[Cell]:
    """The cells of one source.

    Raises: SourceError with all that is wrong with them.
    """
    shown = source.relative_to(root)
    cells, problems = read_cells(source, shown)
    problems += _place_problems(shown, cells, assignments)
    exercises = assignments.get(source.parent.name, [cell.name for cell in cells])  # where unknown, said once above
    starred = starred_of(source.parent.name) if any(cell.starred for cell in cells) else []
    problems += [Problem(shown, *found) for found in rules.findings(cells, exercises, starred)]
    if problems:
        raise SourceError(problems)
    return cells


def build_one(source: Path, root: Path, cells: Sequence[Cell]) -> dict[Path, str]:
    """The text of the instructor's and of the learner's notebook made from one source, by path below ``root``.

    Raises: SourceError.
    """
    shown = source.relative_to(root)
    instructor = instructor_notebook(cells)
    learner = learner_notebook(instructor)
    pairs = zip(cells, (cell.source for cell in nbformat.reads(learner, 4).cells), strict=True)
    if problems := [Problem(shown, *found) for found in rules.released_findings(pairs)]:
        raise SourceError(problems)
    place = Path(source.parent.name, source.stem + ".ipynb")
    return {Path("solutions") / place: _text(instructor), Path("notebooks") / place: learner}


def _place_problems(shown: Path, cells: Sequence[Cell], assignments: Assignments) -> list[Problem]:
    folder = _FOLDER.fullmatch(shown.parent.name)
    if folder is None or folder[1] != shown.stem:
        return [Problem(shown, 1, "got this path, expected solutions/NN_topic/topic.py: rename the file or its folder")]
    if shown.parent.name not in assignments and any(cell.role == "exercise" for cell in cells):
        names = ", ".join(assignments)
        return [Problem(shown, 1, f"no such assignment, the catalogue has {names}: add it in autograde/exercises")]
    return []


def instructor_notebook(cells: Sequence[Cell]) -> NotebookNode:
    """nbgrader's "source" notebook: solutions, hidden tests and rubrics in it, but no marks of numbers."""
    ids: dict[str, int] = {}
    cells = [replace(c, source=without_marks(c.source)) if c.cell_type == "markdown" else c for c in cells]
    nodes = [_node(cell, grade_id, ids) for cell, grade_id in rules.with_grade_ids(cells)]
    notebook: NotebookNode = new_notebook(cells=nodes, metadata=_NOTEBOOK_METADATA)
    notebook.nbformat_minor = 5
    return notebook


def _node(cell: Cell, grade_id: str, ids: dict[str, int]) -> NotebookNode:
    source = with_points(cell.source, cell.points) if cell.role == "test" else cell.source
    new: Callable[..., NotebookNode] = new_code_cell if cell.cell_type == "code" else new_markdown_cell
    node = new(source=source, id=grade_id or _plain_id(cell, ids))
    if cell.tags:
        node.metadata["tags"] = list(cell.tags)
    if grade_id:
        node.metadata["nbgrader"] = _nbgrader_metadata(cell, grade_id)
    return node


def _plain_id(cell: Cell, ids: dict[str, int]) -> str:
    """A stable id: the hash of the text, with a counter where the same text stands twice."""
    digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
    ids[digest] = count = ids.get(digest, 0) + 1
    return digest if count == 1 else f"{digest}-{count}"


def _nbgrader_metadata(cell: Cell, grade_id: str) -> dict[str, Any]:
    """The cell's role in the words of nbgrader's schema, version 3."""
    flags = {
        "grade": cell.role == "test",
        "grade_id": grade_id,
        "locked": cell.role != "exercise",
        "schema_version": 3,
        "solution": cell.role == "exercise",
        "task": cell.role == "question",
    }
    return flags | ({"points": cell.points} if cell.role in ("test", "question") else {})


def with_points(source: str, points: float) -> str:
    """The text of a test cell with ``points=`` written into each ``check(name)``, whose value is nbgrader's score."""
    lines = source.split("\n")
    for call in rules.check_calls(parse(source)):  # from the last on, so that earlier positions stay right
        end = call.args[0]
        row, column = (end.end_lineno or end.lineno) - 1, end.end_col_offset or 0
        raw = lines[row].encode()  # columns of the syntax tree count bytes
        lines[row] = (raw[:column] + f", points={points!r}".encode() + raw[column:]).decode()
    return "\n".join(lines)


def learner_notebook(instructor: NotebookNode) -> str:
    """The text of nbgrader's "release" notebook, as ``nbgrader generate_assignment`` would write it.

    nbgrader's own steps run in its own order, but for the one that writes to a database.
    """
    exporter = NotebookExporter(config=Config({"Exporter": {"default_preprocessors": []}}))
    for step in GenerateAssignment(coursedir=CourseDirectory()).preprocessors:
        if step is not SaveCells:
            exporter.register_preprocessor(step, enabled=True)
    text: str = exporter.from_notebook_node(instructor, {})[0]
    return text


def _text(notebook: NotebookNode) -> str:
    return f"{nbformat.writes(notebook)}\n"


def _write(root: Path, wanted: Mapping[Path, str]) -> None:
    changed = {path: text for path, text in wanted.items() if _on_disk(root / path) != text}
    for path, text in changed.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
        print(f"wrote {path}")
    print(f"{len(changed)} of {len(wanted)} files written, the others were up to date")


def _on_disk(path: Path) -> str | None:
    return path.read_bytes().decode(errors="replace") if path.is_file() else None


def _stale(root: Path, wanted: Mapping[Path, str]) -> list[str]:
    complaints = []
    for path, text in wanted.items():
        found = _on_disk(root / path)
        if found != text:
            state = "is missing" if found is None else "differs from what its source makes"
            complaints.append(f"{path} {state}: run `autograde build` and commit it")
    return complaints


def _without_source(root: Path, wanted: Mapping[Path, str]) -> list[str]:
    """Complaints on notebooks in the generated folders that no source makes (any more)."""
    found = [path.relative_to(root) for top in ("solutions", "notebooks") for path in (root / top).rglob("*.ipynb")]
    strays = [path for path in sorted(found) if path not in wanted and ".ipynb_checkpoints" not in path.parts]
    return [f"{path} has no source solutions/NN_topic/topic.py: delete it, or keep it elsewhere" for path in strays]
