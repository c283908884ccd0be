"""Stands in for the course's checks where submissions are graded: grades are not made here."""

import sys
from types import ModuleType
from typing import Any


class Score(float):
    """Looks like what ``check`` returns; nobody counts it."""

    points: float

    def __new__(cls, points: float) -> "Score":
        score = super().__new__(cls, points)
        score.points = float(points)
        return score

    def __repr__(self) -> str:
        return repr(float(self)).removesuffix(".0")


def check(fn: Any, points: float = 1.0, hidden: bool = False) -> Score:
    """Full points, so that a notebook goes on: the grader checks."""
    return Score(points)


def nothing(*arguments: Any, **options: Any) -> None:
    """Stands for what speaks to a learner: nobody reads it here."""


compete = hint = letters = predict = progress = recall = review = solution = nothing

_MODULES = "check hints leaderboard letters overview predictions recalling reviews solutions"
for _module in ("learner", *(f"learner.{name}" for name in _MODULES.split())):
    sys.modules[f"{__name__}.{_module}"] = sys.modules[__name__]  # so that it can be imported from there, too


class MyCourse(ModuleType):
    """Stands for what a learner solved elsewhere: every name is there and does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        from mlp_reference import viz

        return viz.Nothing()  # type: ignore[attr-defined]  # of the stand-in beside this one


sys.modules.setdefault("my_course", MyCourse("my_course"))
