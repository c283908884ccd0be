"""Diagnosis by repair in grading: after all grades are given, confined, and once for each distinct answer.

The answer's text is changed here, where it is never run; each changed version is defined in a fresh process of the
sandbox, and its calls are judged as in a test.  Nothing that comes of it counts: it tells line and kind of a slip.
Where no change mends it, other arguments may show something.
"""

import ast
import hashlib
import itertools
import time
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from autograde.exercises import CATALOGUE
from autograde.global_names import global_names_of
from autograde.gradebook.book import Book
from autograde.gradebook.results import ExerciseResult, SubmissionResult
from autograde.grading.submission import source_of
from autograde.grading.test_cell import judge_remotely
from autograde.judging.diagnosis.diagnose import what_others_show
from autograde.judging.diagnosis.experiments.lab import CALL
from autograde.judging.diagnosis.repair.edits import edits
from autograde.judging.diagnosis.repair.own_code import MOST_NODES, MOST_PARTS, Part
from autograde.judging.diagnosis.repair.search import is_looked_into, repaired
from autograde.judging.exercise import Exercise, Together
from autograde.judging.judge import PUBLIC_SEED
from autograde.judging.report import Failure, Report
from autograde.judging.trials import Trial
from autograde.notebook import read_notebook
from autograde.runtime.silence import quiet
from autograde.sandbox.connection import GRACE, Ended
from autograde.sandbox.proxy import RemoteCallable, RemoteObject
from autograde.sandbox.session import Limits, Session, Zygotes
from autograde.submissions.needed_cells import definitions, plainly, uses_of

SECONDS = 4.0  # of search for an answer
MOST_SECONDS = 120.0  # after which no further answer is begun
_CALL, _ALL = 1.0, 30.0  # seconds of a call, and of all that is done about an answer
_MOST_SESSIONS = 10
_MAKER = """def _made(text, names):
    space = dict(globals())
    exec(text, space)
    return [space[name] for name in names]"""

Place = tuple[str, str, str]  # student, assignment, exercise


@dataclass(frozen=True)
class Told:
    """What was found out about an answer.  key: which one.  All else is as in a ``Failure``, "" where nothing was found."""

    key: str
    question: str = ""
    slip: str = ""
    brief: str = ""
    diagnosis: str = ""
    advice: str = ""

    @property
    def news(self) -> dict[str, str]:
        """What is to be stored with a result."""
        named = {"diagnosis": self.diagnosis, "advice": self.advice} if self.diagnosis else {}
        return {"question": self.question, "slip": self.slip, "brief": self.brief, "looked_into": self.key} | named


@dataclass(frozen=True)
class WrongAnswer:
    """An answer to look into.  texts: the cells that it needs, in order.  own: which of them are the learner's.

    seconds: of search.
    """

    assignment: str
    exercise: str
    texts: tuple[str, ...]
    own: tuple[str, ...]
    limits: Limits = field(default_factory=Limits)
    seconds: float = SECONDS

    @property
    def key(self) -> str:
        """The same for the same answer, whoever gave it."""
        return hashlib.sha256(repr((self.exercise, self.texts, self.own)).encode()).hexdigest()[:20]

    def done(self, zygotes: Zygotes) -> Told:
        """What can be found out in the sandbox."""
        exercise = CATALOGUE[self.exercise]
        with suppress(Ended, SyntaxError, ValueError, RecursionError, MemoryError), quiet():
            parts = parts_of(self.own, exercise.name, exercise.needs)
            if not parts:
                return Told(self.key)
            code = _ThereCode(self, zygotes, parts)
            try:
                report = judge_remotely(exercise, code.session, PUBLIC_SEED)
                if is_looked_into(report.failure):
                    code.begin(report)
                    found = repaired(exercise, report, code, self.seconds)
                    question = found.question or code.tried(exercise, report.trials, found)
                    return Told(self.key, question, found.slip, found.brief, found.diagnosis, found.advice)
            finally:
                code.session.close()
        return Told(self.key)

    def failed(self, _: str) -> Told:
        """What is known where nothing could be found out."""
        return Told(self.key)


class _ThereCode:
    """An answer whose changed versions are defined in the sandbox."""

    grace = GRACE

    def __init__(self, answer: WrongAnswer, zygotes: Zygotes, parts: list[Part]) -> None:
        self.answer, self.zygotes, self.parts = answer, zygotes, parts
        self.limits, self.left = answer.limits, _MOST_SESSIONS
        self.unchanged = {id(part): ast.unparse(part.node) for part in parts}
        self.judged: Any = None
        self.together = False
        self.session = self._session()

    def begin(self, report: Report) -> None:
        """From now on calls must be quick."""
        self.judged, self.together = report.answer, isinstance(report.answer, Together)
        self.limits = replace(self.limits, call=min(_CALL, self.limits.call))
        self.session.limits = self.limits

    def made(self, edited: Collection[Part]) -> Any:
        """The answer with the trees of some parts as they now are.

        Raises: Ended, and what its definition raises.
        """
        if self.session.line.gone is not None:
            self.session.close()
            self.session = self._session()
        texts = [ast.unparse(p.node) if any(p is e for e in edited) else self.unchanged[id(p)] for p in self.parts]
        own = (
            [n for n, f in self.judged.items() if isinstance(f, RemoteObject)]
            if self.together
            else [self.parts[0].name]
        )
        found = self.make("\n\n".join(texts), own)
        if not self.together:
            return found[0]
        return Together(self.judged.name, {**self.judged, **dict(zip(own, found, strict=True))})

    def tried(self, exercise: Exercise, trials: Sequence[Trial], failure: Failure) -> str:
        """What the answer makes of arguments that no test asks for, in a sentence; "" where that tells nothing.

        Raises: Ended.
        """
        self.limits = replace(self.limits, call=min(CALL, self.limits.call))
        made = self.made(())
        self.session.limits = self.limits
        whole = isinstance(made, Together)
        made = Together(made.name, {n: _expendable(f) for n, f in made.items()}) if whole else _expendable(made)
        told = what_others_show(exercise, trials, failure, made)
        return told if self.session.line.gone is None else ""  # what ended tells nothing

    def _session(self) -> Session:
        """A fresh process in which the answer's cells have been run.

        Raises: Ended where that was done too often.
        """
        if not self.left:
            raise Ended("the processes of its versions ended again and again")
        self.left -= 1
        limits = replace(self.limits, notebook=_ALL)
        session = Session(self.zygotes.fit_for(self.answer.texts), limits)
        for text in (*self.answer.texts, _MAKER):
            session.run(text)
        self.make = session.find("_made")
        return session


