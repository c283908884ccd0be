"""What a learner's notebook uses: ``check``, ``hint``, ``letters``, ``predict``, ``progress`` and their like."""

import sys

from autograde.learner import my_course
from autograde.learner.check import check
from autograde.learner.hints import hint
from autograde.learner.leaderboard import compete
from autograde.learner.letters import letters
from autograde.learner.missing import explain_missing_answers
from autograde.learner.overview import progress
from autograde.learner.predictions import predict
from autograde.learner.recalling import recall
from autograde.learner.reviews import review
from autograde.learner.solutions import solution

__all__ = ["check", "compete", "hint", "letters", "predict", "progress", "recall", "review", "solution"]

sys.modules.setdefault("my_course", my_course)  # `from my_course import ...` in a notebook
explain_missing_answers()
