"""docs/coverage.md: every item of the lecture notes stands there once, with sections that exist."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ITEMS = {"S0": 29, "S1": 31, "S2": 16, "S3": 14, "S4": 30}
ERRORS = {"E1": 2, "E2": 2, "E3": 3, "E4": 4, "E5": 5, "E6": 3, "E7": 4, "E8": 8, "E9": 6, "E10": 3}
PAGE = Path(__file__).parents[2] / "docs" / "coverage.md"


@dataclass(frozen=True)
class Row:
    number: str
    summary: str
    places: tuple[tuple[str, str], ...]
    """Numbers of notebooks, and headings in them."""


def rows_of(page: str) -> list[Row]:
    rows = []
    for line in page.split("\n"):
        if re.match(r"\| [SEN]\d+\.\d+ \|", line):
            number, summary, notebooks, sections = (cell.strip() for cell in line.strip("|").split(" | "))
            places = tuple(zip(notebooks.split("<br>"), sections.split("<br>"), strict=True))
            rows.append(Row(number, summary, places))
    return rows


@cache
def headings_of(notebook: str) -> list[str]:
    """The headings of a notebook.

    A heading that occurs twice is an error: nobody could tell which one is meant.
    """
    (path,) = (PAGE.parents[1] / "notebooks").glob(f"{notebook}_*/*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    found = re.findall(r"^#+ (.+?)\s*$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    assert len(set(found)) == len(found), f"notebook {notebook} has a heading twice"
    return found


ROWS = rows_of(PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("expected", [ITEMS, ERRORS], ids=["items", "errors"])
def test_every_item_and_every_error_has_one_row_in_order(expected: dict[str, int]) -> None:
    wanted = [f"{code}.{number}" for code, count in expected.items() for number in range(1, count + 1)]
    assert [row.number for row in ROWS if row.number.partition(".")[0] in expected] == wanted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.number)
def test_sections_exist(row: Row) -> None:
    assert row.summary
    assert [(number, title) for number, title in row.places if title not in headings_of(number)] == []
