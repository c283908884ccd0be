"""What the tests of answers share: progress in a folder of its own, and a small exercise to plant faults in."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from autograde.judging import judge as judging
from autograde.judging.exercise import Arguments, Case, Exercise, Misconception
from autograde.sandbox.session import Zygote, Zygotes
from tests.support.programs import require_program


@pytest.fixture(autouse=True)
def progress_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where these tests keep progress, instead of the home folder."""
    folder = tmp_path / "progress"
    monkeypatch.setenv("MLP_COURSE_PROGRESS", str(folder))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return folder


@pytest.fixture(autouse=True, scope="session")
def patience() -> Iterator[None]:
    """A check may take as long as a busy machine needs; tests about its limit set it themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "SECONDS_PER_CHECK", 600.0)
        yield


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    """A process that forks one for each session; it is still there when its submissions have ended."""
    require_program("bwrap", "bubblewrap")
    zygote = Zygote()
    yield zygote
    zygote.close()


@pytest.fixture(scope="module")
def zygotes() -> Iterator[Zygotes]:
    """All kinds of them, each begun when it is needed."""
    require_program("bwrap", "bubblewrap")
    zygotes = Zygotes()
    yield zygotes
    zygotes.close()


def ramp(x: np.ndarray, slope: float = 2.0) -> np.ndarray:
    """``slope * x`` where x is positive, else 0."""
    return np.where(x > 0, slope * x, 0.0)


def _mixed(rng: np.random.Generator) -> Arguments:
    return (rng.normal(size=5) + np.array([9.0, -9, 9, -9, 9]),)


def _sloped(rng: np.random.Generator) -> Arguments:
    return *_mixed(rng), float(rng.choice([3.0, 5.0]))


@pytest.fixture
def toy() -> Exercise:
    """An exercise whose proof is complete."""
    return Exercise(
        name="ramp",
        reference=ramp,
        cases=[Case("numbers of both signs", [_mixed]), Case("another slope", [_sloped], weight=2.0)],
        misconceptions=[
            Misconception("negative numbers pass", "def ramp(x, slope=2.0): return slope * x", "Cut them off."),
            Misconception("the slope is fixed", "def ramp(x, slope=2.0): return np.maximum(2 * x, 0)", "Use slope."),
            Misconception("the slope is left out", "def ramp(x, slope=2.0): return np.maximum(x, 0)", "Use slope."),
            Misconception("sign", "def ramp(x, slope=2.0): return -slope * np.maximum(x, 0)", "Look at the sign."),
            Misconception("other side", "def ramp(x, slope=2.0): return slope * np.minimum(x, 0)", "The other side."),
            Misconception("sum", "def ramp(x, slope=2.0): return slope * np.maximum(x, 0).sum()", "Keep the axis."),
            Misconception("square", "def ramp(x, slope=2.0): return slope * np.maximum(x, 0)**2", "No square."),
            Misconception("in place", "def ramp(x, slope=2.0): x[x < 0] = 0; return slope * x", "Work on a copy."),
        ],
        alternates=[
            "def ramp(x, slope=2.0): return slope * np.maximum(x, 0)",
            "def ramp(x, slope=2.0): return [slope * v if v > 0 else 0 for v in x]",
            "ramp = lambda x, slope=2.0: (x > 0) * slope * x",
            "def ramp(x, slope=2.0): return np.clip(slope * x, 0, None)",
        ],
        hints=["Two pieces.", "np.where chooses.", "np.where(x > 0, ..., 0.0)"],
    )
