"""What a learner's notebook uses: ``check``, ``hint`` and ``progress``."""

from autograde.learner.check import check, explain_missing_names
from autograde.learner.hints import hint, progress

__all__ = ["check", "hint", "progress"]

explain_missing_names()
