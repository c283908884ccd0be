"""The package as `pip install` puts it among others, without a clone: it checks and grades all the same."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.autograde.handed_in import ASSIGNMENT, FULL, hand_in, results, written
from tests.support.paths import ROOT
from tests.support.programs import require_program

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
_SOURCE = ("autograde", "mlp_reference", "solutions", "nbgrader_config.py", "pyproject.toml", "setup.py", "README.md")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages in it."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("packages")
    for name in (*_SOURCE, "LICENSE"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(target)]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(source)], check=True)
    return target


def autograde(packages: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, in a folder that is no clone."""
    start = f"import sys; sys.path.insert(0, {str(packages)!r}); from autograde.cli import main; sys.exit(main())"
    return subprocess.run([sys.executable, "-c", start, *words], cwd=folder, capture_output=True, text=True)


def test_a_learner_checks_a_notebook_of_any_name(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "my notebook (1).ipynb").write_bytes(written())
    done = autograde(packages, tmp_path, "check", "my notebook (1).ipynb")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].split() == [f"{FULL:g}", "of", f"{FULL:g}", "in", "all"]


def test_an_instructor_grades_a_course(packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_program("bwrap", "bubblewrap")
    hand_in(tmp_path, "ada", written())
    monkeypatch.setenv("PYTHONPATH", str(packages))  # for the grading processes, too
    done = autograde(packages, tmp_path, "grade", ASSIGNMENT, "--course", ".", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert {name: result.score for name, result in results(tmp_path).items()} == {"ada": FULL}
