"""What wrong values are, beside the right ones of all calls: the square of them, nearly them, below 0 where none is."""

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograde.judging.diagnosis.experiments.changes import Change, are_floats, listed, on
from autograde.judging.diagnosis.experiments.domain import form_of, is_floats
from autograde.judging.diagnosis.experiments.lab import Lab, is_finite, is_rounded, says_something
from autograde.judging.diagnosis.experiments.simpler import changed
from autograde.judging.diagnosis.other_arguments import leaves

Array = np.ndarray[Any, Any]

_SEVERAL = 4  # values that show a relation, or the lack of one
_NEARLY = 3e-3  # so far from the right value, of it, is what was approximated
_VERY_NEARLY = 1e-4  # the same where there are but a few values
_FEWEST = 3  # calls
_MANY_SIDES = 6  # different results, all on the same side of the right ones
_TINY = 1e-5
_MANY = 1e6
_LEAST = 0.1  # of a number that is told to two digits
_ROUNDING = 1e-6  # some calls are in single precision

_APPROXIMATED = (
    "Your {name} agrees with the right one to about {digits} digits: is something approximated or rounded, a difference "
    "in the place of a derivative, a small number added, too few steps?"
)
_ADDED = "Is a small number added somewhere, or something clipped?"
_TOO_LARGE = "times as large as the right ones: is a sum there, and not a mean?"
_TOO_SMALL = "times too small: is something divided twice, or a mean there, and not a sum?"
_INFINITE = (
    "It is infinite here: something is divided by 0, or the log of 0 is taken. What in your code keeps that away, a "
    "small number that is added, a clip, a mask?"
)


def _rounded(digits: int, e: Array) -> Array:
    return np.round(e, digits)


_FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "the square of the right one": np.square,
    "the square root of the right one": lambda e: np.sqrt(np.abs(e)),
    "the absolute value of the right one": np.abs,
    "exp of the right one": np.exp,
    "the log of the right one": lambda e: np.log(np.abs(e)),
    "minus the log of the right one": lambda e: -np.log(np.abs(e)),
    "1 divided by the right one": lambda e: 1 / e,
    "what the right one lacks to 1": lambda e: 1 - e,
    "the right one without what is below 0": lambda e: np.maximum(e, 0),
    "the right one without what is above 0": lambda e: np.minimum(e, 0),
    "the right one held between 0 and 1": lambda e: np.clip(e, 0, 1),
    "the right one held between -1 and 1": lambda e: np.clip(e, -1, 1),
    "the right one less its mean": lambda e: e - e.mean(),
    "the right one divided by its sum": lambda e: e / e.sum(),
    "the right one divided by its length": lambda e: e / np.linalg.norm(e),
    "the right one divided by its largest entry": lambda e: e / np.abs(e).max(),
    "the right one summed up step by step": lambda e: np.cumsum(e, axis=0) if e.ndim else e,
    **{f"the right one rounded to {k} digits behind the point": functools.partial(_rounded, k) for k in (1, 2, 3, 4)},
}
_EVERYWHERE: dict[str, tuple[Callable[[Array], Any], Callable[[Array], Any]]] = {
    # what holds for the right values in all calls, and what of the wrong ones is told beside it
    "no value is below 0": (lambda e: np.minimum(e, 0), np.min),
    "no value is above 1": (lambda e: np.maximum(e, 1) - 1, np.max),
    "no value is above 0": (lambda e: np.maximum(e, 0), np.max),
}
_SUMS: dict[str, Callable[[Array], Array]] = {
    "each row adds up to 1": lambda e: e.sum(axis=1) - 1 if e.ndim == 2 else np.array(np.nan),
    "each row adds up to 0": lambda e: e.sum(axis=1) if e.ndim == 2 else np.array(np.nan),
    "each column adds up to 0": lambda e: e.sum(axis=0) if e.ndim == 2 else np.array(np.nan),
    "all entries add up to 1": lambda e: e.sum() - 1 if e.ndim else np.array(np.nan),
    "all entries add up to 0": lambda e: e.sum() if e.ndim else np.array(np.nan),
    "the squares add up to 1": lambda e: (e**2).sum() - 1 if e.ndim == 1 else np.array(np.nan),
    "rows and columns can be exchanged": lambda e: (
        e - e.T if e.ndim == 2 and e.shape == e.T.shape else np.array(np.nan)
    ),
    "the entries rise": lambda e: np.minimum(np.diff(e), 0) if e.ndim == 1 and e.size > 1 else np.array(np.nan),
    "the entries fall": lambda e: np.maximum(np.diff(e), 0) if e.ndim == 1 and e.size > 1 else np.array(np.nan),
}


