"""What can be grasped and what runs by itself: dragged by mouse, by touch and by key; trained, stopped and compared."""

import pytest

from mlp_reference.viz import explorers
from tests.support.pages import explorer_page, settle

STATE = "name => window.held[name].model.values"


def _drag(page, label, dx, dy):
    """Take a handle by the mouse and move it by some pixels."""
    box = page.get_by_role("slider", name=label, exact=True).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=4)
    page.mouse.up()
    settle(page)


def test_the_line_its_normal_and_examples_are_grasped(web_browser):
    with explorer_page(web_browser, "half_space") as page:
        _drag(page, "the line: drag it along its normal", -60, 0)
        moved = page.evaluate(STATE, "half_space")
        assert moved["b"] > 0.7 and moved["w1"] == 1.0
        _drag(page, "tip of w", 0, -50)
        assert page.evaluate(STATE, "half_space")["w2"] > 1.0
        example = page.get_by_role("slider", name="example 2, class 0", exact=True)
        example.focus()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Shift+ArrowUp")
        settle(page)
        points = page.evaluate(STATE, "half_space")["points"]
        assert len(points) == 10
        page.keyboard.press("Delete")
        settle(page)
        assert len(page.evaluate(STATE, "half_space")["points"]) == 9
        frame = page.locator(".frame > svg").first.bounding_box()
        page.mouse.click(frame["x"] + 0.8 * frame["width"], frame["y"] + 0.7 * frame["height"])
        settle(page)
        assert page.evaluate(STATE, "half_space")["points"][-1][2] == 1
        page.get_by_role("button", name="Reset").click()
        settle(page)
        assert page.evaluate(STATE, "half_space")["points"] == []


@pytest.mark.parametrize(("name", "beyond", "last"), [("graph_stepper", 49, 9), ("perceptron_steps", 8000, 120)])
def test_a_step_beyond_the_last_is_the_last(web_browser, name, beyond, last):
    with explorer_page(web_browser, name, step=beyond) as page:
        settle(page)
        slider = page.get_by_label("step", exact=True)
        assert page.evaluate(STATE, name)["step"] == last == int(slider.input_value())
        assert f"{last} of {last}" in page.locator(".says").inner_text()
        page.get_by_role("button", name="Step back").click()
        settle(page)
        assert page.evaluate(STATE, name)["step"] == last - 1 == int(slider.input_value())


def test_knots_are_dragged_and_added(web_browser):
    with explorer_page(web_browser, "spline_builder") as page:
        _drag(page, "knot 1", 25, 0)
        state = page.evaluate(STATE, "spline_builder")
        assert state["placing"] == "by hand" and state["knots"][1] > 1.06
        assert page.get_by_label("intervals m", exact=True).is_disabled()
        page.get_by_role("slider", name="knot 2", exact=True).focus()
        page.keyboard.press("Delete")
        settle(page)
        assert len(page.evaluate(STATE, "spline_builder")["knots"]) == 6
        assert "5 units, knots by hand" in page.locator(".says").inner_text()


def test_the_playground_trains_changes_its_rate_paints_and_edits(web_browser):
    with explorer_page(web_browser, "playground") as page:
        train = page.get_by_role("button", name="Train", exact=True)
        train.click()
        page.wait_for_function("window.held.playground && document.querySelector('.mlpx').explorer.values.step >= 50")
        assert train.get_attribute("aria-pressed") == "true"
        page.get_by_label("learning rate", exact=True).focus()
        page.keyboard.press("ArrowRight")
        step = page.evaluate("document.querySelector('.mlpx').explorer.values.step")
        page.wait_for_function(f"document.querySelector('.mlpx').explorer.values.step > {step}")
        assert train.get_attribute("aria-pressed") == "true", "a new rate stops nothing"
        train.click()
        settle(page)
        state = page.evaluate(STATE, "playground")
        assert state["rate"] == 1 and state["step"] > step >= state["base"][0] >= 50
        assert train.get_attribute("aria-pressed") == "false"
        page.get_by_label("value of the weight").focus()
        page.keyboard.press("End")
        settle(page)
        assert page.evaluate(STATE, "playground")["base"][1] == 8
        page.get_by_role("slider", name="place of the brush: Enter adds an example").focus()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        settle(page)
        assert page.evaluate(STATE, "playground")["points"] == [[0, 0.1, 1]]
        assert "of 201 examples" in page.locator(".says").inner_text()
        page.get_by_role("button", name="Start again").click()
        settle(page)
        assert page.evaluate(STATE, "playground")["step"] == 0
        assert page.locator("[data-key=ghost]").count() == 1


