"""Verified exercises: ``check`` an answer, ask for a ``hint`` or a ``solution``, ``predict``, ``review``, ``recall``."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograde.learner.check import check
    from autograde.learner.hints import hint
    from autograde.learner.leaderboard import compete
    from autograde.learner.letters import letters
    from autograde.learner.overview import progress
    from autograde.learner.predictions import predict
    from autograde.learner.recalling import recall
    from autograde.learner.reviews import review
    from autograde.learner.solutions import solution

__all__ = ["check", "compete", "hint", "letters", "predict", "progress", "recall", "review", "solution"]


def __getattr__(name: str) -> Any:  # loaded with the first use, so that the command line loads what it needs
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from autograde import learner

    return getattr(learner, name)
