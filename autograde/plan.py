"""What is run of a submission, in which order: the learner's cells, and the instructor's in place of changed ones."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograde.exercises import CATALOGUE

LARGEST = 50_000_000  # bytes of a notebook
MOST_CELLS = 5_000
_HIDDEN = re.compile(r"^(###|===) BEGIN (HIDDEN TESTS|MARK SCHEME).*?^\1 END \2[^\n]*\n?", re.DOTALL | re.MULTILINE)

Cell = dict[str, Any]


class UnreadableError(ValueError):
    """A submission that can't be graded; the text says why."""


@dataclass
class Step:
    """One cell of the notebook to be graded: ``role`` is its part in nbgrader's metadata, {} for an ordinary cell."""

    kind: str
    source: str
    role: Mapping[str, Any]
    name: str = ""

    @property
    def is_test(self) -> bool:
        return bool(self.role.get("grade")) and not self.role.get("solution") and self.kind == "code"


@dataclass(frozen=True)
class Plan:
    """The cells of a submission as they are run, and what had to be repaired, in sentences."""

    steps: Sequence[Step]
    repaired: Sequence[str]


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
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableError("the file is binary, not the text of a notebook") from error
    except (ValueError, RecursionError, MemoryError) as error:
        state = "empty" if not data.strip() else "cut off or no JSON"
        raise UnreadableError(
            f"the file is no notebook: it is {state} ({type(error).__name__}: {error})"[:300]
        ) from error
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4 or not isinstance(notebook.get("cells"), list):
        got = notebook.get("nbformat", "no format") if isinstance(notebook, dict) else type(notebook).__name__
        raise UnreadableError(f"the notebook has format {str(got)[:40]!r}, expected 4: save it anew with JupyterLab")
    _check_language(notebook.get("metadata"))
    cells = notebook["cells"]
    if len(cells) > MOST_CELLS:
        raise UnreadableError(f"the notebook has {len(cells):,} cells, at most {MOST_CELLS:,} are read")
    return [_step(cell) for cell in cells if isinstance(cell, dict)]


def make_plan(source: Sequence[Step], submitted: Sequence[Step]) -> Plan:
    """The learner's cells with the instructor's tests among them, each behind the answers that it tests."""
    known = {step.name: step for step in source if step.name}
    steps, notes = _in_their_roles(known, submitted)
    for index, step in enumerate(source):
        if step.name and step.role.get("locked"):
            _put_in_place(source, index, steps, notes)
    for index, step in enumerate(source):
        if step.kind == "code" and step.role.get("locked") and not step.is_test:
            _put_above(source, index, steps, notes)
    return Plan(steps, notes)


def release(text: str) -> str:
    """A cell's text as learners get it: without hidden tests and mark schemes."""
    return _HIDDEN.sub("", text).rstrip()


def _step(cell: Cell) -> Step:
    text = cell.get("source", "")
    source = "".join(map(str, text)) if isinstance(text, list) else str(text)
    metadata = cell.get("metadata")
    role = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    role = role if isinstance(role, dict) else {}
    name = role.get("grade_id")
    return Step(str(cell.get("cell_type")), source, role, name if isinstance(name, str) else "")


def _check_language(metadata: Any) -> None:
    metadata = metadata if isinstance(metadata, dict) else {}
    kernel = metadata.get("kernelspec") if isinstance(metadata.get("kernelspec"), dict) else {}
    info = metadata.get("language_info") if isinstance(metadata.get("language_info"), dict) else {}
    language = str(kernel.get("language") or info.get("name") or "python").lower()
    name = str(kernel.get("name") or "python3").lower()
    if (
        language not in ("python", "python3", "ipython")
        or name in ("ir", "javascript", "bash")
        or name.startswith("julia")
    ):
        raise UnreadableError(f"the notebook is for the kernel {name[:40]!r} ({language[:40]}), expected Python")


def _in_their_roles(known: Mapping[str, Step], submitted: Sequence[Step]) -> tuple[list[Step], list[str]]:
    """The learner's cells; the last one of each name plays the part that the instructor's cell has."""
    last = {step.name: index for index, step in enumerate(submitted) if step.name in known}
    steps, notes = [], []
    for index, step in enumerate(submitted):
        origin = known.get(step.name)
        if origin is None or last[step.name] != index:
            if origin is not None:
                notes.append(f"{step.name}: the cell was split or copied; all its parts were run")
            steps.append(Step(step.kind if origin is None else origin.kind, step.source, {}))
            continue
        notes += _changes(origin, step)
        text = origin.source if origin.role.get("locked") else step.source
        steps.append(Step(origin.kind, text, origin.role, origin.name))
    notes += [
        f"{name}: the answer's cell is missing" for name in known if name not in last and not _locked(known[name])
    ]
    return steps, notes


def _locked(step: Step) -> bool:
    return bool(step.role.get("locked"))


def _changes(origin: Step, step: Step) -> list[str]:
    """What a learner has changed of a cell's part, in sentences."""
    found = []
    if step.kind != origin.kind:
        found.append(f"{origin.name}: the cell had been turned from {origin.kind} into {step.kind[:20]}")
    if _locked(origin) and _words(step.source) not in (_words(origin.source), _words(release(origin.source))):
        found.append(f"{origin.name}: the cell had been edited; the instructor's text was used")
    flags = ("grade", "solution", "task", "locked", "points")
    if any(step.role.get(flag, origin.role.get(flag)) != origin.role.get(flag) for flag in flags):
        found.append(f"{origin.name}: the cell's points or flags had been changed")
    return found


def _words(text: str) -> list[str]:
    return text.split()


def _put_in_place(source: Sequence[Step], index: int, steps: list[Step], notes: list[str]) -> None:
    """Make sure that one of the instructor's cells is there, and a test behind the answers that it tests."""
    step = source[index]
    at = next((i for i, other in enumerate(steps) if other.name == step.name), None)
    before = _needed(source, index) if step.is_test else []
    places = [i for i, other in enumerate(steps) if other.name in before]
    if at is not None and (not places or at > max(places)):
        return
    if at is not None:
        notes.append(f"{step.name}: the test stood before the answer; it was run behind it")
        places = [i - (i > at) for i in places]
        del steps[at]
    else:
        notes.append(f"{step.name}: the cell is missing; the instructor's was put in")
        earlier = {other.name for other in source[:index] if other.name}
        places = places or ([len(steps) - 1] if step.is_test else [i for i, o in enumerate(steps) if o.name in earlier])
    steps.insert(max(places, default=-1) + 1, Step(step.kind, step.source, step.role, step.name))


def _put_above(source: Sequence[Step], index: int, steps: list[Step], notes: list[str]) -> None:
    """Make sure that a cell with what others need, imports say, stands above the learner's cells that it precedes."""
    name, later = source[index].name, {step.name for step in source[index + 1 :] if step.name}
    at = next(i for i, other in enumerate(steps) if other.name == name)
    first = next((i for i, other in enumerate(steps) if other.name in later), at)
    if at > first:
        notes.append(f"{name}: the cell stood below what needs it; it was run above")
        steps.insert(first, steps.pop(at))


def _needed(source: Sequence[Step], index: int) -> list[str]:
    """The names of the answers that a test is about."""
    answers = [step.name for step in source[:index] if step.name and step.role.get("solution")]
    exercise = CATALOGUE.get(answers[-1]) if answers else None
    return answers[-1:] + list(exercise.needs if exercise else ())