def test_a_run_is_kept_beside_those_that_follow(web_browser):
    for name, control, along in (
        ("playground", "units in each", "step"),
        ("training_dashboard", "batch size", "reading"),
    ):
        with explorer_page(web_browser, name, **{along: 3}) as page:
            keep = page.get_by_role("button", name="Keep beside")
            keep.click()
            settle(page)
            kept = page.evaluate(STATE, name)["beside"]
            page.get_by_label(control, exact=True).focus()
            page.keyboard.press("ArrowLeft")
            settle(page)
            now = page.evaluate(STATE, name)
            assert now["beside"] == kept and kept["words"].endswith(("rate 0.3", "1 × 32")) and now[along] == 0
            assert keep.get_attribute("aria-pressed") == "true" and page.locator("[data-key=kept]").count() == 2
            assert (
                f"kept: {kept['words']}" in page.locator(".legend").all_inner_texts()[-1 if name == "playground" else 0]
            )
            explorer = getattr(explorers, name)(**{trait: now[trait] for trait in now if trait != "_initial"})
            assert explorer.picture().axes, "a still picture shows it, too"
            keep.click()
            settle(page)
            assert page.evaluate(STATE, name)["beside"] == {} and page.locator("[data-key=kept]").count() == 0


def test_the_dashboard_trains_and_keeps_the_run_before(web_browser):
    with explorer_page(web_browser, "training_dashboard") as page:
        train = page.get_by_role("button", name="Train", exact=True)
        train.click()
        page.wait_for_function("document.querySelector('.mlpx').explorer.values.reading >= 3", timeout=60_000)
        train.click()
        settle(page)
        assert page.evaluate(STATE, "training_dashboard")["reading"] >= 3
        page.get_by_role("button", name="Start again").click()
        settle(page)
        assert page.locator("[data-key=ghost]").count() == 2


def test_a_walk_starts_where_a_finger_puts_it(web_browser):
    with explorer_page(web_browser, "optimizer_walk") as page:
        start = page.get_by_role("slider", name="start", exact=True)
        box = start.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        client = page.context.new_cdp_session(page)
        for kind, dx in (("touchStart", 0), ("touchMove", 20), ("touchMove", 40)):
            client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x + dx, "y": y}]})
        client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        settle(page)
        assert page.evaluate(STATE, "optimizer_walk")["x"] > -1.7


def test_the_perceptron_plays_to_its_end(web_browser):
    with explorer_page(web_browser, "perceptron_steps", dataset="xor corners", step=155, speed=30) as page:
        page.get_by_role("button", name="Play", exact=True).click()
        page.locator(".says", has_text="Stopped after 40 epochs").wait_for()
        assert page.evaluate(STATE, "perceptron_steps")["step"] == 160
        page.get_by_role("button", name="Step back").click()
        settle(page)
        assert "step 159 of 160" in page.locator(".says").inner_text()


def test_a_rule_that_raises_is_shown_before_its_first_step(web_browser):
    broken = explorers.perceptron_steps(rule=lambda x, y, w, b, eta: 1 / 0)
    with explorer_page(web_browser, "perceptron_steps", own=broken.own, step=5) as page:
        assert page.locator(".says").inner_text() == broken.words


BUTTONS = """() => [...document.querySelectorAll('.mlpx .buttons button')]
    .filter(button => button.getAttribute('aria-disabled') !== 'true').map(button => button.textContent)"""


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("graph_stepper", ["Step", "To the end"], {"step": 9}),
        ("perceptron_steps", ["Play", "Step", "Run to end of epoch", "Run to the end"], {"step": 120}),
        ("playground", ["Train", "Step"], {"dataset": "only my own"}),
        ("training_dashboard", ["Train", "One reading"], {"rate": 3, "batch": 512, "reading": 60}),
    ],
)
def test_buttons_that_would_do_nothing_are_off(web_browser, name, start, end):
    with explorer_page(web_browser, name) as page:
        assert page.evaluate(BUTTONS) == [*start, "Reset"]
    with explorer_page(web_browser, name, **end) as page:
        settle(page)
        assert [label for label in page.evaluate(BUTTONS) if label in start] == []


