"""What stock nbgrader shows of a learner's markdown: the text, and nothing that runs, loads or covers the page."""

from html.parser import HTMLParser
from pathlib import Path

import bleach
import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.exporters import HTMLExporter
from traitlets.config.loader import PyFileConfigLoader

from autograde.gradebook.nbgrader_fixes import harmless_markdown

PARTS = [
    "<script>",
    "</script>",
    "alert(1)",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "[a](javascript:alert(1))",
    "<a href='java\nscript:alert(1)'>",
    '<a href="&#106;avascript:alert(1)">',
    "![x](http://evil.example/x.png)",
    "<style>",
    "<iframe srcdoc='<script>x</script>'>",
    "<form action=/x><button>",
    "<base href=//evil.example>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<p style='position:fixed'>",
    "```html",
    "```",
    "<input autofocus onfocus=alert(1)>",
    "<link rel=stylesheet href=//evil.example>",
    "<object data=x>",
    "$$",
    "`",
    "\n",
    "\n\n",
    "    ",
    "# ",
    "<details open ontoggle=alert(1)>",
    "&lt;script&gt;",
    "\x00",
    "<",
    ">",
    '"',
    "'",
    "<a href=data:text/html,x>x</a>",
]
KEPT = {
    *bleach.sanitizer.ALLOWED_TAGS,
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "pre", "del", "img", "sub", "sup"),
    *("details", "summary", "table", "thead", "tbody", "tr", "th", "td"),
}


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=5), max_size=12).map("".join))
def test_nothing_active_is_left(source: str) -> None:
    seen = _Seen()
    seen.feed(harmless_markdown({}, source))
    assert seen.tags <= KEPT
    assert seen.attributes <= {"href", "title", "src", "alt", "align"}
    assert all(a.startswith(("https://", "http://", "#", "data:image/")) for a in seen.addresses)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**bold** and `x < 1`", "<p><strong>bold</strong> and <code>x &lt; 1</code></p>"),
        ("$a < b$", "$a &lt; b$"),
        ("[text](https://example.org 'title')", '<a href="https://example.org" title="title">text</a>'),
        ("![plot](data:image/png;base64,AAAA)", '<img src="data:image/png;base64,AAAA" alt="plot">'),
        ("| a |\n|---|\n| 1 |", "<td>1</td>"),
        ("<details><summary>Help</summary>\n\ntext</details>", "<details><summary>Help</summary>"),
    ],
)
def test_what_people_write_stays(source: str, html: str) -> None:
    assert html in harmless_markdown({}, source)


PICTURE = {"image/png": "iVBORw0KGgo="}


@pytest.mark.parametrize("address", ["photo%201%20(a)%20%C3%BC.png", "photo%201%20%28a%29%20%C3%BC.png"])
def test_pasted_pictures_are_shown(address: str) -> None:
    context = {"cell": {"attachments": {"photo 1 (a) ü.png": PICTURE}}}
    html = harmless_markdown(context, f"before ![it](attachment:{address}) after")
    assert '<img src="data:image/png;base64,iVBORw0KGgo=" alt="it">' in html


@pytest.mark.parametrize("attachments", [{}, {"gone.png": {}}, {"other.png": PICTURE}])
def test_a_picture_that_is_not_there_leaves_its_text(attachments: dict[str, dict[str, str]]) -> None:
    for colon in (":", "&#58;"):
        html = harmless_markdown(
            {"cell": {"attachments": attachments}}, f"before ![it](attachment{colon}gone.png) after"
        )
        assert html == '<p>before <img src="data:image/png;base64," alt="it"> after</p>\n'


def test_nbgraders_pages_show_a_notebook_with_pictures_there_and_missing(root: Path) -> None:
    """As Formgrader and generate_feedback convert it, with the settings of this course."""
    source = "![here](attachment:a%20b.png) ![gone](attachment:gone.png)"
    cell = nbformat.v4.new_markdown_cell(source, attachments={"a b.png": PICTURE})
    config = PyFileConfigLoader("nbgrader_config.py", str(root)).load_config()
    html, _ = HTMLExporter(config=config).from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in html
