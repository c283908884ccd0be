"""The process in which one submission's code runs: it executes cells and calls, and says what came of them."""

import builtins
import inspect
import itertools
import logging
import operator
import select
import signal
import socket
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from autograde.runtime.serialization import (
    CALLS_KEPT,
    MOST_GENERATORS,
    NUMBERS,
    TEXTS,
    Decoder,
    Encoder,
    arrays_in,
    receive,
    send,
)
from autograde.runtime.shell import Shell
from autograde.runtime.silence import quiet
from autograde.runtime.timeout import OutOfTime, run_within
from autograde.runtime.tracebacks import own_line, raised_on_purpose
from autograde.runtime.values import Opaque, plain
from autograde.runtime.watchers import Watchers

LONGEST = 100_000  # values taken from an iterable
MOST_TEXT = 1_000
OPERATORS = ("__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__neg__")


class Worker:
    """Answers the grader's requests: ``cell`` runs source text, ``do`` a list of steps on objects that stay here."""

    def __init__(self, sock: socket.socket, shell: Shell) -> None:
        self.sock, self.shell, self.watchers = sock, shell, Watchers()
        self.objects: dict[int, Any] = {}
        self.generators: dict[int, np.random.Generator] = {}
        # arguments of the last calls, what they held, the arrays
        self.given: dict[int, tuple[Any, Any, list[Any]]] = {}
        self.states: dict[int, Any] = {}  # of the generators, as the grader knows them
        self.logging_off = logging.root.manager.disable  # up to which level, in cells
        self.keys = itertools.count(-1, -1)  # the grader's own keys are positive

    def serve(self) -> None:
        """Answer until the grader hangs up."""
        while True:
            try:
                name, *rest = receive(self.sock)
            except (EOFError, OSError):
                return
            if name == "cell":
                logging.disable(self.logging_off)
                self.watchers.start()
                send(self.sock, ["done", *self.shell.run(*rest)])
                self.logging_off = logging.root.manager.disable
            elif name == "file":
                send(self.sock, ["placed", _placed(*rest)])
            elif name == "enough":
                send(self.sock, [name])
            else:
                if logging.root.manager.disable < logging.CRITICAL:  # once for many calls, as it takes its time
                    logging.disable(logging.CRITICAL)
                self.watchers.stop()
                self._do_ahead(*rest) if name == "ahead" else send(self.sock, self._do(*rest))

    def _do_ahead(self, seconds: float, first: int, target: Any, calls: list[Any]) -> None:
        """Answer calls one after the other, until one takes too long or the grader has something else to say."""
        for key, args in enumerate(calls, first):
            self.given.clear()  # each is a test of its own: what becomes of its arguments later is not looked at
            answer = self._do(seconds, ["l", [["l", [key, "call", target, args, ["d", []]]]]])
            send(self.sock, answer)
            if answer[0] == "timeout" or select.select([self.sock], [], [], 0)[0]:
                return

    def _do(self, seconds: float, packed: list[Any]) -> list[Any]:
        """Take the steps; the answer is what came of the last, or of the first that failed, and what else was seen."""
        _, steps = packed  # a list, tagged as one
        makers: dict[str, Callable[..., Any]] = {
            "g": self._generator,
            "f": self._callback,
            "e": _formula,
            "h": self.objects.__getitem__,
        }
        decode = Decoder(makers)
        noted: list[warnings.WarningMessage] = []
        with quiet(noted) as printed:
            try:
                verdict = ["returned", run_within(seconds, self._take, steps, decode)]
            except OutOfTime as error:
                verdict = ["timeout", *own_line(error)]
            except BaseException as error:  # SystemExit too: a learner's code may raise anything
                verdict = ["raised", *_told(error)]
        changed = list(self._changed())
        states = [[key, _packed(state)] for key, state in self._moved()]
        return [*verdict, changed, states, printed.getvalue(), [str(w.message)[:MOST_TEXT] for w in noted]]

    def _take(self, steps: list[Any], decode: Decoder) -> Any:
        """Take steps one by one, as one may work on what came of an earlier one; the value of the last."""
        value = None
        for step in steps:
            key, verb, *arguments = decode(step)
            if verb == "call":
                self.given[key] = arguments, _held(arguments), arrays_in(arguments)
                for old in list(self.given)[:-CALLS_KEPT]:
                    del self.given[old]
            value = getattr(self, f"_{verb}")(*arguments)
            self.objects[key] = value
        known = {id(a): ["k", k, n] for k, (_, _, arrays) in self.given.items() for n, a in enumerate(arrays)}
        return Encoder(self._handle, known, self._hold)(value)

    def _find(self, name: str) -> Any:
        if name not in self.shell.names:
            raise NameError(f"name {name!r} is not defined")
        return self.shell.names[name]

    def _call(self, target: Any, args: Any, options: Any) -> Any:
        return target(*args, **options)

    def _get(self, target: Any, name: str) -> Any:
        return getattr(target, name)

    def _operate(self, name: str, args: Any) -> Any:
        return getattr(operator, name)(*args)

    def _number(self, target: Any) -> Any:
        return float(target)

    def _list(self, target: Any) -> Any:
        return list(itertools.islice(target, LONGEST))

    def _handle(self, value: Any) -> Any:
        """What is written for an object that is no data: it stays here, and the grader gets its key."""
        simple = _sendable(plain(value))
        if not isinstance(simple, Opaque):
            return Encoder(self._handle)(simple)
        return ["h", self._kept(value), simple.kind, simple.text, simple.is_callable, _signature(value)]

    def _hold(self, value: Any) -> list[Any]:
        """What is written before data of a class that is no kind of data itself: its key, whether it has operators."""
        own = itertools.takewhile(lambda kind: kind.__module__ != "builtins", type(value).__mro__)
        return [self._kept(value), any(name in vars(kind) for kind in own for name in OPERATORS)]

    def _kept(self, value: Any) -> int:
        key = next(self.keys)
        self.objects[key] = value
        return key

    def _generator(self, key: int, state: Any, seeds: Any) -> np.random.Generator:
        """The generator that stands for one of the grader's, in the state that it has now."""
        state, (entropy, spawn_key, size, children) = Decoder({})(state), Decoder({})(seeds)
        rng = self.generators.get(key)
        if rng is None:
            sequence = np.random.SeedSequence(entropy, spawn_key=spawn_key, pool_size=size, n_children_spawned=children)
            rng = np.random.Generator(getattr(np.random, state["bit_generator"])(sequence))
            self.generators[key] = rng
            for old in list(self.generators)[:-MOST_GENERATORS]:
                del self.generators[old]
        rng.bit_generator.state = self.states[key] = state
        return rng

    def _moved(self) -> Iterator[tuple[int, Any]]:
        """The generators that were used since the grader heard of them, with their states."""
        for key, rng in self.generators.items():
            state = rng.bit_generator.state
            if repr(state) != repr(self.states[key]):
                self.states[key] = state
                yield key, state

    def _changed(self) -> Iterator[tuple[int, Any, list[int]]]:
        """What arguments have become, of the last calls: a function may keep an array and change it later.

        With each, which of the arrays in it were there before: their numbers, -1 for a new one.
        """
        for key, (arguments, before, there) in self.given.items():
            held = _held(arguments)
            if held != before:
                encode = Encoder(_opaque)
                after, numbers = encode(arguments), {id(array): number for number, array in enumerate(there)}
                yield key, after, [numbers.get(id(array), -1) for array in encode.kept]
                self.given[key] = arguments, held, encode.kept

    def _callback(self, key: int, name: str, kind: str) -> Callable[..., Any]:
        """A function of the grader's, or an object of such a class: calls go there and back."""

        def ask(*args: Any, **options: Any) -> Any:
            packed = Encoder(_opaque)([list(args), options])
            with _uninterrupted():
                send(self.sock, ["callback", key, packed])
                verdict, *rest = receive(self.sock)
            if verdict == "raised":
                name, text, on_purpose = rest
                error: Any = getattr(builtins, name, RuntimeError)(text)
                error.on_purpose = on_purpose
                raise error
            return Decoder({})(rest[0])

        ask.__name__ = ask.__qualname__ = name
        return ask if kind == "function" else type(kind, (), {"__call__": lambda _, *a, **o: ask(*a, **o)})()


