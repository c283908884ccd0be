"""The grader's side of a submission's process: cells are run there, and its functions look like functions here."""

import functools
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from autograde.judging.diagnosis.syntax.definition import last_definition
from autograde.sandbox.confinement import bubblewrap
from autograde.sandbox.confinement.cgroup import Cgroup
from autograde.sandbox.connection import Ended, Line, TookTooLong
from autograde.sandbox.kept_outputs import Album, Shown
from autograde.sandbox.proxy import Exchange, RemoteObject

START_SECONDS, PLACING_SECONDS, END_SECONDS = 60.0, 10.0, 10.0


@dataclass(frozen=True)
class Limits:
    """What one submission may take.

    Units: call, cell and notebook (its cells together) in seconds, memory and files in bytes, output in characters kept
    of each cell.
    """

    call: float = 10.0
    cell: float = 60.0
    notebook: float = 60.0
    memory: int = 4 * 2**30
    files: int = 2**30
    processes: int = 64
    output: int = 1_000_000

    @property
    def total(self) -> float:
        """Seconds for everything: cells, the calls of tests, and what is run again in a fresh process."""
        return 5 * self.notebook


class Zygote:
    """The prepared process that forks for every submission; ``hidden`` folders don't exist for it.

    libraries: whether all that notebooks use is loaded already; without it, starting and forking takes a third.
    Raises: ConfinementError where it can't be confined; ``confined=False`` runs it all the same.
    """

    def __init__(self, hidden: Sequence[Path] = (), confined: bool = True, libraries: bool = False) -> None:
        self.folder = None if confined else tempfile.mkdtemp(prefix="autograde-")
        self.cgroup: Cgroup | None = None
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with theirs, tempfile.TemporaryFile() as log:
                self.process = self._start(theirs, hidden, libraries, log)
                theirs.close()
                self._wait_until_ready(log)
        except BaseException:
            self.control.close()
            raise
        self.cgroup = Cgroup(self.process.pid) if confined else None

    def _start(
        self, theirs: socket.socket, hidden: Sequence[Path], libraries: bool, log: Any
    ) -> subprocess.Popen[bytes]:
        """The process, at the other end of the control socket."""
        number, env = theirs.fileno(), None
        arguments = [str(number), *["confined"] * (self.folder is None), *["libraries"] * libraries]
        if self.folder is None:
            command = bubblewrap.confined_command(arguments, hidden)
        else:
            command = [sys.executable, *bubblewrap.RUN, *arguments]
            env = bubblewrap.unconfined_environment(Path(self.folder))
        return subprocess.Popen(
            command, env=env, pass_fds=[number], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder
        )

    def open(self, limits: Limits) -> socket.socket:
        """A line to the process of a new submission."""
        ours, theirs = socket.socketpair()
        if self.cgroup is not None:
            self.cgroup.limit(limits.processes)
        with theirs:
            socket.send_fds(self.control, [json.dumps(asdict(limits)).encode()], [theirs.fileno()])
        return ours

    def stop(self) -> str:
        """End the present submission's process with all that it started; the text says how it had ended."""
        with suppress(OSError):
            self.control.send(b"stop")
        return self.ended()

    def ended(self) -> str:
        """Wait for the present submission's end; "" where the zygote itself is gone."""
        self.control.settimeout(END_SECONDS)
        try:
            answer = self.control.recv(65_536)
            return str(json.loads(answer)["ended"]) if answer else ""
        except (OSError, ValueError):
            self.process.kill()  # it no longer does what it should: the next submission gets another one
            self.process.wait()
            return ""

    def close(self) -> None:
        """End it."""
        self.control.close()
        self.process.kill()
        self.process.wait()
        if self.cgroup is not None:
            self.cgroup.close()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _wait_until_ready(self, log: Any) -> None:
        self.control.settimeout(START_SECONDS)
        try:
            ready = self.control.recv(100)
        except OSError:
            ready = b""
        if ready == b"ready":
            return
        self.close()
        log.seek(0)
        text = log.read().decode(errors="replace").strip()[-1000:]
        raise bubblewrap.ConfinementError(
            f"the sandbox did not start; it said:\n{text or '(nothing)'}\nWhere bubblewrap may not make namespaces, "
            "allow it (on Debian: sysctl kernel.unprivileged_userns_clone=1), or accept the risk with --unconfined"
        )


