"""Whether a function can be called with the arguments of its exercise."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any


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
