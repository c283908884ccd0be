"""The exercises of the catalogue as parameters of tests; those that take seconds are marked as slow."""

from collections.abc import Iterable
from typing import Any

import pytest

from autograde.exercises import CATALOGUE

SLOWEST = {"train", "init_weights", "second_moment_gain", "minibatches"}
SLOW = SLOWEST | {  # they train, sample and search, or have many wrong answers
    *("worst_gradient", "Value", "fit_logistic", "activation_grad", "softmax_xent"),
    *("perceptron_fit", "mlp_backward", "signal_profile", "two_layer_grads"),
    *("correlation_step", "residual_profile", "layer_norm_backward", "sharpness", "adam_step"),
    *("rescue", "reader_grads", "chi_at_rest"),
}


def exercises(names: Iterable[str] = CATALOGUE) -> list[Any]:
    """Parameters for ``pytest.mark.parametrize``."""
    return [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in names]
