"""Explorers as Python sees them: still pictures and words of any state, and runs of a learner's own code."""

import io
import json
from base64 import b64decode
from html import escape
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from mlp_reference import perceptron_fit
from mlp_reference.viz import explorers
from mlp_reference.viz.experiments.perceptron import Trace
from mlp_reference.viz.explorers.perceptron import DATASETS
from tests.support.states import STATES


def test_every_explorer_is_tested():
    assert set(STATES) == set(explorers.__all__)


@pytest.mark.parametrize("name", STATES)
def test_every_state_has_a_still_picture_and_words(name, explorer_named):
    explorer = explorer_named(name)
    for values in STATES[name]:
        explorer.set(**explorer.initial | values)
        bundle = explorer._repr_mimebundle_()
        assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.model_id
        assert explorer.words in bundle["text/plain"]
        assert f'<img alt="{escape(bundle["text/plain"])}"' in bundle["text/html"]
        pixels = np.asarray(Image.open(io.BytesIO(b64decode(bundle["image/png"]))).convert("L"))
        assert pixels.shape[1] > 1000 and 0.01 < (pixels < 225).mean() < 0.95


def test_half_space_tells_that_zero_weights_have_no_line(explorer_named):
    explorer = explorer_named("half_space")
    explorer.set(w1=0, w2=0, b=1)
    assert "no line" in explorer.words
    assert "whole plane is positive" in explorer.words
    explorer.set(b=0)
    assert "whole plane is not positive" in explorer.words


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
    assert ("had no mistake" in explorer.words) == (mistakes[-1] == 0)


def test_weights_change_only_on_mistakes():
    trace = Trace(*DATASETS["two blobs"](), eta=1.0, max_epochs=40)
    for missed, (old, new) in zip(trace.missed, pairwise(trace.W), strict=True):
        assert missed or (old == new).all()


def test_a_rule_of_ones_own_is_run_and_its_errors_are_shown():
    explorer = explorers.perceptron_steps("xor corners", rule=lambda x, y, w, b, eta: (w + eta * x, b))
    assert explorer.own["W"][4] == [2.0, 2.0, 0.0]
    explorer.set(dataset="two blobs", step=1)
    assert explorer.own["dataset"] == "two blobs" and explorer.words.startswith("Your rule. Epoch 1")
    told = [
        explorer.set(step=step) or explorer.words for step in range(1, 6)
    ]  # this rule moves by ηx whatever was predicted
    assert any(": wrong. " in words for words in told) and not any(
        "ηx" in words or "nothing changes" in words for words in told
    )
    broken = explorers.perceptron_steps(rule=lambda x, y, w, b, eta: 1 / 0)
    assert broken.words == "Your rule stopped: ZeroDivisionError: division by zero"
    assert broken._repr_mimebundle_()["image/png"]


def test_code_of_ones_own_that_leaves_the_numbers_is_told_and_can_be_sent():
    explorer = explorers.perceptron_steps(rule=lambda x, y, w, b, eta: (w * np.nan, b), step=3)
    assert explorer.words == "Your rule stopped: ValueError: w or b is not a finite number after step 1"
    explorer.picture()

    def climb(params, grads, lr):
        for p, g in zip(params, grads, strict=True):
            p += 1e3 * g

    def train(X, y, sizes, *rest):
        return [np.zeros(shape) for shape in pairwise(sizes)], [np.zeros(n) for n in sizes[1:]], [1.0, np.inf, np.nan]

    steps, training = explorers.training_dashboard(step=climb), explorers.training_dashboard(train=train)
    assert steps.words.startswith("Your own stopped: after 0.0 epochs the numbers explode. Press Train.")
    assert training.own["loss"] == [1.0, None, None]
    for each in (explorer, steps, training):
        json.dumps(each.values, allow_nan=False)


def test_a_broken_line_has_ends_in_order_and_knots_of_its_own_function():
    with pytest.raises(ValueError, match="exchange them"):
        explorers.spline_builder(np.sin, 3.0, 1.0)
    explorer = explorers.spline_builder("sin x", placing="by hand", knots=[0.0, 1.0, 2 * np.pi])
    assert explorer.words.startswith("2 intervals")
    explorer.set(target="√x")
    assert explorer.words.startswith("6 intervals"), "equal ones: those were placed on another interval"


def test_numbers_and_texts_that_cannot_be_computed_are_told():
    explorer = explorers.graph_stepper("log(y)", step=1)
    assert explorer.words == "Step 1 of 3. Forward: a = log y = nan."
    explorer.set(text="1 / x", x=0.0, step=3)
    assert explorer.words.endswith("Done: ∂a/∂x = −inf.")
    explorer.set(text="x +")
    assert "can't be read" in explorer.words
    explorer.picture()
    with pytest.raises(ValueError, match="too long"):
        explorers.graph_stepper("+".join(["sin(x)"] * 20))
