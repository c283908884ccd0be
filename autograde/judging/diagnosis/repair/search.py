"""Diagnosis by repair: the smallest change of the learner's own code that makes it right tells where the slip is.

Known from research on introductory programming (Singh, Gulwani and Solar-Lezama 2013, "Automated feedback generation
for introductory programming assignments"; Goues, Pradel and Roychoudhury 2019, "Automated program repair").  With the
right answer at hand it is cheap: changes are tried on one failing call, then on all calls of the test, then on other
numbers, so that no coincidence speaks.  What is told is line and kind, never the change.
"""

import ast
import contextlib
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from autograde.judging.call import Outcome, attempt
from autograde.judging.compare import as_numbers
from autograde.judging.credit import parts_of
from autograde.judging.diagnosis.repair.edits import Edit, edits
from autograde.judging.diagnosis.repair.own_code import Part, own_code
from autograde.judging.diagnosis.repair.slips import RANK, SLIPS
from autograde.judging.diagnosis.two_mistakes import two_at_once
from autograde.judging.draws import questions
from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.judging.report import Failure, Report
from autograde.judging.trials import Question, Trial, problem_of, run_trials
from autograde.runtime.silence import quiet

SECONDS = 1.0
_OTHER_SEEDS = (2, 3)
_LEAST_CALL, _MOST_CALL = 0.1, 0.3  # seconds that the first call of a candidate may take: a busy machine is slow
_RESERVE = 0.15  # of the time, for a last look at what mends a part
_MOST_CHANGES = 3
_STEPS = 4  # changes that bring an answer nearer, which are tried together with a second one
_REMOVING = ("term", "extra", "wrapped", "returned")  # what is gone can't be wrong: that proves little
_OF_SHAPES = {
    "axis",
    "keepdims",
    "mean",
    "wrapped",
    "length",
}  # one and the same result can be mended by several of them
_TOLD_BY_ITSELF = ("stub", "timeout", "borrowed", "needs", "signature", "changed")


class Code(Protocol):
    """An answer's definitions, with their changes, that of the answer first; ``OwnCode`` where they are here.

    grace: seconds that stopping a call may take.
    """

    parts: list[Part]
    grace: float

    def made(self, edited: Collection[Part]) -> Any:
        """The answer anew, with the trees of some parts as they now are."""


@dataclass(frozen=True)
class Change:
    """An edit, and the definition that it is in."""

    part: Part
    edit: Edit


@dataclass(frozen=True)
class Step:
    """A change that brings an answer nearer.  trial: a call that it does not make right.  score: how near that one is.

    mends: whether it makes the first case right that fails, and nothing else wrong.
    """

    change: Change
    trial: Trial
    score: float
    mends: bool = False


class _Over(Exception):
    """Time is up."""


def looked_into(exercise: Exercise, report: Report, seconds: float | None = None) -> Failure | None:
    """The failure of a report, with line and kind of the slip where a small change of the learner's code mends it."""
    if not is_looked_into(report.failure):
        return report.failure
    with quiet():
        code = own_code(report.answer)
        return repaired(exercise, report, code, seconds or SECONDS) if code else report.failure


def is_looked_into(failure: Failure | None) -> bool:
    """Whether there is something to search for."""
    if failure is None or failure.trial is None or (failure.diagnosis and not failure.otherwise):
        return False
    if failure.trial.got.on_purpose and isinstance(failure.trial.expected.value, (bool, np.bool_)):
        return False  # it says no by an error instead of False: no condition is wrong
    return failure.kind not in _TOLD_BY_ITSELF and not failure.trial.case.chance


def repaired(exercise: Exercise, report: Report, code: Code, seconds: float) -> Failure:
    """The same for a failure that there is, and for code that may be elsewhere."""
    failure = report.failure
    assert failure is not None
    assert failure.trial is not None
    found = Search(exercise, code, report.trials, failure.trial.case, seconds).smallest()
    if len(found) != 1 and not failure.diagnosis and (both := two_at_once(exercise, report.trials)):
        failure = replace(failure, diagnosis=both.name, advice=both.hint)  # a single slip is likelier than two
    if not found:
        return failure
    question, slip, brief = words(code, found)
    if failure.diagnosis and not _belies(found, slips_of(exercise, failure.diagnosis)):
        return replace(failure, question=question, slip=slip, brief=brief)
    advice = failure.otherwise if failure.diagnosis else failure.advice
    return replace(failure, diagnosis="", advice=advice, question=question, slip=slip, brief=brief)


