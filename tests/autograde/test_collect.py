"""What is found among the files that were handed in."""

import os
from pathlib import Path

import pytest

from autograde.collect import Found, collect, odd_names
from autograde.reading import LARGEST
from tests.autograde.handed_in import ASSIGNMENT, hand_in


def found(course: Path) -> list[Found]:
    return list(collect(course / "submitted", [ASSIGNMENT, "02_xor_basis_functions"]))


def only(course: Path) -> Found:
    (one,) = found(course)
    return one


def test_students_and_assignments_come_in_order(tmp_path: Path) -> None:
    for student, assignment in [("eve", ASSIGNMENT), ("ada", "02_xor_basis_functions"), ("ada", ASSIGNMENT)]:
        hand_in(tmp_path, student, f"{student} {assignment}".encode(), assignment)
    hand_in(tmp_path, "ada", b"", "99_unknown")
    assert found(tmp_path) == [
        Found(student, assignment, f"{student} {assignment}".encode())
        for student, assignment in [("ada", ASSIGNMENT), ("ada", "02_xor_basis_functions"), ("eve", ASSIGNMENT)]
    ]


def test_names_of_people_may_hold_anything_but_what_leads_elsewhere(tmp_path: Path) -> None:
    for student in ('O\'Hara, "Zoë"', "山田", "a b"):
        hand_in(tmp_path, student, b"x")
    hand_in(tmp_path, "line\nbreak", b"x")
    assert [f.student for f in found(tmp_path)] == ['O\'Hara, "Zoë"', "a b", "山田"]
    assert odd_names(tmp_path / "submitted") == [
        f"'line\\nbreak' in {tmp_path / 'submitted'} is no student's folder: a folder"
    ]


def test_a_folder_without_the_notebook_names_what_is_there(tmp_path: Path) -> None:
    hand_in(tmp_path, "ada", b"x", name="Perceptron (1)")
    assert only(tmp_path).data is None
    assert only(tmp_path).problem == "there is no notebook 'perceptron.ipynb'; the folder holds 'Perceptron (1).ipynb'"


def test_an_empty_folder_is_one(tmp_path: Path) -> None:
    hand_in(tmp_path, "ada", b"x").unlink()
    assert only(tmp_path).problem == "there is no notebook 'perceptron.ipynb'; the folder is empty"


def test_what_lies_beside_the_notebook_is_named_and_not_read(tmp_path: Path) -> None:
    folder = hand_in(tmp_path, "ada", b"x").parent
    (folder / "data.zip").write_bytes(b"PK")
    (folder / "link").symlink_to("/etc")
    (folder / "timestamp.txt").write_text("now")
    (folder / ".ipynb_checkpoints").mkdir()
    os.mkfifo(folder / "pipe")
    assert only(tmp_path).data == b"x"
    assert only(tmp_path).ignored == (
        "'data.zip' was ignored: it is a file",
        "'link' was ignored: it is a link",
        "'pipe' was ignored: it is a pipe",
    )


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.ipynb"
    secret.write_text("secret")
    hand_in(tmp_path, "ada", b"x").unlink()
    (tmp_path / f"submitted/ada/{ASSIGNMENT}/perceptron.ipynb").symlink_to(secret)
    (tmp_path / "submitted/bob").mkdir()
    (tmp_path / f"submitted/bob/{ASSIGNMENT}").symlink_to(tmp_path / f"submitted/ada/{ASSIGNMENT}")
    (tmp_path / "submitted/cyd").symlink_to(tmp_path / "submitted/ada")
    ada, bob = found(tmp_path)
    assert (ada.data, bob.data) == (None, None)
    assert "'perceptron.ipynb' can't be read" in ada.problem
    assert bob.problem == "the assignment's folder is a link, expected a folder"
    assert odd_names(tmp_path / "submitted") == [f"'cyd' in {tmp_path / 'submitted'} is no student's folder: a link"]


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_not_read(tmp_path: Path, kind: str) -> None:
    place = hand_in(tmp_path, "ada", b"x")
    place.unlink()
    place.mkdir() if kind == "folder" else os.mkfifo(place)
    assert only(tmp_path).data is None
    assert only(tmp_path).problem.startswith("'perceptron.ipynb' can't be read: ")


def test_of_a_huge_file_only_so_much_is_read_as_shows_that_it_is_too_large(tmp_path: Path) -> None:
    with hand_in(tmp_path, "ada", b"").open("wb") as file:
        file.truncate(LARGEST * 100)
    data = only(tmp_path).data
    assert data is not None
    assert len(data) == LARGEST + 1
