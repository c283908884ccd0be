"""What all tests share.  Nothing of the course may be imported here: shapes are enforced from the first import on."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.paths import ROOT
from tests.support.programs import require_program
from tests.support.properties import FAST, FULL

os.environ["MPLBACKEND"] = "Agg"
# A thread for each worker and whatever it starts: those that BLAS would add for each processor wait for one another.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# nbgrader calls alembic by name, and jupyter its subcommands, also where the environment was not activated.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

if "MLP_COURSE_EXPERIMENTS" not in os.environ:  # notebooks are run by several tests; their experiments are made by one
    os.environ["MLP_COURSE_EXPERIMENTS"] = tempfile.mkdtemp(prefix="experiments-")
    atexit.register(shutil.rmtree, os.environ["MLP_COURSE_EXPERIMENTS"], ignore_errors=True)
for profile, count in (("course", FULL), ("fast", FAST)):  # a test's outcome depends on the code alone
    settings.register_profile(profile, deadline=None, derandomize=True, max_examples=count)
settings.load_profile("course")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What draws, drives a browser or runs notebooks and nbgrader is slow; files that may take longest come first."""
    folders = {ROOT / "tests" / name for name in ("browser", "course", "site", "viz", "web")}
    for item in items:
        if item.path.parent in folders or item.get_closest_marker("nbgrader"):
            item.add_marker(pytest.mark.slow)
    limits: dict[Path, float] = {}
    for item in items:
        limits[item.path] = max(limits.get(item.path, 0.0), _limit(item))
    items.sort(key=lambda item: -limits[item.path])  # so that no worker is left alone with one of them at the end


def _limit(item: pytest.Item) -> float:
    """The seconds that a test may take, where it says so."""
    mark = item.get_closest_marker("timeout")
    return float(mark.args[0]) if mark and mark.args else 0.0


@pytest.fixture(scope="session")
def root() -> Path:
    """The course's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    return require_program("chromium", "chromium-browser", "google-chrome")
