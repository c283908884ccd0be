import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlp_reference import (
    certifies_nonseparable,
    data,
    mistake_bound,
    perceptron_fit,
    perceptron_predict,
    perceptron_step,
)
from tests.reference.given import Draw, close, few, seeds


def test_a_tie_is_class_0():
    X = np.array([[1, 1], [1, 2], [0, 1]])
    got = perceptron_predict(X, np.array([1.0, 1.0]), -2.0)
    assert got.tolist() == [0, 1, 0]
    assert got.dtype.kind == "i"


@pytest.mark.parametrize(
    ("y", "b", "w", "c"),
    [(1, -5, [1.5, 3], -4.5), (0, 5, [0.5, 1], 4.5), (1, 5, [1, 2], 5), (0, -5, [1, 2], -5), (1, -3, [1.5, 3], -2.5)],
)
def test_a_step_moves_only_on_a_mistake(y, b, w, c):
    start, x = np.array([1.0, 2.0]), np.array([1, 2])
    x_in = x - np.array([0, 1])  # x·w = 3
    got, bias = perceptron_step(x_in, y, start, b, eta=0.5)
    moved = np.array([0.5, 0.5]) * (1 if w == [1.5, 3] else -1 if w == [0.5, 1] else 0)
    close(got, start + moved)
    assert bias == c
    assert start.tolist() == [1, 2]


@few
@given(seed=seeds, n=st.integers(2, 30), d=st.integers(1, 5))
def test_separable_data_are_learned_within_the_bound(seed, n, d):
    draw = Draw(seed)
    X, w_star, b_star = draw.normal(n, d), draw.normal(d), float(draw.normal())
    score = X @ w_star + b_star
    X, score = X[abs(score) > 0.2], score[abs(score) > 0.2]
    if len(X) < 2:
        return
    y = (score > 0).astype(int)
    w, b, mistakes = perceptron_fit(X, y, max_epochs=10_000)
    assert mistakes[-1] == 0
    assert all(mistakes[:-1])
    assert sum(mistakes) <= mistake_bound(X, y, w_star, b_star)
    assert (perceptron_predict(X, w, b) == y).all()


def test_the_bound_by_hand_and_without_separation():
    X, y = np.array([[1.0], [-2.0]]), np.array([1, 0])
    close(mistake_bound(X, y, np.array([3.0]), 0.0), 5)  # R² = 1 + 4, gamma = 1
    with pytest.raises(ValueError, match="row 1"):
        mistake_bound(X, y, np.array([1.0]), 2.0)


def test_epochs_run_out_on_the_exclusive_or_which_has_a_certificate():
    X, y = data.xor_corners()
    assert len(perceptron_fit(X, y, max_epochs=7)[2]) == 7
    assert certifies_nonseparable(X, y, np.ones(4))
    assert not certifies_nonseparable(X, y, np.array([1.0, 1, 1, 0.9]))
    assert not certifies_nonseparable(X, y, np.zeros(4))
    assert not certifies_nonseparable(X, y, -np.ones(4))
    assert not certifies_nonseparable(X, np.array([0, 1, 1, 1]), np.ones(4))
