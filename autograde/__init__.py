"""Verified exercises: ``check`` an answer, ask for a ``hint``, see your ``progress``."""

from autograde.check import check, explain_missing_names
from autograde.learner import hint, progress

__all__ = ["check", "hint", "progress"]

explain_missing_names()