def about_relations(lab: Lab) -> str:
    """A sentence on what the wrong values are; "" where nothing shows in all calls."""
    pairs = [pair for t in lab.wrong for pair in _pairs(lab.both(t))]
    if not pairs:
        return ""
    if all(np.isfinite(g).all() and np.isinf(e).any() and not np.isnan(e).any() for e, g in pairs):
        return _INFINITE
    if not all(np.isfinite(g).all() and np.isfinite(e).all() for e, g in pairs):
        return ""
    if told := _constant(lab, pairs) or _apart(lab, pairs):
        return told
    if all(0 < float(np.abs(g - e).max()) < _TINY and np.abs(e).max() < _TINY for e, g in pairs):
        return f"Your {lab.name} misses the right one by very little, here and in the like calls. {_ADDED}"
    if told := _digits(lab, pairs):
        return told
    if not says_something([g for _, g in pairs]):
        return ""
    with np.errstate(all="ignore"):
        return _multiple(lab, pairs) or _whole_multiples(lab, pairs) or _function(lab, pairs)


def _pairs(both: tuple[Any, Any]) -> list[tuple[Array, Array]]:
    """The arrays of the right result with those of the wrong one, where they fit."""
    right, own = ([*leaves(value)] for value in both)
    alike = len(right) == len(own) and all(e.shape == g.shape for e, g in zip(right, own, strict=True))
    return [(e, g) for e, g in zip(right, own, strict=True) if e.size] if alike else []


def _constant(lab: Lab, pairs: Sequence[tuple[Array, Array]]) -> str:
    """Single numbers that are the same in calls in which the right ones are not."""
    rights = {float(e.ravel()[0]) for e, _ in pairs}
    own = {float(g.ravel()[0]) for _, g in pairs}
    if any(e.size != 1 for e, _ in pairs) or len(rights) < _FEWEST or len(own) > 1:
        return ""
    return (
        f"Your {lab.name} is {own.pop():.7g} in other calls, too, where another one is right: what should it depend on?"
    )


def _apart(lab: Lab, pairs: Sequence[tuple[Array, Array]]) -> str:
    """Single numbers that are too large, or too small, by the same in all calls."""
    if any(e.size != 1 for e, _ in pairs) or len(pairs) < _FEWEST:
        return ""
    rights = np.array([float(e.ravel()[0]) for e, _ in pairs])
    gaps = np.array([float(g.ravel()[0]) for _, g in pairs]) - rights
    size = float(np.abs(rights).max())
    if len(set(np.round(rights, 9))) < _FEWEST or np.ptp(gaps) > 1e-9 * size or abs(gaps[0]) < 1e-6 * size:
        return ""
    which = "large" if gaps[0] > 0 else "small"
    ask = (
        "where does your code begin, and where does it end"
        if gaps[0] == round(gaps[0])
        else "where does that come from"
    )
    return f"In the calls that go wrong your {lab.name} is too {which} by {abs(gaps[0]):.6g}, here and in the others: {ask}?"


def about_side(lab: Lab) -> str:
    """A sentence where a single number is too large in all calls that go wrong, or too small in all."""
    calls = [t for t in lab.trials if t.expected.error is None and t.got.error is None]
    pairs = [pair for t in calls if t.problem is not None for pair in _pairs(lab.both(t))]
    if any(e.size != 1 for e, _ in pairs) or len({float(e.ravel()[0]) for e, _ in pairs}) < _MANY_SIDES:
        return ""
    gaps = [float((g - e).ravel()[0]) for e, g in pairs]
    for too, other, ask in (
        ("large", "small", "is there a term too much, is a factor missing, or is a smaller value missed"),
        ("small", "large", "is a term missing, is there a factor too much, or is a larger value missed"),
    ):
        if all((gap > 0) == (too == "large") for gap in gaps):
            return f"In all {len(gaps)} calls that go wrong your {lab.name} is too {too}, in none too {other}: {ask}?"
    return ""


def _digits(lab: Lab, pairs: Sequence[tuple[Array, Array]]) -> str:
    # what the values have in common is no merit
    size = [float(np.ptp(e)) or float(np.abs(e).max()) for e, _ in pairs]
    off = [float((np.abs(g - e) / s).max()) for (e, g), s in zip(pairs, size, strict=True) if s > 0]
    limit = _NEARLY if sum(e.size for e, _ in pairs) >= _SEVERAL else _VERY_NEARLY
    counts = all((v == np.round(v)).all() for pair in pairs for v in pair)
    if counts or len(off) < len(pairs) or not 0 < max(off, default=0) < limit:
        return ""
    return _APPROXIMATED.format(name=lab.name, digits=int(-np.log10(max(off))))


