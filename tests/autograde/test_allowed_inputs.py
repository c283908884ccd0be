"""What an exercise's text allows must come up in its cases: derived from the types of the reference, for all exercises.

A number comes as an int and as a float; an array of real numbers as floats, as integers and in single precision, each
of its axes with length 1; what takes any shape gets numbers, arrays without axes and with up to three, a table of one
entry, and one that lies in memory as a transposed one does; a list of arrays has one, two or many of them; an argument
that may be left out is given and left out, a count also above its default.
"""

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.draws import PUBLIC_SEED, questions
from mlp_reference import autodiff
from tests.autograde.arguments import CLASSES, NOT_WHOLE, OTHERS, arguments, leaves, reference_of


def missing(annotation: str, name: str, values: list[Any]) -> Iterator[str]:
    """What the type allows and no case has."""
    if name in CLASSES:
        return
    arrays = [v for v in leaves(values) if isinstance(v, np.ndarray)]
    kinds, axes = {a.dtype.kind for a in arrays}, {a.ndim for a in arrays}
    if annotation == "float | int | numpy.number" and name not in NOT_WHOLE:
        yield from (kind.__name__ for kind in (int, float) if not any(type(v) is kind for v in values))
    if annotation.startswith("list") and "'...'" in annotation and not any(a.flags.fnc for a in arrays):
        yield "a turned table"
    letters = re.findall(r"Real\[ndarray, '([^']*)'\]", annotation)
    if not letters or letters == ["..."]:
        return
    yield from (word for word, kind in (("floats", "f"), ("integers", "i")) if kind not in kinds)
    if not any(a.dtype == np.float32 for a in arrays):
        yield "single precision"
    if letters == ["*s"]:
        yield from (f"{n} axes" for n in range(4) if n not in axes)
        yield from ["a table of one entry"] * (not any(v.ndim == 2 and v.size == 1 for v in arrays))
        yield from ["a turned table"] * (not any(v.flags.fnc for v in arrays))
    if "Union" in annotation:  # numbers, too
        yield from (f"one {kind.__name__}" for kind in (int, float) if not any(type(v) is kind for v in values))
    for at, letter in enumerate(letters[0].split()):
        if letter.isalpha() and not any(a.ndim > at and a.shape[at] == 1 for a in arrays):
            yield f"{letter} = 1"


@pytest.mark.parametrize("name", [name for name in CATALOGUE if name not in OTHERS])
def test_every_kind_of_input_that_is_allowed_comes_up(name: str) -> None:
    exercise = CATALOGUE[name]
    values, parameters = arguments(exercise), inspect.signature(reference_of(exercise)).parameters
    wanted = {p: list(missing(str(parameters[p].annotation), p, v)) for p, v in values.items() if p in parameters}
    assert not any(wanted.values()), wanted
    for parameter, kind in parameters.items():
        if kind.default is not inspect.Parameter.empty:
            calls = sum(case.times for case in exercise.cases)
            assert 0 < len(values[parameter]) < calls, f"{parameter} is always given, or never"
        if type(kind.default) is int:
            assert max(values[parameter]) > kind.default, f"{parameter} is never above its default"


def lists_of_arrays(name: str) -> set[int]:
    """How many arrays are in the lists that an exercise gets."""
    values = [value for found in arguments(CATALOGUE[name]).values() for value in found]
    return {len(v) for v in values if isinstance(v, list) and v and all(isinstance(a, np.ndarray) for a in v)}


@pytest.mark.parametrize("name", [name for name in CATALOGUE if lists_of_arrays(name)])
def test_a_list_of_arrays_has_one_two_and_many(name: str) -> None:
    found = lists_of_arrays(name)
    assert {1, 2} < found, found
    assert max(found) > 3, found


OPERATORS = {"__add__": "+", "__sub__": "-", "__mul__": "*"}
FUNCTIONS = ("tanh", "relu", "exp")


def programs() -> list[tuple[str, Sequence[str]]]:
    return [args for _, args, _ in questions(CATALOGUE["Value"], PUBLIC_SEED)]


def operations() -> list[str]:
    """A pattern for each operation of the class on the node c."""
    signs = [re.escape(OPERATORS[name]) for name in vars(autodiff.Value) if name in OPERATORS]
    assert len(signs) == len(OPERATORS)
    pairs = [pair for sign in signs for pair in (rf"c {sign} \w+", rf"\w+ {sign} c")]
    return [*pairs, "-c", *(rf"c\.{name}\(\)" for name in FUNCTIONS if hasattr(autodiff.Value, name))]


@pytest.mark.parametrize("operation", operations())
def test_every_operation_of_a_value_meets_a_node_that_is_used_elsewhere_too(operation: str) -> None:
    """Its operand's gradient and its own are looked at: no other way tells `=` from `+=`, or a node from its copy."""
    found = [watched for text, watched in programs() if re.search(rf"^d = {operation}$", text, re.MULTILINE)]
    assert any({"c.grad", "d.grad"} <= set(watched) for watched in found)


@pytest.mark.parametrize("sign", OPERATORS.values())
def test_every_operator_of_a_value_meets_plain_numbers_on_both_sides(sign: str) -> None:
    text = "\n".join(text for text, _ in programs())
    assert re.search(rf"[\w)] {re.escape(sign)} -?\d", text)
    assert re.search(rf"[(= ]-?\d[\d.]* {re.escape(sign)} [a-z(]", text)
