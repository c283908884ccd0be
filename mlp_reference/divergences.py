"""Distances of distributions: Kullback-Leibler between probabilities, earth mover's between samples on a line."""

import numpy as np
from jaxtyping import Real

from mlp_reference import checks
from mlp_reference.shapes import as_float

Probabilities = Real[np.ndarray, " k"]
Sample = Real[np.ndarray, " n"]


def kl_divergence(p: Probabilities, q: Probabilities) -> float:
    """``sum p log(p / q)``: 0 where the two agree, ``inf`` where ``q = 0 < p``; ``0 log 0`` counts as 0.

    Units: nats.
    Raises: ValueError where an entry is negative.
    Source: notebook 07, distances of distributions.
    """
    _check("kl_divergence", p, q)
    p, q = as_float(p)[p > 0], as_float(q)[p > 0]
    with np.errstate(divide="ignore"):  # log(0) = -inf is the right answer here
        return float((p * (np.log(p) - np.log(q))).sum())


def wasserstein_1d(x: Sample, y: Sample) -> float:
    """Least mean distance to carry the sample ``x`` to the sample ``y``: on a line, smallest goes to smallest.

    Source: notebook 07, distances of distributions.
    """
    checks.arrays("wasserstein_1d", "n, n", x=x, y=y)
    return float(np.abs(np.sort(as_float(x)) - np.sort(as_float(y))).mean())


def _check(call: str, p: Probabilities, q: Probabilities) -> None:
    checks.arrays(call, "k, k", p=p, q=q)
    if min(p.min(), q.min()) < 0:
        checks.fail(call, f"the entry {min(p.min(), q.min())}", "probabilities >= 0", "normalize with softmax first")
