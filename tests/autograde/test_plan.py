"""What is run of a submission: repaired cells, their order, and submissions that can't be read."""

import copy
import json
from typing import Any

import pytest

from autograde.plan import Plan, make_plan
from autograde.reading import LARGEST, MOST_CELLS, UnreadableError, read_submission
from autograde.roles import release
from autograde.submission import source_of
from tests.autograde.handed_in import ASSIGNMENT, Edit, cell_of, code, grade_id, right, written

SOURCE = source_of(ASSIGNMENT)
ORDER = [step.name for step in SOURCE if step.name]


def plan_of(edit: Edit | None = None, **answers: str) -> Plan:
    return make_plan(SOURCE, read_submission(written(edit, **answers)))


def names(plan: Plan) -> list[str]:
    return [step.name for step in plan.steps]


def test_an_honest_notebook_is_run_as_it_is_with_the_hidden_tests() -> None:
    plan = plan_of()
    assert (names(plan), plan.repaired) == (ORDER, [])
    hidden = [step for step in plan.steps if step.is_test]
    assert all("BEGIN HIDDEN TESTS" in step.source for step in hidden)
    assert len(hidden) == 5


def remove(name: str) -> Edit:
    return lambda notebook: notebook["cells"].remove(cell_of(notebook, name))


def change(name: str, **values: Any) -> Edit:
    return lambda notebook: cell_of(notebook, name).update(values)


def flag(name: str, **values: Any) -> Edit:
    return lambda notebook: cell_of(notebook, name)["metadata"]["nbgrader"].update(values)


def move(name: str, to: int) -> Edit:
    def edit(notebook: dict[str, Any]) -> None:
        cell = cell_of(notebook, name)
        notebook["cells"].remove(cell)
        notebook["cells"].insert(to, cell)

    return edit


TEST = "test_perceptron_step"
REPAIRS = {
    "removed": (remove(TEST), "the cell is missing; the instructor's was put in"),
    "edited": (change(TEST, source="2.0"), "the cell had been edited; the instructor's text was used"),
    "retyped": (change(TEST, cell_type="markdown"), "the cell had been turned from code into markdown"),
    "reflagged": (flag(TEST, grade=False, solution=True, locked=False), ""),
    "reweighted": (flag(TEST, points=200), ""),
    "reworded": (change(TEST, source="check( perceptron_step , points=5)  # as it was before"), ""),
    "moved up": (move(TEST, 0), "the test stood before the answer; it was run behind it"),
}


@pytest.mark.parametrize("kind", REPAIRS)
def test_a_test_is_repaired_and_the_repair_is_told(kind: str) -> None:
    edit, sentence = REPAIRS[kind]
    plan = plan_of(edit)
    assert plan.repaired == [f"{TEST}: {sentence}"] * bool(sentence), "what the course may have changed accuses nobody"
    (test,) = [step for step in plan.steps if step.name == TEST]
    (origin,) = [step for step in SOURCE if step.name == TEST]
    assert (test.source, test.role, test.kind) == (origin.source, origin.role, "code")
    assert names(plan).index(TEST) > names(plan).index("perceptron_step")


def test_a_test_that_was_copied_counts_once() -> None:
    def twice(notebook: dict[str, Any]) -> None:
        notebook["cells"].append(copy.deepcopy(cell_of(notebook, TEST)))

    plan = plan_of(twice)
    assert names(plan).count(TEST) == 1
    assert plan.repaired == []


def test_both_halves_of_an_answer_are_run() -> None:
    def split(notebook: dict[str, Any]) -> None:
        second = cell_of(notebook, "perceptron_step")
        first = copy.deepcopy(second) | {"source": "half = 1"}
        notebook["cells"].insert(notebook["cells"].index(second), first)

    plan = plan_of(split)
    sources = [step.source for step in plan.steps]
    at = names(plan).index("perceptron_step")
    assert sources[at - 1] == "half = 1"
    assert (plan.repaired, plan.attention) == ([], [])


def test_the_setup_cell_is_put_first() -> None:
    assert names(plan_of(remove("setup")))[0] == "setup"


