"""The verdict on one answer as data."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autograde.judging.call import Outcome
from autograde.judging.compare import Difference, Tolerance, tolerance_for
from autograde.judging.exercise import Arguments, Case

INPUTS_KEPT = "the arguments are left as they were"
KINDS_KEPT = "the numbers are of the kind that is asked for"

Path = tuple[Any, ...]  # indices and keys that lead to a value in a result


@dataclass(frozen=True)
class Part:
    """One of the values that a call is asked for.  of_kind: whether its numbers are of the right kind.

    weight: its share of the call.
    """

    right: bool
    of_kind: bool = True
    weight: float = 1.0


@dataclass
class Trial:
    """One call of a case with what the reference and the answer made of it; ``problem`` is None where it is right.

    parts: the values that it is asked for, by their places in the result; none where no call went wrong.
    """

    case: Case
    args: Arguments
    expected: Outcome
    got: Outcome
    problem: Difference | None
    parts: dict[Path, Part] = field(default_factory=dict)

    @functools.cached_property
    def tolerance(self) -> Tolerance:
        """What the precision of the arguments allows."""
        return tolerance_for(self.args)


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
