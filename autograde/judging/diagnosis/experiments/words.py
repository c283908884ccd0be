"""Which word among the arguments the wrong calls have in common."""

from autograde.judging.as_code import show
from autograde.judging.diagnosis.experiments.changes import listed
from autograde.judging.diagnosis.experiments.lab import Lab

_FEWEST = 2  # calls on either side


def about_words(lab: Lab) -> str:
    """A sentence where an answer is wrong in all calls with one word, and right in all others; "" elsewhere."""
    for i, word in enumerate(lab.trial.args):
        if not isinstance(word, str):
            continue
        calls = [t for t in lab.trials if i < len(t.args) and isinstance(t.args[i], str) and t.expected.error is None]
        wrong = [t for t in calls if t.args[i] == word]
        others = [t for t in calls if t.args[i] != word]
        if min(len(wrong), len(others)) < _FEWEST or any(t.problem is not None for t in others):
            continue
        if all(t.problem is not None for t in wrong):
            name, right = lab.exercise.parameters[i], sorted({show(t.args[i]) for t in others})
            return (
                f"It is wrong with `{name}` = {show(word)} alone, and right with {listed(right)}: which lines of yours "
                "are for that one?"
            )
    return ""
