"""Calls that are sent ahead: how they are packed, and what is known when they are answered."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograde.runtime.serialization import Encoder, arrays_in

MOST_AHEAD = 2**22  # bytes of arguments that are sent ahead
Packed = tuple[tuple[Any, ...], Any, list[Any]]  # the arguments of a call, what is sent of them, the arrays in them


@dataclass(frozen=True)
class Sent:
    """A call that was sent ahead."""

    key: int
    target: Any
    args: tuple[Any, ...]
    packed: Any
    arrays: list[Any]


@dataclass(frozen=True)
class Heard:
    """The answer to such a call."""

    call: Sent
    answer: list[Any]

    @property
    def changed(self) -> bool:
        """Whether it may tell of changed arguments."""
        return self.answer[-4:-3] != [[]]

    @property
    def printed(self) -> str:
        return str(self.answer[-2])


def pack_calls(calls: Iterable[tuple[Any, ...]]) -> list[Packed]:
    """The arguments of calls as they are sent ahead, up to the first that holds something else than data."""
    packed, room = list[Packed](), MOST_AHEAD
    for args in calls:
        arrays = arrays_in(args)
        room -= sum(array.nbytes for array in arrays)
        if room < 0 or not _is_data(args):
            break
        packed.append((args, Encoder(unsendable)([copy.deepcopy(a) for a in args]), arrays))
    return packed


def _is_data(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return all(map(_is_data, value))
    if isinstance(value, dict):
        return all(map(_is_data, value.values()))
    return value is None or isinstance(value, (np.ndarray, np.generic, bool, int, float, str))


def unsendable(value: Any) -> Any:
    """What is written for NumPy's numbers and subclasses of numbers.

    Raises: TypeError for all else.
    """
    if isinstance(value, np.ndarray | np.generic):
        return Encoder(unsendable)(np.asarray(value).view(np.ndarray))
    if isinstance(value, (int, float)):
        return float(value) if isinstance(value, float) else int(value)
    raise TypeError(f"an object of type {type(value).__name__} can't be given to a learner's function")
