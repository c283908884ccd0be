"""One question, one answer: the line to a learner's process, which is cut at the first thing that goes wrong."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from autograde.runtime.serialization import WireError, receive, send

Called = Callable[..., list[Any]]
GRACE = 2.0  # seconds after which a process that does not stop its work itself is stopped


class Ended(Exception):
    """The process of a submission is gone, or had to be stopped; the text says why."""


class TookTooLong(Ended):
    """It had to be stopped because its time was up."""


class Line:
    """A socket to a learner's process; ``stop`` ends that process and tells how it ended."""

    def __init__(self, sock: socket.socket, stop: Callable[[], str]) -> None:
        self.sock, self.stop = sock, stop
        self.unread = bytearray()
        self.gone: Ended | None = None

    def ask(self, question: list[Any], seconds: float, called: Called | None = None) -> Any:
        """The answer to a question that the process should have answered in ``seconds``.

        called: answers the calls of the grader's functions that come in between.
        Raises: Ended, now and ever after, where no proper answer comes.
        """
        deadline = time.monotonic() + seconds + GRACE
        self.say(question, deadline)
        return self.hear(deadline, called)

    def say(self, message: list[Any], deadline: float) -> None:
        """Send a message that the process should have taken by a time of ``time.monotonic``.

        Raises: Ended.
        """
        with self._cut_where_it_fails():
            self.sock.settimeout(max(deadline - time.monotonic(), 0.001))
            send(self.sock, message)

    def hear(self, deadline: float, called: Called | None = None) -> Any:
        """The next answer.

        Raises: Ended.
        """
        with self._cut_where_it_fails():
            while (answer := receive(self.sock, deadline, self.unread))[0] == "callback" and called is not None:
                send(self.sock, called(*answer[1:]))
            return answer

    @contextmanager
    def _cut_where_it_fails(self) -> Iterator[None]:
        if self.gone is not None:
            raise type(self.gone)(str(self.gone))
        try:
            yield
        except TimeoutError:
            self.cut(TookTooLong("it did not stop when its time was up"))
        except (WireError, TypeError, ValueError) as error:
            self.cut(Ended(f"it sent what no answer is: {error}"))
        except (EOFError, OSError):
            self.cut(Ended("its process ended"))
        except BaseException:  # an alarm of the grader's: what the process sends from now on answers nothing
            self.cut(TookTooLong("it did not stop when its time was up"), silently=True)
            raise

    def cut(self, reason: Ended, silently: bool = False) -> None:
        """End the process; nothing can be asked any more.

        Raises: Ended, with the reason and how the process ended.
        """
        if self.gone is not None:
            if silently:
                return
            raise type(self.gone)(str(self.gone))
        how = self.stop()
        known = how if how.startswith("it ") else f"{reason}{f' ({how})' if how.startswith('exit') else ''}"
        self.gone = type(reason)(known)
        if not silently:
            raise self.gone
