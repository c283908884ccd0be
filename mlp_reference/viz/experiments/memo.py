"""Memoization: an experiment is made once, however its arguments are written."""

from collections.abc import Callable
from functools import lru_cache, wraps
from inspect import signature
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")
MOST = 32  # results that are kept of one experiment


def memoized(experiment: Callable[Given, Result]) -> Callable[Given, Result]:
    """The experiment, remembered; ``f()`` and ``f(m=16)`` are one where 16 is the default, unlike for ``lru_cache``."""
    kept, parameters = lru_cache(maxsize=MOST)(experiment), signature(experiment)

    @wraps(experiment)
    def remembered(*args: Given.args, **options: Given.kwargs) -> Result:
        bound = parameters.bind(*args, **options)
        bound.apply_defaults()
        return kept(*bound.args, **bound.kwargs)

    return remembered
