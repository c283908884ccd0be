"""Objects of a learner's process as they look to the grader: a call sends data there and brings data back."""

import functools
import itertools
import sys
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

import numpy as np

from autograde.judging.exercise import Formula
from autograde.runtime.serialization import CALLS_KEPT, MOST_GENERATORS, Decoder, Encoder, WireError, arrays_in, opaque
from autograde.runtime.timeout import OutOfTime
from autograde.runtime.tracebacks import raised_on_purpose
from autograde.runtime.values import Foreign, Kept
from autograde.sandbox.connection import GRACE, Ended, Line
from autograde.sandbox.copy_back import became
from autograde.sandbox.held import Operators, held
from autograde.sandbox.pipelining import Heard, Packed, Sent, unsendable
from autograde.sandbox.signatures import exception, signature, with_told

LARGEST_ARGUMENT = 200_000  # numbers that one of the grader's functions is called with


class RemoteObject(Operators, Foreign):
    """Something in a learner's process: attributes and operators are forwarded, iterables come as lists."""

    __array_ufunc__ = None  # so that NumPy's numbers leave operators to this class

    def __init__(self, exchange: "Exchange", key: int, kind: str = "object", text: str = "") -> None:
        self._exchange, self._key, self._made = exchange, key, False
        self.described = opaque(kind, text, False)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{self.described.kind!r} object has no attribute {name!r}")
        found = self._exchange.perform("get", self, name)
        return found.maker() if self._made and isinstance(found, Foreign) else found

    def __iter__(self) -> Iterator[Any]:
        return iter(self._exchange.perform("list", self))

    def __float__(self) -> float:
        found = self._exchange.perform("number", self)
        if type(found) is not float:
            raise TypeError(f"a {self.described.kind} is no number")
        return found

    def __repr__(self) -> str:
        return self.described.text


class RemoteCallable(RemoteObject):
    """A function, method or class of a learner's."""

    no_experiments = True  # a call that does not end would end the process, with all that is to be graded there

    def __init__(self, exchange: "Exchange", key: int, kind: str, text: str, parameters: Any) -> None:
        super().__init__(exchange, key)
        self.described = opaque(kind, text, True)
        self.__signature__ = signature(parameters)

    def maker(self) -> "RemoteCallable":
        """The same; what its calls give, and what comes of that, is used where it is and never read itself."""
        same = RemoteCallable.__new__(RemoteCallable)
        vars(same).update(vars(self) | {"_made": True})
        return same

    def __call__(self, *args: Any, **options: Any) -> Any:
        if self._made:
            return self._exchange.later("call", self, list(args), options)
        return self._exchange.call(self, list(args), options)

    def expendable(self) -> "ExpendableCallable":
        """The same, where nothing more is to be graded in its process: it may be tried out."""
        same = ExpendableCallable.__new__(ExpendableCallable)
        vars(same).update(vars(self))
        return same


class ExpendableCallable(RemoteCallable):
    """A function whose process may end."""

    no_experiments = False
    grace = GRACE  # seconds that stopping a call may take


