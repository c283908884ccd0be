"""Proving confinement before it is relied on: an attempt, from inside, at everything that must not work."""

import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograde.sandbox.confine import PROJECT, ConfinementError
from autograde.sandbox.line import Ended
from autograde.sandbox.session import Limits, Session, Zygote

_ATTEMPTS = """
import importlib, os, pathlib, signal, socket

def reached(places, port, name, grader):
    found = []

    def attempt(what, call):
        try:
            if call() is not False:
                found.append(what)
        except BaseException:
            pass

    def write(place):
        name = os.path.join(place, "autograde-was-here")
        open(name, "w").close()
        os.unlink(name)

    for place in places:
        attempt(f"list {place}", lambda: os.listdir(place))
        attempt(f"read {place}", lambda: open(place).read(1))
        attempt(f"write to {place}", lambda: write(place))
    for place in ("/", "/usr", "/dev", "/etc", os.path.dirname(os.__file__)):
        attempt(f"write to {place}", lambda: write(place))
    attempt("open a TCP connection", lambda: socket.create_connection(("127.0.0.1", port), 1))
    attempt("reach a socket of this machine", lambda: socket.socket(socket.AF_UNIX).connect("\\0" + name))
    attempt("share the machine's process numbers", lambda: os.getpid() != 1)
    attempt("signal the grader", lambda: grader != os.getpid() and os.kill(grader, 0) is None)
    attempt("see other processes", lambda: len(os.listdir("/proc")) > 0)
    attempt("read the environment", lambda: "AUTOGRADE_CANARY" in os.environ)
    attempt("start a user namespace", lambda: os.system("unshare -U true") == 0)
    for module in ("autograde.exercises", "autograde.judge", "mlp_reference.perceptron"):
        attempt(f"import {module}", lambda: importlib.import_module(module))
    return ["tried", found]
"""


def prove(hidden: Sequence[Path], forbidden: Sequence[Path]) -> None:
    """Try, from inside, to reach the network, the grader, the course, its answers and the ``forbidden`` places.

    hidden: the folders that a sandbox is told to hide.
    Raises: ConfinementError with what could be reached, or where there is no sandbox at all.
    """
    os.environ["AUTOGRADE_CANARY"] = "1"
    try:
        zygote = Zygote(hidden)
    finally:
        del os.environ["AUTOGRADE_CANARY"]
    try:
        answer = _tried(zygote, [PROJECT / "solutions", PROJECT / "autograde", *forbidden])
    finally:
        zygote.close()
    if not (isinstance(answer, list) and len(answer) == 2 and answer[0] == "tried"):
        raise ConfinementError(f"the sandbox could not be tried out: it answered {answer!r:.200}")
    if answer[1]:
        raise ConfinementError(
            f"the sandbox does not confine: from inside one can {', '.join(map(str, answer[1]))}. Nothing was graded; "
            "mend bubblewrap's installation, or accept the risk with --unconfined"
        )


def _tried(zygote: Zygote, places: Sequence[Path]) -> Any:
    """What a submission answers that tries everything."""
    session, name = Session(zygote, Limits()), f"autograde-{os.getpid()}"
    try:
        with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local:
            local.bind(f"\0{name}")
            local.listen()
            port = server.getsockname()[1]
            socket.create_connection(("127.0.0.1", port), 5).close()  # from outside it can be reached
            session.run(_ATTEMPTS)
            return session.find("reached")([str(place) for place in places], port, name, os.getpid())
    except (Ended, NameError) as error:
        raise ConfinementError(f"the sandbox could not be tried out: {error}") from error
    finally:
        session.close()
