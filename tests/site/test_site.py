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
READY = "() => document.querySelectorAll('[data-widget]:not([data-widget=live])').length === 0"
MOVED = "([section, before]) => section.querySelector('.says').textContent !== before"
SAYS = "section => section.querySelector('.says')?.textContent"
WALK = """async () => {
    for (const widget of document.querySelectorAll('[data-widget]')) {
        widget.scrollIntoView({ block: 'center' });
        await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
    }
}"""
# A formula is hundreds of elements, which axe would visit one by one; one sign is enough where all have one colour.
SHORTEN = """() => {
    const colour = (element) => getComputedStyle(element).color;
    for (const formula of document.querySelectorAll('.katex-html')) {
        const paper = colour(formula.closest('.katex').parentElement);
        if ([...formula.querySelectorAll('*')].every((sign) => colour(sign) === paper)) formula.textContent = 'x';
    }
}"""


def show_all(page: Page) -> None:
    """Scrolls to every widget, and waits until each has come alive."""
    page.evaluate(WALK)
    until(page, READY)


def test_every_page_is_there(site: Path) -> None:
    assert sorted(path.stem for path in site.glob("*.html")) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_fits_any_width_and_moves_for_everybody(name: str, visit: Open, web: Path) -> None:
    page = visit().go(f"{name}.html")
    show_all(page)
    page.mouse.wheel(0, 100_000)
    page.wait_for_load_state("networkidle")
    for width in (320, 1440, 1024):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
    sections = page.locator("section.live")
    assert sections.count() >= (15 if name == "explorers" else name in ("index", *NOTEBOOKS))
    for section in sections.all():
        move(page, section)
    assert faults_for_axe(page, web) == []


def move(page: Page, section: Locator) -> None:
    """Moves an explorer by its sliders and by a setting that it offers; fails where it does not follow."""
    before = section.evaluate(SAYS)
    for slider in section.locator("input[type=range]:enabled").all()[:3]:
        slider.press("End")
    until(page, MOVED, [section.element_handle(), before])
    if section.locator(".tries a").count():
        section.locator(".tries a").last.click()
        until(page, "key => location.hash.startsWith(`#${key}?`)", section.get_attribute("id"))


def faults_for_axe(page: Page, web: Path) -> list[tuple[str, list[str]]]:
    """What axe-core finds with every fold open: a rule, and the elements that break it."""
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    page.evaluate(SHORTEN)
    page.evaluate((web / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
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


@pytest.mark.parametrize("name", ["index", "explorers", "01_perceptron"])
def test_axe_finds_nothing_in_the_dark(name: str, visit: Open, web: Path) -> None:
    page = visit(dark=True).go(f"{name}.html")
    show_all(page)
    assert faults_for_axe(page, web) == []


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


def test_pages_lead_on_and_back_and_open_the_notebook(visit: Open) -> None:
    page = visit().go(f"{NOTEBOOKS[0]}.html")
    for name in NOTEBOOKS[1:]:
        page.locator("a[rel=next]").click()
        page.wait_for_url(f"**/{name}.html")
    page.locator("a[rel=prev]").click()
    page.wait_for_url(f"**/{NOTEBOOKS[-2]}.html")
    links = page.locator(".open a").evaluate_all("links => links.map(link => link.href)")
    assert [REPOSITORY in link for link in links] == [False, True, True]
    assert re.search(r"files/notebooks/.*\.ipynb$", links[0])