def _multiple(lab: Lab, pairs: Sequence[tuple[Array, Array]]) -> str:
    """Single numbers that are one multiple of the right ones in all calls."""
    if any(e.size != 1 for e, _ in pairs) or len(pairs) < _FEWEST:
        return ""
    rights = np.array([float(e.ravel()[0]) for e, _ in pairs])
    wrong = np.array([float(g.ravel()[0]) for _, g in pairs])
    if len(set(np.round(rights, 9))) < _FEWEST or not (rights != 0).all():
        return ""
    largest = int(np.argmax(np.abs(wrong)))
    ratio = wrong[largest] / rights[largest]
    if not _agree(ratio * rights, wrong) or (np.abs(wrong) < _LEAST).any():
        return ""
    if _agree(-rights, wrong):
        return f"In the calls that go wrong your {lab.name} has the opposite sign: what is subtracted, and from what?"
    factor = f"{float(f'{ratio:.2g}' if is_rounded(wrong) else f'{ratio:.4g}'):g}"
    begin = f"In the calls that go wrong your {lab.name} is about {factor} times the right one"
    return f"{begin}: where does that factor come from?"


def _whole_multiples(lab: Lab, pairs: Sequence[tuple[Array, Array]]) -> str:
    """Values that are whole multiples of the right ones, or parts, of several sizes: sums in the place of means."""
    right, own = (np.concatenate([pair[i].ravel() for pair in pairs]) for i in (0, 1))
    if (
        right.size < _SEVERAL
        or not (right != 0).all()
        or not (own != 0).all()
        or len(set(np.round(right, 9))) < _FEWEST
    ):
        return ""
    for ratio, words in ((own / right, _TOO_LARGE), (right / own, _TOO_SMALL)):
        times = sorted({int(k) for k in np.round(ratio) if abs(k) < _MANY})
        if np.allclose(ratio, np.round(ratio), rtol=1e-6) and len(times) > 1 and times[0] > 1:
            return f"The values of your {lab.name} are {listed([str(k) for k in times[:4]])} {words}"
    return ""


def _agree(made: Array, own: Array) -> bool:
    """Whether values are alike, as far as they are told: some exercises round what they don't take for right."""
    if np.allclose(made, own, rtol=1e-6, atol=1e-9):
        return True
    rounded = next((k for k in (2, 4) if np.array_equal(own, np.round(own, k))), None)
    return rounded is not None and np.allclose(made, own, rtol=1e-4, atol=0.6 * 10.0**-rounded)


def _function(lab: Lab, pairs: Sequence[tuple[Array, Array]]) -> str:
    if len({f"{x:.6g}" for _, g in pairs for x in g.ravel()}) < _SEVERAL - 1:
        return ""
    for words, how in _FUNCTIONS.items():
        made = [how(e) for e, _ in pairs]
        if all(_agree(m, g) for m, (_, g) in zip(made, pairs, strict=True)):
            return f"Your {lab.name} is {words}: which step makes that of it?"
    return ""


def about_properties(lab: Lab) -> str:
    """A sentence on what all right results have in common, and the wrong one lacks."""
    alike = [t for t in lab.trials if form_of(t.args) == form_of(lab.trial.args) and t.expected.error is None]
    rights = [e for t in alike for e in leaves(lab.part(t.expected.value))]
    own = [*leaves(lab.both(lab.trial)[1])]
    varied = len({f"{x:.6g}" for e in rights for x in e.ravel()[:20]}) >= 2 * _SEVERAL
    if len(alike) < _FEWEST or not varied or not own or not all(np.isfinite(e).all() for e in [*rights, *own]):
        return ""
    if not all(v.dtype.kind == "f" and is_floats(v) for v in own) or not says_something(own):
        return ""
    begin, end = f"In the right {lab.name}", f"in any call{lab.condition}"
    for words, (lacks, told) in _EVERYWHERE.items():
        if _is_law(lab, lacks, rights, own):
            worst = told(np.array([told(g) for g in own]))
            return f"{begin} {words}, {end}; here yours has {worst:.4g}. How does it come about?"
    for words, lacks in _SUMS.items():
        if _is_law(lab, lacks, rights, own):
            return f"{begin} {words}, {end}; in yours that is not so. Which step should see to it?"
    return ""


def _is_law(lab: Lab, lacks: Callable[[Array], Any], rights: Sequence[Array], own: Sequence[Array]) -> bool:
    """Whether no right result lacks something that the wrong one lacks; neither on larger arguments nor on negative ones."""
    if not all(_none(lacks(e)) for e in rights) or not any(_some(lacks(g), g) for g in own):
        return False
    for i, a in enumerate(lab.trial.args):
        for how in (lambda v: 10 * v, lambda v: -v, lambda v: v + 3) if are_floats(a) or isinstance(a, float) else ():
            args = changed(lab, Change("", on(i, how)), lab.trial.args)
            right = None if args is None else lab.right(args)
            if right is not None and is_finite(right) and not all(_none(lacks(e)) for e in leaves(right)):
                return False
    return True


def _none(lack: Any) -> bool:
    return bool(np.size(lack)) and bool((np.abs(lack) < _ROUNDING).all())


def _some(lack: Any, g: Array) -> bool:
    return bool((np.abs(lack) > 1e-3 * min(1.0, float(np.abs(g).max(initial=0.0)))).any())
