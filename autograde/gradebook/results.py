"""What grading found out about one submission, as plain data that goes through JSON unchanged."""

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any

GRADED, FAILED = "graded", "failed"


@dataclass(frozen=True)
class ExerciseResult:
    """The verdict on one exercise.

    outcome: passed, partial, failed, missing, error, timeout or crashed.  diagnosis: what is wrong, or "".
    advice, case, call, got, expected, line, printed: the first thing that went wrong, as a learner reads it.
    cases: label -> passed, failed or not run.
    question, slip, brief: where a small change of the learner's own code would mend it, as in a ``Failure``.
    looked_into: which answer was searched for that, "" before it was.
    """

    score: float
    max_score: float
    outcome: str
    diagnosis: str = ""
    advice: str = ""
    case: str = ""
    call: str = ""
    got: str = ""
    expected: str = ""
    line: str = ""
    printed: str = ""
    cases: dict[str, str] = field(default_factory=dict)
    question: str = ""
    slip: str = ""
    brief: str = ""
    looked_into: str = ""


@dataclass(frozen=True)
class SubmissionResult:
    """The verdict on one student's notebook.

    status: graded, or failed with the reason in ``error``.  score, max_score: of all tests, not of open questions.
    exercises: by name.  tests: grade cell id -> points, as the gradebook keeps them.
    repaired: what had to be mended in the notebook, in sentences.  attention: what a person should look at, likewise.
    notebook: the graded one as ipynb text.
    """

    student: str
    assignment: str
    status: str
    score: float = 0.0
    max_score: float = 0.0
    seconds: float = 0.0
    error: str = ""
    exercises: dict[str, ExerciseResult] = field(default_factory=dict)
    tests: dict[str, float] = field(default_factory=dict)
    repaired: tuple[str, ...] = ()
    attention: tuple[str, ...] = ()
    notebook: str = ""

    def to_json(self) -> str:
        """All of it as text."""
        return json.dumps(self, default=vars)

    @classmethod
    def from_json(cls, text: str) -> "SubmissionResult":
        """What ``to_json`` wrote.

        Raises: ValueError where the text is something else.
        """
        try:
            given = json.loads(text)
            exercises = {name: ExerciseResult(**found) for name, found in given["exercises"].items()}
            told = {name: tuple(given[name]) for name in ("repaired", "attention")}
            return cls(**given | {"exercises": exercises} | told)
        except (KeyError, TypeError, AttributeError) as error:
            wanted = ", ".join(f.name for f in fields(cls))
            raise ValueError(f"a stored result must have the entries {wanted}: {error}") from error

    def report(self) -> dict[str, Any]:
        """The entry of this submission in the JSON report of ``autograde grade``."""
        shown = {"score", "max_score", "outcome", "diagnosis"}
        exercises = {n: {k: v for k, v in asdict(e).items() if k in shown} for n, e in self.exercises.items()}
        for name, found in self.exercises.items():
            exercises[name] |= {"slip": found.brief} if found.brief else {}
        entry: dict[str, Any] = {"status": self.status, "score": self.score, "max_score": self.max_score}
        entry |= {"seconds": round(self.seconds, 3), "exercises": exercises}
        if self.error:
            entry["error"] = self.error
        for name in ("repaired", "attention"):
            if told := getattr(self, name):
                entry[name] = list(told)
        return entry
