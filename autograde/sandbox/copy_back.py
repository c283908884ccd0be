"""Carrying over what a learner's function has changed in its arguments: the same arrays stay the same arrays."""

import itertools
from contextlib import suppress
from typing import Any

import numpy as np

from autograde.runtime.values import Opaque


def became(old: Any, new: Any, arrays: dict[int, Any]) -> Any:
    """What was given, made like what it became where it can be changed at all.

    arrays: those that were given, by the id of what came back for them.
    """
    if isinstance(new, Opaque):
        return old
    if isinstance(new, np.ndarray):
        return _overwritten(arrays[id(new)], new) if id(new) in arrays else new
    if isinstance(old, (list, tuple)) and type(old) is type(new):
        parts = [became(o, n, arrays) for o, n in itertools.zip_longest(old, new)][: len(new)]
        if isinstance(old, tuple):
            return tuple(parts)
        old[:] = parts
        return old
    if isinstance(old, dict) and isinstance(new, dict):
        parts_by_key = {key: became(old.get(key), value, arrays) for key, value in new.items()}
        old.clear()
        old.update(parts_by_key)
        return old
    return new


def _overwritten(old: Any, new: Any) -> Any:
    with suppress(ValueError, TypeError):  # read-only ones
        # Never resized, as there may be views of it: one of another shape holds other numbers, and that is enough.
        old[...] = new if old.shape == new.shape else np.resize(new, old.shape)
    return old
