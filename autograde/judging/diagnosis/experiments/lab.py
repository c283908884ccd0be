"""The bench on which an answer and the right one are called on other arguments."""

import functools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograde.judging.as_code import show
from autograde.judging.call import Outcome, observe
from autograde.judging.compare import same
from autograde.judging.diagnosis.experiments.changes import Change
from autograde.judging.diagnosis.experiments.domain import Domain, form_of
from autograde.judging.diagnosis.other_arguments import leaves
from autograde.judging.draws import numbers_of
from autograde.judging.exercise import Arguments, Exercise, Together
from autograde.judging.trials import Trial
from autograde.runtime.timeout import OutOfTime

_SECONDS = 0.2  # for all experiments, by what a call took
_MOST_SECONDS, _MOST_ELAPSED = 0.25, 1.0  # of a processor; on the clock
_OVERHEAD = 2e-4  # seconds of a call that does nothing
CALL = 0.25  # seconds of one call
_NOTHING = 1e-9  # what is no larger may be rounding
_ENOUGH = 4  # calls in which a thing must show
_OTHER_SEEDS = (2, 3)
_FEWEST_ALIKE = 2


@dataclass(eq=False)
class Lab:
    """An answer with wrong values.  trials: all calls.  trial: the one that is shown.

    hiding: changes after which it is right, but another argument, by its number, makes no difference.
    """

    exercise: Exercise
    fn: Callable[..., Any]
    trials: Sequence[Trial]
    trial: Trial
    hiding: list[tuple[Change, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        quickest = min(max(t.got.seconds, t.expected.seconds) for t in self.trials)
        self._calls = int(_SECONDS / (quickest + _OVERHEAD))
        self._start, self._begin = time.process_time(), time.perf_counter()
        self._endless = False
        parts = self.fn.values() if isinstance(self.fn, Together) else [self.fn]
        self._grace = max(getattr(type(part), "grace", 0.0) for part in parts)  # where the answer runs elsewhere
        self._others: dict[int, list[Trial]] = {}

    @property
    def goes_on(self) -> bool:
        """Whether there is time for more."""
        busy, elapsed = time.process_time() - self._start, time.perf_counter() - self._begin
        return self._calls > 0 and not self._endless and busy < _MOST_SECONDS and elapsed < _MOST_ELAPSED

    @functools.cached_property
    def domain(self) -> Domain:
        """What all arguments have in common."""
        calls = [t.args for t in self.trials if t.expected.error is None]
        more = [t.args for t in self.wrong if not any(t is trial for trial in self.trials)]
        return Domain([*calls, *more], self.trial.args, self.exercise.parameters)

    @functools.cached_property
    def name(self) -> str:
        """The wrong part of the result, in words."""
        place = self._place
        if isinstance(place, str):
            return f"`{place}`"
        return "result" if place is None else f"`{self.exercise.outputs[place]}`"

    @functools.cached_property
    def condition(self) -> str:
        """The words among the arguments, to which alone belongs what is told of right results."""
        named = zip(self.exercise.parameters, self.trial.args, strict=False)
        words = [f"`{name}` = {show(a)}" for name, a in named if isinstance(a, str) and "\n" not in a]
        return f" (with {' and '.join(words)})" if words else ""

    @functools.cached_property
    def _place(self) -> str | int | None:
        problem, outputs = self.trial.problem, self.exercise.outputs
        if problem is not None and problem.key:
            return problem.key
        several = isinstance(self.trial.expected.value, tuple) and len(outputs) == len(self.trial.expected.value)
        return problem.path[0] if problem is not None and problem.path and several else None

    def part(self, value: Any) -> Any:
        """The part of a result that is wrong in the call that is shown; None where there is none."""
        place = self._place
        if isinstance(place, str):
            return value.get(place) if isinstance(value, dict) else None
        if place is None:
            return value
        return value[place] if isinstance(value, (list, tuple)) and len(value) > place else None

    @functools.cached_property
    def wrong(self) -> list[Trial]:
        """A few calls of the case in which this part is wrong; some on other numbers, where there are not enough."""
        found = self._wrong_ones
        return _different(found if len(found) >= _ENOUGH else [*found, *self._elsewhere(_OTHER_SEEDS[0])])[:_ENOUGH]

    @functools.cached_property
    def alike(self) -> list[Trial]:
        """A few of them that are of the form of the call that is shown, with the same words among their arguments."""
        found = [t for t in self.wrong if form_of(t.args) == form_of(self.trial.args)]
        for seed in _OTHER_SEEDS if len(found) < len(self.wrong) else ():
            if len(found) < _FEWEST_ALIKE:
                known = {id(t.args) for t in found}
                found += [
                    t
                    for t in (*self._wrong_ones, *self._elsewhere(seed))
                    if form_of(t.args) == form_of(self.trial.args) and id(t.args) not in known
                ]
        return found[:_ENOUGH]

    @functools.cached_property
    def _wrong_ones(self) -> list[Trial]:
        found = [t for t in self.trials if t.case is self.trial.case and self._is_wrong(t.got, t.expected, t)]
        return sorted(found, key=lambda t: t is not self.trial)

    def _elsewhere(self, seed: int) -> list[Trial]:
        """The wrong calls of the case on other numbers."""
        if seed not in self._others:
            self._others[seed] = self._wrong_with(seed)
        return self._others[seed]

    def _wrong_with(self, seed: int) -> list[Trial]:
        case, found = self.trial.case, list[Trial]()
        if not self.goes_on or case not in self.exercise.cases:
            return []
        for _, args, expected in numbers_of(self.exercise, list(self.exercise.cases).index(case), seed, 0):
            got = self._observe(self.fn, args)
            trial = Trial(case, args, expected, got, self.trial.problem)
            if self._is_wrong(got, expected, trial):
                found.append(trial)
        return found

    def _is_wrong(self, got: Outcome, expected: Outcome, trial: Trial) -> bool:
        if got.error is not None or expected.error is not None:
            return False
        return not same(self.part(got.value), self.part(expected.value), trial.tolerance, kinds=False)

    def right(self, args: Arguments) -> Any:
        """What this part should be for other arguments; None where there is no answer to them."""
        known = self._known(args)
        return self.part((known.expected if known else self._observe(self.exercise.reference, args)).value)

    def own(self, args: Arguments) -> Any:
        """What the answer makes of it for other arguments; None where it gives nothing."""
        known = self._known(args)
        return self.part((known.got if known else self._observe(self.fn, args)).value)

    def _known(self, args: Arguments) -> Trial | None:
        """The trial that was made with these very arguments."""
        return next((t for t in [*self.wrong, *self.alike] if t.args is args), None)

    def _observe(self, fn: Callable[..., Any], args: Arguments) -> Outcome:
        self._calls -= 1
        if self._endless:
            return Outcome(error=OutOfTime())
        with np.errstate(all="ignore"):
            outcome = observe(self.exercise, fn, args, CALL + self._grace)
        self._endless = outcome.timed_out  # nor may the next one end
        return outcome

    def both(self, trial: Trial) -> tuple[Any, Any]:
        """The wrong part in a call, as it should be and as it is."""
        return self.part(trial.expected.value), self.part(trial.got.value)


def _different(trials: Sequence[Trial]) -> list[Trial]:
    """Those first of which the arguments have other sizes than those before: what holds for one size may be luck."""
    sizes = [str([np.shape(a) if isinstance(a, np.ndarray) else 0 for a in t.args]) for t in trials]
    first = [i for i, size in enumerate(sizes) if size not in sizes[:i]]
    return [trials[i] for i in [*first, *(i for i in range(len(trials)) if i not in first)]]


def is_finite(value: Any) -> bool:
    """Whether it consists of numbers, all of them finite."""
    found = [*leaves(value)]
    return bool(found) and all(np.isfinite(v).all() for v in found)


def says_something(values: Sequence[Any]) -> bool:
    """Whether numbers can't agree by chance: at least two sizes among them, none of them 0, 1 or whole."""
    sizes = {
        f"{x:.6g}"
        for value in values
        for v in leaves(value)
        for x in np.abs(v).ravel()[:50]
        if x > _NOTHING and x != np.round(x)
    }
    return len(sizes) > 1


def is_rounded(value: np.ndarray[Any, Any]) -> bool:
    """Whether values are told to two digits behind the point, as some exercises tell what they don't take for right."""
    return bool(np.array_equal(value, np.round(value, 2)))


def short(value: Any) -> str:
    """A result in a sentence: numbers to four digits."""
    if isinstance(value, (np.ndarray, np.generic)):
        return short(value.tolist())
    if isinstance(value, float):
        return f"{value + 0.0:.4g}"  # no -0
    return f"[{', '.join(map(short, value))}]" if isinstance(value, list) else show(value)
