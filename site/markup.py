"""Markdown to HTML as JupyterLab shows it; formulas become marks, which one run of KaTeX turns into HTML at the end."""

import html
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

WEB = Path(__file__).resolve().parent.parent / "web"
_MARK = re.compile("\x02([ib])([0-9a-f]*)\x03")
_TAG = re.compile(r"<[^>]+>")
Link = Callable[[str], str]


class _Renderer(IPythonRenderer):
    """``link``: what an address of the source becomes on the site."""

    def __init__(self, link: Link) -> None:
        super().__init__(escape=False, anchor_link_text="#")
        self._link = link

    def inline_math(self, body: str) -> str:
        return _mark("i", body)

    def block_math(self, body: str) -> str:
        return _mark("b", body)

    def latex_environment(self, name: str, body: str) -> str:
        return _mark("b", f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, self._link(url), title)

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """JupyterLab's names of headings, and a link for the mouse: read aloud, it would say the heading once more."""
        plain = html.unescape(_TAG.sub("", words(text)))
        name = html.escape(plain.replace(" ", "-"))
        link = f'<a class="anchor" href="#{name}" aria-hidden="true" tabindex="-1">#</a>'
        return f'<h{level} id="{name}">{text} {link}</h{level}>\n'

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        """A head has words: an empty corner is none, and a formula alone is also written out for who can't see it."""
        if not head or not text.strip():
            return f"<td>{text}</td>\n"
        spoken = "" if _MARK.sub("", text).strip() else f'<span class="spoken">{words(text)}</span>'
        return f'<th scope="col">{text}{spoken}</th>\n'


def _mark(kind: str, tex: str) -> str:
    return f"\x02{kind}{tex.strip().encode().hex()}\x03"


def to_html(markdown: str, link: Link = str) -> str:
    """HTML of a text, its formulas still marks."""
    renderer = _Renderer(link)
    parser = MarkdownWithMath(renderer=renderer)
    renderer.register("table_cell", lambda _, text, **about: renderer.table_cell(text, **about))
    text = parser.render(markdown).replace("<pre>", '<pre tabindex="0">')  # wide ones are scrolled, by keys too
    return re.sub(r"(<table>.*?</table>)", r'<div class="table" tabindex="0">\1</div>', text, flags=re.DOTALL)


def words(text: str) -> str:
    """The text with formulas as they are written."""
    return _MARK.sub(lambda mark: html.escape(f"${bytes.fromhex(mark[2]).decode()}$"), text)


def with_formulas(pages: dict[str, str]) -> dict[str, str]:
    """The pages with every mark replaced by KaTeX's HTML.

    Raises: RuntimeError with the formula that KaTeX does not take.
    """
    marks = sorted({mark.groups() for text in pages.values() for mark in _MARK.finditer(text)})
    asked = [{"tex": bytes.fromhex(code).decode(), "display": kind == "b"} for kind, code in marks]
    done = subprocess.run(
        ["node", "src/site/formulas.js"], cwd=WEB, input=json.dumps(asked), capture_output=True, text=True, timeout=120
    )
    if done.returncode:
        raise RuntimeError(f"a formula could not be set: {done.stderr.strip()[-600:]}")
    ready = dict(zip(marks, json.loads(done.stdout), strict=True))
    return {name: _MARK.sub(lambda mark: ready[mark.groups()], text) for name, text in pages.items()}
