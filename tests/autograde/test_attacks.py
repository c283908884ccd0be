"""Nothing that a learner hands in gains a point, reads a secret, outlives its submission or disturbs a neighbour."""

import re
import sys
import time
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest

from autograde.sandbox.connection import Ended
from autograde.sandbox.kept_outputs import Shown
from autograde.sandbox.session import Limits, Session, Zygote
from tests.autograde.attacks import EVERY, FAMILIES, bombs, links, outliving
from tests.autograde.attacks.attack import HELPERS, VICTIM, WRONG, Attack, kept
from tests.autograde.attacks.page import PAGE, written
from tests.autograde.attacks.scene import HONEST, LIMITS, Scene, play
from tests.support.paths import ROOT
from tests.support.programs import require_program

pytestmark = [pytest.mark.timeout(600), pytest.mark.slow]

FULL, OTHERS = 12.0, 9.0
HONEST_NAMES = [f"honest_{index:02d}" for index in range(HONEST)]
WRITTEN = [name for name, attack in EVERY.items() if not attack.fails]
DEFAULT, TIGHT = Limits(), Limits(call=2, cell=3, notebook=6, memory=2**30, processes=16)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """All attacks after one run."""
    require_program("bwrap")
    return play(tmp_path_factory.mktemp("attacked") / "course")


def test_there_are_enough() -> None:
    assert len(EVERY) >= 60
    assert len(FAMILIES) >= 10


def test_everybody_has_a_result(scene: Scene) -> None:
    expected = {*EVERY, *HONEST_NAMES, "merely_wrong", scene.secrets["gradebook"]}
    assert set(scene.students) == expected, "and what is linked into the folder has none"
    assert scene.status == 1  # some could not be graded


def test_wrong_answer_is_worth_what_the_attacks_are_measured_by(scene: Scene) -> None:
    result = scene.students["merely_wrong"]
    assert result["exercises"][VICTIM]["score"] == kept()
    assert result["score"] == OTHERS + kept()
    assert 0 < kept() < FULL - OTHERS


@pytest.mark.parametrize("student", HONEST_NAMES)
def test_honest_neighbours_have_full_marks(scene: Scene, student: str) -> None:
    assert scene.students[student]["score"] == FULL
    assert not scene.students[student].get("repaired")


@pytest.mark.parametrize("student", WRITTEN)
def test_no_point_is_gained_and_none_lost_elsewhere(scene: Scene, student: str) -> None:
    result, attack = scene.students[student], EVERY[student]
    score = result["exercises"][VICTIM]["score"]
    assert result["status"] == "graded"
    assert (score == kept()) if attack.keeps else (score <= kept())
    assert result["score"] - score == pytest.approx(OTHERS)
    assert result["max_score"] == FULL


@pytest.mark.parametrize("student", [name for name, attack in EVERY.items() if attack.fails])
def test_what_is_no_notebook_is_named(scene: Scene, student: str) -> None:
    result = scene.students[student]
    assert (result["status"], result["score"]) == ("failed", 0)
    assert result["error"]
    assert "root:" not in result["error"]


def test_odd_files_beside_a_notebook_are_named_and_ignored(scene: Scene) -> None:
    (student,) = (name for name, attack in EVERY.items() if attack is links.ODD)
    assert len(scene.students[student]["repaired"]) == 5


@pytest.mark.parametrize("student", WRITTEN)
def test_no_secret_is_read(scene: Scene, student: str) -> None:
    for what, text in scene.texts(student).items():
        assert "leak:" not in text, what
        for where, secret in scene.secrets.items():
            assert secret not in text, f"{where}, in the {what}"


@pytest.mark.parametrize("student", [name for name in WRITTEN if EVERY[name].code])
def test_attack_was_really_made(scene: Scene, student: str) -> None:
    """Its cell ran to its end, or does not end."""
    assert EVERY[student].ends or "tried" in scene.shown(student)


