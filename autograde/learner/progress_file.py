"""What a learner has solved, kept on disk: one small JSON file per exercise, replaced whole, never half written."""

import contextlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs


@dataclass
class Record:
    """Progress in one exercise.  share: best score so far in [0, 1]; solved_at: seconds since 1970, 0 if never."""

    share: float = 0.0
    checks: int = 0
    hints: int = 0
    solved_at: float = 0.0


def folder() -> Path:
    """Where progress is kept: ``$MLP_COURSE_PROGRESS``, else the user's data folder."""
    return Path(os.environ.get("MLP_COURSE_PROGRESS") or platformdirs.user_data_path("mlp-course") / "progress")


def load(name: str) -> Record:
    """The record of an exercise; a file that can't be read counts as no progress and is kept beside as ``.bad``."""
    path = folder() / f"{name}.json"
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        record = Record(float(stored["share"]), int(stored["checks"]), int(stored["hints"]), float(stored["solved_at"]))
        if not (0 <= record.share <= 1 and record.checks >= 0 and record.hints >= 0):
            raise ValueError(f"no such progress is possible: {record}")
        return record
    except FileNotFoundError:
        return Record()
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        _set_aside(path)
        return Record()


def save(name: str, record: Record) -> None:
    """Store a record; where the disk refuses, the check goes on without it."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=folder(), suffix=".part", delete=False, encoding="utf-8") as part:
            json.dump(asdict(record), part)
        os.replace(part.name, folder() / f"{name}.json")
    except OSError:
        pass


def note_check(name: str, share: float) -> None:
    """Count a check and keep the best score.  Grading a submission is no progress of the person who grades."""
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        return
    with alone():
        record = load(name)
        record.checks += 1
        record.share = max(record.share, share)
        if share == 1.0 and not record.solved_at:
            record.solved_at = time.time()
        save(name, record)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Keep other kernels of this user from changing a record between its reading and its writing.

    Where the system has no such lock, or the disk refuses, two kernels at the same time may lose a count.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            folder().parent.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context(folder().with_name(folder().name + ".lock").open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file is closed
        yield


def _set_aside(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.replace(path.with_suffix(".bad"))
