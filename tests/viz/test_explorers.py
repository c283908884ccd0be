"""Explorers draw quickly what a full redraw would draw, keep no rubbish, and say in words what they show."""

import asyncio
import gc
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
from tests.support.explorers import assert_blitting_is_exact, different_pixels, press
from tests.web.test_in_page import STATES

# Of each explorer two places that are far apart, with edge cases among them.
MOVES = {
    "feature_space": [{"w1": 0.0, "w2": 0.0, "b": -1.0}, {"w1": 4.0, "w2": 3.7, "b": -6.0}],
    "gradient_flow": [{"psi": "sigmoid", "loss": "squared error", "scale": 4.0}, {"example": 12, "psi": "identity"}],
    "graph_stepper": [{"x": -5.0, "step": 9}, {"expression": "x·y + sin x", "x": 0.0, "y": 2.9, "step": 5}],
    "half_space": [{"w1": 0.0, "w2": 0.0, "b": 1.0}, {"w1": -2.1, "w2": 0.0, "b": -3.3}],
    "linear_map": [{"x1": -1.5, "side": 1.0}, {"chart": "a layer: tanh(x W)", "x1": 1.5, "side": 0.1}],
    "optimizer_walk": [{"rate": 3.0, "steps": 100}, {"surface": "saddle", "method": "Adam", "noise": 1.0, "steps": 0}],
    "perceptron_steps": [{"step": 3}, {"dataset": "xor corners", "step": 160}],
    "playground": [{"step": 60}, {"dataset": "two moons", "depth": 3, "width": 4, "step": 20}],
    "spline_builder": [{"m": 32, "placing": "greedy"}, {"target": "|x|", "m": 2}],
    "training_dashboard": [{"reading": 2}, {"rate": 3.0, "depth": 2, "reading": 3}],
    "width_vs_depth": [{"k": 1}, {"k": 7}],
}


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


def test_several_controls_of_a_scene_draw_it_once(explorer_named, monkeypatch):
    explorer, scenes = explorer_named("perceptron_steps"), []
    draw = explorer.scene
    monkeypatch.setattr(explorer, "scene", lambda *args, **values: (scenes.append(values), draw(*args, **values)))
    explorer.set(step=3, eta=0.5, dataset="xor corners")
    assert [(values["eta"], values["dataset"]) for values in scenes] == [(0.5, "xor corners")]
    assert explorer.values["step"] == 3


@pytest.mark.parametrize("name", MOVES)
def test_controls_have_names_and_the_picture_fits_a_cell(name, explorer_made):
    explorer = explorer_made(name)
    assert all(control.description for control in explorer.widget.children[0].children)
    assert explorer.size[0] <= 8.6
    assert explorer.image.layout.max_width == "100%"
    assert any(isinstance(w, widgets.FloatSlider | widgets.IntSlider) for w in explorer.named.values())


@pytest.mark.parametrize("name", ["half_space", "perceptron_steps", "playground"])
def test_the_picture_depends_on_the_controls_only(name, explorer_named):
    """An explorer that has been everywhere shows what a new one shows: reused artists keep nothing of their past."""
    used, new = explorer_named(name), getattr(explorers, name)()
    used.set(**MOVES[name][1])
    used.reset()
    assert used.values == new.values == new.initial
    at_start = new.pixels().copy()
    assert different_pixels(used.pixels(), at_start) == 0
    before = new.words
    new.kept = {}  # draws all anew
    for explorer in (used, new):
        explorer.set(**MOVES[name][0])
    assert different_pixels(used.pixels(), new.pixels()) == 0
    assert different_pixels(used.pixels(), at_start) > 1000
    assert used.words == new.words != before


@pytest.mark.parametrize(("name", "control"), [("half_space", "w1"), ("perceptron_steps", "step")])
def test_moves_leave_nothing_behind(name, control, explorer_named):
    explorer = explorer_named(name)
    moved = explorer.named[control]
    values = np.linspace(moved.min, moved.max, 11).astype(type(moved.value)).tolist()

    def go_everywhere():
        for value in values:
            moved.value = value

    go_everywhere()
    count = sum(len(axes.get_children()) for axes in explorer.figure.axes)
    registered = len(widgets.widget._instances)
    for _ in range(3):
        go_everywhere()
    assert sum(len(axes.get_children()) for axes in explorer.figure.axes) == count
    assert len(widgets.widget._instances) == registered


