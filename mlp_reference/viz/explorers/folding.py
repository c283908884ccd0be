"""Explorer of notebook 03: a small deep network folds the plane, and one line cuts it in many places."""

from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure

from mlp_reference.shapes import Number
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.folding import GRID, REACH, fold_all, grid, regions_of_lines
from mlp_reference.viz.explorers.widget import Explorer, Values, choice, kept, real, whole

DEEP, FLAT = "one after another", "side by side"
FIRST = [[0, 0], [90, 0], [45, 0.7], [135, -0.3], [110, 0.3]]


def folding(layers: int = 2, **values: Any) -> Explorer:
    """Fold the plane along lines, draw one line on it, unfold it; count the regions.

    ``way="side by side"`` puts all lines into one layer.
    Also: ``angle`` and ``offset`` of the line, and ``folds``, pairs ``[angle, distance]`` of your own.
    """
    return Folding(layers=layers, **values)


class Folding(Explorer):
    module = "folding"
    title = "Lines of kinks in the plane"
    size = (8.6, 4.5)
    way = choice([DEEP, FLAT])
    layers = whole(2, 0, 5)
    angle = real(60.0, 0.0, 180.0)
    offset = real(1.0, -2.0, 2.0)
    turn = real(90.0, 0.0, 180.0)
    folds = kept()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self._agree(values)
        self._initial = self.values

    def set(self, **values: Any) -> None:
        super().set(**values)
        self._agree(values)

    def _agree(self, changes: Values) -> None:
        """The slider ``turn`` moves the last line, or follows it."""
        folds = self._folds()
        if folds and "turn" in changes and self.turn != _turn(folds):
            last = len(folds) - 1
            self.folds = [[self.turn, c] if k == last else [a, c] for k, (a, c) in enumerate(self.folds or FIRST)]
        elif folds:
            self.turn = _turn(folds)

    def _folds(self) -> list[Any]:
        return list((self.folds or FIRST)[: self.layers])

    def draw(self, figure: Figure) -> None:
        deep = self.way == DEEP
        folded, plane = figure.subplots(1, 2)
        at, codes = fold_all(grid(), self._folds() if deep else [])
        n = _normal(self.angle)
        says = (at @ n > self.offset).astype(float) if deep else _odd(self._folds())
        extent = (-REACH, REACH, -REACH, REACH)
        looks = {"extent": extent, "origin": "lower", "cmap": plots.xor.BETWEEN, "vmin": -0.5, "vmax": 1.5}
        plane.imshow(says.reshape(GRID, GRID), **looks)
        if codes.any():
            plane.contour(codes.reshape(GRID, GRID), levels=np.arange(2**self.layers) + 0.5, extent=extent,
                          colors=style.PURPLE, linewidths=0.8)  # fmt: skip
        style.label(plane, "Unfolded: what the network says" if deep else "The regions of one layer", "x₁", "x₂")
        some = np.arange(GRID**2).reshape(GRID, GRID)[4::8, 4::8].ravel()
        folded.scatter(*at[some].T, c=says[some], s=6, cmap=plots.xor.BETWEEN, vmin=-0.5, vmax=1.5)
        folded.set(xlim=(-3, 3), ylim=(-3, 3), aspect="equal")
        for angle, c in [[self.angle, self.offset]] if deep else self._folds():
            u = _normal(angle)
            folded.axline(c * u, c * u + [-u[1], u[0]], color=style.BLACK)
        if deep:
            style.label(folded, "Folded: one line decides", "x₁, folded", "x₂, folded")
        else:
            style.label(folded, "The sheet stays flat", "x₁", "x₂")

    @property
    def words(self) -> str:
        folds = self._folds()
        many = len(folds)
        if self.way == FLAT:
            count, pairs = regions_of_lines(folds), many * (many - 1) // 2
            return (
                f"One layer of {many} ReLU{'s' * (many != 1)}, each with a line of kinks: {count} "
                f"region{'s' * (count != 1)} of the plane, those outside of the square among them. At most "
                f"1 + {many} + {pairs} = {1 + many + pairs} are possible. Orange is where an odd number of units is on."
            )
        count = len(set(fold_all(grid(), folds)[1].tolist()))
        return (
            f"{many} fold{'s' * (many != 1)} of three ReLUs each, {3 * many + 1} unit{'s' * (many > 0)} in all: {count} "
            f"region{'s' * (count != 1)} of the square, of at most {2**many}. The one line of the output unit is there "
            "once in each region that it meets, mirrored."
        )


def _turn(folds: list[Any]) -> float:
    """Where the slider that turns the last line stands."""
    return float(min(180.0, max(0.0, folds[-1][0])))


def _normal(degrees: Number) -> Float[np.ndarray, " 2"]:
    return np.array([np.cos(np.pi * degrees / 180), np.sin(np.pi * degrees / 180)])


def _odd(lines: list[Any]) -> Float[np.ndarray, " m"]:
    """1 where an odd number of units is on."""
    on = [(grid() @ _normal(degrees) > c).astype(float) for degrees, c in lines]
    return np.sum(on, axis=0) % 2 if on else np.zeros(GRID**2)
