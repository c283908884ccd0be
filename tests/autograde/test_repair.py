"""Diagnosis by repair: a slip that nobody has catalogued is found in its line, and nothing of the learner's changes."""

import ast
import dataclasses
import random
import re
import time

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.card import as_html, as_text
from autograde.judging.diagnosis.repair.edits import edits
from autograde.judging.diagnosis.repair.own_code import own_code
from autograde.judging.diagnosis.repair.search import looked_into
from autograde.judging.exercise import Exercise
from autograde.judging.judge import judge
from tests.support.cells import cell, told


def test_an_edit_is_taken_back() -> None:
    tree = ast.parse(CATALOGUE["affine_backward"].alternates[0])
    before = ast.dump(tree)
    made = edits(tree)
    assert len(made) > 50
    for edit in made[::20]:
        with edit.made():
            assert ast.dump(tree) != before
        assert ast.dump(tree) == before


@pytest.mark.parametrize("name", ["perceptron_fit", "affine_backward", "relu_spline"])
def test_two_edits_meet_only_where_the_second_still_fits(name: str) -> None:
    tree, rng = ast.parse(CATALOGUE[name].alternates[0]), random.Random(name)
    before, changes = ast.dump(tree), edits(tree)
    blocks = [edit for edit in changes if isinstance(edit.old, list)]
    for first in rng.sample(blocks, min(30, len(blocks))) + rng.sample(changes, 10):
        with first.made():
            for second in rng.sample(changes, 100):
                if second.possible:
                    with second.made():
                        pass
        assert ast.dump(tree) == before
    assert all(edit.possible for edit in changes)


@pytest.mark.parametrize("name", ["affine_backward", "mistake_bound", "two_layer_forward", "huber"])
def test_the_line_of_a_random_slip_is_found(name: str) -> None:
    exercise, rng = CATALOGUE[name], random.Random(name)
    source = ast.unparse(ast.parse(exercise.alternates[0]))
    tree = ast.parse(source)
    kinds = ("sign", "axis", "transpose", "mean", "order", "operator", "returned", "comparison")
    made = [edit for edit in edits(tree) if edit.kind in kinds and not edit.adds]
    tried = 0
    for edit in rng.sample(made, min(12, len(made))):  # some get a name, and are not looked into
        if tried == 2:
            break
        with edit.made():
            wrong = ast.unparse(tree)
        _, failure = told(exercise, wrong)
        if failure is None or not failure.question:
            continue
        line = int(re.search(r"ine (\d+)", failure.question)[1])  # type: ignore[index]
        assert line == edit.line or source.splitlines()[line - 1] != wrong.splitlines()[line - 1], failure.question
        tried += 1
    assert tried


@pytest.mark.parametrize(("old", "new", "word"), [
    ("X.T @ G", "-X.T @ G", "sign"), ("G.sum(axis=0)", "G.sum(axis=1)", "axis"), ("G @ W.T", "G @ W", "turned"),
    ("return dX, dW, db", "return dW, dX, db", "order"), ("G.sum(axis=0)", "G.mean(axis=0)", "mean"),
])  # fmt: skip
def test_line_and_kind_are_told_but_not_the_change(old: str, new: str, word: str) -> None:
    exercise = CATALOGUE["affine_backward"]
    source = exercise.alternates[0].replace(old, new)
    report, failure = told(exercise, source)
    assert failure is not None
    number = next(i for i, line in enumerate(source.splitlines(), 1) if new in line)
    assert failure.question.startswith(f"Line {number}, `")
    assert word in failure.slip
    assert old not in failure.slip
    report.failure = failure
    text, html = as_text(report), as_html(report)
    assert "Where to look: Line" in text
    assert failure.slip.split("`")[0] in text
    assert "<details><summary>" in html


def test_two_slips_are_found_together() -> None:
    exercise = CATALOGUE["affine_backward"]
    source = exercise.alternates[0].replace("X.T @ G", "-X.T @ G").replace("axis=0", "axis=1")
    _, failure = told(exercise, source)
    assert failure is not None
    assert "another slip" in failure.question


def test_a_slip_in_a_helper_is_found(toy: Exercise) -> None:
    source = "def cut(x):\n    return np.minimum(x, 0)\n\ndef ramp(x, slope=2.0):\n    return slope * cut(x)"
    _, failure = told(toy, source)
    assert failure is not None
    assert failure.question.startswith("Line 2, `return np.minimum(x, 0)`")


@pytest.mark.parametrize("between", ["", "    rows = []\n"])
def test_a_sum_that_goes_on_from_row_to_row_is_found(between: str) -> None:
    source = f"""
def softmax_xent(Z, y):
    loss, total = 0, 0
{between}    total = 0
    dZ = np.zeros(Z.shape)
    for i in range(len(y)):
        e = np.exp(Z[i] - Z[i].max())
        for j in range(len(e)):
            total += e[j]
        loss += np.log(total) + Z[i].max() - Z[i, y[i]]
        dZ[i] = e / total
        dZ[i, y[i]] -= 1
    return loss / len(y), dZ / len(y)
"""
    _, failure = told(CATALOGUE["softmax_xent"], source)
    assert failure is not None
    assert "`total = 0`: how often should this run" in failure.question


