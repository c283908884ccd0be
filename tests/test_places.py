"""Clones in all kinds of places grade with README's command, and give the same grades everywhere."""

import os
import pwd
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.autograde.handed_in import ASSIGNMENT, FULL, POINTS, hand_in, results, written
from tests.support.clones import folder_in, make_clone, python_for, run_in
from tests.support.programs import require_program

pytestmark = [pytest.mark.timeout(600), pytest.mark.slow]

# answers, two of which need what is loaded late
_RIGHT = "def perceptron_predict(X, w, b): return (X @ w + b > 0).astype(int)"
_LATE, _MAGIC = f"import numpy.polynomial.hermite_e, sympy, ipywidgets\n{_RIGHT}", f"%%time\n{_RIGHT}"
_WRONG = "def perceptron_predict(X, w, b): return 0 * (X @ w).astype(int)"


def hand_in_some(course: Path) -> dict[str, float]:
    """Submissions, and their points."""
    hand_in(course, "ada", written())
    hand_in(course, "bob", written(perceptron_predict=_LATE))
    hand_in(course, "cleo", written(perceptron_predict=_MAGIC))
    hand_in(course, "dan", written(perceptron_predict=_WRONG))
    return {"ada": FULL, "bob": FULL, "cleo": FULL, "dan": FULL - POINTS["perceptron_predict"]}


def grade(clone: Path, *arguments: str, prefix: Sequence[str] = (), cwd: Path | None = None, **env: str) -> str:
    """README's command; what it complained of."""
    run = run_in(clone, [*prefix, "autograde", "grade", ASSIGNMENT, "--workers", "1", *arguments], cwd, **env)
    assert run.returncode == 0, run.stderr
    return run.stderr


@pytest.fixture(autouse=True)
def sandbox() -> None:
    require_program("bwrap", "bubblewrap")


def points(course: Path) -> dict[str, float]:
    return {student: result.score for student, result in results(course).items()}


@pytest.mark.parametrize(
    ("parent", "name", "course"),
    [("/srv", "mlp", "../elsewhere"), (tempfile.gettempdir(), "Übung mit Zwischenraum/mlp", "a course/of mine")],
)
def test_a_clone_anywhere_grades(parent: str, name: str, course: str) -> None:
    with folder_in(parent, name) as clone:
        make_clone(clone, python_for(everybody=False))
        expected = hand_in_some(clone)
        grade(clone)
        assert points(clone) == expected
        hand_in_some(clone / course)
        grade(clone, "--course", course)
        assert points(clone / course) == expected


def test_a_clone_in_a_home_folder_grades_for_its_user() -> None:
    """An ordinary user's; root becomes one for it."""
    with folder_in("/home" if os.geteuid() == 0 else str(Path.home()), "course/mlp") as clone:
        home = clone.parent.parent
        make_clone(clone, python_for(everybody=True))
        expected = hand_in_some(clone)
        prefix: list[str] = []
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            prefix = [require_program("setpriv", "util-linux"), f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}"]
            prefix.append("--clear-groups")
            for folder in (home, home / "course", clone, clone / "submitted"):
                os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        grade(clone, "--course", ".", prefix=prefix, HOME=str(home))
        assert points(clone) == expected
