"""Verified exercises: ``check`` an answer, ask for a ``hint``, see your ``progress``, look up ``letters``."""

from autograde.check import check, explain_missing_names
from autograde.learner import hint, progress
from autograde.letters import letters

__all__ = ["check", "hint", "letters", "progress"]

explain_missing_names()
