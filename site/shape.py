"""What is done to the HTML of a page once it is whole: names of headings, pictures as files, contents, words to search."""

import base64
import hashlib
import html
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from markup import words
from PIL import Image

_HEADING = re.compile(r'<(h[1-4]) id="([^"]*)"')
_PICTURE = re.compile(r'<img ([^>]*?)src="data:image/png;base64,([^"]+)"([^>]*)>')
_WIDTH = re.compile(r'width="(\d+)"')
_UNSEEN = ["script", "style", "noscript"]
_DENSITY = 1.5  # pixels of a picture for one of the page, where it does not say how wide it is


def with_unique_names(text: str) -> str:
    """Headings that have the same words get different names."""
    seen: Counter[str] = Counter()

    def named(found: re.Match[str]) -> str:
        seen[found[2]] += 1
        number = f"-{seen[found[2]]}" if seen[found[2]] > 1 else ""
        return f'<{found[1]} id="{found[2]}{number}"'

    return _HEADING.sub(named, text)


def with_picture_files(text: str, folder: Path) -> str:
    """Pictures become files of their own, in a smaller format, loaded when they are scrolled to."""
    folder.mkdir(parents=True, exist_ok=True)

    def moved(found: re.Match[str]) -> str:
        png = base64.b64decode(found[2])
        file = folder / f"{hashlib.sha256(png).hexdigest()[:16]}.webp"
        picture = Image.open(io.BytesIO(png))
        if not file.exists():
            picture.save(file, lossless=True, method=3)
        rest = f"{found[1]}{found[3]}"
        told = _WIDTH.search(rest)
        width = int(told[1]) if told else round(picture.width / _DENSITY)
        size = f'width="{width}" height="{round(width * picture.height / picture.width)}"'
        return f'<img {_WIDTH.sub("", rest).strip()} src="figures/{file.name}" {size} loading="lazy" decoding="async">'

    return _PICTURE.sub(moved, text)


def contents(text: str) -> list[tuple[int, str, str]]:
    """Level, name and words of the headings below the title."""
    headings = BeautifulSoup(text, "html.parser").find_all(["h2", "h3"])
    return [(int(h.name[1]), str(h["id"]), html.escape(_plain(h))) for h in headings if h.get("id")]


def sections(text: str) -> Iterator[tuple[str, str, str]]:
    """Heading, its name, and the words below it, for each piece of a page."""
    soup = BeautifulSoup(text, "html.parser")
    for unseen in soup.find_all([*_UNSEEN, "a"]):
        if unseen.name != "a" or "anchor" in (unseen.get("class") or []):
            unseen.decompose()
    heading, name, parts = "", "", list[str]()
    for piece in soup.find_all(["h1", "h2", "h3", "p", "li", "td", "th", "pre", "summary"]):
        if piece.name in ("h1", "h2", "h3"):
            yield heading, name, " ".join(parts)
            heading, name, parts = _plain(piece), str(piece.get("id") or ""), []
        elif not piece.find_parent(["p", "li", "td"]):
            parts.append(_plain(piece))
    yield heading, name, " ".join(parts)


def _plain(piece: Tag) -> str:
    strings = [s for s in piece.strings if "anchor" not in ((s.parent and s.parent.get("class")) or [])]
    return " ".join(html.unescape(words("".join(strings))).split())