def _belies(found: Sequence[Change], known: Collection[str]) -> bool:
    """Whether what mends an answer is another kind of slip than those that make a wrong answer of the catalogue."""
    kinds = {change.edit.kind for change in found}
    shapes = kinds & _OF_SHAPES and _OF_SHAPES & set(known)
    return bool(known) and not shapes and not kinds & set(known)


def slips_of(exercise: Exercise, diagnosis: str) -> set[str]:
    """The kinds of single changes that make a wrong answer of the catalogue one of its right ones."""
    right = {ast.unparse(ast.parse(source)) for source in exercise.alternates}
    kinds = set[str]()
    for misconception in exercise.misconceptions:
        tree = ast.parse(misconception.wrong)
        for node in tree.body if misconception.name == diagnosis else []:
            for edit in edits(node):
                with edit.made():
                    if ast.unparse(tree) in right:
                        kinds.add(edit.kind)
    return kinds


class Search:
    """The search for the smallest change that makes one answer right."""

    def __init__(self, exercise: Exercise, code: Code, trials: Sequence[Trial], case: Case, seconds: float) -> None:
        self.exercise, self.code, self.case = exercise, code, case
        self.seconds, self.end = seconds, time.perf_counter() + (1 - _RESERVE) * seconds
        failing = [trial for trial in trials if not is_right(trial)]
        self.trials = sorted(trials, key=lambda trial: (is_right(trial), trial.got.seconds))
        self.wrong = {id(trial.args) for trial in failing}
        self.first = next(trial for trial in self.trials if trial.case is case)
        slowest = max(max(trial.got.seconds, trial.expected.seconds) for trial in trials)
        self.limit = min(max(10 * slowest, _LEAST_CALL), _MOST_CALL) + code.grace
        parts = code.parts if self.first.expected.error is None or self.first.got.error else _raising(code.parts)
        found = [Change(part, edit) for part in parts for edit in part.edits if _may_be_slip(part, edit)]
        # what is put around a number turns a word or a truth value into the right one by coincidence
        few = isinstance(self.first.expected.value, (str, bool, np.bool_))
        changes = [change for change in found if not (few and change.edit.adds)]
        self.changes = sorted(changes, key=lambda change: RANK[change.edit.kind])
        self._others: dict[int, list[Question]] = {}

    def smallest(self) -> tuple[Change, ...]:
        """The changes, mostly one; none where nothing was found in time."""
        steps: list[Step] = []
        with contextlib.suppress(_Over):
            if found := self._beyond((), self.first, _nearness(self.first.got, self.first), steps):
                return found
        self.end += _RESERVE * self.seconds
        with contextlib.suppress(_Over):
            return next(((step.change,) for step in steps if step.mends and self._mends_elsewhere(step.change)), ())
        return ()

    def _beyond(self, made: tuple[Change, ...], trial: Trial, score: float, steps: list[Step]) -> tuple[Change, ...]:
        """What makes it right together with the changes made already.  steps: takes those that bring it nearer."""
        for change in self.changes:
            if not change.edit.possible or any(_is_no_second(change, one) for one in made):
                continue
            with change.edit.made():
                step = self._tried((*made, change), trial, score)
            if step is True:
                return (*made, change)
            if step:
                steps.append(step)
        if len(made) + 1 == _MOST_CHANGES:
            return ()
        for step in sorted(steps, key=lambda step: -step.score)[:_STEPS]:
            with step.change.edit.made():
                found = self._beyond((*made, step.change), step.trial, step.score, [])
            if found:
                return found
        return ()

    def _tried(self, made: tuple[Change, ...], trial: Trial, score: float) -> Step | bool:
        """True where the answer is right with these changes, False where the last one brings it no nearer."""
        got = self._outcome(made, trial.args)
        by_accident = trial.expected.error is not None and not got.on_purpose  # what it raises is no refusal
        if got.changed or by_accident or problem_of(got, trial.expected, trial.tolerance) is not None:
            nearer = _nearness(got, trial)
            return Step(made[-1], trial, nearer) if nearer > score else False
        answer = self._answer(made)
        broken = [t for t in self._trials(answer, self.trials) if not is_right(t)]
        if not broken:
            return all(is_right(t) for seed in _OTHER_SEEDS for t in self._trials(answer, self._elsewhere(seed)))
        if any(id(t.args) not in self.wrong for t in broken):
            return False
        mends = made[-1].edit.kind not in _REMOVING and all(t.case is not self.case for t in broken)
        return Step(made[-1], broken[0], 1 + _nearness(broken[0].got, broken[0]), mends)

    def _mends_elsewhere(self, change: Change) -> bool:
        """Whether a change makes the first case right that fails, on other numbers too."""
        asked = [q for seed in _OTHER_SEEDS for q in self._elsewhere(seed) if q[0] is self.case]
        with change.edit.made():
            return all(is_right(t) for t in self._trials(self._answer((change,)), asked))

    def _outcome(self, made: Sequence[Change], args: Arguments) -> Outcome:
        """What comes of one call with these changes, the definition included: a class may run code of its own there."""
        if time.perf_counter() > self.end:
            raise _Over

        def call(*given: Any) -> Any:
            return self.exercise.observe(self._answer(made), given)

        outcome = attempt(call, args, self.exercise.parameters, self.limit)
        outcome.changed = [name for name in outcome.changed if name not in self.exercise.changes]
        return outcome

    def _answer(self, made: Sequence[Change]) -> Any:
        return self.code.made([change.part for change in made])

    def _trials(self, answer: Any, of: Sequence[Trial] | Sequence[Question]) -> Iterator[Trial]:
        asked = [(t.case, t.args, t.expected) if isinstance(t, Trial) else t for t in of]
        for trial in run_trials(self.exercise, answer, asked, self.seconds + self.code.grace):
            if time.perf_counter() > self.end:
                raise _Over
            yield trial

    def _elsewhere(self, seed: int) -> list[Question]:
        if seed not in self._others:
            self._others[seed] = list(questions(self.exercise, seed))
        return self._others[seed]


