"""The cards of ``check`` in a real browser: a region with a heading, to be read in any theme."""

import pytest

from autograde.judging.card import as_html
from autograde.judging.report import Failure, Report

FAILED = Failure(
    "value", "two", diagnosis="`db` is *not* summed", call="f(x)", got="[1. 2.]", expected="[3. 4.]", slip="s"
)
CASES = {"one": "passed", "two": "failed", "three": "not run", "four": "partly", "five": "not counted"}
REPORTS = [
    Report("affine", dict.fromkeys(CASES, "passed"), 1.0, None),
    Report("affine", CASES, 0.5, FAILED),
    Report("affine", CASES, 0.0, FAILED),
    *(Report("affine", CASES, 0.0, Failure(kind, "two", advice="Look")) for kind in ("stub", "exception", "timeout")),
]
# Paper, ink and what JupyterLab calls its colours; without it a theme is only paper and ink.
THEMES = {
    "light": ("#fff", "#1f1f1f", {}),
    "dark": ("#111", "#ececec", {}),
    "JupyterLab light": ("#fff", "rgba(0,0,0,.87)", {"success": "#388e3c", "warn": "#f57c00", "error": "#d32f2f"}),
    "JupyterLab dark": ("#111", "#fff", {"success": "#4caf50", "warn": "#ff9800", "error": "#f44336"}),
}


# The smallest contrast of what is written on the paper, from painted pixels.
CONTRASTS = """(paper) => {
    const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const light = (...colours) => {
        for (const colour of colours) { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); }
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((x) => x / 255)
            .map((x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const inks = [...document.querySelectorAll('[role=region] *')].map((e) => getComputedStyle(e).color);
    const ratios = [...new Set(inks)].map((ink) => light(paper, ink) / light(paper));
    return Math.min(...ratios.map((ratio) => Math.max(ratio, 1 / ratio)));
}"""


@pytest.fixture(scope="module")
def card_page(web_browser, web):
    page = web_browser.new_page()
    page.set_content(f"<html lang='en'><title>Cards</title><main>{''.join(map(as_html, REPORTS))}</main></html>")
    page.evaluate((web / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    yield page
    page.close()


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_any_theme(card_page, theme):
    paper, ink, colours = THEMES[theme]
    names = "".join(f"--jp-{name}-color1:{colour};" for name, colour in colours.items())
    card_page.evaluate("style => document.body.setAttribute('style', style)", f"background:{paper};color:{ink};{names}")
    options = {"rules": {rule: {"enabled": False} for rule in ("landmark-unique", "page-has-heading-one")}}
    found = card_page.evaluate("options => axe.run(document.querySelector('main'), options)", options)
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []
    assert card_page.evaluate(CONTRASTS, paper) >= 4.5  # single signs, of which axe isn't sure, too


def test_each_card_is_a_region_with_a_heading(card_page):
    regions = card_page.get_by_role("region")
    assert regions.count() == len(REPORTS)
    assert regions.nth(1).get_attribute("aria-label") == "affine: Partly right"
    heading = regions.nth(1).get_by_role("heading")
    assert heading.inner_text() == "affine · Partly right · 1 of 5"
    assert regions.nth(1).get_by_role("img", name="passed").count() == 1
