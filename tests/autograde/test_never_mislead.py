"""What a card must not do: blame the wrong part, call a coincidence a formula, or switch off where an int stands."""

import dataclasses
import linecache
import textwrap

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.card import as_html, as_text
from autograde.judging.compare import compare, same
from autograde.judging.diagnosis.error_messages import meaning
from autograde.judging.diagnosis.symptoms import advice
from autograde.judging.exercise import Case, Exercise, Misconception, Unusable, compile_answer
from autograde.judging.judge import judge
from autograde.judging.report import Failure, Report

LOGITS = CATALOGUE["bce_with_logits"].alternates[0]


@pytest.mark.parametrize("start", ["0", "0.0", "np.zeros(1)", "np.float32(0)"])
@pytest.mark.parametrize("weights", ["np.zeros(Phi.shape[1])", "np.zeros(Phi.shape[1], dtype=int)"])
def test_a_mistake_is_named_whatever_kind_of_zero_it_starts_from(start: str, weights: str) -> None:
    answer = f"""{LOGITS}
def fit_logistic(Phi, y, lr, steps):
    w, b, losses = {weights}, {start}, []
    for _ in range(steps):
        loss, dz = bce_with_logits(Phi @ w + b, y)
        losses.append(loss)
        w = w + lr * Phi.T @ dz
        b = b + lr * dz.sum()
    return w, b, losses
"""
    found = judge(CATALOGUE["fit_logistic"], compile_answer(answer, "fit_logistic")).failure
    assert found is not None
    assert found.diagnosis == "uphill instead of downhill"


def test_values_are_alike_as_the_verdict_sees_them() -> None:
    assert same(1, 1.0, kinds=False)
    assert same(np.array([2.0]), 2, kinds=False)
    assert same([True, False], [1, 0], kinds=False)
    assert not same(np.ones(2), 1.0, kinds=False)
    assert not same("1", 1, kinds=False)
    assert not same(1, 1.0)
    assert not same(np.array([2.0]), 2.0)


def said(*pairs: tuple[object, object]) -> str:
    differences = [compare(np.asarray(got), np.asarray(right)) for got, right in pairs]
    first, *others = [d for d in differences if d is not None]
    return advice(first, (), (), (), [(other, ()) for other in others])


RIGHT = np.array([1.5, -2.25, 3.0])


def test_a_relation_that_does_not_hold_in_other_calls_is_a_coincidence() -> None:
    assert "twice" in said((2 * RIGHT, RIGHT), (2 * RIGHT[::-1], RIGHT[::-1]))
    assert "twice" not in said((2 * RIGHT, RIGHT), (3 * RIGHT, RIGHT))
    assert "1 too large" in said((RIGHT + 1, RIGHT), (RIGHT[:2] + 2, RIGHT[:2])).replace("2 too", "1 too")
    assert "too large" not in said((RIGHT + 1, RIGHT), (RIGHT * 7, RIGHT))


