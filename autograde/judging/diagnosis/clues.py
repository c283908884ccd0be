"""What a tutor sees at a glance in a wrong result, without a known misconception: words, parts, whole numbers."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograde.judging.compare import Difference, as_numbers, compare
from autograde.judging.trials import Trial

_CUT = (
    "These are the right values made whole numbers: `int(...)`, `round(...)`, `//` and `.astype(int)` do that, and so "
    "does an array of integers in which they are stored."
)
_TRUTH = (
    "These are the right values made 0 or 1: a comparison, `round(...)`, `//` and `.astype(int)` do that, and so does an "
    "array of integers in which they are stored."
)
_SEVERAL = 6  # different numbers that are above a limit where they should be, and not elsewhere
_PLACES = ("first", "second", "third", "fourth")


def about_value(trials: Sequence[Trial], trial: Trial, problem: Difference) -> str:
    """A sentence on what came back instead of what is asked for; "" where nothing stands out."""
    wrong = [t for t in trials if t.case is trial.case and t.problem is not None]
    told = _word(trials, problem) or _text(problem) or _nothing(trials, problem)
    return told or _part(wrong) or _packed(wrong) or _reversed(wrong) or _whole(wrong) or _uncompared(wrong)


def _word(trials: Sequence[Trial], problem: Difference) -> str:
    if not (isinstance(problem.got, str) and isinstance(problem.expected, str)) or problem.key:
        return ""
    words = {t.expected.value for t in trials if isinstance(t.expected.value, str)}
    alike = {"".join(filter(str.isalnum, word)).casefold(): word for word in words}
    if meant := alike.get("".join(filter(str.isalnum, problem.got)).casefold()):
        same_word = meant == problem.got
        return "" if same_word else f"The word is asked for letter by letter: {meant!r}."
    if len(words) < 2:
        return ""
    return f"{problem.got!r} is none of the words that are asked for, which are {', '.join(map(repr, sorted(words)))}."


def _text(problem: Difference) -> str:
    if not isinstance(problem.got, str) or as_numbers(problem.expected) is None:
        return ""
    try:
        float(problem.got)
    except ValueError:
        return ""
    return f"A text is no number: leave the quotes away, or write `float({problem.got!r})`."


def _nothing(trials: Sequence[Trial], problem: Difference) -> str:
    if problem.expected is not None or problem.got is None or problem.kind != "type":
        return ""
    wanted = [_at(t.expected.value, problem) for t in trials if t.expected.error is None]
    if any(value is not None for value in wanted):
        return "None is the right answer in this call: which condition leads to it, and does your code ask for that?"
    return "Nothing is to be returned here: what counts is what the call has done. Leave the `return` away."


def _at(value: Any, problem: Difference) -> Any:
    """The part of another result that stands where this one is wrong; None where there is none."""
    if problem.key:
        value = value.get(problem.key) if isinstance(value, dict) else None
    for i in problem.path:
        value = value[i] if isinstance(value, (list, tuple)) and i < len(value) else None
    return value


def _part(wrong: Sequence[Trial]) -> str:
    """Where what is asked for stands at one place among several values."""
    places: set[Any] = set()
    for t in wrong:
        got, expected = t.got.value, t.expected.value
        if t.got.error is not None or not isinstance(got, (tuple, list, dict)) or not len(got):
            return ""
        if isinstance(got, dict):
            fits = isinstance(expected, (tuple, list)) and compare([*got.values()], expected, t.tolerance) is None
            places.add("values" if fits and not isinstance(expected, dict) else None)
            continue
        if isinstance(expected, (tuple, dict)) or (as_numbers(got) is not None and not isinstance(got, tuple)):
            return ""
        found = [i for i, part in enumerate(got) if compare(part, expected, t.tolerance) is None]
        places.add((found[0], len(got)) if found else None)
    if places == {"values"}:
        return "The values in your dictionary are right: return them by themselves, in the order of the exercise."
    if len(places) != 1 or None in places:
        return ""
    place, count = next(iter(places))
    if count == 1:
        return "It stands in a tuple of one, as `np.where` and a comma at the end give it: take its entry `[0]`."
    which = "last" if place == count - 1 else _PLACES[place] if place < len(_PLACES) else f"{place + 1}th"
    return f"What is asked for is the {which} of the {count} values that you return: return it alone."


def _packed(wrong: Sequence[Trial]) -> str:
    """Where everything that is asked for is there, but in fewer or more things, or in pairs."""
    counts: set[int] = set()
    for t in wrong:
        got, expected = t.got.value, t.expected.value
        if not isinstance(expected, tuple) or not isinstance(got, (tuple, list)) or len(got) == len(expected):
            return ""
        left = [*_leaves(got)]
        for leaf in _leaves(expected):
            found = next((i for i, one in enumerate(left) if compare(one, leaf, t.tolerance) is None), None)
            if found is None:
                return ""
            del left[found]
        counts.add(-1 if left else len(expected))
    if len(counts) != 1 or -1 in counts:
        return ""
    return f"All values are there, but packed otherwise: return {counts.pop()} things side by side, `return a, b, ...`."


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, (tuple, list)):
        for part in value:
            yield from _leaves(part)
    else:
        yield value


def _reversed(wrong: Sequence[Trial]) -> str:
    """Where a list of arrays stands in the opposite order."""
    pairs = [(t, g, e) for t in wrong for g, e in _lists(t)]
    if not pairs or not all(compare([*g][::-1], [*e], t.tolerance) is None for t, g, e in pairs):
        return ""
    return "The entries of the list are right, but in reverse order."


def _lists(trial: Trial) -> Iterator[tuple[Sequence[Any], Sequence[Any]]]:
    """The wrong lists of arrays in a result, themselves or one level down, beside the right ones."""
    got, expected = trial.got.value, trial.expected.value
    outer = isinstance(expected, tuple) and isinstance(got, (tuple, list)) and len(got) == len(expected)
    for g, e in zip(got, expected, strict=True) if outer else [(got, expected)]:
        alike = isinstance(g, (tuple, list)) and isinstance(e, list) and len(g) == len(e) > 1
        if alike and compare([*g], [*e], trial.tolerance) is not None:
            yield g, e


def _uncompared(wrong: Sequence[Trial]) -> str:
    """Where 0 and 1 are asked for, and numbers came back that tell them apart."""
    own, right = list[float](), list[float]()
    for t in wrong:
        g, e = (None, None) if t.problem is None else (as_numbers(t.problem.got), as_numbers(t.problem.expected))
        if g is None or e is None or g.shape != e.shape or g.dtype.kind != "f":
            return ""
        own += g.ravel().tolist()
        right += e.ravel().tolist()
    if len(set(own)) < _SEVERAL or set(right) != {0, 1}:
        return ""
    for limit in (0, 0.5):
        if all((g > limit) == (e == 1) for g, e in zip(own, right, strict=True)):
            return (
                f"Where 1 is asked for these numbers are above {limit}, and where 0 is asked for they are not: which step "
                "is still to make 0 and 1 of them?"
            )
    return ""


def _whole(wrong: Sequence[Trial]) -> str:
    """Where the right values have lost what stands behind the point."""
    pairs = [(as_numbers(t.problem.got), as_numbers(t.problem.expected)) for t in wrong if t.problem is not None]
    entries = 0
    for g, e in pairs:
        if g is None or e is None or g.shape != e.shape or e.dtype.kind != "f" or not np.isfinite(e).all():
            return ""
        if not any((g == cut(e)).all() for cut in (np.trunc, np.rint, np.floor)):
            return ""
        entries += int(((np.abs(g) >= 1) & (g != e)).sum())
    truth = all(g is not None and np.isin(g, (0, 1)).all() for g, _ in pairs)
    return "" if entries < 2 else _TRUTH if truth else _CUT
