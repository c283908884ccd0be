"""The cells of a notebook file, whichever editor wrote it, in whichever format and encoding."""

import ast
import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograde.judging.diagnosis.syntax.definition import parsed
from autograde.submissions.needed_cells import plainly

LARGEST = 50_000_000  # bytes of a notebook without its outputs
MOST_CELLS = 20_000
_OTHER_KERNEL = re.compile(r"(ir|javascript|bash|octave|sas|stata|julia.*|xcpp.*)")  # where it says no language
_PYTHON = re.compile(r"py(?!ter)", re.IGNORECASE)  # also in PySpark and ``.py``, not in Jupyter

Cell = dict[str, Any]


class UnreadableError(ValueError):
    """A submission that can't be graded; the text says why."""


@dataclass
class Step:
    """One cell of the notebook to be graded: ``role`` is its part in nbgrader's metadata, {} for an ordinary cell.

    again: a test that is made once more, on another cell that defines what it tests.
    idle: a cell that is kept but not run, the empty copy of an answer that stands elsewhere.
    """

    kind: str
    source: str
    role: Mapping[str, Any]
    name: str = ""
    attachments: Mapping[str, Any] = field(default_factory=dict)
    again: bool = False
    idle: bool = False

    @property
    def is_test(self) -> bool:
        return bool(self.role.get("grade")) and not self.role.get("solution") and self.kind == "code"


def read_source(path: Path) -> list[Step]:
    """The cells of the instructor's notebook."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [_step(cell) for cell in cells]


def read_submission(data: bytes) -> list[Step]:
    """The cells of a learner's notebook, whatever else it holds.

    Raises: UnreadableError where it is no notebook of this course.
    """
    if len(data) > LARGEST:
        raise UnreadableError(f"the notebook has {len(data):,} bytes, at most {LARGEST:,} are read")
    notebook = read_json(data)
    cells = list(_cells(notebook))
    if len(cells) > MOST_CELLS:
        raise UnreadableError(f"the notebook has {len(cells):,} cells, at most {MOST_CELLS:,} are read")
    steps = [_step(cell) for cell in cells if isinstance(cell, dict)]
    if (kernel := _other_kernel(notebook.get("metadata"))) and not any(map(_defines_in_python, steps)):
        raise UnreadableError(f"the notebook is for the kernel {kernel}, expected Python")
    return steps


def read_json(data: bytes) -> Any:
    """What a file holds as JSON, in UTF-8, 16 or 32, or with characters of an older encoding of Windows in it.

    Raises: UnreadableError.
    """
    try:
        return json.loads(_text(data), strict=False)  # tabs and line breaks may stand in texts as they are
    except UnicodeDecodeError as error:
        raise UnreadableError("the file is binary, not the text of a notebook") from error
    except (ValueError, RecursionError, MemoryError) as error:
        if _is_binary(data):
            raise UnreadableError("the file is binary, not the text of a notebook") from error
        state = "empty" if not data.strip() else "cut off or no JSON"
        told = f"the file is no notebook: it is {state} ({type(error).__name__}: {error})"
        raise UnreadableError(told[:300]) from error


def _text(data: bytes) -> str:
    """The text, without what programs and disks put around it: several marks of its encoding, an end of file."""
    encoding = json.detect_encoding(data)
    text = data.decode(encoding, errors="autograde.windows" if encoding.startswith("utf-8") else "strict")
    return text.lstrip("\ufeff").rstrip("\0\x1a \t\r\n")


def _windows(error: UnicodeError) -> tuple[str, int]:
    """The characters that an editor on Windows wrote where UTF-8 has none."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252" if not set(wrong) & _UNDEFINED else "latin-1"), error.end


_UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # bytes that mean nothing in cp1252
codecs.register_error("autograde.windows", _windows)


def _is_binary(data: bytes) -> bool:
    try:
        return "\0" in data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return True


def _cells(notebook: Any) -> Iterator[Any]:
    """The cells of formats 2 to 4.

    Raises: UnreadableError for all others, and for what is no notebook.
    """
    given = notebook if isinstance(notebook, dict) else {}
    version, cells, sheets = given.get("nbformat"), given.get("cells"), given.get("worksheets")
    if version in (2, 3) and isinstance(sheets, list):
        cells = [_modern(cell) for sheet in sheets if isinstance(sheet, dict) for cell in _list(sheet.get("cells"))]
    elif version not in (4, "4", None) or not isinstance(cells, list):
        got = "no format" if version is None and isinstance(notebook, dict) else version or type(notebook).__name__
        raise UnreadableError(f"the notebook has format {str(got)[:40]!r}, expected 4: save it anew with JupyterLab")
    yield from cells


def _modern(cell: Any) -> Any:
    """A cell of format 2 or 3 as it is in format 4."""
    if not isinstance(cell, dict):
        return cell
    if cell.get("cell_type") == "heading":
        level = cell.get("level")
        marks = "#" * (level if isinstance(level, int) and 0 < level < 7 else 1)
        return cell | {"cell_type": "markdown", "source": f"{marks} {joined(cell.get('source'))}"}
    return cell | {"source": cell["input"]} if "input" in cell else cell


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def joined(text: Any) -> str:
    """The text of a cell, which is stored whole or in lines."""
    if isinstance(text, list):
        return "".join(str(line) for line in text if line is not None)
    return "" if text is None else str(text)


def _step(cell: Cell) -> Step:
    metadata, attachments = cell.get("metadata"), cell.get("attachments")
    role = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    role = role if isinstance(role, dict) else {}
    name = role.get("grade_id")
    return Step(
        str(cell.get("cell_type")),
        joined(cell.get("source")),
        role,
        name if isinstance(name, str) else "",
        attachments if isinstance(attachments, dict) else {},
    )


def _other_kernel(metadata: Any) -> str:
    """The kernel of a notebook and its language, where that is not Python, else "".

    Kernels have any name, and some say no language: what points to Python anywhere is Python.
    """
    metadata = metadata if isinstance(metadata, dict) else {}
    kernel, info = (metadata.get(key) for key in ("kernelspec", "language_info"))
    kernel, info = (part if isinstance(part, dict) else {} for part in (kernel, info))
    language = str(kernel.get("language") or info.get("name") or "").lower()
    name = str(kernel.get("name") or "").lower()
    marks = (language, str(info.get("name")), str(kernel.get("display_name")), str(info.get("file_extension")), name)
    if (language or _OTHER_KERNEL.fullmatch(name)) and not any(map(_PYTHON.search, marks)):
        return f"{name[:40]!r} ({language[:40] or 'no Python'})"
    return ""


def _defines_in_python(step: Step) -> bool:
    """Whether a cell defines something in Python, and is no exercise as it was handed out.

    A notebook with such a cell is run as Python whatever kernel it names: nbgrader puts the course's in its place.
    """
    if step.kind != "code" or "NotImplementedError" in step.source:
        return False
    tree = parsed(plainly(step.source))
    return tree is not None and any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree.body)
