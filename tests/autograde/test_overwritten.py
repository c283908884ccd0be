"""An answer that returns the same array each time keeps its points, and is told."""

import numpy as np
import pytest

from autograde import check
from autograde.exercises import CATALOGUE
from autograde.judging.draws import PUBLIC_SEED
from autograde.judging.judge import judge
from autograde.judging.overwritten import about_overwriting

KEEPING = "kept = {}\ndef keep(a):\n    b = kept.setdefault(a.shape, a)\n    b[...] = a\n    return b\n\n"
BUFFERED = {
    "sigmoid": "def sigmoid(z): return keep(np.asarray(0.5 * (1 + np.tanh(np.asarray(z) / 2))))",
    "affine_forward": "def affine_forward(X, W, b): return keep(X @ W + b.astype(float)), (X, W)",
    "collapse_linear": (
        "def collapse_linear(Ws, bs):\n"
        "    W, b = Ws[0] * 1.0, bs[0] * 1.0\n"
        "    for V, c in zip(Ws[1:], bs[1:]):\n"
        "        W, b = W @ V, b @ V + c\n"
        "    return keep(W), b"
    ),
}


def remark(name: str, source: str) -> str:
    exercise = CATALOGUE[name]
    answer = exercise.compile(source)
    report = judge(exercise, answer, seed=PUBLIC_SEED)
    assert report.share == 1, report.failure
    return about_overwriting(exercise, answer, report.trials)


@pytest.mark.parametrize("name", BUFFERED)
def test_an_array_that_is_filled_again_is_told(name: str) -> None:
    assert "finds the last one everywhere" in remark(name, KEEPING + BUFFERED[name])


@pytest.mark.parametrize("name", [*BUFFERED, "activation", "sgd_step", "perceptron_fit", "Dual", "minibatches"])
def test_fresh_results_are_not_talked_about(name: str) -> None:
    assert remark(name, CATALOGUE[name].alternates[0]) == ""


def test_the_card_says_it_and_all_points_are_given(capsys: pytest.CaptureFixture[str]) -> None:
    sigmoid = CATALOGUE["sigmoid"].compile(KEEPING + BUFFERED["sigmoid"])
    assert check(sigmoid, points=2) == 2
    assert "Remark: The values are right" in capsys.readouterr().out
    assert np.array_equal(sigmoid(np.zeros(2)), [0.5, 0.5])
