"""What is found among the files that were handed in."""

import json
import os
from pathlib import Path

import pytest

from autograde.grading import collect as collecting
from autograde.grading.collect import Found, collect, odd_names, places, problems
from autograde.submissions import companion_files
from autograde.submissions.companion_files import HUGEST, MOST_BYTES, MOST_FILES, MOST_NAMED
from autograde.submissions.reading import LARGEST
from tests.autograde.handed_in import ASSIGNMENT, POINTS, hand_in, right, written

OTHER = "02_xor_basis_functions"


def found(course: Path) -> list[Found]:
    return list(collect(course / "submitted", [ASSIGNMENT, OTHER]))


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
    assert odd_names(tmp_path / "submitted") == []


@pytest.mark.parametrize(
    "student", ["line\nbreak", "UNI\\s123", "tab\there", "a" * 200, b"\xff".decode("utf-8", "surrogateescape")]
)
def test_a_name_that_can_not_be_kept_is_a_problem_with_its_reason(tmp_path: Path, student: str) -> None:
    hand_in(tmp_path, student, b"x")
    assert found(tmp_path) == []
    (told,) = problems(tmp_path / "submitted")
    assert repr(student)[:60] in told
    assert "rename" in told


def test_a_notebook_in_nobodys_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "submitted").mkdir()
    (tmp_path / "submitted/perceptron.ipynb").write_text("x")
    (tmp_path / "submitted/README").write_text("x")
    assert "'perceptron.ipynb' is in no student's folder: move it to " in problems(tmp_path / "submitted")[0]
    assert odd_names(tmp_path / "submitted") == [f"'README' in {tmp_path / 'submitted'} is no student's folder: a file"]


def test_a_folder_without_a_notebook_names_what_is_there(tmp_path: Path) -> None:
    hand_in(tmp_path, "ada", b"x").rename(tmp_path / f"submitted/ada/{ASSIGNMENT}/perceptron.py")
    assert only(tmp_path).problem == "there is no notebook 'perceptron.ipynb'; the folder holds 'perceptron.py'"


@pytest.mark.parametrize("name", ["Perceptron", "perceptron (1)", "Copy of perceptron", "perceptron_final", "my work"])
def test_the_only_notebook_is_it_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    hand_in(tmp_path, "ada", written(), name=name)
    assert only(tmp_path).data == written()
    assert only(tmp_path).attention == (f"its notebook is called '{name}.ipynb', expected 'perceptron.ipynb'",)


def test_a_notebook_of_something_else_is_none(tmp_path: Path) -> None:
    hand_in(tmp_path, "ada", b'{"cells": [], "nbformat": 4}', name="my work")
    assert only(tmp_path).problem == "there is no notebook 'perceptron.ipynb'; the folder holds 'my work.ipynb'"


@pytest.mark.parametrize(
    "place", ["01_Perceptron/perceptron.ipynb", "perceptron/Perceptron.ipynb", "01_perceptron /x.ipynb",
              "homework/x.ipynb", "perceptron.ipynb", "perceptron (1).ipynb", "final.ipynb"]
)  # fmt: skip
def test_a_place_that_is_nearly_right_is_found_and_named(tmp_path: Path, place: str) -> None:
    path = tmp_path / "submitted/ada" / place
    path.parent.mkdir(parents=True)
    path.write_bytes(written())
    assert only(tmp_path).data == written()
    assert (only(tmp_path).student, only(tmp_path).assignment) == ("ada", ASSIGNMENT)
    assert "expected '01_perceptron'" in only(tmp_path).attention[0]
    assert [(p.student, p.assignment) for p in places(tmp_path / "submitted", [ASSIGNMENT])] == [("ada", ASSIGNMENT)]


@pytest.mark.parametrize("name", ["perceptron", "perceptron (1)", "my work"])
def test_a_notebook_in_the_folder_of_another_assignment_is_found_and_named(tmp_path: Path, name: str) -> None:
    hand_in(tmp_path, "ada", written(), OTHER, name=name)
    one, other = found(tmp_path)
    assert one.data == written()
    assert one.attention[0] == f"it lay in the folder '{OTHER}', expected '01_perceptron'"
    assert other.problem.startswith("there is no notebook 'xor_basis_functions.ipynb'")


def test_what_lies_beside_the_notebook_of_another_assignment_is_not_taken_for_a_submission(tmp_path: Path) -> None:
    hand_in(tmp_path, "ada", written(), OTHER, name="perceptron")
    hand_in(tmp_path, "ada", b"x", OTHER)
    assert only(tmp_path).assignment == OTHER


def test_a_place_that_is_nearly_right_comes_before_the_folder_of_another_assignment(tmp_path: Path) -> None:
    hand_in(tmp_path, "ada", b"x", OTHER, name="perceptron")
    hand_in(tmp_path, "ada", written(), "Perceptron", name="perceptron")
    assert found(tmp_path)[0].data == written()


def test_of_several_places_none_is_guessed(tmp_path: Path) -> None:
    for folder in ("Perceptron", "perceptron2"):
        hand_in(tmp_path, "ada", written(), folder, name="perceptron")
    assert only(tmp_path).problem == (
        "there is no folder '01_perceptron'; it can't be told which of 'Perceptron', 'perceptron2' is meant: keep one"
    )


