"""Numbers that an exercise's text allows, and that each of its arguments must have come up with: derived for each kind.

Whole numbers stand beside floats, arrays have zeros, a list has one array twice, of the labels some don't occur and 0 is
one of them, what takes any shape gets four axes, what has a default is also given as 0, and a cache outlives forward
calls of the same sizes and of others.
"""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from autograde.exercises import ASSIGNMENTS, CATALOGUE
from autograde.judging.draws import PUBLIC_SEED, questions
from tests.autograde.arguments import CLASSES, leaves, reference_of

NAMES = [name for topic in sorted(ASSIGNMENTS) if topic >= "05" for name in ASSIGNMENTS[topic]]
POSITIVE = {("worst_gradient", "eps")}  # by which is divided
NO_ZEROS = {"kl_divergence"}  # whose arguments are probabilities
NOT_WHOLE = {"leaked_rows", "sgd_step", "momentum_step", "adam_step"}  # of one kind, or in place
Call = dict[str, Any]


def calls(name: str) -> list[Call]:
    """The arguments of all calls by their names."""
    exercise = CATALOGUE[name]
    return [dict(zip(exercise.parameters, args, strict=False)) for _, args, _ in questions(exercise, PUBLIC_SEED)]


def arrays(value: Any) -> list[Any]:
    return [a for a in leaves([value]) if isinstance(a, np.ndarray)]


def tables(name: str) -> list[str]:
    """The names of the arguments that are arrays of real numbers, or lists of them."""
    first = calls(name)[0]
    kinds = {key: {a.dtype.kind for a in arrays(value)} for key, value in first.items() if key not in CLASSES}
    return [key for key, kind in kinds.items() if kind & set("fi") and not re.search(r"2$", key)]


def of_kind(call: Call, key: str, kind: str) -> bool:
    return key in call and any(a.dtype.kind == kind for a in arrays(call[key]))


@pytest.mark.parametrize("name", [n for n in NAMES if n not in NOT_WHOLE and len(tables(n)) > 1])
def test_whole_numbers_stand_beside_floats(name: str) -> None:
    keys = tables(name)
    for key in keys:
        others = [other for other in keys if other != key]
        found = [c for c in calls(name) if of_kind(c, key, "i") and any(of_kind(c, other, "f") for other in others)]
        assert found or (key in ("b", "bias", "bs") and len(keys) > 3), f"{key} is never whole beside floats"


@pytest.mark.parametrize("name", [n for n in NAMES if n not in NO_ZEROS])
def test_every_array_has_zeros(name: str) -> None:
    for key in tables(name):
        assert any((a == 0).any() for call in calls(name) if key in call for a in arrays(call[key])), f"{key} has no 0"


def lists(name: str) -> Iterator[str]:
    """The lists of arrays that stay as they are."""
    for key, value in calls(name)[0].items():
        if isinstance(value, list) and arrays(value) and key not in CATALOGUE[name].changes:
            yield key


@pytest.mark.parametrize("name", [n for n in NAMES if "Ws" in list(lists(n))])
def test_a_matrix_stands_in_a_list_twice(name: str) -> None:
    assert any(len({id(a) for a in call["Ws"]}) < len(call["Ws"]) for call in calls(name))


@pytest.mark.parametrize("name", [n for n in NAMES if "y" in calls(n)[0] and calls(n)[0]["y"].dtype.kind == "i"])
def test_labels_do_not_all_occur(name: str) -> None:
    found = [set(call["y"].tolist()) for call in calls(name) if len(call["y"]) > 1]
    if name != "wasserstein_1d":
        assert any(0 not in labels and len(labels) > 1 for labels in found), "0 is always among them"


def takes_any_shape(name: str) -> list[str]:
    kinds = inspect.signature(reference_of(CATALOGUE[name])).parameters
    return [key for key, kind in kinds.items() if "'*s'" in str(kind.annotation)]


@pytest.mark.parametrize("name", [n for n in NAMES if takes_any_shape(n)])
def test_any_shape_has_four_axes(name: str) -> None:
    for key in takes_any_shape(name):
        assert any(np.ndim(call[key]) == 4 for call in calls(name))


def defaults(name: str) -> list[str]:
    kinds = inspect.signature(reference_of(CATALOGUE[name])).parameters
    return [key for key, kind in kinds.items() if type(kind.default) is float and (name, key) not in POSITIVE]


@pytest.mark.parametrize("name", [n for n in NAMES if n in CATALOGUE and defaults(n)])
def test_what_has_a_default_is_also_0(name: str) -> None:
    """`eps or 1e-5` is another number then."""
    for key in defaults(name):
        assert any(call.get(key) == 0 for call in calls(name)), f"{key} is never 0"


@pytest.mark.parametrize("name", [n for n in NAMES if CATALOGUE[n].needs])
def test_a_cache_outlives_calls_of_the_same_sizes_and_of_others(name: str) -> None:
    same = []
    for call in calls(name):
        pairs = [(call[key], call[f"{key}2"]) for key in call if f"{key}2" in call]
        if pairs:
            same.append(all([a.shape for a in arrays(one)] == [a.shape for a in arrays(two)] for one, two in pairs))
    assert set(same) == {True, False}
