"""What README says to type, typed: its commands, in its order, in a clone below a home folder."""

import argparse
import csv
import os
import re
from pathlib import Path

import pytest

from autograde.cli import parser
from tests.autograde.handed_in import ASSIGNMENT, FULL, hand_in, written
from tests.support.clones import folder_in, make_clone, python_for, run_in
from tests.support.paths import ROOT
from tests.support.programs import require_program

pytestmark = pytest.mark.slow

README = (ROOT / "README.md").read_text(encoding="utf-8")
WRONG = "def mistake_bound(X, y, w_star, b_star): return 0.0"


def commands(chapter: str) -> list[str]:
    """The commands in the middle column of a chapter's table."""
    text = README.partition(f"\n## {chapter}\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[2].strip() for line in text.splitlines() if line.startswith("|")]
    return [found[1] for row in rows if (found := re.search("`((?:autograde|nbgrader) .*?)`", row))]


@pytest.mark.timeout(600)
def test_the_commands_for_teaching_do_what_they_promise() -> None:
    require_program("bwrap", "bubblewrap")
    typed = commands("Teach")
    assert [words.split()[:2] for words in typed] == [
        ["autograde", "build"], ["nbgrader", "generate_assignment"], ["nbgrader", "collect"], ["autograde", "grade"],
        ["autograde", "feedback"], ["autograde", "export"],
    ]  # fmt: skip
    with folder_in(str(Path.home()), "mlp") as clone:
        make_clone(clone, python_for(everybody=False))
        hand_in(clone, "ada", written())
        hand_in(clone, "bob", written(mistake_bound=WRONG))
        for command in typed:
            if "collect" not in command:  # it needs an exchange; files were copied
                done = run_in(clone, command, JUPYTER_CONFIG_DIR=str(clone / "jupyter"))
                assert done.returncode == 0, f"{command}: {done.stderr}"
        notebook = f"notebooks/{ASSIGNMENT}/perceptron.ipynb"
        assert (clone / notebook).read_bytes() == (ROOT / notebook).read_bytes()
        for student in ("ada", "bob"):
            assert (clone / "feedback" / student / ASSIGNMENT / "perceptron.html").is_file()
        rows = csv.DictReader((clone / "grades.csv").read_text(encoding="utf-8").splitlines())
        assert {row["student_id"]: float(row["score"]) for row in rows} == {"ada": FULL, "bob": FULL - 2}


def every_autograde_command() -> list[str]:
    named = re.findall(r"`(autograde [^`]*)`", README)
    return sorted({name for name in named if len(name.split()) > 1})


@pytest.mark.parametrize("command", every_autograde_command())
def test_every_command_that_is_named_is_understood(command: str) -> None:
    words = [word.strip('"') for word in command.split()[1:]]
    assert parser().parse_args(words).command == words[0]


def test_every_option_that_is_named_exists() -> None:
    actions = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    known = {
        option for sub in actions[0].choices.values() for action in sub._actions for option in action.option_strings
    }
    named = set(re.findall(r"`(--[a-z-]+)", README))
    assert named
    assert named <= known | {"--force", "--update"}  # these two are nbgrader's


def test_every_target_that_is_named_is_in_the_makefile() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))
    assert named
    assert named <= set(targets)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)", README))))
def test_every_link_leads_somewhere(link: str) -> None:
    assert os.path.exists(ROOT / link)
