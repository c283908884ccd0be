"""The catalogue: every exercise of the course by name, each loaded from its own file when it is first asked for.

A file ``NN_notebook/<exercise>.py`` defines ``exercise`` in its first part; ``entry`` says how its cells hold answers.
A file whose first words are "Starred exercise" is of a problem without points; it comes last in its notebook.
What is too much for one file goes on in ``<exercise>_right.py`` or ``<exercise>_wrong.py`` beside it.
"""

import dataclasses
import re
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
from types import ModuleType

from autograde.exercises import entry
from autograde.judging.exercise import Exercise, Misconception

FOLDER = Path(__file__).parent
_SECOND_FILE = re.compile(r"(.+)_(?:right|wrong)")


class BrokenExercise(RuntimeError):
    """The file of an exercise can't be used; the text says which, and why."""


class Catalogue(MutableMapping[str, Exercise]):
    """Exercises by name, each loaded from its file when it is first looked up; others can be put in."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._known: dict[str, Path | Exercise] = dict(files)

    def __getitem__(self, name: str) -> Exercise:
        known = self._known[name]
        if isinstance(known, Path):
            known = self._known[name] = load(known)
        return known

    def __setitem__(self, name: str, exercise: Exercise) -> None:
        self._known[name] = exercise

    def __delitem__(self, name: str) -> None:
        del self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def load(path: Path) -> Exercise:
    """The exercise that a file defines.

    Raises: BrokenExercise.
    """
    try:
        texts = [p.read_text(encoding="utf-8") for p in (path, *_second_files(path))]
        answers = entry.read_cells(*texts)
        exercise: Exercise = _head(path, texts[0]).exercise
        return dataclasses.replace(
            exercise,
            name=path.stem,
            misconceptions=[*answers.wrong, *_of_families(exercise, answers)],
            alternates=answers.right,
            hints=answers.hints,
            elegant=answers.elegant,
        )
    except Exception as error:
        raise BrokenExercise(f"{path.parent.name}/{path.name} is broken: {type(error).__name__}: {error}") from error


def _of_families(exercise: Exercise, answers: entry.Answers) -> list[Misconception]:
    """Mistakes of a kind that the file takes part in, but for those that it names itself."""
    known = {wrong.wrong for wrong in answers.wrong}
    made = [wrong for family in exercise.families for wrong in family(answers.right[0])]
    return [wrong for wrong in made if wrong.wrong not in known]


def _head(path: Path, text: str) -> ModuleType:
    """The first part of a file as a module, run without the answers: they may use the same names."""
    module = ModuleType(f"{__name__}.{path.parent.name}.{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    exec(compile(entry.head_of(text), path, "exec"), module.__dict__)
    return module


def _second_files(path: Path) -> list[Path]:
    return sorted(p for p in path.parent.glob(f"{path.stem}_*.py") if _first_file(p) == path)


def _first_file(path: Path) -> Path:
    """The file that one continues; the file itself where it stands alone."""
    found = _SECOND_FILE.fullmatch(path.stem)
    first = path.with_stem(found[1]) if found else path
    return first if first.is_file() else path


def _place(path: Path) -> tuple[float, str]:
    """Where an exercise stands in its notebook: its file begins with "Exercise 5.3"."""
    with path.open(encoding="utf-8") as file:
        found = re.match(r'"""Exercise \d+\.(\d+)', file.readline())
    return (int(found[1]) if found else float("inf"), path.stem)


def _files(folder: Path) -> dict[str, dict[str, Path]]:
    """The exercises' files by notebook and name, in the notebooks' order."""
    return {
        notebook.name: {p.stem: p for p in sorted(notebook.glob("*.py"), key=_place) if _first_file(p) == p}
        for notebook in sorted(folder.glob("[0-9][0-9]_*"))
    }


def _begins_starred(path: Path) -> bool:
    with path.open(encoding="utf-8") as file:
        return file.readline().startswith('"""Starred exercise')


_FILES = _files(FOLDER)
STARRED: dict[str, list[str]] = {
    notebook: [name for name, path in files.items() if _begins_starred(path)] for notebook, files in _FILES.items()
}
# those that are worth points
ASSIGNMENTS: dict[str, list[str]] = {
    notebook: [name for name in files if name not in STARRED[notebook]] for notebook, files in _FILES.items()
}
CATALOGUE = Catalogue({name: path for files in _FILES.values() for name, path in files.items()})


def is_starred(name: str) -> bool:
    """Whether a problem is without points."""
    return any(name in names for names in STARRED.values())
