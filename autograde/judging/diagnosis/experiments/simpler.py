"""Simpler arguments with which a wrong answer is right: what they lack is where the mistake is."""

from collections.abc import Iterator
from typing import Any

from autograde.judging.compare import same
from autograde.judging.diagnosis.experiments.changes import Change, Make, are_floats, on, simpler, zeros
from autograde.judging.diagnosis.experiments.lab import Lab, is_finite, says_something
from autograde.judging.exercise import Arguments, Formula

_FEWEST = 2  # calls in which it shows


def about_simpler(lab: Lab) -> str:
    """A sentence on the first simplification that makes the answer right; "" where none does."""
    return _first(lab, simpler(lab.domain, lab.trial.args))


def about_zeros(lab: Lab) -> str:
    """The same for arguments of zeros."""
    return _first(lab, zeros(lab.domain, lab.trial.args))


def _first(lab: Lab, changes: Iterator[Change]) -> str:
    if len(lab.alike) < _FEWEST:
        return ""
    for change in changes:
        if not lab.goes_on:
            return ""
        hidden = _hidden(lab, change) if _makes_right(lab, change) else None
        if hidden == []:
            return f"With {change.words} your {lab.name} is right{lab.condition}. {change.ask}"
        if hidden is not None and len(hidden) == 1:
            lab.hiding.append((change, hidden[0]))
    return ""


def about_hiding(lab: Lab) -> str:
    """The same where one other argument makes no difference any more: then the mistake may be where that comes in."""
    names, args = lab.exercise.parameters, lab.trial.args
    for change, i in lab.hiding[:1]:
        own = [j for j in range(len(args)) if _is_of(change, j, args)]
        begin, right = f"With {change.words}", f"your {lab.name} is right{lab.condition}"
        if len(own) == 1 and isinstance(args[own[0]], int):  # of one point, or of one step, no end is seen
            return f"{begin} {right}. {change.ask}"
        if len(own) == 1:
            mine, other = names[own[0]], names[i]
            return (
                f"{begin}, where `{other}` makes no difference either, {right}: where do `{mine}` and `{other}` meet?"
            )
    return ""


def _makes_right(lab: Lab, change: Change) -> bool:
    """Whether an answer is right in each call after a change, and the right results are such as tell."""
    rights = []
    for trial in lab.alike:
        args = changed(lab, change, trial.args)
        if args is None:
            return False
        own = lab.own(args)
        if own is None or not is_finite(own):
            return False
        right = lab.right(args)
        if right is None or not same(own, right, trial.tolerance, kinds=False):
            return False
        if change.other is not None and same(right, lab.right(change.other(trial.args) or args)):
            return False
        rights.append(right)
    return says_something(rights)


def _hidden(lab: Lab, change: Change) -> list[int]:
    """Which other arguments make no difference any more after a change: then there is little left to get wrong."""
    hidden = []
    for i, a in enumerate(lab.trial.args):
        if not (are_floats(a) or isinstance(a, float)) or _is_of(change, i, lab.trial.args):
            continue
        seen = [_sees(lab, change, on(i, _nudged), t.args) for t in lab.alike]
        if any(before for before, _ in seen) and not any(after for before, after in seen if before):
            hidden.append(i)
    return hidden


def _sees(lab: Lab, change: Change, nudge: Make, args: Arguments) -> tuple[bool, bool]:
    """Whether the right result depends on what is nudged, before a change and after it."""
    found = []
    for make in (lambda a: a, change.make):
        first, second = make(args), make(nudge(args) or args)
        right = [None if some is None else lab.right(some) for some in (first, second)]
        found.append(right[0] is not None and right[1] is not None and not same(right[0], right[1]))
    return found[0], found[1]


def _nudged(a: Any) -> Any:
    return a * 1.01


def _is_of(change: Change, i: int, args: Arguments) -> bool:
    """Whether an argument is what is changed."""
    new = change.make(args)
    return new is not None and new[i] is not args[i] and not same(new[i], args[i])


def changed(lab: Lab, change: Change, args: Arguments) -> Arguments | None:
    """The arguments after a change; None where it changes nothing, or makes what no call looks like."""
    try:
        new = change.make(args)
    except Exception:  # of other axes than the call that it was made for
        return None
    new = None if new is None else lab.domain.restored(new)
    if new is None or _is_same(new, args) or not lab.domain.has(new):
        return None
    return new


def _is_same(new: Arguments, args: Arguments) -> bool:
    formulas = [[a.__name__ for a in some if isinstance(a, Formula)] for some in (new, args)]
    return formulas[0] == formulas[1] and same(list(new), list(args))
