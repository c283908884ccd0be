"""The proof of the tests: every right answer passes, every wrong one fails and is named, every case kills something."""

import json
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from threadpoolctl import threadpool_limits

from autograde.authoring.mutants import shown, survey
from autograde.exercises import ASSIGNMENTS, CATALOGUE, STARRED, BrokenExercise, is_starred
from autograde.judging.diagnosis.recognise import observe_once, wrong_answers, wrong_outcomes_remembered
from autograde.judging.exercise import Exercise
from autograde.judging.judge import HIDDEN_SEED, PUBLIC_SEED, Question, judge, questions
from autograde.judging.report import Report
from autograde.runtime.silence import quiet

SEEDS = (PUBLIC_SEED, HIDDEN_SEED, 2, 3, 4)  # what learners see, what graders use, and some that nobody has seen
CAUGHT = ("failed", "partly")  # verdicts on a case that a wrong answer does not get through
LEAST_MISCONCEPTIONS, LEAST_ALTERNATES, LEAST_HINTS = 8, 4, 3
LEAST_STARRED = {"misconceptions": 6, "alternates": 3, "hints": 2}


@dataclass
class Proof:
    """What was found about one exercise; an empty list of problems is the proof."""

    exercise: str
    misconceptions: int = 0
    alternates: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass
class Trying:
    """What the tests of one seed found: problems, and the verdicts of all cases on each wrong answer."""

    seed: int
    problems: list[str] = field(default_factory=list)
    verdicts: list[dict[str, str]] = field(default_factory=list)


def verify(exercise: Exercise, seeds: Sequence[int] = SEEDS) -> Proof:
    """Run the catalogue of one exercise against its own tests."""
    return _proof(exercise, [try_seed(exercise, seed) for seed in seeds])


def try_seed(exercise: Exercise, seed: int) -> Trying:
    """Judge all answers of an exercise's file on the numbers of one seed."""
    found = Trying(seed)
    try:
        asked = list(questions(exercise, seed))
    except RuntimeError as error:
        return Trying(seed, [f"seed {seed}: {error}"])
    problems = [*_right_ones(exercise, asked), *_stub(exercise, asked)]
    with wrong_outcomes_remembered(), quiet():
        for misconception, wrong in wrong_answers(exercise):
            report = judge(exercise, wrong, asked=asked, observed=observe_once)
            found.verdicts.append(report.cases)
            problems += _not_named(misconception.name, report)
    found.problems = [f"seed {seed}: {p}" for p in problems]
    return found


def main(wanted: Sequence[str] = (), json_path: Path | None = None, workers: int = 0, mutants: bool = False) -> int:
    """Verify the named exercises and assignments, all by default; a line for each; 0 where nothing was found.

    workers: processes that share the work; by default one per processor.  mutants: show what mutation testing finds.
    """
    names = chosen(wanted)
    if isinstance(names, str):
        print(f"autograde verify: {names}")
        return 2
    if mutants:
        return _show_mutants(names)
    proofs = []
    for proof in proofs_of(names, workers or os.cpu_count() or 1):
        proofs.append(proof)
        mark = "ok  " if not proof.problems else "FAIL"
        counts = f"{proof.misconceptions} wrong answers named, {proof.alternates} right ones accepted"
        print(f"{mark} {proof.exercise}: {counts}", flush=True)
        for problem in proof.problems:
            print(f"     {problem}")
    if json_path is not None:
        json_path.write_text(json.dumps([vars(p) for p in proofs], indent=2) + "\n", encoding="utf-8")
    return int(any(p.problems for p in proofs))


def _show_mutants(names: Sequence[str]) -> int:
    try:
        for name in names:
            print(shown(survey(CATALOGUE[name])), flush=True)
    except BrokenExercise as error:
        print(f"autograde verify: {error}")
        return 1
    return 0


def chosen(wanted: Sequence[str]) -> list[str] | str:
    """The exercises that are meant by names of exercises and assignments; else a sentence on what is unknown."""
    names: list[str] = []
    for word in wanted or ASSIGNMENTS:
        if word not in ASSIGNMENTS and word not in CATALOGUE:
            return f"no exercise or assignment {word!r}; assignments are {', '.join(ASSIGNMENTS)}"
        names += [*ASSIGNMENTS[word], *STARRED.get(word, [])] if word in ASSIGNMENTS else [word]
    return list(dict.fromkeys(names))


