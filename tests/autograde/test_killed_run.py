"""``kill -9`` of the grader at any moment: run again, it finishes what is missing and grades nothing twice."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.autograde import killed_grader
from tests.support.paths import ROOT
from tests.support.programs import require_program

pytestmark = pytest.mark.slow


@pytest.mark.timeout(600)
def test_a_killed_run_goes_on(tmp_path: Path) -> None:
    require_program("bwrap", "bubblewrap")
    # not run as a module, which each process that grades would load first
    code = "import pathlib, sys; from tests.autograde import killed_grader as k; k.main(pathlib.Path(sys.argv[1]))"
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=590
    )
    assert run.returncode == 0, run.stderr[-3000:]
    kills, missing, submissions = map(int, run.stdout.split())
    assert (kills, submissions) == (50, 50 * killed_grader.EACH + 1)
    assert missing > 10, "nearly always it was done"
