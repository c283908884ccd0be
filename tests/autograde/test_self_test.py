"""``autograde grade`` proves its confinement before it grades, and refuses where one wall is missing."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy
import pytest

from autograde.sandbox.confinement.bubblewrap import ConfinementError
from autograde.sandbox.self_test import prove
from autograde.sandbox.session import Zygotes
from tests.autograde.handed_in import ASSIGNMENT, FULL, hand_in, results, written
from tests.support.paths import ROOT
from tests.support.programs import require_program

pytestmark = [pytest.mark.timeout(300), pytest.mark.slow]

_WEAK = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
'''
import os, sys
given = sys.argv[1:]
{change}
os.execv("{real}", ["bwrap", *given])
"""
# what is left out of a sandbox: how, and what can then be done from inside
WALLS = {
    "network": (
        'given = ["--unshare-ipc", "--unshare-pid", "--unshare-uts", *given[1:]]',
        ["open a TCP connection", "reach a socket of this machine"],
    ),
    "environment": ('given.remove("--clearenv")', ["read the environment"]),
    "root": (
        'at = len(given) - 1 - given[::-1].index("--remount-ro"); del given[at : at + 2]',
        ["write to /"],
    ),
    "course": (
        'at = given.index("--remount-ro"); given[at:at] = ["--ro-bind", "{root}", "{root}"]',
        ["see {root}/solutions/", "see {root}/autograde/"],
    ),
    "answers": (
        'at = given.index("--remount-ro"); place = "/course/autograde/exercises"\n'
        'given[at:at] = ["--ro-bind", "{root}/autograde/exercises", place]\n'
        'for name in os.listdir("{root}/autograde"):\n'
        '    if name.endswith(".py") and name != "__init__.py" and "/course/autograde/" + name not in given:\n'
        '        given[at:at] = ["--ro-bind", "{root}/autograde/" + name, "/course/autograde/" + name]\n'
        'for name in os.listdir("{root}/mlp_reference"):\n'
        '    if name.endswith(".py") and "/course/mlp_reference/" + name not in given:\n'
        '        given[at:at] = ["--ro-bind", "{root}/mlp_reference/" + name, "/course/mlp_reference/" + name]\n',
        ["import mlp_reference.perceptron"],
    ),
    "submissions": (
        'at = given.index("--remount-ro"); given[at:at] = ["--bind", "{course}", "{course}"]',
        ["see {course}/submitted/ada", "read {course}/gradebook.db", "write to {course}"],
    ),
}


def weak_bwrap(folder: Path, change: str) -> Path:
    """A folder with a bubblewrap in it that leaves something out."""
    folder.mkdir()
    program = folder / "bwrap"
    real = require_program("bwrap", "bubblewrap")
    program.write_text(_WEAK.format(python=sys.executable, change=change, real=real))
    program.chmod(0o755)
    return folder


