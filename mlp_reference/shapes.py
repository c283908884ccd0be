"""Types that say shapes: what a number-or-array argument is, and what comes back.

Axis letters, everywhere: n examples, d inputs, h hidden units, k outputs; ``*s`` is any shape, the same in and out.
"""

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float, Real

if TYPE_CHECKING:  # a type checker may take an int for a float, and the result of a number for an array
    Number = float
    Integer = int
    Numbers = np.ndarray | float
    SameShape = np.ndarray
else:
    Number = float | int | np.number
    Integer = int | np.integer
    Numbers = Real[np.ndarray | np.generic | float | int, "*s"]
    SameShape = Float[np.ndarray | np.generic, "*s"]

Rows = Real[np.ndarray, "n d"]
Labels = Real[np.ndarray, " n"]  # whole numbers, also of a float type
Matrices = list[Real[np.ndarray, "_ _"]] | tuple[Real[np.ndarray, "_ _"], ...]
Vectors = list[Real[np.ndarray, " _"]] | tuple[Real[np.ndarray, " _"], ...]


def as_float(z: Numbers) -> SameShape:
    """``z`` as a float array: the dtype of floats is kept, ints become float64."""
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(np.float64)
