"""How much the page does when a control moves: what is new, at once, and no more."""

import pytest

from tests.support.pages import explorer_page, settle

# Moves a slider by a step as a pointer does. What was drawn and written until the event was over, and two frames later?
MOVE = """async (control) => {
    const stage = document.querySelector('.mlpx').explorer, input = document.getElementById(`${stage.id}-${control}`);
    const frame = () => new Promise(requestAnimationFrame), from = stage.draws, painted = window.painted ?? 0;
    const records = [], written = new MutationObserver((some) => records.push(...some));
    written.observe(stage.body, {subtree: true, attributes: true, childList: true, characterData: true});
    if (input.tagName === 'SELECT') input.selectedIndex = (input.selectedIndex + 1) % input.options.length;
    else input.stepUp();
    for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, {bubbles: true}));
    const atOnce = stage.draws - from;
    await frame();
    await frame();
    records.push(...written.takeRecords());
    return {
        atOnce, drawn: stage.draws - from, glides: stage.root.classList.contains('glide'),
        written: records.map((r) => `${r.type} ${r.attributeName ?? ''} of ${r.target.dataset?.key ?? r.target.nodeName}`),
        painted: (window.painted ?? 0) - painted,
    };
}"""
COUNT_PAINTINGS = """() => {
    const { prototype } = CanvasRenderingContext2D;
    for (const name of ['putImageData', 'clearRect']) {
        const before = prototype[name];
        prototype[name] = function (...what) { window.painted = (window.painted ?? 0) + 1; before.apply(this, what); };
    }
}"""


@pytest.mark.parametrize(("name", "control"), [("folding", "turn"), ("playground", "seed"), ("half_space", "w1")])
def test_what_a_slider_moves_is_drawn_at_once_and_does_not_glide_behind_it(web_browser, name, control):
    with explorer_page(web_browser, name) as page:
        page.wait_for_timeout(500)
        moved = page.evaluate(MOVE, control)
    assert (moved["atOnce"], moved["drawn"], moved["glides"]) == (1, 1, False)


def test_moves_before_the_next_frame_are_drawn_in_it(web_browser):
    with explorer_page(web_browser, "half_space") as page:
        draws = page.evaluate("""async () => {
            const stage = document.querySelector('.mlpx').explorer, from = stage.draws;
            await new Promise(requestAnimationFrame);
            for (let i = 1; i <= 5; i++) stage.move('w1', 0.1 * i);
            await new Promise(requestAnimationFrame);
            await new Promise(requestAnimationFrame);
            return stage.draws - from;
        }""")
        assert draws == 2
        assert page.locator("input[type=range]").first.input_value() == "0.5"


def test_what_is_the_same_is_not_written_again(web_browser):
    with explorer_page(web_browser, "half_space") as page:
        assert page.evaluate(MOVE, "brush")["written"] == []


@pytest.mark.parametrize(("name", "control"), [("edge_of_chaos", "cosine"), ("playground", "brush")])
def test_a_canvas_with_the_same_picture_is_left_alone(web_browser, name, control):
    with explorer_page(web_browser, name) as page:
        page.evaluate(COUNT_PAINTINGS)
        assert page.evaluate(MOVE, control)["painted"] == 0
        page.set_viewport_size({"width": 700, "height": 900})
        page.wait_for_timeout(300)
        settle(page)
        assert page.evaluate("""() => [...document.querySelectorAll('canvas')].every((canvas) => canvas.getContext('2d')
            .getImageData(0, 0, canvas.width, canvas.height).data.some((x) => x > 0))""")
