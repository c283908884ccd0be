"""The weights with which a training starts: random of He's variance, whatever their distribution."""

import numpy as np
import pytest

from autograde.exercises.support import random_matrices
from mlp_reference import init_weights


def test_spread_of_he_weights_is_never_suspected():
    """The mean square of 960 normal numbers: 4,000 layers stay within two thirds of the limits."""
    rng = np.random.default_rng(0)
    W = rng.standard_normal((4000, random_matrices.ENOUGH))
    assert np.abs((W**2).mean(axis=1) - 1).max() < 0.67 * random_matrices.ROUGHLY
    assert np.abs(W.mean(axis=1) * np.sqrt(random_matrices.ENOUGH)).max() < 0.67 * random_matrices.MEAN
    starts = [init_weights(20, 60, "he", np.random.default_rng(s)) for s in range(50)]
    assert {random_matrices.of_start([W]) for W in starts} == {"random, mean 0, variance 2/fan_in"}


REPEATED = {
    "one number": lambda rng, z: np.full((20, 60), 0.3),
    "one row": lambda rng, z: np.tile(z(60), (20, 1)),
    "one column": lambda rng, z: np.tile(z((20, 1)), 60),
    "half of the rows": lambda rng, z: np.repeat(z((10, 60)), 2, axis=0),
    "half of the columns": lambda rng, z: np.repeat(z((20, 30)), 2, axis=1),
    "a vector over and over": lambda rng, z: np.resize(z(70), (20, 60)),
    "a row of signs": lambda rng, z: np.tile(np.sign(z(60)), (20, 1)),
}
DISCRETE = {
    "signs": lambda rng, z: rng.choice([-1.0, 1.0], (20, 60)),
    "signs and zeros": lambda rng, z: rng.choice([-1.0, 0.0, 1.0], (20, 60)) * np.sqrt(1.5),
    "rounded": lambda rng, z: z((20, 60)).round(1),
    "half precision": lambda rng, z: z((20, 60)).astype(np.float16).astype(float),
}


@pytest.mark.parametrize("made", REPEATED)
@pytest.mark.parametrize("seed", range(5))
def test_weights_that_come_again_in_a_pattern_are_told(made, seed):
    rng = np.random.default_rng(seed)
    assert (
        random_matrices.of_start([0.3 * REPEATED[made](rng, rng.standard_normal)]) == "not random, numbers come again"
    )


@pytest.mark.parametrize("made", DISCRETE)
@pytest.mark.parametrize("seed", range(25))
def test_weights_of_few_values_may_be_random(made, seed):
    rng = np.random.default_rng(seed)
    W = np.sqrt(2 / 20) * DISCRETE[made](rng, rng.standard_normal)
    assert random_matrices.of_start([W]) == "random, mean 0, variance 2/fan_in"
