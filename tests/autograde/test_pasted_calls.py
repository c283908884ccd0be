"""What a card shows as the call is the call: pasted into a cell it does what the test did."""

from typing import Any

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.as_code import show, show_call
from autograde.judging.draws import PUBLIC_SEED, questions
from autograde.judging.exercise import Exercise, Together

TYPED_ALONE = {"Value", "Dual", "findings"}  # programs, which are what was run
FROM_THE_COURSE = {"train", "rescue"}  # the digits come from the course's data


def taken(exercise: Exercise, text: str) -> dict[str, Any]:
    """What the pasted text gives to the parameters of a case, by name."""
    names: dict[str, Any] = {"np": np}
    found: dict[str, Any] = {}

    def stand_in(*args: Any) -> Any:
        found.update(zip(exercise.parameters, args, strict=False))
        return tuple(exercise.outputs)

    names |= {needed: lambda *args: args[:2] for needed in exercise.needs} | {exercise.name: stand_in}
    exec(text, names)
    return {p: names[p] if exercise.script else found[p] for p in exercise.parameters if p in (found | names)}


def alike(pasted: Any, given: Any) -> bool:
    if callable(given) and not isinstance(given, np.ndarray):
        return callable(pasted) and given.__name__.startswith("lambda ")
    if isinstance(given, np.random.Generator):
        return bool(pasted.bit_generator.state == given.bit_generator.state)
    if isinstance(given, dict):
        return pasted.keys() == given.keys() and all(alike(pasted[k], given[k]) for k in given)
    if isinstance(given, list | tuple):
        return type(pasted) is type(given) and all(alike(a, b) for a, b in zip(pasted, given, strict=True))
    if isinstance(given, np.ndarray):
        same_kind = isinstance(pasted, np.ndarray) and (pasted.dtype, pasted.shape) == (given.dtype, given.shape)
        as_it_lies = pasted.flags.c_contiguous == given.flags.c_contiguous or not given.flags.forc
        return same_kind and as_it_lies and np.array_equal(pasted, given, equal_nan=given.dtype.kind == "f")
    return type(pasted) is type(given) and pasted == given


@pytest.mark.parametrize("name", [name for name in CATALOGUE if name not in TYPED_ALONE | FROM_THE_COURSE])
def test_the_call_that_is_shown_can_be_pasted(name: str) -> None:
    exercise = CATALOGUE[name]
    for _, args, _ in questions(exercise, PUBLIC_SEED):
        pasted = taken(exercise, exercise.show(args))
        for parameter, value in zip(exercise.parameters, args, strict=False):
            if not (exercise.script and isinstance(exercise.reference, Together)) or parameter in pasted:
                assert alike(pasted[parameter], value), (parameter, exercise.show(args))


def test_a_call_that_is_shortened_says_so() -> None:
    assert show_call("f", ["x"], [np.arange(2_000.0)]).startswith("# shortened")
    assert "shortened" not in show_call("f", ["x"], [np.arange(900.0)])


@pytest.mark.parametrize("seed", range(5))
def test_every_digit_is_pasted(seed: int) -> None:
    rng = np.random.default_rng(seed)
    args = [
        rng.normal(size=(3, 4)).T,
        rng.normal(size=5).astype(np.float32),
        float(rng.normal()),
        [1e300, -0.0, np.nan],
    ]
    space: dict[str, Any] = {"np": np, "f": lambda *given: given}
    text = show_call("f", ["a", "b", "c", "d"], args).replace("f(", "out = f(")
    exec(text, space)
    assert all(map(alike, space["out"][:3], args)), text
    assert repr(space["out"][3]) == repr(args[3])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12.0"),
        (12, "12"),
        (1e300, "1e+300"),
        (float("inf"), "np.inf"),
        (-np.inf, "-np.inf"),
        (float("nan"), "np.nan"),
        (True, "True"),
        (None, "None"),
        ("W1", "'W1'"),
        (np.float64(2), "2.0"),
        (np.int64(2), "2"),
        (np.array(2.0), "np.array(2.)"),
        (np.array([1, 2]), "np.array([1, 2])"),
        (np.array([1.5], dtype=np.float32), "np.array([1.5], dtype=np.float32)"),
        (np.array([np.inf, np.nan]), "np.array([np.inf, np.nan])"),
        (np.zeros((0, 2)), "np.zeros((0, 2))"),
        (np.zeros(0, dtype=np.int64), "np.zeros((0,), dtype=np.int64)"),
        ({"a": 1.0}, "{'a': 1.0}"),
        (np.random.default_rng(3), "np.random.default_rng(3)"),
    ],
)
def test_values_are_shown_as_they_are_typed(value: Any, text: str) -> None:
    assert show(value) == text
