"""What goes over the pipe between grader and learner's code: numbers, texts, arrays and containers; never pickle.

Every value that msgpack does not know becomes a list that starts with a tag; the decoder takes exactly these lists and
refuses everything else, however it came to be.
"""

import itertools
import math
import socket
import struct
import time
from collections.abc import Callable, Sequence
from typing import Any, Literal

import msgpack
import numpy as np

from autograde.runtime.values import Kept, Opaque, data_of

LARGEST = 64 * 2**20  # bytes of one message
MOST_GENERATORS = 16  # that both sides know at a time
CALLS_KEPT = 4  # so many of the last calls have their arguments watched
READ_AHEAD = 2**16  # bytes that one call of the system may bring of the messages behind
DEEPEST = 25  # levels of lists in lists
MOST_PARTS = 2_000_000  # entries of all lists of one message, so that it takes little more memory than its bytes
NUMBERS, TEXTS = "biufc", "US"
_LENGTH = struct.Struct(">I")
_INT64 = range(-(2**63), 2**64)

Packer = Callable[[Any], list[Any]]


class WireError(Exception):
    """A message that is not what it should be: too large, cut off, or malformed."""


class Encoder:
    """Turns values into lists of a message; an array that occurs twice stays one array.

    other: what to write for an object that is no data.  known: what to write for arrays that the reader has, by id.
    hold: what to write before data whose class inherits from a list, say, so that the reader can name that very object.
    """

    def __init__(self, other: Packer, known: dict[int, list[Any]] | None = None, hold: Packer | None = None) -> None:
        self.other, self.known, self.hold = other, known or {}, hold
        self.arrays: dict[int, int] = {}
        self.kept: list[Any] = []  # so that no id is used twice

    def __call__(self, value: Any, level: int = 0) -> Any:
        kind = type(value)
        if kind in (type(None), bool, float, bytes):
            return value
        if kind is str:
            return value.encode("utf-8", "replace").decode()
        if kind is int:
            return value if value in _INT64 else ["i", hex(value)]
        if kind is complex:
            return ["c", value.real, value.imag]
        if level > DEEPEST:
            raise WireError(f"lists in lists, more than {DEEPEST} levels deep")
        if kind in (list, tuple):
            return ["l" if kind is list else "t", [self(v, level + 1) for v in value]]
        if kind is dict:
            return ["d", [[self(k, level + 1), self(v, level + 1)] for k, v in value.items()]]
        if kind is np.ndarray and value.dtype.kind in NUMBERS + TEXTS:
            return self._array(value)
        if isinstance(value, np.generic) and value.dtype.kind in NUMBERS + TEXTS and value.dtype.itemsize:
            return ["s", value.dtype.str, value.tobytes()]
        if kind in (np.str_, np.bytes_):
            return self("" if kind is np.str_ else b"")
        data = None if isinstance(value, Kept) else data_of(value)
        if data is None:
            return self.other(value)
        return self(data, level + 1) if self.hold is None else ["w", *self.hold(value), self(data, level + 1)]

    def _array(self, value: np.ndarray[Any, Any]) -> list[Any]:
        if id(value) in self.arrays:
            return ["r", self.arrays[id(value)]]
        if id(value) in self.known:
            return self.known[id(value)]
        self.arrays[id(value)] = len(self.arrays)
        self.kept.append(value)
        order: Literal["C", "F"] = "F" if value.flags.f_contiguous and not value.flags.c_contiguous else "C"
        form = order if value.flags.c_contiguous or value.flags.f_contiguous else "S"  # with gaps between entries
        return ["a", value.dtype.str, list(value.shape), form, value.flags.writeable, value.tobytes(order)]


class Decoder:
    """Turns the lists of one message into values again.

    others: tag -> what to make of the rest of a list with that tag.
    Raises: WireError for all that is not as it should be.
    """

    def __init__(self, others: dict[str, Callable[..., Any]]) -> None:
        self.makers: dict[str, Callable[..., Any]]
        self.makers = {"i": _integer, "c": complex, "s": _scalar, "a": self._array, "r": self._again, **others}
        self.arrays: list[np.ndarray[Any, Any]] = []

    def __call__(self, packed: Any, level: int = 0) -> Any:
        if packed is None or isinstance(packed, (bool, int, float, str, bytes)):
            return packed
        if not (isinstance(packed, list) and packed and isinstance(packed[0], str)) or level > DEEPEST:
            raise WireError("a message holds something that is no value")
        tag, *rest = packed
        try:
            if tag == "w":
                *rest, data = rest
                return self.makers[tag](*rest, self(data, level + 1))
            if tag in ("l", "t", "d"):
                return self._container(tag, level, *rest)
            return self.makers[tag](*rest)
        except WireError:
            raise
        except Exception as error:
            raise WireError(f"a message holds a malformed {tag[:20]!r}") from error

    def _container(self, tag: str, level: int, parts: Any) -> Any:
        if not isinstance(parts, list):
            raise WireError("a message holds a list that is none")
        if tag == "d":
            return {self(k, level + 1): self(v, level + 1) for k, v in parts}
        values = [self(part, level + 1) for part in parts]
        return tuple(values) if tag == "t" else values

    def _array(self, dtype: str, shape: list[int], order: str, writeable: bool, data: bytes) -> np.ndarray[Any, Any]:
        kind = _dtype(dtype, NUMBERS + TEXTS)
        if not all(type(n) is int and 0 <= n < 2**31 for n in shape) or math.prod(shape) * kind.itemsize != len(data):
            raise WireError(f"an array of shape {shape} and type {kind} can't have {len(data)} bytes")
        array = np.frombuffer(bytearray(data), dtype=kind).reshape(shape, order="F" if order == "F" else "C")
        if order == "S" and shape:
            array, whole = np.empty((*shape[:-1], 2 * shape[-1]), kind)[..., ::2], array
            array[...] = whole
        array.flags.writeable = bool(writeable)
        self.arrays.append(array)
        return array

    def _again(self, index: int) -> np.ndarray[Any, Any]:
        if type(index) is not int or index < 0:
            raise WireError("a message refers to an array that it does not hold")
        return self.arrays[index]


