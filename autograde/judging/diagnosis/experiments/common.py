"""What the wrong calls have in common and no right one has, and which values of a result are right."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograde.judging.as_code import show
from autograde.judging.compare import as_numbers, same
from autograde.judging.diagnosis.experiments.changes import listed
from autograde.judging.diagnosis.experiments.domain import arrays_in, is_arrays, is_numeric
from autograde.judging.diagnosis.experiments.lab import Lab
from autograde.judging.trials import Trial

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
_FEWEST = 2  # calls on either side
_ENTRIES: dict[str, Callable[[int], list[bool]]] = {
    "the last entry alone is right": lambda n: [False] * (n - 1) + [True],
    "the first entry alone is right": lambda n: [True] + [False] * (n - 1),
    "the last entry alone is wrong": lambda n: [True] * (n - 1) + [False],
    "the first entry alone is wrong": lambda n: [False] + [True] * (n - 1),
}
_IN_PROGRAMS = {
    "`exp`": r"\.exp\(",
    "`tanh`": r"\.tanh\(",
    "`relu`": r"\.relu\(",
    "a minus": r" - |-[a-z(]",
    "a plain number on the left": r"[=(] *\d[\d.]* [-+*] [a-z]",
    "a plain number on the right": r"[a-z)] [-+*] -?\d",
    "a plain number beside a node": r"[a-z)] [-+*] -?\d|[=(] *-?\d[\d.]* [-+*] [a-z]",
    "two calls of `backward`": r"backward\(\)\n.*backward\(\)",
}


def about_words(lab: Lab) -> str:
    """A sentence where an answer is wrong in calls with one word, and right in all others; "" elsewhere."""
    for i, word in enumerate(lab.trial.args):
        if not isinstance(word, str):
            continue
        calls = [t for t in lab.trials if i < len(t.args) and isinstance(t.args[i], str) and t.expected.error is None]
        wrong = [t for t in calls if t.args[i] == word and t.problem is not None]
        others = [t for t in calls if t.args[i] != word]
        if min(len(wrong), len(others)) < _FEWEST or any(t.problem is not None for t in others):
            continue
        name, right = lab.exercise.parameters[i], sorted({show(t.args[i]) for t in others})
        return (
            f"It is wrong with `{name}` = {show(word)} alone, and right with {listed(right)}: which lines of yours "
            "are for that one?"
        )
    return ""


def about_programs(lab: Lab) -> str:
    """A sentence on what all programs have in them that go wrong, and none that goes right; "" elsewhere."""
    if not _is_program(lab.trial.args[0]):
        return ""
    wrong = [t.args[0] for t in lab.trials if t.problem is not None]
    right = [t.args[0] for t in lab.trials if t.problem is None]
    if min(len(wrong), len(right)) < _FEWEST or len({t.case.label for t in lab.trials if t.problem}) < _FEWEST:
        return ""
    patterns = {words: re.compile(pattern, re.MULTILINE) for words, pattern in _IN_PROGRAMS.items()}
    telling = {words: found for words, found in patterns.items() if not any(map(found.search, right))}
    for words, found in telling.items():
        if all(map(found.search, wrong)):
            return (
                f"All programs that go wrong have {words} in them, and no other one: what does your class do with it?"
            )
    here = [words for words, found in telling.items() if found.search(lab.trial.args[0])]
    with_it = [text for text in wrong if here and telling[here[0]].search(text)]
    if len(here) != 1 or len(with_it) < _FEWEST_WRONG or len(right) < _FEWEST_RIGHT:
        return ""
    return f"Each program that has {here[0]} in it goes wrong: what does your class do with it?"


def _is_program(text: Any) -> bool:
    return isinstance(text, str) and len(text.splitlines()) > 1


def about_parts(lab: Lab) -> str:
    """A sentence on which of several named values are right in the call that is shown."""
    got, expected = lab.trial.got.value, lab.trial.expected.value
    if (
        not _is_program(lab.trial.args[0])
        or not isinstance(got, dict)
        or not isinstance(expected, dict)
        or got.keys() != expected.keys()
    ):
        return ""
    right = [f"`{key}`" for key in expected if same(got[key], expected[key], lab.trial.tolerance, kinds=False)]
    wrong = [f"`{key}`" for key in expected if f"`{key}`" not in right]
    if not right or any(as_numbers(value) is None for value in got.values()):
        return ""
    are = "are" if len(right) > 1 else "is"
    return f"Here {listed(right)} {are} right, and {listed(wrong)} wrong: which step leads from those to these?"


def about_entries(lab: Lab) -> str:
    """A sentence on which entries of a list are right in all calls in which something in it is wrong; "" elsewhere."""
    masks = [_right_entries(t, *lab.both(t)) for t in lab.wrong]
    if len(masks) < _FEWEST or any(len(mask) < _FEWEST for mask in masks) or not any(map(any, masks)):
        return ""
    for words, pattern in _ENTRIES.items():
        if all(mask == pattern(len(mask)) for mask in masks):
            ask = "what is special about it" if words.endswith("wrong") else "what is done otherwise with the others"
            return f"Of your {lab.name} {words}, in all calls that go wrong: {ask}?"
    return ""


def _right_entries(trial: Trial, right: Any, own: Any) -> list[bool]:
    """Of each entry of a list, whether it is right; none where it is no list, or not as long as it should be."""
    lists = all(isinstance(v, (list, tuple)) or (isinstance(v, np.ndarray) and v.ndim == 1) for v in (right, own))
    if not lists or len(own) != len(right):
        return []
    return [same(g, e, trial.tolerance, kinds=False) for g, e in zip(own, right, strict=True)]


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
