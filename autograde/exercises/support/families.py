"""Mistakes that many exercises know: each family makes wrong answers of a right one, and gives them a shared sentence.

A file takes part with ``families=[...]`` in its ``Exercise``; what its own cells say about the same answer comes first.
"""

import ast
import itertools
from collections.abc import Iterator

from autograde.judging.exercise import Family, Misconception, variant

_NUMBERS = {2: "Two", 3: "Three", 4: "Four"}


def exchanged(*labels: str) -> Family:
    """Every two of the results exchanged; labels: what they are called, in their order."""

    def made(right: str) -> Iterator[Misconception]:
        line, results = _returned(right)
        hint = f"The order is ({', '.join(labels)})."
        for i, j in itertools.combinations(range(len(results)), 2):
            order = [*results]
            order[i], order[j] = order[j], order[i]
            wrong = variant(right, (line, f"return {', '.join(order)}"))
            yield Misconception(f"{labels[i]} and {labels[j]} are exchanged", wrong, hint)

    return made


def alone(label: str) -> Family:
    """The first of the results without the others; label: what it is called."""

    def made(right: str) -> Iterator[Misconception]:
        line, results = _returned(right)
        hint = f"{_NUMBERS[len(results)]} results are wanted: `{line}`."
        yield Misconception(f"only the {label} is returned", variant(right, (line, f"return {results[0]}")), hint)

    return made


def other_error(right: str) -> Iterator[Misconception]:
    """Another exception than the ValueError that a right answer raises."""
    [line] = [ast.get_source_segment(right, n) for n in ast.walk(ast.parse(right)) if isinstance(n, ast.Raise)]
    hint = "Bad arguments are announced with `raise ValueError(...)`, so that a caller can tell them from bugs."
    wrong = variant(right, (line or "", "raise AssertionError"))
    yield Misconception("raises another error than ValueError", wrong, hint)


def _returned(right: str) -> tuple[str, list[str]]:
    """The last statement that returns several results, and they."""
    several = [n for n in ast.walk(ast.parse(right)) if isinstance(n, ast.Return) and isinstance(n.value, ast.Tuple)]
    last = max(several, key=lambda n: n.lineno)
    parts = last.value.elts if isinstance(last.value, ast.Tuple) else []
    return (ast.get_source_segment(right, last) or ""), [ast.get_source_segment(right, p) or "" for p in parts]
