"""Grades filled into a table that Canvas has exported: its columns, sections and numbers stay as they are."""

import csv
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograde import cli
from autograde.gradebook.database import default_url
from tests.autograde.books import ASSIGNMENT, open_book, result

EXPORTED = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,HW1 (812345),HW2 (812346),01_perceptron (9),Final
,,,,,Manual Posting,,,(read only)
    Points Possible,,,,,100.00,5.00,16.00,(read only)
"Lovelace, Ada",17,1001,al@uni.example,"Section 1, early",50,4,,90
"Turing, Alan",18,bob,at@uni.example,Section 2,,3,,80
"Hopper, Grace",19,1003,cleo,Section 2,7,,,70
"Student, Test",99,,,Section 1,,,,
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """One student with Canvas's number, two without it, one who is not in Canvas; cleo has handed in nothing."""
    with open_book(tmp_path) as book:
        for student in ("ada", "bob", "dora"):
            book.write(result(student), "f1")
    with Gradebook(default_url(tmp_path), "mlp-course") as gradebook:
        gradebook.update_or_create_student("ada", lms_user_id="17")
        gradebook.add_student("cleo")
    (tmp_path / "canvas.csv").write_text(EXPORTED, encoding="utf-8")
    return tmp_path


def filled(course: Path, *arguments: str) -> list[list[str]]:
    command = ["export", *arguments, "--course", str(course), "--into", str(course / "canvas.csv")]
    assert cli.main(command) == 0
    with (course / "grades_canvas.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_column_of_a_title_is_filled(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert filled(course, ASSIGNMENT, "--column", "HW1") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "HW1 (812345)"],
        ["", "", "", "", "", "Manual Posting"],
        ["    Points Possible", "", "", "", "", "100.00"],
        ["Lovelace, Ada", "17", "1001", "al@uni.example", "Section 1, early", "3.0"],
        ["Turing, Alan", "18", "bob", "at@uni.example", "Section 2", "3.0"],
        ["Hopper, Grace", "19", "1003", "cleo", "Section 2", ""],
        ["Student, Test", "99", "", "", "Section 1", ""],
    ]
    said = capsys.readouterr().err
    assert "no row of Canvas's table is of dora" in said
    assert "HW1 (812345) has 100.00 points possible in Canvas, 01_perceptron has 16" in said


def test_strangers_take_one_line(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Gradebook(default_url(course), "mlp-course") as gradebook:
        for number in range(200):
            gradebook.add_student(f"guest{number:03}")
    filled(course, ASSIGNMENT, "--column", "HW1")
    said = capsys.readouterr().err.splitlines()
    assert len(said) < 10
    assert sum("guest000" in line and "more" in line and "add them there" in line for line in said) == 1


def test_without_a_title_it_is_the_name_of_the_assignment(course: Path) -> None:
    (course / "canvas.csv").write_text(EXPORTED.replace(",", ";").replace("Lovelace;", "Lovelace,"), encoding="utf-8")
    rows = filled(course)
    assert rows[0][5:] == ["01_perceptron (9)"]
    assert [row[5] for row in rows[3:]] == ["3.0", "3.0", "", ""]


@pytest.mark.parametrize(
    ("arguments", "text", "said"),
    [
        ([ASSIGNMENT, "--column", "HW7"], EXPORTED, "no column HW7 in Canvas's table, it has 'HW1 (812345)', 'HW2 ("),
        ([ASSIGNMENT], EXPORTED.replace("01_perceptron (9)", "HW1 (3)"), "no column 01_perceptron in Canvas's table"),
        (["--column", "HW1"], EXPORTED.replace("HW2", "HW1"), "the columns 'HW1 (812345)' and 'HW1 (812346)'"),
        ([ASSIGNMENT], "a,b\n1,2\n", "has no columns Student and ID: export the grades from Canvas anew"),
        ([ASSIGNMENT], "", "has no columns Student and ID"),
        (["02_none"], EXPORTED, "no assignment '02_none': the gradebook has 01_perceptron"),
    ],
)
def test_what_does_not_fit_is_said(
    course: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], text: str, said: str
) -> None:
    (course / "canvas.csv").write_text(text, encoding="utf-8")
    command = ["export", *arguments, "--course", str(course), "--into", str(course / "canvas.csv")]
    assert cli.main(command) == 2
    assert said in capsys.readouterr().err
    assert not (course / "grades_canvas.csv").exists()


def test_one_assignment_can_be_exported_alone(course: Path) -> None:
    with Gradebook(default_url(course), "mlp-course") as gradebook:
        gradebook.add_assignment("02_later")
    assert cli.main(["export", ASSIGNMENT, "--format", "moodle", "--course", str(course)]) == 0
    assert "02_later" not in (course / "grades_moodle.csv").read_text()
