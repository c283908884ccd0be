"""Memoization: an experiment is made once, however its arguments are written.

Where the environment names a folder in ``MLP_COURSE_EXPERIMENTS``, all processes share what is kept there: the tests
run the same notebooks several times.  The folder must be new whenever code has changed, for only a function's own
lines are compared.
"""

import os
from collections.abc import Callable
from functools import lru_cache, wraps
from inspect import signature
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")
MOST = 32  # results that are kept of one experiment
FOLDER = "MLP_COURSE_EXPERIMENTS"


def memoized(experiment: Callable[Given, Result]) -> Callable[Given, Result]:
    """The experiment, remembered; ``f()`` and ``f(m=16)`` are one where 16 is the default, unlike for ``lru_cache``."""
    kept, parameters = lru_cache(maxsize=MOST)(_shared(experiment)), signature(experiment)

    @wraps(experiment)
    def remembered(*args: Given.args, **options: Given.kwargs) -> Result:
        bound = parameters.bind(*args, **options)
        bound.apply_defaults()
        return kept(*bound.args, **bound.kwargs)

    return remembered


def _shared(experiment: Callable[Given, Result]) -> Callable[Given, Result]:
    """The experiment, also remembered in files where the environment asks for it."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return experiment
    from joblib import Memory

    shared: Callable[Given, Result] = Memory(folder, verbose=0).cache(experiment)
    return shared
