"""The site as its readers have it: every page walked through in a browser without a network."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from tests.site.visits import REPOSITORY, Open, until
from tests.support.paths import ROOT

pytestmark = pytest.mark.timeout(1800)  # of the first test, which may have to execute the notebooks
NOTEBOOKS = sorted(path.parent.name for path in (ROOT / "notebooks").glob("*/*.ipynb"))
TEXTS = ["index", "learn", "teach", "change", "letters", "coverage", "attacks", "architecture", "changes", "search"]
PAGES = [*TEXTS, "explorers", *NOTEBOOKS]
WHITE = "rgb(255, 255, 255)"
# Where the links of a page lead, by its text: that they can be clicked needs no proof for each.
LINKS = """(text) => {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const at = (selector) => [...page.querySelectorAll(selector)].map((link) => link.getAttribute('href'));
    return { prev: at('a[rel=prev]'), next: at('a[rel=next]'), open: at('.open a') };
}"""
READY = "() => document.querySelectorAll('[data-widget]:not([data-widget=live])').length === 0"
MOVED = "([section, before]) => section.querySelector('.says').textContent !== before"
SAYS = "section => section.querySelector('.says')?.textContent"
# What is nearer than 900 pixels comes alive; what grows may push others away.
WALK = """async () => {
    const drawn = () => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
    for (let y = 0; y < document.documentElement.scrollHeight; y += 2400) {
        scrollTo(0, y);
        await drawn();
    }
    for (const widget of document.querySelectorAll('[data-widget]')) {
        for (let i = 0; i < 30 && widget.dataset.widget !== 'live'; i++) await drawn();
        if (widget.dataset.widget === 'live') continue;
        widget.scrollIntoView({ block: 'center' });
        await drawn();
    }
}"""
FRAMES = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
# A formula is hundreds of elements, which axe would visit one by one, and so is a piece of code.  One sign is enough where
# all have one colour, and one word of each kind in a piece of code; what screen readers read is left whole in one formula.
SHORTEN = """() => {
    const colour = (element) => getComputedStyle(element).color;
    for (const formula of document.querySelectorAll('.katex-html')) {
        const paper = colour(formula.closest('.katex').parentElement);
        if ([...formula.querySelectorAll('*')].every((sign) => colour(sign) === paper)) formula.textContent = 'x';
    }
    for (const formula of [...document.querySelectorAll('.katex-mathml')].slice(1)) formula.textContent = 'x';
    for (const code of document.querySelectorAll('pre')) {
        const kinds = new Set();
        for (const word of code.querySelectorAll('span[class]:not(:has(*))')) {
            const kind = [word.className, colour(word), getComputedStyle(word).backgroundColor].join();
            if (kinds.has(kind)) word.replaceWith(word.textContent);
            kinds.add(kind);
        }
    }
}"""
# What is left to be seen in the dark, where a page is made of the same.
OF_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
IN_THE_DARK = ("index", "explorers", "01_perceptron")


def show_all(page: Page) -> None:
    """Scrolls to every widget, and waits until each has come alive."""
    page.evaluate(WALK)
    until(page, READY)


def test_every_page_is_there(site: Path) -> None:
    assert sorted(path.stem for path in site.glob("*.html")) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_fits_any_width_and_moves_for_everybody(name: str, visit: Open, web: Path) -> None:
    page = visit(width=1440).go(f"{name}.html")
    show_all(page)
    page.mouse.wheel(0, 100_000)
    page.wait_for_load_state("networkidle")
    for width in (1440, 320, 1024):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(FRAMES)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
    sections = page.locator("section.live")
    assert sections.count() >= (15 if name == "explorers" else name in ("index", *NOTEBOOKS))
    for section in sections.all():
        move(page, section)
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    page.evaluate(SHORTEN)
    page.evaluate((web / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    assert faults_for_axe(page) == []
    if name in IN_THE_DARK:
        page.emulate_media(color_scheme="dark")
        until(page, "[...document.querySelectorAll('.mlpx')].every((explorer) => explorer.dataset.theme === 'dark')")
        page.evaluate(FRAMES)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != WHITE
        assert faults_for_axe(page, OF_COLOURS) == []


def move(page: Page, section: Locator) -> None:
    """Moves an explorer by its sliders and by a setting that it offers; fails where it does not follow."""
    before = section.evaluate(SAYS)
    for slider in section.locator("input[type=range]:enabled").all()[:3]:
        slider.press("End")
    until(page, MOVED, [section.element_handle(), before])
    if section.locator(".tries a").count():
        section.locator(".tries a").last.click()
        until(page, "key => location.hash.startsWith(`#${key}?`)", section.get_attribute("id"))


def faults_for_axe(page: Page, options: dict[str, list[str]] | None = None) -> list[tuple[str, list[str]]]:
    """What axe-core finds: a rule, and the elements that break it."""
    found = page.evaluate("options => axe.run(document, options)", {"resultTypes": ["violations"], **(options or {})})
    return [(v["id"], [n["html"][:150] for n in v["nodes"]][:4]) for v in found["violations"]]


def test_a_setting_is_shared_by_its_address(visit: Open) -> None:
    def open_at(address: str) -> Locator:
        section = visit().go(f"01_perceptron.html{address}").locator("#half_space")
        section.locator(".says").wait_for()
        return section

    first = open_at("#half_space?w1=2&w2=99&b=-1")
    values = [first.get_by_label(name, exact=True).input_value() for name in ("w₁", "w₂", "bias b")]
    assert values == ["2", "0.5", "-1"], "no control can be at 99"
    first.get_by_label("w₁", exact=True).press("End")
    until(first.page, "location.hash.includes('w1=3')")
    second = open_at("#" + first.page.url.partition("#")[2])
    assert second.locator(".says").inner_text() == first.locator(".says").inner_text()


def test_the_first_page_is_light_and_moves_at_once(visit: Open) -> None:
    one = visit()
    page = one.go("index.html")
    until(page, READY)
    ready = page.evaluate("performance.now() - performance.timing.loadEventEnd + performance.timeOrigin")
    assert ready < 3000, "a second where nothing else is running"
    page.mouse.wheel(0, 100_000)
    page.wait_for_load_state("networkidle")
    assert sum(one.sent.values()) < 1_000_000
    assert page.locator("section.live").count() == 3


def test_search_finds_a_section(visit: Open) -> None:
    page = visit().go("index.html")
    page.get_by_role("searchbox").fill("perceptron convergence certificate")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.get_by_label("Words of a section").fill("certificate of impossibility")
    first = page.locator("#found a").first
    first.wait_for()
    until(page, "document.querySelector('#count').textContent.includes('found')")
    first.click()
    page.wait_for_url("**/01_perceptron.html#*")
    assert page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))).tagName") in ("H2", "H3")


def test_the_theme_is_chosen_and_kept(visit: Open) -> None:
    page = visit().go("01_perceptron.html")
    theme = page.get_by_role("button", name="Theme")
    for expected in ("light", "dark"):
        theme.click()
        assert page.evaluate("document.documentElement.dataset.theme") == expected
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    show_all(page)
    until(page, "document.querySelector('.mlpx')?.dataset.theme === 'dark'")


def test_a_prediction_is_made_and_found_after_a_reload(visit: Open) -> None:
    sources = {
        name: next((ROOT / "notebooks" / name).glob("*.ipynb")).read_text(encoding="utf-8") for name in NOTEBOOKS
    }
    asking = [name for name, text in sources.items() if re.search(r"[^_]predict\(", text)]
    if not asking:
        pytest.skip("no notebook asks for a prediction with predict()")
    page = visit().go(f"{asking[0]}.html")
    show_all(page)
    sheet = page.locator(".mlpa").first
    field = sheet.locator("input[type=text], input[type=radio], select").first
    field.check() if field.get_attribute("type") == "radio" else field.fill("3")
    sheet.get_by_role("button", name="Keep my guess").click()
    kept = sheet.get_by_text("Your guess:").inner_text()
    page.reload()
    show_all(page)
    assert page.locator(".mlpa").first.get_by_text("Your guess:").inner_text() == kept


def test_pages_print_with_all_folds_open(visit: Open) -> None:
    page = visit().go("01_perceptron.html")
    page.emulate_media(media="print")
    assert not page.locator("header.site").is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details[open]").count() == 0


def test_pages_lead_on_and_back_and_open_the_notebook(visit: Open, site: Path) -> None:
    page = visit().go(f"{NOTEBOOKS[-2]}.html")
    page.locator("a[rel=next]").click()
    page.wait_for_url(f"**/{NOTEBOOKS[-1]}.html")
    page.locator("a[rel=prev]").click()
    page.wait_for_url(f"**/{NOTEBOOKS[-2]}.html")
    for place, name in enumerate(NOTEBOOKS):
        links = page.evaluate(LINKS, (site / f"{name}.html").read_text(encoding="utf-8"))
        assert links["prev"] == [f"{before}.html" for before in NOTEBOOKS[:place][-1:]]
        assert links["next"] == [f"{after}.html" for after in NOTEBOOKS[place + 1 :][:1]]
        assert [REPOSITORY in link for link in links["open"]] == [False, True, True]
        assert re.search(rf"files/notebooks/{name}/.*\.ipynb$", links["open"][0])
