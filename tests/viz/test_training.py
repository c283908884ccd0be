"""Pictures and explorers of notebook 07: what they draw is what they say, and what they say is true."""

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure

from mlp_reference import data, sgd_step
from mlp_reference.viz import explorers, figures, plots, style
from mlp_reference.viz.experiments import double
from mlp_reference.viz.experiments.training import METHODS, SURFACES, Readings, walk

X3 = np.arange(3.0)
DRAWINGS = {
    "walked": lambda ax: plots.training.path(ax, np.array([[0.0, 0.0], [1.0, 1.0]])),
    "record": lambda ax: plots.training.dashboard_line(ax, X3, X3),
    "layer_records": lambda ax: plots.training.lines_by_layer(ax, X3, np.column_stack([X3, X3])),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_plots_keep_the_callers_words_and_view(name):
    ax = Figure().add_subplot()
    ax.set(xlim=(-2, 3), ylim=(-1, 4), title="mine", xlabel="mine", ylabel="mine")
    artists = DRAWINGS[name](ax)
    assert artists
    assert set(artists) <= set(ax.get_children())
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 3), (-1, 4))
    assert {ax.get_title(), ax.get_xlabel(), ax.get_ylabel()} == {"mine"}


@pytest.mark.parametrize("name", SURFACES)
def test_slopes_of_the_surfaces_are_those_of_their_heights(name):
    surface, h = SURFACES[name], 1e-6
    for x, y in np.random.default_rng(0).uniform(-2, 2, (5, 2)):
        by_x = (surface.f(x + h, y) - surface.f(x - h, y)) / (2 * h)
        by_y = (surface.f(x, y + h) - surface.f(x, y - h)) / (2 * h)
        np.testing.assert_allclose(surface.slope(x, y), (by_x, by_y), atol=1e-6)


def test_walks_do_what_the_text_says():
    valley, saddle, wells = SURFACES["narrow valley"], SURFACES["saddle"], SURFACES["two wells"]
    plain, start = METHODS["plain step"], (-1.8, 1.0)
    assert walk(valley, plain(0.3), start, 100)[1], "a rate of 0.3 is lost: 2/20 is the limit"
    swinging, lost = walk(valley, plain(0.1), start, 100)
    assert not lost and abs(abs(swinging[-1, 1]) - 1) < 1e-9, "at 2/20 it swings for ever"
    slow, quick = (walk(valley, METHODS[m](0.01), start, 100)[0][-1] for m in ("plain step", "momentum 0.9"))
    assert np.linalg.norm(quick) < 0.1 * np.linalg.norm(slow)
    on_ridge, off_ridge = (walk(saddle, plain(0.1), (-1.8, 0.0), 100, noise)[0][-1] for noise in (0.0, 0.3))
    assert np.linalg.norm(on_ridge) < 0.01 and abs(off_ridge[1]) > 0.5
    for optimizer, noise, deeper in (
        (plain(0.1), 0.0, False),
        (plain(0.1), 3.0, True),
        (METHODS["momentum 0.9"](0.1), 0.0, True),
    ):
        assert (walk(wells, optimizer, (1.4, 1.0), 100, noise)[0][:, 0].min() < 0) == deeper