def proofs_of(names: Sequence[str], workers: int) -> Iterator[Proof]:
    """The proofs of exercises in turn, each as soon as it is there; a file that is broken is a problem of its own."""
    if workers == 1:
        yield from (_gathered(name, None) for name in names)
        return
    spawn = multiprocessing.get_context("spawn")  # a fork of a process with threads, NumPy's, may hang
    with ProcessPoolExecutor(workers, spawn, threadpool_limits, (1,)) as pool:
        tried = {name: [pool.submit(_try_seed_of, name, seed) for seed in SEEDS] for name in names}
        yield from (_gathered(name, tried[name]) for name in names)


def stub_of(name: str) -> str:
    """Source of an answer that is not written yet."""
    return f"def {name}(*args, **kwargs):\n    raise NotImplementedError"


def _gathered(name: str, tried: Sequence[Future[Trying]] | None) -> Proof:
    try:
        exercise = CATALOGUE[name]
        if tried is None:
            return verify(exercise)
        return _proof(exercise, [one.result() for one in tried])
    except BrokenExercise as error:
        return Proof(name, problems=[str(error)])


def _try_seed_of(name: str, seed: int) -> Trying:
    return try_seed(CATALOGUE[name], seed)


def _proof(exercise: Exercise, tried: Sequence[Trying]) -> Proof:
    verdicts = [cases for one in tried for cases in one.verdicts]
    killed = {label for cases in verdicts for label, verdict in cases.items() if verdict in CAUGHT}
    proof = Proof(exercise.name, len(exercise.misconceptions), len(exercise.alternates), _too_few(exercise))
    proof.problems += [problem for one in tried for problem in one.problems]
    proof.problems += _told_otherwise(exercise, {one.seed: one.verdicts for one in tried})
    proof.problems += [f"the case {c.label!r} catches no wrong answer" for c in exercise.cases if c.label not in killed]
    return proof


def _told_otherwise(exercise: Exercise, verdicts: Mapping[int, Sequence[dict[str, str]]]) -> list[str]:
    """What a learner sees in ``check`` must be what grading gives, though on other numbers."""
    shown, graded = verdicts.get(PUBLIC_SEED, []), verdicts.get(HIDDEN_SEED, [])
    return [
        f"{misconception.name!r} fails other cases in grading than in `check`"
        for misconception, there, here in zip(exercise.misconceptions, shown, graded, strict=False)
        if there != here
    ]


def _right_ones(exercise: Exercise, asked: Sequence[Question]) -> list[str]:
    answers = [("the reference", exercise.reference)]
    answers += [(f"right answer {i + 1}", exercise.compile(a)) for i, a in enumerate(exercise.alternates)]
    reports = [(who, judge(exercise, fn, asked=asked)) for who, fn in answers]
    return [f"{who} is refused: {r.failure.case}; {r.failure.advice}" for who, r in reports if r.failure]


def _stub(exercise: Exercise, asked: Sequence[Question]) -> list[str]:
    stub = "\n".join(stub_of(name) for name in (*exercise.needs, exercise.name))
    report = judge(exercise, exercise.compile(stub), asked=asked)
    if report.share == 0 and report.outcome == "missing":
        return []
    return [f"the stub scores {report.share:.0%} with outcome {report.outcome!r}"]


def _not_named(name: str, report: Report) -> list[str]:
    if report.failure is None:
        return [f"the wrong answer {name!r} passes"]
    named = report.failure.diagnosis
    return [] if named == name else [f"{name!r} is taken for {named or 'nothing known'!r}"]


def _too_few(exercise: Exercise) -> list[str]:
    least = {"misconceptions": LEAST_MISCONCEPTIONS, "alternates": LEAST_ALTERNATES, "hints": LEAST_HINTS}
    if is_starred(exercise.name):
        least = LEAST_STARRED
    found = {what: len(getattr(exercise, what)) for what in least}
    return [f"has {found[what]} {what}, at least {n} are wanted" for what, n in least.items() if found[what] < n]
