"""Explorers in the page: at every end of every control they draw and say what Python computes, for everybody."""

import json

import numpy as np
import pytest
import traitlets

from mlp_reference.viz import explorers
from tests.support.pages import explorer_page, settle
from tests.support.states import STATES

SCREEN = 900  # pixels wide
NOT_THE_SAME = set()  # explorers whose words come from long computations that a last digit changes

SET = """([name, values]) => {
    const { model } = window.held[name];
    for (const [trait, value] of Object.entries(values)) model.set(trait, value);
}"""
FAULTS = """() => {
    const faults = [];
    for (const svg of document.querySelectorAll('.mlpx .frame > svg')) {
        const box = svg.getBoundingClientRect(), title = svg.getAttribute('aria-label');
        if (!title) faults.push('a picture without a name');
        const boxes = [];
        for (const text of svg.querySelectorAll('text')) {
            const at = text.getBoundingClientRect();
            if (!at.width) continue;
            for (const [words, b] of boxes) {
                const [w, h] = [Math.min(at.right, b.right) - Math.max(at.left, b.left),
                    Math.min(at.bottom, b.bottom) - Math.max(at.top, b.top)];
                if (w > 2 && h > 5) faults.push(`${title}: "${text.textContent}" lies on "${words}"`);
            }
            boxes.push([text.textContent, at]);
            const over = Math.max(box.left - at.left, at.right - box.right, box.top - at.top, at.bottom - box.bottom);
            if (over > 2.5) faults.push(`${title}: "${text.textContent}" is cut by ${over.toFixed(1)} pixels`);
        }
        if (/NaN|undefined|Infinity/.test(svg.innerHTML)) faults.push(`${title}: not a number`);
        const window_ = svg.querySelector('clipPath rect').getBBox();
        const seen = [...svg.querySelectorAll('[data-key]')].some((drawn) => {
            const at = drawn.getBBox();
            return (at.width > 0 || at.height > 0) && at.x < window_.x + window_.width && at.x + at.width > window_.x
                && at.y < window_.y + window_.height && at.y + at.height > window_.y;
        });
        const image = svg.parentElement.querySelector('canvas');
        const painted = image && image.getContext('2d')
            .getImageData(0, 0, image.width, image.height).data.some((x) => x > 0);
        if (!seen && !painted) faults.push(`${title}: empty`);
    }
    return faults;
}"""
TOLD = "document.querySelector('[role=status]').textContent === document.querySelector('.says').textContent"
PAPER = "([paper, scheme]) => Object.assign(document.body.style, {background: paper, colorScheme: scheme})"
MADE_OF = """() => [...document.querySelectorAll('main *')].map((e) => [e.localName, e.id, e.getAttribute('role'),
    ...e.getAttributeNames().filter((name) => name.startsWith('aria-')).map((name) => e.getAttribute(name))].join())"""
# What a path shows, read from its pixels, in the units of the axes.
DRAWN = """([plot, key]) => {
    const { x, y, svg } = document.querySelector('.mlpx').explorer.plots[plot];
    const d = svg.querySelector(`[data-key="${key}"]`).getAttribute('d');
    return [...d.matchAll(/[ML](-?[\\d.]+),(-?[\\d.]+)/g)].map(([, a, b]) => [x.invert(+a), y.invert(+b)]);
}"""


def ends(spec):
    """Each control at each of its ends, or at each of its options."""
    for name, control in spec["controls"].items():
        for value in control.get("options") or [control["low"], control["high"]]:
            yield {name: value}


def spec_of(page, name):
    return json.loads(page.evaluate("async name => JSON.stringify((await import(`/${name}.js`)).default.spec)", name))


def go(page, name, values):
    page.evaluate(SET, [name, values])
    settle(page)
    return page.locator(".says").inner_text()


def drawn(page, plot, key):
    return np.array(page.evaluate(DRAWN, [plot, key]), dtype=float)


@pytest.fixture(scope="module", params=STATES)
def opened(web_browser, request):
    """An explorer's name and a page with it, which its tests share: to load it takes most of their time."""
    with explorer_page(web_browser, request.param, screen=SCREEN) as page:
        yield request.param, page


@pytest.fixture
def shown(opened):
    """The same, as it is at first."""
    name, page = opened
    page.set_viewport_size({"width": SCREEN, "height": 900})
    go(page, name, page.evaluate("name => window.held[name].model.get('_initial')", name))
    return name, page


