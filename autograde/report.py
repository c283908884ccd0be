"""The verdict on one answer as data."""

from dataclasses import dataclass, field

from autograde.attempt import Outcome
from autograde.compare import Difference
from autograde.exercise import Arguments, Case

INPUTS_KEPT = "the arguments are left as they were"


@dataclass
class Trial:
    """One call of a case with what the reference and the answer made of it; ``problem`` is None where it is right."""

    case: Case
    args: Arguments
    expected: Outcome
    got: Outcome
    problem: Difference | None


@dataclass(frozen=True)
class Failure:
    """The first thing that went wrong, ready to be shown.

    kind: stub, exception, timeout, signature, changed, type, dtype, length, shape, nan, value, no_error,
    or needs where an answer that this one builds on is not right.
    diagnosis: the name of the misconception that gives the same results, or "".  advice: what to do about it.
    line: the learner's own line that raised, or was running when time ran out.
    """

    kind: str
    case: str
    call: str = ""
    got: str = ""
    expected: str = ""
    diagnosis: str = ""
    advice: str = ""
    line: str = ""
    printed: str = ""
    trial: Trial | None = None


@dataclass
class Report:
    """The verdict: ``cases`` maps labels to passed, failed or not run; ``share`` of the points lies in [0, 1].

    remark: what there is to say on how a right answer does it; it never counts.
    """

    exercise: str
    cases: dict[str, str] = field(default_factory=dict)
    share: float = 0.0
    failure: Failure | None = None
    seconds: float = 0.0
    remark: str = ""

    @property
    def outcome(self) -> str:
        """passed | partial | failed | missing | error | timeout."""
        if self.failure is None:
            return "passed"
        special = {"stub": "missing", "timeout": "timeout", "exception": "error"}
        return "partial" if self.share > 0 else special.get(self.failure.kind, "failed")
