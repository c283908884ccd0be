"""What a card must not do: blame the wrong part, call a coincidence a formula, or switch off where an int stands."""

import dataclasses
import re
import textwrap
from typing import Any

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.answer import judge_anything
from autograde.judging.card import as_html, as_text
from autograde.judging.compare import compare, same
from autograde.judging.diagnosis.error_messages import meaning
from autograde.judging.diagnosis.repair.slips import SLIPS
from autograde.judging.diagnosis.symptoms import advice
from autograde.judging.exercise import Case, Exercise, Misconception, Unusable, compile_answer
from autograde.judging.judge import PUBLIC_SEED, judge
from autograde.judging.report import Failure, Report
from tests.support.cells import cell, told

LOGITS = CATALOGUE["bce_with_logits"].alternates[0]
RIGHT_BY_HAND = {
    "mlp_forward": """
def mlp_forward(X, Ws, bs):
    hs = [X]
    for l, (W, b) in enumerate(zip(Ws, bs)):
        Z = hs[-1] @ W + b
        if l < len(Ws) - 1:
            hs.append(np.maximum(Z, 0))
    return Z, hs
""",
    "classify_stationary": """
def classify_stationary(H, tol=1e-8):
    w = np.linalg.eigvalsh(H)
    if (w > tol).any() and (w < -tol).any():
        return "saddle"
    if (w > tol).all():
        return "minimum"
    if (w < -tol).all():
        return "maximum"
    return "degenerate"
""",
    "activation_grad": """
from scipy.special import ndtr
def activation_grad(name, z):
    z = np.asarray(z, dtype=float)
    if name == "gelu":
        return ndtr(z) + z * np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    slopes = {
        "identity": lambda: np.ones_like(z), "tanh": lambda: 1 - np.tanh(z) ** 2, "relu": lambda: (z > 0) * 1.0,
        "sigmoid": lambda: 0.25 * (1 - np.tanh(z / 2) ** 2), "leaky_relu": lambda: np.where(z > 0, 1, 0.01),
        "elu": lambda: np.exp(np.minimum(z, 0)),
    }
    if name not in slopes:
        raise ValueError(name)
    return slopes[name]()
""",
}


def made(name: str, source: str) -> tuple[Any, ...]:
    """What ``judge_anything`` wants beside the exercise, for an answer as a learner would give it."""
    space = cell(source)
    return space[name], PUBLIC_SEED, CATALOGUE, space.get


def looked_at(name: str, source: str) -> Failure:
    """What is told of an answer that the catalogue knows nothing of, with its slip."""
    found = told(CATALOGUE[name], source)[1]
    assert found is not None
    return found


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


def test_a_number_that_stays_when_it_is_rounded_does_not_tell_of_an_argument_that_is_not_used() -> None:
    """The diagonal for a table, both lengths measured: near 0.93 the cosine hardly moves with c, and it does move."""
    source = """
def correlation_step(psi, c, q):
    u = v = np.linspace(-6, 6, 2001)
    w = np.exp(-(u**2 + v**2) / 2)
    a, b = psi(np.sqrt(q) * u), psi(np.sqrt(q) * (c * u + np.sqrt(1 - c**2) * v))
    return (w * a * b).sum() / np.sqrt((w * a**2).sum() * (w * b**2).sum())
"""
    exercise = dataclasses.replace(CATALOGUE["correlation_step"], misconceptions=[])
    found = judge(exercise, exercise.compile(source)).failure
    assert found is not None
    assert "whatever `c` is" not in found.advice


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
    failure = judge(CATALOGUE["collapse_linear"], cell(source)["collapse_linear"]).failure
    assert failure is not None
    assert "np.array(Ws)" not in failure.advice
    assert "[a.copy() for a in Ws]" in failure.advice or "[a.copy() for a in bs]" in failure.advice


def test_an_argument_as_long_by_chance_is_not_named() -> None:
    source = CATALOGUE["two_layer_forward"].alternates[0]
    *_, last = source.strip().split("return ")
    source = source.replace(f"return {last}", f"return ({last})[:, :1]")
    advice = failed("two_layer_forward", source).advice
    assert "shape of `X`" not in advice
    assert "Axis 1 has the length 1 in other calls, too" in advice


def test_a_size_that_is_written_into_the_code_is_told() -> None:
    source = "def softmax_jacobian(p):\n    return np.array([[p[i] * ((i == j) - p[j]) for j in range(3)] for i in range(3)])"
    assert "Axis 0 has the length 3 in other calls, too" in failed("softmax_jacobian", source).advice
    one_fewer = "def softmax_jacobian(p):\n    return (np.diag(p) - np.outer(p, p))[1:, 1:]"
    assert "the length" not in failed("softmax_jacobian", one_fewer).advice


