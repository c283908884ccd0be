"""One call of code that may do anything: what it returned, raised, printed or changed, within a time limit."""

import contextlib
import copy
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograde.judging.compare import same, same_bytes
from autograde.judging.exercise import Arguments, Exercise, Unusable
from autograde.runtime.silence import quiet
from autograde.runtime.timeout import OutOfTime, run_within
from autograde.runtime.tracebacks import own_line, raised_on_purpose
from autograde.runtime.values import plain

SECONDS_PER_CALL = 3.0
_BUSY = 4.0  # how many times as long a call may take where others use the processor, too
_LONGEST_MESSAGE = 1_000  # characters


@dataclass
class Outcome:
    """What came of one call, as plain data.

    error: what it raised, None when it returned.  message: its text.
    where, line: the learner's own function and line that raised; on_purpose: with a ``raise``.
    changed: names of the arguments it altered.  printed: the beginning of what it printed.
    digits: what ``credit`` has seen of its values, by their places.
    """

    value: Any = None
    error: BaseException | None = None
    message: str = ""
    where: str = ""
    line: str = ""
    on_purpose: bool = False
    changed: list[str] = field(default_factory=list)
    printed: str = ""
    seconds: float = 0.0
    digits: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def timed_out(self) -> bool:
        return isinstance(self.error, OutOfTime)

    def fail(self, error: BaseException) -> None:
        """Take down what it raised."""
        self.value, self.error = None, error
        self.where, self.line = own_line(error)
        self.on_purpose = not isinstance(error, (OutOfTime, Unusable)) and raised_on_purpose(error)
        _forget(error)
        self.message = "" if self.timed_out else _message(error)

    @property
    def is_stub(self) -> bool:
        return isinstance(self.error, NotImplementedError)


def attempt(
    call: Callable[..., Any],
    args: tuple[Any, ...],
    names: tuple[str, ...] = (),
    seconds: float = SECONDS_PER_CALL,
) -> Outcome:
    """The outcome of ``call(*args)`` on copies of the arguments: nothing it does reaches the caller but its result.

    Raises: KeyboardInterrupt, and nothing else: whoever presses Stop means it.
    """
    given = tuple(private_copy(a) for a in args)
    labels = names or tuple(f"argument {i + 1}" for i in range(len(args)))
    outcome = Outcome()
    start = time.perf_counter()
    with quiet() as printed:
        try:
            run_within(seconds, _try, outcome, call, args, given, labels, patience=_BUSY)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # SystemExit too: a learner's code may raise anything
            outcome.fail(error)
    outcome.printed, outcome.seconds = printed.getvalue(), time.perf_counter() - start
    return outcome


def observe(exercise: Exercise, fn: Callable[..., Any], args: Arguments, seconds: float = SECONDS_PER_CALL) -> Outcome:
    """What comes of one call of an answer to an exercise; changes that the exercise allows are not held against it."""
    outcome = attempt(lambda *a: exercise.observe(fn, a), args, exercise.parameters, seconds)
    outcome.changed = [name for name in outcome.changed if name not in exercise.changes]
    return outcome


def private_copy(value: Any) -> Any:
    """A deep copy of data; functions and generators' callers are passed on as they are."""
    return value if callable(value) and not isinstance(value, np.ndarray) else copy.deepcopy(value)


def _try(
    outcome: Outcome, call: Callable[..., Any], args: Sequence[Any], given: Sequence[Any], labels: Sequence[str]
) -> None:
    """Call, and look at the result: its class may run code of the learner's, so all this is within the limit."""
    try:
        outcome.value = plain(call(*given))
    except (KeyboardInterrupt, OutOfTime):
        raise
    except BaseException as error:
        outcome.fail(error)
    pairs = zip(labels, args, given, strict=False)
    outcome.changed = [label for label, before, after in pairs if not _unchanged(before, after)]


def _unchanged(before: Any, after: Any) -> bool:
    arrays = type(before) is type(after) is np.ndarray
    return (arrays and same_bytes(before, after)) or same(plain(before), plain(after))


def _message(error: BaseException) -> str:
    try:
        return str(error)[:_LONGEST_MESSAGE]
    except (KeyboardInterrupt, OutOfTime):
        raise
    except BaseException:  # a class of the learner's may fail at that
        return ""


def _forget(error: BaseException) -> None:
    """Let go of the frames in which it was raised, with everything that they hold."""
    with contextlib.suppress(Exception):  # a class of the learner's may forbid it
        error.__traceback__ = error.__context__ = error.__cause__ = None
