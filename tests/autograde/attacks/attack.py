"""What an attack is: code or a notebook that a learner hands in, and what must hold all the same."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from tests.autograde.answers import MISTAKES, earned, misconception

ASSIGNMENT, NOTEBOOK = "01_perceptron", "perceptron.ipynb"
VICTIM = "certifies_nonseparable"  # the last exercise of its notebook, answered wrongly, but not all wrong
WRONG = misconception(VICTIM, MISTAKES[VICTIM])
FORMAT = 4

Notebook = dict[str, Any]

# What every attack may use.  A success is printed with a word that does not stand in the source.
HELPERS = f"""
import os, re, sys
wrong = {VICTIM}
def leak(*what):
    print("le" + "ak:", *what)
def attempt(call, *args, **options):
    try:
        value = call(*args, **options)
    except BaseException as error:
        print("refused:", type(error).__name__)
    else:
        leak(repr(value)[:300])
def plant(call, place, name, *how):
    scratch = os.path.isdir(place) and os.stat(place).st_dev == os.stat("/tmp").st_dev
    if scratch:  # the submission's own /tmp, where folders of a course below /tmp seem to be; it ends with it
        call(os.path.join(place, name), *how)
    else:
        attempt(call, os.path.join(place, name), *how)
def hunt(text, place=""):
    for found in re.findall("can" + "ary-[a-z]+-[0-9a-f]+|BEGIN HID" + "DEN TESTS", str(text)):
        leak(place, found)
        secrets.append(found)
secrets = []
"""


@dataclass(frozen=True)
class Attack:
    """One submission.  tries: what it tries, in words.

    code: stands behind the wrong answer, and may put another in its place.  edit: what is done to the notebook.
    place: what is put into the submission's folder instead of the notebook, given the course and that folder.
    keeps: the wrong answer keeps the points that it has without the attack; else it may lose them.
    ends: the cell does not run to its end.  fails: the submission can't be graded.
    """

    name: str
    tries: str
    code: str = ""
    edit: Callable[[Notebook], None] | None = None
    place: Callable[[Path, Path], None] | None = None
    keeps: bool = True
    ends: bool = False
    fails: bool = False

    def applied(self, notebook: Notebook) -> Notebook:
        """A notebook with right answers, the wrong one, and the attack."""
        if self.code:
            text = f'{WRONG}\n{HELPERS}\n{dedent(self.code).strip()}\nprint("tri" + "ed")\n'
            cell(notebook, VICTIM)["source"] = text
        else:
            cell(notebook, VICTIM)["source"] = WRONG
        if self.edit is not None:
            self.edit(notebook)
        return notebook


def kept() -> float:
    """The points of the wrong answer without an attack."""
    return earned(VICTIM, WRONG)


def inside(code: str) -> str:
    """The wrong answer, with the attack in each call of it."""
    body = indent(dedent(code).strip(), "    ")
    return f"def {VICTIM}(*args, **options):\n{body}\n    return wrong(*args, **options)\n"


def cell(notebook: Notebook, name: str) -> Any:
    """The first cell with a grade_id."""
    return next(c for c in notebook["cells"] if _name(c) == name)


def code_cell(source: str, **more: Any) -> Any:
    """A learner's own cell."""
    made: Any = {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
    return made | more


def _name(found: Any) -> str:
    role = found.get("metadata", {}).get("nbgrader", {}) if isinstance(found, dict) else {}
    return str(role.get("grade_id", ""))
