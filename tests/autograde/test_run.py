"""``autograde grade`` on the command line: one clear sentence for what can't be done."""

from pathlib import Path
from typing import Any

import pytest

from autograde import cli
from tests.autograde.handed_in import (
    hand_in,
    written,
)  # fmt: skip
from tests.support.programs import require_program

pytestmark = [pytest.mark.timeout(300), pytest.mark.slow]


@pytest.fixture(autouse=True)
def sandbox() -> None:
    require_program("bwrap", "bubblewrap")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A course of one submission."""
    hand_in(tmp_path, "ada", written())
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The sentence with which a command refuses."""
    try:
        status: Any = cli.main(["grade", *arguments])
    except SystemExit as stop:
        status = stop.code
    out, err = capsys.readouterr()
    assert (status, out, err.count("\n")) == (2, "", 1), err
    return err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["08_nothing"], "no assignment '08_nothing'; choose from 01_perceptron, "),
        (["--workers", "0"], "got '0', expected a number from 1 upwards"),
        (["--workers", "two"], "got 'two', expected a number from 1 upwards"),
        (["--call-seconds", "nan"], "got 'nan', expected a number from 0.1 upwards"),
        (["--memory", "-1"], "got '-1', expected a number from 0.1 upwards"),
        (["--seed", "1.5"], "got '1.5', expected a number from 0 upwards"),
        (["--db", "nonsense"], "nonsense"),
        (["--db", "mysql://nobody@localhost/x"], "mysql"),
        (["--forced"], "unrecognized arguments: --forced"),
    ],
)
def test_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str) -> None:
    (tmp_path / "submitted").mkdir()
    assert sentence in said(capsys, "--course", str(tmp_path), *arguments)


def test_no_submissions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "--course", str(tmp_path))
    assert f"got {tmp_path}, expected a folder with submitted/<student>/<assignment>/ in it" in told
    assert f"got --course {tmp_path / 'no'}" in said(capsys, "--course", str(tmp_path / "no"))


def test_a_scheduler_that_nobody_started(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "--course", str(small), "--scheduler", "tcp://127.0.0.1:1")
    assert "no dask scheduler answers at 'tcp://127.0.0.1:1'" in told
