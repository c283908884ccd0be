"""What all tests share.  Nothing of the course may be imported here: shapes are enforced from the first import on."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

os.environ["MPLBACKEND"] = "Agg"
# nbgrader calls alembic by name, and jupyter its subcommands, also where the environment was not activated.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

settings.register_profile("course", deadline=None, derandomize=True)  # a test's outcome depends on the code alone
settings.load_profile("course")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What draws, drives a browser or runs notebooks and nbgrader is slow."""
    folders = {ROOT / "tests" / name for name in ("browser", "course", "viz", "web")}
    for item in items:
        if item.path.parent in folders or item.get_closest_marker("nbgrader"):
            item.add_marker(pytest.mark.slow)


def require_program(*names: str) -> str:
    """The path of the first of the programs that is installed.

    A test that lacks one is skipped, but fails where COURSE_REQUIRE_ALL is set, as in continuous integration.
    """
    for name in names:
        if path := shutil.which(name):
            return path
    message = f"none of the programs {', '.join(names)} found: install one, on Debian with apt-get install {names[0]}"
    if os.environ.get("COURSE_REQUIRE_ALL"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def root() -> Path:
    """The course's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    return require_program("chromium", "chromium-browser", "google-chrome")
