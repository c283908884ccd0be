"""Explorers as Python sees them: still pictures and words of any state, and runs of a learner's own code."""

import io
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
