"""nbgrader's exchange with our grades and pages in the middle: an instructor and two learners, second attempts too."""

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from autograde import cli
from autograde.gradebook.exchange import SECRET, TIMESTAMP, make_returnable
from tests.autograde.books import NAME
from tests.autograde.handed_in import ASSIGNMENT, hand_in, results, written
from tests.support.clones import anybodys_python, make_clone, python_for
from tests.support.paths import ROOT
from tests.support.programs import require_program

pytestmark = [pytest.mark.nbgrader, pytest.mark.timeout(900)]
COURSE = "mlp-course"
WRONG = "def perceptron_step(*args, **options):\n    return 7.5"
# A process that has loaded nbgrader, which takes most of a command's time, and forks for each line that it reads: the
# commands, run as another account where one is given, and the file for what they log.
_FORKING = """
import json, os, sys
from nbgrader.apps.nbgraderapp import NbGraderApp
from nbgrader import utils
if sys.argv[1]:
    utils.get_osusername = lambda: sys.argv[1]
import nbgrader.exchange.default.submit, nbgrader.exchange.default.fetch_feedback
for line in sys.stdin:
    commands, log = json.loads(line)
    child = os.fork()
    if child == 0:
        number = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(number, 1), os.dup2(number, 2)
        for command in commands:
            NbGraderApp.launch_instance(command.split())
            NbGraderApp.clear_instance()
        sys.exit()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@dataclass
class Account:
    """Somebody with a home folder.  user: the account of the system whose processes these are."""

    name: str
    home: Path
    exchange: Path
    python: Path
    user: str | None = None

    @cached_property
    def process(self) -> subprocess.Popen[str]:
        """What forks for each command; it ends when nobody writes to it any more."""
        env = {key: value for key, value in os.environ.items() if not key.startswith("JUPYTER")}
        env |= {"HOME": str(self.home), "JUPYTER_CONFIG_DIR": str(self.home / "jupyter")}
        command = [self.python, "-c", _FORKING, "" if self.user else self.name]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=self.home, env=env, user=self.user, stdin=pipe, stdout=pipe, text=True)

    def nbgrader(self, *commands: str) -> str:
        """Run commands of nbgrader; what they logged."""
        assert self.process.stdin
        assert self.process.stdout
        log = self.home / "nbgrader.log"
        print(json.dumps([commands, str(log)]), file=self.process.stdin, flush=True)
        status, said = self.process.stdout.readline(), log.read_text()
        assert status == "0\n", f"{commands}: {said[-3000:]}"
        return said

    def close(self) -> None:
        """End its process."""
        self.process.communicate()

    def submit(self, data: bytes) -> None:
        """Hand in another version of the notebook."""
        notebook = self.home / ASSIGNMENT / f"{NAME}.ipynb"
        notebook.unlink()  # the released one may be read-only
        notebook.write_bytes(data)
        self.nbgrader(f"submit {ASSIGNMENT}")

    def feedback(self) -> list[str]:
        """The pages that came back, oldest first."""
        pages = sorted((self.home / ASSIGNMENT / "feedback").glob(f"*/{NAME}.html"))
        return [page.read_text() for page in pages]


def _accounts(folder: Path, exchange: Path, opened: ExitStack) -> list[Account]:
    """Two learners: accounts of the system where we may act for them, else two homes."""
    others: list[str | None] = [None, None]
    python = Path(sys.executable)
    if os.geteuid() == 0 and anybodys_python() is not None:
        others = [user.pw_name for user in pwd.getpwall() if 0 < user.pw_uid < 60_000][:2]
        make_clone(folder / "clone", python_for(everybody=True))
        python = folder / "clone/.venv/bin/python"
    accounts = []
    for user, name in zip(others, ("ada", "bob"), strict=True):
        account = Account(user or name, folder / (user or name), exchange, python, user)
        (account.home / "jupyter").mkdir(parents=True)
        config = f"c = get_config()\nc.CourseDirectory.course_id = {COURSE!r}\nc.Exchange.root = {str(exchange)!r}\n"
        (account.home / "jupyter/nbgrader_config.py").write_text(config)
        if user:
            shutil.chown(account.home, user)
        opened.callback(account.close)
        accounts.append(account)
    return accounts


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that other accounts can enter, which pytest's own can't be."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """What is to be closed when the test ends."""
    with ExitStack() as opened:
        yield opened


def test_grades_and_pages_go_through_the_exchange(place: Path, opened: ExitStack) -> None:
    require_program("bwrap", "bubblewrap")
    course, exchange = place / "course", place / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    for name in ("solutions", "notebooks"):
        shutil.copytree(ROOT / name / ASSIGNMENT, course / name / ASSIGNMENT)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"c.Exchange.root = {str(exchange)!r}\n")
    released = (course / "notebooks" / ASSIGNMENT / f"{NAME}.ipynb").read_bytes()
    teacher = Account(pwd.getpwuid(os.geteuid()).pw_name, course, exchange, Path(sys.executable))
    (course / "jupyter").mkdir()
    opened.callback(teacher.close)
    grade = ["grade", ASSIGNMENT, "--course", str(course), "--workers", "1"]

    said = teacher.nbgrader(f"generate_assignment {ASSIGNMENT}")
    assert "Skipping existing assignment" in said, "so README says --force"
    teacher.nbgrader(f"generate_assignment {ASSIGNMENT} --force", f"release_assignment {ASSIGNMENT}")
    assert (course / "notebooks" / ASSIGNMENT / f"{NAME}.ipynb").read_bytes() == released
    one, other = learners = _accounts(place / "homes", exchange, opened)
    for learner in learners:
        learner.nbgrader(f"fetch_assignment {ASSIGNMENT}")
        assert (learner.home / ASSIGNMENT / f"{NAME}.ipynb").read_bytes() == released
    one.submit(written(perceptron_step=WRONG))
    other.submit(written())
    hand_in(course, "by_mail", written())
    teacher.nbgrader(f"collect {ASSIGNMENT}")
    assert cli.main(grade) == 0
    assert cli.main(["feedback", ASSIGNMENT, "--course", str(course)]) == 0
    teacher.nbgrader(f"release_feedback {ASSIGNMENT}")
    for learner in learners:
        learner.nbgrader(f"fetch_feedback {ASSIGNMENT}")
    assert [len(learner.feedback()) for learner in learners] == [1, 1]
    assert "a float, expected a tuple of 2" in one.feedback()[0]
    assert "a float, expected a tuple of 2" not in other.feedback()[0]

    one.submit(written())
    teacher.nbgrader(f"collect {ASSIGNMENT} --update")
    assert cli.main(grade) == 0
    assert {name: found.score for name, found in results(course).items()} == dict.fromkeys(
        (one.name, other.name, "by_mail"), 12
    )
    teacher.nbgrader(f"generate_feedback {ASSIGNMENT} --force", f"release_feedback {ASSIGNMENT}")
    one.nbgrader(f"fetch_feedback {ASSIGNMENT}")
    assert len(one.feedback()) == 2
    assert "Score: " in one.feedback()[1], "the page that nbgrader itself makes"


def test_a_secret_that_is_odd_stops_nobody(tmp_path: Path) -> None:
    """What a learner hands in as the secret is read by nbgrader as text, for all learners in one go."""
    autograded, feedback = tmp_path / "autograded", tmp_path / "feedback"
    autograded.mkdir()
    for content in (b"\xff\xfe\x00", b"x" * 10**6, b""):
        (autograded / SECRET).write_bytes(content)
        make_returnable(feedback, autograded)
        assert 0 < len((feedback / SECRET).read_text(encoding="utf-8")) <= 1_000
        assert (feedback / TIMESTAMP).read_text() == ""
    kept = (feedback / SECRET).read_text()
    (autograded / SECRET).unlink()
    (autograded / SECRET).symlink_to("/etc/passwd")
    make_returnable(feedback, autograded)
    assert (feedback / SECRET).read_text() == kept, "it stays the same from one run to the next"
