"""All experiments, the most telling ones first."""

from collections.abc import Callable, Sequence
from typing import Any

from autograde.judging.diagnosis.experiments.as_if import about_as_if
from autograde.judging.diagnosis.experiments.common import (
    about_calls,
    about_entries,
    about_parts,
    about_programs,
    about_words,
)
from autograde.judging.diagnosis.experiments.lab import Lab
from autograde.judging.diagnosis.experiments.landmarks import about_landmarks
from autograde.judging.diagnosis.experiments.laws import about_laws
from autograde.judging.diagnosis.experiments.relations import about_properties, about_relations, about_side
from autograde.judging.diagnosis.experiments.simpler import about_hiding, about_simpler, about_zeros
from autograde.judging.diagnosis.experiments.smallest import about_smallest
from autograde.judging.diagnosis.experiments.unread import about_unread, about_unread_limit
from autograde.judging.diagnosis.other_arguments import may_be_tried
from autograde.judging.exercise import Exercise
from autograde.judging.trials import Trial

_LOOKS = (
    about_relations,
    about_entries,
    about_as_if,
    about_unread,
    about_unread_limit,
    about_simpler,
    about_properties,
    about_laws,
    about_words,
    about_landmarks,
    about_zeros,
    about_hiding,
    about_programs,
    about_parts,
    about_calls,
    about_smallest,
    about_side,
)
_WITHOUT_CALLS = (about_words, about_calls)
_SLOW = 0.02  # seconds of a call that can't be repeated


def about_experiments(exercise: Exercise, trials: Sequence[Trial], trial: Trial, fn: Callable[..., Any]) -> str:
    """A sentence on what an answer with wrong values does with other arguments; "" where nothing shows.

    A function that says ``no_experiments`` is spared them.
    """
    if not may_be_tried(fn):
        return ""
    quickest = min(max(t.got.seconds, t.expected.seconds) for t in trials)
    if quickest > _SLOW or trial.got.error is not None or trial.expected.error is not None:
        return ""
    lab = Lab(exercise, fn, trials, trial)
    told_in_words = trial.problem is not None and trial.problem.key and isinstance(trial.problem.got, str)
    looks = _WITHOUT_CALLS if told_in_words else _LOOKS  # what a probe says of an answer no other numbers would change
    return next((told for told in (_seen(look, lab) for look in looks) if told), "")


def _seen(look: Callable[[Lab], str], lab: Lab) -> str:
    """What one kind of experiments shows; whatever it trips over, there are others."""
    try:
        return look(lab)
    except Exception:
        return ""
