"""The linter and the type checker have no complaints."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("tool", [["ruff", "check", "--no-cache", "."], ["mypy"]], ids=["ruff", "mypy"])
def test_no_complaints(tool: list[str], root: Path) -> None:
    done = subprocess.run([sys.executable, "-m", *tool], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
