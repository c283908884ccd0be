"""Calls whose result is spoiled by a warning: for the exercise that promises to give none."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np


class Warned:
    """Stands for a result that came with warnings; each set of warnings is a class of its own, named after them."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


def without_warnings(fn: Callable[..., Any], *args: Any) -> Any:
    """What the call returns, or a ``Warned`` where finite numbers came with a RuntimeWarning."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value = fn(*args)
    texts = sorted({str(w.message) for w in caught if issubclass(w.category, RuntimeWarning)})
    return _warned(texts) if texts and _is_finite(value) else value  # nan is worse than the warning


def _warned(texts: list[str]) -> Warned:
    made: Warned = type(f"RuntimeWarning: {', '.join(texts)}", (Warned,), {})()
    return made


def _is_finite(value: Any) -> bool:
    try:
        return bool(np.isfinite(np.asarray(value, dtype=float)).all())
    except Exception:  # no numbers: the comparison will say so
        return False
