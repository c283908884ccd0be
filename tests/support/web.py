"""The tools that make what pages load, where they are installed."""

import os
from pathlib import Path

import pytest

from tests.support.paths import ROOT


def web_tools() -> Path:
    """The folder ``web/`` with its packages; without them the test is skipped, or fails where all must run."""
    folder = ROOT / "web"
    if not (folder / "node_modules/.bin/esbuild").exists():
        message = "the explorers' tools are not installed: run npm ci in web/"
        pytest.fail(message) if os.environ.get("COURSE_REQUIRE_ALL") else pytest.skip(message)
    return folder
