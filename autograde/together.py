"""Answers that belong together: a backward function is judged on what the learner's own forward function kept."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Function = Callable[..., Any]


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
