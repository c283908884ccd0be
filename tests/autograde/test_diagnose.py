"""What is said about a wrong answer: the right name, no wrong name, and else what can be seen."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.as_code import show, show_call
from autograde.judging.compare import compare
from autograde.judging.diagnosis.error_messages import meaning
from autograde.judging.diagnosis.signatures import signature_mismatch
from autograde.judging.diagnosis.symptoms import describe
from autograde.judging.exercise import Exercise, compile_answer
from autograde.judging.judge import judge
from autograde.judging.report import Failure


def failure(exercise: Exercise | str, source: str, seed: int = 0) -> Failure:
    exercise = CATALOGUE[exercise] if isinstance(exercise, str) else exercise
    found = judge(exercise, compile_answer(source, exercise.name), seed=seed).failure
    assert found is not None
    return found


def test_a_known_mistake_is_named_however_it_is_written(toy: Exercise) -> None:
    found = failure(toy, "def ramp(x, slope=2.0):\n    return np.array([slope * v for v in x])")
    assert (found.diagnosis, found.advice) == ("negative numbers pass", "Cut them off.")


def test_of_two_mistakes_the_first_is_named(toy: Exercise) -> None:
    found = failure(toy, "def ramp(x, slope=2.0): return 2 * x")  # negative numbers pass, and the slope is fixed
    assert found.diagnosis == "negative numbers pass"


def test_a_mistake_that_is_right_where_the_answer_is_wrong_is_not_named(toy: Exercise) -> None:
    """The values of the failing case agree by chance: elsewhere the known mistake goes wrong, this answer doesn't."""
    source = "def ramp(x, slope=None): return np.maximum(x, 0) if slope is None else slope * np.maximum(x, 0)"
    assert failure(toy, source).diagnosis == ""


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("perceptron_predict", "def perceptron_predict(X, w, b): return (X @ w + b > -1).astype(int)"),
        ("perceptron_predict", "def perceptron_predict(X, w, b): return (2 * X @ w + b > 0).astype(int)"),
        ("perceptron_predict", "def perceptron_predict(X, w, b): return np.zeros(len(X), dtype=int)"),
        ("certifies_nonseparable", "def certifies_nonseparable(X, y, lam): return False"),
        ("certifies_nonseparable", "def certifies_nonseparable(X, y, lam): return True"),
        ("mistake_bound", "def mistake_bound(X, y, w_star, b_star): return X @ y"),
        ("mistake_bound", "def mistake_bound(X, y, w_star, b_star): return np.array([w_star, [b_star]]).max()"),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_zeros_and_ones_that_agree_by_chance_name_nothing(name: str, source: str, seed: int) -> None:
    found = failure(name, source, seed)
    assert found.diagnosis == ""
    assert found.advice


def test_an_answer_that_never_varies_is_told_so() -> None:
    found = failure("certifies_nonseparable", "def certifies_nonseparable(X, y, lam): return False")
    assert "gives False in every call" in found.advice
    found = failure("perceptron_predict", "def perceptron_predict(X, w, b): return np.zeros(len(X), dtype=int)")
    assert "Every value that your function gives is 0" in found.advice


def test_a_stub_and_a_stub_that_is_called(toy: Exercise) -> None:
    assert "Replace the line" in failure(toy, "def ramp(x, slope=2.0): raise NotImplementedError").advice
    helper = "def helper(x): raise NotImplementedError\ndef ramp(x, slope=2.0): return helper(x)"
    assert failure(toy, helper).kind == "stub"


def test_the_helper_that_is_not_written_is_named(toy: Exercise) -> None:
    def helper() -> None:
        raise NotImplementedError

    def ramp(x: Any, slope: float = 2.0) -> Any:
        return helper()

    helper.__qualname__ = "helper"
    report = judge(toy, ramp)
    assert report.failure is not None
    assert "is not written yet" in report.failure.advice


