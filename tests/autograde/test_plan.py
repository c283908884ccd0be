"""What is run of a submission: repaired cells, their order, and submissions that can't be read."""

import base64
import copy
import difflib
import json
from typing import Any

import pytest

from autograde.grading.submission import source_of
from autograde.submissions.attachments import LARGEST as LARGEST_PICTURE
from autograde.submissions.plan import Plan, make_plan
from autograde.submissions.reading import LARGEST, MOST_CELLS, UnreadableError, read_submission
from autograde.submissions.roles import is_stub, release
from tests.autograde.handed_in import ASSIGNMENT, Edit, cell_of, code, grade_id, right, written
from tests.support.paths import ROOT

SOURCE = source_of(ASSIGNMENT)
ORDER = [step.name for step in SOURCE if step.name]
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
RELEASED = [
    cell
    for cell in json.loads((ROOT / "notebooks" / ASSIGNMENT / "perceptron.ipynb").read_text("utf-8"))["cells"]
    if "nbgrader" in cell["metadata"]
]


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
    return json.dumps(right() | {"metadata": {"kernelspec": values}, "cells": [code("f <- function(x) x")]}).encode()


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
    json.dumps(right() | {"cells": [code("1")] * (MOST_CELLS + 1)}).encode(): "the notebook has 20,001 cells",
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


STUB = "def perceptron_step(x, y, w, b, eta=1.0):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
WRONG = "def perceptron_step(*args):\n    return 0"


def insert(at: int, source: str, marked: bool = True) -> Edit:
    """A copy of an answer's cell with another text."""

    def edit(notebook: dict[str, Any]) -> None:
        cell = copy.deepcopy(cell_of(notebook, "perceptron_step")) | {"source": source}
        notebook["cells"].insert(at, cell if marked else cell | {"metadata": {}})

    return edit


def answers_of(plan: Plan) -> list[str]:
    return [step.source for step in plan.steps if step.name == "perceptron_step"]


@pytest.mark.parametrize("at", [0, 4, 99])
def test_an_empty_copy_is_kept_and_not_run(at: int) -> None:
    plan = plan_of(insert(at, STUB))
    assert answers_of(plan) == [cell_of(right(), "perceptron_step")["source"]]
    assert [step.idle for step in plan.steps if step.source == STUB] == [True]
    assert not any(step.again for step in plan.steps)
    assert (plan.repaired, plan.attention) == ([], [])


@pytest.mark.parametrize("at", [0, 99])
def test_another_answer_is_tried_too_and_told(at: int) -> None:
    plan = plan_of(insert(at, WRONG))
    assert answers_of(plan) == [cell_of(right(), "perceptron_step")["source"]]
    (again,) = [i for i, step in enumerate(plan.steps) if step.again]
    assert (plan.steps[again - 1].source, plan.steps[again].name) == (WRONG, TEST)
    assert plan.attention == ["perceptron_step: several cells answer it; the one above its test counts, or the better"]


def test_a_test_is_made_on_few_of_many_answers() -> None:
    def many(notebook: dict[str, Any]) -> None:
        for number in range(200):
            insert(number % 7, f"{WRONG}{number}", marked=number % 2 == 0)(notebook)

    assert sum(step.again for step in plan_of(many).steps) == 2


def test_an_answer_in_a_new_cell_below_is_found() -> None:
    def elsewhere(notebook: dict[str, Any]) -> None:
        insert(99, cell_of(notebook, "perceptron_step")["source"], marked=False)(notebook)
        cell_of(notebook, "perceptron_step")["source"] = STUB

    plan = plan_of(elsewhere)
    assert answers_of(plan) == [cell_of(right(), "perceptron_step")["source"]]
    assert names(plan).index(TEST) > names(plan).index("perceptron_step")
    assert plan.attention == ["perceptron_step: its own cell is not filled; the answer was found in another cell"]


def test_cells_whose_marks_are_gone_are_recognised() -> None:
    def strip(notebook: dict[str, Any]) -> None:
        for cell in notebook["cells"]:
            cell["metadata"] = {}

    plan = plan_of(strip)
    assert names(plan) == ORDER
    assert len(plan.repaired) == 1
    assert plan.repaired[0].startswith("nbgrader's marks are gone from cells, which were recognised by their text: ")


QUESTION = "stubborn_perceptron"


def test_text_in_a_question_is_kept_below_it_with_its_pictures() -> None:
    def answer(notebook: dict[str, Any]) -> None:
        cell = cell_of(notebook, QUESTION)
        text = cell["source"].replace("\n\n", "\n\nMy first thought.\n\n", 1)
        cell["source"] = f"{text}\n\nIt is *not* separable.\n\n![](attachment:a.png)"
        cell["attachments"] = {"a.png": {"image/png": PNG}, "b.pdf": {"application/pdf": "JVBERg=="}}

    plan = plan_of(answer)
    at = names(plan).index(QUESTION)
    assert plan.steps[at].source == next(step.source for step in SOURCE if step.name == QUESTION)
    own = plan.steps[at + 1]
    assert (own.kind, own.role) == ("markdown", {})
    assert own.source == "My first thought.\n\nIt is *not* separable.\n\n![](attachment:a.png)"
    assert own.attachments == {"a.png": {"image/png": PNG}}
    assert plan.attention == ["the attachment 'b.pdf' was left out: it is no picture in PNG, JPEG, GIF or WebP"]


def test_a_question_that_the_course_has_reworded_since_holds_no_answer() -> None:
    def earlier(notebook: dict[str, Any]) -> None:
        cell = cell_of(notebook, QUESTION)
        cell["source"] = cell["source"].replace("200 examples", "250 examples")

    plan = plan_of(earlier)
    assert names(plan) == ORDER
    assert plan.repaired == []


def test_little_of_a_huge_text_is_compared_with_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take minutes, and no limit stops the grader itself."""
    compared = list[str]()
    monkeypatch.setattr(difflib, "get_close_matches", lambda line, *_: compared.append(line) or [])
    more = "\n".join(["x" * 1_000_000, *(f"Line {n} of my answer." for n in range(30_000))])

    def longer(notebook: dict[str, Any]) -> None:
        cell_of(notebook, QUESTION)["source"] += f"\n{more}"

    assert plan_of(longer).steps[ORDER.index(QUESTION) + 1].source == more
    assert len(compared) <= 5_000
    assert max(map(len, compared)) < 1_000


def test_huge_pictures_are_left_out_and_told() -> None:
    huge = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(LARGEST_PICTURE)).decode()
    text = {"cell_type": "markdown", "metadata": {}, "source": "x", "attachments": {"a.png": {"image/png": huge}}}
    plan = plan_of(lambda notebook: notebook["cells"].append(text))
    assert plan.steps[-1].attachments == {}
    assert plan.attention[0].startswith("the attachment 'a.png' was left out: it has 10,000,008 bytes, at most")


def test_what_was_added_to_the_setup_cell_is_run_below_it() -> None:
    text = cell_of(right(), "setup")["source"] + "\nfrom scipy.special import expit"
    plan = plan_of(change("setup", source=text))
    assert [plan.steps[0].name, plan.steps[1].source, plan.repaired] == ["setup", text, []]


def test_the_release_is_what_learners_get() -> None:
    released = {cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"]) for cell in RELEASED}
    assert {step.name: release(step.source).split() for step in SOURCE if step.name} == {
        name: text.split() for name, text in released.items()
    }
    assert all(is_stub(step.source, released[step.name], step.name) for step in SOURCE if step.role.get("solution"))
    assert not any(is_stub(step.source, step.source, step.name) for step in SOURCE if step.role.get("solution"))