def test_an_inf_need_not_come_of_an_overflow() -> None:
    assert (
        "an `inf` in your own code"
        in failed("cheapest_order", "def cheapest_order(sizes):\n    return float('inf')").advice
    )


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
    failure = judge(CATALOGUE["dual_perceptron"], cell(source)["dual_perceptron"]).failure
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


@pytest.mark.parametrize("value", ["None", "[X].reverse()"])
def test_a_part_that_is_none_was_returned(value: str) -> None:
    source = CATALOGUE["affine_backward"].alternates[0].replace("return dX,", f"return {value},")
    found = judge_anything(CATALOGUE["affine_backward"], *made("affine_backward", source)).failure
    assert found is not None
    assert "None" in found.advice
    assert "returned nothing" not in found.advice
    assert "`return` missing" not in found.advice


def test_an_error_by_accident_is_no_refusal() -> None:
    source = CATALOGUE["activation_grad"].alternates[0].replace("raise ValueError", "if name[0] > '': raise ValueError")
    found = judge(CATALOGUE["activation_grad"], compile_answer(source, "activation_grad")).failure
    assert found is not None
    assert "by accident" in found.advice


def test_what_raises_by_accident_mends_no_refusal() -> None:
    """`assert z` raises the ValueError that is asked for, of an ambiguous truth value."""
    source = CATALOGUE["activation"].alternates[0]
    wrong = re.sub(r"raise ValueError\(.*\)", "assert False, 'unknown'", source)
    assert wrong != source
    assert "number" not in looked_at("activation", wrong).slip


@pytest.mark.parametrize(
    ("name", "old", "new", "kinds"),
    [
        ("mlp_forward", "l < len(Ws) - 1", "l < len(Ws) - 2", ["number", "boundary"]),
        ("classify_stationary", "(w > tol).all()", "w.all() > tol", ["brackets", "comparison"]),
        ("classify_stationary", "(w < -tol).all()", "np.all(w) < -tol", ["brackets", "comparison"]),
        ("activation_grad", "/ np.sqrt(2 * np.pi)", "/ np.sqrt(2) * np.pi", ["brackets"]),
    ],
)
def test_the_kind_of_a_slip_is_the_likeliest(name: str, old: str, new: str, kinds: list[str]) -> None:
    source = RIGHT_BY_HAND[name]
    assert old in source
    slip = looked_at(name, source.replace(old, new)).slip
    assert slip in [SLIPS[kind].told for kind in kinds]


def test_two_turns_that_undo_each_other_are_no_slips() -> None:
    source = """
def layer_norm(Z, gain, bias, eps=1e-5):
    c = Z - Z.mean(axis=1, keepdims=True)
    zh = c / np.sqrt((c ** 2).mean(axis=1, keepdims=True) + eps)
    return gain[:, None] * zh + bias[:, None], zh
"""
    assert "turned" not in looked_at("layer_norm", source).slip


def test_a_word_that_comes_out_right_by_a_factor_is_a_coincidence() -> None:
    source = RIGHT_BY_HAND["classify_stationary"].replace("> tol", ">= tol").replace("< -tol", "<= -tol")
    assert "factor" not in looked_at("classify_stationary", source).slip


def shown(name: str, old: str, new: str) -> Failure:
    source = CATALOGUE[name].alternates[0]
    assert old in source
    found = judge_anything(CATALOGUE[name], *made(name, source.replace(old, new))).failure
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("returned", "seen"),
    [
        ("losses, Ws, bs", "(losses, Ws, bs), not"),
        ("[*zip(Ws, bs)], losses", "(pairs, losses), not"),
        ("Ws, bs, {'loss': losses}", "a dict"),
    ],
)
def test_what_comes_back_is_told_as_it_is(returned: str, seen: str) -> None:
    found = shown("train", "return Ws, bs, losses", f"return {returned}")
    assert found.diagnosis == ""
    assert seen in found.advice


@pytest.mark.parametrize("deviation", ["1.7 / fan_in", "variance ** 0.75"])
def test_a_size_that_varies_is_not_called_fixed(deviation: str) -> None:
    assert "fixed" not in shown("init_weights", "0.0, np.sqrt(variance)", f"0.0, {deviation}").diagnosis


def test_what_is_asked_of_the_report_raises_nothing() -> None:
    found = shown("findings", '"mean twice"', '["mean twice"]')
    assert found.kind != "exception"
    assert "none of the eight words" in found.advice
