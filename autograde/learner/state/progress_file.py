"""What a learner has done, kept on disk: one readable JSON file, replaced whole, never half written."""

import contextlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import platformdirs

State = dict[str, dict[str, Any]]
SECTIONS = ("exercises", "predictions", "recall", "questions", "time")
_PAUSE = 15 * 60  # seconds without a word from the learner that still count as work


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


def file() -> Path:
    """The one file."""
    return folder() / "progress.json"


def read() -> State:
    """All that is kept.  A file that can't be read, or only in part, is kept beside as ``progress.bad1``."""
    path = file()
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return usable({"exercises": _older()})
    except (OSError, ValueError, RecursionError):
        stored = None
    state = usable(stored)
    if state != stored:
        _set_aside(path)
        if any(state.values()):
            _write(state)
    return state


def _older() -> dict[str, Any]:
    """What was kept before there was one file: one for each exercise."""
    found = {}
    for path in folder().glob("*.json"):
        with contextlib.suppress(OSError, ValueError, RecursionError):
            found[path.stem] = json.loads(path.read_text(encoding="utf-8"))
    return found


def usable(stored: Any) -> State:
    """What of a file's content can be used: the entries that make sense, in all sections."""
    sections = stored if isinstance(stored, dict) else {}
    return {name: _entries(sections.get(name), _CHECKS[name]) for name in SECTIONS}


def _entries(section: Any, makes_sense: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    entries = section.items() if isinstance(section, dict) else ()
    return {name: entry for name, entry in entries if isinstance(entry, dict) and _holds(makes_sense, entry)}


def _holds(makes_sense: Callable[[dict[str, Any]], bool], entry: dict[str, Any]) -> bool:
    try:
        return makes_sense(entry)
    except (KeyError, TypeError, ValueError, OverflowError):
        return False


def _number(value: Any, most: float = 1e15) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most


_CHECKS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "exercises": lambda e: (
        e.keys() == asdict(Record()).keys() and _number(e["share"], 1) and all(map(_number, e.values()))
        and isinstance(e["checks"], int) and isinstance(e["hints"], int)
    ),
    "predictions": lambda e: (
        isinstance(e["guess"], list) and isinstance(e["verdict"], list)
        and e["stage"] in ("open", "kept", "skipped", "compared") and _number(e["at"])
    ),
    "recall": lambda e: isinstance(e["right"], bool) and isinstance(e["box"], int) and _number(e["at"]),
    "questions": lambda e: isinstance(e["text"], str) and isinstance(e["ticked"], list) and _number(e["at"]),
    "time": lambda e: _number(e["seconds"]) and _number(e["last"]),
}  # fmt: skip


@contextlib.contextmanager
def change() -> Iterator[State]:
    """All that is kept, to be changed; stored afterwards.  Where the disk refuses, it goes on without."""
    with alone():
        state = read()
        yield state
        _write(state)


def _write(state: State) -> None:
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=folder(), suffix=".part", delete=False, encoding="utf-8") as part:
            json.dump(state, part, indent=1, ensure_ascii=False)
        os.replace(part.name, file())
    except OSError:
        pass


def load(name: str) -> Record:
    """The record of an exercise."""
    return Record(**read()["exercises"].get(name, {}))


def note_check(name: str, share: float) -> None:
    """Count a check and keep the best score.  Grading a submission is no progress of the person who grades."""
    if is_grading():
        return
    with change() as state:
        record = Record(**state["exercises"].get(name, {}))
        record.checks += 1
        record.share = max(record.share, share)
        if share == 1.0 and not record.solved_at:
            record.solved_at = time.time()
        state["exercises"][name] = asdict(record)


def note_hint(name: str, most: int) -> int:
    """Count a hint; how many of them have been asked for by now."""
    with change() as state:
        record = Record(**state["exercises"].get(name, {}))
        record.hints = min(record.hints + 1, most)
        state["exercises"][name] = asdict(record)
    return record.hints


def keep(section: str, name: str, entry: dict[str, Any]) -> None:
    """Store an entry with the time."""
    if is_grading():
        return
    with change() as state:
        state[section][name] = entry | {"at": time.time()}


def note_time(notebook: str) -> None:
    """Count the time since the last word in this notebook, unless that was a pause."""
    if is_grading():
        return
    with change() as state:
        now, entry = time.time(), state["time"].setdefault(notebook, {"seconds": 0.0, "last": 0.0})
        gap = now - entry["last"]
        state["time"][notebook] = {"seconds": round(entry["seconds"] + gap * (0 < gap < _PAUSE), 1), "last": now}


def is_grading() -> bool:
    """Whether nbgrader runs the notebook."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


def merged(mine: State, other: State) -> State:
    """Two machines' progress as one: of exercises the best, of all else the later."""
    state = {section: {**other[section], **mine[section]} for section in SECTIONS}
    for name in mine["exercises"].keys() & other["exercises"].keys():
        a, b = mine["exercises"][name], other["exercises"][name]
        both = {key: max(a[key], b[key]) for key in a}
        solved = [e["solved_at"] for e in (a, b) if e["solved_at"]]
        state["exercises"][name] = both | {"solved_at": min(solved, default=0.0)}
    for section, key in (("predictions", "at"), ("recall", "at"), ("questions", "at"), ("time", "seconds")):
        for name in mine[section].keys() & other[section].keys():
            state[section][name] = max(mine[section][name], other[section][name], key=lambda e: e[key])
    return state


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Keep other kernels of this user from changing the file between its reading and its writing.

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
    """Keep a damaged file under a name that no other has."""
    names = (path.with_suffix(f".bad{number}") for number in range(1, 1000))
    with contextlib.suppress(OSError, StopIteration):
        path.replace(next(name for name in names if not name.exists()))