def _is_no_second(change: Change, made: Change) -> bool:
    """Whether a change is made already, or undoes that one: what is turned in two places is as it was."""
    turns = change.edit.kind == made.edit.kind == "transpose" and change.edit.adds and made.edit.adds
    return change is made or turns


def _may_be_slip(part: Part, edit: Edit) -> bool:
    """What is in a function's first line comes with the exercise."""
    given = isinstance(edit.place[0], ast.arguments) and isinstance(part.node, ast.FunctionDef)
    return edit.kind != "left out" and not given


def _raising(parts: Sequence[Part]) -> Sequence[Part]:
    """Where to look for an error that is not raised: in the answer itself, or in what does nothing but to raise.

    Another function that refuses what it is called with has its reasons, and may have been called with something else.
    """
    raising = [part for part in parts if any(isinstance(node, ast.Raise) for node in ast.walk(part.node))]
    own = [part for part in raising if part is parts[0]]
    return own or [p for p in raising if not any(isinstance(n, ast.Return) and n.value for n in ast.walk(p.node))]


def is_right(trial: Trial) -> bool:
    """Whether a call gave what it should, and left its arguments alone."""
    return trial.problem is None and not trial.got.changed


def _nearness(got: Outcome, trial: Trial) -> float:
    """How near a wrong outcome is, in [0, 1): the share of the values and entries that are right."""
    expected = trial.expected
    if got.error is not None or expected.error is not None:
        return -1.0
    parts = parts_of(trial.case, got, expected, trial.tolerance).values()
    share = sum(part.weight * part.right for part in parts)
    entries, wanted = as_numbers(got.value), as_numbers(expected.value)
    if entries is None or wanted is None or entries.shape != wanted.shape or not wanted.size:
        return min(share, 0.99)
    return max(share, 0.99 * float(np.isclose(entries, wanted, rtol=1e-6, atol=1e-9).mean()))


def words(code: Code, found: Sequence[Change]) -> tuple[str, str, str]:
    """What is told: where to look, with a question; on request the kinds of slips; both in a few words."""
    found = sorted(found, key=lambda change: change.edit.line)
    first = found[0]
    home = code.parts[0].filename
    line = f"Line {first.edit.line}" + (f" of `{first.part.name}`" if first.part.filename != home else "")
    text = first.part.text(first.edit.line)
    shown = f", `{text}`" if text and "`" not in text else ""
    kinds = dict.fromkeys(change.edit.kind for change in found)
    more = "" if len(found) == 1 else f" There is another slip in line {found[1].edit.line}."
    question = f"{line}{shown}: {SLIPS[first.edit.kind].question}{more}"
    brief = "; ".join(dict.fromkeys(f"{SLIPS[c.edit.kind].name}, {c.part.place(c.edit.line)}" for c in found))
    return question, " ".join(SLIPS[kind].told for kind in kinds), brief
