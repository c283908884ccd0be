"""What is run of a submission, in which order: the learner's cells, and the instructor's in place of changed ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograde.exercises import CATALOGUE
from autograde.submissions.attachments import Album
from autograde.submissions.needed_cells import definitions
from autograde.submissions.reading import Step
from autograde.submissions.roles import added, is_stub, named, release, words

MOST_AGAIN = 2  # times that a test is made once more, where several cells define what it tests
_CHECKED = re.compile(r"\bcheck\(\s*[\"']?(\w+)")


@dataclass(frozen=True)
class Plan:
    """The cells of a submission as they are run.

    repaired: what had to be mended.  attention: what a person should look at.  Both in sentences.
    """

    steps: Sequence[Step]
    repaired: Sequence[str] = ()
    attention: Sequence[str] = ()


def make_plan(source: Sequence[Step], submitted: Sequence[Step]) -> Plan:
    """The learner's cells with the instructor's tests among them, each behind the answers that it tests.

    Of several cells that answer one exercise the last above its test counts, as in a notebook that is run from top to
    bottom; the test is made on the others too, as long as points are missing.
    """
    return _Planner(source, submitted).plan()


class _Planner:
    """The cells of one submission on their way to a plan."""

    def __init__(self, source: Sequence[Step], submitted: Sequence[Step]) -> None:
        self.source = source
        self.known = {step.name: step for step in source if step.name}
        self.tested = {s.name: needed(source, i)[:1] if s.is_test else [] for i, s in enumerate(source) if s.name}
        self.course = {step.source.strip() for step in source if not step.role}
        self.repaired = list[str]()
        self.attention = list[str]()
        self.submitted, self.recognised = named(self.known, submitted)
        self.defined = [self._defined(step) for step in self.submitted]
        self.chosen = {name: self._choose(name) for name in self.known}
        self.steps = list[Step]()

    def plan(self) -> Plan:
        """The whole way."""
        for index, step in enumerate(self.submitted):
            self._take(index, step)
        self._tell_of_answers()
        for index, step in enumerate(self.source):
            if step.name and _locked(step):
                self._put_in_place(index)
        for index, step in enumerate(self.source):
            if step.kind == "code" and _locked(step) and not step.is_test:
                self._put_above(index)
        for index, step in enumerate(self.source):
            if step.is_test:
                self._test_again(index)
        album = Album()
        self.steps = [replace(s, attachments=album.kept(s.attachments)) for s in self.steps]
        return Plan(self.steps, self.repaired, [*self.attention, *album.left_out])

    def _defined(self, step: Step) -> frozenset[str]:
        """The exercises that a cell answers."""
        origin = self.known.get(step.name)
        if step.source.strip() in self.course or (origin is None and step.kind != "code"):
            return frozenset()
        names = {name for name in self._answers() if name in step.source} & definitions(step.source)
        return frozenset(name for name in names if not is_stub(self.known[name].source, step.source, name))

    def _answers(self) -> list[str]:
        return [name for name, step in self.known.items() if not _locked(step)]

    def _choose(self, name: str) -> int | None:
        """Which of the submitted cells plays the part that the instructor's cell of this name has."""
        copies = [i for i, step in enumerate(self.submitted) if step.name == name]
        if _locked(self.known[name]):
            answers = [i for i, names in enumerate(self.defined) if names.intersection(self.tested[name])]
            return next((i for i in copies if answers and i > answers[0]), copies[-1] if copies else None)
        test = next((i for i, s in enumerate(self.submitted) if s.name in self._tests_of(name)), len(self.submitted))
        filled = [i for i in copies if name in self.defined[i]]
        filled = filled or [i for i, names in enumerate(self.defined) if name in names and not self._has_role(i)]
        above = [i for i in filled if i < test]
        return next(reversed(above or filled or copies), None)

    def _has_role(self, index: int) -> bool:
        return self.submitted[index].name in self.known

    def _tests_of(self, name: str) -> list[str]:
        return [test for test, answers in self.tested.items() if answers == [name]]

    def _take(self, index: int, step: Step) -> None:
        """One of the learner's cells in its role, or as an ordinary one."""
        parts = [name for name, chosen in self.chosen.items() if chosen == index]
        if not parts:
            origin = self.known.get(step.name)
            kind = step.kind if origin is None else origin.kind
            self.steps.append(Step(kind, step.source, {}, "", step.attachments, idle=self._is_idle(step)))
            return
        origin = self.known[step.name if step.name in parts else parts[0]]
        if step.name == origin.name:
            self.repaired += _changes(origin, step)
        if _locked(origin):
            self.steps.append(Step(origin.kind, origin.source, origin.role, origin.name))
            self._keep_what_was_added(origin, step)
        else:
            self.steps.append(Step(origin.kind, step.source, origin.role, origin.name, step.attachments))

    def _is_idle(self, step: Step) -> bool:
        """Whether a cell is an empty copy of an answer that stands elsewhere: it would put the answer away."""
        origin, chosen = self.known.get(step.name), self.chosen.get(step.name)
        if origin is None or _locked(origin) or chosen is None or step.name not in self.defined[chosen]:
            return False
        return is_stub(origin.source, step.source, step.name)

    def _keep_what_was_added(self, origin: Step, step: Step) -> None:
        """What a learner wrote into one of the instructor's cells, as a cell of their own below it."""
        text = release(origin.source)
        if origin.kind == "markdown":
            own = added(text, step.source)
        else:
            is_own = step.kind == "code" and words(step.source) not in (words(text), words(origin.source))
            own = step.source if is_own and definitions(step.source) else ""
        if own or step.attachments:
            self.steps.append(Step(origin.kind, own, {}, "", step.attachments))

    def _tell_of_answers(self) -> None:
        for name in self._answers():
            chosen = self.chosen[name]
            copies = {i for i, step in enumerate(self.submitted) if step.name == name}
            others = {self.submitted[i].source for i in copies - {chosen} if name in self.defined[i]}
            if chosen is None:
                self.repaired.append(f"{name}: the answer's cell is missing")
            elif others - {self.submitted[chosen].source}:
                self.attention.append(f"{name}: several cells answer it; the one above its test counts, or the better")
            elif copies and chosen not in copies:
                self.attention.append(f"{name}: its own cell is not filled; the answer was found in another cell")
        if self.recognised:
            names = ", ".join(self.recognised)
            self.repaired.append(f"nbgrader's marks are gone from cells, which were recognised by their text: {names}")

    def _place(self, name: str) -> int | None:
        return next((i for i, other in enumerate(self.steps) if other.name == name), None)

    def _put_in_place(self, index: int) -> None:
        """Make sure that one of the instructor's cells is there, and a test behind the answers that it tests."""
        step = self.source[index]
        at, before = self._place(step.name), needed(self.source, index) if step.is_test else []
        places = [i for i, other in enumerate(self.steps) if other.name in before]
        if at is not None and (not places or at > max(places)):
            return
        if at is not None:
            self.repaired.append(f"{step.name}: the test stood before the answer; it was run behind it")
            places = [i - (i > at) for i in places]
            del self.steps[at]
        else:
            self.repaired.append(f"{step.name}: the cell is missing; the instructor's was put in")
            earlier = {other.name for other in self.source[:index] if other.name}
            last = [len(self.steps) - 1] if step.is_test else []
            places = places or last or [i for i, other in enumerate(self.steps) if other.name in earlier]
        self.steps.insert(max(places, default=-1) + 1, Step(step.kind, step.source, step.role, step.name))

    def _put_above(self, index: int) -> None:
        """Make sure that a cell with what others need, imports say, stands above the learner's that it precedes."""
        name, later = self.source[index].name, {step.name for step in self.source[index + 1 :] if step.name}
        at = self._place(name)
        first = next((i for i, other in enumerate(self.steps) if other.name in later), at)
        if at is not None and first is not None and at > first:
            self.repaired.append(f"{name}: the cell stood below what needs it; it was run above")
            self.steps.insert(first, self.steps.pop(at))

    def _test_again(self, index: int) -> None:
        """Let a test be made behind other cells that define what it tests, too."""
        step, (name, *_) = self.source[index], needed(self.source, index) or [""]
        at = self._place(step.name)
        found = [i for i, other in enumerate(self.steps) if self._defines(other, name)]
        above = [i for i in found if at is not None and i < at]
        for i in reversed([i for i in found if i not in above[-1:]][-MOST_AGAIN:]):
            self.steps.insert(i + 1, replace(step, again=True))

    def _defines(self, step: Step, name: str) -> bool:
        plain = step.kind == "code" and not step.is_test and not step.idle and step.source.strip() not in self.course
        if not plain or name not in step.source or _locked(step):
            return False
        stub = name in self.known and is_stub(self.known[name].source, step.source, name)
        return name in definitions(step.source) and not stub


def _locked(step: Step) -> bool:
    return bool(step.role.get("locked"))


def _changes(origin: Step, step: Step) -> list[str]:
    """What a learner has changed of a cell's part, where it matters to a person, in sentences.

    Points, flags and wording may differ because the course has changed since: they accuse nobody.
    """
    found = []
    if step.kind != origin.kind:
        found.append(f"{origin.name}: the cell had been turned from {origin.kind} into {step.kind[:20]}")
    if origin.is_test and set(_CHECKED.findall(step.source)) != set(_CHECKED.findall(origin.source)):
        found.append(f"{origin.name}: the cell had been edited; the instructor's text was used")
    return found


def needed(source: Sequence[Step], index: int) -> list[str]:
    """The names of the answers that a test is about, the one that it tests first."""
    answers = [step.name for step in source[:index] if step.name and step.role.get("solution")]
    exercise = CATALOGUE.get(answers[-1]) if answers else None
    return answers[-1:] + list(exercise.needs if exercise else ())
