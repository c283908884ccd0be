"""The site as a whole: all pages, in their order, and the files beside them."""

import json
import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import cells
import executed
import markup
import shape
from jinja2 import Environment, FileSystemLoader
from pages import DOCUMENTS, MENU, ROOT, TITLE, Links, Page, chapter, notebook_table
from widgets import Widgets

from autograde.exercises import ASSIGNMENTS
from autograde.learner.letters import letters
from mlp_reference.viz import explorers
from mlp_reference.viz.explorers.page_module import STATIC

HERE = Path(__file__).resolve().parent
_WORDS = {6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}  # numbers of notebooks, as a text says them


@dataclass
class Site:
    """What all pages share.  files: of the repository, to lie beside them.  modules: of widgets that are no explorers."""

    target: Path
    cache: Path
    repository: str
    files: set[str] = field(default_factory=set)
    modules: dict[str, str] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    title: str = TITLE
    menu: list[tuple[str, str]] = field(default_factory=lambda: MENU)

    def __post_init__(self) -> None:
        self.templates = Environment(loader=FileSystemLoader(HERE / "templates"), keep_trailing_newline=True)

    def build(self) -> None:
        """Write everything."""
        lessons = self._lessons()
        self.pages = [self._front(lessons), *lessons, self._gallery(lessons), *self._texts(), *self._documents()]
        base, ready = self.templates.get_template("base.html.jinja"), {}
        for page in self.pages:
            page.html = shape.with_unique_names(shape.with_picture_files(page.html, self.target / "figures"))
            page.contents = shape.contents(page.html) if page.has_contents else []
            ready[page.name] = base.render(page=page, site=self, content=page.html)
        for name, text in markup.with_formulas(ready).items():
            (self.target / f"{name}.html").write_text(text, encoding="utf-8")
        self._write_assets()
        self._write_search()

    def _lessons(self) -> list[Page]:
        """The notebooks, each with links to the one before and after."""
        paths = [path for name in ASSIGNMENTS for path in (ROOT / "notebooks" / name).glob("*.ipynb")]
        lessons = []
        for path, notebook in zip(paths, executed.executed(paths, self.cache), strict=True):
            source = str(path.relative_to(ROOT))
            content = cells.content(notebook, Widgets(self.modules), Links(source, self.files))
            opens = self._render("open.html.jinja", source=source, repository=self.repository)
            self.files.add(source)
            first, title = re.search(r"^# (.+)$", notebook.cells[0].source, re.MULTILINE), path.parent.name
            title = first[1] if first else title
            html = content.replace("</h1>", f"</h1>{opens}", 1)
            lessons.append(Page(path.parent.name, title, html, notebook_table()[path.parent.name], has_contents=True))
        for before, after in pairwise(lessons):
            before.next, after.previous = after, before
        return lessons

    def _front(self, lessons: list[Page]) -> Page:
        count = _WORDS.get(len(lessons), str(len(lessons)))
        html = self._render("index.html.jinja", notebooks=lessons, count=count, widgets=Widgets(self.modules))
        return Page("index", TITLE, html, "A notebook course whose exercises are verified", wide=True)

    def _gallery(self, lessons: list[Page]) -> Page:
        used: defaultdict[str, list[Page]] = defaultdict(list)
        for page in lessons:
            for name in re.findall(r'<section class="live" id="([a-z_]+)"', page.html):
                used[name].append(page)
        names = sorted(explorers.__all__, key=lambda name: [page.name for page in used[name]] or ["~"])
        html = self._render("explorers.html.jinja", names=names, used=used, widgets=Widgets(self.modules))
        return Page("explorers", "All explorers", html, "Every explorer of the course, alive", wide=True)

    def _texts(self) -> list[Page]:
        """Pages for each kind of reader, the letters, and the search."""
        found = [self._text(name, title) for name, title in MENU if name in ("learn", "teach", "change")]
        table = f"# Letters\n\nThe same letter means the same in a notebook.\n\n{letters()._repr_markdown_()}"
        found.append(Page("letters", "Letters", markup.to_html(table), "What each letter stands for, with its shape"))
        return [*found, Page("search", "Search", self._render("search.html.jinja"), "Find a section by its words")]

    def _text(self, name: str, title: str) -> Page:
        """A page for one kind of reader, with chapters of README in it."""
        table = [
            {"name": n, "number": n[:2], "title": n[3:].replace("_", " "), "can": can}
            for n, can in notebook_table().items()
        ]
        text = self.templates.from_string((HERE / "pages" / f"{name}.md").read_text(encoding="utf-8")).render(
            readme=lambda heading: chapter("README.md", heading),
            file=lambda path: (ROOT / path).read_text(encoding="utf-8"),
            address=f"https://github.com/{self.repository}.git" if self.repository else "URL",
            elsewhere=self._render("elsewhere.md.jinja", repository=self.repository),
            notebooks=table,
            count=_WORDS.get(len(table), str(len(table))),
        )
        return Page(name, title, markup.to_html(text, Links("README.md", self.files)), has_contents=True)

    def _documents(self) -> list[Page]:
        found = []
        for file, name in DOCUMENTS.items():
            if name == "change":
                continue
            text = (ROOT / file).read_text(encoding="utf-8")
            title = text.partition("\n")[0].lstrip("# ")
            found.append(Page(name, title, markup.to_html(text, Links(file, self.files)), has_contents=True))
        return found

    def _render(self, template: str, **about: object) -> str:
        return self.templates.get_template(template).render(**about)

    def _write_assets(self) -> None:
        """The explorers, what pages load besides, and files that pages link to."""
        assets = self.target / "assets"
        subprocess.run(["node", "site.js", str(assets)], cwd=markup.WEB, check=True)
        shutil.copytree(STATIC, assets / "explorers")
        shutil.copyfile(HERE / "templates/icon.svg", assets / "icon.svg")
        (assets / "modules").mkdir()
        for name, code in self.modules.items():
            (assets / "modules" / name).write_text(code, encoding="utf-8")
        for file in self.files:
            (self.target / "files" / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / file, self.target / "files" / file)

    def _write_search(self) -> None:
        found: list[dict[str, str | int]] = []
        for page in self.pages:
            for heading, name, text in shape.sections(page.html):
                if text or heading:
                    address = f"{page.name}.html" + (f"#{name}" if name else "")
                    plain = re.sub(r"[$\\]", "", text)  # one searches for the names of letters, not for commands
                    section = {"page": page.title, "heading": heading or page.title, "address": address, "text": plain}
                    found.append({"id": len(found)} | section)
        (self.target / "assets/search.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