def untouched() -> bytes:
    return written(**{name: f"def {name}(*args):\n    raise NotImplementedError()" for name in POINTS})


def test_the_copy_is_graded_where_nothing_was_written_into_the_notebook_itself(tmp_path: Path) -> None:
    hand_in(tmp_path, "ada", untouched())
    hand_in(tmp_path, "ada", written(), name="perceptron-Copy1")
    assert only(tmp_path).data == written()
    assert only(tmp_path).attention == (
        "nothing was written into 'perceptron.ipynb': 'perceptron-Copy1.ipynb' beside it was graded",
    )


def test_a_copy_that_answers_less_is_ignored_and_one_that_answers_more_is_told(tmp_path: Path) -> None:
    half = written(perceptron_fit="def perceptron_fit():\n    raise NotImplementedError()")
    hand_in(tmp_path, "ada", half)
    hand_in(tmp_path, "ada", untouched(), name="perceptron-Copy1")
    assert (only(tmp_path).data, only(tmp_path).attention) == (half, ())
    assert only(tmp_path).ignored == ("'perceptron-Copy1.ipynb' was ignored: another notebook was graded",)
    hand_in(tmp_path, "ada", written(), name="perceptron-Copy1")
    assert only(tmp_path).data == half
    assert "'perceptron-Copy1.ipynb' beside 'perceptron.ipynb' answers more" in only(tmp_path).attention[0]


def test_of_several_other_names_the_one_that_answers_most_is_meant(tmp_path: Path) -> None:
    hand_in(tmp_path, "ada", untouched(), name="perceptron (1)")
    hand_in(tmp_path, "ada", written(), name="perceptron (2)")
    assert only(tmp_path).data == written()
    hand_in(tmp_path, "ada", written(), name="perceptron (1)")
    assert "it can't be told which is meant of 'perceptron (1).ipynb', 'perceptron (2).ipynb'" in only(tmp_path).problem


def test_files_beside_the_notebook_are_handed_on(tmp_path: Path) -> None:
    folder = hand_in(tmp_path, "ada", b"x").parent
    (folder / "data/deep").mkdir(parents=True)
    names = ["data/deep/rows.zip", "data/weights.txt", "helper.py"]
    for name in (*names, ".nbgrader.log", "submission_secret.txt"):
        (folder / name).write_text(name)
    (folder / "other.ipynb").write_text("x")
    assert only(tmp_path).files == tuple((name, name.encode()) for name in names)


def test_of_very_many_files_and_folders_few_are_named(tmp_path: Path) -> None:
    folder = hand_in(tmp_path, "ada", b"x").parent
    for number in range(1_000):
        (folder / f"f{number:03d}").write_text("x")
    (folder / "/".join("d" * 200)).mkdir(parents=True)
    ignored = only(tmp_path).ignored
    assert len(ignored) == MOST_NAMED - MOST_FILES + 1
    assert ignored[-1] == "there are more, which were ignored"


def test_of_large_and_many_files_what_is_left_out_is_named(tmp_path: Path) -> None:
    folder = hand_in(tmp_path, "ada", b"x").parent
    with (folder / "big.bin").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    for number in range(MOST_FILES + 1):
        (folder / f"f{number:03d}").write_text("x")
    assert len(only(tmp_path).files) == MOST_FILES
    assert only(tmp_path).ignored == (
        "'big.bin' was ignored: at most 20,000,000 bytes are handed on",
        "'f200' was ignored: at most 200 files are handed on",
    )


def test_an_empty_folder_is_one(tmp_path: Path) -> None:
    hand_in(tmp_path, "ada", b"x").unlink()
    assert only(tmp_path).problem == "there is no notebook 'perceptron.ipynb'; the folder is empty"


