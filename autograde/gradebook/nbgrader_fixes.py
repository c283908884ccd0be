"""What stock nbgrader needs to handle what learners hand in; ``nbgrader_config.py`` puts it in its place."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import bleach
from jinja2 import pass_context
from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

_STRUCTURE = {"p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "div", "details", "summary", "pre", "span", "del"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
_TAGS = bleach.sanitizer.ALLOWED_TAGS | _STRUCTURE | _TABLES | {"sub", "sup", "img"}
_IN_ADDRESSES = "()!*',;/?:@&=+$#"  # what JupyterLab leaves as it is
_STARTS = {"href": ("https://", "http://", "#"), "src": ("data:image/",)}  # what an address may begin with


class DropEmptyMetadata(NbGraderPreprocessor):
    """Remove what nbgrader leaves of a duplicated cell's role.

    A split cell stands in a submission twice. ``DeduplicateIds`` empties the metadata of the first half, and
    ``OverwriteCells`` with ``add_missing_cells`` (nbgrader 0.9.6) then stumbles over a cell without a grade_id.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        if "nbgrader" in cell.metadata and "grade_id" not in cell.metadata.nbgrader:
            del cell.metadata["nbgrader"]
        return cell, resources


@pass_context
def harmless_markdown(context: Mapping[str, Any], source: str) -> str:
    """A markdown cell as HTML in which nothing runs, loads or covers the page: a learner may have written it.

    nbgrader (0.9.6) shows it on its own pages, Formgrader's above all, with the rights of the person who grades.
    context: of the template; its cell has the pictures that the text refers to.
    """
    renderer = IPythonRenderer(escape=False, attachments=_Pictures(context.get("cell", {}).get("attachments", {})))
    html = MarkdownWithMath(renderer=renderer).render(source)
    return bleach.clean(html, tags=_TAGS, attributes=_is_kept, protocols={"http", "https", "data"})


class _Pictures(dict[str, Any]):
    """The attachments of a cell by all spellings of their names; one that is not there is an empty picture."""

    def __init__(self, attachments: Mapping[str, Any]) -> None:
        bundles = {name: bundle for name, bundle in attachments.items() if bundle and isinstance(bundle, Mapping)}
        for safe in ("/", _IN_ADDRESSES):
            self.update({quote(name, safe=safe): bundle for name, bundle in bundles.items()})
        self.update(bundles)

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> dict[str, str]:
        return {"image/png": ""}


def _is_kept(tag: str, name: str, value: str) -> bool:
    kept = {"a": ("href", "title"), "img": ("src", "alt", "title"), "td": ("align",), "th": ("align",)}
    return name in kept.get(tag, ()) and value.startswith(_STARTS.get(name, ""))