class Zygotes:
    """A zygote for submissions that use NumPy alone, and one for those that use more, each started when it is needed.

    Which of the two makes a difference in time only.  The arguments are those of a Zygote.
    """

    def __init__(self, hidden: Sequence[Path] = (), confined: bool = True) -> None:
        self.hidden, self.confined = hidden, confined
        self.started: dict[bool, Zygote] = {}

    def fit_for(self, texts: Iterable[str]) -> Zygote:
        """The one in which code is run fastest.

        Raises: ConfinementError.
        """
        libraries = any(_USES_MORE.search(text) for text in texts)
        if libraries not in self.started:
            self.started[libraries] = Zygote(self.hidden, self.confined, libraries)
        return self.started[libraries]

    def drop_ended(self) -> bool:
        """Whether one of them has ended by itself; it is started anew when it is needed."""
        ended = [libraries for libraries, zygote in self.started.items() if zygote.process.poll() is not None]
        for libraries in ended:
            self.started.pop(libraries).close()
        return bool(ended)

    def any_ended(self) -> bool:
        """Whether one of them has ended by itself."""
        return any(zygote.process.poll() is not None for zygote in self.started.values())

    def close(self) -> None:
        """End them."""
        for zygote in self.started.values():
            zygote.close()


_USES_MORE = re.compile(r"\b(matplotlib|plt|pylab|scipy|sklearn|tqdm|data\.\w)")  # data sets come from scikit-learn


class Session:
    """One submission's process, from its first cell to its end.

    files: what lies beside the notebook, by names relative to it.  end: when all must be done, on the clock of
    ``time.monotonic``.
    Raises: ValueError where such a name leads elsewhere.
    """

    def __init__(
        self, zygote: Zygote, limits: Limits, files: Sequence[tuple[str, bytes]] = (), end: float | None = None
    ) -> None:
        if bad := [name for name, _ in files if not _is_beside(name)]:
            raise ValueError(f"got a file {bad[0]!r}, expected a name relative to the notebook's folder")
        self.limits, self.for_cells = limits, limits.notebook
        self.end = time.monotonic() + limits.total if end is None else end
        self.line = Line(zygote.open(limits), zygote.stop)
        self.sources: list[str] = []  # of the cells that were run
        self.number = 0  # of the last of them
        self.patience, self.album = 1.0, Album(limits.output)
        self.exchange = Exchange(self.line, lambda: self._at_most(limits.call * self.patience))
        with suppress(Ended):  # the first cell will tell
            for name, data in files:
                self.line.ask(["file", name, data], PLACING_SECONDS)

    def _at_most(self, seconds: float) -> float:
        """So many seconds, or what is left of all.

        Raises: Ended where that is nothing.
        """
        left = self.end - time.monotonic()
        if left <= 0:
            self.line.cut(TookTooLong(f"the {self.limits.total:g} seconds for a notebook and its tests were used up"))
        return min(seconds, left)

    def run(self, source: str, most: float | None = None, number: int = 0) -> tuple[str, list[Shown]]:
        """The name of the error that a cell ended with, or "", and what it showed.

        most: the seconds that it may take, by default those of the limits.  number: which of the notebook's cells of
        code it is, by default the next.
        Raises: Ended.
        """
        if self.for_cells <= 0:
            self.line.cut(TookTooLong(f"the {self.limits.notebook:g} seconds for the cells were used up"))
        self.sources.append(source)
        seconds, start = min(self._at_most(most or self.limits.cell), self.for_cells), time.monotonic()
        try:
            passed_by, self.number = max(number - self.number - 1, 0), max(number, self.number + 1)
            answer = self.line.ask(["cell", source, seconds, self.limits.output, passed_by], seconds)
        finally:
            self.for_cells -= time.monotonic() - start
        try:
            done, error, shown = answer
            if done == "done" and isinstance(error, str):
                return error[:200], self.album.kept(shown)
        except (TypeError, ValueError):
            pass
        self.line.cut(Ended("it sent an answer that can't be understood"))
        raise AssertionError("unreachable: the line was cut")

    def find(self, name: str) -> Any:
        """What the submission holds under a name: data, or an object whose calls go there.

        Raises: NameError, Ended.
        """
        found = self.exchange.find(name)
        if isinstance(found, RemoteObject):
            found.definition = functools.partial(last_definition, name, self.sources)  # type: ignore[method-assign]
        return found

    @contextmanager
    def patient(self, times: float) -> Iterator[None]:
        """Within, a call may take so many times the usual limit."""
        self.patience, before = times, self.patience
        try:
            yield
        finally:
            self.patience = before

    @contextmanager
    def ahead(self, fn: Any, calls: Sequence[Any]) -> Iterator[None]:
        """Within, the process works already on packed calls of one of its functions that will be made in this order."""
        if isinstance(fn, RemoteObject):
            self.exchange.ahead(fn, calls)
        yield
        with suppress(Ended):  # what was found out stands
            self.exchange.drop_ahead()

    def close(self) -> None:
        """End the process and all that it has started."""
        self.line.cut(Ended("it was closed"), silently=True)
        self.line.sock.close()


def _is_beside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\0" not in name
