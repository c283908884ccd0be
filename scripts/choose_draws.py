"""Choose the numbers of ``check`` and of grading: each wrong answer of the catalogue fails the same cases in both.

Prints the lines of ``autograde/judging/draws.py`` for the exercises named, by default for all; run it after a change
of cases.
"""

import itertools
import sys
from collections.abc import Iterator
from typing import Any

from autograde.exercises import CATALOGUE
from autograde.judging.draws import failures, numbers_of
from autograde.judging.exercise import Case, Exercise
from autograde.judging.judge import HIDDEN_SEED, PUBLIC_SEED

MOST = 8  # numbers that are tried for each seed
Failures = frozenset[tuple[int, Any]]


def main(names: list[str]) -> None:
    for name in names or CATALOGUE:
        exercise = CATALOGUE[name]
        chosen = {i: pair for i, case in enumerate(exercise.cases) if (pair := _pair(exercise, i, case)) != (0, 0)}
        if chosen:
            print(f"    {name!r}: {chosen},", flush=True)


def _pair(exercise: Exercise, index: int, case: Case) -> tuple[int, int]:
    """The first numbers with which the same answers fail for both seeds: as many as can be had."""
    tried: list[dict[int, Failures]] = [{}, {}]
    for pair in _pairs():
        for seed, number in zip((PUBLIC_SEED, HIDDEN_SEED), pair, strict=True):
            if number not in tried[seed]:
                tried[seed][number] = failures(exercise, numbers_of(exercise, index, seed, number))
        if pair == (0, 0) and tried[0][0] == tried[1][0]:
            return pair
    ranked = sorted(_pairs(), key=lambda p: (len(tried[0][p[0]] ^ tried[1][p[1]]), -len(tried[0][p[0]]), p))
    left = tried[0][ranked[0][0]] ^ tried[1][ranked[0][1]]
    for answer in sorted({answer for answer, _ in left}):
        print(f"# {exercise.name}, {case.label!r}: by luck, {exercise.misconceptions[answer].name!r}", file=sys.stderr)
    return ranked[0]


def _pairs() -> Iterator[tuple[int, int]]:
    return itertools.product(range(MOST), repeat=2)


if __name__ == "__main__":
    main(sys.argv[1:])
