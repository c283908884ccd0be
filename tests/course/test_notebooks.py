"""The notebooks themselves: what a learner gets, what an instructor gets, and that both hold what they promise."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograde.authoring.number_marks import marks_of
from autograde.authoring.source import read_cells
from autograde.exercises import ASSIGNMENTS, CATALOGUE, STARRED
from autograde.judging.judge import HIDDEN_SEED, PUBLIC_SEED, judge

CASES = [(a, name) for a in ASSIGNMENTS for name in (*ASSIGNMENTS[a], *STARRED[a])]


def read(root: Path, kind: str, assignment: str) -> NotebookNode:
    return nbformat.read(root / kind / assignment / f"{assignment[3:]}.ipynb", as_version=4)


def cell_named(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def compiled(notebook: NotebookNode, name: str) -> Callable[..., Any]:
    """The answer in an exercise's cell, with those in the cells of the exercises that it needs."""
    exercise = CATALOGUE[name]
    return exercise.compile("\n".join(cell_named(notebook, part).source for part in (*exercise.needs, name)))


def text_above(notebook: NotebookNode, grade_id: str) -> str:
    """The markdown between the heading of an exercise and its answer cell."""
    before = notebook.cells[: notebook.cells.index(cell_named(notebook, grade_id))]
    parts = []
    for cell in reversed(before):
        parts.append(cell.source if cell.cell_type == "markdown" else "")
        if cell.cell_type == "markdown" and f"### Exercise: `{grade_id}`" in cell.source:
            break
    return "\n".join(reversed(parts))


@pytest.mark.parametrize(("assignment", "name"), CASES)
@pytest.mark.parametrize("seed", [PUBLIC_SEED, HIDDEN_SEED])
def test_model_answer_passes_and_stub_is_not_yet(root: Path, assignment: str, name: str, seed: int) -> None:
    right = compiled(read(root, "solutions", assignment), name)
    assert judge(CATALOGUE[name], right, seed=seed).outcome == "passed"
    stub = compiled(read(root, "notebooks", assignment), name)
    report = judge(CATALOGUE[name], stub, seed=seed)
    assert (report.outcome, report.share) == ("missing", 0.0)


@pytest.mark.parametrize(("assignment", "name"), CASES)
def test_exercise_says_how_hard_and_how_long_and_asks_for_a_prediction(root: Path, assignment: str, name: str) -> None:
    text = text_above(read(root, "notebooks", assignment), name)
    assert re.search(rf"### Exercise: `{name}` · (easy|medium|hard) · \d+ minutes", text)
    assert "**Predict" in text


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_exercises_stand_in_the_order_of_the_catalogue(root: Path, assignment: str) -> None:
    cells = (c.metadata.get("nbgrader", {}) for c in read(root, "notebooks", assignment).cells)
    assert [meta["grade_id"] for meta in cells if meta.get("solution")] == [
        *ASSIGNMENTS[assignment],
        *STARRED[assignment],
    ]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_there_is_a_written_question_with_a_rubric_that_learners_do_not_see(root: Path, assignment: str) -> None:
    def questions(kind: str) -> list[str]:
        return [c.source for c in read(root, kind, assignment).cells if c.metadata.get("nbgrader", {}).get("task")]

    assert questions("solutions") and all("Rubric" in text for text in questions("solutions"))
    assert all("Rubric" not in text for text in questions("notebooks"))


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_words_that_make_a_stuck_reader_feel_small_do_not_occur(root: Path, assignment: str) -> None:
    text = "\n".join(c.source for c in read(root, "notebooks", assignment).cells if c.cell_type == "markdown")
    assert (
        re.findall(r"\b(simply|obviously|trivially|clearly|as we all know|of course|just)\b", text, re.IGNORECASE) == []
    )


def headings(notebook: NotebookNode) -> set[str]:
    """The names under which JupyterLab finds the headings of a notebook."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return {title.replace(" ", "-") for title in re.findall(r"^#+ (.+?)\s*$", text, re.MULTILINE)}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_links_lead_to_notebooks_and_sections_that_exist(root: Path, assignment: str) -> None:
    """Those to other pages can't be asked; that they are whole, without brackets or blanks in them, can."""
    here = read(root, "notebooks", assignment)
    text = "\n".join(cell.source for cell in here.cells if cell.cell_type == "markdown")
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^()]*)\)", re.sub(r"\$[^$]*\$|`[^`]*`", "", text))
    lost = []
    for path, _, section in (link.partition("#") for link in links if not link.startswith("https://")):
        target = root / "notebooks" / assignment / path if path else None
        there = here if target is None else nbformat.read(target, as_version=4) if target.is_file() else None
        if there is None or (section and section not in headings(there)):
            lost.append((path, section))
    assert lost == []
    assert [link for link in links if re.search(r"\s", link)] == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_no_wrapped_line_becomes_a_list_and_no_sign_is_left_behind(root: Path, assignment: str) -> None:
    """A line that happens to begin with "0." is an item of a list to markdown, whatever the sentence before it says."""
    wrong, last = list[str](), dict[str, int]()
    for cell in read(root, "notebooks", assignment).cells:
        seen = re.sub(r"<!--.*?-->", "", cell.source, flags=re.DOTALL) if cell.cell_type == "markdown" else ""
        for line in seen.split("\n"):
            item = re.match(r"( *)(\d+)\. ", line)
            if (item and int(item[2]) not in (1, last.get(item[1], 0) + 1)) or re.search(r"[.,;:]#+$", line):
                wrong.append(line)
            last |= {item[1]: int(item[2])} if item else {}
    assert wrong == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_code_fits_into_the_cell(root: Path, assignment: str) -> None:
    cells = [c.source for c in read(root, "notebooks", assignment).cells if c.cell_type == "code"]
    assert [line for source in cells for line in source.split("\n") if len(line) > 100] == []


def with_probes(notebook: NotebookNode, source: Path) -> NotebookNode:
    """The notebook with a cell behind each text whose numbers are marked, that asks whether they are true there."""
    cells: list[NotebookNode] = []
    for node, cell in zip(notebook.cells, read_cells(source, source)[0], strict=True):
        cells.append(node)
        if cell.cell_type == "markdown" and marks_of(cell.source):
            find = "__import__('importlib').import_module('autograde.authoring.number_marks').complaints"
            ask = f"{find}({cell.source!r}, globals())"
            cells.append(new_code_cell(ask, metadata={"probe": f"{source.name}:{cell.line}"}))
    return NotebookNode(notebook | {"cells": cells})


@pytest.mark.timeout(400)  # figures are made a second time where marks ask for their numbers
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_instructor_notebook_runs_earns_every_point_and_says_true_numbers(
    root: Path, assignment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLP_COURSE_PROGRESS", str(tmp_path))
    source = root / "solutions" / assignment / f"{assignment[3:]}.py"
    notebook = with_probes(read(root, "solutions", assignment), source)
    env = os.environ | {"MLP_COURSE_PROGRESS": str(tmp_path)}
    NotebookClient(notebook, timeout=100, kernel_name="python3").execute(env=env)  # raises where a cell does
    stale = {}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            assert float(cell.outputs[-1].data["text/plain"]) == cell.metadata.nbgrader.points
            assert "stderr" not in [o.get("name") for o in cell.outputs]
        elif (place := cell.metadata.get("probe")) and (found := cell.outputs[-1].data["text/plain"]) != "[]":
            stale[place] = found
    assert stale == {}