def test_python_and_page_have_the_same_state(shown):
    name, page = shown
    explorer, spec = getattr(explorers, name)(), spec_of(page, name)
    assert page.locator("section").get_attribute("aria-label") == explorer.title
    assert {n: c["first"] for n, c in spec["controls"].items()} | spec.get("traits", {}) == explorer.initial
    for trait, control in spec["controls"].items():
        kind = explorer.traits()[trait]
        if control["kind"] == "choice":
            assert list(kind.values) == control["options"]
        elif "stops" in control:
            assert list(kind.values) == control["stops"]
        elif control["kind"] == "slider":
            assert (kind.min, kind.max) == (control["low"], control["high"])


def test_every_end_of_every_control_is_drawn_whole_and_said_as_python_says_it(shown):
    name, page = shown
    explorer = getattr(explorers, name)()
    for changes in [*ends(spec_of(page, name)), *STATES[name]]:
        state = explorer.initial | changes
        explorer.set(**state)
        words = go(page, name, explorer.values)
        assert page.evaluate(FAULTS) == [], changes
        if name not in NOT_THE_SAME:
            assert words == " ".join(explorer.words.split()), changes


def faults_for_axe(page, web, **options):
    if not page.evaluate("'axe' in window"):
        page.evaluate((web / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    rules = {rule: {"enabled": False} for rule in ("region", "landmark-one-main", "page-has-heading-one")}
    options = {"rules": {} if "runOnly" in options else rules, "resultTypes": ["violations"]} | options
    found = page.evaluate("options => axe.run(document.querySelector('main'), options)", options)
    return [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]]


def test_axe_finds_nothing_and_in_the_dark_all_can_be_read(shown, web):
    """What an explorer is made of is the same in both themes."""
    _, page = shown
    page.locator("[role=status][aria-live=polite]").wait_for(state="attached")  # its first words have been left unsaid
    assert faults_for_axe(page, web) == []
    made_of = page.evaluate(MADE_OF)
    page.evaluate(PAPER, ["#111", "dark"])
    page.locator(".mlpx[data-theme=dark]").wait_for()
    settle(page)
    assert page.evaluate(MADE_OF) == made_of
    assert faults_for_axe(page, web, runOnly=["color-contrast", "link-in-text-block"]) == []
    page.evaluate(PAPER, ["#fff", "light"])
    page.locator(".mlpx[data-theme=light]").wait_for()


def test_from_a_telephone_to_a_large_screen_nothing_sticks_out(shown):
    _, page = shown
    for width in (320, 600, 640, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for _ in range(20):  # what is drawn follows, on a busy machine later
            page.wait_for_timeout(80)
            if page.evaluate(FAULTS) == []:
                break
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        assert page.evaluate(FAULTS) == [], width


def test_controls_have_names_and_rounded_values_and_the_status_region_stays(shown):
    name, page = shown
    page.evaluate("window.region = document.querySelector('[role=status]')")
    sliders = page.get_by_role("slider")
    for i in range(sliders.count()):
        slider = sliders.nth(i)
        label = slider.get_attribute("aria-label") or slider.evaluate("e => e.labels[0].textContent")
        assert label.strip()
        if slider.is_enabled():
            slider.focus()
            page.keyboard.press("ArrowRight")
            settle(page)
            text = slider.get_attribute("aria-valuetext")
            assert text and len(text.split(".")[-1]) < 60 and "00000" not in text
    page.wait_for_function(TOLD, polling=50)
    assert page.evaluate("document.querySelector('[role=status]') === window.region")
    assert page.locator("[role=status]").text_content() == page.locator(".says").text_content() != ""
    page.get_by_role("button", name="Reset", exact=True).click()
    settle(page)
    first = page.evaluate("name => window.held[name].model.get('_initial')", name)
    now = page.evaluate("name => window.held[name].model.values", name)
    assert {key: now[key] for key in first} == first


def test_what_is_drawn_of_a_deep_network_is_what_python_computes(web_browser):
    explorer = explorers.init_variance()
    with explorer_page(web_browser, "init_variance") as page:
        for name, sigma2 in (("ReLU", 20.0), ("ReLU", 0.1), ("tanh", 1.0), ("GELU", 0.1), ("sigmoid", 20.0)):
            explorer.set(name=name, sigma2=sigma2, depth=60)
            go(page, "init_variance", explorer.values)
            found, theory = explorer._signals(), explorer.theory
            for key, expected, lifted in (("forward", found.forward, 0), ("forward theory", theory[0], 0),
                                          ("backward theory", theory[1], 0)):  # fmt: skip
                places = drawn(page, 1, key)
                np.testing.assert_allclose(places[:, 0], np.arange(1, 61) - lifted, atol=0.6)
                decades = np.log10(page.evaluate("document.querySelector('.mlpx').explorer.plots[1].spans.y"))
                off = np.abs(np.log10(places[:, 1]) - np.log10(expected)).max() / np.ptp(decades)
                assert off < 0.01, (name, sigma2, key)


def test_the_address_keeps_the_state(web_browser):
    with explorer_page(web_browser, "activations", hash="#activations?name=ReLU&variance=4") as page:
        assert "ReLU, input variance 4.0" in page.locator(".says").inner_text()
        page.get_by_label("activation", exact=True).select_option("tanh")
        page.wait_for_function("location.hash.includes('name=tanh')")
        assert "variance=4" in page.url


def test_two_at_once_and_a_redraw_at_another_density(web_browser):
    with explorer_page(web_browser, "activations", "init_variance") as page:
        for i, label in enumerate(("input variance", "variance σ²")):
            page.get_by_label(label, exact=True).focus()
            page.keyboard.press("End")
            settle(page)
            assert ("25.0", "20.0")[i] in page.locator(".says").nth(i).inner_text()
        assert "sigmoid" in page.locator(".says").first.inner_text()


@pytest.mark.parametrize("name", ["activations", "init_variance"])
def test_three_hundred_moves_leave_the_page_as_it_was(web_browser, name):
    """After the first way there and back all ticks and curves have been drawn: from then on nothing may be added."""
    with explorer_page(web_browser, name) as page:
        page.get_by_role("slider").first.focus()
        nodes = []
        for _ in range(10):
            for key in [*["ArrowRight"] * 15, *["ArrowLeft"] * 15]:
                page.keyboard.press(key)
            settle(page)
            nodes.append(page.evaluate("document.querySelectorAll('*').length"))
        assert nodes == nodes[:1] * 10


def test_traits_refuse_what_no_control_can_be():
    explorer = explorers.activations(variance=2.0)
    with pytest.raises(traitlets.TraitError, match=r"25\.0"):
        explorer.set(variance=26.0)
    with pytest.raises(TypeError, match="'speed'; it has name, slope, variance"):
        explorer.set(speed=1)
    explorer.set(variance=3.0)
    explorer.reset()
    assert explorer.values == {"name": "sigmoid", "variance": 2.0, "slope": 0.2}


def test_explorers_of_one_page_share_no_id(web_browser):
    """Each bundle is a module of its own; a clip that is found in another explorer cuts the picture."""
    with explorer_page(web_browser, "activations", "init_variance") as page:
        ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids)) > 4


