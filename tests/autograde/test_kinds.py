"""An answer that is wrong for integers alone, or raises for a plain number alone, is told so."""

import linecache
from typing import Any

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.diagnosis.error_messages import meaning
from autograde.judging.diagnosis.syntax.definition import names_in
from autograde.judging.exercise import compile_answer
from autograde.judging.judge import judge
from autograde.judging.report import Failure
from autograde.runtime.values import Foreign

SIGMOID = """
def sigmoid(z):
    out = {}
    out[...] = 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))
    return out
"""
XENT = """
def softmax_xent(Z, y):
    S = Z - Z.max(axis=1, keepdims=True)
    P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = (np.log(np.exp(S).sum(axis=1)) - S[rows, y]).mean()
    dZ = {}
    dZ[...] = P
    dZ[rows, y] = P[rows, y] - 1
    return loss, dZ / len(y)
"""
HUBER = """
def huber(r, delta):
    loss, grad = {0}, {0}
    far = np.abs(r) > delta
    loss[...] = np.where(far, delta * (np.abs(r) - delta / 2), r**2 / 2)
    grad[...] = np.where(far, delta * np.sign(r), r)
    return loss, grad
"""
NUDGED = """
def numeric_grad(f, x, eps=1e-5):
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] += eps
        up = f(x)
        x[i] -= 2 * eps
        down = f(x)
        x[i] = old
        grad[i] = (up - down) / (2 * eps)
    return grad
"""
MASKED = """
def sigmoid(z):
    out = np.zeros(z.shape)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    out[~pos] = np.exp(z[~pos]) / (1 + np.exp(z[~pos]))
    return out
"""
LOOPED = """
def sigmoid(z):
    return np.array([0.5 * (1 + np.tanh(0.5 * v)) for v in z])
"""
COUNTED = """
def huber(r, delta):
    loss = np.zeros((len(r),) + r.shape[1:])
    far = np.abs(r) > delta
    loss[far] = delta * (np.abs(r[far]) - delta / 2)
    loss[~far] = r[~far] ** 2 / 2
    return loss, np.clip(r, -delta, delta)
"""


def failure(name: str, source: str) -> Failure:
    filename = f"<kinds {hash(source)}>"  # where its text is at hand, as that of a cell is
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    found = judge(CATALOGUE[name], compile_answer(source, name, (), filename)).failure
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "source", "argument", "maker"),
    [
        ("sigmoid", SIGMOID.format("np.empty_like(z)"), "z", "`np.empty_like`"),
        ("sigmoid", SIGMOID.format("np.full_like(z, 0)"), "z", "`np.full_like`"),
        ("sigmoid", SIGMOID.format("np.array(z)"), "z", "after the pattern of `z`"),
        ("softmax_xent", XENT.format("np.zeros_like(Z)"), "Z", "`np.zeros_like`"),
        ("softmax_xent", XENT.format("Z.copy()"), "Z", "`.copy()`"),
        ("huber", HUBER.format("np.zeros_like(r)"), "r", "`np.zeros_like`"),
        ("numeric_grad", NUDGED, "x", "a step of 1e-5 is lost"),
    ],
)
def test_integers_that_cut_what_is_stored_are_named(name: str, source: str, argument: str, maker: str) -> None:
    found = failure(name, source)
    told = f"{found.diagnosis} {found.advice}"
    assert "integers" in told
    if not found.diagnosis:  # else the exercise knows that one itself
        assert maker in told
        assert f"`{argument} = np.array({argument}, dtype=float)`" in told
    assert "a += " not in told


@pytest.mark.parametrize(("name", "source", "argument"), [("sigmoid", MASKED, "z"), ("huber", COUNTED, "r")])
def test_a_plain_number_where_an_array_is_expected_is_told(name: str, source: str, argument: str) -> None:
    found = failure(name, source)
    assert f"`{argument}` is a plain number here" in found.advice
    assert f"`{argument} = np.asarray({argument}, dtype=float)`" in found.advice


@pytest.mark.parametrize("maker", ["np.asarray({}, dtype=float)", "np.array({})"])
@pytest.mark.parametrize(("name", "argument"), [("sigmoid", "z"), ("huber", "r")])
def test_who_makes_an_array_of_it_already_is_not_told_to(name: str, argument: str, maker: str) -> None:
    source = {"sigmoid": LOOPED, "huber": COUNTED}[name]
    line = f"    {argument} = {maker.format(argument)}\n"
    head, body = source.split(":\n", 1)
    found = failure(name, f"{head}:\n{line}{body}")
    assert f"`{argument}` is a plain number here" in found.advice
    assert "Begin with" not in found.advice
    assert "has no axes" in found.advice
    other = failure(
        name, f"{head}:\n{line.replace(f'({argument}', '(1.0')}{body}".replace(f"    {argument} = ", "    one = ")
    )
    assert "has no axes" not in other.advice  # it makes an array of something else


