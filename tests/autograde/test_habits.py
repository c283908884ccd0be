"""What an answer's text tells where its numbers don't: chance, containers kept from call to call, ways out."""

import ast
import dataclasses
from typing import Any

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.compare import Difference
from autograde.judging.diagnosis.repair.edits import edits
from autograde.judging.diagnosis.repair.search import looked_into
from autograde.judging.diagnosis.syntax import habits
from autograde.judging.diagnosis.syntax.definition import definition_of
from autograde.judging.diagnosis.syntax.memory import outliving
from autograde.judging.exercise import Case, Exercise
from autograde.judging.judge import judge
from autograde.judging.report import Failure
from autograde.sandbox.signatures import exception, signature
from tests.support.cells import cell


def found(exercise: Exercise, source: str) -> Failure:
    """What is told of an answer whose text is at hand, as it is in a notebook."""
    failure = looked_into(exercise, judge(exercise, cell(source)[exercise.name]), 5.0)
    assert failure is not None
    return failure


def exercise(reference: Any, name: str, make: Any = lambda rng: (rng.normal(size=5),)) -> Exercise:
    return Exercise(reference, [Case("numbers", [make], times=4)], name)


@pytest.mark.parametrize("line", ["np.random.default_rng(0).permutation(x)", "x + np.random.rand(len(x))"])
def test_chance_is_named_where_nothing_is_left_to_it(line: str) -> None:
    doubled = exercise(lambda x: 2.0 * x, "doubled")
    assert "random numbers" in found(doubled, f"def doubled(x):\n    return 2 * ({line})").advice
    assert "random numbers" not in found(doubled, "def doubled(x):\n    return 3 * x + 1").advice


def test_chance_is_not_named_where_it_is_asked_for() -> None:
    shaken = exercise(lambda x, rng: x, "shaken", lambda rng: (rng.normal(size=5), np.random.default_rng(3)))
    assert "random numbers" not in found(shaken, "def shaken(x, rng):\n    return rng.permutation(x)").advice


@pytest.mark.parametrize("default", ["[]", "{}", "dict()", "set()", "np.zeros(9)"])
def test_a_default_that_is_filled_is_named(default: str) -> None:
    put = {"[]": "seen.append(x[0])", "set()": "seen.add(x[0])", "np.zeros(9)": "seen += 1"}.get(
        default, "seen[x[0]] = 1"
    )
    held = "seen[0]" if "zeros" in default else "len(seen)"
    source = f"def counted(x, seen=%s):\n    %s\n    return {held} * x"
    counted = exercise(lambda x: x, "counted")
    assert "`seen` is made once" in found(counted, source % (default, put)).advice
    assert "made once" not in found(counted, source % (default, "seen = [3, 3, 3]")).advice


def test_none_in_some_calls_is_a_way_out_without_return() -> None:
    larger = exercise(lambda x: float(x), "larger", lambda rng: (float(rng.normal()),))
    assert "In other calls" in found(larger, "def larger(x):\n    if x > 0:\n        return x").advice
    assert "end it with a `return`" in found(larger, "def larger(x):\n    y = x").advice


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("def f(x):\n    for v in x:\n        y = v\n        return y", 4),
        ("def f(x):\n    for v in x:\n        m = 0\n        m += v\n    return m", 3),
        ("def f(x):\n    m = 0\n    for v in x:\n        m += v\n    return m", 2),
    ],
)
def test_an_indentation_is_about_the_line_that_moves(source: str, line: int) -> None:
    assert line in {edit.line for edit in edits(ast.parse(source)) if edit.kind == "indent"}
    header = source.splitlines().index("    for v in x:") + 1
    assert header not in {edit.line for edit in edits(ast.parse(source)) if edit.kind == "indent"}


def test_the_order_of_an_index_is_no_sign() -> None:
    turned = exercise(lambda x: 2.0 * x, "turned")
    failure = found(turned, "def turned(x):\n    return 2 * x[::-1] + 0")
    assert "sign" not in failure.question + failure.slip
    assert "Line 2" in failure.question