def test_what_lies_beside_the_notebook_is_named_and_not_read(tmp_path: Path) -> None:
    folder = hand_in(tmp_path, "ada", b"x").parent
    (folder / "link").symlink_to("/etc")
    (folder / "timestamp.txt").write_text("now")
    (folder / ".ipynb_checkpoints").mkdir()
    os.mkfifo(folder / "pipe")
    assert only(tmp_path).data == b"x"
    assert only(tmp_path).ignored == (
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
    assert ada.problem == "'perceptron.ipynb' can't be read: it is a link, expected a file"
    assert bob.problem == "the assignment's folder is a link, expected a folder"
    assert odd_names(tmp_path / "submitted") == [f"'cyd' in {tmp_path / 'submitted'} is no student's folder: a link"]


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_not_read(tmp_path: Path, kind: str) -> None:
    place = hand_in(tmp_path, "ada", b"x")
    place.unlink()
    place.mkdir() if kind == "folder" else os.mkfifo(place)
    assert only(tmp_path).data is None
    assert only(tmp_path).problem.startswith("'perceptron.ipynb' can't be read: ")


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    with hand_in(tmp_path, "ada", b"").open("wb") as file:
        file.truncate(HUGEST + 1)
    assert only(tmp_path).problem == (
        "the notebook has 500,000,001 bytes, at most 500,000,000 are read: clear its outputs"
    )


def test_a_large_file_is_read_without_its_outputs(tmp_path: Path) -> None:
    notebook = right()
    notebook["cells"][1] |= {"outputs": [{"output_type": "stream", "text": "x" * LARGEST}]}
    hand_in(tmp_path, "ada", json.dumps(notebook).encode())
    data = only(tmp_path).data
    assert data is not None
    assert [cell["source"] for cell in json.loads(data)["cells"]] == [cell["source"] for cell in right()["cells"]]


@pytest.mark.parametrize("text", [b"x", b'{"cells": ["'])
def test_a_large_file_that_is_no_notebook_is_told(tmp_path: Path, text: bytes) -> None:
    hand_in(tmp_path, "ada", text + b" " * LARGEST)
    assert "the file is no notebook: it is cut off or no JSON" in only(tmp_path).problem


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ("01_perceptron/01_perceptron/perceptron.ipynb", "01_perceptron/01_perceptron"),
        ("01_perceptron/hand in/final/perceptron.ipynb", "01_perceptron/hand in/final"),
        ("Abgabe/01_perceptron/perceptron.ipynb", "Abgabe/01_perceptron"),
        ("mlp/course/01_perceptron/01_perceptron/perceptron.ipynb", "mlp/course/01_perceptron/01_perceptron"),
        ("Perceptron/Perceptron/perceptron.ipynb", "Perceptron/Perceptron"),
    ],
)
def test_a_folder_around_the_folder_costs_nothing(tmp_path: Path, there: str, told: str) -> None:
    place = tmp_path / "submitted/ada" / there
    place.parent.mkdir(parents=True)
    place.write_bytes(b"mine")
    (place.parent / "notes.txt").write_text("x")
    (one,) = (f for f in found(tmp_path) if f.assignment == ASSIGNMENT)
    assert (one.data, one.problem) == (b"mine", "")
    assert one.attention == (f"it lay in the folder {told!r}, expected '01_perceptron'",)
    assert [name for name, _ in one.files] == ["notes.txt"]


def test_both_assignments_in_one_folder_are_found(tmp_path: Path) -> None:
    for assignment, name in ((ASSIGNMENT, "perceptron"), (OTHER, "xor_basis_functions")):
        place = tmp_path / "submitted/ada/homework" / assignment / f"{name}.ipynb"
        place.parent.mkdir(parents=True)
        place.write_bytes(name.encode())
    assert [f.data for f in found(tmp_path)] == [b"perceptron", b"xor_basis_functions"]


def test_two_folders_in_a_folder_are_not_chosen_from(tmp_path: Path) -> None:
    for name in ("first", "second"):
        place = tmp_path / "submitted/ada/01_perceptron" / name / "perceptron.ipynb"
        place.parent.mkdir(parents=True)
        place.write_bytes(name.encode())
    one = only(tmp_path)
    assert one.data is None
    assert "the folder holds 'first', 'second'" in one.problem


def test_the_time_outside_counts_not_one_that_was_packed_in(tmp_path: Path) -> None:
    outer = tmp_path / "submitted/ada/01_perceptron"
    (outer / "01_perceptron").mkdir(parents=True)
    (outer / "01_perceptron/perceptron.ipynb").write_bytes(b"mine")
    assert only(tmp_path).folder == outer


def test_what_is_recognised_by_its_text_is_read_once_and_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else twenty files of zeros in a folder of another name keep a run busy for an hour."""
    folder = hand_in(tmp_path, "ada", written()).parent
    folder = folder.rename(folder.with_name("hw"))
    (folder / "perceptron.ipynb").rename(folder / "mine.ipynb")
    for number in range(5):
        with (folder / f"{number}.ipynb").open("wb") as zeros:
            zeros.truncate(LARGEST + 1)
    read = list[str]()
    whole = companion_files.read_notebook_file
    monkeypatch.setattr(collecting, "read_notebook_file", lambda path: read.append(path.name) or whole(path))
    assert only(tmp_path).data == written()
    assert read == ["mine.ipynb"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_long_notebook_in_any_encoding_is_recognised(tmp_path: Path, encoding: str) -> None:
    notebook = {"metadata": {"x": "x" * 3_000_000}} | right()
    place = hand_in(tmp_path, "ada", json.dumps(notebook).encode(encoding), name="mine")
    place.parent.rename(place.parent.with_name("hw"))
    assert only(tmp_path).assignment == ASSIGNMENT


def test_no_link_leads_to_a_neighbours_folder(tmp_path: Path) -> None:
    """One that points to all that the neighbour handed in looks like a folder wrapped around the assignment's."""
    hand_in(tmp_path, "bob", written())
    link = tmp_path / "submitted/ada" / ASSIGNMENT
    link.parent.mkdir()
    for target in ("../bob", "..", f"../bob/{ASSIGNMENT}"):
        link.symlink_to(target)
        one = next(f for f in found(tmp_path) if f.student == "ada")
        assert one.data is None
        assert "a link, expected a folder" in one.problem
        link.unlink()
