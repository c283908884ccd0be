"""What a card tells of other arguments that it has tried, and where it must not."""

import time
from typing import Any

import numpy as np
import pytest

from autograde.judging.diagnosis.experiments import tried
from autograde.judging.diagnosis.experiments.domain import Domain
from autograde.judging.diagnosis.experiments.lab import says_something
from autograde.judging.diagnosis.other_arguments import may_be_tried
from autograde.judging.exercise import Case, Exercise, Together
from autograde.judging.judge import judge
from tests.autograde.tried_answers import count, entries, formula, labelled, number, rows, said, table, told, two


def _mean_of_rows(Z: Any) -> Any:
    return np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1)).mean() + Z.max(axis=1).mean()


def _log_sum(x: Any) -> Any:
    return float(np.log(np.exp(x).sum()))


def _size(X: Any) -> Any:
    return float(np.sqrt((X**2).mean()))


def _cos(x: Any) -> Any:
    return np.cos(x)


def _centred(Z: Any) -> Any:
    return (Z - Z.mean(axis=1, keepdims=True)) ** 2


def _counts(n: int) -> Any:
    return n * 1.5, n**2 / 3


def _softmax(Z: Any) -> Any:
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def _loss(z: Any, y: Any) -> Any:
    return float(np.mean(np.logaddexp(0, z) - y * z))


def _shrunk(x: Any, a: float) -> Any:
    return np.tanh(x) * a + x / a


def _second_moment(psi: Any) -> Any:
    t = np.linspace(-8, 8, 2001)
    return float((psi(t) ** 2 * np.exp(-(t**2) / 2)).sum() * 0.008 / np.sqrt(2 * np.pi))


def _squares(x: Any, y: Any) -> Any:
    return x**2, x * y + y**2


def _ratio(x: Any) -> Any:
    return float(np.exp(x).mean() / np.exp(x[0]))


SEEN = {
    "square": ("return np.sqrt((X**2).mean()) ** 2", _size, rows, "is the square of the right one"),
    "about so many digits": (
        "return (np.sin(x + 1e-4) - np.sin(x)) / 1e-4",
        _cos,
        entries,
        "the right one to about",
    ),
    "a multiple": ("return 2.5 * np.sqrt((X**2).mean())", _size, rows, "2.5 times the right one"),
    "sums for means": (
        "return float(np.sum(np.logaddexp(0, z) - y * z))",
        _loss,
        labelled,
        "times as large as the right ones: is a sum",
    ),
    "a rest": (
        "return float(np.maximum(x - 9, 1e-7).sum())",
        lambda x: float(np.maximum(x - 9, 0).sum()),
        entries,
        "by very little",
    ),
    "a constant": ("return n * 1.5, 3", _counts, count, "Your `b` is 3 in other calls, too"),
    "infinite": ("return -np.log(np.maximum(x, 1e-9))", lambda x: -np.log(np.maximum(x, 0)), entries, "infinite here"),
    "half of the columns": (
        "return float(np.sqrt((X[:, :2] ** 2).mean()))",
        _size,
        table,
        "from its third column on makes no difference",
    ),
    "a label": (
        "return float(np.mean(y * (np.logaddexp(0, z) - z)))",
        _loss,
        labelled,
        "What stands in `z` where `y` is 0 makes no difference",
    ),
    "a single number": ("return np.tanh(x) * a + x / a**2", _shrunk, number, "With `a` = 1 your result is right"),
    "the first example": (
        "return float(np.mean(np.logaddexp(0, z) - y * z) * np.sqrt(len(z)))",
        _loss,
        labelled,
        "only the first of the entries of `z` and `y`",
    ),
    "a shift of the rows": (
        "return Z**2",
        _centred,
        table,
        "a number of its own to each row of `Z`: the right result stays the same",
    ),
    "another order": (
        "return float(np.exp(x).mean() / np.exp(x[0]) * (1 + 0.1 * x[-1]))",
        _ratio,
        entries,
        "Add 1 to everything in `x`: the right result stays the same",
    ),
    "twice the function": (
        "t = np.linspace(-8, 8, 2001); return float((np.abs(psi(t)) * np.exp(-t * t / 2)).sum() * 0.008 / 2.5066282746)",
        _second_moment,
        formula,
        "Take twice `psi`: the right result is 4 times as large",
    ),
    "other arguments of one output": (
        "return x**2, x * y + x**2",
        _squares,
        two,
        "Your `b` would be right if `x` and `y` had changed places",
    ),
}


@pytest.mark.parametrize("kind", SEEN)
def test_what_other_arguments_show(kind: str) -> None:
    answer, reference, make, sentence = SEEN[kind]
    assert sentence in said(answer, reference, make, outputs=("a", "b") if make in (two, count) else ())


