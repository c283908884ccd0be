"""What `make setup` and `make lab` do on machines of all kinds; a real set-up takes minutes and needs a network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# What a desktop, a shell and the `make test` that runs these tests leave in the environment.
_OURS = ("DISPLAY", "WAYLAND_DISPLAY", "PORT", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES")


@pytest.fixture
def clone(tmp_path: Path, root: Path) -> Path:
    """The files of a fresh clone that `make` looks at."""
    clone = tmp_path / "a clone"
    shutil.copytree(root / "scripts", clone / "scripts")
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(root / name, clone)
    return clone


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def make(clone: Path, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key not in _OURS}
    return subprocess.run(["make", *args], cwd=clone, env=clean | env, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 127", "install Python 3.11, 3.12 or 3.13, or name yours"),
        ("echo 3.9", "is Python 3.9, the course needs 3.11, 3.12 or 3.13"),
        ("echo 3.14", "is Python 3.14, the course needs 3.11, 3.12 or 3.13"),
        ('case "$*" in *ensurepip*) exit 1;; esac; echo 3.12', "apt install python3.12-venv"),
    ],
)
def test_a_machine_that_lacks_something_gets_one_sentence(script: str, said: str, clone: Path) -> None:
    python = program(clone.parent / "some python", script)
    done = make(clone, "lab", f"PYTHON={python}")
    assert (done.returncode, done.stdout) == (2, "")
    sentence, *rest = done.stderr.splitlines()
    assert sentence.startswith("setup: ")
    assert said in sentence
    assert [line[:5] for line in rest] == ["make:"]
    assert not (clone / ".venv").exists()


@pytest.fixture
def ready(clone: Path) -> Path:
    """A clone that is set up by the real script, with a Python that only reports what it is asked to run."""
    program(clone.parent / "inner", 'case "$*" in *version_info*) echo 3.12;; *) echo "$@";; esac')
    made = f"mkdir -p .venv/bin; touch .venv/bin/activate; cp '{clone.parent}/inner' .venv/bin/python"
    outer = program(clone.parent / "outer", f'case "$*" in *"-m venv"*) {made};; *) echo 3.12;; esac')
    done = make(clone, "setup", f"PYTHON={outer}")
    assert done.returncode == 0, done.stderr
    assert "--constraint constraints.txt --editable .[test]" in done.stdout
    return clone


def test_a_second_set_up_does_nothing_until_something_changes(ready: Path) -> None:
    broken = f"PYTHON={program(ready.parent / 'broken', 'exit 1')}"
    assert make(ready, "setup", broken).returncode == 0
    moved = ready.rename(ready.parent / "moved")
    assert make(moved, "setup", broken).returncode == 2, "a moved clone needs a new environment"
    moved.rename(ready)
    (ready / "constraints.txt").write_text("numpy==1.0\n")
    assert make(ready, "setup", broken).returncode == 2, "other pins need another environment"


def lab(ready: Path, *args: str, target: str = "lab", **env: str) -> list[str]:
    done = make(ready, target, *args, **env)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_lab_opens_the_first_notebook(ready: Path) -> None:
    for name in ("02_b/b.ipynb", "01_a/a.ipynb"):
        program(ready / "notebooks" / name, "")
    words = lab(ready)
    assert words[:3] == ["-m", "jupyterlab", "--ServerApp.root_dir=notebooks"]
    assert [word for word in words if "url" in word] == ["--LabApp.default_url=/lab/tree/01_a/a.ipynb"]
    assert not [word for word in words if "port" in word]


def test_teach_opens_the_folders_of_an_instructor(ready: Path) -> None:
    program(ready / "notebooks/01_a/a.ipynb", "")
    words = lab(ready, target="teach")
    assert words[:3] == ["-m", "jupyterlab", "--ServerApp.root_dir=."]
    assert not [word for word in words if "url" in word]


@pytest.mark.slow
def test_learners_see_no_buttons_of_nbgrader(root: Path) -> None:
    """The setting that ``scripts/lab`` adds turns them off, as JupyterLab itself reads it."""
    code = (
        "from jupyterlab.labapp import LabApp; from jupyterlab_server.config import get_page_config\n"
        "from jupyter_core.paths import jupyter_path\n"
        "print('nbgrader' in str(get_page_config(jupyter_path('labextensions')).get('disabledExtensions')))"
    )
    for place, hidden in ((str(root / "scripts/learner"), "True"), ("", "False")):
        env = os.environ | {"JUPYTER_CONFIG_PATH": place}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60)
        assert (done.stdout.strip(), done.returncode) == (hidden, 0), done.stderr


@pytest.mark.parametrize("how", ["argument", "environment"])
def test_lab_listens_where_it_is_told_and_nowhere_else(how: str, ready: Path) -> None:
    words = lab(ready, "PORT=9000") if how == "argument" else lab(ready, PORT="9000")
    assert {"--ServerApp.port=9000", "--ServerApp.port_retries=0"} <= set(words)


def test_lab_opens_a_browser_only_where_there_is_a_display(ready: Path) -> None:
    assert "--no-browser" in lab(ready)
    assert "--no-browser" not in lab(ready, DISPLAY=":0")
    assert "--no-browser" not in lab(ready, WAYLAND_DISPLAY="wayland-0")


def test_lab_starts_for_root_too(ready: Path) -> None:
    program(ready.parent / "bin/id", "echo 0")
    assert "--allow-root" in lab(ready, PATH=f"{ready.parent / 'bin'}:{os.environ['PATH']}")
    program(ready.parent / "bin/id", "echo 1000")
    assert "--allow-root" not in lab(ready, PATH=f"{ready.parent / 'bin'}:{os.environ['PATH']}")
