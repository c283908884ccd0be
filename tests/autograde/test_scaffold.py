"""A new exercise builds at once, and the proof says what it lacks."""

from pathlib import Path

import pytest

from autograde.authoring import build, scaffold
from autograde.authoring.verify import verify
from autograde.exercises import load


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "nbgrader_config.py").touch()
    (tmp_path / "solutions" / "01_topic").mkdir(parents=True)
    (tmp_path / "solutions" / "01_topic" / "topic.py").write_text("# %% [markdown]\n# # A topic\n")
    return tmp_path


def test_a_new_exercise_builds_and_the_proof_says_what_is_missing(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert scaffold.main("01_topic", "double", course) == 0
    assert "Began autograde/exercises/01_topic/double.py and the last cells" in capsys.readouterr().out
    assert build.main(root=course, assignments={"01_topic": ["double"]}) == 0
    assert "def double(x):" in (course / "notebooks" / "01_topic" / "topic.ipynb").read_text()
    found = verify(load(course / "autograde" / "exercises" / "01_topic" / "double.py"), [0])
    assert "has 1 misconceptions, at least 8 are wanted" in found.problems
    assert any("the reference of double fails in 'what every serious answer" in p for p in found.problems)


def test_a_second_one_stands_behind_the_first(course: Path) -> None:
    assert scaffold.main("01_topic", "double", course) == scaffold.main("01_topic", "half", course) == 0
    assert (course / "autograde/exercises/01_topic/half.py").read_text().startswith('"""Exercise 1.2: ')
    assert build.main(root=course, assignments={"01_topic": ["double", "half"]}) == 0


@pytest.mark.parametrize(
    ("assignment", "name", "message"),
    [
        ("02_other", "double", "no assignment '02_other', expected one of 01_topic"),
        ("01_topic", "a b", "got the name 'a b', expected that of a function or class"),
        ("01_topic", "double", "autograde/exercises/01_topic/double.py exists: choose another name"),
    ],
)
def test_what_can_not_be_begun_is_told(
    course: Path, assignment: str, name: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    scaffold.main("01_topic", "double", course)
    before = (course / "solutions/01_topic/topic.py").read_text()
    assert scaffold.main(assignment, name, course) == 2
    assert message in capsys.readouterr().err
    assert (course / "solutions/01_topic/topic.py").read_text() == before