def test_moves_keep_no_objects(explorer_named):
    explorer = explorer_named("half_space")

    def objects_after(moves):
        for k in range(moves):
            explorer.named["w1"].value = (k % 50 - 25) / 10
        gc.collect()
        return len(gc.get_objects())

    before, after = objects_after(60), objects_after(200)
    assert after - before < 100  # one object kept per move would be 200


def test_a_saved_notebook_shows_a_picture_and_words(explorer_named):
    explorer = explorer_named("half_space")
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"}
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.widget.model_id
    png = Image.open(io.BytesIO(b64decode(bundle["image/png"]))).convert("RGB")
    difference = np.asarray(png).astype(int) - explorer.pixels(2)[..., :3]
    assert np.abs(difference).mean() < 1  # a palette of 256 colours
    assert explorer.words in bundle["text/plain"]


def test_each_move_sends_one_picture_and_its_words():
    explorer = explorers.half_space()
    sent = []
    explorer.image.send_state = lambda key=None: sent.append(set(key))
    explorer.named["b"].value = 3.0
    assert sent == [{"value", "tooltip"}]
    assert "origin (−b/‖w‖ = −2.68" in explorer.image.tooltip
    assert explorer.words in explorer.caption.value


def test_the_picture_is_sharp_when_it_rests():
    explorer = explorers.half_space()
    explorer._rest.seconds = 0.05

    def width():
        return Image.open(io.BytesIO(b64decode(bytes(explorer.image.value).split(b",")[1]))).size[0]

    async def move_and_rest():
        explorer.named["w1"].value = 2.0
        moving = width()
        await asyncio.sleep(0.3)
        return moving, width()

    assert asyncio.run(move_and_rest()) == (860, 1720)


def test_half_space_tells_that_zero_weights_have_no_line(explorer_named):
    explorer = explorer_named("half_space")
    explorer.set(w1=0, w2=0, b=1)
    assert "no line" in explorer.words
    assert "whole plane is positive" in explorer.words
    explorer.set(b=0)
    assert "whole plane is negative" in explorer.words


@pytest.mark.parametrize(("dataset", "eta"), list(zip(DATASETS, [1.0, 0.5, 0.5, 1.0], strict=True)))
def test_the_run_ends_where_perceptron_fit_ends(dataset, eta, explorer_named, monkeypatch):
    explorer = explorer_named("perceptron_steps")
    monkeypatch.setattr(explorer, "max_epochs", 10)
    explorer.set(dataset=dataset, eta=eta)
    press(explorer, "Run to the end")
    w, b, mistakes = perceptron_fit(*DATASETS[dataset](), explorer.max_epochs, eta)
    trace, t = explorer.trace, explorer.values["step"]
    np.testing.assert_array_equal(trace.W[t], w)
    assert trace.B[t] == b
    assert trace.mistakes(t) == mistakes
    assert ("Converged" in explorer.words) == (mistakes[-1] == 0)


def test_step_and_run_to_the_end_of_the_epoch(explorer_named):
    explorer = explorer_named("perceptron_steps")
    explorer.set(dataset="xor corners")
    press(explorer, "Step")
    assert explorer.values["step"] == 1
    assert "example 0 (step 1 of 160): predicted 0, is 0: right, nothing changes" in explorer.words
    press(explorer, "Step")
    assert "example 1 (step 2 of 160): predicted 0, is 1, so w ← w + ηx and b ← b + η" in explorer.words
    for expected in (4, 8):
        press(explorer, "Run to end of epoch")
        assert explorer.values["step"] == expected


def test_the_last_step_is_the_last(explorer_named):
    explorer = explorer_named("perceptron_steps")
    press(explorer, "Run to the end")
    end = explorer.values
    for name in ("Step", "Run to end of epoch", "Run to the end"):
        press(explorer, name)
        assert explorer.values == end


def test_weights_change_only_on_mistakes():
    trace = Trace(*DATASETS["two blobs"](), eta=1.0, max_epochs=40)
    for missed, (old, new) in zip(trace.missed, pairwise(trace.W), strict=True):
        assert missed or (old == new).all()


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