@pytest.mark.parametrize(
    ("signature", "said"),
    [
        ("x", "takes (x), but it is called with (x, slope)"),
        ("", "takes (), but it is called with (x)"),
        ("x, y, z", "takes (x, y, z), but it is called with (x)"),
        ("*, x, slope=2.0", "takes (*, x, slope=2.0), but it is called with (x)"),
        ("x, slope", "default values"),
    ],
)
def test_wrong_parameters(toy: Exercise, signature: str, said: str) -> None:
    found = failure(toy, f"def ramp({signature}): return 2.0 * np.maximum(x, 0)")
    assert said in found.advice


def test_a_signature_that_fits_is_no_matter() -> None:
    class Odd:
        @property
        def __signature__(self) -> Any:
            raise RuntimeError

        def __call__(self, *args: Any) -> None: ...

    assert signature_mismatch(lambda *a, **k: None, ("x",), (1,)) == ""
    assert signature_mismatch(Odd(), ("x",), (1,)) == ""
    assert signature_mismatch(max, ("x",), (1,)) == ""


A, COLUMN = np.ones((3, 2)), np.ones((3, 1))
MISTAKES = {
    "A @ A": "matrix product",
    "np.dot(A, A)": "matrix product",
    "A @ 3": "`@` is for arrays",
    "A + np.ones(3)": "entry by entry",
    "1 if A > 0 else 2": "where one is wanted",
    "(A > 0) and (A < 1)": "where one is wanted",
    "int(A)": "single number",
    "float(np.ones(2))": "single number",
    "np.array([[1, 2], [3]])": "different lengths",
    "np.zeros(2).__setitem__(0, [1, 2])": "single number",
    "np.hstack([A, np.ones(3)])": "joined",
    "np.vstack([A, COLUMN])": "joined",
    "A.reshape(7, 2)": "number of entries",
    "A.sum(axis=2)": "fewer axes",
    "np.zeros(0).max()": "does not exist",
    "max([])": "does not exist",
    "(A > 0) - (A > 0)": "no minus",
    "-(A > 0)": "no minus",
    "None + 1": "is None",
    "None.T": "is None",
    "N[0]": "no entries",
    "np.float64(3)[0]": "no entries",
    "[v for v in 3]": "single value",
    "N(4)": "no function",
    "[1, 2] / 2": "can't be combined",
    "-[1]": "can't be combined",
    "[1] * 2.0": "can't be scaled",
    "2.0**10_000": "too large for a float",
    "range(2.0)": "must be an integer",
    "A[1.0]": "must be an integer",
    "L[0, 1]": "one integer as index",
    "len()": "number or kind of arguments",
    "A[0, 0, 0]": "more indices than axes",
    "A[np.array([True])]": "as long as",
    "A[3]": "behind the end",
    "[1][1]": "behind the end",
    "[1].T": "np.array",
    "A.append(1)": "can't grow",
    "A.lenght": "value that you think",
    "1 / 0": "divided by zero",
    "{}['a']": "no such key",
    "unknown": "misspelled",
    "np.zeros(2, dtype=int).__iadd__(0.5)": "dtype=float",
    "np.einsum('ij,j', A, A)": "letters",
}


@pytest.mark.parametrize(("code", "said"), MISTAKES.items())
def test_error_messages_are_explained(code: str, said: str) -> None:
    """With the messages that this NumPy and this Python really give."""
    with pytest.raises(Exception) as caught, np.errstate(all="ignore"):
        eval(code, {"np": np, "A": A, "COLUMN": COLUMN, "N": 3, "L": [1, 2]})
    assert said in meaning(caught.value, str(caught.value))


def test_a_variable_without_value() -> None:
    def early() -> int:
        if A.size == 0:
            total = 0
        return total

    with pytest.raises(UnboundLocalError) as caught:
        early()
    assert "before it has a value" in meaning(caught.value, str(caught.value))


def test_an_error_of_the_learners_own_is_not_explained_away() -> None:
    class Mine(Exception): ...

    assert meaning(Mine(), "core dimension") == ""


