"""The catalogue's files: how cells are read, what is lazy, what a broken file does, and the files' form."""

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from autograde.exercises import ASSIGNMENTS, CATALOGUE, FOLDER, BrokenExercise, load
from autograde.exercises.entry import edited, head_of, read_cells

RIGHT = textwrap.dedent("""\
    X = 1

    # %% hints
    # 1. Look at it
    #    twice.
    # 2. `a + b`.

    # %% right
    def f(a, b):
        c = a + b
        return c

    # %% right
    f = lambda a, b: b + a
    """)


def wrong(cells: str) -> list[tuple[str, str, str]]:
    """Name, source and hint of the wrong answers in cells below ``RIGHT``."""
    return [(m.name, m.wrong, m.hint) for m in read_cells(RIGHT + "\n" + textwrap.dedent(cells)).wrong]


def body(*lines: str) -> str:
    return "\n".join(["def f(a, b):", *(f"    {line}" for line in lines)]) + "\n"


def test_hints_and_right_answers_are_read() -> None:
    found = read_cells(RIGHT)
    assert found.hints == ["Look at it twice.", "`a + b`."]
    assert found.right == [body("c = a + b", "return c"), "f = lambda a, b: b + a\n"]
    assert head_of(RIGHT) == "X = 1\n\n"


@pytest.mark.parametrize(
    ("cells", "sources"),
    [
        ("# minus: `a + b` -> `a - b`", [body("c = a - b", "return c")]),
        ("# minus: without `+ b`", [body("c = a ", "return c")]),
        ("# minus: `a + b` -> `-(…)`", [body("c = -(a + b)", "return c")]),
        ("# minus: `c = a + b` -> `… ⏎ c += 1`", [body("c = a + b", "c += 1", "return c")]),
        ("# minus: `c = a + b ⏎ return c` -> `return a`", [body("return a")]),
        ("# minus: `a + b` -> `a`, `return c` -> `return -c`", [body("c = a", "return -c")]),
        ("# minus: `a + b` -> `a` | `b`", [body("c = a", "return c"), body("c = b", "return c")]),
        ("# minus: `a + b` -> `a` |\n#   `b`", [body("c = a", "return c"), body("c = b", "return c")]),
        ("# minus: `a + b` -> `a`\n#   | `b`", [body("c = a", "return c"), body("c = b", "return c")]),
        ("# minus: `a + b` -> `a`,\n#   without `return c`", [body("c = a", "")]),
        ("# minus\n#   `a + b` -> `a`\n#   or without `a +`", [body("c = a", "return c"), body("c =  b", "return c")]),
        ("# minus\n# -     c = a + b\n# +     if a:\n# +         c = b\n", [body("if a:", "    c = b", "return c")]),
        ("# minus\n# -     c = a + b\n", [body("", "return c").replace("    \n", "\n")]),
        ("# minus\n# - a + b\n# + a\n#   or\n# - a + b\n# + b", [body("c = a", "return c"), body("c = b", "return c")]),
    ],
)
def test_edits(cells: str, sources: list[str]) -> None:
    found = wrong(f"# %% wrong\n{cells}\n#   Plus,\n#   not minus.\n")
    assert found == [("minus", source, "Plus, not minus.") for source in sources]


def test_a_sentence_is_shared_and_names_may_have_colons() -> None:
    found = wrong("""\
        # %% wrong
        # n = d: one: `a + b` -> `a`
        # two: `a + b` -> `b`
        #   Both, please: `a`
        """)
    hint = "Both, please: `a`"
    assert [(name, said) for name, _, said in found] == [("n = d: one", hint), ("two", hint)]


def test_a_whole_answer_and_its_variants() -> None:
    found = wrong("""\
        # %% wrong: a loop
        #   or `return 1` -> `return 2`
        #   No loop.
        def f(a):
            # a comment
            return 1
        """)
    first = "def f(a):\n    # a comment\n    return 1\n"
    assert found == [("a loop", first, "No loop."), ("a loop", first.replace("1", "2"), "No loop.")]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("# %% wrong\n# minus: `a * b` -> `a`\n", "'a \\* b' must occur once"),
        ("# %% wrong\n# minus: `c` -> `d`\n", "found 2 times"),
        ("# %% wrnog\n# minus\n", "a cell `# %% wrnog`: expected hints, right"),
    ],
)
def test_what_can_not_be_read_is_told(cells: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong(cells)


def test_a_wrong_answer_needs_a_right_one_above() -> None:
    with pytest.raises(ValueError, match="after a right one, wrong"):
        read_cells("# %% wrong\n# minus: `a` -> `b`\n")


def test_an_edit_is_made_where_the_source_has_it() -> None:
    assert edited("if x:\n    y = 1\n", "y = 1", "… ⏎ z = y") == "if x:\n    y = 1\n    z = y\n"


BROKEN = ["exercise = 1 / 0\n", "def f(:\n", "x = 1\n", "\xff", "# %% wrong\n# a: without `b`\n"]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_file_is_named(text: str, tmp_path: Path) -> None:
    file = tmp_path / "01_topic" / "double.py"
    file.parent.mkdir()
    file.write_text(text, encoding="latin-1")
    with pytest.raises(BrokenExercise, match=r"^01_topic/double\.py is broken: "):
        load(file)


def test_a_broken_file_breaks_nothing_else(tmp_path: Path, root: Path) -> None:
    """The command's help, its version of the catalogue, and all other exercises go on."""
    (tmp_path / "autograde").symlink_to(root / "autograde")
    code = (
        "from pathlib import Path; import autograde.exercises as e; "
        f"e.CATALOGUE['sigmoid'] = Path({str(tmp_path)!r}, 'sigmoid.py'); "
        "from autograde.cli import main; from autograde import hint; hint('huber'); print(len(e.CATALOGUE)); "
        "main(['--help'])"
    )
    (tmp_path / "sigmoid.py").write_text("raise ValueError")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{len(CATALOGUE)}\nusage: autograde")


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    code = "import sys, autograde; print([m for m in sys.modules if m.startswith('autograde.exercises.0')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


@pytest.mark.parametrize("name", CATALOGUE)
def test_an_exercise_is_what_its_file_says(name: str) -> None:
    exercise = CATALOGUE[name]
    assert exercise.name == name
    assert exercise.alternates
    assert all(exercise.compile(source) for source in exercise.alternates)
    assert all(m.name and m.hint and exercise.compile(m.wrong) for m in exercise.misconceptions)


def test_no_edit_is_taken_for_a_comment_of_the_answer_above_it() -> None:
    answers = [
        (name, wrong) for name, exercise in CATALOGUE.items() for wrong in (m.wrong for m in exercise.misconceptions)
    ]
    assert [(name, wrong) for name, wrong in answers if re.search("^# .*`", wrong, re.MULTILINE)] == []


def test_files_are_short_and_stand_in_the_notebooks_folder(root: Path) -> None:
    files = list(FOLDER.rglob("*.py"))
    assert {str(f): n for f in files if (n := len(f.read_text(encoding="utf-8").splitlines())) > 300} == {}
    assert [*ASSIGNMENTS] == sorted(p.parent.name for p in (root / "solutions").glob("*/*.py"))
