"""Answers that look right and are not, and unusual ones that are: what tests with comfortable numbers get wrong."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.answer import judge_anything
from autograde.judging.judge import HIDDEN_SEED, PUBLIC_SEED

HERE = Path(__file__).parent / "answers_by_hand"


def answers(name: str) -> list[Any]:
    """Exercise and source of each answer of a file."""
    blocks = (HERE / name).read_text(encoding="utf-8").split("#% ")[1:]
    heads = [(re.match(r"(\w+): (.*)", block), block) for block in blocks]
    return [pytest.param(m[1], b.split("\n", 1)[1], id=f"{m[1]}: {m[2]}") for m, b in heads if m]


def share(name: str, source: str, seed: int) -> float:
    space: dict[str, Any] = {"np": np, "__name__": "__main__"}
    exec(source, space)
    return judge_anything(CATALOGUE[name], space[name], seed, CATALOGUE, space.get).share


SEEDS = [PUBLIC_SEED, pytest.param(HIDDEN_SEED, marks=pytest.mark.slow)]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("name", "source"), answers("pass_but_wrong.txt"))
def test_what_only_looks_right_fails(name: str, source: str, seed: int) -> None:
    assert share(name, source, seed) < 1


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("name", "source"), answers("right_but_unusual.txt"))
def test_what_only_looks_odd_passes(name: str, source: str, seed: int) -> None:
    assert share(name, source, seed) == 1
