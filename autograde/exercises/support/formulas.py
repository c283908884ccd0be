"""A function of x that shows its formula in messages."""

from typing import Any

import numpy as np


class Formula:
    """A function of x, a number or an array, that shows its formula in messages."""

    def __init__(self, formula: str) -> None:
        self.__name__ = f"lambda x: {formula}"
        self._call = eval(self.__name__, {"np": np})

    def __call__(self, x: Any) -> Any:
        return self._call(x)
