"""Special numbers that an exercise's text allows, and that its cases must have: derived for each kind of argument.

Arrays hold nothing but zeros, and equal numbers; all labels are alike; numbers are 0; a result that is a table has one
entry; what takes any shape is whole without axes, with one and with two; a knot lies next to another one.
"""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from autograde.exercises import ASSIGNMENTS, CATALOGUE
from autograde.judging.draws import PUBLIC_SEED, questions
from tests.autograde.arguments import NOT_WHOLE, OTHERS, arguments, leaves, reference_of

NAMES = [name for topic in sorted(ASSIGNMENTS) if topic < "05" for name in ASSIGNMENTS[topic] if name not in OTHERS]
CLASSES = {"y"}
RISING = {("relu_spline", "t"), ("least_error", "x")}  # whose entries differ
SUM_TO_ONE = {"p", "P"}
HYPERPLANE = {"w_star"}  # which has a direction
POSITIVE = NOT_WHOLE | {"eta", "lr"}
NEVER_ALL_ZERO = {("ridge_network", "W")}


def kinds(name: str) -> dict[str, str]:
    """The types of the parameters that cases have, but of labels, as text."""
    parameters = inspect.signature(reference_of(CATALOGUE[name])).parameters
    found = arguments(CATALOGUE[name])
    return {p: str(kind.annotation) for p, kind in parameters.items() if p in found and p not in CLASSES}


def arrays(name: str) -> Iterator[tuple[str, list[Any]]]:
    """The arrays that each argument has been, those in lists, too."""
    for key, values in arguments(CATALOGUE[name]).items():
        found = [v for v in leaves(values) if isinstance(v, np.ndarray)]
        if found and key not in CLASSES:
            yield key, found


WITH_ARRAYS = [name for name in NAMES if list(arrays(name))]


@pytest.mark.parametrize("name", WITH_ARRAYS)
def test_every_array_is_also_all_zeros(name: str) -> None:
    for key, found in arrays(name):
        if key not in SUM_TO_ONE | HYPERPLANE and (name, key) not in RISING | NEVER_ALL_ZERO:
            assert any(a.size and not a.any() for a in found), f"{key} is never all zeros"


@pytest.mark.parametrize("name", WITH_ARRAYS)
def test_every_array_has_equal_numbers(name: str) -> None:
    for key, found in arrays(name):
        if (name, key) not in RISING:
            assert any(len(np.unique(a[a != 0])) < np.count_nonzero(a) for a in found), f"{key} has no number twice"


LABELLED = [name for name in NAMES if any(isinstance(y, np.ndarray) for y in arguments(CATALOGUE[name]).get("y", []))]


@pytest.mark.parametrize("name", LABELLED)
def test_labels_are_also_all_alike(name: str) -> None:
    alike = [set(y.tolist()) for y in arguments(CATALOGUE[name])["y"] if len(y) > 1]
    assert any(len(labels) == 1 for labels in alike)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_is_also_0(name: str) -> None:
    values = arguments(CATALOGUE[name])
    for key, kind in kinds(name).items():
        if kind == "float | int | numpy.number" and key not in POSITIVE:
            assert any(np.ndim(v) == 0 and v == 0 for v in values[key]), f"{key} is never 0"


def tables(name: str) -> list[Any]:
    """What comes back that has two axes of any length."""
    found = [leaves([expected.value]) for _, _, expected in questions(CATALOGUE[name], PUBLIC_SEED)]
    results = [[a for a in values if isinstance(a, np.ndarray) and a.ndim == 2] for values in found]
    flat = [a for values in results for a in values]
    return flat if len({a.shape[1] for a in flat}) > 1 else []


@pytest.mark.parametrize("name", [name for name in NAMES if tables(name)])
def test_a_result_that_is_a_table_has_one_entry(name: str) -> None:
    assert any(a.size == 1 for a in tables(name))


@pytest.mark.parametrize("name", [name for name in NAMES if any("'*s'" in kind for kind in kinds(name).values())])
def test_whole_numbers_have_any_shape(name: str) -> None:
    values = arguments(CATALOGUE[name])
    for key in (key for key, kind in kinds(name).items() if "'*s'" in kind):
        whole = [np.asarray(v) for v in values[key] if np.asarray(v).dtype.kind == "i"]
        assert {0, 1, 2} <= {v.ndim for v in whole}, key
        assert {0, 1, 2, 4} <= {np.ndim(v) for v in values[key]}, key


@pytest.mark.parametrize("key", ["Ws"])
def test_a_list_begins_and_ends_narrow(key: str) -> None:
    """A single input, a single output, also of a single layer; and one array twice."""
    lists = arguments(CATALOGUE["collapse_linear"])[key]
    assert any(Ws[0].shape[0] == 1 < len(Ws) for Ws in lists)
    assert {(1, 1)} < {Ws[0].shape for Ws in lists if len(Ws) == 1 and 1 in Ws[0].shape}
    assert any(len({id(W) for W in Ws}) < len(Ws) for Ws in lists)


def test_knots_lie_next_to_each_other() -> None:
    """Nearer than any tolerance: on either side, one rises and one falls."""
    steps = [np.diff(t) for t in arguments(CATALOGUE["relu_spline"])["t"]]
    assert {1, -1} <= {int(np.sign(s[np.abs(s).argmin()])) for s in steps if 0 < np.abs(s).min() < 1e-8}


def test_programs_have_integers_and_zeros() -> None:
    for name, arguments_of_one in (("Value", r"\(-?\d+\)"), ("Dual", r"\(-?\d+, ")):
        texts = [text for _, (text, _), _ in questions(CATALOGUE[name], PUBLIC_SEED)]
        assert any(re.search(rf"{name}{arguments_of_one}", text) for text in texts)
        assert any(re.search(rf"{name}\(0\.0", text) for text in texts)
