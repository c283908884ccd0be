"""Folds of the plane, each a layer of two ReLUs, and the regions that they cut it into.

Source: Montúfar et al. (2014), On the number of linear regions of deep neural networks, arXiv:1402.1869.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, Int

from mlp_reference.shapes import Number

Fold = Sequence[Number]  # the angle of the line's normal in degrees, and the line's distance from 0
REACH, GRID = 2.0, 160


def fold_all(
    P: Float[np.ndarray, "m 2"], folds: Sequence[Fold]
) -> tuple[Float[np.ndarray, "m 2"], Int[np.ndarray, " m"]]:
    """Where the folds take each place, and on which sides of them it lay, as bits."""
    codes = np.zeros(len(P), dtype=np.int64)
    for i, (degrees, c) in enumerate(folds):
        n = np.array([np.cos(np.pi * degrees / 180), np.sin(np.pi * degrees / 180)])
        below = np.minimum(P @ n - c, 0)
        codes += (below < 0) << i
        P = P - 2 * below[:, None] * n
    return P, codes


def grid() -> Float[np.ndarray, "m 2"]:
    """The centres of the cells of the square on which regions are counted."""
    t = REACH * ((2 * np.arange(GRID) + 1) / GRID - 1)
    return np.column_stack([a.ravel() for a in np.meshgrid(t, t)])
