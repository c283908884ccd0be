"""Losses whose gradients are checked: strongly curved ones, with a right gradient at hand."""

from typing import Any

import numpy as np

from autograde.exercises.support.drawing import Array
from autograde.judging.exercise import Formula

Arrays = dict[str, Array]
SHAPES: dict[str, tuple[int, ...]] = {"W1": (3, 2), "b1": (2,), "W2": (2, 3), "b2": (3,)}
BEND = 8.0  # so strongly curved that one-sided differences are visibly off
SQUARE = 32.0


class Loss(Formula):
    """``p -> sum over names of scale * exp(8 p[name]).sum()``, which shows itself as a formula in messages.

    at: parameters near which a square is added that couples all entries: whoever leaves one nudged spoils the others.
    extra: what else to add, as text.
    """

    def __init__(self, scales: dict[str, float], at: Arrays | None = None, extra: str = "") -> None:
        used = {name: scale for name, scale in scales.items() if scale}
        terms = [f"{scale!r} * np.exp({BEND:g} * p[{name!r}]).sum()" for name, scale in used.items()]
        self.scales, self.weights, self.centre = scales, used if at else {}, 0.0
        if at:
            together = " + ".join(f"{scale!r} * p[{name!r}].sum()" for name, scale in used.items())
            self.centre = round(self._level(at), 2)
            terms.append(f"{SQUARE:g} * ({together} - {self.centre!r})**2")
        super().__init__(f"{' + '.join(terms)}{extra}", "p")
        usual = not extra and used.keys() <= SHAPES.keys()
        self.used = list(used)
        self.factors = np.concatenate([np.full(SHAPES[n], used[n]) for n in used], axis=None) if usual else np.zeros(0)

    def __call__(self, p: Any) -> float:
        """The formula's value, with one product for all sums where each name has its usual shape."""
        x = np.concatenate([p[name] for name in self.used], axis=None)
        if x.size != self.factors.size:
            return float(super().__call__(p))
        value = float(self.factors @ np.exp(BEND * x))
        return value + SQUARE * (float(self.factors @ x) - self.centre) ** 2 if self.weights else value

    def _level(self, p: Arrays) -> float:
        return float(sum(scale * p[name].sum() for name, scale in self.weights.items()))

    def gradients(self, params: Arrays) -> Arrays:
        """What is right."""
        slope = 2 * SQUARE * (self._level(params) - self.centre)
        return {
            k: self.scales[k] * BEND * np.exp(BEND * p) + self.weights.get(k, 0.0) * slope for k, p in params.items()
        }
