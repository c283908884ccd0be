"""Values and calls as code that a learner can paste."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograde.runtime.values import Opaque

_LONGEST, _MANY, _MOST_PASTED = 400, 60, 1_000  # characters of a text, entries of a result, of an argument
_INDENT = "    "
_LEFT_OUT = "..."
_SHORTENED = "# shortened: `...` stands for what is left out, so this can't be pasted as it is"


def show(value: Any, entries: int = _MANY, *, exact: bool = False) -> str:
    """A value as a learner would type it: ``np.array([1., 2.])``; of arrays with more entries only the ends.

    exact: with all digits and in its order in memory, so that pasting gives the very same.
    """
    if isinstance(value, np.ndarray):
        return _array(value, entries, exact)
    if isinstance(value, np.generic):
        short = value.dtype.kind == "f" and value.dtype.itemsize < 8
        return f"np.{value.dtype}({value})" if short else number(value, exact)
    if isinstance(value, (list, tuple)):
        some = _ends(value, 12 if entries <= _MANY else entries)
        parts = [v if v is _LEFT_OUT else show(v, entries, exact=exact) for v in some]
        between = ",\n " if any("\n" in part for part in parts) else ", "  # tables below each other
        inner = between.join(part.replace("\n", "\n ") for part in parts)
        inner = inner if len(inner) <= 20_000 else inner[:20_000] + " ..."
        return f"[{inner}]" if isinstance(value, list) else f"({inner}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return _dict(value, entries, exact)
    if isinstance(value, np.random.Generator):
        return _generator(value)
    if isinstance(value, Opaque):
        return value.text or f"<{value.kind}>"
    if callable(value):  # a function among the arguments
        return getattr(value, "__name__", type(value).__name__)
    if isinstance(value, (str, bytes)):
        value = value[:_LONGEST]
    try:
        text = number(value, exact) if isinstance(value, float) else repr(value)
    except ValueError:  # Python refuses to write integers of thousands of digits
        text = f"<{type(value).__name__}>"
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " ..."


def _ends(values: Sequence[Any], most: int) -> Sequence[Any]:
    """All values, of many the first and the last ones: a result may be wrong in its end alone."""
    return values if len(values) <= most else [*values[: most - 4], _LEFT_OUT, *values[-3:]]


def show_call(name: str, parameters: Sequence[str], args: Sequence[Any], script: str = "") -> str:
    """A call as code that can be pasted: arrays are assigned first, small values stand in the call.

    script: lines to show instead of the call, after an assignment of every argument.
    """
    lines, inline, texts = [], [], []
    for parameter, value in zip(parameters, args, strict=False):
        text = show(value, _MOST_PASTED, exact=True)
        texts.append(text)
        if script or isinstance(value, (np.ndarray, list, tuple, dict)) or len(text) > 24:
            indent = "" if isinstance(value, dict) else " " * len(f"{parameter} = ")
            lines.append(f"{parameter} = {text.replace(chr(10), chr(10) + indent)}")
            inline.append(parameter)
        else:
            inline.append(text)
    shortened = [_SHORTENED] * any(_LEFT_OUT in text for text in texts)
    return "\n".join([*shortened, *lines, script or f"{name}({', '.join(inline)})"])


def number(value: Any, exact: bool = False) -> str:
    """A number as short as it can be told from others: 0.1234568, 12, 12.0, True; with all its digits on demand."""
    if np.asarray(value).dtype.kind != "f":
        return str(np.asarray(value).item())
    value = float(value)
    if not np.isfinite(value):
        return "np.nan" if np.isnan(value) else f"{'-' if value < 0 else ''}np.inf"
    text = repr(value) if exact else f"{value:.7g}"
    return text if re.search(r"[.e]", text) else f"{text}.0"


def _array(value: np.ndarray[Any, Any], entries: int, exact: bool) -> str:
    if value.size == 0:
        kind = "" if value.dtype == np.float64 else f", dtype=np.{value.dtype}"
        return f"np.zeros({value.shape}{kind})"
    if value.dtype.kind in "US" and value.dtype.itemsize > _LONGEST:
        value = value.astype(f"{value.dtype.kind}100")
    turned = ', order="F")' if exact and value.flags.fnc else ")"
    precision = {"precision": 17, "floatmode": "unique"} if exact else {"precision": 6}
    options = {**precision, "edgeitems": 3, "linewidth": 78, "nanstr": "np.nan", "infstr": "np.inf"}
    with np.printoptions(threshold=entries, suppress=False, **options):  # type: ignore[arg-type]
        text = "np." + repr(value).replace("\n", "\n   ")
    return re.sub(r"dtype=(?=[a-z])", "dtype=np.", text)[:-1] + turned


def _dict(value: dict[Any, Any], entries: int, exact: bool) -> str:
    """On one line where it fits, else a line for each entry."""
    pairs = [_pair(show(key), show(part, entries, exact=exact)) for key, part in list(value.items())[:40]]
    if len(value) > len(pairs):
        pairs.append("...")
    if sum(map(len, pairs)) <= 90 and not any("\n" in pair for pair in pairs):
        return f"{{{', '.join(pairs)}}}"
    lines = [f"{_INDENT}{pair},".replace("\n", "\n" + _INDENT) for pair in pairs]
    return "\n".join(["{", *lines, "}"])


def _pair(key: str, part: str) -> str:
    return f"{key}: {part}".replace("\n", "\n" + " " * (len(key) + 2))


def _generator(rng: np.random.Generator) -> str:
    """By the seed that it was made from, where it has not been used."""
    seed = getattr(getattr(rng.bit_generator, "seed_seq", None), "entropy", None)
    if (
        isinstance(seed, (int, np.integer))
        and np.random.default_rng(seed).bit_generator.state == rng.bit_generator.state
    ):
        return f"np.random.default_rng({seed})"
    return "np.random.default_rng()"
