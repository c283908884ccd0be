"""A PostgreSQL server that lives as long as the tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.programs import require_program

_SETTINGS = "-c listen_addresses='' -c fsync=off -c unix_socket_directories={0}"


def _program(name: str) -> str:
    """Debian keeps the server's programs out of the PATH."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(places[-1]) if places else require_program("postgresql", name)


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database; its server listens on a socket in a folder of its own."""
    programs = [_program("initdb"), _program("pg_ctl")]
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a socket's path must be short, pytest's folders are not
    try:
        if os.getuid() == 0:  # the server refuses to run as root
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
        _run(folder, programs[0], "--auth=trust", "--username=course", "--no-sync", "--encoding=UTF8", "--locale=C")
        _run(folder, programs[1], "start", "--wait", "-l", str(folder / "log"), "-o", _SETTINGS.format(folder))
        try:
            yield f"postgresql://course@/postgres?host={folder}"
        finally:
            _run(folder, programs[1], "stop", "--mode=immediate", "--wait")
    finally:
        shutil.rmtree(folder)


def _run(folder: Path, *command: str) -> None:
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
    env = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"PGDATA": str(folder / "data")}
    run = subprocess.run([*as_user, *command], env=env, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert run.returncode == 0, f"{command}:\n{run.stdout.decode()}"
