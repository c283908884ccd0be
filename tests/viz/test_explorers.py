"""Explorers draw quickly what a full redraw would draw, keep no rubbish, and say in words what they show."""

import asyncio
import gc
import io
from base64 import b64decode
from itertools import pairwise

import ipywidgets as widgets
import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from mlp_reference import perceptron_fit
from mlp_reference.viz import explorers, style
from mlp_reference.viz.explorers.base import Explorer, slider
from mlp_reference.viz.explorers.perceptron import DATASETS

EXPLORERS = {"half_space": explorers.half_space(), "perceptron_steps": explorers.perceptron_steps()}
tenth = st.integers(-30, 30).map(lambda n: n / 10)


def redrawn(explorer, density):
    """The same picture by matplotlib's own full drawing."""
    explorer.figure.dpi = density * 100
    with style.use():  # the number of ticks depends on the style's font size
        explorer.canvas.draw()
    return np.array(explorer.canvas.buffer_rgba())


def different_pixels(one, other):
    return int((one != other).any(axis=-1).sum())


def assert_blitting_is_exact(explorer):
    for density in (1, 2):
        quick = explorer.pixels(density).copy()
        assert different_pixels(quick, redrawn(explorer, density)) == 0


@settings(max_examples=12, phases=[Phase.generate])  # shrinking pictures would take minutes
@given(w1=tenth, w2=tenth, b=tenth)
def test_half_space_blits_what_a_full_redraw_draws(w1, w2, b):
    EXPLORERS["half_space"].set(w1=w1, w2=w2, b=b)
    assert_blitting_is_exact(EXPLORERS["half_space"])


@settings(max_examples=12, phases=[Phase.generate])  # shrinking pictures would take minutes
@given(dataset=st.sampled_from(list(DATASETS)), step=st.integers(0, 200))
def test_perceptron_steps_blits_what_a_full_redraw_draws(dataset, step):
    EXPLORERS["perceptron_steps"].set(dataset=dataset, step=step)
    assert_blitting_is_exact(EXPLORERS["perceptron_steps"])


@pytest.mark.parametrize("name", EXPLORERS)
def test_the_picture_depends_on_the_controls_only(name):
    """An explorer that has been everywhere shows what a new one shows: reused artists keep nothing of their past."""
    used, new = EXPLORERS[name], getattr(explorers, name)()
    for control in list(used.named.values())[-2:]:
        for value in (control.max, control.min):
            control.value = value
    used.reset()
    assert used.values == new.values == new.initial
    at_start = new.pixels().copy()
    assert different_pixels(used.pixels(), at_start) == 0
    elsewhere = {"w1": 2.0, "b": -1.0} if name == "half_space" else {"step": 20}
    used.set(**elsewhere)
    fresh = getattr(explorers, name)()
    fresh.kept = {}  # draws all anew
    fresh.set(**elsewhere)
    assert different_pixels(used.pixels(), fresh.pixels()) == 0
    assert different_pixels(used.pixels(), at_start) > 1000
    assert used.words == fresh.words != new.words


def test_reset_restores_every_control():
    explorer = explorers.perceptron_steps()
    explorer.set(dataset="xor corners", eta=0.5, step=7)
    assert explorer.values == {"dataset": "xor corners", "eta": 0.5, "step": 7}
    press(explorer, "Reset")
    assert explorer.values == explorer.initial


def press(explorer, name):
    buttons = [w for w in explorer.widget.children[0].children if isinstance(w, widgets.Button)]
    next(b for b in buttons if b.description == name).click()


@pytest.mark.parametrize(("name", "control"), [("half_space", "w1"), ("perceptron_steps", "step")])
def test_moves_leave_nothing_behind(name, control):
    explorer = getattr(explorers, name)()
    moved = explorer.named[control]
    values = np.linspace(moved.min, moved.max, 41).astype(type(moved.value)).tolist()

    def go_everywhere():
        for value in values:
            moved.value = value

    go_everywhere()
    count = sum(len(axes.get_children()) for axes in explorer.figure.axes)
    registered = len(widgets.widget._instances)
    for _ in range(10):
        go_everywhere()
    assert sum(len(axes.get_children()) for axes in explorer.figure.axes) == count
    assert len(widgets.widget._instances) == registered


def test_moves_keep_no_objects():
    explorer = explorers.half_space()

    def objects_after(moves):
        for k in range(moves):
            explorer.named["w1"].value = (k % 50 - 25) / 10
        gc.collect()
        return len(gc.get_objects())

    before, after = objects_after(100), objects_after(400)
    assert after - before < 100  # one object kept per move would be 400


def test_a_saved_notebook_shows_a_picture_and_words():
    explorer = explorers.half_space()
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


@pytest.mark.parametrize("name", EXPLORERS)
def test_controls_have_names_and_the_picture_fits_a_cell(name):
    explorer = EXPLORERS[name]
    assert all(control.description for control in explorer.widget.children[0].children)
    assert explorer.size[0] <= 8.6
    assert explorer.image.layout.max_width == "100%"


def test_half_space_tells_that_zero_weights_have_no_line():
    explorer = explorers.half_space()
    explorer.set(w1=0, w2=0, b=1)
    assert "no line" in explorer.words
    assert "whole plane is positive" in explorer.words
    explorer.set(b=0)
    assert "whole plane is negative" in explorer.words


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("eta", [1.0, 0.5])
def test_the_run_ends_where_perceptron_fit_ends(dataset, eta):
    explorer = explorers.perceptron_steps()
    explorer.set(dataset=dataset, eta=eta)
    press(explorer, "Run to the end")
    w, b, mistakes = perceptron_fit(*DATASETS[dataset](), explorer.max_epochs, eta)
    trace, t = explorer.trace, explorer.values["step"]
    np.testing.assert_array_equal(trace.W[t], w)
    assert trace.B[t] == b
    assert trace.mistakes(t) == mistakes
    assert ("Converged" in explorer.words) == (mistakes[-1] == 0)


def test_step_and_run_to_the_end_of_the_epoch():
    explorer = explorers.perceptron_steps()
    explorer.set(dataset="xor corners")
    press(explorer, "Step")
    assert explorer.values["step"] == 1
    assert "example 0 (step 1 of 160): predicted 0, is 0: right, nothing changes" in explorer.words
    press(explorer, "Step")
    assert "example 1 (step 2 of 160): predicted 0, is 1, so w ← w + ηx and b ← b + η" in explorer.words
    for expected in (4, 8):
        press(explorer, "Run to end of epoch")
        assert explorer.values["step"] == expected


def test_the_last_step_is_the_last():
    explorer = explorers.perceptron_steps()
    press(explorer, "Run to the end")
    end = explorer.values
    for name in ("Step", "Run to end of epoch", "Run to the end"):
        press(explorer, name)
        assert explorer.values == end


def test_weights_change_only_on_mistakes():
    trace = EXPLORERS["perceptron_steps"].trace
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
