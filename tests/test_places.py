"""Clones in all kinds of places grade with README's command, and give the same grades everywhere."""

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.autograde.handed_in import ASSIGNMENT, FULL, POINTS, hand_in, results, written
from tests.conftest import ROOT, require_program

pytestmark = pytest.mark.timeout(600)

_NEEDED = ("autograde", "mlp_reference", "solutions", "nbgrader_config.py", "pyproject.toml")
_COMMAND = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
'''
import sys
from autograde.cli import main
if __name__ == "__main__":
    sys.exit(main())
"""
# answers, two of which need what is loaded late
_RIGHT = "def perceptron_predict(X, w, b): return (X @ w + b > 0).astype(int)"
_LATE, _MAGIC = f"import numpy.polynomial.hermite_e, sympy, ipywidgets\n{_RIGHT}", f"%%time\n{_RIGHT}"
_WRONG = "def perceptron_predict(X, w, b): return 0 * (X @ w).astype(int)"


def python_for(everybody: bool) -> Path:
    """A Python like this one, which everybody may run where that is asked for."""
    own, system = Path(sys.executable).resolve(), Path(f"/usr/bin/python{sysconfig.get_python_version()}")
    if not everybody or all(os.stat(folder).st_mode & 0o005 == 0o005 for folder in own.parents):
        return own
    if not system.exists():
        pytest.skip(f"only {own.owner()} may run {own}, and there is no {system}")
    return system


def make_clone(place: Path, python: Path) -> None:
    """The files of a clone, with an environment in .venv that has the packages of this one, as links or copies."""
    place.mkdir(parents=True)
    for name in _NEEDED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, place / name)
    packages = Path(sysconfig.get_path("purelib"))
    there = place / ".venv" / packages.relative_to(sys.prefix)
    there.parent.mkdir(parents=True)
    linked = subprocess.run(["cp", "-al", packages, there.parent], capture_output=True).returncode == 0
    if not linked:  # on another disk
        subprocess.run(["cp", "-a", packages, there.parent], check=True)
    for other in [*there.glob("__editable__*"), *there.glob("*.egg-link")]:
        other.unlink()
    (there / "course.pth").write_text(f"{place}\n", encoding="utf-8")
    (place / ".venv/pyvenv.cfg").write_text(f"home = {python.parent}\n", encoding="utf-8")
    programs = place / ".venv/bin"
    programs.mkdir()
    (programs / "python").symlink_to(python)
    (programs / "autograde").write_text(_COMMAND.format(python=programs / "python"), encoding="utf-8")
    (programs / "autograde").chmod(0o755)


def hand_in_some(course: Path) -> dict[str, float]:
    """Submissions, and their points."""
    hand_in(course, "ada", written())
    hand_in(course, "bob", written(perceptron_predict=_LATE))
    hand_in(course, "cleo", written(perceptron_predict=_MAGIC))
    hand_in(course, "dan", written(perceptron_predict=_WRONG))
    return {"ada": FULL, "bob": FULL, "cleo": FULL, "dan": FULL - POINTS["perceptron_predict"]}


def grade(clone: Path, *arguments: str, prefix: Sequence[str] = (), cwd: Path | None = None, **env: str) -> str:
    """README's command after ``source .venv/bin/activate``; what it complained of."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    env = kept | {"PATH": f"{clone / '.venv/bin'}{os.pathsep}{os.environ['PATH']}", **env}
    command = [*prefix, "autograde", "grade", ASSIGNMENT, "--workers", "1", *arguments]
    run = subprocess.run(command, cwd=cwd or clone, env=env, capture_output=True, text=True, timeout=500)
    assert run.returncode == 0, run.stderr
    return run.stderr


@contextmanager
def folder_in(parent: str, name: str) -> Iterator[Path]:
    """A new folder in one of the system's."""
    if not os.access(parent, os.W_OK):
        pytest.skip(f"{pwd.getpwuid(os.geteuid()).pw_name} may not write to {parent}")
    with tempfile.TemporaryDirectory(dir=parent, prefix="mlp-") as folder:
        yield Path(folder, name)


@pytest.fixture(autouse=True)
def sandbox() -> None:
    require_program("bwrap", "bubblewrap")


def points(course: Path) -> dict[str, float]:
    return {student: result.score for student, result in results(course).items()}


@pytest.mark.parametrize(
    ("parent", "name", "course"),
    [("/srv", "mlp", "../elsewhere"), (tempfile.gettempdir(), "Übung mit Zwischenraum/mlp", "a course/of mine")],
)
def test_a_clone_anywhere_grades(parent: str, name: str, course: str) -> None:
    with folder_in(parent, name) as clone:
        make_clone(clone, python_for(everybody=False))
        expected = hand_in_some(clone)
        grade(clone)
        assert points(clone) == expected
        hand_in_some(clone / course)
        grade(clone, "--course", course)
        assert points(clone / course) == expected


def test_a_clone_in_a_home_folder_grades_for_its_user() -> None:
    """An ordinary user's; root becomes one for it."""
    with folder_in("/home" if os.geteuid() == 0 else str(Path.home()), "course/mlp") as clone:
        home = clone.parent.parent
        make_clone(clone, python_for(everybody=True))
        expected = hand_in_some(clone)
        prefix: list[str] = []
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            prefix = [require_program("setpriv", "util-linux"), f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}"]
            prefix.append("--clear-groups")
            for folder in (home, home / "course", clone, clone / "submitted"):
                os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        grade(clone, "--course", ".", prefix=prefix, HOME=str(home))
        assert points(clone) == expected
