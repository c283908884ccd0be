"""What the figures of notebook 01 say, and the measurement of bias and variance behind one of them."""

import numpy as np
import pytest

from mlp_reference import data, mistake_bound
from mlp_reference.viz import figures
from mlp_reference.viz.experiments import perceptron as experiments

BEST = np.array([1.0, 0.0, 0.0])


def test_the_far_ones_are_separated_by_the_axis_and_missed_by_the_squared_error() -> None:
    for seed in range(5):
        X, y = data.far_ones(np.random.default_rng(seed))
        np.testing.assert_array_equal(X[:, 0] > 0, y)
        line = experiments.squared_line(X, y)
        assert (X[24:30] @ line[:2] + line[2] < 0).all(), "near ones are missed"


@pytest.mark.parametrize(("line", "bias"), [([1.0, 0.0, 0.0], 0.0), ([1.0, 0.0, -5.0], 0.1)])
def test_a_learner_that_ignores_its_data_has_no_variance(line: list[float], bias: float) -> None:
    rng = np.random.default_rng(0)
    _, measured, variance = experiments.spread(lambda X, y: np.array(line), data.far_ones, BEST, 9, rng)
    assert (measured, variance) == (pytest.approx(bias), 0.0)


def test_a_learner_that_tosses_a_coin_has_little_bias_and_much_variance() -> None:
    coin = np.random.default_rng(1)

    def guess(X: np.ndarray, y: np.ndarray) -> np.ndarray:
        return BEST if coin.random() < 0.7 else -BEST

    _, bias, variance = experiments.spread(guess, data.far_ones, BEST, 99, np.random.default_rng(2))
    assert bias == 0.0 and 0.15 < variance < 0.45


def test_the_run_stays_between_novikoffs_bounds() -> None:
    run = experiments.novikoff_run()
    k = np.arange(len(run.path))
    lengths = np.linalg.norm(run.path, axis=1)
    assert (run.path @ run.v_star >= k * run.gamma - 1e-9).all() and (lengths <= np.sqrt(k) * run.R + 1e-9).all()
    assert k[-1] <= run.bound


def test_no_separator_is_wider_than_the_widest() -> None:
    run = experiments.novikoff_run()
    X, y = data.iris_pair("setosa", "versicolor", data.IRIS_FEATURES[:2])
    signed = (2 * y - 1)[:, None] * np.column_stack([X, np.ones(len(X))])
    rng = np.random.default_rng(0)
    others = run.v_star + 10.0 ** rng.uniform(-5, 0, (500, 1)) * rng.standard_normal((500, 3))
    others = others / np.linalg.norm(others, axis=1, keepdims=True)
    assert (signed @ others.T).min(axis=0).max() <= run.gamma + 1e-12


@pytest.mark.parametrize("lam", [np.ones(4), np.array([1.0, 0.0, 0.0, 0.0])])
def test_the_words_of_a_certificate_say_whether_it_proves(lam: np.ndarray) -> None:
    words = figures.perceptron.certificate(*data.xor_corners(), lam).alt
    assert ("are the same point" in words) == (lam.sum() == 4)


def test_bounds_hold_on_random_sets() -> None:
    bound, mistakes = experiments.bound_and_mistakes(np.random.default_rng(3))
    assert 1 <= mistakes <= bound
    assert mistake_bound(np.array([[1.0], [-1.0]]), np.array([1, 0]), np.array([1.0]), 0.0) == pytest.approx(2.0)