@pytest.mark.parametrize("student", list(EVERY))
def test_submission_ends_in_time(scene: Scene, student: str) -> None:
    """In the time for its cells, the calls of its tests, and what is run again in fresh processes."""
    assert scene.students[student]["seconds"] < 5 * LIMITS["notebook-seconds"] + 15


def test_terminal_gets_no_commands(scene: Scene) -> None:
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]", scene.printed)


class _Active(HTMLParser):
    """Finds what would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("src") or ""
        if tag == "img" and address.startswith(("data:image/png;base64,", "data:image/jpeg;base64,")):
            return
        if tag in ("script", "img", "svg", "iframe", "object", "embed", "link", "base", "form", "a"):
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or "javascript:" in (value or "").lower():
                self.found.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("student", WRITTEN)
def test_feedback_runs_nothing(scene: Scene, student: str) -> None:
    active = _Active()
    active.feed(scene.texts(student)["feedback"])
    assert active.found == []


@pytest.mark.parametrize("name", ["flood_of_outputs", "wide_text_array", "huge_text", "huge_exception", "shouting"])
def test_little_is_kept_of_floods(scene: Scene, name: str) -> None:
    (student,) = (student for student, attack in EVERY.items() if attack.name == name)
    assert sum(map(len, scene.texts(student).values())) < 2.5 * DEFAULT.output


def test_nothing_was_planted(scene: Scene) -> None:
    assert not Path("/tmp/unpickled-by-the-grader").exists()
    assert not list(scene.course.rglob("planted*"))
    places = (ROOT, ROOT / "solutions/01_perceptron", Path(sys.prefix), Path(np.__file__).parent)
    assert [path for place in places for name in ("planted*", "sitecustomize.py") for path in place.glob(name)] == []
    assert _marked() == []


def test_page_lists_what_was_found(scene: Scene) -> None:
    assert PAGE.read_text() == written(scene), "write it anew with `python -m tests.autograde.attacks`"


@pytest.mark.parametrize("attack", outliving.ATTACKS, ids=lambda attack: attack.name)
def test_nothing_outlives_its_submission(zygote: Zygote, attack: Attack) -> None:
    session = Session(zygote, TIGHT)
    with suppress(Ended, TypeError, AttributeError):
        session.run(f"import numpy as np\n{WRONG}\n{HELPERS}")
        session.run(dedent(attack.code))
        session.find(VICTIM)(None, None, None)
    session.close()
    assert _marked() == []
    assert _left_over(zygote) == []
    assert zygote.process.poll() is None


@pytest.mark.parametrize("name", ["shell_fork_bomb", "thread_bomb", "memory_of_many", "shared_memory"])
def test_bombs_leave_room_for_the_next(zygote: Zygote, name: str) -> None:
    """What a bomb has started is gone at once, and the next submission finds an untouched sandbox."""
    bomb = next(attack for attack in bombs.ATTACKS if attack.name == name)
    session, start = Session(zygote, TIGHT), time.monotonic()
    with suppress(Ended):
        session.run(f"import numpy as np\n{WRONG}\n{HELPERS}")
        session.run(dedent(bomb.code))
    session.close()
    assert time.monotonic() - start < TIGHT.cell + 20
    following = Session(zygote, TIGHT)
    assert following.run("6 * 7") == ("", [Shown("shown", "42")])
    following.close()


def _left_over(zygote: Zygote) -> list[int]:
    """The processes beside those that a sandbox has always: two of bubblewrap's and itself; a moment is allowed."""
    for _ in range(100):
        found = _descendants(zygote.process.pid)[3:]
        if not found:
            break
        time.sleep(0.02)
    return found


def _descendants(pid: int) -> list[int]:
    try:
        children = [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [pid, *(one for child in children for one in _descendants(child))]


def _marked() -> list[str]:
    """The processes of attacks that are still there."""
    found = []
    for place in Path("/proc").iterdir():
        with suppress(OSError):
            if place.name.isdigit() and outliving.MARK.encode() in (place / "cmdline").read_bytes():
                found.append(place.name)
    return found