def test_integers_are_asked_for_by_a_dtype() -> None:
    source = "def halved(x):\n    y = np.zeros(len(x), dtype=int)\n    y[:] = x / 2\n    return y"
    failure = found(exercise(lambda x: x / 2, "halved"), source)
    assert failure.question.startswith("Line 2")
    assert "integers" in failure.slip


def test_an_axis_that_is_kept_is_told_as_such() -> None:
    source = "def centred(x):\n    return x - x.mean(axis=1)"
    table = exercise(lambda x: x - x.mean(axis=1, keepdims=True), "centred", lambda rng: (rng.normal(size=(3, 3)),))
    assert "keepdims" in found(table, source).slip


def test_what_a_squeeze_takes_away_is_told() -> None:
    failure = found(
        exercise(lambda x: x[:, None] + 0.5, "column"), "def column(x):\n    return np.squeeze(x[:, None] + 0.5)"
    )
    assert "axes of length 1 have gone" in failure.advice
    assert "Brackets" not in failure.slip


def test_a_table_for_a_number_has_no_sum_that_is_missing() -> None:
    source = "def corner(x):\n    return np.outer(x, x)"
    assert "One number is wanted" in found(exercise(lambda x: float(x[0]), "corner"), source).advice


def test_what_refuses_other_arguments_is_not_to_blame_for_a_missing_refusal() -> None:
    """`.all()` of no gaps is true, so a helper would refuse what the answer should have refused."""
    helper = "def gaps(t):\n    if (np.diff(t) <= 0).any():\n        raise ValueError\n    return np.diff(t)\n"

    def reference(n: int) -> float:
        if n < 1:
            raise ValueError
        return 1 / n

    made = Exercise(reference, [Case("numbers", [lambda rng: (3,)]), Case("none", [lambda rng: (0,)])], "width")
    failure = found(made, helper + "def width(n):\n    return float(gaps(np.linspace(0, 1, n + 1)).sum() / max(n, 1))")
    assert failure.question == ""
    assert "must say so" in failure.advice


@pytest.mark.slow
def test_counts_that_stay_do_not_tell_of_an_argument_that_is_not_used() -> None:
    source = """
def dual_perceptron(K, y, max_epochs=100):
    s, mistakes = 2 * y - 1, []
    for _ in range(max_epochs):
        alpha, m = np.zeros(len(y)), 0
        for i in range(len(y)):
            if ((K[i] + 1) @ (alpha * s) > 0) != y[i]:
                alpha[i] += 1
                m += 1
        mistakes.append(m)
        if m == 0:
            break
    return alpha, mistakes
"""
    problem = CATALOGUE["dual_perceptron"]
    bare = Exercise(problem.reference, problem.cases, problem.name, outputs=problem.outputs)
    assert "whatever `K` is" not in found(bare, source).advice


def test_a_question_ends_with_one_mark() -> None:
    ends = exercise(lambda x, n: float(x * n), "ends", lambda rng: (float(rng.normal()), int(rng.integers(2, 9))))
    assert "everywhere?" in (told := found(ends, "def ends(x, n):\n    return x").advice)
    assert "?." not in told


@pytest.mark.parametrize(("line", "told"), [
    ("x *= 0.5", "makes a new one"), ("x = x.max(initial=np.inf)", "met an array of integers"),
])  # fmt: skip
def test_whole_numbers_in_an_argument_are_not_the_callers_fault(line: str, told: str) -> None:
    made = exercise(lambda x: x * 0.5, "halved", lambda rng: (rng.integers(1, 9, 5),))
    assert told in found(made, f"def halved(x):\n    {line}\n    return x").advice


