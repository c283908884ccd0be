"""The build: what it makes, that plain nbgrader makes the same, and what it says about a malformed source."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from autograde.authoring import build, rules
from autograde.authoring.source_cell import Cell
from tests.autograde.stock import run_nbgrader

pytestmark = pytest.mark.slow

ASSIGNMENTS = {"01_topic": ["double", "Half"]}
SOURCE = '''\
# %% [markdown]
# # A topic
# é: a letter of two bytes, and $x_1$
# <!-- given marked_number -->

# %% setup
import numpy as np
# %matplotlib inline

# %% exercise="double"
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    answer_line_of_double = 2 * x
    return answer_line_of_double
    ### END SOLUTION


# %% test="double" points=2
"é"; check(double)
### BEGIN HIDDEN TESTS
check(double, hidden=True)  # hidden_line_of_double
### END HIDDEN TESTS

# %% test="double" points=0.5
check("double")

# %% explorer
x = np.ones(3)
x

# %%
print("same")

# %%
print("same")

# %% exercise="Half"
class Half:
    def of(self, x):
        ### BEGIN SOLUTION
        return x / 2
        ### END SOLUTION

# %% test="Half" points=1
check(
    Half,
)

# %% [markdown] question="why" points=3
# Why?
# === BEGIN MARK SCHEME ===
# rubric_line_of_why
# === END MARK SCHEME ===
#
# Add a cell below for your answer.
'''
SECRETS = ("answer_line_of_double", "hidden_line_of_double", "rubric_line_of_why")


def make_course(folder: Path, source: str = SOURCE) -> Path:
    (folder / "solutions/01_topic").mkdir(parents=True)
    (folder / "solutions/01_topic/topic.py").write_text(source, encoding="utf-8")
    return folder


@pytest.fixture
def course(tmp_path: Path, root: Path) -> Path:
    """A small course that is built."""
    return build_course(tmp_path / "a course", root)


def build_course(folder: Path, root: Path) -> Path:
    make_course(folder)
    shutil.copy(root / "nbgrader_config.py", folder)
    assert build.main(root=folder, assignments=ASSIGNMENTS) == 0
    return folder


def cells_of(course: Path, top: str) -> dict[str, nbformat.NotebookNode]:
    notebook = nbformat.read(course / top / "01_topic/topic.ipynb", as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    return {cell.id: cell for cell in notebook.cells}


def roles(cell: nbformat.NotebookNode) -> dict[str, object]:
    return {key: cell.metadata.nbgrader.get(key) for key in ("grade", "solution", "locked", "task", "points")}


def test_cells_get_the_roles_that_nbgrader_knows(course: Path) -> None:
    cells = cells_of(course, "solutions")
    plain = {"grade": False, "solution": False, "locked": True, "task": False, "points": None}
    assert roles(cells["setup"]) == plain
    assert roles(cells["double"]) == plain | {"solution": True, "locked": False}
    assert roles(cells["test_double"]) == plain | {"grade": True, "points": 2}
    assert roles(cells["test_double_2"]) == plain | {"grade": True, "points": 0.5}
    assert roles(cells["why"]) == plain | {"task": True, "points": 3}
    assert all(cell.metadata.nbgrader.grade_id == key for key, cell in cells.items() if "nbgrader" in cell.metadata)


def test_a_bare_word_is_a_tag_and_other_cells_have_no_metadata(course: Path) -> None:
    others = [dict(cell.metadata) for cell in cells_of(course, "solutions").values() if "nbgrader" not in cell.metadata]
    assert others == [{}, {"tags": ["explorer"]}, {}, {}]


def test_the_points_are_written_into_each_check(course: Path) -> None:
    cells = cells_of(course, "solutions")
    assert cells["test_double"].source.split("\n") == [
        '"é"; check(double, points=2)',
        "### BEGIN HIDDEN TESTS",
        "check(double, points=2, hidden=True)  # hidden_line_of_double",
        "### END HIDDEN TESTS",
    ]
    assert cells["test_double_2"].source == 'check("double", points=0.5)'
    assert cells["test_Half"].source == "check(\n    Half, points=1,\n)"


def test_the_points_are_written_into_two_checks_on_one_line() -> None:
    completed = build.with_points("check(f); check(f, hidden=True)", 2)
    assert completed == "check(f, points=2); check(f, points=2, hidden=True)"


def test_magics_are_uncommented(course: Path) -> None:
    assert cells_of(course, "notebooks")["setup"].source == "import numpy as np\n%matplotlib inline"


def test_learners_get_the_stub_and_nothing_secret(course: Path) -> None:
    cells = cells_of(course, "notebooks")
    assert cells["double"].source.endswith('"""Twice x."""\n    # YOUR CODE HERE\n    raise NotImplementedError()')
    assert cells["test_double"].source == '"é"; check(double, points=2)'
    assert cells["why"].source == "Why?\n\nAdd a cell below for your answer."
    assert cells["test_double"].metadata.editable is False
    text = (course / "notebooks/01_topic/topic.ipynb").read_text()
    assert not [secret for secret in (*SECRETS, "marked_number") if secret in text]
    assert list(cells) == list(cells_of(course, "solutions"))


def test_instructors_keep_everything(course: Path) -> None:
    text = (course / "solutions/01_topic/topic.ipynb").read_text()
    assert [secret for secret in SECRETS if secret in text] == list(SECRETS)


def test_notebooks_have_no_outputs_and_are_written_as_nbformat_does(course: Path) -> None:
    for top in ("solutions", "notebooks"):
        text = (course / top / "01_topic/topic.ipynb").read_text(encoding="utf-8")
        notebook = nbformat.reads(text, nbformat.NO_CONVERT)
        assert text == nbformat.writes(notebook) + "\n"
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert {(cell.execution_count, tuple(cell.outputs)) for cell in code} == {(None, ())}


def test_two_builds_are_the_same_byte_for_byte(course: Path, tmp_path: Path) -> None:
    again = make_course(tmp_path / "again")
    code = f"from autograde.authoring import build; from pathlib import Path; build.main(root=Path({str(again)!r}), "
    code += f"assignments={ASSIGNMENTS!r})"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONHASHSEED": "1", "HOME": str(tmp_path)})
    for top in ("solutions", "notebooks"):
        name = f"{top}/01_topic/topic.ipynb"
        assert (course / name).read_bytes() == (again / name).read_bytes()


# --- build --check ---


def check(course: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    status = build.main(check=True, root=course, assignments=ASSIGNMENTS)
    assert before == {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}, "--check wrote"
    return status, capsys.readouterr().err


def test_check_is_silent_when_all_is_up_to_date(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(course, capsys) == (0, "")


def test_check_names_stale_missing_and_extra_files(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    learner, instructor = (course / top / "01_topic/topic.ipynb" for top in ("notebooks", "solutions"))
    learner.unlink()
    instructor.write_text(instructor.read_text() + " ")
    (course / "notebooks/02_gone").mkdir()
    (course / "notebooks/02_gone/gone.ipynb").write_text("{}")
    status, err = check(course, capsys)
    assert status == 1
    assert err.splitlines() == [
        "solutions/01_topic/topic.ipynb differs from what its source makes: run `autograde build` and commit it",
        "notebooks/01_topic/topic.ipynb is missing: run `autograde build` and commit it",
        "notebooks/02_gone/gone.ipynb has no source solutions/NN_topic/topic.py: delete it, or keep it elsewhere",
    ]


def test_a_build_deletes_nothing(course: Path) -> None:
    mine = course / "notebooks/01_topic/my_copy.ipynb"
    mine.write_text("{}")
    assert build.main(root=course, assignments=ASSIGNMENTS) == 0
    assert mine.read_text() == "{}"


# --- malformed sources ---

EXERCISE = """\
# %% exercise="double"
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
"""
TEST = '# %% test="double" points=2\ncheck(double)\n'
CELL = Cell(1, "code", "exercise", "double", EXERCISE.partition("\n")[2])
PAIR = EXERCISE + TEST  # lines 1 to 5 and 6 to 7

MALFORMED = [
    ("\nx = 1\n", 1, "got '', expected a cell"),
    ("# %% [raw]\n# x\n", 1, "got a raw cell, expected code or markdown"),
    ("# %% exercise=double\nx\n", 1, "got the cell options `exercise=double`, expected key="),
    ("# %% colour=3\nx\n", 1, "unknown cell option 'colour'"),
    ("# %% [markdown]\n# 0.1\n# <!-- 0.1 -->\n", 1, "got the mark '0.1', expected `number = expression`"),
    ("# %%\n# <!-- 0.1 = 0.1 -->\n", 1, "a mark `<!-- ... -->` in a code cell"),
    ("# %% [markdown]\n# %% [markdown]\n# x\n", 1, "an empty text"),
    ("# %% [markdown]\n#\n# <!-- 0.1 = 0.1 -->\n", 1, "an empty text"),
    ('# %% test="double" points=1 starred=true\ncheck(double)\n', 1, "only an exercise can be starred"),
    ('# %% exercise="double" starred=true\n' + EXERCISE.partition("\n")[2], 1, "'double' is starred here only"),
    ("# %% two words\nx\n", 1, "got the words 'two words'"),
    ("# %% exercise\nx\n", 1, "`exercise` has no value"),
    ("# %% exercise=3\nx\n", 1, "got exercise=3, expected a Python name"),
    ('# %% exercise="a" test="a" points=1\nx\n', 1, "exercise and test at once"),
    ('# %% setup exercise="double"\nx\n', 1, "setup and exercise at once"),
    ('# %% [markdown] exercise="double"\n# x\n', 1, "got a markdown cell, but exercise needs a code cell"),
    ('# %% question="why" points=1\nx\n', 1, "got a code cell, but question needs a markdown cell"),
    ("# %% points=3\nx\n", 1, "points on a cell that is neither test nor question"),
    (EXERCISE + '# %% test="double"\ncheck(double)\n', 6, 'test="double" has no points'),
    ('# %% [markdown] question="why"\n# x\n', 1, 'question="why" has no points'),
    *[
        (EXERCISE + f'# %% test="double" points={points}\ncheck(double)\n', 6, f"got points={got}, expected a positive")
        for points, got in [("0", "0"), ("-1", "-1"), ("1e999", "inf"), ("true", "True"), ('"2"', "'2'")]
    ],
    (PAIR + "# %%\nx = 1\ny = (\n", 10, "syntax error in this code cell: '(' was never closed"),
    (EXERCISE.replace("    ### END SOLUTION\n", "") + TEST, 3, "the region SOLUTION is not closed"),
    (PAIR + "# %%\nx = 1\n### END SOLUTION\n", 10, "END SOLUTION without its BEGIN"),
    (EXERCISE.replace("return", "### BEGIN SOLUTION\n    return") + TEST, 4, "inside the region SOLUTION of line 3"),
    (EXERCISE + TEST + "### BEGIN HIDDEN TESTS\ncheck(double)\n", 8, "the region HIDDEN TESTS is not closed"),
    (EXERCISE + TEST.replace("check", "### END HIDDEN TESTS\ncheck"), 7, "END HIDDEN TESTS without its BEGIN"),
    (
        EXERCISE + TEST + "### BEGIN HIDDEN TESTS\n### BEGIN HIDDEN TESTS\ncheck(double)\n### END HIDDEN TESTS\n",
        9,
        "inside the region HIDDEN TESTS of line 8",
    ),
    ('# %% [markdown] question="q" points=1\n# === BEGIN MARK SCHEME ===\n', 2, "the region MARK SCHEME is not closed"),
    ('# %% [markdown] question="q" points=1\n# === END MARK SCHEME ===\n', 2, "END MARK SCHEME without its BEGIN"),
    (
        '# %% [markdown] question="q" points=1\n' + 2 * "# === BEGIN MARK SCHEME ===\n" + "# === END MARK SCHEME ===\n",
        3,
        "inside the region MARK SCHEME of line 2",
    ),
    ("# %%\n### BEGIN SOLUTION\n### END SOLUTION\n", 2, "a region SOLUTION in a cell of kind plain, expected exercise"),
    ("# %%\n### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS\n", 2, "a region HIDDEN TESTS in a cell of kind plain"),
    ("# %% [markdown]\n# === BEGIN MARK SCHEME ===\n# === END MARK SCHEME ===\n", 2, "a region MARK SCHEME in"),
    ("# %%\n# begin hidden test\n", 2, "expected a region marker alone on its line"),
    ("# %%\nx = 1  ### BEGIN SOLUTION\n", 2, "expected a region marker alone on its line"),
    ("# %% [markdown]\n# Write `### BEGIN SOLUTION` here.\n", 2, "expected a region marker alone on its line"),
    (PAIR.replace("def double", "def twice"), 1, "exercise 'double' does not define it"),
    ('# %% exercise="double"\ndef double(x):\n    return 2 * x\n' + TEST, 1, "has no ### BEGIN SOLUTION region"),
    (PAIR.replace("double", "dubble"), 1, "unknown exercise 'dubble' in this notebook: did you mean 'double'?"),
    (PAIR + EXERCISE, 8, "duplicate id 'double', first used in line 1"),
    (PAIR + '# %% [markdown] question="double" points=1\n# x\n', 8, "duplicate id 'double', first used in line 1"),
    ("# %% setup\nx = 1\n# %% setup\nx = 1\n", 3, "duplicate id 'setup', first used in line 1"),
    (TEST + EXERCISE, 1, "test before its exercise of line 3"),
    (TEST, 1, "test without its exercise"),
    (EXERCISE, 1, "exercise 'double' has no test"),
    (EXERCISE + TEST + "x = 1\n", 8, "a test cell must end with an expression `check(...)`"),
    (EXERCISE + TEST.replace("check(double)", "s = check(double)"), 7, "a test cell must end with an expression"),
    (EXERCISE + TEST.replace("check(double)", "check(Half)"), 7, "got `check(Half)`, expected `check(double)`"),
    (EXERCISE + TEST.replace("check(double)", "check()"), 7, "got `check()`, expected `check(double)`"),
    (EXERCISE + TEST.replace("double)", "double, points=9)"), 7, "points in a call of check"),
    (
        EXERCISE + TEST.replace("check(double)", "### BEGIN HIDDEN TESTS\ncheck(double)\n### END HIDDEN TESTS"),
        6,
        "without its hidden tests this cell has no score",
    ),
    (
        '# %% exercise="double"\n### BEGIN SOLUTION\ndef double(x):\n    return 2 * x\n### END SOLUTION\n' + TEST,
        1,
        "without its solution this cell does not define 'double'",
    ),
]


@pytest.mark.parametrize(("source", "line", "message"), MALFORMED, ids=[case[2][:60] for case in MALFORMED])
def test_a_malformed_source_is_named(
    source: str, line: int, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = make_course(tmp_path, source)
    assert build.main(root=course, assignments=ASSIGNMENTS) == 2
    err = capsys.readouterr().err
    assert any(
        said.startswith(f"solutions/01_topic/topic.py:{line}: ") and message in said for said in err.splitlines()
    ), err
    assert not list(course.rglob("*.ipynb"))


def test_a_well_formed_pair_is_accepted(tmp_path: Path) -> None:
    assert build.main(root=make_course(tmp_path, PAIR), assignments=ASSIGNMENTS) == 0


def test_a_starred_exercise_has_a_plain_check_and_no_points() -> None:
    starred = replace(CELL, starred=True)
    check = Cell(9, "code", "plain", "", "check(double)")
    assert rules.findings([starred, check], [], ["double"]) == []
    assert ["without its check" in text for _, text in rules.findings([starred], [], ["double"])] == [True]
    assert "is starred in the catalogue" in rules.findings([CELL, check], [], ["double"])[0][1]


def test_all_problems_of_all_files_are_shown_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = make_course(tmp_path, EXERCISE + "# %% colour=3\nx = (\n")
    (course / "solutions/topic2").mkdir()
    (course / "solutions/topic2/topic2.py").write_text("# %%\nx\n")
    (course / "solutions/03_three").mkdir()
    (course / "solutions/03_three/three.py").write_text(PAIR)
    assert build.main(root=course, assignments=ASSIGNMENTS) == 2
    places = [said.split(": ")[0] for said in capsys.readouterr().err.splitlines()]
    topic, three, other = (f"solutions/{p}.py" for p in ("01_topic/topic", "03_three/three", "topic2/topic2"))
    assert places == [f"{topic}:1", f"{topic}:6", f"{topic}:7", f"{three}:1", f"{other}:1"]


def test_a_notebook_without_exercises_needs_no_catalogue(tmp_path: Path) -> None:
    assert build.main(root=make_course(tmp_path, "# %%\nx = 1\n"), assignments={}) == 0


def test_an_empty_course_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(root=tmp_path, assignments={}) == 2
    assert "expected solutions/NN_topic/topic.py" in capsys.readouterr().err


# --- plain nbgrader on the same files ---


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A course that nbgrader released, a learner handed in, and nbgrader graded."""
    course = build_course(tmp_path_factory.mktemp("graded"), root)
    submitted = course / "submitted/ada/01_topic"
    submitted.mkdir(parents=True)
    text = (course / "notebooks/01_topic/topic.ipynb").read_text()
    define_check = "import numpy as np\\ncheck = lambda fn, points, hidden=False: points / 2"  # stands in for ours
    (submitted / "topic.ipynb").write_text(text.replace("raise NotImplementedError()", "return 2 * x"))
    instructor = course / "solutions/01_topic/topic.ipynb"
    instructor.write_text(instructor.read_text().replace("import numpy as np", define_check))
    run_nbgrader(course, "generate_assignment 01_topic --force", "autograde 01_topic", "generate_feedback 01_topic")
    return course


