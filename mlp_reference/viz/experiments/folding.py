"""Folds of the plane, and the regions that they cut it into.

Each is a layer of three ReLUs: two mirror, and one, which is on all over the sheet, carries the place along the fold.
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


def regions_of_lines(lines: Sequence[Fold]) -> int:
    """How many regions lines cut the plane into: each new one adds 1, and 1 for each place where it meets older ones.

    Source: Zaslavsky (1975), Facing up to arrangements, Memoirs of the American Mathematical Society 154.
    """
    count, older = 1, list[tuple[np.ndarray, float]]()
    for degrees, c in lines:
        n = np.array([np.cos(np.pi * degrees / 180), np.sin(np.pi * degrees / 180)])
        across = [n[0] * other[1] - n[1] * other[0] for other, _ in older]
        off = [d - c * float(n @ other) for other, d in older]
        if not any(abs(a) <= 1e-9 and abs(o) < 1e-9 for a, o in zip(across, off, strict=True)):
            count += 1 + len({round(o / a, 6) for a, o in zip(across, off, strict=True) if abs(a) > 1e-9})
        older.append((n, float(c)))
    return count
