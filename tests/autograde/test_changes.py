"""Whoever changes an argument is told what to write instead of the statement that does it."""

from typing import Any

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.diagnosis.syntax.changes import about_changes
from autograde.judging.judge import judge
from tests.support.cells import cell

BODY = """
def wasserstein_1d(x, y):
    {}
    return np.mean(np.abs(np.sort(x) - np.sort(y)))
"""


def written(source: str, name: str) -> Any:
    """The function that a cell defines, with its text at hand."""
    return cell(source)[name]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("x.sort()", "`np.sort(x)` gives a sorted copy"),
        ("y.sort(axis=0)", "`np.sort(y)` gives a sorted copy"),
        ("a = x; a.sort()", "`np.sort(x)` gives a sorted copy"),
        ("x += 0.5", "instead of `a += ...`"),
        ("x[:] = np.sort(x)", "`x = np.array(x)`"),
        ("x.fill(1.0)", "`np.full(x.shape, ...)`"),
        ("np.add(x, 1, out=x)", "leave it away"),
        ("np.random.default_rng(0).shuffle(x)", "`rng.permutation(x)`"),
        ("np.copyto(x, y)", "`x = np.array(x)`"),
        ("np.add.at(x, 0, 1.0)", "`x = np.array(x)`"),
        ("x.partition(0)", "`np.partition(x, ...)`"),
    ],
)
def test_the_advice_fits_the_change(statement: str, told: str) -> None:
    found = judge(CATALOGUE["wasserstein_1d"], written(BODY.format(statement), "wasserstein_1d")).failure
    assert found is not None
    assert told in found.advice
    assert ("+=" in found.advice) == ("+=" in statement)


@pytest.mark.parametrize(
    "statement", ["Ws.append(Ws[0])", "Ws.pop()", "for W in Ws: W *= 2", "for i, W in enumerate(Ws): W *= 2"]
)
def test_lists_and_their_entries_too(statement: str) -> None:
    told = about_changes(["Ws"], written(f"def collapse(Ws, bs):\n    {statement}\n", "collapse"))
    assert ("`Ws = list(Ws)`" in told) == ("append" in statement or "pop" in statement)


def test_without_a_text_the_advice_is_the_general_one() -> None:
    assert "`a.copy()`" in about_changes(["x"], np.sort)
    assert about_changes([], np.sort) == ""
