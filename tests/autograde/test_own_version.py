"""A course with an assignment of its own under the same name: nothing of it is deleted, or graded by other tests."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograde.gradebook.database import GradebookError, default_url
from tests.autograde.books import ASSIGNMENT, NAME, SOURCE, open_book
from tests.autograde.stock import cell_named

ESSAY = {"grade": False, "grade_id": "my_essay", "locked": True, "points": 10, "schema_version": 3, "solution": False}


def own_version(place: Path, essay: bool = True, points: float = 6) -> Path:
    """The project's notebook with other points, and with a question more."""
    notebook = nbformat.read(SOURCE, as_version=4)
    cell_named(notebook, "test_perceptron_fit").metadata.nbgrader["points"] = points
    if essay:
        cell = nbformat.v4.new_markdown_cell("Discuss.", metadata={"nbgrader": ESSAY | {"task": True}})
        notebook.cells.append(cell)
    place.mkdir(parents=True)
    nbformat.write(notebook, place / f"{NAME}.ipynb")
    return place / f"{NAME}.ipynb"


@pytest.mark.parametrize("essay", [True, False])
def test_it_is_refused_and_nothing_is_changed(tmp_path: Path, essay: bool) -> None:
    own = own_version(tmp_path / "source" / ASSIGNMENT, essay)
    with pytest.raises(GradebookError, match=r"own version .* its cells .*test_perceptron_fit") as error:
        open_book(tmp_path)
    assert str(own) in str(error.value)
    assert ("my_essay" in str(error.value)) == essay
    with Gradebook(default_url(tmp_path), "mlp-course") as book:
        assert book.assignments == []


def test_a_copy_of_ours_is_none(tmp_path: Path) -> None:
    (tmp_path / "source" / ASSIGNMENT).mkdir(parents=True)
    shutil.copy(SOURCE, tmp_path / "source" / ASSIGNMENT)
    open_book(tmp_path).close()
    shutil.rmtree(tmp_path / "source")
    own_version(tmp_path / "source" / ASSIGNMENT, essay=False, points=3)  # written anew, and the same
    open_book(tmp_path).close()


def test_one_that_can_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "source" / ASSIGNMENT).mkdir(parents=True)
    (tmp_path / "source" / ASSIGNMENT / f"{NAME}.ipynb").write_text("{")
    with pytest.raises(GradebookError, match="can't be read as an assignment"):
        open_book(tmp_path)


@pytest.mark.slow
def test_cells_of_another_course_in_the_gradebook_stay(tmp_path: Path) -> None:
    """Where its source lies elsewhere; what this project has dropped goes, as before."""
    with Gradebook(default_url(tmp_path), "mlp-course") as book:
        book.add_assignment(ASSIGNMENT)
        book.add_notebook(NAME, ASSIGNMENT)
        book.add_task_cell("my_essay", NAME, ASSIGNMENT, max_score=10, cell_type="markdown")
        book.add_grade_cell("test_mistake_bound_3", NAME, ASSIGNMENT, max_score=1, cell_type="code")
    with pytest.raises(GradebookError, match="cells of 01_perceptron that the notebook here has not: my_essay"):
        open_book(tmp_path)
    with Gradebook(default_url(tmp_path), "mlp-course") as book:
        assert {cell.name for cell in book.find_notebook(NAME, ASSIGNMENT).task_cells} == {"my_essay"}