def test_rounding_where_the_answer_is_zero_hides_no_mistake() -> None:
    """The catalogue's wrong answer is off by 1e-16 where the learner's, and the right one, give exactly 0."""
    source = """
def least_error(x, v, m):
    n = len(x)
    best = np.where(np.arange(n) == 0, 0.0, np.inf)
    for _ in range(m):
        new = best.copy()
        for j in range(1, n):
            for i in range(j):
                miss = np.abs(np.linspace(v[i], v[j], j - i + 1) - v[i : j + 1]).max()
                new[j] = min(new[j], max(best[i], miss))
        best = new
    return float(best[-1])
"""
    assert found(CATALOGUE["least_error"], source).diagnosis == "samples are taken for equally spaced"


@pytest.mark.slow
def test_an_operation_that_gives_a_plain_number_is_told_as_such() -> None:
    whole = "return Dual(self.data + other.data, self.slope + other.slope)"
    source = CATALOGUE["Dual"].alternates[0].replace(whole, "return self.data + other.data")
    bare = dataclasses.replace(CATALOGUE["Dual"], misconceptions=[])
    assert "an operation gave a plain number" in found(bare, source).advice


def test_another_default_is_told_and_never_searched_for() -> None:
    made = Exercise(lambda x, k=3: x * k, [Case("numbers", [lambda rng: (rng.normal(size=4),)])], "times")

    def reference(x: np.ndarray, k: int = 3) -> np.ndarray:
        return x * k

    made = dataclasses.replace(made, reference=reference)
    failure = found(made, "def times(x, k=4):\n    return x * k")
    assert "`k` has the default value 4" in failure.advice
    assert "Line 1" not in failure.question
    assert "Line 1" not in found(made, "def times(x, k=3):\n    return x * 2 * k").question


def test_a_global_that_is_set_is_told() -> None:
    doubled = exercise(lambda x: 2.0 * x, "doubled")
    source = (
        "kept = None\ndef doubled(x):\n    global kept\n    if kept is None:\n        kept = x\n    return 2 * kept"
    )
    assert "`kept` lives outside" in found(doubled, source).advice


@pytest.mark.parametrize(
    "source",
    [
        "def doubled(x, cache={}):\n    cache['last'] = x\n    return 3 * x",
        "def doubled(x, *, log=[]):\n    log.append(len(x))\n    return 3 * x",
        "calls = 0\ndef doubled(x):\n    global calls\n    calls += 1\n    return 3 * x",
        "kept = {}\ndef doubled(x):\n    kept[len(x)] = x\n    return 3 * x",
    ],
)
def test_what_is_kept_without_effect_is_not_blamed(source: str) -> None:
    told = found(exercise(lambda x: 2.0 * x, "doubled"), source)
    assert "call to call" not in told.advice
    assert "made once" not in told.advice
    assert "Line" in told.question


@pytest.mark.parametrize("first", ["{}", "dict()"])
def test_a_container_outside_that_is_filled_is_told(first: str) -> None:
    source = f"""
memo = {first}
def doubled(x):
    if 0 not in memo:
        memo[0] = 2.0 * x
    return memo[0]
"""
    assert "`memo` lives outside" in found(exercise(lambda x: 2.0 * x, "doubled"), source).advice


@pytest.mark.slow
def test_partners_in_a_set_are_told_from_what_is_kept() -> None:
    source = CATALOGUE["Value"].alternates[0]
    for parents in ("self.parents = parents", "self.parents, self.local = parents, local"):
        source = source.replace(parents, parents.replace("= parents", "= set(parents)"))
    assert "set(parents)" in source
    advice = found(CATALOGUE["Value"], source).advice
    assert "call to call" not in advice


def test_a_no_by_an_error_is_told_as_such() -> None:
    positive = exercise(lambda x: bool(x > 0), "positive", lambda rng: (float(rng.normal()),))
    failure = found(positive, "def positive(x):\n    if x <= 0:\n        raise ValueError\n    return True")
    assert "`return False`" in failure.advice
    assert failure.question == ""


@pytest.mark.parametrize("line", ["np.round(1 / (2 + x), 2)", "(1 / (2 + x)).round(2)"])
def test_what_rounds_is_a_function_too_many(line: str) -> None:
    made = exercise(lambda x: 1 / (2 + x), "halves", lambda rng: (rng.random(6),))
    assert "applied here that should not be" in found(made, f"def halves(x):\n    return {line}").slip


