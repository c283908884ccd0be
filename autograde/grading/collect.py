"""Finding what was submitted: notebooks in their places or near them, and what lies there that is none."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from autograde.course import notebook_name
from autograde.exercises import ASSIGNMENTS
from autograde.files import path_component
from autograde.grading.submission import source_of
from autograde.grading.which_assignment import assignment_of, meant
from autograde.submissions.companion_files import is_harmless, kind_of_file, look_beside, read_notebook_file
from autograde.submissions.reading import UnreadableError, read_submission
from autograde.submissions.roles import answered

_NOBODY = {".ipynb_checkpoints", ".git", "__MACOSX", "__pycache__", "feedback"}
WRAPPINGS = 3  # folders around the one that was asked for
COMPARED = 5_000_000  # bytes of a notebook that is looked into to tell which of several is meant


@dataclass(frozen=True)
class Place:
    """Where a submission lies.  notebooks: names of those that may be it.  note: what is odd about the place, or "".

    problem: why it can't be told which of several places is meant, or "".  outer: the folder around, whose time of
    handing in counts, and not one that a student has put inside.
    """

    student: str
    assignment: str
    folder: Path
    notebooks: tuple[str, ...] | None = None
    note: str = ""
    problem: str = ""
    outer: Path | None = None


@dataclass(frozen=True)
class Found:
    """One submission.  data: its notebook, or None with the reason in ``problem``.

    ignored: what else lay there.  attention: what a person should look at.  files: what lay beside the notebook, by
    relative name.  folder: where it was handed in.
    """

    student: str
    assignment: str
    data: bytes | None
    problem: str = ""
    ignored: tuple[str, ...] = ()
    attention: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    folder: Path | None = field(default=None, compare=False)


def collect(submitted: Path, assignments: Sequence[str]) -> Iterator[Found]:
    """What lies in ``submitted/<student>/<assignment>`` or near, in order; links are not followed."""
    yield from map(_look, places(submitted, assignments))


def places(submitted: Path, assignments: Sequence[str]) -> Iterator[Place]:
    """Where submissions lie, by student and assignment."""
    for student in _folders(submitted):
        home = _home(submitted / student)
        for assignment in assignments:
            folder = home / assignment
            if os.path.lexists(folder):
                inner = _inner(folder)
                lay = inner.relative_to(submitted / student)
                note = _lay_in(lay, assignment) if lay != Path(assignment) else ""
                yield Place(student, assignment, inner, note=note, outer=folder)
            else:
                yield from _near(submitted, home, student, assignment)


def odd_names(submitted: Path) -> list[str]:
    """Sentences on what lies among the students' folders and is none."""
    odd = [entry for entry in _students(submitted) if not entry.is_dir(follow_symlinks=False)]
    return [f"{e.name!r} in {submitted} is no student's folder: {kind_of_file(Path(e))}" for e in odd if not _lost(e)]


def problems(submitted: Path) -> list[str]:
    """Sentences on what is nobody's and can't be graded: folders with impossible names, notebooks without a folder."""
    told = list[str]()
    for entry in _students(submitted):
        try:
            if entry.is_dir(follow_symlinks=False):
                path_component(entry.name, "student")
            elif _lost(entry):
                told.append(f"{entry.name!r} is in no student's folder: move it to {submitted}/<student>/<assignment>/")
        except ValueError as error:
            told.append(f"in {submitted}: {error}")
    return told


def _lost(entry: os.DirEntry[str]) -> bool:
    return _is_notebook(entry.name) and entry.is_file(follow_symlinks=False)


def _students(submitted: Path) -> list[os.DirEntry[str]]:
    """What may be students' folders: a student's name may begin with anything."""
    found = sorted(os.scandir(submitted), key=lambda entry: entry.name)
    return [e for e in found if not is_harmless(e.name) or (e.is_dir(follow_symlinks=False) and e.name not in _NOBODY)]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        found = list(os.scandir(folder))
    except OSError:
        return []
    return sorted((entry for entry in found if not is_harmless(entry.name)), key=lambda entry: entry.name)


def _folders(submitted: Path) -> list[str]:
    return [e.name for e in _students(submitted) if e.is_dir(follow_symlinks=False) and _is_name(e.name)]


def _is_name(name: str) -> bool:
    try:
        path_component(name, "student")
    except ValueError:
        return False
    return True


def _is_notebook(name: str) -> bool:
    return name.lower().endswith(".ipynb") and not is_harmless(name)


def _lay_in(folder: Path, assignment: str) -> str:
    return f"it lay in the folder {folder.as_posix()!r}, expected {assignment!r}"


def _wrapped(folder: Path) -> Path | None:
    """The only folder in one that holds no notebook: unpacked, an archive often brings another folder around it.

    None in one that is a link: it may lead to a neighbour's.
    """
    entries = [] if folder.is_symlink() else _entries(folder)
    folders = [Path(e) for e in entries if e.is_dir(follow_symlinks=False)]
    return folders[0] if len(folders) == 1 and not any(_is_notebook(e.name) for e in entries) else None


def _inner(folder: Path) -> Path:
    """The folder itself, or that with the notebooks which is wrapped into it."""
    inner = folder
    for _ in range(WRAPPINGS):
        inner = _wrapped(inner) or inner
        if any(_is_notebook(entry.name) for entry in _entries(inner)):
            return inner
    return folder


