import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlp_reference import (
    bump_sum,
    count_pieces,
    data,
    equal_knots,
    greedy_knots,
    intervals_needed,
    minimal_knots,
    relu_spline,
    ridge_network,
    sawtooth_net,
    sigmoid_bump,
    sup_error,
)
from tests.reference.given import Draw, close, few, seeds


def spline(t, v):
    w1, b1, w2, b2 = relu_spline(t, v)
    return lambda x: np.maximum(np.asarray(x)[..., None] * w1 + b1, 0) @ w2 + b2


@few
@given(seed=seeds, m=st.integers(1, 12))
def test_relu_spline_is_the_broken_line_through_its_points(seed, m):
    draw = Draw(seed)
    t = np.cumsum(draw.rng.uniform(0.05, 1, m + 1)) - 2
    v = 3 * draw.normal(m + 1)
    w1, b1, w2, _ = relu_spline(t, v)
    assert len(w1) == len(b1) == len(w2) <= m
    x = np.linspace(t[0], t[-1], 300)
    close(spline(t, v)(t), v, atol=1e-9)
    close(spline(t, v)(x), np.interp(x, t, v), atol=1e-9)


def test_relu_spline_keeps_dtype_and_takes_ints():
    t, v = np.array([0, 1, 3]), np.array([2, 4, 0])
    assert [a.tolist() for a in relu_spline(t, v)[:3]] == [[1, 1], [0, -1], [2, -4]]
    assert relu_spline(t, v)[3] == 2
    assert {a.dtype for a in relu_spline(t.astype(np.float32), v)[:3]} == {np.dtype(np.float32)}


@few
@given(seed=seeds, d=st.integers(1, 4), r=st.integers(1, 4), m=st.integers(1, 6))
def test_ridge_network_is_the_sum_of_its_broken_lines_on_the_cube(seed, d, r, m):
    draw = Draw(seed)
    W, c = draw.normal(d, r), draw.normal(r)
    W[:, 0] *= r == 1  # a constant among others
    W1, b1, w2, b2 = ridge_network(np.cos, W, c, m)
    assert W1.shape == (d, len(b1)) and len(b1) == len(w2) <= r * m
    X = np.concatenate([draw.rng.random((50, d)), draw.rng.integers(0, 2, (20, d))])
    knots = np.linspace(np.minimum(W, 0).sum(axis=0), np.maximum(W, 0).sum(axis=0), m + 1).T
    lines = [np.interp(X @ w, t, np.cos(t)) if w.any() else np.ones(len(X)) for w, t in zip(W.T, knots, strict=True)]
    close(np.maximum(X @ W1 + b1, 0) @ w2 + b2, c @ lines, atol=1e-9)


def test_ridge_network_needs_a_piece():
    with pytest.raises(ValueError, match="m = 0"):
        ridge_network(np.cos, np.eye(2), np.ones(2), 0)


@pytest.mark.parametrize("t", [[0, 0, 1], [0, 2, 1], [1]])
def test_relu_spline_needs_increasing_knots(t):
    with pytest.raises(ValueError, match="strictly increasing"):
        relu_spline(np.array(t, float), np.ones(len(t)))


@pytest.mark.parametrize("name", [name for name, target in data.TARGETS.items() if math.isfinite(target.M2)])
def test_the_bound_holds_with_intervals_needed_and_M2_is_the_largest_second_derivative(name):
    f, a, b, M2 = data.TARGETS[name]
    for eps in (0.1, 1e-3):
        m = intervals_needed(eps, M2, a, b)
        t = equal_knots(a, b, m)
        assert len(t) == m + 1
        assert sup_error(f, spline(t, f(t)), a, b, 5001) <= eps * (1 + 1e-9)
    x = np.linspace(a, b, 2001)[1:-1]
    h = 1e-3
    second = np.abs(f(x + h) - 2 * f(x) + f(x - h)) / h**2
    assert 0.98 * M2 < second.max() <= M2 * (1 + 1e-6)


@few
@given(m=st.integers(1, 200), M2=st.sampled_from([0.5, 1.0, 2.0, 50.0]), length=st.sampled_from([1.0, 3.0, 0.25]))
def test_intervals_needed_is_exact_at_ties(m, M2, length):
    eps = M2 * length**2 / (8 * m**2)
    if M2 * length**2 == 8 * eps * m**2:  # no rounding in eps
        assert intervals_needed(eps, M2, 0.0, length) == m
    assert intervals_needed(eps * 1.0001, M2, 1.0, 1.0 + length) == m
    assert intervals_needed(eps * 0.9999, M2, 0.0, length) == m + 1


