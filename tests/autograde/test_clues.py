"""What a card says where no misconception is known, and when it takes a diagnosis back."""

from typing import Any

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.diagnosis.error_messages import meaning
from autograde.judging.diagnosis.repair.search import looked_into, slips_of
from autograde.judging.exercise import Case, Exercise, Together, compile_answer
from autograde.judging.judge import judge
from autograde.judging.report import Failure
from tests.support.cells import cell


def told(name: str, source: str) -> str:
    exercise = CATALOGUE[name]
    failure = judge(exercise, compile_answer(source, name)).failure
    assert failure is not None
    return f"{failure.diagnosis} {failure.advice}"


def unnamed(source: str, reference: Any, *makers: Any, outputs: tuple[str, ...] = ()) -> str:
    """What is told of an answer to an exercise without misconceptions; the makers draw its arguments."""
    exercise = Exercise(reference, [Case("numbers", list(makers), times=2 * len(makers))], "answer", outputs=outputs)
    failure = judge(exercise, compile_answer(source, "answer")).failure
    assert failure is not None
    return failure.advice


def numbers(rng: np.random.Generator) -> tuple[Any, ...]:
    return (rng.normal(size=4) * 5,)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("Saddle", "letter by letter: 'saddle'"),
        ("sad-dle", "letter by letter"),
        ("hilltop", "none of the words"),
    ],
)
def test_a_word_that_is_none_of_those(word: str, said: str) -> None:
    source = CATALOGUE["classify_stationary"].alternates[0].replace('"saddle"', f'"{word}"')
    assert said in told("classify_stationary", source)


def test_a_right_word_at_the_wrong_place_is_no_matter_of_spelling() -> None:
    found = told("classify_stationary", "def classify_stationary(H, tol=1e-8): return 'minimum'")
    assert "letter" not in found
    assert "none of the words" not in found


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("return x, x + 1", "last of the 2 values"),
        ("return x + 1, x", "first of the 2 values"),
        ("return (x + 1,)", "tuple of one"),
        ("return (x + 1).astype(int)", "whole numbers"),
        ("return np.round(x + 1)", "whole numbers"),
    ],
)
def test_a_value_that_is_there_in_another_form(answer: str, said: str) -> None:
    assert said in unnamed(f"def answer(x):\n    {answer}", lambda x: x + 1, numbers)


def test_nothing_is_cut_where_other_values_come_out() -> None:
    assert "whole" not in unnamed("def answer(x): return np.zeros(len(x))", lambda x: x / 100, numbers)
    assert "whole" not in unnamed("def answer(x): return np.round(x)", lambda x: x + 1, numbers)


def test_a_dictionary_in_the_place_of_a_tuple() -> None:
    source = "def answer(x): return {'a': x, 'b': -x}"
    assert "values in your dictionary are right" in unnamed(source, lambda x: (x, -x), numbers, outputs=("a", "b"))


@pytest.mark.parametrize("answer", ["1.0, [x, [x, -x]]", "1.0, x, *[x, -x]", "(1.0, x), [x, -x]"])
def test_values_that_are_packed_otherwise(answer: str) -> None:
    said = unnamed(f"def answer(x): return {answer}", lambda x: (1.0, x, [x, -x]), numbers, outputs=("a", "b", "c"))
    assert "return 3 things side by side" in said


def test_too_few_values_are_not_packed_otherwise() -> None:
    said = unnamed("def answer(x): return 1.0, x", lambda x: (1.0, x, -x), numbers, outputs=("a", "b", "c"))
    assert "packed" not in said


@pytest.mark.parametrize("answer", ["reversed([x, x + 1])", "iter([x, x + 1])", "enumerate([x])"])
def test_what_gives_values_only_when_asked_is_told(answer: str) -> None:
    assert "collect them" in unnamed(f"def answer(x): return {answer}", lambda x: [x, x + 1], numbers)


def test_a_list_of_arrays_in_reverse_order() -> None:
    source = "def answer(x): return [x[1:], x][::-1]"
    assert "reverse order" not in unnamed(source, lambda x: [x, x + 1], numbers)
    assert "reverse order" in unnamed(source, lambda x: [x[1:], x], numbers)


@pytest.mark.parametrize(
    "source",
    [
        "def answer(x, seen=[]):\n    seen.append(x.sum())\n    return np.array(seen)",
        "SEEN = []\ndef answer(x):\n    SEEN.append(x.sum())\n    return np.array(SEEN)",
    ],
)
def test_what_is_kept_from_call_to_call_is_told(source: str) -> None:
    assert "from call to call" in unnamed(source, lambda x: np.array([x.sum()]), numbers)


@pytest.mark.parametrize("body", ["return np.random.normal(size=1)", "return x[:1]", "return None", "return x[9]"])
def test_chance_and_plain_mistakes_are_no_memory(body: str) -> None:
    assert "from call to call" not in unnamed(f"def answer(x): {body}", lambda x: np.array([x.sum()]), numbers)


