"""The arguments that an exercise is called with, for tests of what must come up among them."""

from collections.abc import Iterator
from typing import Any

from autograde.judging.draws import PUBLIC_SEED, questions
from autograde.judging.exercise import Exercise, Together

OTHERS = {"Value", "Dual", "train", "rescue", "init_weights", "minibatches"}  # whose arguments are programs, or sizes
NOT_WHOLE = {"tol", "eps"}  # small by nature: a whole one is allowed, but says nothing
CLASSES = {"y"}  # labels are integers


def reference_of(exercise: Exercise) -> Any:
    found = exercise.reference
    return found[exercise.name] if isinstance(found, Together) else found


def arguments(exercise: Exercise) -> dict[str, list[Any]]:
    """All values of each argument."""
    found: dict[str, list[Any]] = {name: [] for name in exercise.parameters}
    for _, args, _ in questions(exercise, PUBLIC_SEED):
        for name, value in zip(exercise.parameters, args, strict=False):
            found[name].append(value)
    return found


def leaves(values: Any) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from leaves(value)
        else:
            yield value
