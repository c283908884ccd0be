"""What can be said about random weights: verdicts in words, right for every way of drawing them.

Limits are so wide that right weights fail in fewer than one of 10**7 checks. With N = 40,000 weights, for a matrix:

- mean: more than 6.5 standard errors off; exactly (normal) or at most (uniform) 2 exp(-6.5**2/2) = 1.4e-9;
  or off by less than 1e-9 standard errors, 8e-10, as only a mean that was taken away is;
- variance: more than 4.6 % off; for normal weights at most 2 exp(-20) = 4e-9 (Laurent and Massart, 2000), for uniform
  ones less (Bernstein);
- distribution: the empirical CDF off by more than 0.0164 somewhere, 2 exp(-2 N 0.0164**2) = 9e-10 (Massart, 1990), and
  a variance that is 4.6 % off moves the CDF by 0.0056 or less: together below the limit of 0.025; no normal weight
  beyond 3.5 standard deviations, (1 - 4.65e-4)**N = 8e-9;
- neighbours: a correlation beyond 6.5 standard errors, about 1e-10 each way;
- means and mean squares of the 100 or 400 rows or columns that vary less than 0.3 or more than 3 times as much as those
  of independent weights: chi-square with 99 degrees of freedom, at most 2e-11 each (Chernoff);
- more than 1 % of the sizes occur twice: float32 uniform numbers, the coarsest that NumPy draws, repeat 0.3 %.

Together about 2e-8 for a matrix, and 1.2e-7 for the six large ones of a check.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograde.exercises.support.drawing import Array, Rng
from autograde.judging.compare import as_numbers, kind_of, same
from autograde.runtime.values import plain
from mlp_reference.activations import normal_cdf
from mlp_reference.initialize import VARIANCE

DISTRIBUTION = ("weights", "mean", "variance", "distribution")
OBEDIENCE = ("weights", "an equal rng gives", "another rng gives", "a second call with one rng gives")
WIDE, OTHER = (100, 400), (160, 250)  # any two of the formulas below differ by a fifth or more in one of these shapes
NOT_LOOKED_AT, ANOTHER = "not looked at", "another one"
FEW = 4  # weights for each different number, and those are no longer single copies
MEAN, SPREAD, CDF, TAIL, LAG, LOW, HIGH, REPEATED, EXACT = 6.5, 0.046, 0.025, 3.5, 6.5, 0.3, 3.0, 0.01, 1e-9
_KNOWN: dict[str, Callable[[float, float], float]] = {
    "1/fan_in": lambda i, o: 1 / i,
    "2/fan_in": lambda i, o: 2 / i,
    "4/fan_in": lambda i, o: 4 / i,
    "1/fan_out": lambda i, o: 1 / o,
    "2/fan_out": lambda i, o: 2 / o,
    "2/(fan_in + fan_out)": lambda i, o: 2 / (i + o),
    "1/(fan_in + fan_out)": lambda i, o: 1 / (i + o),
    "3/(fan_in + fan_out)": lambda i, o: 3 / (i + o),
    "4/(fan_in + fan_out)": lambda i, o: 4 / (i + o),
    "6/(fan_in + fan_out)": lambda i, o: 6 / (i + o),
    "1/sqrt(fan_in * fan_out)": lambda i, o: (i * o) ** -0.5,
    "2/sqrt(fan_in * fan_out)": lambda i, o: 2 * (i * o) ** -0.5,
    "1/(fan_in * fan_out)": lambda i, o: 1 / (i * o),
    "the mean of 1/fan_in and 1/fan_out": lambda i, o: (1 / i + 1 / o) / 2,
    "1": lambda i, o: 1.0,
}
_INDEPENDENT = "drawn one by one"
_SCHEME = {
    "lecun": "1/fan_in",
    "he": "2/fan_in",
    "xavier": "2/(fan_in + fan_out)",
    "xavier_uniform": "2/(fan_in + fan_out)",
}
# The start of a training, whatever its distribution: a layer of 960 or more normal numbers has a mean square within 30 %
# of its variance but for a probability of 1e-9, and a mean within 6.5 standard errors but for 1e-10 (Wilson & Hilferty; a
# test counts).  The correlation of 960 independent numbers with themselves, moved along by any number of places, is above
# 0.3 with a probability below 1e-15.
ENOUGH, ROUGHLY, ALIKE = 960, 0.3, 0.3
_STARTS: dict[str, Callable[[int, int], float]] = {
    "2/fan_in": lambda i, o: 2 / i,
    "1/fan_in": lambda i, o: 1 / i,
    "2/(fan_in + fan_out)": lambda i, o: 2 / (i + o),
    "2/fan_out": lambda i, o: 2 / o,
    "1/fan_out": lambda i, o: 1 / o,
    "(2/fan_in)**2": lambda i, o: (2 / i) ** 2,
    "1": lambda i, o: 1.0,
    "0.01": lambda i, o: 0.01,
    "0.0001": lambda i, o: 0.0001,
    "0, all are zero": lambda i, o: 0.0,
}
_POWERS: dict[str, Callable[[float], float]] = {
    "the square of {}": lambda v: v * v,
    "half of {}": lambda v: v / 2,
    "a third of {}": lambda v: v / 3,
    "a twelfth of {}": lambda v: v / 12,
    "one over {}": lambda v: 1 / v,
}


def init_behaviour(fn: Callable[..., Any], fan_in: Any, fan_out: Any, scheme: str, rng: Rng) -> dict[str, Any]:
    """What is judged of ``init_weights``: the distribution of large matrices, for small ones the use of ``rng``."""
    value = plain(fn(fan_in, fan_out, scheme, rng))
    W = as_numbers(value)
    large = fan_in * fan_out >= WIDE[0] * WIDE[1]
    if W is None or W.shape != (fan_in, fan_out):
        shape = kind_of(value) if W is None else str(W.shape)
        return {"shape": shape} | dict.fromkeys(DISTRIBUTION if large else OBEDIENCE, NOT_LOOKED_AT)
    W = W.astype(np.float64)
    if large:
        found = {"shape": str(W.shape)} | distribution(W, scheme)
        if found["variance"] == ANOTHER:
            other = as_numbers(plain(fn(*OTHER, scheme, rng)))
            found["variance"] = variance_name([W, other], scheme)
        return found
    right = bool(W.any() and np.isfinite(W).all())
    return {"shape": str(W.shape), "weights": "numbers" if right else "0 or no numbers"} | _obedience(
        lambda other: plain(fn(fan_in, fan_out, scheme, other)), int(rng.integers(2**32))
    )


def distribution(W: Array, scheme: str) -> dict[str, str]:
    """The verdicts on a large matrix; what each limit costs in false alarms stands above."""
    spread = float(W.std())
    if not np.isfinite(spread) or spread < 1e-12:
        return dict.fromkeys(DISTRIBUTION, "weights that are all equal, or no numbers")
    fan_in, fan_out = W.shape
    dependence = _dependence((W - W.mean()) / spread)
    if len(np.unique(W)) < W.size / 2:  # of weights that are copies of each other nothing else can be told
        copies = {"every row is the same": W[:1], "every column is the same": W[:, :1]}
        told = next((word for word, one in copies.items() if (one == W).all()), dependence)
        return {"weights": told} | dict.fromkeys(DISTRIBUTION[1:], NOT_LOOKED_AT)
    off = float(W.mean()) / spread * np.sqrt(W.size)
    if abs(off) < EXACT and dependence == _INDEPENDENT:
        dependence = "all depend on each other: their own mean is taken from them"
    sides = {True: "0", False: "above 0" if off > 0 else "below 0"}
    right = _fits(W, VARIANCE[scheme](fan_in, fan_out))
    return {
        "weights": dependence,
        "mean": sides[abs(off) < MEAN],
        "variance": _SCHEME[scheme] if right else ANOTHER,
        "distribution": _shape_name((W - W.mean()) / spread),
    }


def _fits(W: Array, variance: float) -> bool:
    return bool(abs(float(W.var()) / variance - 1) < SPREAD)


def variance_name(Ws: Sequence[Array | None], scheme: str) -> str:
    """The formula that gives the variances of matrices of different shapes, in one of which alone many would do."""
    right = [VARIANCE[scheme](*W.shape) if W is not None and W.ndim == 2 else 0.0 for W in Ws]
    matrices = [W for W in Ws if W is not None and W.ndim == 2]
    if len(matrices) < len(Ws):
        return ANOTHER
    for text, formula in _KNOWN.items():
        if all(_fits(W, formula(*W.shape)) for W in matrices):
            return text
    for text, change in _POWERS.items():
        if all(_fits(W, change(v)) for W, v in zip(matrices, right, strict=True)):
            return text.format(_SCHEME[scheme])
    ratio = float(matrices[0].var()) / right[0]
    if all(_fits(W, ratio * v) for W, v in zip(matrices, right, strict=True)):
        return f"{ratio:.1g} times {_SCHEME[scheme]}"
    if _fits(matrices[0], float(matrices[1].var())):
        return "the same in every shape"
    ratios = [f"{float(f'{W.var() / v:.1g}'):g}" for W, v in zip(matrices, right, strict=True)]
    return f"{ratios[0]} times {_SCHEME[scheme]} in one shape, {ratios[1]} times in another"


def _shape_name(u: Array) -> str:
    """Normal, uniform or something else, of numbers of mean 0 and variance 1."""
    x = np.sort(u, axis=None)
    middle = (np.arange(x.size) + 0.5) / x.size
    normal = np.abs(normal_cdf(x[::20]) - middle[::20]).max()
    uniform = np.abs(np.clip(0.5 + x / np.sqrt(12), 0, 1) - middle).max()
    if uniform < CDF:
        return "uniform"
    if max(-x[0], x[-1]) < TAIL:
        return "normal with its tails cut off" if normal < 2 * CDF else "neither normal nor uniform"
    return "normal" if normal < CDF else "neither normal nor uniform"


def _dependence(u: Array) -> str:
    """Whether the entries look drawn one by one."""
    if len(np.unique(np.abs(u))) < u.size / FEW:
        return "few numbers again and again: rounded, or drawn as whole numbers?"
    if len(np.unique(np.abs(u))) < (1 - REPEATED) * u.size:
        return "the same ones again and again"
    limit = LAG / np.sqrt(u.size)
    if abs((u[:, 1:] * u[:, :-1]).mean()) > limit or abs((u[1:] * u[:-1]).mean()) > limit:
        return "neighbours depend on each other"
    squares = u**2
    fourth = float(squares.var())
    for axis in (0, 1):
        n = u.shape[axis]
        for part, single in ((u, 1.0), (squares, fourth)):
            if not LOW < float(part.mean(axis=axis).var()) * n / single < HIGH:
                return "whole rows or columns depend on each other"
    return _INDEPENDENT


def _obedience(draw: Callable[[Rng], Any], seed: int) -> dict[str, str]:
    """How the weights follow the generator: same state, other state, one generator twice."""
    rng = np.random.default_rng(seed)
    first, second = draw(rng), draw(rng)
    again, other = draw(np.random.default_rng(seed)), draw(np.random.default_rng(seed + 1))
    answers = {True: "the same weights", False: "other weights"}
    return dict(zip(OBEDIENCE[1:], (answers[same(first, W)] for W in (again, other, second)), strict=True))


def of_start(Ws: Sequence[Array]) -> str:
    """Mean and variance of the layers with which a training starts, in words."""
    if all(W.any() for W in Ws) and any(map(_comes_again, Ws)):
        return "not random, numbers come again"
    if any(abs(W.mean()) > MEAN * W.std() / np.sqrt(W.size) for W in Ws):
        return "random, their mean is not 0"
    sizes = [float((W**2).mean()) for W in Ws]
    for name, variance in _STARTS.items():
        wanted = [variance(*W.shape) for W in Ws]
        if all(abs(s - v) <= ROUGHLY * v for s, v in zip(sizes, wanted, strict=True)):
            return f"random, mean 0, variance {name}"
    return "random, mean 0, another variance than 2/fan_in"


def _comes_again(W: Array) -> bool:
    """Whether numbers come again in a pattern: equal rows or columns, a few over and over.

    Independent ones may come again, too: He's deviation with random signs, or rounded numbers.
    """
    if len(np.unique(W)) >= 0.9 * W.size:
        return False
    if np.ptp(W) == 0:
        return True
    moved = np.fft.irfft(np.abs(np.fft.rfft(W.ravel() - W.mean())) ** 2, W.size)
    return bool(moved[1:].max() > ALIKE * moved[0])
