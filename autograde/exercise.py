"""Exercises as data: one catalogue entry is both the proof of a test and the diagnosis of a wrong answer."""

import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Arguments = tuple[Any, ...]
Probe = Callable[..., Any]


class Unusable(TypeError):
    """Raised by a probe where what an answer returned can't be tried; its text tells the learner why.

    It is no ValueError, which some calls are expected to raise.
    """


@dataclass(frozen=True)
class Case:
    """One thing that an answer must get right, tried on ``times`` sets of arguments drawn from a generator.

    label: what is tried, as the learner reads it.  weight: share of the score among all cases.
    makes: functions rng -> positional arguments of one call, taken in turn.
    """

    label: str
    makes: Sequence[Callable[[np.random.Generator], Arguments]]
    times: int = 3
    weight: float = 1.0

    def draw(self, rng: np.random.Generator) -> Iterator[Arguments]:
        """The arguments of all calls of this case."""
        return (self.makes[i % len(self.makes)](rng) for i in range(self.times))


@dataclass(frozen=True)
class Misconception:
    """A wrong answer people really give: its source, its name, and what a good tutor would say."""

    name: str
    wrong: str
    hint: str


@dataclass(frozen=True)
class Exercise:
    """All that is known about one exercise.

    cases: the first one is essential, an answer that fails it scores nothing.
    outputs: names of the returned values, for messages.
    probe: (fn, *args) -> what is compared; the plain call unless given.
    changes: names of the parameters that the function may change in place.
    picture: (args, got, expected) -> matplotlib figure or None, drawn for a wrong result.
    patience: how many times the usual limit of a call one call of this exercise may take.
    """

    name: str
    reference: Callable[..., Any]
    cases: Sequence[Case]
    misconceptions: Sequence[Misconception]
    alternates: Sequence[str]
    hints: Sequence[str]
    outputs: Sequence[str] = ()
    probe: Probe | None = None
    changes: Sequence[str] = ()
    picture: Callable[[Arguments, Any, Any], Any] | None = None
    patience: float = 1.0

    @functools.cached_property
    def parameters(self) -> tuple[str, ...]:
        """Names of the function's parameters."""
        return tuple(inspect.signature(self.reference).parameters)

    def observe(self, fn: Callable[..., Any], args: Arguments) -> Any:
        """What the tests compare: the value of the call, or what the probe makes of the function."""
        return fn(*args) if self.probe is None else self.probe(fn, *args)


def compile_answer(source: str, name: str) -> Callable[..., Any]:
    """The function or class ``name`` that a source text defines, run in a namespace of its own with ``np``.

    Raises: ValueError where the text does not define the name.
    """
    namespace: dict[str, Any] = {"np": np, "__name__": f"answer_{name}"}
    exec(compile(source, f"<{name}>", "exec"), namespace)
    if name not in namespace:
        raise ValueError(f"this source defines no {name!r}:\n{source}")
    answer: Callable[..., Any] = namespace[name]
    return answer


def variant(source: str, *edits: tuple[str, str]) -> str:
    """A source text with pieces exchanged: a wrong answer written as what differs from the right one.

    Raises: ValueError where a piece to exchange does not occur exactly once.
    """
    for old, new in edits:
        if source.count(old) != 1:
            raise ValueError(f"{old!r} must occur once in the source, found {source.count(old)} times:\n{source}")
        source = source.replace(old, new)
    return source
