"""A cgroup that bounds the processes of a sandbox, also for root, for whom RLIMIT_NPROC does not count."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PLACES = (Path("/sys/fs/cgroup/pids"), Path("/sys/fs/cgroup"))  # version 1 and 2 of control groups
OWN = 100  # tasks that the sandbox has itself, and threads


class Cgroup:
    """A control group for a process with all that it starts from now on; none where this user may not make one."""

    def __init__(self, pid: int) -> None:
        self.folder = next(filter(None, (_group(place, pid) for place in _PLACES)), None)

    def limit(self, processes: int) -> None:
        """No more than so many processes from now on."""
        if self.folder is not None:
            with suppress(OSError):
                (self.folder / "pids.max").write_text(str(processes + OWN))

    def close(self) -> None:
        """Remove the group, once its processes are gone."""
        for _ in range(40):
            if self.folder is None:
                return
            with suppress(OSError):
                self.folder.rmdir()
                self.folder = None
            time.sleep(0.005)


def _group(place: Path, pid: int) -> Path | None:
    folder = place / f"autograde-{pid}"
    if os.geteuid() != 0 or not place.is_dir():
        return None
    _remove_old(place)
    try:
        folder.mkdir(exist_ok=True)
        (folder / "pids.max").write_text("max")
        for member in _family(pid):
            (folder / "cgroup.procs").write_text(str(member))
    except OSError:
        with suppress(OSError):
            folder.rmdir()
        return None
    return folder


def _remove_old(place: Path) -> None:
    """Remove the groups of sandboxes that were killed; the system refuses it for those that still have processes."""
    for folder in place.glob("autograde-*"):
        if not Path("/proc", folder.name.partition("-")[2]).exists():
            with suppress(OSError):
                folder.rmdir()


def _family(pid: int) -> Iterator[int]:
    """A process and all that it has started."""
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from _family(int(child))
