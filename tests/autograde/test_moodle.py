"""What Moodle gives for *Download all submissions*, collected by nbgrader with the settings of this course."""

import zipfile
from pathlib import Path

import pytest

from autograde.grading.collect import collect
from tests.autograde.handed_in import ASSIGNMENT, written
from tests.autograde.stock import Course

pytestmark = [pytest.mark.nbgrader, pytest.mark.slow, pytest.mark.timeout(120)]


def test_the_zip_is_collected_under_the_names_of_people(tmp_path: Path) -> None:
    course = Course(tmp_path)
    place = tmp_path / "downloaded" / ASSIGNMENT / "archive"
    place.mkdir(parents=True)
    names = {
        "Ada Lovelace": "Ada Lovelace_12345_assignsubmission_file_/perceptron.ipynb",
        "Jean_Luc Gödel": "Jean_Luc Gödel_12346_assignsubmission_file/perceptron (1).ipynb",  # newer, misnamed
        "O'Neill, Pat": "O'Neill, Pat_7_assignsubmission_file_perceptron.ipynb",  # not "in folders"
        "Max Planck": "Max Planck_12348_assignsubmission_file_/homework/perceptron.ipynb",
    }
    with zipfile.ZipFile(place / "MLP-Homework 1-4711.zip", "w") as bundle:
        for student, name in names.items():
            bundle.writestr(name, written(perceptron_step=f"# {student}"))
    for _ in range(2):
        course.nbgrader(f"zip_collect {ASSIGNMENT} --force")
    found = {one.student: one.data for one in collect(tmp_path / "submitted", [ASSIGNMENT])}
    assert found == {student: written(perceptron_step=f"# {student}") for student in names}
