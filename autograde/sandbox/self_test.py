"""Proving a sandbox before it is relied on: what must not work from inside does not, and what notebooks need does."""

import os
import platform
import secrets
import socket
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from autograde.course import COURSE, PROJECT
from autograde.runtime.jail import MACHINES
from autograde.sandbox.confinement import places
from autograde.sandbox.confinement.bubblewrap import ConfinementError
from autograde.sandbox.connection import Ended
from autograde.sandbox.late_imports import missing
from autograde.sandbox.session import Limits, Session, Zygote, Zygotes

_MEND = "mend bubblewrap's installation, or accept the risk with --unconfined"
_SHARED = ["/", "/usr", "/dev", "/etc", "/tmp", "/dev/shm", os.path.dirname(os.__file__)]
_ATTEMPTS = """
import importlib, os, pathlib, signal, socket

def reached(places, shared, shown, port, name, grader, mark):
    found = []

    def attempt(what, call):
        try:
            result = call()
            if result is not False:
                found.append(what.format(result))
        except BaseException:
            pass

    def write(place):
        open(os.path.join(place, mark), "w").close()
        return False  # who looks from outside sees whether that is more than a file of its own

    def content(place):
        for name in os.listdir(place):
            path = os.path.join(place, name)
            if path in shown:
                continue
            if os.path.isdir(path) and any(s.startswith(path + os.sep) for s in shown):
                try:
                    return content(path)  # the way to Python: what else is there?
                except OSError:
                    continue
            return path
        raise FileNotFoundError

    for place in places:
        attempt("see {}", lambda: content(place))
        attempt(f"read {place}", lambda: open(place).read(1))
        attempt(f"write to {place}", lambda: write(place))
    for place in shared:
        attempt(f"write to {place}", lambda: write(place))
    attempt("open a TCP connection", lambda: socket.create_connection(("127.0.0.1", port), 1))
    attempt("reach a socket of this machine", lambda: socket.socket(socket.AF_UNIX).connect("\\0" + name))
    attempt("share the machine's process numbers", lambda: os.getpid() != 1)
    attempt("signal the grader", lambda: grader != os.getpid() and os.kill(grader, 0) is None)
    attempt("see other processes", lambda: len(os.listdir("/proc")) > 0)
    attempt("read the environment", lambda: "AUTOGRADE_CANARY" in os.environ)
    attempt("start a user namespace", lambda: os.system("unshare -U true") == 0)
    for module in ("autograde.exercises", "autograde.judging.judge", "mlp_reference.perceptron"):
        attempt(f"import {module}", lambda: importlib.import_module(module))
    return ["tried", found]

def marked(places, mark):
    return [place for place in places if os.path.lexists(os.path.join(place, mark))]
"""


def prove(zygotes: Zygotes, forbidden: Sequence[Path]) -> list[str]:
    """Try, from inside, to reach the network, the grader, the course, its answers and the ``forbidden`` places.

    Then try what notebooks need.  Returns sentences on walls that this machine can't have.
    zygotes: none of which has started.
    Raises: ConfinementError with what could be reached or is missing, or where there is no sandbox at all.
    """
    os.environ["AUTOGRADE_CANARY"] = "1"
    try:
        zygote = zygotes.fit_for(())
    finally:
        del os.environ["AUTOGRADE_CANARY"]
    try:
        _refuse_what_is_reached(
            zygote, [COURSE / "solutions", PROJECT / "autograde", *(p.resolve() for p in forbidden)]
        )
        with _submission(zygote) as session:
            lacking = missing(session)
        absent = _absent_walls(zygote)
    except (Ended, NameError) as error:
        raise ConfinementError(f"the sandbox could not be tried out: {error}; {_MEND}") from error
    if lacking:
        raise ConfinementError(
            f"in the sandbox {'; '.join(lacking)}. Notebooks would lose points by it, so nothing was graded. Run the "
            "course's commands from an environment that lies in one folder, as `make setup` makes it in .venv"
        )
    return absent


def _absent_walls(zygote: Zygote) -> list[str]:
    """The walls that this machine can't have, and that others make up for."""
    absent = []
    if platform.machine() not in MACHINES:
        absent.append(
            f"on this processor ({platform.machine()}) no filter of system calls is known: submissions are kept from "
            "files, network and other processes, but may ask the kernel for anything that an ordinary user may"
        )
    if os.geteuid() == 0 and (zygote.cgroup is None or zygote.cgroup.folder is None):
        absent.append(
            "there is no control group for root's processes here, so that a submission may start more of them than it "
            "should before it is stopped: grade as an ordinary user"
        )
    return absent


def _submission(zygote: Zygote) -> closing[Session]:
    return closing(Session(zygote, Limits()))


def _refuse_what_is_reached(zygote: Zygote, forbidden: Sequence[Path]) -> None:
    """Raises: ConfinementError, Ended."""
    mark = f"autograde-was-here-{secrets.token_hex(8)}"
    with _submission(zygote) as session:
        answer = _tried(session, forbidden, mark)
    if not (isinstance(answer, list) and len(answer) == 2 and answer[0] == "tried"):
        raise ConfinementError(f"the sandbox could not be tried out: it answered {answer!r:.200}; {_MEND}")
    found = [*map(str, answer[1]), *(f"write to {place}" for place in _marked(zygote, forbidden, mark))]
    if found:
        raise ConfinementError(
            f"the sandbox does not confine: from inside one can {', '.join(found)}. Nothing was graded; {_MEND}"
        )


def _marked(zygote: Zygote, forbidden: Sequence[Path], mark: str) -> list[str]:
    """Where a file was left that is seen outside, or by another submission."""
    folders = [str(place) for place in (*forbidden, *_SHARED)]
    outside = [place for place in folders if os.path.lexists(os.path.join(place, mark))]
    for place in outside:
        os.unlink(os.path.join(place, mark))
    with _submission(zygote) as session:
        session.run(_ATTEMPTS)
        return [*outside, *map(str, session.find("marked")(folders, mark))]


def _tried(session: Session, forbidden: Sequence[Path], mark: str) -> Any:
    """What a submission answers that tries everything."""
    name, shown = f"autograde-{os.getpid()}", [*places.environment(), *places.links()]
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local:
        local.bind(f"\0{name}")
        local.listen()
        port = server.getsockname()[1]
        socket.create_connection(("127.0.0.1", port), 5).close()  # from outside it can be reached
        session.run(_ATTEMPTS)
        reached, folders = session.find("reached"), [*map(str, forbidden)]
        return reached(folders, _SHARED, [*map(str, shown)], port, name, os.getpid(), mark)
