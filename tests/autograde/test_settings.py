"""Settings are found where nbgrader finds them, so that there is one gradebook and one late policy."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.apps import NbGraderApp
from nbgrader.coursedir import CourseDirectory

from autograde import cli
from autograde.course import NoCourseError
from autograde.gradebook.book import Book
from autograde.gradebook.database import GradebookError
from autograde.gradebook.settings import find_course, load_settings

pytestmark = [pytest.mark.timeout(600), pytest.mark.slow]
PLACES = ("home", "path", "cwd", "course")


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """The folders where nbgrader looks for settings."""
    found = {name: tmp_path / name for name in PLACES}
    for folder in found.values():
        folder.mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(found["home"]))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(found["path"]))
    monkeypatch.chdir(found["cwd"])
    return found


def write(folder: Path, text: str) -> None:
    (folder / "nbgrader_config.py").write_text(f"c = get_config()\n{text}\n")


def stocks(course: Path) -> CourseDirectory:
    """What nbgrader's own program goes by."""
    app = NbGraderApp()
    app.initialize(["--course-dir", str(course)])
    app.coursedir.db_url, app.coursedir.course_id  # noqa: B018 - made when they are first asked for
    return app.coursedir


@pytest.mark.parametrize("some", [s for n in range(5) for s in itertools.combinations(PLACES, n)], ids="-".join)
def test_the_gradebook_is_the_one_of_nbgrader(places: dict[str, Path], some: tuple[str, ...]) -> None:
    for name in some:
        write(places[name], f"c.CourseDirectory.db_url = 'sqlite:///{places[name]}/of_{name}.db'")
    (places["home"] / "nbgrader_config.json").write_text('{"CourseDirectory": {"course_id": "of_home"}}')
    theirs, ours = stocks(places["course"]), load_settings(places["course"]).coursedir
    assert (ours.db_url, ours.course_id, ours.root) == (theirs.db_url, theirs.course_id, theirs.root)
    with Book(places["course"]) as book:
        assert book._engine.url.database == theirs.db_url.removeprefix("sqlite:///")


def test_nbgraders_roster_and_due_dates_are_exported(places: dict[str, Path]) -> None:
    course, site = places["course"], places["home"] / "site.db"
    write(places["home"], f"c.CourseDirectory.db_url = 'sqlite:///{site}'")
    (course / "students.csv").write_text("id,last_name,first_name,email,lms_user_id\nzzz,Zed,Zoe,z@uni.example,4711\n")
    for command in (
        ["student", "import", "students.csv"],
        ["assignment", "add", "01_perceptron", "--duedate=2026-11-01 12:00:00 UTC"],
    ):
        subprocess.run([sys.executable, "-m", "nbgrader", "db", *command], cwd=course, check=True, capture_output=True)
    with Book(course):
        pass
    assert cli.main(["export", "--format", "canvas", "--course", str(course)]) == 0
    assert '"Zed, Zoe",4711,,zzz,' in (course / "grades_canvas.csv").read_text()
    assert cli.main(["export", "--course", str(course)]) == 0
    assert "01_perceptron,2026-11-01 12:00:00,,zzz," in (course / "grades.csv").read_text()
    assert not (course / "gradebook.db").exists()


def test_the_projects_settings_say_nothing_about_where_another_course_lies(places: dict[str, Path]) -> None:
    write(places["path"], "c.LateSubmissionPlugin.penalty_method = 'zero'")
    project = places["home"].parent / "project"
    project.mkdir()
    write(project, "c.CourseDirectory.db_url = 'sqlite:////x.db'\nc.CourseDirectory.course_id = 'mlp'")
    found = load_settings(places["course"], project)
    assert found.coursedir.course_id == "mlp"
    assert "db_url" not in found.config.CourseDirectory
    assert found.config.LateSubmissionPlugin.penalty_method == "zero"


def test_the_course_is_where_the_settings_say_unless_it_is_named(places: dict[str, Path]) -> None:
    write(places["home"], f"c.CourseDirectory.root = {str(places['path'])!r}")
    assert find_course(None) == places["path"]
    assert find_course(places["course"]) == places["course"]
    assert load_settings(places["course"]).coursedir.root == str(places["course"])


@pytest.mark.parametrize(
    "text", ["1 / 0", "c.CourseDirectory.course_id = 7", "c.CourseDirectory.directory_structure = 'x'"]
)
def test_settings_that_can_not_be_used_are_said_in_a_sentence(places: dict[str, Path], text: str) -> None:
    write(places["course"], text)
    with pytest.raises(GradebookError, match="nbgrader_config"):
        load_settings(places["course"])


def test_without_a_course_settings_that_fail_are_said_too(
    places: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    write(places["home"], "1 / 0")
    with pytest.raises(NoCourseError, match="ZeroDivisionError"):
        find_course(None)
    assert cli.main(["export"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
