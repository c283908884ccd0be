"""Pictures and explorers of notebook 06: what they draw is what they say, and what they say is true."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from mlp_reference import ACTIVATIONS, data, numeric_grad, signal_profile
from mlp_reference.viz import figures, plots, style
from mlp_reference.viz.experiments import cures
from mlp_reference.viz.experiments import initialization as experiments
from mlp_reference.viz.plots.initialization import SATURATED, saturation

H = [np.random.default_rng(i).normal(0, 0.5, (9, 7)) for i in range(4)]
BINS = np.linspace(-2, 2, 9)
DRAWINGS = {
    "curve": lambda ax: plots.initialization.activation_curve(ax, *ACTIVATIONS["tanh"]),
    "histogram": lambda ax: plots.initialization.output_histogram(ax, H[0].ravel(), BINS),
    "layers": lambda ax: plots.initialization.layer_histograms(ax, H, BINS),
    "profile": lambda ax: plots.initialization.mean_squares(ax, np.ones(4), np.ones(4), color=style.BLUE),
}
FIGURES = {
    "activation_table": figures.initialization.activation_table,
    "dead_units": lambda: figures.initialization.dead_units(steps=5),
    "symmetry": lambda: figures.initialization.symmetry(steps=3),
    "depth_histograms": lambda: figures.initialization.depth_histograms(
        np.random.default_rng(0).normal(size=(9, 5)), 4
    ),
    "profiles": lambda: figures.initialization.profiles(depth=5, width=20),
    "trainability": lambda: figures.initialization.trainability(steps=2, width=8),
    "cured": lambda: figures.initialization.cured(depths=(2, 3), steps=2, width=8),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_plots_have_title_and_labels_and_keep_the_view(name):
    ax = Figure().add_subplot()
    ax.set(xlim=(-3, 5), ylim=(0.1, 4))
    artists = DRAWINGS[name](ax)
    assert artists
    assert set(artists) <= set(ax.get_children())
    assert (ax.get_xlim(), ax.get_ylim()) == ((-3, 5), (0.1, 4))
    assert all([ax.get_title(), ax.get_xlabel(), ax.get_ylabel()])


@pytest.mark.parametrize("name", FIGURES)
def test_figures_are_described(name, capsys):
    described = FIGURES[name]()
    assert isinstance(described, style.Described)
    assert len(described.alt) > 40
    assert described._repr_mimebundle_()["image/png"]


def test_layer_histograms_hold_all_values():
    (image,) = plots.initialization.layer_histograms(Figure().add_subplot(), H, BINS)
    shares = np.nan_to_num(np.asarray(image.get_array().filled(np.nan))) ** 2
    np.testing.assert_allclose(shares.sum(axis=0), 1)
    np.testing.assert_allclose(shares[:, 2], np.histogram(H[2], BINS)[0] / H[2].size)


@pytest.mark.parametrize("cure", cures.CURES)
def test_gradients_of_cured_networks_are_those_of_nudging(cure):
    """Each weight of the first network of a stack, in double precision; the step is the gradient, unless it is long."""
    draws = np.random.default_rng(5)
    X, y = draws.normal(size=(6, 4)), draws.integers(0, 3, 6)
    Ws = [draws.normal(0, 0.6, (4, a, b)) for a, b in ((4, 5), (5, 5), (5, 5), (5, 3))]

    def loss(flat):
        pieces = np.split(flat, np.cumsum([W[0].size for W in Ws])[:-1])
        return cures._descend([p.reshape(1, *W.shape[1:]).repeat(4, 0) for p, W in zip(pieces, Ws, strict=True)],
                              X, y, 1e-9, *cures.CURES[cure])[0]  # fmt: skip

    start = np.concatenate([W[0].ravel() for W in Ws])
    moved = [W.copy() for W in Ws]
    cures._descend(moved, X, y, 1e-3, *cures.CURES[cure])
    step = np.concatenate([W[0].ravel() for W in moved]) - start
    gradient = numeric_grad(loss, start)
    np.testing.assert_allclose(step, -1e-3 * gradient / max(1, np.linalg.norm(gradient)), atol=1e-8)


def test_a_way_around_leaves_more_of_the_difference_between_images():
    """Without norm and way around the cosine doesn't see the variance; all images of a very deep network are alike."""
    left = {cure: cures.differences(cure, 64) for cure in cures.CURES}
    np.testing.assert_allclose(left["none"], left["none"][0], rtol=1e-3)
    assert (left["norm"] > 0).all() and (left["skip and norm"] > 1000 * left["norm"]).all()
    assert (np.diff(left["skip"]) < 0).all()
    assert cures.differences("none", 1) == pytest.approx(0.67, abs=0.07)  # 0.68 in wide layers


