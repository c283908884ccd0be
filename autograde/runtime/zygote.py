"""The process that prepares Python once and forks it for every submission; what a submission starts ends with it.

The grader sends, over an inherited socket, one end of a fresh socket pair and the limits of a submission.  A child is
forked into namespaces of its own, in which it is the first process: when it ends, the kernel ends all that it started.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from autograde.runtime import jail
from autograde.runtime.shell import Shell
from autograde.runtime.worker import Worker

WATCH = 0.025  # seconds between two looks at what a submission has started
ALWAYS = ("mlp_reference.data", "mlp_reference.viz")
LIBRARIES = (
    "matplotlib.pyplot", "scipy.linalg", "scipy.optimize", "scipy.special", "scipy.stats", "sklearn.datasets",
    "sklearn.linear_model", "sklearn.neural_network", "tqdm.auto",
)  # fmt: skip


def main(control: socket.socket, confined: bool, libraries: bool) -> None:
    """Fork a child for every request until the grader hangs up; ``libraries``: with all that notebooks use loaded."""
    for name in ALWAYS + (LIBRARIES if libraries else ()):
        importlib.import_module(name)
    shell = Shell()
    gc.freeze()  # so that a child does not copy what it only reads
    jail.gather_pages()
    control.send(b"ready")
    while True:
        request, fds, _, _ = socket.recv_fds(control, 65_536, 1)
        if not request:
            return
        if not fds:  # "stop", for a submission that has ended meanwhile
            continue
        with socket.socket(fileno=fds[0]) as line:
            guard = os.fork()
            if guard == 0:
                _guard(line, control, json.loads(request), shell, confined)
        os.waitpid(guard, 0)


def _guard(line: socket.socket, control: socket.socket, limits: dict[str, Any], shell: Shell, confined: bool) -> None:
    """Fork the child of one submission, watch it to its end, say how it ended, and end, too."""
    try:
        before = jail.processes() if confined else None
        if confined:
            jail.unshare(jail.NEWPID)  # for the next child, not for this process
        with nullcontext() if confined else _home_of_its_own():
            child = os.fork()
            if child == 0:
                _live(line, limits, shell, confined)
            line.close()
            ended = _watch(child, before, control, limits)
        control.send(json.dumps({"ended": ended}).encode())
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


@contextmanager
def _home_of_its_own() -> Iterator[None]:
    """Without a sandbox, all submissions see the same files."""
    with tempfile.TemporaryDirectory(dir=os.environ["HOME"], ignore_cleanup_errors=True) as home:
        os.environ["HOME"] = home
        yield


def _live(line: socket.socket, limits: dict[str, Any], shell: Shell, confined: bool) -> None:
    """What a child does: shut itself in, then answer the grader until it hangs up."""
    try:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        if confined:
            jail.shut_in(limits)
        jail.limit(limits)
        os.makedirs(os.environ["HOME"], exist_ok=True)
        os.chdir(os.environ["HOME"])
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        os.closerange(3, line.fileno())
        os.closerange(line.fileno() + 1, 1024)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    try:
        shell.settle()
        Worker(line, shell).serve()
    finally:
        os._exit(0)


def _watch(child: int, before: set[str] | None, control: socket.socket, limits: dict[str, Any]) -> str:
    """Wait for a child's end; end it, with all that it started, when the grader says so or it takes too much.

    before: the processes that there were, where those of a child can be told from others: in a sandbox.
    """
    watched, reason = os.pidfd_open(child), ""
    poll = select.poll()
    poll.register(watched, select.POLLIN)
    poll.register(control, select.POLLIN)
    while True:
        ready = {number for number, _ in poll.poll(1000 * WATCH)}
        if watched in ready:
            break
        if control.fileno() in ready:
            control.recv(100)
            reason = reason or "stopped"
        elif before is not None and not reason:
            reason = _too_much(before, limits)
        if reason:
            _end(child, group=before is None)
    os.close(watched)
    if before is None:
        _end(child, group=True)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return reason or f"exit {status}"


def _too_much(before: set[str], limits: dict[str, Any]) -> str:
    new = jail.processes() - before
    if len(new) > limits["processes"]:
        return f"it started more than {limits['processes']} processes"
    held = jail.usage(new)
    return f"it took more than {limits['memory'] / 2**30:g} GiB of memory" if held > limits["memory"] else ""


def _end(child: int, group: bool) -> None:
    with suppress(ProcessLookupError):
        (os.killpg if group else os.kill)(child, signal.SIGKILL)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), "confined" in sys.argv, "libraries" in sys.argv)
