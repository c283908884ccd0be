"""The verdict on one answer as data."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autograde.judging.trials import Trial

INPUTS_KEPT = "the arguments are left as they were"
KINDS_KEPT = "the numbers are of the kind that is asked for"


@dataclass(frozen=True)
class Failure:
    """The first thing that went wrong, ready to be shown.

    kind: stub, exception, unusable (what came back), timeout, signature, changed, type, dtype, length, shape, nan,
    value, no_error, needs where an answer that this one builds on is not right, or borrowed where it is not the
    learner's own.
    diagnosis: the name of the misconception that gives the same results, or "".  advice: what to do about it.
    line: the learner's own line that raised, or was running when time ran out.
    question: where a small change of the learner's code would mend it, the line and what to ask oneself there.
    slip: what kind of change, told on request.  brief: kind and place in a few words, for an instructor's list.
    otherwise: the advice without the diagnosis, where that agrees in nothing but an error: others lead to the same.
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
    question: str = ""
    slip: str = ""
    brief: str = ""
    otherwise: str = ""


@dataclass
class Report:
    """The verdict: ``share`` of the points lies in [0, 1].

    cases: passed, partly, failed, not counted (see ``credit``) or not run, by the labels of the cases.
    changed: the arguments that some call has altered.
    remark: what there is to say on how a right answer does it; it never counts.
    answer, trials: what was judged, and all calls that were made.
    """

    exercise: str
    cases: dict[str, str] = field(default_factory=dict)
    share: float = 0.0
    failure: Failure | None = None
    seconds: float = 0.0
    remark: str = ""
    changed: tuple[str, ...] = ()
    answer: Any = field(default=None, repr=False)
    trials: Sequence[Trial] = field(default=(), repr=False)

    @property
    def is_slow(self) -> bool:
        """Whether time was up."""
        return self.failure is not None and self.failure.kind == "timeout"

    @property
    def outcome(self) -> str:
        """passed | partial | failed | missing | error | timeout."""
        if self.failure is None:
            return "passed"
        special = {"stub": "missing", "timeout": "timeout", "exception": "error"}
        return "partial" if self.share > 0 else special.get(self.failure.kind, "failed")
