"""An experiment is made once for a figure and for the numbers that the text repeats, however they ask for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from mlp_reference.viz.experiments.memo import FOLDER, memoized
from tests.support.paths import ROOT

PROGRAM = """
from mlp_reference.viz.experiments import xor
made = []
xor.numpy_of = xor.np
class Counted:
    def __getattr__(self, name):
        made.append(name)
        return getattr(xor.numpy_of, name)
xor.np = Counted()
print(xor.corner_runs(2, "tanh", 3, 5, 0.5)[0].tolist(), bool(made))
"""


def test_one_experiment_is_made_once_however_its_arguments_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER, raising=False)
    made = []

    @memoized
    def experiment(m: int, seeds: int = 20) -> int:
        """A run."""
        made.append((m, seeds))
        return m * seeds

    assert [experiment(2), experiment(2, 20), experiment(m=2), experiment(seeds=20, m=2), experiment(3)] == [40] * 4 + [
        60
    ]
    assert made == [(2, 20), (3, 20)]
    assert experiment.__doc__ == "A run."


@pytest.mark.parametrize("shared", [True, False])
def test_processes_share_an_experiment_where_a_folder_is_named(
    shared: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path) if shared else "")
    runs = [
        subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    solved = runs[0].removesuffix(" True\n")
    assert runs == [f"{solved} True\n", f"{solved} {not shared}\n"]
