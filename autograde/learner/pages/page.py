"""A piece of HTML with a plain-text twin."""

import re
from html import escape

from autograde.judging.card import inline, printable

SHOWN = "border-left:4px solid #0069a8;padding:4px 12px;max-width:52rem;line-height:1.5"
CODE = "margin:2px 0 8px 0;padding:6px 8px;background:rgba(128,128,128,.12);overflow-x:auto;white-space:pre"


class Page:
    """What a call shows: rich in a notebook, plain text elsewhere."""

    def __init__(self, html: str, text: str) -> None:
        self._html, self._text = html, text

    def __repr__(self) -> str:
        return printable(self._text)

    def _repr_html_(self) -> str:
        return self._html


def sentence(text: str) -> Page:
    """One paragraph."""
    return Page(f"<div style='{SHOWN}'>{inline(text)}</div>", text.replace("`", ""))


def code(text: str) -> str:
    """A program as HTML."""
    return f"<pre style='{CODE}'>{escape(text)}</pre>"


def prose(markdown: str) -> str:
    """Paragraphs and lists of a markdown text as HTML; formulas stay as they are, for MathJax."""
    blocks = []
    for block in re.split(r"\n\s*\n", markdown.strip()):
        items = re.split(r"^(?:- |\d\. )", block, flags=re.MULTILINE)
        texts = [_with_formulas(" ".join(item.split())) for item in items if item.strip()]
        is_list = len(items) > 1
        blocks.append(f"<ul>{''.join(f'<li>{t}</li>' for t in texts)}</ul>" if is_list else f"<p>{' '.join(texts)}</p>")
    return "".join(blocks)


def _with_formulas(text: str) -> str:
    parts = re.split(r"(\$[^$]+\$)", text)
    return "".join(escape(part) if part.startswith("$") else inline(part.replace("**", "")) for part in parts)
