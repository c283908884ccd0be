"""Cells run in the sandbox as in a Jupyter kernel: the same ones fail in the same way, and leave the same names."""

import ast
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from autograde.sandbox.session import Limits, Session, Zygote

pytestmark = [pytest.mark.timeout(300), pytest.mark.slow]

_OUTSIDE = Path("/tmp", f"hard_coded_{os.getpid()}.txt")  # whoever has run this before, as whatever user
# Where the sandbox is more generous, or what a cell asks for is not the same thing twice.
_DIFFERENT = {'Image("no_such_file.png")'}


def cells() -> list[str]:
    """Cells as notebooks have them; all run one after the other, in one kernel and one session."""
    text = (Path(__file__).parent / "cells.txt").read_text(encoding="utf-8").replace("HARD_CODED", str(_OUTSIDE))
    return [cell.strip("\n") for cell in text.split("\n---\n")]


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    env = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    manager, client = start_new_kernel(kernel_name="python3", env=env, cwd=str(tmp_path_factory.mktemp("kernel")))
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    _OUTSIDE.unlink(missing_ok=True)


@pytest.fixture
def session(zygote: Zygote) -> Iterator[Session]:
    session = Session(zygote, Limits(call=20.0, cell=20.0, notebook=200.0))
    yield session
    session.close()


# Names and, where they are short, values.
_STATE = """"\\n".join(f"{n} = {repr(v)[:60] if isinstance(v, (int, float, str, list, tuple)) else type(v).__name__}"
    for n, v in sorted(globals().items()) if not n.startswith("_") and n not in ("In", "Out", "exit", "quit"))"""


def in_kernel(client: Any, source: str) -> str:
    """The name of the error with which a cell ends in a kernel, or ""."""
    client.allow_stdin = False
    # else a kernel that has told of an error drops what it is asked in the next moment
    number = client.execute(source, allow_stdin=False, stop_on_error=False)
    reply = client.get_shell_msg(timeout=60)
    while reply["parent_header"].get("msg_id") != number:
        reply = client.get_shell_msg(timeout=60)
    return reply["content"].get("ename", "") if reply["content"]["status"] == "error" else ""


def state_in_kernel(client: Any) -> set[str]:
    reply = client.execute("", user_expressions={"state": _STATE}, silent=True, reply=True, timeout=60)
    return set(ast.literal_eval(reply["content"]["user_expressions"]["state"]["data"]["text/plain"]).splitlines())


def test_each_cell_does_what_it_does_in_a_kernel(kernel: Any, session: Session) -> None:
    session.run(f"def _names():\n    return {_STATE}")
    state_in_session = session.find("_names")  # which outlives %reset
    different, known = [], set[str]()
    for source in cells():
        there, (here, shown) = in_kernel(kernel, source), session.run(source)
        if here != there and source not in _DIFFERENT:
            different.append((source, f"kernel: {there or 'fine'}", f"sandbox: {here or 'fine'}", shown[-1:]))
        names_there, names_here = state_in_kernel(kernel), set(state_in_session().splitlines())
        if (only := names_there ^ names_here) - known:
            different.append((source, "kernel:", names_there - names_here, "sandbox:", names_here - names_there))
        known = only
    assert different == []
