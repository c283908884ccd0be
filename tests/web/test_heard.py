"""What a screen reader says of predictions and explorers: names and values at rest, and what changes, once."""

import pytest

from tests.support.pages import explorer_page, settle

# What live regions come to say, from now on; what is said when nothing asked for it would be noise.
LISTEN = """() => {
    window.heard = [];
    new MutationObserver((changes) => {
        const regions = changes.map(({ target }) => (target.parentElement && target.nodeType === 3
            ? target.parentElement : target).closest?.("[role=status], [role=alert]"));
        for (const region of new Set(regions))
            if (region && region.getAttribute("aria-live") !== "off" && region.textContent)
                window.heard.push([region.getAttribute("role"), region.textContent].join(": "));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
FOCUSED = """() => {
    const at = document.activeElement;
    return [at.getAttribute("role") ?? at.localName, at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent
        ?? at.textContent, at.getAttribute("aria-valuetext") ?? ""].filter(Boolean).join(", ").trim();
}"""
MISSED = "A miss costs nothing: a later notebook asks it once more."
CURVE = {"kind": "draw", "label": "slope over z", "x": [-2, 2], "y": [0, 1], "answer": [[-2, 0], [0, 0.5], [2, 1]]}
# Of each kind: what is asked, how it is read, the keys of a guess, and what is heard of the guess and of the comparison.
KINDS = {
    "choice": (
        {"kind": "choice", "label": "how high", "options": ["about 1", "below 1"], "answer": "below 1"},
        ['group "how high":', 'radio "about 1"', 'radio "below 1"'],
        ["Space"],
        "about 1",
        f"you guessed “about 1”, not this time; it is “below 1”{MISSED}",
    ),
    "number": (
        {"kind": "number", "label": "value at left", "low": 0.4, "high": 0.6, "answer": "0.5"},
        ['textbox "value at left"'],
        ["7"],
        "7",
        f"you guessed “7”, not this time; it is “0.5”{MISSED}",
    ),
    "shape": (
        {"kind": "shape", "label": "shape of dW", "answer": "(3, 5)"},
        ['textbox "shape of dW"'],
        [*"(3, 5)"],
        "(3, 5)",
        "you guessed “(3, 5)”, right",
    ),
    "order": (
        {"kind": "order", "label": "from small to large", "options": ["He", "Xavier"], "answer": ["Xavier", "He"]},
        ['group "from small to large":', 'combobox "place 1 of 2":', 'combobox "place 2 of 2":', 'option "choose"'],
        ["X", "Tab", "H"],
        "Xavier < He",
        "you guessed “Xavier < He”, right",
    ),
    "draw": (
        CURVE,
        ['group "slope over z":', 'slider "curve: left and right choose a place, up and down move the curve there"'],
        ["ArrowUp", "ArrowRight", "ArrowUp"],
        "the dashed curve",
        "you guessed “the dashed curve”, not this time",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_prediction_is_heard_from_its_question_to_its_comparison(web_browser, kind):
    ask, names, keys, guess, compared = KINDS[kind]
    values = {"name": kind, "title": "Your prediction", "asks": [ask], "stage": "open", "guess": [], "verdict": []}
    with explorer_page(web_browser, "predict", **values) as page:
        page.evaluate(LISTEN)
        read = page.locator("main").aria_snapshot()
        assert [name for name in names if name not in read] == []
        assert read.count(ask["label"]) <= 2, "the label, and a group or a field named by it"
        page.get_by_role("group", name="Your prediction").locator("input, select, svg").first.focus()
        for key in keys:
            page.keyboard.press(key)
        page.get_by_role("button", name="Keep my guess").press("Enter")
        assert page.evaluate("heard") == [f"status: Your guess: {guess}."]
        assert page.evaluate(FOCUSED) == "button, Change"
        page.get_by_role("button", name="Compare").press("Enter")
        said = page.evaluate("heard")[-1]
        assert said.replace("✗", "").replace("✓", "").startswith(f"status: {compared}")
        assert len(page.evaluate("heard")) == 2


def test_a_drawn_curve_says_where_it_is_and_at_last_how_far_off(web_browser):
    values = {"name": "curve", "title": "", "asks": [CURVE], "stage": "open", "guess": [], "verdict": []}
    with explorer_page(web_browser, "predict", **values) as page:
        pad = page.get_by_role("slider")
        assert pad.get_attribute("aria-description") == "from −2.00 to 2.00, heights from 0.00 to 1.00"
        assert pad.get_attribute("aria-valuetext") == "at −2.00: nothing yet"
        pad.press("ArrowUp")
        assert pad.get_attribute("aria-valuetext") == "at −2.00: 0.55"
        pad.press("ArrowRight")
        assert pad.get_attribute("aria-valuetext") == "at −1.75: nothing yet"
        page.get_by_role("button", name="Keep my guess").click()
        page.get_by_role("button", name="Compare").click()
        name = page.get_by_role("img").get_attribute("aria-label")
        assert "At −2.00 yours 0.55, came out 0.00. At −1.00 yours is missing" in name


def test_what_cannot_be_read_is_said_and_the_focus_goes_there(web_browser):
    asks = [KINDS["choice"][0], KINDS["number"][0]]
    values = {"name": "two", "title": "Your prediction", "asks": asks, "stage": "open", "guess": [], "verdict": []}
    with explorer_page(web_browser, "predict", **values) as page:
        page.evaluate(LISTEN)
        page.get_by_label("value at left").fill("many")
        page.get_by_role("button", name="Keep my guess").press("Enter")
        assert page.evaluate("heard") == ["alert: value at left: a number, please: 12, 0.5, 3e-4, 2^20, 75 %"]
        assert page.evaluate(FOCUSED) == "input, value at left"
        assert page.get_by_label("value at left").get_attribute("aria-invalid") == "true"
        page.keyboard.press("Escape")
        assert page.evaluate("heard")[-1] == "status: Skipped."
        assert page.evaluate(FOCUSED) == "button, Guess after all"


def test_what_was_kept_before_is_no_news(web_browser):
    values = {"name": "k", "title": "", "asks": [KINDS["number"][0]], "stage": "kept", "guess": ["7"], "verdict": []}
    with explorer_page(web_browser, "predict", **values) as page:
        shown = page.evaluate("""() => new Promise((done) => {
            const late = [];
            new MutationObserver((all) => late.push(...all.map((one) => one.target.className)))
                .observe(document.querySelector("main"), { subtree: true, childList: true });
            window.held.predict.model.set("stage", "kept");
            setTimeout(() => done(late), 50);
        })""")
        assert shown == [] and page.get_by_role("status").text_content() == "Your guess: 7."


def test_an_explorer_says_what_has_changed_once_and_nothing_at_first(web_browser):
    with explorer_page(web_browser, "optimizer_walk") as page:
        page.evaluate(LISTEN)
        page.wait_for_timeout(900)
        page.set_viewport_size({"width": 700, "height": 900})
        page.wait_for_timeout(900)
        assert page.evaluate("heard") == []
        page.get_by_label("steps", exact=True).press("ArrowRight")
        page.get_by_label("steps", exact=True).press("ArrowRight")
        page.wait_for_timeout(900)
        heard = page.evaluate("heard")
        assert len(heard) == 1 and "After 32 steps the walk is at" in heard[0]


def test_controls_and_pictures_are_named_once(web_browser):
    with explorer_page(web_browser, "optimizer_walk") as page:
        read = page.locator("main").aria_snapshot()
        title = "From above (lines of equal height; drag the start)"
        assert read.count(title) == 1 and f'group "{title}: walk"' in read, "what is drawn, and no more"
        page.get_by_label("beside it", exact=True).select_option("Adam")
        settle(page)
        assert f'group "{title}: walk, beside it"' in page.locator("main").aria_snapshot()
        assert "figure" not in read
        described = page.locator(".mlpx [title], .mlpx [aria-description]").evaluate_all(
            "all => all.map(e => [e.textContent.trim(), e.title || e.getAttribute('aria-description')])"
        )
        assert [text for text, about in described if text == about] == []
        noise = page.get_by_label("batch noise", exact=True)
        assert noise.get_attribute("aria-description") == "standard deviation of what a batch adds to the slope"


@pytest.mark.parametrize(("name", "label"), [("half_space", "example 9, class 1"), ("spline_builder", "knot 5")])
def test_what_a_click_adds_a_key_adds_and_takes_away_and_the_focus_stays(web_browser, name, label):
    with explorer_page(web_browser, name) as page:
        kind, before = label.split(" ")[0], page.locator(".handle").count()
        last = page.get_by_role("slider", name=label, exact=True)
        assert last.get_attribute("aria-keyshortcuts") == "Enter Delete"
        last.focus()
        page.keyboard.press("Enter")
        settle(page)
        assert page.locator(".handle").count() == before + 1
        for count in (before, before - 1):
            page.keyboard.press("Delete")
            settle(page)
            assert page.locator(".handle").count() == count
            assert page.evaluate(FOCUSED).startswith(f"slider, {kind} ")


def test_a_button_that_can_do_no_more_keeps_the_focus(web_browser):
    with explorer_page(web_browser, "half_space") as page:
        button = page.get_by_role("button", name="Double all three")
        button.focus()
        for _ in range(4):
            page.keyboard.press("Enter")
            settle(page)
        assert button.get_attribute("aria-disabled") == "true" and page.evaluate(FOCUSED) == "button, Double all three"
        before = page.evaluate("window.held.half_space.model.values.w1")
        page.keyboard.press("Enter")
        settle(page)
        assert page.evaluate("window.held.half_space.model.values.w1") == before