def test_errors_that_are_or_are_not_wanted() -> None:
    good = "    if (np.where(y == 1, 1, -1) * (X @ w_star + b_star)).min() {} 0: {}\n    return BOUND\n"
    head = "def mistake_bound(X, y, w_star, b_star):\n"
    body = CATALOGUE["mistake_bound"].alternates[4].replace("    if m <= 0:\n        raise ValueError\n", "{}")
    assert "raise" in failure("mistake_bound", body.format("    if m < -1e9: raise ValueError\n")).advice
    own = failure("mistake_bound", head + good.format(">", "raise ValueError").replace("BOUND", "1.0"))
    assert "own `raise` was reached" in own.advice


def test_a_helper_may_be_right_to_refuse_what_it_is_given() -> None:
    """Whoever hands a column of zeros on to a checked function made the mistake where they call it."""

    def increasing(t: Any) -> Any:
        if (np.diff(t) > -1).all():
            raise ValueError("t must increase")
        return t

    def relu_spline(t: Any, v: Any) -> Any:
        return 1, -increasing(t), v, v[0]

    found = judge(CATALOGUE["relu_spline"], relu_spline, seed=0).failure
    assert found is not None
    assert "`increasing` refuses what it was called with" in found.advice
    assert "what `relu_spline` gives to it" in found.advice


def difference(got: Any, expected: Any, *args: Any) -> str:
    found = compare(got, expected)
    assert found is not None
    return describe(found, args, [f"p{i}" for i in range(len(args))])


def test_arrays_in_lists_are_known_by_their_place() -> None:
    params = [np.array([[1.0, 2.0], [4.0, 0.5]]), np.array([3.0, 1.0, 7.0])]
    grads = [np.array([[0.5, 1.0], [-3.0, 2.0]]), np.array([1.0, -2.0, 0.5])]
    moved = [p - 0.25 * g for p, g in zip(params, grads, strict=True)]
    assert difference(params[1], moved[1], params, grads) == "This is the input `p0[1]`, unchanged."
    assert "0.5 times `p1[0]`" in difference(moved[0] + 0.5 * grads[0], moved[0], params, grads)


VALUES = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]])


@pytest.mark.parametrize(
    ("got", "said"),
    [
        (VALUES.T, "that of the transpose"),
        (VALUES.ravel(), "the right order: give the result the shape (2, 3)"),
        (VALUES.T.ravel(), "their arrangement"),
        (VALUES.sum(axis=0), "An axis is missing"),
        (VALUES[..., None] * np.ones(2), "an axis too many"),
        (-VALUES, "wrong sign"),
        (2 * VALUES, "twice"),
        (VALUES / 2, "half of"),
        (VALUES / 5, "1/5 of (an axis"),
        (5 * VALUES, "5 times (an axis"),
        (1.3 * VALUES, "1.3 times"),
        (VALUES + 0.25, "0.25 too large"),
        (VALUES - 0.25, "0.25 too small"),
        (VALUES[::-1], "reverse order"),
        (VALUES[:, [1, 2, 0]], "another order"),
        (np.where(VALUES == 4, 0, VALUES), "1 of 6 values is wrong"),
        (VALUES * np.nan, "holds nan"),
        (VALUES > 0, "truth values"),
        (np.ones((2, 3)) * 9, ""),
    ],
)
def test_relations_are_seen(got: Any, said: str) -> None:
    told = difference(got, VALUES, np.ones((5, 5)))
    assert said in told
    assert bool(said) == bool(told)


def test_square_results_may_be_transposed_and_inputs_returned() -> None:
    square = np.array([[1.0, 2.0], [3.0, 5.0]])
    assert "transpose" in difference(square.T, square)
    assert "input `p0`, unchanged" in difference(VALUES, VALUES**2 + 1, VALUES)
    assert "exchanged" in difference(np.array([1, 0, 0]), np.array([0, 1, 1]))
    assert "opposite" in difference(-0.5, 0.5)


def test_calls_are_shown_as_code_that_runs() -> None:
    args = (np.array([[1.5, -2.0]]), 3, [np.arange(2)], 0.25)
    text = show_call("f", ("X", "n", "parts", "eta"), args)
    taken: list[Any] = []
    exec(text, {"np": np, "f": lambda *a: taken.extend(a)})
    assert taken[0].tolist() == args[0].tolist()
    assert (taken[1], taken[2][0].tolist(), taken[3]) == (3, [0, 1], 0.25)


