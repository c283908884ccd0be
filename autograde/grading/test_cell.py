"""Running a test cell in the grader: its text is the instructor's, the names in it are the learner's."""

import ast
import builtins
import functools
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from autograde.exercises import CATALOGUE
from autograde.judging.answer import judge_anything
from autograde.judging.call import Outcome, observe
from autograde.judging.credit import Score
from autograde.judging.draws import can_be_counted, questions
from autograde.judging.exercise import Arguments, Exercise
from autograde.judging.judge import HIDDEN_SEED, PUBLIC_SEED, Question, judge
from autograde.judging.report import Report
from autograde.runtime.silence import KEPT_OUTPUT, quiet
from autograde.runtime.timeout import OutOfTime, run_within
from autograde.runtime.values import plain
from autograde.sandbox.connection import GRACE, TookTooLong
from autograde.sandbox.pipelining import pack_calls
from autograde.sandbox.proxy import Exchange
from autograde.sandbox.session import Session

GRADING = 5.0  # seconds that looking at results may take where the notebook's own are used up


class WrongTest(ValueError):
    """A test that gives no proper score: the instructor's mistake, not the learner's."""


@dataclass
class Verdict:
    """What one test cell came to.  error: what stopped it, where anything did."""

    score: float = 0.0
    reports: dict[str, Report] = field(default_factory=dict)
    error: Exception | None = None


@functools.lru_cache(maxsize=256)
def asked(name: str, seed: int) -> list[Question]:
    """The calls of an exercise's test with the right results; they are the same for every submission."""
    return list(questions(CATALOGUE[name], seed))


@functools.lru_cache(maxsize=256)
def _calls(name: str, seed: int) -> list[Any]:
    """Those calls, as they are sent ahead; none where the test is more than calls."""
    return pack_calls(args for _, args, _ in asked(name, seed)) if CATALOGUE[name].probe is None else []


@functools.lru_cache(maxsize=256)
def _can_be_counted(name: str, seed: int) -> bool:
    """Whether the order of the calls would tell what some of them should give."""
    other = HIDDEN_SEED if seed == PUBLIC_SEED else PUBLIC_SEED
    return CATALOGUE[name].probe is None and can_be_counted(asked(name, seed), asked(name, other))


class Pending:
    """The score of a ``check`` that is made when somebody wants to know it: of several, the last one counts."""

    def __init__(self, make: Callable[[], Score]) -> None:
        self.score = functools.cache(make)

    def __float__(self) -> float:
        return float(self.score())

    def __add__(self, other: Any) -> float:
        return float(self) + float(other)

    def __mul__(self, other: Any) -> float:
        return float(self) * float(other)

    __radd__, __rmul__ = __add__, __mul__


class Names(dict[str, Any]):
    """The namespace of a test cell: what it does not hold itself is looked up where the learner's code runs."""

    def __init__(self, session: Session, own: dict[str, Any]) -> None:
        super().__init__(own)
        self.session = session

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name):  # Python's own, whatever the learner calls so
            raise KeyError(name)
        return self.session.find(name)


def run_test(text: str, points: float, session: Session, seed: int | None = None) -> Verdict:
    """Run a test cell on the learner's functions; ``seed`` decides the numbers of its hidden checks.

    As in nbgrader, the value of its last line is the score if it is a number; without a value it gives all points or,
    where an exception ends it, none.
    Raises: WrongTest where the score is no number from 0 to ``points``.
    """
    verdict = Verdict()
    checks = functools.partial(_check, session, verdict, HIDDEN_SEED if seed is None else seed)
    names = Names(session, {"check": checks, "np": np})
    try:
        with quiet():  # what a process sends as printed must not reach the instructor's terminal
            value = run_within(max(session.end - time.monotonic(), 0) + GRADING, _value, ast.parse(text), names)
    except WrongTest:
        raise
    except OutOfTime:
        verdict.error = TookTooLong("it did not answer in time")
        return verdict
    except Exception as error:
        verdict.error = error
        return verdict
    verdict.score = _score(value, points)
    return verdict


