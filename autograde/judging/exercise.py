"""Exercises as data: one catalogue entry is both the proof of a test and the diagnosis of a wrong answer."""

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograde.judging.as_code import show_call

Arguments = tuple[Any, ...]
Function = Callable[..., Any]
Probe = Callable[..., Any]


class Unusable(TypeError):
    """Raised by a probe where what an answer returned can't be tried; its text tells the learner why.

    It is no ValueError, which some calls are expected to raise.
    """


class Formula:
    """A function that is no more than a formula in NumPy: it shows it in messages, and goes to a sandbox as text.

    Raises: SyntaxError where the formula is none.
    """

    def __init__(self, formula: str, parameter: str = "x") -> None:
        self.__name__ = f"lambda {parameter}: {formula}"
        self._call = eval(self.__name__, {"np": np})

    def __call__(self, x: Any) -> Any:
        return self._call(x)


@dataclass(frozen=True)
class Case:
    """One thing that an answer must get right, tried on ``times`` sets of arguments drawn from a generator.

    label: what is tried, as the learner reads it.  weight: share of the score among all cases.
    makes: functions rng -> positional arguments of one call, taken in turn.
    worth: how much the parts of a result are worth by their names, where it is not 1.
    slow: what to tell whoever does not get through in time, where that is known.
    chance: whether what comes of it varies by luck: that it is right after a change of the code then proves nothing.
    """

    label: str
    makes: Sequence[Callable[[np.random.Generator], Arguments]]
    times: int = 3
    weight: float = 1.0
    worth: Mapping[str, float] = field(default_factory=dict)
    slow: str = ""
    chance: bool = False

    def draw(self, rng: np.random.Generator) -> Iterator[Arguments]:
        """The arguments of all calls of this case."""
        for i in range(self.times):
            yield tuple([_as_written(value, rng) for value in self.makes[i % len(self.makes)](rng)])


def _as_written(value: Any, rng: np.random.Generator) -> Any:
    """What the card shows: Python's own numbers for NumPy's, a new generator with a seed that can be told."""
    if value is rng:
        return np.random.default_rng(int(rng.integers(10**6)))
    return value.item() if isinstance(value, (np.integer, np.float64)) else value


@dataclass(frozen=True)
class Misconception:
    """A wrong answer people really give: its source, its name, and what a good tutor would say."""

    name: str
    wrong: str
    hint: str


Family = Callable[[str], Iterable[Misconception]]  # what it makes of the source of a right answer


@dataclass(frozen=True)
class Together(Mapping[str, Function]):
    """Functions by name, of which one is judged: a probe writes ``fn["affine_forward"](X, W, b)`` or calls ``fn``.

    What one of them returns for another to use, a cache, belongs to whoever wrote them: it is passed on as it is, never
    looked at, copied or compared.
    """

    name: str
    parts: Mapping[str, Function]

    def __getitem__(self, name: str) -> Function:
        return self.parts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.parts)

    def __len__(self) -> int:
        return len(self.parts)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.parts[self.name](*args, **kwargs)

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of the others."""
        return tuple(name for name in self.parts if name != self.name)


def together(*functions: Function) -> Together:
    """Functions under their own names; the last one is the one that is judged."""
    return Together(functions[-1].__name__, {f.__name__: f for f in functions})


def parameters_of(fn: Function) -> tuple[str, ...]:
    """Names of the parameters of a function, or of the one that is judged among several."""
    return tuple(inspect.signature(fn[fn.name] if isinstance(fn, Together) else fn).parameters)


def joined(name: str, needs: Sequence[str], lookup: Callable[[str], Any]) -> Any:
    """What is judged under a name: the function alone, or together with those that it needs."""
    return Together(name, {part: lookup(part) for part in (*needs, name)}) if needs else lookup(name)


@dataclass(frozen=True)
class Exercise:
    """All that is known about one exercise; its name, answers and hints come from its file.

    elegant: what is worth a look in the first right answer.
    reference: the right answer; a ``Together`` where the answers to other exercises are needed to judge this one.
    outputs: names of the returned values, for messages.
    probe: (fn, *args) -> what is compared; the plain call unless given.
    changes: names of the parameters that the function may change in place.
    picture: (args, got, expected) -> matplotlib figure or None, drawn for a wrong result.
    integers: whether integers are asked for, of an integer type; else a float may stand for an int.
    patience: how many times the usual limit of a call one call of this exercise may take.
    given: names of a case's arguments, where they are others than the parameters: what the probe takes.
    script: args -> what the probe does with them, as a learner would write it; the plain call unless given.
    families: kinds of mistakes that other exercises know, too, made of its first right answer.
    remark: fn -> a sentence on how a right answer does it, or ""; for the card alone, it never counts.
    """

    reference: Callable[..., Any]
    cases: Sequence[Case]
    name: str = ""
    misconceptions: Sequence[Misconception] = ()
    alternates: Sequence[str] = ()
    hints: Sequence[str] = ()
    elegant: str = ""
    outputs: Sequence[str] = ()
    probe: Probe | None = None
    changes: Sequence[str] = ()
    picture: Callable[[Arguments, Any, Any], Any] | None = None
    integers: bool = False
    patience: float = 1.0
    given: Sequence[str] = ()
    script: Callable[[Arguments], str] | None = None
    remark: Callable[[Callable[..., Any]], str] | None = None
    families: Sequence[Family] = ()

    @functools.cached_property
    def asked(self) -> dict[tuple[int, int], list[Any]]:
        """By case and seed the calls that were drawn, with what the reference answers; ``draws.questions`` fills it."""
        return {}

    @functools.cached_property
    def parameters(self) -> tuple[str, ...]:
        """Names of the arguments of a case: the function's parameters, unless the probe takes others."""
        return tuple(self.given) or parameters_of(self.reference)

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the exercises whose answers the probe needs too."""
        return self.reference.needs if isinstance(self.reference, Together) else ()

    def observe(self, fn: Callable[..., Any], args: Arguments) -> Any:
        """What the tests compare: the value of the call, or what the probe makes of the function."""
        return fn(*args) if self.probe is None else self.probe(fn, *args)

    def compile(self, source: str) -> Callable[..., Any]:
        """The answer that a source text defines, together with those that it needs."""
        return compile_answer(source, self.name, self.needs)

    def show(self, args: Arguments) -> str:
        """A call as code that can be pasted."""
        script = self.script(args) if self.script else ""
        return show_call(self.name, self.parameters, args, script)


def compile_answer(source: str, name: str, needs: Sequence[str] = (), filename: str = "") -> Callable[..., Any]:
    """The function or class ``name`` that a source text defines, run in a namespace of its own with ``np``.

    needs: further names that it defines; then all of them come as a ``Together``.  filename: what tracebacks say.
    Raises: ValueError where the text does not define a name.
    """
    namespace: dict[str, Any] = {"np": np, "__name__": f"answer_{name}"}
    exec(compile(source, filename or f"<{name}>", "exec"), namespace)
    missing = [wanted for wanted in (*needs, name) if wanted not in namespace]
    if missing:
        raise ValueError(f"this source defines no {missing[0]!r}:\n{source}")
    answer: Callable[..., Any] = joined(name, needs, namespace.__getitem__)
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