ORDER = """(explorer) => [...explorer.querySelectorAll('.frame > svg')].map(
    svg => [...svg.querySelectorAll('[data-key]')].map(drawn => drawn.dataset.key).filter(key => key !== 'ghost'))"""
# A ghost is of the run before, which only the way there leaves.
# The same of another explorer, which is in a state from the start; it stands beside the first for a moment.
ORDER_AT_ONCE = f"""async ([name, values]) => {{
    const [{{ mount }}, module] = await Promise.all([import('/host.js'), import(`/${{name}}.js`)]);
    const el = document.querySelector('main').appendChild(document.createElement('div'));
    const {{ end }} = mount(el, module.default, {{ values }}), frame = () => new Promise(requestAnimationFrame);
    while (!el.querySelector('.mlpx').explorer.draws) await frame();
    await frame();
    await frame();
    const order = ({ORDER})(el);
    await end();
    el.remove();
    return order;
}}"""


def test_what_lies_on_top_does_not_depend_on_the_way_there(shown):
    """A half-plane that is drawn after the examples would hide them."""
    name, page = shown
    go(page, name, STATES[name][-1])
    moved = page.locator(".mlpx").evaluate(ORDER)
    assert moved == page.evaluate(ORDER_AT_ONCE, [name, STATES[name][-1]]) and any(moved)


def test_examples_lie_on_the_half_plane(web_browser):
    with explorer_page(web_browser, "perceptron_steps") as page:
        go(page, "perceptron_steps", {"step": 13})
        keys = page.locator(".mlpx").evaluate(ORDER)[0]
        assert keys.index("side") < min(keys.index("class0"), keys.index("class1"))
        epochs = page.locator(".figure", has_text="Mistakes per epoch").locator("svg text").all_text_contents()
        assert "1" in epochs and "1.0" not in epochs
