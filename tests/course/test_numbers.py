"""Numbers in the texts of the course: each comes from a computation, is a setting of a cell near it, or is given."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograde.authoring.number_marks import unmarked, without_marks
from autograde.authoring.source import read_cells
from autograde.authoring.source_cell import Cell
from autograde.exercises import ASSIGNMENTS, CATALOGUE


def sections(root: Path, assignment: str) -> Iterator[list[Cell]]:
    """The cells from one heading of the second level to the next."""
    source = root / "solutions" / assignment / f"{assignment[3:]}.py"
    section: list[Cell] = []
    for cell in read_cells(source, source)[0]:
        if cell.cell_type == "markdown" and cell.source.startswith("## ") and section:
            yield section
            section = []
        section.append(cell)
    yield section


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_number_in_prose_is_held(root: Path, assignment: str) -> None:
    """Whether the marks are true is asked where the notebook runs, in test_notebooks."""
    found = []
    for section in sections(root, assignment):
        code = [cell.source for cell in section if cell.cell_type == "code"]
        texts = [cell for cell in section if cell.cell_type == "markdown"]
        found += [f"{cell.line}: {', '.join(free)}" for cell in texts if (free := unmarked(cell.source, code))]
    assert found == [], "numbers without a mark, by the line of their cell"


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_numbers_in_hints_stand_in_the_text(root: Path, assignment: str) -> None:
    """A hint repeats a setting of its exercise, or a tolerance; what was measured has no place there."""
    text = [without_marks(cell.source) for section in sections(root, assignment) for cell in section]
    hints = {name: unmarked("\n".join(CATALOGUE[name].hints), text) for name in ASSIGNMENTS[assignment]}
    assert {name: free for name, free in hints.items() if free} == {}
