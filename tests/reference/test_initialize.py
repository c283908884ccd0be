"""Tests whose false alarms are rarer than one in a million: six standard errors, on 120,000 weights."""

import math

import numpy as np
import pytest

from mlp_reference import init_weights

FAN_IN, FAN_OUT = 300, 400
VARIANCE = {
    "lecun": 1 / FAN_IN,
    "xavier": 2 / (FAN_IN + FAN_OUT),
    "xavier_uniform": 2 / (FAN_IN + FAN_OUT),
    "he": 2 / FAN_IN,
}
KURTOSIS = {"lecun": 3.0, "xavier": 3.0, "xavier_uniform": 1.8, "he": 3.0}  # E[w**4] / E[w**2]**2


def within_six_standard_errors(W, scheme):
    w, count, variance, kurtosis = W.ravel(), W.size, VARIANCE[scheme], KURTOSIS[scheme]
    fourth_error = math.sqrt(96 / count) if kurtosis == 3 else math.sqrt(0.4 / count)  # of the sample kurtosis
    return (
        abs(w.mean()) < 6 * math.sqrt(variance / count)
        and abs((w**2).mean() - variance) < 6 * variance * math.sqrt((kurtosis - 1) / count)
        and abs((w**4).mean() / (w**2).mean() ** 2 - kurtosis) < 6 * fourth_error
    )


@pytest.mark.parametrize("scheme", VARIANCE)
def test_mean_variance_and_shape_of_the_distribution(scheme):
    W = init_weights(FAN_IN, FAN_OUT, scheme, np.random.default_rng(7))
    assert W.shape == (FAN_IN, FAN_OUT)
    assert within_six_standard_errors(W, scheme)
    # The test can tell every scheme from every other, and a variance from a standard deviation.
    assert [other for other in VARIANCE if within_six_standard_errors(W, other)] == [scheme]
    assert not within_six_standard_errors(W * math.sqrt(VARIANCE[scheme]), scheme)
    assert not within_six_standard_errors(W * 1.03, scheme)


@pytest.mark.parametrize("scheme", VARIANCE)
def test_fan_in_and_fan_out_are_not_mixed_up(scheme):
    W = init_weights(FAN_OUT, FAN_IN, scheme, np.random.default_rng(7))
    assert within_six_standard_errors(W, scheme) == scheme.startswith("xavier")


def test_uniform_weights_stay_inside_their_edge_and_reach_it():
    W = init_weights(FAN_IN, FAN_OUT, "xavier_uniform", np.random.default_rng(0))
    edge = math.sqrt(6 / (FAN_IN + FAN_OUT))
    assert 0.999 * edge < abs(W).max() <= edge


def test_the_same_rng_gives_the_same_weights():
    one, two = (init_weights(3, 4, "he", np.random.default_rng(5)) for _ in range(2))
    assert (one == two).all()
    rng = np.random.default_rng(5)
    assert (init_weights(3, 4, "he", rng) != init_weights(3, 4, "he", rng)).all()


def test_an_unknown_scheme_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match=r"'glorot'.*'xavier'"):
        init_weights(3, 4, "glorot", np.random.default_rng(0))
    with pytest.raises(ValueError, match="fan_in = 0"):
        init_weights(0, 4, "he", np.random.default_rng(0))