def _expendable(fn: Any) -> Any:
    return fn.expendable() if isinstance(fn, RemoteCallable) else fn


def wrong_answer(
    assignment: str, exercise: str, cells: Sequence[str], course: Collection[str], limits: Limits
) -> WrongAnswer | None:
    """The answer to an exercise among the code cells of a notebook; None where there is none to be looked into.

    course: the texts of cells that are not the learner's.
    """
    wanted = {exercise, *CATALOGUE[exercise].needs}
    chosen: set[int] = set()
    while more := {i for i, text in enumerate(cells) if i not in chosen and definitions(text) & wanted}:
        chosen |= more
        wanted |= {name for i in more if (uses := uses_of(plainly(cells[i]))) for name in uses.reads}
    texts = tuple(cells[i] for i in sorted(chosen))
    own = tuple(text for text in texts if text not in course)
    return WrongAnswer(assignment, exercise, texts, own, limits, SECONDS) if own else None


def look_into(
    book: Book, names: Collection[str], do: Callable[[Iterable[WrongAnswer]], Iterator[Told]], limits: Limits
) -> int:
    """Store what can be found out about wrong answers that nothing was told about but numbers, the most frequent first.

    do: looks into them.  Returns how many are left for lack of time.
    """
    known, waiting = dict[str, Told](), dict[str, tuple[WrongAnswer, list[Place]]]()
    for result in book.results():
        if result.assignment in names:
            known |= {e.looked_into: _as_told(e) for e in result.exercises.values() if e.looked_into}
            for answer in _unexplained(book, result, limits):
                place = result.student, result.assignment, answer.exercise
                waiting.setdefault(answer.key, (answer, []))[1].append(place)
    for key in known.keys() & waiting.keys():
        _store(book, known[key], waiting.pop(key)[1])
    end = time.monotonic() + MOST_SECONDS
    frequent = sorted(waiting.values(), key=lambda pair: -len(pair[1]))
    for told in do(itertools.takewhile(lambda _: time.monotonic() < end, (answer for answer, _ in frequent))):
        _store(book, told, waiting.pop(told.key)[1])
    return len(waiting)


def _unexplained(book: Book, result: SubmissionResult, limits: Limits) -> Iterator[WrongAnswer]:
    """The answers of a submission that are to be looked into."""
    names = [name for name, found in result.exercises.items() if is_unexplained(found)]
    if not names:
        return
    folder = book.settings.place("autograded", result.student, result.assignment)
    try:
        notebook = (folder / f"{book.plan(result.assignment).notebook}.ipynb").read_text(encoding="utf-8")
        cells = [c for c in read_notebook(notebook) if c.kind == "code"]
    except (OSError, ValueError):
        return
    texts = [c.source for c in cells if c.role.get("solution") or not c.role.get("grade")]
    course = {step.source for step in source_of(result.assignment) if not step.role}
    for name in names:
        if answer := wrong_answer(result.assignment, name, texts, course, limits):
            yield answer


def _as_told(found: ExerciseResult) -> Told:
    named = (found.diagnosis, found.advice) if found.diagnosis != found.advice else ("", "")
    return Told(found.looked_into, found.question, found.slip, found.brief, *named)


def _store(book: Book, told: Told, places: Iterable[Place]) -> None:
    for student, assignment, name in places:
        if (result := book.result(student, assignment)) is not None:
            exercises = result.exercises | {name: replace(result.exercises[name], **told.news)}  # type: ignore[arg-type]
            book.retell(replace(result, exercises=exercises))


def is_unexplained(found: ExerciseResult) -> bool:
    """Whether a search may tell more about an exercise than was told, and has not been made yet."""
    return (
        found.outcome in ("partial", "failed", "error")
        and bool(found.call)
        and found.diagnosis == found.advice
        and not found.looked_into
    )


def parts_of(own: Sequence[str], name: str, needs: Collection[str]) -> list[Part]:
    """The definitions in the learner's cells that an answer uses, that of the answer first; none where it is too large.

    Raises: SyntaxError, ValueError, RecursionError, MemoryError.
    """
    defined: dict[str, Part] = {}
    for text in map(plainly, own):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        for node in tree.body:
            if target := _target(node):
                defined[target] = Part(None, target, text, node, text.splitlines())  # type: ignore[arg-type]
    todo, parts = [name, *needs], list[Part]()
    while todo and len(parts) < MOST_PARTS:
        part = defined.pop(todo.pop(0), None)
        if part is not None:
            parts.append(part)
            todo += global_names_of(ast.Module([part.node], []))
    if not parts or parts[0].name != name or sum(1 for p in parts for _ in ast.walk(p.node)) > MOST_NODES:
        return []
    for part in parts:
        part.edits = edits(part.node)
    return parts


def _target(node: ast.stmt) -> str:
    """The name that a definition of a function or class binds; "" for every other statement."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return ""
