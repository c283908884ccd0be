"""Marks of numbers: what they say, when they complain, and which numbers lack one."""

import math

import pytest

from autograde.authoring.number_marks import complaints, marks_of, near, size, unmarked, without_marks


@pytest.mark.parametrize(
    ("shown", "value", "half"),
    [
        ("0.0397", 0.0397, 0.00005),
        ("-80.39", -80.39, 0.005),
        ("1,797", 1797, 0.5),
        ("4{,}810", 4810, 0.5),
        ("14.9 %", 0.149, 0.0005),
        (r"95\,\%", 0.95, 0.005),
        ("10^{-8}", 1e-8, 0.5e-8),
        (r"3.4 \cdot 10^{38}", 3.4e38, 0.05e38),
        (r"7 \cdot 10^8", 7e8, 0.5e8),
        ("4e-32", 4e-32, 0.5e-32),
    ],
)
def test_a_number_as_it_is_printed(shown: str, value: float, half: float) -> None:
    got = size(shown)
    assert math.isclose(got[0], value) and math.isclose(got[1], half)
    assert near(value, shown) and near(value + 0.9 * half, shown) and not near(value + 1.5 * half, shown)


TEXT = r"""The loss falls from 2.303 to 0.01, a hundredfold, in 40 steps.
<!-- 2.303 = np.log(10) -->
<!--
a hundredfold: 90 < first / last < 300
0.01 = last
-->
The rate is 0.3.
<!-- given 0.3 -->"""


def test_learners_do_not_see_marks() -> None:
    assert without_marks(TEXT) == "The loss falls from 2.303 to 0.01, a hundredfold, in 40 steps.\nThe rate is 0.3."


def test_marks_hold_what_is_said() -> None:
    assert [mark.shown for mark in marks_of(TEXT)] == ["2.303", "a hundredfold", "0.01", "0.3"]
    assert complaints(TEXT, {"first": 2.3, "last": 0.0098}) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("It is 0.12. <!-- 0.12 = 0.13 -->", "'0.12' is said, but `0.13` is 0.13"),
        ("It is 10.12. <!-- 0.12 = 0.12 -->", "'0.12' is marked, but does not occur"),
        ("It is 0.123. <!-- 0.12 = 0.12 -->", "'0.12' is marked, but does not occur"),
        ("Doubled. <!-- Doubled: 1 > 2 -->", "'Doubled' is said, but `1 > 2` is False"),
        ("Halved. <!-- Doubled: 2 > 1 -->", "'Doubled' is marked, but does not occur"),
        ("A half. <!-- A half: 1 / 0 -->", "'A half' is said, but `1 / 0` raises ZeroDivisionError"),
        ("At 0.2. <!-- given 0.3 -->", "'0.3' is marked, but does not occur"),
    ],
)
def test_a_stale_number_is_named(text: str, complaint: str) -> None:
    (found,) = complaints(text, {})
    assert found.startswith(complaint)


def test_expressions_see_the_reference_and_the_notebook() -> None:
    text = "Half of 3 is 1.5, and the gain 0.5.\n<!--\n1.5 = xs[0] / 2\n0.5 = near(sum(x for x in xs), '3') / 2\n-->"
    assert complaints(text, {"xs": [3.0]}) == []
    assert complaints("2.3 <!-- 2.3 = losses.softmax_xent(np.zeros((1, 10)), np.array([0]))[0] -->", {}) == []


@pytest.mark.parametrize("line", ["0.3", "0.3: ", "abc = 3", "given", "0.1.2 = 3"])
def test_a_malformed_mark_says_what_is_expected(line: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        marks_of(f"text <!-- {line} -->")


def test_numbers_without_a_mark() -> None:
    text = (
        "## Part 3.1 · 100 minutes\nIn notebook 03 (1986) 12 of 30, `0.1`. So 0.25, $10^{-8}$, 63 % and 1,234 remain;\n"
        "0.5 and 1,000 are set, 7.5 is marked, $x_{100}$ a name, $\\tfrac12$ a half. See [here](a/1.5.html).\n"
        "<!-- 7.5 = 15 / 2 -->"
    )  # fmt: skip
    assert unmarked(text, ["rate = 0.5", "n = 1_000"]) == ["0.25", "10^-8", "63%", "1234"]