@pytest.mark.nbgrader
def test_nbgrader_makes_the_same_release(course: Path) -> None:
    shutil.copytree(course / "notebooks", course / "built")
    run_nbgrader(course, "generate_assignment 01_topic --force")
    assert files(course / "notebooks") == files(course / "built")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.nbgrader
def test_nbgrader_grades_and_no_source_leaks(graded: Path) -> None:
    assert not [path for top in ("notebooks", "autograded", "feedback") for path in (graded / top).rglob("*.py")]
    handed_out = b"".join(files(graded / "notebooks").values()).decode()
    assert not [secret for secret in SECRETS if secret in handed_out]
    notebook = nbformat.read(graded / "autograded/ada/01_topic/topic.ipynb", as_version=4)
    sources = {cell.metadata.nbgrader.grade_id: cell.source for cell in notebook.cells if "nbgrader" in cell.metadata}
    assert "hidden_line_of_double" in sources["test_double"], "hidden tests must come back for grading"
    assert "rubric_line_of_why" in sources["why"], "the rubric must come back for the person who grades"
    assert b"answer_line_of_double" not in b"".join(files(graded / "feedback").values())


@pytest.mark.nbgrader
def test_nbgrader_takes_partial_scores_from_check(graded: Path) -> None:
    code = "from nbgrader.api import Gradebook; import json\n"
    code += "with Gradebook('sqlite:///gradebook.db') as book:\n"
    code += "    cells = book.find_submission_notebook('topic', '01_topic', 'ada').grades\n"
    code += "    print(json.dumps({cell.name: cell.auto_score for cell in cells}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=graded, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"test_double": 1.0, "test_double_2": 0.25, "test_Half": 0.5, "why": None}


