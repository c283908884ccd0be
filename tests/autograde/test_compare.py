"""Results are judged by structure, kind, shape and value, and by nothing else."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograde.judging.compare import DOUBLE, SINGLE, Tolerance, compare, kind_of, same, tolerance_for
from autograde.runtime.values import Opaque

RIGHT: list[tuple[Any, Any]] = [
    (3, 3.0),  # an int where a float is promised
    (np.float32(0.5), 0.5),
    (np.array(0.5), 0.5),
    (np.longdouble(0.5), 0.5),
    (np.uint8(3), 3),
    (3 * 10**30, 3e30),  # beyond 64 bits
    ([3 * 10**30, 1], np.array([3e30, 1.0])),
    (np.array(3), 3),
    (True, np.True_),
    (np.array(True), True),
    ([1.0, 2.0], np.array([1.0, 2.0])),
    ((1.0, 2.0), np.array([1.0, 2.0])),
    (np.array([1, 2]), [1, 2]),
    ([2.0, 1.0], [2, 1]),  # a list of counts may hold whole floats
    ([np.array([1.0]), 2], (np.array([1.0]), 2.0)),
    (np.array([1.0, 2.0], dtype=object), np.array([1.0, 2.0])),
    (np.array([1, 2], dtype=np.int8), np.array([1, 2])),
    (np.array([1.0, 2.0]), (1.0, 2.0)),
    (np.array([np.ones(3), [1.0, 2.0]], dtype=object), (np.ones(3), [1.0, 2.0])),
    ({"a": 1.0}, {"a": 1.0}),
    (None, None),
    ("saddle", "saddle"),
    (np.array([np.nan, np.inf]), np.array([np.nan, np.inf])),
    (np.zeros((0, 2)), np.zeros((0, 2))),
]

WRONG: list[tuple[Any, Any, str]] = [
    (None, 1.0, "type"),
    (1.0, None, "type"),
    ("1", 1.0, "type"),
    ("minimum", "maximum", "value"),
    (1 + 0j, 1.0, "type"),
    ([1.0], 1.0, "type"),
    (np.array([1.0]), 1.0, "shape"),
    (Opaque("generator"), np.array([1.0]), "type"),
    ({"a": 1.0}, 1.0, "type"),
    ([[1.0], [1.0, 2.0]], np.ones((2, 2)), "type"),  # ragged
    (1.0, (1.0, 2.0), "type"),
    ((1.0, 2.0, 3.0), (np.ones(2), 2.0), "length"),
    ({"a": 1.0}, {"b": 1.0}, "length"),
    (1.0, {"a": 1.0}, "type"),
    (np.ones(2), (np.ones(1), 1.0), "type"),  # joined
    (np.ones(3), (1.0, [np.ones((2, 2)), np.ones(2)], []), "type"),
    (np.ones((2, 1)), np.ones(2), "shape"),
    (np.ones((1, 2)), np.ones((2, 1)), "shape"),
    (True, 1, "dtype"),
    (1.0, 1, "dtype"),
    (np.array([1.0]), np.array([1]), "dtype"),
    (1, True, "dtype"),
    (True, 1.0, "dtype"),
    (2.0, 1.0, "value"),
    (np.array([1, 2]), np.array([1, 3]), "value"),
    (False, True, "value"),
    (1.0, np.inf, "value"),
    (np.inf, 1.0, "value"),
    (-np.inf, np.inf, "value"),
    (3 * 10**30, 3, "value"),
    (3 * 10**30, True, "dtype"),
    (10**400, 1.0, "type"),
    (np.nan, 1.0, "nan"),
    (np.nan, np.inf, "nan"),
    ([1, 2], [1, 3], "value"),
]


@pytest.mark.parametrize(("got", "expected"), RIGHT, ids=repr)
def test_right(got: Any, expected: Any) -> None:
    assert compare(got, expected) is None


@pytest.mark.parametrize(("got", "expected", "kind"), WRONG, ids=repr)
def test_wrong(got: Any, expected: Any, kind: str) -> None:
    difference = compare(got, expected)
    assert difference is not None
    assert difference.kind == kind
    assert difference.message


@pytest.mark.parametrize(
    ("error", "tol", "right"),
    [(0.9e-6, DOUBLE, True), (1.2e-6, DOUBLE, False), (0.9e-3, SINGLE, True), (1.3e-3, SINGLE, False)],
)
@pytest.mark.parametrize("size", [1e-12, 1.0, 1e12])
def test_tolerance_is_relative(error: float, tol: Any, right: bool, size: float) -> None:
    expected = size * np.array([1.0, -0.5])
    assert (compare(expected * (1 + error), expected, tol) is None) == right


def test_zeros_among_large_values_may_carry_their_round_off() -> None:
    expected = np.array([1e6, 0.0])
    assert compare(np.array([1e6, 1e-4]), expected) is None
    assert compare(np.array([1e6, 1e-2]), expected) is not None
    assert compare(np.array([0.0, 1e-8]), np.zeros(2)) is not None  # all zeros: their size counts as 1


def test_integers_are_exact() -> None:
    assert compare(np.array([10**12 + 1]), np.array([10**12])) is not None


def test_the_message_names_the_first_wrong_entry_and_the_path_its_part() -> None:
    got, expected = np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])
    difference = compare((np.zeros(2), got), (np.zeros(2), expected))
    assert difference is not None
    assert (difference.message, difference.path) == ("5.0 at index [1, 1], expected 4.0", (1,))


def test_a_huge_result_of_the_wrong_shape_is_not_looked_through() -> None:
    difference = compare(np.broadcast_to(0.0, (10**9, 10**6)), np.zeros(3))
    assert difference is not None
    assert difference.kind == "shape"


@pytest.mark.parametrize(
    ("args", "tol"),
    [((np.ones(2), 1.0), DOUBLE), ((np.ones(2, dtype=np.float32), 1.0), SINGLE), (([np.float32(1)], 2), SINGLE)],
)
def test_the_precision_of_the_inputs_sets_the_tolerance(args: Any, tol: Any) -> None:
    assert tolerance_for(args) == tol


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        (np.array([1.0, np.nan]), np.array([1.0, np.nan]), True),
        (np.array([1.0]), np.array([1.0 + 1e-9]), True),
        (np.array([1.0]), np.array([1.0 + 1e-5]), False),
        (np.array([1.0]), np.array([1]), False),
        (np.ones(2), np.ones((2, 1)), False),
        ([1.0, [2]], (1.0, [2]), True),
        ([1.0], [1.0, 2.0], False),
        ({"a": 1}, {"a": 2}, False),
        (np.array([1j]), np.array([1.0]), False),  # an array and an array, but of other things
        (np.array([1j]), np.array([2j]), False),
        (np.array(["a"]), np.array(["a"]), True),
        ("a", "b", False),
        (1j, 2j, False),
        (None, None, True),
        (None, 1.0, False),
        (Opaque("map"), Opaque("map"), True),
        (Opaque("map"), Opaque("zip"), False),
    ],
)
def test_same(a: Any, b: Any, alike: bool) -> None:
    assert same(a, b) == same(b, a) == alike


_ANY = st.sampled_from([0.0, 1.0, 1.0 + 5e-8, 1.0 + 5e-7, -3e8, 1e-9, np.nan, np.inf, -np.inf])


@given(st.lists(st.tuples(_ANY, _ANY), min_size=1, max_size=4), st.sampled_from([1e-7, 1e-12]))
def test_arrays_are_alike_where_numpy_calls_them_close(pairs: list[tuple[float, float]], absolute: float) -> None:
    a, b = np.array(pairs).T
    size = np.abs(b[np.isfinite(b)]).max(initial=0.0)
    assert same(a, b, Tolerance(1e-7, absolute)) == np.allclose(a, b, 1e-7, absolute * size, equal_nan=True)


@given(st.lists(st.floats(allow_nan=False, width=32), min_size=1, max_size=5), st.integers(0, 4))
def test_a_value_equals_itself_and_not_a_neighbour(values: list[float], at: int) -> None:
    expected = np.array(values, dtype=np.float64)
    assert compare(values, expected) is None
    other = expected.copy()
    other[at % len(other)] = 1.0 if abs(other[at % len(other)] - 1) > 0.1 else 3.0
    size = np.abs(expected[np.isfinite(expected)]).max(initial=0.0)
    if size < 1e7:  # else the change may drown in what is allowed
        assert compare(other, expected) is not None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None (is a `return` missing?)"),
        ([1, 2], "a list of 2"),
        (np.ones((2, 3)), "an array of floats of shape (2, 3)"),
        (np.float32(1), "a NumPy float32"),
        (1j, "a complex number"),
        (Opaque("async_generator"), "an async_generator"),
    ],
)
def test_kinds_in_words(value: Any, words: str) -> None:
    assert kind_of(value) == words


def test_an_array_is_no_tuple_of_arrays_whatever_stands_beside_them() -> None:
    joined = compare(np.ones(2), (np.ones(1), [np.ones(2), np.ones((3, 2))]))
    assert joined is not None
    assert joined.kind == "type"
    ragged = compare(np.ones(2), ([np.ones(2), np.ones((3, 2))], 1.0))
    assert ragged is not None