def _placed(name: str, data: bytes) -> str:
    """Write a file that was handed in beside the notebook; "" or what went wrong."""
    try:
        place = Path.cwd() / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    except OSError as error:
        return str(error)
    return ""


def _held(arguments: list[Any]) -> list[Any]:
    """What the arguments of a call hold, to be compared with what they hold later; which arrays they are, too."""
    _, given, options = arguments
    return [_state(value) for value in (*given, *options.values())]


def _state(value: Any) -> Any:
    if type(value) is np.ndarray and not value.dtype.hasobject:
        return id(value), value.shape, value.dtype, value.flags.writeable, value.tobytes()
    if isinstance(value, (list, tuple, dict)):
        encode = Encoder(_opaque)
        return encode(value), [id(array) for array in encode.kept]
    return None  # numbers and texts don't change, and what else changes stays here


def _formula(text: str, kind: str) -> Callable[..., Any]:
    """A function of the grader's that is no more than its formula."""
    call = eval(text, {"np": np})

    def answer(_: Any, *args: Any) -> Any:
        return call(*args)

    answer.__qualname__ = f"{kind}.__call__"  # what Python says where it is called in a wrong way
    made: Callable[..., Any] = type(kind, (), {"__call__": answer, "__name__": text})()
    return made


def _packed(value: Any) -> Any:
    return Encoder(_opaque)(value)


def _opaque(value: Any) -> Any:
    """What is written for an object that nobody will use."""
    simple = _sendable(plain(value))
    if isinstance(simple, Opaque):
        return ["o", simple.kind, "" if isinstance(value, np.random.Generator) else simple.text, simple.is_callable]
    return Encoder(_opaque)(simple)


def _sendable(value: Any) -> Any:
    """Arrays of dates and the like are nothing that the course knows."""
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind not in NUMBERS + TEXTS:
        return Opaque(f"array of {value.dtype}")
    return value


def _signature(value: Any) -> Any:
    """Parameters as name, kind and the default's text, or None for what can't be called."""
    if not callable(value):
        return None
    try:
        parameters = inspect.signature(value).parameters.values()
        return [
            [p.name, int(p.kind), None if p.default is inspect.Parameter.empty else repr(p.default)[:100]]
            for p in parameters
        ]
    except Exception:  # builtins have none
        return None


def _told(error: BaseException) -> list[Any]:
    """An exception in words: its built-in class, its own, its text, and where it was raised."""
    base = next(c.__name__ for c in type(error).__mro__ if c.__module__ == "builtins")
    try:
        text = str(error)[:MOST_TEXT]
    except Exception:
        text = ""
    return [base, type(error).__name__, text, *own_line(error), vars(error).get("on_purpose", raised_on_purpose(error))]


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """A time limit must not cut a message in two: its signal waits."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
