"""docs/coverage.md: every item of the lecture notes is taught in a section that exists, in words that stand there."""

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
    words: tuple[str, ...]


def rows_of(page: str) -> list[Row]:
    rows = []
    for line in page.split("\n"):
        if re.match(r"\| [SE]\d+\.\d+ \|", line):
            number, summary, notebooks, sections, words = (cell.strip() for cell in line.strip("|").split(" | "))
            places = tuple(zip(notebooks.split("<br>"), sections.split("<br>"), strict=True))
            terms = tuple(term.strip("`").strip() if term[:2] == "``" else term[1:-1] for term in words.split("<br>"))
            rows.append(Row(number, summary, places, terms))
    return rows


@cache
def sections_of(notebook: str) -> dict[str, str]:
    """The text below each heading, up to the next one of the same level or above, white space made even.

    A heading that occurs twice is an error: nobody could tell which one is meant.
    """
    (path,) = (PAGE.parents[1] / "notebooks").glob(f"{notebook}_*/*.ipynb")
    texts: dict[str, list[str]] = {}
    opened: list[tuple[int, str]] = []  # levels and headings of the sections that the present line belongs to
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        fenced = cell["cell_type"] == "code"
        for line in "".join(cell["source"]).split("\n"):
            fenced ^= line.startswith("```")
            if not fenced and (heading := re.fullmatch(r"(#+) (.+)", line)):
                level, title = len(heading[1]), heading[2].strip()
                assert title not in texts, f"notebook {notebook} has two headings {title!r}"
                opened = [(above, name) for above, name in opened if above < level] + [(level, title)]
                texts[title] = []
            for _, name in opened:
                texts[name].append(line)
    return {title: " ".join(" ".join(lines).split()) for title, lines in texts.items()}


ROWS = rows_of(PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("expected", [ITEMS, ERRORS], ids=["items", "errors"])
def test_every_item_and_every_error_has_one_row_in_order(expected: dict[str, int]) -> None:
    wanted = [f"{code}.{number}" for code, count in expected.items() for number in range(1, count + 1)]
    assert [row.number for row in ROWS if row.number.partition(".")[0] in expected] == wanted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.number)
def test_sections_exist_and_hold_the_words(row: Row) -> None:
    assert row.summary and row.words and all(len(term) > 2 for term in row.words)
    missing = [(number, title) for number, title in row.places if title not in sections_of(number)]
    assert missing == [], "no such section"
    texts = [sections_of(number)[title] for number, title in row.places]
    assert [term for term in row.words if not any(term in text for text in texts)] == [], "words that do not occur"
    unsupported = [
        place for place, text in zip(row.places, texts, strict=True) if not any(term in text for term in row.words)
    ]
    assert unsupported == [], "sections in which none of the words occurs"
