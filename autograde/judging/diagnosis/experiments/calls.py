"""What the arguments of all wrong calls have in common, and those of no right one."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograde.judging.diagnosis.experiments.domain import arrays_in, is_arrays, is_numeric
from autograde.judging.diagnosis.experiments.lab import Lab
from autograde.judging.report import Trial

Array = np.ndarray[Any, Any]

_FEWEST_WRONG, _FEWEST_RIGHT = 3, 6  # calls in which it shows
_TRAITS: dict[str, Callable[[Sequence[Array]], bool]] = {
    "a negative number stands in {}": lambda a: any((v < 0).any() for v in a),
    "a 0 stands in {}": lambda a: any((v == 0).any() for v in a),
    "equal numbers stand in {}": lambda a: any(v.ndim == 1 and len(np.unique(v)) < v.size for v in a),
    "equal rows stand in {}": lambda a: any(v.ndim == 2 and len(np.unique(v, axis=0)) < len(v) for v in a),
    "a number of more than 100 stands in {}": lambda a: any((np.abs(v) > 100).any() for v in a),
    "no number in {} is as large as 1e-6": lambda a: all((np.abs(v) < 1e-6).all() for v in a),
    "all numbers in {} are equal": lambda a: all(v.size > 1 and (v == v.flat[0]).all() for v in a),
    "{} holds a single entry": lambda a: len(a) == 1 and a[0].ndim > 0 and len(a[0]) == 1,
}


def about_calls(lab: Lab) -> str:
    """A sentence on a trait of the arguments that tells the wrong calls from the right ones; "" where there is none."""
    several = [t for t in lab.trials if len(t.args) == len(lab.trial.args) and t.expected.error is None]
    wrong, right = [t for t in several if t.problem is not None], [t for t in several if t.problem is None]
    if len(wrong) < _FEWEST_WRONG or len(right) < _FEWEST_RIGHT:
        return ""
    found = [words for words in _traits(lab) if _tells_apart(words, wrong, right)]
    if len(found) != 1:  # of several nobody knows which one matters
        return ""
    i, words = found[0]
    where = words.format(f"`{lab.exercise.parameters[i]}`")
    return f"In all calls that go wrong {where}, in no other one: what becomes of that?"


def _traits(lab: Lab) -> list[tuple[int, str]]:
    numeric = [i for i, a in enumerate(lab.trial.args) if is_numeric(a) or is_arrays(a)]
    return [(i, words) for words in _TRAITS for i in numeric]


def _tells_apart(trait: tuple[int, str], wrong: Sequence[Trial], right: Sequence[Trial]) -> bool:
    i, words = trait
    has = [_TRAITS[words]([*arrays_in(t.args[i])]) for t in [*wrong, *right]]
    return all(has[: len(wrong)]) and not any(has[len(wrong) :])
