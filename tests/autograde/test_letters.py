"""The table of letters: no letter has two meanings in a notebook, and every notebook shows its own."""

from itertools import combinations
from pathlib import Path

import nbformat
import pytest

from autograde import letters
from autograde.exercises import ASSIGNMENTS
from autograde.learner.letters import LETTERS


def test_no_letter_has_two_meanings_in_one_notebook() -> None:
    clashes = [
        (one, other)
        for one, other in combinations(LETTERS, 2)
        if one.sign == other.sign and set(one.notebooks) & set(other.notebooks)
    ]
    assert clashes == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_notebook_shows_its_letters(root: Path, assignment: str) -> None:
    number = int(assignment[:2])
    notebook = nbformat.read(root / "notebooks" / assignment / f"{assignment[3:]}.ipynb", as_version=4)
    assert [cell.source for cell in notebook.cells if cell.source.startswith("letters(")] == [f"letters({number})"]
    text = "\n".join(cell.source for cell in notebook.cells)
    signs = [sign for row in LETTERS if number in row.notebooks for sign in row.sign.split(", ") if len(sign) > 1]
    assert [sign for sign in signs if sign.split("_")[0] not in text] == []


def test_the_table_has_formulas_and_a_plain_twin() -> None:
    whole, one = letters(), letters(7)
    assert r"| $\kappa$ | curvature" in one._repr_markdown_() and r"\chi" not in one._repr_markdown_()
    assert repr(whole).count("\n") == len(LETTERS) == whole._repr_markdown_().count("\n| $")
    with pytest.raises(ValueError, match="expected one of 1 to 8"):
        letters(9)