def test_numbers_that_explode_stop_the_training_and_are_told(web_browser):
    scene = {"rate": 3, "activation": "none (linear)", "depth": 3, "width": 5, "dataset": "two spirals"}
    with explorer_page(web_browser, "playground", **scene) as page:
        page.get_by_role("button", name="Train", exact=True).click()
        said = "After 13 steps the numbers explode: choose a smaller learning rate and start again."
        page.locator(".says", has_text=said).wait_for(timeout=10_000)
        explorer = explorers.playground(**scene, step=page.evaluate(STATE, "playground")["step"])
        assert explorer.step == 14 == int(page.get_by_label("step", exact=True).input_value())
        assert explorer.words == said and "Train" not in page.evaluate(BUTTONS)


def test_a_rate_that_moves_on_twice_leaves_the_past_as_it_was(web_browser):
    with explorer_page(web_browser, "training_dashboard", reading=3) as page:
        page.get_by_label("learning rate", exact=True).focus()
        for _ in range(3):
            page.keyboard.press("ArrowRight")
            settle(page)
        assert page.evaluate(STATE, "training_dashboard")["rates"] == [[3, 0.1]]
        page.get_by_label("reading", exact=True).focus()
        page.keyboard.press("ArrowLeft")
        page.get_by_label("learning rate", exact=True).focus()
        page.keyboard.press("ArrowLeft")
        settle(page)
        assert page.evaluate(STATE, "training_dashboard")["rates"] == [[2, 0.1]]


def test_the_slider_that_turns_the_last_line_moves_it_and_follows_it(web_browser):
    assert explorers.folding(layers=3).turn == 45
    explorer = explorers.folding(folds=[[10, 0.3], [20, 0.5]], layers=5)
    assert explorer.turn == 20 and explorer.words.startswith("2 folds")
    explorer.set(turn=30.0)
    assert explorer.folds == [[10, 0.3], [30.0, 0.5]]
    with explorer_page(web_browser, "folding", folds=[[10, 0.3], [20, 0.5]], layers=5) as page:
        settle(page)
        state, turn = page.evaluate(STATE, "folding"), page.get_by_label("turn the last line", exact=True)
        assert (state["layers"], state["turn"], turn.input_value()) == (2, 20, "20")
        turn.press("ArrowRight")
        settle(page)
        assert page.evaluate(STATE, "folding")["folds"] == [[10, 0.3], [21, 0.5]]
        page.evaluate("window.held.folding.model.set('turn', 50)")
        settle(page)
        assert page.evaluate(STATE, "folding")["folds"] == [[10, 0.3], [50, 0.5]]
        page.get_by_label("how many", exact=True).press("Home")
        settle(page)
        assert turn.is_disabled() and page.evaluate(STATE, "folding")["layers"] == 0


def test_no_layer_is_looked_at_that_is_not_there(web_browser):
    with explorer_page(web_browser, "width_vs_depth") as page:
        page.evaluate("window.held.width_vs_depth.model.set('k', 2)")
        settle(page)
        look = page.get_by_label("look at layer", exact=True)
        assert page.evaluate(STATE, "width_vs_depth")["look"] == 2 == int(look.get_attribute("max"))


def test_a_slider_shows_what_lies_between_its_steps(web_browser):
    with explorer_page(web_browser, "half_space", b=0.73) as page:
        assert page.locator(".control", has_text="bias b").locator("output").text_content() == "0.73"
        assert page.get_by_label("bias b", exact=True).get_attribute("aria-valuetext") == "0.73"


def test_an_input_that_an_expression_lacks_is_off(web_browser):
    with explorer_page(web_browser, "graph_stepper", expression="my own", text="y*y") as page:
        assert page.get_by_label("x", exact=True).is_disabled() and page.get_by_label("y", exact=True).is_enabled()


PAINTED = """() => [...document.querySelectorAll('.mlpx canvas')].map(canvas => canvas.toDataURL()).join()
    + [...document.querySelectorAll('.mlpx .node')].map(node => node.getAttribute('fill')).join()"""


@pytest.mark.parametrize("name", ["feature_space", "init_variance", "gradient_flow", "playground"])
def test_what_is_painted_follows_the_theme(web_browser, name):
    with explorer_page(web_browser, name) as page:
        page.evaluate("document.body.style.background = '#111'")
        page.locator("[data-theme=dark]").wait_for()
        settle(page)
        painted = page.evaluate(PAINTED)
    with explorer_page(web_browser, name, dark=True) as page:
        assert painted == page.evaluate(PAINTED)


def test_a_training_that_stands_still_says_so(web_browser):
    with explorer_page(web_browser, "training_dashboard", rate=3, reading=8) as page:
        assert page.locator("svg", has_text="all 0: no weight moves").count() == 2
