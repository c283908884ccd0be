"""Entries that are never written are told as such, and arrays from ``np.empty`` that are filled are left alone."""

import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.judge import judge
from tests.support.cells import cell

TOLD = "makes an array without setting its values"


def diagnosed(name: str, source: str) -> str:
    failure = judge(CATALOGUE[name], cell(source)[name]).failure
    assert failure is not None
    return f"{failure.diagnosis} {failure.advice}"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        (
            "softmax_jacobian",
            """
def softmax_jacobian(p):
    J = np.empty((len(p), len(p)))
    for i in range(len(p)):
        for j in range(len(p)):
            if i + j != 1:
                J[i, j] = p[i] * ((i == j) - p[j])
    return J
""",
        ),
        (
            "sigmoid",
            """
def sigmoid(z):
    out = np.empty_like(np.asarray(z, dtype=float))
    above = np.asarray(z) > 0
    out[above] = 1 / (1 + np.exp(-np.asarray(z)[above]))
    return out
""",
        ),
        (
            "perceptron_predict",
            """
def perceptron_predict(X, w, b):
    labels = np.empty(len(X), dtype=int)
    labels[X @ w + b > 0] = 1
    return labels
""",
        ),
    ],
)
def test_what_is_never_written_is_told(name: str, source: str) -> None:
    assert TOLD in diagnosed(name, source)


def test_what_is_written_but_wrong_is_told_otherwise() -> None:
    source = """
def softmax_jacobian(p):
    J = np.empty((len(p), len(p)))
    for i in range(len(p)):
        for j in range(len(p)):
            J[i, j] = p[i] * ((i == j) + p[j])
    return J
"""
    assert TOLD not in diagnosed("softmax_jacobian", source)


def test_what_differs_from_call_to_call_for_another_reason_is_told_otherwise() -> None:
    source = """
calls = []
def softmax_jacobian(p):
    calls.append(1)
    J = np.empty((len(p), len(p)))
    J[...] = np.diag(p) - np.outer(p, p) + len(calls)
    return J
"""
    assert TOLD not in diagnosed("softmax_jacobian", source)