def test_parameters_in_another_order_and_other_defaults_are_told() -> None:
    step = CATALOGUE["momentum_step"].alternates[0]
    assert "by their places" in told("momentum_step", step.replace("lr, beta=0.9", "beta=0.9, lr=0.1"))
    assert "default value 0.99" in told("momentum_step", step.replace("beta=0.9", "beta=0.99"))
    assert "no default value" in told("momentum_step", step.replace("beta=0.9", "beta"))


def test_a_change_in_place_is_not_hidden_by_integers() -> None:
    source = CATALOGUE["two_layer_grads"].alternates[0]
    head, _, tail = source.rpartition("    return ")
    found = told("two_layer_grads", f"{head}    W1 -= 0.1\n    return {tail}")
    assert "changes its input `W1`" in found
    assert "start it with `dtype=float`" not in found


def test_an_argument_that_comes_in_centred_or_scaled_is_not_called_unused() -> None:
    source = "def answer(x): return (x - x.mean()) / x.std() * 2"
    assert "whatever `x` is" not in unnamed(source, lambda x: (x - x.mean()) / x.std(), numbers)
    assert "whatever `x` is" in unnamed("def answer(x): return np.arange(4.0)", lambda x: x, numbers)


def test_ones_for_zeros_are_no_exchanged_classes() -> None:
    assert "exchanged" not in unnamed("def answer(x): return np.ones(4)", lambda x: 0 * x, numbers)


def test_a_factor_that_is_nearly_one_is_not_called_one() -> None:
    assert "1.0001 times" in unnamed("def answer(x): return 1.0001 * x", lambda x: x, numbers)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TypeError("unhashable type: 'numpy.ndarray'"), "tuple"),
        (TypeError("unhashable type: 'Node'"), "`id(...)`"),
        (IndexError("shape mismatch: indexing arrays could not be broadcast together with shapes (5,) (3,)"), "paired"),
        (ValueError("array split does not result in an equal division"), "one size"),
        (TypeError("object of type 'numpy.float64' has no len()"), "no length"),
        (TypeError("'>' not supported between instances of 'EigResult' and 'float'"), "several results"),
    ],
)
def test_what_an_error_means(error: Exception, said: str) -> None:
    assert said in meaning(error, str(error))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("rng.randn(3)", "`rng.normal`"),
        ("x.add_(1)", "PyTorch"),
        ("x.detach()", "PyTorch"),
        ("x.foo()", "value of this type"),
    ],
)
def test_a_method_that_belongs_elsewhere_is_told(code: str, said: str) -> None:
    with pytest.raises(AttributeError) as raised:
        eval(code, {"rng": np.random.default_rng(), "x": np.ones(3)})
    assert said in meaning(raised.value, str(raised.value), f"line 3: {code}")


def checked(name: str, source: str) -> Failure:
    """What the card shows, a look at the code included."""
    exercise, space = CATALOGUE[name], cell(source)
    needs = {n: space[n] for n in exercise.needs}
    answer = Together(name, {**needs, name: space[name]}) if needs else space[name]
    failure = looked_into(exercise, judge(exercise, answer), seconds=20)
    assert failure is not None
    return failure


FORWARD = "def affine_forward(X, W, b):\n    return X @ W + b, (X, W)\n"
BACKWARD = FORWARD + "def affine_backward(G, cache):\n    {} = cache\n    return {}, X.T @ G, G.sum(axis=0)\n"


def test_a_factor_that_is_turned_is_not_told_to_be_turned() -> None:
    exchanged = checked("affine_backward", BACKWARD.format("W, X", "G @ W.T"))
    assert "transposed" not in exchanged.diagnosis
    assert checked("affine_backward", BACKWARD.format("X, W", "G @ W")).diagnosis == "W is not transposed in dX"


@pytest.mark.slow
def test_a_diagnosis_by_an_error_alone_does_not_keep_from_looking_into_the_code() -> None:
    source = CATALOGUE["worst_gradient"].alternates[0]
    head, _, body = source.partition("\n")
    found = checked("worst_gradient", f"{head}\n    params = dict(list(params.items())[:1])\n{body}")
    assert "dict(list(" in found.question


def test_the_slips_behind_a_known_mistake() -> None:
    assert "transpose" in slips_of(CATALOGUE["affine_backward"], "W is not transposed in dX")
    assert slips_of(CATALOGUE["affine_backward"], "no such name") == set()


def test_the_direction_of_a_slice_is_no_sign() -> None:
    source = CATALOGUE["lsuv"].alternates[0].replace("return new", "return new[::-1]")
    found = checked("lsuv", source)
    assert "reverse order" in found.advice
    assert "in which order" in found.question


def test_a_dictionary_is_no_pair_of_output_and_cache() -> None:
    found = told("affine_forward", "def affine_forward(X, W, b): return {'Z': X @ W + b, 'cache': (X, W)}")
    assert "the pair (Z, cache) should come back, got a dict" in found


@pytest.mark.parametrize(("source", "whole"), [(1, True), (0, False)])
def test_who_measures_the_whole_hessian_is_told_what_it_costs(source: int, whole: bool) -> None:
    exercise = CATALOGUE["sharpness"]
    assert exercise.remark is not None
    assert bool(exercise.remark(exercise.compile(exercise.alternates[source]))) is whole