class Exchange:
    """Requests to one learner's process, and what is kept of the objects that go to and fro."""

    def __init__(self, line: Line, seconds: Callable[[], float]) -> None:
        self.line, self.seconds = line, seconds
        self.keys = itertools.count(1)
        self.given: dict[int, tuple[list[Any], list[Any]]] = {}  # arguments of the last calls and their arrays, by step
        self.waiting: list[Any] = []  # steps that nobody has needed the value of
        self.callbacks: dict[int, Callable[..., Any]] = {}
        self.generators: dict[int, np.random.Generator] = {}
        self.expected: deque[Sent] = deque()  # calls whose answers are on the way

    def find(self, name: str) -> Any:
        """What the learner's namespace holds under a name.

        Raises: NameError.
        """
        return self.perform("find", name)

    def call(self, target: RemoteObject, args: list[Any], options: dict[str, Any]) -> Any:
        """The value of a call; what it changed in its arguments is changed here, too."""
        if self.expected and not options and self.expected[0].packed == Encoder(unsendable)(args):
            return self.value(self.hear(), args)
        return self.perform("call", target, args, options)

    def ahead(self, target: RemoteObject, calls: Sequence[Packed]) -> None:
        """Let the process begin with calls that will be made in this order, so that nobody waits for each other.

        calls: what ``pack_calls`` made of them.  ``call`` finds their answers, all other steps forget what is left.
        """
        self.drop_ahead()
        if calls:
            self.expected.extend(Sent(next(self.keys), target, *call) for call in calls)
            first, seconds, sent = self.expected[0].key, self.seconds(), [packed for _, packed, _ in calls]
            self.line.say(["ahead", seconds, first, self._pack(target), sent], time.monotonic() + seconds + GRACE)

    def drop_ahead(self) -> None:
        """Forget the answers that nobody has wanted; the process stops after the call that it is at."""
        if self.expected:
            self.expected.clear()
            deadline = time.monotonic() + self.seconds() + GRACE
            self.line.say(["enough"], deadline)
            while self.line.hear(deadline, self._call_back)[0] != "enough":
                pass

    def perform(self, verb: str, *arguments: Any) -> Any:
        """The value of one step, taken now."""
        return self._do([verb, *arguments])

    def later(self, verb: str, *arguments: Any) -> RemoteObject:
        """What comes of a step that is taken with the next one that is taken now."""
        made = RemoteObject(self, next(self.keys))
        made._made = True
        self.waiting.append([made._key, verb, *arguments])
        return made

    def _do(self, step: list[Any]) -> Any:
        self.drop_ahead()
        steps, self.waiting = [*self.waiting, [next(self.keys), *step]], []
        self._remember(steps[-1])
        seconds = self.seconds()
        return self._value(self.line.ask(["do", seconds, Encoder(self._pack)(steps)], seconds, self._call_back))

    def is_next(self, target: Any, args: tuple[Any, ...]) -> bool:
        """Whether the next answer will be to these very arguments."""
        return bool(self.expected) and self.expected[0].target is target and self.expected[0].args is args

    def hear(self) -> Heard:
        """What the next of the calls that were sent ahead came to.

        Raises: Ended.
        """
        call = self.expected.popleft()
        answer = self.line.hear(time.monotonic() + self.seconds() + GRACE, self._call_back)
        if answer[0] == "timeout":  # the process does not go on by itself then
            self.drop_ahead()
        return Heard(call, answer)

    def value(self, heard: Heard, args: list[Any]) -> Any:
        """The value that was heard of; what the call changed in its arguments is changed here."""
        self._remember([heard.call.key, "call", heard.call.target, args, {}])
        return self._value(heard.answer)

    def value_alone(self, heard: Heard) -> Any:
        """The value that was heard of where nothing was changed; what was printed and warned of stays unheard."""
        call = heard.call
        self.given = {call.key: ([call.target, list(call.args), {}], call.arrays)}
        try:
            return self._value(heard.answer, aloud=False)
        finally:
            self.given.clear()  # a later answer must not change what others are asked, too

    def _value(self, answer: list[Any], aloud: bool = True) -> Any:
        try:
            value, error = self._read(answer, aloud)
        except Exception as problem:  # what was sent may be anything
            self.line.cut(Ended(f"it sent an answer that can't be understood ({type(problem).__name__})"))
        if error is not None:
            raise error
        return value

    def _remember(self, step: list[Any]) -> None:
        """Keep the arguments of the last calls, as they may change with a later one."""
        key, verb, *arguments = step
        if verb == "call":
            self.given[key] = arguments, arrays_in(arguments)
            for old in list(self.given)[:-CALLS_KEPT]:
                del self.given[old]

    def _read(self, answer: list[Any], aloud: bool) -> tuple[Any, BaseException | None]:
        """The value or the exception that an answer tells of, after what else it tells has been done here."""
        *verdict, changed, states, printed, noted = answer
        if aloud:
            sys.stdout.write(str(printed)[:10_000])
        for text in noted[:20] if aloud else ():
            warnings.warn(str(text), RuntimeWarning, stacklevel=2)
        for key, packed in states:
            if key in self.generators:
                self.generators[key].bit_generator.state = self._unpack_plainly(packed)
        result = self._result(*verdict)  # it numbers arrays as they were before the changes
        for key, packed, same in changed:
            if key in self.given:
                self._change(key, packed, same)
        return result

    def _result(self, kind: str, *rest: Any) -> tuple[Any, BaseException | None]:
        if kind == "returned":
            return self._unpack(*rest), None
        if kind == "raised":
            return None, exception(*rest)
        where, line = rest
        return None, with_told(OutOfTime(), where, line, False)

    def _change(self, key: int, packed: Any, same: list[int]) -> None:
        """Make what was given what it became; ``same`` tells which of its arrays are those that were given."""
        given, arrays = self.given[key]
        decode = Decoder({"o": opaque, "h": self._remote})
        new = decode(packed)
        kept = [arrays[n] if 0 <= n < len(arrays) else a for a, n in zip(decode.arrays, same, strict=True)]
        became(given, new, {id(a): k for a, k in zip(decode.arrays, kept, strict=True) if a is not k})
        self.given[key] = given, kept

    def _call_back(self, key: int, packed: Any) -> list[Any]:
        """Call one of the grader's functions for the learner's."""
        decode = Decoder({"o": opaque})
        args, options = decode(packed)
        try:
            function = self.callbacks[key]
            if sum(array.size for array in decode.arrays) > LARGEST_ARGUMENT:
                raise ValueError(f"called with more than {LARGEST_ARGUMENT:,} numbers")
            return ["value", Encoder(unsendable)(function(*args, **options))]
        except Exception as error:
            text = error.args[0] if isinstance(error, KeyError) and error.args else error  # its text is quoted
            return ["raised", type(error).__name__, str(text)[:1_000], raised_on_purpose(error)]

    def _pack(self, value: Any) -> Any:
        if isinstance(value, RemoteObject | Kept) and value._key is not None:
            return ["h", value._key]
        if isinstance(value, np.random.Generator):
            plainly, seeds = Encoder(unsendable), cast(np.random.SeedSequence, value.bit_generator.seed_seq)
            spawned = [seeds.entropy, seeds.spawn_key, seeds.pool_size, seeds.n_children_spawned]
            return ["g", self._key_of(value), plainly(value.bit_generator.state), plainly(spawned)]
        if isinstance(value, Formula):
            return ["e", value.__name__, type(value).__name__]
        if callable(value):
            key = next(self.keys)
            self.callbacks[key] = value
            return ["f", key, getattr(value, "__name__", "function"), type(value).__name__]
        return unsendable(value)

    def _key_of(self, rng: np.random.Generator) -> int:
        known = next((key for key, other in self.generators.items() if other is rng), None)
        key = next(self.keys) if known is None else known
        self.generators[key] = rng
        for old in list(self.generators)[:-MOST_GENERATORS]:
            del self.generators[old]
        return key

    def _unpack(self, packed: Any) -> Any:
        return Decoder({"o": opaque, "h": self._remote, "k": self._given, "w": functools.partial(held, self)})(packed)

    def _unpack_plainly(self, packed: Any) -> Any:
        return Decoder({"o": opaque})(packed)

    def _given(self, key: int, number: int) -> Any:
        """An array that was given with a call, and came back as it is."""
        return self.given[key][1][number]

    def _remote(self, key: int, kind: str, text: str, is_callable: bool, parameters: Any) -> RemoteObject:
        if type(key) is not int:
            raise WireError("an object without a number")
        if is_callable:
            return RemoteCallable(self, key, kind, text, parameters)
        return RemoteObject(self, key, kind, text)
