"""What can be said about a wrong result by looking at it: values as code, and the relation of got to expected."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograde.judging.compare import Difference, as_numbers, number
from autograde.runtime.values import Opaque

Array = np.ndarray[Any, Any]


def show(value: Any) -> str:
    """A value as a learner would type it, long arrays shortened: ``np.array([1., 2.])``."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "US" and value.dtype.itemsize > 400:
            value = value.astype(f"{value.dtype.kind}100")
        with np.printoptions(precision=6, threshold=60, edgeitems=3, linewidth=78, suppress=False):
            return "np." + repr(value).replace("\n", "\n   ")
    if isinstance(value, np.generic):
        return number(value)
    if isinstance(value, (list, tuple)):
        inner = ", ".join(show(v) for v in value[:12]) + (", ..." if len(value) > 12 else "")
        inner = inner if len(inner) <= 20_000 else inner[:20_000] + " ..."
        return f"[{inner}]" if isinstance(value, list) else f"({inner}{',' if len(value) == 1 else ''})"
    if isinstance(value, Opaque):
        return value.text or f"<{value.kind}>"
    if callable(value):  # a function among the arguments
        return getattr(value, "__name__", type(value).__name__)
    if isinstance(value, (str, bytes)):
        value = value[:400]
    try:
        text = f"{value:.7g}" if isinstance(value, float) else repr(value)
    except ValueError:  # Python refuses to write integers of thousands of digits
        text = f"<{type(value).__name__}>"
    return text if len(text) <= 400 else text[:400] + " ..."


def show_call(name: str, parameters: Sequence[str], args: Sequence[Any], script: str = "") -> str:
    """A call as code that can be pasted: arrays are assigned first, small values stand in the call.

    script: lines to show instead of the call, after an assignment of every argument.
    """
    lines, inline = [], []
    for parameter, value in zip(parameters, args, strict=False):
        text = show(value)
        if script or isinstance(value, (np.ndarray, list, tuple)) or len(text) > 24:
            indent = " " * len(f"{parameter} = ")
            lines.append(f"{parameter} = {text.replace(chr(10), chr(10) + indent)}")
            inline.append(parameter)
        else:
            inline.append(text)
    return "\n".join([*lines, script or f"{name}({', '.join(inline)})"])


def parameters_of(fn: Callable[..., Any]) -> tuple[str, ...]:
    """Names of a function's parameters; empty where Python can't tell."""
    try:
        return tuple(inspect.signature(fn).parameters)
    except Exception:  # builtins have no signature, and an object of the learner's may raise anything
        return ()


def describe(difference: Difference, args: Sequence[Any], parameters: Sequence[str]) -> str:
    """One sentence on how the result relates to the right one, or "" where nothing stands out."""
    got, expected = as_numbers(difference.got), as_numbers(difference.expected)
    if got is None or expected is None:
        return _about_type(difference)
    if difference.kind == "dtype":
        return _about_kind(got, expected)
    if difference.kind == "length":
        return ""
    if difference.kind == "shape":
        return _about_shape(got, expected)
    if difference.kind == "nan":
        return "Your result holds nan: a division 0/0, inf - inf, or the log of a negative number happened on the way."
    return _about_values(got, expected, args, parameters)


def advice(
    difference: Difference,
    args: Sequence[Any],
    parameters: Sequence[str],
    outputs: Sequence[str],
    changed: Sequence[str],
) -> str:
    """What to tell where no known misconception fits: which part is wrong, how, and what stands out."""
    mutation = ""
    if changed:
        names = " and ".join(f"`{name}`" for name in changed)
        mutation = f"Your function changes its input {names}: the caller's array is another one after the call. "
        mutation += "Write `a = a + ...` instead of `a += ...`, or work on a copy (`a.copy()`)."
    if difference.kind == "changed":
        return mutation
    name = f"`{difference.key}` is " if difference.key and not outputs else output_name(outputs, difference.path)
    sentence = f"{name}{difference.message}."
    return " ".join(part for part in (sentence, describe(difference, args, parameters), mutation) if part)


def signature_mismatch(fn: Callable[..., Any], parameters: Sequence[str], args: Sequence[Any]) -> str:
    """A sentence where ``fn`` cannot be called with these positional arguments, else ""."""
    try:
        signature = inspect.signature(fn)
    except Exception:  # builtins have none, and an object of the learner's may raise anything
        return ""
    try:
        signature.bind(*args)
    except TypeError:
        given = ", ".join(parameters[: len(args)])
        called = f"Your function takes {signature}, but it is called with ({given})"
        if len(args) == len(parameters) or len(signature.parameters) != len(parameters):
            return f"{called}: give it the parameters of the exercise, ({', '.join(parameters)})."
        return f"{called}: parameters that may be left out need the default values of the exercise."
    return ""


def _about_type(difference: Difference) -> str:
    if difference.got is None:
        return "Your function returned nothing: end it with a `return` statement."
    if not isinstance(difference.got, Opaque):
        return ""
    if difference.got.kind in ("generator", "coroutine", "async_generator"):
        return (
            "A function that contains `yield` or `async`, and `(... for ...)`, give a recipe, not values: "
            "collect them in a list or an array."
        )
    if difference.got.kind in ("map", "zip", "filter", "range", "dict_values"):
        return "It yields values only when asked for them: collect them, for example with `list(...)`."
    if difference.got.is_callable:
        return "You returned a function; call it, and return what it gives."
    return ""


