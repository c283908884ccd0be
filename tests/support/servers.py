"""JupyterLab as a server that tests start: a port for it, and the wait until it answers."""

import socket
import subprocess
import time
import urllib.request
from pathlib import Path

START_SECONDS = 60


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def wait_until_ready(port: int, token: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when the server answers.

    Raises: RuntimeError with the server's log where it ends or stays silent.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={token}", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not answer within {START_SECONDS} s; its log:\n{log.read_text()[-3000:]}")
