"""Explorers draw quickly what a full redraw would draw, keep no rubbish, and say in words what they show."""

import io
from base64 import b64decode
from itertools import pairwise

import ipywidgets as widgets
import numpy as np
import pytest
from PIL import Image

from mlp_reference import perceptron_fit
from mlp_reference.viz import explorers
from mlp_reference.viz.experiments.perceptron import Trace
from mlp_reference.viz.explorers.base import Explorer, slider
from mlp_reference.viz.explorers.perceptron import DATASETS
from tests.support.explorers import assert_blitting_is_exact, press
from tests.support.states import STATES

# Of each explorer two places that are far apart, with edge cases among them.
MOVES = {}


def test_every_explorer_is_tested():
    """Here, or in tests/web/ where it is drawn in the page."""
    assert set(MOVES) | set(STATES) == set(explorers.__all__)


@pytest.mark.parametrize("name", STATES)
def test_explorers_in_the_page_leave_a_still_picture_and_words(name, explorer_named):
    explorer = explorer_named(name)
    for values in STATES[name]:
        explorer.set(**explorer.initial | values)
        bundle = explorer._repr_mimebundle_()
        assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.model_id
        assert explorer.words in bundle["text/plain"]
        pixels = np.asarray(Image.open(io.BytesIO(b64decode(bundle["image/png"]))).convert("L"))
        assert pixels.shape[1] > 1000 and 0.01 < (pixels < 200).mean() < 0.9


@pytest.mark.parametrize("name", MOVES)
def test_moves_blit_what_a_full_redraw_draws_and_reset_takes_them_back(name, explorer_named):
    """While it moves a picture has the simple density, at rest the double one."""
    explorer, (first, second) = explorer_named(name), MOVES[name]
    explorer.set(**first)
    assert explorer.values == explorer.initial | first
    assert_blitting_is_exact(explorer, density=2)
    press(explorer, "Reset")
    assert explorer.values == explorer.initial
    explorer.set(**second)
    assert_blitting_is_exact(explorer, density=1)


@pytest.mark.parametrize("name", MOVES)
def test_controls_have_names_and_the_picture_fits_a_cell(name, explorer_made):
    explorer = explorer_made(name)
    assert all(control.description for control in explorer.widget.children[0].children)
    assert explorer.size[0] <= 8.6
    assert explorer.image.layout.max_width == "100%"
    assert any(isinstance(w, widgets.FloatSlider | widgets.IntSlider) for w in explorer.named.values())


def test_half_space_tells_that_zero_weights_have_no_line(explorer_named):
    explorer = explorer_named("half_space")
    explorer.set(w1=0, w2=0, b=1)
    assert "no line" in explorer.words
    assert "whole plane is positive" in explorer.words
    explorer.set(b=0)
    assert "whole plane is negative" in explorer.words


@pytest.mark.parametrize(("dataset", "eta"), list(zip(DATASETS, [1.0, 0.5, 0.5, 1.0], strict=True)))
def test_the_run_ends_where_perceptron_fit_ends(dataset, eta):
    explorer = explorers.perceptron_steps(dataset, eta=eta)
    explorer.max_epochs = 10
    trace, t = explorer.trace, len(explorer.trace.missed)
    explorer.set(step=t)
    w, b, mistakes = perceptron_fit(*DATASETS[dataset](), explorer.max_epochs, eta)
    np.testing.assert_array_equal(trace.W[t], w)
    assert trace.B[t] == b
    assert trace.mistakes(t) == mistakes
    assert ("Converged" in explorer.words) == (mistakes[-1] == 0)


def test_weights_change_only_on_mistakes():
    trace = Trace(*DATASETS["two blobs"](), eta=1.0, max_epochs=40)
    for missed, (old, new) in zip(trace.missed, pairwise(trace.W), strict=True):
        assert missed or (old == new).all()


def test_a_rule_of_ones_own_is_run_and_its_errors_are_shown():
    explorer = explorers.perceptron_steps("xor corners", rule=lambda x, y, w, b, eta: (w + eta * x, b))
    assert explorer.own["W"][4] == [2.0, 2.0, 0.0]
    explorer.set(dataset="two blobs", step=1)
    assert explorer.own["dataset"] == "two blobs" and explorer.words.startswith("Your rule. Epoch 1")
    broken = explorers.perceptron_steps(rule=lambda x, y, w, b, eta: 1 / 0)
    assert broken.words == "Your rule stopped: ZeroDivisionError: division by zero"
    assert broken._repr_mimebundle_()["image/png"]


class Plain(Explorer):
    """An explorer may also draw with matplotlib's own methods."""

    title = "Plain"

    def controls(self):
        return {"k": slider("k", 1.0, 0.0, 3.0)}

    def scene(self, figure, **_):
        self.ax = figure.subplots()
        self.ax.set(xlim=(0, 3), ylim=(0, 3))

    def draw(self, k, **_):
        self.ax.plot([0, 3], [0, k])
        return f"slope {k / 3:.1f}"


def test_artists_made_by_matplotlib_itself_are_removed_again():
    explorer = Plain()
    for k in (0.5, 2.0, 3.0):
        explorer.set(k=k)
        assert len(explorer.ax.lines) == 1
        assert_blitting_is_exact(explorer)
