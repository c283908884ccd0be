"""What can be said about a wrong result by looking at it: the relation of got to expected."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograde.judging.compare import Difference, as_numbers, compare, is_exception
from autograde.judging.diagnosis.patterns import where_wrong
from autograde.judging.diagnosis.shapes import about_length, about_shape, about_sizes
from autograde.runtime.values import Opaque

Array = np.ndarray[Any, Any]
_NAN = (
    "Your result holds nan, which comes of inf - inf or inf / inf (has an `exp` overflowed?), of 0 / 0, or of the log "
    "of a negative number."
)
_HIDDEN = (
    "That is the largest number that a float can hold: `nan_to_num` puts it in the place of inf, which hides the overflow "
    "and does not mend it."
)
_INF = (
    "Your result holds inf, which comes of an `exp` or a power that overflows, of a division by 0, of log(0), or of an `inf` "
    "in your own code that nothing has replaced."
)

_LAZY = ("map", "zip", "filter", "range", "reversed", "enumerate", "dict_values")


def describe(difference: Difference, args: Sequence[Any], parameters: Sequence[str], plainly: bool = False) -> str:
    """One sentence on how the result relates to the right one, or "" where nothing stands out.

    plainly: without relations, which may be coincidences.
    """
    got, expected = as_numbers(difference.got), as_numbers(difference.expected)
    joined = difference.kind == "type" and isinstance(difference.expected, tuple)
    if got is None or expected is None or joined:
        return _about_type(difference)
    if difference.kind == "dtype":
        return _about_kind(got, expected)
    if difference.kind == "length":
        return about_length(got, expected)
    if difference.kind == "shape":
        return about_shape(got, expected, args, parameters, plainly)
    if difference.kind == "nan":
        return _NAN
    if got.dtype.kind == "f" and (np.abs(got[np.isfinite(got)]) > np.finfo(got.dtype).max / 1e3).any():
        return _HIDDEN
    if np.isinf(got.astype(np.float64)).any() and np.isfinite(expected.astype(np.float64)).all():
        return _INF
    return _about_values(got, expected, args, parameters, plainly)


def advice(
    difference: Difference,
    args: Sequence[Any],
    parameters: Sequence[str],
    outputs: Sequence[str],
    others: Sequence[tuple[Difference, Sequence[Any]]] = (),
    clue: str = "",
) -> str:
    """What to tell where no known misconception fits: which part is wrong, how, and what stands out.

    others: what is wrong at the same place in other calls.  A relation that does not hold there is a coincidence.
    clue: what explains more than a relation would.
    """
    if difference.kind == "dtype":  # where the values are wrong too, their kind is the least of it
        values = compare(difference.got.astype(float), difference.expected.astype(float))
        difference = replace(values, path=difference.path, key=difference.key) if values else difference
    name = f"`{difference.key}` is " if difference.key else output_name(outputs, difference.path)
    if clue:
        return f"{name}{difference.message}. {clue}"
    told = describe(difference, args, parameters)
    elsewhere = [describe(other, its, parameters) for other, its in others]
    if any(_pattern(sentence) != _pattern(told) for sentence in elsewhere):
        told = describe(difference, args, parameters, plainly=True)
    elif told in elsewhere and any(_shapes(its) != _shapes(args) for _, its in others):
        told = re.sub(r" \(an axis [^)]*\)", "", told)  # the same number, however long the axes are
    return " ".join(part for part in (f"{name}{difference.message}.", told or about_sizes(difference, others)) if part)


def _shapes(args: Sequence[Any]) -> list[Any]:
    return [np.shape(a) if isinstance(a, np.ndarray) else None for a in args]


def _pattern(sentence: str) -> str:
    """A sentence without what differs from call to call: the length of an axis, how far values are off."""
    return re.sub(r"[\d.]+(?=( times| of)? \(an axis| too | of \d)|(?<= of )\d+(?= values)", "#", sentence)


def _about_type(difference: Difference) -> str:
    if is_exception(difference.got):
        return "An exception is not returned but raised: write `raise`, not `return`."
    if difference.got is None and (difference.path or difference.key):
        return (
            "None stands in its place: of a variable or an entry that was not set, of a function that you call and that has "
            "no `return`, or of what works in place, such as `.reverse()`, `.sort()` and `.append(...)`."
        )
    if difference.got is None:
        return "Your function returned nothing: end it with a `return` statement."
    if isinstance(difference.got, np.ndarray) and isinstance(difference.expected, tuple):
        return "The results are wanted one by one, as `return a, b` gives them, and here they stand in one array."
    if _holds_none(difference.got):
        return "Some of its entries are None: which of them get no value, and in which case?"
    if isinstance(difference.got, (list, tuple)) and difference.got and isinstance(difference.got[0], str):
        return "Those are texts: numbers stand without quotes."
    if not isinstance(difference.got, Opaque):
        return ""
    if difference.got.kind.startswith("RuntimeWarning"):
        return (
            "On the way something overflows, also where the result looks right: an `exp` of more than 709 is inf, and inf / "
            "inf is nan. Which exponent can become large, perhaps in a branch that `np.where` doesn't take?"
        )
    if difference.got.kind in ("generator", "coroutine", "async_generator"):
        return (
            "A function that contains `yield` or `async`, and `(... for ...)`, give a recipe, not values: "
            "collect them in a list or an array."
        )
    if difference.got.kind in _LAZY or difference.got.kind.endswith("iterator"):
        return "It yields values only when asked for them: collect them, for example with `list(...)`."
    if difference.got.is_callable:
        return "You returned a function; call it, and return what it gives."
    return ""


def _holds_none(value: Any) -> bool:
    if isinstance(value, Opaque):
        return value.kind == "array of objects" and re.search(r"\bNone\b", value.text) is not None
    return value is None or (isinstance(value, (list, tuple)) and any(_holds_none(part) for part in value))


def _about_kind(got: Array, expected: Array) -> str:
    if got.dtype.kind == "b":
        return "Those are truth values; turn them into integers, for example with `.astype(int)`."
    if expected.dtype.kind == "b":
        return "The answer is a truth value, True or False."
    if not _close(got, expected):
        return ""  # the kind is the least that is wrong
    return f"The values should be of {'an integer' if expected.dtype.kind in 'iu' else 'a floating-point'} type."


def _about_values(got: Array, expected: Array, args: Sequence[Any], parameters: Sequence[str], plainly: bool) -> str:
    if got.dtype.kind == "b" or expected.dtype.kind == "b":
        return ""
    g, e = got.astype(np.float64), expected.astype(np.float64)
    if plainly:
        return _partly(g, e, (), ())
    with np.errstate(all="ignore"):
        return next((told for told in _relations(g, e, args, parameters) if told), "")


def _relations(g: Array, e: Array, args: Sequence[Any], parameters: Sequence[str]) -> Iterator[str]:
    named = [*_named(args, parameters)]
    yield from (_scaled(g, e, args), _arranged(g, e), _is_an_input(g, named), _shifted(g, e))
    yield _off_by_an_input(g, e, named)
    yield _partly(g, e, args, parameters)


def _scaled(g: Array, e: Array, args: Sequence[Any]) -> str:
    if set(np.unique(e)) == {0.0, 1.0} and _close(g, 1 - e):
        return "Every class is the other one: 0 and 1 are exchanged."
    if not (np.isfinite(g).all() and np.isfinite(e).all() and np.abs(e).max(initial=0.0) > 0):
        return ""
    if _close(g, -e) and (_varied(e) or e.flat[0] != np.round(e.flat[0])):
        return "Every value has the wrong sign." if e.size > 1 else "The sign is the opposite of the right one."
    factor = float((g * e).sum() / (e * e).sum())
    if not _varied(e) or factor == 0 or not _close(g, factor * e):
        return ""
    return f"Every value is {_factor_name(factor, args)} the right one."


def _varied(e: Array) -> bool:
    """Whether there are at least two different values that are not 0: else anything is a multiple of anything."""
    return len(np.unique(np.abs(e[e != 0]))) > 1


def _factor_name(factor: float, args: Sequence[Any]) -> str:
    sizes = {length for a in args if isinstance(a, np.ndarray) for length in a.shape if length > 2}
    names = {2.0: "twice", 0.5: "half of", -2.0: "minus twice", -0.5: "minus half of"}
    if known := next((word for f, word in names.items() if _close(factor, f)), ""):
        return known
    for sign, word in ((1, ""), (-1, "minus ")):
        for size in sorted(sizes):
            if _close(factor, sign * size):
                return f"{word}{size} times (an axis has that length: a mean became a sum?)"
            if _close(factor, sign / size):
                return f"{word}1/{size} of (an axis has that length: a sum became a mean, or was divided twice?)"
    return f"{factor:.7g} times" if f"{factor:.4g}" == "1" else f"{factor:.4g} times"


def _arranged(g: Array, e: Array) -> str:
    if g.ndim == 2 and g.shape == g.T.shape and _close(g.T, e):
        return "This is the transpose of the right result."
    if g.size > 1 and _close(g[::-1], e):
        two = g.size == 2  # no order can be told of them
        return "The two values have changed places." if two else "The values are right but in reverse order."
    if g.size > 2 and np.isfinite(g).all() and _close(np.sort(g, axis=None), np.sort(e, axis=None)):
        return "The values are right but stand in another order."
    return ""


def _named(args: Sequence[Any], parameters: Sequence[str]) -> Iterator[tuple[str, Array]]:
    """The arrays of varied numbers among the arguments, and in lists among them, by what a learner calls them."""
    for name, a in zip(parameters, args, strict=False):
        entries = (
            [(f"{name}[{i}]", entry) for i, entry in enumerate(a)] if isinstance(a, (list, tuple)) else [(name, a)]
        )
        yield from ((n, e) for n, e in entries if isinstance(e, np.ndarray) and e.dtype.kind in "iuf" and _varied(e))


def _is_an_input(g: Array, named: Sequence[tuple[str, Array]]) -> str:
    for name, a in named:
        if a.shape == g.shape and _close(g, a):
            return f"This is the input `{name}`, unchanged."
    return ""


def _shifted(g: Array, e: Array) -> str:
    gap = g - e
    if _varied(e) and np.isfinite(gap).all() and _close(gap, gap.flat[0]):
        return f"Every value is {abs(gap.flat[0]):.6g} too {'large' if gap.flat[0] > 0 else 'small'}."
    return ""


def _off_by_an_input(g: Array, e: Array, named: Sequence[tuple[str, Array]]) -> str:
    """Where the difference is a multiple of an argument: one that is missing, or comes in too often."""
    gap = g - e
    if not np.isfinite(gap).all() or not _varied(gap):
        return ""
    for name, a in named:
        if not _broadcasts(a, gap):
            continue
        other = np.broadcast_to(a, gap.shape).astype(np.float64)
        factor = float((gap * other).sum() / (other * other).sum())
        if abs(factor) > 1e-9 and _close(gap, factor * other):
            return _off_by(factor, name)
    return ""


def _broadcasts(a: Array, to: Array) -> bool:
    return bool(a.ndim) and a.shape == to.shape[to.ndim - a.ndim :]


def _off_by(factor: float, name: str) -> str:
    if _close(factor, -1.0):
        return f"What is missing is `{name}`: it should be added."
    if _close(factor, -2.0):
        return f"`{name}` has the wrong sign: it is subtracted, and should be added."
    if factor > 0 and _close(factor, round(factor)):
        return f"`{name}` comes in too often: the difference from the right result is a multiple of it."
    return f"The difference from the right result is {factor:.4g} times `{name}`."


def _partly(g: Array, e: Array, args: Sequence[Any], parameters: Sequence[str]) -> str:
    if g.size < 3 or not np.isfinite(g).all():
        return ""
    off = ~np.isclose(g, e, rtol=1e-6, atol=1e-9)
    wrong = int(off.sum())
    if not 0 < wrong < g.size:
        return ""
    if told := where_wrong(off, args, parameters):
        return told
    return f"{wrong} of {g.size} values {'is' if wrong == 1 else 'are'} wrong, the others are right."


def _close(a: Any, b: Any) -> bool:
    return bool(np.allclose(a, b, rtol=1e-6, atol=1e-9 * float(np.max(np.abs(b), initial=0.0))))


def output_name(outputs: Sequence[str], path: Sequence[int]) -> str:
    """Which part of the result a sentence is about: "`b` is ", or "" for a single value."""
    if not path or not outputs:
        return "Got "
    rest = "".join(f"[{i}]" for i in path[1:])
    return f"`{outputs[path[0]]}{rest}` is " if path[0] < len(outputs) else "Got "