@pytest.mark.parametrize("value", ["x" * 10**6, list(range(10**4)), np.zeros(10**6), 10**5000, b"y" * 10**6], ids=type)
def test_what_is_shown_is_short(value: Any) -> None:
    assert len(show(value)) < 500


def test_a_long_list_shows_its_end() -> None:
    """An answer may differ from the right one in its last entry alone."""
    right, wrong = list(range(40)), [*range(39), -1]
    assert show(right) != show(wrong)
    assert show(list(range(12))) == str(list(range(12)))


SIDES = np.array([-2.0, -1.0, 0.0, 0.5, 1.0, 3.0])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (SIDES < 0, "wrong only where `r` is below 0"),
        (SIDES >= 0, "right only where `r` is below 0"),
        (SIDES == 0, "wrong only where `r` is 0"),
        (np.abs(SIDES) > 1, "wrong only where `r` is, in size, above `delta`"),
        (SIDES == 1, "wrong only where `r` is exactly `delta`"),
        (np.arange(6) == 0, "wrong only in the first value"),
        (np.arange(6) >= 2, "right only where `r` is below 0"),
        (np.arange(6) == 4, "wrong only where `r` is exactly `delta`"),
        (np.array([1, 0, 0, 1, 0, 0]), "2 of 6 values are wrong"),
    ],
)
def test_what_wrong_entries_have_in_common_is_seen(wrong: Any, said: str) -> None:
    right = np.array([1.25, 2.5, -3.0, 4.5, 5.25, -6.5])
    got = np.where(wrong, right**2, right)
    found = compare(got, right)
    assert found is not None
    assert said in describe(found, (SIDES, 1.0), ("r", "delta"))


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        (
            "two_layer_forward",
            "h = 1 / (1 + np.exp(-(X @ W1 - b1)))\n    return h @ W2 + b2",
            "if `b1` had the opposite sign",
        ),
        ("two_layer_forward", "h = 1 / (1 + np.exp(-(X @ W1)))\n    return h @ W2 + b2", "if `b1` were 0"),
        ("two_layer_forward", "h = 1 / (1 + np.exp(-(X @ W1 + b1)))\n    return h @ W2", "What is missing is `b2`"),
        ("sigmoid_bump", "return ((x > left) & (x < right)) * 1.0", "the same whatever `steepness` is"),
    ],
)
def test_what_a_wrong_answer_makes_of_its_arguments_is_seen(name: str, source: str, said: str) -> None:
    bare = dataclasses.replace(CATALOGUE[name], misconceptions=[])
    found = failure(bare, f"def {name}({', '.join(bare.parameters)}):\n    {source}")
    assert said in found.advice


def test_outputs_that_are_right_are_named() -> None:
    source = "def affine_backward(G, cache):\n    X, W = cache\n    return G @ W.T, X.T @ G, G.max(axis=0)"
    exercise = dataclasses.replace(CATALOGUE["affine_backward"], misconceptions=[])
    found = judge(
        exercise, exercise.compile("def affine_forward(X, W, b): return X @ W + b, (X, W)\n" + source)
    ).failure
    assert found is not None
    assert "Right in all calls: `dX`, `dW`." in found.advice


def test_further_outputs_that_are_wrong_are_named() -> None:
    source = "def affine_backward(G, cache):\n    X, W = cache\n    return G @ W.T, 3 * X.T @ G, G.max(axis=0)"
    exercise = dataclasses.replace(CATALOGUE["affine_backward"], misconceptions=[])
    found = judge(
        exercise, exercise.compile("def affine_forward(X, W, b): return X @ W + b, (X, W)\n" + source)
    ).failure
    assert found is not None
    assert "Every value is 3 times the right one. `db` is wrong, too. Right in all calls: `dX`." in found.advice


def test_tables_of_a_result_stand_below_each_other() -> None:
    assert show((np.eye(2), 1.0)) == "(np.array([[1., 0.],\n           [0., 1.]]),\n 1.0)"
