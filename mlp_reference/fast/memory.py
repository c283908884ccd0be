"""Where arrays begin in memory, which is all that this module is about: it changes times and no numbers."""

from typing import Any

import numpy as np

from mlp_reference.shapes import Integer

CACHE_LINE = 64  # bytes


def aligned(shape: tuple[Integer, ...], dtype: Any) -> np.ndarray:
    """Zeros that begin on a cache line: NumPy's own arrays may not, and then every wide load touches two lines."""
    size, dtype = int(np.prod(shape)), np.dtype(dtype)
    room = np.zeros(size + CACHE_LINE // dtype.itemsize, dtype)
    start = -room.ctypes.data % CACHE_LINE // dtype.itemsize
    return room[start : start + size].reshape(shape)