@pytest.mark.parametrize("name", ["tanh", "gelu", "sigmoid"])
def test_measured_signals_are_those_of_the_reference(name):
    depth, width, sigma2 = 4, 6, 1.7
    found = experiments.random_signals(name, sigma2, depth, width, 3)
    rng = np.random.default_rng([width, 3])
    Ws = [rng.standard_normal((width, width)) for _ in range(experiments.DEEPEST)][:depth]
    X, G = rng.standard_normal((2, 48, width))
    forward, backward = signal_profile(X, [W * np.sqrt(sigma2 / width) for W in Ws], name, G)
    np.testing.assert_allclose(found.forward, forward, rtol=1e-5)
    np.testing.assert_allclose(found.backward, backward, rtol=1e-5)


@pytest.mark.parametrize(
    ("name", "sigma2", "forward", "backward"),
    [("sigmoid", 1.0, 0.27, 1.6e-63), ("tanh", 16.0, 0.78, 4.4e17), ("relu", 1.0, 6.4e-16, 7.4e-16)],
)
def test_the_numbers_of_the_text(name, sigma2, forward, backward):
    found = experiments.random_signals(name, sigma2, 50, 400, 1)
    assert found.forward[-1] == pytest.approx(forward, rel=0.04)
    assert found.backward[0] == pytest.approx(backward, rel=0.2)


def test_a_network_near_the_variance_of_he_learns_and_one_far_from_it_does_not():
    losses = experiments.last_losses(8, 60, 32, 0.2)
    best = int(np.argmin(losses))
    assert 1.0 <= experiments.VARIANCES[best] <= 4.0
    assert losses[0] > np.log(10) - 0.05
    assert losses[best] < 1.5


def test_a_dead_relu_stays_dead_and_leaky_ones_revive():
    runs = [experiments.one_unit_losses(experiments.with_slope("leaky_relu", slope)) for slope in (0.0, 0.01, 0.1)]
    assert (runs[0] == runs[0][0]).all()
    assert all(run[-1] < 0.3 for run in runs[1:])


def test_equal_units_stay_equal():
    X, y = data.digits()
    W2 = np.repeat(np.random.default_rng(0).normal(size=(1, 10)), 3, axis=0)
    path, _ = experiments.weight_paths(X, y, np.full((64, 3), 0.02), W2, 5)
    np.testing.assert_allclose(path, path[:, :1] @ np.ones((1, 3)), atol=1e-12)
    assert np.ptp(path[:, 0]) > 0.001


def test_activations_explorer_tells_mean_square_saturation_and_zeros(explorer_named):
    explorer = explorer_named("activations")
    explorer.set(name="ReLU", variance=4.0)
    assert "mean square 2.0" in explorer.words or "mean square 1.99" in explorer.words
    assert "50 % of the outputs are exactly 0" in explorer.words
    explorer.set(name="sigmoid", variance=16.0)
    assert "47 % of the inputs meet a slope below 0.05" in explorer.words
    explorer.set(name="PReLU", slope=0.5)
    assert "learned slope on the left 0.50" in explorer.words


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "ReLU", "leaky ReLU", "ELU", "GELU", "identity"])
def test_theory_meets_measurement_at_both_ends_of_the_variance(explorer_named, name):
    """To a factor of 100 in the mean square after 60 layers, where that spans up to 130 powers of ten."""
    explorer = explorer_named("init_variance")
    for sigma2 in (0.1, 1.0, 20.0):
        explorer.set(name=name, sigma2=sigma2, depth=60, width=128)
        found, (forward, backward) = explorer._signals(), explorer.theory
        assert abs(np.log10(found.forward[-1] / forward[-1])) < 2
        assert abs(np.log10(found.backward[0] / backward[0])) < 2


def test_grey_is_where_the_slope_is_small_and_nowhere_else():
    """A GELU falls left of its dip with slopes below -0.05: no grey there."""
    ax = Figure().add_subplot()
    ax.set(xlim=(-6, 6), ylim=(-1, 2))
    z = np.linspace(-6, 6, 1202)
    flat = np.abs(ACTIVATIONS["gelu"].grad(z)) < SATURATED
    corners = [band.get_xy()[:, 0] for band in saturation(ax, z, flat)]
    covered = np.any([(z >= x.min()) & (z <= x.max()) for x in corners], axis=0)
    np.testing.assert_array_equal(covered, flat)
    assert not flat[np.searchsorted(z, [-2.0, -1.2])].any()


def test_the_leaky_slope_is_a_convention_that_no_slider_moves(explorer_named):
    explorer = explorer_named("activations")
    explorer.set(name="leaky ReLU", variance=4.0, slope=0.5)
    assert "50 % of the inputs meet a slope below 0.05" in explorer.words


def test_a_unit_of_the_first_layer_that_is_dead_never_returns():
    X, y = data.digits()
    for lr in (1.0, 2.5):
        assert (np.diff(experiments.dying_shares(X, y, lr, 60, 32)) >= 0).all()
