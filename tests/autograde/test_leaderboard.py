"""The board of one's own runs: what counts, what is beyond the budget, and what stays after the kernel has gone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograde import compete
from autograde.learner import leaderboard
from autograde.learner.state import progress_file


@pytest.fixture(autouse=True)
def progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MLP_COURSE_PROGRESS", str(tmp_path))
    return tmp_path


def means(X: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[list[np.ndarray], Callable[..., Any]]:
    """Reads a digit as that whose mean image is the nearest."""
    centres = np.array([X[y == label].mean(axis=0) for label in range(10)])
    return [centres], lambda Z: ((Z[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)


def padded(count: int) -> Callable[..., Any]:
    """The same with more parameters that do nothing."""

    def train(X: Any, y: Any, rng: Any) -> Any:
        params, read = means(X, y, rng)
        return [*params, np.zeros(count - 640)], read

    return train


def guess(X: Any, y: Any, rng: Any) -> Any:
    return [np.zeros(1)], lambda Z: rng.integers(10, size=len(Z))


def test_the_best_within_the_budget_leads_and_shows_its_test_share() -> None:
    compete("a guess", guess)
    compete("at the limit", padded(20_000))
    board = compete("beyond", padded(20_001))
    assert board.best == "at the limit"
    assert board.shares["at the limit"] == board.shares["beyond"] > 0.8 > 0.3 > board.shares["a guess"]
    lines = repr(board).splitlines()
    assert [line.split("  ")[0] for line in lines] == ["place", "1", "2", "over budget"]
    assert [line.count("%") for line in lines[1:]] == [2, 1, 1]
    assert "20,001" in board._repr_html_()


def test_runs_are_kept_and_the_last_one_under_a_name_counts() -> None:
    compete("mine", guess)
    assert compete("mine", means).shares.keys() == {"mine"}
    assert compete().shares["mine"] > 0.8
    (progress_file.folder() / "runs.json").write_text('[{"name": 3}, 4]')
    assert compete().best == ""
    assert "no runs yet" in repr(compete())


def test_a_grader_s_board_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    compete("mine", means)
    assert not (progress_file.folder() / "runs.json").exists()


def test_no_image_is_in_two_parts() -> None:
    parts = [{row.tobytes() for row in X} for X, _ in leaderboard.parts()]
    assert sum(map(len, parts)) == len(set.union(*parts)) == 1797


@pytest.mark.parametrize(
    ("name", "train"),
    [
        ("", means),
        ("mine", None),
        ("mine", 3),
        (means, "mine"),
        ("mine", lambda X, y, rng: None),
        ("mine", lambda X, y, rng: ([], 3)),
        ("mine", lambda X, y, rng: ([], lambda Z: Z[:, :10])),
        ("mine", lambda X, y, rng: ([], lambda Z: 3)),
    ],
)
def test_what_is_no_run_is_told(name: Any, train: Any) -> None:
    with pytest.raises(TypeError, match="expected"):
        compete(name, train)