def _home(folder: Path) -> Path:
    """The folder of a student, or the one wrapped into it that holds the assignments."""
    for _ in range(WRAPPINGS):
        inner = _wrapped(folder)
        if inner is None or inner.name in ASSIGNMENTS or _of_folder(inner) is not None:
            return folder
        folder = inner
    return folder


def _near(submitted: Path, home: Path, student: str, assignment: str) -> Iterator[Place]:
    """Folders and notebooks of a student's that are not quite where they should be."""
    entries = _entries(home)
    named = [e for e in entries if e.is_dir(follow_symlinks=False) and _of_folder(Path(e)) == assignment]
    folders = [e for e in named if e.name not in ASSIGNMENTS]
    loose = tuple(e.name for e in entries if _is_notebook(e.name) and assignment_of(Path(e)) == assignment)
    folders = folders if folders or loose else named  # of another assignment, whose notebook is not there
    inner = [(Path(e), _inner(Path(e))) for e in folders]
    found = [
        Place(student, assignment, f, note=_lay_in(f.relative_to(submitted / student), assignment), outer=outer)
        for outer, f in inner
    ]
    if loose:
        note = f"it lay in no folder of its own, expected {assignment!r}"
        found.append(Place(student, assignment, home, loose, note))
    if len(found) > 1:
        names = ", ".join(repr(name) for name in (*(e.name for e in folders), *loose))
        problem = f"there is no folder {assignment!r}; it can't be told which of {names} is meant: keep one"
        found = [Place(student, assignment, home, problem=problem)]
    yield from found


def _of_folder(path: Path) -> str | None:
    """The assignment of a folder in a student's, by its name or by the notebooks in it.

    These alone tell of a folder with the very name of an assignment: its own place is not for ``_near`` to find.
    """
    if path.name not in ASSIGNMENTS and (named := meant(path.name)) is not None:
        return named
    path = _inner(path)
    found = {assignment_of(path / entry.name) for entry in _entries(path) if _is_notebook(entry.name)}
    return found.pop() if len(found) == 1 else None


def _look(place: Place) -> Found:
    student, assignment, folder = place.student, place.assignment, place.folder
    if folder.is_symlink() or not folder.is_dir():
        told = f"the assignment's folder is {kind_of_file(folder)}, expected a folder"
        return Found(student, assignment, None, told)
    beside = look_beside(folder, deep=place.notebooks is None)
    try:
        name, notes, others = _choose(place)
        data = read_notebook_file(folder / name)
    except (OSError, UnreadableError) as error:
        told = getattr(error, "strerror", None) or str(error)
        return Found(student, assignment, None, told, beside.ignored, folder=place.outer or folder)
    notes = [place.note] * bool(place.note) + notes
    ignored = (*beside.ignored, *(f"{other!r} was ignored: another notebook was graded" for other in others))
    return Found(student, assignment, data, "", ignored, tuple(notes), beside.files, place.outer or folder)


def _choose(place: Place) -> tuple[str, list[str], list[str]]:
    """The name of the notebook to be graded, what a person should know of it, and the others that were not.

    Raises: UnreadableError where it can't be told.
    """
    if place.problem:
        raise UnreadableError(place.problem)
    wanted = f"{notebook_name(place.assignment)}.ipynb"
    there = place.notebooks or tuple(e.name for e in _entries(place.folder) if _is_notebook(e.name))
    if not there and os.path.lexists(place.folder / wanted):
        there = (wanted,)
    mine = [n for n in there if n != wanted and assignment_of(place.folder / n) == place.assignment]
    if wanted in there:
        return _filled(place, wanted, mine)
    if not mine:
        names = [entry.name for entry in _entries(place.folder)][:5]
        held = f"the folder holds {', '.join(map(repr, names))}" if names else "the folder is empty"
        raise UnreadableError(f"there is no notebook {wanted!r}; {held}")
    if len(mine) == 1:
        return mine[0], [f"its notebook is called {mine[0]!r}, expected {wanted!r}"], []
    worth = {name: _answers(place, name) for name in mine}
    best = [name for name in mine if worth[name] == max(worth.values())]
    if len(best) > 1:
        raise UnreadableError(
            f"there is no notebook {wanted!r}, and it can't be told which is meant of {', '.join(map(repr, mine))}"
        )
    return (
        best[0],
        [f"there is no notebook {wanted!r}; of several, {best[0]!r} was graded, which answers most"],
        [name for name in mine if name != best[0]],
    )


def _filled(place: Place, wanted: str, others: list[str]) -> tuple[str, list[str], list[str]]:
    """The notebook itself, unless nothing was written into it, but into one copy beside it."""
    if not others:
        return wanted, [], []
    worth = {name: _answers(place, name) for name in (wanted, *others)}
    more = [name for name in others if worth[name] > worth[wanted]]
    if worth[wanted] == 0 and len(more) == 1:
        note = f"nothing was written into {wanted!r}: {more[0]!r} beside it was graded"
        return more[0], [note], [wanted, *(name for name in others if name != more[0])]
    notes = [f"{name!r} beside {wanted!r} answers more, and was not graded" for name in more]
    return wanted, notes, others


def _answers(place: Place, name: str) -> int:
    """How many exercises a notebook has answers to; 0 where it can't be told."""
    with suppress(OSError, UnreadableError):
        data = read_notebook_file(place.folder / name)
        return len(answered(source_of(place.assignment), read_submission(data))) if len(data) <= COMPARED else 0
    return 0
