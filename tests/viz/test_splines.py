"""Pictures and explorers of notebook 03: what they draw is what they say, and what they say is true."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from mlp_reference import data, greedy_knots, intervals_needed, sawtooth_net
from mlp_reference.viz import figures, plots, style
from mlp_reference.viz.experiments import ridges
from mlp_reference.viz.experiments import splines as experiments
from mlp_reference.viz.experiments.splines import placement, tent
from mlp_reference.viz.explorers.splines import NAMES

T, V = np.array([0.0, 1.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 2.0])
DRAWINGS = {
    "broken_line": lambda ax: plots.splines.broken_line(ax, T, V),
    "hinges": lambda ax: plots.splines.hinges(ax, T, V),
    "slopes": lambda ax: plots.splines.slopes(ax, T, V),
    "sawtooth": lambda ax: plots.splines.sawtooth(ax, 3),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_plots_have_title_and_labels_keep_the_callers_and_the_view(name):
    ax = Figure().add_subplot()
    ax.set(xlim=(-2, 3), ylim=(-1, 4))
    artists = DRAWINGS[name](ax)
    assert artists
    assert set(artists) <= set(ax.get_children())
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 3), (-1, 4))
    assert all([ax.get_title(), ax.get_xlabel(), ax.get_ylabel()])
    ax.set(title="mine", xlabel="mine", ylabel="mine")
    DRAWINGS[name](ax)
    assert {ax.get_title(), ax.get_xlabel(), ax.get_ylabel()} == {"mine"}


def test_hinges_add_up_to_the_broken_line():
    up, down = plots.splines.hinges(Figure().add_subplot(), T, V)
    rays = np.concatenate([up.get_xydata(), down.get_xydata()]).reshape(-1, 3, 2)
    x = np.linspace(0, 4, 41)
    total = sum((end[1] / (end[0] - start[0])) * np.maximum(x - start[0], 0) for start, end, _ in rays)
    np.testing.assert_allclose(V[0] + total, np.interp(x, T, V), atol=1e-12)
    assert (up.get_xydata()[1::3, 1] > 0).all()
    assert (down.get_xydata()[1::3, 1] <= 0).all()


def test_tent_is_what_the_reference_net_computes():
    x = np.linspace(0, 1, 257)
    h = x[:, None]
    for W, b in (net := sawtooth_net(4))[:-1]:
        h = np.maximum(h @ W + b, 0)
    np.testing.assert_allclose(tent(x, 4), (h @ net[-1][0] + net[-1][1])[:, 0], atol=1e-12)


@pytest.mark.parametrize("name", data.TARGETS)
def test_greedy_placement_uses_at_most_m_intervals_and_agrees_with_the_reference(name):
    place = placement(name)
    for m in (1, 3, 9):
        t = place.knots(m, greedy=True)
        assert (t[0], t[-1]) == (place.a, place.b)
        assert len(t) <= m + 1
        assert place.error(t) <= place.error(place.knots(m, greedy=False)) * 1.05 or name == "sine"
    if name != "root":
        v = place.f(place.x)
        eps = float(np.abs(np.interp(place.x, t, place.f(t)) - v).max()) * (1 + 1e-9) + 1e-12
        assert len(greedy_knots(place.f, eps, place.a, place.b, len(place.x))) <= len(t)


FIGURES = {
    "bumps": figures.splines.bumps,
    "staircases": figures.splines.staircases,
    "construction": figures.splines.construction,
    "rates": figures.splines.rates,
    "folding": figures.splines.folding,
    "ridges": figures.splines.ridges,
    "depth_on_digits": figures.splines.depth_on_digits,
    "terrain": lambda: figures.splines.terrain(np.arange(50.0), 9 * np.sin(np.arange(50.0) ** 1.3), 2.0),
    "trained": lambda: figures.splines.trained_against_constructed(m=4, seeds=3, steps=5),
}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_are_described(name, capsys):
    described = FIGURES[name]()
    assert isinstance(described, style.Described)
    assert len(described.alt) > 40
    assert described._repr_mimebundle_()["image/png"]


def test_measured_rates_are_those_of_the_text():
    assert "measured slopes -2.00, -0.50 and -2.00" in figures.splines.rates().alt


@pytest.mark.parametrize("name", ["sine", "wave", "runge"])
def test_spline_builder_keeps_the_bound_and_tells_it(name, explorer_named):
    builder = explorer_named("spline_builder")
    f, a, b, M2 = data.TARGETS[name]
    m = intervals_needed(0.25, M2, a, b)
    label = next(label for label, known in NAMES.items() if known == name)
    builder.set(target=label, m=m, placing="equal")
    t = np.linspace(a, b, m + 1)
    x = np.linspace(a, b, 5001)
    assert np.abs(np.interp(x, t, f(t)) - f(x)).max() <= 0.25
    assert f"{m} intervals, {m} units, equal knots" in builder.words
    assert "The bound Δ²M₂/8 is" in builder.words


def test_spline_builder_says_where_there_is_no_bound_and_survives_an_error_of_zero(explorer_named):
    builder = explorer_named("spline_builder")
    builder.set(target="√x", m=4, placing="equal")
    assert "promises nothing" in builder.words
    builder.set(target="|x|", m=2, placing="equal")
    assert "largest error 0 " in builder.words


@pytest.mark.parametrize(
    ("k", "words"), [(1, "off by up to 0.00"), (3, "6 units make 8 pieces"), (7, "needs 128 units")]
)
def test_width_vs_depth_counts(k, words, explorer_named):
    explorer = explorer_named("width_vs_depth")
    explorer.set(k=k)
    assert words in explorer.words


def test_more_waves_and_more_units_bring_the_ridges_closer_to_the_bump() -> None:
    coarse, fine = ridges.ridge_net(4, 0.02), ridges.ridge_net(9, 0.001)
    assert fine.error < 0.002 < coarse.error
    assert fine.units > coarse.units and fine.ridges == 9 * 9 * 2 + 9 + 9
    np.testing.assert_allclose(fine.values, fine.values.T, atol=2e-3)


def test_the_fourth_power_spreads_the_errors_of_the_root_most_evenly() -> None:
    assert min(range(1, 7), key=experiments.spread_of_costs) == 4
    assert experiments.spread_of_costs(4) == pytest.approx(2, rel=0.01)


def test_trained_rivals_are_measured_against_the_constructed_network() -> None:
    rivals = experiments.rivals(4, 3, 5)
    assert rivals.trained.shape == (3, 2001)
    assert rivals.built == pytest.approx(np.abs(rivals.constructed).max())
    assert (np.diff(rivals.errors) >= 0).all()


def test_root_mean_squares_are_sorted_and_below_the_largest_misses() -> None:
    rivals = experiments.rivals(4, 3, 5)
    built, trained = rivals.rms
    assert 0 < built < rivals.built
    assert (np.diff(trained) >= 0).all() and (trained < rivals.errors).all()


def test_the_fewest_pieces_stay_within_what_is_allowed() -> None:
    x = np.arange(50.0)
    v = 9 * np.sin(x**1.3)
    t, rms = experiments.fewest_pieces(x, v, 2.0)
    miss = np.interp(x, t, np.interp(t, x, v)) - v
    assert np.abs(miss).max() <= 2 and rms == pytest.approx(np.sqrt(np.mean(miss**2)))


def test_a_fold_takes_three_units(explorer_named) -> None:
    explorer = explorer_named("folding")
    explorer.set(layers=2)
    assert "2 folds of three ReLUs each, 7 units in all" in explorer.words


def test_numbers_and_shares_of_networks_of_some_depth() -> None:
    few = experiments.arms(20, 0)
    depth = experiments._depth([2, 3, 3, 2], few, few, starts=2, lr=0.01, epochs=3)
    assert depth.numbers == (2 * 3 + 3) + (3 * 3 + 3) + (3 * 2 + 2)
    assert depth.losses.shape == (2, 3) and depth.known == depth.new
    assert 0 <= depth.new <= 1
