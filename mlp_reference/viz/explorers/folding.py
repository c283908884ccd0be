"""Explorer of notebooks 02 and 03: a small deep network folds the plane, and one line cuts it in many places."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.folding import GRID, REACH, fold_all, grid
from mlp_reference.viz.explorers.widget import Explorer, kept, real, whole

FIRST = [[0, 0], [90, 0], [45, 0.7], [135, -0.3], [20, 0.5]]


def folding(layers: int = 2, **values: Any) -> Explorer:
    """Fold the plane along lines, draw one line on it, unfold it; count the regions.

    Also: ``angle`` and ``offset`` of the line, and ``folds``, pairs ``[angle, distance]`` of your own.
    """
    return Folding(layers=layers, **values)


class Folding(Explorer):
    module = "folding"
    title = "A deep network folds the plane"
    size = (8.6, 4.5)
    layers = whole(2, 0, 5)
    angle = real(60.0, 0.0, 180.0)
    offset = real(1.0, -2.0, 2.0)
    turn = real(90.0, 0.0, 180.0)
    folds = kept()

    def _folds(self) -> list[Any]:
        return list((self.folds or FIRST)[: self.layers])

    def draw(self, figure: Figure) -> None:
        folded, plane = figure.subplots(1, 2)
        at, codes = fold_all(grid(), self._folds())
        n = np.array([np.cos(np.pi * self.angle / 180), np.sin(np.pi * self.angle / 180)])
        says = (at @ n > self.offset).astype(float)
        extent = (-REACH, REACH, -REACH, REACH)
        looks = {"extent": extent, "origin": "lower", "cmap": plots.xor.BETWEEN, "vmin": -0.5, "vmax": 1.5}
        plane.imshow(says.reshape(GRID, GRID), **looks)
        if codes.any():
            plane.contour(codes.reshape(GRID, GRID), levels=np.arange(2**self.layers) + 0.5, extent=extent,
                          colors=style.PURPLE, linewidths=0.8)  # fmt: skip
        style.label(plane, "Unfolded: what the network says", "x₁", "x₂")
        folded.scatter(*at[::23].T, c=says[::23], s=4, cmap=plots.xor.BETWEEN, vmin=-0.5, vmax=1.5)
        folded.set(xlim=(-3, 3), ylim=(-3, 3), aspect="equal")
        folded.axline(self.offset * n, self.offset * n + [-n[1], n[0]], color=style.BLACK)
        style.label(folded, "Folded: one line decides", "h₁", "h₂")

    @property
    def words(self) -> str:
        many, count = self.layers, len(set(fold_all(grid(), self._folds())[1].tolist()))
        return (
            f"{many} fold{'s' * (many != 1)} of two ReLUs each, {2 * many + 1} units in all: {count} "
            f"region{'s' * (count != 1)} of the plane, of at most {2**many}. The one line of the output unit is there "
            "once in each region that it meets, mirrored."
        )
