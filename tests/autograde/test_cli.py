"""The command line: what each command calls, and one sentence for a wrong use."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from autograde import cli
from autograde.authoring import build
from autograde.authoring import verify as proof
from autograde.course import NoCourseError, find_root


def run(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "autograde", *args], cwd=cwd, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "a command is missing, expected build, verify"),
        (["bild"], "'bild'"),
        (["build", "--chek"], "unrecognized arguments: --chek"),
        (["build", "01_perceptron"], "unrecognized arguments: 01_perceptron"),
        (["verify", "--json"], "--json: expected one argument"),
    ],
)
def test_wrong_usage_is_one_sentence(args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(args)
    out, err = capsys.readouterr()
    assert (stop.value.code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert "--help` shows what it takes" in err


def test_build_passes_the_flags_and_the_status_on(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[bool, bool]] = []
    monkeypatch.setattr(build, "main", lambda check, graded: calls.append((check, graded)) or 7)
    assert [cli.main(["build", *words]) for words in ((), ("--check",), ("--graded",))] == [7, 7, 7]
    assert calls == [(False, False), (True, False), (False, True)]


def test_verify_passes_its_arguments_on(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr(proof, "main", lambda *args: calls.append(args) or 1)
    assert cli.main(["verify", "01_perceptron", "--json", "out.json", "--workers", "3"]) == 1
    assert cli.main(["verify", "huber", "--mutants"]) == cli.main(["verify"]) == 1
    assert calls == [(["01_perceptron"], Path("out.json"), 3, False), (["huber"], None, 0, True), ([], None, 0, False)]


def test_whoever_stops_a_command_gets_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(**_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "main", stop)
    assert cli.main(["build"]) == 130
    assert capsys.readouterr().err == "autograde build: stopped\n"


def test_the_module_is_the_command(root: Path) -> None:
    done = run("--help", cwd=root)
    assert done.returncode == 0
    assert "build" in done.stdout
    assert "verify" in done.stdout


def test_the_root_is_the_nearest_course_above(tmp_path: Path) -> None:
    (tmp_path / "course/solutions/01_topic").mkdir(parents=True)
    (tmp_path / "course/nbgrader_config.py").touch()
    assert find_root(tmp_path / "course/solutions/01_topic") == tmp_path / "course"


def test_elsewhere_the_root_is_that_of_the_package(tmp_path: Path, root: Path) -> None:
    assert find_root(tmp_path) == root


def test_without_a_course_the_error_says_what_was_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("autograde.course.PROJECT", tmp_path / "site-packages")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoCourseError, match="change into your clone"):
        find_root()
    assert cli.main(["build"]) == 2
    assert capsys.readouterr().err.startswith("autograde build: no course found")


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii"])
def test_output_goes_through_any_encoding(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """Names of students and what they wrote have letters that a terminal may not know."""
    course = tmp_path / "Ştefan → 王"
    course.mkdir()
    monkeypatch.chdir(root)
    for command in (
        *([name, "--course", str(course)] for name in ("grade", "export", "feedback")),
        ["check", "王.ipynb"],
        ["verify", "→"],
    ):
        said = io.BytesIO()
        stream = io.TextIOWrapper(said, encoding=encoding)
        monkeypatch.setattr(sys, "stdout", stream)
        monkeypatch.setattr(sys, "stderr", stream)
        assert cli.main(command) == 2
        stream.flush()
        assert "?" in said.getvalue().decode(encoding)