# --- the real course ---


def test_the_committed_notebooks_are_up_to_date(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(check=True, root=root) == 0, capsys.readouterr().err


def secret_lines(source: Path) -> set[str]:
    """Lines in solution, hidden-test and rubric regions that occur nowhere else in the source, spaces removed."""
    inside, secret, public = False, set(), set()
    for line in source.read_text(encoding="utf-8").splitlines():
        if " BEGIN " in line and line.lstrip().startswith("#"):
            inside = True
        elif " END " in line and line.lstrip().startswith("#"):
            inside = False
        else:
            (secret if inside else public).add(line.lstrip("# ").strip())
    everybodys = ("from ", "import ", "with np.errstate")  # tell nothing of an answer
    return {line for line in secret - public if len(line) >= 12 and not line.startswith(everybodys)}


def sources(root: Path) -> list[Path]:
    return sorted((root / "solutions").glob("*/*.py"))


def texts_of(notebook: Path) -> str:
    return "\n".join(cell.source for cell in nbformat.read(notebook, as_version=4).cells)


def test_the_committed_notebooks_hold_no_secret_line(root: Path) -> None:
    released = "\n".join(texts_of(path) for path in (root / "notebooks").rglob("*.ipynb"))
    for source in sources(root):
        secrets = secret_lines(source)
        assert secrets, f"{source}: found no secret line to look for"
        assert not [line for line in secrets if line in released]
    assert not list((root / "notebooks").rglob("*.py"))


def test_the_cells_that_wait_for_an_answer_can_be_run(root: Path) -> None:
    """A line that raises outside of every function would stop a notebook that is run from top to bottom."""
    for path in (root / "notebooks").glob("*/*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code":
                exec(compile(cell.source, str(path), "exec"), {"np": np})