def test_a_class_is_searched() -> None:
    exercise = CATALOGUE["Value"]
    found = own_code(cell(exercise.alternates[0])["Value"])
    assert found is None or found.parts[0].name == "Value"


def test_nothing_of_the_learners_is_changed(toy: Exercise, capfd: pytest.CaptureFixture[str]) -> None:
    source = (
        "calls = 0\n\ndef ramp(x, slope=2.0):\n    global calls\n    calls = 1\n    print('here')\n"
        "    return slope * np.minimum(x, 0)"
    )
    space = cell(source)
    before, state = dict(space), np.geterr()
    report = judge(dataclasses.replace(toy, misconceptions=[]), space["ramp"])
    space["calls"] = 0
    failure = looked_into(toy, report)
    assert failure is not None
    assert failure.question.startswith("Line 7")
    assert space == before
    assert np.geterr() == state
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("source", [
    "def ramp(x, slope=2.0):\n    raise NotImplementedError",
    "def ramp(x, slope=2.0):\n    x *= slope * (x > 0)\n    return x",
])  # fmt: skip
def test_what_tells_itself_is_not_searched(source: str, toy: Exercise) -> None:
    report, failure = told(toy, source)
    assert failure is report.failure


def test_right_answers_and_unknown_texts_are_left_alone(toy: Exercise) -> None:
    assert looked_into(toy, judge(toy, toy.compile(toy.alternates[0]))) is None
    report = judge(dataclasses.replace(toy, misconceptions=[]), toy.compile(toy.misconceptions[0].wrong))
    assert looked_into(toy, report) is report.failure


def test_the_search_ends_in_time(toy: Exercise) -> None:
    source = "def ramp(x, slope=2.0):\n    i = 0\n    while i < 3:\n        i += 1\n    return np.cos(x) ** i"
    start = time.perf_counter()
    _, failure = told(toy, source, 0.5)
    assert failure is not None
    assert not failure.question
    assert time.perf_counter() - start < 5  # on a busy machine


def test_one_row_in_all_places_is_told() -> None:
    source = """
def cheapest_order(sizes):
    n = len(sizes)
    cost = [[0] * n] * n
    for length in range(2, n):
        for i in range(n - length):
            j = i + length
            cost[i][j] = min(cost[i][k] + cost[k][j] + sizes[i] * sizes[k] * sizes[j] for k in range(i + 1, j))
    return cost[0][n - 1]
"""
    _, failure = told(CATALOGUE["cheapest_order"], source)
    assert failure is not None
    assert failure.question.startswith("Line 4")
    assert "makes no copies" in failure.slip


def test_a_column_for_a_row_is_no_order_of_arguments() -> None:
    source = """
def two_layer_forward(X, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    return h @ W2 + b2.reshape(-1, 1)
"""
    _, failure = told(CATALOGUE["two_layer_forward"], source)
    assert failure is not None
    assert "Two arguments" not in failure.slip


def test_a_tiny_number_is_not_added_to_mend_what_it_does_elsewhere() -> None:
    """``+ tiny`` inside the log and ``+ tiny`` behind the mean cancel each other where probabilities are near 1."""
    rate = ast.parse("def f(a, b):\n    tiny = 0.5\n    c = a * b\n    return c")
    assert [edit for edit in edits(rate) if edit.kind == "lacking" and ast.unparse(edit.new).endswith("tiny")]
    small = ast.parse("def f(a, b):\n    tiny = 1e-8\n    c = a * b\n    return c")
    assert not [edit for edit in edits(small) if edit.kind == "lacking" and ast.unparse(edit.new).endswith("tiny")]


def test_what_is_written_into_need_not_have_another_name() -> None:
    """The sum of whole numbers is an array of its own, and can't take a bias that is none."""
    source = "def affine_forward(X, W, b):\n    Z = X @ W\n    Z += b\n    return Z, (X, W)"
    exercise = CATALOGUE["affine_forward"]
    failure = looked_into(exercise, judge(exercise, cell(source)["affine_forward"]), 5.0)
    assert failure is not None
    assert "Line 3" in failure.question
    assert "into which array does this write" in failure.question
    assert "Two names" not in failure.slip


def test_a_condition_that_always_holds_is_the_line_to_look_at() -> None:
    """And not the line of the GELU, which would be reached if it stood before that one."""
    source = """
from scipy.special import ndtr
def activation_grad(name, z):
    z = np.asarray(z, float)
    if name == "identity": return np.ones_like(z)
    if name == "sigmoid": return 0.25 * (1 - np.tanh(z / 2) ** 2)
    if name == "tanh": return 1 - np.tanh(z) ** 2
    if name == "relu": return (z > 0) * 1.0
    if name == "leaky_relu" or "elu": return np.where(z > 0, 1, 0.01 if name == "leaky_relu" else np.exp(z))
    if name == "gelu": return ndtr(z) + z * np.exp(-z ** 2 / 2) / np.sqrt(2 * np.pi)
    raise ValueError(name)
"""
    exercise = CATALOGUE["activation_grad"]
    failure = looked_into(exercise, judge(exercise, cell(source)["activation_grad"]), 10.0)
    assert failure is not None
    assert "Line 9" in failure.question
