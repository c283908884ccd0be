"""The pages of the site: what is on each, in which order, and what links between them become."""

import os
import posixpath
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
TITLE = "The multilayer perceptron"
MENU = [
    ("learn", "Learn"), ("explorers", "Explorers"), ("teach", "Teach"), ("change", "Change"), ("letters", "Letters"),
    ("coverage", "Coverage"), ("attacks", "Attacks"),
]  # fmt: skip
DOCUMENTS = {  # what has a page of its own
    "docs/coverage.md": "coverage", "docs/attacks.md": "attacks", "docs/architecture.md": "architecture",
    "CONTRIBUTING.md": "change", "CHANGELOG.md": "changes",
}  # fmt: skip
_GITHUB = re.compile(r"github\.com[/:]([\w.-]+/[\w.-]+?)(?:\.git)?/?$")


@dataclass
class Page:
    """One page.  contents: level, name and words of its headings."""

    name: str
    title: str
    html: str
    about: str = ""
    wide: bool = False
    has_contents: bool = False
    contents: list[tuple[int, str, str]] = field(default_factory=list)
    previous: "Page | None" = None
    next: "Page | None" = None


def repository() -> str:
    """``owner/name`` on GitHub, from the workflow that runs or the clone's origin; "" where there is none."""
    if named := os.environ.get("GITHUB_REPOSITORY"):
        return named
    asked = ["git", "-C", str(ROOT), "remote", "get-url", "origin"]
    origin = subprocess.run(asked, capture_output=True, text=True).stdout.strip()
    found = _GITHUB.search(origin)
    return found[1] if found else ""


@dataclass(frozen=True)
class Links:
    """Turns an address in a file of the repository into one on the site.  ``files``: what must lie beside the pages."""

    source: str
    files: set[str]

    def __call__(self, url: str) -> str:
        path, _, section = url.partition("#")
        if re.match(r"[a-z]+:", url) or not path or path.endswith(".html"):
            return url
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self.source), path))
        hash_ = f"#{section}" if section else ""
        if notebook := re.fullmatch(r"notebooks/(\w+)/\w+\.ipynb", target):
            return f"{notebook[1]}.html{hash_}"
        if target in DOCUMENTS:
            return f"{DOCUMENTS[target]}.html{hash_}"
        if not (ROOT / target).is_file():
            raise ValueError(f"{self.source} links to {url}, and there is no {target}: correct the link")
        self.files.add(target)
        return f"files/{quote(target)}{hash_}"


def chapter(file: str, title: str) -> str:
    """A chapter of a markdown file, with its heading."""
    text = (ROOT / file).read_text(encoding="utf-8")
    start = text.index(f"\n## {title}\n") + 1
    end = text.find("\n## ", start)
    return text[start:] if end < 0 else text[start:end]


def notebook_table() -> dict[str, str]:
    """What one can do after each notebook, by the notebook's name, as README says it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| \[[^]]*\]\(notebooks/(\w+)/[^)]*\) \| (.*) \|$", readme, re.MULTILINE))