FIGURES = {
    "robust": (figures.training.robust, "squared, r²/2 0.11, absolute, |r| 0.85, Huber, δ = 1 0.73, log-cosh 0.68"),
    "distances": (figures.training.distances, "infinite from the first step on"),
    "batch_noise": (figures.training.batch_noise, "measured slope -0.5"),
    "four_kinds": (figures.training.four_kinds, "hyperbolas around a saddle"),
    "saddles": (figures.training.saddles, "costs 24 steps more"),
    "stability": (lambda: figures.training.stability(steps=20), "at rate 0.2 the loss ends at"),
    "overfitting": (lambda: figures.training.overfitting(epochs=20), "lowest after epoch"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_are_described_and_say_what_the_text_repeats(name):
    make, words = FIGURES[name]
    described = make()
    assert isinstance(described, style.Described)
    assert words in described.alt
    assert described._repr_mimebundle_()["image/png"]


@pytest.mark.parametrize("wrong", [0, 1, 40])
def test_misread_digits_are_counted_and_named(wrong):
    X, y = data.digits()
    read = y.copy()
    read[:wrong] = (y[:wrong] + 1) % 10
    described = figures.training.misread(X, y, read)
    assert f"{wrong} of 1797 digits were misread" in described.alt
    assert ("0 as 1" in described.alt) == (wrong > 0)
    assert described._repr_mimebundle_()["image/png"]


def test_readings_begin_at_chance_and_learn():
    run = Readings(0.1, 32, 1)
    assert abs(run.table[0][0] - np.log(10)) < 0.3
    run.go_to(20)
    loss, accuracy, *ratios = run.table[20]
    assert loss < 0.5 and accuracy > 0.9
    assert all(1e-4 < r < 0.1 for r in ratios[2:])


def test_readings_depend_on_the_controls_alone_and_stop_where_numbers_explode():
    once, twice = Readings(0.3, 8, 2), Readings(0.3, 8, 2)
    once.go_to(4)
    for reading in (1, 3, 2, 4):
        twice.go_to(reading)
    assert once.table == twice.table
    lost = Readings(1e4, 8, 1)
    lost.go_to(10)
    assert lost.lost and len(lost.table) < 10


def test_the_dashboard_runs_a_step_and_a_training_of_ones_own():
    course = Readings(0.3, 128, 2)
    course.go_to(3)
    stepped = explorers.training_dashboard(0.3, 128, 2, step=sgd_step)
    np.testing.assert_allclose(stepped.own["loss"][:4], [row[0] for row in course.table])

    def train(X, y, sizes, epochs, batch_size, lr, rng):
        Ws = [np.zeros(shape) for shape in pairwise(sizes)]
        return Ws, [np.zeros(d) for d in sizes[1:]], [2.3] * epochs

    trained = explorers.training_dashboard(train=train)
    assert trained.own["loss"] == [2.3] * 20 and 0.05 < trained.own["accuracy"][-1] < 0.2
    broken = explorers.training_dashboard(step=lambda params, grads, lr: params[0].fill("x"))
    assert broken.words.startswith("Your own stopped: ValueError")
    broken.set(rate=0.3)
    assert "error" in broken.own


def test_another_layer_meets_all_labels_and_a_price_makes_it_shorter() -> None:
    rng = np.random.default_rng(0)
    F, Y = rng.normal(size=(5, 9)), np.eye(3)[[0, 1, 2, 0, 1]]
    far = rng.normal(size=(9, 3))
    least, other = double.shortest(F, Y), far + double.shortest(F, Y - F @ far)
    np.testing.assert_allclose(F @ least, Y, atol=1e-12)
    np.testing.assert_allclose(F @ other, Y, atol=1e-12)
    assert np.linalg.norm(double.priced(F, Y)) < np.linalg.norm(least) < np.linalg.norm(other)


@pytest.mark.parametrize("make", [explorers.training_dashboard, explorers.optimizer_walk])
def test_still_pictures_name_their_axes(make) -> None:
    explorer = make(reading=2) if make is explorers.training_dashboard else make()
    figure = Figure()
    explorer.draw(figure)
    words = {word for ax in figure.axes for word in (ax.get_title(), ax.get_ylabel())}
    assert words and not words & {"A record", "By layer", "value"}


def test_a_rate_that_changed_on_the_way_is_kept():
    explorer = explorers.training_dashboard(rate=0.3, rates=[[2, 0.1]], reading=3)
    plain = Readings(0.1, 32, 1)
    plain.go_to(2)
    np.testing.assert_allclose(explorer.run().table[:3], plain.table)
    plain.go_to(3)
    assert explorer.run().table[3] != plain.table[3]