QUIET = {
    "no whole multiples": ("return float((X**2).sum() / 7)", _size, rows, "times as large as"),
    "a rest that is none": ("return float(np.maximum(x - 9, 1e-3).sum())", lambda x: float(np.maximum(x - 9, 0).sum()),
        entries, "by very little"),
    "no square where some calls are another power": (
        "return float(X.mean() ** 2 + 1)",
        _size,
        rows,
        "the square of",
    ),
    "one digit is none": ("return (np.sin(x + 0.1) - np.sin(x)) / 0.1", _cos, entries, "digits"),
    "no multiple of different factors": ("return float(np.abs(X).mean())", _size, rows, "times the right one"),
    "the columns matter a little": (
        "return float(np.sqrt((X**2 * np.array([1, 1, 0.1])).mean()))",
        _size,
        rows,
        "makes no difference",
    ),
    "wrong with one example, too": ("return float(np.sum(np.logaddexp(0, z)))", _loss, labelled, "only the first of"),
    "rounding breaks no law": ("return np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(axis=1, keepdims=True) + 1e-3",
        _softmax, table, "the right result"),
    "ones leave nothing to be wrong": (
        "return np.exp(Z.T).T / np.exp(Z.sum(axis=1, keepdims=True)) + 1",
        _softmax,
        table,
        "one and the same number everywhere",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", QUIET)
def test_what_would_be_a_coincidence(kind: str) -> None:
    answer, reference, make, sentence = QUIET[kind]
    assert sentence not in said(answer, reference, make)


def test_the_rows_that_decide_come_first() -> None:
    found = told("softmax_xent", ("[rows, y]", "[:, y]"))
    assert "With only the first of the rows of `Z`" in found


def test_a_number_that_decides_over_words_and_never_does() -> None:
    found = told("classify_stationary", ("e > tol", "e > 0"), ("e < -tol", "e < 0"))
    assert "With another `tol`" in found
    assert "With another `tol`" not in told("classify_stationary", ("e > tol", "e > 2 * tol"))


def test_a_small_call_is_small() -> None:
    found = said("return np.tanh(x) + np.sin(3 * x)", lambda x: np.tanh(x), entries)
    assert found.count("A small call") <= 1


@pytest.mark.parametrize(("entry", "where"), [("0", "first"), ("-1", "last")])
def test_one_entry_of_a_list_is_wrong_alone(entry: str, where: str) -> None:
    def layers(x: Any) -> list[Any]:
        return [x * k for k in (1.5, 2.5, 3.5)]

    answer = f"found = [x * k for k in (1.5, 2.5, 3.5)]; found[{entry}] = np.sin(found[{entry}]); return found"
    assert f"the {where} entry alone is wrong" in said(answer, layers, entries)
    assert "alone" not in said(answer.replace("return found", "return [np.sin(v) for v in found]"), layers, entries)


def test_what_all_calls_keep_to_is_kept() -> None:
    calls = [(np.array([0.25, 0.75]), 3), (np.array([0.5, 0.25, 0.25]), 2), (np.array([1.0]), 4)]
    domain = Domain(calls, calls[0], ("p", "n"))
    assert domain.has((np.array([0.1, 0.9]), 5))
    assert not domain.has((np.array([0.1, 0.8]), 5))
    assert not domain.has((np.array([-0.1, 1.1]), 5))
    assert not domain.has((np.array([0.1, 0.9]), 0))
    assert np.allclose(domain.restored((np.array([1.0, 3.0]), 2))[0], [0.25, 0.75])
    assert not Domain(calls[:2], calls[0], ("p", "n")).has(calls[0])  # too few to tell


def test_agreement_between_zeros_and_ones_says_nothing() -> None:
    assert says_something([np.array([0.5, 0.25])])
    assert not says_something([np.array([0.0, 1.0, 2.0])])
    assert not says_something([np.array([0.5, -0.5])])
    assert not says_something([np.array([1e-16, 3e-17])])


def test_whatever_an_experiment_trips_over_the_numbers_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_lab: Any) -> str:
        raise RuntimeError

    monkeypatch.setattr(tried, "_LOOKS", (broken, *tried._LOOKS))
    assert "2.5 times" in said("return 2.5 * np.sqrt((X**2).mean())", _size, rows)


def test_two_digits_break_no_law() -> None:
    def wrong(psi: Any) -> Any:
        return np.round(0.37 * _second_moment(psi), 2)

    exercise = Exercise(_second_moment, [Case("curves", [formula], times=8)], "answer")
    failure = judge(exercise, wrong).failure
    assert failure is not None
    assert "4 times as large" not in failure.advice


def test_a_law_of_one_word_is_told_with_it() -> None:
    found = told("residual_profile", ("dz = G * slope(name, z)", "dz = G * psi(name, z)"))
    assert "to each row of `X` (with `name` = 'identity'): the right `backward` stays the same" in found


def test_right_values_that_are_whole_are_not_made_whole() -> None:
    found = told("activation_grad", ("np.exp(np.minimum(z, 0))", "(z > 0) * 1.0"))
    assert "made whole numbers" not in found


def test_a_call_that_does_not_end_is_the_last_one() -> None:
    """On other arguments a loop may have no end; nobody waits for it twice."""
    asked, endless = list[bytes](), list[bytes]()

    def answer(x: np.ndarray[Any, Any]) -> Any:
        if len(asked) < 4:
            asked.append(x.tobytes())
        if x.tobytes() not in asked:
            endless.append(x.tobytes())
        while x.tobytes() not in asked:
            time.sleep(0.01)
        return x**2 + x[::-1]

    exercise = Exercise(lambda x: x**2 + np.tanh(x), [Case("numbers", [entries], times=4)], "answer")
    assert judge(exercise, answer).failure is not None
    assert len(endless) <= 2  # before the experiments one looks for an argument that is not used


def test_a_function_that_says_no_is_spared() -> None:
    class Spared:
        no_experiments = True

        def __call__(self, x: np.ndarray[Any, Any]) -> Any:
            return 1 + np.abs(x)

    exercise = Exercise(lambda x: np.sqrt(1 + np.abs(x)), [Case("numbers", [entries], times=4)], "answer")
    spared, tried_out = judge(exercise, Spared()).failure, judge(exercise, lambda x: 1 + np.abs(x)).failure
    assert spared is not None
    assert tried_out is not None
    assert len(spared.advice) < len(tried_out.advice)
    assert may_be_tried(Together("a", {"a": abs, "b": abs}))
    assert not may_be_tried(Together("a", {"a": abs, "b": Spared()}))
