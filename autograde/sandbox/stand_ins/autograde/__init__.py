"""Stands in for the course's checks where submissions are graded: grades are not made here."""

from typing import Any


def check(fn: Any, points: float = 1.0, hidden: bool = False) -> None:
    """Nothing: the grader checks."""


def hint(exercise: Any, number: int | None = None) -> None:
    """Nothing: nobody reads it."""


def progress() -> None:
    """Nothing: nobody reads it."""