@pytest.fixture
def course() -> Iterator[Path]:
    """With one submission, and a gradebook that must not be read; not in /tmp, which a sandbox has for itself."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        course = Path(folder, "course")
        hand_in(course, "ada", written())
        (course / "gradebook.db").touch()
        yield course


def proof(course: Path, forbidden: Sequence[Path]) -> list[str]:
    """What proving a sandbox gives from which the course is hidden."""
    with closing(Zygotes([course])) as zygotes:
        return prove(zygotes, forbidden)


@pytest.mark.parametrize("wall", WALLS)
def test_a_missing_wall_is_found(course: Path, monkeypatch: pytest.MonkeyPatch, wall: str) -> None:
    change, reached = WALLS[wall]
    places = {"root": str(ROOT), "course": str(course)}
    for place, text in places.items():
        change = change.replace(f"{{{place}}}", text)
    folder = weak_bwrap(course.parent / "bin", change)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(ConfinementError) as refused:
        proof(course, [course / "submitted", course / "gradebook.db", course])
    for what in reached:
        assert what.format(**places) in str(refused.value)
    assert "Nothing was graded" in str(refused.value)


def test_a_whole_sandbox_passes(course: Path) -> None:
    require_program("bwrap", "bubblewrap")
    assert proof(course, [course / "submitted", course / "gradebook.db", course]) == []


# what notebooks need and a sandbox lacks: how, and what is said of it
HIDDEN = {
    "packages": ('given[at:at] = ["--tmpfs", "{packages}/scipy"]', "scipy of {packages} can't be seen"),
    "library": ('given[at:at] = ["--tmpfs", "{library}/sqlite3"]', "sqlite3 of {library} can't be seen"),
    "module": (
        'given[at:at] = ["--tmpfs", "{packages}/numpy/polynomial"]',
        "numpy.polynomial.hermite_e can't be imported",
    ),
    "programs": ('given[at:at] = ["--tmpfs", "/dev/pts"]', "a cell with `!ls` fails"),
}


@pytest.mark.parametrize("what", HIDDEN)
def test_a_sandbox_that_hides_what_notebooks_need_is_refused(
    course: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    places = {"packages": str(Path(numpy.__file__).parent.parent), "library": str(Path(os.__file__).parent)}
    change, said = HIDDEN[what]
    change = f'at = given.index("--remount-ro"); {change}'
    for place, text in places.items():
        change, said = change.replace(f"{{{place}}}", text), said.replace(f"{{{place}}}", text)
    folder = weak_bwrap(course.parent / "bin", change)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(ConfinementError) as refused:
        proof(course, [course])
    assert said in str(refused.value)
    assert "so nothing was graded" in str(refused.value)


def test_a_processor_without_a_filter_of_calls_is_told(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_program("bwrap", "bubblewrap")
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    (told,) = proof(course, [course])
    assert told.startswith("on this processor (riscv64) no filter of system calls is known")


def test_what_a_submission_leaves_for_the_next_is_found(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change = f'at = given.index("--remount-ro"); given[at:at] = ["--tmpfs", "{course}"]'
    folder = weak_bwrap(course.parent / "bin", change)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(ConfinementError, match=f"write to {course}"):
        proof(course, [course])


def grade(course: Path, *arguments: str, prefix: Sequence[str] = (), **env: str) -> subprocess.CompletedProcess[str]:
    command = [*prefix, sys.executable, "-m", "autograde", "grade", ASSIGNMENT, "--course", str(course), *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | env, capture_output=True, text=True, timeout=250)


def test_nothing_is_graded_without_walls(course: Path) -> None:
    """A program that calls itself bubblewrap, but only runs what it is given."""
    change = 'given = given[given.index("--chdir") + 2 :]; os.chdir("{root}"); os.execv(given[0], given)'
    folder = weak_bwrap(course.parent / "bin", change.replace("{root}", str(ROOT)))
    run = grade(course, PATH=f"{folder}{os.pathsep}{os.environ['PATH']}")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("autograde grade: the sandbox ")
    assert "--unconfined" in run.stderr
    assert (course / "gradebook.db").read_bytes() == b"", "not even opened"


def test_without_bubblewrap_it_says_what_to_do(course: Path) -> None:
    (course.parent / "bin").mkdir()
    run = grade(course, PATH=str(course.parent / "bin"))
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (2, "", 1)
    assert "`apt install bubblewrap`, or accept the risk with --unconfined" in run.stderr


def test_the_risk_can_be_accepted(course: Path) -> None:
    (course.parent / "bin").mkdir()
    (course / "gradebook.db").unlink()
    run = grade(course, "--unconfined", PATH=str(course.parent / "bin"))
    assert run.returncode == 0, run.stderr
    assert results(course)["ada"].score == FULL


def test_an_ordinary_user_can_grade(course: Path) -> None:
    """One without any privilege, whose sandbox is made by namespaces of its own."""
    unshare = [require_program("unshare", "util-linux"), "--user", "--map-user=1000", "--map-group=1000"]
    require_program("bwrap", "bubblewrap")
    (course / "gradebook.db").unlink()
    run = grade(course, prefix=unshare, HOME=str(course))
    assert run.returncode == 0, run.stderr
    assert results(course)["ada"].score == FULL
