"""What is published: every link leads somewhere, every figure is there, and no answer is."""

import html
import json
import re
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest

from tests.support.paths import ROOT

pytestmark = pytest.mark.timeout(700)  # less than its neighbour, which then has executed the notebooks already
SOURCES = sorted((ROOT / "solutions").glob("*/*.py"))
_HIDDEN = re.compile(
    r"^# === BEGIN (.+?) ===$.*?^# === END \1 ===$|^ *### BEGIN (.+?)$.*?^ *### END \2$", re.MULTILINE | re.DOTALL
)
SHORTEST = 28  # characters of a line that nobody writes by chance


class Document(HTMLParser):
    """Names and addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.names.append(value)
            if name in ("href", "src") and value is not None:
                self.addresses.append(value)


def broken(page: str, address: str, documents: dict[str, Document], site: Path) -> bool:
    """Whether an address of a page leads nowhere; of those elsewhere only the form can be known here."""
    parts = urlsplit(address)
    if parts.scheme:
        return parts.scheme != "https" or not parts.netloc or bool(re.search(r"\s", address))
    path = unquote(parts.path) or page
    if not (site / path).is_file():
        return True
    name = unquote(parts.fragment)
    known = documents[path].names if path in documents else [name]
    return bool(name) and not {name, name.split("?")[0]} & set(known)


def test_every_link_leads_somewhere_and_names_are_unique(site: Path) -> None:
    documents = {file.name: Document(file.read_text(encoding="utf-8")) for file in site.glob("*.html")}
    found = defaultdict(list)
    for page, document in documents.items():
        found[page] += [address for address in document.addresses if broken(page, address, documents, site)]
        found[page] += [f"#{name} twice" for name in set(document.names) if document.names.count(name) > 1]
    assert {page: links for page, links in found.items() if links} == {}
    for section in json.loads((site / "assets/search.json").read_text(encoding="utf-8")):
        assert not broken("", section["address"], documents, site), section["address"]


def secrets(source: Path) -> set[str]:
    """Lines that only the instructor has: in answers, hidden tests, rubrics and whatever else is fenced off."""
    texts = [file.read_text(encoding="utf-8") for file in SOURCES]
    public = {squeezed(line) for text in texts for line in _HIDDEN.sub("", text).splitlines()}
    regions = _HIDDEN.finditer(source.read_text(encoding="utf-8"))
    fenced = [line for region in regions for line in region[0].splitlines()[1:-1]]
    lines = {squeezed(line) for line in fenced if not re.match(r"\s*(from|import) ", line)}
    return {line for line in lines if len(line) >= SHORTEST} - public


def squeezed(text: str) -> str:
    """A text without what a renderer may change: markup, spaces, quotes."""
    return re.sub(r"[\s\"'`*$\\#]|&\w+;", "", text)


def published(site: Path) -> dict[str, str]:
    """The words of everything on the site that is text."""
    kinds = (".html", ".json", ".ipynb", ".md", ".js", ".txt")
    files = [file for file in site.rglob("*") if file.suffix in kinds]
    texts = {}
    for file in files:
        text = file.read_text(encoding="utf-8")
        formulas = re.sub(r'<span class="katex-html".*?(?=<annotation|$)', "", text) if file.suffix == ".html" else text
        texts[str(file.relative_to(site))] = squeezed(html.unescape(re.sub(r"<[^>]+>", "", formulas)))
    return texts


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.parent.name)
def test_no_answer_test_or_rubric_is_published(source: Path, site: Path) -> None:
    lines = secrets(source)
    assert len(lines) > 20, "the fences of this source were not found"
    texts = published(site)
    assert {line: name for line in lines for name, text in texts.items() if line in text} == {}


def test_every_figure_and_explorer_of_the_notebooks_is_on_its_page(site: Path) -> None:
    """An explorer that is missing would be a picture without anybody noticing."""
    for path in sorted((ROOT / "notebooks").glob("*/*.ipynb")):
        cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        page = (site / f"{path.parent.name}.html").read_text(encoding="utf-8")
        for source in cells:
            for name in re.findall(r"^explorers\.(\w+)\(", source, re.MULTILINE):
                assert f'<section class="live" id="{name}"' in page, name
        drawn = sum(bool(re.search(r"^(figures\.\w+\.|style\.describe\()", source, re.MULTILINE)) for source in cells)
        pictures = re.findall(r'<img [^>]*alt="([^"]*)"[^>]*src="figures/', page)
        needing = page.count('class="needs"')
        assert drawn - needing <= len(pictures) and all(pictures), path.parent.name