def test_a_mistake_for_all_kinds_is_not_blamed_on_one() -> None:
    assert (
        "integers" not in failure("sigmoid", SIGMOID.replace("0.5 * (1", "0.7 * (1").format("np.zeros(z.shape)")).advice
    )
    assert "plain number" not in failure("sigmoid", MASKED.replace("z.shape", "z.form")).advice


def test_an_answer_that_cuts_integers_leaves_out_no_slip_of_its_own() -> None:
    both = SIGMOID.replace("0.5 * (1", "0.7 * (1").format("np.zeros_like(z)")
    assert "With floats instead of the integers" not in failure("sigmoid", both).advice


DUAL = CATALOGUE["Dual"].alternates[0]


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([("(1 - t**2) * self.slope", "1 - t**2")], "the chain rule is forgotten in tanh"),
        ([("Dual(e, e * self.slope)", "Dual(e, e)")], "the chain rule is forgotten in exp"),
        (
            [("(1 - t**2) * self.slope", "1 - t**2"), ("Dual(e, e * self.slope)", "Dual(e, e)")],
            "the chain rule is forgotten",
        ),
        (
            [("else Dual(other)\n", "else Dual(other, 1.0)\n"), ("Dual(other, 0.0)", "Dual(other, 1.0)")],
            "counts as moving",
        ),
        ([("(1 - t**2) * self.slope", "1 - t**2"), ("Dual(other, 0.0)", "Dual(other, 1.0)")], "counts as moving"),
    ],
)
def test_slips_in_several_methods_are_named(edits: list[tuple[str, str]], told: str) -> None:
    source = DUAL
    for old, new in edits:
        assert old in source
        source = source.replace(old, new, 1)
    assert told in failure("Dual", source).diagnosis


def test_a_slope_that_belongs_into_the_brackets_is_told() -> None:
    right = "X.T @ (G @ W2.T * slope)"
    found = failure(
        "two_layer_grads", CATALOGUE["two_layer_grads"].alternates[0].replace(right, right[:6] + right[7:-1])
    )
    told = meaning(ValueError(), found.got, f"line 1: dW1 = {right[:6] + right[7:-1]}")
    assert "bracket these two" in told
    for line in ("a * b", "Z = X @ W + b ** 2", "Z = X @ W + 2 * b", "Z = X @ (W * v)"):
        assert "bracket" not in meaning(ValueError(), found.got, f"line 7: {line}")


def test_a_variable_of_a_functions_own_is_not_what_it_is_called_after() -> None:
    def own(x: Any) -> Any:
        copy, zeros_like = x + 1, x
        return [copy + zeros_like for _ in x]

    def taken(x: Any) -> Any:
        return [np.zeros_like(x) for _ in x.copy()]

    assert not names_in(own) & {"copy", "zeros_like"}
    assert names_in(taken) >= {"copy", "zeros_like", "np"}


class Text(Foreign):
    """A function in another process, of which the text is known."""

    def __init__(self, text):
        self.text = text

    def definition(self):
        return self.text


@pytest.mark.parametrize("count", [50, 900, 1500, 2900, 20_000])
@pytest.mark.parametrize("piece", ["x**", "x + ", "-", "not ", "lambda: ", "x if x else "])
def test_a_function_that_is_nested_too_deeply_to_look_into_disturbs_nobody(piece, count):
    """Its text parses, but can't be compiled: that must cost its writer nothing, and the grader no submission."""
    names = names_in(Text(f"def f(x):\n    return np.ones({piece * count}x)"))
    assert names <= {"np", "ones"}


@pytest.mark.parametrize(
    "loop", ["for x in r:", "for i, x in enumerate(r):", "for x, _ in zip(r, r):", "for i in range(len(r)): x = r[i];"]
)
def test_who_goes_through_it_is_not_told_to_make_an_array_of_it(loop: str) -> None:
    """A number without axes has no entries to go through, as an array no more than by itself."""
    pair = "np.clip(x, -delta, delta) * (x - np.clip(x, -delta, delta) / 2), np.clip(x, -delta, delta)"
    body = f"    out = []\n    {loop} out.append(({pair}))"
    found = failure("huber", f"def huber(r, delta):\n{body}\n    return tuple(np.array(out).reshape(-1, 2).T)")
    assert "`r` is a plain number here" in found.advice
    assert "Begin with" not in found.advice
    assert "entries one by one" in found.advice
