"""The proof: green on the catalogue, red on every fault that is planted."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from autograde.authoring import verify as proof
from autograde.authoring.mutants import mutants, shown, survey
from autograde.authoring.verify import main, stub_of, verify
from autograde.exercises import CATALOGUE, Catalogue
from autograde.judging.exercise import Case, Exercise, Misconception
from autograde.judging.judge import PUBLIC_SEED
from tests.support.exercises import exercises


@pytest.mark.timeout(400)  # one of them trains a few hundred networks
@pytest.mark.parametrize("name", exercises())
def test_the_catalogue_is_proven(name: str) -> None:
    """On the numbers that learners see; `autograde verify` does it for others, too."""
    assert verify(CATALOGUE[name], [PUBLIC_SEED]).problems == []


def test_the_toy_is_proven(toy: Exercise) -> None:
    found = verify(toy)
    assert (found.exercise, found.misconceptions, found.alternates, found.problems) == ("ramp", 8, 4, [])


def problems(exercise: Exercise) -> str:
    return "\n".join(verify(exercise, [0, 1]).problems)


def with_wrong(toy: Exercise, name: str, source: str, at: int | None = None) -> Exercise:
    added = Misconception(name, source, "A hint.")
    where = len(toy.misconceptions) if at is None else at
    return dataclasses.replace(toy, misconceptions=[*toy.misconceptions[:where], added, *toy.misconceptions[where:]])


def test_a_survivor_is_found(toy: Exercise) -> None:
    planted = with_wrong(toy, "not wrong at all", "def ramp(x, slope=2.0): return np.maximum(slope * x, 0)")
    assert "seed 0: the wrong answer 'not wrong at all' passes" in problems(planted)
    assert "seed 1: the wrong answer 'not wrong at all' passes" in problems(planted)


def test_two_names_for_one_mistake_are_found(toy: Exercise) -> None:
    planted = with_wrong(toy, "the same again", "def ramp(x, slope=2.0): return x * slope")
    assert "'the same again' is taken for 'negative numbers pass'" in problems(planted)


def test_a_mistake_that_has_no_name_is_found(toy: Exercise) -> None:
    planted = with_wrong(toy, "never ends", "def ramp(x, slope=2.0): raise NotImplementedError")
    assert "'never ends' is taken for 'nothing known'" in problems(planted)


@pytest.mark.parametrize("body", ["slope * x", "(slope * np.maximum(x, 0)).astype(complex)", "1 / 0"])
def test_a_refused_right_answer_is_found(toy: Exercise, body: str) -> None:
    planted = dataclasses.replace(toy, alternates=[*toy.alternates, f"def ramp(x, slope=2.0): return {body}"])
    assert "right answer 5 is refused: numbers of both signs" in problems(planted)


def test_a_refused_reference_is_found(toy: Exercise) -> None:
    calls = np.random.default_rng(0)
    planted = dataclasses.replace(toy, reference=lambda x, slope=2.0: np.maximum(x, 0) * slope + calls.normal())
    assert "the reference is refused" in problems(planted)


def test_a_case_that_catches_nothing_is_found(toy: Exercise) -> None:
    idle = Case("zero", [lambda rng: (np.zeros(()),)])
    planted = dataclasses.replace(toy, cases=[*toy.cases, idle])
    assert "the case 'zero' catches no wrong answer" in problems(planted)


def test_a_stub_that_scores_is_found(toy: Exercise) -> None:
    def swallows(fn: object, *args: object) -> object:
        try:
            return fn(*args)  # type: ignore[operator]
        except NotImplementedError:
            return toy.reference(*args)

    planted = dataclasses.replace(toy, probe=swallows)
    assert "the stub scores 100% with outcome 'passed'" in problems(planted)


@pytest.mark.parametrize("what", ["misconceptions", "alternates", "hints"])
def test_too_few_are_found(toy: Exercise, what: str) -> None:
    planted = dataclasses.replace(toy, **{what: getattr(toy, what)[:2]})
    assert f"has 2 {what}, at least" in problems(planted)


def test_main_prints_a_line_for_each_and_writes_json(
    toy: Exercise, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = dataclasses.replace(toy, name="bad", hints=[])
    monkeypatch.setattr(proof, "CATALOGUE", {"ramp": toy, "bad": toy})
    monkeypatch.setattr(proof, "ASSIGNMENTS", {"a": ["ramp"], "b": ["bad"]})
    assert main(["a"], workers=1) == 0
    assert capsys.readouterr().out == "ok   ramp: 8 wrong answers named, 4 right ones accepted\n"
    monkeypatch.setitem(proof.CATALOGUE, "bad", dataclasses.replace(toy, hints=[]))
    file = tmp_path / "proof.json"
    assert main(["ramp", "b"], file, workers=1) == 1
    out = capsys.readouterr().out
    assert "FAIL ramp" in out
    assert "     has 0 hints, at least 3 are wanted" in out
    assert [p["problems"] != [] for p in json.loads(file.read_text())] == [False, True]
    assert bad.hints == []


def test_main_knows_its_assignments(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["99_nothing"]) == 2
    assert "no exercise or assignment '99_nothing'" in capsys.readouterr().out


def test_the_stub_raises() -> None:
    scope: dict[str, object] = {}
    exec(stub_of("f"), scope)
    with pytest.raises(NotImplementedError):
        scope["f"](1, a=2)  # type: ignore[operator]


@pytest.mark.slow
def test_one_exercise_is_verified_in_processes(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["sigmoid_bump"], workers=2) == 0
    wrong, right = len(CATALOGUE["sigmoid_bump"].misconceptions), len(CATALOGUE["sigmoid_bump"].alternates)
    assert capfd.readouterr().out == f"ok   sigmoid_bump: {wrong} wrong answers named, {right} right ones accepted\n"


def test_a_broken_file_is_a_problem_of_its_own(
    toy: Exercise, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "01_a").mkdir()
    (tmp_path / "01_a" / "wrong_file.py").write_text('"""Exercise 1.1: nothing."""\n\n1 / 0\n')
    files = {"ramp": tmp_path / "ramp.py", "wrong_file": tmp_path / "01_a" / "wrong_file.py"}
    catalogue = Catalogue(files)
    monkeypatch.setattr(proof, "CATALOGUE", catalogue)
    monkeypatch.setattr(proof, "ASSIGNMENTS", {"01_a": ["wrong_file"]})
    assert main(workers=1) == 1
    assert "     01_a/wrong_file.py is broken: ZeroDivisionError: division by zero" in capsys.readouterr().out
    assert main(mutants=True) == 1
    assert "01_a/wrong_file.py is broken" in capsys.readouterr().out


def test_mutants_that_survive_or_get_no_name_are_shown(toy: Exercise) -> None:
    right = "def ramp(x, slope=2.0):\n    return slope * np.maximum(x, 0)"
    found = survey(dataclasses.replace(toy, alternates=[right]))
    assert [str(m) for m in found.survivors] == []
    assert "line 2: `np.maximum` -> `np.minimum`" not in [str(m) for m in found.unnamed]
    assert "line 1: `2.0` -> `4.0`" in [str(m) for m in found.unnamed]
    assert shown(found).startswith(f"ramp: {found.made} mutants, ")


@pytest.mark.parametrize(
    ("source", "slip"),
    [
        ("a + b", "a - b"), ("X @ W", "X * W"), ("a < b", "a <= b"), ("-a", "a"), ("x.sum(axis=0)", "x.mean(axis=0)"),
        ("x.sum(axis=0)", "x.sum(axis=1)"), ("X.T", "X"), ("max(a)", "min(a)"), ("a = True", "a = False"),
        ("def f():\n    return a, b", "def f():\n    return (b, a)"),
        ("def f():\n    return a, b", "def f():\n    return a"),
        ("def f():\n    a = 1\n    b = 2", "def f():\n    a = 1"), ("a += b", "a = b"),
        ("raise ValueError('x')", "raise KeyError"),
    ],
)  # fmt: skip
def test_slips(source: str, slip: str) -> None:
    assert slip in [mutant.source for mutant in mutants(source)]