def _score(value: Any, points: float) -> float:
    if (
        value is None
        or isinstance(value, bool)
        or not isinstance(value, str | bytes | complex | int | float | np.number)
    ):
        return points
    if isinstance(value, str | bytes | complex | np.complexfloating) or not 0 <= value <= points:  # nor NaN
        raise WrongTest(f"the test gives {value!r:.100}, expected a number from 0 to {points:g}: mend the test")
    return float(value)


def _value(tree: ast.Module, names: Names) -> Any:
    """Run statements; the value of the last one where it is an expression.  ``check(f)`` becomes ``check("f")``."""
    tree = ast.fix_missing_locations(_Quoted().visit(tree))
    last = tree.body[-1] if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    body = tree.body[:-1] if last is not None else tree.body
    space: dict[str, Any] = {}
    exec(compile(ast.Module(body, []), "<test>", "exec"), space, names)
    value = None if last is None else eval(compile(ast.Expression(last.value), "<test>", "eval"), space, names)
    return float(value) if isinstance(value, Pending) else value


class _Quoted(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "check" and node.args:
            first = node.args[0]
            node.args[0] = ast.Constant(first.id) if isinstance(first, ast.Name) else first
        return node


def _check(
    session: Session, verdict: Verdict, seed: int, name: str, points: float = 1.0, hidden: bool = False
) -> Pending:
    """What ``check`` is in a test cell: the same judgement, on functions that run elsewhere."""
    if name not in CATALOGUE:
        raise WrongTest(f"check({name!r}): this is no exercise of the course: mend the test")

    def make() -> Score:
        report = judge_remotely(CATALOGUE[name], session, seed if hidden else PUBLIC_SEED)
        verdict.reports[name] = report
        return Score.of(report, points)

    return Pending(make)


def mixed_order(calls: int, text: str, seed: int) -> list[int]:
    """An order of so many calls, the same for the same text and seed: nobody knows it who does not know the seed."""
    rng = np.random.default_rng([seed, zlib.crc32(text.encode("utf-8", "replace"))])
    return [int(i) for i in rng.permutation(calls)]


def observe_remotely(
    exchange: Exchange, exercise: Exercise, fn: Callable[..., Any], args: Arguments, seconds: float
) -> Outcome:
    """The same as ``observe``; a call that was sent ahead and changed nothing is no more than its answer.

    It was silenced, limited and looked at where it was made, and its answer can be data only.
    """
    if exercise.probe is not None or not exchange.is_next(fn, args):
        return observe(exercise, fn, args, seconds)
    outcome = Outcome()
    try:
        heard = exchange.hear()
        if heard.changed:
            return observe(exercise, lambda *given: exchange.value(heard, list(given)), args, seconds)
        outcome.printed = heard.printed[:KEPT_OUTPUT]
        outcome.value = plain(exchange.value_alone(heard))
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        outcome.fail(error)
    return outcome


def judge_remotely(exercise: Exercise, session: Session, seed: int) -> Report:
    """The report on what the submission holds under an exercise's name.

    Raises: Ended where its process was gone before.
    """

    def find(name: str) -> Any:
        try:
            return session.find(name)
        except NameError:
            return None

    def by(one: Exercise, fn: Any, *, seed: int) -> Report:
        limit = session.limits.call + 2 * GRACE
        observed = functools.partial(observe_remotely, session.exchange)
        known, calls = asked(one.name, seed), _calls(one.name, seed)
        order = mixed_order(len(known), "".join(session.sources), seed) if _can_be_counted(one.name, seed) else []
        ahead = calls if not order else [calls[i] for i in order] if len(calls) == len(known) else []
        with session.patient(one.patience), session.ahead(fn, ahead):
            return judge(one, fn, seed=seed, seconds=limit, asked=known, observed=observed, order=order)

    answer = find(exercise.name)
    report = judge_anything(exercise, answer, seed, CATALOGUE, find, by)
    if answer is None and report.failure is not None:
        report.failure = replace(report.failure, kind="stub")  # nothing was written: that is missing, not wrong
    return report
