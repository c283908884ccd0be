"""Verified exercises: ``check`` an answer, ask for a ``hint``, see your ``progress``, look up ``letters``."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograde.learner.check import check
    from autograde.learner.hints import hint, progress
    from autograde.learner.letters import letters

__all__ = ["check", "hint", "letters", "progress"]


def __getattr__(name: str) -> Any:  # loaded with the first use, so that the command line loads what it needs
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from autograde import learner

    return getattr(learner, name)
