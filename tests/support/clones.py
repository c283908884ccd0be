"""Clones of the course in any folder, each with an environment of its own, as README sets them up."""

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

from tests.support.paths import ROOT

_NEEDED = ("autograde", "mlp_reference", "solutions", "notebooks", "nbgrader_config.py", "pyproject.toml", "README.md")
_PROGRAMS = {"autograde": "autograde.cli", "nbgrader": "nbgrader.apps.nbgraderapp"}
_COMMAND = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
'''
import sys
from {module} import main
if __name__ == "__main__":
    sys.exit(main())
"""


def anybodys_python() -> Path | None:
    """A Python of this one's version that everybody may run."""
    own, system = Path(sys.executable).resolve(), Path(f"/usr/bin/python{sysconfig.get_python_version()}")
    if all(os.stat(folder).st_mode & 0o005 == 0o005 for folder in own.parents):
        return own
    return system if system.exists() else None


def python_for(everybody: bool) -> Path:
    """A Python like this one, which everybody may run where that is asked for."""
    found = anybodys_python() if everybody else Path(sys.executable).resolve()
    if found is None:
        pytest.skip(f"only {Path(sys.executable).owner()} may run {sys.executable}, and the system has none like it")
    return found


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
    for name in (
        "__editable__*",
        "*.egg-link",
        "course.pth",
    ):  # links to the files of this environment: not to be written
        for other in list(there.glob(name)):
            other.unlink()
    (there / "course.pth").write_text(f"{place}\n", encoding="utf-8")
    (place / ".venv/pyvenv.cfg").write_text(f"home = {python.parent}\n", encoding="utf-8")
    programs = place / ".venv/bin"
    programs.mkdir()
    (programs / "python").symlink_to(python)
    for name, module in _PROGRAMS.items():
        text = _COMMAND.format(python=programs / "python", module=module)
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)


def run_in(
    clone: Path, command: Sequence[str] | str, cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """What became of a command after ``source .venv/bin/activate``; a text goes through a shell, as it was typed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    env = kept | {"PATH": f"{clone / '.venv/bin'}{os.pathsep}{os.environ['PATH']}", **env}
    shell = isinstance(command, str)
    return subprocess.run(command, shell=shell, cwd=cwd or clone, env=env, capture_output=True, text=True, timeout=500)


@contextmanager
def folder_in(parent: str, name: str) -> Iterator[Path]:
    """A new folder in one of the system's."""
    if not os.access(parent, os.W_OK):
        pytest.skip(f"{pwd.getpwuid(os.geteuid()).pw_name} may not write to {parent}")
    with tempfile.TemporaryDirectory(dir=parent, prefix="mlp-") as folder:
        yield Path(folder, name)
