"""Landmarks, two arguments at once, calls of one form, and what they must not say."""

import gc
import weakref
from typing import Any, ClassVar

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.diagnosis.experiments import lab
from autograde.judging.diagnosis.repair import search
from autograde.judging.exercise import Case, Exercise, Formula, compile_answer
from autograde.judging.judge import judge
from tests.autograde.tried_answers import Maker, entries, rows, said, table, told, two
from tests.support.cells import cell


def weighted(rng: np.random.Generator) -> tuple[Any, ...]:
    return rng.normal(size=(int(rng.integers(3, 6)), 3)), rng.normal(size=3), float(rng.normal())


def three(rng: np.random.Generator) -> tuple[Any, ...]:
    return rng.normal(size=4), rng.normal(size=4), rng.normal(size=4)


def counted(rng: np.random.Generator) -> tuple[Any, ...]:
    return rng.normal(size=4), float(rng.uniform(2, 900))


def functions(rng: np.random.Generator) -> tuple[Any, ...]:
    a, b = (float(v) for v in rng.choice([0.25, 0.75, 1.25, 1.5], 2, replace=False))
    return Formula(f"np.tanh({a} * x)"), Formula(f"{b} * x**2")


def curve(rng: np.random.Generator) -> tuple[Any, ...]:
    return (Formula(f"np.tanh({float(rng.uniform(0.3, 2)):.4f} * x) + {float(rng.uniform(0.1, 1)):.4f}"),)


def mixed(rng: np.random.Generator) -> tuple[Any, ...]:
    return rng.normal(size=4), rng.normal(size=4), float(rng.uniform(0.1, 0.9))


def worded(rng: np.random.Generator) -> tuple[Any, ...]:
    return rng.normal(size=(int(rng.integers(2, 5)), 3)), str(rng.choice(["sum", "mean"]))


def in_words(rng: np.random.Generator) -> tuple[Any, ...]:
    return rng.normal(size=3), str(rng.choice(["cos", "sin", "tanh"]))


def _distance(X: Any, w: Any, b: float) -> Any:
    return float(np.abs(X @ w + b).max() / np.sqrt(w @ w + b * b))


def _log_of_sum(a: Any, b: Any, c: Any) -> Any:
    return float(np.log(np.exp(a * np.tanh(b)).mean()) + (a * c) @ b)


def _pieces(x: Any, n: float) -> Any:
    return int(np.ceil(n + np.abs(x).sum()))


def _gap(f: Any, g: Any) -> Any:
    x = np.linspace(0, 1, 9)
    return float(np.abs(f(x) - g(x)).max())


def _mean_square(psi: Any) -> Any:
    x = np.linspace(-1, 1, 101)
    return float((psi(x) ** 2).mean())


def _mixed(x: Any, y: Any, a: float) -> Any:
    return x * np.exp(a) + a * (1 + y + 0.3 * y[::-1] ** 2)


def _root_of_mean(X: Any) -> Any:
    return float(np.sqrt((X**2).mean()))


def _spread(X: Any) -> Any:
    return float(X.std(axis=0).sum())


def _largest(a: Any, b: Any) -> Any:
    return float(np.max(a) + np.tanh(b).sum())


def _by_word(X: Any, how: str) -> Any:
    return np.tanh(X.sum() if how == "sum" else X.mean()) + X[0] * np.arange(1, 4)


def _of_word(x: Any, name: str) -> Any:
    return 3 * getattr(np, name)(x + 1) + x**2 * np.exp(x)


def _is_near(a: Any, b: Any) -> Any:
    return bool(a @ b > 0)


def _log_loss(a: Any, b: Any) -> Any:
    return float(np.tanh(a).sum() + b.sum())


def _steepest(a: Any, b: Any) -> Any:
    return float(np.exp(a).mean() + b.mean())


