"""Plots draw what they say, on the axes they are given, and touch nothing else."""

import subprocess
import sys

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from mlp_reference import data
from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.perceptron import signed_distances
from mlp_reference.viz.plots import geometry

X, Y = data.blobs(12, np.random.default_rng(5), gap=1.5)
W, B = np.array([1.0, 2.0]), 0.3
CORNERS = np.array([[-2.0, -1.0], [3.0, -1.0], [3.0, 4.0], [-2.0, 4.0]])

DRAWINGS = {
    "points": lambda ax: plots.perceptron.points(ax, X, Y),
    "half_plane": lambda ax: plots.perceptron.half_plane(ax, W, B, gap=0.5),
    "decision_regions": lambda ax: plots.perceptron.decision_regions(ax, lambda P: (P[:, 0] > 0).astype(int)),
    "update_vectors": lambda ax: plots.perceptron.update_vectors(ax, W, W + X[0], X[0]),
    "mistakes_per_epoch": lambda ax: plots.perceptron.mistakes_per_epoch(ax, [3, 1, 0]),
    "margin": lambda ax: plots.perceptron.margin(ax, X, Y, W, B),
    "certificate": lambda ax: plots.perceptron.certificate(ax, *data.xor_corners(), np.ones(4)),
}


@pytest.fixture
def ax():
    axes = Figure().add_subplot()
    axes.set(xlim=(-2, 3), ylim=(-1, 4))
    return axes


@pytest.mark.parametrize("name", DRAWINGS)
def test_plots_are_pure(name, ax):
    rc = dict(mpl.rcParams)
    artists = DRAWINGS[name](ax)
    ax.figure.canvas.draw()
    assert dict(mpl.rcParams) == rc
    assert plt.get_fignums() == []
    assert artists
    assert set(artists) <= set(ax.get_children())
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 3), (-1, 4)), "the view moved"


@pytest.mark.parametrize("name", DRAWINGS)
def test_plots_have_title_and_labels_and_keep_the_callers(name):
    ax = Figure().add_subplot()
    DRAWINGS[name](ax)
    assert all([ax.get_title(), ax.get_xlabel(), ax.get_ylabel()])
    ax.set(title="mine", xlabel="mine", ylabel="mine")
    DRAWINGS[name](ax)
    assert {ax.get_title(), ax.get_xlabel(), ax.get_ylabel()} == {"mine"}


