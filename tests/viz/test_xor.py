"""Plots, figures and explorers of notebook 02: what they draw is what is computed, and training can be stopped."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from mlp_reference import MLP, SGD, bce_with_logits, data, fast, sigmoid, xor_features
from mlp_reference.viz import explorers, figures, plots
from mlp_reference.viz.experiments import xor
from mlp_reference.viz.experiments.xor import DATASETS, Run, corner_runs, wilson_interval


@pytest.fixture
def ax():
    axes = Figure().add_subplot()
    axes.set(xlim=(-2, 2), ylim=(-1, 3))
    return axes


def test_probability_map_has_its_values_where_they_belong(ax):
    (image,) = plots.xor.probability_map(ax, lambda P: (P[:, 0] + 2) / 4, resolution=8)
    values = image.get_array()
    np.testing.assert_allclose(values[0], (np.arange(8) + 0.5) / 8)
    assert (values == values[0]).all()
    assert list(image.get_extent()) == [-2, 2, -1, 3]
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 2), (-1, 3))


def test_unit_pictures_scale_each_unit_and_keep_zero_white(ax):
    layer = np.stack([np.full((4, 4), 8.0), np.zeros((4, 4)), np.full((4, 4), -0.5)], axis=-1)
    (image,) = plots.xor.unit_pictures(ax, [layer])
    tiles = image.get_array().filled(np.nan).reshape(6, 3, 6)[1:-1, :, 1:-1]
    assert [np.unique(tiles[:, j]).tolist() for j in range(3)] == [[1.0], [0.5], [0.0]]


@pytest.mark.parametrize(("hits", "low", "high"), [(0, 0.0, 0.0370), (50, 0.4038, 0.5962), (100, 0.9630, 1.0)])
def test_wilson_agrees_with_published_values(hits, low, high):
    np.testing.assert_allclose(np.array(wilson_interval(np.array([hits]), 100))[:, 0], [low, high], atol=5e-5)


def test_a_graph_has_a_line_for_each_weight(ax):
    plots.xor.graph(ax, [["x", "x", "1"], ["h", "h", "1"], ["z"]])
    assert len(ax.lines) == 3 * 2 + 3 * 1
    assert [t.get_text() for t in ax.texts] == ["x", "x", "1", "h", "h", "1", "z"]


@pytest.mark.parametrize(
    "name",
    [
        "sigmoid_and_slope", "logistic_unit", "two_spaces", "hidden_layer", "deep_network", "learned_features",
        "where_runs_end",
    ],
)  # fmt: skip
def test_figures_have_words_and_titles(name):
    described = getattr(figures.xor, name)()
    assert len(described.alt) > 60
    assert all(axes.get_title() for axes in described.figure.axes)
    assert "100 % of the examples are right" in described.alt or name != "learned_features"


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_runs_trained_at_once_are_what_single_runs_are(activation):
    """The vectorised experiment against ``MLP``, run by run, from the same starts."""
    width, runs, steps, lr = 3, 6, 400, 0.5
    solved, H, z = corner_runs(width, activation, runs, steps, lr)
    rng = np.random.default_rng([width, runs])
    starts = [rng.standard_normal(shape) for shape in ((2, width, runs), (width, runs), (width, runs), (runs,))]
    alone = [_solves(activation, [s[..., r] for s in starts], steps, lr) for r in range(runs)]
    assert solved.tolist() == alone
    assert 0 < sum(alone) < runs or activation != "relu"
    assert (data.xor_corners()[1] == (z > 0).T).all(axis=1).tolist() == alone
    assert H.shape == (4, width, runs) and (activation == "relu" or H.all())


def _solves(activation, start, steps, lr):
    X, y = data.xor_corners()
    model = MLP([2, len(start[1]), 1], np.random.default_rng(0), activations=activation, target="binary")
    model.Ws[0][:], model.bs[0][:], model.Ws[1][:, 0], model.bs[1][:] = start
    fast.fit(model, X, y, SGD(lr), epochs=steps, batch_size=4, rng=np.random.default_rng(0), progress=False)
    return bool((model.predict(X) == y).all())


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_the_final_loss_tells_how_many_corners_share_a_probability(activation):
    solved, _, z = corner_runs(2, activation, xor.RUNS, xor.STEPS, xor.RATE)
    shared = xor.shared_corners(activation)
    wrong = np.abs(sigmoid(z) - data.xor_corners()[1][:, None]) > 0.2
    np.testing.assert_array_equal(wrong.sum(axis=0), shared)
    np.testing.assert_array_equal(solved, shared == 0)


def test_failed_relus_are_straight_or_dark_at_corners_of_both_classes():
    solved, H, z = corner_runs(2, "relu", xor.RUNS, xor.STEPS, xor.RATE)
    straight, failed = xor.straight_failures(), z[:, ~solved]
    np.testing.assert_allclose((failed[0] + failed[3])[straight], (failed[1] + failed[2])[straight], rtol=0, atol=1e-12)
    dark = ~(H[..., ~solved] > 0).any(axis=1)[:, ~straight]
    np.testing.assert_array_equal(dark.sum(axis=0), xor.unlit_corners()[~straight])
    assert (dark[[0, 3]].any(axis=0) & dark[[1, 2]].any(axis=0)).all()


def test_feature_space_says_what_its_controls_say(explorer_named):
    explorer = explorer_named("feature_space")
    explorer.set(w1=4, w2=4, b=-6)
    loss, _ = bce_with_logits(xor_features(explorer.X) @ [4, 4] - 6, explorer.y)
    assert f"120 of 120 examples are right, 100 %; the loss is {loss:.3f}." in explorer.words
    explorer.set(b=0)
    assert "through the origin" in explorer.words


def test_no_line_through_the_origin_gets_more_than_three_clusters(explorer_named):
    explorer = explorer_named("feature_space")
    for w1 in range(-5, 6):
        for w2 in range(-5, 6):
            assert (((explorer.Phi @ [w1, w2]) > 0) == explorer.y).mean() <= 0.75


def test_a_step_is_the_same_however_it_is_reached():
    run = explorers.playground().run()
    run.go_to(700)
    there = run.model.theta.copy()
    for step in (1200, 300, 699, 700):
        run.go_to(step)
    np.testing.assert_array_equal(run.model.theta, there)
    assert len(run.losses) == 1200


def test_a_run_is_plain_gradient_descent():
    rng = np.random.default_rng(4)
    X, y = data.moons(40, rng)
    run = Run((X, y), MLP([2, 3, 1], np.random.default_rng(1), activations="tanh", target="binary"), 0.5)
    plain = MLP([2, 3, 1], np.random.default_rng(1), activations="tanh", target="binary")
    losses = []
    for _ in range(20):
        loss, grads = plain.loss_and_grads(X, y)
        losses.append(loss)
        for name, p in plain.params.items():
            p -= 0.5 * grads[name]
    run.go_to(20)
    np.testing.assert_allclose(run.model.theta, plain.theta, rtol=1e-12)
    np.testing.assert_allclose(run.losses, losses, rtol=1e-12)


def test_a_run_that_overflows_stops():
    run = explorers.playground("two clouds", activation="none (linear)", depth=3, width=8, rate=3.0).run()
    run.lr = 1e200
    run.go_to(500)
    assert run.step < 500 and np.isfinite(run.model.theta).all()


def test_a_run_goes_on_from_a_base_with_weights_drawn_to_zero():
    start = explorers.playground(step=30, l2=0.03)
    first = start.run()
    on = explorers.playground(l2=0.03, base=[30, *first.model.theta.tolist()], step=50).run()
    first.go_to(50)
    np.testing.assert_allclose(on.model.theta, first.model.theta)
    assert explorers.playground(step=50).run().model.theta[0] != on.model.theta[0]


@pytest.mark.parametrize("dataset", [name for name in DATASETS if name != "only my own"])
def test_all_examples_are_in_the_picture(dataset):
    X, y = DATASETS[dataset](np.random.default_rng(0))
    assert len(y) == 200 and set(y.tolist()) == {0, 1}
    assert (np.abs(X) < 1.4).all()


def test_a_sigmoids_picture_is_white_at_one_half() -> None:
    figure = Figure()
    explorers.playground(activation="sigmoid").draw(figure)
    (picture,) = [image for ax in figure.axes if "hidden unit" in ax.get_title() for image in ax.images]
    values = np.asarray(picture.get_array())
    assert np.nanmin(values) < 0.5 < np.nanmax(values)