def test_a_warning_is_explained() -> None:
    source = """
def sigmoid(z):
    e = np.exp(np.abs(np.asarray(z, dtype=float)))
    return np.where(np.asarray(z) >= 0, e / (1 + e), 1 / (1 + e))
"""
    assert "an `exp` of more than 709" in found(CATALOGUE["sigmoid"], source).advice


def test_integers_are_told_before_a_name_that_helps_by_chance() -> None:
    def make(rng: np.random.Generator) -> tuple[Any, ...]:
        return rng.normal(size=4), rng.integers(1, 9, 4)

    source = "def shares(p, g):\n    out = np.zeros_like(g)\n    out[:] = p * g\n    return out"
    assert "integers" in found(exercise(lambda p, g: p * g, "shares", make), source).slip


@pytest.mark.parametrize("name", CATALOGUE)
def test_nothing_is_said_of_the_habits_of_right_answers(name: str) -> None:
    exercise = CATALOGUE[name]
    for source in exercise.alternates:
        answer = cell(source)[name]
        assert habits.about_parameters(exercise, answer) == ""
        tree = definition_of(answer)
        assert tree is None or outliving(tree, answer) == ("", set())
        assert habits.about_chance(exercise, Difference("value", ""), answer) == ""


def test_what_is_left_over_where_both_are_right_hides_no_mistake() -> None:
    """1 - sigmoid(500) is 0 in the catalogue's wrong answer, and 7e-218 in the learner's."""
    source = """
def bce_with_logits(z, y):
    z = np.clip(z, -500, 500)
    p = 1 / (1 + np.exp(-z))
    return np.mean(np.log(1 + np.exp(z)) - y * z), (p - y) / len(z)
"""
    assert found(CATALOGUE["bce_with_logits"], source).diagnosis == "the logits are clipped"


@pytest.mark.parametrize(("default", "another"), [("1.0", False), ("1", False), ("2.0", True), ("'one'", True)])
def test_a_default_of_which_only_the_text_is_known_is_compared(default: str, another: bool) -> None:
    """In the grader the answer lives in another process."""

    def scaled(x: Any, eta: float = 1.0) -> Any:
        return eta * x

    def answer(*args: Any) -> None:
        pass

    answer.__signature__ = signature([("x", 1, None), ("eta", 1, default)])  # type: ignore[attr-defined]
    told = habits.about_parameters(exercise(scaled, "scaled"), answer)
    assert bool(told) == another


def test_an_exception_of_the_learners_own_is_the_same_again() -> None:
    """Its class is made anew for each call, as in the grader, where the answer lives in another process."""
    doubled = exercise(lambda x: 2.0 * x, "doubled")

    def answer(x: Any) -> None:
        raise exception("ValueError", "LinAlgError", "Singular matrix", "doubled", "raise LinAlgError", False)

    failure = judge(doubled, answer).failure
    assert failure is not None
    assert "Made once more" not in failure.advice + failure.diagnosis


@pytest.mark.parametrize("test", ['kind == "up" or "down"', '"down" or kind == "up"', 'kind == "up" or 1'])
def test_a_condition_that_always_holds_is_told(test: str) -> None:
    signed = exercise(lambda x, kind: x if kind == "up" else -x, "signed", lambda rng: (rng.normal(size=5), "left"))
    source = f"def signed(x, kind):\n    if {test}:\n        return x\n    return -x"
    assert f"The condition `{test.replace(chr(34), chr(39))}` always holds" in found(signed, source).advice


def test_a_default_value_by_or_is_no_condition() -> None:
    signed = exercise(lambda x, kind: x if kind == "up" else -x, "signed", lambda rng: (rng.normal(size=5), "left"))
    assert "always holds" not in found(signed, "def signed(x, kind):\n    kind = kind or 'up'\n    return x").advice