def test_importing_changes_neither_style_nor_backend():
    code = (
        "import matplotlib as mpl; mpl.use('svg'); before = dict(mpl.rcParams)\n"
        "import sys; from mlp_reference.viz import explorers, plots, style\n"
        "assert dict(mpl.rcParams) == before and 'matplotlib.pyplot' not in sys.modules\n"
        "with style.use(): assert mpl.rcParams['axes.grid']\n"
        "assert dict(mpl.rcParams) == before\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_classes_differ_in_colour_and_marker(ax):
    first, second = plots.perceptron.points(ax, X, Y)
    assert first.get_color() != second.get_color()
    assert first.get_marker() != second.get_marker()
    np.testing.assert_array_equal(second.get_xydata(), X[Y == 1])


def test_autoscaling_finds_all_points():
    ax = Figure().add_subplot()
    plots.perceptron.points(ax, X, Y)
    low, high = geometry.view(ax)[[0, 2]]
    assert (low < X.min(axis=0)).all()
    assert (high > X.max(axis=0)).all()


small = st.floats(-3, 3).filter(lambda v: v == 0 or abs(v) > 1e-3)


@given(small, small, small)
def test_half_plane_shades_exactly_the_positive_part_of_the_view(w1, w2, b):
    w = np.array([w1, w2])
    polygon, ends = geometry.clip(CORNERS, w, b)
    np.testing.assert_allclose(ends @ w + b, 0, atol=1e-9)
    grid = np.stack(np.meshgrid(*[(np.arange(60) + 0.5) / 60 * 5] * 2), axis=-1).reshape(-1, 2) + CORNERS[0]
    share = (grid @ w + b > 0).mean() * 25
    x, y = polygon.T
    area = 0.5 * abs(x @ np.roll(y, -1) - y @ np.roll(x, -1))
    assert area == pytest.approx(share, abs=0.35)


@pytest.mark.parametrize(("b", "shaded"), [(1.0, 25.0), (0.0, 0.0), (-1.0, 0.0)])
def test_zero_weights_shade_all_or_nothing_and_draw_no_boundary(ax, b, shaded):
    artists = plots.perceptron.half_plane(ax, np.zeros(2), b, gap=1.0)
    areas = [a for a in artists if a.__class__.__name__ == "Polygon"]
    assert sum(np.prod(np.ptp(a.get_xy(), axis=0)) for a in areas) == shaded
    assert all(len(a.get_xydata()) == 0 for a in artists if a not in areas)
    assert plots.perceptron.margin(ax, X, Y, np.zeros(2), b) == []
    ax.figure.canvas.draw()


def test_vertical_boundary(ax):
    _, line, _ = plots.perceptron.half_plane(ax, np.array([2.0, 0.0]), -1.0)
    np.testing.assert_allclose(line.get_xydata()[:, 0], 0.5)
    assert sorted(line.get_xydata()[:, 1]) == [-1, 4]


def test_margin_marks_the_smallest_signed_distance(ax):
    segment, ring = plots.perceptron.margin(ax, X, Y, W, B)
    distance = signed_distances(X, Y, W, B)
    foot, closest = segment.get_xydata()
    assert np.linalg.norm(closest - foot) == pytest.approx(abs(distance.min()))
    assert foot @ W + B == pytest.approx(0)
    np.testing.assert_array_equal(ring.get_xydata()[0], X[distance.argmin()])


def test_signed_distance_is_positive_on_the_classs_own_side():
    corners = np.array([[3.0, 0.0], [3.0, 0.0]])
    np.testing.assert_allclose(signed_distances(corners, np.array([1, 0]), np.array([2.0, 0.0]), -2.0), [2, -2])


def test_decision_regions_colour_each_place_by_its_class(ax):
    (image,) = plots.perceptron.decision_regions(ax, lambda P: (P[:, 1] > 1.5).astype(int), resolution=10)
    np.testing.assert_array_equal(image.get_array()[:, 0], [0] * 5 + [1] * 5)


def test_unchanged_weights_draw_no_change(ax):
    names = [a.get_text().strip() for a in plots.perceptron.update_vectors(ax, W, W) if hasattr(a, "get_text")]
    assert names == ["w"]


def test_no_mistakes_yet(ax):
    (line,) = plots.perceptron.mistakes_per_epoch(ax, [])
    assert len(line.get_xydata()) == 0


def test_certificate_of_xor_meets_in_the_middle(ax):
    artists = plots.perceptron.certificate(ax, *data.xor_corners(), np.ones(4))
    stars = [a.get_xydata()[0] for a in artists if a.get_marker() == "*"]
    np.testing.assert_allclose(stars, [[0.5, 0.5]] * 2)
    assert ax.get_title() == "One point in both convex hulls"


def test_weights_that_prove_nothing_are_called_no_certificate(ax):
    plots.perceptron.certificate(ax, *data.xor_corners(), np.array([1.0, 0.0, 0.0, 0.0]))
    assert ax.get_title() == "No certificate"


def test_described_figures_carry_their_words():
    with style.use():
        figure = Figure(figsize=(2, 1))
    assert style.describe(figure, "Nothing.")._repr_mimebundle_()["text/plain"] == "Nothing."


def test_what_a_cell_adds_later_has_the_courses_style() -> None:
    _, ax = style.subplots()
    ax.plot([0, 1], label="a curve")
    ax.set(title="A title")
    assert ax.title.get_fontweight() == "bold"
    assert ax.legend().get_frame_on() is False