SEEN = {
    "two arguments twice as large": (
        "return float(np.abs(X @ w + b).max() / (w @ w + b * b))",
        _distance,
        weighted,
        "Make `w` and `b` twice as large: the right result stays the same; yours goes from",
    ),
    "two functions exchanged": (
        "x = np.linspace(0, 1, 9)\n    return float(np.abs(f(g(x)) - g(x)).max())",
        _gap,
        functions,
        "Exchange `f` and `g`: the right result stays the same; yours goes from",
    ),
    "a function that is 1 everywhere": (
        "x = np.linspace(-1, 1, 101)\n    return float((psi(x) ** 2).mean() + 0.3 * abs(psi(x)).max() ** 2)",
        _mean_square,
        curve,
        "a function that is 1 everywhere in the place of `psi` the right result is 1, in each call; yours is 1.3",
    ),
    "zeros": (
        "return float(np.log(np.exp(np.tanh(a * b)).mean() + 0.1 * np.exp(c).sum()) + (a * c) @ b)",
        _log_of_sum,
        three,
        "With zeros in `a` the right result is 0, in each call; yours is",
    ),
    "an answer that is 0 for equal numbers": (
        "return float(np.sqrt(X.var(axis=0).sum() / 3))",
        _root_of_mean,
        rows,
        "With one and the same number everywhere in `X` your result is 0; the right one is not.",
    ),
    "too large by one": (
        "return int(np.ceil(n + np.abs(x).sum())) + 1",
        _pieces,
        counted,
        "your result is too large by 1, here and in the others: where does your code begin",
    ),
    "an argument of a truth value": (
        "return bool(a.sum() > 0)",
        _is_near,
        two,
        "With another `b` the right answer is another one in some calls, and yours never changes",
    ),
}


def _positive_part(X: Any) -> float:
    return float(np.maximum(X, 0).sum())


@pytest.mark.parametrize(
    ("module", "kind", "begin", "asks", "answer"),
    [
        (lab, lab.Lab, "__post_init__", "numbers_of", "return _p(X) if X[0, 0] > 0 else _p(X) ** 0.9 + X[1, 1]"),
        (search, search.Search, "__init__", "questions", "return float(np.maximum(X, 0).mean())"),
    ],
)
def test_nothing_is_kept_of_an_answer_that_was_looked_into(
    monkeypatch: pytest.MonkeyPatch, module: Any, kind: type, begin: str, asks: str, answer: str
) -> None:
    """In a learner's kernel, and in a process that looks into hundreds of answers, it would add up."""
    made, asked = list[weakref.ref[Any]](), list[Any]()
    whole, other = getattr(kind, begin), getattr(module, asks)

    def noted(self: Any, *args: Any) -> None:
        made.append(weakref.ref(self))
        whole(self, *args)

    monkeypatch.setattr(kind, begin, noted)
    monkeypatch.setattr(module, asks, lambda *args: asked.append(args) or other(*args))
    exercise = Exercise(_positive_part, [Case("numbers", [rows], times=4)], "answer")
    source = f"def _p(X):\n    return float(np.maximum(X, 0).sum())\ndef answer(X):\n    {answer}"
    search.looked_into(exercise, judge(exercise, cell(source)["answer"]))
    assert made and asked
    gc.collect()
    assert [one() for one in made if one() is not None] == []


@pytest.mark.parametrize("case", SEEN)
def test_what_else_stands_out_is_told(case: str) -> None:
    answer, reference, maker, wanted = SEEN[case]
    assert wanted in said(answer, reference, maker, maker)


UNSEEN: dict[str, tuple[str, Any, Maker, str]] = {
    "a result that does follow": ("return _d(X, w, b) + 0.3", _distance, weighted, "twice as large: the right"),
    "an exchange that does matter": ("return float(np.max(a) + np.tanh(b).sum()) * 1.1 + 1", _largest, two, "Exchange"),
    "an exchange that the answer follows, too": (
        "x = np.linspace(0, 1, 9)\n    return float(np.abs(f(x) - g(x)).sum()) + 0.123",
        _gap,
        functions,
        "Exchange",
    ),
    "a function that is 1, rightly": (
        "x = np.linspace(-1, 1, 101)\n    return float((psi(x) ** 4).mean())",
        _mean_square,
        curve,
        "1 everywhere in the place",
    ),
    "an answer that is 0 where the right one is": ("return float(3 * X.std())", _spread, rows, "is 0"),
    "zeros that make both alike": (
        "return float(np.log(np.exp(a * np.tanh(b)).mean()) + (a * c) @ b * 2)",
        _log_of_sum,
        three,
        "in each call",
    ),
    "gaps of several sizes": ("return int(np.ceil(1.01 * n + np.abs(x).sum())) + 1", _pieces, counted, "too large by"),
    "a truth value that sees both": ("return bool(a @ b > 2 * b[0] + a[1])", _is_near, two, "With another"),
}


