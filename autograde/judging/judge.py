"""Judging an answer: the calls of an exercise's cases, the reference's results beside the answer's, the points."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from autograde.judging.call import SECONDS_PER_CALL, observe
from autograde.judging.credit import credit, inputs_kept, kinds_kept, parts_of, share
from autograde.judging.diagnosis.diagnose import first_failure, too_slow
from autograde.judging.draws import HIDDEN_SEED, PUBLIC_SEED, questions
from autograde.judging.exercise import Case, Exercise
from autograde.judging.report import INPUTS_KEPT, KINDS_KEPT, Report
from autograde.judging.trials import Observer, Question, Trial, run_trials

__all__ = ["HIDDEN_SEED", "PUBLIC_SEED", "Question", "judge", "questions"]

SECONDS_PER_CHECK = 20.0
MOST_TIMEOUTS = 2  # calls that may take too long before judging ends: one endless loop does not cost all cases
MOST_TIMEOUTS_MIXED = 5


def judge(
    exercise: Exercise,
    fn: Callable[..., Any],
    *,
    seed: int = PUBLIC_SEED,
    seconds: float = SECONDS_PER_CALL,
    asked: Sequence[Question] | None = None,
    observed: Observer = observe,
    order: Sequence[int] = (),
) -> Report:
    """The report on the answer ``fn``: a few dozen calls, ended at the second that takes longer than ``seconds``,
    times the exercise's patience.

    asked: the list of ``questions(exercise, seed)``, for who judges many answers.  observed: how calls are made.
    order: in which the calls are made, by default as they are; where True or False is expected, say, who counts the
    calls could know all results.  As luck decides then which cases come late, more calls may take too long.
    """
    asked = list(asked or questions(exercise, seed))
    start, trials = time.perf_counter(), list[Trial]()
    for trial in run_trials(exercise, fn, [asked[i] for i in order] if order else asked, seconds, observed):
        trials.append(trial)
        if not trial.got.timed_out:  # what goes beyond the limit is an import, or others' work
            start += max(0.0, trial.got.seconds - seconds * exercise.patience)
        elif order:  # these are counted, not timed
            start += trial.got.seconds
        late = time.perf_counter() - start > SECONDS_PER_CHECK * (2 if order else 1)
        if late or _took_too_long(trials, bool(order)) or (len(trials) == 1 and trial.got.is_stub):
            break
    places = {id(args): place for place, (_, args, _) in enumerate(asked)}
    trials.sort(key=lambda trial: places[id(trial.args)])
    return _report(exercise, fn, trials, time.perf_counter() - start)


def _took_too_long(trials: Sequence[Trial], mixed: bool) -> bool:
    """Whether enough calls did: two, or five in a mixed order unless it is all of them."""
    timeouts = sum(trial.got.timed_out for trial in trials)
    return timeouts >= (MOST_TIMEOUTS_MIXED if mixed and timeouts < len(trials) else MOST_TIMEOUTS)


def _report(exercise: Exercise, fn: Callable[..., Any], trials: list[Trial], seconds: float) -> Report:
    if any(trial.problem for trial in trials):
        look_into(trials)
    credits = {case.label: credit(case, trials) for case in exercise.cases}
    failure = first_failure(exercise, trials, fn) or too_slow(exercise, len(trials))
    changed = tuple({name: None for trial in trials for name in trial.got.changed})
    points = share(exercise, trials, credits)
    cases = verdicts(exercise, trials, credits)
    return Report(exercise.name, cases, points, failure, seconds, changed=changed, answer=fn, trials=trials)


def look_into(trials: Iterable[Trial]) -> None:
    """Find out which of the values are right that each call is asked for; nobody needs it where all is right."""
    for trial in trials:
        trial.parts = parts_of(trial.case, trial.got, trial.expected, trial.tolerance)


def verdicts(exercise: Exercise, trials: Sequence[Trial], credits: Mapping[str, float]) -> dict[str, str]:
    """What became of each case and of the care taken, of the kind of numbers only where it was the wrong one."""
    found = {case.label: _verdict(case, trials, credits[case.label]) for case in exercise.cases}
    ended = len(trials) < sum(case.times for case in exercise.cases)
    found[INPUTS_KEPT] = "failed" if not all(map(inputs_kept, trials)) else "not run" if ended else "passed"
    if not all(map(kinds_kept, trials)):
        found[KINDS_KEPT] = "failed"
    return found


def _verdict(case: Case, trials: Sequence[Trial], earned: float) -> str:
    if earned > 0:
        return "passed" if earned == 1 else "partly"
    own = [trial for trial in trials if trial.case is case]
    if not all(part.right for trial in own for part in trial.parts.values()):
        return "failed"
    return "not counted" if len(own) == case.times else "not run"
