"""Answers as a notebook's cells define them, whose text can be looked into."""

import dataclasses
import itertools
import linecache
from typing import Any

import numpy as np

from autograde.exercises import CATALOGUE
from autograde.judging.answer import judge_anything
from autograde.judging.diagnosis.repair.search import looked_into
from autograde.judging.exercise import Exercise
from autograde.judging.judge import PUBLIC_SEED
from autograde.judging.report import Failure, Report

_numbers = itertools.count()


def cell(source: str) -> dict[str, Any]:
    """What a notebook's cell defines; its text is where IPython leaves it."""
    filename = f"<test cell {next(_numbers)}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    space: dict[str, Any] = {"np": np, "__name__": "__main__"}
    exec(compile(source, filename, "exec"), space)
    return space


def told(exercise: Exercise, source: str, seconds: float = 5.0) -> tuple[Report, Failure | None]:
    """The report on an answer that the catalogue knows nothing of, and its failure after the search."""
    bare = dataclasses.replace(exercise, misconceptions=[])
    space = cell(source)
    report = judge_anything(bare, space[exercise.name], PUBLIC_SEED, CATALOGUE, space.get)
    return report, looked_into(bare, report, seconds)