def test_intervals_needed_at_its_edges():
    assert intervals_needed(1, 0, 0, 5) == 1
    assert intervals_needed(100, 1, 0, 1) == 1
    assert intervals_needed(1 / 8, 1, 0, 3) == 3
    for bad in [(0, 1, 0, 1), (1, -1, 0, 1), (1, 1, 1, 0), (1, math.inf, 0, 1)]:
        with pytest.raises(ValueError, match="intervals_needed"):
            intervals_needed(*bad)


def test_sup_error_sees_both_ends():
    assert sup_error(np.square, lambda x: 0.0, -1, 3) == 9
    assert sup_error(lambda x: 0 * x, np.square, -4, 3) == 16
    assert sup_error(np.abs, lambda x: 0 * x, -1, 0.5, n=2) == 1
    assert sup_error(lambda x: 1 - np.abs(x), lambda x: 0 * x, -1, 1, n=3) == 1


def test_error_falls_with_slope_2_for_a_sine_and_slope_half_for_a_root():
    for name, slope in [("sine", 2), ("root", 0.5)]:
        f, a, b, _ = data.TARGETS[name]
        errors = [sup_error(f, spline(t, f(t)), a, b, 50_001) for t in (equal_knots(a, b, m) for m in (16, 64))]
        assert math.log(errors[0] / errors[1], 4) == pytest.approx(slope, abs=0.02)


@pytest.mark.parametrize("name", data.TARGETS)
def test_chosen_knots_keep_their_promise_and_are_few(name):
    f, a, b, _ = data.TARGETS[name]
    x, eps = np.linspace(a, b, 401), 0.02
    counts = []
    for choose in (minimal_knots, greedy_knots):
        t = choose(f, eps, a, b)
        assert (t[0], t[-1]) == (a, b)
        assert np.abs(np.interp(x, t, f(t)) - f(x)).max() <= eps * (1 + 1e-9)
        counts.append(len(t) - 1)
    fewest, greedy = counts
    assert fewest <= greedy <= 2 * fewest
    equal = next(m for m in range(1, 401) if np.abs(np.interp(x, t := equal_knots(a, b, m), f(t)) - f(x)).max() <= eps)
    assert fewest <= equal
    if name == "root":
        assert fewest < equal / 3


def test_minimal_knots_beat_greedy_ones_where_greed_goes_too_far():
    rng = np.random.default_rng(0)
    gains = []
    for _ in range(20):
        bend = np.cumsum(rng.standard_normal(41))
        f = lambda x, bend=bend: np.interp(x, np.linspace(0, 1, 41), bend)  # noqa: E731
        gains.append(len(greedy_knots(f, 1.0, 0, 1, 41)) - len(minimal_knots(f, 1.0, 0, 1, 41)))
    assert min(gains) >= 0
    assert max(gains) > 0


@few
@given(st.floats(-3, 3), st.floats(0.1, 3), st.floats(1, 1e5))
def test_sigmoid_bump(left, width, steepness):
    right = left + width
    x = np.array([left, right, (left + right) / 2, left - 30, right + 30])
    expected = [1 / (1 + np.exp(-np.clip(steepness * (x - e), -700, 700))) for e in (left, right)]
    close(sigmoid_bump(x, left, right, steepness), expected[0] - expected[1], atol=1e-12)
    assert sigmoid_bump(x.astype(np.float32), left, right, steepness).dtype == np.float32


def test_bump_sum_is_a_staircase():
    edges, heights = np.array([0.0, 1.0, 3.0]), np.array([2.0, -1.0])
    close(bump_sum(np.array([-1, 0.5, 2, 4]), edges, heights, 200.0), [0, 2, -1, 0], atol=1e-9)


@pytest.mark.parametrize("k", range(1, 11))
def test_sawtooth_has_two_to_the_k_pieces(k):
    net = sawtooth_net(k)
    assert [W.shape for W, _ in net] == [(1, 2)] + [(2, 2)] * (k - 1) + [(2, 1)]
    x = np.arange(4 * 2**k + 1) / (4 * 2**k)  # exact in binary, four points a piece
    out = x[:, None]
    for W, b in net[:-1]:
        out = np.maximum(out @ W + b, 0)
    out = (out @ net[-1][0] + net[-1][1])[:, 0]
    tent = x
    for _ in range(k):
        tent = 1 - np.abs(2 * tent - 1)
    assert (out == tent).all()
    assert count_pieces(x, out) == 2**k
    assert (out.min(), out.max()) == (0, 1)


def test_sawtooth_needs_a_layer():
    with pytest.raises(ValueError, match="k = 0"):
        sawtooth_net(0)