@pytest.mark.parametrize("case", UNSEEN)
def test_what_does_not_stand_out_is_not_told(case: str) -> None:
    answer, reference, maker, unwanted = UNSEEN[case]
    answer = answer.replace("_d(X, w, b)", "float(np.abs(X @ w + b).max() / np.sqrt(w @ w + b * b))")
    assert unwanted not in said(answer, reference, maker, maker)


def test_what_is_stuck_at_a_limit_is_not_said_to_leave_out_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loss whose logs are cut off sees none of the negative entries where logits are large, and none of the others."""
    monkeypatch.setattr(lab, "_SECONDS", 5.0)  # so that time hides nothing
    name, loss = "two_layer_grads", "loss = (np.log(E.sum(axis=1)) - T[np.arange(n), y]).mean()"
    clipped = "loss = -np.log((E / E.sum(axis=1, keepdims=True))[np.arange(n), y] + 1e-12).mean()"
    assert "makes no difference" not in told(name, (loss, clipped))
    apart = said("return float(np.exp(a).mean() + b[1:].mean())", _steepest, two, two)
    assert "hat stands in the first entry of `b` makes no difference" in apart


def test_where_another_argument_is_hidden_it_is_told_with_it() -> None:
    found = said("return x * np.exp(a) + a * np.tanh(y)", _mixed, mixed, mixed)
    assert (
        "With `a` = 0, where `y` makes no difference either, your result is right: where do `a` and `y` meet?" in found
    )
    assert "makes no difference either" not in said("return x * np.exp(a) + a * y + a", _mixed, mixed, mixed)


def test_a_count_of_one_that_hides_an_end_is_told_without_it() -> None:
    found = told("sup_error", ("np.max(np.abs(f(x) - g(x)))", "np.sqrt(((f(x) - g(x)) ** 2).sum())"))
    assert "With `n` = 1 your result is right" in found
    assert "either" not in found


def test_calls_with_another_word_do_not_hide_what_holds_for_one() -> None:
    answer = "return np.tanh(X.sum() * len(X) ** 0.5 if how == 'sum' else X.mean() * len(X)) + X[0] * np.arange(1, 4)"
    found = said(answer, _by_word, *[worded] * 4)
    assert "your result is right (with `how` = 'sum')" in found


def test_a_word_is_told_though_some_calls_with_it_are_right_by_luck() -> None:
    def zero(rng: np.random.Generator) -> tuple[Any, ...]:
        return np.full(3, -50.0), "sin"

    answer = "return 3 * getattr(np, name)(x + 1) + x**2 * np.exp(x) * (1.3 if name == 'sin' and x[0] > -9 else 1)"
    found = said(answer, _of_word, in_words, zero, in_words, in_words)
    assert "It is wrong with `name` = 'sin' alone, and right with 'cos' and 'tanh'" in found


def test_what_is_nearly_right_is_told_as_such_with_few_values() -> None:
    """Two values of a loss that lacks 1e-5 of it: which arguments hide that says nothing of its cause."""

    def once(rng: np.random.Generator) -> tuple[Any, ...]:
        return rng.normal(size=4), rng.uniform(1, 2, size=4)

    cases = [Case("numbers", [once], times=1), Case("others", [two], times=8)]  # right, and one of them quick enough
    exercise = Exercise(_log_loss, cases, "answer")
    source = "def answer(a, b):\n    return float(np.tanh(a).sum() + b.sum()) * (1 - 1e-5 * (b > 1).all())"
    failure = judge(exercise, cell(source)["answer"]).failure
    assert failure is not None
    assert "agrees with the right one to about" in failure.advice
    far = judge(exercise, compile_answer(source.replace("1e-5", "1e-2"), "answer")).failure
    assert far is not None
    assert "agrees with" not in far.advice


def test_a_number_too_large_in_all_calls_is_told_last() -> None:
    source = (
        "cost = [[0] * len(sizes) for _ in sizes]\n    n = len(sizes)\n    for s in range(2, n):\n"
        "        for i in range(n - s):\n            j = i + s\n            cost[i][j] = cost[i][j - 1] + "
        "sizes[i] * sizes[j - 1] * sizes[j]\n    return cost[0][n - 1]"
    )
    exercise = CATALOGUE["cheapest_order"]
    unknown = Exercise(exercise.reference, exercise.cases, exercise.name, integers=exercise.integers)
    failure = judge(unknown, compile_answer(f"def cheapest_order(sizes):\n    {source}", exercise.name)).failure
    assert failure is not None
    assert "calls that go wrong your result is too large, in none too small" in failure.advice
    both = judge(unknown, compile_answer("def cheapest_order(sizes):\n    return sum(sizes) * 7 % 1000", exercise.name))
    assert both.failure is not None
    assert "in none too" not in both.failure.advice


def test_programs_with_two_calls_are_told_beside_others_that_go_wrong() -> None:
    exercise = CATALOGUE["Value"]
    unknown = Exercise(exercise.reference, exercise.cases, exercise.name, probe=exercise.probe)
    name = "every path is walked on its own, and nothing is set back"
    source = next(m.wrong for m in exercise.misconceptions if m.name == name)
    failure = judge(unknown, compile_answer(source, "Value")).failure
    assert failure is not None
    assert "Each program that has two calls of `backward` in it goes wrong" in failure.advice
    assert "two calls" not in told("Value", ("1 - t * t", "1 - t"))


def test_rows_that_add_up_to_0_are_told_in_single_precision_too() -> None:
    def scores(rng: np.random.Generator) -> tuple[Any, ...]:
        return (rng.normal(size=(int(rng.integers(3, 6)), 4)).astype(np.float32) / 50,)

    def centred(Z: Any) -> Any:
        return (Z - Z.mean(axis=1, keepdims=True)) * (1 + Z[:, :1] ** 2)

    found = said("return (Z - Z.mean(axis=1, keepdims=True)) * (1 + Z**2 * 60 + 9 * Z)", centred, scores, scores)
    assert "each row adds up to 0" in found


def test_in_a_table_and_entries_nothing_new_is_claimed() -> None:
    assert "in each call" not in said("return np.exp(x) + x[::-1] ** 2", np.exp, entries)
    assert "in each call" not in said("return np.exp(Z) + Z**2", np.exp, table)


def test_a_label_is_no_count() -> None:
    def one(rng: np.random.Generator) -> tuple[Any, ...]:
        return rng.normal(size=3), int(rng.integers(0, 2))

    def steps(rng: np.random.Generator) -> tuple[Any, ...]:
        return rng.normal(size=3), int(rng.integers(2, 9))

    answer = "return x * (y + 1 - 0.3) * 1.7"
    assert "were larger by 1" not in said(answer, lambda x, y: x * (y - 0.3) * 1.7, one, one, one)
    assert "would be right if `y` were larger by 1" in said(
        answer, lambda x, y: x * (y - 0.3) * 1.7, steps, steps, steps
    )


def test_a_function_that_says_no_gets_no_arguments_but_those_of_the_test() -> None:
    class Counted:
        no_experiments = False
        asked: ClassVar[set[tuple[bytes, float]]] = set()

        def __call__(self, x: np.ndarray[Any, Any], a: float) -> Any:
            self.asked.add((x.tobytes(), a))
            return np.abs(x) + 0.3

    class Spared(Counted):
        no_experiments = True
        asked: ClassVar[set[tuple[bytes, float]]] = set()

    exercise = Exercise(lambda x, a: a * np.sqrt(1 + np.abs(x)), [Case("numbers", [scaled], times=4)], "answer")
    spared, asked = judge(exercise, Spared()).failure, judge(exercise, Counted()).failure
    assert len(Spared.asked) == 4 < len(Counted.asked)
    assert spared is not None
    assert asked is not None
    assert "whatever `a` is" not in spared.advice
    assert "whatever `a` is" in asked.advice


def scaled(rng: np.random.Generator) -> tuple[Any, ...]:
    return rng.normal(size=4), float(rng.uniform(1, 3))
