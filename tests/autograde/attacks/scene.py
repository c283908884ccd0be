"""A course with honest learners and attackers, graded in one run as an instructor would."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from autograde.exercises import ASSIGNMENTS
from tests.autograde.attacks import EVERY, links
from tests.autograde.attacks.attack import ASSIGNMENT, NOTEBOOK, VICTIM, WRONG, Attack, cell
from tests.support.paths import ROOT

LIMITS = {"call-seconds": 2, "cell-seconds": 3, "notebook-seconds": 4, "memory": 1, "files": 0.05, "processes": 16}
WORKERS = 3  # more than processors, as many attacks only wait for a limit
HONEST = 8  # learners with right answers, graded between the attacks
BETWEEN = max(1, len(EVERY) // HONEST)


@dataclass
class Scene:
    """What a run has left: the report, the graded notebooks, the pages."""

    course: Path
    secrets: dict[str, str]
    printed: str
    status: int
    seconds: float

    @cached_property
    def students(self) -> dict[str, Any]:
        """The JSON report."""
        found: dict[str, Any] = json.loads((self.course / "report.json").read_text())["students"]
        return {student: assignments[ASSIGNMENT] for student, assignments in found.items()}

    def texts(self, student: str) -> dict[str, str]:
        """All that was kept of a submission, and shown to anybody."""
        name = NOTEBOOK.removesuffix(".ipynb")
        places = {"notebook": f"autograded/{student}/{ASSIGNMENT}/{NOTEBOOK}"}
        places |= {"feedback": f"feedback/{student}/{ASSIGNMENT}/{name}.html"}
        files = {what: self.course / place for what, place in places.items()}
        found = {what: path.read_text() for what, path in files.items() if path.is_file()}
        return found | {"report": json.dumps(self.students.get(student, {}), ensure_ascii=False)}

    def shown(self, student: str) -> str:
        """What the cells of a submission showed."""
        cells = json.loads(self.texts(student)["notebook"])["cells"]
        return json.dumps([c.get("outputs", []) for c in cells], ensure_ascii=False)


def make(course: Path, port: int, abstract: str) -> dict[str, str]:
    """Write the submissions and what must not be read; the secrets, by where they are."""
    hidden = {kind: f"canary-{kind}-{secrets.token_hex(8)}" for kind in ("course", "neighbour", "gradebook", "environ")}
    (course / "submitted").mkdir(parents=True)
    (course / "answers.ipynb").write_text(hidden["course"])
    names = {"COURSE": str(course), "PROJECT": str(ROOT), "PORT": port, "ABSTRACT": abstract}
    given = "".join(f"{name} = {value!r}\n" for name, value in names.items())
    for index in range(HONEST):
        notebook = right_answers()
        notebook["cells"].append({"cell_type": "markdown", "source": hidden["neighbour"], "metadata": {}})
        _submit(course, f"honest_{index:02d}", notebook)
    _submit(course, hidden["gradebook"], right_answers())
    wrong = right_answers()
    cell(wrong, VICTIM)["source"] = WRONG
    _submit(course, "merely_wrong", wrong)
    for name, attack in EVERY.items():
        _attack(course, name, attack, given)
    for name, target in links.STUDENTS.items():
        (course / "submitted" / name).symlink_to(target)
    return hidden


def right_answers() -> dict[str, Any]:
    """A learner's notebook with all answers right; without the figures, which take time."""
    release = json.loads((ROOT / "notebooks" / ASSIGNMENT / NOTEBOOK).read_text())
    source = json.loads((ROOT / "solutions" / ASSIGNMENT / NOTEBOOK).read_text())
    release["cells"] = [c for c in release["cells"] if "nbgrader" in c["metadata"]]
    for name in ASSIGNMENTS[ASSIGNMENT]:
        cell(release, name)["source"] = "".join(cell(source, name)["source"])
    return dict(release)


def _attack(course: Path, student: str, attack: Attack, given: str) -> None:
    folder = course / "submitted" / student / ASSIGNMENT
    if attack.place is not None:
        attack.place(course, folder)
        return
    notebook = attack.applied(right_answers())
    if attack.code:
        cell(notebook, VICTIM)["source"] = given + cell(notebook, VICTIM)["source"]
    _submit(course, student, notebook)


def _submit(course: Path, student: str, notebook: dict[str, Any]) -> None:
    path = course / "submitted" / student / ASSIGNMENT / NOTEBOOK
    path.parent.mkdir(parents=True)
    path.write_bytes(json.dumps(notebook, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def play(course: Path) -> Scene:
    """Grade everything, and write the feedback."""
    with _reachable() as (port, abstract):
        hidden = make(course, port, abstract)
        start = time.monotonic()
        flags = [text for name, value in LIMITS.items() for text in (f"--{name}", str(value))]
        run = _autograde(hidden, "grade", ASSIGNMENT, "--course", str(course), "--json", str(course / "report.json"),
                         "--workers", str(WORKERS), *flags)  # fmt: skip
        seconds = time.monotonic() - start
    told = _autograde(hidden, "feedback", ASSIGNMENT, "--course", str(course))
    printed = run.stdout + run.stderr + told.stdout + told.stderr
    return Scene(course, hidden, printed, run.returncode, seconds)


def _autograde(hidden: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograde", *arguments]
    env = os.environ | {"SECRET": hidden["environ"]}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, errors="replace", timeout=600)


@contextmanager
def _reachable() -> Iterator[tuple[int, str]]:
    """Somebody who can be reached from outside of the sandbox."""
    abstract = f"attacked-{os.getpid()}"
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local:
        local.bind(f"\0{abstract}")
        local.listen()
        yield server.getsockname()[1], abstract
