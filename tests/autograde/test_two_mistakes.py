"""Two known mistakes in one answer are both named, where no single slip explains it."""

import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.diagnosis import two_mistakes
from autograde.judging.diagnosis.repair.search import looked_into
from autograde.judging.judge import judge
from autograde.judging.report import Failure
from tests.support.cells import cell


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is given the time that it needs."""
    monkeypatch.setattr(two_mistakes, "SECONDS", 60.0)
    monkeypatch.setattr(two_mistakes, "_QUICK", 1.0)


def found(name: str, source: str) -> Failure:
    """What is told of an answer whose text is at hand, as it is in a notebook."""
    failure = looked_into(CATALOGUE[name], judge(CATALOGUE[name], cell(source)[name]), 5.0)
    assert failure is not None
    return failure


@pytest.mark.parametrize(
    ("name", "source", "both"),
    [
        (
            "numeric_grad",
            """
def numeric_grad(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    steps = [eps * e.reshape(x.shape) for e in np.eye(x.size)]
    return np.array([(f(x - e) - f(x + e)) / eps for e in steps]).reshape(x.shape)
""",
            {"the other way round", "the difference of both sides is divided by eps"},
        ),
        (
            "softmax_vjp",
            "def softmax_vjp(P, G):\n    return P * (G + np.einsum('ij,ij->j', P, G))",
            {"summed over the rows instead of within them", "the dot product is added"},
        ),
        (
            "two_layer_forward",
            "def two_layer_forward(X, W1, b1, W2, b2):\n    return (0.5 + 0.5 * np.tanh(X @ W1 / 2)) @ W2",
            {"the bias of the hidden layer is left out", "the bias of the output is left out"},
        ),
    ],
)
def test_both_are_named(name: str, source: str, both: set[str]) -> None:
    failure = found(name, source)
    assert set(failure.diagnosis.split("; and ")) == both
    assert failure.advice.startswith("Two mistakes.")


def test_a_single_slip_is_likelier() -> None:
    """`P * (1 - P) * G` is one mistake of the catalogue, and nothing is said of two."""
    assert "; and " not in found("softmax_vjp", "def softmax_vjp(P, G):\n    return P * (1 - P) * G").diagnosis
    source = CATALOGUE["perceptron_step"].alternates[0].replace("return w, b", "return w + 0.125, b")
    assert "; and " not in found("perceptron_step", source).diagnosis
