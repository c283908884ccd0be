"""A cell of a source file, as rules and build see it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Cell:
    """One cell of a source file.

    line: where its ``# %%`` stands.  role: plain, setup, exercise, test or question.
    name: the exercise (for an exercise and its tests), or the id of a question or prediction.
    starred: whether an exercise is worth no points.  asks: what is to be guessed in this cell, or recalled of its text.
    """

    line: int
    cell_type: str
    role: str
    name: str
    source: str
    points: float = 0
    tags: tuple[str, ...] = ()
    starred: bool = False
    asks: tuple[dict[str, Any], ...] = ()
