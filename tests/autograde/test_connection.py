"""Messages between grader and learner's process: all values survive, and no message does harm."""

import math
import resource
import socket
import struct
import threading
import time
from contextlib import suppress
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograde.runtime.serialization import LARGEST, Decoder, Encoder, WireError, opaque, receive, send
from autograde.runtime.values import Opaque
from autograde.sandbox.connection import Ended, Line
from autograde.sandbox.proxy import Exchange
from tests.support.properties import examples

KINDS = ["?", "i1", "u2", "<i8", ">i4", "f2", "f4", "<f8", ">f8", "c8", "c16", "U3", "S4"]
SHAPES = arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
ARRAYS = st.sampled_from(KINDS).flatmap(lambda kind: arrays.arrays(kind, SHAPES))
ATOMS = st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.binary(max_size=20)
LEAVES = ATOMS | st.text(max_size=10) | ARRAYS
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3)
    ),
    max_leaves=12,
)
TAGS = st.sampled_from(["l", "t", "d", "i", "c", "s", "a", "r", "o", "h", "k", "g", "f", "e", "", "x" * 50])
PACKED = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=8)
    | st.binary(max_size=16) | st.sampled_from(KINDS),
    lambda inner: st.lists(inner, max_size=5) | st.tuples(TAGS, inner, inner).map(list)
    | st.tuples(TAGS, inner, inner, inner, inner, inner).map(list),
    max_leaves=20,
)  # fmt: skip
NAMES = st.sampled_from(["returned", "raised", "timeout", "done", "callback", "value", "x"])
MESSAGES = st.tuples(NAMES, st.lists(PACKED, max_size=8)).map(lambda pair: [pair[0], *pair[1]])


def _nothing(value: Any) -> Any:
    raise TypeError(type(value))


def round_trip(value: Any) -> Any:
    here, there = socket.socketpair()
    with here, there:
        writer = threading.Thread(target=send, args=(here, ["x", Encoder(_nothing)(value)]))
        writer.start()
        _, packed = receive(there, time.monotonic() + 10)
        writer.join()
    return Decoder({})(packed)


def alike(one: Any, other: Any) -> bool:
    """The same values of the same types, all the way down; NaN is like NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        same = one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
        return bool(same and one.flags.writeable == other.flags.writeable)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict):
        return alike(list(one.items()), list(other.items()))
    if isinstance(one, complex):
        return alike(one.real, other.real) and alike(one.imag, other.imag)
    return bool(one == other or (isinstance(one, float) and math.isnan(one) and math.isnan(other)))


@given(VALUES)
def test_values_survive(value: Any) -> None:
    assert alike(round_trip(value), value)


@given(ARRAYS, st.sampled_from("CF"), st.booleans())
def test_arrays_survive_with_their_order_and_flags(array: Any, order: Any, writeable: bool) -> None:
    array = np.array(array, order=order)
    array.flags.writeable = writeable
    first, second, third = round_trip([array, array, array.copy()])
    assert alike(first, array)
    assert first is second
    assert first is not third
    assert first.flags.f_contiguous == array.flags.f_contiguous


@pytest.mark.parametrize("value", [2**64, -(2**63) - 1, 10**4000, -(7**1000), math.inf, -math.inf, -0.0])
def test_odd_numbers_survive(value: Any) -> None:
    assert repr(round_trip(value)) == repr(value) if value != 10**4000 else round_trip(value) == value


def test_lone_surrogates_become_question_marks() -> None:
    assert round_trip("a\ud800b\udfffc") == "a?b?c"


@given(PACKED)
def test_decoder_makes_a_value_or_says_why_not(packed: Any) -> None:
    with suppress(WireError):
        Decoder({"o": opaque})(packed)


def answered(data: bytes, seconds: float = 0.05) -> Any:
    """What a call comes to where these bytes are all that answers."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        exchange = Exchange(Line(ours, lambda: "exit 0"), lambda: seconds - 2.0)
        theirs.sendall(data)
        theirs.shutdown(socket.SHUT_WR)
        exchange.callbacks[1] = lambda x: x
        return exchange.find("f")


@settings(examples(300), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MESSAGES, min_size=1, max_size=4))
def test_only_answers_errors_and_ended_come_of_messages(messages: list[Any]) -> None:
    packed = [msgpack.packb(message) for message in messages]
    start = time.monotonic()
    caught = _caught(b"".join(struct.pack(">I", len(data)) + data for data in packed))
    assert caught is None or isinstance(caught, Ended) or hasattr(caught, "told")  # a learner's own, as it was told
    assert time.monotonic() - start < 5


def _caught(data: bytes) -> BaseException | None:
    try:
        answered(data)
    except BaseException as error:
        return error
    return None


@given(st.binary(max_size=300))
def test_only_ended_comes_of_garbage(data: bytes) -> None:
    with pytest.raises(Ended):
        answered(data)


@pytest.mark.parametrize(
    "body",
    [
        b"\xdd" + struct.pack(">I", 20_000_000) + b"\x90" * 20_000_000,
        b"\x92\xa1x" + b"\xdd\x00\x10\x00\x00" * 900,
        b"\x91" * 1_000_000,
        b"\xdd" + struct.pack(">I", 5_000_000) + b"\xd4\x05x" * 5_000_000,
        b"\xdf\x00\x10\x00\x00" + b"\xa1x\xc0" * 1_000_000,
    ],
    ids=["empty lists", "announced lists", "deep lists", "extensions", "maps"],
)
def test_messages_take_little_memory_and_time(body: bytes) -> None:
    ours, theirs = socket.socketpair()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with ours, theirs:
        writer = threading.Thread(target=theirs.sendall, args=(struct.pack(">I", len(body)) + body,))
        writer.start()
        with pytest.raises(WireError):
            receive(ours, time.monotonic() + 20)
        writer.join()
    assert time.monotonic() - start < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600_000  # KiB


def test_too_large_a_message_is_refused_before_it_is_read() -> None:
    with pytest.raises(Ended, match="at most"):
        answered(struct.pack(">I", LARGEST + 1))


@pytest.mark.slow
def test_silence_ends_in_time() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(struct.pack(">I", 1000))
        line, start = Line(ours, lambda: "it was stopped"), time.monotonic()
        with pytest.raises(Ended):
            line.ask(["do"], 0.1)
        assert time.monotonic() - start < 4
        with pytest.raises(Ended):  # and ever after
            line.ask(["do"], 10.0)


def test_opaque_texts_are_short() -> None:
    found = Decoder({"o": opaque})(["o", "x" * 10_000, "y" * 10_000, 7])
    assert isinstance(found, Opaque)
    assert len(found.kind) + len(found.text) <= 600


def test_functions_of_the_grader_are_called_with_few_numbers_only() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        exchange = Exchange(Line(ours, lambda: ""), lambda: 1.0)
        exchange.callbacks[1] = lambda x: x.sum()
        few, many = (Encoder(_nothing)([[np.ones(n)], {}]) for n in (10, 1_000_000))
        assert exchange._call_back(1, few) == ["value", ["s", "<f8", np.float64(10).tobytes()]]
        assert exchange._call_back(1, many)[:2] == ["raised", "ValueError"]