def _about_kind(got: Array, expected: Array) -> str:
    if got.dtype.kind == "b":
        return "Those are truth values; turn them into integers, for example with `.astype(int)`."
    if expected.dtype.kind == "b":
        return "The answer is a truth value, True or False."
    return f"The values should be of {'an integer' if expected.dtype.kind in 'iu' else 'a floating-point'} type."


def _about_shape(got: Array, expected: Array) -> str:
    if got.ndim == expected.ndim == 2 and got.shape == expected.shape[::-1]:
        return "The shape is that of the transpose."
    if got.size == expected.size:
        return "The number of values is right, their arrangement is not: look at axes of length 1 and at reshapes."
    if got.ndim < expected.ndim:
        return "An axis is missing: a sum, a mean or an index has removed one too many."
    if got.ndim > expected.ndim:
        return "There is an axis too many: a sum is missing, or a column `(n, 1)` met a row `(n,)` and they broadcast."
    return ""


def _about_values(got: Array, expected: Array, args: Sequence[Any], parameters: Sequence[str]) -> str:
    if got.dtype.kind == "b" or expected.dtype.kind == "b":
        return ""
    g, e = got.astype(np.float64), expected.astype(np.float64)
    tests = (_scaled(g, e, args), _arranged(g, e), _is_an_input(g, args, parameters), _shifted(g, e), _partly(g, e))
    return next((sentence for sentence in tests if sentence), "")


def _scaled(g: Array, e: Array, args: Sequence[Any]) -> str:
    if e.size > 1 and set(np.unique(np.concatenate([g.ravel(), e.ravel()]))) <= {0.0, 1.0} and _close(g, 1 - e):
        return "Every class is the other one: 0 and 1 are exchanged."
    if not (np.isfinite(g).all() and np.isfinite(e).all() and np.abs(e).max(initial=0.0) > 0):
        return ""
    factor = float((g * e).sum() / (e * e).sum())
    if e.size < 2 or factor == 0 or not _close(g, factor * e):
        return "The sign is the opposite of the right one." if e.size == 1 and _close(g, -e) else ""
    if _close(factor, -1.0):
        return "Every value has the wrong sign."
    return f"Every value is {_factor_name(factor, args)} the right one."


def _factor_name(factor: float, args: Sequence[Any]) -> str:
    sizes = {length for a in args if isinstance(a, np.ndarray) for length in a.shape if length > 2}
    for sign, word in ((1, ""), (-1, "minus ")):
        for size in sorted(sizes):
            if _close(factor, sign * size):
                return f"{word}{size} times (an axis has that length: a mean became a sum?)"
            if _close(factor, sign / size):
                return f"{word}1/{size} of (an axis has that length: a sum became a mean, or was divided twice?)"
    names = {2.0: "twice", 0.5: "half of", -2.0: "minus twice", -0.5: "minus half of"}
    return next((word for f, word in names.items() if _close(factor, f)), f"{factor:.4g} times")


def _arranged(g: Array, e: Array) -> str:
    if g.ndim == 2 and g.shape == g.T.shape and _close(g.T, e):
        return "This is the transpose of the right result."
    if g.size > 1 and _close(g[::-1], e):
        return "The values are right but in reverse order."
    if g.size > 2 and np.isfinite(g).all() and _close(np.sort(g, axis=None), np.sort(e, axis=None)):
        return "The values are right but stand in another order."
    return ""


def _is_an_input(g: Array, args: Sequence[Any], parameters: Sequence[str]) -> str:
    for name, a in zip(parameters, args, strict=False):
        if isinstance(a, np.ndarray) and a.size > 1 and a.dtype.kind in "iuf" and a.shape == g.shape and _close(g, a):
            return f"This is the input `{name}`, unchanged."
    return ""


def _shifted(g: Array, e: Array) -> str:
    gap = g - e
    if g.size > 1 and np.isfinite(gap).all() and _close(gap, gap.flat[0]):
        return f"Every value is {abs(gap.flat[0]):.6g} too {'large' if gap.flat[0] > 0 else 'small'}."
    return ""


def _partly(g: Array, e: Array) -> str:
    if g.size < 3 or not np.isfinite(g).all():
        return ""
    wrong = int((~np.isclose(g, e, rtol=1e-6, atol=1e-9)).sum())
    return f"{wrong} of {g.size} values are wrong, the others are right." if 0 < wrong < g.size else ""


def _close(a: Any, b: Any) -> bool:
    return bool(np.allclose(a, b, rtol=1e-6, atol=1e-9 * float(np.max(np.abs(b), initial=0.0))))


def output_name(outputs: Sequence[str], path: Sequence[int]) -> str:
    """Which part of the result a sentence is about: "`b` is ", or "" for a single value."""
    if not path or not outputs:
        return "Got "
    rest = "".join(f"[{i}]" for i in path[1:])
    return f"`{outputs[path[0]]}{rest}` is " if path[0] < len(outputs) else "Got "
