"""Grades as tables: nbgrader's columns, what Canvas and Moodle take, and text that stays harmless."""

import csv
import io
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin

from autograde import cli
from autograde.gradebook.database import default_url
from autograde.gradebook.results import FAILED
from autograde.reporting.tables import as_text, formula_safe, original
from tests.autograde.books import ASSIGNMENT, NAME, QUESTION, open_book, result

STUDENTS = {
    "ada": {"last_name": "Lovelace", "first_name": "Ada", "email": "ada@example.org", "lms_user_id": "17"},
    "paul": {"last_name": 'd\'Été, "Paul"', "first_name": "Zoë\nMarie", "lms_user_id": "17; DROP"},
    "@mallory": {"last_name": '=HYPERLINK("http://x","y")', "first_name": "+1", "email": "-1@x"},
    "nobody": {"last_name": "Nemo", "first_name": None},
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Two assignments, one of them late and marked by a person, and names of all kinds."""
    with open_book(tmp_path) as book:
        for student in ("ada", "paul", "@mallory"):
            book.write(result(student), "f1", datetime(2026, 1, 2, 3, 4, 5))
        book.write(result("nobody", status=FAILED, error="no notebook", notebook=""), "f1")
    with Gradebook(default_url(tmp_path), "mlp-course") as gradebook:
        for student, about in STUDENTS.items():
            gradebook.update_or_create_student(student, **about)
        gradebook.add_assignment("02_later, perhaps", duedate="2026-02-03 04:05")
        grade = gradebook.find_grade(QUESTION, NAME, ASSIGNMENT, "ada")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 3.123, 0.5, False
        gradebook.find_submission_notebook(NAME, ASSIGNMENT, "ada").late_submission_penalty = 1.0
        gradebook.find_submission_notebook(NAME, ASSIGNMENT, "paul").late_submission_penalty = 99.0
        gradebook.db.commit()
    return tmp_path


def export(course: Path, form: str) -> list[list[str]]:
    out = course / "out.csv"
    assert cli.main(["export", "--format", form, "--course", str(course), "--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        return [[original(cell) for cell in row] for row in csv.reader(file)]


def test_csv_is_what_nbgrader_exports(course: Path) -> None:
    with Gradebook(default_url(course), "mlp-course") as gradebook:
        for student in ("paul", "@mallory"):  # nbgrader itself quotes nothing
            gradebook.update_or_create_student(student, last_name="A", first_name=student, email=None)
        CsvExportPlugin(to=str(course / "theirs.csv")).export(gradebook)
    with (course / "theirs.csv").open(newline="") as file:
        theirs = [line.rstrip("\n").replace("02_later, perhaps", "02_later  perhaps").split(",") for line in file]
    ours = [[cell.replace(", ", "  ") for cell in row] for row in export(course, "csv")]
    assert ours == theirs
    assert [row[7:] for row in ours if row[3] == "ada" and row[0] == ASSIGNMENT] == [["6.623", "1.0", "5.623", "16.0"]]


def test_names_of_all_kinds_come_back(course: Path) -> None:
    rows = [row for row in export(course, "csv") if row[0] == ASSIGNMENT]
    found = {row[3]: (row[4], row[5], row[6]) for row in rows}
    keys = ("last_name", "first_name", "email")
    assert found == {student: tuple(about.get(key) or "" for key in keys) for student, about in STUDENTS.items()}


def test_canvas_gets_its_form(course: Path) -> None:
    header, possible, *rows = export(course, "canvas")
    assert header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", ASSIGNMENT, "02_later, perhaps"]
    assert possible == ["    Points Possible", "", "", "", "", "16.0", "0.0"]
    assert {row[3]: [row[0], *row[1:3], *row[4:]] for row in rows} == {
        "ada": ["Lovelace, Ada", "17", "", "", "5.62", ""],
        "paul": ['d\'Été, "Paul", Zoë\nMarie', "", "", "", "0.0", ""],
        "@mallory": ['=HYPERLINK("http://x","y"), +1', "", "", "", "3.0", ""],
        "nobody": ["Nemo", "", "", "", "", ""],
    }


def test_moodle_gets_a_column_for_each_assignment(course: Path) -> None:
    header, *rows = export(course, "moodle")
    assert header == [
        "Username", "First name", "Last name", "ID number", "Email address", ASSIGNMENT, "02_later, perhaps",
    ]  # fmt: skip
    assert {row[0]: row[5:] for row in rows} == {
        "ada": ["5.62", "-"], "paul": ["0.0", "-"], "@mallory": ["3.0", "-"], "nobody": ["-", "-"],
    }  # fmt: skip
    assert ["ada", "Ada", "Lovelace", "17", "ada@example.org", "5.62", "-"] in rows


@pytest.mark.parametrize("form", ["csv", "canvas", "moodle"])
def test_no_cell_of_text_is_a_formula(course: Path, form: str) -> None:
    export(course, form)
    with (course / "out.csv").open(newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if cell.lstrip()[:1] in tuple("=+@") or (cell[:1] == "-" and cell != "-")] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'  @SUM(A1)"),
        ("\t-1", "'\t-1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'t Hooft", "'t Hooft"),
        ("Smith-Jones", "Smith-Jones"),
        ("ada@example.org", "ada@example.org"),
        ("", ""),
    ],
)
def test_only_what_looks_like_a_formula_is_changed(text: str, expected: str) -> None:
    assert formula_safe(text) == expected


anything = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("=+-@',;\"\r\n\t ＝"))


@given(anything)
def test_harmless_text_can_be_taken_back(text: str) -> None:
    assert original(formula_safe(text)) == text
    assert formula_safe(text).lstrip()[:1] not in set("=+-@＝＋－＠")
    assert len(formula_safe(text)) - len(text) in (0, 1)


@given(st.lists(st.lists(anything, min_size=2, max_size=2)))
def test_a_table_comes_back_from_its_text(rows: list[list[str]]) -> None:
    found = csv.reader(io.StringIO(as_text(rows), newline=""))
    assert [[original(cell) for cell in row] for row in found] == rows


def test_without_a_gradebook_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "--format", "csv", "--course", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"autograde export: there is no gradebook {tmp_path}/gradebook.db: run `autograde grade`")
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["export", "feedback"])
def test_without_a_course_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert cli.main([command, "--course", str(tmp_path / "nowhere")]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"autograde {command}: got --course {tmp_path}/nowhere, expected a folder")
    assert said.count("\n") == 1


def test_without_a_name_the_table_lies_in_the_course(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "--format", "canvas", "--course", str(course)]) == 0
    said = capsys.readouterr()
    assert said.out == f"wrote {course}/grades_canvas.csv: students 4, assignments 2\n"
    assert "still missing in submissions: 2" in said.err
    assert (course / "grades_canvas.csv").is_file()


def test_what_can_not_be_written_leaves_the_old_table(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OSError("the disk is full")

    (course / "out.csv").write_text("old")
    monkeypatch.setattr(os, "replace", broken)
    assert cli.main(["export", "--course", str(course), "--out", str(course / "out.csv")]) == 2
    assert (course / "out.csv").read_text() == "old"


def test_the_command_line_knows_it(course: Path, root: Path) -> None:
    command = [sys.executable, "-m", "autograde", "export", "--format", "xls", "--course", str(course)]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert run.returncode == 2
    assert "csv" in run.stderr
    assert run.stderr.count("\n") == 1


def test_it_says_whose_points_are_still_to_come(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_book(tmp_path) as book:
        book.write(result("ada"), "f1")
        book.write(result("mo", status="failed", error="the file is cut off", tests={}, exercises={}), "f2")
        book.write(result("stranger"), "f3")
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "mlp-course") as gradebook:
        for name in ("ada", "mo"):
            gradebook.update_or_create_student(name, last_name=name.title())
    assert cli.main(["export", "--course", str(tmp_path)]) == 0
    said = capsys.readouterr().err
    assert "still missing in submissions: 2 (ada, stranger)" in said
    assert "could not be graded, and have no points from them: mo" in said
    assert "not in the roster, so perhaps folders with a mistyped name: stranger" in said


def test_points_are_rounded_as_they_are_shown(tmp_path: Path) -> None:
    points = dict(zip(result().tests, (1.1, 0.0, 2.2, 0.0, 0.0), strict=True))
    assert sum(points.values()) != round(sum(points.values()), 2)
    with open_book(tmp_path) as book:
        book.write(result("ada", tests=points), "f1")
    assert cli.main(["export", "--course", str(tmp_path)]) == 0
    assert ",3.3," in (tmp_path / "grades.csv").read_text()


def test_more_points_than_there_are_are_told(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two, where a person typed 20 for 2, or gave extra credit: what was given is kept."""
    with Gradebook(default_url(course), "mlp-course") as gradebook:
        gradebook.find_grade(QUESTION, NAME, ASSIGNMENT, "@mallory").manual_score = 20.0
        gradebook.db.commit()
    assert [row[9] for row in export(course, "csv") if row[3] == "@mallory" and row[0] == ASSIGNMENT] == ["23.0"]
    told = "more points than the assignment has, by extra credit or a slip: @mallory"
    assert capsys.readouterr().err.count(told) == 1