def _integer(digits: str) -> int:
    if len(digits) > 4_000:
        raise WireError("an integer of thousands of digits")
    return int(digits, 16)


def _scalar(dtype: str, data: bytes) -> Any:
    kind = _dtype(dtype, NUMBERS + TEXTS)
    if len(data) != kind.itemsize:
        raise WireError(f"a number of type {kind} can't have {len(data)} bytes")
    return np.frombuffer(data, dtype=kind)[0]


def _dtype(name: str, kinds: str) -> np.dtype[Any]:
    kind = np.dtype(name)
    if kind.kind not in kinds or kind.hasobject or kind.subdtype or kind.names or kind.itemsize == 0:
        raise WireError(f"arrays of type {kind} are not sent")
    return kind


def arrays_in(value: Any) -> list[Any]:
    """The arrays in a value, each once, in the order in which they are sent."""
    found: dict[int, Any] = {}
    _find_arrays(value, found)
    return list(found.values())


def _find_arrays(value: Any, found: dict[int, Any]) -> None:
    kind = type(value)  # of a class of its own are those that a learner has made, on both sides
    if kind is np.ndarray and value.dtype.kind in NUMBERS + TEXTS:
        found.setdefault(id(value), value)
    elif kind in (list, tuple, dict):
        for part in itertools.chain(*value.items()) if kind is dict else value:
            _find_arrays(part, found)


def opaque(kind: str, text: str, is_callable: bool) -> Opaque:
    """What stands for an object that can't be sent and need not be used."""
    return Opaque(str(kind)[:200], str(text)[:400], bool(is_callable))


def send(sock: socket.socket, message: Sequence[Any]) -> None:
    """Write one message.

    Raises: WireError where it is too large, OSError where nobody reads it any more.
    """
    data = msgpack.packb(message, use_bin_type=True, unicode_errors="replace")  # a print may hold lone surrogates
    if len(data) > LARGEST:
        raise WireError(f"a message of {len(data):,} bytes; at most {LARGEST:,} are sent")
    sock.sendall(_LENGTH.pack(len(data)) + data)


def receive(sock: socket.socket, deadline: float | None = None, unread: bytearray | None = None) -> list[Any]:
    """Read one message until ``deadline``, a value of ``time.monotonic``.

    unread: where to keep what has come already of the next messages, for who reads many; by default nothing is.

    Raises: WireError for what is no message, TimeoutError after the deadline, EOFError where the other side is gone.
    """
    (length,) = _LENGTH.unpack(_exactly(sock, _LENGTH.size, deadline, unread))
    if length > LARGEST:
        raise WireError(f"a message of {length:,} bytes; at most {LARGEST:,} are taken")
    try:
        message = _unpacked(_exactly(sock, length, deadline, unread))
    except Exception as error:
        raise WireError("a message that can't be read") from error
    if not (isinstance(message, list) and message and isinstance(message[0], str)):
        raise WireError("a message without a name")
    return message


def _unpacked(data: bytes) -> Any:
    """The lists of a message: no maps, no extensions, and not more entries than memory was meant for."""
    parts = 0

    def count(found: list[Any]) -> list[Any]:
        nonlocal parts
        parts += 1 + len(found)
        if parts > MOST_PARTS:
            raise WireError(f"a message of more than {MOST_PARTS:,} parts")
        return found

    return msgpack.unpackb(
        data, raw=False, list_hook=count, max_array_len=MOST_PARTS, max_map_len=0, max_ext_len=0
    )  # fmt: skip


def _exactly(sock: socket.socket, n: int, deadline: float | None, unread: bytearray | None) -> bytes:
    parts = bytearray() if unread is None else unread
    more = 0 if unread is None else READ_AHEAD
    while len(parts) < n:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            sock.settimeout(left)
        part = sock.recv(min(n - len(parts) + more, 2**20))
        if not part:
            raise EOFError
        parts += part
    found = bytes(parts[:n])
    del parts[:n]
    return found
