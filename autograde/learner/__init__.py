"""What a learner's notebook uses: ``check``, ``hint``, ``letters`` and ``progress``."""

from autograde.learner.check import check, explain_missing_names
from autograde.learner.hints import hint, progress
from autograde.learner.letters import letters

__all__ = ["check", "hint", "letters", "progress"]

explain_missing_names()
