"""Predictions in JupyterLab: by keyboard, kept, in the text's own fold, drawn; recall and review beside them.

Each story is of a notebook that is open already.
"""

import json
from collections.abc import Callable

from tests.browser.lab import Notebook, Server, cell_with

FOLD = "details.compare-"


def state(server: Server) -> dict[str, dict[str, dict[str, object]]]:
    """What is kept on the disk."""
    path = server.folder.parent / "mlp_course_progress" / "progress.json"
    return json.loads(path.read_text(encoding="utf-8"))


def a_guess_is_kept_by_keys_and_stands_first_in_compare(notebook: Notebook, server: Server) -> None:
    page = notebook.page
    cell = cell_with(notebook, 'predict("one_update")')
    notebook.run(cell)
    sheet = notebook.output(cell).locator(".mlpa")
    fold = page.locator(f"{FOLD}one_update")
    fold.locator("summary").click()
    assert fold.locator(".mlpa").count() == 0, "nothing was guessed"
    fold.locator("summary").click()
    sheet.get_by_label("always", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    sheet.get_by_text("Your guess: not always.").wait_for()
    fold.locator("summary").click()
    fold.get_by_text("you guessed “not always”, right").wait_for()
    assert fold.evaluate("e => e.children[1].className") == "mlpa"
    notebook.run(cell)  # kept: a kernel that starts again would show the same
    sheet.get_by_text("you guessed “not always”, right").wait_for()
    kept = state(server)["predictions"]["one_update"]
    assert (kept["guess"], kept["stage"], kept["verdict"]) == (["not always"], "compared", [True])


def escape_skips_a_miss_is_told_and_a_curve_is_drawn(notebook: Notebook, server: Server) -> None:
    page = notebook.page
    cell = cell_with(notebook, 'predict("best_line")')
    notebook.run(cell)
    sheet = notebook.output(cell).locator(".mlpa")
    field = sheet.get_by_label("your guess", exact=True).last
    field.fill("many")
    field.press("Enter")
    sheet.get_by_text("a number, please").wait_for()
    field.press("Escape")
    sheet.get_by_text("Skipped.").wait_for()
    sheet.get_by_role("button", name="Guess after all").click()
    field.fill("90")
    field.press("Enter")
    sheet.get_by_role("button", name="Compare").click()
    sheet.get_by_text("you guessed “90”, not this time; it is “75 %”").wait_for()
    cell = cell_with(notebook, 'predict("values_of_the_sigmoid")')
    notebook.run(cell)
    sheet = notebook.output(cell).locator(".mlpa")
    pad = sheet.locator("svg.drawing")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    for i in range(18):
        share = i / 17
        page.mouse.move(
            box["x"] + box["width"] * (0.12 + 0.85 * share), box["y"] + box["height"] * (0.8 - 0.7 * (share > 0.5))
        )
        if i == 0:
            page.mouse.down()
    page.mouse.up()
    pad.press("ArrowUp")
    sheet.get_by_role("button", name="Keep my guess").click()
    sheet.get_by_role("button", name="Compare").click()
    assert sheet.locator("path.truth").count() == 1
    sheet.get_by_text("you guessed “the dashed curve”, right").wait_for()
    assert state(server)["predictions"]["best_line"]["verdict"] == [False]


def recall_judges_what_only_python_can_and_review_takes_ticks(notebook: Notebook, server: Server) -> None:
    page = notebook.page
    cell = cell_with(notebook, "recall(2)")
    notebook.run(cell)
    sheet = notebook.output(cell).locator(".mlpa")
    sheet.locator(".field").first.wait_for()
    for field in sheet.get_by_placeholder("an expression").all():
        field.fill("y + y - 1")
    sheet.get_by_role("button", name="Check").click()
    sheet.get_by_text("you guessed “y + y - 1”, right").wait_for()
    assert [entry["right"] for entry in state(server)["recall"].values()] == [True]
    cell = cell_with(notebook, 'review("two_hidden_units")')
    notebook.run(cell)
    output = notebook.output(cell)
    button = output.get_by_role("button", name="Compare with a model answer")
    button.click()
    output.get_by_text("Write your own answer first").wait_for()
    output.get_by_role("textbox", name="Your answer").fill(
        "It does not follow: even one success proves that two units can represent XOR. " * 2
    )
    button.click()
    output.get_by_role("checkbox", name="point 1 of ").click()
    output.get_by_text("1 of 4 points").wait_for()
    page.wait_for_timeout(200)
    assert state(server)["questions"]["two_hidden_units"]["ticked"] == [0]


STORIES: dict[str, list[Callable[[Notebook, Server], None]]] = {
    "01_perceptron": [a_guess_is_kept_by_keys_and_stands_first_in_compare],
    "02_xor_basis_functions": [
        escape_skips_a_miss_is_told_and_a_curve_is_drawn,
        recall_judges_what_only_python_can_and_review_takes_ticks,
    ],
}