@pytest.mark.parametrize(("got", "right"), [([4, 0], [1, 0]), ([3, 3], [1, 1]), (6.0, 2.0), (-1.0, 1.0), (5, 4)])
def test_one_value_makes_no_formula(got: object, right: object) -> None:
    told = said((np.array(got, dtype=float), np.array(right, dtype=float)))
    assert not any(word in told for word in ("times", "twice", "sign", "too large"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("line 3: H = max(H @ W + b, 0)", "np.maximum"),
        ("line 3: if z > 0 and z < 1:", "`and`"),
        ("line 3: return 1 if z > 0 else 0", "np.where"),
        ("line 3: while ~done:", "`.all()`"),
        ("", "np.maximum"),
    ],
)
def test_the_advice_on_many_answers_looks_at_the_line(line: str, told: str) -> None:
    error = ValueError("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
    found = meaning(error, str(error), line)
    assert told in found
    assert "max(" not in line or "`if`" not in found


def test_a_missing_axis_is_no_index_behind_the_end() -> None:
    error = IndexError("tuple index out of range")
    assert "fewer axes" in meaning(error, str(error), "line 4: for j in range(x.shape[1]):")
    assert "behind the end" in meaning(error, str(error), "line 4: parts[2]")


def test_what_can_not_be_used_was_not_raised() -> None:
    def pair(fn: object, x: float) -> float:
        value = fn(x)  # type: ignore[operator]
        if not isinstance(value, tuple):
            raise Unusable("a pair should come back, got a float")
        return float(value[0])

    exercise = Exercise(lambda x: (x, x), [Case("numbers", [lambda rng: (float(rng.normal()),)])], "twin", probe=pair)
    report = judge(exercise, lambda x: x)
    assert as_text(report).startswith("twin: Not right yet")
    assert "Got" not in as_text(report)
    assert as_text(report).count("can't be used: a pair should come back") == 1


@pytest.mark.parametrize("value", ["ValueError('no')", "ValueError"])
def test_an_exception_that_is_returned_is_not_none(value: str) -> None:
    source = f"def relu_spline(t, v):\n    return {value}"
    found = judge(CATALOGUE["relu_spline"], compile_answer(source, "relu_spline")).failure
    assert found is not None
    assert "write `raise`" in found.advice
    assert "None" not in found.diagnosis


def test_stress_is_shown_and_products_are_not_stressed() -> None:
    report = Report("f", {"a": "failed"}, 0.0, Failure("value", "a", advice="The *mean* of 2 * a * b and `a * b * c`."))
    assert "<em>mean</em> of 2 * a * b and <code>a * b * c</code>" in as_html(report)
    assert "The mean of 2 * a * b and `a * b * c`." in as_text(report)


def test_a_change_in_place_is_told_in_the_same_words_everywhere() -> None:
    """Whatever the catalogue says of the exercise's own slip."""
    for name in ("softmax_xent", "wasserstein_1d"):
        exercise = CATALOGUE[name]
        mistake = next(m for m in exercise.misconceptions if "in place" in m.name or "caller's" in m.name)
        found = judge(exercise, exercise.compile(mistake.wrong)).failure
        assert found is not None
        assert found.advice.startswith("Your function changes its input `")
        assert found.advice.endswith("What it returns is right.")


def test_the_answer_none_is_none_and_no_text_about_it() -> None:
    exercise = CATALOGUE["worst_gradient"]
    source = "def worst_gradient(f, params, grads, eps=1e-5, tol=1e-5): return {}"
    texts = [repr(judge(exercise, exercise.compile(source.format("None"))).failure)]
    quoted = [piece for text in texts for piece in text.split("'") if piece.startswith("None:")]
    assert judge(exercise, exercise.compile(source.format("'None: no error is above tol'"))).share == 0
    assert quoted == []


def test_a_mistake_that_agrees_but_for_the_kind_of_numbers_is_none() -> None:
    """Floats where integers are asked for are not the truth values that somebody else returns."""
    exercise = Exercise(
        lambda x: (np.asarray(x) > 0).astype(int),
        [Case("numbers", [lambda rng: (rng.normal(size=5),)])],
        "steps",
        integers=True,
        misconceptions=[Misconception("truth values", "def steps(x): return np.asarray(x) > 0", "Make them integers.")],
    )
    floats = judge(exercise, compile_answer("def steps(x): return (x > 0) * 1.0", "steps")).failure
    assert floats is not None
    assert floats.diagnosis == ""


def test_a_truth_value_that_stays_does_not_tell_of_an_argument_that_is_not_used() -> None:
    source = """
    def certifies_nonseparable(X, y, lam):
        A = np.column_stack([X, np.ones(len(X))])
        return bool(lam.min() >= 0 and lam.sum() > 0 and np.allclose(lam @ A, 0))
    """
    exercise = dataclasses.replace(CATALOGUE["certifies_nonseparable"], misconceptions=[])
    found = judge(exercise, exercise.compile(textwrap.dedent(source))).failure
    assert found is not None
    assert "whatever `lam` is" not in found.advice


def test_nothing_is_said_of_a_change_that_was_not_made() -> None:
    """dgain and dbias made of G * gain: the same numbers come where `dU = G` makes no copy, and G is changed."""
    source = CATALOGUE["layer_norm_backward"].alternates[0]
    source = source.replace("(G * U).sum(axis=0)", "(dU * U).sum(axis=0)").replace("G.sum(axis=0)", "dU.sum(axis=0)")
    known = [m for m in CATALOGUE["layer_norm_backward"].misconceptions if "have the gain in them" not in m.name]
    exercise = dataclasses.replace(CATALOGUE["layer_norm_backward"], misconceptions=known)
    found = judge(exercise, exercise.compile(source)).failure
    assert found is not None
    assert "is changed" not in found.diagnosis


def failed(name: str, source: str) -> Failure:
    failure = judge(CATALOGUE[name], compile_answer(source, name)).failure
    assert failure is not None
    return failure


def test_none_in_a_tuple_is_no_return_that_is_missing() -> None:
    advice = failed("bce_with_logits", LOGITS.replace("return loss, dz", "return loss, None")).advice
    assert "None stands in its place" in advice
    assert "returned nothing" not in advice


def test_results_joined_in_one_array_have_lost_no_axis() -> None:
    body = "e = eta * (y - (w @ x + b > 0))\n    return np.append(w + e * x, b + e)"
    source = f"def perceptron_step(x, y, w, b, eta=1.0):\n    {body}"
    advice = failed("perceptron_step", source).advice
    assert "one array" in advice
    assert "squeeze" not in advice


def test_a_list_of_arrays_is_copied_as_a_list() -> None:
    source = """
def collapse_linear(Ws, bs):
    for i in range(1, len(Ws)):
        bs[i] = bs[i - 1] @ Ws[i] + bs[i]
        Ws[i] = Ws[i - 1] @ Ws[i]
    return Ws[-1], bs[-1]
"""
    exercise = CATALOGUE["collapse_linear"]
    filename = "<a list of arrays>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    failure = judge(exercise, compile_answer(source, "collapse_linear", filename=filename)).failure
    assert failure is not None
    assert "np.array(Ws)" not in failure.advice
    assert "[a.copy() for a in Ws]" in failure.advice or "[a.copy() for a in bs]" in failure.advice


def test_an_argument_as_long_by_chance_is_not_named() -> None:
    source = CATALOGUE["two_layer_forward"].alternates[0]
    *_, last = source.strip().split("return ")
    source = source.replace(f"return {last}", f"return ({last})[:, :1]")
    assert "shape of `X`" not in failed("two_layer_forward", source).advice


def test_an_argument_that_is_used_is_not_said_to_be_left_out() -> None:
    source = """
def dual_perceptron(K, y, max_epochs=100):
    alpha, s = np.zeros(len(y), dtype=int), 2 * y - 1
    mistakes = [0]
    for i in range(len(y)):
        if s[i] * (alpha * s @ (K[i] + 1)) < 0:
            alpha[i] += 1
    return alpha, mistakes
"""
    exercise = CATALOGUE["dual_perceptron"]
    filename = "<a kernel>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    failure = judge(exercise, compile_answer(source, "dual_perceptron", filename=filename)).failure
    assert failure is not None
    assert "where should it come in" not in failure.advice


@pytest.mark.parametrize("made", ["np.array", "list"])
def test_entries_that_are_none_are_told(made: str) -> None:
    source = f"def perceptron_predict(X, w, b):\n    return {made}([1 if r @ w + b > 0 else None for r in X])"
    assert "None" in failed("perceptron_predict", source).advice


def test_a_method_that_returns_none_is_not_said_to_be_unwritten() -> None:
    source = CATALOGUE["Value"].alternates[0]
    head, _, rest = source.partition("    def __rsub__(self, other):\n")
    source = f"{head}    def __rsub__(self, other):\n        pass\n\n    def {rest.partition('    def ')[2]}"
    advice = failed("Value", source).advice
    assert "not written yet" not in advice
    assert "None" in advice


def test_one_answer_for_all_rows_is_told() -> None:
    source = "def perceptron_predict(X, w, b):\n    return np.full(len(X), int((X @ w + b).sum() > 0))"
    assert "all values of your result are the same" in failed("perceptron_predict", source).advice