def test_an_answer_below_all_tests_is_run_before_its_test() -> None:
    plan = plan_of(move("perceptron_step", len(ORDER) - 1))
    assert names(plan).index(TEST) == names(plan).index("perceptron_step") + 1


def test_an_answer_that_was_removed_is_named() -> None:
    assert plan_of(remove("perceptron_step")).repaired == ["perceptron_step: the answer's cell is missing"]


def test_white_space_is_no_edit() -> None:
    text = cell_of(right(), TEST)["source"]
    assert plan_of(change(TEST, source=f"\n{text}  \n")).repaired == []


def test_tests_of_other_names_are_ordinary_cells() -> None:
    forged = code("100") | {"metadata": {"nbgrader": {"grade": True, "grade_id": "mine", "points": 100}}}
    plan = plan_of(lambda notebook: notebook["cells"].append(forged))
    assert (plan.steps[-1].source, plan.steps[-1].is_test) == ("100", False)


def test_all_cells_gone_leaves_the_tests() -> None:
    plan = plan_of(lambda notebook: notebook["cells"].clear())
    assert [n for n in names(plan) if n.startswith("test_")] == [n for n in ORDER if n.startswith("test_")]


def test_release_takes_out_what_is_hidden() -> None:
    assert release("a\n### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc\n") == "a\nc"
    assert release("a\n=== BEGIN MARK SCHEME ===\nb\n=== END MARK SCHEME ===") == "a\n".rstrip()


def kernel(**values: Any) -> bytes:
    return json.dumps(right() | {"metadata": {"kernelspec": values}}).encode()


UNREADABLE = {
    b"": "it is empty",
    b"  \n": "it is empty",
    written()[:2000]: "it is cut off or no JSON",
    json.dumps(right() | {"nbformat": 4, "cells": None}).encode(): "the notebook has format '4', expected 4",
    b"\x89PNG\r\n\x1a\n\xff\xfe": "the file is binary",
    b"[]": "the notebook has format 'list', expected 4",
    b"{}": "the notebook has format 'no format', expected 4",
    json.dumps(right() | {"nbformat": 3}).encode(): "the notebook has format '3', expected 4",
    json.dumps(right() | {"cells": "none"}).encode(): "the notebook has format '4', expected 4",
    b"[" * 100_000: "it is cut off or no JSON",
    kernel(name="ir", language="R"): "the notebook is for the kernel 'ir' (r), expected Python",
    kernel(name="julia-1.10", language="julia"): "the notebook is for the kernel 'julia-1.10' (julia), expected Python",
    b" " * (LARGEST + 1): "the notebook has 50,000,001 bytes, at most 50,000,000 are read",
    json.dumps(right() | {"cells": [code("1")] * (MOST_CELLS + 1)}).encode(): "the notebook has 5,001 cells",
}


@pytest.mark.parametrize("data", UNREADABLE, ids=list(UNREADABLE.values()))
def test_what_can_not_be_read_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_submission(data)
    assert UNREADABLE[data] in str(caught.value)
    assert len(str(caught.value)) < 310


@pytest.mark.parametrize(
    "change",
    [
        {"metadata": None},
        {"metadata": {"kernelspec": "python"}},
        {"metadata": {"kernelspec": {"name": "conda-env-py", "language": "python"}}},
        {"nbformat_minor": 99},
    ],
)
def test_what_editors_write_is_read(change: dict[str, Any]) -> None:
    assert len(read_submission(json.dumps(right() | change).encode())) == len(ORDER)


@pytest.mark.parametrize(
    "cell", [None, 7, [], {}, {"cell_type": 3, "source": {}, "metadata": []}, {"source": [1, None]}]
)
def test_cells_that_are_none_do_no_harm(cell: Any) -> None:
    plan = plan_of(lambda notebook: notebook["cells"].insert(0, cell))
    assert [name for name in names(plan) if name] == ORDER


def test_lines_and_byte_order_marks() -> None:
    notebook = right()
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    assert plan_of().steps == make_plan(SOURCE, read_submission(b"\xef\xbb\xbf" + json.dumps(notebook).encode())).steps


def test_ids_are_those_of_the_cells() -> None:
    assert [grade_id(cell) for cell in right()["cells"]] == ORDER
