"""The proof of the tests: every right answer passes, every wrong one fails and is named, every case kills something."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograde.exercise import Exercise
from autograde.exercises import ASSIGNMENTS, CATALOGUE
from autograde.judge import HIDDEN_SEED, PUBLIC_SEED, Question, judge, questions
from autograde.report import Report

SEEDS = (PUBLIC_SEED, HIDDEN_SEED, 2, 3, 4)  # what learners see, what graders use, and some that nobody has seen
LEAST_MISCONCEPTIONS, LEAST_ALTERNATES, LEAST_HINTS = 8, 4, 3
FEWER_MISCONCEPTIONS = {"Value": 3}


@dataclass
class Proof:
    """What was found about one exercise; an empty list of problems is the proof."""

    exercise: str
    misconceptions: int
    alternates: int
    problems: list[str] = field(default_factory=list)


def verify(exercise: Exercise, seeds: Sequence[int] = SEEDS) -> Proof:
    """Run the catalogue of one exercise against its own tests."""
    proof = Proof(exercise.name, len(exercise.misconceptions), len(exercise.alternates))
    proof.problems += _too_few(exercise)
    killed: set[str] = set()
    public: dict[int, dict[str, str]] = {}
    for seed in seeds:
        asked = list(questions(exercise, seed))
        proof.problems += [f"seed {seed}: {p}" for p in (*_right_ones(exercise, asked), *_stub(exercise, asked))]
        for number, misconception in enumerate(exercise.misconceptions):
            report = judge(exercise, exercise.compile(misconception.wrong), asked=asked)
            if seed == PUBLIC_SEED:
                public[number] = report.cases
            if seed == HIDDEN_SEED and public.get(number, report.cases) != report.cases:
                proof.problems.append(f"{misconception.name!r} fails other cases in grading than in `check`")
            killed |= {label for label, verdict in report.cases.items() if verdict in ("failed", "partly")}
            proof.problems += [f"seed {seed}: {p}" for p in _not_named(misconception.name, report)]
    proof.problems += [f"the case {c.label!r} catches no wrong answer" for c in exercise.cases if c.label not in killed]
    return proof


def main(assignments: Sequence[str] = (), json_path: Path | None = None) -> int:
    """Verify the named assignments, all by default; print a line for each exercise; 0 where nothing was found."""
    unknown = [a for a in assignments if a not in ASSIGNMENTS]
    if unknown:
        print(f"autograde verify: no assignment {unknown[0]!r}; choose from {', '.join(ASSIGNMENTS)}")
        return 2
    names = [name for a in (assignments or ASSIGNMENTS) for name in ASSIGNMENTS[a]]
    proofs = [verify(CATALOGUE[name]) for name in names]
    for proof in proofs:
        mark = "ok  " if not proof.problems else "FAIL"
        counts = f"{proof.misconceptions} wrong answers named, {proof.alternates} right ones accepted"
        print(f"{mark} {proof.exercise}: {counts}")
        for problem in proof.problems:
            print(f"     {problem}")
    if json_path is not None:
        json_path.write_text(json.dumps([vars(p) for p in proofs], indent=2) + "\n", encoding="utf-8")
    return int(any(p.problems for p in proofs))


def stub_of(name: str) -> str:
    """Source of an answer that is not written yet."""
    return f"def {name}(*args, **kwargs):\n    raise NotImplementedError"


def _right_ones(exercise: Exercise, asked: Sequence[Question]) -> list[str]:
    answers = [("the reference", exercise.reference)]
    answers += [(f"alternate {i + 1}", exercise.compile(a)) for i, a in enumerate(exercise.alternates)]
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
    wanted = {
        "misconceptions": FEWER_MISCONCEPTIONS.get(exercise.name, LEAST_MISCONCEPTIONS),
        "alternates": LEAST_ALTERNATES,
        "hints": LEAST_HINTS,
    }
    return [
        f"has {len(getattr(exercise, what))} {what}, at least {least} are wanted"
        for what, least in wanted.items()
        if len(getattr(exercise, what)) < least
    ]
